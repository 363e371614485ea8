//! A node without processes: a real log and real views, wired as the program wires them.
#![allow(clippy::unwrap_used, reason = "a node that fails is a failed test")]
#![allow(dead_code, reason = "each test file uses its part")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, RwLock};

use giapranh_domain::{Directory, UnitId, ZoneId};
use giapranh_log::{
    Appended, Arrival, Clock, Counts, Entitlement, Identity, LOG_FILE, Log, LogError, Open,
    Outcome, Reader,
};
use giapranh_record::{Draft, Hash, KeyId, Keyring, PublicKey, Signer as _, SigningKey};
use giapranh_views::{Projector, Source, SourceError, Stored, Views};
use tempfile::TempDir;

use super::history::{Message, REGISTRAR};

/// A unit's log and views in a directory of their own.
pub struct Node {
    pub unit: &'static str,
    dir: TempDir,
    standing: Arc<Standing>,
    clock: Arc<SteppingClock>,
    log: Option<Log>,
    projector: Projector,
    seen: Seen,
}

/// What occurred, so that a test knows that it tested something.
#[derive(Debug, Default)]
pub struct Seen {
    pub appended: usize,
    pub duplicates: usize,
    pub held: usize,
    pub disowned: usize,
    pub alerts: usize,
}

impl Seen {
    pub fn add(&mut self, other: &Self) {
        self.appended += other.appended;
        self.duplicates += other.duplicates;
        self.held += other.held;
        self.disowned += other.disowned;
        self.alerts += other.alerts;
    }
}

/// The key of a unit's node: it follows from the name.
pub fn key(unit: &str) -> SigningKey {
    SigningKey::from_seed(&Hash::of(&[unit.as_bytes()]).0)
}

impl Node {
    pub fn new(unit: &'static str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        giapranh_log::create(dir.path(), &identity(unit)).unwrap();
        let standing = Arc::new(Standing::new(unit));
        let clock = Arc::new(SteppingClock(AtomicU64::new(super::history::START_MS)));
        let log = open(unit, dir.path(), &standing, &clock);
        let projector = projector(&dir);
        Self { unit, dir, standing, clock, log: Some(log), projector, seen: Seen::default() }
    }

    /// Stops, and starts as a program that is started again.
    pub async fn restart(&mut self) {
        self.log.take().unwrap().close().await;
        self.projector = projector(&self.dir);
        self.standing.replace(self.projector.directory());
        self.log = Some(open(self.unit, self.dir.path(), &self.standing, &self.clock));
        self.judge_again().await;
    }

    /// Stops for good; its files stay.
    pub async fn close(&mut self) {
        self.log.take().unwrap().close().await;
    }

    /// The log of a node that was stopped, opened again.
    pub fn open_again(&self) -> Log {
        self.open_in(self.dir.path())
    }

    /// The log in another directory, opened as this node's.
    pub fn open_in(&self, dir: &Path) -> Log {
        open(self.unit, dir, &self.standing, &self.clock)
    }

    /// Where its files are.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// Appends an event of its own.
    pub async fn append(&self, draft: Draft) -> Appended {
        self.log().submit(move |batch| batch.append(draft)).await.unwrap()
    }

    /// Takes in what others sent.
    pub async fn arrive(&mut self, batch: &[Message]) {
        self.clock.0.fetch_add(7, Ordering::Relaxed);
        let arrival = |message: &Message| Arrival {
            subject: format!("{}/{}", message.zone, message.origin),
            named: Some((message.zone.clone(), message.origin.clone())),
            bytes: message.bytes.clone(),
        };
        for outcome in self.log().arrive(batch.iter().map(arrival).collect()).await.unwrap() {
            match outcome {
                Outcome::Appended(_) => self.seen.appended += 1,
                Outcome::Duplicate => self.seen.duplicates += 1,
                Outcome::Held(_) => self.seen.held += 1,
                Outcome::Quarantined(why) => panic!("{} quarantined {why}", self.unit),
                Outcome::Left(why) => panic!("{} left {why}", self.unit),
            }
        }
    }

    /// Brings the views up to the log, and the keys up to the views, until nothing moves.
    pub async fn project(&mut self, batch_limit: usize) {
        loop {
            let source = LogSource(self.reader());
            let progress = self.projector.project(&source, batch_limit).unwrap();
            // An event of the registrar that has no effect moves the head all the same.
            if self.projector.directory().head() != self.standing.directory_head() {
                self.standing.replace(self.projector.directory());
                self.judge_again().await;
            }
            if progress.applied == 0 {
                return;
            }
        }
    }

    pub fn event_ids(&self) -> BTreeSet<uuid::Uuid> {
        let stored = self.reader().after(0, 100_000).unwrap();
        let headers = stored.iter().map(|stored| stored.event.header());
        // Receipts are each node's own.
        headers.filter(|header| !header.is_local()).map(|header| header.event_id).collect()
    }

    pub fn events(&self) -> Vec<giapranh_log::Stored> {
        self.reader().after(0, 100_000).unwrap()
    }

    pub fn counts(&self) -> Counts {
        self.reader().counts().unwrap()
    }

    pub fn digest(&self) -> String {
        Views::open(self.dir.path()).unwrap().digest().unwrap()
    }

