//! The cluster: nodes, streams, and what is on its way between them. One thread drives all of it, so
//! that a seed, or a list of steps, gives the same again.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use giapranh_log::Arrival;
use giapranh_testkit::exchange::{self, Exchange as _};
use giapranh_testkit::random::Random;
use giapranh_testkit::streams::{Delivery, InMemory, Saved, Streams as _};
use tempfile::TempDir;
use uuid::Uuid;

use super::founding::{self, PROVINCES, START_MS, UNITS, province};
use super::healing::Reply;
use super::node::{Answered, Node};
use super::step::{Ack, At, Fate, Step};
use super::{outbox, wishes};

/// An event that a person was told is recorded.
#[derive(Debug, Clone)]
pub struct Acknowledged {
    pub id: Uuid,
    pub by: At,
    pub zones: BTreeSet<String>,
}

/// What happened, for the figures.
#[derive(Debug, Default, Clone, Copy)]
pub struct Faults {
    pub kills: u64,
    pub cuts: u64,
    pub streams: u64,
    pub logs: u64,
    pub disks: u64,
    pub lies: u64,
    pub clocks: u64,
    pub beacons_lost: u64,
    pub replies_lost: u64,
}

impl Faults {
    pub fn add(&mut self, other: &Self) {
        self.kills += other.kills;
        self.cuts += other.cuts;
        self.streams += other.streams;
        self.logs += other.logs;
        self.disks += other.disks;
        self.lies += other.lies;
        self.clocks += other.clocks;
        self.beacons_lost += other.beacons_lost;
        self.replies_lost += other.replies_lost;
    }
}

/// The whole.
pub struct World {
    pub nodes: Vec<Node>,
    pub streams: InMemory,
    exchange: exchange::InMemory,
    pub ledger: Vec<Acknowledged>,
    /// What was acknowledged, and went with a disk before anybody else had it.
    pub gone: BTreeSet<Uuid>,
    pub faults: Faults,
    /// Pages and messages that moved an event, since it was last looked at.
    pub moved: u64,
    /// Nodes whose log may have signed a number twice, and nobody could have known.
    pub unpromised: BTreeSet<At>,
    pub cut: [bool; UNITS.len()],
    parted: bool,
    /// Who answers with garbage.
    pub liars: BTreeSet<At>,
    pub saved: [Option<Saved>; PROVINCES.len()],
    true_ms: Arc<AtomicU64>,
    commands: u64,
    _dir: TempDir,
}

impl World {
    /// Everybody runs, knows the directory, and has said nothing.
    pub fn new() -> Self {
        let dir = founding::scratch();
        let true_ms = Arc::new(AtomicU64::new(START_MS + 1_000));
        let node = |unit| Node::new(unit, dir.path(), true_ms.clone());
        let mut world = Self {
            nodes: UNITS.map(node).into(),
            streams: InMemory::new(),
            exchange: exchange::InMemory::new(),
            ledger: Vec::new(),
            gone: BTreeSet::new(),
            faults: Faults::default(),
            moved: 0,
            unpromised: BTreeSet::new(),
            cut: [false; UNITS.len()],
            parted: false,
            liars: BTreeSet::new(),
            saved: [None, None],
            true_ms,
            commands: 0,
            _dir: dir,
        };
        for at in 0..UNITS.len() {
            world.apply(Step::Start(at));
        }
        for province in 0..2 {
            world.apply(Step::Own(province));
        }
        world.settle();
        world
    }

    /// Nodes that have just started hear each other, so that commands may be signed.
    fn settle(&mut self) {
        for at in 0..UNITS.len() {
            self.apply(Step::Publish(at, None));
        }
        for _ in 0..3 {
            (0..UNITS.len()).for_each(|at| self.apply(Step::Say(at)));
            self.apply(Step::Talk);
            self.apply(Step::Wait(1_100));
        }
        self.moved = 0;
    }

    /// Whether a node reaches a province's server.
    pub fn reaches(&self, at: At, of: &str) -> bool {
        !self.cut[at] && (!self.parted || province(UNITS[at]) == of)
    }

    fn reaches_node(&self, at: At, other: At) -> bool {
        at != other && !self.cut[other] && self.reaches(at, province(UNITS[other]))
    }

