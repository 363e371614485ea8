//! What a node shows: projections of the log in `views-7.db`, a SQLite file of their own.
//!
//! Nothing here is true by itself. Every row follows from the events of the log and the directory
//! that they add up to, so the file may be deleted at any time, and two nodes with the same events
//! have the same [`Views::digest`], whatever the order or batching in which these arrived.
//!
//! - [`Projector`] is the one writer: for each batch of new events it folds the touched alerts again
//!   from *all* their events and replaces their rows, in one transaction with the cursor.
//! - [`Views`] reads, and survives the swap of the file. What is personal is asked for by a
//!   [`Viewer`], and what that may not see is left out before pages are cut.
//! - [`rebuild`] makes the file anew from the log and proves that nothing differs.
//!
//! Absent here: the log itself (it comes in as a [`Source`]), clocks (`now` comes in), network,
//! threads. Every call blocks.

mod accesses;
mod delivery;
mod digest;
mod drafts;
mod due;
mod erasures;
mod error;
mod feed;
mod file;
mod forks;
mod links;
mod list;
mod merge;
mod notes;
mod obligations;
mod pass;
#[cfg(test)]
mod plans;
mod project;
mod query;
mod reach;
mod rebuild;
mod rows;
mod sealed;
mod search;
mod source;
mod text;
mod translate;
mod viewer;
mod words;
mod write;
mod zones;

pub use accesses::{Access, AccessQuery, Unusual};
pub use delivery::{Delivery, EventDelivery, NodeDelivery, Noted};
pub use drafts::DraftRow;
pub use due::{DueQuery, DueRow};
pub use erasures::{Erasable, ErasureState};
pub use error::ViewsError;
pub use forks::{ForkCut, ForkDecision, ForkReport, ForkRow};
pub use links::LinkRow;
pub use project::{Progress, Projector};
pub use query::Views;
pub use rebuild::{Rebuilt, build_as_of, rebuild};
pub use rows::{
    AlertQuery, AlertRow, Counters, Entry, FeedQuery, Page, Standing, StatusFilter, UnitQuery,
    UnitRow, ZoneRow,
};
pub use search::{
    Brief, Found, How, LONGEST_QUESTION, Match, Purpose, SearchPage, SearchQuery, is_same_name,
};
pub use source::{Source, SourceError, Stored};
pub use translate::{opened, signed_by, to_domain, to_word};
pub use viewer::Viewer;
pub use zones::ZoneCounts;

/// The version of the schema, also in the file's name.
pub const SCHEMA: u32 = 7;
/// Most rows that one query gives.
pub const PAGE: usize = 500;
