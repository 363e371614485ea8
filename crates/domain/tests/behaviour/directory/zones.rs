//! Zones are defined, redrawn, split and ended; who is a member may issue, who was one may take back.

use giapranh_domain::wire::proto::{self, directory_change::Change};
use giapranh_domain::{UnitId, ZoneId};
use serde_json::json;

use super::contradicts;
use super::units::abolished;
use crate::changes::{granted, redrawn, unit, zone, zone_ended};
use crate::stage::{COMMUNE, Stage, Step, check, id};
use crate::words::{amend, change, hit, issue, request, wanted, with, withdraw};

const ALERT: &str = "long-an/2024/000001";
const ZONE: &str = "hcm-long-an";
const DAY: &str = "2024-06-01";
/// A moment long after everything here.
const LATER: u64 = 2_000_000_000_000;

fn issued() -> Step {
    Step::Ask("long-an", issue(wanted(), &[ZONE]))
}

fn decided(change: Change) -> Step {
    Step::Decide(DAY, vec![change])
}

fn after(steps: impl IntoIterator<Item = Step>) -> Stage {
    let mut stage = Stage::new();
    for step in steps {
        stage.take(step).unwrap();
    }
    stage
}

/// Whether a node reads a zone: both ways to ask for it say the same.
fn reads(stage: &Stage, node: &str, zone: &str) -> bool {
    let zone: ZoneId = zone.parse().unwrap();
    let entitled = stage.directory.is_entitled(&id(node), &zone);
    assert_eq!(stage.directory.entitled_zones(&id(node)).contains(&zone), entitled);
    entitled
}

#[test]
fn a_zone_has_members_of_two_provinces_unless_that_is_said() {
    contradicts(zone("x", &[]), "empty");
    contradicts(zone("x", &["hcm"]), "one-province");
    contradicts(zone("x", &["hcm", "hcm_cu-chi"]), "one-province");
    contradicts(zone("x", &["hcm", "hcm"]), "one-province");
    contradicts(zone("x", &["hcm", "nowhere"]), "unknown-unit");
    contradicts(zone("Vùng", &["hcm", "long-an"]), "id");
    let said = |members: &[&str]| {
        Change::ZoneDefined(proto::ZoneDefined {
            id: "x".into(),
            members: members.iter().map(ToString::to_string).collect(),
            one_province: true,
            ..Default::default()
        })
    };
    check([], decided(said(&["hcm", "hcm_cu-chi"])), "head 11");
    contradicts(said(&[]), "empty");
    let gone = [Step::Decide(DAY, abolished(0))];
    let of_the_dead = decided(zone("x", &["hcm", "long-an_duc-hoa"]));
    check(gone, of_the_dead, "/changes/0 ended-unit");
}

#[test]
fn a_redrawn_zone_says_who_comes_and_who_goes() {
    contradicts(redrawn(ZONE, &[], &[]), "empty");
    contradicts(redrawn(ZONE, &["hcm"], &[]), "member");
    contradicts(redrawn(ZONE, &["dong-nai", "dong-nai"], &[]), "member");
    contradicts(redrawn(ZONE, &[], &["dong-nai"]), "not-a-member");
    contradicts(redrawn(ZONE, &[], &["hcm", "hcm"]), "not-a-member");
    contradicts(redrawn(ZONE, &["nowhere"], &[]), "unknown-unit");
    contradicts(redrawn("nowhere", &["hcm"], &[]), "unknown-zone");
    for reserved in ["cluster", "directory", "local"] {
        contradicts(redrawn(reserved, &["hcm"], &[]), "unknown-zone");
    }
    check([], decided(redrawn(ZONE, &["dong-nai"], &["hcm"])), "head 11");
    // Who goes and comes in one decision was never away.
    check([decided(redrawn(ZONE, &["hcm"], &["hcm"]))], issued_by("hcm"), &by("hcm"));
}

fn issued_by(node: &'static str) -> Step {
    Step::Ask(node, issue(wanted(), &[ZONE]))
}

