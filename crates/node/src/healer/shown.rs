//! What healing shows of itself: to people by the API, to machines by metrics.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering::Relaxed;

use giapranh_domain::{Directory, UnitId};
use giapranh_log::{Clock, Log, Tail};
use giapranh_web::{Finding, OwnTail, Peer, PeerZone, Peers, TailState};

use super::{Healing, registry};
use crate::healing::{Lag, PeerStanding};

impl Healing {
    /// Whom the node has heard, and what healing has left to do.
    pub fn peers(
        &self,
        unit: &UnitId,
        directory: &Directory,
        log: &Log,
        clock: &dyn Clock,
    ) -> Peers {
        let (now_ms, clock_ms) = (self.now_ms(), clock.now_ms());
        let expected = registry::expected(directory, unit);
        let state = self.state();
        let standing = state.peers.standing(&expected, &state.heads, (0, now_ms));
        let wall_ms = |at_ms: u64| clock_ms.saturating_sub(now_ms.saturating_sub(at_ms));
        let forked = |unit: &str| state.forked.iter().any(|(origin, _)| origin == unit);
        let peers = standing.into_iter().filter_map(|peer| {
            let (forked, lied) = (forked(&peer.unit), state.wants.has_lied(&peer.unit));
            shown(peer, (forked, lied), now_ms, wall_ms)
        });
        Peers {
            unit: unit.clone(),
            peers: peers.collect(),
            tail: own_tail(&log.tail().borrow()),
            skew_ms: state.peers.own_skew(now_ms),
            counters: self.counted(),
        }
    }

    /// What came and by which way, by name.
    pub fn counted(&self) -> BTreeMap<String, u64> {
        let counters = &self.counters;
        [
            ("events_by_stream", &counters.by_stream),
            ("events_by_backfill", &counters.by_backfill),
            ("duplicates_by_backfill", &counters.twice_by_backfill),
            ("beacons_believed", &counters.heard),
            ("beacons_replayed", &counters.replayed),
            ("beacons_refused", &counters.unbelieved),
            ("pages_refused", &counters.nonsense),
            ("deliveries_noted", &counters.noted),
            ("claims_not_shown", &counters.unshown),
        ]
        .into_iter()
        .map(|(name, count)| (name.to_owned(), count.load(Relaxed)))
        .collect()
    }
}

fn shown(
    peer: PeerStanding,
    (forked, lied): (bool, bool),
    now_ms: u64,
    wall_ms: impl Fn(u64) -> u64,
) -> Option<Peer> {
    let findings = [
        (peer.silent, Finding::Silent),
        (peer.skewed, Finding::Skew),
        (forked, Finding::Fork),
        (peer.local_went_back_ms.is_some(), Finding::WentBack),
        (lied, Finding::Refused),
    ];
    let zone = |(zone, lag): (String, Lag)| {
        let zone = zone.parse().ok()?;
        Some(PeerZone { zone, lacks_here: lag.we_lack, lacks_there: lag.it_lacks })
    };
    Some(Peer {
        unit: peer.unit.parse().ok()?,
        heard_ms: peer.heard_ms.map(wall_ms),
        silent_ms: peer.heard_ms.map(|heard_ms| now_ms.saturating_sub(heard_ms)),
        zones: peer.zones.into_iter().filter_map(zone).collect(),
        skew_ms: peer.skew_ms,
        directory_head: peer.heard_ms.map(|_| peer.directory_seq),
        findings: findings.into_iter().filter(|(is, _)| *is).map(|(_, finding)| finding).collect(),
    })
}

/// How the own tail stands.
pub(crate) fn own_tail(tail: &Tail) -> OwnTail {
    let (state, lacks) = match tail {
        Tail::Whole => (TailState::Whole, 0),
        Tail::Behind { lacks, .. } => {
            let missing = lacks
                .iter()
                .map(|lack| lack.until_seq.saturating_sub(lack.from_seq).saturating_add(1));
            (TailState::Behind, missing.fold(0, u64::saturating_add))
        }
        Tail::Unknown { .. } => (TailState::Unknown, 0),
        Tail::Forked { .. } => (TailState::Forked, 0),
    };
    OwnTail { state, reason: tail.refusal().unwrap_or_default().to_owned(), lacks }
}
