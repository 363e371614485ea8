//! The hook: what is due is told to a program, once for each stage, through `kill -9` at any instant.
//! Deadlines are seconds here.
//!
//! 8 kills, `GIAPRANH_LONG=1`: 80. It prints its seed; `GIAPRANH_SEED` draws the same instants.
#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

mod common;
mod desk;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;

use common::{REGISTRAR, issue_command, text};
use desk::Desk;
use giapranh_domain::codes::Stage;
use giapranh_domain::{Body, time, wire};
use giapranh_log::{Clock as _, LOG_FILE, Reader};
use giapranh_node::SystemClock;
use giapranh_record::Payload;
use giapranh_testkit::figures::{Figures, by_length};
use giapranh_testkit::random::Random;
use serde_json::{Value, json};

/// Within that, a hit is answered; then it is asked for again, and then it escalates.
const DEADLINE_S: u32 = 2;
const LAST: &str = "escalated";

/// A node whose hook writes down what it is told.
struct Told {
    desk: Desk,
    /// Where it writes.
    written: PathBuf,
    alert: Value,
}

impl Told {
    fn begin() -> Self {
        let mut desk = Desk::founded();
        let (written, script) = (desk.scene.path("told"), desk.scene.path("hook.sh"));
        std::fs::write(&script, "cat >> \"$1\"\n").unwrap();
        std::fs::write(&written, "").unwrap();
        hook(&desk, &json!(["/bin/sh", script, written]).to_string());
        desk.start();
        let deadline =
            |name: &str| json!({ "deadline-set": { "name": name, "seconds": DEADLINE_S } });
        let deadlines = ["hit-urgent", "second-request", "approve"].map(deadline);
        let change = json!({
            "drafted_by": "cb-soan-01", "approved_by": "cb-duyet-02", "act": "change-directory",
            "decision": "QĐ ví dụ", "effective_from": time::day(SystemClock.now_ms()),
            "changes": deadlines
        });
        let head = desk.status()["directory"]["head"].as_u64().unwrap();
        desk.machine("POST", "/api/v1/commands", &change).good();
        desk.scene.cluster.wait_directory(head + 1).unwrap();
        let issue = issue_command("Ví dụ", "cluster");
        let alert = desk.machine("POST", "/api/v1/commands", &issue).good()["alert"].clone();
        Self { desk, written, alert }
    }

    /// Reports a hit that nobody will answer; its event.
    fn report(&self) -> String {
        let report = json!({
            "drafted_by": "cb-truc-03", "act": "report-hit", "alert": self.alert,
            "urgency": "urgent",
            "hit": {
                "version": 1, "place": "Bến xe (ví dụ)",
                "seen_at": time::rfc3339(SystemClock.now_ms() - 60_000),
                "basis": "Khớp (ví dụ)", "certainty": "probable", "done": "Đang theo dõi"
            }
        });
        let accepted = self.desk.machine("POST", "/api/v1/commands", &report).good();
        text(&accepted, "event_id").to_owned()
    }

