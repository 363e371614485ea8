//! What nodes say to one another, as far as a node can tell: beacons, and pages that are asked for.
//!
//! [`Exchange`] is the seam. [`InMemory`] stands behind it where a test must own every word; [`check`]
//! holds whatever stands there to its [`CONTRACT`].

mod contract;
mod in_memory;

pub use contract::{CONTRACT, check};
pub use in_memory::InMemory;

/// A beacon as it was heard.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub struct Beacon {
    pub zone: String,
    pub unit: String,
    pub bytes: Vec<u8>,
}

/// Why there is no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoPage {
    /// Nobody answered.
    Unanswered,
    /// The responder says that the requester is not in that zone.
    NotEntitled,
    /// The responder has nothing of that.
    NotHere,
    /// Later, in so many milliseconds.
    Busy(u64),
    /// It failed, or was no page.
    Refused,
}

/// How a unit answers: to whom, and what was asked.
pub type Answer = fn(&str, &[u8]) -> Result<Vec<u8>, NoPage>;

/// The exchange of all nodes.
///
/// A beacon reaches, at most once, who listens to its zone while it is said; nobody keeps it. A
/// request reaches the one who is asked and no other, who is told truly who asks.
pub trait Exchange {
    /// From now on the unit hears just these zones, what it says itself included.
    fn listen(&mut self, unit: &str, zones: &[&str]);

    /// Says a beacon. Whether anybody hears it is not known.
    fn say(&mut self, unit: &str, zone: &str, bytes: &[u8]);

    /// What a unit has heard since this was asked last, all that was said before included.
    fn heard(&mut self, unit: &str) -> Vec<Beacon>;

    /// From now on the unit answers.
    fn serve(&mut self, unit: &str, answer: Answer);

    /// The unit answers no more.
    fn stop(&mut self, unit: &str);

    /// Asks for a page.
    fn ask(&mut self, from: &str, to: &str, request: &[u8]) -> Result<Vec<u8>, NoPage>;
}
