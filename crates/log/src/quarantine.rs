//! What is not in the log and yet not lost: what failed the gate lies in quarantine, what waits is
//! held. Here it is read by those who look after it; `room` bounds it, `rejudge` judges it again.
//!
//! Reading shows facts of the message, and its bytes only when they are asked for. A file of an
//! older schema is read as it is.

pub(crate) mod rejudge;
pub(crate) mod room;

use bytes::Bytes;
use giapranh_record::Hash;
use rusqlite::{OptionalExtension as _, Row};

use crate::{LogError, Reader, file};

pub use rejudge::{Naming, Rejudged, Verdict};

/// Schema from which on quarantine has a bound and a history.
const WITH_HISTORY: i64 = 2;

/// Where a message lies that is not in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// It failed the gate.
    Quarantine,
    /// It waits for something that is not here yet.
    Held,
}

impl Shelf {
    /// The name of its table, which the history uses, too.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quarantine => "quarantine",
            Self::Held => "held",
        }
    }

    /// Its rows as [`Kept`] has them, whatever the schema.
    fn rows(self, version: i64) -> &'static str {
        match (self, version < WITH_HISTORY) {
            (Self::Quarantine, false) => {
                "SELECT id, arrived_ms, subject, reason, detail, hash, size, times, judged,
                        judged_ms, bytes IS NOT NULL AS whole FROM quarantine"
            }
            (Self::Held, false) => {
                "SELECT id, arrived_ms, subject, reason, '' AS detail, hash, length(bytes) AS size,
                        1 AS times, judged, judged_ms, 1 AS whole FROM held"
            }
            (Self::Quarantine, true) => {
                "SELECT id, arrived_ms, subject, reason, detail, hash, length(bytes) AS size,
                        times, 0 AS judged, NULL AS judged_ms, 1 AS whole FROM quarantine"
            }
            (Self::Held, true) => {
                "SELECT id, arrived_ms, subject, reason, '' AS detail, hash, length(bytes) AS size,
                        1 AS times, 0 AS judged, NULL AS judged_ms, 1 AS whole FROM held"
            }
        }
    }
}

/// A message on a shelf, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its number on the shelf, given once and never again.
    pub id: u64,
    /// When it came first.
    pub arrived_ms: u64,
    /// The subject, as received.
    pub subject: String,
    /// Why it lies there: a code.
    pub reason: String,
    /// The same for people; empty for what is held.
    pub detail: String,
    /// SHA-256 of the bytes.
    pub hash: Hash,
    /// How many bytes it had.
    pub size: u64,
    /// How often it came.
    pub times: u64,
    /// How often it was judged again and stayed.
    pub judged: u64,
    /// When it was judged again last.
    pub judged_ms: Option<u64>,
    /// Whether the bytes are still there.
    pub whole: bool,
}

/// Something that left a shelf, or changed its reason, when it was judged again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// When.
    pub judged_ms: u64,
    /// The number that it had.
    pub number: u64,
    /// Why it had lain there.
    pub reason: String,
    /// SHA-256 of the bytes.
    pub hash: Hash,
    /// What became of it: `appended`, `duplicate`, `held` or `quarantined`.
    pub outcome: String,
    /// The reason why it is held or quarantined since.
    pub why: Option<String>,
    /// Where it is in the log, if it was appended.
    pub position: Option<u64>,
}

impl Reader {
    /// What lies on a shelf after a number, oldest first; of one reason, or all.
    pub fn kept(
        &self,
        on: Shelf,
        reason: Option<&str>,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Kept>, LogError> {
        let rows = on.rows(self.version()?);
        let kept = self
            .connection
            .prepare_cached(&format!(
                "SELECT * FROM ({rows}) WHERE id > ?1 AND (?2 IS NULL OR reason = ?2)
                 ORDER BY id LIMIT ?3"
            ))?
            .query_map((after, reason, limit), kept)?
            .collect::<Result<_, _>>();
        kept.map_err(|error| self.read_error(0, error))
    }

    /// One message on a shelf.
    pub fn kept_one(&self, on: Shelf, id: u64) -> Result<Option<Kept>, LogError> {
        let rows = on.rows(self.version()?);
        self.connection
            .prepare_cached(&format!("SELECT * FROM ({rows}) WHERE id = ?1"))?
            .query_row([id], kept)
            .optional()
            .map_err(|error| self.read_error(0, error))
    }

    /// The verbatim bytes of a message on a shelf; `None` when it is not there, or its bytes are
    /// not.
    pub fn kept_bytes(&self, on: Shelf, id: u64) -> Result<Option<Bytes>, LogError> {
        let bytes: Option<Option<Vec<u8>>> = self
            .connection
            .prepare_cached(&format!("SELECT bytes FROM {} WHERE id = ?1", on.name()))?
            .query_row([id], |row| row.get(0))
            .optional()
            .map_err(|error| self.read_error(0, error))?;
        Ok(bytes.flatten().map(Bytes::from))
    }

    /// What was decided about a number of a shelf, in order.
    pub fn decisions(&self, on: Shelf, number: u64) -> Result<Vec<Decision>, LogError> {
        if self.version()? < WITH_HISTORY {
            return Ok(Vec::new());
        }
        let decisions = self
            .connection
            .prepare_cached(
                "SELECT judged_ms, number, reason, hash, outcome, why, position FROM rejudged
                 WHERE shelf = ?1 AND number = ?2 ORDER BY id",
            )?
            .query_map((on.name(), number), decision)?
            .collect::<Result<_, _>>();
        decisions.map_err(|error| self.read_error(0, error))
    }

    /// The last number that a shelf has given to a message that is still there.
    pub fn last_kept(&self, on: Shelf) -> Result<u64, LogError> {
        let query = format!("SELECT COALESCE(MAX(id), 0) FROM {}", on.name());
        self.connection
            .query_row(&query, (), |row| row.get(0))
            .map_err(|error| self.read_error(0, error))
    }

    pub(crate) fn has_history(&self) -> Result<bool, LogError> {
        Ok(self.version()? >= WITH_HISTORY)
    }

    fn version(&self) -> Result<i64, LogError> {
        file::version(&self.connection).map_err(|error| self.read_error(0, error))
    }
}

fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    Ok(Kept {
        id: row.get("id")?,
        arrived_ms: row.get("arrived_ms")?,
        subject: row.get("subject")?,
        reason: row.get("reason")?,
        detail: row.get("detail")?,
        hash: Hash(row.get("hash")?),
        size: row.get("size")?,
        times: row.get("times")?,
        judged: row.get("judged")?,
        judged_ms: row.get("judged_ms")?,
        whole: row.get("whole")?,
    })
}

fn decision(row: &Row<'_>) -> rusqlite::Result<Decision> {
    Ok(Decision {
        judged_ms: row.get("judged_ms")?,
        number: row.get("number")?,
        reason: row.get("reason")?,
        hash: Hash(row.get("hash")?),
        outcome: row.get("outcome")?,
        why: row.get("why")?,
        position: row.get("position")?,
    })
}
