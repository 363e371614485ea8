//! Histories of a small cluster, chosen by a seed or made up by a state machine, in which whatever
//! can fail does: real logs, gates, authors, views and the real healing core, over streams and
//! beacons that the test holds in its hand. One thread, one clock: what happened once happens again.
//!
//! Each history prints its seed; `GIAPRANH_SEED` plays one again, `GIAPRANH_LONG=1` plays thousands.

mod simulation {
    pub mod faults;
    pub mod founding;
    pub mod healing;
    pub mod machine;
    pub mod mirror;
    pub mod model;
    pub mod node;
    pub mod outbox;
    pub mod step;
    pub mod verdict;
    pub mod wishes;
    pub mod world;

    /// Runs what only waits for a log's thread.
    pub fn wait<T>(future: impl Future<Output = T>) -> T {
        thread_local! {
            static RUNTIME: tokio::runtime::Runtime = tokio::runtime::Builder::new_current_thread()
                .enable_time()
                .build()
                .expect("a runtime");
        }
        RUNTIME.with(|runtime| runtime.block_on(future))
    }
}

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use giapranh_testkit::figures::{Figures, by_length};
use giapranh_testkit::random::Random;
use proptest::test_runner::{Config as ProptestConfig, RngSeed};
use proptest_state_machine::prop_state_machine;
use simulation::machine::Machine;
use simulation::step::{self, Ack, Fate, Lie, Step, Weather, Wish};
use simulation::verdict::{self, Outcome};
use simulation::world::{Faults, World};

const SEEDS: (u64, u64) = (40, 2_000);
/// Steps of a history before everything is mended.
const STEPS: u64 = 120;
const CASES: (u32, u32) = (25, 400);
/// Histories that are played at once: each waits for its logs most of the time.
const AT_ONCE: u64 = 4;

/// Says which seed it was, when its history fails.
struct Seed(u64);

impl Drop for Seed {
    fn drop(&mut self) {
        if thread::panicking() {
            say(&format!("that was GIAPRANH_SEED={}; GIAPRANH_STEPS=1 tells its steps", self.0));
        }
    }
}

/// Plays a seed's history and judges what it came to.
fn play(seed: u64) -> (Faults, Outcome) {
    let named = Seed(seed);
    let mut random = Random::new(seed);
    let weather = step::weather(&mut random);
    let told = std::env::var_os("GIAPRANH_STEPS").is_some();
    let mut world = World::new();
    for number in 0..STEPS {
        let step = step::choose(&mut random, weather, world.nodes.len());
        if told {
            say(&format!("{weather:?} {number}: {step:?}"));
        }
        world.apply(step);
    }
    let outcome = verdict::check(&mut world);
    // What can't be promised is what is left out, and no more than that.
    assert!(outcome.unpromised == 0 || weather == Weather::Disks, "{weather:?}: {outcome:?}");
    drop(named);
    (world.faults, outcome)
}

/// Plays the histories of so many seeds, from one on.
fn play_all(first: u64, count: u64) -> (Faults, Outcome) {
    let next = AtomicU64::new(first);
    let player = || {
        let mut all = (Faults::default(), Outcome::default());
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= first + count {
                return all;
            }
            let (faults, outcome) = play(seed);
            all.0.add(&faults);
            all.1.add(&outcome);
        }
    };
    thread::scope(|scope| {
        let players: Vec<_> = (0..AT_ONCE.min(count)).map(|_| scope.spawn(player)).collect();
        let mut all = (Faults::default(), Outcome::default());
        for player in players {
            let (faults, outcome) =
                player.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            all.0.add(&faults);
            all.1.add(&outcome);
        }
        all
    })
}

#[test]
fn whatever_fails_nothing_is_lost_and_everybody_comes_to_the_same() {
    let asked = Random::seed_asked_for();
    let first = asked.unwrap_or_else(Random::seed_of_now);
    let count = if asked.is_some() { 1 } else { by_length(SEEDS.0, SEEDS.1) };
    say(&format!("{count} histories; the first again with: GIAPRANH_SEED={first}"));
    let (faults, outcome) = play_all(first, count);
    Figures::of("simulation")
        .with("first", first)
        .with("seeds", count)
        .with("steps", count * STEPS)
        .with("acknowledged", outcome.acknowledged)
        .with("killed", faults.kills)
        .with("cut", faults.cuts)
        .with("streams_lost", faults.streams)
        .with("logs_restored", faults.logs)
        .with("disks_rolled_back", faults.disks)
        .with("lies", faults.lies)
        .with("clocks_moved", faults.clocks)
        .with("beacons_lost", faults.beacons_lost)
        .with("pages_lost", faults.replies_lost)
        .with("lost", outcome.lost)
        .with("doubled", outcome.doubled - outcome.unpromised)
        .with("unpromised_doubled", outcome.unpromised)
        .with("gone_with_a_disk", outcome.gone)
        .with("waiting_for_an_operator", outcome.stuck)
        .with("rounds_to_converge_max", outcome.rounds)
        .tell();
    if asked.is_none() {
        let seen = [faults.kills, faults.cuts, faults.streams, faults.logs, faults.lies];
        assert!(seen.iter().all(|count| *count > 0) && outcome.acknowledged > count, "{faults:?}");
    }
}

