//! What only a look at all rows shows: whether something is missing between them.

use std::collections::HashSet;

use rusqlite::OptionalExtension as _;

use crate::verify::Fault;
use crate::{Identity, LogError, Reader};

/// What a walk over the events met.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    /// Rows of links, each with its event.
    pub links: u64,
    /// Whether each event was the next one of a feed, and nothing was wrong with any.
    pub in_order: bool,
}

/// What is missing among the events up to `head`. Where what was seen rules it out, the rows are not
/// looked at again.
pub(crate) fn faults(reader: &Reader, head: u64, seen: Seen) -> Result<Vec<Fault>, LogError> {
    let mut faults = Vec::new();
    let links: u64 = reader
        .connection
        .query_row("SELECT COUNT(*) FROM links", (), |row| row.get(0))
        .map_err(|error| reader.read_error(0, error))?;
    // A log that grows meanwhile has more.
    if links != seen.links {
        faults.extend(links_of_nothing(reader)?);
    }
    if !seen.in_order {
        faults.extend(following_nothing(reader, head)?);
    }
    for local in [false, true] {
        faults.extend(missing_own(reader, local)?);
    }
    Ok(faults)
}

/// A link whose event is gone shows that the event was there.
fn links_of_nothing(reader: &Reader) -> Result<Option<Fault>, LogError> {
    let position: Option<u64> = reader
        .connection
        .query_row(
            "SELECT MIN(position) FROM links WHERE position NOT IN (SELECT position FROM events)",
            (),
            |row| row.get(0),
        )
        .map_err(|error| reader.read_error(0, error))?;
    let what = "the event is missing, a link to it is there";
    Ok(position.map(|position| Fault::new(position, what)))
}

/// Events that the gate can't have taken in, because none of their feeds had come so far: something
/// before them was taken out. The links alone are asked, so a damaged event is not blamed on those
/// that follow it.
fn following_nothing(reader: &Reader, head: u64) -> Result<Vec<Fault>, LogError> {
    let read = || -> rusqlite::Result<Vec<u64>> {
        let followers = followers(reader)?;
        let mut query = reader
            .connection
            .prepare("SELECT position FROM events WHERE position BETWEEN 1 AND ?1")?;
        let positions = query.query_map([head], |row| row.get(0))?;
        positions
            .filter(|position| !matches!(position, Ok(position) if followers.contains(position)))
            .collect()
    };
    let missed = read().map_err(|error| reader.read_error(0, error))?;
    let what = "the event follows on nothing that stands before it";
    Ok(missed.into_iter().map(|position| Fault::new(position, what)).collect())
}

/// Positions of the events before which one of their feeds had come as far as they need.
fn followers(reader: &Reader) -> rusqlite::Result<HashSet<u64>> {
    let mut query =
        reader.connection.prepare("SELECT feed, seq, position FROM links ORDER BY feed, seq")?;
    let mut rows = query.query(())?;
    let mut followers = HashSet::new();
    // The feed, its next seq, and the position at which it had come so far.
    let mut reached = (0_i64, 1_u64, 0_u64);
    while let Some(row) = rows.next()? {
        let (feed, seq, position): (i64, u64, u64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if feed != reached.0 {
            reached = (feed, 1, 0);
        }
        if seq == reached.1 {
            if reached.2 < position {
                followers.insert(position);
            }
            reached = (feed, seq + 1, reached.2.max(position));
        }
    }
    Ok(followers)
}

/// What this node published itself, or noted for itself, it has without gaps, in each epoch.
fn missing_own(reader: &Reader, local: bool) -> Result<Vec<Fault>, LogError> {
    let identity = reader.identity()?;
    let mut missing = Vec::new();
    for (epoch, _) in reader.own_keys()? {
        missing.extend(missing_in(reader, &Identity { epoch, ..identity.clone() }, local)?);
    }
    Ok(missing)
}

fn missing_in(
    reader: &Reader,
    identity: &Identity,
    local: bool,
) -> Result<Option<Fault>, LogError> {
    let (count, end): (u64, u64) = reader
        .connection
        .query_row(
            "SELECT COUNT(*), COALESCE(MAX(idx) + 1, 0) FROM events
             WHERE origin = ?1 AND epoch = ?2 AND local = ?3",
            (&identity.unit, identity.epoch, local),
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .map_err(|error| reader.read_error(0, error))?;
    if count == end {
        return Ok(None);
    }
    let found: Option<(u64, u64)> = reader
        .connection
        .query_row(
            "SELECT position, idx FROM events AS later
             WHERE origin = ?1 AND epoch = ?2 AND local = ?3 AND idx > 0 AND NOT EXISTS (
               SELECT 1 FROM events WHERE origin = ?1 AND epoch = ?2 AND local = ?3
                 AND idx = later.idx - 1)
             ORDER BY idx LIMIT 1",
            (&identity.unit, identity.epoch, local),
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()
        .map_err(|error| reader.read_error(0, error))?;
    Ok(found.map(|(position, index)| {
        let index = index.saturating_sub(1);
        let what = format!("this node's own event with index {index} before it is missing");
        Fault::new(position, what)
    }))
}
