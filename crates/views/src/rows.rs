//! What views show: the rows as they are, and as JSON. Times stand twice, as people write them and
//! in milliseconds since 1970.

use std::collections::BTreeMap;

use giapranh_domain::{AlertId, Level, UnitId, ZoneId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Viewer;

/// Where an alert stands at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Facts about it are here; the alert itself is not, or has no effect.
    Awaited,
    /// In force, and shown to everybody.
    Active,
    /// In force, and shown to fewer units for a time. Who is none of them does not find it at all.
    Hidden,
    /// Its time has passed.
    Expired,
    /// Ended by its issuer.
    Withdrawn,
}

impl Standing {
    /// As it is written.
    pub fn code(self) -> &'static str {
        match self {
            Self::Awaited => "awaited",
            Self::Active => "active",
            Self::Hidden => "hidden",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        [Self::Awaited, Self::Active, Self::Hidden, Self::Expired, Self::Withdrawn]
            .into_iter()
            .find(|standing| standing.code() == text)
    }
}

/// Which alerts a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum StatusFilter {
    Awaited,
    Active,
    Hidden,
    Expired,
    Withdrawn,
    /// Every one, as without a filter.
    All,
}

impl StatusFilter {
    pub(crate) fn standing(self) -> Option<Standing> {
        match self {
            Self::Awaited => Some(Standing::Awaited),
            Self::Active => Some(Standing::Active),
            Self::Hidden => Some(Standing::Hidden),
            Self::Expired => Some(Standing::Expired),
            Self::Withdrawn => Some(Standing::Withdrawn),
            Self::All => None,
        }
    }
}

/// A question for alerts; what is `None` does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AlertQuery {
    /// In force, or last in force, in that zone.
    pub zone: Option<ZoneId>,
    /// Where it stands.
    pub status: Option<StatusFilter>,
    /// Issued by that unit.
    pub unit: Option<UnitId>,
    /// Of that category.
    pub category: Option<String>,
    /// With all of these words, marks or not; the last may be a beginning. Of words that are none
    /// nothing is found.
    pub words: Option<String>,
    /// Who looks; `None` sees everything.
    pub viewer: Option<Viewer>,
    /// The page after the one that gave this cursor.
    pub after: Option<String>,
    /// How many; 1 to [`crate::PAGE`], else the nearest of these.
    pub limit: usize,
}

/// A question for units; what is `None` does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct UnitQuery {
    pub level: Option<Level>,
    /// Directly under that unit.
    pub parent: Option<UnitId>,
    /// Members of that zone.
    pub zone: Option<ZoneId>,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// What to give as `after` for the next page; `None` on the last.
    pub next: Option<String>,
}

/// An alert in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct AlertRow {
    pub id: AlertId,
    pub issuer: UnitId,
    /// Empty while awaited.
    pub category: String,
    pub status: Standing,
    /// 0 while awaited.
    pub version: u32,
    pub severity: String,
    pub headline: String,
    pub zones: Vec<ZoneId>,
    /// `None`, and 0 in milliseconds, while awaited; so with the two below.
    pub issued: Option<String>,
    pub issued_ms: u64,
    pub changed: Option<String>,
    pub changed_ms: u64,
    pub expires: Option<String>,
    pub expires_ms: u64,
    pub hits: u64,
    /// Hits whose counting answer is missing, or asks for time.
    pub hits_unanswered: u64,
    /// Until when it is hidden, while it is.
    pub hidden_until: Option<String>,
    /// 0 while it is not.
    pub hidden_until_ms: u64,
    /// How many units its newest version asks to acknowledge it.
    pub asked: u64,
    /// How many of these have.
    pub acknowledged: u64,
    /// How many units said that they can't carry out the action.
    pub flags: u64,
    /// Why nobody here can read what it says: "waiting" for its key, "altered" or "erased".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<String>,
}

/// One event in the feed, in the order of this node's log. Ids are text: an unreadable event may
/// name what is no id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Entry {
    pub position: u64,
    pub event_id: Uuid,
    pub kind: String,
    pub alert: Option<String>,
    pub origin: String,
    /// The unit that acted.
    pub unit: String,
    pub recorded: String,
    pub recorded_ms: u64,
    pub arrived_ms: u64,
    pub category: String,
    pub zones: Vec<String>,
    /// `valid`, `late`, `disowned`, `waiting` or `unreadable`.
    pub verdict: String,
    /// Why it is disowned.
    pub why: Option<String>,
    /// The alert's headline as it is now, if it is here.
    pub headline: Option<String>,
    /// The alert's severity as it is now, if it is here.
    pub severity: Option<String>,
    /// Why nobody here can read what the alert says: "waiting" for its key, "altered" or "erased".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<String>,
}

/// A question for the newest entries; what is `None` or empty does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedQuery {
    /// Said to that zone.
    pub zone: Option<ZoneId>,
    /// About an alert of that category.
    pub category: Option<String>,
    /// About an alert that has that severity now.
    pub severity: Option<String>,
    /// Of one of these kinds.
    pub kinds: Vec<String>,
    /// Who looks; `None` sees everything.
    pub viewer: Option<Viewer>,
    /// Only what stands before that position.
    pub before: Option<u64>,
    /// Only what stands after that position.
    pub after: u64,
    /// How many; 1 to [`crate::PAGE`], else the nearest of these.
    pub limit: usize,
}

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct UnitRow {
    pub id: UnitId,
    pub parent: Option<UnitId>,
    pub level: Level,
    pub name: String,
    pub official_code: String,
    /// Whether it has a node of its own.
    pub has_node: bool,
}

/// A border zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct ZoneRow {
    pub id: ZoneId,
    pub name: String,
    pub members: Vec<UnitId>,
}

/// How much there is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Counters {
    pub alerts: u64,
    pub active: u64,
    pub hidden: u64,
    pub withdrawn: u64,
    pub expired: u64,
    pub awaited: u64,
    /// Alerts that nobody here can read because their key has not come.
    #[serde(default)]
    pub sealed: u64,
    pub hits: u64,
    pub hits_unanswered: u64,
    pub drafts_waiting: u64,
    /// What is to be done, by anybody; and how much of it its time has passed for.
    pub due: u64,
    pub overdue: u64,
    pub events: u64,
    pub by_kind: BTreeMap<String, u64>,
    pub by_verdict: BTreeMap<String, u64>,
}
