//! Sessions while they last and afterwards: secrets that are none, roles that change, streams, and
//! what a browser may do with a cookie.

#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

mod support;

use std::time::Duration;

use giapranh_domain::codes::Role;
use support::http::Answer;
use support::officers::{LIFE_MS, PASSWORD};
use support::{NOW_MS, Node, Served};

const ALERTS: &str = "/api/v1/alerts";
const EVENTS: &str = "/api/v1/events";

async fn of_browser(served: &Served, method: &str, path: &str, more: &[(&str, &str)]) -> Answer {
    let headers = [&[("host", "localhost")], more].concat();
    let body = "login=1&password=m%C6%B0a+r%C3%A0o+%C4%91%C3%AAm+qua";
    served.surface.send(method, path, &headers, if method == "GET" { "" } else { body }).await
}

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[tokio::test]
async fn a_secret_that_is_none_is_refused_on_every_surface() {
    let node = Node::new();
    let valid = node.signed_in("cb-1", "hcm", &[Role::Duty]);
    let ended = node.book().begin("cb-1", NOW_MS);
    node.book().end(&ended);
    for served in [node.serve_unix(), node.serve_tcp().await] {
        assert_eq!(served.surface.as_officer(&valid, "GET", ALERTS, "").await.status, 200);
        for stolen in [ended.as_str(), "gr_s_none", "", "x y"] {
            // Not even where the machine itself is let in.
            for path in [ALERTS, "/api/v1/status"] {
                let answer = served.surface.as_officer(stolen, "GET", path, "").await;
                answer.problem(401, "unauthenticated");
            }
        }
        for scheme in ["Basic Y2ItMTp4", "bearer", "Token x"] {
            let headers = [("host", "localhost"), ("authorization", scheme)];
            let answer = served.surface.send("GET", "/api/v1/status", &headers, "").await;
            answer.problem(401, "unauthenticated");
        }
    }
}

