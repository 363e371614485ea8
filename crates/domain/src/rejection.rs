//! A refusal: what is at fault, field by field.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One field at fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fault {
    /// JSON pointer into the command: `/content/ground/date`.
    pub field: String,
    /// The rule that it breaks: `required`, `too-long`, `unknown-code` …
    pub rule: String,
    /// One sentence that says what to do. Never repeats personal data.
    pub message: String,
    /// What the sentence of another language needs: the largest length, the list of codes. Never
    /// personal data.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, String>,
}

/// What kind of refusal it is: what the caller can do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Ruling {
    /// Correct the fields and send it again.
    Invalid,
    /// It is about something that is not here.
    NotFound,
    /// The unit may not do this.
    Forbidden,
    /// It can't follow on what has happened.
    Conflict,
}

/// A command is refused; nothing was appended. Lists every field at fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[error("refused: {}", self.faults.iter().map(|f| f.message.as_str()).collect::<Vec<_>>().join(" "))]
pub struct Rejection {
    /// The worst ruling of the faults.
    pub ruling: Ruling,
    /// At least one.
    pub faults: Vec<Fault>,
}

impl Rejection {
    /// A refusal for one reason.
    pub fn one(ruling: Ruling, field: &str, rule: &str, message: impl Into<String>) -> Self {
        Self { ruling, faults: vec![Fault::new(field, rule, message)] }
    }
}

impl Fault {
    /// A fault of a field.
    pub fn new(field: &str, rule: &str, message: impl Into<String>) -> Self {
        Self {
            field: field.to_owned(),
            rule: rule.to_owned(),
            message: message.into(),
            params: BTreeMap::new(),
        }
    }

    /// With what the sentence of another language needs.
    #[must_use]
    pub fn with(mut self, name: &str, value: &impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }
}
