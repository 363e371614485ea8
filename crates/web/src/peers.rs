//! What a node knows of its peers, as the API shows it. The node fills it; nothing in it is personal.

use std::collections::BTreeMap;

use giapranh_domain::{UnitId, ZoneId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `GET /api/v1/peers`: who was heard, what is missing here, and whether this node may sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Peers {
    /// This node.
    pub unit: UnitId,
    /// Every node that the directory entitles to a zone of this one, by unit.
    pub peers: Vec<Peer>,
    /// This node's own tail: whether all that it ever signed is here.
    pub tail: OwnTail,
    /// How far the clocks of the others are from this one's at the median, in milliseconds; positive
    /// when they are ahead. `None` while too few were heard.
    pub skew_ms: Option<i64>,
    /// What healing has done since the start: a code and how often or how many bytes.
    pub counters: BTreeMap<String, u64>,
}

/// One peer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Peer {
    /// Its unit.
    pub unit: UnitId,
    /// When its newest beacon came; milliseconds since 1970. `None`: never since the start.
    pub heard_ms: Option<u64>,
    /// How long ago that is, in milliseconds.
    pub silent_ms: Option<u64>,
    /// What its newest beacon of each zone said, by zone.
    pub zones: Vec<PeerZone>,
    /// How far its clock is from this one's, in milliseconds; positive when it is ahead.
    pub skew_ms: Option<i64>,
    /// The directory head that it has.
    pub directory_head: Option<u64>,
    /// What a person should look at.
    pub findings: Vec<Finding>,
}

/// What a peer said of one zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PeerZone {
    /// The zone.
    pub zone: ZoneId,
    /// Events that it holds and that are not here yet.
    pub lacks_here: u64,
    /// Events of this node's own that it does not hold yet.
    pub lacks_there: u64,
}

/// What is wrong with a peer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// Nothing was heard for three intervals, or ever.
    Silent,
    /// Its clock is more than two minutes from this one's.
    Skew,
    /// It holds another event than this node under the same number.
    Fork,
    /// Its own notes are fewer than before: it was put back to an older state.
    WentBack,
    /// Somebody else speaks under this node's own name.
    Clone,
    /// What it sent lately was refused.
    Refused,
}

impl Finding {
    /// Every finding.
    pub const ALL: [Self; 6] =
        [Self::Silent, Self::Skew, Self::Fork, Self::WentBack, Self::Clone, Self::Refused];

    /// As it stands in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Skew => "skew",
            Self::Fork => "fork",
            Self::WentBack => "went-back",
            Self::Clone => "clone",
            Self::Refused => "refused",
        }
    }
}

/// Whether all that the node ever signed is in its log: only then does it sign anything more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OwnTail {
    /// How it stands.
    pub state: TailState,
    /// Why; empty while whole.
    pub reason: String,
    /// How many of its own events are known to be missing.
    pub lacks: u64,
}

/// How the own tail stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TailState {
    /// All is here.
    Whole,
    /// Some of it is known to be elsewhere.
    Behind,
    /// Nobody has said yet.
    Unknown,
    /// Somebody else signed under this node's numbers.
    Forked,
}

impl TailState {
    /// As it stands in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Behind => "behind",
            Self::Unknown => "unknown",
            Self::Forked => "forked",
        }
    }
}

impl Peers {
    /// What is known before anybody was heard.
    pub fn none(unit: UnitId) -> Self {
        let tail = OwnTail { state: TailState::Whole, reason: String::new(), lacks: 0 };
        Self { unit, peers: Vec::new(), tail, skew_ms: None, counters: BTreeMap::new() }
    }
}
