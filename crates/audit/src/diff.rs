//! What two logs, or two moments of one, differ in: which events, which forks, which alerts.
//!
//! Compares; does not verify. Contents are never told: an alert's id and the names of its fields.

mod holdings;
mod shown;

use std::path::Path;

use giapranh_log::{Identity, Reader};
use serde::Serialize;

use crate::AuditError;
use crate::ranges::Ranges;
use crate::replay::Until;

use holdings::Holdings;
pub use shown::{AlertDifference, JudgedDifferently, ViewsDifference};

/// A log, as far as it is compared.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The log.
    pub log: &'a Path,
    /// Up to where; `None` for all of it.
    pub until: Option<Until>,
}

/// What two sides differ in.
#[derive(Debug, Clone, Serialize)]
pub struct Difference {
    /// Whether they hold the same events and show the same.
    pub same: bool,
    /// The first side.
    pub first: SideReport,
    /// The other.
    pub second: SideReport,
    /// Whether the nodes' own notes, which are never published, were compared too: where both sides
    /// are logs of one node.
    pub local_compared: bool,
    /// What is not on both sides, feed by feed.
    pub feeds: Vec<FeedDifference>,
    /// One id, index or seq that stands for two events.
    pub forks: Vec<Fork>,
    /// How many more forks there are than are listed.
    pub forks_omitted: u64,
    /// What is shown otherwise.
    pub views: ViewsDifference,
}

/// One side.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct SideReport {
    pub unit: String,
    pub epoch: u32,
    pub position: u64,
    /// Events compared.
    pub events: u64,
    /// Events that the other side does not hold.
    pub only_here: u64,
    /// Of the views that follow.
    pub digest: String,
}

/// A feed that is not the same on both sides.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct FeedDifference {
    pub origin: String,
    pub epoch: u32,
    pub zone: String,
    /// Seqs that the first side alone holds.
    pub only_first: Ranges,
    /// Seqs that the second side alone holds.
    pub only_second: Ranges,
}

/// Two events that can't both be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fork {
    /// What stands for both: `event-id`, `index` or `seq`.
    pub by: &'static str,
    /// Which one: `0190…`, `hcm/1/17`, `hcm/1/hcm-long-an/4`.
    pub which: String,
    /// Leaf hash of the first side's.
    pub first: String,
    /// Leaf hash of the second side's.
    pub second: String,
}

impl Difference {
    /// Whether somebody signed two events under one number.
    pub fn is_forked(&self) -> bool {
        !self.forks.is_empty()
    }
}

/// Compares two sides.
pub fn diff(
    first: Side<'_>,
    second: Side<'_>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Difference, AuditError> {
    let (one, other) = (Opened::of(first)?, Opened::of(second)?);
    let local =
        (&one.identity.unit, one.identity.epoch) == (&other.identity.unit, other.identity.epoch);
    let held = Holdings::read(&one.reader, one.position, local, progress)?;
    let held_there = Holdings::read(&other.reader, other.position, local, progress)?;
    let compared = held.compare(&held_there);
    let (events, events_there) = (held.events(), held_there.events());
    drop((held, held_there));
    let (one_views, other_views) = (one.shown(progress)?, other.shown(progress)?);
    let views = one_views.compare(&other_views)?;
    let digests = [one_views.digest, other_views.digest];
    let [digest, digest_there] = digests;
    let same = compared.is_same() && digest == digest_there;
    let [only_first, only_second] = compared.only;
    Ok(Difference {
        same,
        first: one.report(events, only_first, digest),
        second: other.report(events_there, only_second, digest_there),
        local_compared: local,
        feeds: compared.feeds,
        forks: compared.forks,
        forks_omitted: compared.forks_omitted,
        views,
    })
}

struct Opened<'a> {
    path: &'a Path,
    reader: Reader,
    identity: Identity,
    position: u64,
}

impl<'a> Opened<'a> {
    fn of(side: Side<'a>) -> Result<Self, AuditError> {
        let reader = Reader::open(side.log)?;
        let identity = reader.identity()?;
        let position = match side.until {
            Some(until) => until.resolve(&reader)?.0,
            None => reader.head()?,
        };
        Ok(Self { path: side.log, reader, identity, position })
    }

    fn shown(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<shown::Shown, AuditError> {
        shown::Shown::at(self.path, &self.identity, self.position, progress)
    }

    fn report(self, events: u64, only_here: u64, digest: String) -> SideReport {
        SideReport {
            unit: self.identity.unit,
            epoch: self.identity.epoch,
            position: self.position,
            events,
            only_here,
            digest,
        }
    }
}
