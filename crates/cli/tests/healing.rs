//! Deliveries, peers and forks, as they are printed.

#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

mod common;

use common::{Answer, Node, giapranh};

const DELIVERY: &str = r#"{"alert":"hcm/2024/000001","node":"hcm","events":[
    {"event_id":"e1","kind":"alert.issued","recorded":"2024-05-31T14:00:00+07:00",
     "recorded_ms":1,"verdict":"valid","zones":["hcm-long-an"],"held":1,"missing":1,"nodes":[
        {"unit":"dong-nai","entitled":false,"held_since":"2024-05-31T14:00:01+07:00",
         "held_since_ms":2},
        {"unit":"long-an","entitled":true,"held_since":"2024-05-31T14:00:02+07:00",
         "held_since_ms":3},
        {"unit":"tay-ninh","entitled":true,"held_since":null,"held_since_ms":null}]}]}"#;

const PEERS: &str = r#"{"unit":"hcm","skew_ms":null,"counters":{},
    "tail":{"state":"behind","reason":"3 own events are elsewhere","lacks":3},
    "peers":[
        {"unit":"long-an","heard_ms":1,"silent_ms":1250,"skew_ms":-130000,"directory_head":4,
         "zones":[{"zone":"a","lacks_here":1,"lacks_there":2},
                  {"zone":"b","lacks_here":3,"lacks_there":0}],
         "findings":["skew","fork"]},
        {"unit":"tay-ninh","heard_ms":null,"silent_ms":null,"skew_ms":null,
         "directory_head":null,"zones":[],"findings":["silent"]}]}"#;

const FORKS: &str = r#"{"forks":[
    {"origin":"long-an","epoch":1,"zone":"hcm-long-an","seq":4,"index":3,
     "first_hash":"01","second_hash":"02","proven":true,"cut":null,
     "reports":[{"event_id":"e","unit":"hcm","recorded":"2024-05-31T14:00:00+07:00",
                 "recorded_ms":1},
                {"event_id":"f","unit":"tay-ninh","recorded":"2024-05-31T14:01:00+07:00",
                 "recorded_ms":2}],
     "decided":{"officer":"cb-05","reason":"Đã hỏi","decided":"2024-05-31T15:00:00+07:00",
                "decided_ms":3}},
    {"origin":"tay-ninh","epoch":2,"zone":"cluster","seq":1,"index":0,
     "first_hash":"03","second_hash":"04","proven":true,"decided":null,
     "reports":[{"event_id":"g","unit":"hcm","recorded":"2024-05-31T14:00:00+07:00",
                 "recorded_ms":1}],
     "cut":{"last_index":null,"head":9}},
    {"origin":"tien-giang","epoch":1,"zone":"cluster","seq":2,"index":1,
     "first_hash":"05","second_hash":"06","proven":false,"decided":null,"cut":null,
     "reports":[{"event_id":"h","unit":"tay-ninh","recorded":"2024-05-31T14:00:00+07:00",
                 "recorded_ms":1}]}]}"#;

/// What is printed of an answer, without the spaces that make columns.
fn printed(language: &str, arguments: &[&str], answer: &str) -> (Option<i32>, String, String) {
    let node = Node::answering(vec![Answer::ok(answer)]);
    let (code, stdout, stderr) = giapranh(node.dir(), language, arguments);
    let line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    (code, stdout.lines().map(line).collect::<Vec<_>>().join("\n"), stderr)
}

#[test]
fn the_delivery_says_who_holds_what_since_when() {
    let (code, stdout, stderr) = printed("en", &["alert", "delivery", "hcm/2024/000001"], DELIVERY);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    let expected = "the newest event of hcm/2024/000001 is held by 1 of 2 nodes\n\n\
        RECORDED KIND UNIT HELD SINCE EVENT\n\
        2024-05-31T14:00:00+07:00 alert.issued dong-nai 2024-05-31T14:00:01+07:00, no longer entitled e1\n\
        2024-05-31T14:00:00+07:00 alert.issued long-an 2024-05-31T14:00:02+07:00 e1\n\
        2024-05-31T14:00:00+07:00 alert.issued tay-ninh not yet e1";
    assert_eq!(stdout, expected);
    let (_, stdout, _) = printed("vi", &["alert", "delivery", "hcm/2024/000001"], DELIVERY);
    for part in ["đã đến 1 trên 2 nút", "CÓ TỪ", "chưa", "nay không còn quyền"] {
        assert!(stdout.contains(part), "{part}: {stdout}");
    }
    let of_others = r#"{"alert":"long-an/2024/000001","node":"hcm","events":[]}"#;
    let (code, stdout, _) = printed("en", &["alert", "delivery", "long-an/2024/000001"], of_others);
    assert_eq!(code, Some(0));
    assert!(stdout.contains("was published by others"), "{stdout}");
}

