//! Units with real logs in temporary directories, whose events are given to each other by hand.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, reason = "a fixture that fails is a test that fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use giapranh_log::verify::{Depth, Findings, Learning, walk};
use giapranh_log::{
    Appended, Arrival, Clock, Entitlement, Identity, LOG_FILE, Log, LogError, MARKER_FILE, Marker,
    Open, Outcome, Reader, create,
};
use giapranh_record::event::Event;
use giapranh_record::{
    Draft, Facts, Header, KeyId, Keyring, Payload, PublicKey, Signer, SigningKey, Unsigned, receipt,
};
use rusqlite::Connection;
use tempfile::TempDir;
use uuid::Uuid;

pub const BORDER: &str = "hcm-long-an";
pub const RIVER: &str = "dong-nai-hcm";
pub const CLUSTER: &str = "cluster";
pub const START_MS: u64 = 1_700_000_000_000;

/// Enrolled keys, as a map.
#[derive(Default)]
pub struct Ring(Mutex<BTreeMap<KeyId, (PublicKey, String)>>);

impl Ring {
    pub fn enrol(&self, unit: &Unit) {
        let key = unit.key.public_key();
        let entry = (key, unit.name.clone());
        self.0.lock().unwrap().insert(key.id(), entry);
    }
}

impl Keyring for Ring {
    fn find(&self, id: &KeyId) -> Option<(PublicKey, String)> {
        self.0.lock().unwrap().get(id).cloned()
    }
}

/// Zones, as a set; how far the directory is known; and the last index that counts, of whomever.
#[derive(Default)]
pub struct Zones(Mutex<BTreeSet<String>>, Mutex<Option<u64>>, Mutex<Option<u64>>);

impl Zones {
    pub fn join(&self, zone: &str) {
        self.0.lock().unwrap().insert(zone.to_owned());
    }

    /// From here on nothing beyond that index counts.
    pub fn cut(&self, last_index: u64) {
        *self.2.lock().unwrap() = Some(last_index);
    }

    /// From here on the directory is known up to that head; before, it is known whole.
    pub fn know(&self, directory_head: u64) {
        *self.1.lock().unwrap() = Some(directory_head);
    }
}

impl Entitlement for Zones {
    fn includes(&self, zone: &str) -> bool {
        self.0.lock().unwrap().contains(zone)
    }

    fn directory_head(&self) -> u64 {
        self.1.lock().unwrap().unwrap_or(u64::MAX)
    }

    fn objection(&self, event: &Event) -> Option<(&'static str, String)> {
        let beyond = self.2.lock().unwrap().is_some_and(|last| event.header().index > last);
        beyond.then(|| ("beyond-cut", "the directory knows a cut before it".to_owned()))
    }
}

/// Stands still until it is set.
pub struct ManualClock(AtomicU64);

