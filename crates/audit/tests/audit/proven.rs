//! What an evidence file proves to somebody who has nothing else.

use giapranh_audit::evidence::{Selection, verify_file};
use giapranh_audit::export::{Select, Size, Source, export, prove_alert, prove_growth};
use giapranh_audit::{AuditError, Note};
use giapranh_domain::Verdict;
use giapranh_domain::directory::Why;

use crate::raw::Raw;
use crate::world::{ALERT, HCM, LONG_AN, NOW, OTHER, World, ZONE, alert, judged};

#[test]
fn an_alert_is_exported_with_what_proves_it() {
    let (world, bytes) = World::told();
    let report = judged(&bytes, Some(&world.anchor()));
    assert_eq!(report.faults, []);
    assert!(report.anchor_known);
    assert_eq!(report.selection, Some(Selection::Alert(ALERT.into())));
    assert_eq!((report.registrar.as_str(), report.directory_head), (HCM, 2));
    let events: Vec<_> = report
        .events
        .iter()
        .map(|event| (&*event.origin, event.index, &*event.kind, event.in_checkpoint))
        .collect();
    // The registrar's tree holds its two directory events too; it has published seven in all.
    assert_eq!(
        events,
        [
            (HCM, 2, "alert.issued", Some(7)),
            (HCM, 4, "hit.reported", Some(7)),
            (HCM, 5, "alert.withdrawn", Some(7)),
            (LONG_AN, 1, "hit.reported", None),
        ]
    );
    assert!(report.events.iter().all(|event| event.sound));
    assert_eq!(report.signatures_checked, 2 + 4);
    let feeds: Vec<_> = report
        .feeds
        .iter()
        .map(|feed| (feed.origin.as_str(), feed.seqs.as_str(), feed.head_seq))
        .collect();
    assert_eq!(feeds, [(HCM, "1,3-4", 5), (LONG_AN, "2", 2)]);
    // Nothing of the other alert, and no note of the node's own.
    let text = String::from_utf8_lossy(&bytes);
    assert!(!text.contains(OTHER) && !text.contains("note.made"));
    // Without the anchor all holds as well, and it is told that nobody proved the anchor.
    assert!(!judged(&bytes, None).anchor_known);
}

#[test]
fn what_is_not_proven_by_a_checkpoint_is_told_to_who_exports() {
    let (world, _) = World::told();
    let (_, made) = world.export(HCM, &alert(ALERT));
    assert_eq!(
        made.remarks,
        ["no checkpoint for long-an/1: its 1 events stand on their signatures"]
    );
    // With a checkpoint that long-an gave out, they are in its tree too.
    let note = world.kept(LONG_AN);
    let (bytes, made) = world.export_with(HCM, &alert(ALERT), &[note]).unwrap();
    assert_eq!(made.remarks, [""; 0]);
    let report = judged(&bytes, Some(&world.anchor()));
    assert_eq!(report.faults, []);
    assert!(report.events.iter().all(|event| event.in_checkpoint.is_some()));
    let proven: Vec<_> = report.checkpoints.iter().map(|row| (&*row.origin, row.proven)).collect();
    assert_eq!(proven, [(HCM, 5), (LONG_AN, 1)]);
}

#[test]
fn a_checkpoint_from_earlier_is_shown_to_have_grown_into_the_present_one() {
    let mut world = World::new();
    world.issue(HCM, ALERT);
    let earlier = world.kept(HCM);
    world.hit(HCM, ALERT);
    let (bytes, _) = world.export_with(HCM, &alert(ALERT), &[earlier]).unwrap();
    let report = judged(&bytes, Some(&world.anchor()));
    assert_eq!(report.faults, []);
    let grown: Vec<_> = report.consistencies.iter().map(|row| (row.old, row.new)).collect();
    assert_eq!(grown, [(3, 4)]);
    assert!(report.events.iter().all(|event| event.in_checkpoint == Some(4)));
}

