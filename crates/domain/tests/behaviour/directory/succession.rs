//! Who succeeds a unit answers for it, and nobody else does.

use giapranh_domain::Meta;
use giapranh_domain::wire::proto::directory_change::Change;
use serde_json::{Value, json};

use super::units::{DISTRICT, abolished};
use crate::changes::{cut, ended, moved, node, redrawn, serves, unit, zone};
use crate::stage::{COMMUNE, Stage, Step, check, id};
use crate::words::{amend, answer, hit, issue, offender, wanted, with, withdraw};

const ALERT: &str = "long-an_duc-hoa/2024/000001";
const ZONE: &str = "hcm-long-an";
const DAY: &str = "2024-06-01";

fn issued() -> Step {
    Step::Ask(DISTRICT, issue(offender(), &[ZONE]))
}

/// Đức Hòa has issued, Ho Chi Minh City has found, and Đức Hòa has ended.
fn succeeded() -> Vec<Step> {
    vec![issued(), Step::Ask("hcm", hit(ALERT)), Step::Decide(DAY, abolished(0))]
}

#[track_caller]
fn asked(node: &'static str, command: Value, then: &str) {
    check(succeeded(), Step::Ask(node, command), then);
}

#[test]
fn before_the_end_only_the_issuer_changes_its_alert() {
    let not_issuer = "forbidden: /alert not-issuer";
    check([issued()], Step::Ask("long-an", withdraw(ALERT)), not_issuer);
    check([issued()], Step::Ask("long-an", amend(ALERT, offender(), &[])), not_issuer);
    check(
        [issued()],
        Step::Ask(DISTRICT, withdraw(ALERT)),
        "alert.withdrawn \
        long-an_duc-hoa/2024/000001 by long-an_duc-hoa (officer-1 officer-2) to hcm-long-an",
    );
}

#[test]
fn after_the_end_the_successor_withdraws_amends_and_answers() {
    let by = |kind: &str, what: &str, officers: &str| {
        format!("{kind} {ALERT}{what} by long-an ({officers}) to hcm-long-an")
    };
    let two = "officer-1 officer-2";
    asked("long-an", withdraw(ALERT), &by("alert.withdrawn", "", two));
    let amended = by("alert.amended", " v2 in hcm-long-an", two);
    asked("long-an", amend(ALERT, offender(), &[]), &amended);
    asked("long-an", answer(ALERT, 2, "same"), &by("hit.answered", "", "officer-3"));
    let given = succeeded().into_iter().chain([
        Step::Ask("long-an", amend(ALERT, offender(), &[])),
        Step::Ask("long-an", answer(ALERT, 2, "same")),
        Step::Ask("long-an", withdraw(ALERT)),
    ]);
    let then = "Withdrawn v2 in hcm-long-an; hit hcm: long-an same";
    check(given, Step::Show(ALERT), then);
}

#[test]
fn after_the_end_nobody_but_the_successor_does() {
    for stranger in ["hcm", "tay-ninh", "hcm_cu-chi"] {
        asked(stranger, withdraw(ALERT), "forbidden: /alert not-issuer");
        asked(stranger, amend(ALERT, offender(), &[]), "forbidden: /alert not-issuer");
        asked(stranger, answer(ALERT, 2, "same"), "forbidden: /alert not-issuer");
    }
    for command in [withdraw(ALERT), issue(offender(), &[ZONE]), answer(ALERT, 2, "same")] {
        asked(DISTRICT, command, "forbidden: /unit cut");
    }
    // The numbers of the unit that ended are its own.
    asked(
        "long-an",
        with(withdraw(ALERT), "/unit", json!(DISTRICT)),
        "forbidden: /unit not-served",
    );
}

/// The successor's command, as somebody forged it, and what the alert then is.
#[track_caller]
fn forged(change: fn(&mut Meta), why: &str) {
    let forgery = || Step::Forge("long-an", withdraw(ALERT), change);
    check(succeeded(), forgery(), &format!("Disowned({why})"));
    let given = succeeded().into_iter().chain([forgery()]);
    let then = format!("Active v1 in hcm-long-an; hit hcm:; alert.withdrawn Disowned({why})");
    check(given, Step::Show(ALERT), &then);
}

fn by_district(meta: &mut Meta) {
    meta.origin = id(DISTRICT);
    meta.acting_unit = id(DISTRICT);
    meta.index = 1;
}

