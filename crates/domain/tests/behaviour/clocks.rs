//! What is due, for whom, how far: a function of events and of the time that is given.

use giapranh_domain::wire::proto::{self, directory_change::Change};
use serde_json::json;

use crate::stage::{Step, check};
use crate::words::{
    acknowledge, amend, answer, bulletin, conclude, draft, hit, issue, offender, on_draft,
    to_issue, wanted, with, withdraw,
};

const ALERT: &str = "long-an_duc-hoa/2024/000001";
const URGENT: &str = "long-an/2024/000001";

/// A district has issued what is not urgent, and the province across the line has found.
fn found(urgency: &str) -> [Step; 2] {
    let content = with(offender(), "/severity", json!("routine"));
    [
        Step::Ask("long-an_duc-hoa", issue(content, &["hcm-long-an"])),
        Step::Ask("hcm", with(hit(ALERT), "/urgency", json!(urgency))),
    ]
}

fn at(given: impl IntoIterator<Item = Step>, moment: &'static str, then: &str) {
    check(given.into_iter().chain([Step::At(moment)]), Step::Due(ALERT), then);
}

#[test]
fn an_urgent_hit_is_answered_in_ten_minutes_or_goes_to_the_province() {
    let district = "due: answer-hit long-an_duc-hoa";
    at(found("urgent"), "2024-06-01T08:00:00+07:00", &format!("{district} begun 600 s"));
    at(found("urgent"), "2024-06-01T08:09:59+07:00", &format!("{district} begun 1 s"));
    at(found("urgent"), "2024-06-01T08:10:00+07:00", &format!("{district} due 0 s"));
    at(found("urgent"), "2024-06-01T08:39:59+07:00", &format!("{district} due -1799 s"));
    let province = "due: answer-hit long-an escalated -1800 s";
    at(found("urgent"), "2024-06-01T08:40:00+07:00", province);
    at(found("routine"), "2024-06-01T08:59:59+07:00", &format!("{district} begun 1 s"));
}

#[test]
fn an_answer_ends_it_and_time_is_given_once() {
    let answered = |result| {
        found("urgent").into_iter().chain([Step::Ask("long-an_duc-hoa", answer(ALERT, 2, result))])
    };
    at(answered("not-same"), "2024-06-01T08:40:00+07:00", "due: ");
    // Asked for at once, and again later: the time counts from the first.
    let twice = found("urgent").into_iter().chain([
        Step::At("2024-06-01T08:05:00+07:00"),
        Step::Ask("long-an_duc-hoa", answer(ALERT, 2, "need-time")),
        Step::At("2024-06-01T08:14:00+07:00"),
        Step::Ask("long-an_duc-hoa", answer(ALERT, 2, "need-time")),
    ]);
    at(twice, "2024-06-01T08:14:00+07:00", "due: answer-hit long-an_duc-hoa begun 60 s");
}

/// Who answers may be the province above, and what it says counts first.
#[test]
fn the_province_can_answer_for_its_district() {
    let given = found("urgent").into_iter().chain([Step::Ask("long-an", answer(ALERT, 2, "same"))]);
    at(given, "2024-06-01T08:40:00+07:00", "due: ");
}

#[test]
fn deadlines_are_those_of_the_directory_of_the_moment() {
    let seconds = |seconds| {
        let set = proto::DeadlineSet { name: "hit-urgent".into(), seconds };
        Step::Publish(vec![Change::DeadlineSet(set)])
    };
    let district = "due: answer-hit long-an_duc-hoa";
    let before = [seconds(5)].into_iter().chain(found("urgent"));
    at(before, "2024-06-01T08:00:00+07:00", &format!("{district} begun 5 s"));
    let after = found("urgent").into_iter().chain([seconds(5)]);
    at(after, "2024-06-01T08:00:00+07:00", &format!("{district} begun 600 s"));
}

#[test]
fn an_arrest_obliges_the_issuer_to_withdraw() {
    let arrested = || {
        found("urgent").into_iter().chain([
            Step::Ask("long-an_duc-hoa", answer(ALERT, 2, "same")),
            Step::Ask("hcm", conclude(ALERT, 2, "arrested")),
        ])
    };
    let due = "due: withdraw long-an_duc-hoa begun 86400 s";
    check(arrested(), Step::Due(ALERT), due);
    let withdrawn = arrested().chain([Step::Ask("long-an_duc-hoa", withdraw(ALERT))]);
    check(withdrawn, Step::Due(ALERT), "due: ");
    let gone = found("urgent").into_iter().chain([
        Step::Ask("long-an_duc-hoa", answer(ALERT, 2, "same")),
        Step::Ask("hcm", conclude(ALERT, 2, "gone")),
    ]);
    check(gone, Step::Due(ALERT), "due: ");
}

#[test]
fn an_urgent_alert_asks_every_unit_with_a_node_in_its_zones() {
    let issued = || Step::Ask("long-an", issue(wanted(), &["hcm-long-an"]));
    let all = "due: acknowledge hcm begun 1800 s; acknowledge hcm_cu-chi begun 1800 s; \
               acknowledge long-an_duc-hoa begun 1800 s";
    check([issued()], Step::Due(URGENT), all);
    let seen = || [issued(), Step::Ask("hcm", acknowledge(URGENT, 1))];
    let left = "due: acknowledge hcm_cu-chi begun 1800 s; acknowledge long-an_duc-hoa begun 1800 s";
    check(seen(), Step::Due(URGENT), left);
    // What one officer may change alone asks nobody again; what takes two does.
    let alone = with(amend(URGENT, wanted(), &[]), "/approved_by", json!(""));
    let alone = with(alone, "/content/contact", json!("Trực ban khác (ví dụ)"));
    let light = seen().into_iter().chain([Step::Ask("long-an", alone)]);
    check(light, Step::Due(URGENT), left);
    let amended = Step::Ask("long-an", amend(URGENT, wanted(), &[]));
    check(seen().into_iter().chain([amended]), Step::Due(URGENT), all);
    let later = [issued(), Step::At("2024-06-01T08:30:00+07:00")];
    let due = all.replace("begun 1800", "due 0");
    check(later, Step::Due(URGENT), &due);
    let ended = [issued(), Step::Ask("long-an", withdraw(URGENT))];
    check(ended, Step::Due(URGENT), "due: ");
}

#[test]
fn a_review_comes_onto_the_list_before_it_is_due_and_ends_with_the_alert() {
    let alert = "hcm/2024/000001";
    let issued = || {
        let content = with(bulletin(), "/severity", json!("routine"));
        Step::Ask("hcm", issue(with(content, "/review_by", json!("2024-10-31")), &["cluster"]))
    };
    let seen = |moment, then: &str| check([issued(), Step::At(moment)], Step::Due(alert), then);
    seen("2024-10-17T23:59:59+07:00", "due: ");
    seen("2024-10-18T00:00:00+07:00", "due: review hcm begun 1209600 s");
    seen("2024-11-01T00:00:00+07:00", "due: review hcm due 0 s");
    seen("2025-01-01T00:00:00+07:00", "due: ");
}

#[test]
fn a_draft_that_waits_is_due_for_who_approves() {
    let given = || {
        [
            Step::Ask("long-an", draft("", 0, "officer-1", &to_issue(&wanted()))),
            Step::Ask("long-an", on_draft("submit-draft", URGENT, 1, "officer-1")),
        ]
    };
    check(given(), Step::Due(URGENT), "due: approve long-an begun 3600 s");
    let back = Step::Ask("long-an", on_draft("return-draft", URGENT, 1, "officer-2"));
    check(given().into_iter().chain([back]), Step::Due(URGENT), "due: ");
}
