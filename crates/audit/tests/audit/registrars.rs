//! Logs and evidence over a change of registrar, and over a key of another epoch.

use std::path::Path;

use giapranh_audit::evidence::Code;
use giapranh_audit::export::{Select, Source, export};
use giapranh_audit::log::verify;
use giapranh_domain::Verdict;
use giapranh_domain::directory::Why;
use giapranh_domain::wire::proto::{CutMade, NodeEnrolled, directory_change::Change};
use giapranh_record::{Signer as _, SigningKey};

use crate::raw::{Raw, found};
use crate::world::{ALERT, HCM, LONG_AN, World, alert, forge, judged, register};

/// The directory's events of the second registrar stand between events of its own.
#[test]
fn evidence_over_a_handover_holds() {
    let mut world = World::new();
    world.issue(HCM, ALERT);
    world.hit(LONG_AN, ALERT);
    world.hand_over(LONG_AN);
    world.decide(vec![register("tay-ninh")]);
    world.hit(LONG_AN, ALERT);
    world.decide(vec![register("dong-nai")]);
    world.hit(HCM, ALERT);
    world.exchange();
    for unit in [HCM, LONG_AN] {
        let (bytes, _) = world.export(unit, &alert(ALERT));
        let report = judged(&bytes, Some(&world.anchor()));
        assert_eq!(report.faults, []);
        assert_eq!((report.directory_head, report.events.len()), (5, 4));
        let report = verify(&world.log(unit), Some(&world.anchor()), &[], &mut |_, _| {}).unwrap();
        assert!(report.holds() && report.directory_head == 5, "{report:?}");
    }
}

/// What the registrar before says after its last word is in the logs, and in no directory.
#[test]
fn a_word_after_the_last_is_disowned() {
    let mut world = World::new();
    world.hand_over(LONG_AN);
    world.decide(vec![register("tay-ninh")]);
    world.decide_as(HCM, vec![register("dong-nai")]);
    let select = Select::Zone("directory".parse().unwrap());
    let (bytes, _) = world.export(LONG_AN, &select);
    let report = judged(&bytes, Some(&world.anchor()));
    assert_eq!(report.faults, []);
    assert_eq!((report.directory_head, report.events.len()), (4, 1));
    let judgement = serde_json::to_value(report.events[0].verdict).unwrap();
    let disowned = Verdict::Disowned(Why::NotRegistrar);
    assert_eq!(judgement, serde_json::to_value(disowned).unwrap());
    let report = verify(&world.log(LONG_AN), None, &[], &mut |_, _| {}).unwrap();
    assert!(report.holds() && report.directory_head == 4, "{report:?}");
}

/// Whoever has an old key can't sign the epoch after it, nor the other way round.
#[test]
fn a_key_signs_its_own_epoch_alone() {
    let mut world = World::new();
    world.issue(HCM, ALERT);
    let hit = world.hit(LONG_AN, ALERT);
    let second = SigningKey::from_seed(&[2; 32]);
    let cut = CutMade {
        origin: LONG_AN.into(),
        epoch: 1,
        last_index: hit.header().index,
        last_hash: hit.leaf().0.to_vec(),
        cause: "rotated".into(),
        nothing: false,
    };
    let enrolled = NodeEnrolled {
        unit: LONG_AN.into(),
        public_key: second.public_key().to_bytes().to_vec(),
        epoch: 2,
        ..Default::default()
    };
    world.decide(vec![Change::CutMade(cut), Change::NodeEnrolled(enrolled)]);
    let (bytes, _) = world.export(HCM, &alert(ALERT));
    let name = format!("event/long-an/1/{}", hit.header().index);
    let mut raw = Raw::of(&bytes);
    raw.set(&name, forge(hit.bytes(), &second, |_| {}));
    let report = judged(&raw.bytes(), Some(&world.anchor()));
    assert_eq!(found(&report), [(&*name, Code::KeyOfAnotherEpoch)]);
}

/// Whoever had the registrar's key enrolled Đồng Nai's before the founders undid that: what it signed
/// stays in the logs, and whoever gets it as evidence can check that it is what Đồng Nai signed.
#[test]
fn evidence_holds_under_a_key_that_founders_undid() {
    let scratch = tempfile::tempdir().unwrap();
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/vectors/log");
    let log = scratch.path().join("log.db");
    std::fs::copy(vectors.join("replaced.db"), &log).unwrap();
    let source = Source { log: &log, signer: None, notes: &[], now: 0, program: "giapranh 0" };
    for select in [
        alert("long-an/2024/000001"),
        Select::Range(1, 12),
        Select::Zone("directory".parse().unwrap()),
    ] {
        let out = scratch.path().join("out.evidence");
        let made = export(&source, &select, &out, &mut |_, _| {});
        made.unwrap();
        let bytes = std::fs::read(&out).unwrap();
        let report = judged(&bytes, None);
        assert_eq!(report.faults, [], "{select:?}");
        assert_eq!(report.directory_head, 6);
        let text = String::from_utf8_lossy(&bytes);
        assert_eq!(text.matches("part undone/5/").count(), 3);
        std::fs::remove_file(&out).unwrap();
    }
}