    /// Does one step.
    pub fn apply(&mut self, step: Step) {
        // Never twice the same moment.
        self.true_ms.fetch_add(1, Ordering::Relaxed);
        match step {
            Step::Command(at, wish) => self.command(at, wish),
            Step::Publish(at, breaks) => self.publish(at, breaks.map(usize::from)),
            Step::Pull(at, of, most, ack, order) => {
                self.pull(at, usize::from(of), most, ack, order);
            }
            Step::Overdue(at, of) => {
                let _ = self.streams.overdue(PROVINCES[usize::from(of)], UNITS[at]);
            }
            Step::Say(at) => self.say(at),
            Step::Hear(at, fate) => self.hear(at, fate),
            Step::Ask(at) => {
                self.nodes[at].ask();
            }
            Step::Reply(at, comes) => self.reply(at, comes),
            Step::Talk => self.talk(),
            Step::Cut(at, cut) => self.cut(at, cut),
            Step::Part(parted) => {
                self.faults.cuts += u64::from(parted && !self.parted);
                self.parted = parted;
            }
            Step::Kill(at) => {
                self.faults.kills += u64::from(self.nodes[at].life.is_some());
                self.nodes[at].kill();
                self.liars.remove(&at);
            }
            Step::Start(at) => {
                if self.nodes[at].life.is_none() {
                    self.start(at);
                }
            }
            Step::LoseStream(of, with_server) => self.lose_stream(usize::from(of), with_server),
            Step::SaveStream(of) => {
                let of = usize::from(of);
                self.saved[of] = self.streams.save(PROVINCES[of]);
            }
            Step::RollStream(of, with_durables) => {
                self.roll_stream(usize::from(of), with_durables);
            }
            Step::Own(of) => self.own(usize::from(of)),
            Step::Save(at) => self.nodes[at].save(),
            Step::Restore(at) => self.put_back(at, false),
            Step::RollDisk(at) => self.put_back(at, true),
            Step::LoseMarker(at) => self.lose_marker(at),
            Step::Lie(at, lie) => self.lie(at, lie),
            Step::Clock(at, seconds) => {
                self.faults.clocks += 1;
                let error_ms = i64::from(seconds) * 1_000;
                self.nodes[at].clock.error_ms.store(error_ms, Ordering::Relaxed);
            }
            Step::Wait(ms) => {
                self.true_ms.fetch_add(u64::from(ms), Ordering::Relaxed);
                self.nodes.iter_mut().for_each(Node::look_after_tail);
            }
        }
    }

    pub fn start(&mut self, at: At) {
        let node = &mut self.nodes[at];
        node.start(!self.cut[at]);
        let zones = node.life.as_ref().map(|life| life.zones(node.unit)).unwrap_or_default();
        let zones: Vec<&str> = zones.iter().map(String::as_str).collect();
        self.exchange.listen(node.unit, &zones);
    }

    fn command(&mut self, at: At, wish: super::step::Wish) {
        self.commands += 1;
        let Some(act) = wishes::act(&self.nodes[at], wish, self.commands) else { return };
        if let Answered::Accepted(id, zones) = self.nodes[at].command(act) {
            self.ledger.push(Acknowledged { id, by: at, zones });
        }
    }

    fn publish(&mut self, at: At, breaks_after: Option<usize>) {
        if !self.reaches(at, province(UNITS[at])) {
            return;
        }
        self.moved += self.nodes[at].publish(&mut self.streams, breaks_after);
    }

    fn pull(&mut self, at: At, of: usize, most: u8, ack: Ack, order: u8) {
        let province = PROVINCES[of];
        if self.nodes[at].life.is_none() || !self.reaches(at, province) {
            return;
        }
        let pulled = self.streams.pull(province, UNITS[at], usize::from(most));
        let Ok(mut batch) = pulled else { return };
        if order > 0 {
            let mut random = Random::new(u64::from(order));
            let again: Vec<Delivery> =
                batch.iter().filter(|_| random.percent(20)).cloned().collect();
            batch.extend(again);
            random.shuffle(&mut batch);
        }
        // What a node says comes back to it; that is no exchange.
        let others = |delivery: &&Delivery| delivery.message.origin != UNITS[at];
        self.moved += batch.iter().filter(others).count() as u64;
        let arrival = |delivery: &Delivery| Arrival {
            subject: format!("{}/{}", delivery.message.zone, delivery.message.origin),
            named: Some((delivery.message.zone.clone(), delivery.message.origin.clone())),
            bytes: delivery.message.bytes.clone().into(),
        };
        if batch.is_empty() {
            return;
        }
        self.nodes[at].arrive(batch.iter().map(arrival).collect());
        let seqs: Vec<u64> = batch.iter().map(|delivery| delivery.seq).collect();
        let acknowledged = match ack {
            Ack::All => &seqs[..],
            Ack::None => &[],
            Ack::Rest => &seqs[1..],
        };
        let _ = self.streams.acknowledge(province, UNITS[at], acknowledged);
    }

