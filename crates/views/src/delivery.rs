//! Who holds what of an alert: the proof of delivery.
//!
//! It follows from what peers said in their beacons, which the node noted in its own log, and from
//! the directory: so it is known of the events that this node published, and of no others. It is no
//! part of the digest, because each node knows it of its own events only.

use std::collections::{BTreeMap, BTreeSet};

use giapranh_domain::time::rfc3339;
use giapranh_domain::{AlertId, Directory, Millis, UnitId, ZoneId};
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::viewer::{Sight, sees};
use crate::{Viewer, Views, ViewsError};

/// Who holds which event of an alert that this node published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Delivery {
    /// The alert.
    pub alert: AlertId,
    /// The node that published the events below, and asks.
    pub node: UnitId,
    /// In the order of this node's log. Empty when all that is here of the alert is of others.
    pub events: Vec<EventDelivery>,
}

/// Who holds one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct EventDelivery {
    pub event_id: Uuid,
    pub kind: String,
    pub recorded: String,
    pub recorded_ms: u64,
    pub verdict: String,
    pub zones: Vec<ZoneId>,
    /// How many of the entitled nodes hold it.
    pub held: usize,
    /// How many do not, as far as is known.
    pub missing: usize,
    /// Every node that may read one of its zones, and every one that holds it though it may not any
    /// more; by unit.
    pub nodes: Vec<NodeDelivery>,
}

/// Whether one node holds one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct NodeDelivery {
    pub unit: UnitId,
    /// Whether the directory lets it read one of the event's zones now.
    pub entitled: bool,
    /// Since when it is known to hold it; `None`: not yet.
    pub held_since: Option<String>,
    pub held_since_ms: Option<u64>,
}

/// An event of this node's, with its place in each feed.
struct Own {
    event: EventDelivery,
    epoch: u32,
    seqs: Vec<u64>,
}

/// How far a unit was noted to hold a feed of this node: the unit, the zone, the epoch and the seq.
pub type Noted = (String, String, u32, u64);

