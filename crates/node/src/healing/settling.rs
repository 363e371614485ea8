//! After a start: whether this log may have lost its tail, as far as anybody could know.
//!
//! A node with a line waits a moment before it signs: until the stream was asked what it holds of
//! ours and the peers have spoken. A node that is cut off goes on: nobody can have seen what it might
//! have lost.

use std::collections::BTreeSet;

/// The longest that commands wait after a start, for a line to come up as well: a handshake over a bad
/// one takes its time.
pub const SETTLING_MS: u64 = 3_000;
/// When nobody new has spoken for so long after this node did, those who are there have spoken:
/// whoever hears a node that has started answers within [`AFTER_CHANGE_MS`](super::AFTER_CHANGE_MS).
const QUIET_MS: u64 = 700;

/// Whom the directory makes this node expect: a unit and a zone that both are in.
pub type Expected = BTreeSet<(String, String)>;

/// What is known of what the stream holds of us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stream {
    Unasked,
    Asked,
    Read,
}

/// How far the start is.
#[derive(Debug)]
pub struct Settling {
    began_ms: u64,
    alone: bool,
    up_ms: Option<u64>,
    stream: Stream,
    said_ms: Option<u64>,
    heard: Expected,
    heard_ms: u64,
    directory_ms: u64,
    settled: bool,
}

impl Settling {
    /// The node starts. Without any line configured there is nobody to wait for.
    pub fn new(began_ms: u64, has_line: bool) -> Self {
        Self {
            began_ms,
            alone: !has_line,
            up_ms: None,
            stream: Stream::Unasked,
            said_ms: None,
            heard: Expected::new(),
            heard_ms: 0,
            directory_ms: 0,
            settled: false,
        }
    }

    /// The line is up.
    pub fn line_up(&mut self, now_ms: u64) {
        self.up_ms.get_or_insert(now_ms);
    }

    /// The stream was asked what it holds of this node's feeds: it said so, or it is not there.
    pub fn stream_asked(&mut self) {
        if self.stream == Stream::Unasked {
            self.stream = Stream::Asked;
        }
    }

    /// It is known what the stream holds of this node's feeds, in all zones that the directory knows
    /// now; `false` when it is not known any more, because the directory has moved.
    pub fn stream_read(&mut self, read: bool) {
        self.stream = match self.stream {
            _ if read => Stream::Read,
            Stream::Unasked => Stream::Unasked,
            Stream::Asked | Stream::Read => Stream::Asked,
        };
    }

    /// This node has spoken of all its zones.
    pub fn said(&mut self, now_ms: u64) {
        self.said_ms.get_or_insert(now_ms);
    }

    /// A peer has spoken of a zone.
    pub fn heard(&mut self, unit: &str, zone: &str, now_ms: u64) {
        if self.heard.insert((unit.to_owned(), zone.to_owned())) {
            self.heard_ms = now_ms;
        }
    }

    /// Whether the node goes on as if nothing were missing that it has not heard of. Once it does,
    /// it does.
    pub fn is_settled(&mut self, expected: &Expected, now_ms: u64) -> bool {
        self.settled = self.settled || self.settles(expected, now_ms);
        self.settled
    }

    fn settles(&self, expected: &Expected, now_ms: u64) -> bool {
        let since = |then: u64| now_ms.saturating_sub(then);
        if self.alone || since(self.began_ms) >= SETTLING_MS {
            return true;
        }
        let (Some(_), Some(said_ms)) = (self.up_ms, self.said_ms) else { return false };
        let quiet = since(said_ms.max(self.heard_ms)) >= QUIET_MS;
        self.stream != Stream::Unasked && (expected.is_subset(&self.heard) || quiet)
    }

    /// The directory here has moved, or was read for the first time.
    pub fn directory_moved(&mut self, now_ms: u64) {
        self.directory_ms = now_ms;
    }

    /// Whether the stream was read and the peers were heard so far that a log whose marker is gone is
    /// known to be whole. Stricter than [`Settling::is_settled`]: it needs the stream, at least one
    /// peer, and that nothing is lacking of the directory and of this node's own feeds (`current`).
    /// Of the other peers it waits `patience_ms`; as long, too, before it believes a directory that
    /// names nobody else.
    pub fn is_confirmed(
        &self,
        expected: &Expected,
        current: bool,
        patience_ms: u64,
        now_ms: u64,
    ) -> bool {
        let Some(up_ms) = self.up_ms else { return false };
        if !current || self.stream != Stream::Read {
            return false;
        }
        if !expected.is_empty() && expected.is_subset(&self.heard) {
            return true;
        }
        let some = expected.is_empty() || expected.iter().any(|one| self.heard.contains(one));
        some && now_ms.saturating_sub(up_ms.max(self.directory_ms)) >= patience_ms
    }
}
