//! People: who is sought, who is a minor, whose identity is misused.

use serde_json::{Value, json};

use super::wrong;
use crate::words::{offender, wanted};

const PERSON: &str = "/wanted_person/person";

#[track_caller]
fn person(field: &str, value: Value, then: &str) {
    let then = then.split(", ").filter(|text| !text.is_empty());
    let then: Vec<String> = then.map(|text| format!("{PERSON}/{text}")).collect();
    wrong(&wanted(), &format!("{PERSON}/{field}"), value, &then.join(", "));
}

#[test]
fn only_who_did_something_is_sought() {
    for class in ["suspect", "accused", "convicted", "escaped"] {
        person("person_class", json!(class), "");
    }
    person("person_class", json!("witness"), "person_class never-sought");
    person("person_class", json!("victim"), "person_class never-sought");
    person("person_class", json!(""), "person_class required");
    person("person_class", json!("bad"), "person_class unknown-code");
    let field = "/travelling_offender/person/person_class";
    wrong(
        &offender(),
        field,
        json!("victim"),
        "/travelling_offender/person/person_class never-sought",
    );
}

#[test]
fn a_travelling_offender_is_not_wanted() {
    let field = "/ground/kind";
    wrong(&offender(), field, json!("wanted-decision"), "/ground/kind never-wanted");
    wrong(&offender(), "/required_action", json!("arrest"), "/required_action never-wanted");
}

#[test]
fn who_is_under_age_is_said_to_be() {
    person("born", json!("2006-06-02"), "minor minor");
    person("born", json!("2007"), "minor minor");
    person("born", json!("2006"), "");
    person("born", json!("2006-06-01"), "");
    person("minor", json!(true), "minor_ground required");
    person("born", json!("2024-06-02"), "born ahead, minor minor");
    person("born", json!("1893"), "born range");
    person("born", json!("1990-02-30"), "born date");
}

#[test]
fn a_number_that_does_not_fit_needs_a_word() {
    let number = |number: &str, as_documented: bool| json!([{ "kind": "cccd", "number": number, "as_documented": as_documented }]);
    let field = "identity_numbers";
    person(field, number("079 090 000000", false), "");
    for bad in ["079190000000", "079091000000", "003090000000"] {
        person(field, number(bad, false), "identity_numbers/0/number identity-mismatch");
        person(field, number(bad, true), "");
    }
    let cmnd = json!([{ "kind": "cmnd", "number": "000.000.001" }]);
    person(field, cmnd, "");
    let cmnd = json!([{ "kind": "cmnd", "number": "0000000001" }]);
    person(field, cmnd, "identity_numbers/0/number shape");
}

#[test]
fn somebody_innocent_is_named_only_with_consent() {
    let sound = json!({
        "name": "Lê Thị Thí Dụ", "born": "1991",
        "identity_numbers": [{ "kind": "cccd", "number": "000000000001" }],
        "difference": "Không có sẹo trên tay (ví dụ)",
        "consent_date": "2024-05-25", "consent_reference": "Biên bản 00 (ví dụ)"
    });
    person("misused_identity", sound.clone(), "");
    for (field, value, rule) in [
        ("name", json!(""), "required"),
        ("difference", json!(""), "required"),
        ("consent_date", json!(""), "required"),
        ("consent_date", json!("2024-06-02"), "ahead"),
        ("consent_date", json!("2024-05-32"), "date"),
        ("consent_reference", json!(" "), "required"),
        ("born", json!("91"), "date"),
    ] {
        let mut misused = sound.clone();
        misused[field] = value;
        person("misused_identity", misused, &format!("misused_identity/{field} {rule}"));
    }
}
