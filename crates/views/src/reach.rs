//! Folding events into the directory, and which earlier judgements this can move.
//!
//! A judgement rests on the directory *as of* the head that the event names. What a decision brings
//! is dated by its head, so it moves only judgements that were waiting, and so it is with deadlines
//! and with the units that an alert asks. Three go further:
//! - a cut reaches back over all of its origin's events;
//! - when a unit ends, somebody else answers for its alerts from now on, and what it was to do is
//!   nobody's work any more;
//! - when the registrar is another one, who wrote to the directory rightly is judged anew, and with
//!   it everything, drafts included: their deadlines are its word.

use std::collections::BTreeSet;

use giapranh_domain::directory::Heard;
use giapranh_domain::wire::proto::{DirectoryChanged, directory_change::Change};
use giapranh_domain::{AlertId, Directory, UnitId, ZoneId};
use rusqlite::{Connection, ToSql};

use crate::project::alert_id;
use crate::translate::to_word;
use crate::{Stored, ViewsError};

/// What changes of the directory may have moved, beside what was waiting.
#[derive(Debug, Default)]
pub(crate) struct Reach {
    everything: bool,
    origins: BTreeSet<String>,
    issuers: BTreeSet<String>,
    ended: BTreeSet<String>,
}

/// Entries to be judged again.
#[derive(Debug, Default)]
pub(crate) struct Moved {
    /// The alerts they are about.
    pub alerts: BTreeSet<AlertId>,
    /// Positions of those that are about none.
    pub loose: BTreeSet<u64>,
}

/// Folds an event into the directory. `None` when that is as it was.
pub(crate) fn apply(directory: &mut Directory, stored: &Stored) -> Option<Reach> {
    let word = to_word(&stored.event)?;
    let changed = word.changed.clone();
    let heard = directory.hear(word);
    let (Heard::Moved(faults) | Heard::Rewritten(faults)) = &heard else {
        return None;
    };
    for fault in faults {
        let (at, field, rule) = (directory.head(), &fault.field, &fault.rule);
        tracing::warn!(at, field, rule, "a change of the directory has no effect");
    }
    let mut reach = Reach { everything: matches!(heard, Heard::Rewritten(_)), ..Reach::default() };
    reach.add(&changed, directory);
    Some(reach)
}

/// Whether an event may change the directory, so that a copy of it is worth making.
pub(crate) fn concerns_directory(stored: &Stored) -> bool {
    stored.event.header().link(ZoneId::directory().as_str()).is_some()
}

impl Reach {
    /// Adds what another one reaches.
    pub fn extend(&mut self, other: Self) {
        self.everything |= other.everything;
        self.origins.extend(other.origins);
        self.issuers.extend(other.issuers);
        self.ended.extend(other.ended);
    }

    fn add(&mut self, changed: &DirectoryChanged, directory: &Directory) {
        for change in changed.changes.iter().filter_map(|change| change.change.as_ref()) {
            match change {
                Change::CutMade(cut) => {
                    self.origins.insert(cut.origin.clone());
                }
                Change::UnitEnded(ended) => {
                    let unit = ended.id.parse::<UnitId>().ok();
                    let before = unit.iter().flat_map(|unit| directory.predecessors(unit));
                    self.issuers.extend(before.map(String::from));
                    self.issuers.insert(ended.id.clone());
                    self.ended.insert(ended.id.clone());
                }
                _ => {}
            }
        }
    }

    /// The entries that it reaches among those that are there.
    pub fn moved(&self, connection: &Connection) -> Result<Moved, ViewsError> {
        let mut moved = Moved::default();
        if self.everything {
            moved.collect(connection, "true", &[])?;
            moved.add(connection, "SELECT alert FROM drafts", &[])?;
            return Ok(moved);
        }
        moved.collect(connection, "verdict = 'waiting'", &[])?;
        for origin in &self.origins {
            moved.collect(connection, "origin = ?1", &[origin])?;
        }
        for issuer in &self.issuers {
            // '0' is the character after '/'.
            moved.collect(connection, "alert > ?1 || '/' AND alert < ?1 || '0'", &[issuer])?;
        }
        for unit in &self.ended {
            let asked = "SELECT alert FROM obligations WHERE unit = ?1 OR escalates_to = ?1";
            moved.add(connection, asked, &[unit])?;
        }
        Ok(moved)
    }
}

impl Moved {
    fn collect(
        &mut self,
        connection: &Connection,
        condition: &str,
        values: &[&dyn ToSql],
    ) -> Result<(), ViewsError> {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT position, alert FROM entries WHERE {condition} AND verdict <> 'unreadable'"
        ))?;
        let mut rows = statement.query(values)?;
        while let Some(row) = rows.next()? {
            match row.get::<_, Option<String>>(1)? {
                Some(alert) => self.alerts.insert(alert_id(&alert)?),
                None => self.loose.insert(row.get(0)?),
            };
        }
        Ok(())
    }

    fn add(
        &mut self,
        connection: &Connection,
        alerts: &str,
        values: &[&dyn ToSql],
    ) -> Result<(), ViewsError> {
        let mut statement = connection.prepare_cached(alerts)?;
        let mut rows = statement.query(values)?;
        while let Some(row) = rows.next()? {
            self.alerts.insert(alert_id(&row.get::<_, String>(0)?)?);
        }
        Ok(())
    }
}
