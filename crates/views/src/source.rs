//! Where views read the log.

use giapranh_record::event::Event;
use giapranh_record::{DataKey, Hash, ZONE_DIRECTORY};

/// An event with its place in this node's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its place, from 1; local to this node.
    pub position: u64,
    /// When this node appended it, milliseconds since 1970.
    pub arrived_ms: u64,
    /// The event.
    pub event: Event,
}

/// The log could not be read.
#[derive(Debug, thiserror::Error)]
#[error("the log could not be read: {0}")]
pub struct SourceError(#[source] Box<dyn std::error::Error + Send + Sync>);

impl SourceError {
    /// Wraps the log's own error, or a message.
    pub fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }
}

/// The log and the keys that the node holds, as views read them.
///
/// Every event stands once. What was given for a range of positions is given again for ever: the
/// log only grows at its end. Positions ascend and may have gaps. A key may come and go; an event of
/// the log says each time that it did. Calls block and may come from any thread.
pub trait Source: Send {
    /// Events with a position over `after`, ascending, at most `limit`. Empty only when there is
    /// none.
    fn after(&self, after: u64, limit: usize) -> Result<Vec<Stored>, SourceError>;

    /// All events whose header names that alert, with a position of at most `until`, ascending.
    fn of_alert(&self, alert: &str, until: u64) -> Result<Vec<Stored>, SourceError>;

    /// All events linked to the zone `directory` with a position over `after` and at most `until`,
    /// ascending.
    fn directory(&self, after: u64, until: u64) -> Result<Vec<Stored>, SourceError>;

    /// The newest position; 0 when there is none.
    fn head(&self) -> Result<u64, SourceError>;

    /// The key with that commitment; `None` when the node does not hold it. A source without keys shows
    /// of what is sealed what the headers say.
    fn key(&self, commitment: &Hash) -> Result<Option<DataKey>, SourceError> {
        let _ = commitment;
        Ok(None)
    }
}

/// Events in memory, by position: few enough to be looked through.
impl Source for Vec<Stored> {
    fn after(&self, after: u64, limit: usize) -> Result<Vec<Stored>, SourceError> {
        let later = self.iter().filter(|stored| stored.position > after);
        Ok(later.take(limit).cloned().collect())
    }

    fn of_alert(&self, alert: &str, until: u64) -> Result<Vec<Stored>, SourceError> {
        let about = |stored: &&Stored| stored.event.header().alert.as_deref() == Some(alert);
        Ok(self.iter().filter(|stored| stored.position <= until).filter(about).cloned().collect())
    }

    fn directory(&self, after: u64, until: u64) -> Result<Vec<Stored>, SourceError> {
        let range = after + 1..=until;
        let linked = |stored: &&Stored| stored.event.header().link(ZONE_DIRECTORY).is_some();
        let within = self.iter().filter(|stored| range.contains(&stored.position));
        Ok(within.filter(linked).cloned().collect())
    }

    fn head(&self) -> Result<u64, SourceError> {
        Ok(self.last().map_or(0, |stored| stored.position))
    }
}
