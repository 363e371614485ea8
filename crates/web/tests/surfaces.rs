//! What each surface refuses, and what every answer carries.

mod support;

use support::Node;

#[tokio::test]
async fn where_browsers_are_nothing_is_changed_without_a_secret() {
    let served = Node::new().serve_tcp().await;
    served.node.decide(|_| panic!("a command came through"));
    let surface = &served.surface;
    assert_eq!(surface.get("/api/v1/status").await.json()["unit"], "hcm");
    assert_eq!(surface.get("/").await.status, 200);
    for path in ["/api/v1/commands", "/api/v1/views/rebuild", "/api/v1/officers"] {
        let answer = surface.post(path, "{}").await;
        let problem = answer.problem(403, "read-only");
        assert!(problem["detail"].as_str().unwrap().contains("giapranh"), "{path}");
        // A secret that is none is refused, whoever else would be let in.
        let answer = surface.as_officer("gr_s_none", "POST", path, "{}").await;
        answer.problem(401, "unauthenticated");
    }
}

/// None of it reaches a handler, and each is told in the language that is asked for.
#[tokio::test]
async fn every_refusal_is_a_problem_in_both_languages() {
    let served = Node::new().serve_unix();
    let long = format!("/api/v1/alerts?words={}", "x".repeat(9_000));
    let large = "x".repeat(giapranh_web::COMMAND_BYTES + 1);
    let form = ("content-type", "application/x-www-form-urlencoded");
    let host = ("host", "localhost");
    for (method, path, header, body, status, kind) in [
        ("GET", "/api/v1/nothing", host, "", 404, "not-found"),
        ("GET", "/api/v1/zones/%ff", host, "", 404, "not-found"),
        ("GET", "/api/v1/zones/..%2f..%2fetc", host, "", 404, "not-found"),
        ("GET", "/api/v1/alerts/hcm/2024/000001%0d%0aset-cookie:x", host, "", 404, "not-found"),
        ("GET", "/api/v1/alerts?zone=%ff", host, "", 400, "parameter"),
        ("GET", "/api/v1/alerts?limit=0", host, "", 400, "parameter"),
        ("GET", "/api/v1/alerts?after=x", host, "", 400, "parameter"),
        ("GET", "/api/v1/alerts?unknown=1", host, "", 400, "parameter"),
        ("GET", "/api/v1/events?after=-1", host, "", 400, "parameter"),
        ("GET", long.as_str(), host, "", 414, "address"),
        ("PUT", "/api/v1/alerts", host, "{}", 405, "method"),
        ("TRACE", "/api/v1/alerts", host, "", 405, "method"),
        ("POST", "/api/v1/commands", form, "act=issue-alert", 415, "media-type"),
        ("POST", "/api/v1/commands", host, "\u{0}", 400, "unreadable"),
        ("POST", "/api/v1/commands", host, "[[[[", 400, "unreadable"),
        ("POST", "/api/v1/commands", host, large.as_str(), 413, "too-large"),
        ("POST", "/api/v1/session", host, "{}", 400, "unreadable"),
    ] {
        let shown = &path[..path.len().min(60)];
        let headers = if header == host { vec![host] } else { vec![host, header] };
        let english = served.surface.send(method, path, &headers, body).await;
        let english = english.problem(status, kind);
        let headers = [headers, vec![("accept-language", "vi")]].concat();
        let answer = served.surface.send(method, path, &headers, body).await;
        let vietnamese = answer.problem(status, kind);
        assert_eq!(answer.headers["content-language"], "vi", "{method} {shown}");
        for member in ["title", "detail"] {
            assert_ne!(english[member], vietnamese[member], "{method} {shown}: {english}");
        }
        assert!(!answer.headers.contains_key("set-cookie"), "{method} {shown}");
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
