//! Every failure ends with the command line that helps.

#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

mod common;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use common::{Answer, Node, giapranh};

const OFFICERS: [&str; 4] = ["--drafted-by", "cb-1", "--approved-by", "cb-2"];
const EXAMPLE: &str = "giapranh alert example wanted-person";

/// Holds that a command ends with this code, and names this to type next.
fn check(dir: &Path, arguments: &[&str], code: i32, next: &str) {
    let (ended, stdout, stderr) = giapranh(dir, "en", arguments);
    assert_eq!(ended, Some(code), "{arguments:?}: {stdout}{stderr}");
    let shown = stderr.replace(dir.to_str().unwrap(), "DIR");
    assert!(shown.ends_with(&format!("\n  next: {next}\n")), "{arguments:?}:\n{shown}");
}

#[test]
fn a_node_that_is_not_there_leads_to_one() {
    let dir = tempfile::tempdir().unwrap();
    let status = ["node", "status"];
    check(dir.path(), &status, 4, "giapranh node init --dir DIR --unit UNIT");
    check(dir.path(), &["node", "run"], 4, "giapranh node init --dir DIR --unit UNIT");
    fs::write(dir.path().join("node.toml"), "").unwrap();
    check(dir.path(), &status, 5, "giapranh node run --dir DIR");
    let long = dir.path().join("x".repeat(120));
    check(&long, &status, 5, "cd DIR && giapranh node run --dir .");
}

#[test]
fn without_a_directory_it_says_how_to_name_one() {
    let ended = Command::new(env!("CARGO_BIN_EXE_giapranh"))
        .args(["alert", "list"])
        .env_remove("GIAPRANH_DIR")
        .env("GIAPRANH_LANG", "en")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(ended.status.code(), Some(2));
    let stderr = String::from_utf8(ended.stderr).unwrap();
    assert!(stderr.ends_with("\n  next: export GIAPRANH_DIR=DIR\n"), "{stderr}");
}

#[test]
fn a_directory_from_the_environment_need_not_be_typed_again() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("node.toml"), "x").unwrap();
    let node = Node::answering(vec![Answer::new(404, "{}")]);
    let ended = Command::new(env!("CARGO_BIN_EXE_giapranh"))
        .args(["alert", "show", "hcm/2024/000001"])
        .env("GIAPRANH_DIR", node.dir())
        .env("GIAPRANH_LANG", "en")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let stderr = String::from_utf8(ended.stderr).unwrap();
    assert!(stderr.ends_with("\n  next: giapranh alert list --status all\n"), "{stderr}");
}

#[test]
fn what_is_not_there_leads_to_what_there_is() {
    for (line, list) in [
        (&["alert", "show", "hcm/2024/000001"][..], "alert list --status all"),
        (&["zone", "show", "hcm-long-an"], "zone list"),
        (&["unit", "list", "--zone", "no-zone"], "unit list"),
    ] {
        let node =
            Node::answering(vec![Answer::new(404, r#"{"detail":"There is no such thing."}"#)]);
        check(node.dir(), line, 4, &format!("giapranh {list} --dir DIR"));
    }
    let node = Node::answering(vec![Answer::new(400, r#"{"title":"A parameter is wrong"}"#)]);
    check(node.dir(), &["alert", "list", "--after", "x"], 3, "giapranh alert list --dir DIR");
}

#[test]
fn a_node_that_fails_leads_to_its_status() {
    for (status, code) in [(500, 1), (503, 5)] {
        let node = Node::answering(vec![Answer::new(status, "no problem at all")]);
        check(node.dir(), &["zone", "list"], code, "giapranh node status --dir DIR");
    }
    let node = Node::answering(vec![Answer::ok("[]")]);
    check(node.dir(), &["zone", "list"], 1, "giapranh node status --dir DIR");
}

#[test]
fn content_that_can_not_be_read_leads_to_an_example() {
    let dir = tempfile::tempdir().unwrap();
    let missing = dir.path().join("content.json");
    let missing = missing.to_str().unwrap();
    let issue = |path| {
        let issue = ["alert", "issue", "--content", path, "--zone", "cluster"];
        [&issue[..], &OFFICERS].concat()
    };
    check(dir.path(), &issue(missing), 4, &format!("{EXAMPLE} > DIR/content.json"));
    fs::write(missing, "{").unwrap();
    check(dir.path(), &issue(missing), 3, EXAMPLE);
}

#[test]
fn a_refused_command_leads_to_what_helps() {
    let problem = r#"{"title":"The command is invalid","errors":[
        {"field":"/zones/0","rule":"unknown-zone","message":"There is no zone x."}]}"#;
    let node = Node::answering(vec![Answer::new(422, problem)]);
    let content = node.dir().join("content.json");
    fs::write(&content, "{}").unwrap();
    let issue = ["alert", "issue", "--content", content.to_str().unwrap(), "--zone", "x"];
    check(node.dir(), &[&issue[..], &OFFICERS].concat(), 3, "giapranh zone list --dir DIR");
}

#[test]
fn a_node_that_can_not_start_leads_to_what_stops_it() {
    let dir = tempfile::tempdir().unwrap();
    let node = dir.path().join("node");
    let at = |arguments: &[&str], code, next: &str| check(&node, arguments, code, next);
    let (code, _, stderr) = giapranh(&node, "en", &["node", "init", "--unit", "hcm"]);
    assert_eq!(code, Some(0), "{stderr}");
    at(&["node", "init", "--unit", "hcm"], 1, "giapranh node status --dir DIR");
    let public = ["node", "run", "--http", "0.0.0.0:0"];
    at(&public, 1, "giapranh node run --dir DIR --http 127.0.0.1:8080");
    let key = node.join("node.key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    at(&["node", "run"], 1, "chmod 600 DIR/node.key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    fs::write(node.join("node.toml"), "speed = 9").unwrap();
    at(&["node", "run"], 1, "vi DIR/node.toml");
}

#[test]
fn a_log_that_can_not_be_audited_leads_to_its_folder() {
    let dir = tempfile::tempdir().unwrap();
    let log = dir.path().join("log.db");
    check(dir.path(), &["audit", "verify", log.to_str().unwrap()], 7, "ls -la DIR");
    fs::write(&log, [7; 5000]).unwrap();
    check(dir.path(), &["audit", "verify", log.to_str().unwrap()], 7, "ls -la DIR");
}
