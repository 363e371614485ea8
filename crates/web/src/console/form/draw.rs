//! A form as a template draws it: words in the officer's language, what was typed, what is at fault.

use giapranh_domain::directory::Unit;
use giapranh_domain::offences::Offences;
use giapranh_domain::{Level, ZoneId};

use super::lists::{IDENTITY, List};
use super::{Field, Form, Kind, Section, Typed, id_of};
use crate::console::Desk;

/// Rows of papers that are empty, below those that are not.
const SPARE: usize = 2;

/// A section with its heading.
pub struct Drawn {
    /// In the officer's language.
    pub title: String,
    /// In order.
    pub inputs: Vec<Input>,
}

/// One field as it is drawn.
pub struct Input {
    /// The name under which it is sent.
    pub name: String,
    /// Of its element; hint and fault hang on it.
    pub id: String,
    /// What it asks for.
    pub label: String,
    /// Empty: none.
    pub hint: String,
    /// Whether it says that it is required.
    pub is_required: bool,
    /// What stands in it, and how.
    pub shape: Shape,
    /// What is wrong with it; empty: nothing is known to be.
    pub fault: String,
}

/// How a field looks.
pub enum Shape {
    /// One line; `list`: the id of a list of proposals.
    Line { value: String, list: &'static str, is_number: bool },
    /// Several lines.
    Text { value: String },
    /// One of these.
    Select { choices: Vec<Choice> },
    /// Any of these.
    Boxes { choices: Vec<Choice>, is_long: bool },
    /// Yes or nothing.
    Tick { is_set: bool },
    /// Kind, number, and whether the paper has it so.
    Papers { rows: Vec<Paper> },
}

/// One of several.
pub struct Choice {
    /// As it is sent.
    pub value: String,
    /// In the officer's language.
    pub label: String,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

/// A row of identity papers.
pub struct Paper {
    /// Its place, from 0.
    pub index: usize,
    /// Kinds to choose from.
    pub kinds: Vec<Choice>,
    /// As typed.
    pub number: String,
    /// Whether the paper has it so.
    pub as_documented: bool,
}

/// A fault in the summary on top.
pub struct Listed {
    /// Where its field is; empty: it is about none.
    pub id: String,
    /// What the field is called; empty: it is about none.
    pub label: String,
    /// What to do.
    pub sentence: String,
}

impl Input {
    /// Whether it takes the whole width.
    pub fn is_wide(&self) -> bool {
        matches!(
            self.shape,
            Shape::Text { .. } | Shape::Boxes { .. } | Shape::Papers { .. } | Shape::Tick { .. }
        )
    }

    /// Whether it is a group of fields with a legend of its own.
    pub fn is_group(&self) -> bool {
        matches!(self.shape, Shape::Boxes { .. } | Shape::Papers { .. })
    }

    /// What describes it, for `aria-describedby`; empty: nothing.
    pub fn described(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.id));
        let fault = (!self.fault.is_empty()).then(|| format!("{}-fault", self.id));
        hint.into_iter().chain(fault).collect::<Vec<_>>().join(" ")
    }
}

impl<For> Form<For> {
    /// The sections with what was typed. `faults`: sentences by the pointer of what they are about.
    pub fn draw(&self, desk: &Desk, typed: &Typed, faults: &[(String, String)]) -> Vec<Drawn> {
        let landed: Vec<(Option<String>, &str)> = faults
            .iter()
            .map(|(pointer, sentence)| (self.field_of(pointer), sentence.as_str()))
            .collect();
        let section = |placed: &super::Placed| {
            let input = |(pointer, field): (String, &Field)| {
                let own = landed.iter().filter(|(at, _)| at.as_deref() == Some(&pointer));
                let fault = own.map(|(_, sentence)| *sentence).collect::<Vec<_>>().join(" ");
                draw_field(desk, placed.section, field, pointer, typed, fault)
            };
            Drawn {
                title: desk.words.t(&format!("form-section-{}", placed.section.title)).into_owned(),
                inputs: placed.fields().map(input).collect(),
            }
        };
        self.sections.iter().map(section).collect()
    }

    /// The faults as a list with the way to their fields.
    pub fn list_faults(&self, desk: &Desk, faults: &[(String, String)]) -> Vec<Listed> {
        let labelled = |pointer: &str| {
            let (_, section, field) = self.fields().find(|(at, ..)| at == pointer)?;
            Some(label_of(desk, section, field))
        };
        let listed = |(pointer, sentence): &(String, String)| {
            let field = self.field_of(pointer);
            Listed {
                id: field.as_deref().map(id_of).unwrap_or_default(),
                label: field.as_deref().and_then(labelled).unwrap_or_default(),
                sentence: sentence.clone(),
            }
        };
        faults.iter().map(listed).collect()
    }
}

/// What a field is called.
pub fn label_of(desk: &Desk, section: &Section, field: &Field) -> String {
    desk.words.t(&key_of(section, field)).into_owned()
}

/// The key of a field's label.
pub fn key_of(section: &Section, field: &Field) -> String {
    format!("form-{}-{}", section.of, field.name.replace('_', "-"))
}

fn draw_field(
    desk: &Desk,
    section: &Section,
    field: &Field,
    pointer: String,
    typed: &Typed,
    fault: String,
) -> Input {
    let shape = shape_of(desk, field.kind, &pointer, typed);
    Input {
        id: id_of(&pointer),
        label: label_of(desk, section, field),
        hint: hint_of(desk, section, field),
        is_required: field.is_required,
        shape,
        fault,
        name: pointer,
    }
}

