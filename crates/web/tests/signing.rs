//! Who acts is who has signed in; who releases signs as well. What an officer does not see is not
//! there.

#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

mod support;

use std::sync::{Arc, Mutex};

use giapranh_domain::Command;
use giapranh_domain::codes::Role;
use giapranh_web::Accepted;
use serde_json::{Value, json};
use support::http::Answer;
use support::officers::LIFE_MS;
use support::{Node, Served};

const COMMUNE: &str = "hcm_binh-chanh_tan-nhut";

/// A node with its officers, and what it was told to do.
struct Desk {
    served: Served,
    first: String,
    told: Arc<Mutex<Vec<Command>>>,
}

impl Desk {
    fn new() -> Self {
        let node = Node::new();
        let first = node.signed_in("cb-1", "hcm", &[Role::Issuer]);
        let told: Arc<Mutex<Vec<Command>>> = Arc::default();
        let (sink, event_id) = (told.clone(), uuid::Uuid::nil());
        node.decide(move |command| {
            sink.lock().unwrap().push(command.clone());
            Ok(Accepted { event_id, alert: None, position: 2, zones: vec![] })
        });
        Self { served: node.serve_unix(), first, told }
    }

    async fn send(&self, secret: &str, more: &[(&str, &str)], body: &Value) -> Answer {
        let bearer = format!("Bearer {secret}");
        let own = [("host", "localhost"), ("authorization", bearer.as_str())];
        let headers = [&own[..], more].concat();
        self.served.surface.send("POST", "/api/v1/commands", &headers, &body.to_string()).await
    }

    fn last(&self) -> Option<Command> {
        self.told.lock().unwrap().pop()
    }
}

fn issue() -> Value {
    json!({"act": "issue-alert", "zones": ["hcm-long-an"], "content": {}})
}

fn with(body: &Value, field: &str, value: &str) -> Value {
    let mut body = body.clone();
    body[field] = value.into();
    body
}

#[tokio::test]
async fn the_officer_and_the_unit_are_those_of_the_session() {
    let desk = Desk::new();
    assert_eq!(desk.send(&desk.first, &[], &issue()).await.status, 200);
    let command = desk.last().unwrap();
    assert_eq!((command.drafted_by.as_str(), command.unit.as_deref()), ("cb-1", Some("hcm")));
    assert_eq!(command.approved_by, "");
    let same = with(&with(&issue(), "drafted_by", "cb-1"), "unit", "hcm");
    assert_eq!(desk.send(&desk.first, &[], &same).await.status, 200);
    desk.last().unwrap();
    for (field, value, rule) in [
        ("drafted_by", "cb-2", "not-you"),
        ("unit", COMMUNE, "not-you"),
        ("approved_by", "cb-2", "not-signed"),
    ] {
        let answer = desk.send(&desk.first, &[], &with(&issue(), field, value)).await;
        let problem = answer.problem(422, "invalid");
        assert_eq!(problem["errors"][0]["field"], format!("/{field}"));
        assert_eq!(problem["errors"][0]["rule"], rule);
    }
    let all = with(&with(&issue(), "drafted_by", "cb-2"), "approved_by", "cb-3");
    let problem = desk.send(&desk.first, &[], &all).await.problem(422, "invalid");
    assert_eq!(problem["errors"].as_array().unwrap().len(), 2);
    assert_eq!(desk.last(), None);
}

