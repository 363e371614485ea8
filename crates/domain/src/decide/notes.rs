//! What a node writes down for itself, so that it is said once.

use std::collections::BTreeSet;

use super::directory::note;
use super::{Decided, Desk, tidied};
use crate::codes::Stage;
use crate::event::{Body, Kind};
use crate::wire::proto;
use crate::{UnitId, ZoneId, normal};

/// Longest number of a case, characters.
const CASE: usize = 200;

impl Desk<'_> {
    /// Why an officer searches: in the officer's name, and for this node alone. Local.
    #[expect(clippy::unnecessary_wraps, reason = "as every other decision says it")]
    pub(super) fn state_purpose(
        &mut self,
        acting_unit: UnitId,
        purpose: &str,
        case_number: &str,
    ) -> Option<Decided> {
        let typed = proto::PurposeStated {
            purpose: purpose.to_owned(),
            case_number: case_number.to_owned(),
        };
        let said = tidied(&typed, normal::purpose);
        self.check.reason("/purpose", &said.purpose);
        if !said.case_number.is_empty() {
            self.check.required("/case_number", &said.case_number, CASE);
        }
        let zones = BTreeSet::from([ZoneId::local()]);
        Some(note(Kind::PurposeStated, Body::PurposeStated(said), acting_unit, zones))
    }
}

/// That a program is told of an obligation (by its key) at a stage: noted before it is told, so never
/// twice. Local.
pub fn note_due(node: &UnitId, key: String, stage: Stage) -> Decided {
    let said = proto::DueNoted { key, stage: stage.code().to_owned() };
    let zones = BTreeSet::from([ZoneId::local()]);
    note(Kind::DueNoted, Body::DueNoted(said), node.clone(), zones)
}
