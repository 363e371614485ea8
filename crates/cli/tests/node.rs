//! The program against a node that is a script: what is sent, and what is made of the answers.

#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::{self, JoinHandle};

/// A request as it arrived.
struct Asked {
    line: String,
    headers: Vec<String>,
    body: String,
}

/// Answers one connection after the other, and gives back what was asked.
fn node(dir: &Path, answers: Vec<String>) -> JoinHandle<Vec<Asked>> {
    let listener = UnixListener::bind(dir.join("api.sock")).unwrap();
    thread::spawn(move || {
        let answer = |answer: String| {
            let (mut stream, _) = listener.accept().unwrap();
            let asked = read(&stream);
            stream.write_all(answer.as_bytes()).unwrap();
            asked
        };
        answers.into_iter().map(answer).collect()
    })
}

fn read(stream: &UnixStream) -> Asked {
    let mut reader = BufReader::new(stream);
    let mut lines = reader.by_ref().lines().map(Result::unwrap);
    let line = lines.next().unwrap();
    let headers: Vec<String> =
        lines.take_while(|line| !line.is_empty()).map(|line| line.to_lowercase()).collect();
    let length = headers.iter().find_map(|header| header.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    reader.read_exact(&mut body).unwrap();
    Asked { line, headers, body: String::from_utf8(body).unwrap() }
}

fn answer(status: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
}

/// A stream that breaks off after these events.
fn stream(events: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n{events}")
}

fn entry(position: u64) -> String {
    let data = serde_json::json!({
        "position": position, "event_id": "x", "kind": "alert.issued", "unit": "hcm",
        "alert": format!("hcm/2024/{position:06}"), "recorded": "2024-05-31T14:00:00+07:00",
        "zones": ["hcm-long-an"], "verdict": "valid", "headline": format!("Tin {position}\u{1b}[2J")
    });
    format!("id: {position}\nevent: entry\ndata: {data}\n\n")
}

/// Exit code, stdout, stderr.
fn giapranh(dir: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let ended = Command::new(env!("CARGO_BIN_EXE_giapranh"))
        .args(arguments)
        .arg("--dir")
        .arg(dir)
        .env_remove("GIAPRANH_LOG")
        .env("GIAPRANH_LANG", "en")
        // What is kept for the user of the machine is not the test's.
        .env("XDG_STATE_HOME", dir.join("state"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (ended.status.code(), text(ended.stdout), text(ended.stderr))
}

#[test]
fn a_watch_goes_on_where_the_line_broke() {
    let dir = tempfile::tempdir().unwrap();
    let first = format!("id: 4\nevent: position\ndata: 4\n\n{}{}", entry(5), entry(6));
    let cut = "id: 7\nevent: ent";
    let second = format!("{}id: 9\n\n", entry(7));
    let third = format!("{}{}", entry(10), entry(11));
    let streams = [first + cut, second, third].map(|events| stream(&events)).to_vec();
    let node = node(dir.path(), streams);
    let arguments = ["alert", "watch", "--after", "4", "--count", "4", "--output", "json"];
    let (code, stdout, stderr) = giapranh(dir.path(), &arguments);
    assert_eq!(code, Some(0), "{stderr}");
    let positions: Vec<u64> = stdout
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["position"].as_u64())
        .map(Option::unwrap)
        .collect();
    assert_eq!(positions, [5, 6, 7, 10]);
    assert_eq!(stderr.matches("the node is away").count(), 2, "{stderr}");
    let asked = node.join().unwrap();
    for (asked, after) in asked.iter().zip(["4", "6", "9"]) {
        assert!(asked.line.starts_with("GET /api/v1/events "), "{}", asked.line);
        assert!(asked.headers.contains(&format!("last-event-id: {after}")), "{:?}", asked.headers);
    }
}

#[test]
fn a_watch_prints_one_line_an_entry() {
    let dir = tempfile::tempdir().unwrap();
    let node = node(dir.path(), vec![stream(&format!("{}{}", entry(1), entry(2)))]);
    let (code, stdout, stderr) = giapranh(dir.path(), &["alert", "watch", "--count", "2"]);
    assert_eq!(code, Some(0), "{stderr}");
    assert_eq!(stdout.lines().count(), 2, "{stdout}");
    assert!(stdout.contains("Tin 1\\u{1b}[2J") && !stdout.contains('\u{1b}'), "{stdout}");
    assert!(!node.join().unwrap()[0].headers.iter().any(|h| h.starts_with("last-event-id")));
}

#[test]
fn a_log_that_was_restored_is_said_so() {
    let dir = tempfile::tempdir().unwrap();
    let events = format!("id: 2\nevent: reset\ndata: 2\n\n{}", entry(3));
    let node = node(dir.path(), vec![stream(&events)]);
    let arguments = ["alert", "watch", "--after", "90", "--count", "1"];
    let (code, _, stderr) = giapranh(dir.path(), &arguments);
    assert_eq!(code, Some(0), "{stderr}");
    assert!(stderr.contains("ends before position 90") && stderr.contains("after position 2"));
    node.join().unwrap();
}

#[test]
fn a_refused_command_shows_every_fault() {
    let dir = tempfile::tempdir().unwrap();
    let problem = r#"{"type":"urn:giapranh:problem:forbidden","title":"The unit may not do this",
        "status":403,"detail":"d","errors":[
        {"field":"/alert","rule":"not-issuer","message":"Only hcm changes it."},
        {"field":"/zones","rule":"required","message":"At least one."}]}"#;
    let node = node(dir.path(), vec![answer("403 Forbidden", problem)]);
    let line = ["alert", "withdraw", "hcm/2024/000001", "--reason", "executed"];
    let by = ["--drafted-by", "cb-1", "--approved-by", "cb-2", "--unit", "long-an"];
    let (code, stdout, stderr) = giapranh(dir.path(), &[&line[..], &by].concat());
    assert_eq!((code, stdout.as_str()), (Some(3), ""));
    let next = format!("giapranh alert show hcm/2024/000001 --dir {}", dir.path().display());
    assert_eq!(
        stderr,
        format!(
            "error: The unit may not do this\n  /alert (not-issuer): Only hcm changes it.\n  \
             /zones (required): At least one.\n  next: {next}\n"
        )
    );
    let asked = node.join().unwrap().remove(0);
    assert_eq!(asked.line, "POST /api/v1/commands HTTP/1.1");
    let command: giapranh_domain::Command = serde_json::from_str(&asked.body).unwrap();
    assert_eq!(command.unit.as_deref(), Some("long-an"));
    assert_eq!(command.act.alert(), Some("hcm/2024/000001"));
}

#[test]
fn a_hit_is_about_the_newest_version_unless_another_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let alert = r#"{"id":"hcm/2024/000001","responsible":"hcm","issuer_name":"x","status":"active","version":3,"category":"wanted-person",
        "content":null,"zones":[],"all_zones":[],"issued":1,"changed":1,"expires":1,
        "drafted_by":null,"approved_by":null,"withdrawal":null,"hidden":null,"asked":null,"review":[0,0],
    "acknowledged":{},"flags":{},"links":{},"hits":{},"timeline":[]}"#;
    let accepted = r#"{"event_id":"01900000-0000-7000-8000-000000000009","position":12,
        "alert":"hcm/2024/000001","zones":["hcm-long-an","cluster"]}"#;
    let node = node(dir.path(), vec![answer("200 OK", alert), answer("200 OK", accepted)]);
    let (code, stdout, stderr) = giapranh(
        dir.path(),
        &[
            "hit",
            "report",
            "hcm/2024/000001",
            "--urgency",
            "urgent",
            "--place",
            "Cầu Ví Dụ",
            "--seen-at",
            "2024-05-31T14:00:00+07:00",
            "--basis",
            "giống ảnh",
            "--certainty",
            "probable",
            "--done",
            "đang theo dõi",
            "--officer",
            "cb-7",
        ],
    );
    assert_eq!(code, Some(0), "{stderr}");
    assert_eq!(
        stdout,
        "hcm/2024/000001: event 01900000-0000-7000-8000-000000000009 at position 12, to \
         hcm-long-an, cluster\n"
    );
    let asked = node.join().unwrap();
    assert_eq!(asked[0].line, "GET /api/v1/alerts/hcm/2024/000001 HTTP/1.1");
    let command: giapranh_domain::Command = serde_json::from_str(&asked[1].body).unwrap();
    assert_eq!((command.drafted_by.as_str(), command.approved_by.as_str()), ("cb-7", ""));
    let giapranh_domain::Act::ReportHit { urgency, hit, .. } = command.act else {
        panic!("{:?}", command.act);
    };
    assert_eq!((urgency.as_str(), hit.version), ("urgent", 3));
}

#[test]
fn an_answer_that_ends_early_is_no_result() {
    let dir = tempfile::tempdir().unwrap();
    let cut = answer("200 OK", r#"{"alerts":[],"next":null}"#).replace("null}", "");
    let node = node(dir.path(), vec![cut]);
    let (code, stdout, _) = giapranh(dir.path(), &["alert", "list"]);
    assert_eq!((code, stdout.as_str()), (Some(5), ""));
    node.join().unwrap();
}
