//! What the registrar can't do, and how everybody else's events are judged.

use giapranh_domain::Meta;
use giapranh_domain::wire::proto::directory_change::Change;
use serde_json::Value;

use crate::changes::{cut, node, rule, unit, zone};
use crate::stage::{Stage, Step, check, id};
use crate::words::{answer, hit, issue, offender, wanted, withdraw};

mod atomicity;
mod heads;
mod nodes;
mod registrar;
mod rules;
mod service;
mod succession;
mod terms;
mod units;
mod zones;

const ALERT: &str = "long-an/2024/000001";
const ZONE: &str = "hcm-long-an";

/// A change that is refused takes the good ones beside it with it: the stage holds that nothing of
/// the event is left.
#[track_caller]
fn contradicts(change: Change, then: &str) {
    let good = || unit("vi-du", "", "province");
    let then = format!("/changes/1 {then}");
    check([], Step::Decide("", vec![good(), change, zone("vi-du-hcm", &["vi-du", "hcm"])]), &then);
    check([], Step::Decide("", vec![good()]), "head 11");
}

#[test]
fn an_id_is_given_once() {
    contradicts(unit("long-an", "", "province"), "id-reused");
    contradicts(unit("vi-du", "", "province"), "id-reused");
    contradicts(unit("Long An", "", "province"), "id");
    contradicts(zone("hcm-long-an", &["hcm"]), "id-reused");
    for reserved in ["directory", "cluster", "local"] {
        contradicts(zone(reserved, &["hcm"]), "id-reused");
    }
}

#[test]
fn a_unit_stands_under_the_level_above() {
    contradicts(unit("hcm_x", "nowhere", "district"), "unknown-unit");
    contradicts(unit("x", "hcm", "province"), "parent");
    contradicts(unit("x", "", "district"), "parent");
    contradicts(unit("x", "", "commune"), "parent");
    contradicts(unit("hcm_cu-chi_x", "hcm_cu-chi", "district"), "parent");
    contradicts(unit("hcm_x", "hcm", "ward"), "unknown-code");
    check([], Step::Publish(vec![unit("hcm_x", "hcm", "commune")]), "head 11");
}

#[test]
fn what_is_named_exists() {
    contradicts(zone("x", &[]), "empty");
    contradicts(zone("x", &["hcm", "nowhere"]), "unknown-unit");
    contradicts(node("nowhere", vec![9; 32], &[]), "unknown-unit");
    contradicts(node("tien-giang", vec![9; 32], &["nowhere"]), "unknown-unit");
    contradicts(cut("nowhere", 1, None, "revoked"), "unknown-unit");
    contradicts(cut("long-an", 1, None, "tired"), "unknown-code");
    contradicts(rule("ministry", "modus-operandi", true), "unknown-code");
    contradicts(rule("province", "vessel", true), "unknown-code");
}

#[test]
fn a_key_is_one_node_s() {
    contradicts(node("hcm", vec![9; 32], &[]), "enrolled");
    contradicts(node("tien-giang", vec![1; 32], &[]), "key");
    contradicts(node("tien-giang", vec![9; 31], &[]), "key");
    check([], Step::Publish(vec![node("tien-giang", vec![9; 32], &[])]), "head 11");
}

#[test]
fn a_refused_event_is_behind_us_all_the_same() {
    let mut stage = Stage::new();
    assert!(stage.take(Step::Publish(vec![zone("x", &[])])).is_err());
    let seen = stage.take(Step::Publish(vec![unit("x", "", "province")]));
    assert_eq!(seen.unwrap(), "head 12");
}

