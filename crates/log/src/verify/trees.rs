//! The trees of all origins, as far as the log holds all of what they published.

use std::collections::{BTreeMap, HashMap};

use giapranh_record::Hash;
use giapranh_record::merkle::Tree;
use giapranh_record::view::HeaderView;

/// One tree for each origin and epoch.
#[derive(Default)]
pub(super) struct Trees(HashMap<String, Vec<Growing>>);

struct Growing {
    epoch: u32,
    tree: Tree,
    /// Leaves whose predecessors have not come yet.
    ahead: BTreeMap<u64, Hash>,
}

impl Trees {
    /// Takes note of what an origin published.
    pub fn note(&mut self, header: &HeaderView<'_>, leaf: Hash) {
        if header.is_local() {
            return;
        }
        if !self.0.contains_key(header.origin) {
            self.0.insert(header.origin.to_owned(), Vec::new());
        }
        let Some(growing) = self.0.get_mut(header.origin) else { return };
        let at = growing.iter().position(|one| one.epoch == header.epoch);
        let at = at.unwrap_or_else(|| {
            let (tree, ahead) = (Tree::default(), BTreeMap::new());
            growing.push(Growing { epoch: header.epoch, tree, ahead });
            growing.len() - 1
        });
        growing[at].note(header.index, leaf);
    }

    /// Origin, epoch, size and root of every tree without a gap, in order.
    pub fn complete(self) -> Vec<(String, u32, u64, Hash)> {
        let of_origin = |(origin, trees): (String, Vec<Growing>)| {
            let complete = trees.into_iter().filter(|one| one.ahead.is_empty());
            complete
                .map(|one| (origin.clone(), one.epoch, one.tree.size(), one.tree.root()))
                .collect::<Vec<_>>()
        };
        let mut all: Vec<_> = self.0.into_iter().flat_map(of_origin).collect();
        all.sort();
        all
    }
}

impl Growing {
    fn note(&mut self, index: u64, leaf: Hash) {
        if index != self.tree.size() {
            self.ahead.insert(index, leaf);
            return;
        }
        self.tree.push(leaf);
        while let Some(leaf) = self.ahead.remove(&self.tree.size()) {
            self.tree.push(leaf);
        }
    }
}
