//! Officers at a real node: accounts, a draft that another one releases, and who may do what.

#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

mod common;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use common::founded::Founded;
use serde_json::Value;

const PASSWORD: &str = "mật khẩu ví dụ thứ nhất";
const OWN: &str = "mật khẩu ví dụ thứ hai";

/// Somebody at a machine of the node, with what the program keeps for that one.
struct Person {
    node: PathBuf,
    state: PathBuf,
}

impl Person {
    fn new(node: &Founded, name: &str) -> Self {
        Self { node: node.dir(), state: node.path(name) }
    }

    fn typed(&self, stdin: &str, line: &[&str]) -> (Option<i32>, String, String) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_giapranh"))
            .args(line)
            .arg("--dir")
            .arg(&self.node)
            .env_remove("GIAPRANH_DIR")
            .env_remove("GIAPRANH_TOKEN_FILE")
            .env("GIAPRANH_LANG", "en")
            .env("XDG_STATE_HOME", &self.state)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
        let ended = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (ended.status.code(), text(ended.stdout), text(ended.stderr))
    }

    fn ok(&self, line: &[&str]) -> String {
        let (code, stdout, stderr) = self.typed("", line);
        assert_eq!(code, Some(0), "{line:?}: {stdout}{stderr}");
        stdout
    }

    fn json(&self, line: &[&str]) -> Value {
        serde_json::from_str(&self.ok(&[line, &["--output", "json"]].concat())).unwrap()
    }

    fn refused(&self, line: &[&str], with: &str) {
        let (code, stdout, stderr) = self.typed("", line);
        assert_eq!(code, Some(3), "{line:?}: {stdout}{stderr}");
        assert!(stderr.contains(with), "{line:?} does not say {with:?}: {stderr}");
    }

    fn sign_in(&self, login: &str, password: &str) {
        let line = ["sign-in", login, "--password-stdin"];
        let (code, stdout, stderr) = self.typed(&format!("{password}\n"), &line);
        assert_eq!(code, Some(0), "{stdout}{stderr}");
    }

    /// Makes an account, whose officer signs in and takes a password of the own.
    fn colleague(&self, node: &Founded, login: &str, roles: &[&str]) -> Self {
        let add = [
            "officer",
            "add",
            login,
            "--name",
            "Ví Dụ",
            "--unit",
            "hcm",
            "--password-stdin",
            "--role",
        ];
        let (code, stdout, stderr) =
            self.typed(&format!("{PASSWORD}\n"), &[&add[..], roles].concat());
        assert_eq!(code, Some(0), "{stdout}{stderr}");
        let colleague = Self::new(node, login);
        colleague.sign_in(login, PASSWORD);
        colleague.refused(&["alert", "list"], "giapranh officer password");
        let (code, stdout, stderr) = colleague
            .typed(&format!("{PASSWORD}\n{OWN}\n"), &["officer", "password", "--password-stdin"]);
        assert_eq!(code, Some(0), "{stdout}{stderr}");
        colleague
    }
}

#[test]
fn a_draft_of_one_officer_is_released_by_another_one() {
    let mut founded = Founded::new();
    founded.run();
    let machine = Person::new(&founded, "nobody");
    let chief = Person::new(&founded, "quantri");
    assert!(chief.ok(&["who"]).starts_with("nobody has an account"));
    let first = [
        "officer",
        "add",
        "quantri",
        "--name",
        "Quản Trị",
        "--unit",
        "hcm",
        "--role",
        "administrator",
        "--password-stdin",
    ];
    assert_eq!(chief.typed(&format!("{PASSWORD}\n"), &first).0, Some(0));
    machine.refused(&["alert", "list"], "giapranh sign-in LOGIN");
    machine.ok(&["node", "status"]);
    chief.sign_in("quantri", PASSWORD);
    let hoa = chief.colleague(&founded, "hoa", &["duty", "issuer"]);
    let minh = chief.colleague(&founded, "minh", &["approver"]);
    chief.refused(&["alert", "list"], "giapranh who");

    let content = founded.path("content.json");
    std::fs::write(&content, hoa.ok(&["alert", "example", "travelling-offender"])).unwrap();
    let content = content.to_str().unwrap();
    let saved = hoa.json(&["draft", "new", "--content", content, "--zone", "cluster"]);
    let alert = saved["alert"].as_str().unwrap();
    hoa.ok(&["draft", "submit", alert]);
    hoa.refused(&["draft", "approve", alert], "giapranh who");
    let due = minh.json(&["due", "--for", "me"]);
    assert_eq!(due["due"][0]["duty"], "approve", "{due}");
    assert!(minh.ok(&["draft", "list", "--state", "waiting"]).contains(alert));
    let shown = minh.ok(&["draft", "show", alert]);
    assert!(shown.contains("content.headline") && shown.contains("travelling-offender"), "{shown}");
    minh.ok(&["draft", "approve", alert]);
    hoa.refused(&["alert", "show", alert], "giapranh purpose");
    hoa.ok(&["purpose", "Theo dõi thông báo của đơn vị (ví dụ)"]);
    let issued = hoa.json(&["alert", "show", alert]);
    let id = |person: &Person| person.json(&["who"])["id"].as_str().unwrap().to_owned();
    assert_eq!(issued["drafted_by"], id(&hoa), "{issued}");
    assert_eq!(issued["approved_by"], id(&minh), "{issued}");

    // At one desk; and by a token that may not do it.
    let withdraw = [
        "alert",
        "withdraw",
        alert,
        "--reason",
        "error",
        "--approved-by-login",
        "minh",
        "--password-stdin",
    ];
    let (code, stdout, stderr) = hoa.typed(&format!("{OWN}\n"), &withdraw);
    assert_eq!(code, Some(0), "{stdout}{stderr}");
    assert_eq!(hoa.json(&["alert", "show", alert])["status"], "withdrawn");
    hoa.ok(&["sign-out"]);
    hoa.refused(&["alert", "list"], "giapranh sign-in LOGIN");
    chief.ok(&["officer", "disable", "minh"]);
    minh.refused(&["draft", "list"], "giapranh sign-in minh");
}
