//! What everybody shows of an alert.

use giapranh_domain::wire::proto::{self, directory_change::Change};
use serde_json::json;

use crate::changes::redrawn;
use crate::stage::{Stage, Step, check, id};
use crate::words::{amend, hit, issue, wanted, withdraw};

const ALERT: &str = "long-an/2024/000001";

fn issued() -> Step {
    Step::Ask("long-an", issue(wanted(), &["hcm-long-an"]))
}

fn amended() -> Step {
    Step::Ask("long-an", amend(ALERT, wanted(), &["long-an-tay-ninh"]))
}

fn cut(last_index: u64, cause: &str) -> Step {
    Step::Publish(vec![Change::CutMade(proto::CutMade {
        origin: "long-an".into(),
        epoch: 1,
        last_index,
        last_hash: vec![0; 32],
        cause: cause.into(),
        ..Default::default()
    })])
}

/// What a node shows that lacks the events of these places in the log.
#[track_caller]
fn lacking(given: impl IntoIterator<Item = Step>, places: &[usize], then: &str) {
    let mut stage = Stage::new();
    for step in given {
        stage.take(step).unwrap();
    }
    for place in places.iter().rev() {
        stage.log.remove(*place);
    }
    assert_eq!(stage.take(Step::Show(ALERT)).unwrap(), then);
}

#[test]
fn facts_wait_for_the_alert() {
    lacking([issued(), Step::Ask("hcm", hit(ALERT))], &[0], "Awaited v0 in ; hit hcm:");
}

/// A zone that was added later never gets the first version.
#[test]
fn an_amendment_is_enough_to_show_the_alert() {
    lacking(
        [issued(), amended()],
        &[0],
        "Active v2 in long-an-tay-ninh (ever hcm-long-an long-an-tay-ninh)",
    );
    lacking(
        [issued(), amended(), Step::Ask("long-an", withdraw(ALERT))],
        &[0],
        "Withdrawn v2 in long-an-tay-ninh (ever hcm-long-an long-an-tay-ninh)",
    );
}

#[test]
fn withdrawal_is_terminal() {
    let mut stage = Stage::new();
    let steps = [issued(), amended(), Step::Ask("long-an", withdraw(ALERT))];
    for step in steps {
        stage.take(step).unwrap();
    }
    // As if the issuer had gone on after it: even a valid event changes nothing.
    for (place, index) in [(0, 3), (1, 4), (2, 5)] {
        let mut again = stage.log[place].clone();
        again.meta.index = index;
        again.meta.event_id = uuid::Uuid::from_u128(100 + u128::from(index));
        again.meta.recorded += 1_000;
        stage.log.push(again);
    }
    let alert = stage.alert(&ALERT.parse().unwrap());
    assert_eq!(alert.changed, stage.log[2].meta.recorded);
    assert_eq!(alert.timeline.len(), 6);
    let seen = stage.take(Step::Show(ALERT)).unwrap();
    assert_eq!(seen, "Withdrawn v2 in long-an-tay-ninh (ever hcm-long-an long-an-tay-ninh)");
}

#[test]
fn what_is_disowned_is_shown_and_has_no_effect() {
    let withdrawn_by_a_stranger = Step::Forge("long-an", withdraw(ALERT), |meta| {
        meta.origin = id("hcm");
        meta.acting_unit = id("hcm");
    });
    check(
        [issued(), withdrawn_by_a_stranger],
        Step::Show(ALERT),
        "Active v1 in hcm-long-an; alert.withdrawn Disowned(NotIssuer)",
    );
    let alone = Step::Forge("long-an", issue(wanted(), &["hcm-long-an"]), |meta| {
        meta.approved_by = None;
    });
    check([alone], Step::Show(ALERT), "Awaited v0 in ; alert.issued Disowned(NoSecondPerson)");
}

#[test]
fn an_event_waits_for_the_directory_that_it_was_decided_under() {
    let ahead = || Step::Forge("long-an", withdraw(ALERT), |meta| meta.directory_seq += 1);
    let given = || [issued(), ahead()];
    check(given(), Step::Show(ALERT), "Active v1 in hcm-long-an; alert.withdrawn Waiting");
    let arrived = given().into_iter().chain([Step::Publish(Vec::new())]);
    check(arrived, Step::Show(ALERT), "Withdrawn v1 in hcm-long-an");
}