fn by(node: &str) -> String {
    format!(
        "alert.issued {node}/2024/000001 v1 in {ZONE} by {node} (officer-1 officer-2) to {ZONE}"
    )
}

/// Else nobody could end a guest's time, when it is the last one there.
#[test]
fn a_zone_has_somebody_in_it_who_is_no_guest() {
    let two = || decided(zone("x", &["hcm", "long-an_duc-hoa"]));
    let both = ["hcm", "long-an_duc-hoa"];
    let empty = "/changes/0 empty";
    check([two()], decided(redrawn("x", &[], &both)), empty);
    check([two()], decided(redrawn("x", &["dong-nai"], &both)), "head 12");
    let with_guest = || [two(), decided(granted("x", "dong-nai", LATER))];
    check(with_guest(), decided(redrawn("x", &[], &both)), empty);
    check(with_guest(), decided(redrawn("x", &["dong-nai"], &both)), "head 13");
    let given = with_guest().into_iter().chain([Step::Decide(DAY, abolished(0))]);
    let given: Vec<Step> = given.chain([decided(redrawn("x", &[], &["hcm"]))]).collect();
    check(given, decided(redrawn("x", &[], &["dong-nai"])), "head 15");
}

#[test]
fn a_zone_was_called_what_it_was_called() {
    let named = |name: &str| {
        decided(Change::ZoneRedrawn(proto::ZoneRedrawn {
            id: ZONE.into(),
            name: name.into(),
            ..Default::default()
        }))
    };
    let stage = after([named("Tên một"), named("Tên hai")]);
    let name = |at| stage.directory.snapshot(at).zones[&ZONE.parse().unwrap()].name.clone();
    assert_ne!(name(10), "Tên một");
    assert_eq!((name(11).as_str(), name(12).as_str()), ("Tên một", "Tên hai"));
    assert_eq!(stage.directory.zone(&ZONE.parse().unwrap()).unwrap().name, "Tên hai");
}

/// Widening is from now on; what was said before is fetched, because who joins may read it.
#[test]
fn who_joins_reads_and_issues_from_then_on() {
    let joined = || decided(redrawn(ZONE, &["dong-nai"], &[]));
    check([issued()], issued_by("dong-nai"), "invalid: /zones/0 not-in-zone");
    check([issued(), joined()], issued_by("dong-nai"), &by("dong-nai"));
    let then = format!("hit.reported {ALERT} by dong-nai (officer-7) to {ZONE}");
    check([issued(), joined()], Step::Ask("dong-nai", hit(ALERT)), &then);
    // Under the head before it was none of its zones.
    let early = Step::Forge("dong-nai", issue(wanted(), &[ZONE]), |meta| meta.directory_seq = 10);
    check([joined()], early, "Disowned(NotInZone)");
    let stage = after([]);
    assert!(!reads(&stage, "dong-nai", ZONE));
    assert!(reads(&after([joined()]), "dong-nai", ZONE));
}

#[test]
fn who_left_takes_back_what_it_said_there_and_says_nothing_new() {
    let left = || decided(redrawn(ZONE, &[], &["long-an"]));
    let given = || [issued(), Step::Ask("hcm", hit(ALERT)), left()];
    let to = |what: &str| format!("{what} by long-an (officer-1 officer-2) to {ZONE}");
    let withdrawn = to(&format!("alert.withdrawn {ALERT}"));
    check(given(), Step::Ask("long-an", withdraw(ALERT)), &withdrawn);
    let amended = to(&format!("alert.amended {ALERT} v2 in {ZONE}"));
    check(given(), Step::Ask("long-an", amend(ALERT, wanted(), &[ZONE])), &amended);
    check(given(), Step::Ask("long-an", amend(ALERT, wanted(), &[])), &amended);
    check(given(), issued_by("long-an"), "invalid: /zones/0 not-in-zone");
    let given = [Step::Ask("hcm", issue(wanted(), &[ZONE])), left()];
    let found = Step::Ask("long-an", hit("hcm/2024/000001"));
    check(given, found, "forbidden: /unit not-in-zone");
    assert!(!reads(&after([left()]), "long-an", ZONE));
    // An alert of its other zone is not spread to the one that it has left.
    let elsewhere = Step::Ask("long-an", issue(wanted(), &["long-an-tay-ninh"]));
    let spread = amend(ALERT, wanted(), &["long-an-tay-ninh", ZONE]);
    check([elsewhere, left()], Step::Ask("long-an", spread), "invalid: /zones/1 not-in-zone");
}

