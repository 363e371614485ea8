//! Whatever a person can send that is wrong gets a clear answer: the field and the rule, or the
//! position and the way out, an exit code of its own, and nothing is appended.
#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

mod common;

use std::io::Read as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use common::{HCM, LONG_AN, OFFICERS, REGISTRAR, Scene, ZONE, binary, printed, text, wanted};
use giapranh_log::{LOG_FILE, Reader};
use giapranh_tests::cluster::{Member, PATIENCE};
use serde_json::{Value, json};

const FEW: [Member; 3] = [Member::new(REGISTRAR), Member::new(HCM), Member::new(LONG_AN)];

const REFUSED: i32 = 3;
const NOT_FOUND: i32 = 4;
const UNAVAILABLE: i32 = 5;
const NOT_VERIFIED: i32 = 6;
const LOG_UNUSABLE: i32 = 7;

/// A refusal: the exit code, the field and the rule.
struct Refusal(i32, &'static str, &'static str);

/// Holds that a command is refused so, in both forms of output, and that nothing is appended.
fn check(scene: &Scene, unit: &str, arguments: &[&str], refusal: &Refusal) {
    let Refusal(code, field, rule) = *refusal;
    let before = scene.events(unit);
    let output = scene.cluster.attempt(unit, arguments).unwrap();
    let shown = printed(&output);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {shown}");
    assert!(shown.contains(&format!("{field} ({rule}): ")), "{field} {rule}: {shown}");

    let json = [&["--output", "json"], arguments].concat();
    let output = scene.cluster.attempt(unit, &json).unwrap();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}");
    let failure: Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!(failure["exit"], code, "{failure}");
    let faults = failure["errors"].as_array().unwrap();
    let named = faults.iter().any(|fault| fault["field"] == field && fault["rule"] == rule);
    assert!(named, "{field} {rule}: {failure}");
    assert_eq!(scene.events(unit), before, "{arguments:?} appended something");
}

#[test]
fn a_command_that_breaks_a_rule_is_refused_by_field_and_rule() {
    let scene = Scene::running(&FEW);
    let issued = scene.issue(HCM, "Truy nã (ví dụ)", ZONE);
    scene.seen(&issued, &[HCM, LONG_AN]);
    contents(&scene);
    changes(&scene, text(&issued, "alert"));
    scene.verify(&[HCM, LONG_AN]);
}

/// What an alert may not say.
fn contents(scene: &Scene) {
    let set = |at: &str, value: Value| {
        let mut content = wanted("Truy nã (ví dụ)");
        *content.pointer_mut(at).unwrap() = value;
        content
    };
    let long = "x".repeat(121);
    for (content, zone, refusal) in [
        (wanted("ví dụ"), "no-such-zone", Refusal(REFUSED, "/zones/0", "unknown-zone")),
        (wanted("ví dụ"), "long-an-tien-giang", Refusal(REFUSED, "/zones/0", "not-in-zone")),
        (
            set("/category", json!("stolen-boat")),
            ZONE,
            Refusal(REFUSED, "/content/category", "unknown-code"),
        ),
        (set("/ground", Value::Null), ZONE, Refusal(REFUSED, "/content/ground", "required")),
        (set("/headline", json!(long)), ZONE, Refusal(REFUSED, "/content/headline", "too-long")),
        (
            set("/headline", json!("\u{1b}[2J nhấp nháy")),
            ZONE,
            Refusal(REFUSED, "/content/headline", "hidden-characters"),
        ),
        (
            set("/ground/date", json!("2024-02-30")),
            ZONE,
            Refusal(REFUSED, "/content/ground/date", "date"),
        ),
        (set("/expires", json!("2099-13-01")), ZONE, Refusal(REFUSED, "/content/expires", "date")),
    ] {
        let content = scene.file(&content.to_string());
        let arguments = ["alert", "issue", "--content", &content, "--zone", zone];
        let arguments = [&arguments[..], &OFFICERS].concat();
        check(scene, HCM, &arguments, &refusal);
        let shown = printed(&scene.cluster.attempt(HCM, &arguments).unwrap());
        assert!(!shown.contains('\u{1b}'), "{shown:?}");
    }
}

