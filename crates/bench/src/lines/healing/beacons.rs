//! Beacons of a cluster of forty nodes and sixty zones: what one node says in an interval, and what
//! it takes to say it and to hear all that others say.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use anyhow::{Result, ensure};
use giapranh_node::healing::{Feed, Heads, Mine, Peers, Registry};
use giapranh_record::beacon::{Beacon, FeedHead, LocalHead, SignedBeacon};
use giapranh_record::chain::Head;
use giapranh_record::{Hash, KeyId, Keyring, PublicKey, Signer as _, SigningKey};

use crate::context::Context;
use crate::fixture::key;
use crate::measure::{Pair, Samples, milliseconds};
use crate::report::{Goal, Report, Unit};

const NODES: usize = 40;
const ZONES: usize = 60;
/// Nodes in a zone of a border: two provinces, and some districts on either side.
const IN_ZONE: usize = 6;
/// How often a node speaks of each of its zones.
const INTERVAL_MS: u64 = 15_000;
/// The node that is looked at.
const ME: usize = 0;

/// Measures bytes and time.
pub fn measure(context: &Context, report: &mut Report) -> Result<()> {
    let cluster = Cluster::new();
    let said: usize = cluster.say(ME, 1)?.iter().map(|beacon| beacon.bytes().len()).sum();
    let what = format!("beacons of a node in an interval, {NODES} nodes, {ZONES} zones");
    let bytes = f64::from(u32::try_from(said)?);
    report.figure(&what, Unit::Bytes, &Samples::one(bytes), Goal::Below(20_000.0));
    // Beside checking the same signatures, without which nothing can be believed.
    let mut peers = Peers::new(&node(ME), [1; 16], INTERVAL_MS);
    let heads = cluster.heads(ME);
    let mut pair = Pair::default();
    for round in 1..=context.size(50, 3) {
        let counter = u64::try_from(round)?;
        let heard = cluster.heard(counter)?;
        let begun = Instant::now();
        cluster.say(ME, counter)?;
        for bytes in &heard {
            let signed = SignedBeacon::parse(bytes.clone())?;
            let admitted = peers.admit(&signed, &cluster, &heads, counter)?;
            ensure!(peers.questions(&admitted, &heads).is_empty(), "heads differ");
            let now_ms = counter * INTERVAL_MS;
            let hash_at = |_: &Feed, _: u64| None;
            let mine = Mine { heads: &heads, hash_at: &hash_at, now_ms, clock_ms: now_ms };
            peers.hear(&admitted, &mine);
        }
        pair.ours.push(milliseconds(begun.elapsed()));
        let begun = Instant::now();
        for bytes in &heard {
            SignedBeacon::parse(bytes.clone())?.verify(&cluster)?;
        }
        pair.floor.push(milliseconds(begun.elapsed()));
    }
    // 1 % of a core.
    let goal = Goal::Below(f64::from(u32::try_from(INTERVAL_MS)?) / 100.0);
    let what = format!("  saying them and hearing {} of others", cluster.heard(1)?.len());
    report.line(&what, Unit::Milliseconds, &pair, goal);
    Ok(())
}

/// Who is where, and with which key.
struct Cluster {
    keys: Vec<SigningKey>,
    found: BTreeMap<KeyId, (PublicKey, String)>,
    /// The members of each zone.
    zones: BTreeMap<String, BTreeSet<usize>>,
}

fn node(number: usize) -> String {
    format!("don-vi-{number:02}")
}

/// How far every feed of a zone is: all nodes hold the same.
fn head(zone: &str, origin: usize) -> Head {
    let seq = 1_000 + u64::try_from(origin).unwrap_or_default();
    Head { seq, hash: Hash::of(&[zone.as_bytes(), node(origin).as_bytes()]) }
}

impl Cluster {
    fn new() -> Self {
        let keys: Vec<SigningKey> = (0..NODES).map(|number| key(&node(number))).collect();
        let found = keys.iter().enumerate().map(|(number, key)| {
            let public = key.public_key();
            (public.id(), (public, node(number)))
        });
        let found = found.collect();
        let border =
            |zone: usize| (0..IN_ZONE).map(move |step| (zone * 7 + step) % NODES).collect();
        let mut zones: BTreeMap<String, BTreeSet<usize>> =
            (0..ZONES).map(|zone| (format!("vung-{zone:02}"), border(zone))).collect();
        zones.insert("cluster".to_owned(), (0..NODES).collect());
        Self { keys, found, zones }
    }

    fn heads(&self, of: usize) -> Heads {
        let zones = self.zones.iter().filter(|(_, members)| members.contains(&of));
        let feeds = zones.flat_map(|(zone, members)| {
            members.iter().map(move |origin| {
                let feed = Feed { origin: node(*origin), epoch: 1, zone: zone.clone() };
                (feed, head(zone, *origin))
            })
        });
        feeds.collect()
    }

    /// What a node says in an interval.
    fn say(&self, number: usize, counter: u64) -> Result<Vec<SignedBeacon>> {
        let zones = self.zones.iter().filter(|(_, members)| members.contains(&number));
        let said = zones.map(|(zone, members)| {
            let head = |origin: &usize| {
                let Head { seq, hash } = head(zone, *origin);
                FeedHead { origin: node(*origin), epoch: 1, seq, hash }
            };
            let beacon = Beacon {
                unit: node(number),
                epoch: 1,
                zone: zone.clone(),
                instance: [u8::try_from(number + 1)?; 16],
                counter,
                sent_ms: counter * INTERVAL_MS,
                directory_seq: 100,
                local: LocalHead { count: 10, hash: Hash::of(&[b"local"]) },
                heads: members.iter().map(head).collect(),
            };
            Ok(beacon.sign(&self.keys[number])?)
        });
        said.collect()
    }

    /// What the node that is looked at hears in an interval.
    fn heard(&self, counter: u64) -> Result<Vec<bytes::Bytes>> {
        let mut heard = Vec::new();
        for number in (0..NODES).filter(|number| *number != ME) {
            let said = self.say(number, counter)?;
            let for_me = said.iter().filter(|one| self.zones[&one.beacon().zone].contains(&ME));
            heard.extend(for_me.map(|one| one.bytes().clone()));
        }
        Ok(heard)
    }
}

impl Keyring for Cluster {
    fn find(&self, id: &KeyId) -> Option<(PublicKey, String)> {
        self.found.get(id).cloned()
    }
}

impl Registry for Cluster {
    fn keyring(&self) -> &dyn Keyring {
        self
    }

    fn is_entitled(&self, unit: &str, zone: &str) -> bool {
        let members = self.zones.get(zone);
        members.is_some_and(|members| members.iter().any(|member| node(*member) == unit))
    }

    fn speaks(&self, unit: &str, _epoch: u32, key: &KeyId) -> bool {
        self.found.get(key).is_some_and(|(_, owner)| owner == unit)
    }
}
