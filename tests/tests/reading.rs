//! Evidence after sealing: an auditor reads it offline with keys of their own, and nobody revives what
//! was erased.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use common::{HCM, LONG_AN, OFFICERS, REGISTRAR, Scene, ZONE, printed, text};
use giapranh_tests::cluster::Member;
use serde_json::Value;

const MEMBERS: [Member; 3] = [Member::new(REGISTRAR), Member::new(HCM), Member::new(LONG_AN)];
const HEADLINE: &str = "Cho thanh tra đọc (ví dụ)";

#[test]
fn an_auditor_reads_evidence_with_the_own_key_and_never_what_was_erased() {
    let scene = Scene::running(&MEMBERS);
    let event = scene.issue(HCM, HEADLINE, ZONE);
    let alert = text(&event, "alert").to_owned();
    let path = |name: &str| scene.path(name).display().to_string();
    let (key, other) = (path("auditor.key"), path("other.key"));
    let public = scene.act(HCM, &["audit", "key", "--out", &key]);
    let public = text(&public, "public_key").to_owned();
    scene.act(HCM, &["audit", "key", "--out", &other]);
    let export = |name: &str| {
        let out = path(name);
        let export = ["audit", "export", "--alert", &alert, "--out", &out, "--keys-for", &public];
        scene.act(HCM, &export);
        out
    };
    let before = export("before.evidence");
    for file in [&before, &format!("{before}.keys")] {
        let bytes = std::fs::read(file).unwrap();
        let word = "thanh tra".as_bytes();
        assert!(!bytes.windows(word.len()).any(|window| window == word), "{file} is sealed");
    }
    // The file alone, with the auditor's key: no node is asked.
    let read = |file: &str, key: &str| {
        scene.cluster.attempt(HCM, &["--output", "json", "audit", "read", file, "--key", key])
    };
    let contents: Value = serde_json::from_slice(&read(&before, &key).unwrap().stdout).unwrap();
    assert_eq!(contents["alerts"][0]["content"]["headline"], HEADLINE, "{contents}");
    scene.act(HCM, &["audit", "verify", &before]);
    let refused = read(&before, &other).unwrap();
    assert!(!refused.status.success() && printed(&refused).contains("does not open"));

    // That the keys left is in the trail, under the alert.
    let trail = scene.act(HCM, &["access", "who-read", &alert]);
    let exports = trail["accesses"].as_array().unwrap().iter();
    assert_eq!(exports.filter(|access| access["act"] == "export").count(), 1, "{trail}");

    let withdraw = ["alert", "withdraw", &alert, "--reason", "wrong-person"];
    scene.act(HCM, &[&withdraw[..], &OFFICERS].concat());
    scene.wait_json(HCM, &["erasure", "status", &alert], |state| {
        state["missing"].as_array().is_some_and(Vec::is_empty)
    });
    let after = export("after.evidence");
    let keys = format!("{before}.keys");
    let with = ["--output", "json", "audit", "read", &after, "--key", &key];
    let nothing = scene.cluster.attempt(HCM, &with).unwrap();
    let nothing: Value = serde_json::from_slice(&nothing.stdout).unwrap();
    assert_eq!(nothing["alerts"][0]["sealed"], "erased", "{nothing}");
    // Not with the key of before, either: the evidence itself says that it was erased.
    let with = [&with[..], &["--keys", &keys]].concat();
    let nothing = scene.cluster.attempt(HCM, &with).unwrap();
    let nothing: Value = serde_json::from_slice(&nothing.stdout).unwrap();
    assert_eq!(nothing["alerts"][0]["sealed"], "erased", "{nothing}");
    assert!(nothing["alerts"][0]["content"].is_null());
}
