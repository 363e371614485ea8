//! Officers of a real node: before anybody has an account, from the first one on, over socket and
//! loopback address, through `kill -9`, with roles that change in the middle of a session.
#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

mod common;
mod desk;

use std::os::unix::fs::PermissionsExt as _;

use common::{REGISTRAR, issue_command, text, wanted};
use desk::{DISTRICT, Desk, FIRST, OWN};
use serde_json::{Value, json};

const NOTHING: Value = Value::Null;
const ALERTS: &str = "/api/v1/alerts";
const COMMANDS: &str = "/api/v1/commands";
const SESSION: &str = "/api/v1/session";

/// Issuing, without the officers' names.
fn issue(headline: &str) -> Value {
    json!({ "act": "issue-alert", "zones": ["cluster"], "content": wanted(headline) })
}

fn save(headline: &str) -> Value {
    let issue = json!({ "zones": ["cluster"], "content": wanted(headline) });
    json!({ "act": "save-draft", "proposal": { "issue": issue } })
}

fn of_draft(act: &str, alert: &Value) -> Value {
    json!({ "act": act, "alert": alert, "version": 1 })
}

#[test]
fn from_the_first_account_on_everything_needs_a_sign_in() {
    let desk = Desk::running();
    let officers = desk.status()["officers"].clone();
    assert_eq!(officers, json!({ "accounts": 0, "sign_in_required": false }));
    // Not in service: the owner of the socket names the officers.
    let by_hand = issue_command("Trước khi có tài khoản (ví dụ)", "cluster");
    desk.machine("POST", COMMANDS, &by_hand).good();
    let first = json!({
        "unit": REGISTRAR, "login": "truc", "name": "Cán bộ Ví Dụ", "roles": ["duty"],
        "password": FIRST
    });
    let refused = desk.machine("POST", "/api/v1/officers", &first);
    refused.refused(409);
    assert!(refused.body.to_string().contains("administrator"), "{refused:?}");

    let administrator = desk.administrator();
    let officers = desk.status()["officers"].clone();
    assert_eq!(officers, json!({ "accounts": 1, "sign_in_required": true }));
    for (method, path, body) in [
        ("POST", COMMANDS, &by_hand),
        ("GET", ALERTS, &NOTHING),
        ("POST", "/api/v1/officers", &first),
        ("GET", "/api/v1/officers", &NOTHING),
    ] {
        desk.machine(method, path, body).refused(401);
    }
    desk.machine("GET", "/api/v1/peers", &NOTHING).good();
    desk.loopback("GET", ALERTS, &[], &NOTHING).refused(401);
    // Who gives out accounts reads no alert, and commands nothing about any.
    desk.officer(&administrator, "GET", ALERTS, &NOTHING).refused(403);
    desk.officer(&administrator, "POST", COMMANDS, &issue("Ví dụ")).refused(403);
    desk.officer("gr_s_khong-co", "GET", ALERTS, &NOTHING).refused(401);
}

#[test]
fn one_officer_writes_and_another_releases() {
    let desk = Desk::running();
    let administrator = desk.administrator();
    let (writer_id, writer) =
        desk.give_out(&administrator, "soan", REGISTRAR, &["issuer", "approver"]);
    let (approver_id, approver) = desk.give_out(&administrator, "duyet", REGISTRAR, &["approver"]);

    let saved = desk.officer(&writer, "POST", COMMANDS, &save("Ví dụ")).good();
    let alert = &saved["alert"];
    desk.officer(&writer, "POST", COMMANDS, &of_draft("submit-draft", alert)).good();
    let own = desk.officer(&writer, "POST", COMMANDS, &of_draft("approve-draft", alert));
    own.refused(422);
    assert!(own.body.to_string().contains("second-person"), "{own:?}");
    desk.officer(&approver, "POST", COMMANDS, &of_draft("approve-draft", alert)).good();
    let path = format!("{ALERTS}/{}", alert.as_str().unwrap());
    desk.until("the alert is shown", || {
        desk.officer(&writer, "GET", &path, &NOTHING).status == 200
    });

    // The officer is the one who signed in, whatever the command says.
    let mut by_another = save("Ví dụ");
    by_another["drafted_by"] = json!(approver_id);
    let refused = desk.officer(&writer, "POST", COMMANDS, &by_another);
    assert!((400..500).contains(&refused.status), "{refused:?}");
    let mut by_self = save("Ví dụ");
    by_self["drafted_by"] = json!(writer_id);
    desk.officer(&writer, "POST", COMMANDS, &by_self).good();

    // A second officer at the same desk.
    let [first, second] = [&writer, &approver].map(|secret| format!("Bearer {secret}"));
    let headers = [("Authorization", first.as_str()), ("Giapranh-Approval", second.as_str())];
    desk.socket("POST", COMMANDS, &headers, &issue("Hai người (ví dụ)")).good();
    let alone = desk.officer(&writer, "POST", COMMANDS, &issue("Một người (ví dụ)"));
    assert!((400..500).contains(&alone.status), "{alone:?}");
}