impl ManualClock {
    pub fn set(&self, now_ms: u64) {
        self.0.store(now_ms, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now_ms(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// A unit with its own directory, key, and view of keys and zones.
pub struct Unit {
    pub name: String,
    pub dir: TempDir,
    pub key: Arc<SigningKey>,
    pub ring: Arc<Ring>,
    pub zones: Arc<Zones>,
    pub clock: Arc<ManualClock>,
}

impl Unit {
    /// A unit whose log was just created; it knows its own key only.
    pub fn new(name: &str, zones: &[&str]) -> Self {
        let unit = Self {
            name: name.to_owned(),
            dir: tempfile::tempdir().unwrap(),
            key: Arc::new(signing_key(name)),
            ring: Arc::default(),
            zones: Arc::default(),
            clock: Arc::new(ManualClock(AtomicU64::new(START_MS))),
        };
        unit.ring.enrol(&unit);
        zones.iter().for_each(|zone| unit.zones.join(zone));
        create(unit.dir.path(), &unit.identity()).unwrap();
        unit
    }

    /// A unit that knows the keys of `others`.
    pub fn knowing(name: &str, zones: &[&str], others: &[&Self]) -> Self {
        let unit = Self::new(name, zones);
        others.iter().for_each(|other| unit.ring.enrol(other));
        unit
    }

    pub fn identity(&self) -> Identity {
        Identity {
            unit: self.name.clone(),
            epoch: 1,
            public_key: self.key.public_key(),
            registrar: "hcm".to_owned(),
            anchor: signing_key("hcm").public_key(),
        }
    }

    pub fn open(&self) -> Log {
        self.open_in(self.dir.path()).unwrap()
    }

    /// Opens this unit's log where it lies now.
    pub fn open_in(&self, dir: &Path) -> Result<Log, LogError> {
        let open = Open {
            signer: self.key.clone(),
            keyring: self.ring.clone(),
            entitlement: self.zones.clone(),
            clock: self.clock.clone(),
        };
        Log::open(dir, &self.identity(), open)
    }

    /// Opens this unit's log in a later epoch, which that key signs.
    pub fn open_epoch(&self, epoch: u32, key: SigningKey) -> Log {
        let public_key = key.public_key();
        let entry = (public_key, self.name.clone());
        self.ring.0.lock().unwrap().insert(public_key.id(), entry);
        let open = Open {
            signer: Arc::new(key),
            keyring: self.ring.clone(),
            entitlement: self.zones.clone(),
            clock: self.clock.clone(),
        };
        let identity = Identity { epoch, public_key, ..self.identity() };
        Log::open(self.dir.path(), &identity, open).unwrap()
    }

    pub fn path(&self) -> PathBuf {
        self.dir.path().join(LOG_FILE)
    }

    pub fn reader(&self) -> Reader {
        Reader::open(&self.path()).unwrap()
    }

    pub fn marker(&self) -> Marker {
        Marker::open(&self.dir.path().join(MARKER_FILE)).unwrap().unwrap()
    }

    /// The file as any other tool would open it: none of our pragmas is set.
    pub fn tool(&self) -> Connection {
        Connection::open(self.path()).unwrap()
    }

    /// The verbatim bytes of all events but the receipts, in log order.
    pub fn events(&self) -> Vec<Bytes> {
        let mut events = self.events_and_receipts();
        events.retain(|bytes| header(bytes).kind != receipt::KIND);
        events
    }

    /// The verbatim bytes of all that is in the log, in its order.
    pub fn events_and_receipts(&self) -> Vec<Bytes> {
        let stored = self.reader().after(0, 100_000).unwrap();
        stored.iter().map(|one| one.event.bytes().clone()).collect()
    }

    pub fn findings(&self) -> Findings {
        self.findings_of(&self.path()).unwrap()
    }

    /// Verifies a copy of this unit's log.
    pub fn findings_of(&self, path: &Path) -> Result<Findings, LogError> {
        let mut learning = Enrolled(self.ring.clone());
        walk(&Reader::open(path)?, Depth::Strict, &mut learning, &mut |_, _| {})
    }

    /// All that is in the log holds, and is as much as its head says.
    pub fn assert_sound(&self) -> Findings {
        let findings = self.findings();
        assert_eq!(findings.faults, []);
        assert_eq!(findings.events, self.reader().head().unwrap());
        findings
    }

    /// How many wait, whatever for.
    pub fn held(&self) -> u64 {
        self.reader().counts().unwrap().held.values().sum()
    }

    /// An event like `like`, changed, and signed by this unit.
    pub fn forge(&self, like: &Bytes, change: impl FnOnce(&mut Header)) -> Bytes {
        let event = Event::parse(like.clone()).unwrap();
        let mut header = event.header().clone();
        change(&mut header);
        let unsigned = Unsigned::new(header, event.payload().clone()).unwrap();
        unsigned.sign(self.key.as_ref()).bytes().clone()
    }
}

struct Enrolled(Arc<Ring>);

impl Learning for Enrolled {
    fn keyring(&self) -> &dyn Keyring {
        self.0.as_ref()
    }

    fn learn(&mut self, _: &Event) {}
}

fn signing_key(name: &str) -> SigningKey {
    let mut seed = [0; 32];
    seed[..name.len()].copy_from_slice(name.as_bytes());
    SigningKey::from_seed(&seed)
}

/// An id that no other event of the test has, also not in a process that it starts.
pub fn event_id() -> Uuid {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let mut random = [0; 10];
    random[3..6].copy_from_slice(&std::process::id().to_be_bytes()[1..]);
    random[6..].copy_from_slice(&NEXT.fetch_add(1, Ordering::SeqCst).to_be_bytes()[4..]);
    uuid::Builder::from_unix_timestamp_millis(START_MS, &random).into_uuid()
}

pub fn draft(zones: &[&str]) -> Draft {
    Draft {
        event_id: event_id(),
        kind: "figures.reported".to_owned(),
        acting_unit: "hcm".to_owned(),
        directory_seq: 0,
        alert: None,
        drafted_by: None,
        approved_by: None,
        causes: Vec::new(),
        facts: Facts::default(),
        erase_by_ms: None,
        zones: zones.iter().map(|zone| (*zone).to_owned()).collect(),
        payload: Payload::Plain(Bytes::from_static(b"forty-two")),
    }
}

/// Appends one event of the log's own.
pub async fn append(log: &Log, zones: &[&str]) -> Result<Appended, LogError> {
    let draft = draft(zones);
    log.submit(move |batch| batch.append(draft)).await
}

/// The events of a unit that publishes `count` of them, each for all the zones.
pub async fn publish(unit: &Unit, count: usize, zones: &[&str]) -> Vec<Bytes> {
    publish_all(unit, vec![zones.to_vec(); count]).await
}

/// The events of a unit that publishes one event for each list of zones.
pub async fn publish_all(unit: &Unit, zones: Vec<Vec<&str>>) -> Vec<Bytes> {
    let log = unit.open();
    let drafts: Vec<Draft> = zones.iter().map(|zones| draft(zones)).collect();
    log.submit(move |batch| drafts.into_iter().try_for_each(|draft| batch.append(draft).map(drop)))
        .await
        .unwrap();
    log.close().await;
    unit.events()
}

pub fn header(bytes: &Bytes) -> Header {
    Event::parse(bytes.clone()).unwrap().header().clone()
}

/// The event as it comes on the subject of one of its zones.
pub fn arrival(bytes: &Bytes, zone: &str) -> Arrival {
    named(bytes, zone, &header(bytes).origin)
}

/// Bytes that come on the subject of a zone and an origin.
pub fn named(bytes: &Bytes, zone: &str, origin: &str) -> Arrival {
    Arrival {
        subject: format!("giapranh.v1.feed.{zone}.hcm.{origin}"),
        named: Some((zone.to_owned(), origin.to_owned())),
        bytes: bytes.clone(),
    }
}

/// Gives one event to a log.
pub async fn give(log: &Log, bytes: &Bytes, zone: &str) -> Outcome {
    arrive(log, arrival(bytes, zone)).await
}

pub async fn arrive(log: &Log, arrival: Arrival) -> Outcome {
    let outcomes = log.arrive(vec![arrival]).await.unwrap();
    assert_eq!(outcomes.len(), 1);
    outcomes[0].clone()
}

#[track_caller]
pub fn assert_appended(outcome: &Outcome, position: u64) {
    match outcome {
        Outcome::Appended(appended) => assert_eq!(appended.position, position),
        other => panic!("not appended at {position}: {other:?}"),
    }
}
