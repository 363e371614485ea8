//! What a node writes down for itself, so that it is said once.

use std::collections::BTreeSet;

use super::Decided;
use super::directory::note;
use crate::codes::Stage;
use crate::event::{Body, Kind};
use crate::wire::proto;
use crate::{UnitId, ZoneId};

/// That a program is told of an obligation (by its key) at a stage: noted before it is told, so never
/// twice. Local.
pub fn note_due(node: &UnitId, key: String, stage: Stage) -> Decided {
    let said = proto::DueNoted { key, stage: stage.code().to_owned() };
    let zones = BTreeSet::from([ZoneId::local()]);
    note(Kind::DueNoted, Body::DueNoted(said), node.clone(), zones)
}
