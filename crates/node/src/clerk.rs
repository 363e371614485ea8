//! What the registrar's node says to the directory by itself: that a province has confirmed a node,
//! and that a zone was granted for a time which is over.
//!
//! It looks at the log and at the directory and keeps nothing: whoever keeps the directory next goes
//! on where this one ended.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use giapranh_domain::directory::Tenure;
use giapranh_domain::event::{Body, Kind};
use giapranh_domain::wire::proto::{self, directory_change::Change};
use giapranh_domain::{Act, Command, Directory, UnitId, Verdict, time};
use giapranh_log::{Clock, LogError, Reader};
use giapranh_record::ZONE_DIRECTORY;
use giapranh_views::to_domain;
use giapranh_web::SubmitError;
use tokio::sync::watch;

use crate::author::Author;

/// How often it looks whether a time is over.
const LOOK: Duration = Duration::from_secs(30);
/// What its decisions are cited as.
const DECISION: &str = "thực hiện tự động theo quy chế";

/// The registrar's clerk. At another node it has nothing to do.
pub(crate) struct Clerk {
    pub author: Author,
    /// The log's file.
    pub log: PathBuf,
    pub clock: Arc<dyn Clock>,
    pub directory_head: watch::Receiver<u64>,
}

impl Clerk {
    /// Works for as long as the log is open.
    pub async fn run(mut self) {
        let mut log_head = self.author.log.head();
        loop {
            log_head.mark_unchanged();
            self.directory_head.mark_unchanged();
            let due = match self.due().await {
                Ok(due) => due,
                Err(error) => {
                    tracing::warn!(%error, "the registrar's clerk can't read the log");
                    Vec::new()
                }
            };
            if !due.is_empty() {
                self.say(due).await;
            }
            tokio::select! {
                changed = log_head.changed() => if changed.is_err() { return },
                changed = self.directory_head.changed() => if changed.is_err() { return },
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// What is to be said now.
    async fn due(&self) -> Result<Vec<Change>, LogError> {
        let directory = self.author.standing.directory();
        if *directory.registrar() != self.author.unit {
            return Ok(Vec::new());
        }
        let mut changes = over(&directory, self.clock.now_ms());
        let waits = directory.unconfirmed().next().is_some();
        if changes.is_empty() && !waits {
            return Ok(changes);
        }
        let path = self.log.clone();
        let read = move || {
            let reader = Reader::open(&path)?;
            if is_behind(&directory, &reader)? {
                return Ok(Vec::new());
            }
            if waits {
                changes.extend(confirmed(&directory, &reader)?);
            }
            Ok(changes)
        };
        let read = tokio::task::spawn_blocking(read).await;
        read.map_err(|error| LogError::Stopped(error.to_string()))?
    }

    async fn say(&self, changes: Vec<Change>) {
        let directory = self.author.standing.directory();
        let newest = directory.decisions().last().map(|last| last.effective_from.clone());
        let today = time::day(self.clock.now_ms());
        let said = proto::DirectoryChanged {
            decision: DECISION.to_owned(),
            effective_from: newest.unwrap_or_default().max(today),
            changes: changes
                .into_iter()
                .map(|change| proto::DirectoryChange { change: Some(change) })
                .collect(),
        };
        let command = Command {
            unit: None,
            key: None,
            drafted_by: String::new(),
            approved_by: String::new(),
            act: Act::ChangeDirectory(said),
        };
        match self.author.clone().submit(command).await {
            // A change names no version, so it can't be another one than expected.
            Ok(_) | Err(SubmitError::Changed) => {}
            // Somebody was faster, or it can be said only after what somebody has to decide first.
            Err(SubmitError::Rejected(rejection)) => {
                tracing::warn!(%rejection, "the registrar's clerk was refused");
            }
            Err(SubmitError::Unavailable(error)) => tracing::warn!(error, "nothing can be said"),
        }
    }
}

/// Whether the registrar, this node, has said more than the directory has taken in: perhaps just what
/// would be said again. The directory's next head wakes the clerk.
fn is_behind(directory: &Directory, reader: &Reader) -> Result<bool, LogError> {
    let Some(term) = directory.terms().last() else { return Ok(false) };
    let said = reader.heads_of(term.unit.as_str(), term.epoch)?;
    let said = said.get(ZONE_DIRECTORY).map_or(0, |head| head.seq);
    Ok(term.base + said > directory.head())
}

/// Memberships for a time that is over.
fn over(directory: &Directory, now_ms: u64) -> Vec<Change> {
    let zones = directory.zones().filter_map(|zone| {
        let left: Vec<String> = zone
            .guests
            .iter()
            .filter(|(unit, until)| **until <= now_ms && zone.members.contains(*unit))
            .map(|(unit, _)| unit.to_string())
            .collect();
        let id = zone.id.to_string();
        (!left.is_empty())
            .then(|| Change::ZoneRedrawn(proto::ZoneRedrawn { id, left, ..Default::default() }))
    });
    zones.collect()
}

/// Nodes that wait and that their province has confirmed.
fn confirmed(directory: &Directory, reader: &Reader) -> Result<Vec<Change>, LogError> {
    let mut waiting: Vec<(&UnitId, &Tenure)> = directory.unconfirmed().collect();
    let mut changes = Vec::new();
    for stored in reader.of_zone("cluster", 0, reader.head()?)? {
        if stored.event.header().kind != Kind::EnrolmentConfirmed.code() {
            continue;
        }
        let Some(event) = to_domain(&stored.event) else { continue };
        let Body::EnrolmentConfirmed(said) = &event.body else { continue };
        let by_province = |unit: &UnitId| event.meta.acting_unit == unit.province();
        let place = waiting.iter().position(|(unit, tenure)| {
            unit.as_str() == said.unit
                && tenure.epoch == said.epoch
                && said.public_key == tenure.public_key
                && by_province(unit)
        });
        if let Some(place) = place
            && directory.judge(&event.meta) == Verdict::Valid
        {
            waiting.remove(place);
            changes.push(Change::NodeConfirmed(proto::NodeConfirmed {
                unit: said.unit.clone(),
                epoch: said.epoch,
                confirmation: event.meta.event_id.as_bytes().to_vec(),
            }));
        }
    }
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use giapranh_audit::trust;
    use giapranh_log::LOG_FILE;

    use super::*;
    use crate::init::{Exchange, init};

    /// Otherwise it says again what it has just said, and is refused.
    #[tokio::test]
    async fn who_has_said_more_than_the_directory_knows_waits() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path();
        let hcm: UnitId = "hcm".parse().unwrap();
        let made = init(dir, &hcm, None, BTreeSet::new(), Exchange::default()).unwrap();
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/directory");
        let requests = [made.enrolment];
        crate::founding::found(dir, &data, &requests, "303/QCPH", "2020-10-29").await.unwrap();
        let reader = Reader::open(&dir.join(LOG_FILE)).unwrap();
        let words = reader.of_zone(ZONE_DIRECTORY, 0, reader.head().unwrap()).unwrap();
        let mut directory = Directory::new(hcm);
        for word in &words {
            assert!(is_behind(&directory, &reader).unwrap(), "head {}", directory.head());
            trust::learn(&mut directory, &word.event);
        }
        assert!(!is_behind(&directory, &reader).unwrap());
    }
}
