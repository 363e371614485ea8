//! A value in words, field by field, and what differs between two: what an approving officer sees at a
//! glance.

use giapranh_domain::offences::Offences;
use serde_json::Value;

use super::draw::{articles, label_of};
use super::lists::IDENTITY;
use super::{Form, Kind, Typed};
use crate::console::Desk;

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The heading of its section.
    pub section: String,
    /// What it is called.
    pub label: String,
    /// What stands there; empty: nothing.
    pub before: String,
    /// What would stand there; empty: nothing.
    pub after: String,
}

impl Change {
    /// What becomes of the field, as a key of its word.
    pub fn how(&self) -> &'static str {
        match (self.before.is_empty(), self.after.is_empty()) {
            (true, _) => "form-added",
            (_, true) => "form-removed",
            _ => "form-changed",
        }
    }
}

/// Every field that differs between two values of a form, in the form's order.
pub fn changes<For>(desk: &Desk, form: &Form<For>, before: &Value, after: &Value) -> Vec<Change> {
    let (old, new) = (Typed::spell(form, before), Typed::spell(form, after));
    let mut found = Vec::new();
    for placed in &form.sections {
        for (pointer, field) in placed.fields() {
            let before = told(desk, field.kind, &pointer, &old);
            let after = told(desk, field.kind, &pointer, &new);
            if before != after {
                let section = format!("form-section-{}", placed.section.title);
                found.push(Change {
                    section: desk.words.t(&section).into_owned(),
                    label: label_of(desk, placed.section, field),
                    before,
                    after,
                });
            }
        }
    }
    found
}

/// What stands in a field, in words.
fn told(desk: &Desk, kind: Kind, pointer: &str, typed: &Typed) -> String {
    let text = typed.one(pointer);
    let each = |name: &dyn Fn(&str) -> String| {
        let names: Vec<String> = typed.all(pointer).iter().map(|text| name(text)).collect();
        names.join(", ")
    };
    match kind {
        Kind::Code(list) if !text.is_empty() => desk.words.code(list.name, text).into_owned(),
        Kind::Codes(list) => each(&|code| desk.words.code(list.name, code).into_owned()),
        Kind::Unit if !text.is_empty() => desk.unit_name(text),
        Kind::Units => each(&|unit| desk.unit_name(unit)),
        Kind::Zones => each(&|zone| desk.zone_name(zone)),
        Kind::Tick if !text.is_empty() => desk.words.t("form-yes").into_owned(),
        Kind::Article => article(desk, text),
        Kind::Papers => papers(desk, pointer, typed),
        _ => text.to_owned(),
    }
}

fn article(desk: &Desk, text: &str) -> String {
    let number = text.parse().ok().filter(|number| Offences::standard().find(*number).is_some());
    let named = number
        .and_then(|number: u32| articles(desk).into_iter().find(|(article, _)| *article == number));
    named.map_or_else(|| text.to_owned(), |(article, name)| format!("{article} – {name}"))
}

fn papers(desk: &Desk, pointer: &str, typed: &Typed) -> String {
    let paper = |index| {
        let kind = desk.words.code(IDENTITY.name, typed.paper(pointer, index, "kind"));
        let number = typed.paper(pointer, index, "number");
        match typed.paper(pointer, index, "as_documented") {
            "" => format!("{kind} {number}"),
            _ => format!("{kind} {number} ({})", desk.words.t("form-as-documented")),
        }
    };
    (0..typed.papers_typed(pointer)).map(paper).collect::<Vec<_>>().join("\n")
}
