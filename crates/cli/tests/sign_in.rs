//! Signing in: what is sent, what is kept and for whom, and how it ends.

#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

mod common;

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use common::desk::{Asked, Desk, Step, accepted, ok, problem, signed_in};
use serde_json::{Value, json};

const WITHDRAW: [&str; 5] = ["alert", "withdraw", "hcm/2024/000001", "--reason", "executed"];

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn officer() -> Step {
    ok(json!({"principal": "officer", "id": "cb-hoa", "unit": "hcm", "name": "Hoa Ví Dụ",
        "roles": ["duty", "issuer"], "must_change": false, "admission": "session",
        "expires_ms": 1_717_138_800_000_u64}))
}

#[test]
fn a_session_is_kept_for_its_owner_alone_and_sent_with_each_request() {
    let desk = Desk::new();
    let node = desk.serve(vec![signed_in("hoa")]);
    let ended = desk.typed("mật khẩu\n", &["sign-in", "hoa", "--password-stdin"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.stdout.starts_with("signed in as cb-hoa of hcm, until "), "{ended:?}");
    assert!(!format!("{ended:?}").contains("gr_s_"), "{ended:?}");
    let asked = node.join().unwrap();
    assert_eq!(asked[0].line, "POST /api/v1/session");
    assert_eq!(asked[0].body, json!({"login": "hoa", "password": "mật khẩu"}));
    assert_eq!(asked[0].header("authorization"), "");

    let kept = desk.kept();
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!((mode(&kept[0]), mode(kept[0].parent().unwrap())), (0o600, 0o700));

    let node = desk.serve(vec![officer()]);
    let ended = desk.run(&["who"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    for part in ["cb-hoa", "hoa", "Hoa Ví Dụ", "duty, issuer", "session"] {
        assert!(ended.stdout.contains(part), "{part}: {ended:?}");
    }
    assert_eq!(node.join().unwrap()[0].header("authorization"), "Bearer gr_s_hoa");

    let node = desk.serve(vec![Step::Answer(204, Value::Null)]);
    let ended = desk.run(&["sign-out"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), "hoa has signed out\n"));
    let asked = node.join().unwrap();
    assert_eq!(asked[0].line, "DELETE /api/v1/session");
    assert_eq!(asked[0].header("authorization"), "Bearer gr_s_hoa");
    assert_eq!(desk.kept(), [""; 0].map(std::path::PathBuf::from));
    let ended = desk.run(&["sign-out"]);
    assert_eq!(ended.code, Some(3), "{ended:?}");
}

#[test]
fn as_json_the_secret_is_not_shown_either() {
    let desk = Desk::new();
    let node = desk.serve(vec![signed_in("hoa")]);
    let line = ["sign-in", "hoa", "--password-stdin", "--output", "json"];
    let ended = desk.typed("x\n", &line);
    node.join().unwrap();
    let shown: Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(shown["officer"]["id"], "cb-hoa");
    assert!(!ended.stdout.contains("gr_s_"), "{ended:?}");
}

#[test]
fn a_session_that_has_ended_says_what_to_type() {
    for (language, sentence) in [("en", "has ended"), ("vi", "đã kết thúc")] {
        let desk = Desk::speaking(language);
        desk.sign_in("hoa");
        let node = desk.serve(vec![problem(401, "unauthenticated", "Sign in first.")]);
        let ended = desk.run(&["alert", "list"]);
        assert_eq!(node.join().unwrap()[0].header("accept-language"), language);
        assert_eq!(ended.code, Some(3), "{ended:?}");
        assert!(ended.stderr.contains(sentence), "{ended:?}");
        let next = format!("giapranh sign-in hoa --dir {}\n", desk.dir().display());
        assert!(ended.stderr.ends_with(&next), "{ended:?}");
    }
    let desk = Desk::new();
    let node = desk.serve(vec![problem(401, "unauthenticated", "Sign in first.")]);
    let ended = desk.run(&["alert", "list"]);
    node.join().unwrap();
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.stderr.contains("giapranh sign-in LOGIN"), "{ended:?}");
}

#[test]
fn a_wrong_password_is_told_and_nothing_is_kept() {
    let desk = Desk::new();
    for (answer, sentence) in [
        (problem(401, "sign-in", "The login or the password is wrong."), "password is wrong"),
        (problem(429, "locked", "Too many failed sign-ins."), "Too many failed"),
        (problem(409, "no-officers", "Nobody has an account."), "Nobody has an account"),
    ] {
        let node = desk.serve(vec![answer]);
        let ended = desk.typed("x\n", &["sign-in", "hoa", "--password-stdin"]);
        node.join().unwrap();
        assert_eq!(ended.code, Some(3), "{ended:?}");
        assert!(ended.stderr.contains(sentence), "{ended:?}");
    }
    assert!(desk.kept().is_empty());
    // Without a terminal and without the option nobody is asked.
    let ended = desk.typed("", &["sign-in", "hoa", "--password-stdin"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
}

#[test]
fn a_token_comes_from_a_file_of_its_owner_alone() {
    let desk = Desk::new();
    desk.sign_in("hoa");
    let path = desk.dir().join("token");
    fs::write(&path, "gr_t_program\n").unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
    let variable = "GIAPRANH_TOKEN_FILE";
    let ended = desk.with(variable, &path, "", &["who"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stderr.contains("chmod 600 "), "{ended:?}");
    fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
    let node = desk.serve(vec![officer(), problem(401, "unauthenticated", "x")]);
    assert_eq!(desk.with(variable, &path, "", &["who"]).code, Some(0));
    let ended = desk.with(variable, &path, "", &["who"]);
    assert!(ended.stderr.contains("giapranh help token issue"), "{ended:?}");
    let asked = node.join().unwrap();
    assert_eq!(asked[0].header("authorization"), "Bearer gr_t_program");
    let ended = desk.with(variable, Path::new("/nowhere/token"), "", &["who"]);
    assert_eq!(ended.code, Some(4), "{ended:?}");
}

#[test]
fn who_has_signed_in_need_not_be_named() {
    let desk = Desk::new();
    let ended =
        desk.run(&["zone", "request", "hcm-long-an", "--until", "2999-01-01", "--reason", "x"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.stderr.contains("--officer"), "{ended:?}");
    let ended = desk.run(&WITHDRAW);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.stderr.contains("--drafted-by and --approved-by"), "{ended:?}");
    desk.sign_in("hoa");
    let ended = desk.run(&WITHDRAW);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.stderr.contains("--approved-by-login LOGIN"), "{ended:?}");
    let node = desk.serve(vec![accepted("hcm/2024/000001")]);
    let ended = desk.run(&["alert", "acknowledge", "hcm/2024/000001", "--version", "2"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let asked = node.join().unwrap();
    let expected = json!({"act": "acknowledge-alert", "alert": "hcm/2024/000001", "version": 2,
        "drafted_by": ""});
    assert_eq!(asked[0].body, expected);
}

#[test]
fn a_second_officer_at_the_same_desk_releases_and_is_signed_out_again() {
    let desk = Desk::new();
    desk.sign_in("hoa");
    let line = [&WITHDRAW[..], &["--approved-by-login", "minh", "--password-stdin"]].concat();
    let done = |answer: Step, code| -> Vec<Asked> {
        let node = desk.serve(vec![signed_in("minh"), answer, Step::Answer(204, Value::Null)]);
        let ended = desk.typed("mật khẩu khác\n", &line);
        assert_eq!(ended.code, Some(code), "{ended:?}");
        node.join().unwrap()
    };
    let asked = done(accepted("hcm/2024/000001"), 0);
    assert_eq!(asked[0].body, json!({"login": "minh", "password": "mật khẩu khác"}));
    assert_eq!(asked[0].header("authorization"), "");
    assert_eq!(asked[1].line, "POST /api/v1/commands");
    assert_eq!(asked[1].header("authorization"), "Bearer gr_s_hoa");
    assert_eq!(asked[1].header("giapranh-approval"), "Bearer gr_s_minh");
    assert_eq!(asked[1].body["drafted_by"], "");
    assert_eq!(asked[1].body.get("approved_by"), None);
    assert_eq!(asked[2].line, "DELETE /api/v1/session");
    assert_eq!(asked[2].header("authorization"), "Bearer gr_s_minh");
    // Whatever became of it.
    let asked = done(problem(403, "approval", "Another officer has to sign."), 3);
    assert_eq!(asked[2].header("authorization"), "Bearer gr_s_minh");
    assert_eq!(desk.kept().len(), 1);
}

#[test]
fn a_token_is_shown_once_and_alone() {
    let desk = Desk::new();
    desk.sign_in("hoa");
    let issued = || {
        ok(json!({"token": "gr_t_secret", "id": 7, "officer": "cb-hoa", "name": "x",
            "scopes": ["duty"], "created_ms": 1, "seen_ms": 1, "expires_ms": 2}))
    };
    let line = ["token", "issue", "--name", "x", "--role", "duty", "--days", "2"];
    let node = desk.serve(vec![issued()]);
    let ended = desk.run(&line);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), "gr_t_secret\n"));
    assert!(!ended.stderr.contains("gr_t_"), "{ended:?}");
    let sent = json!({"name": "x", "scopes": ["duty"], "life_ms": 172_800_000});
    assert_eq!(node.join().unwrap()[0].body, sent);

    let path = desk.dir().join("token");
    let line = [&line[..], &["--out", path.to_str().unwrap()]].concat();
    let node = desk.serve(vec![issued()]);
    let ended = desk.run(&line);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), ""));
    assert_eq!(
        (mode(&path), fs::read_to_string(&path).unwrap().as_str()),
        (0o600, "gr_t_secret\n")
    );
    node.join().unwrap();
    // One that can't be kept is ended: nobody could use it.
    let node = desk.serve(vec![issued(), Step::Answer(204, Value::Null)]);
    let ended = desk.run(&line);
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert_eq!(node.join().unwrap()[1].line, "DELETE /api/v1/tokens/7");
}

