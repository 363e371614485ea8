//! Given what peers said, when one speaks, then this is found. Every lie that a peer can tell is here
//! by name.

mod beacons;
mod pages;
mod peers;
mod settling;
mod standing;
mod wants;

use std::collections::{BTreeMap, BTreeSet};

use giapranh_record::beacon::{Beacon, FeedHead, LocalHead, SignedBeacon};
use giapranh_record::chain::Head;
use giapranh_record::{Hash, KeyId, Keyring, PublicKey, Signer as _, SigningKey};

use super::*;

const ME: &str = "hcm";
const ZONE: &str = "hcm-long-an";
/// The clock when nothing is said of it.
const NOW: u64 = 1_700_000_000_000;
const INTERVAL: u64 = 15_000;
const OURS: [u8; 16] = [7; 16];

/// The leaf hash of the event at a seq of a feed whose history has this name.
fn leaf(history: &str, seq: u64) -> Hash {
    Hash::of(&[history.as_bytes(), &seq.to_be_bytes()])
}

fn feed(origin: &str, zone: &str) -> Feed {
    Feed { origin: origin.to_owned(), epoch: 1, zone: zone.to_owned() }
}

fn key(unit: &str) -> SigningKey {
    SigningKey::from_seed(&Hash::of(&[unit.as_bytes()]).0)
}

/// A cluster as the directory says it: who has which key, and is in which zone.
struct World {
    enrolled: BTreeMap<KeyId, (PublicKey, String)>,
    zones: BTreeSet<(String, String)>,
    revoked: BTreeSet<KeyId>,
    heads: Heads,
    counter: u64,
    now_ms: u64,
    /// In which everybody signs.
    epoch: u32,
}

impl Keyring for World {
    fn find(&self, id: &KeyId) -> Option<(PublicKey, String)> {
        self.enrolled.get(id).cloned()
    }
}

impl Registry for World {
    fn keyring(&self) -> &dyn Keyring {
        self
    }

    fn is_entitled(&self, unit: &str, zone: &str) -> bool {
        self.zones.contains(&(unit.to_owned(), zone.to_owned()))
    }

    fn speaks(&self, _: &str, epoch: u32, key: &KeyId) -> bool {
        epoch == self.epoch && !self.revoked.contains(key)
    }
}

impl World {
    /// Four units in the zone and in the cluster's, and one that is in the cluster's alone.
    fn new() -> Self {
        let mut world = Self {
            enrolled: BTreeMap::new(),
            zones: BTreeSet::new(),
            revoked: BTreeSet::new(),
            heads: Heads::new(),
            counter: 1_000,
            now_ms: NOW,
            epoch: 1,
        };
        for unit in [ME, "long-an", "long-an_duc-hoa", "tay-ninh", "tien-giang"] {
            let key = key(unit).public_key();
            world.enrolled.insert(key.id(), (key, unit.to_owned()));
            world.zones.insert((unit.to_owned(), "cluster".to_owned()));
            world.zones.insert((unit.to_owned(), "directory".to_owned()));
            if unit != "tien-giang" {
                world.zones.insert((unit.to_owned(), ZONE.to_owned()));
            }
        }
        world
    }

    /// This node holds a feed up to a seq.
    fn hold(&mut self, origin: &str, zone: &str, seq: u64) {
        self.heads.insert(feed(origin, zone), Head { seq, hash: leaf(origin, seq) });
    }

    fn hear(&self, peers: &mut Peers, said: &SignedBeacon) -> Result<Heard, Unheard> {
        let mine = Mine {
            heads: &self.heads,
            // All that is held is of the history that has the origin's name.
            hash_at: &|feed, seq| Some(leaf(&feed.origin, seq)),
            now_ms: self.now_ms,
            clock_ms: NOW,
        };
        let admitted = peers.admit(said, self, &self.heads, self.counter)?;
        Ok(peers.hear(&admitted, &mine))
    }
}

/// What a unit says of the zone: it holds these feeds.
fn beacon(unit: &str, counter: u64, heads: &[(&str, u64)]) -> Beacon {
    let head = |(origin, seq): &(&str, u64)| FeedHead {
        origin: (*origin).to_owned(),
        epoch: 1,
        seq: *seq,
        hash: leaf(origin, *seq),
    };
    Beacon {
        unit: unit.to_owned(),
        epoch: 1,
        zone: ZONE.to_owned(),
        instance: [1; 16],
        counter,
        sent_ms: NOW,
        directory_seq: 3,
        local: LocalHead { count: 4, hash: leaf("local", 4) },
        heads: heads.iter().map(head).collect(),
    }
}

fn signed(beacon: Beacon) -> SignedBeacon {
    let key = key(&beacon.unit);
    beacon.sign(&key).unwrap()
}

fn nobody() -> Peers {
    Peers::new(ME, OURS, INTERVAL)
}

#[test]
fn nothing_here_knows_a_clock_the_outside_or_chance() {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/healing");
    let mut files = 0;
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if !path.is_file() || path.ends_with("tests.rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for word in
            ["tokio", "std::time", "std::fs", "std::thread", "getrandom", "HashMap", "async "]
        {
            assert!(!text.contains(word), "{}: {word}", path.display());
        }
        files += 1;
    }
    assert!(files >= 8, "{files}");
}
