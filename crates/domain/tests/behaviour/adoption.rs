//! Late events, and the origin's word that they count.

use serde_json::json;

use crate::changes::{cut, serves};
use crate::stage::{COMMUNE, Stage, Step, check, id};
use crate::words::{adopt, amend, hit, issue, wanted, with, withdraw};

const ALERT: &str = "long-an/2024/000001";
const LATE: &str = "Active v1 in hcm-long-an; alert.amended Late";
const ADOPTED: &str = "Active v2 in long-an-tay-ninh (ever hcm-long-an long-an-tay-ninh)";

fn issued() -> Step {
    Step::Ask("long-an", issue(wanted(), &["hcm-long-an"]))
}

fn amended() -> Step {
    Step::Ask("long-an", amend(ALERT, wanted(), &["long-an-tay-ninh"]))
}

fn began(epoch: u32, last: u64) -> Step {
    Step::Publish(vec![cut("long-an", epoch, Some(last), "new-epoch")])
}

/// Long An lost its amendment, began a new epoch, and the amendment came back from a peer.
fn late() -> Vec<Step> {
    vec![issued(), amended(), began(1, 0)]
}

#[track_caller]
fn shows(given: Vec<Step>, then: &str) {
    check(given, Step::Show(ALERT), then);
}

fn and(mut given: Vec<Step>, more: impl IntoIterator<Item = Step>) -> Vec<Step> {
    given.extend(more);
    given
}

#[test]
fn a_late_event_counts_once_its_origin_adopts_it() {
    shows(late(), LATE);
    let then = "events.adopted long-an/2024/000001 by long-an (officer-1) \
                to hcm-long-an long-an-tay-ninh";
    check(late(), Step::Ask("long-an", adopt(ALERT, &[2])), then);
    shows(and(late(), [Step::Ask("long-an", adopt(ALERT, &[2]))]), ADOPTED);
}

#[test]
fn an_adoption_by_another_origin_or_of_an_older_epoch_has_no_effect() {
    for (node, forged) in [
        ("hcm", Step::Adopt("hcm", ALERT, vec![2], |_| {})),
        // In the name of the issuer, which its node does not serve.
        ("hcm", Step::Adopt("hcm", ALERT, vec![2], |meta| meta.acting_unit = id("long-an"))),
        // What was signed in the epoch of the late event itself, and counts.
        ("long-an", Step::Adopt("long-an", ALERT, vec![2], |meta| meta.epoch = 1)),
        // By the same node, but in the name of who did not say it.
        (
            "long-an",
            Step::Adopt("long-an", ALERT, vec![2], |meta| {
                meta.acting_unit = COMMUNE.parse().unwrap();
            }),
        ),
    ] {
        let stage = played(and(late(), [forged]));
        let alert = stage.alert(&ALERT.parse().unwrap());
        assert_eq!(alert.version, 1, "{node}");
        let verdict = alert.timeline.iter().find(|entry| entry.kind == "alert.amended").unwrap();
        assert_eq!(format!("{:?}", verdict.verdict), "Late");
    }
}

fn played(steps: Vec<Step>) -> Stage {
    let mut stage = Stage::new();
    for step in steps {
        stage.take(step).unwrap();
    }
    stage
}

#[test]
fn an_adoption_of_a_disowned_event_has_no_effect() {
    // No second person: it counted for nothing before it was late.
    let given = || vec![issued(), amended()];
    let forged = |adoption| and(given(), [alone(), began(1, 0), adoption]);
    let adopting = Step::Adopt("long-an", ALERT, vec![3], |_| {});
    shows(
        forged(adopting),
        "Active v1 in hcm-long-an; alert.amended Late; alert.amended Disowned(NoSecondPerson)",
    );
    let asked = Step::Ask("long-an", adopt(ALERT, &[3]));
    check(and(given(), [alone(), began(1, 0)]), asked, "invalid: /events/0 disowned");
    // The key turns out to be stolen: what it signed beyond the cut is nobody's to adopt.
    let stolen = Step::Publish(vec![cut("long-an", 1, Some(0), "revoked")]);
    let adopted = Step::Ask("long-an", adopt(ALERT, &[2]));
    shows(
        and(late(), [adopted, stolen]),
        "Active v1 in hcm-long-an; alert.amended Disowned(BeyondCut)",
    );
}

fn alone() -> Step {
    Step::Forge("long-an", amend(ALERT, wanted(), &[]), |meta| {
        meta.approved_by.clone_from(&meta.drafted_by);
    })
}

#[test]
fn what_was_lost_twice_is_adopted_through_its_adoption() {
    let again = || and(late(), [Step::Ask("long-an", adopt(ALERT, &[2])), began_with_nothing(2)]);
    // The adoption itself is late: without it the amendment is, too.
    shows(again(), &format!("{LATE}; events.adopted Late"));
    shows(and(again(), [Step::Ask("long-an", adopt(ALERT, &[3]))]), ADOPTED);
    // Or without it.
    let then = format!("{ADOPTED}; events.adopted Late");
    shows(and(again(), [Step::Ask("long-an", adopt(ALERT, &[2]))]), &then);
}

fn began_with_nothing(epoch: u32) -> Step {
    Step::Publish(vec![cut("long-an", epoch, None, "new-epoch")])
}

