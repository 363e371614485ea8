//! Peers that lie in beacons and in what they answer: wrong sequences, wrong hashes, another's name,
//! old beacons, garbage for signatures, pages that never end and pages that are bombs. None of it
//! enters a log, each costs a question now and then, and what honest units say comes as before.
//!
//! What peers can put on the feeds themselves is in `hostile.rs`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "what fails here is the test")]

mod common;
mod liars;
mod neighbour;

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use common::{DUC_HOA, HCM, LONG_AN, REGISTRAR, Scene, ZONE, issue_command, publish};
use giapranh_log::{LOG_FILE, Reader};
use giapranh_record::{Signer as _, Verified};
use giapranh_testkit::figures::Figures;
use giapranh_tests::api;
use giapranh_tests::cluster::{Member, PATIENCE};
use liars::{Asked, Liar, Manner, speak};
use neighbour::Neighbour;
use serde_json::Value;

/// A zone that all of them are in.
const EVERYBODY: &str = "cluster";
/// Those who are lied to, and those who lie.
const HONEST: [&str; 3] = [REGISTRAR, HCM, LONG_AN];
const LIARS: [(&str, Manner); 10] = [
    ("hcm_cu-chi", Manner::Honest),
    ("hcm_hoc-mon", Manner::WrongSequence),
    ("hcm_binh-chanh", Manner::WrongPrevious),
    ("hcm_nha-be", Manner::AnotherUnit),
    ("hcm_can-gio", Manner::NewestUnsigned),
    (DUC_HOA, Manner::OlderUnsigned),
    ("long-an_duc-hue", Manner::Endless),
    ("long-an_ben-luc", Manner::Large),
    ("long-an_can-duoc", Manner::Many),
    ("long-an_can-giuoc", Manner::FalseHead),
];
/// Who lied rests for half a minute: so often it may be asked in the time of this test by one unit.
const QUESTIONS: usize = 4;

/// How long a lie about a unit's own events may keep it from signing.
const STOPPED: Duration = Duration::from_secs(10);