#[test]
fn a_checkpoint_that_can_not_be_used_is_left_out_or_refused() {
    let mut world = World::new();
    world.issue(HCM, ALERT);
    world.exchange();
    world.hit(LONG_AN, ALERT);
    world.exchange();
    world.hit(LONG_AN, ALERT);
    // Of three events that long-an signed for, hcm holds none or some; here one is missing.
    let note = world.kept(LONG_AN);
    let (bytes, made) = world.export_with(HCM, &alert(ALERT), &[note]).unwrap();
    assert!(made.remarks.iter().any(|remark| remark.contains("index 1 is missing")), "{made:?}");
    let report = judged(&bytes, None);
    assert!(report.holds() && report.checkpoints.iter().all(|row| row.origin == HCM));

    let refused = |note: Note| world.export_with(HCM, &alert(ALERT), &[note]).unwrap_err();
    let stranger = World::seeded(2);
    assert!(matches!(refused(stranger.kept(LONG_AN)), AuditError::NotACheckpoint { .. }));
    let mut other = World::new();
    other.issue(HCM, OTHER);
    assert!(matches!(refused(other.kept(HCM)), AuditError::OtherTree { .. }));
    let nothing = Note { name: "x".into(), text: "hello".into() };
    assert!(matches!(refused(nothing), AuditError::NotACheckpoint { .. }));
}

#[test]
fn a_zone_and_a_range_are_exported() {
    let (mut world, _) = World::told();
    world.issue_in(HCM, "hcm/2024/000009", &["cluster"]);
    let (bytes, _) = world.export(HCM, &Select::Zone(ZONE.parse().unwrap()));
    let report = judged(&bytes, Some(&world.anchor()));
    assert_eq!((report.faults.len(), report.events.len()), (0, 7));
    let feeds: Vec<_> = report.feeds.iter().map(|feed| feed.seqs.as_str()).collect();
    assert_eq!(feeds, ["1-5", "1-2"]);

    // The whole log: what is local stays, what is of the directory is there once.
    let head = world.reader(HCM).head().unwrap();
    let (bytes, _) = world.export(HCM, &Select::Range(1, head));
    let report = judged(&bytes, Some(&world.anchor()));
    assert_eq!((report.faults.len(), report.events.len()), (0, 8));
    assert_eq!(report.parts.inclusions, 2 + 6);

    let (bytes, _) = world.export(HCM, &Select::Zone("directory".parse().unwrap()));
    let report = judged(&bytes, None);
    assert_eq!((report.faults.len(), report.events.len(), report.parts.directory), (0, 0, 2));

    let refused = |select| world.export_with(HCM, &select, &[]).unwrap_err();
    assert!(matches!(refused(Select::Zone("local".parse().unwrap())), AuditError::Request(_)));
    assert!(matches!(refused(Select::Zone("dong-nai".parse().unwrap())), AuditError::Nothing(_)));
    assert!(matches!(refused(alert("hcm/2024/000777")), AuditError::Nothing(_)));
    assert!(matches!(refused(Select::Range(5, 4)), AuditError::Request(_)));
    assert!(matches!(refused(Select::Range(1, head + 1)), AuditError::BeyondTheEnd { .. }));
}

#[test]
fn a_log_file_alone_is_exported_without_a_key() {
    let (world, _) = World::told();
    let (path, log) = (world.path("evidence"), world.log(LONG_AN));
    let note = world.kept(HCM);
    for (notes, in_checkpoint, file) in [(vec![], 0, "a"), (vec![note], 3, "b")] {
        let path = path.with_extension(file);
        let source = Source { log: &log, signer: None, notes: &notes, now: NOW, program: "test" };
        export(&source, &alert(ALERT), &path, &mut |_, _| {}).unwrap();
        let report = verify_file(&path, Some(&world.anchor()), &mut |_, _| {}).unwrap();
        assert_eq!(report.faults, []);
        let proven = report.events.iter().filter(|event| event.in_checkpoint.is_some());
        assert_eq!((report.events.len(), proven.count()), (4, in_checkpoint));
    }
}

