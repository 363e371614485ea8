//! A draft from its first save to what comes of it.

use serde_json::json;

use crate::changes::serves;
use crate::stage::{COMMUNE, Step, check};
use crate::words::{amend, draft, issue, on_draft, to_amend, to_issue, wanted, with, without};

const ALERT: &str = "long-an/2024/000001";

fn saved() -> Step {
    Step::Ask("long-an", draft("", 0, "officer-1", &to_issue(&wanted())))
}

fn submitted() -> [Step; 2] {
    [saved(), Step::Ask("long-an", on_draft("submit-draft", ALERT, 1, "officer-1"))]
}

fn approve(version: u32, by: &str) -> Step {
    Step::Ask("long-an", on_draft("approve-draft", ALERT, version, by))
}

fn returned() -> impl Iterator<Item = Step> {
    let back = Step::Ask("long-an", on_draft("return-draft", ALERT, 1, "officer-2"));
    submitted().into_iter().chain([back])
}

#[test]
fn another_officer_releases_what_one_has_written() {
    check([], saved(), "draft.saved long-an/2024/000001 by long-an (officer-1) to local");
    check([saved()], Step::Show(ALERT), "Awaited v0 in ; draft v1 Writing");
    check(submitted(), Step::Show(ALERT), "Awaited v0 in ; draft v1 Waiting");
    check(
        submitted(),
        approve(1, "officer-2"),
        "alert.issued long-an/2024/000001 v1 in hcm-long-an by long-an (officer-1 officer-2) \
         to hcm-long-an",
    );
    let released = submitted().into_iter().chain([approve(1, "officer-2")]);
    check(released, Step::Show(ALERT), "Active v1 in hcm-long-an; draft v1 Released");
}

/// A commune that acts through the province's node sees to its own drafts.
#[test]
fn a_draft_is_its_units_own() {
    let serves =
        || Step::Publish(vec![serves("long-an_duc-hoa", &[]), serves("long-an", &[COMMUNE])]);
    let given = || submitted().into_iter().chain([serves()]);
    for act in ["approve-draft", "return-draft", "discard-draft", "submit-draft"] {
        let asked = with(on_draft(act, ALERT, 1, "officer-9"), "/unit", json!(COMMUNE));
        check(given(), Step::Ask("long-an", asked), "forbidden: /unit not-own-draft");
    }
    let saved = with(draft(ALERT, 1, "officer-9", &to_issue(&wanted())), "/unit", json!(COMMUNE));
    let after = returned().chain([serves()]);
    check(after, Step::Ask("long-an", saved), "forbidden: /unit not-own-draft");
}

#[test]
fn nobody_releases_what_they_wrote_a_version_of() {
    let own = "invalid: /drafted_by second-person";
    check(submitted(), approve(1, "officer-1"), own);
    // Another one saved the last version; the first writer still wrote the one before.
    let by_another = returned().chain([
        Step::Ask("long-an", draft(ALERT, 1, "officer-3", &to_issue(&wanted()))),
        Step::Ask("long-an", on_draft("submit-draft", ALERT, 2, "officer-3")),
    ]);
    let by_another: Vec<Step> = by_another.collect();
    check(by_another, approve(2, "officer-1"), own);
}

#[test]
fn a_returned_draft_has_a_reason_and_goes_on() {
    let back = || on_draft("return-draft", ALERT, 1, "officer-2");
    let silent = with(back(), "/reason", json!(" "));
    check(submitted(), Step::Ask("long-an", silent), "invalid: /reason required");
    check(returned(), Step::Show(ALERT), "Awaited v0 in ; draft v1 Returned");
    check(returned(), approve(1, "officer-2"), "conflict: /alert draft-not-submitted");
    let again = returned().chain([
        Step::Ask("long-an", draft(ALERT, 1, "officer-1", &to_issue(&wanted()))),
        Step::Ask("long-an", on_draft("submit-draft", ALERT, 2, "officer-1")),
        approve(2, "officer-2"),
    ]);
    check(again, Step::Show(ALERT), "Active v1 in hcm-long-an; draft v2 Released");
}

#[test]
fn two_officers_do_not_overwrite_each_other() {
    let second = || Step::Ask("long-an", draft(ALERT, 1, "officer-3", &to_issue(&wanted())));
    let late = Step::Ask("long-an", draft(ALERT, 1, "officer-1", &to_issue(&wanted())));
    check([saved(), second()], late, "conflict: /version draft-changed");
    let stale = Step::Ask("long-an", on_draft("submit-draft", ALERT, 1, "officer-1"));
    check([saved(), second()], stale, "conflict: /version draft-changed");
    let waits = Step::Ask("long-an", draft(ALERT, 1, "officer-3", &to_issue(&wanted())));
    check(submitted(), waits, "conflict: /alert draft-waits");
    check(submitted(), approve(2, "officer-2"), "conflict: /version draft-changed");
}

