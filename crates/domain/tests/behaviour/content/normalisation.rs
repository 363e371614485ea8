//! The one change that is made to what was typed.

use giapranh_domain::normal;
use giapranh_domain::wire::proto::{AlertContent, Flag, Hiding, Hit, Withdrawal};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{every, texts, vehicle};
use crate::words::{wanted, with};

fn made(content: Value) -> AlertContent {
    let mut content = serde_json::from_value(content).unwrap();
    normal::content(&mut content);
    content
}

#[test]
fn text_is_composed_and_trimmed() {
    let name = "/wanted_person/person/name";
    // NFD: every mark stands alone.
    let typed = " Nguye\u{302}\u{303}n Va\u{306}n Vi\u{301} Du\u{323}\n";
    let content = made(with(wanted(), name, json!(typed)));
    assert_eq!(content.wanted_person.unwrap().person.unwrap().name, "Nguyễn Văn Ví Dụ");
    let content = made(with(wanted(), "/purpose", json!("a  b\n\tc ﬁ ①")));
    assert_eq!(content.purpose, "a  b\n\tc ﬁ ①", "nothing else is changed");
}

#[test]
fn numbers_get_one_spelling() {
    let mut typed = vehicle();
    typed["vehicle"]["plate"] = json!(" 59-x1 123.45 ");
    typed["vehicle"]["vin"] = json!("vdvdvdvd 000000000");
    typed["vehicle"]["plate_unrecognised"] = json!(true);
    let made_of = made(typed.clone()).vehicle.unwrap();
    assert_eq!((made_of.plate.as_str(), made_of.vin.as_str()), ("59X112345", "VDVDVDVD000000000"));
    assert!(!made_of.plate_unrecognised);
    typed["vehicle"]["plate"] = json!(" Phnom Penh 1A-2345");
    let made_of = made(typed).vehicle.unwrap();
    assert_eq!((made_of.plate.as_str(), made_of.plate_unrecognised), ("Phnom Penh 1A-2345", true));
    let identity = json!([{ "kind": "passport", "number": "c0000 001" }]);
    let content = made(with(wanted(), "/wanted_person/person/identity_numbers", identity));
    let person = content.wanted_person.unwrap().person.unwrap();
    assert_eq!(person.identity_numbers[0].number, "C0000001");
}

#[test]
fn what_is_said_about_an_alert_is_composed_too() {
    let typed = || " a\u{301} ".to_owned();
    let mut withdrawal = Withdrawal { note: typed(), ..Default::default() };
    normal::withdrawal(&mut withdrawal);
    let mut hit = Hit { place: typed(), ..Default::default() };
    normal::hit(&mut hit);
    let mut hiding = Hiding { units: vec![typed()], reason: typed(), ..Default::default() };
    normal::hiding(&mut hiding);
    let mut flag = Flag { reason: typed(), ..Default::default() };
    normal::flag(&mut flag);
    for text in [withdrawal.note, hit.place, hiding.units.remove(0), hiding.reason, flag.reason] {
        assert_eq!(text, "á");
    }
}

/// Every text of sound content is spoilt in turn: nothing is left out of the normal form.
#[test]
fn no_text_is_forgotten() {
    for content in every() {
        for pointer in texts(&content, String::new()) {
            let spoilt = with(content.clone(), &pointer, json!(" a\u{301} "));
            let made = serde_json::to_value(made(spoilt)).unwrap();
            assert_eq!(made.pointer(&pointer), Some(&json!("á")), "{pointer}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn normal_text_stays_as_it_is(
        typed in prop_oneof![
            "\\PC{0,40}", "[0-9 .+()?-]{0,20}", "[ A-Za-zĐđ0-9.?-]{0,14}", "[a-z@:/.\\[\\]İß]{0,30}",
        ],
        partial: bool,
    ) {
        for content in every() {
            for pointer in texts(&content, String::new()) {
                let mut content = with(content.clone(), &pointer, json!(typed));
                if content.get("vehicle").is_some() {
                    content["vehicle"]["plate_partial"] = json!(partial);
                }
                let once = made(content);
                let mut twice = once.clone();
                normal::content(&mut twice);
                prop_assert_eq!(&twice, &once);
            }
        }
    }
}
