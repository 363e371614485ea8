//! A travelling offender is never shown as wanted: no output that names a category says so, in no
//! language, and what would say so is not asked for.

#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

mod common;

use common::desk::{Desk, Step, alert, ok, problem};
use serde_json::{Value, json};

const ALERT: &str = "hcm/2024/000001";
const TRAVELLING: &str = "travelling-offender";

fn list() -> Value {
    json!({"alerts": [{"id": ALERT, "status": "active", "category": TRAVELLING,
        "severity": "critical", "headline": "Đối tượng VÍ DỤ", "zones": ["hcm-long-an"],
        "changed": "x", "expires": null, "hits": 0, "hits_unanswered": 0}], "next": null})
}

fn draft() -> Value {
    let content = alert(TRAVELLING)["content"].clone();
    json!({"id": ALERT, "unit": "hcm", "state": "waiting", "version": 1,
        "proposal": {"issue": {"content": content, "zones": ["hcm-long-an"]}}, "written_by": [],
        "saved_by": null, "changed": 1, "submitted": null, "due": 0, "reason": "",
        "decided_by": null})
}

fn due() -> Value {
    json!({"due": [{"duty": "acknowledge", "alert": ALERT, "unit": "hcm", "who": "hcm",
        "stage": "begun", "urgent": true, "begun": "x", "due": "y", "remaining_ms": 1,
        "headline": "Đối tượng VÍ DỤ", "severity": "critical", "category": TRAVELLING}],
        "next": null})
}

fn drafts() -> Value {
    json!({"drafts": [{"alert": ALERT, "unit": "hcm", "state": "waiting", "version": 1,
        "proposes": "issue", "headline": "Đối tượng VÍ DỤ", "changed": "x", "due": null}]})
}

/// Every output that shows an alert, with what the node answers.
fn outputs() -> Vec<(Vec<&'static str>, Vec<Step>)> {
    let missing = || problem(404, "not-found", "x");
    vec![
        (vec!["alert", "list"], vec![ok(list())]),
        (vec!["alert", "show", ALERT], vec![ok(alert(TRAVELLING))]),
        (vec!["draft", "show", ALERT], vec![ok(draft()), missing()]),
        (vec!["draft", "list"], vec![ok(drafts())]),
        (vec!["due"], vec![ok(due())]),
        (vec!["alert", "example", TRAVELLING], Vec::new()),
    ]
}

#[test]
fn no_output_calls_a_travelling_offender_wanted() {
    for language in ["en", "vi"] {
        for form in ["table", "json"] {
            for (line, answers) in outputs() {
                let desk = Desk::speaking(language);
                let node = desk.serve(answers);
                let ended = desk.run(&[&line[..], &["--output", form]].concat());
                node.join().unwrap();
                assert_eq!(ended.code, Some(0), "{ended:?}");
                let said = format!("{}{}", ended.stdout, ended.stderr).to_lowercase();
                for word in ["wanted", "truy nã", "truy na"] {
                    assert!(!said.contains(word), "{line:?} in {language} says {word}:\n{said}");
                }
            }
        }
    }
}

#[test]
fn the_feed_does_not_either() {
    for language in ["en", "vi"] {
        let desk = Desk::speaking(language);
        let entry = json!({"position": 5, "event_id": "x", "kind": "alert.issued", "unit": "hcm",
            "alert": ALERT, "recorded": "2024-05-31T14:00:00+07:00", "zones": ["hcm-long-an"],
            "category": TRAVELLING, "verdict": "valid", "headline": "Đối tượng VÍ DỤ"});
        let stream = format!("id: 5\nevent: entry\ndata: {entry}\n\n");
        let node = desk.serve(vec![Step::Stream(stream)]);
        let ended = desk.run(&["alert", "watch", "--count", "1"]);
        node.join().unwrap();
        assert_eq!(ended.code, Some(0), "{ended:?}");
        let shown = if language == "vi" { "Đối tượng lưu động" } else { TRAVELLING };
        assert!(ended.stdout.contains(shown), "{ended:?}");
        let said = ended.stdout.to_lowercase();
        assert!(!said.contains("wanted") && !said.contains("truy nã"), "{ended:?}");
    }
}
