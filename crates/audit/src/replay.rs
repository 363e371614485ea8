//! What a unit knew at a moment: its log folded up to there.

use std::path::Path;

use giapranh_log::{Reader, Stored};
use giapranh_record::receipt::{KIND, Receipt};
use giapranh_views::{AlertQuery, AlertRow, Counters, StatusFilter, Views};
use serde::Serialize;

use crate::source::LogSource;
use crate::{AuditError, trust};

/// Most alerts that a replay lists.
const LISTED: usize = 500;
/// Events read at once.
const BATCH: usize = 512;

/// Until where a log is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// A position of the log.
    Position(u64),
    /// What had arrived by then, milliseconds since 1970-01-01T00:00:00Z.
    Arrival(u64),
}

/// A receipt: signed by the unit itself in the transaction in which something arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attested {
    /// Where the receipt stands.
    pub position: u64,
    /// The position up to which it attests what had arrived, and when.
    pub last: u64,
    /// When it was made, milliseconds since 1970-01-01T00:00:00Z.
    pub recorded_ms: u64,
}

/// What a unit knew at a moment.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Replay {
    pub unit: String,
    pub position: u64,
    /// What proves that everything up to there had arrived by then; `None` when no receipt does.
    pub attested: Option<Attested>,
    pub events: u64,
    pub digest: String,
    pub counters: Counters,
    pub alerts: Vec<AlertRow>,
}

impl Until {
    /// The position that it means in a log, and the moment.
    pub(crate) fn resolve(self, reader: &Reader) -> Result<(u64, u64), AuditError> {
        let head = reader.head()?;
        match self {
            Self::Position(asked) if asked > head => Err(AuditError::BeyondTheEnd { asked, head }),
            Self::Position(position) => {
                let newest = reader.after(position.saturating_sub(1), 1)?;
                Ok((position, newest.first().map_or(0, |stored| stored.arrived_ms)))
            }
            Self::Arrival(time) => {
                Ok((reader.position_at(time)?.ok_or(AuditError::BeforeTheFirst)?, time))
            }
        }
    }
}

/// Folds a log up to a moment, in a directory that is gone afterwards.
pub fn replay(
    path: &Path,
    until: Until,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Replay, AuditError> {
    let reader = Reader::open(path)?;
    let identity = reader.identity()?;
    let (position, now) = until.resolve(&reader)?;
    let attested = attested(&reader, &identity.unit, position)?;
    let scratch = tempfile::tempdir().map_err(AuditError::io(&std::env::temp_dir()))?;
    let source = LogSource::until(reader, position);
    let registrar = trust::unit(&identity.registrar)?;
    let rebuilt = giapranh_views::rebuild(scratch.path(), &registrar, &source, progress)?;
    let views = Views::open(scratch.path())?;
    let all = AlertQuery { status: Some(StatusFilter::All), limit: LISTED, ..Default::default() };
    Ok(Replay {
        unit: identity.unit,
        position,
        attested,
        events: rebuilt.events,
        digest: rebuilt.digest_after,
        counters: views.counters(now)?,
        alerts: views.alerts(&all, now)?.rows,
    })
}

/// The first receipt that attests everything up to a position. A receipt follows in the transaction
/// of what arrived; behind what the unit recorded itself it comes with the next arrival.
fn attested(reader: &Reader, unit: &str, position: u64) -> Result<Option<Attested>, AuditError> {
    let mut after = position.saturating_sub(1);
    loop {
        let batch = reader.after(after, BATCH)?;
        let Some(newest) = batch.last() else { return Ok(None) };
        after = newest.position;
        let mut receipts = batch.iter().filter_map(|stored| receipt(stored, unit));
        if let Some(found) = receipts.find(|receipt| receipt.last >= position) {
            return Ok(Some(found));
        }
    }
}

fn receipt(stored: &Stored, unit: &str) -> Option<Attested> {
    let header = stored.event.header();
    let own = header.is_local() && header.kind == KIND && header.origin == unit;
    let receipt = Receipt::from_payload(stored.event.payload()).ok().filter(|_| own)?;
    let (position, last) = (stored.position, receipt.running.position);
    Some(Attested { position, last, recorded_ms: header.recorded_ms })
}
