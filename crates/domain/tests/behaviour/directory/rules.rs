//! Who may issue what, and how long what may take.

use giapranh_domain::ZoneId;
use giapranh_domain::codes::Deadline;
use giapranh_domain::wire::proto::{self, directory_change::Change};

use super::contradicts;
use super::units::DISTRICT;
use crate::changes::{deadline, rule, rule_of};
use crate::stage::{COMMUNE, Stage, Step, check, id};
use crate::words::{amend, issue, offender, wanted};

const DAY: &str = "2024-06-01";
const ZONE: &str = "hcm-long-an";
const ALERT: &str = "long-an/2024/000001";

fn decided(change: Change) -> Step {
    Step::Decide(DAY, vec![change])
}

fn issued(node: &'static str, zones: &[&str]) -> Step {
    Step::Ask(node, issue(wanted(), zones))
}

/// A district issues a wanted alert to the zone, after these rules.
#[track_caller]
fn district(rules: impl IntoIterator<Item = Change>, may: bool) {
    let then = "alert.issued long-an_duc-hoa/2024/000001 v1 in hcm-long-an by long-an_duc-hoa \
                (officer-1 officer-2) to hcm-long-an";
    let then = if may { then } else { "forbidden: /content/category not-allowed" };
    check(rules.into_iter().map(decided), issued(DISTRICT, &[ZONE]), then);
}

#[test]
fn a_rule_of_one_unit_goes_before_that_of_its_level() {
    let own = |forbidden| rule_of(DISTRICT, "wanted-person", &[], forbidden);
    let of_level = || rule("district", "wanted-person", false);
    district([], false);
    district([own(false)], true);
    district([of_level()], true);
    district([of_level(), own(true)], false);
    // Whichever was said last.
    district([own(true), of_level()], false);
    district([own(true), own(false)], true);
    // It is that unit's alone.
    let other = rule_of("long-an_duc-hue", "wanted-person", &[], false);
    district([other], false);
    district([rule_of(DISTRICT, "modus-operandi", &[], false)], false);
}

#[test]
fn a_rule_may_be_of_some_zones_only() {
    let limited = |zones: &[&str]| decided(rule_of("long-an", "wanted-person", zones, false));
    let not_allowed = "forbidden: /content/category not-allowed";
    let by = |zones: &str| {
        format!("alert.issued {ALERT} v1 in {zones} by long-an (officer-1 officer-2) to {zones}")
    };
    let given = || [limited(&[ZONE])];
    check(given(), issued("long-an", &[ZONE]), &by(ZONE));
    check(given(), issued("long-an", &["long-an-tay-ninh"]), not_allowed);
    check(given(), issued("long-an", &[ZONE, "long-an-tay-ninh"]), not_allowed);
    check(given(), issued("long-an", &["cluster"]), not_allowed);
    let both = [limited(&[ZONE, "long-an-tay-ninh"])];
    let two = [ZONE, "long-an-tay-ninh"];
    check(both, issued("long-an", &two), &by("hcm-long-an long-an-tay-ninh"));
    // What it has said there before is not taken from it, but it spreads no further.
    let given = || [issued("long-an", &["long-an-tay-ninh"]), limited(&[ZONE])];
    let spread = amend(ALERT, wanted(), &["long-an-tay-ninh", ZONE]);
    check(given(), Step::Ask("long-an", spread), not_allowed);
    check(given(), Step::Show(ALERT), "Active v1 in long-an-tay-ninh");
}

