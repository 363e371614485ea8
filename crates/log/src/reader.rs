//! Reading a log: the running node's, or a file that lies alone.

mod pages;

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use giapranh_record::chain::Head;
use giapranh_record::event::Event;
use giapranh_record::{Hash, PublicKey};
use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::{Identity, LogError, copy, file};

/// An event with its place in this log.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Stored {
    pub position: u64,
    pub arrived_ms: u64,
    pub event: Event,
}

/// An event of this node, as the outbox wants it.
pub type OwnEvent = Stored;

/// How many there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// In the log.
    pub events: u64,
    /// In quarantine, by reason; each message as often as it came.
    pub quarantined: BTreeMap<String, u64>,
    /// Waiting, by reason.
    pub held: BTreeMap<String, u64>,
    /// In quarantine without their bytes, which were dropped to make room.
    pub dropped: u64,
    /// What left quarantine or the held ones, or got another reason, because it was judged again;
    /// by what became of it.
    pub rejudged: BTreeMap<String, u64>,
}

/// A read-only connection to a log. Reads go in ranges, so that none of them keeps a snapshot long.
pub struct Reader {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
}

impl Reader {
    /// Opens a log for reading; needs no node and changes nothing.
    pub fn open(path: &Path) -> Result<Self, LogError> {
        let connection = file::open_for_reading(path)?;
        Ok(Self { connection, path: path.to_owned() })
    }

    /// Copies the log, as it is now, into a file that does not exist yet. The one way to copy a log
    /// that a node writes: its files alone may not fit together.
    pub fn back_up(&self, to: &Path) -> Result<(), LogError> {
        // Made before SQLite does, so that nobody else ever could read it.
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(to).map_err(|error| {
            match error.kind() {
                ErrorKind::AlreadyExists => LogError::Exists(to.to_owned()),
                _ => LogError::Io { path: to.to_owned(), source: error },
            }
        })?;
        let mut copy = Connection::open(to)?;
        let backup = rusqlite::backup::Backup::new(&self.connection, &mut copy)?;
        backup.run_to_completion(1024, std::time::Duration::ZERO, None)?;
        Ok(())
    }

    /// Whose log it is.
    pub fn identity(&self) -> Result<Identity, LogError> {
        let damaged = |detail: &str| LogError::Damaged {
            path: self.path.clone(),
            position: 0,
            detail: detail.to_owned(),
        };
        let (unit, epoch, public_key, registrar, anchor) = self
            .connection
            .query_row(
                "SELECT unit, epoch, public_key, registrar, anchor FROM identity",
                (),
                |row| {
                    let blob = |at| row.get::<_, Vec<u8>>(at);
                    Ok((row.get(0)?, row.get(1)?, blob(2)?, row.get(3)?, blob(4)?))
                },
            )
            .map_err(|error| self.read_error(0, error))?;
        let key = |bytes: &[u8]| PublicKey::from_bytes(bytes).ok_or(damaged("a key is none"));
        let (public_key, anchor) = (key(&public_key)?, key(&anchor)?);
        let first = Identity { unit, epoch, public_key, registrar, anchor };
        Ok(match self.epochs()?.pop() {
            Some((epoch, public_key)) => Identity { epoch, public_key, ..first },
            None => first,
        })
    }

