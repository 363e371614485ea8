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
        if directory.unconfirmed().next().is_some() {
            let path = self.log.clone();
            let read = move || confirmed(&directory, &Reader::open(&path)?);
            let read = tokio::task::spawn_blocking(read).await;
            changes.extend(read.map_err(|error| LogError::Stopped(error.to_string()))??);
        }
        Ok(changes)
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
            drafted_by: String::new(),
            approved_by: String::new(),
            act: Act::ChangeDirectory(said),
        };
        match self.author.clone().submit(command).await {
            Ok(_) => {}
            // Somebody was faster, or it can be said only after what somebody has to decide first.
            Err(SubmitError::Rejected(rejection)) => {
                tracing::warn!(%rejection, "the registrar's clerk was refused");
            }
            Err(SubmitError::Unavailable(error)) => tracing::warn!(error, "nothing can be said"),
        }
    }
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
