//! Proofs about a tree, as text: inclusion as a C2SP `tlog-proof`, consistency in the shape of the
//! C2SP `tlog-witness` request. Each ends with the checkpoint that it leads to.
//!
//! ```text
//! c2sp.org/tlog-proof@v1                 old 40
//! extra <leaf hash, base64>              <hash, base64>
//! index 17                               …
//! <hash, base64>
//! …                                      giapranh.v1/hcm/1
//!                                        …
//! giapranh.v1/hcm/1
//! …
//! ```

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::checkpoint::Checkpoint;
use crate::{Hash, merkle};

const INCLUSION: &str = "c2sp.org/tlog-proof@v1";
/// Most steps of a proof about a tree with fewer than 2^63 leaves, both ends of a consistency
/// proof counted.
pub const LONGEST_PATH: usize = 128;

/// That an event stands at an index of a tree. Discloses nothing else about the event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inclusion {
    /// The event's leaf hash.
    pub leaf: Hash,
    /// Its place among all that its origin published.
    pub index: u64,
    /// The siblings, from the leaf upwards.
    pub path: Vec<Hash>,
    /// The signed checkpoint of the tree, as text.
    pub note: String,
}

/// That a tree grew out of a smaller one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consistency {
    /// The size of the smaller one.
    pub old: u64,
    /// RFC 9162 §2.1.4.
    pub path: Vec<Hash>,
    /// The signed checkpoint of the larger one, as text.
    pub note: String,
}

