//! The rows of feeds, beside the walk over the events: where each event of a feed stands.

use std::collections::HashMap;

use giapranh_record::Hash;
use rusqlite::OptionalExtension as _;

use crate::{LogError, Reader};

/// Rows read at once: events of a feed mostly stand in the order of their seqs.
const WINDOW: usize = 512;

/// What the log notes of all feeds.
pub(super) struct Feeds {
    /// By origin; few for each.
    by_origin: HashMap<String, Vec<Feed>>,
}

/// What the log notes of one feed, and how far the walk is in it.
pub(super) struct Feed {
    pub epoch: u32,
    pub zone: String,
    id: i64,
    /// Positions from the seq `from` on, as far as there are any; 0 where one is missing.
    window: Vec<u64>,
    from: u64,
    /// The newest link seen, and the leaf hash noted for it.
    pub newest: Option<(u64, Hash)>,
    /// The seq up to which all were seen.
    reached: u64,
}

impl Feeds {
    pub fn load(reader: &Reader) -> Result<Self, LogError> {
        let mut by_origin: HashMap<String, Vec<Feed>> = HashMap::new();
        let mut read = || -> rusqlite::Result<()> {
            let mut statement =
                reader.connection.prepare("SELECT id, origin, epoch, zone FROM feeds")?;
            let mut rows = statement.query(())?;
            while let Some(row) = rows.next()? {
                let (id, epoch, zone) = (row.get(0)?, row.get(2)?, row.get(3)?);
                let window = Vec::new();
                let feed = Feed { epoch, zone, id, window, from: 0, newest: None, reached: 0 };
                by_origin.entry(row.get(1)?).or_default().push(feed);
            }
            Ok(())
        };
        read().map_err(|error| reader.read_error(0, error))?;
        Ok(Self { by_origin })
    }

    /// A feed, if anything of it is noted.
    pub fn find(&mut self, origin: &str, epoch: u32, zone: &str) -> Option<&mut Feed> {
        let feeds = self.by_origin.get_mut(origin)?;
        feeds.iter_mut().find(|feed| feed.epoch == epoch && feed.zone == zone)
    }

    /// Origin, epoch, zone, seq and leaf hash of the newest link of each that the walk met.
    pub fn newest(self) -> Vec<(String, u32, String, u64, Hash)> {
        let mut newest = Vec::new();
        for (origin, feeds) in self.by_origin {
            for Feed { epoch, zone, newest: head, .. } in feeds {
                newest.extend(head.map(|(seq, leaf)| (origin.clone(), epoch, zone, seq, leaf)));
            }
        }
        newest.sort();
        newest
    }
}

impl Feed {
    /// Takes note of a link; tells whether it is the one after all that were seen. One that came
    /// before its predecessors is not looked at again: whoever needs to know looks at all rows.
    pub fn see(&mut self, seq: u64) -> bool {
        let next = seq == self.reached + 1;
        self.reached += u64::from(next);
        next
    }

    /// Where the event at a seq stands. `at` is the position that is being verified.
    pub fn position_of(
        &mut self,
        reader: &Reader,
        seq: u64,
        at: u64,
    ) -> Result<Option<u64>, LogError> {
        let place = |from: u64| usize::try_from(seq.checked_sub(from)?).ok();
        if place(self.from).is_none_or(|place| place >= self.window.len()) {
            self.read(reader, seq).map_err(|error| reader.read_error(at - 1, error))?;
        }
        let noted = place(self.from).and_then(|place| self.window.get(place)).copied();
        match noted {
            // The log may have grown since.
            None | Some(0) => {
                self.look_up(reader, seq).map_err(|error| reader.read_error(at - 1, error))
            }
            position => Ok(position),
        }
    }

    fn look_up(&self, reader: &Reader, seq: u64) -> rusqlite::Result<Option<u64>> {
        reader
            .connection
            .prepare_cached("SELECT position FROM links WHERE feed = ?1 AND seq = ?2")?
            .query_row((self.id, seq), |row| row.get(0))
            .optional()
    }

    fn read(&mut self, reader: &Reader, from: u64) -> rusqlite::Result<()> {
        // One that went back once may do it again: it gets what stands around it.
        let from = if from < self.from { from.saturating_sub(WINDOW as u64 / 2) } else { from };
        self.window = vec![0; WINDOW];
        self.from = from;
        let mut statement = reader.connection.prepare_cached(
            "SELECT seq, position FROM links WHERE feed = ?1 AND seq >= ?2 AND seq < ?3",
        )?;
        let until = from.saturating_add(WINDOW as u64).min(i64::MAX.unsigned_abs());
        let mut rows = statement.query((self.id, from, until))?;
        while let Some(row) = rows.next()? {
            let (seq, position): (u64, u64) = (row.get(0)?, row.get(1)?);
            // In a damaged index a row can stand that the query has not asked for.
            let place = seq.checked_sub(from).and_then(|place| usize::try_from(place).ok());
            if let Some(noted) = place.and_then(|place| self.window.get_mut(place)) {
                *noted = position;
            }
        }
        let known = self.window.iter().rposition(|position| *position > 0);
        self.window.truncate(known.map_or(0, |last| last + 1));
        Ok(())
    }

    /// The leaf hash of the event at a seq, as it was noted: whether the note is right is judged at
    /// that position, so that a damaged event is blamed and not its successors.
    pub fn leaf_of(
        &mut self,
        reader: &Reader,
        seq: u64,
        at: u64,
    ) -> Result<Option<Hash>, LogError> {
        let Some(position) = self.position_of(reader, seq, at)? else {
            return Ok(None);
        };
        reader
            .connection
            .prepare_cached("SELECT leaf FROM events WHERE position = ?1")
            .and_then(|mut query| {
                let leaf = |row: &rusqlite::Row<'_>| {
                    Ok(Hash::from_slice(row.get_ref(0)?.as_blob()?).unwrap_or(Hash::ZERO))
                };
                query.query_row([position], leaf).optional()
            })
            .map_err(|error| reader.read_error(at - 1, error))
    }
}
