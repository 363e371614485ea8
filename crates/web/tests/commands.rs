//! Commands: what is accepted, and how each refusal reads.

mod support;

use giapranh_domain::{Act, Fault, Rejection, Ruling};
use giapranh_web::{Accepted, COMMAND_BYTES, SubmitError};
use support::Node;

const COMMANDS: &str = "/api/v1/commands";
const WITHDRAWAL: &str = r#"{"act":"withdraw-alert","drafted_by":"cb-1","approved_by":"cb-2",
    "alert":"hcm/2024/000001","withdrawal":{"reason":"executed"}}"#;

#[tokio::test]
async fn an_accepted_command_is_answered_with_its_event() {
    let served = Node::new().serve_unix();
    let accepted = Accepted {
        event_id: "01900000-0000-7000-8000-000000000009".parse().unwrap(),
        alert: "hcm/2024/000001".parse().ok(),
        position: 9,
        zones: vec!["hcm-long-an".parse().unwrap()],
    };
    let expected = accepted.clone();
    served.node.decide(move |command| {
        assert_eq!(command.drafted_by, "cb-1");
        assert!(matches!(&command.act, Act::WithdrawAlert { withdrawal, .. }
            if withdrawal.reason == "executed"));
        Ok(accepted.clone())
    });
    let answer = served.surface.post(COMMANDS, WITHDRAWAL).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(serde_json::from_value::<Accepted>(answer.json()).unwrap(), expected);
}

#[tokio::test]
async fn each_ruling_is_a_problem_with_every_fault() {
    let served = Node::new().serve_unix();
    for (ruling, status, kind) in [
        (Ruling::Invalid, 422, "invalid"),
        (Ruling::NotFound, 404, "not-found"),
        (Ruling::Forbidden, 403, "forbidden"),
        (Ruling::Conflict, 409, "conflict"),
    ] {
        let faults = vec![
            Fault::new("/content/headline", "required", "headline is required."),
            Fault::new("/zones", "required", "At least one zone is required."),
        ];
        served.node.reject(Rejection { ruling, faults });
        let problem = served.surface.post(COMMANDS, WITHDRAWAL).await.problem(status, kind);
        assert_eq!(problem["detail"], "headline is required. At least one zone is required.");
        assert_eq!(
            problem["errors"],
            serde_json::json!([
                {"field": "/content/headline", "rule": "required",
                 "message": "headline is required."},
                {"field": "/zones", "rule": "required",
                 "message": "At least one zone is required."},
            ])
        );
    }
}

#[tokio::test]
async fn a_node_that_accepts_nothing_says_why_and_that_it_may_pass() {
    let served = Node::new().serve_unix();
    served.node.decide(|_| Err(SubmitError::Unavailable("the log has stopped".into())));
    let answer = served.surface.post(COMMANDS, WITHDRAWAL).await;
    assert_eq!(answer.problem(503, "unavailable")["detail"], "the log has stopped");
    assert!(answer.headers.contains_key("retry-after"));
}

#[tokio::test]
async fn what_is_no_command_is_refused_with_the_place() {
    let served = Node::new().serve_unix();
    for (body, named) in [
        ("", "EOF"),
        ("{", "EOF"),
        (r#"{"act":"burn-alert"}"#, "burn-alert"),
        (r#"{"act":"withdraw-alert","alert":"x","withdrawal":{"reasn":"executed"}}"#, "reasn"),
    ] {
        let problem = served.surface.post(COMMANDS, body).await.problem(400, "unreadable");
        assert!(problem["detail"].as_str().unwrap().contains(named), "{problem}");
    }
}

#[tokio::test]
async fn a_command_that_is_too_large_is_refused_unread() {
    let served = Node::new().serve_unix();
    let body = " ".repeat(COMMAND_BYTES + 1);
    served.surface.post(COMMANDS, &body).await.problem(413, "too-large");
    let body = format!("{WITHDRAWAL}{}", " ".repeat(COMMAND_BYTES - WITHDRAWAL.len()));
    served.surface.post(COMMANDS, &body).await.problem(503, "unavailable");
}

#[tokio::test]
async fn a_failed_rebuild_says_what_to_do() {
    let served = Node::new().serve_unix();
    let answer = served.surface.post("/api/v1/views/rebuild", "").await;
    let problem = answer.problem(500, "internal");
    assert_eq!(problem["detail"], "the disk is full; make room and try again");
}
