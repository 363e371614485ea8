//! What really happened in 2025, applied to a running cluster: on 1 March the district police ended,
//! on 1 July provinces and communes merged. The lead goes on to another province in between, because
//! the one that has it ends, too.
#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

mod common;

use std::collections::BTreeSet;

use common::{DUC_HOA, HCM, LONG_AN, OFFICERS, REGISTRAR, Scene, ZONE, text};
use giapranh_log::{LOG_FILE, Reader};
use giapranh_node::Keyholder;
use giapranh_record::Hash;
use giapranh_tests::cluster::Member;
use giapranh_tests::story;
use serde_json::Value;

const TAY_NINH: &str = "tay-ninh";
const MEMBERS: [Member; 5] = [
    Member::new(REGISTRAR),
    Member::new(HCM),
    Member::new(LONG_AN),
    Member::new(DUC_HOA),
    Member::new(TAY_NINH),
];
/// Who goes on after both steps.
const HEIRS: [&str; 2] = [HCM, TAY_NINH];

/// A bulletin of the district for the border zone.
fn bulletin(scene: &Scene) -> Value {
    let content = scene.file(&story::modus_operandi().to_string());
    let arguments = ["alert", "issue", "--content", &content, "--zone", ZONE];
    scene.act(DUC_HOA, &[&arguments[..], &OFFICERS].concat())
}

fn withdraw(alert: &str) -> Vec<&str> {
    [&["alert", "withdraw", alert, "--reason", "error"][..], &OFFICERS].concat()
}

