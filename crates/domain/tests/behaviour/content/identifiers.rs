//! Phones, accounts and addresses.

use giapranh_domain::normal;
use giapranh_domain::wire::proto::AlertContent;
use serde_json::json;

use super::{at_fault, identifier, wrong};
use crate::words::with;

#[test]
fn an_identifier_gets_one_spelling_and_keeps_what_was_written() {
    for (kind, written, value, unrecognised) in [
        ("phone", " 0162 123 4567", "+84321234567", false),
        ("phone", "0401 234 567", "0401 234 567", true),
        ("bank-account", "0000-1234 5678", "000012345678", false),
        ("bank-account", "VIDU2024", "VIDU2024", true),
        ("url", "hxxps://Vi-Du[.]example/A", "vi-du.example/A", false),
        ("social-account", "Vi_Du", "@vi_du", false),
        ("social-account", "Cửa hàng Ví Dụ", "Cửa hàng Ví Dụ", true),
    ] {
        let typed = with(identifier(kind, written), "/identifier/unrecognised", json!(true));
        let mut content: AlertContent = serde_json::from_value(typed.clone()).unwrap();
        normal::content(&mut content);
        let made = content.identifier.unwrap();
        assert_eq!(made.written, written.trim());
        assert_eq!((made.value.as_str(), made.unrecognised), (value, unrecognised), "{written}");
        at_fault(typed, "");
    }
}

#[test]
fn a_slip_is_refused() {
    for (kind, written, rule) in [
        ("phone", "", "required"),
        ("phone", "không rõ", "shape"),
        ("bank-account", "12345", "shape"),
        ("url", "vi du", "shape"),
        ("url", "https://a:b@vi-du.example", "credentials"),
    ] {
        at_fault(identifier(kind, written), &format!("/identifier/written {rule}"));
    }
    let sound = identifier("phone", "0901234567");
    for (field, value, then) in [
        ("kind", json!("fax"), "kind unknown-code"),
        ("role", json!("boss"), "role unknown-code"),
        ("role", json!("mule"), ""),
        ("amount_vnd", json!(100_000_000_000_001_u64), "amount_vnd range"),
        ("victims", json!(1_000_001), "victims range"),
        ("first_seen", json!("2024-02-30"), "first_seen date"),
        ("last_seen", json!("2024-06-02"), "last_seen ahead"),
    ] {
        let then = if then.is_empty() { String::new() } else { format!("/identifier/{then}") };
        wrong(&sound, &format!("/identifier/{field}"), value, &then);
    }
    let seen = with(sound, "/identifier/first_seen", json!("2024-05-31"));
    wrong(&seen, "/identifier/last_seen", json!("2024-05-30"), "/identifier/last_seen order");
}

#[test]
fn what_leads_to_a_person_needs_a_reason() {
    for (kind, written, then) in [
        ("phone", "0901234567", "/proportionality required"),
        ("bank-account", "000012345678", "/proportionality required"),
        ("social-account", "@vi_du", "/proportionality required"),
        ("url", "vi-du.example", ""),
    ] {
        wrong(&identifier(kind, written), "/proportionality", json!(""), then);
    }
}

/// What reaches the check by another way than through the normal form.
#[test]
fn a_value_is_made_of_what_was_written() {
    let mut content: AlertContent =
        serde_json::from_value(identifier("phone", "0901234567")).unwrap();
    content.identifier.as_mut().unwrap().value = "+84000000000".into();
    let now = giapranh_domain::time::moment("2024-06-01T08:00:00+07:00").unwrap();
    let mut check = giapranh_domain::check::Check::at(now);
    check.content(&content);
    let faults = check.finish();
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].field, "/content/identifier/value");
    assert_eq!(faults[0].rule, "not-normal");
}