/// What could not be released is told to who wrote it; while it is being written it may be anything.
#[test]
fn an_unfinished_draft_is_kept_and_not_submitted() {
    let unfinished = to_issue(&without(wanted(), "/ground"));
    let save = || Step::Ask("long-an", draft("", 0, "officer-1", &unfinished));
    check([], save(), "draft.saved long-an/2024/000001 by long-an (officer-1) to local");
    let submit = Step::Ask("long-an", on_draft("submit-draft", ALERT, 1, "officer-1"));
    check([save()], submit, "invalid: /content/ground required");
    let nothing = Step::Ask("long-an", draft("", 0, "officer-1", &json!({ "recall": {} })));
    check([], nothing, "unknown variant `recall`");
}

/// Between submitting and releasing its expiry has passed.
#[test]
fn a_draft_that_waited_too_long_is_not_released() {
    let given = submitted().into_iter().chain([Step::At("2025-01-02T08:00:00+07:00")]);
    let refused = "invalid: /content/expires past";
    check(given, approve(1, "officer-2"), refused);
}

#[test]
fn a_discarded_draft_keeps_its_number() {
    let gone = || Step::Ask("long-an", on_draft("discard-draft", ALERT, 1, "officer-1"));
    check([saved(), gone()], Step::Show(ALERT), "Awaited v0 in ; draft v1 Discarded");
    check([saved(), gone()], approve(1, "officer-2"), "conflict: /alert draft-closed");
    check(
        [saved(), gone()],
        Step::Ask("long-an", issue(wanted(), &["hcm-long-an"])),
        "alert.issued long-an/2024/000002 v1 in hcm-long-an by long-an (officer-1 officer-2) \
         to hcm-long-an",
    );
}

#[test]
fn an_amendment_is_drafted_from_a_version() {
    let issued = || Step::Ask("long-an", issue(wanted(), &["hcm-long-an"]));
    let other = with(wanted(), "/required_action", json!("locate"));
    let drafted = || {
        [
            issued(),
            Step::Ask("long-an", draft(ALERT, 0, "officer-1", &to_amend(&other, 1))),
            Step::Ask("long-an", on_draft("submit-draft", ALERT, 1, "officer-1")),
        ]
    };
    check(
        drafted(),
        approve(1, "officer-2"),
        "alert.amended long-an/2024/000001 v2 in hcm-long-an by long-an (officer-1 officer-2) \
         to hcm-long-an",
    );
    let amended = Step::Ask("long-an", amend(ALERT, wanted(), &[]));
    let given = drafted().into_iter().chain([amended]);
    check(given, approve(1, "officer-2"), "conflict: /alert alert-changed");
    let foreign = Step::Ask("hcm", draft(ALERT, 0, "officer-1", &to_amend(&wanted(), 1)));
    check([issued()], foreign, "forbidden: /alert not-issuer");
}

#[test]
fn withdrawing_hiding_and_revealing_are_drafted_too() {
    let issued = || Step::Ask("long-an", issue(wanted(), &["hcm-long-an"]));
    let propose = |version, what| {
        [
            Step::Ask("long-an", draft(ALERT, version, "officer-1", &what)),
            Step::Ask("long-an", on_draft("submit-draft", ALERT, version + 1, "officer-1")),
            approve(version + 1, "officer-2"),
        ]
    };
    let hiding = json!({ "until": "2024-06-02", "reason": "Đang vây bắt (ví dụ)" });
    let hidden = || [issued()].into_iter().chain(propose(0, json!({ "hide": hiding.clone() })));
    check(
        hidden(),
        Step::Show(ALERT),
        "Active v1 in hcm-long-an; hidden but for []; draft v1 Released",
    );
    let revealed = || hidden().chain(propose(1, json!({ "reveal": { "reason": "Xong" } })));
    check(revealed(), Step::Show(ALERT), "Active v1 in hcm-long-an; draft v2 Released");
    let ended = revealed().chain(propose(2, json!({ "withdraw": { "reason": "executed" } })));
    check(ended, Step::Show(ALERT), "Withdrawn v1 in hcm-long-an; draft v3 Released");
}
