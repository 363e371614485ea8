//! Drafts, what is due, and what units add: what is sent, and what is shown of it.

#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

mod common;

use std::fs;

use common::desk::{Desk, Step, accepted, alert, ok, problem};
use serde_json::{Value, json};

const ALERT: &str = "hcm/2024/000001";

fn missing() -> Step {
    problem(404, "not-found", "There is no draft.")
}

fn draft(state: &str, proposal: &Value) -> Value {
    json!({"id": ALERT, "unit": "hcm", "state": state, "version": 2, "proposal": proposal,
        "written_by": ["cb-hoa"], "saved_by": "cb-hoa", "changed": 1_717_138_800_000_u64,
        "submitted": null, "due": 0, "reason": "", "decided_by": null})
}

fn amendment() -> Value {
    let mut content = alert("wanted-person")["content"].clone();
    content["headline"] = json!("Tiêu đề khác VÍ DỤ");
    content["warnings"] = json!(["armed"]);
    content["wanted_person"]["person"].as_object_mut().unwrap().remove("person_class");
    json!({"amend": {"content": content, "reason": "tin mới", "based_on": 3}})
}

fn content(desk: &Desk) -> String {
    let path = desk.dir().join("content.json");
    fs::write(&path, r#"{"category":"wanted-person","headline":"VÍ DỤ"}"#).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_new_draft_is_kept_and_says_how_to_submit_it() {
    let desk = Desk::new();
    desk.sign_in("hoa");
    let path = content(&desk);
    let node = desk.serve(vec![accepted(ALERT)]);
    let ended = desk.run(&["draft", "new", "--content", &path, "--zone", "hcm-long-an"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(ended.stdout, "hcm/2024/000001: version 1 of the draft is kept\n");
    assert!(ended.stderr.contains("giapranh draft submit hcm/2024/000001"), "{ended:?}");
    let sent = &node.join().unwrap()[0].body;
    assert_eq!((&sent["act"], &sent["version"]), (&json!("save-draft"), &json!(0)));
    assert_eq!(sent["proposal"]["issue"]["zones"], json!(["hcm-long-an"]));
    assert_eq!(sent.get("alert"), None);
}

#[test]
fn a_draft_of_before_is_counted_on_and_an_open_one_is_not_written_over() {
    let desk = Desk::new();
    desk.sign_in("hoa");
    let path = content(&desk);
    let line = ["draft", "amend", ALERT, "--content", &path, "--reason", "tin mới"];
    for (known, version) in [(missing(), 0), (ok(draft("released", &amendment())), 2)] {
        let node = desk.serve(vec![ok(alert("wanted-person")), known, accepted(ALERT)]);
        assert_eq!(desk.run(&line).code, Some(0));
        let sent = node.join().unwrap().pop().unwrap().body;
        assert_eq!(sent["version"], version);
        assert_eq!(sent["proposal"]["amend"]["based_on"], 3);
    }
    let open = ok(draft("returned", &amendment()));
    let node = desk.serve(vec![ok(alert("wanted-person")), open]);
    let ended = desk.run(&line);
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.stderr.contains("giapranh draft show hcm/2024/000001"), "{ended:?}");
    node.join().unwrap();
}

#[test]
fn a_next_version_goes_on_from_what_is_shown() {
    let desk = Desk::new();
    desk.sign_in("hoa");
    let path = content(&desk);
    let save = ["draft", "save", ALERT, "--content", &path];
    for (more, version) in [(&[][..], 2), (&["--version", "1"][..], 1)] {
        let known = ok(draft("returned", &amendment()));
        let node = desk.serve(vec![known, ok(alert("wanted-person")), accepted(ALERT)]);
        let ended = desk.run(&[&save[..], more].concat());
        assert_eq!(ended.code, Some(0), "{ended:?}");
        let sent = node.join().unwrap().pop().unwrap().body;
        assert_eq!(sent["version"], version);
        let amend = &sent["proposal"]["amend"];
        assert_eq!(
            (&amend["reason"], &amend["content"]["headline"]),
            (&json!("tin mới"), &json!("VÍ DỤ"))
        );
    }
    let withdrawal = draft("writing", &json!({"withdraw": {"reason": "executed"}}));
    let node = desk.serve(vec![ok(withdrawal)]);
    assert_eq!(desk.run(&save).code, Some(3));
    node.join().unwrap();
}

#[test]
fn every_act_names_the_version_it_is_about() {
    let desk = Desk::new();
    desk.sign_in("minh");
    for (line, act) in [
        (&["draft", "submit", ALERT][..], "submit-draft"),
        (&["draft", "approve", ALERT], "approve-draft"),
        (&["draft", "return", ALERT, "--reason", "x"], "return-draft"),
        (&["draft", "discard", ALERT, "--reason", "x"], "discard-draft"),
    ] {
        let node = desk.serve(vec![ok(draft("waiting", &amendment())), accepted(ALERT)]);
        let ended = desk.run(line);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        let sent = node.join().unwrap().pop().unwrap().body;
        assert_eq!((sent["act"].as_str(), &sent["version"]), (Some(act), &json!(2)));
        let node = desk.serve(vec![accepted(ALERT)]);
        assert_eq!(desk.run(&[line, &["--version", "1"]].concat()).code, Some(0));
        assert_eq!(node.join().unwrap()[0].body["version"], 1);
    }
    let changed = json!({"type": "urn:giapranh:problem:conflict", "title": "t", "detail": "d",
        "errors": [{"field": "/version", "rule": "draft-changed", "message": "Look again."}]});
    let node = desk.serve(vec![Step::Answer(409, changed)]);
    let ended = desk.run(&["draft", "approve", ALERT, "--version", "1"]);
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.stderr.contains("next: giapranh draft show hcm/2024/000001"), "{ended:?}");
    node.join().unwrap();
}

#[test]
fn an_approving_officer_sees_what_changes_and_nothing_else() {
    let desk = Desk::new();
    let node = desk.serve(vec![ok(draft("waiting", &amendment())), ok(alert("wanted-person"))]);
    let ended = desk.run(&["draft", "show", ALERT]);
    node.join().unwrap();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let table = ended.stdout.split_once("FIELD").unwrap().1;
    for part in [
        "content.headline",
        "Đối tượng VÍ DỤ",
        "Tiêu đề khác VÍ DỤ",
        "content.warnings",
        "armed",
        "person_class",
        "suspect",
        "(taken out)",
        "amendment.reason",
        "tin mới",
    ] {
        assert!(table.contains(part), "{part}: {table}");
    }
    assert!(!table.contains("contact") && !table.contains("zones"), "{table}");
}

#[test]
fn of_a_new_alert_all_is_shown() {
    let desk = Desk::speaking("vi");
    let content = alert("travelling-offender")["content"].clone();
    let issue = json!({"issue": {"content": content, "zones": ["hcm-long-an"]}});
    let node = desk.serve(vec![ok(draft("waiting", &issue)), missing()]);
    let ended = desk.run(&["draft", "show", ALERT]);
    node.join().unwrap();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    for part in [
        "chờ duyệt",
        "ban hành",
        "TRƯỜNG",
        "nội dung › tiêu đề",
        "Đối tượng lưu động",
        "hcm-long-an",
        "nghi phạm",
    ] {
        assert!(ended.stdout.contains(part), "{part}: {}", ended.stdout);
    }
}

#[test]
fn drafts_that_wait_stand_first() {
    let desk = Desk::new();
    let row = |alert: &str, state: &str| {
        json!({"alert": alert, "unit": "hcm", "state": state, "version": 1, "proposes": "issue",
            "headline": null, "saved_by": null, "urgent": false, "changed": "x", "changed_ms": 1,
            "due": null, "due_ms": null})
    };
    let rows = [row("hcm/2024/000002", "writing"), row(ALERT, "waiting")];
    let node = desk.serve(vec![ok(json!({"drafts": rows}))]);
    let ended = desk.run(&["draft", "list"]);
    node.join().unwrap();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.stdout.lines().nth(1).unwrap().starts_with(ALERT), "{ended:?}");
}