#[tokio::test]
async fn an_expired_session_is_none_any_more() {
    let served = Node::new().serve_unix();
    let secret = served.node.signed_in("cb-1", "hcm", &[Role::Duty]);
    served.node.pass_ms(LIFE_MS - 1);
    assert_eq!(served.surface.as_officer(&secret, "GET", ALERTS, "").await.status, 200);
    served.node.pass_ms(1);
    let answer = served.surface.as_officer(&secret, "GET", ALERTS, "").await;
    answer.problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_role_that_changes_counts_at_the_next_request() {
    let served = Node::new().serve_unix();
    let secret = served.node.signed_in("cb-1", "hcm", &[Role::Duty]);
    let drafts = "/api/v1/drafts";
    served.surface.as_officer(&secret, "GET", drafts, "").await.problem(403, "role");
    served.node.book().account("cb-1").roles = [Role::Approver].into();
    assert_eq!(served.surface.as_officer(&secret, "GET", drafts, "").await.status, 200);
    served.node.book().account("cb-1").roles = [Role::Administrator].into();
    for path in [drafts, ALERTS, "/api/v1/quarantine/1/bytes"] {
        served.surface.as_officer(&secret, "GET", path, "").await.problem(403, "role");
    }
    assert_eq!(served.surface.as_officer(&secret, "GET", "/api/v1/status", "").await.status, 200);
    served.node.book().account("cb-1").disabled = true;
    let answer = served.surface.as_officer(&secret, "GET", "/api/v1/status", "").await;
    answer.problem(401, "unauthenticated");
}

#[tokio::test]
async fn accounts_that_can_not_be_read_let_nobody_in() {
    let served = Node::new().serve_unix();
    let secret = served.node.signed_in("cb-1", "hcm", &[Role::Duty]);
    served.node.book().is_broken = true;
    let answer = served.surface.as_officer(&secret, "GET", ALERTS, "").await;
    answer.problem(503, "unavailable");
}

/// What an officer loses while a stream is open, and what comes of the stream.
async fn stream_ends(change: impl FnOnce(&Node, &str)) -> Duration {
    let served = Node::new().serve_unix();
    let secret = served.node.signed_in("cb-1", "hcm", &[Role::Duty]);
    let bearer = format!("Bearer {secret}");
    let mut events = served.surface.events(EVENTS, &[("authorization", &bearer)]).await;
    assert_eq!(events.next().await.unwrap().name, "position");
    change(&served.node, &secret);
    let begun = tokio::time::Instant::now();
    while events.next().await.is_some() {}
    begun.elapsed()
}

#[tokio::test(start_paused = true)]
async fn a_stream_ends_with_its_session() {
    let minute = Duration::from_secs(60);
    let roles: fn(&Node, &str) =
        |node, _| node.book().account("cb-1").roles = [Role::Administrator].into();
    assert!(stream_ends(|node, secret| node.book().end(secret)).await <= minute);
    assert!(stream_ends(roles).await <= minute);
    assert!(stream_ends(|node, _| node.pass_ms(LIFE_MS)).await <= minute);
    assert!(stream_ends(|node, _| node.book().account("cb-1").must_change = true).await <= minute);
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_is_never_quiet_ends_with_its_session_too() {
    let served = Node::new().serve_unix();
    let secret = served.node.signed_in("cb-1", "hcm", &[Role::Duty]);
    let bearer = format!("Bearer {secret}");
    let mut events = served.surface.events(EVENTS, &[("authorization", &bearer)]).await;
    assert_eq!(events.next().await.unwrap().name, "position");
    served.node.book().end(&secret);
    let mut sent = 0;
    loop {
        served.node.issue("Tin");
        tokio::time::advance(Duration::from_secs(2)).await;
        if events.next().await.is_none() {
            break;
        }
        sent += 1;
        assert!(sent < 30, "a minute has passed");
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_of_nobody_ends_when_the_first_account_is_made() {
    let served = Node::new().serve_tcp().await;
    let mut events = served.surface.events(EVENTS, &[]).await;
    assert_eq!(events.next().await.unwrap().name, "position");
    served.node.signed_in("cb-1", "hcm", &[Role::Administrator]);
    assert_eq!(events.next().await, None);
}

#[tokio::test]
async fn a_browser_signs_in_looks_and_signs_out() {
    let served = Node::new().serve_tcp().await;
    served.node.signed_in("cb-1", "hcm", &[Role::Duty]);
    served.node.issue("Truy nã VÍ DỤ");
    let to_form = of_browser(&served, "GET", "/alerts?status=all", &[]).await;
    assert_eq!(to_form.status, 303);
    assert_eq!(to_form.headers["location"], "/sign-in?back=/alerts%3Fstatus%3Dall");
    let asked = of_browser(&served, "GET", "/sign-in?back=/alerts%3Fstatus%3Dall", &[]).await;
    assert_eq!(asked.status, 200);
    assert!(asked.body.contains("name=\"back\" value=\"/alerts?status=all\""), "{}", asked.body);
    assert!(asked.body.contains("action=\"/sign-in\""), "{}", asked.body);
    assert!(asked.body.contains("Phiên đã hết hạn hoặc chưa đăng nhập."));
    assert!(!asked.body.contains("Truy nã") && !asked.body.contains("live.js"));
    let policy = asked.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("form-action 'self'"), "{policy}");

    let own = [FORM, ("sec-fetch-site", "same-origin")];
    let signed_in = of_browser(&served, "POST", "/sign-in", &own).await;
    assert_eq!((signed_in.status, signed_in.body.as_str()), (303, ""));
    assert_eq!(signed_in.headers["location"], "/");
    let set = signed_in.headers["set-cookie"].to_str().unwrap().to_owned();
    for part in ["__Host-giapranh=gr_s_", "; Path=/", "; HttpOnly", "; Secure", "; SameSite=Strict"]
    {
        assert!(set.contains(part), "{set}");
    }
    let cookie = ("cookie", set.split(';').next().unwrap());
    let page = of_browser(&served, "GET", "/", &[cookie]).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Truy nã VÍ DỤ") && page.body.contains("Cán bộ cb-1"));
    assert_eq!(of_browser(&served, "GET", ALERTS, &[cookie]).await.status, 200);

    let own = [cookie, ("origin", "http://localhost")];
    let signed_out = of_browser(&served, "POST", "/sign-out", &own).await;
    assert_eq!(signed_out.status, 303, "{}", signed_out.body);
    assert!(signed_out.headers["set-cookie"].to_str().unwrap().ends_with("Max-Age=0"));
    // The cookie that somebody kept is none any more, and goes with the form.
    assert_eq!(of_browser(&served, "GET", "/", &[cookie]).await.status, 303);
    let after = of_browser(&served, "GET", "/sign-in", &[cookie]).await;
    assert!(after.headers["set-cookie"].to_str().unwrap().starts_with("__Host-giapranh=;"));
    of_browser(&served, "GET", ALERTS, &[cookie]).await.problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_refused_sign_in_shows_the_form_and_nothing_of_what_was_typed() {
    let served = Node::new().serve_tcp().await;
    served.node.signed_in("cb-9", "hcm", &[Role::Duty]);
    let refused = of_browser(&served, "POST", "/sign-in", &[FORM]).await;
    assert_eq!(refused.status, 401);
    assert!(refused.body.contains("Tên đăng nhập hoặc mật khẩu không đúng."), "{}", refused.body);
    assert!(!refused.body.contains(PASSWORD) && !refused.body.contains("name=\"login\" value"));
    assert!(!refused.headers.contains_key("location"));
    let unread = of_browser(&served, "POST", "/sign-in", &[("content-type", "text/plain")]).await;
    assert_eq!(unread.status, 400);
    let host = [("host", "localhost"), FORM];
    let large = format!("login=1&password={}", "x".repeat(5_000));
    let refused = served.surface.send("POST", "/sign-in", &host, &large).await;
    assert_eq!(refused.status, 400, "{}", refused.body);
}

#[tokio::test]
async fn a_page_from_elsewhere_signs_nobody_in_or_out() {
    let served = Node::new().serve_tcp().await;
    let secret = served.node.signed_in("cb-1", "hcm", &[Role::Duty]);
    let cookie = format!("__Host-giapranh={secret}");
    let cookie = ("cookie", cookie.as_str());
    for foreign in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "cross-site"), ("origin", "http://localhost")],
        &[("origin", "http://evil.example")],
        &[("origin", "null")],
        &[("origin", "http://localhost:99")],
    ] {
        for path in ["/sign-in", "/sign-out", "/api/v1/session"] {
            let headers = [&[FORM, cookie], foreign].concat();
            let answer = of_browser(&served, "POST", path, &headers).await;
            // What a page refuses is a page, and this one says no more than a problem would.
            assert_eq!(answer.status, 403, "{path}");
            assert!(path != "/api/v1/session" || answer.body.contains("foreign-page"));
            assert!(!answer.headers.contains_key("set-cookie"), "{path}");
        }
    }
    let silent = of_browser(&served, "DELETE", "/api/v1/session", &[cookie]).await;
    silent.problem(403, "foreign-page");
    // None of it ended the session; and a cookie is no way to give commands.
    assert_eq!(of_browser(&served, "GET", ALERTS, &[cookie]).await.status, 200);
    let own = [cookie, ("sec-fetch-site", "same-origin")];
    for path in ["/api/v1/commands", "/api/v1/tokens", "/api/v1/officers"] {
        of_browser(&served, "POST", path, &own).await.problem(403, "read-only");
    }
    let socket = served.node.serve_unix();
    socket
        .surface
        .send("GET", ALERTS, &[("host", "localhost"), cookie], "")
        .await
        .problem(401, "unauthenticated");
}
