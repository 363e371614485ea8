//! What each peer said last, zone by zone.

use std::collections::BTreeMap;

use giapranh_record::ZONE_DIRECTORY;
use giapranh_record::beacon::{Beacon, LocalHead, SignedBeacon, Unbelieved};
use giapranh_record::chain::Head;

use super::asks::{Holder, Lack};
use super::compare::{self, Claim, Finding, Relation};
use super::{Feed, HashAt, Heads, Registry};

/// Most peers whose key is not known here and of which it is kept how far they know the directory: a
/// cluster has some forty nodes.
const HINTS: usize = 64;
/// A delivery is noted at most once in this time for a peer and a zone, when the peer then holds all.
const NOTING_MS: u64 = 900;
/// The same while it is still catching up: each note is kept for ever.
const NOTING_BEHIND_MS: u64 = 60_000;
/// A beacon that names more feeds of a zone than twice as many as are known here, and these, is not
/// kept as a proof: a note takes what the peer chose to say.
const SPARE_HEADS: usize = 64;

/// What the node knows of others.
#[derive(Debug)]
pub struct Peers {
    pub(super) me: String,
    instance: [u8; 16],
    pub(super) interval_ms: u64,
    pub(super) others: BTreeMap<String, Peer>,
    /// How far those know the directory whose keys the directory here does not tell yet. Nothing is
    /// believed of it: it says whom to ask for the directory, whose events prove themselves.
    hints: BTreeMap<String, BTreeMap<Feed, Head>>,
    /// How far a peer's hold on our feeds has been noted: by peer, zone and epoch.
    noted: BTreeMap<(String, String, u32), u64>,
    /// When the last was noted, by peer and zone.
    noted_ms: BTreeMap<(String, String), u64>,
}

#[derive(Debug)]
pub(super) struct Peer {
    instance: [u8; 16],
    pub zones: BTreeMap<String, Said>,
    pub heard_ms: u64,
    /// The peer's clock less ours, milliseconds.
    pub skew_ms: i64,
    pub directory_seq: u64,
    epoch: u32,
    local: LocalHead,
    /// When its chain was seen to be shorter than before, or another.
    pub local_went_back_ms: Option<u64>,
}

/// What was said of a zone.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// In this epoch: a new one, with a new key, counts from the clock again. Whoever had stolen the
    /// key before could have said any number with it.
    epoch: u32,
    counter: u64,
    pub heads: BTreeMap<Feed, Seen>,
}

/// A head that was said, and whether it was the same as ours at that place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub head: Head,
    same: bool,
}

/// What this node is when it hears something.
#[derive(Clone, Copy)]
#[allow(missing_docs)]
pub struct Mine<'a> {
    pub heads: &'a Heads,
    pub hash_at: HashAt<'a>,
    /// How long the node has been running, or anything else that never goes back.
    pub now_ms: u64,
    /// The machine's clock, which may be wrong: only compared with what others say.
    pub clock_ms: u64,
}

/// A beacon that is its author's, new, and for this node: see [`Peers::admit`].
#[derive(Debug, Clone, Copy)]
pub struct Admitted<'a> {
    signed: &'a SignedBeacon,
    /// It speaks for this node's unit.
    of_ours: bool,
}

impl Admitted<'_> {
    /// Who speaks.
    pub fn unit(&self) -> &str {
        &self.signed.beacon().unit
    }

    /// Of which zone.
    pub fn zone(&self) -> &str {
        &self.signed.beacon().zone
    }

    /// The beacon as it came: the proof of what it says.
    pub fn signed(&self) -> &SignedBeacon {
        self.signed
    }
}

/// A beacon that was believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The peer has started since it was last heard, or is new: it waits for what others know.
    pub new_instance: bool,
    /// It holds what this node does not: see [`Peers::lacks`].
    pub more: bool,
    /// What it shows.
    pub findings: Vec<Finding>,
}

