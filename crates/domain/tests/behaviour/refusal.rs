//! Every refusal of a command names its field and rule.

use serde_json::{Value, json};

use crate::stage::{COMMUNE, Step, check};
use crate::words::{
    amend, answer, bulletin, decide_link, draft, hit, issue, offender, on_draft, to_issue, wanted,
    with, withdraw, without,
};

const ALERT: &str = "long-an/2024/000001";
const ZONE: &str = "hcm-long-an";

/// Long An has issued a wanted alert to the zone with Ho Chi Minh City.
fn issued() -> Vec<Step> {
    vec![Step::Ask("long-an", issue(wanted(), &[ZONE]))]
}

#[track_caller]
fn refused(node: &'static str, command: Value, then: &str) {
    check(issued(), Step::Ask(node, command), then);
}

/// A field of a wanted alert that is issued with this value.
#[track_caller]
fn wrong(field: &str, value: Value, then: &str) {
    refused("long-an", with(issue(wanted(), &[ZONE]), field, value), then);
}

#[test]
fn what_a_command_names_must_be_there() {
    refused("hcm", decide_link(ALERT, 7, "confirmed"), "not-found: /link unknown-link");
    for act in ["submit-draft", "return-draft", "approve-draft", "discard-draft"] {
        let asked = on_draft(act, ALERT, 1, "officer-1");
        refused("long-an", asked, "not-found: /alert unknown-draft");
    }
    let saved = draft("long-an/2024/000009", 0, "officer-1", &to_issue(&wanted()));
    refused("long-an", saved, "not-found: /alert unknown-draft");
}

#[test]
fn a_year_has_so_many_numbers() {
    let last = Step::Forge("long-an", issue(wanted(), &[ZONE]), |meta| {
        meta.alert = Some("long-an/2024/999999".parse().unwrap());
    });
    let next = Step::Ask("long-an", issue(wanted(), &[ZONE]));
    check([last], next, "conflict: /act numbers-used-up");
}

#[test]
fn a_search_says_what_it_is_for() {
    let stated = |purpose: &str, case: &str| {
        json!({ "act": "state-purpose", "drafted_by": "officer-1", "purpose": purpose,
            "case_number": case })
    };
    let good = "purpose.stated  by long-an (officer-1) to local";
    refused("long-an", stated("Xác minh tin báo (ví dụ)", ""), good);
    refused("long-an", stated("Xác minh tin báo (ví dụ)", "12/VÍ-DỤ"), good);
    for nothing in ["", " "] {
        refused("long-an", stated(nothing, ""), "invalid: /purpose required");
    }
    refused("long-an", stated("\u{200b}", ""), "invalid: /purpose hidden-characters");
    refused("long-an", stated(&"x".repeat(100_000), ""), "invalid: /purpose too-long");
    refused("long-an", stated("Xác minh", &"x".repeat(201)), "invalid: /case_number too-long");
}

#[test]
fn a_zone_must_exist_and_be_ones_own() {
    wrong("/zones/0", json!("hcm-atlantis"), "invalid: /zones/0 unknown-zone");
    wrong("/zones/0", json!("directory"), "invalid: /zones/0 unknown-zone");
    wrong("/zones/0", json!("local"), "invalid: /zones/0 unknown-zone");
    wrong("/zones/0", json!("Vùng 1"), "invalid: /zones/0 not-an-id");
    wrong("/zones/0", json!("dong-nai-hcm"), "invalid: /zones/0 not-in-zone");
    wrong("/zones", json!([]), "invalid: /zones required");
    wrong("/zones", json!(vec![ZONE; 33]), "invalid: /zones too-many");
}

#[test]
fn a_flood_gets_a_short_answer() {
    let faults = |field: &str, rule: &str| {
        let each = (0..32).map(|index| format!("{field}/{index} {rule}"));
        each.collect::<Vec<_>>().join(", ")
    };
    let zones = faults("/zones", "unknown-zone");
    let then = format!("invalid: {zones}, /zones too-many");
    wrong("/zones", json!(vec!["nowhere"; 100_000]), &then);
    let warnings = faults("/content/warnings", "unknown-code");
    let then = format!("invalid: /content/warnings too-many, {warnings}");
    wrong("/content/warnings", json!(vec!["x"; 100_000]), &then);
}

