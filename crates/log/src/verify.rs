//! Verifying a log from its bytes: every hash, link and signature, with nothing else at hand.
//!
//! `integrity_check` is no part of it: a flipped bit can pass it.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use giapranh_record::event::Event;
use giapranh_record::merkle::Tree;
use giapranh_record::{Hash, Header, Keyring, Link};
use rusqlite::{Connection, OptionalExtension as _};

use crate::store::{FeedKey, key};
use crate::{LogError, Reader, whole};

/// Events read at once.
const RANGE: usize = 512;

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where in the log.
    pub position: u64,
    /// What does not hold there. Never personal.
    pub what: String,
}

/// What a verification found.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// Events read.
    pub events: u64,
    /// Signatures checked strictly.
    pub signatures: u64,
    /// The newest link of every feed: origin, epoch, zone, seq and leaf hash.
    pub feeds: Vec<(String, u32, String, u64, Hash)>,
    /// The tree of every origin and epoch of which all that was published is here.
    pub trees: Vec<(String, u32, u64, Hash)>,
    /// What does not hold; empty when all does.
    pub faults: Vec<Fault>,
}

/// Keys, as far as they follow from the events seen so far: the walk shows each event that holds,
/// and asks for the keys of later ones.
pub trait Learning {
    /// The keys known now.
    fn keyring(&self) -> &dyn Keyring;
    /// An event whose hash, links and signature hold.
    fn learn(&mut self, event: &Event);
}

/// The keys of a node that knows its directory already.
struct Known<'a>(&'a dyn Keyring);

impl Learning for Known<'_> {
    fn keyring(&self) -> &dyn Keyring {
        self.0
    }

    fn learn(&mut self, _: &Event) {}
}