#[test]
fn an_ended_zone_takes_nothing_new_and_what_is_goes_on() {
    let given = || [issued(), decided(zone_ended(ZONE, &[]))];
    check(given(), issued_by("long-an"), "invalid: /zones/0 ended-zone");
    check(given(), issued_by("hcm"), "invalid: /zones/0 ended-zone");
    let found = format!("hit.reported {ALERT} by hcm (officer-7) to {ZONE}");
    check(given(), Step::Ask("hcm", hit(ALERT)), &found);
    let withdrawn = format!("alert.withdrawn {ALERT} by long-an (officer-1 officer-2) to {ZONE}");
    check(given(), Step::Ask("long-an", withdraw(ALERT)), &withdrawn);
    let amended =
        format!("alert.amended {ALERT} v2 in {ZONE} by long-an (officer-1 officer-2) to {ZONE}");
    check(given(), Step::Ask("long-an", amend(ALERT, wanted(), &[])), &amended);
    let elsewhere = Step::Ask("long-an", issue(wanted(), &["long-an-tay-ninh"]));
    let given = [elsewhere, decided(zone_ended(ZONE, &[]))];
    let spread = amend(ALERT, wanted(), &[ZONE]);
    check(given, Step::Ask("long-an", spread), "invalid: /zones/0 ended-zone");
    let stage = after([decided(zone_ended(ZONE, &[]))]);
    assert!(reads(&stage, "hcm", ZONE) && stage.directory.zones().all(|z| z.id.as_str() != ZONE));
    let open = |at| stage.directory.is_open(&ZONE.parse().unwrap(), at);
    assert!(open(10) && !open(11));
}

#[test]
fn what_is_forced_into_an_ended_zone_is_disowned() {
    let ended = || decided(zone_ended(ZONE, &[]));
    let both = || issue(wanted(), &["long-an-tay-ninh"]);
    let forced = Step::Forge("long-an", both(), |meta| meta.zones.push(ZONE.parse().unwrap()));
    check([ended()], forced, "Disowned(NotInZone)");
    let early = Step::Forge("long-an", both(), |meta| {
        meta.zones.push(ZONE.parse().unwrap());
        meta.directory_seq = 10;
    });
    check([ended()], early, "Valid");
}

#[test]
fn an_ended_zone_is_not_changed_any_more() {
    let then = "/changes/0 ended-zone";
    for change in [
        redrawn(ZONE, &["dong-nai"], &[]),
        granted(ZONE, "dong-nai", LATER),
        zone_ended(ZONE, &[]),
        crate::changes::rule_of("hcm", "wanted-person", &[ZONE], false),
    ] {
        check([decided(zone_ended(ZONE, &[]))], decided(change), then);
    }
    contradicts(zone_ended("nowhere", &[]), "unknown-zone");
    contradicts(zone_ended("cluster", &[]), "unknown-zone");
}