#[test]
fn an_extension_is_a_draft_and_with_two_officers_the_next_version() {
    let desk = Desk::new();
    let extend = ["alert", "extend", ALERT, "--expires", "2999-11-30", "--reason", "còn cần"];
    let node = desk.serve(vec![ok(alert("wanted-person")), accepted(ALERT)]);
    let by = ["--drafted-by", "cb-1", "--approved-by", "cb-2"];
    assert_eq!(desk.run(&[&extend[..], &by].concat()).code, Some(0));
    let sent = node.join().unwrap().pop().unwrap().body;
    assert_eq!(
        (sent["act"].as_str(), sent["approved_by"].as_str()),
        (Some("amend-alert"), Some("cb-2"))
    );
    assert_eq!(sent["content"]["expires"], "2999-11-30");
    desk.sign_in("hoa");
    let node = desk.serve(vec![ok(alert("wanted-person")), missing(), accepted(ALERT)]);
    assert_eq!(desk.run(&extend).code, Some(0));
    let sent = node.join().unwrap().pop().unwrap().body;
    assert_eq!(sent["proposal"]["amend"]["content"]["expires"], "2999-11-30");
    assert_eq!(sent["proposal"]["amend"]["content"]["review_by"], "2999-01-01");
    assert_eq!(desk.run(&extend[..3]).code, Some(2));
}

