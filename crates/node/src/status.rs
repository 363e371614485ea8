//! What `node status` shows.

use giapranh_log::{Counts, LOG_FILE, Reader};
use giapranh_views::Counters;
use serde::Serialize;
use std::collections::BTreeMap;

use crate::NodeError;
use crate::outbox::OutboxState;
use crate::run::Running;

/// How a node stands.
#[derive(Debug, Serialize)]
pub(crate) struct Status {
    unit: String,
    version: &'static str,
    /// Newest position of the log.
    events: u64,
    /// Newest position in the views.
    projected: u64,
    digest: String,
    counters: Counters,
    directory: DirectoryStatus,
    zones: Vec<String>,
    line: String,
    /// Where the page of the live feed is.
    page: Option<String>,
    /// How each province's pull stands.
    pulls: BTreeMap<String, String>,
    outbox: OutboxState,
    /// Why nothing can be signed, if so.
    refusal: Option<String>,
    /// Messages that failed the gate.
    quarantined: Tally,
    /// Events that wait for something else.
    held: Tally,
    /// Until sealing is there: anyone who can read the files can read the payloads.
    payloads: &'static str,
}

/// How many, and why.
#[derive(Debug, Serialize)]
struct Tally {
    total: u64,
    by_reason: BTreeMap<String, u64>,
}

impl Tally {
    fn of(by_reason: BTreeMap<String, u64>) -> Self {
        Self { total: by_reason.values().sum(), by_reason }
    }
}

#[derive(Debug, Serialize)]
struct DirectoryStatus {
    registrar: String,
    head: u64,
    units: usize,
    zones: usize,
    nodes: usize,
}

pub(crate) fn status(running: &Running) -> Result<Status, NodeError> {
    let reader = Reader::open(&running.dir.join(LOG_FILE))?;
    let Counts { events, quarantined, held } = reader.counts()?;
    let directory = running.standing.directory();
    let line = match &running.line {
        Some(line) => line.state().borrow().to_string(),
        None => "no NATS address is configured".to_owned(),
    };
    Ok(Status {
        unit: running.unit.to_string(),
        version: env!("CARGO_PKG_VERSION"),
        events,
        projected: *running.position.borrow(),
        digest: running.views.digest()?,
        counters: running.views.counters(running.clock.now_ms())?,
        zones: directory.entitled_zones(&running.unit).into_iter().map(Into::into).collect(),
        directory: DirectoryStatus {
            registrar: directory.registrar().to_string(),
            head: directory.head(),
            units: directory.units().count(),
            zones: directory.zones().count(),
            nodes: directory.nodes().count(),
        },
        line,
        page: running.page.map(|address| format!("http://{address}/")),
        pulls: running.pulls.states(),
        outbox: running.outbox.borrow().clone(),
        refusal: running.author.log.refusal().map(str::to_owned),
        quarantined: Tally::of(quarantined),
        held: Tally::of(held),
        payloads: "plain",
    })
}