#[test]
fn a_zone_is_split_into_two_or_more_that_are() {
    let (one, other) = ("hcm-long-an-bac", "hcm-long-an-nam");
    let split = |parts: &[&str]| {
        let members: &[&str] = &["hcm", "long-an"];
        Step::Decide(DAY, vec![zone(one, members), zone(other, members), zone_ended(ZONE, parts)])
    };
    check([], split(&[one]), "/changes/2 parts");
    check([], split(&[one, ZONE]), "/changes/2 parts");
    check([], split(&[one, "nowhere"]), "/changes/2 unknown-zone");
    check([], split(&[one, other]), "head 11");
    let stage = after([issued(), split(&[one, other])]);
    let ended = stage.directory.zone(&ZONE.parse().unwrap()).unwrap();
    assert_eq!(ended.parts, [one, other].map(|id| id.parse().unwrap()).into());
    // The alerts of before stay where they are until their issuer says otherwise.
    let amended = Step::Ask("long-an", amend(ALERT, wanted(), &[one]));
    let then = format!(
        "alert.amended {ALERT} v2 in {one} by long-an (officer-1 officer-2) to {ZONE} {one}"
    );
    check([issued(), split(&[one, other])], amended, &then);
}

#[test]
fn a_zone_is_granted_for_a_time_and_then_by_right_or_no_more() {
    let grant = |until| decided(granted(ZONE, "dong-nai", until));
    contradicts(granted(ZONE, "dong-nai", 0), "required");
    contradicts(granted(ZONE, "hcm", LATER), "member");
    contradicts(granted("nowhere", "hcm", LATER), "unknown-zone");
    contradicts(granted(ZONE, "nowhere", LATER), "unknown-unit");
    check([grant(LATER)], issued_by("dong-nai"), &by("dong-nai"));
    let guests =
        |stage: &Stage| stage.directory.zone(&ZONE.parse().unwrap()).unwrap().guests.clone();
    let longer = after([grant(LATER), grant(LATER + 1)]);
    assert_eq!(guests(&longer), [(id("dong-nai"), LATER + 1)].into());
    let by_right = || decided(redrawn(ZONE, &["dong-nai"], &[]));
    let member = after([grant(LATER), by_right()]);
    assert_eq!(guests(&member), [].into());
    let is_member = |at| member.directory.is_member(&id("dong-nai"), &ZONE.parse().unwrap(), at);
    assert!(!is_member(10) && is_member(11) && is_member(12));
    check([grant(LATER), by_right()], grant(LATER), "/changes/0 member");
    check([grant(LATER), by_right()], by_right(), "/changes/0 member");
    let over = || decided(redrawn(ZONE, &[], &["dong-nai"]));
    let left = after([grant(LATER), over()]);
    assert!(guests(&left).is_empty() && !reads(&left, "dong-nai", ZONE));
    check([grant(LATER), over()], issued_by("dong-nai"), "invalid: /zones/0 not-in-zone");
    check([grant(LATER), over()], grant(LATER), "head 13");
}

/// The fold reads no clock, so the registrar's own node says it.
#[test]
fn a_grant_ends_at_a_moment_to_come() {
    let grant = |until| Step::Ask("hcm", change(DAY, vec![granted(ZONE, "dong-nai", until)]));
    let now = giapranh_domain::time::moment("2024-06-01T08:00:00+07:00").unwrap();
    check([], grant(now), "invalid: /changes/0 date");
    check([], grant(now + 1), "directory.changed  by hcm (officer-1 officer-2) to directory");
}

#[test]
fn a_unit_asks_for_a_zone_that_it_is_not_in() {
    let ask = |zone: &str, until: &str| Step::Ask("dong-nai", request(zone, until));
    check([], ask(ZONE, "2024-12-31"), "zone.requested  by dong-nai (officer-1) to cluster");
    check([], ask(ZONE, "2024-06-01"), "zone.requested  by dong-nai (officer-1) to cluster");
    for over in ["2024-05-31", "2024-06-01T08:00:00+07:00", "", "mai"] {
        check([], ask(ZONE, over), "invalid: /until date");
    }
    check([], ask("dong-nai-hcm", "2024-12-31"), "conflict: /zone member");
    check([], ask("cluster", "2024-12-31"), "not-found: /zone unknown-zone");
    check([], ask("nowhere", "2024-12-31"), "not-found: /zone unknown-zone");
    check([], ask("Vùng", "2024-12-31"), "invalid: /zone not-an-id");
    let ended = [decided(zone_ended(ZONE, &[]))];
    check(ended, ask(ZONE, "2024-12-31"), "not-found: /zone unknown-zone");
    let silent = with(request(ZONE, "2024-12-31"), "/reason", json!(" "));
    check([], Step::Ask("dong-nai", silent), "invalid: /reason required");
    let all = with(request("nowhere", ""), "/reason", json!(""));
    let then = "not-found: /reason required, /until date, /zone unknown-zone";
    check([], Step::Ask("dong-nai", all), then);
    let nobody = with(request(ZONE, "2024-12-31"), "/drafted_by", json!(""));
    check([], Step::Ask("dong-nai", nobody), "invalid: /drafted_by required");
}

