//! `giapranh audit key`, `audit read`, and the keys that go with an export.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use giapranh_audit::reading::{self, AuditorKeys};
use giapranh_node::auditor::{self, KEYS_AT_ONCE, KeyWanted, KeysGranted, KeysWanted};
use giapranh_record::{Hash, SealingPublicKey};
use serde_json::json;

use super::make::now;
use crate::args::Form;
use crate::args::audit::Read;
use crate::client::Target;
use crate::commands::{Place, failure, wait};
use crate::exit::{Exit, Failure};
use crate::output::{self, Facts};
use crate::say;

/// Makes an auditor's key and prints its public half.
pub fn key(place: &Place, out: &Path) -> Result<()> {
    let public = auditor::create(out).map_err(|error| failure::of_node(&error))?.to_hex();
    if place.form == Form::Json {
        return Ok(output::json(&json!({ "public_key": public }))?);
    }
    Ok(output::line(&public)?)
}

/// The auditor to whom keys are granted, as it was typed.
pub fn auditor(typed: &str) -> Result<SealingPublicKey, Failure> {
    SealingPublicKey::from_hex(typed).ok_or_else(|| {
        Failure::new(Exit::Usage, say!("no-auditor-key")).next("giapranh audit key --out FILE")
    })
}

/// Asks the running node for the keys of what was exported, for the auditor: it writes down that it
/// gives them before it does.
pub fn grant(place: &Place, evidence: &Path, auditor: &SealingPublicKey) -> Result<()> {
    let sealed = reading::sealed_in(evidence, now()).map_err(|error| failure::of_audit(&error))?;
    let (client, mut granted) = (place.client()?, Vec::new());
    for sealed in sealed.chunks(KEYS_AT_ONCE) {
        let key = |(alert, commitment): &(String, Hash)| {
            Some(KeyWanted { alert: alert.parse().ok()?, commitment: commitment.to_string() })
        };
        let keys = sealed.iter().filter_map(key).collect();
        let wanted = KeysWanted { auditor: auditor.to_hex(), keys };
        let answer: KeysGranted = wait(client.post(Target::api(["access", "keys"]), &wanted))?;
        granted.push(answer);
    }
    let out = beside(evidence);
    let keys = auditor::write(&out, &granted).map_err(|error| failure::of_node(&error))?;
    output::note(&say!("keys-granted", keys = keys, file = out.display().to_string()));
    Ok(())
}

/// Prints what an evidence file says.
pub fn run(place: &Place, arguments: &Read) -> Result<()> {
    let key = auditor::load(&arguments.key).map_err(|error| failure::of_node(&error))?;
    let keys = arguments.keys.clone().unwrap_or_else(|| beside(&arguments.file));
    let refused = |error: giapranh_audit::AuditError| failure::of_audit(&error);
    let keys = AuditorKeys::open(&keys, &key).map_err(refused)?;
    let contents = reading::read(&arguments.file, Arc::new(keys), now()).map_err(refused)?;
    if place.form == Form::Json {
        return Ok(output::json(&contents)?);
    }
    let mut facts = Facts::default();
    facts.push("events", contents.events);
    output::facts(&facts)?;
    for alert in &contents.alerts {
        output::line("")?;
        let mut facts = Facts::default();
        facts.push_json("", &serde_json::to_value(alert)?);
        output::facts(&facts)?;
    }
    Ok(())
}

fn beside(evidence: &Path) -> PathBuf {
    let mut name = evidence.as_os_str().to_owned();
    name.push(".keys");
    name.into()
}
