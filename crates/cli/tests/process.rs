//! The program as a script meets it: exit codes, stdout, stderr.

#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

use std::io::Write;
use std::process::{Command, Output, Stdio};

fn giapranh(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_giapranh"));
    command.args(arguments).env_remove("GIAPRANH_DIR").env_remove("GIAPRANH_LOG");
    command.env("GIAPRANH_LANG", "en");
    command.stdin(Stdio::null()).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn a_node_that_does_not_run_is_named_with_the_way_to_start_it() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("node.toml"), "").unwrap();
    let dir = dir.path().to_str().unwrap();
    for command in [
        &["node", "status"][..],
        &["alert", "list"],
        &["alert", "watch"],
        &["zone", "show", "hcm-long-an"],
    ] {
        let ended = giapranh(&[command, &["--dir", dir]].concat());
        assert_eq!(ended.status.code(), Some(5), "{command:?}: {}", text(&ended.stderr));
        let expected = format!("is not running\n  next: giapranh node run --dir {dir}\n");
        assert!(text(&ended.stderr).ends_with(&expected), "{}", text(&ended.stderr));
        assert_eq!(text(&ended.stdout), "");
    }
}

#[test]
fn a_failure_is_json_where_results_are() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path().to_str().unwrap();
    let ended = giapranh(&["alert", "list", "--output", "json", "--dir", dir]);
    let error: serde_json::Value = serde_json::from_slice(&ended.stderr).unwrap();
    assert_eq!(error["exit"], 4, "{error}");
    assert_eq!(error["next"], format!("giapranh node init --dir {dir} --unit UNIT"), "{error}");
}

#[test]
fn wrong_usage_is_told_apart() {
    for line in [&[][..], &["alert"], &["alert", "show"], &["alert", "list"], &["nonsense"]] {
        let ended = giapranh(line);
        assert_eq!(ended.status.code(), Some(2), "{line:?}");
        assert!(!ended.stderr.is_empty(), "{line:?}");
    }
    assert_eq!(giapranh(&["--help"]).status.code(), Some(0));
}

#[test]
fn an_example_is_content_that_the_program_reads() {
    for category in giapranh_domain::Category::ALL {
        let category = category.code();
        let ended = giapranh(&["alert", "example", category]);
        assert_eq!(ended.status.code(), Some(0), "{}", text(&ended.stderr));
        let content: giapranh_domain::wire::proto::AlertContent =
            serde_json::from_slice(&ended.stdout).unwrap();
        assert_eq!(content.category, category);
    }
}

#[test]
fn content_with_a_wrong_field_is_refused_by_name_before_it_is_sent() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(br#"{"category":"wanted-person","headlin":"x"}"#).unwrap();
    let path = file.path().to_str().unwrap();
    let line = ["alert", "issue", "--content", path, "--zone", "cluster", "--dir", "/nowhere"];
    let ended = giapranh(&[&line[..], &["--drafted-by", "a", "--approved-by", "b"]].concat());
    assert_eq!(ended.status.code(), Some(3));
    let stderr = text(&ended.stderr);
    assert!(stderr.contains(path) && stderr.contains("headlin"), "{stderr}");
}

#[test]
fn what_is_not_there_is_told_apart() {
    let ended = giapranh(&[
        "alert",
        "issue",
        "--content",
        "/nowhere.json",
        "--zone",
        "cluster",
        "--dir",
        "/nowhere",
        "--drafted-by",
        "a",
        "--approved-by",
        "b",
    ]);
    assert_eq!(ended.status.code(), Some(4), "{}", text(&ended.stderr));
    let ended = giapranh(&["directory", "anchor", "--dir", "/nowhere"]);
    assert_eq!(ended.status.code(), Some(4), "{}", text(&ended.stderr));
}

#[test]
fn a_file_that_is_no_log_can_not_be_audited() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&[7; 5000]).unwrap();
    let path = file.path().to_str().unwrap();
    for line in [&["audit", "verify", path][..], &["audit", "replay", path, "--until", "1"]] {
        let ended = giapranh(line);
        assert_eq!(ended.status.code(), Some(7), "{line:?}: {}", text(&ended.stderr));
    }
}
