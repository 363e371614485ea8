//! What an auditor does with a log file, needing nobody's cooperation.

use std::path::{Path, PathBuf};

use giapranh_domain::{Directory, UnitId};
use giapranh_log::verify::{self, Learning};
use giapranh_log::{LogError, Reader};
use giapranh_record::event::Event;
use giapranh_record::{Keyring, PublicKey};
use giapranh_views::{AlertQuery, AlertRow, Counters, StatusFilter, Views};
use serde::Serialize;

use crate::Anchor;
use crate::source::LogSource;
use crate::standing::{Keys, learn};

/// Most alerts that a replay lists.
const LISTED: usize = 500;

/// Why a log can't be audited.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum AuditError {
    #[error(
        "the log trusts the registrar {found}, the anchor given is {given}: it belongs to another cluster, or somebody replaced it"
    )]
    OtherAnchor { found: String, given: String },
    #[error("nothing arrived before that time; the log begins later")]
    BeforeTheFirst,
    #[error("the log ends at position {head}; position {asked} is not there")]
    BeyondTheEnd { asked: u64, head: u64 },
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: std::io::Error },
    #[error(transparent)]
    Log(#[from] LogError),
    #[error(transparent)]
    Views(#[from] giapranh_views::ViewsError),
    #[error("the log names a unit that is none: {0}")]
    Unit(String),
}

/// The verdict over a log.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Report {
    pub unit: String,
    pub events: u64,
    pub signatures_checked: u64,
    pub directory_head: u64,
    pub registrar: String,
    /// The registrar's key, 64 hexadecimal digits.
    pub anchor: String,
    /// Whether the auditor gave the anchor, or the log's own was believed.
    pub anchor_known: bool,
    pub feeds: Vec<FeedReport>,
    pub trees: Vec<TreeReport>,
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

/// Until where a log is replayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// A position of the log.
    Position(u64),
    /// What had arrived by then, milliseconds since 1970-01-01T00:00:00Z.
    Arrival(u64),
}

/// What a unit knew at a moment.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Replay {
    pub unit: String,
    pub position: u64,
    pub events: u64,
    pub digest: String,
    pub counters: Counters,
    pub alerts: Vec<AlertRow>,
}

/// Verifies every hash, link and signature of a log. Faults are in the report; an error means that
/// the file can't be read at all.
pub fn verify(
    path: &Path,
    anchor: Option<&Anchor>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Report, AuditError> {
    let reader = Reader::open(path)?;
    let identity = reader.identity()?;
    if let Some(given) = anchor
        && (given.registrar.as_str() != identity.registrar
            || given.public_key.to_lowercase() != identity.anchor.to_hex())
    {
        return Err(AuditError::OtherAnchor {
            found: format!("{} with key {}", identity.registrar, identity.anchor.to_hex()),
            given: format!("{} with key {}", given.registrar, given.public_key),
        });
    }
    let mut learner = Learner::new(&unit(&identity.registrar)?, identity.anchor);
    let findings = verify::walk(&reader, 0, &mut learner, progress)?;
    let feed = |(origin, epoch, zone, seq, hash): (_, _, _, _, giapranh_record::Hash)| FeedReport {
        origin,
        epoch,
        zone,
        seq,
        hash: hash.to_string(),
    };
    let tree = |(origin, epoch, size, root): (_, _, _, giapranh_record::Hash)| TreeReport {
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
        directory_head: learner.directory.head(),
        registrar: identity.registrar,
        anchor: identity.anchor.to_hex(),
        anchor_known: anchor.is_some(),
        feeds: findings.feeds.into_iter().map(feed).collect(),
        trees: findings.trees.into_iter().map(tree).collect(),
        faults: findings.faults.into_iter().map(fault).collect(),
    })
}

/// Folds a log up to a moment, in a directory that is gone afterwards.
pub fn replay(
    path: &Path,
    until: Until,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Replay, AuditError> {
    let reader = Reader::open(path)?;
    let identity = reader.identity()?;
    let head = reader.head()?;
    let (position, now) = match until {
        Until::Position(asked) if asked > head => {
            return Err(AuditError::BeyondTheEnd { asked, head });
        }
        Until::Position(position) => {
            let newest = reader.after(position.saturating_sub(1), 1)?;
            (position, newest.first().map_or(0, |stored| stored.arrived_ms))
        }
        Until::Arrival(time) => {
            (reader.position_at(time)?.ok_or(AuditError::BeforeTheFirst)?, time)
        }
    };
    let scratch = tempfile::tempdir()
        .map_err(|source| AuditError::Io { path: std::env::temp_dir(), source })?;
    let source = LogSource::until(reader, position);
    let registrar = unit(&identity.registrar)?;
    let rebuilt = giapranh_views::rebuild(scratch.path(), &registrar, &source, progress)?;
    let views = Views::open(scratch.path())?;
    let all = AlertQuery { status: Some(StatusFilter::All), limit: LISTED, ..Default::default() };
    Ok(Replay {
        unit: identity.unit,
        position,
        events: rebuilt.events,
        digest: rebuilt.digest_after,
        counters: views.counters(now)?,
        alerts: views.alerts(&all, now)?.rows,
    })
}

fn unit(text: &str) -> Result<UnitId, AuditError> {
    text.parse().map_err(|_| AuditError::Unit(text.to_owned()))
}

/// Grows the directory, and so the keys, with the walk through a log.
struct Learner {
    anchor: PublicKey,
    directory: Directory,
    keys: Keys,
}

impl Learner {
    fn new(registrar: &UnitId, anchor: PublicKey) -> Self {
        let directory = Directory::new(registrar.clone());
        let keys = Keys::of(&directory, anchor);
        Self { anchor, directory, keys }
    }
}

impl Learning for Learner {
    fn keyring(&self) -> &dyn Keyring {
        &self.keys
    }

    fn learn(&mut self, event: &Event) {
        if learn(&mut self.directory, event) {
            self.keys = Keys::of(&self.directory, self.anchor);
        }
    }
}
