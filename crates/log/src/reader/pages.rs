//! What a peer asks for: a range of a feed, and which event stands at a place.

use bytes::Bytes;
use giapranh_record::Hash;
use giapranh_record::limits::PAGE_EVENTS;
use giapranh_record::page::Page;
use rusqlite::OptionalExtension as _;

use super::with_copies;
use crate::{LogError, Reader};

impl Reader {
    /// Up to so many bytes of a feed, counted as [`Page::cost`] does: verbatim events from a seq on,
    /// without a gap, up to another seq or (0) as far as there is.
    pub fn range(
        &self,
        origin: &str,
        epoch: u32,
        zone: &str,
        from_seq: u64,
        until_seq: u64,
        most_bytes: usize,
    ) -> Result<Vec<Bytes>, LogError> {
        let until = if until_seq == 0 { i64::MAX.unsigned_abs() } else { until_seq };
        let read = || -> rusqlite::Result<Vec<Bytes>> {
            let query = with_copies(
                &self.connection,
                "SELECT seq, {bytes} FROM feeds JOIN links ON links.feed = feeds.id
                 JOIN events USING (position)
                 WHERE feeds.origin = ?1 AND feeds.epoch = ?2 AND zone = ?3
                   AND seq BETWEEN ?4 AND ?5 ORDER BY seq LIMIT ?6",
            )?;
            let mut statement = self.connection.prepare_cached(&query)?;
            let mut rows = statement.query((origin, epoch, zone, from_seq, until, PAGE_EVENTS))?;
            let (mut events, mut room, mut next) = (Vec::new(), most_bytes, from_seq);
            while let Some(row) = rows.next()? {
                let bytes = row.get_ref(1)?.as_blob()?;
                let left = room.checked_sub(Page::cost(bytes.len()));
                let (true, Some(left)) = (row.get::<_, u64>(0)? == next, left) else { break };
                events.push(Bytes::copy_from_slice(bytes));
                (room, next) = (left, next + 1);
            }
            Ok(events)
        };
        read().map_err(|error| self.read_error(0, error))
    }

    /// The leaf hash of the event at a seq of a feed.
    pub fn hash_at(
        &self,
        origin: &str,
        epoch: u32,
        zone: &str,
        seq: u64,
    ) -> Result<Option<Hash>, LogError> {
        let hash: Option<[u8; 32]> = self
            .connection
            .prepare_cached(
                "SELECT leaf FROM feeds JOIN links ON links.feed = feeds.id
                 JOIN events USING (position)
                 WHERE feeds.origin = ?1 AND feeds.epoch = ?2 AND zone = ?3 AND seq = ?4",
            )
            .and_then(|mut query| {
                query.query_row((origin, epoch, zone, seq), |row| row.get(0)).optional()
            })
            .map_err(|error| self.read_error(0, error))?;
        Ok(hash.map(Hash))
    }
}