#[test]
fn an_innocent_person_goes_by_one_officer_alone() {
    let desk = Desk::new();
    desk.sign_in("hoa");
    let line = ["alert", "consent-withdrawn", ALERT];
    let node = desk.serve(vec![ok(alert("wanted-person"))]);
    assert_eq!(desk.run(&line).code, Some(3));
    node.join().unwrap();
    let mut named = alert("wanted-person");
    named["content"]["wanted_person"]["person"]["misused_identity"] =
        json!({"name": "LÊ VĂN VÔ CAN", "difference": "x"});
    let node = desk.serve(vec![ok(named), accepted(ALERT)]);
    assert_eq!(desk.run(&line).code, Some(0));
    let sent = node.join().unwrap().pop().unwrap().body;
    assert_eq!(sent.get("approved_by"), None);
    assert!(!sent.to_string().contains("misused_identity"), "{sent}");
}

#[test]
fn what_is_due_says_who_must_act_and_how_late_it_is() {
    let row = |duty: &str, who: &str, stage: &str, remaining_ms: i64| {
        json!({"duty": duty, "alert": ALERT, "subject": null, "unit": "hcm_q1", "who": who,
            "stage": stage, "urgent": duty == "answer-hit", "begun": "2024-05-31T14:00:00+07:00",
            "begun_ms": 1, "due": "2024-05-31T14:10:00+07:00", "due_ms": 2,
            "remaining_ms": remaining_ms, "escalates_to": null, "escalates": null,
            "escalates_ms": null, "ends_ms": null, "headline": "VÍ DỤ", "severity": "critical",
            "category": "wanted-person"})
    };
    let rows = json!({"due": [row("answer-hit", "hcm", "escalated", -90_000),
        row("acknowledge", "hcm_q1", "begun", 1_800_000)], "next": "abc"});
    for (language, parts) in [
        (
            "en",
            [
                "answer-hit (urgent)",
                "overdue by 1 min 30 s, with the province's duty leadership",
                "30 min 0 s left",
                "there are more: --after abc",
            ],
        ),
        (
            "vi",
            [
                "trả lời tin phát hiện (khẩn)",
                "quá hạn 1 phút 30 giây, đã báo lãnh đạo trực ban tỉnh",
                "còn 30 phút 0 giây",
                "còn nữa: --after abc",
            ],
        ),
    ] {
        let desk = Desk::speaking(language);
        let node = desk.serve(vec![ok(rows.clone())]);
        let ended = desk.run(&["due", "--for", "province", "--limit", "2"]);
        assert_eq!(node.join().unwrap()[0].line, "GET /api/v1/due?for=province&limit=2");
        assert_eq!(ended.code, Some(0), "{ended:?}");
        for part in parts {
            assert!(
                format!("{}{}", ended.stdout, ended.stderr).contains(part),
                "{part}: {ended:?}"
            );
        }
    }
    let desk = Desk::new();
    let node = desk.serve(vec![ok(json!({"due": [], "next": null})), ok(rows)]);
    assert_eq!(desk.run(&["due"]).stdout, "nothing is due\n");
    let shown = desk.run(&["due", "--output", "json"]).stdout;
    assert_eq!(serde_json::from_str::<Value>(&shown).unwrap()["due"][0]["stage"], "escalated");
    node.join().unwrap();
}

