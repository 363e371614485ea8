//! What a node makes of its peers' beacons: what it lacks and who has it, what others hold of its
//! own, where two histories meet under one number, whom it has not heard for long, and when it is
//! to speak itself.
//!
//! ```text
//! beacon ─▶ Peers ──lacks──▶ Wants ──Ask──▶ a peer ──page──▶ the log's gate
//!             │ findings (delivered, own elsewhere, fork, clone)
//! log, time ─▶ Beacons ──zones to speak of──▶ beacon
//! line, outbox, Peers ─▶ Settling ──▶ commands may be signed
//! ```
//!
//! All of it is pure: time, what the log holds and what the directory says come in as arguments, and
//! what is to be done comes out as values. Whatever a peer says is a claim. The worst that a lie does
//! is a question in vain, after which the liar rests; what enters the log is judged by its gate alone.
//!
//! `now_ms` is everywhere a time that never goes back, such as how long the node has been running: what
//! the machine's clock does disturbs nothing here.
//!
//! Absent here: a clock, input and output, tasks, randomness.

pub mod answers;
mod asks;
mod beacons;
mod compare;
mod peers;
mod settling;
mod standing;
mod wants;

use std::collections::BTreeMap;

use giapranh_record::chain::Head;
use giapranh_record::{Hash, KeyId, Keyring};

pub use asks::{Answer, Ask, Doubt, Holder, Lack, Why};
pub use beacons::{AFTER_CHANGE_MS, Beacons, LEAST_GAP_MS};
pub use compare::{Claim, Finding};
pub use peers::{Admitted, Heard, Mine, Peers, Unheard};
pub use settling::{Expected, SETTLING_MS, Settling};
pub use standing::{Lag, PeerStanding, SILENT_INTERVALS, SKEW_MS};
pub use wants::{FEEDS_AT_ONCE, GRACE_MS, Wants};

/// A feed: what one origin published to one zone in one epoch.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub struct Feed {
    pub origin: String,
    pub epoch: u32,
    pub zone: String,
}

/// How far each feed is held without a gap.
pub type Heads = BTreeMap<Feed, Head>;

/// What the directory says now about those who speak.
pub trait Registry {
    /// The keys that are enrolled.
    fn keyring(&self) -> &dyn Keyring;

    /// Whether a unit's node may hold what goes to a zone.
    fn is_entitled(&self, unit: &str, zone: &str) -> bool;

    /// Whether a key is the one that a unit's node signs that epoch with *now*: a key that was
    /// revoked still proves old events, and speaks for nobody.
    fn speaks(&self, unit: &str, epoch: u32, key: &KeyId) -> bool;
}

/// The leaf hash at a seq of a feed that is held, if it is.
pub type HashAt<'a> = &'a dyn Fn(&Feed, u64) -> Option<Hash>;

#[cfg(test)]
mod tests;
