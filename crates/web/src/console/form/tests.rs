use std::collections::BTreeSet;

use giapranh_domain::wire::proto;
use giapranh_domain::{Category, Language};
use serde_json::{Value, json};

use super::draw::key_of;
use super::*;
use crate::console::Words;

const BOTH: [Words; 2] = [Words(Language::Vietnamese), Words(Language::English)];

/// What an officer does not write: chosen before, or made by the node.
const MADE: [&str; 4] = [
    "/content/category",
    "/content/identifier/value",
    "/content/identifier/unrecognised",
    "/content/vehicle/plate_unrecognised",
];

fn forms() -> Vec<Form> {
    let mut forms = Vec::new();
    for proposes in Proposes::ALL {
        if proposes.has_content() {
            forms.extend(Category::ALL.iter().map(|c| Form::of(proposes, Some(*c)).unwrap()));
        } else {
            forms.push(Form::of(proposes, None).unwrap());
        }
    }
    forms
}

/// The fields of a message of alert.proto, with their types, as the file has them.
fn message(name: &str) -> Vec<(String, String)> {
    let file = include_str!("../../../../../proto/giapranh/v1/alert.proto");
    let start = file.find(&format!("message {name} {{")).unwrap();
    let body = &file[start..start + file[start..].find("\n}").unwrap()];
    let mut fields = Vec::new();
    for line in body.lines().skip(1).map(str::trim) {
        if let Some((declared, _)) = line.split_once(" = ")
            && !line.starts_with("//")
        {
            let (kind, name) = declared.rsplit_once(' ').unwrap();
            fields.push((name.to_owned(), kind.trim_start_matches("repeated ").to_owned()));
        }
    }
    fields
}

/// Every pointer below a message; papers are one field.
fn pointers(at: &str, name: &str, found: &mut BTreeSet<String>) {
    for (field, kind) in message(name) {
        let pointer = format!("{at}/{field}");
        if kind.starts_with(char::is_uppercase) && kind != "IdentityNumber" {
            pointers(&pointer, &kind, found);
        } else {
            found.insert(pointer);
        }
    }
}

#[test]
fn every_field_that_an_officer_writes_has_a_place_and_nothing_else_has() {
    for category in Category::ALL {
        let form = Form::of(Proposes::Issue, Some(*category)).unwrap();
        let part = category.code().replace('-', "_");
        let parts: Vec<String> =
            Category::ALL.iter().map(|category| category.code().replace('-', "_")).collect();
        let mut declared = BTreeSet::new();
        pointers("/content", "AlertContent", &mut declared);
        declared.retain(|pointer| {
            let of = pointer.split('/').nth(2).unwrap();
            !MADE.contains(&pointer.as_str()) && (of == part || !parts.iter().any(|p| p == of))
        });
        declared.insert("/zones".into());
        let offered: Vec<String> = form.fields().map(|(pointer, ..)| pointer).collect();
        let once: BTreeSet<String> = offered.iter().cloned().collect();
        assert_eq!(once.len(), offered.len(), "{category}: a field stands twice");
        assert_eq!(once, declared, "{category}");
    }
    for (proposes, name, at) in
        [(Proposes::Withdraw, "Withdrawal", "/withdrawal"), (Proposes::Hide, "Hiding", "/hiding")]
    {
        let mut declared = BTreeSet::new();
        pointers(at, name, &mut declared);
        let form = Form::of(proposes, None).unwrap();
        assert_eq!(form.fields().map(|(p, ..)| p).collect::<BTreeSet<_>>(), declared);
    }
}

#[test]
fn every_field_that_an_officer_adds_has_a_place_and_nothing_else_has() {
    for (what, name, made) in [
        (Adds::Hit, "Hit", &["/hit/version"][..]),
        (Adds::Answer, "Answer", &[]),
        (Adds::Conclusion, "Conclusion", &[]),
        (Adds::Flag, "Flag", &["/flag/lifted"]),
        (Adds::Lifting, "Flag", &["/flag/lifted"]),
        (Adds::Link, "LinkProposed", &["/link/proposed_by"]),
        (Adds::Decision, "LinkDecided", &[]),
    ] {
        let form = Form::adding(what);
        let at = form.sections.last().unwrap().at;
        let mut declared = BTreeSet::new();
        pointers(at, name, &mut declared);
        declared.retain(|pointer| !made.contains(&pointer.as_str()));
        let offered = form.fields().map(|(pointer, ..)| pointer);
        let offered: BTreeSet<_> = offered.filter(|pointer| pointer != "/urgency").collect();
        assert_eq!(offered, declared, "{what:?}");
        let value = full(&form);
        let (again, unread) = Typed::spell(&form, &value).read(&form);
        assert_eq!((again, unread), (value, vec![]), "{what:?}");
    }
}

fn check_words<For>(words: Words, form: &Form<For>) {
    for placed in &form.sections {
        let title = format!("form-section-{}", placed.section.title);
        assert_ne!(words.t(&title), title, "{}", words.tag());
    }
    for (_, section, field) in form.fields() {
        let key = key_of(section, field);
        assert_ne!(words.t(&key), key, "{}", words.tag());
    }
}

