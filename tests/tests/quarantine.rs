//! Looking after what lies beside a log, with the program as people type it: list, show, export,
//! and judge again after a fix.
#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

mod common;

use std::os::unix::fs::PermissionsExt as _;

use common::{HCM, LONG_AN, REGISTRAR, Scene, ZONE, printed, publish, text};
use giapranh_log::{LOG_FILE, Reader};
use giapranh_record::Hash;
use giapranh_tests::cluster::Member;
use serde_json::{Value, json};

/// The feed of hcm in the zone, and that of a district of it.
const FEED: &str = "giapranh.v1.feed.hcm-long-an.hcm.hcm";
const OF_DISTRICT: &str = "giapranh.v1.feed.hcm-long-an.hcm.hcm_cu-chi";
/// A zone of hcm's that long-an is not in.
const ELSEWHERE: &str = "dong-nai-hcm";
/// A server that is not there.
const NOWHERE: [&str; 2] = ["--nats", "nats://127.0.0.1:9"];

/// The verbatim bytes of an event in a node's log.
fn bytes_of(scene: &Scene, unit: &str, event: &Value) -> Vec<u8> {
    let log = Reader::open(&scene.cluster.node(unit).dir.join(LOG_FILE)).unwrap();
    let position = event["position"].as_u64().unwrap();
    log.after(position - 1, 1).unwrap()[0].event.bytes().to_vec()
}

/// Waits until so many messages lie at long-an for that reason.
fn counted(scene: &Scene, place: &str, reason: &str, number: u64) {
    let counted = |status: &Value| status[place]["by_reason"][reason] == number;
    scene.cluster.wait_status(LONG_AN, &format!("{number} {place} {reason}"), counted).unwrap();
}

/// Exit code, and all that was printed.
fn ended(scene: &Scene, arguments: &[&str]) -> (Option<i32>, String) {
    let output = scene.cluster.attempt(LONG_AN, arguments).unwrap();
    (output.status.code(), printed(&output))
}

fn ids(page: &Value) -> Vec<u64> {
    let messages = page["messages"].as_array().unwrap();
    messages.iter().map(|message| message["id"].as_u64().unwrap()).collect()
}

fn from_hexadecimal(digits: &str) -> Vec<u8> {
    let pairs = (0..digits.len()).step_by(2);
    pairs.map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}

#[test]
fn what_lies_beside_a_log_is_looked_after() {
    let scene = Scene::running(&[REGISTRAR, HCM, LONG_AN].map(Member::new));
    // Something that long-an must not have, which somebody sends to it all the same.
    let event = scene.issue(HCM, "Nguyễn Văn Ví Dụ (ví dụ)", ELSEWHERE);
    let bytes = bytes_of(&scene, HCM, &event);
    let garbage = b"\x1b[2J\x1b]0;title\x07 neither an event nor protobuf";
    publish(&scene, OF_DISTRICT, garbage);
    counted(&scene, "quarantined", "malformed", 1);
    publish(&scene, OF_DISTRICT, &bytes);
    counted(&scene, "quarantined", "subject", 1);
    let unknown = of_unknown_key(&scene);
    publish(&scene, FEED, &unknown);

    is_listed_and_shown(&scene, &event, &bytes);
    is_exported(&scene, &bytes, garbage);
    is_judged_again(&scene);
    is_held(&scene, &unknown);
    scene.cluster.verify_all().unwrap();
    is_read_without_a_node(scene, garbage);
}

/// An event of the zone that another key has signed, which nobody knows: another payload, another key
/// id, which stands right before the signature.
fn of_unknown_key(scene: &Scene) -> Vec<u8> {
    let event = scene.issue(HCM, "Khoa la (ví dụ)", ZONE);
    scene.seen(&event, &[LONG_AN]);
    let mut bytes = bytes_of(scene, HCM, &event);
    let key_id = bytes.len() - 64 - 2 - 1;
    let payload = key_id - 32 - 2;
    bytes[payload] ^= 1;
    bytes[key_id] ^= 1;
    bytes
}

