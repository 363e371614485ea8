//! A cluster under load in which something is killed again and again, and how it stands afterwards.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a siege that fails is a failed test")]

use std::time::{Duration, Instant};

use giapranh_testkit::figures::Figures;
use giapranh_testkit::random::Random;
use giapranh_tests::cluster::{Cluster, Member, PATIENCE};
use giapranh_tests::holdings::{Holdings, Verdict};
use giapranh_tests::load::{Client, Ledger, Load};

use crate::common::{HCM, LONG_AN, REGISTRAR, Scene, ZONE};

pub const UNITS: [&str; 3] = [REGISTRAR, HCM, LONG_AN];
const MEMBERS: [Member; 3] = [Member::new(REGISTRAR), Member::new(HCM), Member::new(LONG_AN)];
/// Between two looks at logs that have nothing to wait on: it bounds what polling costs.
const LOOK: Duration = Duration::from_millis(10);
/// How long everything may take to be where it belongs after a fault.
const HEALING: Duration = Duration::from_secs(120);

const BOTH: &[&str] = &[ZONE, "cluster"];
/// Two at each unit of the zone, and one at the registrar, who is not in it.
const CLIENTS: [Client; 5] = [
    Client { unit: HCM, zones: BOTH, pause_ms: 40 },
    Client { unit: HCM, zones: BOTH, pause_ms: 40 },
    Client { unit: LONG_AN, zones: BOTH, pause_ms: 40 },
    Client { unit: LONG_AN, zones: BOTH, pause_ms: 40 },
    Client { unit: REGISTRAR, zones: &["cluster"], pause_ms: 80 },
];

/// The cluster, its clients, and what its logs hold.
pub struct Siege {
    pub scene: Scene,
    pub random: Random,
    load: Load,
    holdings: Holdings,
    /// From each fault's end to where everything was that had been acknowledged by then.
    times: Vec<Duration>,
}

impl Siege {
    /// Everybody runs, and clients work at all of them.
    pub fn begin() -> Self {
        let mut random = Random::from_environment();
        let scene = Scene::running(&MEMBERS);
        let dir_of = |unit: &str| scene.cluster.node(unit).dir.clone();
        let load = Load::start(&CLIENTS, &mut random, dir_of);
        let entitled = |zone: &str| if zone == ZONE { vec![HCM, LONG_AN] } else { UNITS.to_vec() };
        let holdings = Holdings::of(UNITS.map(|unit| (unit, dir_of(unit))), entitled);
        let mut siege = Self { scene, random, load, holdings, times: Vec::new() };
        // There is something to lose.
        siege.wait("work", |siege| siege.load.acknowledged() >= 50);
        siege
    }

    pub fn cluster(&mut self) -> &mut Cluster {
        &mut self.scene.cluster
    }

    /// How many commands were acknowledged so far.
    pub fn acknowledged(&self) -> usize {
        self.load.acknowledged()
    }

    /// Lets any time pass below a limit.
    pub fn pass(&mut self, limit_ms: usize) {
        std::thread::sleep(Duration::from_millis(self.random.below(limit_ms + 1) as u64));
    }

    /// Waits until so many more commands were acknowledged.
    pub fn wait_commands(&mut self, more: usize) {
        let enough = self.acknowledged() + more;
        self.wait("commands", |siege| siege.acknowledged() >= enough);
    }

    /// A fault has ended: waits until everything that was acknowledged by now is where it belongs,
    /// and this unit has acknowledged something new. How long that took is noted.
    pub fn heal(&mut self, working: &str, what: &str) {
        let (since, before) = (Instant::now(), self.acknowledged());
        self.wait(what, |siege| {
            siege.holdings.read_on().unwrap();
            let ledger = siege.load.ledger();
            let works = ledger.acknowledged[before..].iter().any(|one| one.unit == working);
            works && siege.holdings.everywhere(&ledger.acknowledged) >= before
        });
        self.times.push(since.elapsed());
    }

    /// The clients end, everything comes to where it belongs, all logs and views are looked at
    /// whole, and the figures are told.
    pub fn end(mut self, figures: Figures) {
        let entries = self.acknowledged();
        let load =
            std::mem::replace(&mut self.load, Load::start(&[], &mut self.random, |_| "".into()));
        let ledger = load.stop();
        self.wait("the end", |siege| {
            siege.holdings.read_on().unwrap();
            siege.holdings.everywhere(&ledger.acknowledged) == ledger.acknowledged.len()
        });
        assert!(ledger.acknowledged.len() >= entries);
        self.settle(&ledger);
        let verdict = self.holdings.judge(&ledger);
        let recorded = self.holdings.recorded(&ledger.unknown);
        let figures = figures.with("acknowledged", ledger.acknowledged.len());
        let figures = figures.with("unknown", ledger.unknown.len()).with("recorded", recorded);
        let figures = figures.with("lost", verdict.lost).with("doubled", verdict.doubled);
        figures.with("undetected", 0).with_times("converge", &self.times).tell();
        assert_eq!(verdict, Verdict::default(), "{ledger:?}");
    }

    /// Whoever holds the same shows the same, nothing waits, nothing was refused, all of it holds.
    fn settle(&mut self, ledger: &Ledger) {
        self.scene.cluster.wait_agreed(&[HCM, LONG_AN]).unwrap();
        for unit in UNITS {
            let empty = |status: &serde_json::Value| {
                status["held"]["total"] == 0 && status["quarantined"]["total"] == 0
            };
            self.scene.cluster.wait_status(unit, "without anything aside", empty).unwrap();
        }
        let events = self.scene.cluster.verify_all().unwrap();
        assert!(events >= ledger.acknowledged.len() as u64);
        self.holdings.read_on().unwrap();
    }

    fn wait(&mut self, what: &str, mut is_so: impl FnMut(&mut Self) -> bool) {
        let deadline = Instant::now() + HEALING.max(PATIENCE);
        while !is_so(self) {
            let overdue = Instant::now() > deadline;
            assert!(!overdue, "{what}: not after {HEALING:?}: {}", self.standing());
            std::thread::sleep(LOOK);
        }
    }

    /// What is missing where, for people.
    fn standing(&mut self) -> String {
        use std::fmt::Write as _;
        let ledger = self.load.ledger();
        let everywhere = self.holdings.everywhere(&ledger.acknowledged);
        let mut text = format!("{everywhere} of {} are everywhere", ledger.acknowledged.len());
        if let Some(next) = ledger.acknowledged.get(everywhere) {
            let _ = write!(text, "; {:?} lack {next:?}", self.holdings.lacking(next));
        }
        drop(ledger);
        for unit in UNITS {
            let dir = &self.scene.cluster.node(unit).dir;
            let status = giapranh_tests::api::get(dir, "/api/v1/status").unwrap_or_default();
            let _ = write!(text, "\n{unit}: {status}");
            let log = std::fs::read_to_string(dir.join("node.log")).unwrap_or_default();
            let lines: Vec<&str> = log.lines().rev().take(6).collect();
            let _ = write!(text, "\n{}", lines.join("\n"));
        }
        text
    }
}