/// Its own hint, or else how its kind is written.
fn hint_of(desk: &Desk, section: &Section, field: &Field) -> String {
    let own = desk.words.hint(&format!("{}-hint", key_of(section, field)));
    let by_kind = match field.kind {
        Kind::Lines => "form-kind-lines",
        Kind::Day => "form-kind-day",
        Kind::Partial => "form-kind-partial",
        Kind::Moment => "form-kind-moment",
        Kind::Article => "form-kind-article",
        Kind::Papers => "form-kind-papers",
        _ => return own,
    };
    let how = desk.words.t(by_kind);
    if own.is_empty() { how.into_owned() } else { format!("{own} {how}") }
}

fn shape_of(desk: &Desk, kind: Kind, pointer: &str, typed: &Typed) -> Shape {
    let value = || typed.one(pointer).to_owned();
    let line = |list, is_number| Shape::Line { value: value(), list, is_number };
    match kind {
        Kind::Line | Kind::Day | Kind::Partial | Kind::Moment => line("", false),
        Kind::Number | Kind::Money => line("", true),
        Kind::Article => line("articles", true),
        Kind::Text | Kind::Lines => Shape::Text { value: value() },
        Kind::Code(list) => Shape::Select { choices: select(desk, list, typed.one(pointer)) },
        Kind::Codes(list) => {
            let known = (list.codes)()
                .into_iter()
                .map(|code| (code.to_owned(), desk.words.code(list.name, code).into_owned()));
            Shape::Boxes {
                choices: boxes(known.collect(), typed.all(pointer), str::to_owned),
                is_long: false,
            }
        }
        Kind::Unit => Shape::Select { choices: one_unit(desk, typed.one(pointer)) },
        Kind::Units => {
            let choices = boxes(units(desk), typed.all(pointer), |unit| desk.unit_name(unit));
            Shape::Boxes { choices, is_long: true }
        }
        Kind::Zones => {
            let choices = boxes(zones(desk), typed.all(pointer), |zone| desk.zone_name(zone));
            Shape::Boxes { choices, is_long: false }
        }
        Kind::Tick => Shape::Tick { is_set: !typed.one(pointer).is_empty() },
        Kind::Papers => Shape::Papers { rows: papers(desk, pointer, typed) },
    }
}

/// The codes of a list, with nothing chosen first. One that is newer than this program stays chosen.
fn select(desk: &Desk, list: List, chosen: &str) -> Vec<Choice> {
    let mut codes = vec![""];
    codes.extend((list.codes)());
    if !codes.contains(&chosen) {
        codes.push(chosen);
    }
    let choice = |code: &str| Choice {
        value: code.to_owned(),
        label: match code {
            "" => desk.words.t("form-not-chosen").into_owned(),
            code => desk.words.code(list.name, code).into_owned(),
        },
        is_chosen: code == chosen,
    };
    codes.into_iter().map(choice).collect()
}

/// What is known to choose from, and what is chosen and not among it.
fn boxes(
    mut known: Vec<(String, String)>,
    chosen: &[String],
    name: impl Fn(&str) -> String,
) -> Vec<Choice> {
    for value in chosen.iter().filter(|value| !value.is_empty()) {
        if !known.iter().any(|(known, _)| known == value) {
            known.push((value.clone(), name(value)));
        }
    }
    let choice = |(value, label): (String, String)| Choice {
        is_chosen: chosen.contains(&value),
        value,
        label,
    };
    known.into_iter().map(choice).collect()
}

/// The units that are offered, with none chosen first.
fn one_unit(desk: &Desk, chosen: &str) -> Vec<Choice> {
    let mut known = vec![(String::new(), desk.words.t("form-not-chosen").into_owned())];
    known.extend(units(desk));
    boxes(known, &[chosen.to_owned()], |unit| desk.unit_name(unit))
}

/// Provinces and districts: who is meant above all is one of these, and a thousand communes would be
/// more page than a bad line carries. A commune that an alert names already stays.
fn units(desk: &Desk) -> Vec<(String, String)> {
    let directory = desk.directory();
    let offered = directory.units().filter(|unit| unit.level != Level::Commune);
    let named = |unit: &Unit| (unit.id.to_string(), unit.name_at(directory.head()).to_owned());
    offered.map(named).collect()
}

/// The zones in which the officer's unit may say something, the whole cluster last.
fn zones(desk: &Desk) -> Vec<(String, String)> {
    let (directory, unit) = (desk.directory(), desk.unit());
    let own = directory.zones().filter(|zone| zone.members.contains(&unit));
    let mut named: Vec<(String, String)> =
        own.map(|zone| (zone.id.to_string(), zone.name.clone())).collect();
    let cluster = ZoneId::cluster();
    named.push((cluster.to_string(), desk.zone_name(cluster.as_str())));
    named
}

fn papers(desk: &Desk, pointer: &str, typed: &Typed) -> Vec<Paper> {
    let row = |index| Paper {
        index,
        kinds: select(desk, IDENTITY, typed.paper(pointer, index, "kind")),
        number: typed.paper(pointer, index, "number").to_owned(),
        as_documented: !typed.paper(pointer, index, "as_documented").is_empty(),
    };
    (0..typed.papers_typed(pointer) + SPARE).map(row).collect()
}

/// The reference table of offences, as proposals: article and name.
pub fn articles(desk: &Desk) -> Vec<(u32, &'static str)> {
    let name = |offence: &'static giapranh_domain::offences::Offence| match desk.words.tag() {
        "vi" => offence.name_vi.as_str(),
        _ => offence.name_en.as_str(),
    };
    Offences::standard().all().map(|offence| (offence.article, name(offence))).collect()
}
