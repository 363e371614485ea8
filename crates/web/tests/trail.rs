//! Nobody is shown anything personal without a trace, and nobody at all while there must not be.

mod support;

use giapranh_domain::codes::{AccessAct, Role};
use support::Node;

/// Every way to be told something of alerts, with how it is noted.
const WAYS: [(&str, AccessAct, &str); 15] = [
    ("/api/v1/alerts", AccessAct::List, "api"),
    ("/api/v1/alerts?words=vi", AccessAct::Search, "api"),
    ("/api/v1/alerts/hcm/2024/000001", AccessAct::View, "api"),
    ("/api/v1/entries", AccessAct::List, "api"),
    ("/api/v1/due", AccessAct::List, "api"),
    ("/api/v1/search?q=tran+van+vi+du", AccessAct::Search, "api"),
    ("/", AccessAct::List, "console"),
    ("/alerts", AccessAct::List, "console"),
    ("/alerts/hcm/2024/000001", AccessAct::View, "console"),
    ("/alerts/hcm/2024/000001/add/hit", AccessAct::List, "console"),
    ("/due", AccessAct::List, "console"),
    ("/search?q=tran+van+vi+du", AccessAct::Search, "console"),
    ("/drafts/hcm/2024/000001/new/amend", AccessAct::View, "console"),
    ("/?zone=cluster", AccessAct::List, "console"),
    ("/alerts?category=wanted-person", AccessAct::List, "console"),
];

