//! What is to be done: when it comes, when it goes, and that it follows from the log and the directory
//! alone.

use giapranh_domain::Body;
use giapranh_domain::codes::{Duty, Stage};
use giapranh_domain::wire::proto;
use giapranh_views::{AlertQuery, DueRow};

use crate::cluster::{ALERT, EXPIRES_MS, START_MS, ZONE, enrol, register, zone};
use crate::desk::{Shown, WEST, merged};

const MINUTE: u64 = 60_000;
/// After everything that the tests say.
const NOW: u64 = START_MS + MINUTE;

fn duties(rows: &[DueRow]) -> Vec<(&'static str, &str, Stage)> {
    rows.iter().map(|row| (row.duty.code(), row.who.as_str(), row.stage)).collect()
}

#[test]
fn a_critical_alert_is_to_be_acknowledged_by_each_unit_with_a_node() {
    let mut shown = Shown::founded();
    shown.issue("hcm/2024/000002", "important", &[ZONE]);
    assert_eq!(shown.due(NOW), []);
    shown.issue(ALERT, "critical", &[ZONE, WEST]);
    let expected =
        [("acknowledge", "long-an", Stage::Begun), ("acknowledge", "tay-ninh", Stage::Begun)];
    assert_eq!(duties(&shown.due(NOW)), expected);
    assert_eq!(duties(&shown.due(NOW + 30 * MINUTE))[0].2, Stage::Due);
    assert_eq!(shown.due(EXPIRES_MS), [], "nobody has to any more");

    let seen = shown.cluster.acknowledge(ALERT, "long-an");
    shown.see(&seen);
    assert_eq!(duties(&shown.due(NOW)), expected[1..]);
    let row = &shown.views.alerts(&AlertQuery::default(), NOW).unwrap().rows[0];
    assert_eq!((row.id.to_string().as_str(), row.asked, row.acknowledged), (ALERT, 2, 1));
    let flag = proto::Flag { reason: "ví dụ".into(), lifted: false };
    let flag = shown.cluster.say(ALERT, "tay-ninh", Body::AlertFlagged(flag), &[WEST]);
    shown.see(&flag);
    assert_eq!(shown.views.alerts(&AlertQuery::default(), NOW).unwrap().rows[0].flags, 1);
    let withdrawn = shown.cluster.withdraw();
    shown.see(&withdrawn);
    assert_eq!(shown.due(NOW), []);
    shown.check_rebuild(NOW);
}

#[test]
fn a_hit_is_to_be_answered_and_goes_to_the_province_when_it_is_not() {
    const OF_DISTRICT: &str = "hcm_cu-chi/2024/000001";
    let mut shown = Shown::founded();
    shown.issue(OF_DISTRICT, "important", &[ZONE]);
    let hit = Body::HitReported(proto::Hit::default());
    let hit = shown.cluster.say(OF_DISTRICT, "long-an", hit, &[ZONE]);
    shown.see(&hit);
    let hour = 60 * MINUTE;
    for (now, who, stage) in [
        (NOW, "hcm_cu-chi", Stage::Begun),
        (NOW + hour, "hcm_cu-chi", Stage::Due),
        (NOW + hour + 30 * MINUTE, "hcm", Stage::Escalated),
        (EXPIRES_MS + hour, "hcm", Stage::Escalated),
    ] {
        assert_eq!(duties(&shown.due(now)), [("answer-hit", who, stage)]);
    }
    let answer = shown.cluster.reply(
        OF_DISTRICT,
        "hcm_cu-chi",
        Body::HitAnswered(proto::Answer { result: "same".into(), ..Default::default() }),
        &[ZONE],
        vec![hit.header().event_id],
    );
    shown.see(&answer);
    assert_eq!(shown.due(NOW), []);
}