#[tokio::test]
async fn a_second_officer_signs_or_nothing_is_done() {
    let desk = Desk::new();
    let node = &desk.served.node;
    let second = node.signed_in("cb-2", "hcm", &[Role::Approver]);
    let approval = format!("Bearer {second}");
    let header = ("giapranh-approval", approval.as_str());
    assert_eq!(desk.send(&desk.first, &[header], &issue()).await.status, 200);
    assert_eq!(desk.last().unwrap().approved_by, "cb-2");
    let named = with(&issue(), "approved_by", "cb-2");
    assert_eq!(desk.send(&desk.first, &[header], &named).await.status, 200);
    desk.last().unwrap();
    let other = with(&issue(), "approved_by", "cb-3");
    desk.send(&desk.first, &[header], &other).await.problem(422, "invalid");

    let own = format!("Bearer {}", desk.first);
    let duty = format!("Bearer {}", node.signed_in("cb-3", "hcm", &[Role::Duty, Role::Lead]));
    let foreign = format!("Bearer {}", node.signed_in("cb-4", COMMUNE, &[Role::Approver]));
    let fresh = format!("Bearer {}", node.signed_in("cb-5", "hcm", &[Role::Approver]));
    node.book().account("cb-5").must_change = true;
    for (secret, status, kind) in [
        (own.as_str(), 403, "approval"),
        (&foreign, 403, "approval"),
        (&duty, 403, "role"),
        (&fresh, 403, "password"),
        ("Bearer gr_s_none", 401, "unauthenticated"),
        ("cb-2", 401, "unauthenticated"),
    ] {
        let answer = desk.send(&desk.first, &[("giapranh-approval", secret)], &issue()).await;
        answer.problem(status, kind);
    }
    node.pass_ms(LIFE_MS);
    let first = node.signed_in("cb-1", "hcm", &[Role::Issuer]);
    desk.send(&first, &[header], &issue()).await.problem(401, "unauthenticated");
    // Two at once are none.
    desk.send(&first, &[header, header], &issue()).await.problem(401, "unauthenticated");
    assert_eq!(desk.last(), None);
}