#[test]
fn a_code_must_be_in_its_list() {
    let at = "/content/category";
    wrong(at, json!("vessel"), "invalid: /content/category unknown-code");
    wrong(at, json!(""), "invalid: /content/category required");
    wrong("/content/severity", json!("high"), "invalid: /content/severity unknown-code");
    wrong("/content/warnings/0", json!("Armed"), "invalid: /content/warnings/0 unknown-code");
    let twice = json!(["armed", "armed"]);
    wrong("/content/warnings", twice, "invalid: /content/warnings/1 twice");
    let at = "/content/wanted_person/wanted_class";
    wrong(at, json!("very"), "invalid: /content/wanted_person/wanted_class unknown-code");
}

#[test]
fn a_legal_ground_is_whole() {
    let command = without(issue(wanted(), &[ZONE]), "/content/ground");
    refused("long-an", command, "invalid: /content/ground required");
    let ground = |field: &str, value: Value, rule: &str| {
        let field = format!("/content/ground/{field}");
        wrong(&field, value, &format!("invalid: {field} {rule}"));
    };
    ground("kind", json!("directive"), "wanted-needs-decision");
    ground("kind", json!("hearsay"), "unknown-code");
    ground("decision_number", json!(" "), "required");
    ground("agency", json!(""), "required");
    ground("article", json!(0), "article");
    ground("article", json!(427), "article");
    ground("date", json!(""), "required");
    ground("date", json!("2024-02-30"), "date");
    ground("date", json!("20/05/2024"), "date");
    ground("date", json!("2024-06-02"), "ahead");
    ground("date", json!("1969-12-31"), "ahead");
}

#[test]
fn texts_are_short_and_show_what_they_hold() {
    wrong("/content/headline", json!("x".repeat(121)), "invalid: /content/headline too-long");
    let flood = json!("ă".repeat(100_000));
    for field in ["headline", "purpose", "proportionality", "contact", "case_number"] {
        let field = format!("/content/{field}");
        wrong(&field, flood.clone(), &format!("invalid: {field} too-long"));
    }
    let bulletin = with(issue(bulletin(), &[ZONE]), "/content/proportionality", flood);
    refused("long-an", bulletin, "invalid: /content/proportionality too-long");
    let field = "/content/wanted_person/person/name";
    for hidden in ["\u{202e}", "\u{2066}", "\u{200b}", "\u{feff}", "\u{ad}", "\u{0}", "\u{1b}[2J"] {
        let name = json!(format!("Nguyễn{hidden} Văn Ví Dụ"));
        wrong(field, name, &format!("invalid: {field} hidden-characters"));
    }
    wrong(field, json!(" \t "), &format!("invalid: {field} required"));
}

#[test]
fn moments_are_real_and_in_order() {
    let at = "/content/expires";
    wrong(at, json!(""), "invalid: /content/expires required");
    wrong(at, json!("2024-02-30"), "invalid: /content/expires date");
    wrong(at, json!("2024-05-31"), "invalid: /content/expires past");
    wrong(at, json!("2024-12-31T00:00:00Z[x-note=a]"), "invalid: /content/expires date");
    wrong("/content/review_by", json!("2025-01-01"), "invalid: /content/review_by order");
    wrong("/content/effective_from", json!("soon"), "invalid: /content/effective_from date");
}

#[test]
fn what_is_classified_is_refused() {
    let at = "/content/handling";
    for handling in ["mat", "Mật", "TỐI MẬT", "tuyet-mat", " tuyệt mật "] {
        wrong(at, json!(handling), "invalid: /content/handling classified");
    }
    wrong(at, json!(""), "invalid: /content/handling required");
    wrong(at, json!("public"), "invalid: /content/handling unknown-code");
}