/// What may not become of an alert.
fn changes(scene: &Scene, alert: &str) {
    let content = scene.file(&wanted("Bản sửa (ví dụ)").to_string());
    let issue = ["alert", "issue", "--content", &content, "--zone", ZONE];
    let one = ["--drafted-by", "cb-01", "--approved-by", "cb-01"];
    let second = Refusal(REFUSED, "/approved_by", "second-person");
    check(scene, HCM, &[&issue[..], &one].concat(), &second);

    let unit = "hcm_cu-chi";
    let not_served = Refusal(REFUSED, "/unit", "not-served");
    check(scene, HCM, &[&issue[..], &OFFICERS, &["--unit", unit]].concat(), &not_served);

    let amend = |alert| {
        let amend = ["alert", "amend", alert, "--content", &content, "--reason", "ví dụ"];
        [&amend[..], &OFFICERS].concat()
    };
    let withdraw =
        |alert| [&["alert", "withdraw", alert, "--reason", "executed"][..], &OFFICERS].concat();
    let not_issuer = Refusal(REFUSED, "/alert", "not-issuer");
    check(scene, LONG_AN, &amend(alert), &not_issuer);
    check(scene, LONG_AN, &withdraw(alert), &not_issuer);

    let unknown = Refusal(NOT_FOUND, "/alert", "unknown-alert");
    check(scene, HCM, &amend("hcm/2024/999999"), &unknown);
    check(scene, HCM, &withdraw("hcm/2024/999999"), &unknown);
    let shown = scene.cluster.attempt(HCM, &["alert", "show", "hcm/2024/999999"]).unwrap();
    assert_eq!(shown.status.code(), Some(NOT_FOUND), "{}", printed(&shown));

    let withdrawn = scene.act(HCM, &withdraw(alert));
    scene.seen(&withdrawn, &[HCM, LONG_AN]);
    let refusal = Refusal(REFUSED, "/alert", "withdrawn");
    check(scene, HCM, &amend(alert), &refusal);
    check(scene, HCM, &withdraw(alert), &refusal);
}

#[test]
fn a_file_that_is_no_content_is_refused_with_the_place_in_it() {
    let mut scene = Scene::founded(&[Member::new(REGISTRAR)]);
    scene.cluster.start(REGISTRAR).unwrap();
    scene.ready();
    let before = scene.events(REGISTRAR);
    let mut unknown = wanted("ví dụ");
    unknown["headlines"] = "hai".into();
    for (content, named) in [
        ("{\"category\": \"wanted-person\",".to_owned(), "line 1"),
        ("Truy nã".to_owned(), "line 1"),
        (unknown.to_string(), "headlines"),
    ] {
        let path = scene.file(&content);
        let issue = ["alert", "issue", "--content", &path, "--zone", "cluster"];
        let output = scene.cluster.attempt(REGISTRAR, &[&issue[..], &OFFICERS].concat()).unwrap();
        let shown = printed(&output);
        assert_eq!(output.status.code(), Some(REFUSED), "{shown}");
        assert!(shown.contains(&path) && shown.contains(named), "{shown}");
    }
    let missing = scene.path("missing.json").display().to_string();
    let issue = ["alert", "issue", "--content", &missing, "--zone", "cluster"];
    let output = scene.cluster.attempt(REGISTRAR, &[&issue[..], &OFFICERS].concat()).unwrap();
    assert_eq!(output.status.code(), Some(NOT_FOUND), "{}", printed(&output));

    // The same without the program in front of the API.
    let dir = &scene.cluster.node(REGISTRAR).dir;
    let mut command = common::issue_command("ví dụ", "cluster");
    command["urgent"] = true.into();
    for (command, status) in [(json!("no command"), "400"), (command, "400")] {
        let refused = giapranh_tests::api::command(dir, &command).unwrap_err().to_string();
        assert!(refused.contains(status), "{refused}");
    }
    assert_eq!(scene.events(REGISTRAR), before);
}