    /// Nothing waits, the log holds, and the views follow from it.
    pub fn check(&self) {
        let counts = self.counts();
        assert!(counts.held.is_empty() && counts.quarantined.is_empty(), "{counts:?}");
        let report =
            giapranh_audit::log::verify(&self.dir.path().join(LOG_FILE), None, &[], &mut |_, _| {})
                .unwrap();
        assert_eq!(report.faults.len(), 0, "{:?}", report.faults);
        assert_eq!(report.events, counts.events);
        let source = LogSource(self.reader());
        let live = self.digest();
        let rebuilt =
            giapranh_views::rebuild(self.dir.path(), &registrar(), &source, &mut |_, _| {})
                .unwrap();
        assert_eq!(rebuilt.digest_before.as_ref(), Some(&live));
        assert_eq!(rebuilt.digest_after, live, "rebuilt views differ from live ones");
        assert_eq!(rebuilt.position, counts.events);
    }

    pub fn seen(&self) -> Seen {
        let views = Views::open(self.dir.path()).unwrap();
        let counters = views.counters(super::history::START_MS).unwrap();
        let counters = serde_json::to_value(counters).unwrap();
        let number = |value: &serde_json::Value| {
            usize::try_from(value.as_u64().unwrap_or_default()).unwrap()
        };
        Seen {
            disowned: number(&counters["by_verdict"]["disowned"]),
            alerts: number(&counters["alerts"]),
            ..self.seen
        }
    }

    /// What waited for the directory is in when this returns.
    async fn judge_again(&self) {
        self.log().directory_changed().await.unwrap();
        self.log().submit(|_| Ok(())).await.unwrap();
    }

    fn log(&self) -> &Log {
        self.log.as_ref().unwrap()
    }

    fn reader(&self) -> Reader {
        Reader::open(&self.dir.path().join(LOG_FILE)).unwrap()
    }
}

fn registrar() -> UnitId {
    REGISTRAR.parse().unwrap()
}

fn identity(unit: &str) -> Identity {
    Identity {
        unit: unit.to_owned(),
        epoch: 1,
        public_key: key(unit).public_key(),
        registrar: REGISTRAR.to_owned(),
        anchor: key(REGISTRAR).public_key(),
    }
}

fn open(unit: &str, dir: &Path, standing: &Arc<Standing>, clock: &Arc<SteppingClock>) -> Log {
    let open = Open {
        signer: Arc::new(key(unit)),
        keyring: standing.clone(),
        entitlement: standing.clone(),
        clock: clock.clone(),
    };
    Log::open(dir, &identity(unit), open).unwrap()
}

fn projector(dir: &TempDir) -> Projector {
    let reader = Reader::open(&dir.path().join(LOG_FILE)).unwrap();
    Projector::open(dir.path(), registrar(), &LogSource(reader)).unwrap()
}

/// Later with each batch, from the same moment on.
struct SteppingClock(AtomicU64);

impl Clock for SteppingClock {
    fn now_ms(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }
}

/// What the directory says about keys and zones.
struct Standing {
    unit: UnitId,
    now: RwLock<(Arc<Directory>, Keys)>,
}

type Keys = BTreeMap<KeyId, (PublicKey, String)>;

impl Standing {
    fn new(unit: &str) -> Self {
        let directory = Arc::new(Directory::new(registrar()));
        let now = RwLock::new((directory.clone(), BTreeMap::new()));
        let standing = Self { unit: unit.parse().unwrap(), now };
        standing.replace(directory);
        standing
    }

    fn replace(&self, directory: Arc<Directory>) {
        let anchor = key(REGISTRAR).public_key();
        // Also those that were cut: what they signed before goes on being theirs.
        let tenures = directory
            .all_nodes()
            .flat_map(|node| node.tenures.iter().map(move |tenure| (&node.unit, tenure)));
        let enrolled = tenures.map(|(unit, tenure)| {
            let public_key = PublicKey::from_bytes(&tenure.public_key).unwrap();
            (public_key.id(), (public_key, unit.to_string()))
        });
        let keys = enrolled.chain([(anchor.id(), (anchor, REGISTRAR.to_owned()))]).collect();
        *self.now.write().unwrap() = (directory, keys);
    }
}

impl Keyring for Standing {
    fn find(&self, id: &KeyId) -> Option<(PublicKey, String)> {
        self.now.read().unwrap().1.get(id).cloned()
    }
}

impl Entitlement for Standing {
    fn includes(&self, zone: &str) -> bool {
        let zone: Result<ZoneId, _> = zone.parse();
        zone.is_ok_and(|zone| self.now.read().unwrap().0.is_entitled(&self.unit, &zone))
    }

    fn directory_head(&self) -> u64 {
        self.now.read().unwrap().0.head()
    }
}

/// The log, as views read it.
struct LogSource(Reader);

impl Source for LogSource {
    fn after(&self, after: u64, limit: usize) -> Result<Vec<Stored>, SourceError> {
        convert(self.0.after(after, limit))
    }

    fn of_alert(&self, alert: &str, until: u64) -> Result<Vec<Stored>, SourceError> {
        convert(self.0.of_alert(alert, until))
    }

    fn directory(&self, after: u64, until: u64) -> Result<Vec<Stored>, SourceError> {
        convert(self.0.of_zone(giapranh_record::ZONE_DIRECTORY, after, until))
    }

    fn head(&self) -> Result<u64, SourceError> {
        self.0.head().map_err(SourceError::new)
    }
}

fn convert(
    stored: Result<Vec<giapranh_log::Stored>, LogError>,
) -> Result<Vec<Stored>, SourceError> {
    let convert = |stored: giapranh_log::Stored| Stored {
        position: stored.position,
        arrived_ms: stored.arrived_ms,
        event: stored.event,
    };
    Ok(stored.map_err(SourceError::new)?.into_iter().map(convert).collect())
}
