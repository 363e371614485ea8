//! What is lacking, what is asked for, and what may come of it.

use giapranh_record::page::RangeRequest;

use super::Feed;

/// Events that others hold and this node does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// Of which feed.
    pub feed: Feed,
    /// The first that is missing.
    pub from_seq: u64,
    /// Who holds them, in the order in which they are asked.
    pub holders: Vec<Holder>,
}

/// Who said that it holds a feed up to a seq.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Holder {
    pub unit: String,
    pub seq: u64,
}

/// An event in the log whose signature is bad, while the chain says that the event is right.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub struct Doubt {
    pub feed: Feed,
    pub seq: u64,
    /// Who holds it, in the order in which they are asked.
    pub holders: Vec<String>,
}

/// Why something is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It is missing.
    Lack,
    /// The other event of a fork.
    Evidence,
    /// Another copy, with a good signature.
    Copy,
}

/// A question to a peer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Ask {
    pub to: String,
    pub request: RangeRequest,
    pub why: Why,
}

impl Ask {
    /// Of which feed.
    pub(super) fn feed(&self) -> Feed {
        let RangeRequest { zone, origin, epoch, .. } = self.request.clone();
        Feed { origin, epoch, zone }
    }
}

/// What became of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A page came, and the gate took it in (or had it) up to this seq.
    Taken {
        /// Of the feed's events the newest that came.
        through_seq: u64,
    },
    /// It does not have what it said it has.
    NotHere,
    /// No page, not the page that was asked for, or one whose events the gate refused.
    Nonsense,
    /// The events are good, and the gate does not take them now: they wait for the directory, or
    /// for a decision.
    Barred,
    /// The events are good and count for nothing: they lie beyond a cut. Whoever had them before it
    /// was made holds them for ever, and says so in every beacon.
    BeyondCut,
    /// It says that we are not in the zone.
    NotEntitled,
    /// It has no time for us for so long.
    Busy {
        /// Milliseconds.
        retry_after_ms: u64,
    },
    /// Nothing came.
    Unanswered,
}