#[test]
fn an_alert_shows_all_that_was_said_about_it() {
    let mut shown = alert("wanted-person");
    let recorded = 1_717_138_800_000_u64;
    shown["hidden"] = json!({"since": 1, "until": 32_400_000_000_000_u64, "units": ["long-an"],
        "reason": "chuyên án"});
    shown["asked"] = json!({"version": 3, "begun": recorded, "due": recorded,
        "units": ["long-an", "tay-ninh"]});
    shown["acknowledged"] =
        json!({"long-an": {"version": 3, "officer": "cb-7", "recorded": recorded}});
    shown["flags"] =
        json!({"tay-ninh": {"officer": "cb-8", "recorded": recorded, "reason": "bão lũ"}});
    let id = "01900000-0000-7000-8000-000000000009";
    shown["links"] = json!({id: {"proposal": {"unit": "hcm", "officer": "cb-1", "recorded": recorded,
        "said": {"other": "long-an/2024/000007", "relation": "same-person", "grounds": "cùng sẹo"}},
        "decisions": {}}});
    shown["hits"] = json!({id: {"report": {"unit": "long-an", "officer": "cb-7", "recorded": recorded,
        "urgency": "urgent", "due": recorded, "second_due": recorded,
        "hit": {"version": 3, "place": "Quán Ví Dụ", "certainty": "probable"}},
        "answers": [], "time_asked": null,
        "conclusions": [{"event_id": id, "unit": "long-an", "officer": null, "recorded": recorded,
            "withdraw_by": recorded, "conclusion": {"outcome": "handed-over", "unit": "hcm"}}]}});
    let desk = Desk::new();
    let node = desk.serve(vec![ok(shown)]);
    let ended = desk.run(&["alert", "show", ALERT]);
    node.join().unwrap();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    for part in [
        "hidden",
        "chuyên án",
        "long-an: cb-7, version 3",
        "not acknowledged",
        "tay-ninh",
        "can't act",
        "bão lũ",
        "proposed",
        "long-an/2024/000007",
        "same-person",
        "Quán Ví Dụ",
        "answer due",
        "overdue by",
        "with the province's duty leadership",
        "handed-over → hcm",
        "to withdraw by",
    ] {
        assert!(ended.stdout.contains(part), "{part}: {}", ended.stdout);
    }
}