/// Two zones may have the same members; an alert is in those that it was issued to.
#[test]
fn zones_overlap_and_stay_apart() {
    let wider = || decided(zone("ba-tinh", &["hcm", "long-an", "dong-nai"]));
    let both = || Step::Ask("long-an", issue(wanted(), &[ZONE, "ba-tinh"]));
    let found = |node, to: &str| {
        let then = format!("hit.reported {ALERT} by {node} (officer-7) to {to}");
        check([wider(), both()], Step::Ask(node, hit(ALERT)), &then);
    };
    found("hcm", "ba-tinh hcm-long-an");
    found("dong-nai", "ba-tinh");
    found("hcm_cu-chi", "hcm-long-an");
    let stranger = Step::Ask("dong-nai", hit(ALERT));
    check([wider(), issued()], stranger, "forbidden: /unit not-in-zone");
    // Leaving one is not leaving the other.
    let left = decided(redrawn("ba-tinh", &[], &["hcm"]));
    let then = format!("hit.reported {ALERT} by hcm (officer-7) to {ZONE}");
    check([wider(), both(), left], Step::Ask("hcm", hit(ALERT)), &then);
}

#[test]
fn a_node_reads_for_all_whom_it_acts_for_and_no_longer_than_it_does() {
    let commune_only = || decided(zone("xa", &["hcm", COMMUNE]));
    let stage = after([commune_only()]);
    assert!(reads(&stage, "long-an_duc-hoa", "xa") && !reads(&stage, "long-an", "xa"));
    assert!(reads(&stage, "tien-giang", "cluster") && reads(&stage, "tien-giang", "directory"));
    assert!(!reads(&stage, "tien-giang", "local") && !reads(&stage, "tien-giang", "nowhere"));
    let none: &[&str] = &[];
    let unserved = decided(crate::changes::serves("long-an_duc-hoa", none));
    let stage = after([commune_only(), unserved]);
    assert!(!reads(&stage, "long-an_duc-hoa", "xa"));
    // The dead read nothing; who answers for them does.
    let stage = after([Step::Decide(DAY, abolished(0))]);
    assert!(!reads(&stage, "long-an_duc-hoa", ZONE) && reads(&stage, "long-an", ZONE));
    let members: Vec<UnitId> = stage.directory.snapshot(11).zones[&ZONE.parse().unwrap()]
        .members
        .iter()
        .cloned()
        .collect();
    assert!(!members.contains(&id("long-an_duc-hoa")), "{members:?}");
}

#[test]
fn whoever_exists_is_of_the_whole_cluster() {
    let cluster = ZoneId::cluster();
    let stage = after([decided(unit("vi-du", "", "province")), Step::Decide(DAY, abolished(0))]);
    let is_member = |unit: &str, at| stage.directory.is_member(&id(unit), &cluster, at);
    assert!(!is_member("vi-du", 10) && is_member("vi-du", 11));
    assert!(is_member("long-an_duc-hoa", 11) && !is_member("long-an_duc-hoa", 12));
    assert!(!is_member("nowhere", 12) && stage.directory.is_open(&cluster, 12));
}
