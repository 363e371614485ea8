//! What waits: events that fail only because something else is not here yet. They are kept
//! durably, so the message that brought them can be acknowledged.

use giapranh_record::Hash;

use crate::gate::Wanting;
use crate::store::{FeedKey, Store};
use crate::{Arrival, LogError};

/// The key that signed it is not enrolled here yet.
pub(crate) const UNKNOWN_KEY: &str = "unknown-key";
/// It was decided under a directory that is not here yet.
pub(crate) const DIRECTORY: &str = "directory";
/// An earlier event of its feed is missing.
pub(crate) const GAP: &str = "gap";

/// Most events held of one origin; more are left with the sender.
const LIMIT: u64 = 10_000;

/// Keeps an arrival. Tells whether it was new.
pub(crate) fn hold(
    store: &mut Store,
    arrival: &Arrival,
    reason: &str,
    wanting: &Wanting,
    now_ms: u64,
) -> Result<bool, LogError> {
    let hash = Hash::of(&[&arrival.bytes]).0;
    let connection = &store.connection;
    if connection.prepare_cached("SELECT 1 FROM held WHERE hash = ?1")?.exists([hash])? {
        return Ok(false);
    }
    let Wanting { origin, epoch, zone, places } = wanting;
    let count: u64 = connection
        .prepare_cached("SELECT COUNT(*) FROM held WHERE origin = ?1")?
        .query_one([origin], |row| row.get(0))?;
    if count >= LIMIT {
        return Err(LogError::TooMuchHeld { origin: origin.clone(), limit: LIMIT });
    }
    connection
        .prepare_cached(
            "INSERT INTO held (arrived_ms, subject, reason, origin, zone, hash, bytes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute((now_ms, &arrival.subject, reason, origin, zone, hash, arrival.bytes.as_ref()))?;
    let id = connection.last_insert_rowid();
    for (zone, seq) in places {
        connection
            .prepare_cached(
                "INSERT INTO awaited (origin, epoch, zone, seq, held) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((origin, epoch, zone, seq, id))?;
    }
    store.any_held = true;
    Ok(true)
}

/// Forgets what waits although it has now come in by another zone.
pub(crate) fn forget(store: &Store, bytes: &[u8]) -> Result<(), LogError> {
    if store.any_held {
        store
            .connection
            .prepare_cached("DELETE FROM held WHERE hash = ?1")?
            .execute([Hash::of(&[bytes]).0])?;
    }
    Ok(())
}

/// Takes out what waits for a feed to come as far as it now has.
pub(crate) fn released(store: &Store, feed: &FeedKey) -> Result<Vec<Arrival>, LogError> {
    if !store.any_held {
        return Ok(Vec::new());
    }
    take_rows(
        store,
        "DELETE FROM held WHERE id IN (SELECT held FROM awaited WHERE origin = ?1 AND epoch = ?2
           AND zone = ?3 AND seq <= ?4) RETURNING subject, zone, origin, bytes",
        (&feed.origin, feed.epoch, &feed.zone, store.head(feed).seq + 1),
    )
}

/// What a held event keeps when it is judged again and has to wait on.
pub(crate) struct Number {
    pub id: u64,
    pub arrived_ms: u64,
    pub hash: Hash,
    pub judged: u64,
}

/// The numbers of everything that waits for that reason.
pub(crate) fn numbers(store: &Store, reason: &str) -> Result<Vec<Number>, LogError> {
    let numbers = store
        .connection
        .prepare_cached("SELECT id, arrived_ms, hash, judged FROM held WHERE reason = ?1")?
        .query_map([reason], |row| {
            let (id, arrived_ms, judged) = (row.get(0)?, row.get(1)?, row.get(3)?);
            Ok(Number { id, arrived_ms, hash: Hash(row.get(2)?), judged })
        })?
        .collect::<Result<_, _>>()?;
    Ok(numbers)
}

/// Gives those that are held again the number that people know them by, and their first time.
pub(crate) fn renumber(store: &Store, numbers: &[Number], now_ms: u64) -> Result<(), LogError> {
    for Number { id, arrived_ms, hash, judged } in numbers {
        store
            .connection
            .prepare_cached(
                "UPDATE awaited SET held = ?1 WHERE held = (SELECT id FROM held WHERE hash = ?2)",
            )?
            .execute((id, hash.0))?;
        store
            .connection
            .prepare_cached(
                "UPDATE held SET id = ?1, arrived_ms = ?3, judged = ?4 + 1, judged_ms = ?5
                 WHERE hash = ?2",
            )?
            .execute((id, hash.0, arrived_ms, judged, now_ms))?;
    }
    Ok(())
}

/// Takes out everything that waits for that reason.
pub(crate) fn take(store: &Store, reason: &str) -> Result<Vec<Arrival>, LogError> {
    let query = "DELETE FROM held WHERE reason = ?1 RETURNING subject, zone, origin, bytes";
    take_rows(store, query, [reason])
}

fn take_rows(
    store: &Store,
    query: &str,
    parameters: impl rusqlite::Params,
) -> Result<Vec<Arrival>, LogError> {
    let arrivals = store
        .connection
        .prepare_cached(query)?
        .query_map(parameters, |row| {
            Ok(Arrival {
                subject: row.get(0)?,
                named: Some((row.get(1)?, row.get(2)?)),
                bytes: row.get::<_, Vec<u8>>(3)?.into(),
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(arrivals)
}
