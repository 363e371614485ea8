//! What a node keeps beside its log, as people look after it: messages that failed the gate lie in
//! quarantine, those that wait are held. Facts of the header are shown, never the payload.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

/// Where a message lies that is not in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// It failed the gate.
    Quarantine,
    /// It waits for something that is not here yet.
    Held,
}

impl Shelf {
    /// The name in addresses and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quarantine => "quarantine",
            Self::Held => "held",
        }
    }
}

/// Which messages of a shelf are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShelfQuery {
    /// Only those that lie there for this reason.
    pub reason: Option<String>,
    /// Only those with a greater number.
    pub after: u64,
    /// How many at most.
    pub limit: usize,
}

/// Messages of a shelf, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ShelfPage {
    /// The messages.
    pub messages: Vec<Shelved>,
    /// What to give as `after` for the next page.
    pub next: Option<u64>,
    /// How many messages there are by reason, each as often as it came.
    pub by_reason: BTreeMap<String, u64>,
}

/// A message on a shelf.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Shelved {
    /// Its number there, given once and never again.
    pub id: u64,
    /// Why it lies there: a code.
    pub reason: String,
    /// The same for people.
    pub detail: String,
    /// The subject, as received.
    pub subject: String,
    /// How often it came.
    pub times: u64,
    /// When it came first.
    pub first: String,
    /// SHA-256 of the bytes, 64 hexadecimal digits.
    pub sha256: String,
    /// How many bytes it has.
    pub size: u64,
    /// Whether the bytes were dropped to make room.
    pub dropped: bool,
    /// How often it was judged again and stayed.
    pub rejudged: u64,
    /// When it was judged again last.
    pub last_judged: Option<String>,
    /// What it waits for, if it is held.
    pub waits_for: Option<Awaited>,
    /// As much of its header as can be read; not in lists.
    pub header: Option<ShelvedHeader>,
    /// What was decided when it was judged again, if that changed anything; not in lists.
    pub decisions: Vec<ShelfDecision>,
    /// Whether it lies there no more: what is told then is what was decided.
    pub left: bool,
}

/// What a held event waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Awaited {
    /// A key that the directory does not know yet.
    Key {
        /// Its id, 64 hexadecimal digits.
        key_id: String,
    },
    /// A directory that is newer than the one here.
    Directory {
        /// The head under which the event was decided.
        head: u64,
    },
    /// An earlier event: in any of these feeds.
    Before {
        /// The places before it.
        places: Vec<FeedPlace>,
    },
}

/// A place in a feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct FeedPlace {
    pub origin: String,
    pub epoch: u32,
    pub zone: String,
    pub seq: u64,
}

/// What servers see of an event anyway.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct ShelvedHeader {
    pub event_id: String,
    pub kind: String,
    pub origin: String,
    pub acting_unit: String,
    pub epoch: u32,
    pub index: u64,
    pub recorded: String,
    pub directory_seq: u64,
    /// The zones that it goes to, each with its seq.
    pub zones: Vec<FeedPlace>,
    /// The key that is said to have signed it; only when the whole event can be read.
    pub key_id: Option<String>,
}

/// What was decided about a message that was judged again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ShelfDecision {
    /// When.
    pub judged: String,
    /// Why it had lain there.
    pub reason: String,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// `appended`, `duplicate`, `held` or `quarantined`.
    pub outcome: String,
    /// The reason why it is held or quarantined since.
    pub why: Option<String>,
    /// Where it is in the log, if it was appended.
    pub position: Option<u64>,
}

/// Which messages are to be judged again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// One, by its number.
    One(u64),
    /// All that lie there for a reason.
    Reason(String),
    /// All.
    All,
}

/// What became of those that were judged again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Judged {
    /// How many were.
    pub judged: u64,
    /// How many came to what: `appended`, `duplicate`, `held`, `quarantined`, `too-much-held`,
    /// `bytes-dropped`.
    pub outcomes: BTreeMap<String, u64>,
    /// Each of them; of very many only the first.
    pub messages: Vec<JudgedOne>,
}

/// What became of one message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct JudgedOne {
    /// Its number on the shelf.
    pub id: u64,
    /// As in [`Judged::outcomes`].
    pub outcome: String,
    /// The reason why it is held or quarantined.
    pub why: Option<String>,
    /// Where it is in the log, if it was appended.
    pub position: Option<u64>,
}

/// A shelf can't be read, or nothing on it judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShelfError {
    /// Nothing is judged now: why, and what to do. It may be later.
    Unavailable(String),
    /// Something broke; the sentence is for people.
    Failed(String),
}