/// Why a unit's command is refused.
#[track_caller]
fn refused(scene: &Scene, unit: &str, arguments: &[&str]) -> String {
    let output = scene.cluster.attempt(unit, arguments).unwrap();
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// Closes a node, and waits until the registrar has its last event.
fn close(scene: &Scene, unit: &str, registrar: &str) {
    let close = ["node", "close", "--reason", "tổ chức lại (ví dụ)", "--officer", "cb-01"];
    let closed = scene.act(unit, &close);
    scene.seen(&closed, &[registrar]);
}

fn head(scene: &Scene, unit: &str) -> u64 {
    let status = scene.cluster.wait_status(unit, "there", |status| status["events"].is_u64());
    status.unwrap()["directory"]["head"].as_u64().unwrap()
}

/// Lets the registrar decide, and waits until these nodes have it.
fn decide(scene: &Scene, registrar: &str, arguments: &[&str], day: &str, units: &[&str]) {
    let next = head(scene, registrar) + 1;
    let decision = ["--decision", "Nghị quyết ví dụ", "--effective-from", day];
    let decided = [arguments, &decision, &OFFICERS].concat();
    scene.cluster.cli(registrar, &decided).unwrap();
    for unit in [&[registrar], units].concat() {
        let has = |status: &Value| status["directory"]["head"] == next;
        scene.cluster.wait_status(unit, "up with the directory", has).unwrap();
    }
}

fn reorganise(scene: &Scene, registrar: &str, step: &str, day: &str, units: &[&str]) {
    let data = common::repository().join("deploy/directory").display().to_string();
    let arguments = ["directory", "reorganise", "--step", step, "--data", &data];
    decide(scene, registrar, &arguments, day, units);
}

fn shown_at(scene: &Scene, unit: &str, day: &str) -> Value {
    scene.act(unit, &["directory", "show", "--at", day])
}

fn of_level(snapshot: &Value, level: &str) -> usize {
    let units = snapshot["units"].as_object().unwrap();
    units.values().filter(|unit| unit["level"] == level).count()
}

#[test]
fn a_running_cluster_lives_through_both_steps_of_2025() {
    let mut scene = Scene::running(&MEMBERS);
    let [first, second, third] = [(); 3].map(|()| bulletin(&scene));
    let alert = |event| text(event, "alert").to_owned();
    scene.seen(&third, &[HCM, LONG_AN]);
    // Of a border that Tây Ninh never has.
    let elsewhere = scene.issue(HCM, "Ở ranh giới khác (ví dụ)", "dong-nai-hcm");
    let elsewhere = alert(&elsewhere);

    // 1 March: the districts end.
    close(&scene, DUC_HOA, REGISTRAR);
    let said = refused(&scene, DUC_HOA, &withdraw(&alert(&first)));
    assert!(said.contains("closed"), "{said}");
    let all = [HCM, LONG_AN, TAY_NINH, DUC_HOA];
    reorganise(&scene, REGISTRAR, "1", "2025-03-01", &all);
    let shown = scene.act(HCM, &["alert", "show", &alert(&first)]);
    assert_eq!(shown["issuer_name"], "Huyện Đức Hòa", "{shown}");
    assert_eq!(shown["responsible"], LONG_AN, "{shown}");
    let said = refused(&scene, HCM, &withdraw(&alert(&first)));
    assert!(said.contains(LONG_AN), "{said}");
    let withdrawn = scene.act(LONG_AN, &withdraw(&alert(&first)));
    scene.seen(&withdrawn, &[HCM]);

    // The district's log goes to who answers for it.
    let out = scene.path("duc-hoa.db").display().to_string();
    scene.cluster.stop(DUC_HOA).unwrap();
    scene.cluster.cli(DUC_HOA, &["node", "handover", "--out", &out]).unwrap();
    let said = refused(&scene, HCM, &["node", "take-over", &out]);
    assert!(!said.is_empty());
    scene.cluster.stop(LONG_AN).unwrap();
    for _ in 0..2 {
        let taken = scene.act(LONG_AN, &["node", "take-over", &out]);
        assert_eq!((&taken["unit"], &taken["refused"]), (&DUC_HOA.into(), &0.into()), "{taken}");
    }
    scene.cluster.start(LONG_AN).unwrap();

    // The lead's own province will end: it hands the directory over.
    let hand_over = ["directory", "hand-over", HCM];
    decide(&scene, REGISTRAR, &hand_over, "2025-06-30", &[HCM, LONG_AN, TAY_NINH]);
    let deadline = ["directory", "deadline", "review", "100", "--decision", "ví dụ"];
    refused(&scene, REGISTRAR, &[&deadline[..], &OFFICERS].concat());

    // 1 July: the provinces merge.
    close(&scene, REGISTRAR, HCM);
    close(&scene, LONG_AN, HCM);
    reorganise(&scene, HCM, "2", "2025-07-01", &[TAY_NINH, LONG_AN, REGISTRAR]);
    let shown = scene.act(HCM, &["alert", "show", &alert(&second)]);
    assert_eq!(shown["issuer_name"], "Huyện Đức Hòa", "{shown}");
    assert_eq!(shown["responsible"], TAY_NINH, "{shown}");
    refused(&scene, LONG_AN, &withdraw(&alert(&second)));

    // Who answers for it reads it from now on, though its node was never granted the key before; and
    // has no key of what goes to others.
    scene.wait_json(TAY_NINH, &["alert", "show", &alert(&second)], |shown| {
        !shown["content"].is_null() && shown["sealed"].is_null()
    });
    let commitments = |unit: &str, alert: &str| -> BTreeSet<Hash> {
        let reader = Reader::open(&scene.cluster.node(unit).dir.join(LOG_FILE)).unwrap();
        let stored = reader.of_alert(alert, u64::MAX >> 1).unwrap();
        stored.iter().filter_map(|stored| stored.event.header().key_commitment).collect()
    };
    let keys = Keyholder::there(&scene.cluster.node(TAY_NINH).dir).unwrap().unwrap();
    let holds = |alert: &str| {
        let all = commitments(HCM, alert);
        assert!(!all.is_empty(), "{alert}");
        all.iter().filter(|one| keys.key(one).unwrap().is_some()).count()
    };
    assert_eq!(holds(&alert(&second)), commitments(HCM, &alert(&second)).len());
    assert_eq!(holds(&elsewhere), 0);

    // A log that spans both dates: it verifies, replays, and shows each day as it was.
    scene.verify(&[]);
    for unit in HEIRS {
        let old = shown_at(&scene, unit, "2025-02-28");
        let between = shown_at(&scene, unit, "2025-06-29");
        let new = shown_at(&scene, unit, "2025-07-01");
        let counts = |shown| ["province", "district", "commune"].map(|l| of_level(shown, l));
        assert_eq!(counts(&old), [7, 84, 1_044]);
        assert_eq!(counts(&between), [7, 0, 1_044]);
        assert_eq!(counts(&new), [4, 0, 461]);
        assert_eq!((&old["registrar"], &new["registrar"]), (&REGISTRAR.into(), &HCM.into()));
        assert_eq!(old["units"][LONG_AN]["official_code"], "80");
        assert_eq!(new["units"][TAY_NINH]["official_code"], "80");
        assert!(new["zones"][ZONE]["members"].as_array().unwrap().contains(&TAY_NINH.into()));
    }
    let rebuilt = scene.act(HCM, &["rebuild"]);
    assert_eq!(rebuilt["digest_before"], rebuilt["digest_after"], "{rebuilt}");
    let log = scene.cluster.node(HCM).dir.join("log.db").display().to_string();
    scene.cluster.cli(HCM, &["audit", "verify", &log]).unwrap();
    let until = head(&scene, HCM).to_string();
    scene.cluster.cli(HCM, &["audit", "replay", &log, "--until", &until]).unwrap();
}
