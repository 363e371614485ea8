//! What a node writes down for itself, so that it is said once.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::directory::note;
use super::{Decided, Desk, tidied};
use crate::codes::{DestroyedBecause, Stage};
use crate::event::{Body, Kind};
use crate::wire::proto;
use crate::{Alert, AlertId, Directory, OfficerId, UnitId, ZoneId, normal};

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

/// What an officer typed into a search. Local, and sealed under a key of its own.
pub fn note_search(node: &UnitId, officer: Option<OfficerId>, query: &str) -> Decided {
    let said = tidied(&proto::SearchAsked { query: query.to_owned() }, normal::search);
    let zones = BTreeSet::from([ZoneId::local()]);
    let bare = note(Kind::SearchAsked, Body::SearchAsked(said), node.clone(), zones);
    Decided { drafted_by: officer, ..bare }
}

/// That an officer was shown alerts, under which purpose and found by which search (`causes`). Local.
pub fn note_access(
    node: &UnitId,
    officer: Option<OfficerId>,
    said: proto::AccessNoted,
    causes: Vec<Uuid>,
) -> Decided {
    let zones = BTreeSet::from([ZoneId::local()]);
    let bare = note(Kind::AccessNoted, Body::AccessNoted(said), node.clone(), zones);
    Decided { drafted_by: officer, causes, ..bare }
}

/// That the key of an alert's payloads came to this node. Local.
pub fn note_key(node: &UnitId, alert: AlertId, commitment: [u8; 32], from: &UnitId) -> Decided {
    let said =
        proto::KeyHeld { commitment: commitment.to_vec(), granted_by: from.as_str().to_owned() };
    let zones = BTreeSet::from([ZoneId::local()]);
    let bare = note(Kind::KeyHeld, Body::KeyHeld(said), node.clone(), zones);
    Decided { alert: Some(alert), ..bare }
}

/// That this node is about to destroy the keys of an alert's payloads: from here on nothing of it is
/// shown. Local.
pub fn note_destroyed(node: &UnitId, alert: AlertId, why: DestroyedBecause) -> Decided {
    let said = proto::KeysDestroyed { why: why.code().to_owned() };
    let zones = BTreeSet::from([ZoneId::local()]);
    let bare = note(Kind::KeysDestroyed, Body::KeysDestroyed(said), node.clone(), zones);
    Decided { alert: Some(alert), outcome: why.code().to_owned(), ..bare }
}

/// That this node has destroyed the keys of an alert's payloads, and all that it had of them, said to
/// those of the alert's zones that it is in; `None` when it is in none any more.
pub fn confirm_erasure(
    node: &UnitId,
    alert: &Alert,
    why: DestroyedBecause,
    directory: &Directory,
) -> Option<Decided> {
    let head = directory.head();
    let reached = |zone: &&ZoneId| {
        directory.is_member(node, zone, head)
            || (*node == alert.responsible
                && directory.was_member(node, alert.issuer(), zone, head))
    };
    let zones: BTreeSet<ZoneId> = alert.all_zones.iter().filter(reached).cloned().collect();
    let mut decided = super::fact(Kind::ErasureConfirmed, node.clone(), alert);
    decided.body = Body::ErasureConfirmed;
    why.code().clone_into(&mut decided.outcome);
    decided.erase_by = 0;
    decided.zones = zones;
    (!decided.zones.is_empty()).then_some(decided)
}

/// That a program is told of an obligation (by its key) at a stage: noted before it is told, so never
/// twice. Local.
pub fn note_due(node: &UnitId, key: String, stage: Stage) -> Decided {
    let said = proto::DueNoted { key, stage: stage.code().to_owned() };
    let zones = BTreeSet::from([ZoneId::local()]);
    note(Kind::DueNoted, Body::DueNoted(said), node.clone(), zones)
}