    fn say(&mut self, at: At) {
        let said = self.nodes[at].say();
        for (zone, bytes) in said {
            self.send(at, &zone, &bytes);
        }
    }

    /// To everybody who listens to the zone and can be reached; to itself, too.
    pub fn send(&mut self, at: At, zone: &str, bytes: &Bytes) {
        let reached: Vec<&str> = (0..UNITS.len())
            .filter(|other| *other == at || self.reaches_node(at, *other))
            .map(|other| UNITS[other])
            .collect();
        self.exchange.say_to(UNITS[at], zone, bytes, |unit| reached.contains(&unit));
        for node in &mut self.nodes {
            let heard = self.exchange.heard(node.unit);
            if let Some(life) = &mut node.life {
                life.heard.extend(heard.into_iter().map(|beacon| beacon.bytes.into()));
            }
        }
    }

    fn hear(&mut self, at: At, fate: Fate) {
        let Some(life) = &mut self.nodes[at].life else { return };
        let Some(bytes) = life.heard.pop_front() else { return };
        match fate {
            Fate::Lost => {
                self.faults.beacons_lost += 1;
                return;
            }
            Fate::Late => return life.heard.push_back(bytes),
            Fate::Again => life.heard.push_back(bytes.clone()),
            Fate::Arrives => {}
        }
        self.nodes[at].hear(bytes);
    }

    fn reply(&mut self, at: At, comes: bool) {
        let Some(life) = &mut self.nodes[at].life else { return };
        let Some(ask) = life.asked.pop_front() else { return };
        let to = UNITS.iter().position(|unit| *unit == ask.to);
        let to = to.filter(|to| comes && self.reaches_node(at, *to));
        self.faults.replies_lost += u64::from(!comes);
        let reply = to.and_then(|to| {
            if self.liars.contains(&to) {
                return Some(Reply::Page(Bytes::from_static(b"\x0a\x03abc\x10\x7f")));
            }
            self.nodes[to].serve(UNITS[at], &ask.request.encode())
        });
        self.moved += self.nodes[at].answered(&ask, reply);
    }

    /// Everything that is on its way between nodes, and what follows from it.
    fn talk(&mut self) {
        for _ in 0..200 {
            let mut quiet = true;
            for at in 0..UNITS.len() {
                while self.nodes[at].life.as_ref().is_some_and(|life| !life.heard.is_empty()) {
                    self.hear(at, Fate::Arrives);
                    quiet = false;
                }
                self.nodes[at].ask();
                while self.nodes[at].life.as_ref().is_some_and(|life| !life.asked.is_empty()) {
                    self.reply(at, true);
                    quiet = false;
                }
            }
            if quiet {
                return;
            }
        }
        panic!("they talk for ever");
    }

    fn own(&mut self, of: usize) {
        let owner = UNITS.iter().position(|unit| *unit == PROVINCES[of]).expect("a province");
        if self.nodes[owner].life.is_some() && self.reaches(owner, PROVINCES[of]) {
            let subscribers = outbox::subscribers(&self.nodes[owner]);
            self.streams.own(PROVINCES[of], &subscribers);
        }
    }

    /// Everything works again: lines, servers, processes, honesty. Clocks stay as wrong as they are.
    pub fn mend(&mut self) {
        self.liars.clear();
        self.apply(Step::Part(false));
        for at in 0..UNITS.len() {
            self.apply(Step::Cut(at, false));
            self.apply(Step::Start(at));
        }
    }

    /// What runs by itself in an interval: owners, outboxes, pulls, beacons, questions.
    pub fn round(&mut self, ms: u64) {
        self.true_ms.fetch_add(ms, Ordering::Relaxed);
        for of in 0..2 {
            self.apply(Step::Own(of));
        }
        for at in 0..UNITS.len() {
            self.apply(Step::Publish(at, None));
        }
        for at in 0..UNITS.len() {
            for of in 0..2 {
                self.apply(Step::Overdue(at, of));
                self.apply(Step::Pull(at, of, u8::MAX, Ack::All, 0));
            }
        }
        for at in 0..UNITS.len() {
            self.apply(Step::Say(at));
        }
        self.apply(Step::Talk);
        for at in 0..UNITS.len() {
            self.nodes[at].look_after_tail();
            self.nodes[at].look_after_forks();
        }
    }
}