impl Views {
    /// How far each unit was noted to hold each feed of this node, for whoever notes more.
    pub fn noted_deliveries(&self) -> Result<Vec<Noted>, ViewsError> {
        self.read(|views| {
            let mut statement = views.prepare_cached(
                "SELECT unit, zone, epoch, MAX(seq) FROM deliveries GROUP BY zone, epoch, unit",
            )?;
            let rows = statement
                .query_map((), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Who holds what `node`, whose views these are, published of an alert; `None` when nothing of
    /// the alert is here, or it is not for the viewer. `directory` says who should.
    pub fn delivery(
        &self,
        alert: &AlertId,
        node: &UnitId,
        directory: &Directory,
        viewer: Option<&Viewer>,
        now: Millis,
    ) -> Result<Option<Delivery>, ViewsError> {
        let (sight, named) = (Sight::of(viewer, now), alert.to_string());
        let known = format!(
            "SELECT EXISTS (SELECT 1 FROM entries WHERE alert = :alert)
             AND (:viewer IS NULL OR EXISTS (SELECT 1 FROM alerts WHERE id = :alert AND {}))",
            sees()
        );
        self.read(|views| {
            let mut parameters = sight.parameters().to_vec();
            parameters.push((":alert", &named));
            if !views.query_row(&known, parameters.as_slice(), |row| row.get(0))? {
                return Ok(None);
            }
            let mut readers: BTreeMap<ZoneId, BTreeSet<UnitId>> = BTreeMap::new();
            let mut events = Vec::new();
            for own in own(views, alert, node)? {
                for zone in &own.event.zones {
                    if !readers.contains_key(zone) {
                        readers.insert(zone.clone(), entitled(directory, node, zone));
                    }
                }
                events.push(spread(views, own, &readers)?);
            }
            Ok(Some(Delivery { alert: alert.clone(), node: node.clone(), events }))
        })
    }
}

/// The nodes that may read a zone, but this one.
fn entitled(directory: &Directory, this: &UnitId, zone: &ZoneId) -> BTreeSet<UnitId> {
    let others = directory.nodes().map(|node| &node.unit).filter(|unit| *unit != this);
    others.filter(|unit| directory.is_entitled(unit, zone)).cloned().collect()
}

fn own(views: &Connection, alert: &AlertId, node: &UnitId) -> Result<Vec<Own>, ViewsError> {
    let sql = "SELECT event_id, kind, recorded_ms, verdict, zones, epoch, seqs FROM entries
        WHERE alert = ?1 AND origin = ?2 ORDER BY position";
    let mut statement = views.prepare_cached(sql)?;
    let mut rows = statement.query([&alert.to_string(), node.as_str()])?;
    let mut own = Vec::new();
    while let Some(row) = rows.next()? {
        own.push(own_row(row)?);
    }
    Ok(own)
}

fn own_row(row: &Row<'_>) -> Result<Own, ViewsError> {
    let damaged = |what: &str| ViewsError::damaged(format!("an entry with {what} that is none"));
    let (id, zones, seqs): (String, String, String) = (row.get(0)?, row.get(4)?, row.get(6)?);
    let recorded_ms = row.get(2)?;
    let list = |text: &str| -> Vec<String> { text.split(' ').map(str::to_owned).collect() };
    let own = Own {
        event: EventDelivery {
            event_id: id.parse().map_err(|_| damaged("an id"))?,
            kind: row.get(1)?,
            recorded: rfc3339(recorded_ms),
            recorded_ms,
            verdict: row.get(3)?,
            zones: list(&zones)
                .iter()
                .map(|zone| zone.parse())
                .collect::<Result<_, _>>()
                .map_err(|_| damaged("a zone"))?,
            held: 0,
            missing: 0,
            nodes: Vec::new(),
        },
        epoch: row.get(5)?,
        seqs: list(&seqs)
            .iter()
            .map(|seq| seq.parse())
            .collect::<Result<_, _>>()
            .map_err(|_| damaged("a seq"))?,
    };
    if own.seqs.len() == own.event.zones.len() { Ok(own) } else { Err(damaged("a link")) }
}

/// Fills in who holds an event: a node holds it when one of its zones' feeds is there up to it.
fn spread(
    views: &Connection,
    own: Own,
    readers: &BTreeMap<ZoneId, BTreeSet<UnitId>>,
) -> Result<EventDelivery, ViewsError> {
    let Own { mut event, epoch, seqs } = own;
    let mut holders: BTreeMap<UnitId, u64> = BTreeMap::new();
    let mut may: BTreeSet<UnitId> = BTreeSet::new();
    for (zone, seq) in event.zones.iter().zip(seqs) {
        let readers = readers.get(zone).cloned().unwrap_or_default();
        for unit in said_to_hold(views, zone, epoch)?.union(&readers) {
            if let Some(since) = held_since(views, zone, epoch, unit, seq)? {
                let first = holders.entry(unit.clone()).or_insert(since);
                *first = since.min(*first);
            }
        }
        may.extend(readers);
    }
    let units: BTreeSet<&UnitId> = may.iter().chain(holders.keys()).collect();
    event.nodes = units
        .into_iter()
        .map(|unit| {
            let held_since_ms = holders.get(unit).copied();
            NodeDelivery {
                unit: unit.clone(),
                entitled: may.contains(unit),
                held_since: held_since_ms.map(rfc3339),
                held_since_ms,
            }
        })
        .collect();
    event.held = may.iter().filter(|unit| holders.contains_key(*unit)).count();
    event.missing = may.len() - event.held;
    Ok(event)
}

/// The units that ever said to hold something of a feed: a walk along the key, from one to the next.
fn said_to_hold(
    views: &Connection,
    zone: &ZoneId,
    epoch: u32,
) -> Result<BTreeSet<UnitId>, ViewsError> {
    let mut next = views.prepare_cached(
        "SELECT unit FROM deliveries WHERE zone = ?1 AND epoch = ?2 AND unit > ?3
         ORDER BY unit LIMIT 1",
    )?;
    let mut units = BTreeSet::new();
    let mut last = String::new();
    loop {
        let found = next.query_row(params![zone.as_str(), epoch, last], |row| row.get(0));
        let Some(unit): Option<String> = found.optional()? else { return Ok(units) };
        // A unit that the domain does not take as one can't be shown as one.
        units.extend(unit.parse::<UnitId>());
        last = unit;
    }
}

/// When a unit first said that it holds a feed up to there, or further.
fn held_since(
    views: &Connection,
    zone: &ZoneId,
    epoch: u32,
    unit: &UnitId,
    seq: u64,
) -> Result<Option<u64>, ViewsError> {
    let mut first = views.prepare_cached(
        "SELECT since_ms FROM deliveries
         WHERE zone = ?1 AND epoch = ?2 AND unit = ?3 AND seq >= ?4 ORDER BY seq LIMIT 1",
    )?;
    let parameters = params![zone.as_str(), epoch, unit.as_str(), seq];
    Ok(first.query_row(parameters, |row| row.get(0)).optional()?)
}