#[test]
fn a_file_is_made_once_and_for_its_owner() {
    use std::os::unix::fs::PermissionsExt as _;
    let (world, _) = World::told();
    let (path, log) = (world.path("evidence"), world.log(HCM));
    let source = Source { log: &log, signer: None, notes: &[], now: NOW, program: "test" };
    let make = |path| export(&source, &alert(ALERT), path, &mut |_, _| {});
    make(&path).unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let before = std::fs::read(&path).unwrap();
    assert!(matches!(make(&path), Err(AuditError::Exists(_))));
    assert_eq!(std::fs::read(&path).unwrap(), before);
    // The same log gives the same bytes.
    let again = world.path("again");
    make(&again).unwrap();
    assert_eq!(std::fs::read(&again).unwrap(), before);
}

#[test]
fn an_alert_is_proven_without_being_disclosed() {
    let (world, _) = World::told();
    let (path, log) = (world.path("proof"), world.log(HCM));
    let source = Source { log: &log, signer: None, notes: &[], now: NOW, program: "test" };
    let id = ALERT.parse().unwrap();
    prove_alert(&source, world.key(HCM), &id, &path, &mut |_, _| {}).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let report = judged(&bytes, Some(&world.anchor()));
    assert_eq!(report.faults, []);
    assert_eq!(report.selection, Some(Selection::ProofOf(ALERT.into())));
    assert!(report.events.is_empty());
    let indices: Vec<u64> = report.undisclosed.iter().map(|one| one.index).collect();
    assert_eq!(indices, [2, 4, 5]);
    assert!(!String::from_utf8_lossy(&bytes).contains("alert.issued"));
    // Whoever is shown an event later can compare it.
    let issued = world.reader(HCM).published(HCM, 1, 2, 1).unwrap();
    assert_eq!(report.undisclosed[0].leaf, issued[0].event.leaf().to_string());

    let unknown = "hcm/2024/000777".parse().unwrap();
    let refused = prove_alert(&source, world.key(HCM), &unknown, &world.path("x"), &mut |_, _| {});
    assert!(matches!(refused, Err(AuditError::Nothing(_))));
    let refused = prove_alert(&source, world.key(LONG_AN), &id, &world.path("x"), &mut |_, _| {});
    assert!(matches!(refused, Err(AuditError::OtherKey(_))));
    assert!(!world.path("x").exists());
}

#[test]
fn a_tree_is_proven_to_have_grown() {
    let mut world = World::new();
    world.issue(HCM, ALERT);
    let kept = world.kept(HCM);
    for _ in 0..5 {
        world.hit(HCM, ALERT);
    }
    let log = world.log(HCM);
    let source = Source { log: &log, signer: None, notes: &[], now: NOW, program: "test" };
    let prove = |from: Size, to: Size, name: &str| {
        let path = world.path(name);
        let made = prove_growth(&source, world.key(HCM), (&from, &to), &path, &mut |_, _| {})?;
        let report = judged(&std::fs::read(made.path).unwrap(), Some(&world.anchor()));
        assert_eq!(report.faults, []);
        let [row] = &report.consistencies[..] else { panic!("{report:?}") };
        Ok((row.old, row.new))
    };
    let note = || Size::Kept(kept.clone());
    assert_eq!(prove(Size::Events(3), Size::Now, "a").unwrap(), (3, 8));
    assert_eq!(prove(note(), Size::Now, "b").unwrap(), (3, 8));
    assert_eq!(prove(Size::Events(1), note(), "c").unwrap(), (1, 3));
    assert_eq!(prove(Size::Events(5), Size::Events(6), "d").unwrap(), (5, 6));
    let refused = |from, to| -> AuditError { prove(from, to, "x").unwrap_err() };
    assert!(matches!(refused(Size::Events(0), Size::Now), AuditError::Request(_)));
    assert!(matches!(refused(Size::Events(8), Size::Now), AuditError::Request(_)));
    assert!(matches!(refused(Size::Now, Size::Events(3)), AuditError::Request(_)));
    assert!(matches!(refused(Size::Events(9), Size::Now), AuditError::Nothing(_)));
    let mut other = World::new();
    other.issue(HCM, OTHER);
    assert!(matches!(
        refused(Size::Kept(other.kept(HCM)), Size::Now),
        AuditError::OtherTree { .. }
    ));
    let of_another = Size::Kept(world.kept(LONG_AN));
    assert!(matches!(refused(of_another, Size::Now), AuditError::NotACheckpoint { .. }));
}

