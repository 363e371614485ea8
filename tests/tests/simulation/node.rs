//! A node without processes: the real log, the real standing, the real author and the real healing
//! core, driven step by step.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use bytes::Bytes;
use giapranh_domain::{Act, Command, UnitId};
use giapranh_log::{Arrival, Clock, LOG_FILE, Log, MARKER_FILE, Open, Outcome, Reader};
use giapranh_node::healing::{Ask, Beacons, Peers, Settling, Wants};
use giapranh_node::rewind::STREAM;
use giapranh_node::{Author, Sealer, Standing};
use uuid::Uuid;

use super::founding::{self, UNITS, identity, key};
use super::mirror::Mirror;
use super::outbox::Outbox;
use super::wait;

/// How often everybody speaks.
pub const INTERVAL_MS: u64 = 15_000;

/// A unit's node, whether it runs or not.
pub struct Node {
    pub unit: &'static str,
    pub dir: PathBuf,
    pub clock: Arc<NodeClock>,
    /// While it runs.
    pub life: Option<Life>,
    pub disk: Vec<Saved>,
    /// The counter of its newest beacon: the file that the program keeps.
    pub counter: u64,
    lives: u64,
    /// How many notes of its own it has made.
    pub notes: u64,
    pub counts: Counts,
}

/// What was seen of a node, over all its lives.
#[derive(Debug, Default, Clone)]
pub struct Counts {
    pub outcomes: BTreeMap<&'static str, u64>,
    pub accepted: u64,
    pub refused: u64,
    pub unavailable: u64,
    pub starts: u64,
}

/// A running node.
pub struct Life {
    pub log: Log,
    pub reader: Reader,
    pub standing: Arc<Standing>,
    pub author: Author,
    pub epoch: u32,
    pub mirror: Mirror,
    pub instance: [u8; 16],
    pub peers: Peers,
    pub wants: Wants,
    pub beacons: Beacons,
    pub settling: Settling,
    pub outbox: Outbox,
    /// Beacons that have reached it.
    pub heard: VecDeque<Bytes>,
    /// Questions that are on their way.
    pub asked: VecDeque<Ask>,
    /// Origins and epochs with a fork that nobody has decided.
    pub forked: BTreeSet<(String, u32)>,
    /// Who is not heard about this node's own events, and until when.
    pub disbelieved: BTreeMap<String, u64>,
    /// Since when somebody claims to hold more of them.
    pub claimed_ms: BTreeMap<String, u64>,
    /// When it started, in true time.
    began_ms: u64,
}

/// A node's log as it was at a moment, with its marker and the counter of its beacons.
pub struct Saved {
    dir: PathBuf,
    pub events: BTreeSet<Uuid>,
    counter: u64,
}

/// The same time for everybody, and each node's own error.
pub struct NodeClock {
    pub true_ms: Arc<AtomicU64>,
    pub error_ms: AtomicI64,
}

impl Clock for NodeClock {
    fn now_ms(&self) -> u64 {
        let error_ms = self.error_ms.load(Ordering::Relaxed);
        self.true_ms.load(Ordering::Relaxed).saturating_add_signed(error_ms)
    }
}

/// What became of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    Accepted(Uuid, BTreeSet<String>),
    /// The domain refuses it.
    Refused,
    /// The node signs nothing now.
    Unavailable,
}

impl Node {
    pub fn new(unit: &'static str, dir: &Path, true_ms: Arc<AtomicU64>) -> Self {
        let dir = dir.join(unit);
        founding::copy(unit, &dir);
        let clock = Arc::new(NodeClock { true_ms, error_ms: AtomicI64::new(0) });
        let (counts, disk) = (Counts::default(), Vec::new());
        Self { unit, dir, clock, life: None, disk, counter: 0, lives: 0, notes: 0, counts }
    }

    pub fn now_ms(&self) -> u64 {
        self.clock.now_ms()
    }

    /// How long it has been running: that never goes back.
    pub fn up_ms(&self) -> u64 {
        let began_ms = self.life.as_ref().map_or(0, |life| life.began_ms);
        self.clock.true_ms.load(Ordering::Relaxed) - began_ms
    }

