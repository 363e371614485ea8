//! Forms as data: which fields an officer fills in for what, and how each is written.
//!
//! A field is named by the JSON pointer that a refusal of it carries (`/content/ground/date`), so what
//! `decide` finds at fault lands at its field without a second table. What is typed becomes a value by
//! these pointers, and a value becomes what stands in the fields: the one is the reverse of the other.
//! A test holds that every field that an officer writes has a place here, and that nothing else has.
//!
//! Absent here: rules. A form may be incomplete; the domain says so when it is submitted.

mod draw;
pub mod lists;
mod sections;
mod spell;
mod tell;
#[cfg(test)]
mod tests;
mod typed;

pub use draw::{Drawn, Listed, Shape, articles, label_of};
pub use spell::from_iso;
pub use tell::{Change, changes};
pub use typed::Typed;

use giapranh_domain::Category;
use lists::List;

/// What a draft proposes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proposes {
    /// A new alert.
    Issue,
    /// The whole alert again, with what has changed.
    Amend,
    /// It ends.
    Withdraw,
    /// For a time fewer see it.
    Hide,
    /// Everybody sees it again.
    Reveal,
    /// What it says is gone, for good.
    Erase,
}

impl Proposes {
    /// Every one, in the order of an alert's life.
    pub const ALL: [Self; 6] =
        [Self::Issue, Self::Amend, Self::Withdraw, Self::Hide, Self::Reveal, Self::Erase];

    /// As it is written in addresses and forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Issue => "issue",
            Self::Amend => "amend",
            Self::Withdraw => "withdraw",
            Self::Hide => "hide",
            Self::Reveal => "reveal",
            Self::Erase => "erase",
        }
    }

    /// What a code means.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.code() == code)
    }
}

/// What one officer adds to an alert alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adds {
    /// It was found.
    Hit,
    /// Whether a hit is the one.
    Answer,
    /// How a hit ended.
    Conclusion,
    /// The unit can't do what it asks for.
    Flag,
    /// The unit can again.
    Lifting,
    /// It belongs together with another one.
    Link,
    /// Whether it does.
    Decision,
}

impl Adds {
    /// Every one.
    pub const ALL: [Self; 7] = [
        Self::Hit,
        Self::Answer,
        Self::Conclusion,
        Self::Flag,
        Self::Lifting,
        Self::Link,
        Self::Decision,
    ];

    /// As it is written in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::Answer => "answer",
            Self::Conclusion => "conclusion",
            Self::Flag => "flag",
            Self::Lifting => "lifting",
            Self::Link => "link",
            Self::Decision => "decision",
        }
    }

    /// What a code means.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.code() == code)
    }
}

/// How a field is filled in.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// One line.
    Line,
    /// A paragraph.
    Text,
    /// A list, one entry a line.
    Lines,
    /// One of a list, or nothing yet.
    Code(List),
    /// Any of a list.
    Codes(List),
    /// `31/05/2024`.
    Day,
    /// `1990`, `05/1990` or `12/05/1990`.
    Partial,
    /// `31/05/2024` or `31/05/2024 14:00`.
    Moment,
    /// A whole number.
    Number,
    /// Đồng; dots between the digits don't matter.
    Money,
    /// An article of the penal code, chosen from the reference table or typed.
    Article,
    /// Yes, or nothing.
    Tick,
    /// A unit by id, or nothing yet.
    Unit,
    /// Units by id.
    Units,
    /// Zones by id.
    Zones,
    /// Kind and number of identity papers.
    Papers,
}

/// One field.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Below its section's place.
    pub name: &'static str,
    /// How it is filled in.
    pub kind: Kind,
    /// Whether it is marked as required; the domain decides.
    pub is_required: bool,
}

/// Fields that stand together.
#[derive(Debug)]
pub struct Section {
    /// Of its heading.
    pub title: &'static str,
    /// Before the names of its labels: two messages may name a field alike.
    pub of: &'static str,
    /// Its fields, in order.
    pub fields: &'static [Field],
}

/// A section where it belongs in the value.
#[derive(Debug, Clone, Copy)]
pub struct Placed {
    /// `/content/wanted_person/person`.
    pub at: &'static str,
    /// What is filled in there.
    pub section: &'static Section,
}

impl Placed {
    /// Its fields with their pointers.
    pub fn fields(self) -> impl Iterator<Item = (String, &'static Field)> {
        self.section.fields.iter().map(move |field| (format!("{}/{}", self.at, field.name), field))
    }
}

/// The form for one proposal, or for one addition.
#[derive(Debug, Clone)]
pub struct Form<For = Proposes> {
    /// What it is for.
    pub what: For,
    /// Of an alert's content, its category.
    pub category: Option<Category>,
    /// From top to bottom.
    pub sections: Vec<Placed>,
}

impl Form {
    /// The form; `None` where the content is of a category that this program does not know.
    pub fn of(proposes: Proposes, category: Option<Category>) -> Option<Self> {
        let sections = sections::of(proposes, category)?;
        let category = category.filter(|_| proposes.has_content());
        Some(Self { what: proposes, category, sections })
    }
}

impl Form<Adds> {
    /// The form.
    pub fn adding(what: Adds) -> Self {
        Self { what, category: None, sections: sections::adding(what) }
    }
}

impl<For> Form<For> {
    /// Every field with its pointer.
    pub fn fields(&self) -> impl Iterator<Item = (String, &'static Section, &'static Field)> {
        self.sections.iter().flat_map(|placed| {
            placed.fields().map(|(pointer, field)| (pointer, placed.section, field))
        })
    }

    /// The field that a fault is about: itself, or the one that it lies in, or else the first of what
    /// is missing altogether.
    pub fn field_of(&self, fault: &str) -> Option<String> {
        let lies_in = |outer: &str, inner: &str| {
            inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let fields: Vec<String> = self.fields().map(|(pointer, ..)| pointer).collect();
        let found = fields.iter().find(|pointer| lies_in(pointer, fault));
        found.or_else(|| fields.iter().find(|pointer| lies_in(fault, pointer))).cloned()
    }
}

impl Proposes {
    /// Whether the alert's content is proposed anew.
    pub fn has_content(self) -> bool {
        matches!(self, Self::Issue | Self::Amend)
    }
}

/// The id of a field's element.
pub fn id_of(pointer: &str) -> String {
    format!("f{}", pointer.replace(['/', '_'], "-"))
}