#[tokio::test]
async fn every_way_to_an_alert_leaves_a_trace_or_leads_nowhere() {
    let node = Node::new();
    node.issue("Truy nã Trần Văn Ví Dụ");
    let secret = node.signed_in("cb-1", "hcm", &[Role::Duty, Role::Issuer]);
    node.state_purpose("cb-1", "Trực ban (ví dụ)");
    let served = node.serve_tcp().await;
    let ask = async |path: &str| served.surface.as_officer(&secret, "GET", path, "").await;
    for (path, act, source) in WAYS {
        node.shown.lock().unwrap().clear();
        let answer = ask(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        let told = answer.body.contains("Trần Văn Ví Dụ");
        let shown = node.shown.lock().unwrap().clone();
        let named = |showing: &&giapranh_web::Showing| {
            showing.results.iter().any(|id| id.to_string() == "hcm/2024/000001")
        };
        if !told {
            // A node that has nothing due says nothing of it.
            assert!(
                ["/api/v1/due", "/due", "/?zone=cluster"].contains(&path),
                "{path} tells nothing"
            );
            continue;
        }
        let [showing] = &shown[..] else { panic!("{path}: {shown:?}") };
        assert!(named(&showing), "{path}: {showing:?}");
        assert_eq!((showing.act, showing.source), (act, source), "{path}");
        assert_eq!(showing.officer.as_ref().map(giapranh_domain::OfficerId::as_str), Some("cb-1"));
        assert!(showing.purpose.is_some(), "{path}");
        assert_eq!(showing.query.is_some(), act == AccessAct::Search, "{path}");
    }
    // What can't be noted is not shown, and neither is anything while something has to be gone.
    for set in [true, false] {
        *node.unnoted.lock().unwrap() = set.then(|| "the disk is full".to_owned());
        *node.barred.lock().unwrap() = (!set).then_some("something has to be erased");
        for (path, ..) in WAYS.iter().filter(|(path, ..)| !["/api/v1/due", "/due"].contains(path)) {
            let refused = ask(path).await;
            let empty = set && *path == "/?zone=cluster";
            assert!(empty || refused.status == 503, "{path}: {}", refused.status);
            assert!(!refused.body.contains("Trần Văn Ví Dụ"), "{path}");
        }
    }
}

#[tokio::test]
async fn a_person_is_shown_to_who_has_said_what_for() {
    let node = Node::new();
    node.issue("Truy nã Trần Văn Ví Dụ");
    let secret = node.signed_in("cb-1", "hcm", &[Role::Duty]);
    let served = node.serve_tcp().await;
    let ask = async |path: &str| served.surface.as_officer(&secret, "GET", path, "").await;
    ask("/api/v1/alerts/hcm/2024/000001").await.problem(403, "purpose");
    let asked = ask("/alerts/hcm/2024/000001").await;
    assert!(asked.body.contains("data-test=\"state-purpose\""), "{}", asked.body);
    assert!(asked.body.contains("value=\"/alerts/hcm/2024/000001\""), "it goes on from there");
    assert!(!asked.body.contains("Trần Văn Ví Dụ"));
    assert!(node.shown.lock().unwrap().is_empty());
    node.pass_ms(1_000);
    node.state_purpose("cb-1", "Trực ban (ví dụ)");
    assert_eq!(ask("/api/v1/alerts/hcm/2024/000001").await.status, 200);
    assert!(ask("/alerts/hcm/2024/000001").await.body.contains("Trần Văn Ví Dụ"));
}

#[tokio::test]
async fn the_trail_is_for_auditors() {
    let node = Node::new();
    let (duty, auditor) = (
        node.signed_in("cb-1", "hcm", &[Role::Duty]),
        node.signed_in("cb-2", "hcm", &[Role::Auditor]),
    );
    let served = node.serve_tcp().await;
    for path in ["/api/v1/access", "/api/v1/access?alert=hcm/2024/000001", "/api/v1/access/unusual"]
    {
        served.surface.as_officer(&duty, "GET", path, "").await.problem(403, "role");
        assert_eq!(
            served.surface.as_officer(&auditor, "GET", path, "").await.status,
            200,
            "{path}"
        );
    }
    let wrong = "/api/v1/access?alert=x";
    served.surface.as_officer(&auditor, "GET", wrong, "").await.problem(400, "parameter");
}

/// Keys that leave the exchange are an export, written down before they are given.
#[tokio::test]
async fn keys_for_an_auditor_are_given_after_they_were_noted() {
    const KEYS: &str = "/api/v1/access/keys";
    let node = Node::new();
    let (duty, auditor) = (
        node.signed_in("cb-1", "hcm", &[Role::Duty]),
        node.signed_in("cb-2", "hcm", &[Role::Auditor]),
    );
    let served = node.serve_tcp().await;
    let key = format!(r#"{{"alert":"hcm/2024/000001","commitment":"{}"}}"#, "a".repeat(64));
    let body = format!(r#"{{"auditor":"{}","keys":[{key}]}}"#, "b".repeat(64));
    let ask =
        async |who: &str, body: &str| served.surface.as_officer(who, "POST", KEYS, body).await;
    ask(&duty, &body).await.problem(403, "role");
    ask(&auditor, &body).await.problem(403, "purpose");
    node.state_purpose("cb-2", "Thanh tra (ví dụ)");
    ask(&auditor, r#"{"auditor":"#).await.problem(400, "unreadable");
    ask(&auditor, r#"{"auditor":"abc","keys":[]}"#).await.problem(400, "parameter");
    let many = format!(r#"{{"auditor":"abc","keys":[{}]}}"#, vec![key.clone(); 65].join(","));
    ask(&auditor, &many).await.problem(400, "parameter");
    assert!(node.shown.lock().unwrap().is_empty());

    let granted = ask(&auditor, &body).await;
    assert_eq!(granted.status, 200, "{}", granted.body);
    let shown = node.shown.lock().unwrap().clone();
    let [showing] = &shown[..] else { panic!("{shown:?}") };
    assert_eq!((showing.act, showing.source), (AccessAct::Export, "api"));
    assert_eq!(showing.results, ["hcm/2024/000001".parse().unwrap()]);
    assert!(showing.purpose.is_some());

    *node.unnoted.lock().unwrap() = Some("the disk is full".to_owned());
    let refused = ask(&auditor, &body).await;
    assert_eq!(refused.status, 503);
    assert!(!refused.body.contains("grants"), "{}", refused.body);
}

#[tokio::test]
async fn an_auditor_sees_the_trail_and_leaves_one() {
    let node = Node::new();
    node.issue("Truy nã Trần Văn Ví Dụ");
    node.state_purpose("cb-1", "Trực ban (ví dụ)");
    node.show_to("cb-1", "hcm/2024/000001");
    let (duty, auditor) = (
        node.signed_in("cb-1", "hcm", &[Role::Duty]),
        node.signed_in("cb-2", "hcm", &[Role::Auditor]),
    );
    let served = node.serve_tcp().await;
    let ask = async |who: &str, path: &str| served.surface.as_officer(who, "GET", path, "").await;
    assert_eq!(ask(&duty, "/trail").await.status, 403);
    assert!(!ask(&duty, "/alerts").await.body.contains("href=\"/trail\""), "it is not offered");
    assert!(ask(&auditor, "/alerts").await.body.contains("href=\"/trail\""));
    node.shown.lock().unwrap().clear();

    let page = ask(&auditor, "/trail").await.body;
    for told in ["hcm/2024/000001", "/trail?officer=cb-1", "bảng trực ban", "nothing-unusual"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!page.contains("Trần Văn Ví Dụ"), "ids and codes");
    assert!(node.shown.lock().unwrap().is_empty(), "nothing personal was shown");
    for (path, is_there) in [
        ("/trail?officer=cb-1", true),
        ("/trail?officer=cb-9", false),
        ("/trail?alert=hcm/2024/000001", true),
        ("/trail?alert=hcm/2024/000002", false),
        ("/trail?before=2", false),
    ] {
        let page = ask(&auditor, path).await.body;
        assert_eq!(page.contains("data-test=\"trail\""), is_there, "{path}: {page}");
    }
    for wrong in ["/trail?alert=x", "/trail?before=x", "/trail?officer=%3Cb%3E"] {
        assert_eq!(ask(&auditor, wrong).await.status, 400, "{wrong}");
    }

    // What was typed may name somebody: it takes a purpose, and leaves a trace.
    let event = page.split("/trail/said/").nth(1).and_then(|rest| rest.get(..36)).unwrap();
    let said = format!("/trail/said/{event}");
    let api = format!("/api/v1/access/said/{event}");
    ask(&auditor, &api).await.problem(403, "purpose");
    assert!(ask(&auditor, &said).await.body.contains("data-test=\"state-purpose\""));
    assert!(node.shown.lock().unwrap().is_empty());
    node.pass_ms(1_000);
    node.state_purpose("cb-2", "Thanh tra (ví dụ)");
    for (path, source) in [(&said, "console"), (&api, "api")] {
        node.shown.lock().unwrap().clear();
        assert!(ask(&auditor, path).await.body.contains("ví dụ"), "{path}");
        let shown = node.shown.lock().unwrap().clone();
        let [showing] = &shown[..] else { panic!("{path}: {shown:?}") };
        assert_eq!((showing.act, showing.source), (AccessAct::Said, source));
        assert_eq!(showing.said.map(|id| id.to_string()).as_deref(), Some(event));
    }
    *node.unnoted.lock().unwrap() = Some("the disk is full".to_owned());
    let refused = ask(&auditor, &api).await;
    assert!(refused.status == 503 && !refused.body.contains("query"), "{}", refused.body);
}
