//! A report of a hit is never lost and never doubled, wherever the line fails.

#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

mod common;

use std::os::unix::fs::PermissionsExt as _;

use common::desk::{Desk, Ended, Step, accepted, alert, ok, problem};
use serde_json::{Value, json};

const ALERT: &str = "hcm/2024/000001";
const REPORT: [&str; 15] = [
    "hit",
    "report",
    ALERT,
    "--urgency",
    "urgent",
    "--place",
    "Quán Ví Dụ",
    "--seen-at",
    "2024-05-31T14:00:00+07:00",
    "--basis",
    "khớp",
    "--certainty",
    "probable",
    "--done",
    "theo dõi",
];

fn zones() -> Step {
    ok(json!({"zones": []}))
}

fn report(desk: &Desk) -> Ended {
    desk.run(&[&REPORT[..], &["--version", "3"]].concat())
}

/// Holds that a report is kept after the node went away, and gives what was sent.
fn kept_after(desk: &Desk, steps: Vec<Step>) -> Value {
    let node = desk.serve(steps);
    let ended = report(desk);
    assert_eq!(ended.code, Some(5), "{ended:?}");
    assert!(ended.stderr.contains("is kept, and is sent once"), "{ended:?}");
    let next = format!("next: giapranh hit send --dir {}\n", desk.dir().display());
    assert!(ended.stderr.ends_with(&next), "{ended:?}");
    node.join().unwrap().pop().unwrap().body
}

#[test]
fn a_report_whose_answer_never_came_is_sent_again_under_the_same_key() {
    let desk = Desk::new();
    desk.sign_in("hoa");
    let sent = kept_after(&desk, vec![Step::Dies]);
    let key = sent["key"].as_str().unwrap().parse::<uuid::Uuid>().unwrap();
    assert_eq!(key.get_version_num(), 7);
    let kept = desk.kept();
    let file = kept.iter().find(|path| path.ends_with(format!("hits/{key}.json"))).unwrap();
    assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);

    let node = desk.serve(vec![accepted(ALERT)]);
    let ended = desk.run(&["hit", "send"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.stdout.contains("sent, at position 12"), "{ended:?}");
    assert_eq!(node.join().unwrap()[0].body, sent);
    assert_eq!(desk.kept().len(), 1, "the session alone");
    let ended = desk.run(&["hit", "send"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), "no report is kept\n"));
}

