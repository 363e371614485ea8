//! Verifying a log from its bytes: every hash, link and signature, with nothing else at hand.
//!
//! `integrity_check` is no part of it: a flipped bit can pass it.
//!
//! Rows are read in order by one thread; reading events and checking signatures is shared between
//! the cores; what an event says of others is compared one event after the other.

mod links;
mod receipts;
mod rows;
mod shared;
mod trees;
mod walk;

use std::path::Path;

use giapranh_record::event::Event;
use giapranh_record::{Hash, KeyId, Keyring, PublicKey};
use rusqlite::Connection;

use crate::{LogError, Reader, copy, whole};

use walk::Walk;

/// From how many events on a start leaves the signatures to the check in the background.
const STRICT_AT_START: u64 = 4_096;

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where in the log.
    pub position: u64,
    /// What does not hold there. Never personal.
    pub what: String,
    /// Only the signature of an event of another node does not hold. That node can have sent it so,
    /// and the chain may prove all the same what the event says and whose it is; another copy has
    /// the right one. Anything else is damage to the file.
    pub mendable: bool,
}

impl Fault {
    /// Damage.
    pub(crate) fn new(position: u64, what: impl Into<String>) -> Self {
        Self { position, what: what.into(), mendable: false }
    }
}

/// How much is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Hashes, columns, links; and the newest signature of each run, which proves the authors of
    /// all before it. Quick, and no evidence that every signature is one.
    Chain,
    /// Every signature as well.
    Strict,
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
    /// The position up to which receipts attest when everything arrived, if they were looked at.
    pub receipted: Option<u64>,
    /// What does not hold; empty when all does.
    pub faults: Vec<Fault>,
}

/// Keys, as far as they follow from the events seen so far: the walk shows each event that holds,
/// and asks for the keys of later ones.
pub trait Learning {
    /// The keys known now.
    fn keyring(&self) -> &dyn Keyring;
    /// Whether a key that is known signs that epoch of its unit's log. Where the gate has judged
    /// that already, all do.
    fn signs(&self, _key: &KeyId, _epoch: u32) -> bool {
        true
    }
    /// An event of the directory whose hash, links and signature hold.
    fn learn(&mut self, event: &Event);
}

/// The keys of a node that knows its directory already, and its own: it signs receipts before the
/// directory that enrols it has come.
struct Known<'a> {
    keyring: &'a dyn Keyring,
    unit: String,
    own: Vec<PublicKey>,
}

impl<'a> Known<'a> {
    fn of(reader: &Reader, keyring: &'a dyn Keyring) -> Result<Self, LogError> {
        let own = reader.own_keys()?.into_iter().map(|(_, key)| key).collect();
        Ok(Self { keyring, unit: reader.identity()?.unit, own })
    }
}

impl Keyring for Known<'_> {
    fn find(&self, id: &KeyId) -> Option<(PublicKey, String)> {
        let own = || {
            let own = self.own.iter().find(|key| key.id() == *id);
            own.map(|key| (*key, self.unit.clone()))
        };
        self.keyring.find(id).or_else(own)
    }
}

impl Learning for Known<'_> {
    fn keyring(&self) -> &dyn Keyring {
        self
    }

    fn learn(&mut self, _: &Event) {}
}

/// Verifies a whole log; `progress` hears how far it is and how far it goes. Also tells what is
/// missing.
pub fn walk(
    reader: &Reader,
    depth: Depth,
    learning: &mut dyn Learning,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Findings, LogError> {
    let mut walk = Walk::new(reader, 0, depth)?;
    walk.all(learning, progress)?;
    let (position, seen) = (walk.position(), walk.seen());
    let mut findings = walk.finish()?;
    findings.faults.extend(whole::faults(reader, position, seen)?);
    findings.faults.extend(copy::faults(reader, learning)?);
    findings.faults.sort_by_key(|fault| fault.position);
    Ok(findings)
}

/// Verifies the events of (`after`, `until`] for themselves and against those that they name.
pub(crate) fn range(
    reader: &Reader,
    (after, until): (u64, u64),
    depth: Depth,
    keyring: &dyn Keyring,
) -> Result<Findings, LogError> {
    let mut walk = Walk::new(reader, after, depth)?;
    let mut known = Known::of(reader, keyring)?;
    walk.until(until, &mut known, &mut |_, _| {})?;
    walk.finish()
}

/// At every start: what was appended since the check in the background was last here. Gives the
/// position up to which everything is checked strictly.
pub(crate) fn at_start(
    reader: &Reader,
    connection: &Connection,
    keyring: &dyn Keyring,
    path: &Path,
) -> Result<u64, LogError> {
    let checked: u64 = connection
        .query_one("SELECT position FROM verified", (), |row| row.get(0))
        .map_err(|error| reader.read_error(0, error))?;
    let head = reader.head()?;
    let damaged = |position: u64, detail: String| LogError::Damaged {
        path: path.to_owned(),
        position: position.saturating_sub(1),
        detail,
    };
    if checked > head {
        let detail = format!("it was verified up to position {checked} and ends at {head}");
        return Err(damaged(head + 1, detail));
    }
    let strict = head - checked <= STRICT_AT_START;
    let depth = if strict { Depth::Strict } else { Depth::Chain };
    let mut faults = range(reader, (checked, head), depth, keyring)?.faults;
    faults.extend(copy::faults(reader, &Known::of(reader, keyring)?)?);
    if let Some(fault) = faults.iter().find(|fault| !fault.mendable) {
        return Err(damaged(fault.position, fault.what.clone()));
    }
    if !strict {
        return Ok(checked);
    }
    // The check in the background finds a bad signature again, at each start, and tells of it.
    let sound = faults.first().map_or(head, |fault| fault.position - 1);
    connection.execute("UPDATE verified SET position = ?1", [sound])?;
    Ok(sound)
}
