//! Keys go to those who are entitled and to nobody else, whoever asks and whatever is sent.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use std::path::Path;
use std::time::Duration;

use common::{HCM, LONG_AN, OFFICERS, REGISTRAR, Scene, TIEN_GIANG, ZONE, text};
use giapranh_feed::backfill::{AskError, ask};
use giapranh_feed::{Line, LineConfig};
use giapranh_log::{LOG_FILE, Reader};
use giapranh_node::Keyholder;
use giapranh_record::event::Event;
use giapranh_record::grant::{self, KeyExchange};
use giapranh_record::{DataKey, Grant, Hash, SealingKey, SealingPublicKey};
use giapranh_tests::cluster::Member;
use serde_json::Value;

const MEMBERS: [Member; 4] =
    [Member::new(REGISTRAR), Member::new(HCM), Member::new(LONG_AN), Member::new(TIEN_GIANG)];

/// The events of an alert in a node's log.
fn events(dir: &Path, alert: &str) -> Vec<Event> {
    let reader = Reader::open(&dir.join(LOG_FILE)).unwrap();
    let stored = reader.of_alert(alert, u64::MAX >> 1).unwrap();
    stored.into_iter().map(|stored| stored.event).collect()
}

fn commitment(scene: &Scene, alert: &str) -> Hash {
    let events = events(&scene.cluster.node(HCM).dir, alert);
    events.iter().find_map(|event| event.header().key_commitment).unwrap()
}

/// A key as the node in a directory holds it.
fn key(scene: &Scene, unit: &str, commitment: &Hash) -> Option<DataKey> {
    let keys = Keyholder::there(&scene.cluster.node(unit).dir).unwrap().unwrap();
    keys.key(commitment).unwrap()
}

/// Asks a node, in the name of a unit, as any program could that reaches a server without accounts.
fn asked(scene: &Scene, from: &str, to: &str, what: &KeyExchange) -> Result<Vec<Grant>, AskError> {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let line = Line::connect(&LineConfig::new(scene.cluster.nats.url(), from)).await.unwrap();
        tokio::time::timeout(Duration::from_secs(10), line.up()).await.unwrap().unwrap();
        let answer = ask(&line, from, to, what.encode()).await?;
        Ok(grant::parse(&answer).unwrap())
    })
}

fn sealing_key(scene: &Scene, unit: &str) -> SealingKey {
    let text = std::fs::read_to_string(scene.cluster.node(unit).dir.join("sealing.key")).unwrap();
    SealingKey::from_seed(&Hash::from_hex(text.trim()).unwrap().0)
}

fn shown(scene: &Scene, unit: &str, alert: &str) -> Value {
    scene.act(unit, &["alert", "show", alert])
}

#[test]
fn a_key_is_granted_to_those_in_the_zone_and_opens_for_its_node_alone() {
    let scene = Scene::running(&MEMBERS);
    let event = scene.issue(HCM, "Khóa của ai (ví dụ)", ZONE);
    scene.seen(&event, &[LONG_AN]);
    let alert = text(&event, "alert").to_owned();
    scene.wait_json(LONG_AN, &["alert", "show", &alert], |shown| !shown["content"].is_null());
    let commitment = commitment(&scene, &alert);
    let wanted = KeyExchange::Wanted(vec![(alert.clone(), commitment)]);

    // Who is in the zone gets it, from whoever holds it, and nobody else can open what it gets.
    for (from, to) in [(LONG_AN, HCM), (HCM, LONG_AN)] {
        let grants = asked(&scene, from, to, &wanted).unwrap();
        let [grant] = &grants[..] else { panic!("{grants:?}") };
        assert_eq!(grant.to, from);
        assert!(grant.open(from, &sealing_key(&scene, from)).is_ok());
        for other in [REGISTRAR, TIEN_GIANG] {
            assert!(grant.open(other, &sealing_key(&scene, other)).is_err());
            assert!(grant.open(from, &sealing_key(&scene, other)).is_err());
        }
    }
    // Who is not in it, or no unit at all, gets nothing.
    for stranger in [TIEN_GIANG, "ca-mau"] {
        assert_eq!(asked(&scene, stranger, HCM, &wanted), Ok(Vec::new()), "{stranger}");
    }
    // Nor does anybody get the key of one alert under the number of another, or one that is none.
    let other = scene.issue(HCM, "Khác (ví dụ)", "cluster");
    let other = text(&other, "alert").to_owned();
    let mixed = [(other, commitment), (alert.clone(), Hash::of(&[b"none"]))];
    assert_eq!(asked(&scene, LONG_AN, HCM, &KeyExchange::Wanted(mixed.into())), Ok(Vec::new()));

    // With the complete bytes of the zone's feed, and all the keys that it holds, a node without
    // entitlement has the headers.
    let foreign = Keyholder::there(&scene.cluster.node(TIEN_GIANG).dir).unwrap().unwrap();
    for event in events(&scene.cluster.node(HCM).dir, &alert) {
        let opened = giapranh_views::opened(&event, |commitment| foreign.key(commitment));
        let opened = opened.unwrap().unwrap();
        assert!(opened.sealed.is_some(), "{}", event.header().kind);
    }
    assert!(key(&scene, TIEN_GIANG, &commitment).is_none());
}

