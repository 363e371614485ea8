//! What must hold when everything works again.

use std::collections::{BTreeMap, BTreeSet};

use giapranh_audit::LogSource;
use giapranh_domain::UnitId;
use giapranh_log::Reader;
use giapranh_record::Hash;
use giapranh_views::{Projector, Views};
use uuid::Uuid;

use super::founding::UNITS;
use super::node::Node;
use super::world::World;

/// Most rounds until everybody has everything.
const ROUNDS: usize = 40;
/// Whoever rests a moment, because something was not there or not answered, does it for so long.
const LONGEST_REST_MS: u64 = 60_000;
/// Rounds in which nothing may be transferred.
const QUIET_ROUNDS: usize = 3;

/// What a history came to.
#[derive(Debug, Default, Clone, Copy)]
pub struct Outcome {
    pub acknowledged: u64,
    /// Acknowledged, and nowhere, although nothing took it away.
    pub lost: u64,
    /// Went with a disk before anybody else had it.
    pub gone: u64,
    /// Numbers that were signed twice.
    pub doubled: u64,
    /// Of those, such that nobody could have known.
    pub unpromised: u64,
    /// Nodes that sign nothing, because what they lack is nowhere.
    pub stuck: u64,
    pub rounds: u64,
}

impl Outcome {
    pub fn add(&mut self, other: &Self) {
        self.acknowledged += other.acknowledged;
        self.lost += other.lost;
        self.gone += other.gone;
        self.doubled += other.doubled;
        self.unpromised += other.unpromised;
        self.stuck += other.stuck;
        self.rounds = self.rounds.max(other.rounds);
    }
}

/// Mends everything, lets it run until it is quiet, and holds it against what must be.
pub fn check(world: &mut World) -> Outcome {
    world.mend();
    let rounds = converge(world);
    let doubled = doubled(world);
    let mut outcome = Outcome {
        acknowledged: world.ledger.len() as u64,
        doubled: doubled.len() as u64,
        rounds,
        ..Outcome::default()
    };
    let forked: BTreeSet<&str> = doubled.iter().map(|(origin, ..)| origin.as_str()).collect();
    for origin in &forked {
        let at = UNITS.iter().position(|unit| unit == origin).expect("a unit");
        assert!(world.unpromised.contains(&at), "{origin} signed a number twice: {doubled:?}");
        outcome.unpromised += doubled.iter().filter(|(of, ..)| of == origin).count() as u64;
        assert!(world.nodes.iter().any(|node| holds_evidence(node, origin)), "nobody can prove it");
    }
    quiet(world);
    same_sets(world, &forked);
    whole(world, &forked, &mut outcome);
    for node in &mut world.nodes {
        verified(node);
    }
    if forked.is_empty() {
        let [one, other] = [&world.nodes[0], &world.nodes[3]].map(shown);
        assert_eq!(one, other, "the same events, other views");
    } else {
        world.nodes.iter().for_each(|node| drop(shown(node)));
    }
    outcome
}

/// Lets it run until three rounds in a row brought nothing.
fn converge(world: &mut World) -> u64 {
    let (mut quiet, mut last) = (0, Vec::new());
    for round in 0..ROUNDS {
        world.moved = 0;
        // Longer and longer, so that whoever rests comes back.
        let ms = 1_000 << round.min(12);
        world.round(ms);
        let now: Vec<usize> = world.nodes.iter().map(|node| node.events().len()).collect();
        let signs = world.nodes.iter().all(|node| node.refusal().is_none());
        let still = now == last && world.moved == 0 && ms > LONGEST_REST_MS;
        quiet = if still && (signs || round > 24) { quiet + 1 } else { 0 };
        last = now;
        if quiet == QUIET_ROUNDS {
            return round as u64 + 1;
        }
    }
    panic!("after {ROUNDS} rounds something still moves, or signs nothing: {:?}", refusals(world));
}

fn refusals(world: &World) -> Vec<(&'static str, Option<String>)> {
    world.nodes.iter().map(|node| (node.unit, node.refusal())).collect()
}

/// Nothing new: nothing is transferred.
fn quiet(world: &mut World) {
    world.moved = 0;
    for _ in 0..QUIET_ROUNDS {
        world.round(20_000);
    }
    assert_eq!(world.moved, 0, "nothing is new, and events were transferred");
}

