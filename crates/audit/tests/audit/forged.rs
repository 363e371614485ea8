//! Evidence in the hands of somebody who can compute every hash of the container, and who may have a
//! key of his own.

use giapranh_audit::evidence::Code;
use giapranh_audit::export::{Source, prove_alert};
use giapranh_record::checkpoint::Checkpoint;
use giapranh_record::merkle::Tree;
use giapranh_record::proof::Inclusion;
use giapranh_record::{Hash, Signer as _, SigningKey, merkle};
use serde_json::json;

use crate::raw::{Raw, found};
use crate::world::{ALERT, HCM, LONG_AN, NOW, World, alert, forge, judged};

const ISSUED: &str = "event/hcm/1/2";
const HIT: &str = "event/hcm/1/4";
const ABROAD: &str = "event/long-an/1/1";
const CHECKPOINT: &str = "checkpoint/hcm/1/7";

/// A sound file with one thing changed: what is found.
#[track_caller]
fn check(change: impl FnOnce(&World, &mut Raw), expected: &[(&str, Code)]) {
    let (world, bytes) = World::told();
    let mut raw = Raw::of(&bytes);
    change(&world, &mut raw);
    let report = judged(&raw.bytes(), Some(&world.anchor()));
    assert_eq!(found(&report), expected, "{:#?}", report.faults);
}

#[test]
fn nothing_is_found_where_nothing_was_changed() {
    check(|_, _| {}, &[]);
}

#[test]
fn a_changed_event_has_no_signature() {
    check(
        |_, raw| {
            let mut bytes = raw.get(ISSUED).to_vec();
            let last = bytes.len() - 1;
            bytes[last] ^= 1;
            raw.set(ISSUED, bytes);
        },
        &[(ISSUED, Code::Signature)],
    );
    check(
        |_, raw| raw.set(ABROAD, b"hello".to_vec()),
        &[(ABROAD, Code::Malformed), ("manifest", Code::Manifest)],
    );
}

#[test]
fn an_event_that_another_enrolled_node_signed_is_not_its_origins() {
    check(
        |world, raw| {
            let forged = forge(raw.get(ISSUED), world.key(LONG_AN), |_| {});
            raw.set(ISSUED, forged);
        },
        &[(ISSUED, Code::KeyOfAnother)],
    );
}

#[test]
fn an_event_of_a_stranger_has_an_unknown_key() {
    let stranger = SigningKey::from_seed(&[9; 32]);
    check(
        |_, raw| {
            let forged = forge(raw.get(ABROAD), &stranger, |_| {});
            raw.set(ABROAD, forged);
        },
        &[(ABROAD, Code::UnknownKey)],
    );
}

/// Its author signed one number twice: chain and tree have the other one.
#[test]
fn another_event_of_the_same_author_does_not_fit() {
    check(
        |world, raw| {
            let forged = forge(raw.get(HIT), world.key(HCM), |header| header.recorded_ms += 1);
            raw.set(HIT, forged);
        },
        &[
            ("event/hcm/1/5", Code::Chain),
            ("event/hcm/1/5", Code::Chain),
            ("inclusion/hcm/1/4", Code::Inclusion),
        ],
    );
}

#[test]
fn one_id_or_one_seq_for_two_events_is_a_fork() {
    check(
        |world, raw| {
            let other = giapranh_record::event::Event::parse(raw.get(HIT).to_vec().into()).unwrap();
            let id = other.header().event_id;
            let forged = forge(raw.get(ABROAD), world.key(LONG_AN), |header| header.event_id = id);
            raw.set(ABROAD, forged);
        },
        &[(ABROAD, Code::Fork), ("manifest", Code::Manifest)],
    );
    check(
        |world, raw| {
            let hit = giapranh_record::event::Event::parse(raw.get(HIT).to_vec().into()).unwrap();
            let links = hit.header().links.clone();
            let change = |header: &mut giapranh_record::Header| header.links = links;
            let forged = forge(raw.get("event/hcm/1/5"), world.key(HCM), change);
            raw.set("event/hcm/1/5", forged);
        },
        &[
            ("event/hcm/1/5", Code::Fork),
            ("inclusion/hcm/1/5", Code::Inclusion),
            ("manifest", Code::Manifest),
        ],
    );
}

