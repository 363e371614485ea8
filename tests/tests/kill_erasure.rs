//! `kill -9` of a node while a key is on its way, and while something is erased, again and again:
//! after the next start no event is there whose key was lost, and nothing is left of what was erased.
//!
//! 6 alerts, `GIAPRANH_LONG=1`: 60; two kills each. It prints its seed; `GIAPRANH_SEED` draws the same
//! instants.
#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

mod common;

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use common::{HCM, LONG_AN, REGISTRAR, Scene, ZONE, holding, text};
use giapranh_domain::event::Kind;
use giapranh_log::{LOG_FILE, Reader, Stored};
use giapranh_node::Keyholder;
use giapranh_record::event::Event;
use giapranh_testkit::figures::{Figures, by_length};
use giapranh_testkit::random::Random;
use giapranh_tests::cluster::{Member, PATIENCE};
use giapranh_tests::{api, story};
use serde_json::{Value, json};
use uuid::Uuid;

const MEMBERS: [Member; 3] = [Member::new(REGISTRAR), Member::new(HCM), Member::new(LONG_AN)];
const IN_ZONE: [&str; 2] = [HCM, LONG_AN];
/// Recognisably nobody's.
const NAME: &str = "Đặng Thị Ví Dụ Đứt";
const WORDS: [&str; 2] = ["Ví Dụ Đứt", "vi du dut"];
/// A key travels, and an erasure ends, well within this.
const SPAN_US: usize = 60_000;

#[test]
fn a_kill_while_a_key_travels_or_something_is_erased_leaves_nothing_behind() {
    let (mut scene, mut random) = (Scene::running(&MEMBERS), Random::from_environment());
    let rounds = by_length(6, 60);
    let (mut alerts, mut kills) = (Vec::new(), [0; 4]);
    for _ in 0..rounds {
        let content = story::wanted(NAME, "Truy nã Đặng Thị Ví Dụ Đứt");
        let alert = {
            let victim = random.pick(&IN_ZONE);
            let arrives = if victim == HCM { Kind::AlertIssued } else { Kind::KeyHeld };
            let moment = Moment::draw(&mut random, arrives);
            kills[moment.number()] += 1;
            let issue = story::issue_command(&content, ZONE);
            cut_off(&mut scene, issue, victim, &moment)
        };
        for unit in IN_ZONE {
            scene.wait_json(unit, &["alert", "show", &alert], |shown| {
                shown["content"]["wanted_person"]["person"]["name"] == NAME
            });
            lacks_no_key(&scene, unit, &alert);
        }
        let victim = random.pick(&IN_ZONE);
        let moment = Moment::draw(&mut random, Kind::KeysDestroyed);
        kills[2 + moment.number()] += 1;
        let withdraw = json!({
            "act": "withdraw-alert", "alert": alert, "withdrawal": { "reason": "wrong-person" },
            "drafted_by": "cb-soan-01", "approved_by": "cb-duyet-02",
        });
        cut_off(&mut scene, withdraw, victim, &moment);
        for unit in IN_ZONE {
            scene.wait_json(unit, &["erasure", "status", &alert], |state| {
                state["missing"].as_array().is_some_and(Vec::is_empty)
            });
        }
        alerts.push(alert);
    }
    let left = holding(scene.cluster.root(), &WORDS);
    assert!(left.is_empty(), "left: {left:?}");
    for (alert, unit) in alerts.iter().flat_map(|alert| IN_ZONE.map(|unit| (alert, unit))) {
        let events = events(&scene.cluster.node(unit).dir, alert);
        let said = |kind: Kind| events.iter().filter(|e| e.header().kind == kind.code()).count();
        assert_eq!(said(Kind::KeysDestroyed), 1, "{unit}: {alert}");
        assert_eq!(said(Kind::ErasureConfirmed), IN_ZONE.len(), "{unit}: {alert}");
        let keys = Keyholder::there(&scene.cluster.node(unit).dir).unwrap().unwrap();
        for commitment in events.iter().filter_map(|event| event.header().key_commitment) {
            assert!(keys.key(&commitment).unwrap().is_none(), "{unit} has a key of {alert}");
        }
    }
    scene.verify(&IN_ZONE);
    let [issuing, held, erasing, noted] = kills;
    Figures::of("kill-erasure")
        .with("kills_while_issuing", issuing)
        .with("kills_at_a_key", held)
        .with("kills_while_erasing", erasing)
        .with("kills_at_a_note", noted)
        .with("left", left.len())
        .tell();
}

/// When a node is killed.
enum Moment {
    /// So long after the command was given.
    After(Duration),
    /// As soon as its log says that something began or ended.
    At(Kind),
}

impl Moment {
    fn draw(random: &mut Random, kind: Kind) -> Self {
        if random.percent(50) {
            Self::At(kind)
        } else {
            Self::After(Duration::from_micros(random.below(SPAN_US) as u64))
        }
    }

    fn number(&self) -> usize {
        usize::from(matches!(self, Self::At(_)))
    }
}

/// Gives a command to the issuer's node, kills a node at a moment of it, and starts that again. A command that
/// was not answered is given again, as who gave it would. The alert that it is about.
fn cut_off(scene: &mut Scene, command: Value, victim: &'static str, moment: &Moment) -> String {
    let mut command = command;
    // Whatever became of it the first time, it counts once.
    command["key"] = Uuid::now_v7().to_string().into();
    let (issuer, dir) =
        (scene.cluster.node(HCM).dir.clone(), scene.cluster.node(victim).dir.clone());
    let before = Reader::open(&dir.join(LOG_FILE)).unwrap().head().unwrap();
    let given = thread::spawn({
        let (issuer, command) = (issuer.clone(), command.clone());
        move || api::command(&issuer, &command)
    });
    match moment {
        Moment::After(duration) => thread::sleep(*duration),
        Moment::At(kind) => wait_for(&dir, before, *kind),
    }
    scene.cluster.kill(victim);
    let answered = given.join().unwrap();
    scene.cluster.start(victim).unwrap();
    let deadline = Instant::now() + PATIENCE;
    let mut answer = answered;
    loop {
        match answer {
            Ok(accepted) => return text(&accepted, "alert").to_owned(),
            Err(error) => assert!(Instant::now() < deadline, "{error}"),
        }
        answer = api::command(&issuer, &command);
    }
}

/// Waits until a log says something that it did not say at a position.
fn wait_for(dir: &Path, before: u64, kind: Kind) {
    let (reader, deadline) =
        (Reader::open(&dir.join(LOG_FILE)).unwrap(), Instant::now() + PATIENCE);
    let is_it = |stored: &Stored| stored.event.header().kind == kind.code();
    // The log's file has nothing to wait on.
    while !reader.after(before, 64).unwrap().iter().any(is_it) {
        assert!(Instant::now() < deadline, "nothing of {} in {}", kind.code(), dir.display());
    }
}

/// Whoever publishes an event has its key, whatever was cut off.
fn lacks_no_key(scene: &Scene, unit: &str, alert: &str) {
    let dir = &scene.cluster.node(unit).dir;
    let keys = Keyholder::there(dir).unwrap().unwrap();
    for event in events(dir, alert) {
        if let Some(commitment) = event.header().key_commitment {
            assert!(keys.key(&commitment).unwrap().is_some(), "{unit} lacks a key of {alert}");
        }
    }
}

fn events(dir: &Path, alert: &str) -> Vec<Event> {
    let reader = Reader::open(&dir.join(LOG_FILE)).unwrap();
    let stored = reader.of_alert(alert, u64::MAX >> 1).unwrap();
    stored.into_iter().map(|stored| stored.event).collect()
}
