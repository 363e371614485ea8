//! The rows of the log, as they stand in the file.

use std::ops::Range;

use giapranh_record::Hash;
use giapranh_record::event::Malformed;
use giapranh_record::view::{EventView, HeaderView};

use crate::{LogError, Reader};

/// Events read at once.
const RANGE: u64 = 2_048;

/// Rows that follow each other. What they hold lies in one piece of memory.
#[derive(Default)]
pub(super) struct Rows {
    rows: Vec<Row>,
    memory: Vec<u8>,
}

/// One of them.
pub(super) struct Row {
    pub position: u64,
    pub arrived_ms: u64,
    /// As it was noted; zeros when that is no hash.
    pub leaf: Hash,
    epoch: u32,
    local: bool,
    index: u64,
    event_id: Range<usize>,
    origin: Range<usize>,
    alert: Option<Range<usize>>,
    bytes: Range<usize>,
}

/// What the bytes of a row are, and whether its columns say the same.
pub(super) struct Read<'a> {
    pub event: Result<EventView<'a>, Malformed>,
    pub columns_agree: bool,
}

impl Rows {
    pub fn iter(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter()
    }

    /// The position of the last of them; `None` when there is none.
    pub fn last(&self) -> Option<u64> {
        self.rows.last().map(|row| row.position)
    }

    /// The event's bytes.
    pub fn bytes(&self, row: &Row) -> &[u8] {
        &self.memory[row.bytes.clone()]
    }

    /// Reads the event of each row.
    pub fn read(&self) -> Vec<Read<'_>> {
        let read = |row: &Row| {
            let event = EventView::parse(self.bytes(row));
            let columns_agree = event.as_ref().is_ok_and(|event| self.agree(row, &event.header));
            Read { event, columns_agree }
        };
        self.rows.iter().map(read).collect()
    }

    fn agree(&self, row: &Row, header: &HeaderView<'_>) -> bool {
        let alert = row.alert.clone().map(|alert| &self.memory[alert]);
        self.memory[row.event_id.clone()] == *header.event_id.as_bytes()
            && self.memory[row.origin.clone()] == *header.origin.as_bytes()
            && row.epoch == header.epoch
            && row.local == header.is_local()
            && row.index == header.index
            && alert == header.alert.map(str::as_bytes)
    }

    fn keep(&mut self, bytes: &[u8]) -> Range<usize> {
        let start = self.memory.len();
        self.memory.extend_from_slice(bytes);
        start..self.memory.len()
    }

    fn take(&mut self, row: &rusqlite::Row<'_>) -> rusqlite::Result<()> {
        let row = Row {
            position: row.get(0)?,
            event_id: self.keep(row.get_ref(1)?.as_blob()?),
            origin: self.keep(row.get_ref(2)?.as_str()?.as_bytes()),
            epoch: row.get(3)?,
            local: row.get(4)?,
            index: row.get(5)?,
            alert: row.get_ref(6)?.as_str_or_null()?.map(|alert| self.keep(alert.as_bytes())),
            leaf: Hash::from_slice(row.get_ref(7)?.as_blob()?).unwrap_or(Hash::ZERO),
            bytes: self.keep(row.get_ref(8)?.as_blob()?),
            arrived_ms: row.get(9)?,
        };
        self.rows.push(row);
        Ok(())
    }
}

/// The rows after a position and up to another, as many as are read at once.
pub(super) fn after(reader: &Reader, after: u64, until: u64) -> Result<Rows, LogError> {
    let mut position = after;
    let mut read = || -> rusqlite::Result<Rows> {
        let mut statement = reader.connection.prepare_cached(
            "SELECT position, event_id, origin, epoch, local, idx, alert, leaf, bytes,
                    arrived_ms FROM events
             WHERE position > ?1 AND position <= ?2 ORDER BY position LIMIT ?3",
        )?;
        let mut rows = statement.query((after, until, RANGE))?;
        let mut read = Rows::default();
        while let Some(row) = rows.next()? {
            position = row.get(0)?;
            read.take(row)?;
        }
        Ok(read)
    };
    read().map_err(|error| {
        // The position itself was read before the column that is of no use.
        let before = match error {
            rusqlite::Error::SqliteFailure(..) => position,
            _ => position.saturating_sub(1),
        };
        reader.read_error(before, error)
    })
}
