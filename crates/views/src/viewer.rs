//! Who looks, and what is shown to whom: one rule for every question, kept in SQL so that pages are
//! whole.
//!
//! - An alert is seen in every zone that it ever had, by who answers for it and by the units above:
//!   they may answer its hits, and what is late comes to them.
//! - While it is hidden, being in a zone is not enough: the hiding has to name the unit.
//! - An entry of the feed is seen in the zones that it was said to, by whom it came from, and by
//!   everybody when it is about no alert; of a hidden alert only by those who see that.
//! - A draft is its unit's own.
//!
//! Who looks at the past is judged by the directory as it is now, and what is hidden from them now
//! stays hidden: [`Views::hidden_from`] tells what, and [`Viewer::barred`] keeps it back.

use std::collections::BTreeSet;

use giapranh_domain::{AlertId, Directory, Millis, UnitId, ZoneId};
use rusqlite::ToSql;

use crate::query::{collect, id_in};
use crate::{Views, ViewsError};

/// The unit for which an officer looks, and what it may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// The officer's unit.
    pub unit: UnitId,
    /// The units under it: what these answer for it sees too, hidden or not.
    pub below: BTreeSet<UnitId>,
    /// The zones that it is a member of, and the two that everybody reads.
    pub zones: BTreeSet<ZoneId>,
    /// Alerts that it does not see whatever stands in the views: what is hidden now, when views of
    /// the past are read. Empty: there are none.
    pub barred: BTreeSet<AlertId>,
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
        Self {
            unit: unit.clone(),
            below: BTreeSet::new(),
            zones: BTreeSet::new(),
            barred: BTreeSet::new(),
        }
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
    OR ((:barred IS NULL OR alerts.id NOT IN (SELECT value FROM json_each(:barred)))
        AND (alerts.hidden_ms <= :now OR instr(alerts.shown_to, ' ' || :viewer || ' ') > 0
            OR alerts.responsible IN (SELECT value FROM json_each(:own)))))";

/// What is hidden from a viewer, found along an index that holds when each is shown again.
const HIDDEN: &str = "SELECT alerts.id FROM
    (SELECT id FROM alerts INDEXED BY alerts_by_change WHERE hidden_ms > :now) AS hiding
    CROSS JOIN alerts ON alerts.id = hiding.id WHERE NOT ";

/// Whether the alert of a row of `alerts` is seen.
pub(crate) fn sees() -> String {
    format!("({} AND {UNHIDDEN})", near("alerts.responsible", "alerts.id"))
}

/// Who looks and when, as the parameters that the rules name.
pub(crate) struct Sight {
    viewer: Option<String>,
    own: String,
    zones: String,
    barred: Option<String>,
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
            barred: viewer.filter(|viewer| !viewer.barred.is_empty()).map(barred),
            now,
        }
    }

    /// What [`UNHIDDEN`] names.
    pub fn unhidden(&self) -> Vec<Parameter<'_>> {
        vec![
            (":viewer", &self.viewer),
            (":own", &self.own),
            (":barred", &self.barred),
            (":now", &self.now),
        ]
    }

    /// What [`sees`] names.
    pub fn parameters(&self) -> [Parameter<'_>; 5] {
        [
            (":viewer", &self.viewer),
            (":own", &self.own),
            (":zones", &self.zones),
            (":barred", &self.barred),
            (":now", &self.now),
        ]
    }
}

impl Views {
    /// The alerts that are hidden from a viewer at a moment.
    pub fn hidden_from(
        &self,
        viewer: &Viewer,
        now: Millis,
    ) -> Result<BTreeSet<AlertId>, ViewsError> {
        let sight = Sight::of(Some(viewer), now);
        let sql = format!("{HIDDEN} {UNHIDDEN}");
        let hidden = self
            .read(|views| collect(views, &sql, sight.unhidden().as_slice(), |row| id_in(row, 0)))?;
        Ok(hidden.into_iter().collect())
    }
}

/// An alert's number is digits and its unit an id, so no character of it needs an escape.
fn barred(viewer: &Viewer) -> String {
    let ids: Vec<String> = viewer.barred.iter().map(AlertId::to_string).collect();
    array(ids.iter().map(String::as_str))
}

/// A JSON array of ids or codes, in which no character needs an escape.
pub(crate) fn array<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = ids.map(|id| format!("\"{id}\"")).collect();
    format!("[{}]", quoted.join(","))
}