#[test]
fn an_event_under_another_name_is_told() {
    check(
        |_, raw| {
            let at = raw.at(ABROAD);
            raw.0[at].0 = "event/long-an/1/2".into();
        },
        &[("event/long-an/1/2", Code::Name), ("manifest", Code::Manifest)],
    );
}

#[test]
fn a_note_of_a_node_is_no_evidence() {
    check(
        |world, raw| {
            let stored = world.reader(HCM).after(0, 100).unwrap();
            let local = stored.iter().find(|one| one.event.header().is_local()).unwrap();
            let bytes = local.event.bytes().to_vec();
            let at = raw.at(ISSUED);
            raw.0.insert(at, ("event/hcm/1/0".into(), bytes));
            raw.manifest(|manifest| manifest["counts"]["events"] = 5.into());
        },
        &[("event/hcm/1/0", Code::Local)],
    );
}

#[test]
fn an_event_that_was_not_asked_for_is_told() {
    check(
        |world, raw| {
            let other = world.reader(HCM).published(HCM, 1, 6, 1).unwrap().remove(0);
            let at = raw.at(ABROAD);
            raw.0.insert(at, ("event/hcm/1/6".into(), other.event.bytes().to_vec()));
            raw.manifest(|manifest| {
                manifest["counts"]["events"] = 5.into();
                manifest["feeds"][0]["seqs"] = "1,3-5".into();
            });
        },
        &[("event/hcm/1/6", Code::Manifest)],
    );
}

/// What is left out is not hidden: the seqs show that something is there.
#[test]
fn an_event_that_is_left_out_leaves_its_number() {
    let (world, bytes) = World::told();
    let mut raw = Raw::of(&bytes);
    raw.remove(HIT);
    raw.remove("inclusion/hcm/1/4");
    let report = judged(&raw.bytes(), Some(&world.anchor()));
    let expected = [("manifest", Code::Manifest), ("manifest", Code::Manifest)];
    assert_eq!(found(&report), expected);
    raw.manifest(|manifest| {
        manifest["counts"]["events"] = 3.into();
        manifest["counts"]["inclusions"] = 4.into();
        manifest["feeds"][0]["seqs"] = "1,4".into();
    });
    let report = judged(&raw.bytes(), Some(&world.anchor()));
    assert_eq!(report.faults, []);
    assert_eq!((report.feeds[0].seqs.as_str(), report.feeds[0].head_seq), ("1,4", 5));
}

#[test]
fn a_manifest_that_says_something_else_is_told() {
    for (pointer, value) in [
        ("/counts/directory", json!(3)),
        ("/counts/events", json!(5)),
        ("/counts/checkpoints", json!(0)),
        ("/counts/inclusions", json!(0)),
        ("/counts/consistencies", json!(1)),
        ("/directory_head", json!(3)),
        ("/feeds/0/seqs", json!("1,3")),
        ("/feeds/0/zone", json!("cluster")),
        ("/feeds/0/head_seq", json!(3)),
        ("/feeds/1/head_hash", json!("00".repeat(32))),
        ("/feeds/0/head_hash", json!("AA".repeat(32))),
        ("/feeds", json!([])),
        ("/anchor/public_key", json!(format!("ee{}7f", "ff".repeat(30)))),
        (
            "/anchor/public_key",
            json!("0100000000000000000000000000000000000000000000000000000000000000"),
        ),
        ("/anchor/registrar", json!("Not a unit")),
        ("/format", json!("giapranh-evidence/2")),
        ("/made", json!("yesterday")),
    ] {
        let (world, bytes) = World::told();
        let mut raw = Raw::of(&bytes);
        raw.manifest(|manifest| *manifest.pointer_mut(pointer).unwrap() = value.clone());
        let report = judged(&raw.bytes(), Some(&world.anchor()));
        let manifest = ("manifest", Code::Manifest);
        assert!(found(&report).contains(&manifest), "{pointer}: {:?}", report.faults);
        assert!(
            found(&report).iter().all(|one| *one == manifest),
            "{pointer}: {:?}",
            report.faults
        );
    }
    check(
        |_, raw| raw.manifest(|manifest| manifest["more"] = 1.into()),
        &[("manifest", Code::Manifest), ("manifest", Code::Manifest)],
    );
    check(
        |_, raw| raw.manifest(|manifest| manifest["selection"] = json!({"zone": "cluster"})),
        &[
            (ISSUED, Code::Manifest),
            (HIT, Code::Manifest),
            ("event/hcm/1/5", Code::Manifest),
            (ABROAD, Code::Manifest),
        ],
    );
}