#[test]
fn a_node_reads_the_zones_of_those_it_acts_for() {
    let directory = Stage::new().directory;
    let zones = |node| {
        let zones = directory.entitled_zones(&id(node));
        zones.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(zones("hcm_cu-chi"), "binh-duong-hcm cluster directory hcm-long-an hcm-tay-ninh");
    assert_eq!(zones("long-an_duc-hue"), "cluster directory long-an-tay-ninh");
    let head = directory.head();
    assert!(directory.is_above(&id("long-an"), &id("long-an_duc-hoa_my-hanh-nam"), head));
    assert!(!directory.is_above(&id("hcm"), &id("long-an_duc-hoa"), head));
    assert!(!directory.is_above(&id("long-an"), &id("long-an"), head));
}

/// An event that its author's program should not have written.
#[track_caller]
fn judged(node: &'static str, command: Value, change: fn(&mut Meta), then: &str) {
    let given = [
        Step::Ask("long-an", issue(wanted(), &[ZONE])),
        Step::Ask("long-an_duc-hoa", issue(offender(), &[ZONE])),
        Step::Ask("hcm", hit(ALERT)),
    ];
    check(given, Step::Forge(node, command, change), then);
}

#[test]
fn who_has_no_authority_is_disowned() {
    let issue = || issue(wanted(), &[ZONE]);
    judged("long-an", issue(), |_| {}, "Valid");
    let stranger = |meta: &mut Meta| {
        meta.origin = id("tien-giang");
        meta.acting_unit = id("tien-giang");
    };
    judged("long-an", issue(), stranger, "Disowned(NotEnrolled)");
    // Enrolled by now, but not yet when it decided.
    let early = |meta: &mut Meta| meta.directory_seq = 9;
    judged("long-an", issue(), early, "Disowned(NotEnrolled)");
    let other = |meta: &mut Meta| meta.acting_unit = id("long-an_duc-hue");
    judged("long-an", issue(), other, "Disowned(NotServed)");
    let far = |meta: &mut Meta| meta.zones.push("dong-nai-hcm".parse().unwrap());
    judged("long-an", issue(), far, "Disowned(NotInZone)");
    let nowhere = |meta: &mut Meta| meta.zones.push("nowhere".parse().unwrap());
    judged("long-an", issue(), nowhere, "Disowned(NotInZone)");
}

#[test]
fn only_the_registrar_writes_to_the_directory() {
    let to_directory = |meta: &mut Meta| {
        meta.kind = "directory.changed".into();
        meta.zones = vec!["directory".parse().unwrap()];
        meta.directory_link = Some(11);
    };
    let cluster = || issue(wanted(), &["cluster"]);
    judged("hcm", cluster(), to_directory, "Valid");
    judged("tay-ninh", cluster(), to_directory, "Disowned(NotRegistrar)");
    let elsewhere = |meta: &mut Meta| meta.kind = "directory.changed".into();
    judged("hcm", cluster(), elsewhere, "Disowned(NotRegistrar)");
    let an_alert = |meta: &mut Meta| meta.zones = vec!["directory".parse().unwrap()];
    judged("hcm", cluster(), an_alert, "Disowned(NotRegistrar)");
    let also = |meta: &mut Meta| {
        meta.kind = "directory.changed".into();
        meta.zones.push("directory".parse().unwrap());
    };
    judged("hcm", cluster(), also, "Disowned(NotRegistrar)");
}

#[test]
fn an_alert_is_its_issuer_s() {
    let of_another = |meta: &mut Meta| meta.alert = "hcm/2024/000009".parse().ok();
    judged("long-an", issue(wanted(), &[ZONE]), of_another, "Disowned(NotIssuer)");
    judged("long-an", withdraw(ALERT), of_another, "Disowned(NotIssuer)");
    let of_none = |meta: &mut Meta| meta.alert = None;
    judged("long-an", withdraw(ALERT), of_none, "Disowned(NotIssuer)");
    let answer = || answer(ALERT, 3, "same");
    judged("long-an", answer(), |_| {}, "Valid");
    let stranger = |meta: &mut Meta| {
        meta.origin = id("hcm");
        meta.acting_unit = id("hcm");
    };
    judged("long-an", answer(), stranger, "Disowned(NotAnswerable)");
}

#[test]
fn an_alert_needs_authority_a_second_person_and_an_end() {
    let district = "long-an_duc-hoa";
    let wanted_by_district = |meta: &mut Meta| meta.category = "wanted-person".into();
    let offender = || issue(offender(), &[ZONE]);
    judged(district, offender(), |_| {}, "Valid");
    judged(district, offender(), wanted_by_district, "Disowned(NotAllowed)");
    let to_all = |meta: &mut Meta| meta.zones = vec!["cluster".parse().unwrap()];
    judged(district, offender(), to_all, "Disowned(NotAllowed)");
    let unapproved = |meta: &mut Meta| meta.approved_by = None;
    judged("long-an", withdraw(ALERT), unapproved, "Disowned(NoSecondPerson)");
    let alone = |meta: &mut Meta| meta.approved_by.clone_from(&meta.drafted_by);
    judged("long-an", issue(wanted(), &[ZONE]), alone, "Disowned(NoSecondPerson)");
    let endless = |meta: &mut Meta| meta.expires = 0;
    judged("long-an", issue(wanted(), &[ZONE]), endless, "Disowned(NoExpiry)");
}

#[test]
fn what_is_newer_than_this_program_is_judged_by_what_is_known() {
    let newer = |meta: &mut Meta| meta.kind = "alert.pinned".into();
    judged("long-an", withdraw(ALERT), newer, "Valid");
    let ahead = |meta: &mut Meta| meta.directory_seq += 1;
    judged("long-an", withdraw(ALERT), ahead, "Waiting");
}

/// A rule that is given anew, or narrowed, leaves what was decided under the old one as it was.
#[test]
fn an_event_is_judged_by_the_rule_of_its_time() {
    let to_all = || Step::Ask("long-an", issue(wanted(), &["cluster"]));
    let narrowed = || Step::Publish(vec![rule("province", "wanted-person", false)]);
    check([to_all(), narrowed()], Step::Show(ALERT), "Active v1 in cluster");
    check([narrowed()], to_all(), "forbidden: /content/category not-allowed");
    let widened = || Step::Publish(vec![rule("district", "wanted-person", false)]);
    let by_district = || Step::Ask("long-an_duc-hoa", issue(wanted(), &[ZONE]));
    check(
        [widened(), by_district()],
        Step::Show("long-an_duc-hoa/2024/000001"),
        "Active v1 in hcm-long-an",
    );
    check([], by_district(), "forbidden: /content/category not-allowed");
}