#[test]
fn links_are_proposed_decided_and_shown() {
    let desk = Desk::new();
    desk.sign_in("hoa");
    let node = desk.serve(vec![accepted(ALERT)]);
    let line = [
        "alert",
        "link",
        ALERT,
        "long-an/2024/000007",
        "--relation",
        "same-person",
        "--grounds",
        "cùng sẹo",
    ];
    assert_eq!(desk.run(&line).code, Some(0));
    let sent = node.join().unwrap().pop().unwrap().body;
    assert_eq!(
        sent["link"],
        json!({"other": "long-an/2024/000007", "relation": "same-person",
        "grounds": "cùng sẹo"})
    );
    let id = "01900000-0000-7000-8000-000000000009";
    for (word, decision) in [("confirm", "confirmed"), ("reject", "rejected")] {
        let node = desk.serve(vec![accepted(ALERT)]);
        assert_eq!(desk.run(&["link", word, ALERT, id, "--grounds", "x"]).code, Some(0));
        let sent = node.join().unwrap().pop().unwrap().body;
        assert_eq!((&sent["link"], &sent["decision"]["decision"]), (&json!(id), &json!(decision)));
    }
    let row = json!({"link": id, "alert": ALERT, "other": "long-an/2024/000007",
        "linked": "long-an/2024/000007", "headline": "VÍ DỤ", "relation": "same-person",
        "state": "confirmed", "grounds": "cùng sẹo", "unit": "hcm", "proposed_by": null,
        "recorded": "x", "recorded_ms": 1});
    let node = desk.serve(vec![ok(json!({"links": [row]}))]);
    let ended = desk.run(&["alert", "links", ALERT]);
    assert_eq!(node.join().unwrap()[0].line, "GET /api/v1/alerts/hcm/2024/000001/links");
    for part in ["long-an/2024/000007", "confirmed", "cùng sẹo", id] {
        assert!(ended.stdout.contains(part), "{part}: {ended:?}");
    }
}

#[test]
fn units_say_what_they_saw_and_can_not_do() {
    let desk = Desk::new();
    desk.sign_in("hoa");
    let hide = [
        "alert",
        "hide",
        ALERT,
        "--until",
        "2999-01-01",
        "--reason",
        "chuyên án",
        "--shown-to",
        "long-an",
        "--drafted-by",
        "cb-1",
        "--approved-by",
        "cb-2",
    ];
    let reveal = [
        "alert",
        "reveal",
        ALERT,
        "--reason",
        "xong",
        "--drafted-by",
        "cb-1",
        "--approved-by",
        "cb-2",
    ];
    for (line, field, said) in [
        (&["alert", "flag", ALERT, "--reason", "bão"][..], "flag", json!({"reason": "bão"})),
        (
            &["alert", "flag", ALERT, "--reason", "tạnh", "--lift"],
            "flag",
            json!({"reason": "tạnh", "lifted": true}),
        ),
        (
            &hide,
            "hiding",
            json!({"until": "2999-01-01", "units": ["long-an"], "reason": "chuyên án"}),
        ),
        (&reveal, "reason", json!("xong")),
    ] {
        let node = desk.serve(vec![accepted(ALERT)]);
        let ended = desk.run(line);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert_eq!(node.join().unwrap()[0].body[field], said, "{line:?}");
    }
    let node = desk.serve(vec![ok(alert("wanted-person")), accepted(ALERT)]);
    assert_eq!(desk.run(&["alert", "acknowledge", ALERT]).code, Some(0));
    assert_eq!(node.join().unwrap()[1].body["version"], 3);
}

#[test]
fn a_moment_of_the_past_is_waited_for_and_then_read() {
    let desk = Desk::new();
    desk.sign_in("hoa");
    let moment = |ready: bool| {
        ok(json!({"ready": ready, "position": 9, "moment": null, "moment_ms": null, "done": 1,
            "total": 2, "ahead": 0}))
    };
    let listed = ok(json!({"alerts": [], "next": null}));
    let node = desk.serve(vec![moment(false), moment(true), listed]);
    let ended = desk.run(&["alert", "list", "--as-of", "2024-05-31T14:00:00+07:00"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let asked: Vec<String> = node.join().unwrap().into_iter().map(|one| one.line).collect();
    let at = "/api/v1/as-of?at=2024-05-31T14%3A00%3A00%2B07%3A00";
    assert!(asked[..2].iter().all(|line| line.contains(at)), "{asked:?}");
    assert!(asked[2].contains("&as_of=9"), "{}", asked[2]);

    let shown = desk.serve(vec![moment(true), ok(alert("wanted-person"))]);
    let ended = desk.run(&["alert", "show", ALERT, "--as-of", "9"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(shown.join().unwrap()[1].line.contains("/000001?as_of=9"));
}
