//! Judging again what lies in quarantine or is held: after a fix of the program, of the directory,
//! or because somebody wants to know.
//!
//! It goes through the same gate as an arrival, in the writer's transaction, with its own subject
//! and bytes. What leaves its shelf is in one other place then, and the history says where; what
//! stays keeps its number, its first time and how often it came. Either way it is all or nothing.

use std::collections::BTreeMap;

use bytes::Bytes;
use giapranh_record::Hash;
use rusqlite::{Connection, OptionalExtension as _};

use super::Shelf;
use crate::authentication::prove;
use crate::gate::Gate;
use crate::{Arrival, Log, LogError, Outcome, held};

/// The zone and the origin that a subject names; `None` when it is not one of ours. Quarantine
/// keeps the subject as it came: it may be the reading of it that was wrong.
pub type Naming = fn(&str) -> Option<(String, String)>;

/// What became of one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejudged {
    /// Its number on the shelf.
    pub id: u64,
    /// Where it is now, and why.
    pub verdict: Verdict,
}

/// Where a message is after it was judged again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// In the log, at this position.
    Appended(u64),
    /// It was in the log, or held, already.
    Duplicate,
    /// It waits, for this reason.
    Held(String),
    /// It fails, for this reason.
    Quarantined(String),
    /// It would have to wait, and too much of its origin does: it stays where it is.
    TooMuchHeld,
    /// Its bytes were dropped to make room: it stays where it is.
    BytesDropped,
    /// Nothing lies under that number any more.
    Absent,
}

impl Log {
    /// Judges these messages of a shelf again, in one transaction. When this answers, what it says
    /// is durable; whoever judges many does so in several turns, because commands wait meanwhile.
    pub async fn rejudge(
        &self,
        on: Shelf,
        ids: Vec<u64>,
        naming: Naming,
    ) -> Result<Vec<Rejudged>, LogError> {
        self.submit(move |batch| {
            let mut gate = batch.gate();
            let judge = |id| Ok(Rejudged { id, verdict: judge_again(&mut gate, on, id, naming)? });
            ids.into_iter().map(judge).collect()
        })
        .await
    }
}

/// A row as it lay there.
struct Lying {
    id: u64,
    arrived_ms: u64,
    reason: String,
    hash: Hash,
    times: u64,
    judged: u64,
    arrival: Arrival,
}

fn judge_again(
    gate: &mut Gate<'_>,
    shelf: Shelf,
    id: u64,
    naming: Naming,
) -> Result<Verdict, LogError> {
    let lying = match find(&gate.store.connection, shelf, id, naming)? {
        Found::Nothing => return Ok(Verdict::Absent),
        Found::Dropped => return Ok(Verdict::BytesDropped),
        Found::Whole(lying) => lying,
    };
    // The gate may refuse to hold it: then it is as if it had not been taken from its shelf.
    gate.store.connection.execute_batch("SAVEPOINT rejudged")?;
    let judged = decide(gate, shelf, &lying);
    let connection = &gate.store.connection;
    if let Err(error @ LogError::Sqlite(_)) = judged {
        return Err(error);
    }
    if !matches!(judged, Ok(Verdict::TooMuchHeld)) {
        let end = if judged.is_ok() { "" } else { "ROLLBACK TO rejudged; " };
        connection.execute_batch(&format!("{end}RELEASE rejudged"))?;
        return judged;
    }
    connection.execute_batch("ROLLBACK TO rejudged; RELEASE rejudged")?;
    let table = shelf.name();
    connection
        .prepare_cached(&format!(
            "UPDATE {table} SET judged = judged + 1, judged_ms = ?2 WHERE id = ?1"
        ))?
        .execute((id, gate.now_ms))?;
    judged
}

/// What is under a number.
enum Found {
    Nothing,
    /// A row without bytes.
    Dropped,
    Whole(Box<Lying>),
}

fn find(connection: &Connection, shelf: Shelf, id: u64, naming: Naming) -> Result<Found, LogError> {
    let query = match shelf {
        Shelf::Quarantine => {
            "SELECT id, arrived_ms, reason, hash, times, judged, subject, bytes, NULL, NULL
             FROM quarantine WHERE id = ?1"
        }
        Shelf::Held => {
            "SELECT id, arrived_ms, reason, hash, 1, judged, subject, bytes, zone, origin
             FROM held WHERE id = ?1"
        }
    };
    let found = connection.prepare_cached(query)?.query_row([id], |row| {
        let Some(bytes) = row.get::<_, Option<Vec<u8>>>(7)? else { return Ok(Found::Dropped) };
        let subject: String = row.get(6)?;
        let noted: (Option<String>, Option<String>) = (row.get(8)?, row.get(9)?);
        let named = match noted {
            (Some(zone), Some(origin)) => Some((zone, origin)),
            _ => naming(&subject),
        };
        Ok(Found::Whole(Box::new(Lying {
            id: row.get(0)?,
            arrived_ms: row.get(1)?,
            reason: row.get(2)?,
            hash: Hash(row.get(3)?),
            times: row.get(4)?,
            judged: row.get(5)?,
            arrival: Arrival { subject, named, bytes: Bytes::from(bytes) },
        })))
    });
    Ok(found.optional()?.unwrap_or(Found::Nothing))
}

