//! How often an account may ask: by the node's clock, and nobody on account of somebody else.

mod support;

use giapranh_domain::codes::Role;
use giapranh_web::Pace;
use support::Node;

const COMMANDS: &str = "/api/v1/commands";

#[tokio::test]
async fn who_asks_too_often_waits_and_nobody_else_does() {
    let node = Node::new();
    let (busy, calm) =
        (node.signed_in("cb-1", "hcm", Role::ALL), node.signed_in("cb-2", "hcm", Role::ALL));
    let again = node.book().begin("cb-1", support::NOW_MS);
    let (loopback, socket) = (node.serve_tcp().await, node.serve_unix());
    let send = async |secret: &str| loopback.surface.as_officer(secret, "POST", COMMANDS, "").await;
    for left in (0..Pace::Writing.burst()).rev() {
        let answer = send(&busy).await;
        answer.problem(400, "unreadable");
        let told = answer.headers["ratelimit"].to_str().unwrap();
        assert!(told.starts_with(&format!("\"writing\";r={left};t=")), "{told}");
    }
    // Another session is the same account.
    for secret in [&busy, &again] {
        let refused = send(secret).await;
        refused.problem(429, "too-often");
        assert_eq!(refused.headers["retry-after"], "1");
        assert!(refused.headers["ratelimit"].to_str().unwrap().starts_with("\"writing\";r=0;"));
        assert_eq!(refused.headers["ratelimit-policy"], "\"writing\";q=120;w=60");
    }
    send(&calm).await.problem(400, "unreadable");
    let reading = loopback.surface.as_officer(&busy, "GET", "/api/v1/alerts", "").await;
    assert_eq!(reading.status, 200, "to read is another bucket");
    let page = loopback.surface.as_officer(&busy, "POST", "/account/password", "").await;
    assert_eq!(page.status, 429, "a form of the console is a change as well");
    assert!(page.headers.contains_key("retry-after"), "{}", page.body);
    let at_socket = socket.surface.as_officer(&busy, "POST", COMMANDS, "").await;
    at_socket.problem(400, "unreadable");
    assert!(!at_socket.headers.contains_key("ratelimit"));
    node.pass_ms(500);
    send(&busy).await.problem(400, "unreadable");
    send(&busy).await.problem(429, "too-often");
}

/// Whoever has not signed in has no bucket, and is told nothing of any.
#[tokio::test]
async fn who_is_not_known_is_refused_before_anything_is_counted() {
    let node = Node::new();
    node.signed_in("cb-1", "hcm", Role::ALL);
    let served = node.serve_tcp().await;
    let answer = served.surface.as_officer("gr_s_none", "POST", COMMANDS, "").await;
    answer.problem(401, "unauthenticated");
    assert!(!answer.headers.contains_key("ratelimit"));
}
