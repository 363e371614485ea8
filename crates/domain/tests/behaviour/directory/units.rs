//! Units are registered, renamed, moved and ended; what they were stays known.

use giapranh_domain::UnitId;
use giapranh_domain::directory::Unit;
use giapranh_domain::wire::proto::directory_change::Change;

use super::contradicts;
use crate::changes::{cut, ended, event, moved, renamed, unit, zone, zone_ended};
use crate::stage::{Stage, Step, check, id};
use crate::words::{issue, offender};

const DAY: &str = "2024-06-01";
pub const DISTRICT: &str = "long-an_duc-hoa";

/// The units right under one, ended for a successor or moved under it.
pub fn below(parent: &str, change: impl Fn(&str) -> Change) -> Vec<Change> {
    let directory = Stage::new().directory;
    let under = |unit: &&Unit| unit.parent.as_ref().is_some_and(|id| id.as_str() == parent);
    directory.units().filter(under).map(|unit| change(unit.id.as_str())).collect()
}

/// Đức Hòa ends, and Long An answers for it; its node counts as far as that index.
pub fn abolished(last: u64) -> Vec<Change> {
    let mut changes = vec![
        ended(DISTRICT, "long-an", "abolished", &[]),
        cut(DISTRICT, 1, Some(last), "succeeded"),
    ];
    changes.extend(below(DISTRICT, |commune| moved(commune, "long-an")));
    changes
}

#[track_caller]
fn refused(changes: Vec<Change>, then: &str) {
    check([], Step::Decide(DAY, changes), then);
}

fn after(steps: impl IntoIterator<Item = Step>) -> Stage {
    let mut stage = Stage::new();
    for step in steps {
        stage.take(step).unwrap();
    }
    stage
}

#[test]
fn a_unit_was_called_what_it_was_called() {
    let stage = after([
        Step::Decide(DAY, vec![renamed(DISTRICT, "Thị xã Đức Hòa", "")]),
        Step::Decide(DAY, vec![renamed(DISTRICT, "", "999")]),
        Step::Decide(DAY, vec![renamed(DISTRICT, "Huyện Đức Hòa", "802")]),
    ]);
    let unit = stage.directory.unit(&id(DISTRICT)).unwrap();
    let seen = (9..=14).map(|head| (unit.name_at(head), unit.code_at(head)));
    let seen: Vec<(&str, &str)> = seen.collect();
    let first = ("Huyện Đức Hòa", "802");
    let (second, third) = (("Thị xã Đức Hòa", "802"), ("Thị xã Đức Hòa", "999"));
    assert_eq!(seen, [first, first, second, third, first, first]);
}

#[test]
fn two_changes_of_one_decision_leave_one_past() {
    let both = vec![renamed(DISTRICT, "Tên một", ""), renamed(DISTRICT, "Tên hai", "1")];
    let stage = after([Step::Decide(DAY, both)]);
    let unit = stage.directory.unit(&id(DISTRICT)).unwrap();
    assert_eq!((unit.name_at(10), unit.name_at(11)), ("Huyện Đức Hòa", "Tên hai"));
    assert_eq!(unit.before.len(), 1);
}

#[test]
fn a_rename_says_something_and_of_a_unit_that_is() {
    contradicts(renamed(DISTRICT, "", ""), "empty");
    contradicts(renamed("long-an_x", "Tên", ""), "unknown-unit");
    contradicts(renamed("Long An", "Tên", ""), "id");
    let given = [Step::Decide(DAY, abolished(0))];
    check(given, Step::Decide(DAY, vec![renamed(DISTRICT, "Tên", "")]), "/changes/0 ended-unit");
}

#[test]
fn an_old_alert_shows_its_issuer_s_name_as_it_was() {
    let issued = || Step::Ask(DISTRICT, issue(offender(), &["hcm-long-an"]));
    let renaming = || Step::Decide(DAY, vec![renamed(DISTRICT, "Thị xã Đức Hòa", "")]);
    let stage = after([issued(), renaming(), issued(), Step::Decide(DAY, abolished(1))]);
    let name = |number: u32| {
        let alert = stage.alert(&format!("{DISTRICT}/2024/{number:06}").parse().unwrap());
        assert_eq!(alert.responsible, id("long-an"));
        alert.issuer_name
    };
    assert_eq!(name(1), "Huyện Đức Hòa");
    assert_eq!(name(2), "Thị xã Đức Hòa");
}

