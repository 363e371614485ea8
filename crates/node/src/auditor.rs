//! An auditor's key, and the keys of sealed payloads that a node grants to it.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use giapranh_audit::reading::AUDITOR;
use giapranh_log::{Reader, Stored};
use giapranh_record::Hash;
use giapranh_record::grant::{self, Grant, SealingKey, SealingPublicKey};
use giapranh_web::KeysError;
pub use giapranh_web::{KEYS_AT_ONCE, KeyWanted, KeysGranted, KeysWanted};

use crate::sealing::Sealer;
use crate::{NodeError, keys};

/// Makes an auditor's key, in a file that its owner alone reads; gives the public half, which is to be
/// told to whoever exports.
pub fn create(path: &Path) -> Result<SealingPublicKey, NodeError> {
    let key = SealingKey::from_seed(&keys::create_secret(path)?);
    Ok(key.public_key().clone())
}

/// Reads an auditor's key; refuses a file that others can read.
pub fn load(path: &Path) -> Result<SealingKey, NodeError> {
    keys::read_secret(path.to_owned()).map(|seed| SealingKey::from_seed(&seed))
}

/// Grants to an auditor the keys of these alerts that the node holds. What was erased has none, and a
/// key that the log does not have of an alert is none of that alert.
pub(crate) fn grant(
    log: &Reader,
    sealer: &Sealer,
    wanted: &KeysWanted,
) -> Result<KeysGranted, KeysError> {
    let failed = |error: &dyn std::fmt::Display| KeysError::Failed(error.to_string());
    let auditor = SealingPublicKey::from_hex(&wanted.auditor);
    let auditor = auditor.ok_or(KeysError::Malformed("auditor"))?;
    let (mut alerts, mut grants) = (Vec::new(), Vec::new());
    for KeyWanted { alert, commitment } in &wanted.keys {
        let commitment = Hash::from_hex(commitment).ok_or(KeysError::Malformed("commitment"))?;
        let named = alert.to_string();
        let about = log.of_alert(&named, u64::MAX >> 1).map_err(|error| failed(&error))?;
        let is_its = |stored: &Stored| stored.event.header().key_commitment == Some(commitment);
        let fenced = sealer.keys().is_fenced(&named).map_err(|error| failed(&error))?;
        if fenced || !about.iter().any(is_its) {
            continue;
        }
        let key = sealer.key(&commitment).map_err(|error| failed(&error))?;
        let Some(key) = key else { continue };
        let mut ephemeral = [0; 32];
        getrandom::fill(&mut ephemeral).map_err(|error| failed(&error))?;
        if let Some(grant) = Grant::seal(&key, &named, AUDITOR, &auditor, ephemeral) {
            grants.push(grant);
            alerts.push(alert.clone());
        }
    }
    Ok(KeysGranted { alerts, grants: BASE64.encode(grant::encode(&grants)) })
}

/// Writes what was granted into a file that does not exist yet, for its owner alone; how many keys.
pub fn write(out: &Path, granted: &[KeysGranted]) -> Result<usize, NodeError> {
    let mut grants = Vec::new();
    for granted in granted {
        let refused = |error: &dyn std::fmt::Display| {
            NodeError::Request(format!("the node's answer holds no grants: {error}"))
        };
        let bytes = BASE64.decode(&granted.grants).map_err(|error| refused(&error))?;
        grants.extend(grant::parse(&bytes).map_err(|error| refused(&error))?);
    }
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(out)
        .map_err(NodeError::io(out))?;
    let written = file.write_all(&grant::encode(&grants)).and_then(|()| file.sync_all());
    written.map_err(NodeError::io(out))?;
    Ok(grants.len())
}