#[test]
fn a_node_that_does_not_run_or_fails_loses_nothing_either() {
    let desk = Desk::new();
    desk.sign_in("hoa");
    // Nobody listens there any more.
    let ended = report(&desk);
    assert_eq!(ended.code, Some(5), "{ended:?}");
    for (status, code) in [(503, 5), (500, 1), (401, 3)] {
        let kind = if status == 401 { "unauthenticated" } else { "unavailable" };
        let node = desk.serve(vec![problem(status, kind, "Not now.")]);
        let ended = report(&desk);
        assert_eq!(ended.code, Some(code), "{ended:?}");
        node.join().unwrap();
    }
    assert_eq!(desk.kept().len(), 5);
    let ended = report(&desk);
    assert!(ended.stderr.contains("is kept"), "{ended:?}");
    let node = desk.serve((0..5).map(|_| accepted(ALERT)).collect());
    let ended = desk.run(&["hit", "send"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let keys: Vec<Value> =
        node.join().unwrap().into_iter().map(|asked| asked.body["key"].clone()).collect();
    let mut sorted = keys.iter().map(ToString::to_string).collect::<Vec<_>>();
    sorted.sort();
    sorted.dedup();
    assert_eq!(sorted.len(), 5, "the oldest first, each under its own key: {keys:?}");
}

#[test]
fn the_next_command_that_succeeds_sends_what_is_kept_once() {
    let desk = Desk::new();
    desk.sign_in("hoa");
    let sent = kept_after(&desk, vec![Step::Dies]);
    // The line fails again in the middle: nothing is said twice.
    let node = desk.serve(vec![zones(), Step::Dies]);
    let ended = desk.run(&["zone", "list"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.stderr.contains("kept reports that are not sent: 1"), "{ended:?}");
    assert_eq!(node.join().unwrap()[1].body, sent);
    let node = desk.serve(vec![zones(), accepted(ALERT)]);
    let ended = desk.run(&["zone", "list"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.stderr.contains("the kept report about hcm/2024/000001 was sent"), "{ended:?}");
    assert_eq!(node.join().unwrap()[1].body, sent);
    let node = desk.serve(vec![zones()]);
    assert_eq!(desk.run(&["zone", "list"]).stderr, "");
    node.join().unwrap();
}

#[test]
fn a_report_that_was_judged_is_not_kept() {
    let desk = Desk::new();
    desk.sign_in("hoa");
    let refusal = || {
        Step::Answer(
            409,
            json!({"type": "urn:giapranh:problem:conflict", "title": "t", "detail": "d", "errors":
                [{"field": "/alert", "rule": "withdrawn", "message": "It has been withdrawn."}]}),
        )
    };
    for (answer, code) in [(accepted(ALERT), 0), (refusal(), 3)] {
        let node = desk.serve(vec![answer]);
        assert_eq!(report(&desk).code, Some(code));
        node.join().unwrap();
        assert_eq!(desk.kept().len(), 1, "the session alone");
    }
    // One that was kept and is refused stays until somebody gives it up, and is not tried by itself.
    let sent = kept_after(&desk, vec![Step::Dies]);
    let node = desk.serve(vec![zones(), refusal()]);
    let ended = desk.run(&["zone", "list"]);
    assert!(ended.stderr.contains("was refused: It has been withdrawn."), "{ended:?}");
    node.join().unwrap();
    let node = desk.serve(vec![zones()]);
    let ended = desk.run(&["zone", "list"]);
    assert!(ended.stderr.contains("not sent: 1 (giapranh hit send"), "{ended:?}");
    node.join().unwrap();
    let node = desk.serve(vec![refusal()]);
    let ended = desk.run(&["hit", "send"]);
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.stdout.contains("refused: It has been withdrawn."), "{ended:?}");
    node.join().unwrap();
    let ended = desk.run(&["hit", "send", "--drop", sent["key"].as_str().unwrap()]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(desk.kept().len(), 1);
    let ended = desk.run(&["hit", "send", "--drop", sent["key"].as_str().unwrap()]);
    assert_eq!(ended.code, Some(4), "{ended:?}");
}

#[test]
fn nobody_sends_another_ones_report() {
    let desk = Desk::new();
    desk.sign_in("hoa");
    let sent = kept_after(&desk, vec![Step::Dies]);
    desk.sign_in("minh");
    let ended = desk.run(&["hit", "send"]);
    assert_eq!(ended.code, Some(5), "{ended:?}");
    assert!(ended.stdout.contains("hoa reported it"), "{ended:?}");
    // Signing in is a command that succeeds.
    let node = desk.serve(vec![common::desk::signed_in("hoa"), accepted(ALERT)]);
    let ended = desk.typed("x\n", &["sign-in", "hoa", "--password-stdin"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(node.join().unwrap()[1].body, sent);
}

#[test]
fn without_a_version_it_is_the_newest_when_it_is_sent_and_stays_that() {
    let desk = Desk::new();
    desk.sign_in("hoa");
    assert_eq!(desk.run(&REPORT).code, Some(5));
    let node = desk.serve(vec![ok(alert("wanted-person")), Step::Dies]);
    assert_eq!(desk.run(&["hit", "send"]).code, Some(5));
    let asked = node.join().unwrap();
    assert_eq!(asked[1].body["hit"]["version"], 3);
    let node = desk.serve(vec![accepted(ALERT)]);
    assert_eq!(desk.run(&["hit", "send"]).code, Some(0));
    assert_eq!(node.join().unwrap()[0].body, asked[1].body);
}

#[test]
fn a_hit_has_an_end() {
    let desk = Desk::new();
    desk.sign_in("hoa");
    let node = desk.serve(vec![accepted(ALERT)]);
    let id = "01900000-0000-7000-8000-000000000009";
    let line = [
        "hit",
        "conclude",
        ALERT,
        "--hit",
        id,
        "--outcome",
        "handed-over",
        "--handed-to",
        "long-an",
        "--at",
        "2024-05-31T14:00:00+07:00",
    ];
    assert_eq!(desk.run(&line).code, Some(0));
    let conclusion = json!({"outcome": "handed-over", "unit": "long-an",
        "at": "2024-05-31T14:00:00+07:00"});
    let sent = node.join().unwrap().pop().unwrap().body;
    assert_eq!((sent["act"].as_str(), &sent["conclusion"]), (Some("conclude-hit"), &conclusion));
}
