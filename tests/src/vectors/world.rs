//! Who occurs in the vectors: three provinces, their keys, and what they publish.

use bytes::Bytes;
use giapranh_record::chain::Head;
use giapranh_record::{
    Facts, Hash, Header, Payload, Signer as _, SigningKey, Unsigned, Verified, ZONE_LOCAL,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The registrar, and two others.
pub const HCM: &str = "hcm";
pub const LONG_AN: &str = "long-an";
pub const TAY_NINH: &str = "tay-ninh";
pub const UNITS: [&str; 3] = [HCM, LONG_AN, TAY_NINH];

pub const BORDER: &str = "hcm-long-an";
pub const WEST: &str = "long-an-tay-ninh";
pub const CLUSTER: &str = "cluster";
pub const ALERT: &str = "long-an/2024/000001";

/// 2024-05-31T08:00:00+07:00.
pub const START_MS: u64 = 1_717_117_200_000;
/// When the vectors' alerts expire: a year later.
pub const EXPIRES_MS: u64 = START_MS + 365 * 86_400_000;

/// The seed of a unit's key. Nobody may use it but a test.
pub fn seed(unit: &str) -> [u8; 32] {
    Hash::of(&[b"giapranh vectors\n", unit.as_bytes()]).0
}

pub fn key(unit: &str) -> SigningKey {
    SigningKey::from_seed(&seed(unit))
}

/// The key that a unit takes for a later epoch of its log.
pub fn key_of_epoch(unit: &str, epoch: u32) -> SigningKey {
    let seed = Hash::of(&[b"giapranh vectors\n", unit.as_bytes(), &epoch.to_be_bytes()]).0;
    SigningKey::from_seed(&seed)
}

/// The `n`th event id: version 7, no chance in it.
pub fn event_id(n: u64) -> Uuid {
    let random = Hash::of(&[b"event id", &n.to_be_bytes()]).0;
    let mut ten = [0; 10];
    ten.copy_from_slice(&random[..10]);
    uuid::Builder::from_unix_timestamp_millis(START_MS + n, &ten).into_uuid()
}

/// The bytes of an event over any header and payload, right or wrong, with its signature.
pub fn seal(header: &[u8], payload: &[u8], signer: &SigningKey) -> Vec<u8> {
    let leaf = Hash::leaf(header, payload);
    let key_id = signer.public_key().id().0;
    let signature = signer.sign(&message(key_id, leaf));
    envelope(header, payload, &key_id.0, &signature)
}

/// What a signature of an event covers.
pub fn message(key_id: Hash, leaf: Hash) -> Vec<u8> {
    [&b"giapranh/v1/event\n"[..], &key_id.0, &leaf.0].concat()
}

pub fn envelope(header: &[u8], payload: &[u8], key_id: &[u8], signature: &[u8]) -> Vec<u8> {
    let message = super::wire::Message::new();
    message.bytes(1, header).bytes(2, payload).bytes(3, key_id).bytes(4, signature).0
}

pub fn plain(bytes: impl Into<Vec<u8>>) -> Payload {
    Payload::Plain(Bytes::from(bytes.into()))
}

/// A header that obeys every rule; the vectors change one thing about it.
pub fn header() -> Header {
    Header {
        event_id: event_id(1),
        kind: "alert.issued".into(),
        origin: LONG_AN.into(),
        acting_unit: LONG_AN.into(),
        epoch: 1,
        index: 0,
        recorded_ms: START_MS,
        directory_seq: 4,
        alert: Some(ALERT.into()),
        drafted_by: Some("cb-117".into()),
        approved_by: Some("cb-042".into()),
        causes: Vec::new(),
        facts: Facts {
            category: "modus-operandi".into(),
            offence: 173,
            expires_ms: EXPIRES_MS,
            ..Facts::default()
        },
        erase_by_ms: None,
        key_commitment: None,
        links: vec![link(BORDER, 1, Hash::ZERO)],
    }
}

pub fn link(zone: &str, seq: u64, prev: Hash) -> giapranh_record::Link {
    giapranh_record::Link { zone: zone.into(), seq, prev }
}

/// A unit that publishes: it gives each event its place.
pub struct Author {
    pub unit: &'static str,
    epoch: u32,
    pub key: SigningKey,
    heads: BTreeMap<String, Head>,
    next: [u64; 2],
    /// Every event's number in the whole story, so that ids differ.
    first_id: u64,
}

/// What an author says of an event; the rest follows.
pub struct Saying<'a> {
    pub kind: &'a str,
    pub zones: &'a [&'a str],
    pub alert: Option<&'a str>,
    pub recorded_ms: u64,
    pub directory_seq: u64,
    pub causes: Vec<Uuid>,
    pub facts: Facts,
    pub payload: Payload,
}

impl Author {
    pub fn new(unit: &'static str, first_id: u64) -> Self {
        Self::again(unit, 1, key(unit), first_id)
    }

    /// The unit's author in an epoch, with a key.
    pub fn again(unit: &'static str, epoch: u32, key: SigningKey, first_id: u64) -> Self {
        Self { unit, epoch, key, heads: BTreeMap::new(), next: [0, 0], first_id }
    }

    /// Gives an event its place and signs it.
    pub fn publish(&mut self, saying: Saying<'_>) -> Verified {
        let header = self.place(&saying);
        let unsigned =
            Unsigned::new(header, saying.payload).expect("the vectors' authors keep the rules");
        for link in &unsigned.header().links {
            let head = Head { seq: link.seq, hash: unsigned.leaf() };
            self.heads.insert(link.zone.clone(), head);
        }
        unsigned.sign(&self.key)
    }

    fn place(&mut self, saying: &Saying<'_>) -> Header {
        let local = saying.zones.contains(&ZONE_LOCAL);
        let index = self.next[usize::from(local)];
        self.next[usize::from(local)] += 1;
        let mut zones = saying.zones.to_vec();
        zones.sort_unstable();
        let head = |zone: &&str| self.heads.get(*zone).copied().unwrap_or(Head::EMPTY);
        let personal = saying.alert.is_some();
        Header {
            event_id: event_id(self.first_id + 100 * u64::from(local) + index),
            kind: saying.kind.into(),
            index,
            recorded_ms: saying.recorded_ms,
            directory_seq: saying.directory_seq,
            origin: self.unit.into(),
            acting_unit: self.unit.into(),
            epoch: self.epoch,
            alert: saying.alert.map(Into::into),
            drafted_by: personal.then(|| "cb-117".into()),
            approved_by: personal.then(|| "cb-042".into()),
            causes: saying.causes.clone(),
            facts: saying.facts.clone(),
            erase_by_ms: None,
            key_commitment: None,
            links: zones.iter().map(|zone| head(zone).next_link(zone)).collect(),
        }
    }
}
