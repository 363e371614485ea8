//! What an auditor does with a log or an evidence file, needing nobody's cooperation.
//!
//! ```text
//! log.db ──▶ log::verify ──▶ Report          every hash, link and signature; checkpoints kept
//!        ──▶ replay                          what was known at a moment
//!        ──▶ diff                            what two logs, or two moments of one, differ in
//!        ──▶ export, prove, checkpoint ──▶ evidence file, note
//! evidence file ──▶ evidence::verify ──▶ Report
//! ```
//!
//! What must hold: a verdict follows from the file and the anchor alone; every fault is listed with
//! its place; memory is bounded by hashes, not by what a file claims.
//!
//! Absent here: the network, a running node, private keys on disk (a [`giapranh_record::Signer`]
//! comes in where a node signs its own tree), SQL, clocks.

mod alone;
pub mod checkpoint;
pub mod diff;
mod error;
pub mod evidence;
pub mod export;
mod file;
mod kept;
pub mod log;
mod note;
mod ranges;
pub mod reading;
mod recognise;
mod replay;
mod source;
mod tree;
pub mod trust;

pub use giapranh_log::verify::Depth;

pub use alone::{InclusionReport, NoteReport, verify_note};
pub use error::AuditError;
pub use kept::{Kept, Standing};
pub use note::Note;
pub use ranges::Ranges;
pub use recognise::{Kind, recognise};
pub use replay::{Attested, Replay, Until, replay};
pub use source::{Keys, LogSource};
pub use tree::{Grown, TreeId};
pub use trust::Anchor;
