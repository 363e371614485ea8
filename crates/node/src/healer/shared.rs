//! What the healing task shares with the rest of the node.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use giapranh_log::Outcome;
use giapranh_record::beacon::LocalHead;
use tokio::sync::{Notify, watch};

use crate::healing::{Beacons, Heads, Peers, Settling, Wants};

/// Healing, as the rest of the node sees it.
pub(crate) struct Healing {
    began: Instant,
    state: Mutex<State>,
    settled: watch::Sender<bool>,
    /// Something was refused that may be a fork.
    suspicion: Notify,
    pub counters: Counters,
}

/// What was heard and what is to be done.
pub(crate) struct State {
    pub peers: Peers,
    pub wants: Wants,
    pub beacons: Beacons,
    pub settling: Settling,
    pub heads: Arc<Heads>,
    pub local: LocalHead,
    /// Origins and epochs with a fork that nobody has decided: nothing of them is asked for.
    pub forked: BTreeSet<(String, u32)>,
    /// Forks in the log, decided or not.
    pub forks: usize,
    /// Another node speaks for this unit: since when, as the node's own time counts.
    pub cloned_ms: Option<u64>,
}

/// What the outbox found when it last compared the stream with the log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Rewound {
    /// How often it was tried.
    pub tries: u64,
    /// Whether the stream said what it holds.
    pub read: bool,
    /// The directory's head, whose zones it was asked about.
    pub directory_head: u64,
}

/// What came, by which way. Only ever grows.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    /// Events that were new and came from a stream.
    pub by_stream: AtomicU64,
    /// Events that were new and came by backfill.
    pub by_backfill: AtomicU64,
    /// Events that came by backfill and were here already.
    pub twice_by_backfill: AtomicU64,
    /// Beacons that counted.
    pub heard: AtomicU64,
    /// Beacons that were no newer than the one before.
    pub replayed: AtomicU64,
    /// Beacons that were not their author's, not for us, or none.
    pub unbelieved: AtomicU64,
    /// Answers that were nonsense.
    pub nonsense: AtomicU64,
    /// Deliveries that were noted.
    pub noted: AtomicU64,
    /// Claims on our own events that could not be shown.
    pub unshown: AtomicU64,
}

impl Counters {
    /// Counts what became of what a stream brought; gives how many were here already.
    pub fn stream(&self, outcomes: &[Outcome]) -> u64 {
        let (new, twice) = count(outcomes);
        self.by_stream.fetch_add(new, Relaxed);
        twice
    }

    /// The same for a page.
    pub fn backfill(&self, outcomes: &[Outcome]) {
        let (new, twice) = count(outcomes);
        self.by_backfill.fetch_add(new, Relaxed);
        self.twice_by_backfill.fetch_add(twice, Relaxed);
    }
}

fn count(outcomes: &[Outcome]) -> (u64, u64) {
    let of = |wanted: fn(&Outcome) -> bool| outcomes.iter().filter(|it| wanted(it)).count() as u64;
    (of(|it| matches!(it, Outcome::Appended(_))), of(|it| *it == Outcome::Duplicate))
}

/// One more.
pub(crate) fn one(counter: &AtomicU64) {
    counter.fetch_add(1, Relaxed);
}

impl Healing {
    /// A node that has just started. Without a line it need not settle.
    pub fn new(unit: &str, instance: [u8; 16], interval_ms: u64, has_line: bool) -> Self {
        let state = State {
            peers: Peers::new(unit, instance, interval_ms),
            wants: Wants::new(),
            beacons: Beacons::new(interval_ms),
            settling: Settling::new(0, has_line),
            heads: Arc::default(),
            local: LocalHead::EMPTY,
            forked: BTreeSet::new(),
            forks: 0,
            cloned_ms: None,
        };
        Self {
            began: Instant::now(),
            state: Mutex::new(state),
            settled: watch::Sender::new(!has_line),
            suspicion: Notify::new(),
            counters: Counters::default(),
        }
    }

    /// How long the node has been running.
    pub fn now_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX >> 1)
    }

    /// Never held while anything is waited for.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Turns true when commands may be signed, a few seconds after the start at most.
    pub fn settled(&self) -> watch::Receiver<bool> {
        self.settled.subscribe()
    }

    pub fn is_settled(&self) -> bool {
        *self.settled.borrow()
    }

    /// Tells whether it had not settled before.
    pub fn settle(&self) -> bool {
        self.settled.send_if_modified(|settled| !std::mem::replace(settled, true))
    }

    /// Tells that something was refused that may be a fork.
    pub fn suspect(&self, outcomes: &[Outcome]) {
        if outcomes.contains(&Outcome::Quarantined("fork")) {
            self.suspicion.notify_one();
        }
    }

    /// The same, whatever became of it.
    pub fn suspect_now(&self) {
        self.suspicion.notify_one();
    }

    /// Waits for that.
    pub async fn suspected(&self) {
        self.suspicion.notified().await;
    }
}