#[test]
fn the_directory_is_the_registrars_and_whole() {
    check(
        |_, raw| {
            raw.remove("directory/1");
            raw.manifest(|manifest| {
                manifest["counts"]["directory"] = 1.into();
                manifest["directory_head"] = 1.into();
            });
        },
        &[
            ("directory/2", Code::Chain),
            (ABROAD, Code::UnknownKey),
            ("inclusion/hcm/1/0", Code::Inclusion),
        ],
    );
    check(
        |world, raw| {
            let forged = forge(raw.get("directory/2"), world.key(LONG_AN), |_| {});
            raw.set("directory/2", forged);
        },
        &[("directory/2", Code::KeyOfAnother)],
    );
    check(
        |world, raw| {
            let change = |header: &mut giapranh_record::Header| header.origin = LONG_AN.into();
            let forged = forge(raw.get("directory/2"), world.key(LONG_AN), change);
            raw.set("directory/2", forged);
        },
        &[
            ("directory/2", Code::Chain),
            (ABROAD, Code::Fork),
            ("inclusion/hcm/1/1", Code::Inclusion),
            ("manifest", Code::Manifest),
        ],
    );
    check(
        |_, raw| {
            let event = raw.get("directory/2").to_vec();
            let at = raw.at(ISSUED);
            raw.0.insert(at, ("event/hcm/1/1".into(), event));
            raw.manifest(|manifest| {
                manifest["counts"]["events"] = 5.into();
                manifest["selection"] = json!({"range": [1, 9]});
            });
        },
        &[("event/hcm/1/1", Code::Order)],
    );
}

/// Another cluster's file of the same names, and its parts between ours.
#[test]
fn evidence_of_another_cluster_is_not_ours() {
    let (ours, bytes) = World::told();
    let mut theirs = World::seeded(2);
    theirs.issue(HCM, ALERT);
    let (foreign, _) = theirs.export(HCM, &alert(ALERT));
    assert_eq!(found(&judged(&foreign, None)), []);
    let report = judged(&foreign, Some(&ours.anchor()));
    assert_eq!(found(&report), [("manifest", Code::Anchor)]);
    assert!(!report.anchor_known);

    let (mut raw, foreign) = (Raw::of(&bytes), Raw::of(&foreign));
    raw.set(ISSUED, foreign.get(ISSUED));
    let report = judged(&raw.bytes(), Some(&ours.anchor()));
    assert_eq!(found(&report)[0], (ISSUED, Code::UnknownKey));

    let mut raw = Raw::of(&bytes);
    for name in ["directory/1", "directory/2"] {
        raw.set(name, foreign.get(name));
    }
    let report = judged(&raw.bytes(), Some(&ours.anchor()));
    assert!(found(&report).contains(&("directory/1", Code::UnknownKey)), "{:?}", report.faults);
    assert!(found(&report).contains(&(ABROAD, Code::UnknownKey)), "{:?}", report.faults);
}

#[test]
fn an_anchor_is_the_unit_and_the_key() {
    let (world, bytes) = World::told();
    let anchor = world.anchor();
    let by = |anchor| found(&judged(&bytes, Some(&anchor))).len();
    assert_eq!(by(anchor.clone()), 0);
    assert_eq!(by(giapranh_audit::Anchor { registrar: None, ..anchor.clone() }), 0);
    let other = giapranh_audit::Anchor { registrar: Some(LONG_AN.parse().unwrap()), ..anchor };
    assert_eq!(by(other), 1);
}

fn note_over(leaves: &[Hash], key: &SigningKey) -> String {
    let tree: Tree = leaves.iter().copied().collect();
    Checkpoint::of(HCM, 1, &tree).sign(key)
}

