//! `giapranh audit export`, `prove` and `checkpoint`: what is made out of a log for others.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;
use giapranh_audit::export::{self, Made, Select, Size, Source};
use giapranh_audit::{AuditError, Note, checkpoint as tree};
use giapranh_log::{LOG_FILE, Reader};
use giapranh_record::{Signer, SigningKey};

use super::{evidence, log_of, notes, reading};
use crate::args::Form;
use crate::args::audit::{self, Checkpoint, Export, Prove};
use crate::client::Target;
use crate::commands::{Place, failure};
use crate::exit::{Exit, Failure};
use crate::output::{self, Facts};
use crate::progress::Progress;
use crate::say;

/// What is written into a file that this program makes.
const PROGRAM: &str = concat!("giapranh ", env!("CARGO_PKG_VERSION"));

/// Exports events.
pub fn export(place: &Place, arguments: &Export) -> Result<()> {
    let Export { alert, zone, range, out, log_file, checkpoints, keys_for } = arguments;
    let auditor = keys_for.as_deref().map(reading::auditor).transpose()?;
    let select = match (alert, zone, range) {
        (Some(alert), ..) => Select::Alert(alert.clone()),
        (_, Some(zone), _) => Select::Zone(zone.clone()),
        (.., Some((from, to))) => Select::Range(*from, *to),
        _ => {
            return Err(Failure::new(Exit::Usage, say!("export-what"))
                .next("giapranh help audit export")
                .into());
        }
    };
    if auditor.is_some() {
        // Only the running node grants keys; better known before anything is written.
        let _: serde_json::Value = place.get(Target::api(["status"]))?;
    }
    let notes = notes(checkpoints)?;
    let (log, key) = match log_file {
        Some(file) => (log_of(file), None),
        None => (place.dir()?.join(LOG_FILE), Some(key(place.dir()?)?)),
    };
    let signer = key.as_ref().map(|key| key as &dyn Signer);
    let source = Source { log: &log, signer, notes: &notes, now: now(), program: PROGRAM };
    make(place, |progress| export::export(&source, &select, out, progress))?;
    match auditor {
        Some(auditor) => reading::grant(place, out, &auditor),
        None => Ok(()),
    }
}

/// Proves without disclosing.
pub fn prove(place: &Place, arguments: &Prove) -> Result<()> {
    let dir = place.dir()?;
    let (log, key) = (dir.join(LOG_FILE), key(dir)?);
    let source = Source { log: &log, signer: Some(&key), notes: &[], now: now(), program: PROGRAM };
    let Prove { alert, from, to, out } = arguments;
    if let Some(alert) = alert {
        return make(place, |progress| export::prove_alert(&source, &key, alert, out, progress));
    }
    let (from, to) = (size(from.as_ref())?, size(to.as_ref())?);
    make(place, |progress| export::prove_growth(&source, &key, (&from, &to), out, progress))
}

/// Signs the node's tree.
pub fn checkpoint(place: &Place, arguments: &Checkpoint) -> Result<()> {
    let dir = place.dir()?;
    let key = key(dir)?;
    let refused = |error: AuditError| failure::of_audit(&error);
    let reader = Reader::open(&dir.join(LOG_FILE)).map_err(|error| refused(error.into()))?;
    let signed = tree::sign(&reader, &key).map_err(refused)?;
    if let Some(out) = &arguments.out {
        Note { name: out.display().to_string(), text: signed.note.clone() }
            .write(out)
            .map_err(refused)?;
    }
    match (place.form, &arguments.out) {
        (Form::Json, _) => output::json(&signed)?,
        (Form::Table, None) => output::print(&signed.note)?,
        (Form::Table, Some(out)) => {
            output::line(&say!(
                "checkpoint-written",
                file = out.display().to_string(),
                tree = format!("{}/{}", signed.origin, signed.epoch),
                events = signed.size,
            ))?;
        }
    }
    Ok(())
}

/// Makes a file, verifies it as whoever receives it will, and says what it is.
fn make(
    place: &Place,
    write: impl FnOnce(&mut dyn FnMut(u64, u64)) -> Result<Made, AuditError>,
) -> Result<()> {
    let mut progress = Progress::of("written");
    let made = write(&mut |done, total| progress.show(done, total));
    drop(progress);
    let made = made.map_err(|error| failure::of_audit(&error))?;
    let report = evidence::verified(&made.path, None)?;
    match place.form {
        Form::Json => {
            let faults = &report.faults;
            output::json(&serde_json::json!({"made": made, "faults": faults}))?;
        }
        Form::Table => print(&made)?,
    }
    // What the log does not prove, the file does not; whoever made it is the first to know.
    evidence::verdict(&made.path, &report)
}

fn print(made: &Made) -> Result<()> {
    let mut facts = Facts::default();
    let counts = &made.counts;
    facts.push("evidence file", made.path.display());
    facts.push("bytes", made.bytes);
    facts.push("events", counts.events);
    facts.push("directory events", counts.directory);
    facts.push("checkpoints", counts.checkpoints);
    facts.push("proofs of inclusion", counts.inclusions);
    facts.push("proofs of consistency", counts.consistencies);
    facts.push("not proven", made.remarks.join("\n"));
    output::facts(&facts)?;
    Ok(())
}

fn size(size: Option<&audit::Size>) -> Result<Size> {
    Ok(match size {
        None => Size::Now,
        Some(audit::Size::Events(size)) => Size::Events(*size),
        Some(audit::Size::Note(path)) => {
            Size::Kept(Note::read(path).map_err(|error| failure::of_audit(&error))?)
        }
    })
}

fn key(dir: &Path) -> Result<SigningKey, Failure> {
    giapranh_node::signing_key(dir).map_err(|error| failure::of_node(&error))
}

pub(super) fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
