//! Forks: where an origin signed two different events under one number, who says so, and what was
//! done about it.

use std::collections::BTreeMap;

use giapranh_domain::time::rfc3339;
use giapranh_domain::{Directory, UnitId, ZoneId};
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Views, ViewsError};

/// Two different events under one number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct ForkRow {
    pub origin: UnitId,
    pub epoch: u32,
    /// Where the two met, and the number that both claim there.
    pub zone: ZoneId,
    pub seq: u64,
    /// The lower of their indexes.
    pub index: u64,
    /// Their leaf hashes in hexadecimal digits, the smaller one first.
    pub first_hash: String,
    pub second_hash: String,
    /// Who said so, in the order of this node's log; never empty.
    pub reports: Vec<ForkReport>,
    /// What this node decided since it first heard of it: what was held goes on here.
    pub decided: Option<ForkDecision>,
    /// How far the directory lets the forked epoch count, if that leaves the fork out.
    pub cut: Option<ForkCut>,
}

/// A unit found a fork.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct ForkReport {
    pub event_id: Uuid,
    pub unit: String,
    pub recorded: String,
    pub recorded_ms: u64,
}

/// An officer of this node decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct ForkDecision {
    pub officer: String,
    pub reason: String,
    pub decided: String,
    pub decided_ms: u64,
}

/// The registrar decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ForkCut {
    /// The last index that counts; `None`: nothing of the epoch does.
    pub last_index: Option<u64>,
    /// The directory head that said so.
    pub head: u64,
}

impl ForkRow {
    /// Whether somebody still has to decide.
    pub fn is_open(&self) -> bool {
        self.decided.is_none() && self.cut.is_none()
    }
}

impl Views {
    /// Every fork that somebody with the authority to say so found, by origin, epoch and index.
    /// `directory` says what was cut since.
    pub fn forks(&self, directory: &Directory) -> Result<Vec<ForkRow>, ViewsError> {
        self.read(|views| {
            // One fork is said by many; what they say of it is the same.
            let mut forks: BTreeMap<_, (ForkRow, u64)> = BTreeMap::new();
            let mut statement = views.prepare_cached(
                "SELECT r.origin, r.epoch, r.zone, r.seq, r.idx, first_hash, second_hash,
                 event_id, e.acting_unit, e.recorded_ms, e.position, e.zones
                 FROM fork_reports r JOIN entries e USING (event_id)
                 WHERE e.verdict = 'valid' ORDER BY e.position",
            )?;
            let mut rows = statement.query(())?;
            while let Some(row) = rows.next()? {
                let Some((fork, position)) = reported(row, directory)? else { continue };
                let key = (
                    fork.origin.clone(),
                    fork.epoch,
                    fork.index,
                    fork.first_hash.clone(),
                    fork.second_hash.clone(),
                );
                match forks.get_mut(&key) {
                    Some((known, _)) => known.reports.extend(fork.reports),
                    None => drop(forks.insert(key, (fork, position))),
                }
            }
            let mut found = Vec::new();
            for (mut fork, since) in forks.into_values() {
                fork.decided = decision(views, &fork, since)?;
                found.push(fork);
            }
            Ok(found)
        })
    }
}

/// A report, with the position of its event. `None` where it names what can't be, or says it where
/// it does not belong.
fn reported(row: &Row<'_>, directory: &Directory) -> Result<Option<(ForkRow, u64)>, ViewsError> {
    let (origin, zone): (String, String) = (row.get(0)?, row.get(2)?);
    let (Ok(origin), Ok(zone)) = (origin.parse::<UnitId>(), zone.parse::<ZoneId>()) else {
        return Ok(None);
    };
    let said_in: String = row.get(11)?;
    let belongs = if zone == ZoneId::directory() { ZoneId::cluster() } else { zone.clone() };
    if said_in != belongs.as_str() {
        return Ok(None);
    }
    let (epoch, index, recorded_ms) = (row.get(1)?, row.get(4)?, row.get(9)?);
    let event_id: String = row.get(7)?;
    let report = ForkReport {
        event_id: event_id
            .parse()
            .map_err(|_| ViewsError::damaged("a report with an id that is none"))?,
        unit: row.get(8)?,
        recorded: rfc3339(recorded_ms),
        recorded_ms,
    };
    let cuts = directory.cuts(&origin).iter();
    let mut cuts = cuts.filter(|cut| cut.epoch == epoch && cut.leaves_out(index));
    let cut =
        cuts.next().map(|cut| ForkCut { last_index: cut.last.map(|(last, _)| last), head: cut.at });
    let fork = ForkRow {
        origin,
        epoch,
        zone,
        seq: row.get(3)?,
        index,
        first_hash: row.get(5)?,
        second_hash: row.get(6)?,
        reports: vec![report],
        decided: None,
        cut,
    };
    Ok(Some((fork, row.get(10)?)))
}

/// What was decided about a fork's origin and epoch after the fork was first heard of.
fn decision(
    views: &Connection,
    fork: &ForkRow,
    since: u64,
) -> Result<Option<ForkDecision>, ViewsError> {
    let mut statement = views.prepare_cached(
        "SELECT officer, reason, decided_ms FROM fork_decisions
         WHERE origin = ?1 AND epoch = ?2 AND position > ?3 ORDER BY position LIMIT 1",
    )?;
    let parameters = params![fork.origin.as_str(), fork.epoch, since];
    let found = statement.query_row(parameters, |row| {
        let decided_ms = row.get(2)?;
        let decided = rfc3339(decided_ms);
        Ok(ForkDecision { officer: row.get(0)?, reason: row.get(1)?, decided, decided_ms })
    });
    Ok(found.optional()?)
}