#[test]
fn a_commune_moves_within_its_province() {
    let commune = "long-an_duc-hoa_my-hanh-nam";
    let stage = after([
        Step::Decide(DAY, vec![moved(commune, "long-an_duc-hue")]),
        Step::Decide(DAY, vec![moved(commune, "long-an")]),
    ]);
    let unit = stage.directory.unit(&id(commune)).unwrap();
    let parents = [10, 11, 12].map(|head| unit.parent_at(head).map(UnitId::as_str));
    assert_eq!(parents, [Some(DISTRICT), Some("long-an_duc-hue"), Some("long-an")]);
    let above = |unit, head| stage.directory.is_above(&id(unit), &id(commune), head);
    assert!(above(DISTRICT, 10) && !above(DISTRICT, 11));
    assert!(above("long-an_duc-hue", 11) && !above("long-an_duc-hue", 12));
    assert!(above("long-an", 10) && above("long-an", 12));
}

#[test]
fn a_unit_is_not_moved_to_another_province() {
    contradicts(moved("long-an_duc-hoa_my-hanh-nam", "hcm"), "other-province");
    contradicts(moved("long-an_duc-hoa_my-hanh-nam", "hcm_cu-chi"), "other-province");
    contradicts(moved(DISTRICT, "hcm"), "other-province");
}

#[test]
fn parents_make_no_circle() {
    let commune = "long-an_duc-hoa_my-hanh-nam";
    for (unit, parent) in [
        (DISTRICT, commune),
        (DISTRICT, DISTRICT),
        ("long-an", DISTRICT),
        ("long-an", "long-an"),
        ("long-an", "hcm"),
        (commune, commune),
        (commune, "long-an_duc-hoa_duc-hoa-ha"),
        (DISTRICT, "long-an_duc-hue"),
    ] {
        contradicts(moved(unit, parent), "parent");
    }
    contradicts(moved(commune, "nowhere"), "unknown-unit");
    let gone = vec![moved(commune, DISTRICT)];
    check([Step::Decide(DAY, abolished(0))], Step::Decide(DAY, gone), "/changes/0 ended-unit");
}

/// Its subjects name its province by what its id begins with.
#[test]
fn an_id_begins_with_the_province_s() {
    contradicts(unit("x", "hcm", "district"), "other-province");
    contradicts(unit("long-an_x", "hcm", "district"), "other-province");
    contradicts(unit("hcm-x", "hcm_cu-chi", "commune"), "other-province");
    contradicts(unit("vi_du", "", "province"), "other-province");
    refused(vec![unit("hcm_x", "hcm", "district"), unit("hcm_y", "hcm_x", "commune")], "head 11");
}

#[test]
fn an_id_is_never_given_again() {
    let gone = || Step::Decide(DAY, abolished(0));
    let again = vec![unit(DISTRICT, "long-an", "district")];
    check([gone()], Step::Decide(DAY, again), "/changes/0 id-reused");
    // Nor in the decision that ends it.
    let mut changes = abolished(0);
    changes.insert(0, unit(DISTRICT, "long-an", "district"));
    refused(changes, "/changes/0 id-reused");
    let ended = || Step::Decide(DAY, vec![zone_ended("hcm-long-an", &[])]);
    let again = vec![zone("hcm-long-an", &["hcm", "long-an"])];
    check([ended()], Step::Decide(DAY, again), "/changes/0 id-reused");
    // The code of one that was may be the code of another: it is no id.
    check([gone()], Step::Decide(DAY, vec![renamed("long-an_duc-hue", "", "802")]), "head 12");
}

#[test]
fn an_end_names_a_way_and_a_successor_that_is() {
    let cut = || cut(DISTRICT, 1, Some(0), "succeeded");
    let with = |first: Change, then: &str| {
        let mut changes = abolished(0);
        changes[0] = first;
        refused(changes, then);
    };
    with(ended(DISTRICT, "long-an", "tired", &[]), "/changes/0 unknown-code");
    with(ended(DISTRICT, DISTRICT, "abolished", &[]), "/changes/0 successor");
    with(ended(DISTRICT, "nowhere", "abolished", &[]), "/changes/0 unknown-unit");
    with(ended(DISTRICT, "", "abolished", &[]), "/changes/0 id");
    let again = || vec![ended(DISTRICT, "long-an", "abolished", &[]), cut()];
    let given = || [Step::Decide(DAY, abolished(0))];
    check(given(), Step::Decide(DAY, again()), "/changes/0 ended-unit");
    let to_the_dead = vec![ended("long-an_duc-hue", DISTRICT, "abolished", &[])];
    check(given(), Step::Decide(DAY, to_the_dead), "/changes/0 ended-unit");
}

#[test]
fn nobody_succeeds_in_a_circle() {
    let (one, other) = ("long-an_duc-hoa_my-hanh-nam", "long-an_duc-hoa_duc-hoa-ha");
    let circle = vec![ended(one, other, "merged", &[]), ended(other, one, "merged", &[])];
    refused(circle, "/changes/1 ended-unit");
    let chain = vec![ended(one, other, "merged", &[]), ended(other, DISTRICT, "merged", &[])];
    refused(chain, "head 11");
}