/// A peer claimed falsely to hold more of a node's own events; the node was killed and started again
/// before that had come to light, and signed nothing any more for ever.
#[test]
fn a_false_claim_from_before_a_restart_is_let_go_of() {
    let mut steps = vec![Step::Lie(0, Lie::More)];
    steps.extend([Step::Hear(3, Fate::Arrives); 6]);
    steps.extend([Step::Kill(3), Step::Start(3)]);
    let outcome = play_steps(&steps);
    assert_eq!(outcome.stuck, 0, "{outcome:?}");
}

/// Plays these steps and judges what they came to.
fn play_steps(steps: &[Step]) -> Outcome {
    let mut world = World::new();
    steps.iter().for_each(|step| world.apply(*step));
    verdict::check(&mut world)
}

/// A node's disk is as it was before it published two events, and it signs again at once.
fn rolled_back(meanwhile: &[Step]) -> Outcome {
    rolled_back_then(meanwhile, 2)
}

/// The same, and it signs so many.
fn rolled_back_then(meanwhile: &[Step], signs: usize) -> Outcome {
    let issue = Step::Command(1, Wish::Issue(0));
    let pull = |node| Step::Pull(node, 1, 20, Ack::All, 0);
    let mut steps = vec![issue, Step::Publish(1, None), pull(0), pull(3), Step::Save(1)];
    steps.extend([issue, issue, Step::Publish(1, None), pull(0), pull(3)]);
    steps.extend(meanwhile);
    steps.push(Step::Wait(4_000));
    steps.extend(vec![issue; signs]);
    play_steps(&steps)
}

/// The one case that is not promised. It comes to light, and can be proven.
#[test]
fn a_whole_disk_that_was_rolled_back_while_cut_off_forks_and_is_found_out() {
    let outcome = rolled_back(&[Step::Cut(1, true), Step::RollDisk(1)]);
    assert!(outcome.unpromised > 0 && outcome.doubled == outcome.unpromised, "{outcome:?}");
}

/// What it published before, and is shown, follows on the twin of what it signed since, and says an
/// earlier time.
#[test]
fn a_whole_disk_that_was_rolled_back_and_signed_less_than_it_lost_is_found_out() {
    // Its own come back to it no more.
    let heard = Step::Pull(1, 1, 20, Ack::All, 0);
    let outcome = rolled_back_then(&[heard, Step::Cut(1, true), Step::RollDisk(1)], 1);
    assert_eq!((outcome.doubled, outcome.unpromised), (1, 1), "{outcome:?}");
}

/// Nobody but the stream can be reached, and all that it tells is its newest message.
#[test]
fn a_whole_disk_that_was_rolled_back_hears_from_its_stream_what_it_lacks() {
    let cut = [0, 2, 3].map(|other| Step::Cut(other, true));
    let look = [Step::RollDisk(1), Step::Publish(1, None)];
    let outcome = rolled_back(&[cut.as_slice(), &look].concat());
    assert_eq!((outcome.doubled, outcome.gone, outcome.stuck), (0, 0, 0), "{outcome:?}");
}

/// The stream is gone, and the peers say how far they are, and no more.
#[test]
fn a_whole_disk_that_was_rolled_back_hears_from_a_peer_what_it_lacks() {
    let mut steps = vec![Step::LoseStream(1, true), Step::Own(1), Step::RollDisk(1)];
    steps.extend([Step::Publish(1, None), Step::Say(1), Step::Wait(16_000)]);
    steps.extend([Step::Say(0), Step::Say(3)]);
    steps.extend([Step::Hear(1, Fate::Arrives); 12]);
    let outcome = rolled_back(&steps);
    assert_eq!((outcome.doubled, outcome.gone, outcome.stuck), (0, 0, 0), "{outcome:?}");
}

/// The marker is gone with the log, and only one peer, who can't be reached, has what was lost.
#[test]
fn a_restored_backup_waits_for_whoever_may_hold_more() {
    let issue = Step::Command(1, Wish::Issue(0));
    let outcome = play_steps(&[
        Step::Save(1),
        issue,
        Step::Publish(1, None),
        Step::Pull(0, 1, 20, Ack::All, 0),
        Step::LoseStream(1, true),
        Step::Own(1),
        Step::Cut(0, true),
        Step::Restore(1),
        Step::Publish(1, None),
        Step::Say(1),
        Step::Talk,
        Step::Wait(4_000),
        issue,
    ]);
    assert_eq!((outcome.doubled, outcome.gone, outcome.stuck), (0, 0, 0), "{outcome:?}");
    assert_eq!(outcome.acknowledged, 1, "it signed before it knew");
}

fn machine() -> ProptestConfig {
    static SEED: OnceLock<u64> = OnceLock::new();
    let seed = *SEED.get_or_init(|| {
        let seed = Random::seed_asked_for().unwrap_or_else(Random::seed_of_now);
        say(&format!("again with: GIAPRANH_SEED={seed}"));
        seed
    });
    ProptestConfig {
        cases: by_length(CASES.0, CASES.1),
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..ProptestConfig::default()
    }
}

prop_state_machine! {
    #![proptest_config(machine())]

    #[test]
    fn every_log_holds_what_the_model_says(sequential 1..40 => Machine);
}

#[expect(clippy::print_stderr, reason = "a failure must be repeatable")]
fn say(what: &str) {
    eprintln!("{what}");
}