    /// Every key that the log's node has signed with, by epoch.
    pub fn own_keys(&self) -> Result<Vec<(u32, PublicKey)>, LogError> {
        let (epoch, bytes): (u32, Vec<u8>) = self
            .connection
            .query_row("SELECT epoch, public_key FROM identity", (), |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .map_err(|error| self.read_error(0, error))?;
        let mut keys: Vec<(u32, PublicKey)> =
            PublicKey::from_bytes(&bytes).map(|key| (epoch, key)).into_iter().collect();
        keys.extend(self.epochs()?);
        Ok(keys)
    }

    /// The epochs after the first.
    fn epochs(&self) -> Result<Vec<(u32, PublicKey)>, LogError> {
        let read = || {
            if file::version(&self.connection)? < 3 {
                return Ok(Vec::new());
            }
            let mut statement =
                self.connection.prepare("SELECT epoch, public_key FROM epochs ORDER BY epoch")?;
            let rows = statement
                .query_map((), |row| Ok((row.get::<_, u32>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
            rows.collect::<Result<Vec<_>, _>>()
        };
        let rows = read().map_err(|error| self.read_error(0, error))?;
        let key = |(epoch, bytes): (u32, Vec<u8>)| {
            let key = PublicKey::from_bytes(&bytes).ok_or_else(|| LogError::Damaged {
                path: self.path.clone(),
                position: 0,
                detail: format!("the key of epoch {epoch} is none"),
            });
            key.map(|key| (epoch, key))
        };
        rows.into_iter().map(key).collect()
    }

    /// The newest event that an origin published in an epoch, as far as it is here.
    pub fn newest_published(&self, origin: &str, epoch: u32) -> Result<Option<Stored>, LogError> {
        let position: Option<u64> = self
            .connection
            .query_row(
                "SELECT position FROM events WHERE origin = ?1 AND epoch = ?2 AND local = 0
                 ORDER BY idx DESC LIMIT 1",
                (origin, epoch),
                |row| row.get(0),
            )
            .optional()
            .map_err(|error| self.read_error(0, error))?;
        match position {
            Some(position) => Ok(self.after(position.saturating_sub(1), 1)?.pop()),
            None => Ok(None),
        }
    }

    /// The newest position; 0 for an empty log.
    pub fn head(&self) -> Result<u64, LogError> {
        self.connection
            .query_row("SELECT COALESCE(MAX(position), 0) FROM events", (), |row| row.get(0))
            .map_err(|error| self.read_error(0, error))
    }

    /// The newest position that had arrived by a time; `None` when nothing had.
    pub fn position_at(&self, time_ms: u64) -> Result<Option<u64>, LogError> {
        self.connection
            .query_row(
                "SELECT MAX(position) FROM events WHERE arrived_ms <= ?1",
                [time_ms],
                |row| row.get(0),
            )
            .map_err(|error| self.read_error(0, error))
    }

    /// Events after a position, in order.
    pub fn after(&self, after: u64, limit: usize) -> Result<Vec<Stored>, LogError> {
        let stored = self.stored(
            after,
            "SELECT position, arrived_ms, {bytes} FROM events WHERE position > ?1
             ORDER BY position LIMIT ?2",
            (after, limit),
        )?;
        let mut position = after;
        for one in &stored {
            self.check_order(position, one.position)?;
            position = one.position;
        }
        Ok(stored)
    }

    /// SQLite gives rows in the order of their keys without comparing them: after damage a key can
    /// be smaller than the one before it, and whoever reads on from there reads for ever.
    pub(crate) fn check_order(&self, position: u64, next: u64) -> Result<(), LogError> {
        if next > position {
            return Ok(());
        }
        Err(LogError::Damaged {
            path: self.path.clone(),
            position,
            detail: format!("position {next} follows"),
        })
    }

    /// Every event about an alert up to a position, in order.
    pub fn of_alert(&self, alert: &str, until: u64) -> Result<Vec<Stored>, LogError> {
        of_alert(&self.connection, alert, until)
    }

    /// Events of one zone, of all origins, with a position in (`after`, `until`], in order.
    pub fn of_zone(&self, zone: &str, after: u64, until: u64) -> Result<Vec<Stored>, LogError> {
        self.stored(
            after,
            "SELECT position, arrived_ms, {bytes} FROM events WHERE position IN (
               SELECT links.position FROM feeds JOIN links ON links.feed = feeds.id
               WHERE feeds.zone = ?1 AND links.position > ?2 AND links.position <= ?3)
             ORDER BY position",
            (zone, after, until),
        )
    }

    /// The event with an id.
    pub fn with_id(&self, event_id: uuid::Uuid) -> Result<Option<Stored>, LogError> {
        with_id(&self.connection, event_id)
    }

    /// What `origin` itself published in an epoch, from an index on, in order.
    pub fn published(
        &self,
        origin: &str,
        epoch: u32,
        from_index: u64,
        limit: usize,
    ) -> Result<Vec<OwnEvent>, LogError> {
        self.stored(
            0,
            "SELECT position, arrived_ms, {bytes} FROM events
             WHERE origin = ?1 AND epoch = ?2 AND local = 0 AND idx >= ?3 ORDER BY idx LIMIT ?4",
            (origin, epoch, from_index, limit),
        )
    }

    /// The event at a seq of a feed.
    pub fn at_seq(
        &self,
        origin: &str,
        epoch: u32,
        zone: &str,
        seq: u64,
    ) -> Result<Option<Stored>, LogError> {
        let found = self.stored(
            0,
            "SELECT events.position, arrived_ms, {bytes} FROM feeds
             JOIN links ON links.feed = feeds.id JOIN events USING (position)
             WHERE feeds.origin = ?1 AND feeds.epoch = ?2 AND zone = ?3 AND seq = ?4",
            (origin, epoch, zone, seq),
        )?;
        Ok(found.into_iter().next())
    }

    /// The newest event of every feed of an origin, by zone: what it should find in its stream.
    pub fn heads_of(&self, origin: &str, epoch: u32) -> Result<BTreeMap<String, Head>, LogError> {
        let heads = self
            .connection
            .prepare(
                "SELECT zone, MAX(seq), leaf FROM feeds JOIN links ON links.feed = feeds.id
                 JOIN events USING (position)
                 WHERE feeds.origin = ?1 AND feeds.epoch = ?2 AND zone <> 'local' GROUP BY zone",
            )?
            .query_map((origin, epoch), |row| {
                Ok((row.get(0)?, Head { seq: row.get(1)?, hash: Hash(row.get(2)?) }))
            })?
            .collect::<Result<_, _>>()?;
        Ok(heads)
    }

    /// How many events, and how many wait or lie in quarantine.
    pub fn counts(&self) -> Result<Counts, LogError> {
        let by_reason = |query: &str| -> Result<BTreeMap<String, u64>, LogError> {
            let mut statement = self.connection.prepare_cached(query)?;
            let rows = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        };
        let mut counts = Counts {
            events: self.head()?,
            quarantined: by_reason("SELECT reason, SUM(times) FROM quarantine GROUP BY reason")?,
            held: by_reason("SELECT reason, COUNT(*) FROM held GROUP BY reason")?,
            ..Counts::default()
        };
        if self.has_history()? {
            let tally = "SELECT reason, SUM(times) FROM quarantine_tally GROUP BY reason";
            for (reason, times) in by_reason(tally)? {
                *counts.quarantined.entry(reason).or_default() += times;
            }
            counts.dropped = self.connection.query_row(
                "SELECT (SELECT COUNT(*) FROM quarantine WHERE bytes IS NULL)
                   + (SELECT COALESCE(SUM(messages), 0) FROM quarantine_tally)",
                (),
                |row| row.get(0),
            )?;
            let rejudged = "SELECT outcome, COUNT(*) FROM rejudged GROUP BY outcome";
            counts.rejudged = by_reason(rejudged)?;
        }
        Ok(counts)
    }

    fn stored(
        &self,
        after: u64,
        query: &str,
        parameters: impl rusqlite::Params,
    ) -> Result<Vec<Stored>, LogError> {
        let mut position = after;
        let mut stored = Vec::new();
        let query =
            with_copies(&self.connection, query).map_err(|error| self.read_error(after, error))?;
        let mut statement = self
            .connection
            .prepare_cached(&query)
            .map_err(|error| self.read_error(after, error))?;
        let mut rows =
            statement.query(parameters).map_err(|error| self.read_error(after, error))?;
        while let Some(row) = rows.next().map_err(|error| self.read_error(position, error))? {
            let event = parse(row, &self.path, position)?;
            position = event.position;
            stored.push(event);
        }
        Ok(stored)
    }

    pub(crate) fn read_error(&self, position: u64, error: rusqlite::Error) -> LogError {
        LogError::reading(&self.path, position, error)
    }
}

/// The event of a row; `before` is the position that was read before it.
fn parse(row: &Row<'_>, path: &Path, before: u64) -> Result<Stored, LogError> {
    let read = |error| LogError::reading(path, before, error);
    let position: u64 = row.get(0).map_err(read)?;
    let unreadable = |error| LogError::reading(path, position.saturating_sub(1), error);
    let arrived_ms = row.get(1).map_err(unreadable)?;
    let bytes: Vec<u8> = row.get(2).map_err(unreadable)?;
    let event = Event::parse(bytes.into()).map_err(|error| LogError::Damaged {
        path: path.to_owned(),
        position: position.saturating_sub(1),
        detail: format!("the event at position {position} is none: {error}"),
    })?;
    Ok(Stored { position, arrived_ms, event })
}

/// A query in which `{bytes}` stands for the bytes of an event: those of its copy, if there is one
/// whose signature holds where that of the event does not.
fn with_copies(connection: &Connection, query: &str) -> rusqlite::Result<String> {
    let bytes = if copy::may_be(connection)? {
        "COALESCE((SELECT copies.bytes FROM copies WHERE copies.position = events.position),
                  events.bytes)"
    } else {
        "events.bytes"
    };
    Ok(query.replace("{bytes}", bytes))
}

pub(crate) fn of_alert(
    connection: &Connection,
    alert: &str,
    until: u64,
) -> Result<Vec<Stored>, LogError> {
    let mut statement = connection.prepare_cached(&with_copies(
        connection,
        "SELECT position, arrived_ms, {bytes} FROM events WHERE alert = ?1 AND position <= ?2
         ORDER BY position",
    )?)?;
    let mut rows = statement.query((alert, until))?;
    let path = PathBuf::from(connection.path().unwrap_or_default());
    let mut stored = Vec::new();
    while let Some(row) = rows.next()? {
        let position = stored.last().map_or(0, |before: &Stored| before.position);
        stored.push(parse(row, &path, position)?);
    }
    Ok(stored)
}

pub(crate) fn with_id(
    connection: &Connection,
    event_id: uuid::Uuid,
) -> Result<Option<Stored>, LogError> {
    let path = PathBuf::from(connection.path().unwrap_or_default());
    let read = |error| LogError::reading(&path, 0, error);
    let query = with_copies(
        connection,
        "SELECT position, arrived_ms, {bytes} FROM events WHERE event_id = ?1",
    );
    let mut statement = query.and_then(|query| connection.prepare_cached(&query)).map_err(read)?;
    let mut rows = statement.query([event_id.as_bytes()]).map_err(read)?;
    let row = rows.next().map_err(read)?;
    row.map(|row| parse(row, &path, 0)).transpose()
}

pub(crate) fn last_number(connection: &Connection, unit: &str, year: u16) -> Result<u32, LogError> {
    // Six digits: the order of the texts is that of the numbers. ':' follows '9'.
    let newest: Option<String> = connection
        .prepare_cached(
            "SELECT alert FROM events WHERE alert >= ?1 AND alert < ?2
             ORDER BY alert DESC LIMIT 1",
        )?
        .query_row((format!("{unit}/{year}/0"), format!("{unit}/{year}/:")), |row| row.get(0))
        .optional()?;
    Ok(newest.and_then(|alert| alert.rsplit('/').next()?.parse().ok()).unwrap_or(0))
}
