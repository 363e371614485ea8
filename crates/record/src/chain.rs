//! The chain of one feed: what one origin published to one zone in one epoch.

use crate::{Hash, Link};

/// The newest event of a feed that is held with all before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Its sequence number; 0 for a feed with no event.
    pub seq: u64,
    /// Its leaf hash; zeros for a feed with no event.
    pub hash: Hash,
}

/// What a link says when it is held against a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// It is the next one.
    Next,
    /// It is at or before the head: seen already, or a fork.
    Past,
    /// Something between the head and it is missing.
    Gap,
    /// It is the next one by number, but names another predecessor: a fork.
    Fork,
}

impl Head {
    /// The head of a feed before its first event.
    pub const EMPTY: Self = Self { seq: 0, hash: Hash::ZERO };

    /// How `link` continues this feed.
    pub fn fit(&self, link: &Link) -> Fit {
        if link.seq <= self.seq {
            Fit::Past
        } else if link.seq > self.seq + 1 {
            Fit::Gap
        } else if link.prev == self.hash {
            Fit::Next
        } else {
            Fit::Fork
        }
    }

    /// The link of the next event of this feed.
    pub fn next_link(&self, zone: &str) -> Link {
        Link { zone: zone.to_owned(), seq: self.seq + 1, prev: self.hash }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_fits_one_head_only() {
        let head = Head { seq: 4, hash: Hash::of(&[b"four"]) };
        let next = head.next_link("hcm-long-an");
        assert_eq!(head.fit(&next), Fit::Next);
        assert_eq!(head.fit(&Link { prev: Hash::ZERO, ..next.clone() }), Fit::Fork);
        assert_eq!(head.fit(&Link { seq: 4, ..next.clone() }), Fit::Past);
        assert_eq!(head.fit(&Link { seq: 6, ..next }), Fit::Gap);
        assert_eq!(Head::EMPTY.fit(&Head::EMPTY.next_link("cluster")), Fit::Next);
    }
}
