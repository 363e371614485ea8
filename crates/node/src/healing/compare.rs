//! One beacon held against what is here.

use giapranh_record::Hash;
use giapranh_record::beacon::{Beacon, FeedHead};
use giapranh_record::chain::Head;

use super::{Feed, HashAt, Heads};

/// That somebody holds, of this node's own feeds, what this node does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Of this node's log.
    pub epoch: u32,
    /// The zone whose feed it is.
    pub zone: String,
    /// The place in it.
    pub seq: u64,
    /// The leaf hash that is said to be there.
    pub hash: Hash,
    /// Who said so.
    pub said_by: String,
}

/// What a beacon shows when it is held against what is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The peer holds more of this node's feed in a zone than was noted. The beacon proves it.
    Delivered {
        /// Who holds it.
        unit: String,
        /// The zone.
        zone: String,
        /// How far, by epoch.
        heads: Vec<(u32, u64)>,
    },
    /// This node's own feed is longer there, or another one.
    OwnElsewhere(Claim),
    /// Another event stands at a seq that is held here: asking the peer for it gives the evidence.
    Fork {
        /// The feed that has two histories.
        feed: Feed,
        /// Where they differ.
        seq: u64,
        /// Who has the other one.
        said_by: String,
    },
    /// Another node speaks for this unit, now.
    Clone {
        /// The counter of its beacon, which is above ours.
        counter: u64,
    },
    /// A peer's chain of what it never publishes is shorter than it was, or another: it was restored,
    /// or something was cut from it.
    LocalWentBack {
        /// Whose it is.
        unit: String,
        /// How long it was.
        was: u64,
        /// How long it is.
        now: u64,
    },
}

/// How a head that a peer says stands to ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// The same event is here, at this place.
    Same,
    /// Another one is.
    Differs,
    /// It lies beyond what is here.
    More,
    /// It lies before, and what is here can't be read.
    Unknown,
}

pub(super) fn relation(feed: &Feed, theirs: Head, heads: &Heads, hash_at: HashAt<'_>) -> Relation {
    let ours = heads.get(feed).copied().unwrap_or(Head::EMPTY);
    let here = match theirs.seq {
        seq if seq > ours.seq => return Relation::More,
        seq if seq == ours.seq => Some(ours.hash),
        seq => hash_at(feed, seq),
    };
    match here {
        Some(hash) if hash == theirs.hash => Relation::Same,
        Some(_) => Relation::Differs,
        None => Relation::Unknown,
    }
}

/// The feed that a head of a beacon is about.
pub(super) fn feed(beacon: &Beacon, head: &FeedHead) -> Feed {
    Feed { origin: head.origin.clone(), epoch: head.epoch, zone: beacon.zone.clone() }
}

/// What it says.
pub(super) fn head(head: &FeedHead) -> Head {
    Head { seq: head.seq, hash: head.hash }
}