#[test]
fn a_split_names_its_parts_and_nothing_else_does() {
    let commune = "long-an_duc-hoa_my-hanh-nam";
    let (one, other) = ("long-an_duc-hoa_duc-hoa-ha", "long-an_duc-hoa_duc-hoa-dong");
    let says = |cause, parts: &[&str], then| refused(vec![ended(commune, one, cause, parts)], then);
    says("split", &[one, other], "head 11");
    says("split", &[], "/changes/0 parts");
    says("split", &[one], "/changes/0 parts");
    says("split", &[one, one], "/changes/0 parts");
    says("split", &[other, "long-an_duc-hue"], "/changes/0 parts");
    says("split", &[one, "nowhere"], "/changes/0 unknown-unit");
    says("split", &[one, commune], "head 11");
    says("merged", &[one, other], "/changes/0 parts");
    says("abolished", &[one, other], "/changes/0 parts");
    says("merged", &[], "head 11");
}

#[test]
fn no_unit_is_left_without_the_one_above() {
    let mut changes = abolished(0);
    let orphan = changes.pop();
    refused(changes.clone(), "/changes/0 orphan");
    // Whether it was settled before or after in the same decision is the same.
    changes.insert(0, orphan.unwrap());
    refused(changes, "head 11");
    let mut all: Vec<Change> =
        below(DISTRICT, |commune| ended(commune, "long-an", "abolished", &[]));
    all.extend(abolished(0).into_iter().take(2));
    refused(all, "head 11");
}

#[test]
fn the_feeds_of_a_unit_that_ends_are_cut_with_it() {
    let mut changes = abolished(0);
    changes.remove(1);
    refused(changes.clone(), "/changes/0 no-cut");
    // A new epoch is no end: it could go on in it.
    changes.push(cut(DISTRICT, 1, Some(0), "new-epoch"));
    refused(changes, "/changes/0 no-cut");
    let mut nothing = abolished(0);
    nothing[1] = cut(DISTRICT, 1, None, "revoked");
    refused(nothing, "head 11");
    let before = [Step::Decide(DAY, vec![cut(DISTRICT, 1, Some(0), "revoked")])];
    let mut changes = abolished(0);
    changes.remove(1);
    check(before, Step::Decide(DAY, changes), "head 12");
}

#[test]
fn who_keeps_the_directory_does_not_end() {
    let directory = Stage::new().directory;
    let of_hcm = directory.units().filter(|unit| unit.id.province() == id("hcm"));
    let mut changes: Vec<Change> =
        of_hcm.map(|unit| ended(unit.id.as_str(), "long-an", "merged", &[])).collect();
    changes.push(cut("hcm_cu-chi", 1, Some(0), "succeeded"));
    // The province is the first of its units by id.
    refused(changes, "/changes/0 no-cut, /changes/0 registrar");
}

#[test]
fn who_answers_is_asked_as_of_a_head() {
    let (one, other) = ("long-an_duc-hoa_my-hanh-nam", "long-an_duc-hoa_duc-hoa-ha");
    let stage = after([
        Step::Decide(DAY, vec![ended(one, other, "merged", &[])]),
        Step::Decide(DAY, Vec::new()),
        Step::Decide(DAY, vec![ended(other, DISTRICT, "merged", &[])]),
        Step::Decide(DAY, abolished(0).into_iter().filter(|change| {
            !matches!(change, Change::UnitMoved(moved) if moved.id == one || moved.id == other)
        }).collect()),
    ]);
    let directory = &stage.directory;
    let answers = |head| directory.answers_for(&id(one), head).to_string();
    let seen: Vec<String> = (10..=15).map(answers).collect();
    assert_eq!(seen, [one, other, other, DISTRICT, "long-an", "long-an"]);
    let mut before: Vec<UnitId> = directory.predecessors(&id("long-an")).collect();
    before.sort();
    assert_eq!(before, [DISTRICT, other, one].map(id));
    assert_eq!(directory.predecessors(&id(one)).count(), 0);
    // What nobody knows answers for itself.
    assert_eq!(directory.answers_for(&id("nowhere"), 14), &id("nowhere"));
}

#[test]
fn an_event_of_no_changes_counts() {
    let mut directory = Stage::new().directory;
    assert_eq!(directory.apply(11, &event("", Vec::new())), []);
    assert_eq!(directory.head(), 11);
    let decision = directory.decisions().last().unwrap();
    assert_eq!((decision.effective_from.as_str(), decision.changes), ("2024-01-01", 0));
}
