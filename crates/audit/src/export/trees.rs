//! Which checkpoints and proofs go into a file.

use std::collections::BTreeMap;

use giapranh_log::Reader;
use giapranh_record::Signer;
use giapranh_record::checkpoint::Checkpoint;

use crate::export::choose::{Chosen, Place};
use crate::note::Note;
use crate::tree::{Grown, Held, TreeId};
use crate::trust::Learner;
use crate::{AuditError, checkpoint};

/// A tree, its checkpoints, and what is proven of it.
#[derive(Default)]
pub(crate) struct Tree {
    pub grown: Grown,
    /// Notes by size.
    pub checkpoints: BTreeMap<u64, String>,
    /// Of the events that are proven to be in the largest.
    pub indices: Vec<u64>,
    /// From a smaller to a larger one.
    pub consistencies: Vec<(u64, u64)>,
}

/// Trees, and why there is none where one was asked for.
#[derive(Default)]
pub(crate) struct Planned {
    trees: BTreeMap<TreeId, Tree>,
    remarks: Vec<String>,
}

impl Planned {
    /// The trees of checkpoints that somebody kept, as far as the log holds these trees whole.
    pub fn of_notes(
        reader: &Reader,
        learner: &Learner,
        notes: &[Note],
    ) -> Result<Self, AuditError> {
        let mut planned = Self::default();
        let mut opened: BTreeMap<TreeId, Vec<(&Note, Checkpoint)>> = BTreeMap::new();
        for note in notes {
            let checkpoint = open(learner, note)?;
            opened.entry(TreeId::of(&checkpoint)).or_default().push((note, checkpoint));
        }
        for (tree, notes) in opened {
            let largest = notes.iter().map(|(_, checkpoint)| checkpoint.size).max();
            let held = Held::read(reader, &tree, largest)?;
            for (note, checkpoint) in notes {
                if checkpoint.size > held.grown.size() {
                    planned.remarks.push(format!(
                        "{}: the log holds {} events of {tree}, not all of the {} that were signed \
                         for (index {} is missing): no proofs by it",
                        note.name, held.count, checkpoint.size, held.missing
                    ));
                    continue;
                }
                agree(&tree, &held.grown, note, &checkpoint)?;
                planned.add(&tree, checkpoint.size, note.text.clone());
            }
            if let Some(planned) = planned.trees.get_mut(&tree) {
                planned.grown = held.grown;
            }
        }
        Ok(planned)
    }

    /// The own tree of the log's node, with a fresh checkpoint.
    pub fn add_own(&mut self, reader: &Reader, signer: &dyn Signer) -> Result<(), AuditError> {
        let (tree, grown) = checkpoint::own(reader, signer)?;
        let now = checkpoint::at(&tree, &grown, grown.size())?;
        self.add(&tree, now.size, now.sign(signer));
        if let Some(planned) = self.trees.get_mut(&tree) {
            planned.grown = grown;
        }
        Ok(())
    }

    /// Takes a checkpoint that was kept, if it is one of this tree; its size.
    pub fn add_note(
        &mut self,
        learner: &Learner,
        note: &Note,
        (tree, grown): (&TreeId, &Grown),
    ) -> Result<u64, AuditError> {
        let checkpoint = open(learner, note)?;
        if TreeId::of(&checkpoint) != *tree {
            let of = TreeId::of(&checkpoint);
            let detail =
                format!("it is one of {of}, and only {tree} can be proven to have grown here");
            return Err(AuditError::NotACheckpoint { name: note.name.clone(), detail });
        }
        agree(tree, grown, note, &checkpoint)?;
        self.add(tree, checkpoint.size, note.text.clone());
        Ok(checkpoint.size)
    }

    /// Takes a note; the first of a size stays.
    pub fn add(&mut self, tree: &TreeId, size: u64, note: String) {
        let planned = self.trees.entry(tree.clone()).or_default();
        planned.checkpoints.entry(size).or_insert(note);
    }

    /// Has the growth of a tree proven.
    pub fn grow(&mut self, tree: &TreeId, grown: Grown, sizes: (u64, u64)) {
        if let Some(planned) = self.trees.get_mut(tree) {
            planned.grown = grown;
            planned.consistencies.push(sizes);
        }
    }

    /// Has the events proven that there is a checkpoint for, and each checkpoint to lead to the next.
    pub fn prove(&mut self, chosen: &Chosen) {
        let mut indices: BTreeMap<&TreeId, Vec<u64>> = BTreeMap::new();
        for Place { at, .. } in chosen.directory.iter().chain(&chosen.events) {
            indices.entry(&at.tree).or_default().push(at.index);
        }
        for (tree, indices) in indices {
            self.prove_indices(tree, indices);
        }
        for tree in self.trees.values_mut() {
            let sizes: Vec<u64> =
                tree.checkpoints.keys().copied().filter(|size| *size > 0).collect();
            tree.consistencies = sizes.windows(2).map(|pair| (pair[0], pair[1])).collect();
        }
    }

    /// Has events of a tree proven, as far as its largest checkpoint goes.
    pub fn prove_indices(&mut self, tree: &TreeId, mut indices: Vec<u64>) {
        let Some(planned) = self.trees.get_mut(tree) else { return };
        let size = planned.checkpoints.keys().last().copied().unwrap_or(0);
        indices.retain(|index| *index < size);
        indices.sort_unstable();
        indices.dedup();
        planned.indices = indices;
    }

    /// What the file will not prove, and why.
    pub fn remarks(&self, chosen: &Chosen) -> Vec<String> {
        let mut remarks = self.remarks.clone();
        let mut counts: BTreeMap<&TreeId, (u64, u64)> = BTreeMap::new();
        for Place { at, .. } in &chosen.events {
            let sizes = self.trees.get(&at.tree).map(|tree| &tree.checkpoints);
            let largest = sizes.and_then(|sizes| sizes.keys().last().copied()).unwrap_or(0);
            let (events, newer) = counts.entry(&at.tree).or_default();
            *events += 1;
            *newer += u64::from(at.index >= largest);
        }
        for (tree, (events, newer)) in counts {
            if !self.trees.contains_key(tree) {
                remarks.push(format!(
                    "no checkpoint for {tree}: its {events} events stand on their signatures"
                ));
            } else if newer > 0 {
                remarks.push(format!(
                    "{newer} of the {events} events of {tree} are newer than its checkpoint: they \
                     stand on their signatures"
                ));
            }
        }
        remarks
    }

    /// The trees of which something is proven.
    pub fn into_trees(self) -> BTreeMap<TreeId, Tree> {
        let proves = |tree: &Tree| !tree.indices.is_empty() || !tree.consistencies.is_empty();
        self.trees.into_iter().filter(|(_, tree)| proves(tree)).collect()
    }
}

fn open(learner: &Learner, note: &Note) -> Result<Checkpoint, AuditError> {
    note.open(learner.keys())
        .map_err(|detail| AuditError::NotACheckpoint { name: note.name.clone(), detail })
}

/// Whether a checkpoint is of this tree at an earlier size, or the same.
fn agree(
    tree: &TreeId,
    grown: &Grown,
    note: &Note,
    checkpoint: &Checkpoint,
) -> Result<(), AuditError> {
    let detail = match grown.root(checkpoint.size) {
        Some(root) if root == checkpoint.root => return Ok(()),
        Some(_) => format!("the first {} events are others than were signed", checkpoint.size),
        None => format!("{} events were signed for, {} are here", checkpoint.size, grown.size()),
    };
    Err(AuditError::OtherTree { name: note.name.clone(), tree: tree.to_string(), detail })
}
