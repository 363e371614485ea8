//! What travelled over a line, counted.
//!
//! Each number only grows, from the start of the line on; reading them costs some loads from memory.
//! They hold that nothing new means nothing transferred, and they are what metrics show.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// How much of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub struct Amount {
    pub messages: u64,
    /// Of payloads, without headers and subjects.
    pub bytes: u64,
}

/// What has travelled over a line so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Traffic {
    /// Events that the stream acknowledged, once for each zone.
    pub published: Amount,
    /// Messages that a stream said it had already: they were sent for nothing.
    pub known: u64,
    /// Events that a sink has committed, those included that it had already.
    pub pulled: Amount,
    /// Of these, those that the sink had already: as told to [`crate::Line::count_duplicates`].
    pub duplicates: u64,
    /// Beacons that were said.
    pub beacons_sent: Amount,
    /// Beacons that were heard, those included that were dropped.
    pub beacons_heard: Amount,
    /// Beacons that were dropped, because newer ones came or too many were waiting.
    pub beacons_dropped: u64,
    /// Requests for pages that were made of others.
    pub pages_asked: u64,
    /// Pages that others answered with.
    pub pages_received: Amount,
    /// Requests for pages that others made, those included that were refused.
    pub pages_requested: u64,
    /// Pages that were served to others.
    pub pages_served: Amount,
    /// Requests that were refused because too much was asked.
    pub pages_put_off: u64,
}

#[derive(Debug, Default)]
pub(crate) struct Counter {
    messages: AtomicU64,
    bytes: AtomicU64,
}

impl Counter {
    pub(crate) fn add(&self, messages: usize, bytes: usize) {
        self.messages.fetch_add(messages as u64, Relaxed);
        self.bytes.fetch_add(bytes as u64, Relaxed);
    }

    fn read(&self) -> Amount {
        Amount { messages: self.messages.load(Relaxed), bytes: self.bytes.load(Relaxed) }
    }
}

/// The counters of a line, shared by all that travels over it.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub published: Counter,
    pub known: AtomicU64,
    pub pulled: Counter,
    pub duplicates: AtomicU64,
    pub beacons_sent: Counter,
    pub beacons_heard: Counter,
    pub beacons_dropped: AtomicU64,
    pub pages_asked: AtomicU64,
    pub pages_received: Counter,
    pub pages_requested: AtomicU64,
    pub pages_served: Counter,
    pub pages_put_off: AtomicU64,
}

impl Counters {
    pub(crate) fn read(&self) -> Traffic {
        Traffic {
            published: self.published.read(),
            known: self.known.load(Relaxed),
            pulled: self.pulled.read(),
            duplicates: self.duplicates.load(Relaxed),
            beacons_sent: self.beacons_sent.read(),
            beacons_heard: self.beacons_heard.read(),
            beacons_dropped: self.beacons_dropped.load(Relaxed),
            pages_asked: self.pages_asked.load(Relaxed),
            pages_received: self.pages_received.read(),
            pages_requested: self.pages_requested.load(Relaxed),
            pages_served: self.pages_served.read(),
            pages_put_off: self.pages_put_off.load(Relaxed),
        }
    }
}

/// Adds one.
pub(crate) fn one(counter: &AtomicU64) {
    counter.fetch_add(1, Relaxed);
}
