//! What is to be erased, what this node has erased, and who else has.
//!
//! That a node destroyed keys is its own note, so it is no part of the digest; what units confirmed
//! stands in the alert.

use std::collections::BTreeMap;

use giapranh_domain::codes::DestroyedBecause;
use giapranh_domain::event::Kind;
use giapranh_domain::{Alert, AlertId, Millis, Status, UnitId};
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::query::{collect, id_in};
use crate::{Stored, Views, ViewsError};

/// What this node has to erase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasable {
    /// Which alert.
    pub alert: AlertId,
    /// Why.
    pub why: DestroyedBecause,
    /// Whether the note about it is in the log already.
    pub noted: bool,
}

/// How far the erasure of an alert has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ErasureState {
    /// Which alert.
    pub alert: AlertId,
    /// The issuer's ground; `None` when its time has passed, or will.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<String>,
    /// The number of the decision, where one was named.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub decision_number: String,
    /// Since when it is to be gone; milliseconds since 1970, 0: nobody here knows.
    pub since_ms: Millis,
    /// Whether this node shows nothing of it any more.
    pub erased_here: bool,
    /// The units whose nodes have erased it, and when each said so.
    pub confirmed: BTreeMap<UnitId, Millis>,
    /// The units whose nodes were given it, or may have been, and have not said so.
    pub missing: Vec<UnitId>,
}

/// Whether a note is about an alert's keys.
pub(crate) fn is_about_keys(kind: &str) -> bool {
    matches!(Kind::parse(kind), Some(Kind::KeyHeld | Kind::KeysDestroyed))
}

/// Whether the node noted with it that it is about to destroy an alert's keys.
pub(crate) fn is_of_destruction(stored: &Stored) -> bool {
    let header = stored.event.header();
    header.is_local() && header.kind == Kind::KeysDestroyed.code()
}

/// Enters that this node destroyed an alert's keys.
pub(crate) fn enter_local(connection: &Connection, stored: &Stored) -> Result<(), ViewsError> {
    let header = stored.event.header();
    let Some(alert) = header.alert.as_deref().filter(|_| is_of_destruction(stored)) else {
        return Ok(());
    };
    connection
        .prepare_cached("INSERT OR IGNORE INTO erasures VALUES (?1, ?2, ?3, ?4, 0)")?
        .execute(params![alert, header.origin, header.facts.outcome, header.recorded_ms])?;
    Ok(())
}

/// Enters that this node told others so.
pub(crate) fn enter_shared(connection: &Connection, stored: &Stored) -> Result<(), ViewsError> {
    let header = stored.event.header();
    if header.kind == Kind::ErasureConfirmed.code() {
        connection
            .prepare_cached("UPDATE erasures SET confirmed = 1 WHERE alert = ?1 AND origin = ?2")?
            .execute(params![header.alert, header.origin])?;
    }
    Ok(())
}

/// From when on this node has to erase an alert; 0 when it has, or nothing says when.
pub(crate) fn due(connection: &Connection, alert: &Alert) -> Result<Millis, ViewsError> {
    let confirmed = connection
        .prepare_cached("SELECT 1 FROM erasures WHERE alert = ?1 AND confirmed = 1")?
        .exists([alert.id.to_string()])?;
    Ok(match &alert.erasure {
        _ if confirmed || alert.status == Status::Awaited => 0,
        Some(_) => 1,
        None => alert.erase_by,
    })
}

/// What has to be erased by a moment. It is asked after every event: along the indexes of what has a
/// moment at all.
pub(crate) const DUE: &str = "SELECT id, erase_ms, ground, noted FROM (
    SELECT a.id, a.erase_ms, a.erase_ground AS ground,
    EXISTS (SELECT 1 FROM erasures e WHERE e.alert = a.id) AS noted
    FROM alerts a INDEXED BY alerts_to_erase WHERE a.erase_ms > 0 AND a.erase_ms <= ?1
    UNION ALL
    SELECT d.alert, d.erase_ms, '', 0 FROM drafts d INDEXED BY drafts_to_erase
    WHERE d.erase_ms > 0 AND d.erase_ms <= ?1
    AND NOT EXISTS (SELECT 1 FROM alerts a WHERE a.id = d.alert)
    AND NOT EXISTS (SELECT 1 FROM erasures e WHERE e.alert = d.alert)
    ) ORDER BY erase_ms, id LIMIT ?2";
/// When the next alert has to be erased after a moment.
pub(crate) const NEXT: &str = "SELECT min(next) FROM (
    SELECT min(erase_ms) AS next FROM alerts INDEXED BY alerts_to_erase
    WHERE erase_ms > 0 AND erase_ms > ?1
    UNION ALL SELECT min(erase_ms) FROM drafts INDEXED BY drafts_to_erase
    WHERE erase_ms > 0 AND erase_ms > ?1)";

impl Views {
    /// What this node has to erase by that moment, the longest due first.
    pub fn erasable(&self, now: Millis, limit: usize) -> Result<Vec<Erasable>, ViewsError> {
        self.read(|views| {
            collect(views, DUE, params![now, limit], |row: &Row<'_>| {
                let ground: String = row.get(2)?;
                let why = match ground.as_str() {
                    "" => DestroyedBecause::Retention,
                    "wrong-person" => DestroyedBecause::WrongPerson,
                    _ => DestroyedBecause::Ordered,
                };
                Ok(Erasable { alert: id_in(row, 0)?, why, noted: row.get(3)? })
            })
        })
    }

    /// When the next alert has to be erased after that moment.
    pub fn next_erasure(&self, now: Millis) -> Result<Option<Millis>, ViewsError> {
        self.read(|views| Ok(views.prepare_cached(NEXT)?.query_row([now], |row| row.get(0))?))
    }

    /// How far the erasure of an alert has come; `None` when there is no such alert here.
    pub fn erasure(&self, id: &AlertId, now: Millis) -> Result<Option<ErasureState>, ViewsError> {
        let Some(alert) = self.alert(id, None, now)? else { return Ok(None) };
        let text = id.to_string();
        let here: Option<Millis> = self.read(|views| {
            let noted = "SELECT noted_ms FROM erasures WHERE alert = ?1";
            Ok(views.prepare_cached(noted)?.query_row([&text], |row| row.get(0)).optional()?)
        })?;
        let members: Vec<UnitId> = self.read(|views| {
            // Who has a node and is in any zone of the alert.
            let sql = "SELECT DISTINCT u.id FROM units u JOIN zone_members m ON m.unit = u.id
                JOIN alert_zones z ON z.zone = m.zone
                WHERE z.alert = ?1 AND u.has_node = 1 ORDER BY u.id";
            collect(views, sql, params![text], |row: &Row<'_>| id_in(row, 0))
        })?;
        let erasure = alert.erasure.as_ref();
        let asked = members
            .into_iter()
            .chain(erasure.into_iter().flat_map(|erasure| erasure.units.clone()));
        let mut missing: Vec<UnitId> =
            asked.filter(|unit| !alert.erased_at.contains_key(unit)).collect();
        missing.sort();
        missing.dedup();
        Ok(Some(ErasureState {
            ground: erasure.map(|erasure| erasure.ground.clone()),
            decision_number: erasure.map_or_else(String::new, |e| e.decision_number.clone()),
            since_ms: erasure.map_or(alert.erase_by, |erasure| erasure.recorded),
            erased_here: here.is_some() || erasure.is_some(),
            confirmed: alert.erased_at,
            missing,
            alert: alert.id,
        }))
    }
}
