//! What is decided, and where it goes.

use serde_json::json;

use crate::stage::{COMMUNE, Step, check};
use crate::words::{amend, answer, bulletin, hit, issue, offender, wanted, with, withdraw};

const ALERT: &str = "long-an/2024/000001";

fn issued() -> Step {
    Step::Ask("long-an", issue(wanted(), &["hcm-long-an"]))
}

/// Version 2 left the zone with Ho Chi Minh City and went to the one with Tay Ninh.
fn moved() -> [Step; 2] {
    [issued(), Step::Ask("long-an", amend(ALERT, wanted(), &["long-an-tay-ninh"]))]
}

#[test]
fn an_alert_from_its_issue_to_its_withdrawal() {
    check(
        [],
        issued(),
        "alert.issued long-an/2024/000001 v1 in hcm-long-an by long-an (officer-1 officer-2) \
         to hcm-long-an",
    );
    let [issued, amended] = moved();
    check(
        [issued],
        amended,
        "alert.amended long-an/2024/000001 v2 in long-an-tay-ninh by long-an \
         (officer-1 officer-2) to hcm-long-an long-an-tay-ninh",
    );
    check(
        moved(),
        Step::Ask("tay-ninh", with(hit(ALERT), "/hit/version", json!(2))),
        "hit.reported long-an/2024/000001 by tay-ninh (officer-7) to long-an-tay-ninh",
    );
    let found = || moved().into_iter().chain([Step::Ask("tay-ninh", hit(ALERT))]);
    check(
        found(),
        Step::Ask("long-an", answer(ALERT, 3, "same")),
        "hit.answered long-an/2024/000001 by long-an (officer-3) to hcm-long-an long-an-tay-ninh",
    );
    let answered = || found().chain([Step::Ask("long-an", answer(ALERT, 3, "same"))]);
    check(
        answered(),
        Step::Ask("long-an", withdraw(ALERT)),
        "alert.withdrawn long-an/2024/000001 by long-an (officer-1 officer-2) \
         to hcm-long-an long-an-tay-ninh",
    );
    check(
        answered().chain([Step::Ask("long-an", withdraw(ALERT))]),
        Step::Show(ALERT),
        "Withdrawn v2 in long-an-tay-ninh (ever hcm-long-an long-an-tay-ninh); \
         hit tay-ninh: long-an same",
    );
}

#[test]
fn an_amendment_without_zones_stays_where_the_alert_is() {
    check(
        moved(),
        Step::Ask("long-an", amend(ALERT, wanted(), &[])),
        "alert.amended long-an/2024/000001 v3 in long-an-tay-ninh by long-an \
         (officer-1 officer-2) to hcm-long-an long-an-tay-ninh",
    );
}

#[test]
fn numbers_count_by_unit_and_year() {
    let next = |given: Vec<Step>, node, then: &str| {
        let then = format!(
            "alert.issued {then} v1 in hcm-long-an by {node} (officer-1 officer-2) to hcm-long-an"
        );
        check(given, Step::Ask(node, issue(offender(), &["hcm-long-an"])), &then);
    };
    next(vec![issued()], "long-an", "long-an/2024/000002");
    next(vec![issued()], "hcm", "hcm/2024/000001");
    next(vec![issued()], "long-an_duc-hoa", "long-an_duc-hoa/2024/000001");
}

#[test]
fn a_year_ends_at_midnight_in_vietnam() {
    let lasting = || with(wanted(), "/expires", json!("2026-12-31"));
    let next = |moment, then: &str| {
        let step = Step::Ask("long-an", issue(lasting(), &["cluster"]));
        let then = format!(
            "alert.issued {then} v1 in cluster by long-an (officer-1 officer-2) to cluster"
        );
        check([issued(), Step::At(moment)], step, &then);
    };
    next("2024-12-31T23:59:59+07:00", "long-an/2024/000002");
    next("2025-01-01T00:00:00+07:00", "long-an/2025/000001");
}

#[test]
fn a_commune_acts_through_the_node_of_its_district() {
    check(
        [issued()],
        Step::Ask("long-an_duc-hoa", with(hit(ALERT), "/unit", json!(COMMUNE))),
        "hit.reported long-an/2024/000001 by long-an_duc-hoa_my-hanh-nam (officer-7) \
         to hcm-long-an",
    );
}

#[test]
fn a_way_of_working_names_nobody_and_goes_to_all() {
    check(
        [],
        Step::Ask("hcm", issue(bulletin(), &["cluster"])),
        "alert.issued hcm/2024/000001 v1 in cluster by hcm (officer-1 officer-2) to cluster",
    );
}

#[test]
fn a_hit_seen_today_needs_no_hour() {
    check(
        [issued()],
        Step::Ask("hcm", with(hit(ALERT), "/hit/seen_at", json!("2024-06-01"))),
        "hit.reported long-an/2024/000001 by hcm (officer-7) to hcm-long-an",
    );
}

#[test]
fn what_is_asked_for_in_a_minor_s_case_is_possible_with_its_ground() {
    let minor = with(wanted(), "/wanted_person/person/minor", json!(true));
    let minor = with(minor, "/wanted_person/person/minor_ground", json!("Điều 419 BLTTHS"));
    check(
        [],
        Step::Ask("hcm", issue(minor, &["hcm-long-an"])),
        "alert.issued hcm/2024/000001 v1 in hcm-long-an by hcm (officer-1 officer-2) \
         to hcm-long-an",
    );
}
