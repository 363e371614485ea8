//! What a peer can send that is not right: it lies in quarantine with its reason, or is held, is
//! counted in `node status`, and the feed goes on when the right one arrives.
#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

mod common;
mod neighbour;

use bytes::Bytes;
use common::{HCM, LONG_AN, REGISTRAR, Scene, ZONE, printed, publish};
use giapranh_record::{Hash, Verified};
use giapranh_tests::cluster::{Member, PATIENCE};
use neighbour::Neighbour;
use serde_json::Value;

/// A district whose node is enrolled and never runs: what it says is made here, with its key.
const NEIGHBOUR: &str = "hcm_cu-chi";
const MEMBERS: [Member; 4] =
    [Member::new(REGISTRAR), Member::new(HCM), Member::new(LONG_AN), Member::new(NEIGHBOUR)];
/// Its feed in the zone.
const FEED: &str = "giapranh.v1.feed.hcm-long-an.hcm.hcm_cu-chi";

fn scene() -> (Scene, Neighbour) {
    let mut scene = Scene::founded(&MEMBERS);
    [REGISTRAR, HCM, LONG_AN].iter().for_each(|unit| scene.cluster.start(unit).unwrap());
    scene.ready();
    let neighbour = Neighbour::of(&scene, NEIGHBOUR, ZONE);
    (scene, neighbour)
}

#[test]
fn messages_that_are_no_events_are_quarantined_and_the_feed_goes_on() {
    let (scene, mut neighbour) = scene();
    let good = neighbour.alert("Sau rác (ví dụ)");
    let nonsense: [(&str, Bytes); 3] = [
        ("not protobuf", Bytes::from_static(b"\xff\xfe neither an event nor protobuf")),
        ("empty", Bytes::new()),
        ("too large", vec![0x0a; 900 * 1024].into()),
    ];
    for (number, (what, bytes)) in (1..).zip(nonsense) {
        publish(&scene, FEED, &bytes);
        quarantined(&scene, what, "malformed", number);
    }
    publish(&scene, FEED, good.bytes());
    arrived(&scene, &good);
    scene.cluster.verify_all().unwrap();
    // Counted for people, too.
    let shown = printed(&scene.cluster.attempt(LONG_AN, &["node", "status"]).unwrap());
    assert!(shown.contains("quarantined.by_reason.malformed"), "{shown}");
}

#[test]
fn events_that_are_changed_or_in_the_wrong_place_are_quarantined_and_the_right_ones_arrive() {
    let (scene, mut neighbour) = scene();
    let good = neighbour.alert("Đúng nguyên bản (ví dụ)");
    let mut changed = good.bytes().to_vec();
    let headline = "Đúng nguyên bản".as_bytes();
    let at = changed.windows(headline.len()).position(|bytes| bytes == headline).unwrap();
    changed[at + 5] ^= 1;
    publish(&scene, FEED, &changed);
    quarantined(&scene, "one bit flipped", "signature", 1);

    // Another unit's, another province's, another zone's subject, and none at all.
    for (number, subject) in (1..).zip([
        "giapranh.v1.feed.hcm-long-an.hcm.hcm",
        "giapranh.v1.feed.hcm-long-an.long-an.long-an",
        "giapranh.v1.feed.cluster.hcm.hcm_cu-chi",
        "giapranh.v1.feed.hcm-long-an.hcm.hcm_cu-chi.more",
    ]) {
        publish(&scene, subject, good.bytes());
        quarantined(&scene, subject, "subject", number);
    }
    assert!(!holds(&scene, &good), "it came in by another's subject");

    // Nobody else's key, however much it is enrolled.
    let others = std::fs::read_to_string(scene.cluster.node(HCM).dir.join("node.key")).unwrap();
    let mut impostor = neighbour.with_key(Hash::from_hex(others.trim()).unwrap());
    publish(&scene, FEED, impostor.alert("Mạo danh (ví dụ)").bytes());
    quarantined(&scene, "signed by another unit", "key-of-another", 1);

    publish(&scene, FEED, good.bytes());
    arrived(&scene, &good);
    scene.cluster.verify_all().unwrap();
}

#[test]
fn a_second_event_under_a_number_is_fork_evidence_and_the_first_stays() {
    let (scene, mut neighbour) = scene();
    let mut other = neighbour.clone();
    let first = neighbour.alert("Một (ví dụ)");
    publish(&scene, FEED, first.bytes());
    arrived(&scene, &first);
    let second = other.alert("Hai (ví dụ)");
    publish(&scene, FEED, second.bytes());
    quarantined(&scene, "a second event of index 0 and seq 1", "fork", 1);
    // What continues the other chain can't come in either.
    publish(&scene, FEED, other.alert("Hai, tiếp (ví dụ)").bytes());
    quarantined(&scene, "the other chain", "fork", 2);
    let next = neighbour.alert("Một, tiếp (ví dụ)");
    publish(&scene, FEED, next.bytes());
    counted(&scene, "the first chain, too", "held", "fork", 1);
    assert!(!holds(&scene, &next), "nobody has decided which chain goes on");
    let decide = ["fork", "decide", NEIGHBOUR, "--epoch", "1", "--reason", "ví dụ"];
    scene.act(LONG_AN, &[&decide[..], &["--officer", "cb-04"]].concat());
    arrived(&scene, &next);
    assert!(!holds(&scene, &second));
    scene.cluster.verify_all().unwrap();
}

