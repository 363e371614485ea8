//! What `node status` shows.

use giapranh_domain::{Directory, UnitId};
use giapranh_log::verify::Fault;
use giapranh_log::{Checked, Counts, LOG_FILE, Reader};
use giapranh_views::Counters;
use giapranh_web::{Finding, OwnTail, Peer};
use serde::Serialize;
use std::collections::BTreeMap;

use crate::NodeError;
use crate::nats::ServerStatus;
use crate::outbox::OutboxState;
use crate::reminder::HookState;
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
    /// How the private server of a node alone stands, where one is wanted.
    server: Option<ServerStatus>,
    /// Where the page of the live feed is.
    page: Option<String>,
    /// How each province's pull stands.
    pulls: BTreeMap<String, String>,
    outbox: OutboxState,
    /// How far the strict check of the log is, and what it found.
    checked: CheckedStatus,
    /// Why nothing can be signed, if so.
    refusal: Option<String>,
    /// How far the directory lets this node's key count, if it has been cut: then servers don't let
    /// the node in any more, and say no more than that.
    cut: Option<String>,
    /// Whether all that this node ever signed is here: only then it signs.
    tail: OwnTail,
    /// Whether commands are taken: a few seconds after the start they are.
    settled: bool,
    peers: PeersStatus,
    forks: ForksStatus,
    /// What came by which way, and what was made of beacons, since the start.
    healing: BTreeMap<String, u64>,
    room: RoomStatus,
    clock: ClockStatus,
    officers: OfficersStatus,
    /// The program that is told what is due.
    hook: HookState,
    /// Messages that failed the gate.
    quarantined: Quarantined,
    /// Events that wait for something else.
    held: Tally,
    /// What left either, or changed its reason, because somebody had it judged again.
    rejudged: Rejudged,
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
struct Quarantined {
    #[serde(flatten)]
    tally: Tally,
    /// How many of them have lost their bytes, to make room.
    dropped: u64,
}

#[derive(Debug, Serialize)]
struct Rejudged {
    total: u64,
    by_outcome: BTreeMap<String, u64>,
}

#[derive(Debug, Serialize)]
struct CheckedStatus {
    position: u64,
    /// Position and what does not hold there.
    faults: Vec<String>,
    /// Why it can't go on, if so.
    stopped: Option<String>,
}

impl CheckedStatus {
    fn of(checked: &Checked) -> Self {
        let fault = |fault: &Fault| format!("position {}: {}", fault.position, fault.what);
        Self {
            position: checked.position,
            faults: checked.faults.iter().map(fault).collect(),
            stopped: checked.stopped.clone(),
        }
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

/// How the others stand; one by one they are in `giapranh peers`.
#[derive(Debug, Serialize)]
struct PeersStatus {
    expected: usize,
    heard: usize,
    silent: Vec<String>,
    /// Whose clock is more than two minutes from this one's.
    skewed: Vec<String>,
    /// Events that others hold and this node does not, and the other way round.
    lacks_here: u64,
    lacks_there: u64,
}

impl PeersStatus {
    fn of(peers: &[Peer]) -> Self {
        let with = |finding| {
            let found = peers.iter().filter(move |peer| peer.findings.contains(&finding));
            found.map(|peer| peer.unit.to_string()).collect()
        };
        let zones = || peers.iter().flat_map(|peer| &peer.zones);
        Self {
            expected: peers.len(),
            heard: peers.iter().filter(|peer| peer.heard_ms.is_some()).count(),
            silent: with(Finding::Silent),
            skewed: with(Finding::Skew),
            lacks_here: zones().map(|zone| zone.lacks_here).fold(0, u64::saturating_add),
            lacks_there: zones().map(|zone| zone.lacks_there).fold(0, u64::saturating_add),
        }
    }
}

/// Two events under one number.
#[derive(Debug, Serialize)]
struct ForksStatus {
    found: usize,
    /// Whose feeds are held until somebody decides.
    undecided: Vec<String>,
    /// Why this node stands aside, if another one speaks for its unit.
    cloned: bool,
}

/// Whether there is room on the disks.
#[derive(Debug, Serialize)]
struct RoomStatus {
    log_full: bool,
    /// Why the views wait, if they do.
    views_wait: Option<String>,
}

#[derive(Debug, Serialize)]
struct ClockStatus {
    /// By how much the newest time in the log is ahead of the clock.
    log_ahead_ms: u64,
    /// By how much most peers' clocks are ahead of this one, where that is too much.
    wrong_by_ms: Option<i64>,
}

/// Who can sign in. Who they are is told to administrators alone.
#[derive(Debug, Serialize)]
struct OfficersStatus {
    accounts: usize,
    /// From the first account on.
    sign_in_required: bool,
}

pub(crate) fn status(running: &Running) -> Result<Status, NodeError> {
    let reader = Reader::open(&running.dir.join(LOG_FILE))?;
    let Counts { events, quarantined, held, dropped, rejudged } = reader.counts()?;
    let directory = running.standing.directory();
    let log = &running.author.log;
    let peers = running.healing.peers(&running.unit, &directory, log, &*running.clock);
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
        line: running.nats.line_status(),
        server: running.nats.server_status(),
        page: running.page.map(|address| format!("http://{address}/")),
        pulls: running.pulls.states(),
        outbox: running.outbox.borrow().clone(),
        checked: CheckedStatus::of(&running.author.log.checked().borrow()),
        refusal: running.author.log.refusal(),
        cut: cut(&directory, &running.unit, running.author.epoch),
        settled: running.healing.is_settled(),
        peers: PeersStatus::of(&peers.peers),
        forks: forks(running),
        room: RoomStatus {
            log_full: *log.full().borrow(),
            views_wait: running.views_wait.borrow().clone(),
        },
        clock: ClockStatus { log_ahead_ms: log.ahead_ms(), wrong_by_ms: peers.skew_ms },
        officers: OfficersStatus {
            accounts: running.officers.count()?,
            sign_in_required: running.officers.are_there(),
        },
        hook: running.hook.borrow().clone(),
        tail: peers.tail,
        healing: healing(running, peers.counters),
        quarantined: Quarantined { tally: Tally::of(quarantined), dropped },
        held: Tally::of(held),
        rejudged: Rejudged { total: rejudged.values().sum(), by_outcome: rejudged },
        payloads: "plain",
    })
}

