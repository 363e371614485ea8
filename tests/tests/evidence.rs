//! Evidence that is made in a running cluster convinces somebody who has the binary and the anchor,
//! in an empty directory, and nothing else.
#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::{HCM, LONG_AN, REGISTRAR, Scene, ZONE, binary, printed, text, wanted};
use giapranh_tests::cluster::Member;
use serde_json::Value;

const MEMBERS: [Member; 3] = [Member::new(REGISTRAR), Member::new(HCM), Member::new(LONG_AN)];

const NOT_VERIFIED: i32 = 6;
const REFUSED: i32 = 3;
const USAGE: i32 = 2;

/// The auditor's room: an empty directory, an empty environment.
struct Auditor {
    dir: PathBuf,
}

impl Auditor {
    fn in_room(scene: &Scene) -> Self {
        let dir = scene.path("auditor");
        std::fs::create_dir(&dir).unwrap();
        Self { dir }
    }

    /// Takes a file in.
    fn take(&self, file: &Path) -> String {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        std::fs::copy(file, self.dir.join(&name)).unwrap();
        name
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(binary());
        command.env_clear().current_dir(&self.dir).args(arguments).output().unwrap()
    }

    /// What the binary says, as JSON, and how it ends.
    #[track_caller]
    fn verify(&self, arguments: &[&str], code: i32) -> Value {
        let line = [&["--output", "json", "audit", "verify"][..], arguments].concat();
        let output = self.run(&line);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", printed(&output));
        serde_json::from_slice(&output.stdout).unwrap_or_default()
    }
}

/// What happened: an alert, a hit from the other side, and another alert that is nobody's business.
fn told() -> (Scene, String) {
    let scene = Scene::running(&MEMBERS);
    let both = [HCM, LONG_AN];
    let issued = scene.issue(HCM, "Truy nã (ví dụ)", ZONE);
    scene.seen(&issued, &both);
    let alert = text(&issued, "alert").to_owned();
    let mut hit = vec!["hit", "report", &alert, "--urgency", "urgent", "--place", "Quán Ví Dụ"];
    hit.extend(["--seen-at", "2024-03-05T21:10:00+07:00", "--basis", "khớp đặc điểm"]);
    hit.extend(["--certainty", "probable", "--done", "giám sát", "--officer", "cb-truc-03"]);
    let hit = scene.act(LONG_AN, &hit);
    scene.seen(&hit, &both);
    let secret = scene.issue(HCM, "Việc khác (ví dụ)", ZONE);
    scene.seen(&secret, &both);
    (scene, alert)
}

#[test]
fn evidence_of_a_running_cluster_verifies_with_the_binary_alone() {
    let (mut scene, alert) = told();
    let auditor = Auditor::in_room(&scene);
    let anchor = auditor.take(&scene.cluster.node(REGISTRAR).dir.join("anchor.toml"));

    // Made while the node runs.
    let (note, file) = (scene.path("long-an.note"), scene.path("alert.evidence"));
    let (note, out) = (note.to_str().unwrap(), file.to_str().unwrap());
    scene.cluster.cli(LONG_AN, &["audit", "checkpoint", "--out", note]).unwrap();
    let export = ["audit", "export", "--alert", &alert, "--out", out, "--checkpoint", note];
    let made = scene.act(HCM, &export);
    assert_eq!(made["made"]["remarks"], Value::Array(vec![]), "{made}");
    let again = scene.cluster.attempt(HCM, &export).unwrap();
    assert_eq!(again.status.code(), Some(REFUSED), "{}", printed(&again));
    assert!(printed(&again).contains("exists already"), "{}", printed(&again));

    let name = auditor.take(&file);
    let report = auditor.verify(&[&name, "--anchor", &anchor], 0);
    assert_eq!(report["anchor_known"], true);
    let events = report["events"].as_array().unwrap();
    let verdicts: Vec<_> = events.iter().map(|event| text(event, "verdict")).collect();
    assert_eq!(verdicts, ["valid", "valid"], "{report}");
    assert!(events.iter().all(|event| event["in_checkpoint"].is_u64()), "{report}");
    assert!(events.iter().all(|event| event["alert"] == *alert), "{report}");
    let shown = auditor.run(&["audit", "verify", &name]);
    assert!(printed(&shown).contains("not proven"), "{}", printed(&shown));
    assert!(!printed(&shown).contains("Nguyễn"), "contents are shown: {}", printed(&shown));
    let content = std::fs::read(&file).unwrap();
    assert!(!String::from_utf8_lossy(&content).contains("Việc khác"));

    // A zone is exported from the stopped node's log file, without its key.
    scene.cluster.stop_all().unwrap();
    let log = auditor.take(&scene.cluster.node(HCM).dir.join("log.db"));
    let line = ["audit", "export", "--zone", ZONE, "--out", "zone.evidence", "--log-file", &log];
    let output = auditor.run(&line);
    assert!(output.status.success(), "{}", printed(&output));
    assert!(printed(&output).contains("no checkpoint for hcm/1"), "{}", printed(&output));
    let report = auditor.verify(&["zone.evidence", "--anchor", &anchor], 0);
    assert_eq!(report["events"].as_array().unwrap().len(), 3, "{report}");

    // Somebody changes a byte, and somebody brings another anchor.
    let mut changed = content.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    std::fs::write(auditor.dir.join("changed"), changed).unwrap();
    let report = auditor.verify(&["changed", "--anchor", &anchor], NOT_VERIFIED);
    let codes: Vec<_> =
        report["faults"].as_array().unwrap().iter().map(|fault| text(fault, "code")).collect();
    assert!(codes.contains(&"end") && codes.len() >= 2, "{report}");
    let other = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    let report = auditor.verify(&[&name, "--anchor", other], NOT_VERIFIED);
    assert_eq!(report["faults"][0]["code"], "anchor", "{report}");
}