#[test]
fn the_keys_of_a_unit_that_ended_are_good_for_nothing() {
    forged(
        |meta| {
            by_district(meta);
            meta.directory_seq = 10;
            meta.recorded = 0;
        },
        "BeyondCut",
    );
    forged(by_district, "BeyondCut");
    forged(
        |meta| {
            by_district(meta);
            meta.epoch = 2;
        },
        "NotEnrolled",
    );
    forged(
        |meta| {
            by_district(meta);
            meta.index = 0;
        },
        "UnitEnded",
    );
}

#[test]
fn nobody_acts_in_the_name_of_a_unit_that_ended() {
    forged(|meta| meta.acting_unit = id(DISTRICT), "UnitEnded");
    // Not by going back behind the end either: then it was not the successor's.
    forged(|meta| meta.directory_seq = 10, "NotIssuer");
    forged(
        |meta| {
            meta.directory_seq = 10;
            meta.acting_unit = id(DISTRICT);
        },
        "NotServed",
    );
    forged(
        |meta| {
            meta.origin = id("hcm");
            meta.acting_unit = id("hcm");
        },
        "NotIssuer",
    );
}

#[test]
fn a_commune_whose_district_ended_is_served_by_who_is_named() {
    let through = |node| {
        let command = with(hit(ALERT), "/unit", json!(COMMUNE));
        (Step::Ask(node, command), "forbidden: /unit not-served")
    };
    let (step, not_served) = through("long-an");
    check(succeeded(), step, not_served);
    let named = || {
        let named = Step::Decide(DAY, vec![serves("long-an", &[COMMUNE])]);
        succeeded().into_iter().chain([named])
    };
    let then = format!("hit.reported {ALERT} by {COMMUNE} (officer-7) to hcm-long-an");
    check(named(), through("long-an").0, &then);
    check(named(), through(DISTRICT).0, "forbidden: /unit cut");
    // Said before the district ends, it acts for the commune still.
    let early = vec![serves("long-an", &[COMMUNE])];
    check([], Step::Decide(DAY, early), "/changes/0 served");
}

/// A zone that the province was never in.
#[test]
fn the_successor_reaches_the_zones_that_its_predecessor_was_in() {
    let mut stage = Stage::new();
    let mut ended = abolished(0);
    ended.push(redrawn("ba-huyen", &[], &[DISTRICT]));
    let alone = zone("ba-huyen", &["hcm_cu-chi", DISTRICT]);
    for step in [
        Step::Decide(DAY, vec![alone]),
        Step::Ask(DISTRICT, issue(offender(), &["ba-huyen"])),
        Step::Decide(DAY, ended),
    ] {
        stage.take(step).unwrap();
    }
    let zone = "ba-huyen".parse().unwrap();
    assert!(stage.directory.is_entitled(&id("long-an"), &zone));
    assert!(!stage.directory.is_entitled(&id("tay-ninh"), &zone));
    assert!(!stage.directory.is_member(&id("long-an"), &zone, 12));
    let asks = |node, command| match stage.clone().take(Step::Ask(node, command)) {
        Ok(seen) | Err(seen) => seen,
    };
    let officers = "(officer-1 officer-2) to ba-huyen";
    let withdrawn = asks("long-an", withdraw(ALERT));
    assert_eq!(withdrawn, format!("alert.withdrawn {ALERT} by long-an {officers}"));
    let amended = asks("long-an", amend(ALERT, offender(), &[]));
    assert_eq!(amended, format!("alert.amended {ALERT} v2 in ba-huyen by long-an {officers}"));
    let new = asks("long-an", issue(offender(), &["ba-huyen"]));
    assert_eq!(new, "invalid: /zones/0 not-in-zone");
    // Reading there is for what it answers for; what others found is answered there too.
    stage.take(Step::Ask("hcm_cu-chi", hit(ALERT))).unwrap();
    let answered = stage.take(Step::Ask("long-an", answer(ALERT, 2, "same"))).unwrap();
    assert_eq!(answered, format!("hit.answered {ALERT} by long-an (officer-3) to ba-huyen"));
}

