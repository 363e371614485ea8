//! What can be read, and how a wrong question is answered.

mod support;

use support::Node;

#[tokio::test]
async fn an_alert_is_found_by_its_number() {
    let served = Node::new().serve_unix();
    served.node.issue("Truy nã VÍ DỤ");
    let alert = served.surface.get("/api/v1/alerts/hcm/2024/000001").await.json();
    assert_eq!(alert["status"], "active", "{alert}");
    assert_eq!(alert["content"]["headline"], "Truy nã VÍ DỤ");
    for missing in ["hcm/2024/000077", "hcm/2024/1", "HCM/2024/000001"] {
        let answer = served.surface.get(&format!("/api/v1/alerts/{missing}")).await;
        answer.problem(404, "not-found");
    }
}

#[tokio::test]
async fn a_list_is_paged_without_loss_or_repetition() {
    let served = Node::new().serve_unix();
    for number in 1..=7 {
        served.node.issue(&format!("Tin {number}"));
    }
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let page = served.surface.get(&format!("/api/v1/alerts?limit=3{after}")).await.json();
        let rows = page["alerts"].as_array().unwrap().clone();
        seen.extend(rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => after = format!("&after={}", next.replace('/', "%2F")),
            None => break,
        }
    }
    let expected: Vec<String> = (1..=7).rev().map(|n| format!("hcm/2024/{n:06}")).collect();
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn lists_are_narrowed() {
    let served = Node::new().serve_unix();
    served.node.issue("Tin");
    for (question, found) in [
        ("", 1),
        ("?status=active&zone=hcm-long-an&unit=hcm&category=wanted-person", 1),
        ("?status=withdrawn", 0),
        ("?status=all", 1),
        ("?zone=elsewhere", 0),
        ("?unit=long-an", 0),
    ] {
        let page = served.surface.get(&format!("/api/v1/alerts{question}")).await.json();
        assert_eq!(page["alerts"].as_array().unwrap().len(), found, "{question}");
    }
    let entries = |path: &'static str| {
        let surface = served.surface.clone();
        async move { surface.get(path).await.json()["entries"].as_array().unwrap().len() }
    };
    assert_eq!(entries("/api/v1/entries").await, 2);
    assert_eq!(entries("/api/v1/entries?after=1").await, 1);
    assert_eq!(entries("/api/v1/entries?limit=1").await, 1);
}

#[tokio::test]
async fn the_directory_can_be_looked_up() {
    let served = Node::new().serve_unix();
    let zones = served.surface.get("/api/v1/zones").await.json();
    assert_eq!(zones["zones"][0]["id"], "hcm-long-an");
    let zone = served.surface.get("/api/v1/zones/hcm-long-an").await.json();
    assert_eq!(zone["members"], serde_json::json!(["hcm", "long-an"]));
    served.surface.get("/api/v1/zones/elsewhere").await.problem(404, "not-found");
    for (question, found) in [
        ("", 4),
        ("?level=province&zone=hcm-long-an", 2),
        ("?level=commune", 1),
        ("?parent=long-an", 0),
    ] {
        let units = served.surface.get(&format!("/api/v1/units{question}")).await.json();
        assert_eq!(units["units"].as_array().unwrap().len(), found, "{question}");
    }
}

#[tokio::test]
async fn a_wrong_question_is_refused_and_not_guessed() {
    let served = Node::new().serve_unix();
    for path in [
        "/api/v1/alerts?status=open",
        "/api/v1/alerts?limit=0",
        "/api/v1/alerts?limit=501",
        "/api/v1/alerts?zones=hcm-long-an",
        "/api/v1/alerts?zone=HCM",
        "/api/v1/alerts?after=nonsense",
        "/api/v1/units?level=village",
        "/api/v1/entries?after=-1",
        "/api/v1/events?after=x",
    ] {
        served.surface.get(path).await.problem(400, "parameter");
    }
}