fn is_listed_and_shown(scene: &Scene, event: &Value, bytes: &[u8]) {
    let act = |arguments: &[&str]| scene.act(LONG_AN, arguments);
    let page = act(&["quarantine", "list"]);
    assert_eq!(ids(&page), [1, 2], "{page}");
    assert_eq!(page["by_reason"], json!({"malformed": 1, "subject": 1}));
    assert_eq!(ids(&act(&["quarantine", "list", "--reason", "subject"])), [2]);
    assert_eq!(ids(&act(&["quarantine", "list", "--limit", "1", "--after", "1"])), [2]);
    let (code, shown) = ended(scene, &["quarantine", "list", "--reason", "sbject"]);
    assert!(code == Some(0) && shown.contains("malformed (1), subject (1)"), "{shown}");

    let message = act(&["quarantine", "show", "2"]);
    assert_eq!(message["header"]["event_id"], event["event_id"]);
    assert_eq!(message["header"]["origin"], HCM);
    assert_eq!((&message["subject"], &message["size"]), (&OF_DISTRICT.into(), &bytes.len().into()));
    assert_eq!(message["sha256"], Hash::of(&[bytes]).to_string());
    assert_eq!(act(&["quarantine", "show", "1"])["header"], Value::Null);
    // A payload is not read, and nothing steers the terminal.
    for id in ["1", "2"] {
        for raw in [&[][..], &["--raw"]] {
            let arguments = [&["quarantine", "show", id][..], raw].concat();
            let (code, shown) = ended(scene, &arguments);
            assert_eq!(code, Some(0), "{shown}");
            assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{shown:?}");
            assert!(!shown.contains("Nguyễn") && !shown.contains("title"), "{shown}");
        }
    }
    let raw = act(&["quarantine", "show", "2", "--raw"]);
    assert_eq!(from_hexadecimal(text(&raw, "raw")), bytes);
    let (_, shown) = ended(scene, &["quarantine", "show", "2", "--raw"]);
    let dumped: String = shown
        .lines()
        .filter_map(|line| line.split_once("  "))
        .filter(|(place, _)| place.len() == 8 && u32::from_str_radix(place, 16).is_ok())
        .map(|(_, digits)| digits.replace(' ', ""))
        .collect();
    assert_eq!(from_hexadecimal(&dumped), bytes);
    let (code, said) = ended(scene, &["quarantine", "show", "99"]);
    assert!(code == Some(4) && said.contains("giapranh quarantine list"), "{said}");
}

fn is_exported(scene: &Scene, bytes: &[u8], garbage: &[u8]) {
    for (id, expected) in [("2", bytes), ("1", garbage)] {
        let file = scene.path(&format!("exported-{id}"));
        let out = file.display().to_string();
        let arguments = ["quarantine", "export", id, "--out", &out];
        let written = scene.act(LONG_AN, &arguments);
        assert_eq!(written["sha256"], Hash::of(&[expected]).to_string());
        assert_eq!(std::fs::read(&file).unwrap(), expected);
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        // Nothing is written over, whatever it is.
        std::fs::write(&file, "mine").unwrap();
        let (code, said) = ended(scene, &arguments);
        assert!(code == Some(3) && said.contains("exists already"), "{said}");
        assert_eq!(std::fs::read(&file).unwrap(), b"mine");
    }
}

fn is_judged_again(scene: &Scene) {
    let judged = scene.act(LONG_AN, &["quarantine", "rejudge", "2"]);
    assert_eq!(judged["messages"][0]["why"], "subject", "{judged}");
    let judged = scene.act(LONG_AN, &["quarantine", "rejudge", "--all"]);
    assert_eq!(judged["outcomes"], json!({"quarantined": 2}), "{judged}");
    let message = scene.act(LONG_AN, &["quarantine", "show", "2"]);
    assert_eq!((&message["rejudged"], &message["times"]), (&2.into(), &1.into()));
    let (code, said) = ended(scene, &["quarantine", "rejudge", "--reason", "malformed"]);
    assert!(code == Some(0) && said.contains("quarantined (malformed)"), "{said}");
    let (code, said) = ended(scene, &["quarantine", "rejudge", "77"]);
    assert!(code == Some(4) && said.contains("giapranh quarantine list"), "{said}");
    let status = scene.act(LONG_AN, &["node", "status"]);
    assert_eq!(status["quarantined"]["by_reason"], json!({"malformed": 1, "subject": 1}));
    assert_eq!(status["quarantined"]["dropped"], 0);
    assert_eq!(status["rejudged"]["total"], 0, "nothing left");
}

fn is_held(scene: &Scene, bytes: &[u8]) {
    counted(scene, "held", "unknown-key", 1);
    let page = scene.act(LONG_AN, &["held", "list"]);
    assert_eq!(ids(&page), [1], "{page}");
    let awaited = &page["messages"][0]["waits_for"];
    assert_eq!(awaited["what"], "key");
    let message = scene.act(LONG_AN, &["held", "show", "1"]);
    assert_eq!(message["header"]["key_id"], awaited["key_id"]);
    let (_, shown) = ended(scene, &["held", "list"]);
    assert!(shown.contains(&format!("enrol the key {}", text(awaited, "key_id"))), "{shown}");
    let judged = scene.act(LONG_AN, &["held", "rejudge", "--all"]);
    assert_eq!(judged["outcomes"], json!({"held": 1}), "{judged}");
    let file = scene.path("held");
    let out = file.display().to_string();
    scene.act(LONG_AN, &["held", "export", "1", "--out", &out]);
    assert_eq!(std::fs::read(file).unwrap(), bytes);
}