#[test]
fn what_was_passed_on_twice_is_the_last_one_s() {
    let mut stage = Stage::new();
    for step in succeeded() {
        stage.take(step).unwrap();
    }
    let mut changes = vec![cut("long-an", 1, None, "succeeded")];
    let all: Vec<_> = stage.directory.units().map(|unit| unit.id.clone()).collect();
    for unit in all.iter().filter(|unit| unit.province() == id("long-an")) {
        changes.push(ended(unit.as_str(), "tay-ninh", "merged", &[]));
    }
    stage.take(Step::Decide("2024-06-01", changes)).unwrap();
    assert_eq!(stage.alert(&ALERT.parse().unwrap()).responsible, id("tay-ninh"));
    let refused = stage.take(Step::Ask("hcm", withdraw(ALERT))).unwrap_err();
    assert_eq!(refused, "forbidden: /alert not-issuer");
    let seen = stage.take(Step::Ask("tay-ninh", withdraw(ALERT))).unwrap();
    let then = format!("alert.withdrawn {ALERT} by tay-ninh (officer-1 officer-2) to {ZONE}");
    assert_eq!(seen, then);
}

/// Whatever their clocks and indexes say. The stage holds that the order of arrival shows nowhere.
#[test]
fn an_alert_s_events_count_in_the_order_of_succession() {
    let amended = |node| Step::Ask(node, amend(ALERT, offender(), &[]));
    let early: fn(&mut Meta) = |meta| {
        meta.recorded = 1;
        meta.index = 0;
    };
    let given = [
        issued(),
        amended(DISTRICT),
        amended(DISTRICT),
        Step::Decide(DAY, abolished(2)),
        Step::Forge("long-an", amend(ALERT, offender(), &[]), early),
    ];
    check(given, Step::Show(ALERT), "Active v4 in hcm-long-an");
    // A node that was closed with less than it wrote: the rest is not the successor's to keep.
    let given = [issued(), amended(DISTRICT), Step::Decide(DAY, abolished(0)), amended("long-an")];
    let then = "Active v2 in hcm-long-an; alert.amended Disowned(BeyondCut)";
    check(given, Step::Show(ALERT), then);
}

#[test]
fn of_a_split_the_one_that_is_named_answers() {
    let (one, other) = ("long-an_duc-hoa-bac", "long-an_duc-hoa-nam");
    let mut changes = vec![
        unit(one, "long-an", "district"),
        unit(other, "long-an", "district"),
        ended(DISTRICT, one, "split", &[one, other]),
        cut(DISTRICT, 1, Some(0), "succeeded"),
        node(one, vec![50; 32], &[]),
        node(other, vec![51; 32], &[]),
        redrawn(ZONE, &[one, other], &[DISTRICT]),
    ];
    changes.extend(super::units::below(DISTRICT, |commune| moved(commune, one)));
    let given = || [issued(), Step::Decide(DAY, changes.clone())];
    let not_issuer = "forbidden: /alert not-issuer";
    check(given(), Step::Ask(other, withdraw(ALERT)), not_issuer);
    check(given(), Step::Ask("long-an", withdraw(ALERT)), not_issuer);
    let then = format!("alert.withdrawn {ALERT} by {one} (officer-1 officer-2) to {ZONE}");
    check(given(), Step::Ask(one, withdraw(ALERT)), &then);
    let stage = given().into_iter().fold(Stage::new(), |mut stage, step| {
        stage.take(step).unwrap();
        stage
    });
    let end = stage.directory.unit(&id(DISTRICT)).unwrap().ended.clone().unwrap();
    assert_eq!((end.at, end.successor), (11, id(one)));
    assert_eq!(end.parts, [one, other].map(id).into());
}

/// What it wrote through the node of its district comes before what it writes through its own.
#[test]
fn a_unit_that_gets_a_node_of_its_own_goes_on_where_it_was() {
    let commune = "long-an_duc-hoa_my-hanh-nam/2024/000001";
    let allowed = crate::changes::rule("commune", "wanted-person", false);
    let by = |command: Value| with(command, "/unit", json!(COMMUNE));
    let own: Change = node(COMMUNE, vec![60; 32], &[]);
    let given = || {
        [
            Step::Decide(DAY, vec![allowed.clone()]),
            Step::Ask(DISTRICT, by(issue(wanted(), &[ZONE]))),
            Step::Ask(DISTRICT, by(amend(commune, wanted(), &[]))),
            Step::Decide(DAY, vec![own.clone()]),
            Step::Ask(COMMUNE, amend(commune, wanted(), &[])),
        ]
    };
    check(given(), Step::Show(commune), "Active v3 in hcm-long-an");
    // Two logs would give the same numbers.
    let both = Step::Ask(DISTRICT, by(withdraw(commune)));
    check(given(), both, "forbidden: /unit not-served");
    let again = Step::Decide(DAY, vec![serves(DISTRICT, &[COMMUNE])]);
    check(given(), again, "/changes/0 served");
}
