//! Verifying a log from its file alone.

use std::path::Path;

use giapranh_log::verify::{self, Depth};
use giapranh_log::{LogError, Reader};
use giapranh_record::{Hash, PublicKey};
use serde::Serialize;

use crate::AuditError;
use crate::kept::{Kept, hold};
use crate::note::Note;
use crate::trust::{Anchor, Learner, trusted};

/// Events read at once.
const RANGE: usize = 512;

/// The verdict over a log.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Report {
    pub unit: String,
    pub events: u64,
    pub signatures_checked: u64,
    /// Whether every signature was checked, or the newest of each run, which proves the authors of
    /// all before it.
    pub strict: bool,
    pub directory_head: u64,
    pub registrar: String,
    /// The registrar's key, 64 hexadecimal digits.
    pub anchor: String,
    /// Whether the auditor gave the anchor, or the log's own was believed.
    pub anchor_known: bool,
    pub feeds: Vec<FeedReport>,
    pub trees: Vec<TreeReport>,
    /// The position up to which receipts attest when everything arrived, if there are any.
    pub receipted: Option<u64>,
    /// The checkpoints that the auditor kept, held against the log.
    pub checkpoints: Vec<Kept>,
    /// Empty when everything holds.
    pub faults: Vec<FaultReport>,
}

/// The newest event of a feed.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct FeedReport {
    pub origin: String,
    pub epoch: u32,
    pub zone: String,
    pub seq: u64,
    pub hash: String,
}

/// The tree over everything that an origin published, where all of it is here.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct TreeReport {
    pub origin: String,
    pub epoch: u32,
    pub size: u64,
    pub root: String,
}

/// Something that does not hold.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct FaultReport {
    pub position: u64,
    pub what: String,
}

impl Report {
    /// Whether everything holds, and every checkpoint that was given is confirmed.
    pub fn holds(&self) -> bool {
        self.faults.is_empty() && self.checkpoints.iter().all(Kept::holds)
    }
}

/// Verifies every hash, link and signature of a log, and holds the checkpoints against it that the
/// auditor kept from earlier. Faults are in the report; an error means that the file can't be read
/// at all.
pub fn verify(
    path: &Path,
    anchor: Option<&Anchor>,
    kept: &[Note],
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Report, AuditError> {
    verify_to(Depth::Strict, path, anchor, kept, progress)
}

/// The same, to a depth. With [`Depth::Chain`] it is quick, and no evidence that every signature is
/// one.
pub fn verify_to(
    depth: Depth,
    path: &Path,
    anchor: Option<&Anchor>,
    kept: &[Note],
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Report, AuditError> {
    let reader = Reader::open(path)?;
    let identity = reader.identity()?;
    if let Some(given) = anchor
        && !given.agrees(&identity.registrar, &identity.anchor)
    {
        return Err(AuditError::OtherAnchor {
            found: trusted(&identity.registrar, &identity.anchor),
            given: given.describe(),
        });
    }
    let mut learner = Learner::of_node(&reader)?;
    let findings = verify::walk(&reader, depth, &mut learner, progress)?;
    let mut faults = findings.faults;
    for (epoch, stranger) in learner.strangers() {
        faults.extend(signed_by(&reader, epoch, &stranger)?);
        faults.sort_by_key(|fault| fault.position);
    }
    let kept = kept.iter().map(|note| hold(&reader, learner.keys(), note));
    let feed = |(origin, epoch, zone, seq, hash): (_, _, _, _, Hash)| FeedReport {
        origin,
        epoch,
        zone,
        seq,
        hash: hash.to_string(),
    };
    let tree = |(origin, epoch, size, root): (_, _, _, Hash)| TreeReport {
        origin,
        epoch,
        size,
        root: root.to_string(),
    };
    let fault = |fault: verify::Fault| FaultReport { position: fault.position, what: fault.what };
    Ok(Report {
        unit: identity.unit,
        events: findings.events,
        signatures_checked: findings.signatures,
        strict: depth == Depth::Strict,
        directory_head: learner.directory().head(),
        registrar: identity.registrar,
        anchor: identity.anchor.to_hex(),
        anchor_known: anchor.is_some(),
        receipted: findings.receipted,
        checkpoints: kept.collect::<Result<_, _>>()?,
        feeds: findings.feeds.into_iter().map(feed).collect(),
        trees: findings.trees.into_iter().map(tree).collect(),
        faults: faults.into_iter().map(fault).collect(),
    })
}

/// Every event of an epoch that was signed with a key which nobody enrolled for it.
fn signed_by(
    reader: &Reader,
    epoch: u32,
    key: &PublicKey,
) -> Result<Vec<verify::Fault>, AuditError> {
    let (mut faults, mut position) = (Vec::new(), 0);
    loop {
        let stored = match reader.after(position, RANGE) {
            Ok(stored) => stored,
            // The walk has told what can't be read.
            Err(LogError::Damaged { .. }) => return Ok(faults),
            Err(error) => return Err(error.into()),
        };
        let Some(last) = stored.last() else { return Ok(faults) };
        position = last.position;
        let signed = stored.iter().filter(|stored| {
            stored.event.key_id() == key.id() && stored.event.header().epoch == epoch
        });
        faults.extend(signed.map(|stored| verify::Fault {
            position: stored.position,
            what: format!("the key {} is not enrolled", key.id()),
            mendable: false,
        }));
    }
}
