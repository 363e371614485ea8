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

/// Its origin signed two histories, and nobody has decided yet.
pub(crate) const FORK: &str = "fork";

/// Most events held of one origin; more are left with whoever has them.
const OF_ONE: u64 = 10_000;
/// Most events held whose author is not known, of all origins that they name: anybody can invent one.
const OF_STRANGERS: u64 = 10_000;
/// Most events held together. What is left comes by backfill, once what it waits for is here.
const OF_ALL: u64 = 50_000;

const _: () = assert!(OF_ONE + OF_STRANGERS < OF_ALL, "no one origin takes all the room");

/// What became of what was to be held.
pub(crate) enum Holding {
    New,
    /// It is held already.
    Known,
    /// There is no room: it is not kept.
    Full,
}

/// Keeps an arrival.
pub(crate) fn hold(
    store: &mut Store,
    arrival: &Arrival,
    reason: &str,
    wanting: &Wanting,
    now_ms: u64,
) -> Result<Holding, LogError> {
    let hash = Hash::of(&[&arrival.bytes]).0;
    let connection = &store.connection;
    if connection.prepare_cached("SELECT 1 FROM held WHERE hash = ?1")?.exists([hash])? {
        return Ok(Holding::Known);
    }
    let Wanting { origin, epoch, zone, places } = wanting;
    if is_full(store, origin, reason)? {
        return Ok(Holding::Full);
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
    Ok(Holding::New)
}

fn is_full(store: &Store, origin: &str, reason: &str) -> Result<bool, LogError> {
    let mut rows = store
        .connection
        .prepare_cached("SELECT origin, messages FROM holding WHERE origin IN ('', '?', ?1)")?;
    let counts = rows
        .query_map([origin], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<Vec<(String, u64)>, _>>()?;
    Ok(counts.iter().any(|(of, messages)| match of.as_str() {
        "" => *messages >= OF_ALL,
        "?" => reason == UNKNOWN_KEY && *messages >= OF_STRANGERS,
        _ => *messages >= OF_ONE,
    }))
}

/// The feeds that have come as far as something held waits for.
pub(crate) fn due(store: &Store) -> Result<Vec<FeedKey>, LogError> {
    let awaited: Vec<(FeedKey, u64)> = store
        .connection
        .prepare("SELECT origin, epoch, zone, MIN(seq) FROM awaited GROUP BY origin, epoch, zone")?
        .query_map((), |row| {
            let feed = FeedKey { origin: row.get(0)?, epoch: row.get(1)?, zone: row.get(2)? };
            Ok((feed, row.get(3)?))
        })?
        .collect::<Result<_, _>>()?;
    let due = awaited.into_iter().filter(|(feed, seq)| store.head(feed).seq + 1 >= *seq);
    Ok(due.map(|(feed, _)| feed).collect())
}

/// Whether something is held for a fork that is decided.
pub(crate) fn any_for_decided_fork(store: &Store) -> Result<bool, LogError> {
    let origins = store
        .connection
        .prepare("SELECT DISTINCT origin FROM held WHERE reason = ?1")?
        .query_map([FORK], |row| row.get(0))?
        .collect::<Result<Vec<String>, _>>()?;
    let is_forked = |origin: &String| store.forked.iter().any(|(forked, _)| forked == origin);
    Ok(origins.iter().any(|origin| !is_forked(origin)))
}

/// The last number that was given to anything that is held now.
pub(crate) fn last(store: &Store) -> Result<u64, LogError> {
    let mut query = store.connection.prepare_cached("SELECT COALESCE(MAX(id), 0) FROM held")?;
    Ok(query.query_row((), |row| row.get(0))?)
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

/// Takes out what waits for a feed to come as far as it now has; no more than so many.
pub(crate) fn released(
    store: &Store,
    feed: &FeedKey,
    limit: usize,
) -> Result<Vec<Arrival>, LogError> {
    if !store.any_held {
        return Ok(Vec::new());
    }
    take_rows(
        store,
        "DELETE FROM held WHERE id IN (SELECT held FROM awaited WHERE origin = ?1 AND epoch = ?2
           AND zone = ?3 AND seq <= ?4 LIMIT ?5) RETURNING subject, zone, origin, bytes",
        (&feed.origin, feed.epoch, &feed.zone, store.head(feed).seq + 1, limit),
    )
}

/// What a held event keeps when it is judged again and has to wait on.
pub(crate) struct Number {
    pub id: u64,
    pub arrived_ms: u64,
    pub hash: Hash,
    pub judged: u64,
}

/// The numbers of what waits for that reason, after a number and up to another; no more than so many.
pub(crate) fn numbers(
    store: &Store,
    (reason, after, until): (&str, u64, u64),
    limit: usize,
) -> Result<Vec<Number>, LogError> {
    let numbers = store
        .connection
        .prepare_cached(
            "SELECT id, arrived_ms, hash, judged FROM held
             WHERE id > ?2 AND id <= ?3 AND reason = ?1 ORDER BY id LIMIT ?4",
        )?
        .query_map((reason, after, until, limit), |row| {
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

/// Takes out what has these numbers, in their order.
pub(crate) fn take(store: &Store, numbers: &[Number]) -> Result<Vec<Arrival>, LogError> {
    let mut arrivals = Vec::with_capacity(numbers.len());
    for Number { id, .. } in numbers {
        let query = "DELETE FROM held WHERE id = ?1 RETURNING subject, zone, origin, bytes";
        arrivals.extend(take_rows(store, query, [id])?);
    }
    Ok(arrivals)
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
