//! Deliveries, peers and forks, as the API shows them.

mod support;

use giapranh_domain::{Rejection, Ruling};
use giapranh_web::{Finding, OwnTail, Peer, PeerZone, Peers, TailState};
use support::Node;

#[tokio::test]
async fn the_delivery_of_an_alert_names_its_events_and_who_should_hold_them() {
    let served = Node::new().serve_unix();
    served.node.issue("Truy nã VÍ DỤ");
    let shown = served.surface.get("/api/v1/alerts/hcm/2024/000001/delivery").await;
    assert_eq!(shown.status, 200, "{}", shown.body);
    let shown = shown.json();
    assert_eq!(shown["alert"], "hcm/2024/000001");
    assert_eq!(shown["node"], "hcm");
    let event = &shown["events"][0];
    assert_eq!(event["kind"], "alert.issued");
    assert_eq!((&event["held"], &event["missing"]), (&0.into(), &0.into()));
    for missing in ["hcm/2024/000009", "hcm/2024/x"] {
        let answer = served.surface.get(&format!("/api/v1/alerts/{missing}/delivery")).await;
        answer.problem(404, "not-found");
    }
}

#[tokio::test]
async fn peers_and_the_own_tail_are_shown() {
    let served = Node::new().serve_tcp().await;
    let peer = Peer {
        unit: "long-an".parse().unwrap(),
        heard_ms: Some(1),
        silent_ms: Some(2),
        zones: vec![PeerZone {
            zone: "hcm-long-an".parse().unwrap(),
            lacks_here: 3,
            lacks_there: 4,
        }],
        skew_ms: Some(-5),
        directory_head: Some(6),
        findings: vec![Finding::WentBack],
    };
    let tail = OwnTail { state: TailState::Behind, reason: "ví dụ".into(), lacks: 7 };
    let peers = Peers { peers: vec![peer], tail, ..Peers::none("hcm".parse().unwrap()) };
    *served.node.peers.lock().unwrap() = peers.clone();
    let shown = served.surface.get("/api/v1/peers").await.json();
    assert_eq!(shown["tail"]["state"], TailState::Behind.code());
    assert_eq!(shown["peers"][0]["findings"][0], Finding::WentBack.code());
    assert_eq!(serde_json::from_value::<Peers>(shown).unwrap(), peers);
    for finding in Finding::ALL {
        assert_eq!(serde_json::to_value(finding).unwrap(), finding.code());
    }
}

#[tokio::test]
async fn forks_are_listed_and_a_decision_is_a_command() {
    let served = Node::new().serve_unix();
    assert_eq!(served.surface.get("/api/v1/forks").await.json(), serde_json::json!({"forks": []}));
    let refused = Rejection::one(Ruling::NotFound, "/origin", "no-fork", "No fork.");
    served.node.reject(refused);
    let command = r#"{"act": "decide-fork", "drafted_by": "cb-1", "origin": "long-an", "epoch": 1,
        "reason": "ví dụ"}"#;
    let answer = served.surface.post("/api/v1/commands", command).await;
    assert_eq!(answer.problem(404, "not-found")["errors"][0]["rule"], "no-fork");
}

#[tokio::test]
async fn a_fork_is_proven_only_where_both_events_are_here() {
    let served = Node::new().serve_unix();
    served.node.report_fork([1; 32], [2; 32]);
    let proven = async || {
        let answer = served.surface.get("/api/v1/forks").await.json();
        assert_eq!(answer["forks"][0]["origin"], "long-an", "{answer}");
        answer["forks"][0]["proven"].as_bool()
    };
    assert_eq!(proven().await, Some(false), "it is a word about another unit");
    let pair = ("01".repeat(32), "02".repeat(32));
    served.node.fork_proofs.lock().unwrap().insert(pair);
    assert_eq!(proven().await, Some(true));
}