#[test]
fn after_an_arrest_the_alert_is_to_be_withdrawn() {
    let mut shown = Shown::founded();
    shown.issue(ALERT, "important", &[ZONE]);
    let hit = shown.cluster.urgent_hit("long-an");
    shown.see(&hit);
    assert_eq!(shown.due(NOW)[0].due_ms, hit.header().recorded_ms + 10 * MINUTE, "urgent");
    let cause = vec![hit.header().event_id];
    let answer = shown.cluster.answer("hcm", &hit, "same");
    shown.see(&answer);
    let conclusion = proto::Conclusion { outcome: "arrested".into(), ..Default::default() };
    let body = Body::HitConcluded(conclusion);
    let concluded = shown.cluster.reply(ALERT, "long-an", body, &[ZONE], cause);
    shown.see(&concluded);
    assert_eq!(duties(&shown.due(NOW)), [("withdraw", "hcm", Stage::Begun)]);
    shown.check_rebuild(NOW);
    let withdrawn = shown.cluster.withdraw();
    shown.see(&withdrawn);
    assert_eq!(shown.due(NOW), []);
}

#[test]
fn every_alert_is_to_be_reviewed_before_it_expires() {
    let mut shown = Shown::founded();
    shown.issue(ALERT, "important", &[ZONE]);
    let reviews = |now| {
        let all = shown.obligations(now).into_iter();
        all.filter(|one| one.duty == Duty::Review).map(|one| one.due).collect::<Vec<_>>()
    };
    let fortnight = 14 * 24 * 60 * MINUTE;
    assert_eq!(reviews(EXPIRES_MS - fortnight - 1), [0; 0]);
    assert_eq!(reviews(EXPIRES_MS - fortnight), [EXPIRES_MS]);
    assert_eq!(reviews(EXPIRES_MS), [0; 0], "it has ended by itself");
}

#[test]
fn a_unit_that_has_ended_is_asked_no_more() {
    let mut shown = Shown::founded();
    shown.issue(ALERT, "critical", &[ZONE, WEST]);
    assert_eq!(shown.due(NOW).len(), 2);
    shown.decide(merged());
    assert_eq!(duties(&shown.due(NOW)), [("acknowledge", "tay-ninh", Stage::Begun)]);
    shown.check_rebuild(NOW);
}

#[test]
fn who_takes_over_answers_and_reviews() {
    let mut shown = Shown::founded();
    shown.issue("long-an/2024/000001", "important", &[ZONE]);
    let hit = Body::HitReported(proto::Hit::default());
    let hit = shown.cluster.say("long-an/2024/000001", "hcm", hit, &[ZONE]);
    shown.see(&hit);
    shown.decide(merged());
    let units: Vec<_> = shown.obligations(NOW).iter().map(|one| one.unit.to_string()).collect();
    assert_eq!(units, ["tay-ninh", "tay-ninh"]);
    shown.check_rebuild(NOW);
}

/// It was not asked when the alert was released, so it never is by that version.
#[test]
fn a_node_that_is_enrolled_later_is_not_asked() {
    let mut shown = Shown::founded();
    shown.issue(ALERT, "critical", &[ZONE]);
    let before = shown.obligations(NOW);
    shown.decide(vec![
        enrol("long-an_duc-hoa", &[]),
        register("dong-nai", "", "province"),
        enrol("dong-nai", &[]),
    ]);
    shown.decide(vec![zone("hcm-dong-nai", &["hcm", "dong-nai"])]);
    assert_eq!(shown.obligations(NOW), before);
    shown.check_rebuild(NOW);
    shown.issue("hcm/2024/000002", "critical", &[ZONE]);
    let of_it = |row: &DueRow| row.alert.to_string() == "hcm/2024/000002";
    let asked = shown.due(NOW).into_iter().filter(of_it);
    let asked: Vec<_> = asked.map(|row| row.unit.to_string()).collect();
    assert_eq!(asked, ["long-an", "long-an_duc-hoa"], "the next version asks it");
    shown.check_rebuild(NOW);
}

/// A batch may end a unit and ask it; what stands there is as of its end.
#[test]
fn one_batch_may_ask_a_unit_and_end_it() {
    let mut shown = Shown::founded();
    let issued = shown.cluster.issue_to(ALERT, "critical", &[ZONE, WEST]);
    shown.log.append(&issued);
    let ended = shown.cluster.decide(merged());
    shown.see(&ended);
    assert_eq!(duties(&shown.due(NOW)), [("acknowledge", "tay-ninh", Stage::Begun)]);
    shown.check_rebuild(NOW);
}
