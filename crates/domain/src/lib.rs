//! What may happen between the units, and what follows from it.
//!
//! [`decide`] turns a command into an event or a refusal; [`Alert::fold`] turns the events of an
//! alert and the [`Directory`] into the state that everybody shows. Both are pure: the same input
//! gives the same answer on every node.
//!
//! Absent here: bytes of the record, storage, network, clocks, randomness.

mod adoption;
pub mod alert;
pub mod check;
pub mod codes;
pub mod command;
mod decide;
pub mod directory;
pub mod draft;
pub mod due;
pub mod event;
pub mod founding;
pub mod id;
mod naming;
pub mod normal;
pub mod offences;
pub mod rejection;
pub mod reorganisation;
pub mod sentences;
mod table;
pub mod time;
pub mod values;
pub mod wire;

pub use alert::{Alert, Status};
pub use codes::{Category, DraftState, Level, NoKey};
pub use command::{Act, Command};
pub use decide::{
    Decided, World, confirm_erasure, decide, note_access, note_delivery, note_destroyed, note_due,
    note_key, note_search, report_fork,
};
pub use directory::{Directory, Verdict};
pub use draft::Draft;
pub use due::Obligation;
pub use event::{Body, Event, Meta, Sealed};
pub use id::{AlertId, OfficerId, UnitId, ZoneId};
pub use rejection::{Fault, Rejection, Ruling};
pub use sentences::Language;
pub use time::Millis;