#[test]
fn an_event_without_authority_is_proven_and_told_to_be_disowned() {
    let mut world = World::new();
    // No unit may issue to the whole cluster here, and only its issuer changes an alert.
    world.issue_in(HCM, ALERT, &["cluster"]);
    world.exchange();
    world.issue(LONG_AN, ALERT);
    world.exchange();
    let (bytes, _) = world.export(HCM, &alert(ALERT));
    let report = judged(&bytes, Some(&world.anchor()));
    assert_eq!(report.faults, []);
    let json = serde_json::to_value(&report).unwrap();
    let events = json["events"].as_array().unwrap();
    let verdicts: Vec<_> = events
        .iter()
        .map(|e| (e["verdict"].as_str().unwrap(), e["why"].as_str().unwrap()))
        .collect();
    assert_eq!(verdicts, [("disowned", "not-allowed"), ("disowned", "not-issuer")]);
    assert_eq!(
        Verdict::Disowned(Why::NotIssuer),
        serde_json::from_value(events[1].clone()).unwrap()
    );
}

#[test]
fn the_founded_directory_of_seven_provinces_goes_with_an_alert() {
    let mut world = World::founded();
    world.issue(HCM, ALERT);
    world.exchange();
    world.hit(LONG_AN, ALERT);
    world.exchange();
    let (bytes, made) = world.export(LONG_AN, &alert(ALERT));
    let report = judged(&bytes, Some(&world.anchor()));
    assert_eq!(report.faults, []);
    let verdicts: Vec<_> =
        serde_json::to_value(&report.events).unwrap().as_array().unwrap().clone();
    assert!(verdicts.iter().all(|event| event["verdict"] == "valid"), "{verdicts:?}");
    assert_eq!(verdicts.len(), 2);
    assert_eq!(made.counts.directory, report.directory_head);
    assert!(report.directory_head > 5);
}

#[test]
fn a_large_export_is_proven_by_short_paths() {
    let mut world = World::new();
    let hit = giapranh_domain::Body::HitReported(giapranh_domain::wire::proto::Hit::default());
    let drafts = (0..3_000).map(|_| world.draft("hit.reported", &[ZONE], &hit)).collect();
    world.append_all(HCM, drafts);
    let (bytes, made) = world.export(HCM, &alert(ALERT));
    let report = judged(&bytes, Some(&world.anchor()));
    assert_eq!(report.faults, []);
    assert_eq!((made.counts.events, report.events.len()), (3_000, 3_000));
    assert!(report.events.iter().all(|event| event.in_checkpoint == Some(3_002)));
    let raw = Raw::of(&bytes);
    let longest = raw.0.iter().filter(|(name, _)| name.starts_with("inclusion/"));
    assert!(longest.map(|(_, proof)| proof.len()).max().unwrap() < 1_200);
}

/// Memory is bounded by hashes, not by the bytes of the file.
#[test]
fn two_hundred_thousand_events_go_through_as_a_stream() {
    if std::env::var_os("GIAPRANH_LONG").is_none() {
        return;
    }
    let mut world = World::new();
    let hit = giapranh_domain::wire::proto::Hit { place: "x".repeat(2_000), ..Default::default() };
    let hit = giapranh_domain::Body::HitReported(hit);
    for _ in 0..50 {
        let drafts = (0..4_000).map(|_| world.draft("hit.reported", &[ZONE], &hit)).collect();
        world.append_all(HCM, drafts);
    }
    let (path, log) = (world.path("evidence"), world.log(HCM));
    let key = world.key(HCM);
    let source = Source { log: &log, signer: Some(key), notes: &[], now: NOW, program: "test" };
    let before = peak_kib();
    let select = Select::Zone(ZONE.parse().unwrap());
    let made = export(&source, &select, &path, &mut |_, _| {}).unwrap();
    let report = verify_file(&path, Some(&world.anchor()), &mut |_, _| {}).unwrap();
    assert_eq!((report.faults.len(), report.events.len()), (0, 200_000));
    let more = peak_kib() - before;
    assert!(made.bytes > 600_000_000, "{}", made.bytes);
    assert!(more < 160 * 1024, "{more} KiB more");
}

/// The most memory that this process had, in KiB.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