fn decide(gate: &mut Gate<'_>, shelf: Shelf, lying: &Lying) -> Result<Verdict, LogError> {
    let now_ms = gate.now_ms;
    gate.store
        .connection
        .prepare_cached(&format!("DELETE FROM {} WHERE id = ?1", shelf.name()))?
        .execute([lying.id])?;
    let before = quarantined(&gate.store.connection, lying.hash)?;
    let mut outcome = Outcome::Duplicate;
    for candidate in prove(vec![lying.arrival.clone()], gate.keyring) {
        outcome = gate.admit(candidate)?;
    }
    let connection = &gate.store.connection;
    let note = |outcome: &str, why: Option<&str>, position: Option<u64>| {
        note(connection, now_ms, shelf, lying, (outcome, why, position))
    };
    // Asked of the table: an event that is here already may still turn out to be a fork.
    let after = quarantined(connection, lying.hash)?;
    if let Some((reason, now)) =
        after.iter().find(|(reason, now)| before.get(*reason) != Some(*now))
    {
        let merged = before.get(reason);
        if shelf == Shelf::Quarantine {
            stay(connection, lying, now.id, merged, now_ms)?;
        }
        if shelf == Shelf::Held || merged.is_some() || *reason != lying.reason {
            note("quarantined", Some(reason), None)?;
        }
        return Ok(Verdict::Quarantined(reason.clone()));
    }
    match outcome {
        Outcome::Appended(appended) => {
            note("appended", None, Some(appended.position))?;
            Ok(Verdict::Appended(appended.position))
        }
        Outcome::Held(reason) => {
            if shelf == Shelf::Held {
                let Lying { id, arrived_ms, hash, judged, .. } = *lying;
                let number = held::Number { id, arrived_ms, hash, judged };
                held::renumber(gate.store, &[number], now_ms)?;
            }
            if shelf == Shelf::Quarantine || reason != lying.reason {
                note("held", Some(reason), None)?;
            }
            Ok(Verdict::Held(reason.to_owned()))
        }
        Outcome::Left(_) => Ok(Verdict::TooMuchHeld),
        Outcome::Duplicate | Outcome::Quarantined(_) => {
            note("duplicate", None, None)?;
            Ok(Verdict::Duplicate)
        }
    }
}

/// A row of quarantine, as far as it tells that something was put there.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Put {
    id: u64,
    times: u64,
}

/// For which reasons those bytes lie in quarantine.
fn quarantined(connection: &Connection, hash: Hash) -> Result<BTreeMap<String, Put>, LogError> {
    let rows = connection
        .prepare_cached("SELECT reason, id, times FROM quarantine WHERE hash = ?1")?
        .query_map([hash.0], |row| Ok((row.get(0)?, Put { id: row.get(1)?, times: row.get(2)? })))?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// Gives a message that failed again its number back; or, when it lay there for that reason under
/// another number too, lets that one stand for both.
fn stay(
    connection: &Connection,
    lying: &Lying,
    id: u64,
    merged: Option<&Put>,
    now_ms: u64,
) -> Result<(), LogError> {
    let (number, times) = match merged {
        None => (lying.id, lying.times),
        Some(other) => (other.id, other.times + lying.times),
    };
    connection
        .prepare_cached(
            "UPDATE quarantine SET id = ?2, times = ?3, arrived_ms = MIN(arrived_ms, ?4),
               judged = MAX(judged, ?5) + 1, judged_ms = ?6 WHERE id = ?1",
        )?
        .execute((id, number, times, lying.arrived_ms, lying.judged, now_ms))?;
    Ok(())
}

/// Notes what was decided. Nothing leaves a shelf in silence.
fn note(
    connection: &Connection,
    now_ms: u64,
    shelf: Shelf,
    lying: &Lying,
    (outcome, why, position): (&str, Option<&str>, Option<u64>),
) -> Result<(), LogError> {
    connection
        .prepare_cached(
            "INSERT INTO rejudged (judged_ms, shelf, number, arrived_ms, subject, reason, hash,
                                   times, outcome, why, position)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute((
            now_ms,
            shelf.name(),
            lying.id,
            lying.arrived_ms,
            &lying.arrival.subject,
            &lying.reason,
            lying.hash.0,
            lying.times,
            outcome,
            why,
            position,
        ))?;
    Ok(())
}