fn scene() -> Scene {
    let members: Vec<Member> =
        HONEST.iter().copied().chain(LIARS.map(|(unit, _)| unit)).map(Member::new).collect();
    let mut scene = Scene::founded(&members);
    for unit in HONEST {
        let path = scene.cluster.node(unit).dir.join("node.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, format!("{text}\n[healing]\nbeacon_interval_ms = 1000\n")).unwrap();
        scene.cluster.start(unit).unwrap();
    }
    scene.ready();
    scene
}

#[test]
fn lies_cost_a_question_and_nothing_else() {
    let scene = scene();
    let known = scene.issue(HCM, "Việc thật (ví dụ)", EVERYBODY);
    scene.seen(&known, &HONEST);
    let known = event(&scene, &known);
    let liar = |(unit, manner)| {
        let neighbour = Neighbour::of(&scene, unit, EVERYBODY);
        Liar::new(neighbour, manner, Some(known.clone()))
    };
    let liars = Arc::new(LIARS.map(liar).into_iter().collect::<Vec<_>>());
    let counter = now_ms();
    let asked = speak(&scene, &liars, counter);

    // Meanwhile honest units exchange as ever. Who is told that others hold another event of its own
    // signs nothing until that was asked for; a lie costs that once.
    let (mut delays, mut stops) = (Vec::new(), Vec::new());
    for number in 0..12 {
        let since = Instant::now();
        let told = issue(&scene, &format!("Vẫn tới {number} (ví dụ)"));
        let signed = since.elapsed();
        scene.seen(&told, &[LONG_AN]);
        delays.push(since.elapsed());
        stops.push(signed);
    }
    let most = stops.iter().max().unwrap();
    assert!(*most < STOPPED, "a lie has kept a unit from signing for {most:?}");
    for (unit, manner) in LIARS {
        wait(&format!("{manner:?} was asked"), || {
            manner == Manner::FalseHead || times(&asked, unit, LONG_AN) > 0
        });
    }
    for liar in liars.iter() {
        let taken = matches!(liar.manner, Manner::Honest | Manner::OlderUnsigned);
        for unit in [HCM, LONG_AN] {
            wait(&format!("{:?} at {unit}", liar.manner), || {
                held(&scene, unit, liar) >= if taken { 3 } else { 0 }
            });
        }
    }
    for unit in HONEST {
        let mended = |status: &Value| {
            status["checked"]["faults"].as_array().is_some_and(Vec::is_empty)
                && status["checked"]["position"] == status["events"]
        };
        scene.cluster.wait_status(unit, "mended", mended).unwrap();
    }
    beacons_that_are_refused(&scene, &liars, counter);

    let mut questions = 0;
    for liar in liars.iter() {
        // A run is good up to where it is broken, and no further.
        let most = match liar.manner {
            Manner::Honest | Manner::OlderUnsigned => 3,
            Manner::NewestUnsigned => 2,
            Manner::WrongPrevious => 1,
            _ => 0,
        };
        for unit in HONEST {
            assert!(held(&scene, unit, liar) <= most, "{:?} came in at {unit}", liar.manner);
            let asked = times(&asked, liar.neighbour.unit, unit);
            assert!(asked <= QUESTIONS, "{:?} was asked {asked} times by {unit}", liar.manner);
            questions += asked;
        }
    }
    let mut refused = 0;
    for unit in HONEST {
        let status = status(&scene, unit);
        assert_eq!(status["forks"]["found"], 0, "{unit}: {status}");
        assert_eq!(status["tail"]["state"], "whole", "{unit}: {status}");
        refused += status["healing"]["pages_refused"].as_u64().unwrap();
    }
    assert!(refused > 0);
    scene.cluster.verify_all().unwrap();
    let figures = Figures::of("lying-peer").with("liars", LIARS.len() - 1);
    let figures = figures.with("questions", questions).with("pages_refused", refused);
    figures
        .with("undetected", 0)
        .with_times("honest_delay", &delays)
        .with_times("signing_stopped", &stops)
        .tell();
}

/// Old ones, replayed; ones in another's name; ones that are none.
fn beacons_that_are_refused(scene: &Scene, liars: &[Liar], counter: u64) {
    let before = status(scene, LONG_AN);
    let count = |status: &Value, name: &str| status["healing"][name].as_u64().unwrap();
    let [first, second, ..] = liars else { panic!("two of them") };
    let old = first.signed(counter, Vec::new());
    publish(scene, &first.subject(), &old);
    publish(scene, &first.subject(), &old);
    // In the name of another, signed with a key of one's own.
    let theirs = first.neighbour.under(second.neighbour.unit);
    let impostor = Liar::new(theirs, Manner::Honest, None);
    publish(scene, &impostor.subject(), &impostor.signed(counter + 1_000_000_000, Vec::new()));
    publish(scene, &first.subject(), b"\xff\xffneither a beacon nor protobuf");
    publish(scene, &first.subject(), &vec![0x0a; 900_000]);
    assert_ne!(first.neighbour.key().public_key(), second.neighbour.key().public_key());
    let refused = |status: &Value| {
        count(status, "beacons_replayed") >= count(&before, "beacons_replayed") + 2
            && count(status, "beacons_refused") > count(&before, "beacons_refused")
    };
    scene.cluster.wait_status(LONG_AN, "refusing beacons", refused).unwrap();
}

fn status(scene: &Scene, unit: &str) -> Value {
    api::get(&scene.cluster.node(unit).dir, "/api/v1/status").unwrap()
}

/// Issues an alert, asking again while nothing can be signed.
fn issue(scene: &Scene, headline: &str) -> Value {
    let (dir, command) = (&scene.cluster.node(HCM).dir, issue_command(headline, ZONE));
    let mut issued = Value::Null;
    wait("signing", || {
        issued = api::command(dir, &command).unwrap_or_default();
        issued["event_id"].is_string()
    });
    issued
}

/// How many of a liar's events a node's log holds.
fn held(scene: &Scene, unit: &str, liar: &Liar) -> usize {
    let ids = scene.cluster.event_ids(unit).unwrap();
    let here = |event: &&Verified| ids.contains(&event.header().event_id.to_string());
    liar.chain.iter().filter(here).count()
}

fn times(asked: &Asked, liar: &'static str, by: &str) -> usize {
    asked.lock().unwrap().get(&(liar, by.to_owned())).copied().unwrap_or_default()
}

/// An event of a node's own, from its log.
fn event(scene: &Scene, issued: &Value) -> Verified {
    let log = Reader::open(&scene.cluster.node(HCM).dir.join(LOG_FILE)).unwrap();
    let stored = log.after(issued["position"].as_u64().unwrap() - 1, 1).unwrap();
    let key = log.identity().unwrap().public_key;
    let bytes = stored[0].event.bytes().clone();
    giapranh_record::Unverified::parse(bytes).unwrap().verify(&key).unwrap()
}

fn wait(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < deadline, "{what}: not after {PATIENCE:?}");
        // Logs and answers have nothing to wait on; the interval bounds what looking costs.
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    u64::try_from(since.as_millis()).unwrap()
}