#[test]
fn every_field_has_a_label_and_every_code_a_word_in_both_languages() {
    for words in BOTH {
        forms().iter().for_each(|form| check_words(words, form));
        for form in Adds::ALL.map(Form::adding) {
            check_words(words, &form);
            let key = format!("add-{}", form.what.code());
            assert_ne!(words.t(&key), key, "{}", words.tag());
        }
        for list in lists::ALL {
            for code in (list.codes)() {
                let key = format!("{}-{code}", list.name);
                assert_ne!(words.t(&key), key, "{}", words.tag());
            }
        }
        for proposes in Proposes::ALL {
            let key = format!("drafts-proposes-{}", proposes.code());
            assert_ne!(words.t(&key), key, "{}", words.tag());
        }
        for category in Category::ALL {
            let key = format!("drafts-choose-{}", category.code());
            assert_ne!(words.t(&key), key, "{}", words.tag());
        }
    }
}

/// A value with something in every field of a form.
fn full<For>(form: &Form<For>) -> Value {
    let mut typed = Typed::default();
    for (index, (pointer, _, field)) in form.fields().enumerate() {
        let script = "<script>alert(1)</script>";
        match field.kind {
            Kind::Line => typed.put(&pointer, format!("Dòng {index} {script}")),
            Kind::Text => typed.put(&pointer, format!("Đoạn {index}\nhai dòng {script}")),
            Kind::Lines => typed.put(&pointer, format!("Một {script}\nHai {index}")),
            Kind::Code(list) => typed.put(&pointer, (list.codes)()[0]),
            Kind::Codes(list) => typed.put(&pointer, *(list.codes)().last().unwrap()),
            Kind::Day => typed.put(&pointer, "31/05/2024"),
            Kind::Partial => typed.put(&pointer, "05/1990"),
            Kind::Moment => typed.put(&pointer, "31/05/2024 14:00"),
            Kind::Number | Kind::Article => typed.put(&pointer, (index + 1).to_string()),
            Kind::Money => typed.put(&pointer, "15.000.000"),
            Kind::Tick => typed.put(&pointer, "yes"),
            Kind::Unit | Kind::Units => typed.put(&pointer, "long-an"),
            Kind::Zones => typed.put(&pointer, "hcm-long-an"),
            Kind::Papers => {
                for (index, kind) in ["cccd", "passport"].into_iter().enumerate() {
                    // A row in between was left empty.
                    let at = |name: &str| format!("{pointer}/{}/{name}", index * 2);
                    typed.put(&at("kind"), kind);
                    typed.put(&at("number"), format!("0792000000{index:02}"));
                    typed.put(&at("as_documented"), "yes");
                }
            }
        }
    }
    let (value, unread) = typed.read(form);
    assert_eq!(unread, []);
    value
}

#[test]
fn a_full_alert_comes_back_from_its_form_as_it_went_in() {
    for form in forms() {
        let value = full(&form);
        let papers = value.pointer("/content/wanted_person/person/identity_numbers");
        assert!(papers.is_none_or(|papers| papers.as_array().unwrap().len() == 2), "{papers:?}");
        if form.what.has_content() {
            // It is the content that the program keeps, field for field.
            let content: proto::AlertContent =
                serde_json::from_value(value["content"].clone()).unwrap();
            assert_eq!(serde_json::to_value(&content).unwrap(), value["content"]);
        }
        let (again, unread) = Typed::spell(&form, &value).read(&form);
        assert_eq!((again, unread), (value, vec![]), "{:?}", form.what);
    }
}

#[test]
fn what_is_no_number_is_told_and_the_rest_is_read() {
    let form = Form::of(Proposes::Issue, Some(Category::Identifier)).unwrap();
    let read = |victims: &str, amount: &str| {
        let mut typed = Typed::default();
        typed.put("/content/headline", "Số lạ");
        typed.put("/content/identifier/victims", victims);
        typed.put("/content/identifier/amount_vnd", amount);
        let (value, unread) = typed.read(&form);
        assert_eq!(value["content"]["headline"], "Số lạ");
        let unread: Vec<String> = unread.into_iter().map(|field| field.pointer).collect();
        (value["content"]["identifier"].clone(), unread)
    };
    let amount = "/content/identifier/amount_vnd".to_owned();
    let victims = "/content/identifier/victims".to_owned();
    assert_eq!(read("3", "1 500.000"), (json!({"victims": 3, "amount_vnd": 1_500_000}), vec![]));
    assert_eq!(read("", "0"), (Value::Null, vec![]));
    assert_eq!(read("ba", "15tr").1, [amount, victims.clone()]);
    for bad in ["4294967296", "-1", "1.5"] {
        assert_eq!(read(bad, "").1, std::slice::from_ref(&victims));
    }
}

#[test]
fn a_fault_lands_at_its_field() {
    let form = Form::of(Proposes::Issue, Some(Category::WantedPerson)).unwrap();
    let person = "/content/wanted_person/person";
    for (fault, field) in [
        ("/content/ground/date".to_owned(), Some("/content/ground/date".to_owned())),
        ("/content/warnings/1".to_owned(), Some("/content/warnings".to_owned())),
        ("/zones/0".to_owned(), Some("/zones".to_owned())),
        ("/zones".to_owned(), Some("/zones".to_owned())),
        (format!("{person}/identity_numbers/0/number"), Some(format!("{person}/identity_numbers"))),
        (format!("{person}/minor"), Some(format!("{person}/minor"))),
        (format!("{person}/minor_ground"), Some(format!("{person}/minor_ground"))),
        (
            "/content/wanted_person".to_owned(),
            Some("/content/wanted_person/wanted_class".to_owned()),
        ),
        ("/drafted_by".to_owned(), None),
        ("/version".to_owned(), None),
    ] {
        assert_eq!(form.field_of(&fault), field, "{fault}");
    }
}
