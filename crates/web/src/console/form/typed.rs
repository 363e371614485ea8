//! What stands in the fields, and the value that it is.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::spell::{from_iso, to_iso};
use super::{Form, Kind};

/// Texts by the pointer of their field, as a browser sends them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typed(BTreeMap<String, Vec<String>>);

/// A field whose text the alert can't hold: it is not lost, and not saved either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Its pointer.
    pub pointer: String,
}

/// Most papers that are read from one form: the domain allows fewer.
const PAPERS: usize = 64;

impl Typed {
    /// What a browser sent.
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        let mut typed = Self::default();
        for (name, value) in pairs {
            // Browsers end lines with CR LF.
            typed.0.entry(name).or_default().push(value.replace("\r\n", "\n"));
        }
        typed
    }

    /// The one text of a field; empty where there is none.
    pub fn one(&self, pointer: &str) -> &str {
        self.all(pointer).first().map_or("", String::as_str)
    }

    /// Every text of a field.
    pub fn all(&self, pointer: &str) -> &[String] {
        self.0.get(pointer).map_or(&[], Vec::as_slice)
    }

    /// Every text of a field, under its pointer: what a form carries beside has no such name.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        let named = self.0.iter().filter(|(name, _)| name.starts_with('/'));
        named.flat_map(|(name, texts)| texts.iter().map(|text| (name.as_str(), text.as_str())))
    }

    /// Puts a text in.
    pub fn put(&mut self, pointer: &str, text: impl Into<String>) {
        self.0.insert(pointer.to_owned(), vec![text.into()]);
    }

    /// What a value says, as it stands in the fields of a form.
    pub fn spell<For>(form: &Form<For>, value: &Value) -> Self {
        let mut typed = Self::default();
        for (pointer, _, field) in form.fields() {
            if let Some(value) = value.pointer(&pointer) {
                typed.spell_field(&pointer, field.kind, value);
            }
        }
        typed
    }

    fn spell_field(&mut self, pointer: &str, kind: Kind, value: &Value) {
        let text = |value: &Value| match value {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        let texts = |value: &Value| -> Vec<String> {
            value.as_array().into_iter().flatten().map(text).collect()
        };
        match kind {
            Kind::Lines => self.put(pointer, texts(value).join("\n")),
            Kind::Codes(_) | Kind::Units | Kind::Zones => {
                self.0.insert(pointer.to_owned(), texts(value));
            }
            Kind::Day | Kind::Partial | Kind::Moment => self.put(pointer, from_iso(&text(value))),
            Kind::Tick if *value == Value::Bool(true) => self.put(pointer, "yes"),
            Kind::Tick => {}
            Kind::Papers => {
                for (index, paper) in value.as_array().into_iter().flatten().enumerate() {
                    let at = |name: &str| format!("{pointer}/{index}/{name}");
                    self.put(&at("kind"), text(&paper["kind"]));
                    self.put(&at("number"), text(&paper["number"]));
                    if paper["as_documented"] == Value::Bool(true) {
                        self.put(&at("as_documented"), "yes");
                    }
                }
            }
            _ => self.put(pointer, text(value)),
        }
    }

    /// The value of a form, and what it can't hold.
    pub fn read<For>(&self, form: &Form<For>) -> (Value, Vec<Unread>) {
        let (mut value, mut unread) = (json!({}), Vec::new());
        for (pointer, _, field) in form.fields() {
            match self.read_field(&pointer, field.kind) {
                Ok(Some(found)) => insert(&mut value, &pointer, found),
                Ok(None) => {}
                Err(()) => unread.push(Unread { pointer }),
            }
        }
        if let Some(category) = form.category {
            insert(&mut value, "/content/category", json!(category.code()));
        }
        (value, unread)
    }

    /// `None`: nothing is said.
    fn read_field(&self, pointer: &str, kind: Kind) -> Result<Option<Value>, ()> {
        let text = self.one(pointer);
        Ok(match kind {
            Kind::Lines => {
                let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
                some_of(&lines.collect::<Vec<_>>())
            }
            Kind::Codes(_) | Kind::Units | Kind::Zones => {
                let texts = self.all(pointer).iter().map(|text| text.trim());
                some_of(&texts.filter(|text| !text.is_empty()).collect::<Vec<_>>())
            }
            Kind::Tick => (!text.is_empty()).then_some(Value::Bool(true)),
            Kind::Papers => self.papers(pointer),
            _ if text.trim().is_empty() => None,
            Kind::Day | Kind::Partial | Kind::Moment => Some(json!(to_iso(text))),
            Kind::Number | Kind::Article => {
                Some(json!(text.trim().parse::<u32>().map_err(drop)?)).filter(|n| *n != json!(0))
            }
            Kind::Money => {
                let digits: String = text.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
                Some(json!(digits.parse::<u64>().map_err(drop)?)).filter(|n| *n != json!(0))
            }
            Kind::Line | Kind::Text | Kind::Code(_) | Kind::Unit => Some(json!(text)),
        })
    }

    /// How many rows of papers are filled in.
    pub fn papers_typed(&self, pointer: &str) -> usize {
        let is_filled = |index: &usize| {
            ["kind", "number"].iter().any(|name| !self.paper(pointer, *index, name).is_empty())
        };
        (0..PAPERS).rev().find(is_filled).map_or(0, |last| last + 1)
    }

    /// What stands in a row of papers.
    pub fn paper(&self, pointer: &str, index: usize, name: &str) -> &str {
        self.one(&format!("{pointer}/{index}/{name}")).trim()
    }

    fn papers(&self, pointer: &str) -> Option<Value> {
        let mut papers = Vec::new();
        for index in 0..self.papers_typed(pointer) {
            let mut paper = Map::new();
            for name in ["kind", "number"] {
                let text = self.paper(pointer, index, name);
                if !text.is_empty() {
                    paper.insert(name.to_owned(), json!(text));
                }
            }
            if !self.paper(pointer, index, "as_documented").is_empty() && !paper.is_empty() {
                paper.insert("as_documented".to_owned(), Value::Bool(true));
            }
            if !paper.is_empty() {
                papers.push(Value::Object(paper));
            }
        }
        (!papers.is_empty()).then_some(Value::Array(papers))
    }
}

fn some_of(texts: &[&str]) -> Option<Value> {
    (!texts.is_empty()).then(|| json!(texts))
}

/// Puts a value where a pointer says, with the objects on the way there.
fn insert(into: &mut Value, pointer: &str, value: Value) {
    let mut place = into;
    for name in pointer.split('/').skip(1) {
        if !place.is_object() {
            *place = json!({});
        }
        place = &mut place[name];
    }
    *place = value;
}
