//! Who looks, and what is shown to whom: one rule for every question, kept in SQL so that pages are
//! whole.
//!
//! - An alert is seen in every zone that it ever had, by who answers for it and by the units above:
//!   they may answer its hits, and what is late comes to them.
//! - While it is hidden, being in a zone is not enough: the hiding has to name the unit.
//! - An entry of the feed is seen in the zones that it was said to, by whom it came from, and by
//!   everybody when it is about no alert; of a hidden alert only by those who see that.
//! - A draft is its unit's own.

use std::collections::BTreeSet;

use giapranh_domain::{Directory, Millis, UnitId, ZoneId};
use rusqlite::ToSql;

/// The unit for which an officer looks, and what it may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// The officer's unit.
    pub unit: UnitId,
    /// The units under it: what these answer for it sees too, hidden or not.
    pub below: BTreeSet<UnitId>,
    /// The zones that it is a member of, and the two that everybody reads.
    pub zones: BTreeSet<ZoneId>,
}

impl Viewer {
    /// What a unit may see by the directory as it is now; one that has ended sees nothing. Until a
    /// zone is redrawn, who succeeded a member stands in its place.
    pub fn of(unit: &UnitId, directory: &Directory) -> Self {
        let (head, mut viewer) = (directory.head(), Self::blind(unit));
        if !directory.unit(unit).is_some_and(|known| known.is_alive(head)) {
            return viewer;
        }
        let others = directory.all_units().map(|other| &other.id);
        viewer.below =
            others.filter(|other| directory.is_above(unit, other, head)).cloned().collect();
        let before: Vec<UnitId> = directory.predecessors(unit).collect();
        for zone in directory.all_zones() {
            let inherited = before.iter().any(|ended| zone.members.contains(ended));
            if inherited || directory.is_member(unit, &zone.id, head) {
                viewer.zones.insert(zone.id.clone());
            }
        }
        viewer.zones.extend([ZoneId::directory(), ZoneId::cluster()]);
        viewer
    }

    fn blind(unit: &UnitId) -> Self {
        Self { unit: unit.clone(), below: BTreeSet::new(), zones: BTreeSet::new() }
    }

    /// Those in whose place it stands, or above whom: the answer for an alert is one of these.
    pub(crate) fn own(&self) -> impl Iterator<Item = &UnitId> {
        [&self.unit].into_iter().chain(&self.below)
    }
}

/// Whether a viewer answers for an alert or is in a zone of it; these name the columns of who answers
/// and of the alert's id.
pub(crate) fn near(responsible: &str, alert: &str) -> String {
    format!(
        "(:viewer IS NULL OR {responsible} IN (SELECT value FROM json_each(:own))
        OR EXISTS (SELECT 1 FROM alert_zones AS seen WHERE seen.alert = {alert}
            AND seen.zone IN (SELECT value FROM json_each(:zones))))"
    )
}

/// Whether hiding lets a viewer see the alert of a row of `alerts`, or there is none.
pub(crate) const UNHIDDEN: &str = "(:viewer IS NULL OR alerts.id IS NULL
    OR alerts.hidden_ms <= :now OR instr(alerts.shown_to, ' ' || :viewer || ' ') > 0
    OR alerts.responsible IN (SELECT value FROM json_each(:own)))";

/// Whether the alert of a row of `alerts` is seen.
pub(crate) fn sees() -> String {
    format!("({} AND {UNHIDDEN})", near("alerts.responsible", "alerts.id"))
}

/// Who looks and when, as the parameters that the rules name.
pub(crate) struct Sight {
    viewer: Option<String>,
    own: String,
    zones: String,
    now: Millis,
}

/// A parameter of a statement.
pub(crate) type Parameter<'a> = (&'a str, &'a dyn ToSql);

impl Sight {
    pub fn of(viewer: Option<&Viewer>, now: Millis) -> Self {
        let own = viewer.into_iter().flat_map(Viewer::own).map(UnitId::as_str);
        let zones = viewer.into_iter().flat_map(|viewer| &viewer.zones).map(ZoneId::as_str);
        Self {
            viewer: viewer.map(|viewer| viewer.unit.to_string()),
            own: array(own),
            zones: array(zones),
            now,
        }
    }

    /// What [`UNHIDDEN`] names.
    pub fn unhidden(&self) -> Vec<Parameter<'_>> {
        vec![(":viewer", &self.viewer), (":own", &self.own), (":now", &self.now)]
    }

    /// What [`sees`] names.
    pub fn parameters(&self) -> [Parameter<'_>; 4] {
        [
            (":viewer", &self.viewer),
            (":own", &self.own),
            (":zones", &self.zones),
            (":now", &self.now),
        ]
    }
}

/// A JSON array of ids or codes, in which no character needs an escape.
pub(crate) fn array<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = ids.map(|id| format!("\"{id}\"")).collect();
    format!("[{}]", quoted.join(","))
}