    /// Whether commands may be signed, as far as anybody could know of a lost tail.
    pub fn is_settled(&mut self) -> bool {
        let (node, up_ms) = (self.id(), self.up_ms());
        self.life.as_mut().is_some_and(|life| {
            let expected = life.expected(&node);
            life.settling.is_settled(&expected, up_ms)
        })
    }

    pub fn id(&self) -> UnitId {
        self.unit.parse().expect("a unit")
    }

    pub fn log_path(&self) -> PathBuf {
        self.dir.join(LOG_FILE)
    }

    /// Starts as the program does.
    pub fn start(&mut self, has_line: bool) {
        assert!(self.life.is_none(), "it runs");
        self.lives += 1;
        self.counts.starts += 1;
        let reader = Reader::open(&self.log_path()).expect("a log");
        let epoch = reader.identity().expect("an identity").epoch;
        let registrar: UnitId = UNITS[0].parse().expect("a unit");
        let standing = Standing::load(&reader, &self.id(), &registrar).expect("a directory");
        let standing = Arc::new(standing);
        let open = Open {
            signer: Arc::new(key(self.unit, epoch)),
            keyring: standing.clone(),
            entitlement: standing.clone(),
            clock: self.clock.clone(),
        };
        drop(reader);
        let log = Log::open(&self.dir, &identity(self.unit, epoch), open).expect("an open log");
        // Not the one from before: where nobody writes, a reader takes the file for unchanging.
        let reader = Reader::open(&self.log_path()).expect("a log");
        let author = Author {
            unit: self.id(),
            epoch,
            log: log.clone(),
            standing: standing.clone(),
            sealer: Sealer::open(&self.dir).expect("keys"),
        };
        let mut instance = [0; 16];
        instance[..8].copy_from_slice(&self.lives.to_be_bytes());
        let mut life = Life {
            log,
            reader,
            standing,
            author,
            epoch,
            mirror: Mirror::default(),
            instance,
            peers: Peers::new(self.unit, instance, INTERVAL_MS),
            wants: Wants::new(),
            beacons: Beacons::new(INTERVAL_MS),
            settling: Settling::new(0, true),
            outbox: Outbox::default(),
            heard: VecDeque::new(),
            asked: VecDeque::new(),
            forked: BTreeSet::new(),
            disbelieved: BTreeMap::new(),
            claimed_ms: BTreeMap::new(),
            began_ms: self.clock.true_ms.load(Ordering::Relaxed),
        };
        wait(life.log.directory_changed()).expect("a log that runs");
        let claims = wait(life.log.submit(|batch| batch.claims())).expect("a log that runs");
        let peers = claims.into_iter().filter(|claim| claim.said_by != STREAM);
        life.claimed_ms.extend(peers.map(|claim| (claim.said_by, 0)));
        if has_line {
            life.line_up(0);
        }
        self.life = Some(life);
        self.follow();
    }

    /// Ends it at once: what was committed is there, all else is gone.
    pub fn kill(&mut self) {
        if let Some(life) = self.life.take() {
            let Life { log, author, reader, .. } = life;
            drop((author, reader));
            wait(log.close());
        }
    }

    /// Decides a command, as it comes from a person.
    pub fn command(&mut self, act: Act) -> Answered {
        if !self.is_settled() {
            self.counts.unavailable += 1;
            return Answered::Unavailable;
        }
        let counts = &mut self.counts;
        let Some(life) = &mut self.life else { return Answered::Unavailable };
        let (drafted_by, approved_by) = ("cb-soan-01".to_owned(), "cb-duyet-02".to_owned());
        let command = Command { unit: None, key: None, drafted_by, approved_by, act };
        let answered = match wait(life.author.clone().submit(command)) {
            Ok(accepted) => {
                counts.accepted += 1;
                let zones = accepted.zones.iter().map(ToString::to_string).collect();
                Answered::Accepted(accepted.event_id, zones)
            }
            Err(error) if format!("{error:?}").starts_with("Rejected") => {
                counts.refused += 1;
                Answered::Refused
            }
            Err(_) => {
                counts.unavailable += 1;
                Answered::Unavailable
            }
        };
        self.follow();
        answered
    }