#[test]
fn a_grant_that_is_none_changes_nothing_and_one_that_is_replayed_after_an_erasure_is_refused() {
    let scene = Scene::running(&MEMBERS);
    let event = scene.issue(HCM, "Khóa giả (ví dụ)", ZONE);
    let alert = text(&event, "alert").to_owned();
    scene.wait_json(LONG_AN, &["alert", "show", &alert], |shown| !shown["content"].is_null());
    let commitment = commitment(&scene, &alert);
    let real = key(&scene, HCM, &commitment).unwrap();
    let public: SealingPublicKey = sealing_key(&scene, LONG_AN).public_key().clone();
    let granted = |key: &DataKey, to: &str| Grant::seal(key, &alert, to, &public, [3; 32]).unwrap();
    let good = granted(&real, LONG_AN);
    let cut = {
        let mut bytes = KeyExchange::Offered(vec![good.clone()]).encode().to_vec();
        bytes.truncate(bytes.len() - 20);
        bytes
    };
    assert!(KeyExchange::parse(&cut).is_err());
    let false_key = Grant { commitment, ..granted(&DataKey::from_bytes([7; 32]), LONG_AN) };
    let bad = [granted(&real, TIEN_GIANG), false_key, Grant { sealed: [0; 48], ..good.clone() }];
    for grant in bad {
        assert_eq!(asked(&scene, HCM, LONG_AN, &KeyExchange::Offered(vec![grant])), Ok(Vec::new()));
    }
    assert_eq!(key(&scene, LONG_AN, &commitment).unwrap(), real);
    assert!(!shown(&scene, LONG_AN, &alert)["content"].is_null());

    let withdraw = ["alert", "withdraw", &alert, "--reason", "wrong-person"];
    scene.act(HCM, &[&withdraw[..], &OFFICERS].concat());
    for unit in [HCM, LONG_AN] {
        scene.wait_json(unit, &["erasure", "status", &alert], |state| {
            state["missing"].as_array().is_some_and(Vec::is_empty)
        });
        assert!(key(&scene, unit, &commitment).is_none(), "{unit}");
    }
    // The key that was there before comes back, by itself and on asking.
    assert_eq!(asked(&scene, HCM, LONG_AN, &KeyExchange::Offered(vec![good])), Ok(Vec::new()));
    let wanted = KeyExchange::Wanted(vec![(alert.clone(), commitment)]);
    assert_eq!(asked(&scene, LONG_AN, HCM, &wanted), Ok(Vec::new()));
    assert!(key(&scene, LONG_AN, &commitment).is_none());
    assert_eq!(shown(&scene, LONG_AN, &alert)["sealed"], "erased");
    let log = std::fs::read_to_string(scene.cluster.node(LONG_AN).dir.join("node.log")).unwrap();
    assert!(log.contains("a grant is refused: what it opens was erased"), "it is said by name");
}