/// Why text is no proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the proof is none: {0}")]
pub struct NoProof(&'static str);

impl Inclusion {
    /// The proof as a `tlog-proof`.
    pub fn to_text(&self) -> String {
        let Self { leaf, index, path, note } = self;
        let leaf = BASE64.encode(leaf.0);
        format!("{INCLUSION}\nextra {leaf}\nindex {index}\n{}\n{note}", lines(path))
    }

    /// Reads a `tlog-proof`. Only the one spelling that [`Inclusion::to_text`] gives is one.
    pub fn parse(text: &str) -> Result<Self, NoProof> {
        let (head, note) = cut(text)?;
        let mut head = head.lines();
        if head.next() != Some(INCLUSION) {
            return Err(NoProof("the first line is not c2sp.org/tlog-proof@v1"));
        }
        let leaf = head
            .next()
            .and_then(|line| hash(line.strip_prefix("extra ")?))
            .ok_or(NoProof("the second line is not \"extra \" and a leaf hash"))?;
        let index = head
            .next()
            .and_then(|line| line.strip_prefix("index ")?.parse().ok())
            .ok_or(NoProof("the third line is not \"index \" and a number"))?;
        let proof = Self { leaf, index, path: path(head)?, note: note.to_owned() };
        if proof.to_text() == text { Ok(proof) } else { Err(OTHER_SPELLING) }
    }

    /// Whether it proves its leaf under a checkpoint: that of [`Inclusion::note`], opened by
    /// whoever has the key.
    pub fn holds(&self, checkpoint: &Checkpoint) -> bool {
        let Self { leaf, index, path, .. } = self;
        merkle::verify_inclusion(*leaf, *index, checkpoint.size, path, checkpoint.root)
    }
}

impl Consistency {
    /// The proof as text.
    pub fn to_text(&self) -> String {
        let Self { old, path, note } = self;
        format!("old {old}\n{}\n{note}", lines(path))
    }

    /// Reads a proof. Only the one spelling that [`Consistency::to_text`] gives is one.
    pub fn parse(text: &str) -> Result<Self, NoProof> {
        let (head, note) = cut(text)?;
        let mut head = head.lines();
        let old = head
            .next()
            .and_then(|line| line.strip_prefix("old ")?.parse().ok())
            .ok_or(NoProof("the first line is not \"old \" and a number"))?;
        let proof = Self { old, path: path(head)?, note: note.to_owned() };
        if proof.to_text() == text { Ok(proof) } else { Err(OTHER_SPELLING) }
    }

    /// Whether it proves that the tree of `new` grew out of that of `old`: one log, one epoch.
    pub fn holds(&self, old: &Checkpoint, new: &Checkpoint) -> bool {
        (&old.origin, old.epoch, old.size) == (&new.origin, new.epoch, self.old)
            && merkle::verify_consistency((old.size, old.root), (new.size, new.root), &self.path)
    }
}

const OTHER_SPELLING: NoProof = NoProof("a number or a line end is spelled in another way");

fn lines(path: &[Hash]) -> String {
    path.iter().flat_map(|hash| [BASE64.encode(hash.0), "\n".to_owned()]).collect()
}

/// What stands before the empty line, and the checkpoint after it.
fn cut(text: &str) -> Result<(&str, &str), NoProof> {
    text.split_once("\n\n").ok_or(NoProof("no empty line before the checkpoint"))
}

fn path<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Vec<Hash>, NoProof> {
    let path: Option<Vec<Hash>> = lines.take(LONGEST_PATH + 1).map(hash).collect();
    let path = path.ok_or(NoProof("a line of the path is no hash"))?;
    if path.len() > LONGEST_PATH { Err(NoProof("the path is too long")) } else { Ok(path) }
}

fn hash(text: &str) -> Option<Hash> {
    Hash::from_slice(&BASE64.decode(text).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SigningKey;
    use crate::merkle::Tree;

    fn leaves(count: u8) -> Vec<Hash> {
        (0..count).map(|n| Hash::of(&[&[n]])).collect()
    }

    fn checkpoint(leaves: &[Hash]) -> (Checkpoint, String) {
        let tree: Tree = leaves.iter().copied().collect();
        let checkpoint = Checkpoint::of("hcm", 1, &tree);
        let note = checkpoint.sign(&SigningKey::from_seed(&[3; 32]));
        (checkpoint, note)
    }

    #[test]
    fn an_inclusion_reads_back_and_holds_for_its_tree_only() {
        let leaves = leaves(7);
        let (checkpoint, note) = checkpoint(&leaves);
        let path = merkle::inclusion(&leaves, 5).unwrap();
        let proof = Inclusion { leaf: leaves[5], index: 5, path, note };
        assert_eq!(Inclusion::parse(&proof.to_text()).as_ref(), Ok(&proof));
        assert!(proof.holds(&checkpoint));
        assert!(!proof.holds(&Checkpoint { size: 9, ..checkpoint }));
        for (from, to) in [
            ("@v1", "@v2"),
            ("extra ", "extra  "),
            ("index 5", "index 05"),
            ("index 5", "index +5"),
            ("index 5", "index 5\nAAAA"),
            ("index 5\n", "index 5\r\n"),
            ("\n\n", "\n"),
        ] {
            let text = proof.to_text().replacen(from, to, 1);
            assert!(Inclusion::parse(&text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_consistency_reads_back_and_holds_between_its_trees_only() {
        let leaves = leaves(7);
        let ((old, _), (new, note)) = (checkpoint(&leaves[..3]), checkpoint(&leaves));
        let proof = Consistency { old: 3, path: merkle::consistency(&leaves, 3).unwrap(), note };
        assert_eq!(Consistency::parse(&proof.to_text()).as_ref(), Ok(&proof));
        assert!(proof.holds(&old, &new));
        assert!(!proof.holds(&Checkpoint { epoch: 2, ..old.clone() }, &new));
        assert!(!proof.holds(&Checkpoint { size: 4, ..old.clone() }, &new));
        assert!(!Consistency { old: 4, ..proof.clone() }.holds(&old, &new));
        for (from, to) in [("old 3", "old 03"), ("old 3", "age 3"), ("old 3", "old 3\n!")] {
            assert!(Consistency::parse(&proof.to_text().replacen(from, to, 1)).is_err());
        }
    }

    #[test]
    fn a_path_without_end_is_refused() {
        let (_, note) = checkpoint(&leaves(1));
        let path = vec![Hash::ZERO; LONGEST_PATH + 1];
        let text = Consistency { old: 1, path, note }.to_text();
        assert_eq!(Consistency::parse(&text), Err(NoProof("the path is too long")));
    }
}
