//! Folding events into the directory, and which earlier judgements this can move.
//!
//! A judgement rests on the directory *as of* the head that the event names. A unit, a zone, a node
//! and a rule of issuing are dated by the seq that brought them, so they move only judgements that
//! were waiting. Two changes go further:
//! - a cut reaches back over all of its origin's events;
//! - a unit's place under its parent has no date, so an answer "by a unit above the issuer" moves
//!   when the issuer is registered.
//!
//! The ranks of answers do not move: an answer counts only if its unit was registered before.

use std::collections::BTreeSet;

use giapranh_domain::wire::proto::{DirectoryChanged, directory_change::Change};
use giapranh_domain::{AlertId, Body, Directory, Verdict, ZoneId};
use rusqlite::{Connection, ToSql};

use crate::project::alert_id;
use crate::{Stored, ViewsError, to_domain};

/// What changes of the directory may have moved, beside what was waiting.
#[derive(Debug, Default)]
pub(crate) struct Reach {
    origins: BTreeSet<String>,
    issuers: BTreeSet<String>,
}

/// Entries to be judged again.
#[derive(Debug, Default)]
pub(crate) struct Moved {
    /// The alerts they are about.
    pub alerts: BTreeSet<AlertId>,
    /// Positions of those that are about none.
    pub loose: BTreeSet<u64>,
}

/// Folds an event into the directory if it is the registrar's. `None` when it is not.
pub(crate) fn apply(directory: &mut Directory, stored: &Stored) -> Option<DirectoryChanged> {
    let seq = stored.event.header().link(ZoneId::directory().as_str())?.seq;
    let event = to_domain(&stored.event)?;
    let Body::DirectoryChanged(changed) = event.body else {
        return None;
    };
    if directory.judge(&event.meta) != Verdict::Valid {
        return None;
    }
    for fault in directory.apply(seq, &changed) {
        let (field, rule) = (&fault.field, &fault.rule);
        tracing::warn!(seq, field, rule, "a change of the directory has no effect");
    }
    Some(changed)
}

/// Whether an event may change the directory, so that a copy of it is worth making.
pub(crate) fn concerns_directory(stored: &Stored) -> bool {
    stored.event.header().link(ZoneId::directory().as_str()).is_some()
}

impl Reach {
    /// Adds what a decision of the registrar reaches.
    pub fn extend(&mut self, changed: &DirectoryChanged) {
        for change in changed.changes.iter().filter_map(|change| change.change.as_ref()) {
            match change {
                Change::UnitRegistered(unit) => self.issuers.insert(unit.id.clone()),
                Change::CutMade(cut) => self.origins.insert(cut.origin.clone()),
                Change::ZoneDefined(_) | Change::NodeEnrolled(_) | Change::IssuingAllowed(_) => {
                    false
                }
            };
        }
    }

    /// The entries that it reaches among those that are there.
    pub fn moved(&self, connection: &Connection) -> Result<Moved, ViewsError> {
        let mut moved = Moved::default();
        moved.collect(connection, "verdict = 'waiting'", &[])?;
        for origin in &self.origins {
            moved.collect(connection, "origin = ?1", &[origin])?;
        }
        for issuer in &self.issuers {
            // '0' is the character after '/'.
            moved.collect(connection, "alert > ?1 || '/' AND alert < ?1 || '0'", &[issuer])?;
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
}
