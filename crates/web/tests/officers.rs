//! Officers: signing in and out, accounts, passwords and tokens over the API.

#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

mod support;

use giapranh_domain::codes::Role;
use giapranh_web::{NewToken, SECRET_BYTES};
use support::http::Answer;
use support::officers::{LIFE_MS, LOCKED, PASSWORD};
use support::{NOW_MS, Node, Served};

const SESSION: &str = "/api/v1/session";
const OFFICERS: &str = "/api/v1/officers";
const TOKENS: &str = "/api/v1/tokens";

fn manned() -> Served {
    let served = Node::new().serve_unix();
    served.node.signed_in("cb-admin", "hcm", &[Role::Administrator]);
    served.node.signed_in("cb-1", "hcm", &[Role::Duty, Role::Issuer]);
    served
}

async fn sign_in(served: &Served, login: &str, password: &str) -> Answer {
    let body = serde_json::json!({"login": login, "password": password}).to_string();
    served.surface.post(SESSION, &body).await
}

/// Nothing of an answer repeats a secret.
fn tells_nothing(answer: &Answer, secret: &str) {
    assert!(!answer.body.contains(secret), "{}", answer.body);
}

#[tokio::test]
async fn a_session_begins_is_shown_and_ends() {
    let served = manned();
    let answer = sign_in(&served, "1", PASSWORD).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let session = answer.json();
    assert_eq!((&session["id"], &session["unit"]), (&"cb-1".into(), &"hcm".into()));
    assert_eq!(session["roles"], serde_json::json!(["duty", "issuer"]));
    assert_eq!(session["expires_ms"], NOW_MS + LIFE_MS);
    let secret = session["token"].as_str().unwrap();
    let shown = served.surface.as_officer(secret, "GET", SESSION, "").await.json();
    assert_eq!((&shown["principal"], &shown["id"]), (&"officer".into(), &"cb-1".into()));
    assert_eq!(shown["token"], serde_json::Value::Null);
    assert_eq!(served.surface.as_officer(secret, "DELETE", SESSION, "").await.status, 204);
    let after = served.surface.as_officer(secret, "GET", SESSION, "").await;
    after.problem(401, "unauthenticated");
    assert_eq!(after.headers["www-authenticate"], "Bearer");
    let machine = served.surface.get(SESSION).await.json();
    assert_eq!(machine, serde_json::json!({"principal": "machine"}));
}

#[tokio::test]
async fn who_is_not_let_in_learns_nothing_but_what_to_do() {
    let served = manned();
    let wrong = sign_in(&served, "1", "sai mật khẩu này").await;
    let unknown = sign_in(&served, "khong.co", PASSWORD).await;
    wrong.problem(401, "sign-in");
    assert_eq!(wrong.body, unknown.body);
    let locked = sign_in(&served, LOCKED, PASSWORD).await;
    locked.problem(429, "locked");
    assert_eq!(locked.headers["retry-after"], "91");
    served.node.book().account("cb-1").disabled = true;
    sign_in(&served, "1", PASSWORD).await.problem(403, "disabled");
    served.node.book().is_broken = true;
    let broken = sign_in(&served, "1", PASSWORD).await;
    broken.problem(503, "unavailable");
    for answer in [wrong, unknown, locked, broken] {
        tells_nothing(&answer, PASSWORD);
        tells_nothing(&answer, "khong.co");
    }
    let empty = Node::new().serve_unix();
    sign_in(&empty, "1", PASSWORD).await.problem(409, "no-officers");
}

#[tokio::test]
async fn a_body_with_a_secret_is_small_and_never_repeated() {
    let served = manned();
    let admin = served.node.book().begin("cb-admin", NOW_MS);
    let bodies = [
        r#"{"login": "1", "password": 98765432101234}"#,
        r#"{"login": "1", "password": "98765432101234", "x": 1}"#,
        r#""98765432101234""#,
        r#"{"new": 98765432101234, "old": "98765432101234"}"#,
        "{",
    ];
    for body in bodies {
        for path in [SESSION, OFFICERS, TOKENS, "/api/v1/officers/cb-admin/password"] {
            let answer = served.surface.as_officer(&admin, "POST", path, body).await;
            answer.problem(400, "unreadable");
            tells_nothing(&answer, "9876543210");
        }
    }
    let padded = format!("{{{}}}", " ".repeat(SECRET_BYTES));
    for path in [SESSION, OFFICERS, TOKENS] {
        let answer = served.surface.as_officer(&admin, "POST", path, &padded).await;
        answer.problem(413, "too-large");
    }
    assert_eq!(served.node.book().asked, [""; 0]);
}

