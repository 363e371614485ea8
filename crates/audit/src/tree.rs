//! The tree over what an origin published, grown from a log, with every proof about it at hand.

use std::fmt;

use giapranh_log::Reader;
use giapranh_record::checkpoint::Checkpoint;
use giapranh_record::{Hash, merkle};
use serde::{Deserialize, Serialize};

use crate::AuditError;
use crate::ranges::Ranges;

/// Events read at once.
const RANGE: usize = 512;

/// Whose tree: an origin in one life of its log. Shown as `hcm/1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct TreeId {
    pub origin: String,
    pub epoch: u32,
}

impl TreeId {
    /// The tree that a checkpoint is about.
    pub fn of(checkpoint: &Checkpoint) -> Self {
        Self { origin: checkpoint.origin.clone(), epoch: checkpoint.epoch }
    }
}

impl fmt::Display for TreeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.origin, self.epoch)
    }
}

/// A tree with the roots of all its complete subtrees: a proof costs steps by its length, not by
/// the size of the tree. 64 bytes a leaf.
#[derive(Debug, Clone, Default)]
pub struct Grown {
    /// At `levels[n]` the roots over 2^n leaves each, from the left.
    levels: Vec<Vec<Hash>>,
}

impl Grown {
    /// Adds the next leaf.
    pub fn push(&mut self, leaf: Hash) {
        let mut root = leaf;
        for level in 0.. {
            if level == self.levels.len() {
                self.levels.push(Vec::new());
            }
            let roots = &mut self.levels[level];
            roots.push(root);
            match roots[..] {
                [.., left, right] if roots.len().is_multiple_of(2) => {
                    root = Hash::node(left, right);
                }
                _ => break,
            }
        }
    }

    /// How many leaves it has.
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, Vec::len) as u64
    }

    /// The leaf at an index.
    pub fn leaf(&self, index: u64) -> Option<Hash> {
        self.levels.first()?.get(usize::try_from(index).ok()?).copied()
    }

    /// The root of the tree over the first `size` leaves; `None` when it has fewer.
    pub fn root(&self, size: u64) -> Option<Hash> {
        match self.within(size)? {
            0 => Some(merkle::Tree::default().root()),
            size => Some(self.over(0, size)),
        }
    }

    /// As [`merkle::inclusion`], in the tree over the first `size` leaves.
    pub fn inclusion(&self, index: u64, size: u64) -> Option<Vec<Hash>> {
        let size = self.within(size)?;
        let index = usize::try_from(index).ok().filter(|index| *index < size)?;
        let (mut path, mut start, mut end) = (Vec::new(), 0, size);
        while end - start > 1 {
            let middle = start + split(end - start);
            if index < middle {
                path.push(self.over(middle, end));
                end = middle;
            } else {
                path.push(self.over(start, middle));
                start = middle;
            }
        }
        path.reverse();
        Some(path)
    }

    /// As [`merkle::consistency`], from the first `old` to the first `new` leaves.
    pub fn consistency(&self, old: u64, new: u64) -> Option<Vec<Hash>> {
        let new = self.within(new)?;
        let old = usize::try_from(old).ok().filter(|old| (1..=new).contains(old))?;
        let (mut path, mut start, mut end) = (Vec::new(), 0, new);
        while old < end {
            let middle = start + split(end - start);
            if old <= middle {
                path.push(self.over(middle, end));
                end = middle;
            } else {
                path.push(self.over(start, middle));
                start = middle;
            }
        }
        if start > 0 {
            path.push(self.over(start, end));
        }
        path.reverse();
        Some(path)
    }

    fn within(&self, size: u64) -> Option<usize> {
        usize::try_from(size).ok().filter(|_| size <= self.size())
    }

    /// The root over the leaves from `start` to before `end`, which are some and lie as a subtree
    /// does: `start` is a multiple of a power of two that is at least their number.
    fn over(&self, start: usize, end: usize) -> Hash {
        let count = end - start;
        if count.is_power_of_two() {
            return self.levels[count.trailing_zeros() as usize][start / count];
        }
        let middle = start + split(count);
        Hash::node(self.over(start, middle), self.over(middle, end))
    }
}

/// Where a tree of more than one leaf divides: the largest power of two below its size.
fn split(size: usize) -> usize {
    size.next_power_of_two() / 2
}

/// What a log holds of a tree.
#[derive(Debug, Clone, Default)]
pub(crate) struct Held {
    /// The tree over the leaves from 0 to before the first that is missing.
    pub grown: Grown,
    /// How many leaves are here.
    pub count: u64,
    /// Indices that are not here, below the size asked for or else the newest that is here.
    pub missing: Ranges,
}

impl Held {
    /// Reads a tree's leaves out of a log, up to a size or as many as there are. Each is the hash
    /// of the event's bytes, whatever was noted.
    pub fn read(reader: &Reader, tree: &TreeId, size: Option<u64>) -> Result<Self, AuditError> {
        let mut held = Self::default();
        let mut next = 0;
        'reading: while size.is_none_or(|size| next < size) {
            let stored = reader.published(&tree.origin, tree.epoch, next, RANGE)?;
            if stored.is_empty() {
                break;
            }
            for stored in stored {
                let index = stored.event.header().index;
                if size.is_some_and(|size| index >= size) {
                    break 'reading;
                }
                if index > next {
                    held.missing.extend(next, index - 1);
                }
                held.count += 1;
                if held.missing.is_empty() {
                    held.grown.push(stored.event.leaf());
                }
                // Never back, whatever a damaged file says: this loop ends.
                next = next.max(index) + 1;
            }
        }
        if let Some(size) = size.filter(|size| next < *size) {
            held.missing.extend(next, size - 1);
        }
        Ok(held)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_proves_what_the_definition_proves() {
        let leaves: Vec<Hash> = (0_u32..40).map(|n| Hash::of(&[&n.to_be_bytes()])).collect();
        let mut grown = Grown::default();
        leaves.iter().for_each(|leaf| grown.push(*leaf));
        for size in 0..=40_u64 {
            let part = &leaves[..usize::try_from(size).unwrap()];
            let tree: merkle::Tree = part.iter().copied().collect();
            assert_eq!(grown.root(size), Some(tree.root()), "size {size}");
            for index in 0..=size {
                assert_eq!(grown.inclusion(index, size), merkle::inclusion(part, index));
                assert_eq!(grown.consistency(index, size), merkle::consistency(part, index));
            }
        }
        assert_eq!(grown.leaf(7), Some(leaves[7]));
        assert_eq!((grown.root(41), grown.inclusion(0, 41)), (None, None));
        assert_eq!((grown.consistency(1, 41), grown.leaf(40)), (None, None));
    }
}
