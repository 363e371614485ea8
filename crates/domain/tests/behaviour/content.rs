//! What an alert may hold, category by category, and what is made of what was typed.

mod identifiers;
mod nobody;
mod normalisation;
mod people;
mod rules;
mod things;

use giapranh_domain::check::Check;
use giapranh_domain::wire::proto::AlertContent;
use giapranh_domain::{Fault, Language, normal, time};
use serde_json::{Value, json};

use crate::words::{wanted, with};

/// What is at fault with content that is typed on 1 June 2024, as it is decided: normal, then
/// checked.
pub fn faults(content: Value) -> Vec<Fault> {
    let mut content: AlertContent = serde_json::from_value(content).unwrap();
    normal::content(&mut content);
    let mut check = Check::at(time::moment("2024-06-01T08:00:00+07:00").unwrap());
    check.content(&content);
    let faults = check.finish();
    for fault in &faults {
        assert_ne!(fault.sentence(Language::Vietnamese), fault.message, "{fault:?}");
        assert!(!fault.sentence(Language::Vietnamese).contains('{'), "{fault:?}");
    }
    faults
}

/// The same as one text: `/content/… rule, …`.
#[track_caller]
pub fn at_fault(content: Value, then: &str) {
    let found: Vec<String> = faults(content)
        .iter()
        .map(|fault| format!("{} {}", fault.field.trim_start_matches("/content"), fault.rule))
        .collect();
    assert_eq!(found.join(", "), then);
}

/// Content that is sound but for one field.
#[track_caller]
pub fn wrong(content: &Value, field: &str, value: Value, then: &str) {
    at_fault(with(content.clone(), field, value), then);
}

/// What every alert that is about no person has.
fn common(category: &str, part: &str, subject: &Value) -> Value {
    let mut content = wanted();
    content.as_object_mut().unwrap().remove("wanted_person");
    content["category"] = json!(category);
    content["required_action"] = json!("check");
    content["ground"]["kind"] = json!("case-decision");
    content[part] = subject.clone();
    content
}

pub fn vehicle() -> Value {
    let vehicle = json!({
        "plate": "59-X1 123.45", "type": "motorcycle", "status": "stolen", "year": 2020,
        "vin": "VDVDVDVD000000000", "colour": "đỏ"
    });
    common("vehicle", "vehicle", &vehicle)
}

pub fn object() -> Value {
    let object = json!({ "class": "phone", "imei": "000000000000000", "value_vnd": 7_000_000 });
    common("object", "object", &object)
}

pub fn identifier(kind: &str, written: &str) -> Value {
    common("identifier", "identifier", &json!({ "kind": kind, "written": written }))
}

pub fn notice() -> Value {
    let notice = json!({
        "text": "Trộm xe máy tăng (ví dụ)", "period_from": "2024-05-01", "period_to": "2024-05-31"
    });
    common("situation-notice", "situation_notice", &notice)
}

pub fn directive() -> Value {
    let directive = json!({
        "text": "Tăng cường tuần tra (ví dụ)", "binds": ["hcm", "long-an"],
        "acknowledge_by": "2024-06-03"
    });
    common("directive", "directive", &directive)
}

/// Sound content of every category.
pub fn every() -> Vec<Value> {
    vec![
        wanted(),
        crate::words::offender(),
        crate::words::bulletin(),
        vehicle(),
        object(),
        identifier("phone", "0901 234 567"),
        identifier("bank-account", "0000 1234 5678"),
        identifier("url", "https://vi-du.example/a"),
        identifier("social-account", "@vi_du"),
        notice(),
        directive(),
    ]
}

#[test]
fn every_category_is_sound_as_it_stands() {
    for content in every() {
        at_fault(content, "");
    }
}

#[test]
fn a_part_stands_with_its_category_and_no_other() {
    let parts = [
        "wanted_person",
        "travelling_offender",
        "vehicle",
        "object",
        "identifier",
        "modus_operandi",
        "situation_notice",
        "directive",
    ];
    for content in every() {
        let own = parts.iter().find(|part| content.get(**part).is_some()).unwrap();
        at_fault(
            crate::words::without(content.clone(), &format!("/{own}")),
            &format!("/{own} required"),
        );
        for other in every() {
            let part = parts.iter().find(|part| other.get(**part).is_some()).unwrap();
            if part != own {
                let both = with(content.clone(), &format!("/{part}"), other[*part].clone());
                assert!(
                    faults(both).iter().any(|fault| fault.field == format!("/content/{part}")
                        && fault.rule == "other-category"),
                    "{own} with {part}"
                );
            }
        }
    }
}

#[test]
fn what_every_alert_has_is_in_its_lists() {
    let sound = vehicle();
    for (field, value, then) in [
        ("/source_grade", json!("G"), "/source_grade unknown-code"),
        ("/source_grade", json!("A"), ""),
        ("/confidence", json!("0"), "/confidence unknown-code"),
        ("/confidence", json!("6"), ""),
        ("/recipients", json!(["hcm", "long-an_duc-hoa"]), ""),
        ("/recipients", json!(["hcm", "Long An"]), "/recipients/1 not-an-id"),
        ("/recipients", json!(["hcm", "hcm"]), "/recipients/1 twice"),
        ("/required_action", json!("arrest"), "/required_action other-action"),
        ("/proportionality", json!(" "), "/proportionality required"),
        ("/handling", json!("internal "), ""),
        ("/ground/article", json!(427), "/ground/article article"),
        ("/ground/article", json!(1), ""),
    ] {
        wrong(&sound, field, value, then);
    }
    let many: Vec<String> = (0..33).map(|number| format!("unit-{number}")).collect();
    wrong(&sound, "/recipients", json!(many), "/recipients too-many");
}

#[test]
fn an_alert_lasts_as_long_as_the_program_lets_it() {
    for (content, last, too_late) in [
        (wanted(), "2029-05-31", "2029-06-10"),
        (crate::words::offender(), "2025-05-31", "2025-06-10"),
        (vehicle(), "2026-06-01", "2026-06-10"),
    ] {
        wrong(&content, "/expires", json!(last), "");
        wrong(&content, "/expires", json!(too_late), "/expires too-late");
    }
    let from = json!("2025-01-01");
    wrong(&vehicle(), "/effective_from", from, "/effective_from order");
    wrong(&vehicle(), "/effective_from", json!("2024-06-02"), "");
}

#[test]
fn no_text_floods_and_nothing_panics() {
    let flood = "ă".repeat(100_000);
    for content in every() {
        for pointer in texts(&content, String::new()) {
            let found = faults(with(content.clone(), &pointer, json!(flood)));
            assert!(!found.is_empty(), "{pointer}");
            assert!(found.iter().all(|fault| fault.message.len() < 400), "{pointer}");
            for odd in
                ["\u{202e}", "a\u{301}\u{0}", "?", "🛵🛵🛵", "ﬁ", "-", "+", "@", "://", "0\u{200b}"]
            {
                faults(with(content.clone(), &pointer, json!(odd)));
            }
        }
    }
}

/// Where texts stand in a value.
pub fn texts(value: &Value, at: String) -> Vec<String> {
    match value {
        Value::String(_) => vec![at],
        Value::Array(list) => {
            let each = list.iter().enumerate();
            each.flat_map(|(index, value)| texts(value, format!("{at}/{index}"))).collect()
        }
        Value::Object(fields) => {
            fields.iter().flat_map(|(name, value)| texts(value, format!("{at}/{name}"))).collect()
        }
        _ => Vec::new(),
    }
}
