//! Checkpoints, and the proofs that lead to them.

use std::collections::{BTreeMap, HashMap};

use giapranh_record::Hash;
use giapranh_record::checkpoint::Checkpoint;
use giapranh_record::proof::{Consistency, Inclusion};

use crate::evidence::container::Part;
use crate::evidence::directory::Registry;
use crate::evidence::events::Events;
use crate::evidence::fault::{Code, Faults};
use crate::evidence::manifest::Selection;
use crate::evidence::name::At;
use crate::evidence::report::{CheckpointRow, ConsistencyRow, Undisclosed};
use crate::note;
use crate::tree::TreeId;
use crate::trust::Keys;

/// The proofs so far.
#[derive(Default)]
pub(crate) struct Proofs {
    checkpoints: BTreeMap<(TreeId, u64), Sealed>,
    /// By SHA-256 of the note: the notes in proofs are the same.
    notes: HashMap<Hash, (TreeId, u64)>,
    pub undisclosed: Vec<Undisclosed>,
    pub consistencies: Vec<ConsistencyRow>,
}

/// A checkpoint that its origin signed.
struct Sealed {
    checkpoint: Checkpoint,
    proven: u64,
}

impl Proofs {
    /// Takes the part `checkpoint/<tree>/<size>`.
    pub fn take_checkpoint(
        &mut self,
        (tree, size): (TreeId, u64),
        part: &Part,
        keys: &Keys,
        faults: &mut Faults,
    ) {
        let opened = text(part).and_then(|text| {
            let checkpoint = note::open(text, Some(tree.clone()), keys)?;
            if checkpoint.size == size {
                Ok(checkpoint)
            } else {
                Err(format!("it is signed for size {}", checkpoint.size))
            }
        });
        match opened {
            Err(what) => faults.push(&part.name, Some(part.range), Code::Checkpoint, what),
            Ok(checkpoint) => {
                let sealed = Sealed { checkpoint, proven: 0 };
                self.notes.insert(Hash::of(&[&part.bytes]), (tree.clone(), size));
                self.checkpoints.insert((tree, size), sealed);
            }
        }
    }

    /// Takes the part `inclusion/<at>`.
    pub fn take_inclusion(
        &mut self,
        at: At,
        part: &Part,
        (events, registry): (&mut Events, &Registry),
        (selection, faults): (&Selection, &mut Faults),
    ) {
        let proven = text(part).and_then(|text| {
            let proof = Inclusion::parse(text).map_err(|error| error.to_string())?;
            if proof.index != at.index {
                return Err(format!("the proof is of index {}", proof.index));
            }
            let sealed = self.sealed(&at.tree, &proof.note)?;
            if !proof.holds(&sealed.checkpoint) {
                return Err("the path does not lead to the checkpoint's root".to_owned());
            }
            let other = || Err("the proof is of another event than is contained".to_owned());
            let size = sealed.checkpoint.size;
            if let Some(row) = events.row_at(&at) {
                if row.leaf != proof.leaf {
                    return other();
                }
                row.in_checkpoint = Some(size);
            } else if let Some(leaf) = registry.leaves.get(&at) {
                if *leaf != proof.leaf {
                    return other();
                }
            } else if matches!(selection, Selection::ProofOf(_)) {
                self.undisclosed.push(Undisclosed {
                    origin: at.tree.origin.clone(),
                    epoch: at.tree.epoch,
                    index: at.index,
                    leaf: proof.leaf.to_string(),
                    in_checkpoint: size,
                });
            } else {
                return Err("the event that it is about is not contained".to_owned());
            }
            Ok(size)
        });
        match proven {
            Ok(size) => {
                if let Some(sealed) = self.checkpoints.get_mut(&(at.tree, size)) {
                    sealed.proven += 1;
                }
            }
            Err(what) => faults.push(&part.name, Some(part.range), Code::Inclusion, what),
        }
    }

    /// Takes the part `consistency/<tree>/<old>/<new>`.
    pub fn take_consistency(
        &mut self,
        (tree, old, new): (TreeId, u64, u64),
        part: &Part,
        faults: &mut Faults,
    ) {
        let proven = text(part).and_then(|text| {
            let proof = Consistency::parse(text).map_err(|error| error.to_string())?;
            let later = &self.sealed(&tree, &proof.note)?.checkpoint;
            if (proof.old, later.size) != (old, new) {
                return Err(format!("the proof is from {} to {}", proof.old, later.size));
            }
            let earlier = self
                .checkpoints
                .get(&(tree.clone(), old))
                .ok_or("there is no sound checkpoint of the smaller tree")?;
            if !proof.holds(&earlier.checkpoint, later) {
                return Err("the path does not lead from one root to the other".to_owned());
            }
            Ok(ConsistencyRow { origin: tree.origin.clone(), epoch: tree.epoch, old, new })
        });
        match proven {
            Ok(row) => self.consistencies.push(row),
            Err(what) => faults.push(&part.name, Some(part.range), Code::Consistency, what),
        }
    }

    /// Every sound checkpoint.
    pub fn checkpoints(&self) -> Vec<CheckpointRow> {
        let row = |sealed: &Sealed| CheckpointRow {
            origin: sealed.checkpoint.origin.clone(),
            epoch: sealed.checkpoint.epoch,
            size: sealed.checkpoint.size,
            root: sealed.checkpoint.root.to_string(),
            proven: sealed.proven,
        };
        self.checkpoints.values().map(row).collect()
    }

    /// The sound checkpoint whose note this is.
    fn sealed(&self, tree: &TreeId, note: &str) -> Result<&Sealed, String> {
        self.notes
            .get(&Hash::of(&[note.as_bytes()]))
            .filter(|(of, _)| of == tree)
            .and_then(|key| self.checkpoints.get(key))
            .ok_or_else(|| "its note is none of the sound checkpoints of this tree".to_owned())
    }
}

fn text(part: &Part) -> Result<&str, String> {
    std::str::from_utf8(&part.bytes).map_err(|_| "it is not text".to_owned())
}
