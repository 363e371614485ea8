//! An event of the registrar takes effect whole or not at all, and says all that is wrong with it.

use std::collections::BTreeSet;

use giapranh_domain::wire::proto::{self, directory_change::Change};

use crate::changes::{
    confirmed, cut, deadline, ended, event, founders, granted, handed_over, moved, node, redrawn,
    renamed, rule, serves, unit, waiting, zone, zone_ended,
};
use crate::stage::{Stage, Step, check};

const DAY: &str = "2024-06-01";
const LATER: u64 = 2_000_000_000_000;

/// One of each kind, which all can be done together after the founding.
fn good() -> Vec<Change> {
    vec![
        unit("hcm_x", "hcm", "district"),
        renamed("hcm_hoc-mon", "Tên ví dụ", "1"),
        moved("long-an_duc-hoa_my-hanh-nam", "long-an"),
        ended("long-an_duc-hoa_duc-hoa-ha", "long-an_duc-hoa", "merged", &[]),
        zone("x", &["hcm", "long-an"]),
        redrawn("hcm-tay-ninh", &["dong-nai"], &[]),
        zone_ended("dong-nai-hcm", &[]),
        granted("hcm-long-an", "dong-nai", LATER),
        cut("hcm_cu-chi", 1, Some(0), "rotated"),
        waiting("hcm_cu-chi", 40),
        confirmed("hcm_cu-chi", 2),
        serves("long-an", &["long-an_ben-luc"]),
        rule("commune", "modus-operandi", false),
        deadline("review", 60),
        founders(&[("hcm", 1), ("long-an", 3)], 2),
        handed_over("tay-ninh", 1, 5),
    ]
}

/// One of each kind that contradicts what is known, in the same order, and the rule that it breaks.
fn bad() -> Vec<(Change, &'static str)> {
    vec![
        (unit("hcm", "", "province"), "id-reused"),
        (renamed("nowhere", "Tên", ""), "unknown-unit"),
        (moved("long-an_ben-luc", "hcm"), "other-province"),
        (ended("long-an_ben-luc", "nowhere", "merged", &[]), "unknown-unit"),
        (zone("hcm-long-an", &["hcm", "long-an"]), "id-reused"),
        (redrawn("hcm-tay-ninh", &[], &["long-an"]), "not-a-member"),
        (zone_ended("nowhere", &[]), "unknown-zone"),
        (granted("hcm-long-an", "hcm", LATER), "member"),
        (cut("hcm_cu-chi", 7, None, "revoked"), "epoch"),
        (node("hcm", vec![41; 32], &[]), "enrolled"),
        (confirmed("hcm", 1), "confirmed"),
        (serves("long-an_ben-luc", &[]), "no-node"),
        (rule("commune", "vessel", false), "unknown-code"),
        (deadline("lunch", 60), "unknown-code"),
        (founders(&[("hcm", 1), ("long-an", 3)], 1), "threshold"),
        (handed_over("tien-giang", 1, 9), "registrar"),
    ]
}

/// The kinds, by their place in the message.
fn kind(change: &Change) -> String {
    let json = serde_json::to_value(change).unwrap();
    json.as_object().unwrap().keys().next().unwrap().clone()
}

#[test]
fn every_kind_is_tried_here() {
    let kinds: BTreeSet<String> = good().iter().map(kind).collect();
    let bad: BTreeSet<String> = bad().iter().map(|(bad, _)| kind(bad)).collect();
    assert_eq!(kinds, bad);
    let proto = include_str!("../../../../../proto/giapranh/v1/directory.proto");
    let oneof = proto.split("oneof change {").nth(1).unwrap().split('}').next().unwrap();
    assert_eq!(kinds.len(), oneof.matches(';').count(), "{kinds:?}");
}

#[test]
fn everything_can_be_decided_at_once() {
    check([], Step::Decide(DAY, good()), "head 11");
    let directory = Stage::new().directory;
    assert_eq!(directory.try_on(&event(DAY, good()), &BTreeSet::new()), []);
    assert_eq!(directory, Stage::new().directory, "trying on changes nothing");
}

/// The stage holds that a refused event leaves nothing but its number.
#[test]
fn one_bad_change_of_whatever_kind_undoes_all_others_wherever_it_stands() {
    for (bad, rule) in bad() {
        for place in [0, good().len()] {
            let mut changes = good();
            changes.insert(place, bad.clone());
            // After founders were named, the next ones need their word before anything else.
            let again = place > 0 && matches!(bad, Change::FoundersNamed(_));
            let rule = if again { "other-founders" } else { rule };
            check([], Step::Decide(DAY, changes), &format!("/changes/{place} {rule}"));
        }
    }
}

#[test]
fn a_bad_change_undoes_each_good_one() {
    for good in good() {
        let needs_a_key = matches!(good, Change::NodeEnrolled(_) | Change::NodeConfirmed(_));
        if needs_a_key {
            // Those follow on a cut of the same decision: tried with all the others.
            continue;
        }
        check([], Step::Decide(DAY, vec![good.clone()]), "head 11");
        let changes = vec![good, zone("y", &[])];
        check([], Step::Decide(DAY, changes), "/changes/1 empty");
    }
}

#[test]
fn every_change_at_fault_is_named() {
    let (changes, rules): (Vec<Change>, Vec<&str>) = bad().into_iter().unzip();
    let named = (0..).zip(&rules).map(|(at, rule)| format!("/changes/{at} {rule}"));
    let named: Vec<String> = named.collect();
    check([], Step::Decide(DAY, changes.clone()), &named.join(", "));
    let dated = format!("/effective_from date, {}", named.join(", "));
    check([], Step::Decide("2024-02-30", changes), &dated);
}

#[test]
fn a_date_at_fault_undoes_the_changes() {
    for day in ["2023-12-31", "2024-02-30", "hôm nay", "2024-06-01T00:00:00Z"] {
        check([], Step::Decide(day, good()), "/effective_from date");
    }
}

/// A node of before this kind was thought of keeps up with the others.
#[test]
fn what_is_newer_than_this_program_is_counted_and_left_alone() {
    let mut directory = Stage::new().directory;
    let mut newer = event(DAY, vec![unit("vi-du", "", "province")]);
    newer.changes.push(proto::DirectoryChange { change: None });
    assert_eq!(directory.apply(11, &newer), []);
    assert_eq!((directory.not_understood(), directory.head()), (1, 11));
    assert!(directory.unit(&crate::stage::id("vi-du")).is_some());
    newer.changes.push(proto::DirectoryChange { change: Some(zone("x", &[])) });
    assert_eq!(directory.apply(12, &newer).len(), 2, "the unit again, and the zone");
    assert_eq!(directory.not_understood(), 1);
}
