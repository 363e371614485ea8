//! What to publish, and from where on, after the stream was asked what it holds of us. Pure.
//!
//! A stream may have been deleted, rolled back to an older copy, made anew, or filled by nobody yet:
//! the last message on each of our subjects tells all of that apart, and nothing else is believed.

use std::collections::BTreeMap;

use giapranh_log::Claim;
use giapranh_record::Hash;

/// Who says so, when the stream holds what this log does not.
pub const STREAM: &str = "stream";

/// A place in all that this node published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub struct Place {
    pub epoch: u32,
    pub index: u64,
}

/// The last event of ours on one of our subjects: signed with one of our keys. What others put there
/// says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Last {
    pub epoch: u32,
    pub seq: u64,
    pub index: u64,
    pub leaf: Hash,
}

/// What the stream and the log hold of one zone.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct InZone {
    pub zone: String,
    /// Whether the log holds anything that we published there.
    pub ours: bool,
    pub last: Option<Last>,
    /// The leaf hash that the log has at the place of `last`.
    pub here: Option<Hash>,
}

/// What the stream holds, by zone: up to there nothing need be published.
pub type Held = BTreeMap<String, Last>;

/// What follows.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Decision {
    /// From here on something may be missing in the stream.
    pub from: Place,
    pub held: Held,
    /// What the stream holds and this log does not. As long as there is any, nothing is published.
    pub elsewhere: Vec<Claim>,
}

/// Compares. `epoch` is the one that this node signs in.
pub fn decide(epoch: u32, zones: Vec<InZone>) -> Decision {
    let mut decision =
        Decision { from: Place { epoch, index: 0 }, held: Held::new(), elsewhere: Vec::new() };
    let mut from: Option<Place> = None;
    for InZone { zone, ours, last, here } in zones {
        let place = match last {
            Some(last) if here == Some(last.leaf) => {
                decision.held.insert(zone, last);
                Place { epoch: last.epoch, index: last.index + 1 }
            }
            Some(Last { epoch, seq, leaf, .. }) => {
                let said_by = STREAM.to_owned();
                decision.elsewhere.push(Claim { epoch, zone, seq, hash: leaf, said_by });
                continue;
            }
            None if ours => Place { epoch: 1, index: 0 },
            None => continue,
        };
        from = Some(from.map_or(place, |from| from.min(place)));
    }
    decision.from = from.unwrap_or(decision.from);
    decision
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(seq: u64) -> Hash {
        Hash::of(&[&seq.to_be_bytes()])
    }

    fn last(epoch: u32, seq: u64, index: u64) -> Last {
        Last { epoch, seq, index, leaf: leaf(seq) }
    }

    /// A zone in which the log agrees with what the stream holds.
    fn zone(zone: &str, last: Option<Last>) -> InZone {
        let here = last.map(|last| last.leaf);
        InZone { zone: zone.to_owned(), ours: true, last, here }
    }

    fn place(epoch: u32, index: u64) -> Place {
        Place { epoch, index }
    }

    #[test]
    fn a_stream_that_holds_all_is_only_given_what_is_new() {
        let zones = vec![zone("a", Some(last(1, 4, 9))), zone("b", Some(last(1, 2, 9)))];
        let decision = decide(1, zones);
        assert_eq!(decision.from, place(1, 10));
        assert_eq!(decision.held.len(), 2);
        assert_eq!(decision.elsewhere, []);
    }

    #[test]
    fn a_stream_that_was_deleted_is_given_everything() {
        let decision = decide(2, vec![zone("a", None), zone("b", None)]);
        assert_eq!((decision.from, decision.held.len()), (place(1, 0), 0));
    }

    #[test]
    fn a_stream_that_was_rolled_back_is_given_what_it_lost_in_each_zone() {
        // Of a zone it kept more than of the other.
        let decision =
            decide(1, vec![zone("a", Some(last(1, 4, 9))), zone("b", Some(last(1, 1, 3)))]);
        assert_eq!(decision.from, place(1, 4));
        assert_eq!(decision.held["a"].seq, 4, "what it kept is not sent again");
    }

    #[test]
    fn an_epoch_before_is_gone_through_to_its_end() {
        let decision = decide(3, vec![zone("a", Some(last(2, 4, 9)))]);
        assert_eq!(decision.from, place(2, 10));
    }

    #[test]
    fn a_node_that_has_published_nothing_publishes_from_the_beginning_of_its_epoch() {
        let nothing = InZone { ours: false, ..zone("a", None) };
        assert_eq!(decide(2, vec![nothing]).from, place(2, 0));
        assert_eq!(decide(2, vec![]).from, place(2, 0));
    }

    #[test]
    fn what_the_stream_holds_and_the_log_does_not_is_a_claim_on_the_tail() {
        let missing = InZone { here: None, ..zone("a", Some(last(1, 7, 12))) };
        let other = InZone { here: Some(leaf(99)), ..zone("b", Some(last(1, 3, 5))) };
        let fine = zone("c", Some(last(1, 2, 4)));
        let decision = decide(1, vec![missing, other, fine]);
        let said: Vec<_> = decision.elsewhere.iter().map(|it| (it.zone.as_str(), it.seq)).collect();
        assert_eq!(said, [("a", 7), ("b", 3)]);
        assert_eq!(decision.from, place(1, 5));
        assert!(!decision.held.contains_key("a"));
    }
}