#[test]
fn what_lacks_a_key_or_an_earlier_event_is_held() {
    let (scene, mut neighbour) = scene();
    publish(&scene, FEED, neighbour.with_key(Hash([7; 32])).alert("Khóa lạ (ví dụ)").bytes());
    counted(&scene, "of an unknown key", "held", "unknown-key", 1);
    let (first, second) = (neighbour.alert("Thứ nhất (ví dụ)"), neighbour.alert("Thứ hai (ví dụ)"));
    publish(&scene, FEED, second.bytes());
    counted(&scene, "before its turn", "held", "gap", 1);
    publish(&scene, FEED, first.bytes());
    arrived(&scene, &second);
    counted(&scene, "still of an unknown key", "held", "unknown-key", 1);
    let status = scene.cluster.wait_status(LONG_AN, "without a gap", |status| {
        status["held"]["by_reason"]["gap"].is_null() && status["held"]["total"] == 1
    });
    assert_eq!(status.unwrap()["quarantined"]["total"], 0);
    scene.cluster.verify_all().unwrap();
}

#[test]
fn subjects_that_are_no_feeds_stop_nothing() {
    let (scene, mut neighbour) = scene();
    let good = neighbour.alert("Vẫn tới (ví dụ)");
    for subject in [
        "giapranh.v1.feed.x.hcm.",
        "giapranh.v1.feed.hcm-long-an.hcm.",
        "giapranh.v1.feed.hcm-long-an.hcm..",
        "giapranh.v1.feed.hcm-long-an.hcm.HCM",
        "giapranh.v1.feed.hcm-long-an.hcm.\u{1b}[2J",
        "giapranh.v1.feed.local.hcm.hcm_cu-chi",
    ] {
        publish(&scene, subject, good.bytes());
    }
    publish(&scene, FEED, good.bytes());
    arrived(&scene, &good);
    // Those of the zone that the server let through were looked at, and none came in.
    let status = scene.cluster.wait_status(LONG_AN, "done", |status| {
        status["quarantined"]["by_reason"]["subject"].as_u64() >= Some(2)
    });
    let head = scene.cluster.head(LONG_AN).unwrap();
    assert_eq!(status.unwrap()["events"].as_u64(), Some(head));
    assert!(
        !printed(&scene.cluster.attempt(LONG_AN, &["node", "status"]).unwrap()).contains('\u{1b}')
    );
    scene.cluster.verify_all().unwrap();
}

#[test]
fn a_neighbours_text_can_not_steer_the_terminal() {
    let (scene, mut neighbour) = scene();
    // Its own program let it through; ours shows what it is.
    let steering = neighbour.alert("\u{1b}[2J\u{1b}]0;title\u{7}\nhcm/2024/000009 (ví dụ)\u{202e}");
    publish(&scene, FEED, steering.bytes());
    let position = arrived(&scene, &steering);
    let alert = steering.header().alert.clone().unwrap();
    let before = (position - 1).to_string();
    for arguments in [
        &["alert", "list"][..],
        &["alert", "show", &alert],
        &["alert", "watch", "--after", &before, "--count", "1"],
        &["--output", "json", "alert", "list"],
        &["--output", "json", "alert", "show", &alert],
    ] {
        let output = scene.cluster.attempt(LONG_AN, arguments).unwrap();
        let shown = printed(&output);
        assert!(output.status.success(), "{arguments:?}: {shown}");
        let raw = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!shown.contains(raw), "{arguments:?}: {shown:?}");
        assert!(shown.contains("title"), "{arguments:?} does not show it: {shown:?}");
    }
}

/// Waits until the message was put into quarantine at the node, as the so-many-th for that reason.
fn quarantined(scene: &Scene, what: &str, reason: &str, number: u64) {
    counted(scene, what, "quarantined", reason, number);
}

fn counted(scene: &Scene, what: &str, place: &str, reason: &str, number: u64) {
    let counted = |status: &Value| status[place]["by_reason"][reason] == number;
    let what = format!("counting \"{what}\" as number {number} {place} as {reason}");
    scene.cluster.wait_status(LONG_AN, &what, counted).unwrap();
}

/// Its place in the log.
fn arrived(scene: &Scene, event: &Verified) -> u64 {
    let id = event.header().event_id.to_string();
    let follower = &scene.cluster.node(LONG_AN).follower;
    let seen = follower.wait(PATIENCE, |entry| entry["event_id"] == id.as_str());
    let entry = seen.expect("it arrives").entry;
    assert_eq!(entry["verdict"], "valid", "{entry}");
    entry["position"].as_u64().unwrap()
}

fn holds(scene: &Scene, event: &Verified) -> bool {
    let id = event.header().event_id.to_string();
    scene.cluster.event_ids(LONG_AN).unwrap().contains(&id)
}
