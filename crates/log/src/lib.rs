//! The append-only log of one node, in SQLite: the only truth.
//!
//! ```text
//! commands ─┐                    ┌─ sign ─┐
//!           ├─▶ one writer thread┤        ├─▶ one transaction, synchronous=FULL ─▶ answers
//! arrivals ─┘     (group commit) └─ gate ─┘
//! ```
//!
//! [`Log`] is the handle to the writer; [`Reader`] reads, also a file on a stick. What fails the
//! gate is quarantined or held beside the log in the same transaction. After a failed commit the
//! writer stops for good: starting again decides what is there.
//! Behind the writer a second thread checks every signature that was not looked at when its event
//! came ([`Checked`]).
//!
//! Absent here: what a kind means (but for its own receipts), the network, time (a [`Clock`] comes in).

mod attestation;
mod authentication;
mod checking;
mod error;
mod file;
mod gate;
mod held;
mod marker;
mod own;
mod quarantine;
mod reader;
mod store;
pub mod verify;
mod whole;
mod writer;

pub use checking::Checked;
pub use error::LogError;
pub use file::{Identity, LOG_FILE, MARKER_FILE, begin_epoch, create};
pub use gate::{Arrival, Entitlement, Outcome};
pub use marker::{Mark, Marker};
pub use quarantine::{Decision, Kept, Naming, Rejudged, Shelf, Verdict};
pub use reader::{Counts, OwnEvent, Reader, Stored};
pub use store::Appended;
pub use writer::{Batch, Log, Open};

/// Where time comes from.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970-01-01T00:00:00Z. May jump; the log never records a step back.
    fn now_ms(&self) -> u64;
}