#[tokio::test]
async fn an_officer_sees_the_zones_of_the_own_unit() {
    let desk = Desk::new();
    let node = &desk.served.node;
    node.issue_in("hcm", "hcm-long-an", "Ở giáp ranh tỉnh");
    node.issue_in("hcm", "tan-nhut-my-hanh", "Ở giáp ranh xã");
    let commune = node.signed_in("cb-2", COMMUNE, &[Role::Duty, Role::Issuer]);
    node.state_purpose("cb-2", "Trực ban (ví dụ)");
    let get = async |path: &str| desk.served.surface.as_officer(&commune, "GET", path, "").await;
    let alerts = get("/api/v1/alerts").await.json();
    assert_eq!(alerts["alerts"].as_array().unwrap().len(), 1, "{alerts}");
    assert_eq!(alerts["alerts"][0]["headline"], "Ở giáp ranh xã");
    let entries = get("/api/v1/entries").await.body;
    assert!(entries.contains("Ở giáp ranh xã") && !entries.contains("Ở giáp ranh tỉnh"));
    assert_eq!(get("/api/v1/alerts/hcm/2024/000002").await.headers["etag"], "\"1\"");
    for path in ["", "/links", "/delivery"] {
        assert_eq!(get(&format!("/api/v1/alerts/hcm/2024/000002{path}")).await.status, 200);
        let hidden = get(&format!("/api/v1/alerts/hcm/2024/000001{path}")).await;
        let absent = get(&format!("/api/v1/alerts/hcm/2024/000009{path}")).await;
        hidden.problem(404, "not-found");
        assert_eq!(hidden.body.replace("000001", "000009"), absent.body);
    }
    let page = get("/").await.body;
    assert!(page.contains("Ở giáp ranh xã") && !page.contains("Ở giáp ranh tỉnh"));
    // What is not there is not acted on either.
    let see = |number: u8| {
        json!({"act": "acknowledge-alert", "version": 1,
        "alert": format!("hcm/2024/{number:06}")})
    };
    let refused = desk.send(&commune, &[], &see(1)).await.problem(404, "not-found");
    assert_eq!(refused["errors"][0]["rule"], "unknown-alert");
    assert_eq!(desk.send(&commune, &[], &see(2)).await.status, 200);
    // Of one that is not here at all the decision speaks.
    assert_eq!(desk.send(&commune, &[], &see(9)).await.status, 200);
    assert_eq!(desk.told.lock().unwrap().len(), 2);
    let all = desk.served.surface.as_officer(&desk.first, "GET", "/api/v1/alerts", "").await.json();
    assert_eq!(all["alerts"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_stream_brings_what_its_officer_sees() {
    let desk = Desk::new();
    let node = &desk.served.node;
    let commune = node.signed_in("cb-2", COMMUNE, &[Role::Duty]);
    let bearer = format!("Bearer {commune}");
    let headers = [("authorization", bearer.as_str())];
    let mut events = desk.served.surface.events("/api/v1/events?after=1", &headers).await;
    assert_eq!(events.next().await.unwrap().name, "position");
    for round in 0..5 {
        node.issue_in("hcm", "hcm-long-an", "Ở giáp ranh tỉnh");
        node.issue_in("hcm", "tan-nhut-my-hanh", &format!("Ở giáp ranh xã {round}"));
        let entry = events.next_entry().await;
        assert!(entry.data.contains(&format!("Ở giáp ranh xã {round}")), "{}", entry.data);
    }
}

#[tokio::test]
async fn a_command_may_name_the_version_that_it_is_about() {
    let desk = Desk::new();
    let body = json!({"act": "withdraw-alert", "alert": "hcm/2024/000001", "withdrawal": {}});
    for (tag, status) in [("\"3\"", 200), ("*", 200), ("\"2\"", 412), ("3", 412), ("W/\"3\"", 412)]
    {
        let answer = desk.send(&desk.first, &[("if-match", tag)], &body).await;
        assert_eq!(answer.status, status, "{tag}: {}", answer.body);
    }
    // What has no version yet is not what was read.
    desk.send(&desk.first, &[("if-match", "*")], &issue()).await.problem(412, "changed");
    assert_eq!(desk.told.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_key_comes_in_the_body_or_in_the_header() {
    const KEY: &str = "01900000-0000-7000-8000-000000000009";
    let desk = Desk::new();
    let quoted = format!("\"{KEY}\"");
    for (header, body) in [
        (None, Some(KEY)),
        (Some(KEY), None),
        (Some(quoted.as_str()), None),
        (Some(quoted.as_str()), Some(KEY)),
    ] {
        let headers: Vec<_> = header.map(|key| ("idempotency-key", key)).into_iter().collect();
        let command = match body {
            Some(key) => with(&issue(), "key", key),
            None => issue(),
        };
        assert_eq!(desk.send(&desk.first, &headers, &command).await.status, 200);
        let told = desk.told.lock().unwrap().pop().unwrap();
        assert_eq!(told.key.unwrap().to_string(), KEY, "{header:?} {body:?}");
    }
    for key in ["x", "\"\"", "01900000-0000-7000-8000-00000000000a"] {
        let headers = [("idempotency-key", key)];
        let command = with(&issue(), "key", KEY);
        desk.send(&desk.first, &headers, &command).await.problem(400, "idempotency-key");
    }
    assert_eq!(desk.told.lock().unwrap().len(), 0);
}

#[tokio::test]
async fn what_is_due_is_asked_for_oneself_the_unit_and_the_province() {
    let desk = Desk::new();
    for whom in ["me", "unit", "province"] {
        let path = format!("/api/v1/due?for={whom}&limit=5");
        let answer = desk.served.surface.as_officer(&desk.first, "GET", &path, "").await;
        assert_eq!(answer.json()["due"], json!([]), "{}", answer.body);
    }
    let path = "/api/v1/due?for=everybody";
    let answer = desk.served.surface.as_officer(&desk.first, "GET", path, "").await;
    answer.problem(400, "parameter");
    let unmanned = Node::new().serve_unix();
    unmanned.surface.get("/api/v1/due?for=me").await.problem(400, "parameter");
    assert_eq!(unmanned.surface.get("/api/v1/due").await.status, 200);
    assert_eq!(unmanned.surface.get("/api/v1/drafts").await.json()["drafts"], json!([]));
}
