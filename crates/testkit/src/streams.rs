//! What a province's server does for its exchange, as far as a node can tell: a stream that keeps
//! what is published, and a durable for each subscriber.
//!
//! [`Streams`] is the seam. [`InMemory`] stands behind it where a test must own every delivery;
//! `contract` is what holds for whatever stands there.

mod contract;
mod in_memory;

pub use contract::{CONTRACT, check};
pub use in_memory::{InMemory, Saved};

/// An event under one of its subjects.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Message {
    /// What the stream knows it by: the same id is stored once.
    pub id: String,
    pub zone: String,
    pub origin: String,
    pub bytes: Vec<u8>,
}

/// A message as it was handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Names it when it is acknowledged.
    pub seq: u64,
    /// What was published.
    pub message: Message,
}

/// Whether the stream took a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Published {
    /// It is stored.
    Stored,
    /// It knows the id already.
    Duplicate,
}

/// Why nothing was done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotThere {
    /// Nobody has made it, or somebody has removed it.
    #[error("the stream of {0} is not there")]
    Stream(String),
    /// The owner has not made it, or it was lost.
    #[error("the durable of {0} is not there")]
    Durable(String),
}

/// The streams of all provinces.
///
/// A stream is a buffer, not a truth: it may be gone, or older than it was, at any time. What it
/// promises is order and delivery *as long as it stands*: a durable hands out every message of its
/// zones, first the overdue and then in order, until each is acknowledged.
pub trait Streams {
    /// The owner: there is a stream of the province, and for each subscriber a durable of just these
    /// zones. One that is ahead of its stream is made anew.
    fn own(&mut self, province: &str, subscribers: &[(String, Vec<String>)]);

    /// Adds a message.
    fn publish(&mut self, province: &str, message: &Message) -> Result<Published, NotThere>;

    /// The newest message of an origin in a zone.
    fn last(&self, province: &str, zone: &str, origin: &str) -> Result<Option<Message>, NotThere>;

    /// The next messages of a durable, at most so many. What was handed out and not acknowledged
    /// does not come again before it is [`Streams::overdue`].
    fn pull(
        &mut self,
        province: &str,
        subscriber: &str,
        most: usize,
    ) -> Result<Vec<Delivery>, NotThere>;

    /// These are durable at the subscriber and never come again.
    fn acknowledge(
        &mut self,
        province: &str,
        subscriber: &str,
        seqs: &[u64],
    ) -> Result<(), NotThere>;

    /// The time to acknowledge is over: what was not comes again.
    fn overdue(&mut self, province: &str, subscriber: &str) -> Result<(), NotThere>;
}
