//! Forks: two events of one author of which only one can be true. Both are kept, and nothing more of
//! that author's epoch is taken in until somebody has decided.
//!
//! What must hold: evidence is never dropped or changed; a conflict is noted once; what follows on
//! the side that lost is one with the fork that was decided, and holds nothing again.

use std::collections::HashSet;

use bytes::Bytes;
use giapranh_record::event::Event;
use giapranh_record::{Hash, Link, Verified};
use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::store::Store;
use crate::{LogError, Reader, file};

/// Schema from which on forks are kept.
const SINCE: i64 = 4;
/// Most forks of one origin and epoch that are noted. Whoever signs more says nothing new by it;
/// each of them lies in quarantine as well.
const NOTED: u64 = 1_000;

/// Two events of which only one can be true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fork {
    /// Its number here.
    pub id: u64,
    /// Who signed two histories, in which epoch.
    pub origin: String,
    #[allow(missing_docs)]
    pub epoch: u32,
    /// A zone of the event that came later, and its place there.
    pub zone: String,
    #[allow(missing_docs)]
    pub seq: u64,
    /// The index of the event that came later.
    pub index: u64,
    /// Leaf hash and position of the event in this log that rules the other out: the same id, index
    /// or seq, or the one before or after it in another chain.
    pub here: Hash,
    #[allow(missing_docs)]
    pub here_position: u64,
    /// Leaf hash and verbatim bytes of the event that came later.
    pub other: Hash,
    #[allow(missing_docs)]
    pub bytes: Bytes,
    /// When it came.
    pub found_ms: u64,
    /// How far the log was when it was decided; `None` until then.
    pub decided_position: Option<u64>,
}

/// That there is a fork, without its evidence: see [`Reader::fork_marks`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct ForkMark {
    pub id: u64,
    pub origin: String,
    pub epoch: u32,
    /// The leaf hashes, as in [`Fork`].
    pub here: Hash,
    pub other: Hash,
    pub is_decided: bool,
}

/// An event of the log that rules another one out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Conflict {
    pub here: Hash,
    pub position: u64,
}

/// The origins and epochs of which a fork is undecided.
pub(crate) type Undecided = HashSet<(String, u32)>;

pub(crate) fn undecided(connection: &Connection) -> Result<Undecided, LogError> {
    let forks = connection
        .prepare("SELECT DISTINCT origin, epoch FROM forks WHERE decided_position IS NULL")?
        .query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(forks)
}

/// Notes that `event` can't be true beside what is here; `link` is the place to name. Once for each
/// pair.
pub(crate) fn note(
    store: &mut Store,
    conflict: Conflict,
    event: &Event,
    link: &Link,
    now_ms: u64,
) -> Result<(), LogError> {
    let (header, connection) = (event.header(), &store.connection);
    let noted = connection
        .prepare_cached("SELECT 1 FROM forks WHERE here = ?1 AND other = ?2")?
        .exists((conflict.here.0, event.leaf().0))?;
    let count: u64 = connection
        .prepare_cached("SELECT COUNT(*) FROM forks WHERE origin = ?1 AND epoch = ?2")?
        .query_row((&header.origin, header.epoch), |row| row.get(0))?;
    if noted || count >= NOTED {
        return Ok(());
    }
    let decided = decided_before(connection, event)?;
    connection
        .prepare_cached(
            "INSERT INTO forks (origin, epoch, zone, seq, idx, here, here_position, other, bytes,
                                found_ms, decided_position)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute((
            &header.origin,
            header.epoch,
            &link.zone,
            link.seq,
            header.index,
            conflict.here.0,
            conflict.position,
            event.leaf().0,
            event.bytes().as_ref(),
            now_ms,
            decided,
        ))?;
    if decided.is_none() {
        tracing::error!(
            origin = header.origin,
            epoch = header.epoch,
            zone = link.zone,
            seq = link.seq,
            "a fork: two events under one number. No more of that epoch is taken in until it is decided"
        );
        store.forked.insert((header.origin.clone(), header.epoch));
        store.tail_moved = true;
    }
    Ok(())
}

