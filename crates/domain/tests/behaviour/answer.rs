//! Which answer to a hit counts.

use crate::stage::{Step, check};
use crate::words::{answer, hit, issue, offender};

const ALERT: &str = "long-an_duc-hoa/2024/000001";

/// A district has issued, and the province across the line has found.
fn found() -> [Step; 2] {
    [
        Step::Ask("long-an_duc-hoa", issue(offender(), &["hcm-long-an"])),
        Step::Ask("hcm", hit(ALERT)),
    ]
}

fn says(node: &'static str, result: &str) -> Step {
    Step::Ask(node, answer(ALERT, 2, result))
}

#[track_caller]
fn shown(answers: impl IntoIterator<Item = Step>, then: &str) {
    let then = format!("Active v1 in hcm-long-an; hit hcm:{then}");
    check(found().into_iter().chain(answers), Step::Show(ALERT), &then);
}

#[test]
fn the_province_outranks_its_district_whoever_was_first() {
    let then = " long-an not-same long-an_duc-hoa same";
    shown([says("long-an_duc-hoa", "same"), says("long-an", "not-same")], then);
    shown([says("long-an", "not-same"), says("long-an_duc-hoa", "same")], then);
}

#[test]
fn who_needed_time_answers_again() {
    let waiting = || says("long-an_duc-hoa", "need-time");
    shown([waiting()], " long-an_duc-hoa need-time");
    shown([waiting(), waiting(), says("long-an_duc-hoa", "same")], " long-an_duc-hoa same");
}

#[test]
fn an_answer_that_is_here_before_its_hit_waits_for_it() {
    let mut stage = crate::stage::Stage::new();
    for step in found().into_iter().chain([says("long-an", "same")]) {
        stage.take(step).unwrap();
    }
    stage.log.remove(1);
    let seen = stage.take(Step::Show(ALERT)).unwrap();
    assert_eq!(seen, "Active v1 in hcm-long-an; hit ?: long-an same");
}