#[test]
fn accounts_are_given_out() {
    let account = |must_change: bool| {
        json!({"id": "cb-x", "unit": "hcm", "login": "minh", "name": "Minh Ví Dụ",
            "roles": ["approver"], "must_change": must_change, "disabled": false, "created_ms": 1})
    };
    let desk = Desk::new();
    let node = desk.serve(vec![Step::Answer(201, account(true))]);
    let add =
        ["officer", "add", "minh", "--name", "Minh Ví Dụ", "--unit", "hcm", "--role", "approver"];
    let ended = desk.typed("mật khẩu dài\n", &[&add[..], &["--password-stdin"]].concat());
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), "minh has an account: cb-x\n"));
    let sent = json!({"unit": "hcm", "login": "minh", "name": "Minh Ví Dụ", "roles": ["approver"],
        "password": "mật khẩu dài"});
    assert_eq!(node.join().unwrap()[0].body, sent);
    // By login as well as by id.
    let accounts = || ok(json!({"officers": [account(false)]}));
    for (line, sent) in [
        (
            &["officer", "roles", "minh", "--role", "duty", "issuer"][..],
            json!({"roles": ["duty", "issuer"]}),
        ),
        (&["officer", "disable", "cb-x"], json!({"disabled": true})),
        (&["officer", "enable", "minh"], json!({"disabled": false})),
        (&["officer", "unlock", "MINH"], json!({"unlock": true})),
    ] {
        let node = desk.serve(vec![accounts(), ok(account(false))]);
        let ended = desk.run(line);
        assert_eq!(ended.code, Some(0), "{line:?}: {ended:?}");
        let asked = node.join().unwrap();
        assert_eq!(
            (asked[1].line.as_str(), &asked[1].body),
            ("PATCH /api/v1/officers/cb-x", &sent)
        );
    }
    let node = desk.serve(vec![accounts()]);
    assert_eq!(desk.run(&["officer", "unlock", "lan"]).code, Some(4));
    node.join().unwrap();
}

#[test]
fn the_own_password_is_changed_and_the_session_goes_on() {
    let desk = Desk::new();
    desk.sign_in("hoa");
    let node = desk.serve(vec![officer(), Step::Answer(204, Value::Null), signed_in("hoa")]);
    let ended = desk.typed("old one\nnew one\n", &["officer", "password", "--password-stdin"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let asked = node.join().unwrap();
    assert_eq!(asked[1].line, "POST /api/v1/officers/cb-hoa/password");
    assert_eq!(asked[1].body, json!({"old": "old one", "new": "new one"}));
    assert_eq!(asked[2].body, json!({"login": "hoa", "password": "new one"}));
    assert_eq!(desk.kept().len(), 1);
}
