//! The evidence file, format 1: events that prove themselves, with everything that is needed to
//! check them.
//!
//! ```text
//! giapranh-evidence/1
//! part manifest 812 5f1c…
//! {"format": …}
//! part directory/1 40312 77ab…
//! <verbatim bytes>
//! …
//! part event/hcm/1/17 904 c301…
//! <verbatim bytes>
//! part checkpoint/hcm/1/40 231 90aa…
//! part inclusion/hcm/1/17 466 18d2…
//! end 23 4be7…
//! ```
//!
//! What it is for: somebody who has nothing but this file, the trust anchor and a program that
//! verifies can convince himself. What must hold: a file is read as a stream, every length is
//! checked before it is believed, memory is bounded by hashes, and a changed byte is named.

mod chain;
pub(crate) mod container;
mod directory;
mod events;
pub(crate) mod fault;
mod judge;
mod manifest;
pub(crate) mod name;
mod proofs;
mod report;

use giapranh_record::limits::EVENT_BYTES;

pub(crate) use container::Writer;
pub use fault::{Code, Fault};
pub use judge::{verify, verify_file};
pub use manifest::{Counts, FeedContext, Manifest, Origin, Selection, Trusted};
pub use name::{At, Name};
pub use report::{CheckpointRow, ConsistencyRow, EventRow, Report, Undisclosed};

/// The first line, and the manifest's `format`.
pub const FORMAT: &str = "giapranh-evidence/1";
/// Longest line before a part, bytes, with its line end.
pub const LINE_BYTES: usize = 512;
/// Most parts.
pub const PARTS: u64 = 4_000_000;
/// Largest manifest, bytes. What fills it are the seqs of feeds of which an event here and an event
/// there is contained, some eight bytes each.
pub const MANIFEST_BYTES: usize = 16 * 1024 * 1024;
/// Largest checkpoint or proof, bytes.
pub const NOTE_BYTES: usize = 16 * 1024;

/// A proof with its longest path fits, with as much for the signatures of its checkpoint.
const _: () = assert!(2 * giapranh_record::proof::LONGEST_PATH * 45 < NOTE_BYTES);
const _: () = assert!(NOTE_BYTES < EVENT_BYTES && EVENT_BYTES < MANIFEST_BYTES);