/// A unit may say what becomes of its alert in a zone that it has left, and may not carry it there.
#[test]
fn an_amendment_goes_to_no_zone_that_its_author_has_left() {
    let left = || Step::Publish(vec![redrawn("long-an-tay-ninh", &[], &["long-an"])]);
    let ahead = Step::Forge("long-an", amend(ALERT, wanted(), &["long-an-tay-ninh"]), |meta| {
        meta.directory_seq += 1;
    });
    let disowned = "Active v1 in hcm-long-an; alert.amended Disowned(NotInZone)";
    check([issued(), ahead, left()], Step::Show(ALERT), disowned);
    // Where it had been already it may stay.
    let both = ["hcm-long-an", "long-an-tay-ninh"];
    let was_there = Step::Ask("long-an", issue(wanted(), &both));
    let stays = Step::Forge("long-an", amend(ALERT, wanted(), &both), |meta| {
        meta.directory_seq += 1;
    });
    let whole = "Active v2 in hcm-long-an long-an-tay-ninh";
    check([was_there, stays, left()], Step::Show(ALERT), whole);
}

#[test]
fn beyond_a_cut_nothing_counts() {
    let moved = || [issued(), amended()];
    let with_cut = |last, cause| moved().into_iter().chain([cut(last, cause)]);
    let late = "Active v1 in hcm-long-an; alert.amended Late";
    check(with_cut(0, "new-epoch"), Step::Show(ALERT), late);
    let beyond = "Active v1 in hcm-long-an; alert.amended Disowned(BeyondCut)";
    check(with_cut(0, "revoked"), Step::Show(ALERT), beyond);
    check(with_cut(0, "succeeded"), Step::Show(ALERT), beyond);
    let both = with_cut(0, "new-epoch").chain([cut(0, "revoked")]);
    check(both, Step::Show(ALERT), beyond);
    let whole = "Active v2 in long-an-tay-ninh (ever hcm-long-an long-an-tay-ninh)";
    check(with_cut(1, "revoked"), Step::Show(ALERT), whole);
}

/// What an alert said, version by version, and the newest last.
fn versions(given: impl IntoIterator<Item = Step>) -> Vec<(u32, Option<proto::AlertContent>)> {
    let mut stage = Stage::new();
    for step in given {
        stage.take(step).unwrap();
    }
    let alert = stage.alert(&ALERT.parse().unwrap());
    let earlier = alert.earlier.iter().map(|one| (one.version, Some(one.content.clone())));
    earlier.chain([(alert.version, alert.content.clone())]).collect()
}

#[test]
fn what_an_alert_said_before_is_kept() {
    let mut changed = wanted();
    changed["contact"] = json!("Trực ban khác (ví dụ)");
    let again = || Step::Ask("long-an", amend(ALERT, wanted(), &[]));
    let change = Step::Ask("long-an", amend(ALERT, changed, &[]));
    let told = versions([issued(), change, again(), Step::Ask("long-an", withdraw(ALERT))]);
    let contacts: Vec<(u32, &str)> = told
        .iter()
        .map(|(version, content)| (*version, content.as_ref().unwrap().contact.as_str()))
        .collect();
    let usual = "Trực ban 24/7 (ví dụ)";
    assert_eq!(contacts, [(1, usual), (2, "Trực ban khác (ví dụ)"), (3, usual)]);
}

/// The consent of an innocent person holds for every version, and so does its withdrawal.
#[test]
fn an_innocent_person_is_taken_out_of_every_version() {
    let mut with_innocent = wanted();
    with_innocent["wanted_person"]["person"]["misused_identity"] = json!({
        "name": "Lê Thị Thí Dụ", "born": "1991",
        "identity_numbers": [{ "kind": "cccd", "number": "000000000001" }],
        "difference": "Không có sẹo trên tay (ví dụ)",
        "consent_date": "2024-05-25", "consent_reference": "Biên bản 00 (ví dụ)"
    });
    let names = |given: Vec<Step>| -> Vec<bool> {
        let told = versions(given);
        told.iter().map(|(_, content)| format!("{content:?}").contains("Thí Dụ")).collect()
    };
    let issue = || Step::Ask("long-an", issue(with_innocent.clone(), &["hcm-long-an"]));
    let again = || Step::Ask("long-an", amend(ALERT, with_innocent.clone(), &[]));
    let without = || Step::Ask("long-an", amend(ALERT, wanted(), &[]));
    assert_eq!(names(vec![issue(), again()]), [true, true]);
    assert_eq!(names(vec![issue(), again(), without()]), [false, false, false]);
    assert_eq!(names(vec![issue(), without(), again()]), [false, false, true]);
}
