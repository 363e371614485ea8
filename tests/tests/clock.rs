//! A node whose clock jumps: back a year, ahead a year, in steps. Recorded time never decreases,
//! commands go on and arrive, and a clock that is off by more than two minutes is told, by the node
//! itself and by its peers.
//!
//! One node lives in this process, with a clock that the test owns; the others are real processes.
//! It prints its seed; `GIAPRANH_SEED` draws the same jumps.
#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

mod common;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread::JoinHandle;

use common::{HCM, LONG_AN, REGISTRAR, Scene, TIEN_GIANG, ZONE, issue_command, text};
use giapranh_domain::time;
use giapranh_log::{Clock, LOG_FILE, Reader};
use giapranh_node::{NodeError, Overrides, SystemClock, run};
use giapranh_testkit::figures::{Figures, by_length};
use giapranh_testkit::random::Random;
use giapranh_tests::api;
use giapranh_tests::cluster::Member;
use serde_json::Value;
use tokio::sync::oneshot;

const MEMBERS: [Member; 4] =
    [Member::new(REGISTRAR), Member::new(HCM), Member::new(LONG_AN), Member::new(TIEN_GIANG)];
const SECOND_MS: i64 = 1_000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const YEAR_MS: i64 = 365 * 24 * 60 * MINUTE_MS;

/// The system's clock, and how far from it this one is.
#[derive(Default)]
struct WrongClock(AtomicI64);

impl WrongClock {
    fn set(&self, wrong_by_ms: i64) {
        self.0.store(wrong_by_ms, Ordering::SeqCst);
    }
}

impl Clock for WrongClock {
    fn now_ms(&self) -> u64 {
        SystemClock.now_ms().saturating_add_signed(self.0.load(Ordering::SeqCst))
    }
}

/// A node in this process.
struct Here {
    stop: Option<oneshot::Sender<()>>,
    life: Option<JoinHandle<Result<(), NodeError>>>,
}

impl Here {
    fn start(dir: PathBuf, nats: String, clock: Arc<WrongClock>) -> Self {
        let (stop, stopping) = oneshot::channel();
        let life = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
            let overrides = Overrides { nats: Some(nats), ..Overrides::default() };
            let shutdown = async {
                let _ = stopping.await;
            };
            runtime.block_on(run(&dir, overrides, clock, shutdown))
        });
        Self { stop: Some(stop), life: Some(life) }
    }

    fn end(mut self) {
        drop(self.stop.take());
        self.life.take().unwrap().join().unwrap().unwrap();
    }
}

#[test]
fn a_clock_that_jumps_stops_nobody_and_is_told() {
    let mut random = Random::from_environment();
    let mut scene = Scene::founded(&MEMBERS);
    for member in MEMBERS {
        let path = scene.cluster.node(member.unit).dir.join("node.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, format!("{text}\n[healing]\nbeacon_interval_ms = 1000\n")).unwrap();
    }
    let clock = Arc::new(WrongClock::default());
    let dir = scene.cluster.node(HCM).dir.clone();
    for unit in [REGISTRAR, LONG_AN, TIEN_GIANG] {
        scene.cluster.start(unit).unwrap();
    }
    let here = Here::start(dir.clone(), scene.cluster.nats.url(), clock.clone());
    let knows = |status: &Value| status["directory"]["nodes"] == MEMBERS.len();
    scene.cluster.wait_status(HCM, "up", knows).unwrap();

    let mut steps = vec![0, -YEAR_MS, YEAR_MS, 0, 3 * MINUTE_MS, -3 * MINUTE_MS, 0];
    let span = usize::try_from(2 * YEAR_MS).unwrap();
    let jumps = by_length(4, 40);
    steps.extend((0..jumps).map(|_| i64::try_from(random.below(span)).unwrap() - YEAR_MS));
    steps.push(0);
    let mut commands = 0;
    for wrong_by_ms in &steps {
        clock.set(*wrong_by_ms);
        let mut issue = issue_command("Đồng hồ sai (ví dụ)", ZONE);
        // In force by any of these clocks.
        let expires = SystemClock.now_ms().saturating_add_signed(3 * YEAR_MS);
        issue["content"]["expires"] = time::day(expires).into();
        let issued = api::command(&dir, &issue).unwrap();
        assert!(!text(&issued, "event_id").is_empty());
        commands += 1;
        scene.seen(&issued, &[HCM, LONG_AN]);
        let back = scene.issue(LONG_AN, "Trả lời (ví dụ)", ZONE);
        scene.seen(&back, &[HCM]);
        tells(&scene, *wrong_by_ms);
    }
    here.end();
    let events =
        assert_times_never_decrease(&scene, HCM) + assert_times_never_decrease(&scene, LONG_AN);
    // The log is ahead by a year, and goes on without a jump back.
    let figures = Figures::of("clock").with("jumps", steps.len()).with("commands", commands);
    figures.with("events", events).with("decreases", 0).with("untold", 0).tell();
    scene.cluster.verify_all().unwrap();
}

/// What is off by more than two minutes is told on both sides, and what is right again is not.
fn tells(scene: &Scene, wrong_by_ms: i64) {
    let off = wrong_by_ms.abs() > 2 * MINUTE_MS;
    let by_peer = |status: &Value| {
        let skewed = status["peers"]["skewed"].as_array();
        skewed.is_some_and(|skewed| skewed.iter().any(|unit| unit == HCM) == off)
    };
    scene.cluster.wait_status(LONG_AN, "telling of the peer's clock", by_peer).unwrap();
    let by_itself = |status: &Value| {
        // Peers are ahead of one that is behind. What it takes to hear them is little beside it.
        let told = status["clock"]["wrong_by_ms"].as_i64();
        let near = |told: i64| (told + wrong_by_ms).abs() < MINUTE_MS;
        if off { told.is_some_and(near) } else { told.is_none() }
    };
    scene.cluster.wait_status(HCM, "telling of its own clock", by_itself).unwrap();
}

/// Gives how many events were looked at.
fn assert_times_never_decrease(scene: &Scene, unit: &str) -> usize {
    let reader = Reader::open(&scene.cluster.node(unit).dir.join(LOG_FILE)).unwrap();
    let stored = reader.after(0, usize::MAX >> 1).unwrap();
    let arrived = |pair: &[giapranh_log::Stored]| pair[0].arrived_ms <= pair[1].arrived_ms;
    assert!(stored.windows(2).all(arrived), "{unit}: an arrival goes back");
    for local in [false, true] {
        let own = stored.iter().map(|stored| stored.event.header());
        let own: Vec<u64> = own
            .filter(|header| header.origin == unit && header.is_local() == local)
            .map(|header| header.recorded_ms)
            .collect();
        assert!(own.is_sorted(), "{unit}: {own:?}");
    }
    stored.len()
}
