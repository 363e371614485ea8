//! What the registrar decides, as the running node takes it.

use anyhow::Result;
use giapranh_domain::wire::proto::{self, directory_change::Change};
use giapranh_domain::{Act, time};
use giapranh_log::Clock as _;
use giapranh_node::SystemClock;

use super::Place;
use super::acting::{self, Order};
use crate::args::acting::{Officers, Released};
use crate::args::decision::Decision;

/// Gives the running node a decision and prints what became of it.
pub fn submit(
    place: &Place,
    decision: Decision,
    changes: impl IntoIterator<Item = Change>,
) -> Result<()> {
    let officers = decision.officers.clone();
    place.submit(&order(place, officers, changed(decision, changes))?)
}

/// A decision with its changes.
pub fn changed(
    decision: Decision,
    changes: impl IntoIterator<Item = Change>,
) -> proto::DirectoryChanged {
    let changes = changes.into_iter();
    proto::DirectoryChanged {
        decision: decision.decision,
        effective_from: decision.effective_from.unwrap_or_else(today),
        changes: changes.map(|change| proto::DirectoryChange { change: Some(change) }).collect(),
    }
}

/// A decision as an order.
pub fn order(place: &Place, officers: Officers, changed: proto::DirectoryChanged) -> Result<Order> {
    acting::released(place, Released { unit: None, officers }, Act::ChangeDirectory(changed))
}

/// The day on the calendar in Vietnam.
pub fn today() -> String {
    time::day(SystemClock.now_ms())
}
