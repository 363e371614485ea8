//! What is added to an alert or shown of it: seen, can't, found and how it ended, links, hidden.

use giapranh_domain::Status;
use serde_json::json;

use crate::stage::{Stage, Step, check, id};
use crate::words::{
    acknowledge, amend, conclude, decide_link, flag, hide, hit, issue, link, offender, reveal,
    wanted, with, withdraw,
};

const ALERT: &str = "long-an/2024/000001";
const OTHER: &str = "hcm/2024/000001";

fn issued() -> Step {
    Step::Ask("long-an", issue(wanted(), &["hcm-long-an"]))
}

fn both() -> [Step; 2] {
    [issued(), Step::Ask("hcm", issue(offender(), &["hcm-long-an"]))]
}

#[test]
fn a_unit_acknowledges_a_version_once() {
    let seen = || [issued(), Step::Ask("hcm", acknowledge(ALERT, 1))];
    check(seen(), Step::Show(ALERT), "Active v1 in hcm-long-an; hcm has seen v1");
    let again = Step::Ask("hcm", acknowledge(ALERT, 1));
    check(seen(), again, "conflict: /version acknowledged");
    check([issued()], Step::Ask("hcm", acknowledge(ALERT, 2)), "invalid: /version range");
    let stranger = Step::Ask("tay-ninh", acknowledge(ALERT, 1));
    check([issued()], stranger, "forbidden: /unit not-in-zone");
}

#[test]
fn a_unit_flags_what_it_can_not_do_and_takes_it_back() {
    let flagged = || [issued(), Step::Ask("hcm", flag(ALERT, false))];
    check(flagged(), Step::Show(ALERT), "Active v1 in hcm-long-an; hcm can't");
    let lifted = flagged().into_iter().chain([Step::Ask("hcm", flag(ALERT, true))]);
    check(lifted, Step::Show(ALERT), "Active v1 in hcm-long-an");
    let nothing = Step::Ask("hcm", flag(ALERT, true));
    check([issued()], nothing, "conflict: /flag/lifted not-flagged");
    let silent = with(flag(ALERT, false), "/flag/reason", json!(""));
    check([issued()], Step::Ask("hcm", silent), "invalid: /flag/reason required");
}

#[test]
fn who_reported_or_answers_says_how_a_hit_ended() {
    let found = || [issued(), Step::Ask("hcm", hit(ALERT))];
    let ended = |node| found().into_iter().chain([Step::Ask(node, conclude(ALERT, 2, "let-go"))]);
    check(ended("hcm"), Step::Show(ALERT), "Active v1 in hcm-long-an; hit hcm:, hcm let-go");
    check(
        ended("long-an"),
        Step::Show(ALERT),
        "Active v1 in hcm-long-an; hit hcm:, long-an let-go",
    );
    let district = Step::Ask("hcm_cu-chi", conclude(ALERT, 2, "let-go"));
    check(found(), district, "forbidden: /hit not-concerned");
    let again = Step::Ask("hcm", conclude(ALERT, 2, "gone"));
    check(ended("hcm"), again, "conflict: /hit concluded");
    check(found(), Step::Ask("hcm", conclude(ALERT, 9, "gone")), "not-found: /hit unknown-hit");
}

#[test]
fn a_link_is_proposed_by_one_and_confirmed_by_another() {
    let proposed = || both().into_iter().chain([Step::Ask("hcm", link(ALERT, OTHER))]);
    let shown = "Active v1 in hcm-long-an; linked with hcm/2024/000001";
    check(proposed(), Step::Show(ALERT), &format!("{shown}: proposed"));
    let says = |word| Step::Ask("long-an", decide_link(ALERT, 3, word));
    let confirmed = || proposed().chain([says("confirmed")]);
    check(confirmed(), Step::Show(ALERT), &format!("{shown}: confirmed"));
    // Who rejects is heard over who confirms: a wrong link does harm.
    let rejected = confirmed().chain([Step::Ask("hcm", decide_link(ALERT, 3, "rejected"))]);
    check(rejected, Step::Show(ALERT), &format!("{shown}: rejected"));
    let same = with(decide_link(ALERT, 3, "confirmed"), "/drafted_by", json!("officer-7"));
    check(proposed(), Step::Ask("hcm", same), "invalid: /drafted_by second-person");
    let again = Step::Ask("hcm", link(ALERT, OTHER));
    check(proposed(), again, "conflict: /link/other proposed");
    let itself = Step::Ask("hcm", link(ALERT, ALERT));
    check(both(), itself, "not-found: /link/other unknown-alert");
    let unknown = Step::Ask("hcm", link(ALERT, "hcm/2024/000009"));
    check(both(), unknown, "not-found: /link/other unknown-alert");
}

/// Whoever sees one of two alerts alone is not told of the other.
#[test]
fn a_link_goes_only_where_both_alerts_are() {
    let apart = || [issued(), Step::Ask("long-an", issue(offender(), &["long-an-tay-ninh"]))];
    let step = Step::Ask("long-an", link(ALERT, "long-an/2024/000002"));
    check(apart(), step, "forbidden: /unit not-in-zone");
}