#[test]
fn a_person_is_described_soundly() {
    let person = |field: &str, value: Value, then: &str| {
        let base = "/content/wanted_person/person";
        wrong(&format!("{base}/{field}"), value, &format!("invalid: {base}/{then}"));
    };
    person("minor", json!(true), "minor_ground required");
    person("born", json!("1990-13"), "born date");
    person("sex", json!("m"), "sex unknown-code");
    person("height_cm", json!(17), "height_cm range");
    let cccd = json!([{ "kind": "cccd", "number": "12345" }]);
    person("identity_numbers", cccd, "identity_numbers/0/number shape");
    let other = json!([{ "kind": "visa", "number": "12345" }]);
    person("identity_numbers", other, "identity_numbers/0/kind unknown-code");
    person("aliases", json!(["Tèo", ""]), "aliases/1 required");
    let nobody = without(issue(wanted(), &[ZONE]), "/content/wanted_person/person");
    refused("long-an", nobody, "invalid: /content/wanted_person/person required");
    let why = "/content/proportionality";
    wrong(why, json!(""), "invalid: /content/proportionality required");
}

#[test]
fn each_category_carries_its_own_part() {
    let bare = without(issue(wanted(), &[ZONE]), "/content/wanted_person");
    refused("long-an", bare, "invalid: /content/wanted_person required");
    let part = bulletin()["modus_operandi"].clone();
    let both = "/content/modus_operandi";
    wrong(both, part, "invalid: /content/modus_operandi other-category");
    let none = with(issue(bulletin(), &[ZONE]), "/content/modus_operandi/offence", json!(0));
    refused("long-an", none, "invalid: /content/modus_operandi/offence article");
}

#[test]
fn a_travelling_offender_is_never_to_be_arrested() {
    let arrest = with(issue(offender(), &[ZONE]), "/content/required_action", json!("arrest"));
    refused("long-an", arrest, "invalid: /content/required_action never-wanted");
}

#[test]
fn another_officer_releases() {
    wrong("/approved_by", json!("officer-1"), "invalid: /approved_by second-person");
    wrong("/approved_by", json!(""), "invalid: /approved_by required");
    wrong("/drafted_by", json!("Nguyễn Văn Ví Dụ"), "invalid: /drafted_by not-an-id");
    let alone = with(withdraw(ALERT), "/approved_by", json!("officer-1"));
    refused("long-an", alone, "invalid: /approved_by second-person");
}

#[test]
fn a_node_acts_for_whom_the_directory_says() {
    let issue = || issue(wanted(), &[ZONE]);
    refused("tien-giang", issue(), "forbidden: /unit not-enrolled");
    let commune = with(issue(), "/unit", json!(COMMUNE));
    refused("long-an", commune, "forbidden: /unit not-served");
    wrong("/unit", json!("hcm"), "forbidden: /unit not-served");
    wrong("/unit", json!("Long An"), "invalid: /unit not-an-id");
}

#[test]
fn authority_is_by_level_category_and_reach() {
    let node = "long-an_duc-hoa";
    let not_allowed = "forbidden: /content/category not-allowed";
    refused(node, issue(wanted(), &[ZONE]), not_allowed);
    refused(node, issue(offender(), &["cluster"]), not_allowed);
    let commune = with(issue(bulletin(), &[ZONE]), "/unit", json!(COMMUNE));
    refused(node, commune, not_allowed);
}

#[test]
fn an_alert_is_changed_by_its_issuer_while_it_lasts() {
    let zones = &[ZONE][..];
    refused("hcm", amend(ALERT, wanted(), zones), "forbidden: /alert not-issuer");
    refused("hcm", withdraw(ALERT), "forbidden: /alert not-issuer");
    let other = amend(ALERT, offender(), zones);
    refused("long-an", other, "invalid: /content/category category-changed");
    let silent = with(amend(ALERT, wanted(), zones), "/reason", json!(""));
    refused("long-an", silent, "invalid: /reason required");
    let vague = with(withdraw(ALERT), "/withdrawal/reason", json!("done"));
    refused("long-an", vague, "invalid: /withdrawal/reason unknown-code");
    for unknown in ["long-an/2024/000002", "long-an/2024/2", ""] {
        refused("long-an", withdraw(unknown), "not-found: /alert unknown-alert");
    }
}