/// Places of which two events are somewhere: in logs, or kept as evidence.
fn doubled(world: &World) -> BTreeSet<(String, u32, u64)> {
    let mut seen: BTreeMap<(String, u32, u64), BTreeSet<Hash>> = BTreeMap::new();
    for node in &world.nodes {
        let life = node.life.as_ref().expect("it runs");
        for (place, leaf) in &life.mirror.indexes {
            seen.entry(place.clone()).or_default().insert(*leaf);
        }
        for fork in life.reader.forks().expect("a log that can be read") {
            let place = (fork.origin, fork.epoch, fork.index);
            seen.entry(place).or_default().insert(fork.other);
        }
    }
    seen.into_iter().filter(|(_, leaves)| leaves.len() > 1).map(|(place, _)| place).collect()
}

fn holds_evidence(node: &Node, origin: &str) -> bool {
    let life = node.life.as_ref().expect("it runs");
    let forks = life.reader.forks().expect("a log that can be read");
    forks.iter().any(|fork| fork.origin == origin && fork.here != fork.other)
}

/// Nodes that are in a zone hold the same of it.
fn same_sets(world: &World, forked: &BTreeSet<&str>) {
    let life = |node: &'_ Node| node.life.as_ref().map(|life| life.zones(node.unit));
    let zones: BTreeSet<String> = world.nodes.iter().filter_map(life).flatten().collect();
    for zone in &zones {
        let mut sets = BTreeMap::new();
        for node in &world.nodes {
            let life = node.life.as_ref().expect("it runs");
            if life.zones(node.unit).contains(zone) {
                sets.insert(node.unit, life.mirror.of_zone(zone, forked));
            }
        }
        let all: BTreeSet<Uuid> = sets.values().flatten().copied().collect();
        for (unit, set) in sets {
            let lacks: Vec<_> = all.difference(&set).collect();
            let life = &world.nodes[UNITS.iter().position(|u| *u == unit).expect("a unit")];
            assert!(
                lacks.is_empty(),
                "{unit} lacks {lacks:?} of {zone}; {:?}; refusals {:?}",
                life.life.as_ref().map(|life| life.reader.counts()),
                refusals(world)
            );
        }
    }
}

/// What was acknowledged is at its issuer and at everybody entitled.
fn whole(world: &World, forked: &BTreeSet<&str>, outcome: &mut Outcome) {
    for said in &world.ledger {
        if forked.contains(UNITS[said.by]) {
            continue;
        }
        for (at, node) in world.nodes.iter().enumerate() {
            let life = node.life.as_ref().expect("it runs");
            let entitled = !said.zones.is_disjoint(&life.zones(node.unit));
            if (entitled || at == said.by) && !life.mirror.events.contains_key(&said.id) {
                assert!(
                    world.gone.contains(&said.id),
                    "{} of {} is not at {}, although it was acknowledged",
                    said.id,
                    UNITS[said.by],
                    node.unit
                );
                outcome.gone += u64::from(at == said.by);
            }
        }
    }
    for node in &world.nodes {
        if let Some(refusal) = node.refusal() {
            assert!(
                forked.contains(node.unit) || !world.gone.is_empty(),
                "{} signs nothing: {refusal}",
                node.unit
            );
            outcome.stuck += 1;
        }
    }
}

/// Every hash, link and signature.
fn verified(node: &mut Node) {
    let report = giapranh_audit::log::verify(&node.log_path(), None, &[], &mut |_, _| {});
    let report = report.expect("a log that can be read");
    assert_eq!(report.faults.len(), 0, "{}: {:?}", node.unit, report.faults);
}

/// The digest of the views; those made anew have the same.
fn shown(node: &Node) -> String {
    let registrar: UnitId = UNITS[0].parse().expect("a unit");
    let source = || LogSource::whole(Reader::open(&node.log_path()).expect("a log"));
    let mut projector = Projector::open(&node.dir, registrar.clone(), &source()).expect("views");
    while projector.project(&source(), 16).expect("views that follow").applied > 0 {}
    drop(projector);
    let live = Views::open(&node.dir).expect("views").digest().expect("a digest");
    let rebuilt = giapranh_views::rebuild(&node.dir, &registrar, &source(), &mut |_, _| {});
    let rebuilt = rebuilt.expect("a rebuild");
    assert_eq!(rebuilt.digest_after, live, "{}: rebuilt views differ", node.unit);
    live
}
