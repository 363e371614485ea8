//! A checkpoint or a proof that lies alone: it proves nothing by itself, and something about a log.

use std::path::Path;

use giapranh_log::Reader;
use giapranh_record::proof::{Consistency, Inclusion};
use giapranh_record::{Hash, merkle};
use serde::Serialize;

use crate::AuditError;
use crate::log::{self, Report};
use crate::note::Note;
use crate::recognise::Kind;
use crate::trust::Anchor;

/// A log and what a proof says about it.
#[derive(Debug, Clone, Serialize)]
pub struct NoteReport {
    /// The log, against which the checkpoint was held.
    #[serde(flatten)]
    pub log: Report,
    /// The proof of inclusion, when it was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inclusion: Option<InclusionReport>,
}

/// A proof of inclusion and what became of it.
#[derive(Debug, Clone, Serialize)]
pub struct InclusionReport {
    /// The index that it is about.
    pub index: u64,
    /// The leaf hash that it is about.
    pub leaf: String,
    /// Whether the path leads to the root that was signed.
    pub proven: bool,
    /// Whether the log's event at that index is the one; `None` when it has none.
    pub in_log: Option<bool>,
}

impl NoteReport {
    /// Whether everything holds.
    pub fn holds(&self) -> bool {
        self.log.holds()
            && self.inclusion.as_ref().is_none_or(|one| one.proven && one.in_log == Some(true))
    }
}

/// Holds a checkpoint, or the one that a proof leads to, against a log that is verified for it.
pub fn verify_note(
    path: &Path,
    kind: Kind,
    log: &Path,
    anchor: Option<&Anchor>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<NoteReport, AuditError> {
    let Note { name, text } = Note::read(path)?;
    let refused = |error: giapranh_record::proof::NoProof| AuditError::NotACheckpoint {
        name: name.clone(),
        detail: error.to_string(),
    };
    let (text, proof) = match kind {
        Kind::Inclusion => {
            let proof = Inclusion::parse(&text).map_err(refused)?;
            (proof.note.clone(), Some(proof))
        }
        // Whoever has the larger tree whole needs no path to it.
        Kind::Consistency => (Consistency::parse(&text).map_err(refused)?.note, None),
        _ => (text, None),
    };
    let note = Note { name: name.clone(), text };
    let report = log::verify(log, anchor, std::slice::from_ref(&note), progress)?;
    let inclusion = match (proof, report.checkpoints.first()) {
        (Some(proof), Some(kept)) => {
            let root = Hash::from_hex(&kept.root);
            let Inclusion { leaf, index, path, .. } = proof;
            let found = Reader::open(log)?.published(&kept.origin, kept.epoch, index, 1)?;
            let here = found.first().map(|stored| &stored.event);
            Some(InclusionReport {
                index,
                leaf: leaf.to_string(),
                proven: root.is_some_and(|root| {
                    merkle::verify_inclusion(leaf, index, kept.size, &path, root)
                }),
                in_log: here
                    .filter(|event| event.header().index == index)
                    .map(|event| event.leaf() == leaf),
            })
        }
        _ => None,
    };
    Ok(NoteReport { log: report, inclusion })
}
