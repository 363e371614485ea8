//! A unit whose node is enrolled and never runs: what it says is made by a test, with its key.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a fixture that fails is a failed test"
)]

use giapranh_domain::event::{Body, Kind};
use giapranh_domain::wire::{self, proto};
use giapranh_record::{Facts, Hash, Header, Link, Payload, SigningKey, Unsigned, Verified};
use giapranh_tests::api;
use uuid::Uuid;

use crate::common::{LONG_AN, Scene, wanted};

/// A unit whose program does what it likes, with a key that is its own.
#[derive(Clone)]
pub struct Neighbour {
    pub unit: &'static str,
    pub zone: &'static str,
    pub directory_seq: u64,
    seed: [u8; 32],
    index: u64,
    /// Of its feed in the zone.
    pub seq: u64,
    pub hash: Hash,
}

impl Neighbour {
    /// The unit whose node was made and enrolled and does not run; it speaks in one zone.
    pub fn of(scene: &Scene, unit: &'static str, zone: &'static str) -> Self {
        let seed = std::fs::read_to_string(scene.cluster.node(unit).dir.join("node.key")).unwrap();
        let status = api::get(&scene.cluster.node(LONG_AN).dir, "/api/v1/status").unwrap();
        let directory_seq = status["directory"]["head"].as_u64().unwrap();
        let seed = Hash::from_hex(seed.trim()).unwrap().0;
        Self { unit, zone, directory_seq, seed, index: 0, seq: 0, hash: Hash::ZERO }
    }

    /// Its key.
    pub fn key(&self) -> SigningKey {
        SigningKey::from_seed(&self.seed)
    }

    /// The same with another key.
    pub fn with_key(&self, seed: Hash) -> Self {
        Self { seed: seed.0, ..self.clone() }
    }

    /// The same under another unit's name.
    pub fn under(&self, unit: &'static str) -> Self {
        Self { unit, ..self.clone() }
    }

    /// The next event of its chain: a travelling offender's alert with that headline.
    pub fn alert(&mut self, headline: &str) -> Verified {
        self.alert_and(headline, &[])
    }

    /// The same, whose payload goes on with these bytes.
    pub fn alert_and(&mut self, headline: &str, more: &[u8]) -> Verified {
        let number = self.index + 1;
        let mut content: proto::AlertContent =
            serde_json::from_value(wanted(headline)).expect("content");
        "travelling-offender".clone_into(&mut content.category);
        "observe".clone_into(&mut content.required_action);
        content.wanted_person = None;
        content.travelling_offender = Some(proto::TravellingOffender::default());
        let expires = giapranh_domain::time::moment(&content.expires).unwrap();
        let zones = vec![self.zone.to_owned()];
        let version = proto::AlertVersion {
            version: 1,
            content: Some(content),
            reason: String::new(),
            zones,
        };
        let header = Header {
            event_id: event_id(self.unit, headline, number),
            kind: Kind::AlertIssued.code().to_owned(),
            origin: self.unit.to_owned(),
            acting_unit: self.unit.to_owned(),
            epoch: 1,
            index: self.index,
            recorded_ms: 1_700_000_000_000 + number,
            directory_seq: self.directory_seq,
            alert: Some(format!("{}/2024/{number:06}", self.unit)),
            drafted_by: Some("cb-1".to_owned()),
            approved_by: Some("cb-2".to_owned()),
            causes: Vec::new(),
            facts: Facts {
                category: "travelling-offender".to_owned(),
                expires_ms: expires,
                ..Facts::default()
            },
            erase_by_ms: None,
            key_commitment: None,
            links: vec![Link { zone: self.zone.to_owned(), seq: self.seq + 1, prev: self.hash }],
        };
        let said = wire::encode(&Body::AlertIssued(version));
        let payload = Payload::Plain([&said, more].concat().into());
        let unsigned = Unsigned::new(header, payload).unwrap();
        (self.seq, self.hash) = (self.seq + 1, unsigned.leaf());
        self.index += 1;
        unsigned.sign(&self.key())
    }
}

/// A version 7 id that follows from what it is for.
fn event_id(unit: &str, headline: &str, number: u64) -> Uuid {
    let hash = Hash::of(&[unit.as_bytes(), headline.as_bytes(), &number.to_be_bytes()]);
    let bytes = hash.0[..16].try_into().unwrap();
    uuid::Builder::from_random_bytes(bytes).with_version(uuid::Version::SortRand).into_uuid()
}