#[test]
fn a_hidden_alert_is_shown_to_the_named_and_to_who_answers_for_it() {
    let hidden = || [issued(), Step::Ask("long-an", hide(ALERT, &["hcm"]))];
    check(hidden(), Step::Show(ALERT), "Active v1 in hcm-long-an; hidden but for [hcm]");
    let mut stage = Stage::new();
    for step in hidden() {
        stage.take(step).unwrap();
    }
    let alert = stage.alert(&ALERT.parse().unwrap());
    let moment = |text| giapranh_domain::time::moment(text).unwrap();
    let now = moment("2024-06-02T07:59:59+07:00");
    let shown = |unit: &str, now| alert.is_shown_to(&id(unit), &stage.directory, now);
    for (unit, seen) in
        [("long-an", true), ("hcm", true), ("hcm_cu-chi", false), ("long-an_duc-hoa", false)]
    {
        assert_eq!(shown(unit, now), seen, "{unit}");
        assert!(shown(unit, moment("2024-06-02T08:00:00+07:00")), "{unit}: its time has passed");
    }
    let again = hidden().into_iter().chain([Step::Ask("long-an", reveal(ALERT))]);
    check(again, Step::Show(ALERT), "Active v1 in hcm-long-an");
    let twice = Step::Ask("long-an", reveal(ALERT));
    check([issued()], twice, "conflict: /alert not-hidden");
    let foreign = Step::Ask("hcm", hide(ALERT, &[]));
    check([issued()], foreign, "forbidden: /alert not-issuer");
    let past = with(hide(ALERT, &[]), "/hiding/until", json!("2024-05-31"));
    check([issued()], Step::Ask("long-an", past), "invalid: /hiding/until past");
    let long = with(hide(ALERT, &[]), "/hiding/until", json!("2026-01-01"));
    check([issued()], Step::Ask("long-an", long), "invalid: /hiding/until order");
}

/// What changes on whose liberty something may depend takes two officers; a phone number does not.
#[test]
fn one_officer_alone_changes_little() {
    let alone = |field: &str, value| {
        let command = with(amend(ALERT, wanted(), &[]), "/approved_by", json!(""));
        Step::Ask("long-an", with(command, &format!("/content{field}"), value))
    };
    let done = "alert.amended long-an/2024/000001 v2 in hcm-long-an by long-an (officer-1) \
                to hcm-long-an";
    check([issued()], alone("/contact", json!("Trực ban khác (ví dụ)")), done);
    check([issued()], alone("/case_number", json!("9/VA (ví dụ)")), done);
    check([issued()], alone("/warnings", json!(["armed", "violent"])), done);
    check([issued()], alone("/review_by", json!("2024-08-01")), done);
    let person = "/wanted_person/person";
    check([issued()], alone(&format!("{person}/last_known_place"), json!("Cầu Ví Dụ")), done);
    for (field, value) in [
        ("/warnings", json!([])),
        ("/required_action", json!("locate")),
        ("/headline", json!("Một tiêu đề khác (ví dụ)")),
        ("/expires", json!("2024-12-30")),
        ("/wanted_person/person/name", json!("Trần Thị Ví Dụ")),
        ("/ground/decision_number", json!("13/QĐTN-VÍ-DỤ")),
    ] {
        check([issued()], alone(field, value), "invalid: /approved_by no-second-person");
    }
    let zones = with(amend(ALERT, wanted(), &["long-an-tay-ninh"]), "/approved_by", json!(""));
    check([issued()], Step::Ask("long-an", zones), "invalid: /approved_by no-second-person");
}

/// A node that does not keep to it is not believed.
#[test]
fn what_one_officer_may_not_change_alone_is_disowned() {
    let content = with(wanted(), "/required_action", json!("locate"));
    let forged = || {
        Step::Forge("long-an", amend(ALERT, content.clone(), &[]), |meta| meta.approved_by = None)
    };
    let seen = "Active v1 in hcm-long-an; alert.amended Disowned(NoSecondPerson)";
    check([issued(), forged()], Step::Show(ALERT), seen);
    let same = Step::Forge("long-an", amend(ALERT, wanted(), &[]), |meta| meta.approved_by = None);
    check([issued(), same], Step::Show(ALERT), "Active v2 in hcm-long-an");
    for act in [hide(ALERT, &[]), withdraw(ALERT)] {
        let kind = if act["act"] == "hide-alert" { "alert.hidden" } else { "alert.withdrawn" };
        let forged = Step::Forge("long-an", act, |meta| meta.approved_by = meta.drafted_by.clone());
        let seen = format!("Active v1 in hcm-long-an; {kind} Disowned(NoSecondPerson)");
        check([issued(), forged], Step::Show(ALERT), &seen);
    }
}

/// Never displayed as wanted, whatever another node sends.
#[test]
fn a_travelling_offender_is_never_one_to_arrest() {
    let mut stage = Stage::new();
    stage.take(Step::Ask("long-an", issue(offender(), &["hcm-long-an"]))).unwrap();
    if let giapranh_domain::Body::AlertIssued(version) = &mut stage.log[0].body {
        version.content.as_mut().unwrap().required_action = "arrest".into();
    }
    let alert = stage.alert(&ALERT.parse().unwrap());
    assert_eq!(alert.status, Status::Awaited);
    let seen = stage.take(Step::Show(ALERT)).unwrap();
    assert_eq!(seen, "Awaited v0 in ; alert.issued Disowned(Inconsistent)");
}