/// Verifies everything after `after`; `progress` hears how far it is and how far it goes. From the
/// beginning it also tells what is missing.
pub fn walk(
    reader: &Reader,
    after: u64,
    learning: &mut dyn Learning,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Findings, LogError> {
    let (mut findings, trees, last) = walk_rows(reader, after, learning, progress)?;
    if after == 0 {
        findings.faults.extend(whole::faults(reader, last)?);
        findings.faults.sort_by_key(|fault| fault.position);
        for ((origin, epoch), leaves) in trees {
            let complete = leaves.keys().copied().eq(0..leaves.len() as u64);
            if complete {
                let tree: Tree = leaves.into_values().collect();
                findings.trees.push((origin, epoch, tree.size(), tree.root()));
            }
        }
    }
    Ok(findings)
}

/// Leaf hashes by index, of each origin and epoch.
type Leaves = BTreeMap<(String, u32), BTreeMap<u64, Hash>>;

/// Verifies each event for itself and against those that it names; tells the last position, too.
fn walk_rows(
    reader: &Reader,
    after: u64,
    learning: &mut dyn Learning,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(Findings, Leaves, u64), LogError> {
    let head = reader.head()?;
    let mut walk = Walk {
        reader,
        findings: Findings::default(),
        last: HashMap::new(),
        trees: BTreeMap::new(),
        loose: Vec::new(),
    };
    let mut position = after;
    loop {
        let rows = rows_after(reader, position)?;
        let Some(last) = rows.last().map(|row| row.position) else {
            break;
        };
        for row in rows {
            reader.check_order(position, row.position)?;
            if row.position != position + 1 {
                let what =
                    format!("positions {} to {} are missing", position + 1, row.position - 1);
                walk.fault(position + 1, what);
            }
            position = row.position;
            walk.event(&row, learning)?;
        }
        progress(last, head);
    }
    let (findings, trees) = walk.finish()?;
    Ok((findings, trees, position))
}

/// At every start: what was appended since the last one.
pub(crate) fn at_start(
    reader: &Reader,
    connection: &Connection,
    keyring: &dyn Keyring,
    path: &Path,
) -> Result<(), LogError> {
    let verified: u64 = connection
        .query_one("SELECT position FROM verified", (), |row| row.get(0))
        .map_err(|error| reader.read_error(0, error))?;
    let head = reader.head()?;
    let damaged = |position: u64, detail: String| LogError::Damaged {
        path: path.to_owned(),
        position: position.saturating_sub(1),
        detail,
    };
    if verified > head {
        let detail = format!("it was verified up to position {verified} and ends at {head}");
        return Err(damaged(head + 1, detail));
    }
    let (findings, ..) = walk_rows(reader, verified, &mut Known(keyring), &mut |_, _| {})?;
    if let Some(fault) = findings.faults.into_iter().next() {
        return Err(damaged(fault.position, fault.what));
    }
    connection.execute("UPDATE verified SET position = ?1", [head])?;
    Ok(())
}

struct Row {
    position: u64,
    event_id: Vec<u8>,
    origin: String,
    epoch: u32,
    local: bool,
    index: u64,
    alert: Option<String>,
    leaf: Vec<u8>,
    bytes: Vec<u8>,
}

fn rows_after(reader: &Reader, after: u64) -> Result<Vec<Row>, LogError> {
    let mut position = after;
    let mut read = || -> rusqlite::Result<Vec<Row>> {
        let mut statement = reader.connection.prepare_cached(
            "SELECT position, event_id, origin, epoch, local, idx, alert, leaf, bytes,
                    arrived_ms FROM events
             WHERE position > ?1 ORDER BY position LIMIT ?2",
        )?;
        let mut rows = statement.query((after, RANGE))?;
        let mut read = Vec::new();
        while let Some(row) = rows.next()? {
            position = row.get(0)?;
            // Nothing proves it, but it has to be one that can be read.
            let _arrived_ms: u64 = row.get(9)?;
            read.push(Row {
                position,
                event_id: row.get(1)?,
                origin: row.get(2)?,
                epoch: row.get(3)?,
                local: row.get(4)?,
                index: row.get(5)?,
                alert: row.get(6)?,
                leaf: row.get(7)?,
                bytes: row.get(8)?,
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

struct Walk<'a> {
    reader: &'a Reader,
    findings: Findings,
    /// The newest link seen of each feed and the leaf hash noted for it, to compare the next one
    /// without asking the file.
    last: HashMap<FeedKey, (u64, Hash)>,
    trees: Leaves,
    /// Links whose predecessor was not there when they were read.
    loose: Vec<(u64, FeedKey, Link)>,
}

impl Walk<'_> {
    fn fault(&mut self, position: u64, what: impl Into<String>) {
        self.findings.faults.push(Fault { position, what: what.into() });
    }

    fn event(&mut self, row: &Row, learning: &mut dyn Learning) -> Result<(), LogError> {
        self.findings.events += 1;
        let position = row.position;
        let event = match Event::parse(row.bytes.clone().into()) {
            Ok(event) => event,
            Err(error) => {
                self.fault(position, format!("the event is none: {error}"));
                return Ok(());
            }
        };
        let faults = self.findings.faults.len();
        if event.leaf().0 != row.leaf.as_slice() {
            self.fault(position, "the bytes have another hash than was noted");
        }
        if !columns_match(row, event.header()) {
            self.fault(position, "the columns say something else than the event");
        }
        match learning.keyring().find(&event.key_id()) {
            None => self.fault(position, format!("the key {} is not enrolled", event.key_id())),
            Some((_, owner)) if owner != event.header().origin => {
                self.fault(position, format!("the key is enrolled to {owner}"));
            }
            Some((public_key, _)) => {
                self.findings.signatures += 1;
                if event.check_signature(&public_key).is_err() {
                    self.fault(position, "the signature does not belong to these bytes");
                }
            }
        }
        for link in &event.header().links {
            self.link(row, &event, link)?;
        }
        if !event.header().is_local() {
            self.trees
                .entry((row.origin.clone(), row.epoch))
                .or_default()
                .insert(event.header().index, event.leaf());
        }
        if self.findings.faults.len() == faults {
            learning.learn(&event);
        }
        Ok(())
    }

    fn link(&mut self, row: &Row, event: &Event, link: &Link) -> Result<(), LogError> {
        let position = row.position;
        let feed = key(event, link);
        let Some(at) = self.position_of(&feed, link.seq, position)? else {
            // The node was not entitled to that zone: no row, and nothing to compare with.
            return Ok(());
        };
        if at != position {
            let what =
                format!("seq {} of zone {} stands at position {at} too", link.seq, link.zone);
            self.fault(position, what);
            return Ok(());
        }
        let predecessor = match self.last.get(&feed) {
            _ if link.seq == 1 => Some(Hash::ZERO),
            Some((seq, leaf)) if seq + 1 == link.seq => Some(*leaf),
            _ => self.leaf_of(&feed, link.seq - 1, position)?,
        };
        match predecessor {
            None => self.loose.push((position, feed.clone(), link.clone())),
            Some(leaf) if leaf == link.prev => {}
            Some(_) => self.fault(position, another_predecessor(&feed, link)),
        }
        let noted = (link.seq, Hash::from_slice(&row.leaf).unwrap_or(Hash::ZERO));
        let newest = self.last.entry(feed).or_insert(noted);
        if noted.0 >= newest.0 {
            *newest = noted;
        }
        Ok(())
    }

    fn finish(mut self) -> Result<(Findings, Leaves), LogError> {
        for (position, feed, link) in std::mem::take(&mut self.loose) {
            match self.leaf_of(&feed, link.seq - 1, position)? {
                Some(leaf) if leaf == link.prev => {}
                Some(_) => self.fault(position, another_predecessor(&feed, &link)),
                // It came by another zone of its own; this feed has a gap before it.
                None => {}
            }
        }
        self.findings.feeds = self
            .last
            .iter()
            .map(|(feed, (seq, leaf))| {
                (feed.origin.clone(), feed.epoch, feed.zone.clone(), *seq, *leaf)
            })
            .collect();
        self.findings.feeds.sort();
        self.findings.faults.sort_by_key(|fault| fault.position);
        Ok((self.findings, self.trees))
    }

    fn position_of(&self, feed: &FeedKey, seq: u64, at: u64) -> Result<Option<u64>, LogError> {
        self.reader
            .connection
            .prepare_cached(
                "SELECT position FROM feeds JOIN links ON links.feed = feeds.id
                 WHERE origin = ?1 AND epoch = ?2 AND zone = ?3 AND seq = ?4",
            )
            .and_then(|mut query| {
                query
                    .query_row((&feed.origin, feed.epoch, &feed.zone, seq), |row| row.get(0))
                    .optional()
            })
            .map_err(|error| self.reader.read_error(at - 1, error))
    }

    /// The leaf hash of the event at a seq, as it was noted: whether the note is right
    /// is judged at that position, so that a damaged event is blamed and not its successors.
    fn leaf_of(&self, feed: &FeedKey, seq: u64, at: u64) -> Result<Option<Hash>, LogError> {
        let Some(position) = self.position_of(feed, seq, at)? else {
            return Ok(None);
        };
        self.reader
            .connection
            .prepare_cached("SELECT leaf FROM events WHERE position = ?1")
            .and_then(|mut query| {
                let leaf = |row: &rusqlite::Row<'_>| {
                    let noted: Vec<u8> = row.get(0)?;
                    Ok(Hash::from_slice(&noted).unwrap_or(Hash::ZERO))
                };
                query.query_row([position], leaf).optional()
            })
            .map_err(|error| self.reader.read_error(at - 1, error))
    }
}

fn columns_match(row: &Row, header: &Header) -> bool {
    row.event_id == header.event_id.as_bytes()
        && row.origin == header.origin
        && row.epoch == header.epoch
        && row.local == header.is_local()
        && row.index == header.index
        && row.alert == header.alert
}

fn another_predecessor(feed: &FeedKey, link: &Link) -> String {
    format!("seq {} of {} in zone {} names another predecessor", link.seq, feed.origin, link.zone)
}