#[test]
fn what_has_ended_stays_ended() {
    let commands = || [amend(ALERT, wanted(), &[]), withdraw(ALERT), hit(ALERT)];
    for command in commands() {
        let given = issued().into_iter().chain([Step::Ask("long-an", withdraw(ALERT))]);
        check(given, Step::Ask("long-an", command), "conflict: /alert withdrawn");
    }
    for command in commands() {
        let given = issued().into_iter().chain([Step::At("2025-01-01T00:00:00+07:00")]);
        check(given, Step::Ask("long-an", command), "conflict: /alert expired");
    }
}

#[test]
fn a_hit_says_what_was_seen_and_when() {
    let wrong = |field: &str, value: Value, rule: &str| {
        let then = format!("invalid: {field} {rule}");
        refused("hcm", with(hit(ALERT), field, value), &then);
    };
    wrong("/hit/version", json!(0), "range");
    wrong("/hit/version", json!(2), "range");
    wrong("/hit/certainty", json!("sure"), "unknown-code");
    wrong("/hit/place", json!(""), "required");
    wrong("/hit/seen_at", json!(""), "required");
    wrong("/hit/seen_at", json!("2024-06-02"), "ahead");
    wrong("/hit/seen_at", json!("2024-06-01T08:05:00+07:00"), "ahead");
    wrong("/urgency", json!("now"), "unknown-code");
    refused("dong-nai", hit(ALERT), "forbidden: /unit not-in-zone");
}

#[test]
fn a_hit_is_answered_once_and_by_the_issuer() {
    let hit = || issued().into_iter().chain([Step::Ask("hcm", hit(ALERT))]);
    let ask = |node, event, result| Step::Ask(node, answer(ALERT, event, result));
    check(hit(), ask("long-an", 9, "same"), "not-found: /hit unknown-hit");
    check(hit(), ask("long-an", 1, "same"), "not-found: /hit unknown-hit");
    check(hit(), ask("hcm", 2, "same"), "forbidden: /alert not-issuer");
    check(hit(), ask("long-an_duc-hoa", 2, "same"), "forbidden: /alert not-issuer");
    check(hit(), ask("long-an", 2, "maybe"), "invalid: /answer/result unknown-code");
    let answered = hit().chain([ask("long-an", 2, "same")]);
    check(answered, ask("long-an", 2, "not-same"), "conflict: /hit answered");
}

#[test]
fn every_fault_is_listed() {
    let command = with(issue(wanted(), &["nowhere"]), "/content/severity", json!(""));
    let command = with(command, "/content/ground/date", json!("2024-02-30"));
    let command = with(command, "/approved_by", json!("officer-1"));
    let then = "invalid: /approved_by second-person, /content/severity required, \
                /content/ground/date date, /zones/0 unknown-zone";
    refused("long-an", command.clone(), then);
    let command = with(command, "/zones/0", json!(ZONE));
    let then = "forbidden: /approved_by second-person, /content/severity required, \
                /content/ground/date date, /content/category not-allowed";
    refused("long-an_duc-hoa", command, then);
}

#[test]
fn a_field_that_nobody_knows_is_refused_by_name() {
    wrong("/content/ethnicity", json!("x"), "unknown field `ethnicity`");
    wrong("/content/wanted_person/person/religion", json!("x"), "unknown field `religion`");
    wrong("/aproved_by", json!("officer-2"), "unknown field `aproved_by`");
    wrong("/act", json!("forget-alert"), "unknown variant `forget-alert`");
    refused("hcm", with(hit(ALERT), "/hit/note", json!("x")), "unknown field `note`");
}