    /// Takes in what came from elsewhere.
    pub fn arrive(&mut self, arrivals: Vec<Arrival>) -> Vec<Outcome> {
        let life = self.life.as_mut().expect("it runs");
        let outcomes = match wait(life.log.arrive(arrivals)) {
            Ok(outcomes) => outcomes,
            Err(error) => panic!("{}: {error}", self.unit),
        };
        for outcome in &outcomes {
            let name = match outcome {
                Outcome::Appended(_) => "appended",
                Outcome::Duplicate => "duplicate",
                Outcome::Left(_) => "left",
                Outcome::Held(reason) | Outcome::Quarantined(reason) => reason,
            };
            *self.counts.outcomes.entry(name).or_default() += 1;
        }
        self.follow();
        outcomes
    }

    /// Reads what the log has got.
    pub fn follow(&mut self) {
        let up_ms = self.up_ms();
        let Some(life) = &mut self.life else { return };
        // What waited for something may have come in with the last transaction.
        wait(life.log.submit(|_| Ok(()))).expect("a log that runs");
        let entitled = life.zones(self.unit);
        let me = (self.unit, life.epoch);
        for zone in life.mirror.follow(&life.reader, me, &entitled) {
            life.beacons.changed(&zone, up_ms);
        }
    }

    /// Copies the log as a backup does, and what lies beside it.
    pub fn save(&mut self) {
        let dir = self.dir.with_extension(format!("saved-{}", self.disk.len()));
        std::fs::create_dir(&dir).expect("a directory");
        let reader = Reader::open(&self.log_path()).expect("a log");
        reader.back_up(&dir.join(LOG_FILE)).expect("a backup");
        let marker = self.dir.join(MARKER_FILE);
        if marker.exists() {
            std::fs::copy(marker, dir.join(MARKER_FILE)).expect("a copy");
        }
        let mut mirror = Mirror::default();
        mirror.follow(&reader, (self.unit, 1), &BTreeSet::new());
        let events = mirror.events.into_keys().collect();
        self.disk.push(Saved { dir, events, counter: self.counter });
    }

    /// Puts an older log in the place of the one that is there. `whole`: the marker and the counter
    /// too; otherwise the marker is gone, as where an administrator restores a backup.
    pub fn put_back(&mut self, saved: usize, whole: bool) {
        self.kill();
        for name in [LOG_FILE, "log.db-wal", "log.db-shm", MARKER_FILE] {
            let _ = std::fs::remove_file(self.dir.join(name));
        }
        let saved = &self.disk[saved];
        std::fs::copy(saved.dir.join(LOG_FILE), self.dir.join(LOG_FILE)).expect("a copy");
        let marker = saved.dir.join(MARKER_FILE);
        if whole && marker.exists() {
            std::fs::copy(marker, self.dir.join(MARKER_FILE)).expect("a copy");
            self.counter = saved.counter;
        }
    }

    /// Everything of its log that is not local, also while it does not run.
    pub fn events(&self) -> BTreeMap<Uuid, BTreeSet<String>> {
        if let Some(life) = &self.life {
            return life.mirror.events.clone();
        }
        let mut mirror = Mirror::default();
        let reader = Reader::open(&self.log_path()).expect("a log");
        mirror.follow(&reader, (self.unit, 1), &BTreeSet::new());
        mirror.events
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.kill();
    }
}

impl Life {
    /// The zones that the node may hold now.
    pub fn zones(&self, unit: &str) -> BTreeSet<String> {
        let node: UnitId = unit.parse().expect("a unit");
        let zones = self.standing.directory().entitled_zones(&node);
        zones.iter().map(ToString::to_string).collect()
    }

    /// Whom it waits for after a start: everybody it shares a zone with.
    pub fn expected(&self, me: &UnitId) -> BTreeSet<(String, String)> {
        let directory = self.standing.directory();
        let mine = directory.entitled_zones(me);
        let others = directory.nodes().filter(|node| node.unit != *me);
        let shared = others.flat_map(|node| {
            let theirs = directory.entitled_zones(&node.unit);
            let both: Vec<_> = theirs.intersection(&mine).map(ToString::to_string).collect();
            both.into_iter().map(|zone| (node.unit.to_string(), zone))
        });
        shared.collect()
    }

    /// There is a line, or there is one again.
    pub fn line_up(&mut self, up_ms: u64) {
        self.beacons.line_up(up_ms);
        self.settling.line_up(up_ms);
        self.outbox.look_again();
    }
}
