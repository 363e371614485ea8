//! The Merkle tree of RFC 6962 over what an origin has published, by index: its root, and proofs
//! that a leaf is in it (inclusion) or that it grew out of a smaller one (consistency).

use crate::Hash;

/// Grows a tree leaf by leaf in logarithmic space and gives its root at any size.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    size: u64,
    /// Roots of the complete subtrees, largest first: one for each bit set in `size`.
    roots: Vec<Hash>,
}

impl Tree {
    /// Adds the next leaf.
    pub fn push(&mut self, leaf: Hash) {
        let mut root = leaf;
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.roots.pop() {
                root = Hash::node(left, root);
            }
        }
        self.roots.push(root);
        self.size += 1;
    }

    /// How many leaves it has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The tree head; SHA-256 of nothing for an empty tree.
    pub fn root(&self) -> Hash {
        let mut roots = self.roots.iter().rev();
        let Some(&last) = roots.next() else { return Hash::of(&[]) };
        roots.fold(last, |right, &left| Hash::node(left, right))
    }
}

impl FromIterator<Hash> for Tree {
    fn from_iter<I: IntoIterator<Item = Hash>>(leaves: I) -> Self {
        let mut tree = Self::default();
        leaves.into_iter().for_each(|leaf| tree.push(leaf));
        tree
    }
}

/// The path that proves the leaf at `index` of the tree over `leaves`, from the leaf upwards
/// (RFC 9162 §2.1.3.1). `None` when there is no such leaf.
pub fn inclusion(leaves: &[Hash], index: u64) -> Option<Vec<Hash>> {
    let mut index = usize::try_from(index).ok().filter(|index| *index < leaves.len())?;
    let mut path = Vec::new();
    let mut rest = leaves;
    // From the root downwards: at each split the other side's root belongs to the path.
    while rest.len() > 1 {
        let (left, right) = rest.split_at(split(rest.len()));
        if index < left.len() {
            path.push(root_of(right));
            rest = left;
        } else {
            path.push(root_of(left));
            index -= left.len();
            rest = right;
        }
    }
    path.reverse();
    Some(path)
}

/// The path that proves that the tree over `leaves` grew out of that over the first `old` of them
/// (RFC 9162 §2.1.4.1). `None` when `old` is 0, about which nothing can be proven, or too large.
pub fn consistency(leaves: &[Hash], old: u64) -> Option<Vec<Hash>> {
    let mut old = usize::try_from(old).ok().filter(|old| (1..=leaves.len()).contains(old))?;
    let mut path = Vec::new();
    let mut rest = leaves;
    // Whether `rest` begins at the first leaf: then whoever verifies has the old root already.
    let mut whole = true;
    while old < rest.len() {
        let (left, right) = rest.split_at(split(rest.len()));
        if old <= left.len() {
            path.push(root_of(right));
            rest = left;
        } else {
            path.push(root_of(left));
            old -= left.len();
            rest = right;
            whole = false;
        }
    }
    if !whole {
        path.push(root_of(rest));
    }
    path.reverse();
    Some(path)
}

