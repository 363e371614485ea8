//! Passing on what an abolished node had: its whole log goes to the successor, which takes in every
//! event that it may hold and keeps the file for the questions that come later.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use giapranh_audit::AuditError;
use giapranh_domain::UnitId;
use giapranh_domain::event::Kind;
use giapranh_log::{Arrival, LOG_FILE, Log, Open, Outcome, Reader, Stored};
use serde::Serialize;

use crate::standing::Standing;
use crate::{Config, NodeError, SystemClock, init, keys};

/// Where the logs of predecessors lie, in the successor's directory.
const PREDECESSORS: &str = "predecessors";
/// Events that go through the gate at once.
const BATCH: usize = 512;

/// What was taken over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct TakenOver {
    pub unit: String,
    /// Events of the file.
    pub events: u64,
    /// Of these, what this node did not have yet.
    pub appended: u64,
    /// What failed the gate; it lies in quarantine.
    pub refused: u64,
    /// Where the file is kept.
    pub kept: PathBuf,
}

/// Copies the log of a closed node, whole, for its successor. Its keys are good for nothing any more
/// and are no part of it.
pub fn hand_over(dir: &Path, out: &Path) -> Result<u64, NodeError> {
    Config::load(dir)?;
    let reader = Reader::open(&dir.join(LOG_FILE))?;
    let identity = reader.identity()?;
    let last = reader.newest_published(&identity.unit, identity.epoch)?;
    if last.is_none_or(|last| last.event.header().kind != Kind::NodeClosed.code()) {
        let text = "the node goes on signing: close it first, so that the log is whole: \
                    giapranh node close";
        return Err(NodeError::Request(text.to_owned()));
    }
    crate::back_up(dir, out)
}

/// Takes over the log of a unit that ended and whose obligations are this node's. The node must not
/// be running. Nothing of it is believed that does not verify, and what is here already stays as it
/// is, so it may be done again.
pub async fn take_over(dir: &Path, file: &Path) -> Result<TakenOver, NodeError> {
    let config = Config::load(dir)?;
    let report = giapranh_audit::log::verify(file, None, &[], &mut |_, _| {})
        .map_err(|error: AuditError| NodeError::Request(error.to_string()))?;
    if let Some(fault) = report.faults.first() {
        let text = format!("the log does not hold at position {}: {}", fault.position, fault.what);
        return Err(NodeError::Request(text));
    }
    let from = Reader::open(file)?;
    let identity = from.identity()?;
    let key = keys::load(dir)?;
    let own = init::identity(dir, &config, &key)?;
    let reader = Reader::open(&dir.join(LOG_FILE))?;
    let standing = Arc::new(Standing::load(&reader, &config.unit, &config.anchor.registrar)?);
    may_take_over(&config, &standing, &identity.unit, &from)?;
    let kept = keep(dir, &identity.unit, &from)?;
    let clock = Arc::new(SystemClock);
    let open =
        Open { signer: Arc::new(key), keyring: standing.clone(), entitlement: standing, clock };
    let log = Log::open(dir, &own, open)?;
    let taken = pass_on(&from, &log, &identity.unit, kept).await;
    log.close().await;
    taken
}

async fn pass_on(
    from: &Reader,
    log: &Log,
    unit: &str,
    kept: PathBuf,
) -> Result<TakenOver, NodeError> {
    let mut taken = TakenOver { unit: unit.to_owned(), events: 0, appended: 0, refused: 0, kept };
    let mut position = 0;
    loop {
        let batch = from.after(position, BATCH)?;
        let Some(last) = batch.last() else { return Ok(taken) };
        position = last.position;
        let arrivals: Vec<Arrival> = batch.iter().filter_map(arrivals).collect();
        taken.events += batch.len() as u64;
        for outcome in log.arrive(arrivals).await? {
            match outcome {
                Outcome::Appended(_) => taken.appended += 1,
                // One link of an event that goes to several zones may not be ours.
                Outcome::Quarantined(reason) if reason != "not-entitled" => taken.refused += 1,
                _ => {}
            }
        }
    }
}

/// An event as if it came from its author, once: the gate looks at all of its links.
fn arrivals(stored: &Stored) -> Option<Arrival> {
    let header = stored.event.header();
    let link = header.links.first().filter(|_| !header.is_local())?;
    Some(Arrival {
        subject: format!("handover.{}.{}", link.zone, header.origin),
        named: Some((link.zone.clone(), header.origin.clone())),
        bytes: stored.event.bytes().clone(),
    })
}

fn may_take_over(
    config: &Config,
    standing: &Standing,
    unit: &str,
    from: &Reader,
) -> Result<(), NodeError> {
    let refused = |text: String| Err(NodeError::Request(text));
    let directory = standing.directory();
    let Ok(predecessor) = unit.parse::<UnitId>() else {
        return refused(format!("{unit} is no unit"));
    };
    let successor = directory.answers_for(&predecessor, directory.head());
    if *successor == predecessor || !directory.acting_units(&config.unit).contains(successor) {
        return refused(format!(
            "by the directory (head {}) {successor} answers for {unit}, and this node does not act \
             for it",
            directory.head()
        ));
    }
    for cut in directory.cuts(&predecessor) {
        let Some((index, leaf)) = cut.last else { continue };
        let there = from.published(unit, cut.epoch, index, 1)?;
        let whole = there.first().is_some_and(|stored| {
            stored.event.header().index == index && stored.event.leaf().0 == leaf
        });
        if !whole {
            return refused(format!(
                "the log does not hold the event that the cut of {unit} names (epoch {}, index \
                 {index}): it is not whole",
                cut.epoch
            ));
        }
    }
    Ok(())
}

/// Keeps the predecessor's log, readable by the owner alone.
fn keep(dir: &Path, unit: &str, from: &Reader) -> Result<PathBuf, NodeError> {
    use std::os::unix::fs::DirBuilderExt as _;
    let shelf = dir.join(PREDECESSORS);
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&shelf)
        .map_err(NodeError::io(&shelf))?;
    let kept = shelf.join(format!("{unit}.db"));
    if !kept.exists() {
        from.back_up(&kept)?;
    }
    Ok(kept)
}