#[test]
fn an_alert_whose_issue_was_lost_comes_back_by_adoption() {
    let lost = || vec![issued(), began_with_nothing(1)];
    shows(lost(), "Awaited v0 in ; alert.issued Late");
    let adopted = Step::Ask("long-an", adopt(ALERT, &[1]));
    shows(and(lost(), [adopted]), "Active v1 in hcm-long-an");
    // What was decided on the word of the newer epoch follows on it.
    let withdrawn =
        [Step::Ask("long-an", adopt(ALERT, &[1])), Step::Ask("long-an", withdraw(ALERT))];
    shows(and(lost(), withdrawn), "Withdrawn v1 in hcm-long-an");
}

#[test]
fn a_number_that_was_given_again_is_not_taken_back() {
    // Before the first issue came back, its number was used for another alert.
    let again = || {
        let mut stage = played(vec![issued(), began_with_nothing(1)]);
        let lost = stage.log.remove(0);
        stage.take(Step::Ask("long-an", issue(wanted(), &["long-an-tay-ninh"]))).unwrap();
        stage.log[0].meta.event_id = uuid::Uuid::from_u128(9);
        stage.log.push(lost);
        stage
    };
    let then = "Active v1 in long-an-tay-ninh; alert.issued Late";
    assert_eq!(again().take(Step::Show(ALERT)).unwrap(), then);
    let asked = again().take(Step::Ask("long-an", adopt(ALERT, &[1])));
    assert_eq!(asked.unwrap_err(), "invalid: /events/0 number-taken");
    let mut forced = again();
    forced.take(Step::Adopt("long-an", ALERT, vec![1], |_| {})).unwrap();
    assert_eq!(forced.take(Step::Show(ALERT)).unwrap(), then);
}

#[test]
fn a_unit_adopts_its_own_fact_about_an_alert_of_others() {
    let given = || {
        let lost = Step::Publish(vec![cut("tay-ninh", 1, None, "new-epoch")]);
        let issued = Step::Ask("long-an", issue(wanted(), &["long-an-tay-ninh"]));
        vec![issued, Step::Ask("tay-ninh", hit(ALERT)), lost]
    };
    shows(given(), "Active v1 in long-an-tay-ninh; hit.reported Late");
    let adopted = Step::Ask("tay-ninh", adopt(ALERT, &[2]));
    shows(and(given(), [adopted]), "Active v1 in long-an-tay-ninh; hit tay-ninh:");
    let by_issuer = Step::Adopt("long-an", ALERT, vec![2], |meta| {
        meta.zones = vec!["long-an-tay-ninh".parse().unwrap()];
    });
    shows(and(given(), [by_issuer]), "Active v1 in long-an-tay-ninh; hit.reported Late");
}

#[test]
fn who_serves_a_unit_now_does_not_adopt_what_another_node_lost() {
    // The commune's hit went through the district's node, which lost it; now the province serves it.
    let given = || {
        vec![
            issued(),
            Step::Ask("long-an_duc-hoa", with(hit(ALERT), "/unit", json!(COMMUNE))),
            Step::Publish(vec![
                cut("long-an_duc-hoa", 1, None, "new-epoch"),
                cut("long-an", 1, Some(0), "new-epoch"),
                serves("long-an_duc-hoa", &[]),
                serves("long-an", &[COMMUNE]),
            ]),
        ]
    };
    let then = "Active v1 in hcm-long-an; hit.reported Late";
    shows(given(), then);
    let said = Step::Adopt("long-an", ALERT, vec![2], |meta| {
        meta.acting_unit = COMMUNE.parse().unwrap();
    });
    let stage = played(and(given(), [said]));
    let alert = stage.alert(&ALERT.parse().unwrap());
    let verdicts: Vec<String> =
        alert.timeline.iter().map(|entry| format!("{:?}", entry.verdict)).collect();
    assert_eq!(verdicts, ["Valid", "Late", "Valid"], "the adoption itself is in order");
    let asked = Step::Ask("long-an", with(adopt(ALERT, &[2]), "/unit", json!(COMMUNE)));
    check(given(), asked, "invalid: /events/0 not-own");
}

#[test]
fn an_adoption_is_refused_with_every_event_at_fault() {
    let ask = |command| Step::Ask("long-an", command);
    check(late(), ask(adopt(ALERT, &[])), "invalid: /events required");
    check(
        late(),
        ask(with(adopt(ALERT, &[2]), "/reason", json!(" "))),
        "invalid: /reason required",
    );
    let then = "invalid: /events/0 not-late, /events/2 twice, /events/3 unknown-event";
    check(late(), ask(adopt(ALERT, &[1, 2, 2, 77])), then);
    let many: Vec<u128> = (100..165).collect();
    let mut stage = played(late());
    let said = stage.take(ask(adopt(ALERT, &many))).unwrap_err();
    assert!(said.starts_with("invalid: /events too-many, /events/0 unknown-event"), "{said}");
    check(late(), Step::Ask("hcm", adopt(ALERT, &[2])), "invalid: /events/0 not-own");
    let unknown = ask(adopt("long-an/2024/000009", &[2]));
    check(late(), unknown, "not-found: /alert unknown-alert");
    let no_id = ask(adopt("nothing", &[2]));
    check(late(), no_id, "not-found: /alert unknown-alert");
    let unsigned = ask(with(adopt(ALERT, &[2]), "/drafted_by", json!("")));
    check(late(), unsigned, "invalid: /drafted_by required");
}
