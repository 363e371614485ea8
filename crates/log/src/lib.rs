//! The append-only log of one node, in SQLite: the only truth.
//!
//! ```text
//! commands ─┐                    ┌─ sign ─┐
//!           ├─▶ one writer thread┤        ├─▶ one transaction, synchronous=FULL ─▶ answers
//! arrivals ─┘     (group commit) └─ gate ─┘
//! ```
//!
//! [`Log`] is the handle to the writer; [`Reader`] reads, also a file on a stick. What fails the
//! gate is quarantined or held beside the log in the same transaction. A full disk undoes a
//! transaction; after any other failure the writer stops for good, and starting again decides what
//! is there. Two histories under one number are kept, and the feed waits for a decision ([`Fork`]).
//! This node signs only while its log holds all that it ever published ([`Tail`]).
//! Behind the writer a second thread checks every signature that was not looked at when its event
//! came ([`Checked`]).
//!
//! Absent here: what a kind means (but for its own receipts), the network, time (a [`Clock`] comes in).

mod attestation;
mod authentication;
mod batch;
mod checking;
mod copy;
mod error;
mod file;
mod fork;
mod gate;
mod handle;
mod held;
mod marker;
mod own;
mod quarantine;
mod queue;
mod reader;
mod store;
pub mod verify;
mod whole;
mod writer;

pub use batch::Batch;
pub use checking::Checked;
pub use error::LogError;
pub use file::{Identity, LOG_FILE, MARKER_FILE, begin_epoch, create, restore};
pub use fork::{Fork, ForkMark};
pub use gate::{Arrival, Entitlement, Outcome};
pub use handle::{Log, Open};
pub use marker::{Mark, Marker};
pub use own::{Claim, Lack, Tail};
pub use quarantine::{Decision, Kept, Naming, Rejudged, Shelf, Verdict};
pub use reader::{Counts, OwnEvent, Reader, Stored};
pub use store::{Appended, FeedKey};

/// Where time comes from.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970-01-01T00:00:00Z. May jump; the log never records a step back.
    fn now_ms(&self) -> u64;
}
