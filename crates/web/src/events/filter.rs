//! Which part of the feed a stream brings.
//!
//! It is chosen from what the officer sees anyway, entry by entry, so a filter shows nothing that would
//! not be there without it.

use giapranh_domain::codes::{Category, Severity};
use giapranh_domain::event::Kind;
use giapranh_domain::{AlertId, ZoneId};
use giapranh_views::Entry;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::parsed;
use crate::problem::Problem;

/// Where a stream starts, and what it brings.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Start {
    /// The position after which it starts; the header Last-Event-ID counts before it.
    pub after: Option<u64>,
    /// Only what was said to that zone.
    zone: Option<String>,
    /// Only what is about alerts of that category.
    category: Option<Category>,
    /// Only these kinds of events, with commas between them.
    kind: Option<String>,
    /// Only what is about alerts that have that severity now.
    severity: Option<Severity>,
    /// Only what is about that alert.
    alert: Option<String>,
}

impl Start {
    /// What is asked for, or what of it can't be.
    pub fn filter(&self) -> Result<Filter, Problem> {
        let alert: Option<AlertId> = parsed("alert", self.alert.as_deref())?;
        Ok(Filter {
            zone: parsed("zone", self.zone.as_deref())?,
            alert: alert.map(|alert| alert.to_string()),
            category: self.category,
            severity: self.severity,
            kinds: self.kind.as_deref().map(kinds).transpose()?,
        })
    }
}

fn kinds(text: &str) -> Result<Vec<Kind>, Problem> {
    text.split(',').map(|code| Kind::parse(code.trim()).ok_or_else(no_kind)).collect()
}

fn no_kind() -> Problem {
    Problem::parameter("kind", "kind names kinds of events, as alert.issued,hit.reported.")
}

/// What a stream brings; what is `None` does not matter.
#[derive(Debug, Default)]
pub struct Filter {
    zone: Option<ZoneId>,
    alert: Option<String>,
    category: Option<Category>,
    severity: Option<Severity>,
    kinds: Option<Vec<Kind>>,
}

impl Filter {
    /// Whether an entry is asked for.
    pub fn takes(&self, entry: &Entry) -> bool {
        let said_to = |zone: &ZoneId| entry.zones.iter().any(|name| name == zone.as_str());
        let is_one_of = |kinds: &Vec<Kind>| kinds.iter().any(|kind| kind.code() == entry.kind);
        let severity = entry.severity.as_deref();
        (self.alert.is_none() || self.alert == entry.alert)
            && self.category.is_none_or(|category| category.code() == entry.category)
            && self.severity.is_none_or(|asked| Some(asked.code()) == severity)
            && self.zone.as_ref().is_none_or(said_to)
            && self.kinds.as_ref().is_none_or(is_one_of)
    }
}