#[test]
fn a_session_outlives_the_node_that_is_killed() {
    let mut desk = Desk::running();
    let administrator = desk.administrator();
    let (id, officer) = desk.give_out(&administrator, "truc", DISTRICT, &["duty"]);
    let asking = |desk: &Desk| desk.officer(&officer, "GET", SESSION, &NOTHING);
    let before = asking(&desk).good();
    assert_eq!((text(&before, "id"), text(&before, "unit")), (id.as_str(), DISTRICT));
    for _ in 0..3 {
        desk.kill();
        desk.start();
        assert_eq!(asking(&desk).good(), before);
        assert_eq!(desk.status()["officers"], json!({ "accounts": 2, "sign_in_required": true }));
    }
    desk.loopback("GET", ALERTS, &[("Authorization", &format!("Bearer {officer}"))], &NOTHING)
        .good();

    // What an administrator changes counts at the next request.
    let account = format!("/api/v1/officers/{id}");
    let change = |body: Value| desk.officer(&administrator, "PATCH", &account, &body).good();
    change(json!({ "roles": ["auditor"] }));
    let seen = json!({ "act": "acknowledge-alert", "alert": "hcm/2024/000001", "version": 1 });
    desk.officer(&officer, "POST", COMMANDS, &seen).refused(403);
    change(json!({ "disabled": true }));
    asking(&desk).refused(401);
    desk.kill();
    desk.start();
    asking(&desk).refused(401);
    desk.try_sign_in("truc", OWN).refused(403);
}

#[test]
fn guessing_locks_the_account_also_after_a_restart() {
    let mut desk = Desk::running();
    let administrator = desk.administrator();
    let (id, _) = desk.give_out(&administrator, "truc", REGISTRAR, &["duty"]);
    for _ in 0..5 {
        desk.try_sign_in("truc", "một mật khẩu khác").refused(401);
    }
    for login in ["truc", "truc"] {
        let locked = desk.try_sign_in(login, OWN);
        locked.refused(429);
        assert!(locked.head.to_lowercase().contains("retry-after: "), "{locked:?}");
        desk.kill();
        desk.start();
    }
    let unlock = json!({ "unlock": true });
    desk.officer(&administrator, "PATCH", &format!("/api/v1/officers/{id}"), &unlock).good();
    desk.sign_in("truc", OWN);
}

#[test]
fn nothing_of_an_account_or_a_secret_is_in_the_log_or_in_what_the_node_prints() {
    let mut desk = Desk::running();
    let administrator = desk.administrator();
    let (_, officer) = desk.give_out(&administrator, "nguyen.bi.mat", REGISTRAR, &["issuer"]);
    desk.officer(&officer, "POST", COMMANDS, &save("Ví dụ")).good();
    desk.kill();
    let dir = desk.scene.cluster.node(REGISTRAR).dir.clone();
    for entry in std::fs::read_dir(&dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !path.is_file() || name.starts_with("keys.db") && !name.ends_with("-shm") {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        for secret in [administrator.as_str(), officer.as_str(), FIRST, OWN, "nguyen.bi.mat"] {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{name} holds {secret}");
        }
    }
    let mode = std::fs::metadata(dir.join("keys.db")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