fn leaves(world: &World) -> Vec<Hash> {
    let stored = world.reader(HCM).published(HCM, 1, 0, 100).unwrap();
    stored.iter().map(|one| one.event.leaf()).collect()
}

#[test]
fn a_checkpoint_is_its_origins_and_of_the_size_in_its_name() {
    let broken = |found: &mut Vec<(String, Code)>| {
        found.retain(|(_, code)| *code != Code::Inclusion);
    };
    let judge = |change: &dyn Fn(&World, &mut Raw)| {
        let (world, bytes) = World::told();
        let mut raw = Raw::of(&bytes);
        change(&world, &mut raw);
        let report = judged(&raw.bytes(), Some(&world.anchor()));
        let mut all: Vec<_> =
            found(&report).into_iter().map(|(part, code)| (part.to_owned(), code)).collect();
        // Each proof that led to it leads nowhere now.
        assert_eq!(all.len(), 1 + 5, "{all:?}");
        broken(&mut all);
        all
    };
    let expected = [(CHECKPOINT.to_owned(), Code::Checkpoint)];
    let signed_by_another = judge(&|world, raw| {
        raw.set(CHECKPOINT, note_over(&leaves(world), world.key(LONG_AN)));
    });
    let of_a_larger_tree = judge(&|world, raw| {
        let larger = [&leaves(world)[..], &[Hash::ZERO]].concat();
        raw.set(CHECKPOINT, note_over(&larger, world.key(HCM)));
    });
    let of_another_epoch = judge(&|world, raw| {
        let tree: Tree = leaves(world).into_iter().collect();
        raw.set(CHECKPOINT, Checkpoint::of(HCM, 2, &tree).sign(world.key(HCM)));
    });
    let no_text = judge(&|_, raw| raw.set(CHECKPOINT, vec![0xff; 9]));
    for found in [signed_by_another, of_a_larger_tree, of_another_epoch, no_text] {
        assert_eq!(found, expected);
    }
}

/// Its origin signed a tree of as many events, in which one is another: every path fails.
#[test]
fn an_event_is_in_no_other_tree() {
    let (world, bytes) = World::told();
    let mut leaves = leaves(&world);
    leaves[6] = Hash::ZERO;
    let note = note_over(&leaves, world.key(HCM));
    let mut raw = Raw::of(&bytes);
    let before = String::from_utf8(raw.get(CHECKPOINT).to_vec()).unwrap();
    raw.set(CHECKPOINT, note.clone());
    for (_, part) in raw.0.iter_mut().filter(|(name, _)| name.starts_with("inclusion/")) {
        let text = String::from_utf8(part.clone()).unwrap();
        *part = text.replace(&before, &note).into();
    }
    let report = judged(&raw.bytes(), Some(&world.anchor()));
    assert_eq!(report.faults.len(), 5);
    assert!(report.faults.iter().all(|fault| fault.code == Code::Inclusion));
    assert!(report.events.iter().all(|event| event.in_checkpoint.is_none()));
}

#[test]
fn a_proof_is_of_its_event_at_its_place_and_by_a_checkpoint_that_is_contained() {
    const PROOF: &str = "inclusion/hcm/1/4";
    let forged = |change: &dyn Fn(&World, &mut Inclusion)| {
        check(
            |world, raw| {
                let text = String::from_utf8(raw.get(PROOF).to_vec()).unwrap();
                let mut proof = Inclusion::parse(&text).unwrap();
                change(world, &mut proof);
                raw.set(PROOF, proof.to_text());
            },
            &[(PROOF, Code::Inclusion)],
        );
    };
    // A true proof, of another event.
    forged(&|world, proof| {
        let leaves = leaves(world);
        let path = merkle::inclusion(&leaves, 5).unwrap();
        *proof = Inclusion { leaf: leaves[5], index: 5, path, note: proof.note.clone() };
    });
    forged(&|world, proof| proof.leaf = leaves(world)[5]);
    forged(&|_, proof| proof.index = 3);
    forged(&|_, proof| proof.path[0] = Hash::ZERO);
    forged(&|_, proof| proof.path.truncate(1));
    forged(&|_, proof| proof.path.push(Hash::ZERO));
    // A true proof, to a checkpoint that its origin signed and that is not contained.
    forged(&|world, proof| {
        let leaves = &leaves(world)[..6];
        proof.path = merkle::inclusion(leaves, 4).unwrap();
        proof.note = note_over(leaves, world.key(HCM));
    });
    check(|_, raw| raw.set(PROOF, b"hello".to_vec()), &[(PROOF, Code::Inclusion)]);
    // Of an event that is not contained, where the events were asked for.
    check(
        |world, raw| {
            let leaves = leaves(world);
            let path = merkle::inclusion(&leaves, 3).unwrap();
            let note = String::from_utf8(raw.get(CHECKPOINT).to_vec()).unwrap();
            let proof = Inclusion { leaf: leaves[3], index: 3, path, note };
            let at = raw.at(PROOF);
            raw.0.insert(at, ("inclusion/hcm/1/3".into(), proof.to_text().into()));
            raw.manifest(|manifest| manifest["counts"]["inclusions"] = 6.into());
        },
        &[("inclusion/hcm/1/3", Code::Inclusion)],
    );
}

