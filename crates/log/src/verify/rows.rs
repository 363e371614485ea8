//! The rows of the log, as they stand in the file.

use bytes::Bytes;
use giapranh_record::{Hash, Header};

use crate::{LogError, Reader};

/// Events read at once.
pub(super) const RANGE: u64 = 2_048;

pub(super) struct Row {
    pub position: u64,
    pub arrived_ms: u64,
    /// As it was noted; zeros when that is no hash.
    pub leaf: Hash,
    pub bytes: Bytes,
    event_id: Vec<u8>,
    origin: String,
    epoch: u32,
    local: bool,
    index: u64,
    alert: Option<String>,
}

impl Row {
    /// Whether the columns say what the event says.
    pub fn matches(&self, header: &Header) -> bool {
        self.event_id == header.event_id.as_bytes()
            && self.origin == header.origin
            && self.epoch == header.epoch
            && self.local == header.is_local()
            && self.index == header.index
            && self.alert == header.alert
    }
}

/// The rows after a position and up to another, at most [`RANGE`].
pub(super) fn after(reader: &Reader, after: u64, until: u64) -> Result<Vec<Row>, LogError> {
    let mut position = after;
    let mut read = || -> rusqlite::Result<Vec<Row>> {
        let mut statement = reader.connection.prepare_cached(
            "SELECT position, event_id, origin, epoch, local, idx, alert, leaf, bytes,
                    arrived_ms FROM events
             WHERE position > ?1 AND position <= ?2 ORDER BY position LIMIT ?3",
        )?;
        let mut rows = statement.query((after, until, RANGE))?;
        let mut read = Vec::new();
        while let Some(row) = rows.next()? {
            position = row.get(0)?;
            read.push(Row {
                position,
                event_id: row.get(1)?,
                origin: row.get(2)?,
                epoch: row.get(3)?,
                local: row.get(4)?,
                index: row.get(5)?,
                alert: row.get(6)?,
                leaf: Hash::from_slice(row.get_ref(7)?.as_blob()?).unwrap_or(Hash::ZERO),
                bytes: row.get::<_, Vec<u8>>(8)?.into(),
                arrived_ms: row.get(9)?,
            });
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
