//! The Merkle tree of RFC 6962 over what an origin has published, by index.

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
}