/// Whether the event follows on one that lost, or is one: then it was decided with it.
fn decided_before(connection: &Connection, event: &Event) -> Result<Option<u64>, LogError> {
    let mut query = connection.prepare_cached(
        "SELECT decided_position FROM forks WHERE other = ?1 AND decided_position IS NOT NULL",
    )?;
    for leaf in event.header().links.iter().map(|link| link.prev).chain([event.leaf()]) {
        if let Some(position) = query.query_row([leaf.0], |row| row.get(0)).optional()? {
            return Ok(Some(position));
        }
    }
    Ok(None)
}

/// Notes that the forks of an epoch are decided: what is here stays. Gives how many there were.
pub(crate) fn decide(store: &mut Store, origin: &str, epoch: u32) -> Result<usize, LogError> {
    let decided = store
        .connection
        .prepare_cached(
            "UPDATE forks SET decided_position = ?3
             WHERE origin = ?1 AND epoch = ?2 AND decided_position IS NULL",
        )?
        .execute((origin, epoch, store.next_position - 1))?;
    if store.forked.remove(&(origin.to_owned(), epoch)) {
        store.tail_moved = true;
    }
    Ok(decided)
}

/// The events of undecided forks that came later, one for each origin and epoch.
pub(crate) fn evidence(store: &Store) -> Result<Vec<Event>, LogError> {
    let bytes = store
        .connection
        .prepare_cached(
            "SELECT bytes FROM forks WHERE id IN (
               SELECT MIN(id) FROM forks WHERE decided_position IS NULL GROUP BY origin, epoch)",
        )?
        .query_map((), |row| row.get::<_, Vec<u8>>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    bytes.into_iter().map(|bytes| Ok(Event::parse(bytes.into())?)).collect()
}

/// Whether nothing more of the event's epoch is taken in now.
pub(crate) fn holds(store: &Store, event: &Verified) -> bool {
    let header = event.header();
    // Usually there is none, and then nobody need copy a name.
    !store.forked.is_empty() && store.forked.contains(&(header.origin.clone(), header.epoch))
}

const COLUMNS: &str = "id, origin, epoch, zone, seq, idx, here, here_position, other, bytes,
                       found_ms, decided_position";

impl Reader {
    /// Every fork that was found, oldest first, decided or not, with its evidence: an author who
    /// means harm can make that large.
    pub fn forks(&self) -> Result<Vec<Fork>, LogError> {
        self.fork_rows(&format!("SELECT {COLUMNS} FROM forks ORDER BY id"), (), fork)
    }

    /// The fork with a number.
    pub fn fork(&self, id: u64) -> Result<Option<Fork>, LogError> {
        let query = format!("SELECT {COLUMNS} FROM forks WHERE id = ?1");
        Ok(self.fork_rows(&query, [id], fork)?.pop())
    }

    /// Every fork that was found, oldest first, without its evidence.
    pub fn fork_marks(&self) -> Result<Vec<ForkMark>, LogError> {
        let query = "SELECT id, origin, epoch, here, other, decided_position IS NOT NULL FROM forks
             ORDER BY id";
        self.fork_rows(query, (), |row| {
            Ok(ForkMark {
                id: row.get(0)?,
                origin: row.get(1)?,
                epoch: row.get(2)?,
                here: Hash(row.get(3)?),
                other: Hash(row.get(4)?),
                is_decided: row.get(5)?,
            })
        })
    }

    fn fork_rows<T>(
        &self,
        query: &str,
        parameters: impl rusqlite::Params,
        row: fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, LogError> {
        let read = || -> rusqlite::Result<Vec<T>> {
            if file::version(&self.connection)? < SINCE {
                return Ok(Vec::new());
            }
            self.connection.prepare_cached(query)?.query_map(parameters, row)?.collect()
        };
        read().map_err(|error| self.read_error(0, error))
    }
}

fn fork(row: &Row<'_>) -> rusqlite::Result<Fork> {
    Ok(Fork {
        id: row.get(0)?,
        origin: row.get(1)?,
        epoch: row.get(2)?,
        zone: row.get(3)?,
        seq: row.get(4)?,
        index: row.get(5)?,
        here: Hash(row.get(6)?),
        here_position: row.get(7)?,
        other: Hash(row.get(8)?),
        bytes: row.get::<_, Vec<u8>>(9)?.into(),
        found_ms: row.get(10)?,
        decided_position: row.get(11)?,
    })
}