/// Nothing but the proof says where an event stands that is not disclosed.
#[test]
fn a_proof_of_what_is_not_disclosed_is_of_the_index_in_its_name() {
    let (world, _) = World::told();
    let (path, log) = (world.path("proof"), world.log(HCM));
    let source = Source { log: &log, signer: None, notes: &[], now: NOW, program: "test" };
    let id = ALERT.parse().unwrap();
    prove_alert(&source, world.key(HCM), &id, &path, &mut |_, _| {}).unwrap();
    let mut raw = Raw::of(&std::fs::read(&path).unwrap());
    let at = raw.at("inclusion/hcm/1/4");
    raw.0[at].0 = "inclusion/hcm/1/3".into();
    let report = judged(&raw.bytes(), Some(&world.anchor()));
    assert_eq!(found(&report), [("inclusion/hcm/1/3", Code::Inclusion)]);
    let indices: Vec<u64> = report.undisclosed.iter().map(|one| one.index).collect();
    assert_eq!(indices, [2, 5]);

    // No event may be among what claims to disclose none.
    let event = world.reader(HCM).published(HCM, 1, 2, 1).unwrap().remove(0).event;
    let at = raw.at(CHECKPOINT);
    raw.0.insert(at, (ISSUED.into(), event.bytes().to_vec()));
    let report = judged(&raw.bytes(), Some(&world.anchor()));
    assert!(found(&report).contains(&(ISSUED, Code::Manifest)), "{:?}", report.faults);
}

#[test]
fn a_tree_that_did_not_grow_out_of_another_is_told() {
    const GROWTH: &str = "consistency/hcm/1/5/7";
    let (world, bytes) = World::told();
    let with = |earlier: &[Hash], path: Vec<Hash>| {
        let mut raw = Raw::of(&bytes);
        let note = String::from_utf8(raw.get(CHECKPOINT).to_vec()).unwrap();
        let at = raw.at(CHECKPOINT);
        let small = note_over(earlier, world.key(HCM));
        raw.0.insert(at, (format!("checkpoint/hcm/1/{}", earlier.len()), small.into()));
        let proof = giapranh_record::proof::Consistency { old: 5, path, note };
        raw.0.push((GROWTH.into(), proof.to_text().into()));
        raw.manifest(|manifest| {
            manifest["counts"]["checkpoints"] = 2.into();
            manifest["counts"]["consistencies"] = 1.into();
        });
        let report = judged(&raw.bytes(), Some(&world.anchor()));
        found(&report).iter().map(|(part, code)| ((*part).to_owned(), *code)).collect::<Vec<_>>()
    };
    let leaves = leaves(&world);
    let path = merkle::consistency(&leaves, 5).unwrap();
    assert_eq!(with(&leaves[..5], path.clone()), []);
    let refused = [(GROWTH.to_owned(), Code::Consistency)];
    let mut other = leaves[..5].to_vec();
    other[2] = Hash::ZERO;
    assert_eq!(with(&other, path.clone()), refused);
    assert_eq!(with(&leaves[..4], path), refused);
    assert_eq!(with(&leaves[..5], vec![]), refused);
    assert!(world.key(HCM).public_key() != world.key(LONG_AN).public_key());
}
