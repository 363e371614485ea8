//! How peers stand: heard or silent, behind or ahead, and whose clock is wrong.

use std::collections::BTreeMap;

use super::peers::{Peer, Peers};
use super::settling::Expected;
use super::{Feed, Heads};

/// After so many intervals without a word a peer is called silent.
pub const SILENT_INTERVALS: u64 = 3;
/// A clock that differs by more is called wrong, milliseconds.
pub const SKEW_MS: u64 = 2 * 60 * 1000;
/// Fewer peers than these can't tell whose clock it is.
const WITNESSES: usize = 2;

/// How one peer stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerStanding {
    /// Its unit.
    pub unit: String,
    /// When it was last heard; `None`: never since this node started.
    pub heard_ms: Option<u64>,
    /// Whether it has not been heard for longer than it may be.
    pub silent: bool,
    /// Its clock less ours, milliseconds, when it was last heard.
    pub skew_ms: Option<i64>,
    /// Whether that is more than [`SKEW_MS`].
    pub skewed: bool,
    /// What either side lacks, by zone.
    pub zones: BTreeMap<String, Lag>,
    /// The newest event of the directory that it said it has.
    pub directory_seq: u64,
    /// When its chain of what it never publishes was seen to be shorter than before, or another.
    pub local_went_back_ms: Option<u64>,
}

/// What two nodes lack of each other in one zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lag {
    /// Events that the peer said it holds and this node does not, over all feeds.
    pub we_lack: u64,
    /// Events of this node that the peer has not said it holds.
    pub it_lacks: u64,
}

impl Peers {
    /// How each of those stands who are expected, in the zones in which they are.
    pub fn standing(
        &self,
        expected: &Expected,
        heads: &Heads,
        (started_ms, now_ms): (u64, u64),
    ) -> Vec<PeerStanding> {
        let mut units: BTreeMap<&str, BTreeMap<String, Lag>> = BTreeMap::new();
        for (unit, zone) in expected.iter().filter(|(unit, _)| *unit != self.me) {
            let lag = self.lag(unit, zone, heads);
            units.entry(unit).or_default().insert(zone.clone(), lag);
        }
        let standing = |(unit, zones): (&str, BTreeMap<String, Lag>)| {
            let peer = self.others.get(unit);
            let since_ms = peer.map_or(started_ms, |peer| peer.heard_ms);
            let quiet_ms = now_ms.saturating_sub(since_ms);
            PeerStanding {
                unit: unit.to_owned(),
                heard_ms: peer.map(|peer| peer.heard_ms),
                silent: quiet_ms > SILENT_INTERVALS * self.interval_ms,
                skew_ms: peer.map(|peer| peer.skew_ms),
                skewed: peer.is_some_and(|peer| peer.skew_ms.unsigned_abs() > SKEW_MS),
                zones,
                directory_seq: peer.map_or(0, |peer| peer.directory_seq),
                local_went_back_ms: peer.and_then(|peer| peer.local_went_back_ms),
            }
        };
        units.into_iter().map(standing).collect()
    }

    fn lag(&self, unit: &str, zone: &str, heads: &Heads) -> Lag {
        let said = self.others.get(unit).and_then(|peer| peer.zones.get(zone));
        let theirs = |feed: &Feed| {
            said.and_then(|said| said.heads.get(feed)).map_or(0, |seen| seen.head.seq)
        };
        let own = heads.iter().filter(|(feed, _)| feed.origin == self.me && feed.zone == zone);
        let it_lacks = own.map(|(feed, head)| head.seq.saturating_sub(theirs(feed)));
        let ours = |feed: &Feed| heads.get(feed).map_or(0, |head| head.seq);
        let heads = said.into_iter().flat_map(|said| &said.heads);
        let we_lack = heads.map(|(feed, seen)| seen.head.seq.saturating_sub(ours(feed)));
        Lag {
            we_lack: we_lack.fold(0, u64::saturating_add),
            it_lacks: it_lacks.fold(0, u64::saturating_add),
        }
    }

    /// How far this node's clock is off, milliseconds (positive: behind the others'), when most of
    /// those who are heard say so; `None` when they don't, or are too few to tell.
    pub fn own_skew(&self, now_ms: u64) -> Option<i64> {
        let lately = |peer: &&Peer| {
            now_ms.saturating_sub(peer.heard_ms) <= SILENT_INTERVALS * self.interval_ms
        };
        let mut skews: Vec<i64> =
            self.others.values().filter(lately).map(|peer| peer.skew_ms).collect();
        if skews.len() < WITNESSES {
            return None;
        }
        skews.sort_unstable();
        let most = skews.len() / 2 + 1;
        // When more than half are off on one side, so is the one that comes as far as more than half.
        let (ahead, behind) = (skews[skews.len() - most], skews[most - 1]);
        let off = |skew: i64| skew.unsigned_abs() > SKEW_MS;
        [(ahead, ahead > 0), (behind, behind < 0)]
            .into_iter()
            .find_map(|(skew, side)| (side && off(skew)).then_some(skew))
    }
}