#[test]
fn an_auditor_who_keeps_a_checkpoint_holds_a_node_to_it() {
    let (scene, alert) = told();
    let auditor = Auditor::in_room(&scene);
    let dir = scene.cluster.node(HCM).dir.clone();
    let note = scene.cluster.cli(HCM, &["audit", "checkpoint"]).unwrap();
    assert!(note.starts_with("giapranh.v1/hcm/1\n"), "{note}");
    std::fs::write(auditor.dir.join("kept"), &note).unwrap();
    let content = scene.file(&wanted("Nơi mới (ví dụ)").to_string());
    let amend = ["alert", "amend", &alert, "--content", &content, "--reason", "ví dụ"];
    scene.act(HCM, &[&amend[..], &common::OFFICERS].concat());

    // The log as it is now, read while its node writes it.
    let log = dir.join("log.db").display().to_string();
    let report = auditor.verify(&[&log, "--checkpoint", "kept"], 0);
    assert_eq!(report["checkpoints"][0]["standing"], "holds", "{report}");
    let report = auditor.verify(&["kept", "--log-file", &log], 0);
    assert_eq!(report["checkpoints"][0]["standing"], "holds", "{report}");
    let alone = auditor.run(&["audit", "verify", "kept"]);
    assert_eq!(alone.status.code(), Some(USAGE));
    assert!(printed(&alone).contains("--log-file"), "{}", printed(&alone));
    // Another's log holds what its zones got, which is less.
    let other = scene.cluster.node(REGISTRAR).dir.join("log.db").display().to_string();
    let report = auditor.verify(&[&other, "--checkpoint", "kept"], NOT_VERIFIED);
    assert_eq!(report["checkpoints"][0]["standing"], "incomplete", "{report}");

    // That it only grew since, and that the alert is in it, without showing the alert.
    let kept = auditor.dir.join("kept").display().to_string();
    for (arguments, field) in [
        (vec!["audit", "prove", "--from", &kept], "consistencies"),
        (vec!["audit", "prove", &alert], "undisclosed"),
    ] {
        let out = auditor.dir.join(field).display().to_string();
        let line = [&arguments[..], &["--out", &out]].concat();
        scene.act(HCM, &line);
        let report = auditor.verify(&[field], 0);
        assert!(!report[field].as_array().unwrap().is_empty(), "{report}");
        assert_eq!(report["events"], Value::Array(vec![]), "{report}");
    }
}

#[test]
fn two_nodes_logs_are_compared() {
    let (scene, alert) = told();
    let auditor = Auditor::in_room(&scene);
    let dir = |unit: &str| scene.cluster.node(unit).dir.display().to_string();
    let diff = |arguments: &[&str]| {
        let output = auditor.run(&[&["--output", "json", "audit", "diff"][..], arguments].concat());
        assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let difference = diff(&[&dir(HCM), &dir(LONG_AN)]);
    assert_eq!(difference["same"], true, "{difference}");
    // The registrar is in no zone of theirs.
    let difference = diff(&[&dir(HCM), &dir(REGISTRAR)]);
    assert_eq!(
        (&difference["same"], &difference["second"]["only_here"]),
        (&false.into(), &0.into())
    );
    let alerts = difference["views"]["alerts"].as_array().unwrap();
    assert!(alerts.iter().any(|one| one["alert"] == *alert && one["only"] == "first"));
    assert!(!difference.to_string().contains("Truy nã"), "{difference}");

    let log = dir(HCM);
    let head = difference["first"]["position"].as_u64().unwrap();
    let (before, now) = ((head - 1).to_string(), head.to_string());
    let difference = diff(&[&log, "--at", &before, "--and", &now]);
    assert_eq!(difference["second"]["only_here"], 1, "{difference}");
}
