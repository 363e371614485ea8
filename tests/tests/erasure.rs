//! What is erased is gone: from every file of every node and server, provably, while every log holds.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use std::path::PathBuf;
use std::time::Instant;

use common::{DUC_HOA, HCM, LONG_AN, OFFICERS, REGISTRAR, Scene, TIEN_GIANG, ZONE, holding, text};
use giapranh_tests::cluster::{Member, PATIENCE};
use giapranh_tests::story;
use serde_json::Value;

const MEMBERS: [Member; 5] = [
    Member::new(REGISTRAR),
    Member::new(HCM),
    Member::new(LONG_AN),
    Member::new(DUC_HOA),
    Member::new(TIEN_GIANG),
];
/// Whose nodes are in the zone.
const IN_ZONE: [&str; 3] = [HCM, LONG_AN, DUC_HOA];

/// Recognisably nobody's.
const NAME: &str = "Hoàng Thị Ví Dụ Xóa";
const WORDS: [&str; 3] = ["Ví Dụ Xóa", "vi du xoa", "00000 đồng vắng"];

fn person() -> Value {
    let mut content = story::wanted(NAME, "Truy nã Hoàng Thị Ví Dụ Xóa");
    let person = &mut content["wanted_person"]["person"];
    person["residence"] = "Số 00000 đồng vắng (ví dụ)".into();
    content
}

fn issue(scene: &Scene) -> Value {
    let file = scene.file(&person().to_string());
    let arguments = ["alert", "issue", "--content", &file, "--zone", ZONE];
    scene.act(HCM, &[&arguments[..], &OFFICERS].concat())
}

fn wait_erased(scene: &Scene, alert: &str, on: &str) {
    scene.wait_json(on, &["erasure", "status", alert], |state| {
        state["missing"].as_array().is_some_and(Vec::is_empty)
            && state["confirmed"].as_object().is_some_and(|units| units.len() >= IN_ZONE.len())
    });
}

fn read_by_all(scene: &Scene, alert: &str) {
    for unit in IN_ZONE {
        scene.wait_json(unit, &["alert", "show", alert], |shown| {
            shown["content"]["wanted_person"]["person"]["name"] == NAME
        });
    }
}

#[test]
fn after_an_erasure_nothing_of_it_is_in_any_file_and_every_log_holds() {
    let scene = Scene::running(&MEMBERS);
    let event = issue(&scene);
    let alert = text(&event, "alert");
    read_by_all(&scene, alert);
    // It was looked for, too, and found under both spellings.
    let found = scene.act(LONG_AN, &["search", "hoang thi vi du xoa"]);
    assert_eq!(found["results"][0]["id"], alert, "{found}");
    let hit =
        ["hit", "report", alert, "--place", "Bến 00000 đồng vắng (ví dụ)", "--basis", "ví dụ"];
    let rest = ["--certainty", "possible", "--done", "ví dụ", "--officer", "cb-truc-01"];
    let when = ["--urgency", "routine", "--seen-at", "2024-05-31T12:00:00+07:00"];
    scene.act(LONG_AN, &[&hit[..], &rest[..], &when[..]].concat());

    let root = scene.cluster.root().to_owned();
    let before = holding(&root, &WORDS);
    let in_views =
        |path: &PathBuf| path.file_name().unwrap().to_string_lossy().starts_with("views-");
    assert!(!before.is_empty(), "the search itself works");
    // What crosses, what servers keep, and what the logs hold is sealed before anything is erased.
    let clear: Vec<&PathBuf> = before.iter().filter(|path| !in_views(path)).collect();
    assert!(clear.is_empty(), "in clear: {clear:?}");
    assert!(!before.iter().any(|path| path.to_string_lossy().contains(TIEN_GIANG)));

    let reason = ["alert", "withdraw", alert, "--reason", "executed"];
    scene.act(HCM, &[&reason[..], &OFFICERS].concat());
    let erase = ["alert", "erase", alert, "--ground", "no-longer-needed", "--decision", "00/VD"];
    scene.act(HCM, &[&erase[..], &OFFICERS].concat());
    for unit in IN_ZONE {
        wait_erased(&scene, alert, unit);
    }
    let left = holding(&root, &WORDS);
    assert!(left.is_empty(), "left: {left:?}");
    for unit in IN_ZONE {
        let shown = scene.act(unit, &["alert", "show", alert]);
        assert_eq!(shown["sealed"], "erased", "{shown}");
        assert!(shown["content"].is_null());
        // What the review counts is there.
        assert_eq!(shown["withdrawal"]["reason"], "executed");
        assert_eq!(shown["hits"].as_object().map(serde_json::Map::len), Some(1));
        let found = scene.act(unit, &["search", "hoang thi vi du xoa"]);
        assert_eq!(found["results"].as_array().map(Vec::len), Some(0), "{found}");
    }
    scene.verify(&IN_ZONE);
    // A rebuild shows the same, and so does a backup that is taken after.
    for unit in IN_ZONE {
        let rebuilt = scene.act(unit, &["rebuild"]);
        assert_eq!(rebuilt["digest_before"], rebuilt["digest_after"], "{unit}: {rebuilt}");
        let to = scene.path(&format!("{unit}.backup")).display().to_string();
        scene.cluster.cli(unit, &["node", "backup", "--out", &to]).unwrap();
    }
    assert!(
        holding(scene.path("").as_path(), &WORDS)
            .iter()
            .all(|path| { path.file_name().unwrap().to_string_lossy().starts_with("content-") })
    );
}

