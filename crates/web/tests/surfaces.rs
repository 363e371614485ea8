//! What each surface refuses, and what every answer carries.

mod support;

use support::Node;

#[tokio::test]
async fn the_loopback_surface_shows_and_does_nothing_else() {
    let served = Node::new().serve_tcp().await;
    served.node.decide(|_| panic!("a command came through"));
    let surface = &served.surface;
    assert_eq!(surface.get("/api/v1/status").await.json()["unit"], "hcm");
    assert_eq!(surface.get("/").await.status, 200);
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"] {
        for path in ["/api/v1/commands", "/api/v1/views/rebuild", "/", "/nowhere"] {
            let answer = surface.send(method, path, &[("host", "127.0.0.1")], "{}").await;
            let problem = answer.problem(403, "read-only");
            assert!(problem["detail"].as_str().unwrap().contains("giapranh"), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn the_loopback_surface_answers_to_its_own_names_only() {
    let served = Node::new().serve_tcp().await;
    let surface = &served.surface;
    for host in ["localhost", "localhost:8080", "127.0.0.1:1", "[::1]:80"] {
        let answer = surface.send("GET", "/api/v1/status", &[("host", host)], "").await;
        assert_eq!(answer.status, 200, "{host}");
    }
    for hosts in [
        &[("host", "rebound.example")][..],
        &[("host", "127.0.0.1.rebound.example:80")],
        &[("host", "")],
        &[("host", "localhost"), ("host", "rebound.example")],
        &[],
    ] {
        let answer = surface.send("GET", "/api/v1/alerts", hosts, "").await;
        answer.problem(403, "foreign-host");
    }
    let absolute = "http://rebound.example/api/v1/alerts";
    let answer = surface.send("GET", absolute, &[("host", "localhost")], "").await;
    answer.problem(403, "foreign-host");
}

#[tokio::test]
async fn every_answer_is_hardened() {
    let served = Node::new().serve_tcp().await;
    for path in ["/", "/assets/feed.js", "/api/v1/status", "/api/v1/alerts?limit=x", "/nowhere"] {
        let headers = served.surface.get(path).await.headers;
        let policy = headers["content-security-policy"].to_str().unwrap();
        for directive in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(directive), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["referrer-policy"], "no-referrer", "{path}");
        assert_eq!(headers["cache-control"], "no-store", "{path}");
    }
}

#[tokio::test]
async fn a_wrong_method_or_address_is_a_problem() {
    let served = Node::new().serve_unix();
    let answer = served.surface.post("/api/v1/alerts", "{}").await;
    answer.problem(405, "method");
    assert_eq!(answer.headers["allow"], "GET,HEAD");
    served.surface.get("/api/v2/alerts").await.problem(404, "not-found");
    served.surface.get("/api/v1/").await.problem(404, "not-found");
}