fn is_read_without_a_node(mut scene: Scene, garbage: &[u8]) {
    let log = scene.cluster.node(LONG_AN).dir.join(LOG_FILE);
    let copy = scene.path("copy.db");
    Reader::open(&log).unwrap().back_up(&copy).unwrap();
    let running = scene.act(LONG_AN, &["quarantine", "show", "1", "--raw"]);
    scene.cluster.stop(LONG_AN).unwrap();
    assert_eq!(scene.act(LONG_AN, &["quarantine", "show", "1", "--raw"]), running);
    let copy = copy.display().to_string();
    // About no node at all: the directory is another's.
    let of_copy = |arguments: &[&str]| {
        scene.cluster.json(HCM, &[arguments, &["--log-file", &copy]].concat()).unwrap()
    };
    assert_eq!(of_copy(&["quarantine", "show", "1", "--raw"]), running);
    assert_eq!(ids(&of_copy(&["held", "list"])), [1]);
    let file = scene.path("of-copy");
    let out = file.display().to_string();
    of_copy(&["quarantine", "export", "1", "--out", &out]);
    assert_eq!(std::fs::read(file).unwrap(), garbage);
    let (code, said) = ended(&scene, &["quarantine", "show", "7"]);
    assert_eq!(code, Some(4), "{said}");
    // Only the node decides.
    let (code, said) = ended(&scene, &["quarantine", "rejudge", "--all"]);
    assert!(code == Some(5) && said.contains("giapranh node run"), "{said}");
}

#[test]
fn what_an_older_program_misjudged_comes_in_after_the_fix() {
    let mut scene = Scene::running(&[REGISTRAR, HCM, LONG_AN].map(Member::new));
    // hcm decides while it is cut off: nobody else has the event.
    scene.cluster.stop(HCM).unwrap();
    scene.cluster.start_with(HCM, &NOWHERE).unwrap();
    let has_directory = |status: &Value| status["directory"]["nodes"] == 3;
    scene.cluster.wait_status(HCM, "up", has_directory).unwrap();
    let event = scene.issue(HCM, "Bị hiểu nhầm (ví dụ)", ZONE);
    let bytes = bytes_of(&scene, HCM, &event);

    scene.cluster.stop(LONG_AN).unwrap();
    let log = rusqlite::Connection::open(scene.cluster.node(LONG_AN).dir.join(LOG_FILE)).unwrap();
    log.execute(
        "INSERT INTO quarantine (arrived_ms, subject, sender, reason, detail, hash, size, bytes)
         VALUES (1700000000000, ?1, 'hcm', 'malformed', 'an older program', ?2, ?3, ?4)",
        (FEED, Hash::of(&[&bytes]).0, bytes.len(), &bytes),
    )
    .unwrap();
    drop(log);
    scene.cluster.start(LONG_AN).unwrap();
    counted(&scene, "quarantined", "malformed", 1);
    let judged = scene.act(LONG_AN, &["quarantine", "rejudge", "--reason", "malformed"]);
    assert_eq!(judged["outcomes"], json!({"appended": 1}), "{judged}");
    scene.seen(&event, &[LONG_AN]);

    // Where it lay it is known what became of it.
    let left = scene.act(LONG_AN, &["quarantine", "show", "1"]);
    assert_eq!(left["left"], true);
    assert_eq!(left["decisions"][0]["position"], judged["messages"][0]["position"]);
    let (code, shown) = ended(&scene, &["quarantine", "show", "1"]);
    assert!(code == Some(0) && shown.contains("was malformed, is appended at position"), "{shown}");
    let out = scene.path("left").display().to_string();
    let (code, said) = ended(&scene, &["quarantine", "export", "1", "--out", &out]);
    assert_eq!(code, Some(4), "{said}");
    assert_eq!(scene.act(LONG_AN, &["quarantine", "rejudge", "--all"])["judged"], 0);
    let status = scene.act(LONG_AN, &["node", "status"]);
    assert_eq!(status["quarantined"]["total"], 0);
    assert_eq!(status["rejudged"], json!({"total": 1, "by_outcome": {"appended": 1}}));

    // When it comes as it should have, it is here already, and what follows it comes in.
    scene.cluster.stop(HCM).unwrap();
    scene.cluster.start(HCM).unwrap();
    scene.cluster.wait_status(HCM, "up", has_directory).unwrap();
    let next = scene.issue(HCM, "Tiếp theo (ví dụ)", ZONE);
    scene.seen(&next, &[LONG_AN]);
    assert_eq!(scene.count(&event, LONG_AN), 1);
    scene.cluster.verify_all().unwrap();
}