#[test]
fn a_wrong_person_is_erased_at_once_and_a_node_that_was_off_erases_before_it_shows_anything() {
    let mut scene = Scene::running(&MEMBERS);
    let event = issue(&scene);
    let alert = text(&event, "alert").to_owned();
    read_by_all(&scene, &alert);
    scene.cluster.stop(DUC_HOA).unwrap();
    let reason = ["alert", "withdraw", &alert, "--reason", "wrong-person"];
    scene.act(HCM, &[&reason[..], &OFFICERS].concat());
    let others = [HCM, LONG_AN];
    for unit in others {
        scene.wait_json(unit, &["erasure", "status", &alert], |state| {
            others.iter().all(|unit| !state["confirmed"][unit].is_null())
        });
        let state = scene.act(unit, &["erasure", "status", &alert]);
        assert_eq!(state["missing"], serde_json::json!([DUC_HOA]), "{state}");
        let dir = &scene.cluster.node(unit).dir;
        assert!(holding(dir, &WORDS).is_empty(), "{unit}");
    }
    let dir = scene.cluster.node(DUC_HOA).dir.clone();
    assert!(!holding(&dir, &WORDS).is_empty(), "it has what it had");
    scene.cluster.start(DUC_HOA).unwrap();
    for unit in IN_ZONE {
        wait_erased(&scene, &alert, unit);
    }
    assert!(holding(scene.cluster.root(), &WORDS).is_empty());
    scene.verify(&IN_ZONE);
}

#[test]
fn a_node_that_was_away_for_long_shows_nothing_before_it_has_heard_what_was_erased() {
    let mut scene = Scene::running(&MEMBERS);
    let event = issue(&scene);
    let alert = text(&event, "alert").to_owned();
    read_by_all(&scene, &alert);
    scene.cluster.stop(LONG_AN).unwrap();
    // As if it had been off for a month; and nobody is there who could tell what was erased.
    let dir = scene.cluster.node(LONG_AN).dir.clone();
    giapranh_tests::vault::away_since(&dir, 1_700_000_000_000).unwrap();
    scene.cluster.stop(HCM).unwrap();
    scene.cluster.stop(DUC_HOA).unwrap();
    scene.cluster.start(LONG_AN).unwrap();
    scene.cluster.wait_status(LONG_AN, "up", Value::is_object).unwrap();
    let refused = scene.cluster.attempt(LONG_AN, &["alert", "show", &alert]).unwrap();
    assert!(!refused.status.success());
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(told.contains("away"), "{told}");
    scene.cluster.start(HCM).unwrap();
    scene.cluster.start(DUC_HOA).unwrap();
    let deadline = Instant::now() + PATIENCE;
    while !scene.cluster.attempt(LONG_AN, &["alert", "show", &alert]).unwrap().status.success() {
        assert!(Instant::now() < deadline, "it never catches up");
    }
}