/// Whether `path` proves that `leaf` stands at `index` in the tree of that size and root
/// (RFC 9162 §2.1.3.2).
pub fn verify_inclusion(leaf: Hash, index: u64, size: u64, path: &[Hash], root: Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut node, mut last) = (index, size - 1);
    let mut hash = leaf;
    for &sibling in path {
        if last == 0 {
            return false;
        }
        if node % 2 == 1 || node == last {
            hash = Hash::node(sibling, hash);
            while node % 2 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = Hash::node(hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && hash == root
}

/// Whether `path` proves that the tree `new` grew out of the tree `old`, each a size and a root
/// (RFC 9162 §2.1.4.2). Out of the empty tree every tree grows, and needs no path.
pub fn verify_consistency(old: (u64, Hash), new: (u64, Hash), path: &[Hash]) -> bool {
    let ((old_size, old_root), (new_size, new_root)) = (old, new);
    if old_size == 0 || old_size == new_size {
        let roots_agree = if old_size == new_size { old_root == new_root } else { true };
        let is_empty = old_size != 0 || old_root == Tree::default().root();
        return path.is_empty() && roots_agree && is_empty;
    }
    if old_size > new_size {
        return false;
    }
    // A complete subtree is its own first step.
    let complete = [old_root];
    let first = if old_size.is_power_of_two() { &complete[..] } else { &[] };
    let mut steps = first.iter().chain(path).copied();
    let Some(seed) = steps.next() else { return false };
    let trailing = (old_size - 1).trailing_ones();
    let (mut node, mut last) = ((old_size - 1) >> trailing, (new_size - 1) >> trailing);
    let (mut old_hash, mut new_hash) = (seed, seed);
    for step in steps {
        if last == 0 {
            return false;
        }
        if node % 2 == 1 || node == last {
            old_hash = Hash::node(step, old_hash);
            new_hash = Hash::node(step, new_hash);
            while node % 2 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            new_hash = Hash::node(new_hash, step);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && old_hash == old_root && new_hash == new_root
}

/// Where a tree of more than one leaf divides: the largest power of two below its size.
fn split(size: usize) -> usize {
    size.next_power_of_two() / 2
}

fn root_of(leaves: &[Hash]) -> Hash {
    leaves.iter().copied().collect::<Tree>().root()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6962 §2.1, as it is written there.
    fn definition(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Hash::of(&[]),
            [one] => *one,
            many => {
                let split = many.len().next_power_of_two() / 2;
                Hash::node(definition(&many[..split]), definition(&many[split..]))
            }
        }
    }

    #[test]
    fn the_root_is_that_of_the_definition_at_every_size() {
        let leaves: Vec<Hash> = (0_u32..70).map(|n| Hash::of(&[&n.to_be_bytes()])).collect();
        for size in 0..=leaves.len() {
            let tree: Tree = leaves[..size].iter().copied().collect();
            assert_eq!(tree.root(), definition(&leaves[..size]), "size {size}");
        }
    }

    /// The known answers of the certificate-transparency reference tests.
    #[test]
    fn the_root_is_that_of_the_reference_vectors() {
        let inputs: [&[u8]; 3] = [b"", b"\x00", b"\x10"];
        let leaves = inputs.map(|input| Hash::of(&[&[0], input]));
        let tree: Tree = leaves.into_iter().collect();
        let expected = "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77";
        assert_eq!(tree.root().to_string(), expected);
    }

    fn leaves(count: u32) -> Vec<Hash> {
        (0..count).map(|n| Hash::of(&[&n.to_be_bytes()])).collect()
    }

    #[test]
    fn every_leaf_of_every_tree_is_proven_at_its_place_and_at_no_other() {
        for size in 1..=33_u32 {
            let leaves = leaves(size);
            let root = definition(&leaves);
            for index in 0..u64::from(size) {
                let path = inclusion(&leaves, index).unwrap();
                for place in 0..=u64::from(size) {
                    for (n, &leaf) in leaves.iter().enumerate() {
                        let proven = verify_inclusion(leaf, place, size.into(), &path, root);
                        let right = place == index && n as u64 == index;
                        assert_eq!(proven, right, "leaf {n} at {place} by the path of {index}");
                    }
                }
                let leaf = leaves[usize::try_from(index).unwrap()];
                let longer = [&path[..], &[root]].concat();
                assert!(!verify_inclusion(leaf, index, size.into(), &longer, root));
                if let [shorter @ .., _] = &path[..] {
                    assert!(!verify_inclusion(leaf, index, size.into(), shorter, root));
                }
            }
            assert_eq!(inclusion(&leaves, size.into()), None);
        }
    }

    #[test]
    fn every_tree_is_proven_to_grow_out_of_every_smaller_one_and_of_nothing_else() {
        let all = leaves(34);
        for new in 1..=33_usize {
            let new_root = definition(&all[..new]);
            for old in 1..=new {
                let path = consistency(&all[..new], old as u64).unwrap();
                let old_root = definition(&all[..old]);
                let proven = |old, new, path: &[Hash]| verify_consistency(old, new, path);
                let (from, to) = ((old as u64, old_root), (new as u64, new_root));
                assert!(proven(from, to, &path), "{old} to {new}");
                let other = Hash::of(&[b"other"]);
                assert!(!proven((from.0, other), to, &path), "{old} to {new}: other old root");
                assert!(!proven(from, (to.0, other), &path), "{old} to {new}: other new root");
                assert!(!proven(from, (to.0 + 1, to.1), &[&path[..], &[other]].concat()));
                assert!(!proven(to, from, &path) || old == new);
                for changed in 0..path.len() {
                    let mut path = path.clone();
                    path[changed] = other;
                    assert!(!proven(from, to, &path), "{old} to {new}: step {changed}");
                }
            }
            assert_eq!(consistency(&all[..new], 0), None);
            assert_eq!(consistency(&all[..new], new as u64 + 1), None);
        }
    }

    #[test]
    fn every_tree_grows_out_of_the_empty_one() {
        let empty = (0, Tree::default().root());
        assert!(verify_consistency(empty, (3, Hash::of(&[b"any"])), &[]));
        assert!(verify_consistency(empty, empty, &[]));
        assert!(!verify_consistency((0, Hash::ZERO), (3, Hash::of(&[b"any"])), &[]));
        assert!(!verify_consistency(empty, (3, Hash::of(&[b"any"])), &[Hash::ZERO]));
    }
}
