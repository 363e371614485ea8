//! Reading what sealed payloads say, offline: with keys that a node granted to an auditor.
//!
//! The keys lie in a file beside the evidence, each sealed to the auditor's own key, so that the one is
//! worth nothing without the other. What was erased when the evidence was made, or whose time has
//! passed since, is read by nobody, whoever still has its key.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::sync::Arc;

use giapranh_domain::{Alert, AlertId, Millis};
use giapranh_record::event::Event;
use giapranh_record::grant::{self, SealingKey};
use giapranh_record::{DataKey, Hash};
use giapranh_views::{AlertQuery, Source, SourceError, StatusFilter, Stored, Views};
use serde::Serialize;

use crate::evidence::container::Parts;
use crate::evidence::fault::Faults;
use crate::evidence::name::Name;
use crate::{AuditError, Keys, trust};

/// To whom keys are granted that are for no node.
pub const AUDITOR: &str = "auditor";
/// Most alerts that are read of one file.
const LISTED: usize = 500;

/// What an evidence file says, as far as the keys open it.
#[derive(Debug, Clone, Serialize)]
pub struct Contents {
    /// How many events it holds.
    pub events: u64,
    /// Its alerts, each as a fold of the events that are in the file.
    pub alerts: Vec<Alert>,
}

/// The keys in a file that were granted to an auditor.
pub struct AuditorKeys(BTreeMap<Hash, DataKey>);

impl AuditorKeys {
    /// Opens every grant in a file; one that does not open is an error, because it was made for
    /// somebody else.
    pub fn open(path: &Path, key: &SealingKey) -> Result<Self, AuditError> {
        let bytes = std::fs::read(path).map_err(AuditError::io(path))?;
        let refused = |what: String| AuditError::Request(format!("{}: {what}", path.display()));
        let grants = grant::parse_file(&bytes).map_err(|error| refused(error.to_string()))?;
        let open = |grant: &grant::Grant| {
            let key = grant.open(AUDITOR, key).map_err(|error| refused(error.to_string()))?;
            Ok((grant.commitment, key))
        };
        Ok(Self(grants.iter().map(open).collect::<Result<_, AuditError>>()?))
    }
}

impl Keys for AuditorKeys {
    fn key(&self, commitment: &Hash) -> Result<Option<DataKey>, SourceError> {
        Ok(self.0.get(commitment).cloned())
    }
}

/// The sealed events of an evidence file that may still be read at a moment: their alerts and keys.
pub fn sealed_in(path: &Path, now: Millis) -> Result<Vec<(String, Hash)>, AuditError> {
    let (_, events) = events_of(path)?;
    let gone = gone(&events, now);
    let mut sealed = Vec::new();
    for event in &events {
        let header = event.header();
        if let (Some(alert), Some(commitment)) = (&header.alert, header.key_commitment) {
            let of = (alert.clone(), commitment);
            if !gone.contains(alert) && !sealed.contains(&of) {
                sealed.push(of);
            }
        }
    }
    Ok(sealed)
}

/// Reads an evidence file, which has to be whole, at a moment. Whether it proves anything
/// `audit verify` says.
pub fn read(path: &Path, keys: Arc<dyn Keys>, now: Millis) -> Result<Contents, AuditError> {
    let (registrar, events) = events_of(path)?;
    let gone = gone(&events, now);
    let count = events.len() as u64;
    let stored = (1..).zip(events).map(|(position, event)| {
        let arrived_ms = event.header().recorded_ms;
        Stored { position, arrived_ms, event }
    });
    let source = Evidence { stored: stored.collect(), keys, gone };
    let scratch = tempfile::tempdir().map_err(AuditError::io(&std::env::temp_dir()))?;
    let registrar = trust::unit(&registrar)?;
    giapranh_views::rebuild(scratch.path(), &registrar, &source, &mut |_, _| {})?;
    let views = Views::open(scratch.path())?;
    let all = AlertQuery { status: Some(StatusFilter::All), limit: LISTED, ..Default::default() };
    let mut alerts = Vec::new();
    for row in views.alerts(&all, now)?.rows {
        alerts.extend(views.alert(&row.id, None, now)?);
    }
    Ok(Contents { events: count, alerts })
}

/// The registrar that a file trusts, and its events: the directory's first.
fn events_of(path: &Path) -> Result<(String, Vec<Event>), AuditError> {
    let file = File::open(path).map_err(AuditError::io(path))?;
    let mut faults = Faults::default();
    let mut parts = Parts::new(BufReader::new(file));
    let io = |error| AuditError::io(path)(error);
    let broken = || {
        let text = format!("{} is not whole; see: giapranh audit verify", path.display());
        AuditError::Request(text)
    };
    if !parts.begin(&mut faults).map_err(io)? {
        return Err(broken());
    }
    let (mut registrar, mut events) = (None, Vec::new());
    while let Some(part) = parts.next(&mut faults).map_err(io)? {
        match part.name {
            Name::Manifest => {
                let manifest: serde_json::Value =
                    serde_json::from_slice(&part.bytes).map_err(|_| broken())?;
                registrar = manifest["anchor"]["registrar"].as_str().map(str::to_owned);
            }
            Name::Directory(_) | Name::Event(_) => {
                events.push(Event::parse(part.bytes.into()).map_err(|_| broken())?);
            }
            _ => {}
        }
    }
    let whole = faults.count() == 0;
    registrar.filter(|_| whole).map(|registrar| (registrar, events)).ok_or_else(broken)
}

/// The alerts that have to be gone by a moment, by what the headers say.
fn gone(events: &[Event], now: Millis) -> BTreeSet<String> {
    let mut until: BTreeMap<String, (u64, Millis)> = BTreeMap::new();
    for event in events {
        let header = event.header();
        let (Some(alert), Some(erase_by)) = (&header.alert, header.erase_by_ms) else { continue };
        let issuer = alert.parse::<AlertId>().is_ok_and(|id| id.issuer().as_str() == header.origin);
        let newest = until.entry(alert.clone()).or_insert((0, erase_by));
        if issuer && header.recorded_ms >= newest.0 {
            *newest = (header.recorded_ms, erase_by);
        }
    }
    until.into_iter().filter(|(_, (_, by))| *by <= now).map(|(alert, _)| alert).collect()
}

struct Evidence {
    stored: Vec<Stored>,
    keys: Arc<dyn Keys>,
    gone: BTreeSet<String>,
}

impl Source for Evidence {
    fn after(&self, after: u64, limit: usize) -> Result<Vec<Stored>, SourceError> {
        self.stored.after(after, limit)
    }

    fn of_alert(&self, alert: &str, until: u64) -> Result<Vec<Stored>, SourceError> {
        self.stored.of_alert(alert, until)
    }

    fn directory(&self, after: u64, until: u64) -> Result<Vec<Stored>, SourceError> {
        self.stored.directory(after, until)
    }

    fn head(&self) -> Result<u64, SourceError> {
        self.stored.head()
    }

    fn key(&self, commitment: &Hash) -> Result<Option<DataKey>, SourceError> {
        let of = |stored: &&Stored| stored.event.header().key_commitment == Some(*commitment);
        let alert = self.stored.iter().find(of).and_then(|s| s.event.header().alert.as_ref());
        if alert.is_some_and(|alert| self.gone.contains(alert)) {
            return Ok(None);
        }
        self.keys.key(commitment)
    }
}