/// A beacon that counts for nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)]
pub enum Unheard {
    #[error("it is this node's own")]
    Echo,
    #[error("it is no newer than the one before")]
    Replayed,
    #[error("its author, or this node, is not in the zone")]
    NotEntitled,
    #[error("its key is not the one that its author signs with now")]
    NotCurrent,
    #[error(transparent)]
    Unbelieved(#[from] Unbelieved),
}

impl Peers {
    /// Nobody is known. `interval_ms`: how often everybody speaks, as far as this node knows.
    pub fn new(me: &str, instance: [u8; 16], interval_ms: u64) -> Self {
        Self {
            me: me.to_owned(),
            instance,
            interval_ms,
            others: BTreeMap::new(),
            hints: BTreeMap::new(),
            noted: BTreeMap::new(),
            noted_ms: BTreeMap::new(),
        }
    }

    /// Whether a beacon counts: its author's, for this node, and newer than the author's last in that
    /// zone. `counter`: that of this node's newest beacon. One that does not count changes nothing.
    pub fn admit<'a>(
        &mut self,
        signed: &'a SignedBeacon,
        registry: &dyn Registry,
        heads: &Heads,
        counter: u64,
    ) -> Result<Admitted<'a>, Unheard> {
        let beacon = signed.beacon();
        let of_ours = beacon.unit == self.me;
        if of_ours && beacon.instance == self.instance {
            return Err(Unheard::Echo);
        }
        // Before anything that costs time: an old one again is what is sent most easily. Of ours:
        // what an earlier life of this node said is no sign of another one that lives.
        let before = self.said(beacon).map(|said| (said.epoch, said.counter));
        let before = if of_ours { Some((beacon.epoch, counter)) } else { before };
        if before.is_some_and(|before| (beacon.epoch, beacon.counter) <= before) {
            return Err(Unheard::Replayed);
        }
        match signed.verify(registry.keyring()) {
            Err(unbelieved @ Unbelieved::UnknownKey(_)) => {
                self.take_hint(beacon, heads);
                return Err(unbelieved.into());
            }
            verified => verified?,
        }
        if !registry.speaks(&beacon.unit, beacon.epoch, &signed.key_id()) {
            return Err(Unheard::NotCurrent);
        }
        let entitled = |unit: &str| registry.is_entitled(unit, &beacon.zone);
        if !entitled(&beacon.unit) || !entitled(&self.me) {
            return Err(Unheard::NotEntitled);
        }
        self.hints.remove(&beacon.unit);
        Ok(Admitted { signed, of_ours })
    }

    /// The places at which [`Peers::hear`] will want to know what is here, so that they can be read
    /// beforehand. What has not changed since the last beacon is not among them.
    pub fn questions(&self, admitted: &Admitted<'_>, heads: &Heads) -> Vec<(Feed, u64)> {
        let beacon = admitted.signed.beacon();
        let said = self.said(beacon);
        let open = |feed: &Feed, head: Head| {
            let known = said.and_then(|said| said.heads.get(feed));
            known.is_none_or(|seen| !seen.same || seen.head != head)
        };
        let before_ours = |feed: &Feed, head: Head| {
            heads.get(feed).is_some_and(|ours| head.seq < ours.seq) && open(feed, head)
        };
        let all = beacon.heads.iter().map(|h| (compare::feed(beacon, h), compare::head(h)));
        all.filter(|(feed, head)| before_ours(feed, *head)).map(|(f, head)| (f, head.seq)).collect()
    }

    /// Takes in a beacon, and tells what it shows.
    pub fn hear(&mut self, admitted: &Admitted<'_>, mine: &Mine<'_>) -> Heard {
        let beacon = admitted.signed.beacon();
        if admitted.of_ours {
            let findings = vec![Finding::Clone { counter: beacon.counter }];
            return Heard { new_instance: false, more: false, findings };
        }
        self.take_in(beacon, mine)
    }

    fn said(&self, beacon: &Beacon) -> Option<&Said> {
        self.others.get(&beacon.unit).and_then(|peer| peer.zones.get(&beacon.zone))
    }

    fn take_hint(&mut self, beacon: &Beacon, ours: &Heads) {
        let longer = |feed: &Feed, head: Head| ours.get(feed).is_none_or(|o| head.seq > o.seq);
        let heads: BTreeMap<Feed, Head> = beacon
            .heads
            .iter()
            .map(|head| (compare::feed(beacon, head), compare::head(head)))
            .filter(|(feed, head)| longer(feed, *head))
            .collect();
        let known = self.hints.contains_key(&beacon.unit);
        let room = known || self.hints.len() < HINTS;
        if beacon.zone == ZONE_DIRECTORY && room {
            self.hints.insert(beacon.unit.clone(), heads);
        }
    }

    fn take_in(&mut self, beacon: &Beacon, mine: &Mine<'_>) -> Heard {
        let mut findings = Vec::new();
        let (epoch, counter) = (beacon.epoch, beacon.counter);
        let mut said = Said { epoch, counter, heads: BTreeMap::new() };
        let before = self.others.get(&beacon.unit).and_then(|peer| peer.zones.get(&beacon.zone));
        let (mut held_of_ours, mut more) = (Vec::new(), false);
        for head in &beacon.heads {
            let (feed, head) = (compare::feed(beacon, head), compare::head(head));
            let known = before.and_then(|said| said.heads.get(&feed));
            let relation = match known {
                Some(seen) if seen.same && seen.head == head => Relation::Same,
                _ => compare::relation(&feed, head, mine.heads, mine.hash_at),
            };
            more |= relation == Relation::More;
            let own = feed.origin == self.me;
            let by = || beacon.unit.clone();
            match relation {
                Relation::Same if own => held_of_ours.push((feed.epoch, head.seq)),
                Relation::More | Relation::Differs if own => {
                    let Head { seq, hash } = head;
                    let (epoch, zone) = (feed.epoch, feed.zone.clone());
                    let claim = Claim { epoch, zone, seq, hash, said_by: by() };
                    findings.push(Finding::OwnElsewhere(claim));
                }
                Relation::Differs => {
                    let (feed, seq) = (feed.clone(), head.seq);
                    findings.push(Finding::Fork { feed, seq, said_by: by() });
                }
                _ => {}
            }
            said.heads.insert(feed, Seen { head, same: relation == Relation::Same });
        }
        // What is noted is the whole beacon, so all that it says of our feeds has to be so.
        if !findings.iter().any(|finding| matches!(finding, Finding::OwnElsewhere(_))) {
            findings.extend(self.delivered(beacon, held_of_ours, mine));
        }
        let new_instance = self.remember(beacon, said, mine, &mut findings);
        Heard { new_instance, more, findings }
    }

    fn delivered(
        &mut self,
        beacon: &Beacon,
        held: Vec<(u32, u64)>,
        mine: &Mine<'_>,
    ) -> Option<Finding> {
        let (unit, zone) = (beacon.unit.clone(), beacon.zone.clone());
        let more = |(epoch, seq): &&(u32, u64)| {
            let noted = self.noted.get(&(unit.clone(), zone.clone(), *epoch));
            noted.is_none_or(|noted| seq > noted)
        };
        let of_zone = mine.heads.keys().filter(|feed| feed.zone == zone).count();
        if beacon.heads.len() > 2 * of_zone + SPARE_HEADS || !held.iter().any(|one| more(&one)) {
            return None;
        }
        let is_all = |(epoch, seq): &(u32, u64)| {
            let feed = Feed { origin: self.me.clone(), epoch: *epoch, zone: zone.clone() };
            mine.heads.get(&feed).is_some_and(|ours| ours.seq == *seq)
        };
        let apart_ms =
            if held.iter().filter(more).all(is_all) { NOTING_MS } else { NOTING_BEHIND_MS };
        let (place, now_ms) = ((unit.clone(), zone.clone()), mine.now_ms);
        if self.noted_ms.get(&place).is_some_and(|at| now_ms < at + apart_ms) {
            return None;
        }
        self.noted_ms.insert(place, now_ms);
        Some(Finding::Delivered { unit, zone, heads: held })
    }

    fn remember(
        &mut self,
        beacon: &Beacon,
        said: Said,
        mine: &Mine<'_>,
        findings: &mut Vec<Finding>,
    ) -> bool {
        let (unit, now_ms) = (&beacon.unit, mine.now_ms);
        let new = Peer {
            instance: beacon.instance,
            zones: BTreeMap::new(),
            heard_ms: now_ms,
            skew_ms: 0,
            directory_seq: 0,
            epoch: beacon.epoch,
            local: beacon.local,
            local_went_back_ms: None,
        };
        let mut new_instance = !self.others.contains_key(unit);
        let peer = self.others.entry(unit.clone()).or_insert(new);
        new_instance |= peer.instance != beacon.instance;
        peer.instance = beacon.instance;
        peer.heard_ms = now_ms;
        let clock_ms = mine.clock_ms.cast_signed();
        peer.skew_ms = beacon.sent_ms.cast_signed().saturating_sub(clock_ms);
        peer.directory_seq = beacon.directory_seq;
        // Beacons of different zones may overtake each other, so only a newer one says that a chain
        // went back.
        let place = (beacon.epoch, beacon.counter);
        let newest = peer.zones.values().all(|other| place > (other.epoch, other.counter));
        if newest {
            let (was, now) = (peer.local, beacon.local);
            let other = was.count == now.count && was.hash != now.hash;
            if beacon.epoch == peer.epoch && (now.count < was.count || other) {
                peer.local_went_back_ms = Some(now_ms);
                let (unit, was, now) = (unit.clone(), was.count, now.count);
                findings.push(Finding::LocalWentBack { unit, was, now });
            }
            (peer.epoch, peer.local) = (beacon.epoch, now);
        }
        peer.zones.insert(beacon.zone.clone(), said);
        new_instance
    }

    /// It is durably noted how far a peer holds a feed of ours.
    pub fn noted(&mut self, unit: &str, zone: &str, epoch: u32, seq: u64) {
        let noted = self.noted.entry((unit.to_owned(), zone.to_owned(), epoch)).or_default();
        *noted = seq.max(*noted);
    }

    /// Forgets what a peer said of zones that it is not in any more, and peers that are in none.
    pub fn retain(&mut self, is_entitled: impl Fn(&str, &str) -> bool) {
        for (unit, peer) in &mut self.others {
            peer.zones.retain(|zone, _| is_entitled(unit, zone));
        }
        self.others.retain(|_, peer| !peer.zones.is_empty());
    }

    /// Whether a peer has spoken of a zone since this node started.
    pub fn has_spoken(&self, unit: &str, zone: &str) -> bool {
        self.others.get(unit).is_some_and(|peer| peer.zones.contains_key(zone))
    }

    /// What others hold and this node does not, with those who hold it: the feed's origin first, then
    /// who holds most. Of feeds that `wanted` leaves out nothing is said.
    pub fn lacks(&self, heads: &Heads, wanted: impl Fn(&Feed) -> bool) -> Vec<Lack> {
        let mut lacks: BTreeMap<&Feed, Vec<Holder>> = BTreeMap::new();
        let said = self.others.iter().flat_map(|(unit, peer)| {
            let heads = peer.zones.values().flat_map(|said| &said.heads);
            heads.map(move |(feed, seen)| (unit, feed, seen.head.seq))
        });
        let hinted = self
            .hints
            .iter()
            .flat_map(|(unit, heads)| heads.iter().map(move |(feed, head)| (unit, feed, head.seq)));
        for (unit, feed, seq) in said.chain(hinted) {
            if seq > heads.get(feed).map_or(0, |head| head.seq) && wanted(feed) {
                let holder = Holder { unit: unit.clone(), seq };
                lacks.entry(feed).or_default().push(holder);
            }
        }
        let lack = |(feed, mut holders): (&Feed, Vec<Holder>)| {
            holders.sort_by_key(|holder| (holder.unit != feed.origin, u64::MAX - holder.seq));
            let from_seq = heads.get(feed).map_or(0, |head| head.seq) + 1;
            Lack { feed: feed.clone(), from_seq, holders }
        };
        lacks.into_iter().map(lack).collect()
    }

    /// Who said that they hold a place of a feed: the origin first.
    pub fn holders(&self, feed: &Feed, seq: u64) -> Vec<String> {
        let holds = |peer: &Peer| {
            let said = peer.zones.get(&feed.zone).and_then(|said| said.heads.get(feed));
            said.is_some_and(|seen| seen.head.seq >= seq)
        };
        let mut units: Vec<String> = self
            .others
            .iter()
            .filter(|(_, peer)| holds(peer))
            .map(|(unit, _)| unit.clone())
            .collect();
        units.sort_by_key(|unit| *unit != feed.origin);
        units
    }
}