/// What healing counts, and what went over the line.
fn healing(running: &Running, mut counters: BTreeMap<String, u64>) -> BTreeMap<String, u64> {
    let traffic = running.nats.line().map(giapranh_feed::Line::traffic).unwrap_or_default();
    let messages = [
        ("published", traffic.published.messages),
        ("pulled", traffic.pulled.messages),
        ("pulled_twice", traffic.duplicates),
        ("pages_received", traffic.pages_received.messages),
        ("pages_served", traffic.pages_served.messages),
        ("beacons_sent", traffic.beacons_sent.messages),
    ];
    counters.extend(messages.map(|(name, count)| (name.to_owned(), count)));
    counters
}

fn forks(running: &Running) -> ForksStatus {
    let state = running.healing.state();
    let undecided = state.forked.iter().map(|(origin, epoch)| format!("{origin}, epoch {epoch}"));
    ForksStatus {
        found: state.forks,
        undecided: undecided.collect(),
        cloned: state.cloned_ms.is_some(),
    }
}

/// What the directory says about the end of an epoch of a node's log.
fn cut(directory: &Directory, unit: &UnitId, epoch: u32) -> Option<String> {
    let mut cuts = directory.cuts(unit).iter();
    let cut = cuts.find(|cut| cut.epoch == epoch)?;
    let until = cut.last.map_or("nothing of it".to_owned(), |(index, _)| {
        format!("what has an index up to {index} and nothing later")
    });
    Some(format!(
        "epoch {epoch} was cut ({}): {until} counts, and no server lets this node in with its keys; \
         for new ones: giapranh node rotate",
        cut.cause.code()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_that_was_cut_says_so_and_names_what_counts() {
        use giapranh_domain::wire::proto::{self, directory_change::Change};
        let mut directory = Directory::new("hcm".parse().unwrap());
        let mut head = 0;
        let mut say = |directory: &mut Directory, all: Vec<Change>| {
            head += 1;
            let change = |change| proto::DirectoryChange { change: Some(change) };
            let changes = all.into_iter().map(change).collect();
            let said = proto::DirectoryChanged { changes, ..Default::default() };
            assert_eq!(directory.apply(head, &said), []);
        };
        let unit = |id: &str| {
            Change::UnitRegistered(proto::UnitRegistered {
                id: id.into(),
                level: "province".into(),
                name: "Tên ví dụ".into(),
                ..Default::default()
            })
        };
        let node = |key: u8, epoch| {
            Change::NodeEnrolled(proto::NodeEnrolled {
                unit: "tay-ninh".into(),
                public_key: vec![key; 32],
                epoch,
                ..Default::default()
            })
        };
        let tay_ninh: UnitId = "tay-ninh".parse().unwrap();
        say(&mut directory, vec![unit("hcm"), unit("tay-ninh"), node(1, 1)]);
        assert_eq!(cut(&directory, &tay_ninh, 1), None);
        let made = proto::CutMade {
            origin: "tay-ninh".into(),
            epoch: 1,
            last_index: 41,
            last_hash: vec![9; 32],
            cause: "revoked".into(),
            nothing: false,
        };
        say(&mut directory, vec![Change::CutMade(made)]);
        let said = cut(&directory, &tay_ninh, 1).unwrap();
        assert!(said.contains("(revoked): what has an index up to 41"), "{said}");
        say(&mut directory, vec![node(2, 2)]);
        assert_eq!(cut(&directory, &tay_ninh, 2), None);
    }
}
