//! What lies beside the log: what each surface shows of it, and how it is judged again.

mod support;

use std::sync::Arc;

use giapranh_web::{Judged, JudgedOne, Shelf, ShelfError, Shelved, Which};
use support::Node;

/// No text: what a sender put there comes out as it went in.
const BYTES: &[u8] = b"{\"not\": \"read\"}\r\n\x00<script>";

fn message(id: u64, reason: &str) -> Shelved {
    Shelved { id, reason: reason.to_owned(), size: 9, ..Shelved::default() }
}

fn node() -> Arc<Node> {
    let node = Node::new();
    for (id, reason) in [(1, "fork"), (2, "signature"), (5, "fork")] {
        node.put(Shelf::Quarantine, message(id, reason), BYTES);
    }
    node.put(Shelf::Quarantine, Shelved { dropped: true, ..message(6, "malformed") }, b"");
    node.put(Shelf::Held, message(2, "gap"), b"held");
    node
}

#[tokio::test]
async fn a_shelf_is_listed_in_pages_and_by_reason() {
    let served = node().serve_unix();
    for (question, expected) in [
        ("quarantine", &[1, 2, 5, 6][..]),
        ("quarantine?limit=2", &[1, 2]),
        ("quarantine?limit=2&after=2", &[5, 6]),
        ("quarantine?reason=fork", &[1, 5]),
        ("quarantine?reason=fork&after=1", &[5]),
        ("quarantine?reason=none", &[]),
        ("held", &[2]),
    ] {
        let page = served.surface.get(&format!("/api/v1/{question}")).await.json();
        let rows = page["messages"].as_array().unwrap();
        let ids: Vec<u64> = rows.iter().map(|row| row["id"].as_u64().unwrap()).collect();
        assert_eq!(ids, expected, "{question}");
    }
}

#[tokio::test]
async fn a_message_is_shown_by_its_number_and_shelf() {
    let served = node().serve_unix();
    let shown = served.surface.get("/api/v1/quarantine/2").await.json();
    assert_eq!((&shown["reason"], &shown["left"]), (&"signature".into(), &false.into()));
    assert_eq!(served.surface.get("/api/v1/held/2").await.json()["reason"], "gap");
    for missing in
        ["quarantine/3", "held/1", "quarantine/x", "held/-1", "held/18446744073709551615"]
    {
        let answer = served.surface.get(&format!("/api/v1/{missing}")).await;
        let problem = answer.problem(404, "not-found");
        let list = format!("giapranh {} list", missing.split('/').next().unwrap());
        assert!(problem["detail"].as_str().unwrap().contains(&list), "{problem}");
    }
}

#[tokio::test]
async fn the_bytes_come_verbatim_and_are_taken_for_nothing() {
    let served = node().serve_unix();
    let answer = served.surface.get("/api/v1/quarantine/1/bytes").await;
    assert_eq!((answer.status, answer.body.as_bytes()), (200, BYTES));
    assert_eq!(answer.headers["content-type"], "application/octet-stream");
    assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    assert_eq!(served.surface.get("/api/v1/held/2/bytes").await.body, "held");
    served.surface.get("/api/v1/quarantine/3/bytes").await.problem(404, "not-found");
    let dropped = served.surface.get("/api/v1/quarantine/6/bytes").await.problem(404, "not-found");
    assert!(dropped["detail"].as_str().unwrap().contains("dropped to make room"), "{dropped}");
}

#[tokio::test]
async fn the_loopback_surface_shows_facts_and_no_bytes() {
    let served = node().serve_tcp().await;
    assert_eq!(served.surface.get("/api/v1/quarantine").await.status, 200);
    assert_eq!(served.surface.get("/api/v1/held/2").await.status, 200);
    for path in ["quarantine/1/bytes", "held/2/bytes", "quarantine/77/bytes", "held/x/bytes"] {
        for method in ["GET", "HEAD"] {
            let path = format!("/api/v1/{path}");
            let answer = served.surface.send(method, &path, &[("host", "localhost")], "").await;
            assert_eq!(answer.status, 403, "{method} {path}");
            if method == "GET" {
                answer.problem(403, "socket-only");
            }
        }
    }
    let answer = served.surface.post("/api/v1/quarantine/rejudge", r#"{"all":true}"#).await;
    answer.problem(403, "read-only");
    assert_eq!(*served.node.rejudged.lock().unwrap(), []);
}

#[tokio::test]
async fn what_was_judged_again_is_told() {
    let served = node().serve_unix();
    let one = |outcome: &str, why: Option<&str>, position| JudgedOne {
        id: 1,
        outcome: outcome.to_owned(),
        why: why.map(ToOwned::to_owned),
        position,
    };
    let messages = vec![one("appended", None, Some(7)), one("quarantined", Some("fork"), None)];
    let outcomes = [("appended".to_owned(), 1), ("quarantined".to_owned(), 1)].into();
    served.node.judge(Ok(Judged { judged: 2, outcomes, messages }));
    for (path, body, expected) in [
        ("quarantine", r#"{"id":5}"#, (Shelf::Quarantine, Which::One(5))),
        ("quarantine", r#"{"reason":"fork"}"#, (Shelf::Quarantine, Which::Reason("fork".into()))),
        ("held", r#"{"all":true}"#, (Shelf::Held, Which::All)),
    ] {
        let answer = served.surface.post(&format!("/api/v1/{path}/rejudge"), body).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(
            answer.json(),
            serde_json::json!({
                "judged": 2, "outcomes": {"appended": 1, "quarantined": 1}, "messages": [
                {"id": 1, "outcome": "appended", "why": null, "position": 7},
                {"id": 1, "outcome": "quarantined", "why": "fork", "position": null}]
            })
        );
        assert_eq!(served.node.rejudged.lock().unwrap().pop(), Some(expected));
    }
}

#[tokio::test]
async fn an_order_that_names_nothing_or_two_things_is_refused() {
    let served = node().serve_unix();
    for body in ["", "{", "[]x", r#"{"id":"x"}"#, r#"{"id":-1}"#, r#"{"reasn":"fork"}"#] {
        let answer = served.surface.post("/api/v1/quarantine/rejudge", body).await;
        answer.problem(400, "unreadable");
    }
    for body in ["{}", r#"{"all":false}"#, r#"{"id":1,"all":true}"#, r#"{"id":1,"reason":"fork"}"#]
    {
        let answer = served.surface.post("/api/v1/held/rejudge", body).await;
        answer.problem(400, "parameter");
    }
    assert_eq!(*served.node.rejudged.lock().unwrap(), []);
    // One that is not there is not passed over in silence; of a reason there may be none.
    served.surface.post("/api/v1/held/rejudge", r#"{"id":9}"#).await.problem(404, "not-found");
    let none = served.surface.post("/api/v1/held/rejudge", r#"{"reason":"x"}"#).await;
    assert_eq!(none.json()["judged"], 0);
}

#[tokio::test]
async fn a_shelf_that_can_not_be_judged_says_why() {
    let served = node().serve_unix();
    for (error, status, kind) in [
        (ShelfError::Unavailable("the log has stopped".into()), 503, "unavailable"),
        (ShelfError::Failed("the log is damaged".into()), 500, "internal"),
    ] {
        let (ShelfError::Unavailable(why) | ShelfError::Failed(why)) = error.clone();
        served.node.judge(Err(error));
        let answer = served.surface.post("/api/v1/quarantine/rejudge", r#"{"all":true}"#).await;
        assert_eq!(answer.problem(status, kind)["detail"], why);
    }
}