#[test]
fn a_node_that_does_not_run_is_told_apart_from_one_that_refuses() {
    let scene = Scene::founded(&[Member::new(REGISTRAR)]);
    for arguments in [&["node", "status"][..], &["alert", "list"], &["zone", "list"]] {
        let output = scene.cluster.attempt(REGISTRAR, arguments).unwrap();
        let shown = printed(&output);
        assert_eq!(output.status.code(), Some(UNAVAILABLE), "{arguments:?}: {shown}");
        assert!(shown.contains("giapranh node run"), "it does not say the way out: {shown}");
    }
}

#[test]
fn a_log_that_can_not_be_audited_is_refused_with_the_reason() {
    let scene = Scene::founded(&[Member::new(REGISTRAR)]);
    let log = scene.cluster.node(REGISTRAR).dir.join(LOG_FILE);
    let copy = |name: &str| {
        let path = scene.path(name);
        Reader::open(&log).unwrap().back_up(&path).unwrap();
        path
    };
    let audit = |path: &Path, code: i32, named: &[&str]| {
        let path = path.display().to_string();
        let output = scene.cluster.attempt(REGISTRAR, &["audit", "verify", &path]).unwrap();
        let shown = printed(&output);
        assert_eq!(output.status.code(), Some(code), "{path}: {shown}");
        assert!(named.iter().all(|name| shown.contains(name)), "{path} {named:?}: {shown}");
    };
    let whole = copy("whole.db");
    audit(&whole, 0, &["signatures checked"]);

    let truncated = copy("truncated.db");
    let bytes = std::fs::read(&truncated).unwrap();
    std::fs::write(&truncated, &bytes[..bytes.len() / 2]).unwrap();
    audit(&truncated, LOG_UNUSABLE, &["truncated.db", "position", "backup"]);

    let text = scene.path("text.db");
    std::fs::write(&text, "Không phải nhật ký\n".repeat(100)).unwrap();
    audit(&text, LOG_UNUSABLE, &["text.db", "not a log"]);
    audit(&scene.path("nowhere.db"), LOG_UNUSABLE, &["nowhere.db"]);

    let newer = copy("newer.db");
    let connection = rusqlite::Connection::open(&newer).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    audit(&newer, LOG_UNUSABLE, &["newer.db", "schema 99", "newer one"]);

    // Another cluster's anchor is no matter of the file but of what it proves.
    let other = "ab".repeat(32);
    let path = whole.display().to_string();
    let arguments = ["audit", "verify", &path, "--anchor", &other];
    let output = scene.cluster.attempt(REGISTRAR, &arguments).unwrap();
    assert_eq!(output.status.code(), Some(NOT_VERIFIED), "{}", printed(&output));
}