#[tokio::test]
async fn the_first_account_is_made_at_the_socket_and_then_administrators_make_them() {
    let served = Node::new().serve_unix();
    let new = serde_json::json!({"unit": "hcm", "login": "quan.tri", "name": "Người quản trị",
        "roles": ["administrator"], "password": PASSWORD, "id": "cb-9"});
    let short = r#"{"unit": "hcm", "login": "x", "name": "X", "roles": [], "password": "ngắn"}"#;
    let refused = served.surface.post(OFFICERS, short).await.problem(422, "invalid");
    assert_eq!(refused["errors"][0]["field"], "/password");
    let made = served.surface.post(OFFICERS, &new.to_string()).await;
    assert_eq!(made.status, 201, "{}", made.body);
    tells_nothing(&made, PASSWORD);
    assert_eq!(made.json()["must_change"], false);
    served.surface.post(OFFICERS, &new.to_string()).await.problem(401, "unauthenticated");
    let secret = served.node.book().begin("cb-9", NOW_MS);
    let second = serde_json::json!({"unit": "hcm", "login": "truc.ban", "name": "Trực ban",
        "roles": ["duty"], "password": PASSWORD});
    let made = served.surface.as_officer(&secret, "POST", OFFICERS, &second.to_string()).await;
    assert_eq!(made.json()["must_change"], true, "{}", made.body);
    let list = served.surface.as_officer(&secret, "GET", OFFICERS, "").await.json();
    assert_eq!(list["officers"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn one_thing_of_an_account_is_changed_at_a_time() {
    let served = manned();
    let admin = served.node.book().begin("cb-admin", NOW_MS);
    let one = format!("{OFFICERS}/cb-1");
    for body in [
        r#"{"roles": ["approver"]}"#,
        r#"{"unit": "hcm_binh-chanh"}"#,
        r#"{"name": "Tên Khác"}"#,
        r#"{"disabled": true}"#,
        r#"{"disabled": false}"#,
        r#"{"unlock": true}"#,
    ] {
        let answer = served.surface.as_officer(&admin, "PATCH", &one, body).await;
        assert_eq!(answer.status, 200, "{body}: {}", answer.body);
    }
    let account = served.node.book().account("cb-1").clone();
    assert_eq!(account.roles, [Role::Approver].into());
    assert_eq!((account.name.as_str(), account.disabled), ("Tên Khác", false));
    for body in [
        "{}",
        r#"{"unlock": false}"#,
        r#"{"disabled": true, "unlock": true}"#,
        r#"{"roles": ["chief"]}"#,
        r#"{"password": "x"}"#,
    ] {
        let answer = served.surface.as_officer(&admin, "PATCH", &one, body).await;
        answer.problem(400, "unreadable");
    }
    let nobody = format!("{OFFICERS}/cb-77");
    let answer = served.surface.as_officer(&admin, "PATCH", &nobody, r#"{"unlock": true}"#).await;
    answer.problem(404, "not-found");
}

#[tokio::test]
async fn a_password_that_another_one_knows_is_changed_first() {
    let served = manned();
    let admin = served.node.book().begin("cb-admin", NOW_MS);
    let path = format!("{OFFICERS}/cb-1/password");
    let given = r#"{"new": "tạm thời hôm nay"}"#;
    let answer = served.surface.as_officer(&admin, "POST", &path, given).await;
    assert_eq!(answer.status, 204, "{}", answer.body);
    let session = sign_in(&served, "1", "tạm thời hôm nay").await.json();
    assert_eq!(
        (&session["must_change"], &session["roles"]),
        (&true.into(), &serde_json::json!([]))
    );
    let secret = session["token"].as_str().unwrap();
    for path in ["/api/v1/alerts", "/api/v1/status", TOKENS, "/api/v1/events", "/"] {
        let answer = served.surface.as_officer(secret, "GET", path, "").await;
        assert_eq!(answer.status, 403, "{path}: {}", answer.body);
    }
    let others = format!("{OFFICERS}/cb-admin/password");
    let answer = served.surface.as_officer(secret, "POST", &others, given).await;
    answer.problem(403, "password");
    // Without the old one it is not the own.
    served.surface.as_officer(secret, "POST", &path, given).await.problem(400, "unreadable");
    let wrong = r#"{"old": "không phải cái này", "new": "mật khẩu của tôi"}"#;
    served.surface.as_officer(secret, "POST", &path, wrong).await.problem(401, "sign-in");
    let right = r#"{"old": "tạm thời hôm nay", "new": "mật khẩu của tôi"}"#;
    assert_eq!(served.surface.as_officer(secret, "POST", &path, right).await.status, 204);
    served.surface.as_officer(secret, "GET", SESSION, "").await.problem(401, "unauthenticated");
    assert_eq!(sign_in(&served, "1", "mật khẩu của tôi").await.json()["must_change"], false);
}

#[tokio::test]
async fn a_token_may_do_what_it_was_issued_for_and_issues_no_other() {
    let served = manned();
    let session = served.node.book().begin("cb-1", NOW_MS);
    let new = r#"{"name": "màn hình trực ban", "scopes": ["duty"], "life_ms": 86400000}"#;
    let issued = served.surface.as_officer(&session, "POST", TOKENS, new).await;
    assert_eq!(issued.status, 201, "{}", issued.body);
    let (token, id) =
        (issued.json()["token"].as_str().unwrap().to_owned(), issued.json()["id"].clone());
    assert_eq!(served.surface.as_officer(&token, "GET", "/api/v1/alerts", "").await.status, 200);
    served.surface.as_officer(&token, "GET", "/api/v1/drafts", "").await.problem(403, "role");
    served.surface.as_officer(&token, "POST", TOKENS, new).await.problem(403, "session");
    let list = served.surface.as_officer(&session, "GET", TOKENS, "").await;
    assert_eq!(list.json()["tokens"][0]["name"], "màn hình trực ban");
    tells_nothing(&list, &token);
    let more = r#"{"name": "x", "scopes": ["lead"], "life_ms": 86400000}"#;
    served.surface.as_officer(&session, "POST", TOKENS, more).await.problem(422, "invalid");
    let one = format!("{TOKENS}/{id}");
    assert_eq!(served.surface.as_officer(&session, "DELETE", &one, "").await.status, 204);
    served.surface.as_officer(&session, "DELETE", &one, "").await.problem(404, "not-found");
    served
        .surface
        .as_officer(&token, "GET", "/api/v1/alerts", "")
        .await
        .problem(401, "unauthenticated");
}

#[tokio::test]
async fn tokens_of_others_are_for_administrators_to_look_at_and_to_end() {
    let served = manned();
    let (admin, other) = {
        let mut book = served.node.book();
        book.enlist("cb-2", "hcm", &[Role::Auditor]);
        (book.begin("cb-admin", NOW_MS), book.begin("cb-2", NOW_MS))
    };
    let issued = served.node.book().issue(
        &"cb-1".parse().unwrap(),
        NewToken { name: "x".into(), scopes: [Role::Duty].into(), life_ms: 60_000 },
        NOW_MS,
    );
    let id = issued.unwrap().info.id;
    let list = format!("{TOKENS}?officer=cb-1");
    let one = format!("{TOKENS}/{id}?officer=cb-1");
    served.surface.as_officer(&other, "GET", &list, "").await.problem(403, "role");
    served.surface.as_officer(&other, "DELETE", &one, "").await.problem(403, "role");
    let own = served.surface.as_officer(&other, "DELETE", &format!("{TOKENS}/{id}"), "").await;
    own.problem(404, "not-found");
    let shown = served.surface.as_officer(&admin, "GET", &list, "").await.json();
    assert_eq!(shown["tokens"][0]["id"], id);
    assert_eq!(served.surface.as_officer(&admin, "DELETE", &one, "").await.status, 204);
}

#[tokio::test]
async fn refusals_come_in_vietnamese_to_who_asks_for_it() {
    let served = manned();
    let headers = [("host", "localhost"), ("accept-language", "vi-VN,vi;q=0.9,en;q=0.5")];
    let answer = served.surface.send("GET", "/api/v1/alerts", &headers, "").await;
    let problem = answer.problem(401, "unauthenticated");
    assert!(problem["detail"].as_str().unwrap().starts_with("Hãy đăng nhập"), "{problem}");
    assert_eq!(answer.headers["content-language"], "vi");
    let answer = served.surface.get("/api/v1/alerts").await;
    assert!(answer.json()["detail"].as_str().unwrap().starts_with("Sign in"));
    // The header that names the methods stays.
    let wrong = served.surface.send("PUT", "/api/v1/alerts", &headers, "").await;
    wrong.problem(405, "method");
    assert_eq!(wrong.headers["allow"], "GET,HEAD");
}