#[test]
fn what_is_forbidden_is_so_from_then_on() {
    let forbidden = || decided(rule_of("long-an", "wanted-person", &[], true));
    let given = || [issued("long-an", &[ZONE]), forbidden()];
    check(given(), issued("long-an", &[ZONE]), "forbidden: /content/category not-allowed");
    check(given(), Step::Show(ALERT), "Active v1 in hcm-long-an");
    let forced = |head| {
        let mut stage = Stage::new();
        for step in given() {
            stage.take(step).unwrap();
        }
        let mut meta = stage.log[0].meta.clone();
        (meta.index, meta.directory_seq) = (1, head);
        format!("{:?}", stage.directory.judge(&meta))
    };
    assert_eq!(forced(10), "Valid");
    assert_eq!(forced(11), "Disowned(NotAllowed)");
    // Whoever may not issue it may not amend it either, and may take it back.
    let amended = Step::Ask("long-an", amend(ALERT, wanted(), &[]));
    check(given(), amended, "forbidden: /content/category not-allowed");
    let withdrawn = Step::Ask("long-an", crate::words::withdraw(ALERT));
    let then = format!("alert.withdrawn {ALERT} by long-an (officer-1 officer-2) to {ZONE}");
    check(given(), withdrawn, &then);
    let of_level = Change::IssuingAllowed(proto::IssuingAllowed {
        level: "province".into(),
        category: "wanted-person".into(),
        forbidden: true,
        ..Default::default()
    });
    let then = "forbidden: /content/category not-allowed";
    check([decided(of_level)], issued("hcm", &[ZONE]), then);
}

#[test]
fn a_rule_says_of_whom_of_what_and_where() {
    contradicts(rule_of("nowhere", "wanted-person", &[], false), "unknown-unit");
    contradicts(rule_of(DISTRICT, "vessel", &[], false), "unknown-code");
    contradicts(rule_of(DISTRICT, "wanted-person", &["nowhere"], false), "unknown-zone");
    contradicts(rule_of(DISTRICT, "wanted-person", &["cluster"], false), "unknown-zone");
    contradicts(rule("", "wanted-person", false), "unknown-code");
    let both = Change::IssuingAllowed(proto::IssuingAllowed {
        level: "district".into(),
        unit: DISTRICT.into(),
        category: "wanted-person".into(),
        ..Default::default()
    });
    contradicts(both, "level");
}

#[test]
fn who_is_not_named_by_any_rule_issues_nothing() {
    let directory = Stage::new().directory;
    let zones: [ZoneId; 1] = [ZONE.parse().unwrap()];
    let may = |unit, category| directory.may_issue(&id(unit), category, &zones, 10);
    assert!(may("long-an", "wanted-person") && may(DISTRICT, "travelling-offender"));
    assert!(!may(COMMUNE, "wanted-person") && !may("nowhere", "wanted-person"));
    assert!(!may("long-an", "directive"));
    // Before the rules were given nobody had a right.
    assert!(!directory.may_issue(&id("long-an"), "wanted-person", &zones, 0));
    let step = Step::Ask(DISTRICT, issue(offender(), &[ZONE]));
    let then = "alert.issued long-an_duc-hoa/2024/000001 v1 in hcm-long-an by long-an_duc-hoa \
                (officer-1 officer-2) to hcm-long-an";
    check([], step, then);
}

#[test]
fn a_deadline_is_that_of_its_time() {
    let mut stage = Stage::new();
    for seconds in [60, 90] {
        stage.take(decided(deadline("acknowledge", seconds))).unwrap();
    }
    let at = |head| stage.directory.deadline(Deadline::Acknowledge, head);
    let by_default = Deadline::Acknowledge.by_default();
    assert_eq!([10, 11, 12, 99].map(at), [by_default, 60, 90, 90]);
    let shown = |head| stage.directory.snapshot(head).deadlines["acknowledge"];
    assert_eq!([10, 11, 12].map(shown), [by_default, 60, 90]);
    let other = stage.directory.deadline(Deadline::Review, 12);
    assert_eq!(other, Deadline::Review.by_default());
    contradicts(deadline("lunch", 60), "unknown-code");
    contradicts(deadline("acknowledge", 0), "deadline");
    for deadline in Deadline::ALL {
        check([], decided(crate::changes::deadline(deadline.code(), 1)), "head 11");
    }
}