#[test]
fn a_node_does_not_start_on_what_is_not_its_own() {
    let mut scene = Scene::founded(&[Member::new(REGISTRAR), Member::new(HCM)]);
    let dir = scene.cluster.node(HCM).dir.clone();
    let (config, key) = (dir.join("node.toml"), dir.join("node.key"));
    let written = std::fs::read_to_string(&config).unwrap();

    std::fs::write(&config, written.replace("unit = \"hcm\"", "unit = \"tay-ninh\"")).unwrap();
    refused_to_run(&dir, &[], LOG_UNUSABLE, &["hcm (key", "tay-ninh (key"]);
    std::fs::write(&config, format!("{written}\nspeed = 9\n")).unwrap();
    refused_to_run(&dir, &[], 1, &["node.toml", "speed"]);
    std::fs::write(&config, written).unwrap();

    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    refused_to_run(&dir, &[], 1, &["node.key", "chmod 600"]);
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();

    for address in ["0.0.0.0:0", "192.0.2.1:8080", "[::]:0", "8080"] {
        refused_to_run(&dir, &["--http", address], 1, &[address, "loopback"]);
    }
    let truncated = scene.path("truncated");
    copy_dir(&dir, &truncated);
    let log = truncated.join(LOG_FILE);
    let bytes = std::fs::read(&log).unwrap();
    std::fs::write(&log, &bytes[..bytes.len() / 2]).unwrap();
    refused_to_run(&truncated, &[], LOG_UNUSABLE, &[LOG_FILE, "position", "backup"]);

    // And after all that it does start, once.
    scene.cluster.start(HCM).unwrap();
    let running = |status: &Value| status["unit"] == HCM;
    scene.cluster.wait_status(HCM, "running", running).unwrap();
    refused_to_run(&dir, &[], LOG_UNUSABLE, &["another process", LOG_FILE]);
    scene.cluster.wait_status(HCM, "still running", running).unwrap();
}

#[test]
fn what_is_made_once_is_not_made_twice() {
    let scene = Scene::founded(&[Member::new(REGISTRAR), Member::new(HCM)]);
    let before = [REGISTRAR, HCM].map(|unit| scene.events(unit));
    let key = |unit: &str| std::fs::read(scene.cluster.node(unit).dir.join("node.key")).unwrap();
    let keys = [REGISTRAR, HCM].map(key);
    let output = scene.cluster.attempt(HCM, &["node", "init", "--unit", HCM]).unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", printed(&output));
    assert!(printed(&output).contains("already"), "{}", printed(&output));

    let data = common::repository().join("deploy/directory").display().to_string();
    let request = scene.cluster.root().join("hcm.request.json").display().to_string();
    let found = ["directory", "found", "--data", &data, "--request", &request];
    for (unit, named) in [(REGISTRAR, "founded already"), (HCM, "only the registrar")] {
        let output = scene.cluster.attempt(unit, &found).unwrap();
        assert_eq!(output.status.code(), Some(REFUSED), "{unit}: {}", printed(&output));
        assert!(printed(&output).contains(named), "{unit}: {}", printed(&output));
    }
    assert_eq!([REGISTRAR, HCM].map(|unit| scene.events(unit)), before);
    assert_eq!([REGISTRAR, HCM].map(key), keys);
}

#[test]
fn what_can_not_be_typed_is_wrong_usage() {
    let scene = Scene::founded(&[Member::new(REGISTRAR)]);
    for arguments in [
        &["alert", "show", "hcm/2024/1"][..],
        &["alert", "list", "--zone", "Hồ Chí Minh"],
        &["alert", "withdraw", "hcm/2024/000001", "--reason", "bored"],
        &["audit", "verify"],
        &["no-such-command"],
    ] {
        let output = scene.cluster.attempt(REGISTRAR, arguments).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", printed(&output));
    }
}

/// Holds that `node run` ends by itself with that code and says why.
fn refused_to_run(dir: &Path, arguments: &[&str], code: i32, named: &[&str]) {
    let mut command = Command::new(binary());
    command.args(["node", "run", "--nats", "none", "--dir"]).arg(dir).args(arguments);
    command.env("NO_COLOR", "1");
    let output = ended(command);
    let shown = printed(&output);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {shown}");
    assert!(named.iter().all(|name| shown.contains(name)), "{named:?}: {shown}");
}

/// Runs a program that must end by itself.
fn ended(mut command: Command) -> Output {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let deadline = Instant::now() + PATIENCE;
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if Instant::now() > deadline {
            child.kill().unwrap();
            panic!("{command:?} runs, and must not");
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    let mut stderr = Vec::new();
    child.stderr.take().unwrap().read_to_end(&mut stderr).unwrap();
    Output { status, stdout: Vec::new(), stderr }
}

fn copy_dir(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}
