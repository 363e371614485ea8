//! Putting into quarantine, and the room that a sender has there: whoever floods a feed neither
//! fills the disk nor displaces what another sent.
//!
//! Of a sender's messages the newest keep their bytes, more of them keep what was noted, and all of
//! them are counted by reason. Whatever is dropped is counted as dropped.

use giapranh_record::Hash;
use giapranh_record::limits::EVENT_BYTES;

use crate::store::Store;
use crate::{Arrival, LogError};

/// Messages of a sender whose bytes are kept: the newest.
const WHOLE_MESSAGES: u64 = 1_000;
/// Most bytes that they have together.
const WHOLE_BYTES: u64 = 64 * LARGEST_MESSAGE;
/// Messages of a sender of which hash, reason and number are kept; of older ones only how many.
const NOTED_MESSAGES: u64 = 10 * WHOLE_MESSAGES;
/// Which part of the room is made free at once, so that a flood costs the writer little.
const FREED_PART: u64 = 8;
/// What NATS takes for one message unless it is told otherwise, bytes.
const LARGEST_MESSAGE: u64 = 1024 * 1024;

const _: () = assert!(WHOLE_MESSAGES < NOTED_MESSAGES, "what loses its bytes is still noted");
const _: () = assert!(EVENT_BYTES as u64 <= LARGEST_MESSAGE, "an event is a message");
const _: () =
    assert!(LARGEST_MESSAGE <= left_of(WHOLE_BYTES), "the newest message keeps its bytes");

/// Notes a message that failed the gate, or that it came again.
pub(crate) fn put(
    store: &Store,
    arrival: &Arrival,
    reason: &str,
    detail: &str,
    now_ms: u64,
) -> Result<(), LogError> {
    let sender = sender(arrival);
    let times: u64 = store
        .connection
        .prepare_cached(
            "INSERT INTO quarantine (arrived_ms, subject, sender, reason, detail, hash, size, bytes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, length(?7), ?7)
             ON CONFLICT (hash, reason) DO UPDATE SET times = times + 1 RETURNING times",
        )?
        .query_row(
            (
                now_ms,
                &arrival.subject,
                sender,
                reason,
                detail,
                Hash::of(&[&arrival.bytes]).0,
                arrival.bytes.as_ref(),
            ),
            |row| row.get(0),
        )?;
    if times == 1 && is_over(store, sender)? {
        drop_bytes(store, sender)?;
        fold(store, sender)?;
    }
    Ok(())
}

/// The province that the subject names: the ids of its units begin with its own.
fn sender(arrival: &Arrival) -> &str {
    let origin = arrival.named.as_ref().map_or("", |(_, origin)| origin);
    origin.split('_').next().unwrap_or_default()
}

fn is_over(store: &Store, sender: &str) -> Result<bool, LogError> {
    let (messages, bytes): (u64, u64) = store
        .connection
        .prepare_cached(
            "SELECT COUNT(*), COALESCE(SUM(size), 0) FROM quarantine
             WHERE sender = ?1 AND bytes IS NOT NULL",
        )?
        .query_row([sender], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(messages > WHOLE_MESSAGES || bytes > WHOLE_BYTES)
}

/// Drops the bytes of the oldest, until the others fit and there is room for more.
fn drop_bytes(store: &Store, sender: &str) -> Result<(), LogError> {
    store
        .connection
        .prepare_cached(
            "UPDATE quarantine SET bytes = NULL WHERE id IN (
               SELECT id FROM (
                 SELECT id, ROW_NUMBER() OVER newest AS place, SUM(size) OVER newest AS total
                 FROM quarantine WHERE sender = ?1 AND bytes IS NOT NULL
                 WINDOW newest AS (ORDER BY id DESC))
               WHERE place > ?2 OR total > ?3)",
        )?
        .execute((sender, left_of(WHOLE_MESSAGES), left_of(WHOLE_BYTES)))?;
    Ok(())
}

const fn left_of(room: u64) -> u64 {
    room - room / FREED_PART
}

/// Turns the oldest notes into numbers.
fn fold(store: &Store, sender: &str) -> Result<(), LogError> {
    let connection = &store.connection;
    let oldest_kept = "SELECT id FROM quarantine WHERE sender = ?1 ORDER BY id DESC
                       LIMIT 1 OFFSET ?2";
    let folded = connection
        .prepare_cached(&format!(
            "INSERT INTO quarantine_tally (sender, reason, messages, times, newest_ms)
             SELECT sender, reason, COUNT(*), SUM(times), MAX(arrived_ms) FROM quarantine
             WHERE sender = ?1 AND id <= ({oldest_kept}) GROUP BY reason
             ON CONFLICT (sender, reason) DO UPDATE SET messages = messages + excluded.messages,
               times = times + excluded.times, newest_ms = excluded.newest_ms"
        ))?
        .execute((sender, NOTED_MESSAGES))?;
    if folded > 0 {
        connection
            .prepare_cached(&format!(
                "DELETE FROM quarantine WHERE sender = ?1 AND id <= ({oldest_kept})"
            ))?
            .execute((sender, NOTED_MESSAGES))?;
    }
    Ok(())
}
