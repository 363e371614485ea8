//! Checkpoints that were kept, held against a log.

use giapranh_audit::log::verify;
use giapranh_audit::{AuditError, Kind, Note, Standing, checkpoint, verify_note};
use giapranh_domain::wire::proto::{self, directory_change::Change};
use giapranh_record::proof::Inclusion;
use giapranh_record::{Hash, Signer as _, merkle};

use crate::world::{ALERT, HCM, LONG_AN, OTHER, World, register};

#[test]
fn a_log_still_holds_what_was_signed_then() {
    let (mut world, _) = World::told();
    let kept = [world.kept(HCM), world.kept(LONG_AN)];
    world.hit(HCM, ALERT);
    world.exchange();
    for unit in [HCM, LONG_AN] {
        let report =
            verify(&world.log(unit), Some(&world.anchor()), &kept, &mut |_, _| {}).unwrap();
        assert!(report.holds(), "{report:?}");
        let standing: Vec<_> =
            report.checkpoints.iter().map(|kept| (kept.size, kept.held, kept.standing)).collect();
        assert_eq!(standing, [(7, 7, Standing::Holds), (2, 2, Standing::Holds)]);
    }
}

#[test]
fn a_log_that_does_not_hold_it_any_more_is_told() {
    let (world, _) = World::told();
    let mut other = World::new();
    other.issue(HCM, OTHER);
    other.issue(HCM, ALERT);
    let standing = |note: Note| {
        let report = verify(&other.log(HCM), None, &[note], &mut |_, _| {}).unwrap();
        assert!(!report.holds());
        assert_eq!(report.faults.len(), 0);
        let kept = &report.checkpoints[0];
        (kept.standing, kept.missing.to_string())
    };
    // Two different histories of one key: of the same length, and of a longer one.
    let mut same_length = World::new();
    same_length.issue(HCM, ALERT);
    same_length.issue(HCM, OTHER);
    assert_eq!(standing(same_length.kept(HCM)), (Standing::OtherRoot, String::new()));
    assert_eq!(standing(world.kept(HCM)), (Standing::Incomplete, "4-6".into()));
    assert_eq!(standing(world.kept(LONG_AN)), (Standing::Incomplete, "0-1".into()));
    let stranger = World::seeded(2);
    assert_eq!(standing(stranger.kept(HCM)).0, Standing::NotACheckpoint);
    let note = |text: &str| Note { name: "note".into(), text: text.into() };
    assert_eq!(standing(note("")).0, Standing::NotACheckpoint);
    assert_eq!(standing(note("giapranh.v1/nobody/1\n1\n")).0, Standing::NotACheckpoint);
}

/// A node notes what arrives before the decision arrives that enrols it.
#[test]
fn what_a_node_noted_before_it_was_enrolled_holds_once_it_is() {
    let mut world = World::unfounded();
    world.note(LONG_AN);
    let faults = |world: &World| {
        let report = verify(&world.log(LONG_AN), None, &[], &mut |_, _| {}).unwrap();
        report.faults.iter().map(|fault| (fault.position, fault.what.clone())).collect::<Vec<_>>()
    };
    let key = world.key(LONG_AN).public_key().id();
    assert_eq!(faults(&world), [(1, format!("the key {key} is not enrolled"))]);
    // To another unit it is not: that is found where it is used.
    let mut other = World::unfounded();
    other.note(LONG_AN);
    let of_another = proto::NodeEnrolled {
        unit: "dong-nai".into(),
        public_key: world.key(LONG_AN).public_key().to_bytes().to_vec(),
        serves: vec![],
        ..Default::default()
    };
    other.decide(vec![register("dong-nai"), Change::NodeEnrolled(of_another)]);
    assert!(faults(&other).contains(&(1, format!("the key {key} is not enrolled"))));

    let enrolled = vec![register(HCM), register(LONG_AN), world.enrol(LONG_AN)];
    world.decide(enrolled);
    assert_eq!(faults(&world), []);
}

#[test]
fn an_anchor_that_is_not_the_logs_is_refused() {
    let (world, _) = World::told();
    let other = World::seeded(2).anchor();
    let refused = verify(&world.log(HCM), Some(&other), &[], &mut |_, _| {});
    assert!(matches!(refused, Err(AuditError::OtherAnchor { .. })));
    let report = verify(&world.log(HCM), None, &[], &mut |_, _| {}).unwrap();
    assert!(!report.anchor_known && report.holds());
}

#[test]
fn a_checkpoint_is_signed_by_the_nodes_own_key_only() {
    let (world, _) = World::told();
    let refused = checkpoint::sign(&world.reader(HCM), world.key(LONG_AN));
    assert!(matches!(refused, Err(AuditError::OtherKey(_))));
    let signed = checkpoint::sign(&world.reader(HCM), world.key(HCM)).unwrap();
    assert_eq!((signed.origin.as_str(), signed.size), (HCM, 7));
    assert!(signed.note.starts_with("giapranh.v1/hcm/1\n7\n"), "{}", signed.note);
}

#[test]
fn a_proof_alone_is_held_against_a_log() {
    let (world, _) = World::told();
    let note = world.kept(HCM);
    let path = world.path("proof");
    let leaves: Vec<Hash> = world
        .reader(HCM)
        .published(HCM, 1, 0, 100)
        .unwrap()
        .iter()
        .map(|stored| stored.event.leaf())
        .collect();
    let mut proof = Inclusion {
        leaf: leaves[2],
        index: 2,
        path: merkle::inclusion(&leaves, 2).unwrap(),
        note: note.text.clone(),
    };
    let judge = |proof: &Inclusion| {
        std::fs::write(&path, proof.to_text()).unwrap();
        let report =
            verify_note(&path, Kind::Inclusion, &world.log(LONG_AN), None, &mut |_, _| {}).unwrap();
        let inclusion = report.inclusion.clone().unwrap();
        (report.holds(), inclusion.proven, inclusion.in_log)
    };
    assert_eq!(judge(&proof), (true, true, Some(true)));
    proof.leaf = leaves[3];
    assert_eq!(judge(&proof), (false, false, Some(false)));
    proof.index = 99;
    assert_eq!(judge(&proof), (false, false, None));

    std::fs::write(&path, &note.text).unwrap();
    let alone =
        verify_note(&path, Kind::Checkpoint, &world.log(LONG_AN), None, &mut |_, _| {}).unwrap();
    assert!(alone.holds() && alone.inclusion.is_none());
    std::fs::write(&path, "hello").unwrap();
    let refused = verify_note(&path, Kind::Inclusion, &world.log(HCM), None, &mut |_, _| {});
    assert!(matches!(refused, Err(AuditError::NotACheckpoint { .. })));
}