#[test]
fn peers_are_one_line_each_and_a_fork_leads_on() {
    let (code, stdout, stderr) = printed("en", &["peers"], PEERS);
    assert_eq!(code, Some(0), "{stderr}");
    let expected = "own events: behind (3 own events are elsewhere)\n\n\
        UNIT HEARD MISSING HERE MISSING THERE CLOCK FINDINGS\n\
        long-an 1.2 s ago 4 2 -130.0 s skew, fork\n\
        tay-ninh never 0 0 silent";
    assert_eq!(stdout, expected);
    assert!(stderr.contains("giapranh fork list --dir "), "{stderr}");
    let (_, stdout, _) = printed("vi", &["peers"], PEERS);
    for part in ["còn thiếu", "THIẾU Ở ĐÂY", "1.2 giây trước", "im lặng"] {
        assert!(stdout.contains(part), "{part}: {stdout}");
    }
}

#[test]
fn forks_are_listed_with_where_they_stand_and_shown_with_what_was_decided() {
    let (code, stdout, stderr) = printed("en", &["fork", "list"], FORKS);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    let expected = "ORIGIN EPOCH ZONE SEQ INDEX REPORTED BY STANDS\n\
        long-an 1 hcm-long-an 4 3 hcm, tay-ninh decided\n\
        tay-ninh 2 cluster 1 0 hcm cut\n\
        tien-giang 1 cluster 2 1 tay-ninh alleged";
    assert_eq!(stdout, expected);
    let (_, stdout, _) = printed("en", &["fork", "show", "long-an"], FORKS);
    for part in ["origin long-an", "by hcm", "by tay-ninh", "by cb-05: Đã hỏi"] {
        assert!(stdout.contains(part), "{part}: {stdout}");
    }
    assert!(!stdout.contains("cluster"), "{stdout}");
    let (_, stdout, _) = printed("en", &["fork", "show", "tay-ninh"], FORKS);
    assert!(stdout.contains("nothing of the epoch counts (head 9)"), "{stdout}");
    let (code, _, stderr) = printed("en", &["fork", "show", "dong-nai"], FORKS);
    assert_eq!(code, Some(4));
    assert!(stderr.contains("next: giapranh fork list --dir "), "{stderr}");
    let (_, stdout, _) = printed("en", &["fork", "list"], r#"{"forks":[]}"#);
    assert_eq!(stdout, "no fork was found");
}

#[test]
fn what_officers_decide_is_sent_as_a_command_and_a_refusal_leads_on() {
    let refused = r#"{"type":"urn:giapranh:problem:not-found","title":"x","status":404,
        "detail":"d","errors":[{"field":"/origin","rule":"no-fork","message":"None."}]}"#;
    let node = Node::answering(vec![Answer::new(404, refused)]);
    let line = ["fork", "decide", "long-an", "--epoch", "1", "--reason", "x", "--officer", "cb-1"];
    let (code, _, stderr) = giapranh(node.dir(), "en", &line);
    assert_eq!(code, Some(4));
    assert!(stderr.contains("next: giapranh fork list --dir "), "{stderr}");
    let refused = refused.replace("/origin", "/events/0").replace("no-fork", "not-late");
    let node = Node::answering(vec![Answer::new(422, &refused)]);
    let event = "01900000-0000-7000-8000-000000000009";
    let line = ["alert", "adopt", "hcm/2024/000001", "--event", event, "--reason", "x"];
    let (_, _, stderr) = giapranh(node.dir(), "en", &[&line[..], &["--officer", "cb-1"]].concat());
    assert!(stderr.contains("next: giapranh alert show hcm/2024/000001 --dir "), "{stderr}");
}

#[test]
fn a_log_that_is_there_is_not_restored_over() {
    let dir = tempfile::tempdir().unwrap();
    let (code, _, stderr) = giapranh(dir.path(), "en", &["node", "init", "--unit", "hcm"]);
    assert_eq!(code, Some(0), "{stderr}");
    let (code, _, stderr) = giapranh(dir.path(), "en", &["node", "restore"]);
    assert_eq!(code, Some(3), "{stderr}");
    assert!(stderr.contains("nothing is written over it"), "{stderr}");
    assert!(stderr.contains("next: giapranh help node restore"), "{stderr}");
    for file in ["log.db", "log.db-wal", "log.db-shm", "published.marker"] {
        let _ = std::fs::remove_file(dir.path().join(file));
    }
    let (code, stdout, stderr) = giapranh(dir.path(), "en", &["node", "restore"]);
    assert_eq!(code, Some(0), "{stderr}");
    assert_eq!(stdout, "the log of hcm is back, up to position 0\n");
    assert!(stderr.contains("giapranh node run --dir "), "{stderr}");
    let (code, _, stderr) = giapranh(dir.path(), "en", &["node", "begin-epoch"]);
    assert_eq!(code, Some(3), "{stderr}");
    assert!(stderr.contains("next: giapranh help directory revoke"), "{stderr}");
}
