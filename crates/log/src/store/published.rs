//! What each origin published: which index is taken, and what never goes back from one to the next.

use std::collections::HashMap;

use giapranh_record::event::Event;
use giapranh_record::{Hash, Header, Verified};
use rusqlite::{Connection, OptionalExtension as _};

use super::{FeedKey, Store};
use crate::LogError;
use crate::fork::Conflict;

/// The newest of what an origin published in an epoch, as far as it is here.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Published {
    /// The index after the highest.
    next: u64,
    said: Said,
}

/// What never decreases from one index of an origin to the next.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Said {
    recorded_ms: u64,
    directory_seq: u64,
}

impl Said {
    fn by(header: &Header) -> Self {
        Self { recorded_ms: header.recorded_ms, directory_seq: header.directory_seq }
    }

    /// Whether the header may come after it.
    pub fn precedes(self, header: &Header) -> bool {
        self.recorded_ms <= header.recorded_ms && self.directory_seq <= header.directory_seq
    }
}

/// The newest of every origin and epoch that has one.
pub(super) fn load<'a>(
    connection: &Connection,
    feeds: impl Iterator<Item = &'a FeedKey>,
) -> Result<HashMap<(String, u32), Published>, LogError> {
    let mut published = HashMap::new();
    for FeedKey { origin, epoch, .. } in feeds {
        let newest: Option<(u64, Vec<u8>)> = connection
            .prepare_cached(
                "SELECT idx, bytes FROM events WHERE origin = ?1 AND epoch = ?2 AND local = 0
                 ORDER BY idx DESC LIMIT 1",
            )?
            .query_row((origin, epoch), |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((index, bytes)) = newest else { continue };
        // Bytes that are no event are named by who verifies; here they just say nothing.
        let said = Event::parse(bytes.into()).map(|event| Said::by(event.header()));
        let newest = Published { next: index + 1, said: said.unwrap_or_default() };
        published.insert((origin.clone(), *epoch), newest);
    }
    Ok(published)
}

impl Store {
    /// The event that has an index of an origin already.
    pub fn at_index(&self, event: &Verified) -> Result<Option<Conflict>, LogError> {
        let header = event.header();
        let published = (header.origin.clone(), header.epoch);
        let next = self.published.get(&published).map_or(0, |published| published.next);
        if !header.is_local() && header.index >= next {
            return Ok(None);
        }
        Ok(self
            .connection
            .prepare_cached(
                "SELECT leaf, position FROM events
                 WHERE origin = ?1 AND epoch = ?2 AND local = ?3 AND idx = ?4",
            )?
            .query_row((&header.origin, header.epoch, header.is_local(), header.index), |row| {
                Ok(Conflict { here: Hash(row.get(0)?), position: row.get(1)? })
            })
            .optional()?)
    }

    /// What the event before it by index says, if that is here.
    pub fn said_before(&self, event: &Verified) -> Result<Option<Said>, LogError> {
        let header = event.header();
        let Some(before) = header.index.checked_sub(1) else { return Ok(None) };
        let key = (header.origin.clone(), header.epoch);
        match self.published.get(&key) {
            Some(newest) if newest.next == header.index => return Ok(Some(newest.said)),
            Some(newest) if newest.next > header.index => {}
            _ => return Ok(None),
        }
        let bytes: Option<Vec<u8>> = self
            .connection
            .prepare_cached(
                "SELECT bytes FROM events
                 WHERE origin = ?1 AND epoch = ?2 AND local = 0 AND idx = ?3",
            )?
            .query_row((&header.origin, header.epoch, before), |row| row.get(0))
            .optional()?;
        let Some(bytes) = bytes else { return Ok(None) };
        Ok(Event::parse(bytes.into()).ok().map(|event| Said::by(event.header())))
    }

    /// Takes note of an event that is in the log now.
    pub(super) fn note_published(&mut self, header: &Header) {
        let key = (header.origin.clone(), header.epoch);
        let newest = self.published.entry(key).or_default();
        if header.index >= newest.next {
            *newest = Published { next: header.index + 1, said: Said::by(header) };
        }
    }
}