    /// What the program was told of, in order.
    fn said(&self) -> Vec<Value> {
        let text = std::fs::read_to_string(&self.written).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The stages of a hit that the program was told of, in order.
    fn stages(&self, hit: &str) -> Vec<String> {
        let of_hit = |said: &&Value| said["subject"] == hit;
        self.said().iter().filter(of_hit).map(|said| text(said, "stage").to_owned()).collect()
    }

    /// The stages of each obligation that the log says were told.
    fn noted(&self) -> Vec<(String, Stage)> {
        let path = self.desk.scene.cluster.node(REGISTRAR).dir.join(LOG_FILE);
        let stored = Reader::open(&path).unwrap().after(0, usize::MAX >> 1).unwrap();
        let noted = stored.iter().filter_map(|stored| {
            let Payload::Plain(bytes) = stored.event.payload() else { return None };
            let header = stored.event.header();
            match wire::decode(&header.kind, bytes.clone()) {
                Body::DueNoted(noted) => {
                    assert!(header.is_local(), "it never leaves the node");
                    Some((noted.key, Stage::parse(&noted.stage).unwrap()))
                }
                _ => None,
            }
        });
        noted.collect()
    }
}

/// Writes the hook into node.toml.
fn hook(desk: &Desk, words: &str) {
    let path = desk.scene.cluster.node(REGISTRAR).dir.join("node.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("{text}\n[due]\nhook = {words}\n")).unwrap();
}

#[test]
fn each_stage_is_told_once_and_in_time() {
    let told = Told::begin();
    let hit = told.report();
    told.desk.until("it escalated", || told.stages(&hit).iter().any(|stage| stage == LAST));
    assert_eq!(told.stages(&hit), ["begun", "due", LAST]);
    let said = told.said();
    let due = said.iter().find(|said| said["stage"] == "due" && said["subject"] == *hit).unwrap();
    let names: BTreeSet<&str> = due.as_object().unwrap().keys().map(String::as_str).collect();
    let expected = ["node", "duty", "alert", "subject", "unit", "stage", "urgent", "due", "due_ms"];
    assert_eq!(names, expected.into());
    assert_eq!((text(due, "duty"), &due["alert"]), ("answer-hit", &told.alert));
    let state = told.desk.status()["hook"].clone();
    assert_eq!((&state["program"], &state["failed"]), (&json!("/bin/sh"), &json!(0)), "{state}");

    // What is done is not told of any more.
    let answered = told.report();
    let answer = json!({
        "drafted_by": "cb-soan-01", "act": "answer-hit", "alert": told.alert, "hit": answered,
        "answer": { "result": "not-same" }
    });
    told.desk.machine("POST", "/api/v1/commands", &answer).good();
    let open = told.report();
    told.desk.until("the other escalated", || told.stages(&open).len() == 3);
    let stages = told.stages(&answered);
    assert!(stages.is_empty() || stages == ["begun"], "{stages:?}");
}

#[test]
fn nothing_is_told_twice_however_often_the_node_is_killed() {
    let kills = by_length(8, 80);
    let mut random = Random::from_environment();
    let mut told = Told::begin();
    let mut hits = Vec::new();
    for _ in 0..kills {
        for _ in 0..=random.below(3) {
            hits.push(told.report());
            std::thread::sleep(Duration::from_millis(random.below(200) as u64));
        }
        std::thread::sleep(Duration::from_millis(random.below(1_500) as u64));
        told.desk.kill();
        told.desk.start();
    }
    let escalated = |told: &Told| {
        let noted = told.noted();
        let noted = noted.iter().filter(|(_, stage)| *stage == Stage::Escalated);
        noted.map(|(key, _)| key.clone()).collect::<BTreeSet<_>>()
    };
    told.desk.until("all escalated", || escalated(&told).len() == hits.len());
    // What was noted last is being told still.
    std::thread::sleep(Duration::from_secs(2));
    told.desk.kill();

    let noted = told.noted();
    let mut times: BTreeMap<_, usize> = BTreeMap::new();
    for said in told.said() {
        let key =
            (said["duty"].to_string(), said["subject"].to_string(), said["stage"].to_string());
        *times.entry(key).or_default() += 1;
    }
    assert!(times.values().all(|times| *times == 1), "{times:#?}");
    assert_eq!(noted.iter().collect::<BTreeSet<_>>().len(), noted.len(), "noted twice");
    // At most the one that was about to be told was lost with each kill.
    let lost = noted.len() - times.len();
    assert!(lost <= kills, "{lost} of {} were lost in {kills} kills", noted.len());
    Figures::of("reminder")
        .with("kills", kills)
        .with("hits", hits.len())
        .with("told", times.len())
        .with("lost", lost)
        .with("twice", 0)
        .tell();
}

#[test]
fn a_hook_that_fails_is_named_and_stops_nothing() {
    let mut desk = Desk::founded();
    hook(&desk, r#"["/bin/false"]"#);
    desk.start();
    let issue = issue_command("Ví dụ", "cluster");
    let alert = desk.machine("POST", "/api/v1/commands", &issue).good()["alert"].clone();
    let told = Told { written: desk.scene.path("told"), alert, desk };
    told.report();
    told.desk.until("it failed", || told.desk.status()["hook"]["failed"] == 1);
    let failure = told.desk.status()["hook"]["failure"].to_string();
    assert!(failure.contains("exit status: 1"), "{failure}");
    told.report();
    told.desk.until("it failed again", || told.desk.status()["hook"]["failed"] == 2);
}

#[test]
fn a_hook_that_is_not_there_is_refused_at_the_start() {
    let desk = Desk::founded();
    hook(&desk, r#"["/bin/khong-co-chuong-trinh"]"#);
    let run = desk.scene.cluster.attempt(REGISTRAR, &["node", "run", "--nats", "none"]).unwrap();
    assert!(!run.status.success());
    let said = common::printed(&run);
    assert!(said.contains("[due] hook") && said.contains("/bin/khong-co-chuong-trinh"), "{said}");
}
