//! Units with real logs in temporary directories, under a directory that one of them keeps.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use giapranh_audit::evidence::{Report, verify};
use giapranh_audit::export::{Made, Select, Source, export};
use giapranh_audit::{Anchor, AuditError, Note, checkpoint};
use giapranh_domain::Body;
use giapranh_domain::founding::{self, Sources};
use giapranh_domain::time::rfc3339;
use giapranh_domain::wire::{self, proto};
use giapranh_log::{Arrival, Clock, Entitlement, Identity, LOG_FILE, Log, Open, Outcome, Reader};
use giapranh_record::event::Event;
use giapranh_record::{
    Draft, Facts, Header, KeyId, Keyring, Payload, PublicKey, Signer as _, SigningKey, Unsigned,
};
use proto::directory_change::Change;
use tempfile::TempDir;
use uuid::Uuid;

pub const NOW: u64 = 1_717_000_000_000;
pub const EXPIRES: u64 = NOW + 86_400_000;
pub const ALERT: &str = "hcm/2024/000001";
pub const OTHER: &str = "hcm/2024/000002";
pub const ZONE: &str = "hcm-long-an";
pub const HCM: &str = "hcm";
pub const LONG_AN: &str = "long-an";

type Ring = Arc<Mutex<BTreeMap<KeyId, (PublicKey, String)>>>;

/// A cluster whose registrar is hcm; it and long-an have nodes.
pub struct World {
    units: BTreeMap<&'static str, Unit>,
    runtime: tokio::runtime::Runtime,
    dir: TempDir,
    ids: u128,
    /// Tells the keys of one world from those of another.
    seed: u8,
    directory_head: u64,
    /// Who keeps the directory.
    registrar: &'static str,
}

struct Unit {
    dir: PathBuf,
    key: Arc<SigningKey>,
    log: Option<Log>,
    given: u64,
}

struct Known(Ring);

impl Keyring for Known {
    fn find(&self, id: &KeyId) -> Option<(PublicKey, String)> {
        self.0.lock().unwrap().get(id).cloned()
    }
}

struct Everything;

impl Entitlement for Everything {
    fn includes(&self, _: &str) -> bool {
        true
    }

    fn directory_head(&self) -> u64 {
        u64::MAX
    }
}

struct Still;

impl Clock for Still {
    fn now_ms(&self) -> u64 {
        NOW
    }
}

impl World {
    /// Two provinces with a zone, their nodes, and leave to issue; nothing is said yet.
    pub fn new() -> Self {
        Self::seeded(1)
    }

    /// Another cluster of the same names, with other keys.
    pub fn seeded(seed: u8) -> Self {
        let mut world = Self::bare(seed);
        let changes =
            vec![register(HCM), register(LONG_AN), world.enrol(HCM), world.enrol(LONG_AN)];
        world.decide(changes);
        world.decide(vec![zone(ZONE, &[HCM, LONG_AN]), allow("province", "wanted-person", false)]);
        world
    }

    /// Nodes whose directory is still empty.
    pub fn unfounded() -> Self {
        Self::bare(1)
    }

    /// The directory of the repository's tables.
    pub fn founded() -> Self {
        let mut world = Self::bare(1);
        let table = |name: &str| {
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/directory");
            std::fs::read_to_string(root.join(name)).unwrap()
        };
        let (units, adjacency, authority) =
            (table("units.csv"), table("adjacency.csv"), table("authority.csv"));
        let sources = Sources { units: &units, adjacency: &adjacency, authority: &authority };
        let founding = founding::founding(&sources, "01/QĐ", "2024-01-01").unwrap();
        for event in founding.events {
            let changes = event.changes.into_iter().filter_map(|change| change.change);
            world.decide(changes.collect());
        }
        let enrolled = vec![world.enrol(HCM), world.enrol(LONG_AN)];
        world.decide(enrolled);
        world
    }

    fn bare(seed: u8) -> Self {
        let mut world = Self {
            units: BTreeMap::new(),
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap(),
            dir: tempfile::tempdir().unwrap(),
            ids: u128::from(seed) << 32,
            seed,
            directory_head: 0,
            registrar: HCM,
        };
        let ring = Ring::default();
        for name in [HCM, LONG_AN] {
            let key = Arc::new(key_of(seed, name));
            ring.lock().unwrap().insert(key.public_key().id(), (key.public_key(), name.into()));
        }
        for name in [HCM, LONG_AN] {
            let (key, dir) = (Arc::new(key_of(seed, name)), world.dir.path().join(name));
            std::fs::create_dir(&dir).unwrap();
            let identity = Identity {
                unit: name.into(),
                epoch: 1,
                public_key: key.public_key(),
                registrar: HCM.into(),
                anchor: world.anchor().public_key,
            };
            giapranh_log::create(&dir, &identity).unwrap();
            let open = Open {
                signer: key.clone(),
                keyring: Arc::new(Known(ring.clone())),
                entitlement: Arc::new(Everything),
                clock: Arc::new(Still),
            };
            let log = world.runtime.block_on(async { Log::open(&dir, &identity, open).unwrap() });
            world.units.insert(name, Unit { dir, key, log: Some(log), given: 0 });
        }
        world
    }

    /// What an auditor knows of this cluster.
    pub fn anchor(&self) -> Anchor {
        let public_key = key_of(self.seed, HCM).public_key();
        Anchor { registrar: Some(HCM.parse().unwrap()), public_key }
    }

    pub fn key(&self, unit: &str) -> &SigningKey {
        &self.units[unit].key
    }

    pub fn log(&self, unit: &str) -> PathBuf {
        self.units[unit].dir.join(LOG_FILE)
    }

    pub fn reader(&self, unit: &str) -> Reader {
        Reader::open(&self.log(unit)).unwrap()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The registrar's next decision, at every node.
    pub fn decide(&mut self, changes: Vec<Change>) {
        self.decide_as(self.registrar, changes);
        self.directory_head += 1;
    }

    /// Anybody's word in the directory, at every node.
    pub fn decide_as(&mut self, unit: &str, changes: Vec<Change>) {
        let wrap = |change| proto::DirectoryChange { change: Some(change) };
        let body = Body::DirectoryChanged(proto::DirectoryChanged {
            decision: "01/QĐ".into(),
            effective_from: "2024-01-01".into(),
            changes: changes.into_iter().map(wrap).collect(),
        });
        let draft = Draft { alert: None, ..self.draft("directory.changed", &["directory"], &body) };
        self.append(unit, draft);
        self.exchange();
    }

    /// The registrar's last word: another unit keeps the directory from here on.
    pub fn hand_over(&mut self, to: &'static str) {
        let named = proto::RegistrarNamed {
            unit: to.into(),
            epoch: 1,
            public_key: self.key(to).public_key().to_bytes().to_vec(),
            ..Default::default()
        };
        self.decide(vec![Change::RegistrarNamed(named)]);
        self.registrar = to;
    }

    pub fn issue(&mut self, unit: &str, alert: &str) -> Event {
        self.issue_in(unit, alert, &[ZONE])
    }

    pub fn issue_in(&mut self, unit: &str, alert: &str, zones: &[&str]) -> Event {
        let content = proto::AlertContent {
            category: "wanted-person".into(),
            headline: "Truy nã (ví dụ)".into(),
            severity: "important".into(),
            expires: rfc3339(EXPIRES),
            wanted_person: Some(proto::WantedPerson::default()),
            ..Default::default()
        };
        let zones_text = zones.iter().map(ToString::to_string).collect();
        let version = proto::AlertVersion {
            version: 1,
            content: Some(content),
            zones: zones_text,
            ..Default::default()
        };
        let draft = self.draft("alert.issued", zones, &Body::AlertIssued(version));
        self.append(unit, Draft { alert: Some(alert.into()), ..draft })
    }

    pub fn hit(&mut self, unit: &str, alert: &str) -> Event {
        let hit = proto::Hit { version: 1, place: "Đức Hòa".into(), ..Default::default() };
        let draft = self.draft("hit.reported", &[ZONE], &Body::HitReported(hit));
        self.append(unit, Draft { alert: Some(alert.into()), ..draft })
    }

    pub fn withdraw(&mut self, alert: &str) -> Event {
        let withdrawal = proto::Withdrawal { reason: "executed".into(), ..Default::default() };
        let draft = self.draft("alert.withdrawn", &[ZONE], &Body::AlertWithdrawn(withdrawal));
        self.append(HCM, Draft { alert: Some(alert.into()), ..draft })
    }

    /// A note that is never published.
    pub fn note(&mut self, unit: &str) -> Event {
        let draft = self.draft("note.made", &["local"], &Body::Unreadable);
        self.append(unit, Draft { alert: None, ..draft })
    }

    /// Everything that was published reaches every node.
    pub fn exchange(&mut self) {
        for (from, to) in [(HCM, LONG_AN), (LONG_AN, HCM)] {
            let after = self.units[from].given;
            let stored = self.reader(from).after(after, 1_000_000).unwrap();
            let arrivals: Vec<Arrival> = stored
                .iter()
                .filter(|stored| stored.event.header().origin == from)
                .filter(|stored| !stored.event.header().is_local())
                .map(|stored| arrival(&stored.event))
                .collect();
            if let Some(last) = stored.last() {
                self.units.get_mut(from).unwrap().given = last.position;
            }
            self.arrive(to, &arrivals);
        }
    }

    /// What arrives at a node, all of which it takes.
    pub fn arrive(&self, unit: &str, arrivals: &[Arrival]) {
        for arrivals in arrivals.chunks(256) {
            let log = self.units[unit].log.clone().unwrap();
            let outcomes = self.runtime.block_on(log.arrive(arrivals.to_vec())).unwrap();
            let taken = |outcome: &Outcome| matches!(outcome, Outcome::Appended(_));
            assert!(outcomes.iter().all(taken), "{outcomes:?}");
        }
    }

    pub fn draft(&mut self, kind: &str, zones: &[&str], body: &Body) -> Draft {
        self.ids += 1;
        Draft {
            event_id: Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + self.ids),
            kind: kind.into(),
            acting_unit: String::new(),
            directory_seq: self.directory_head,
            alert: Some(ALERT.into()),
            drafted_by: Some("cb-1".into()),
            approved_by: Some("cb-2".into()),
            causes: vec![],
            facts: Facts {
                category: "wanted-person".into(),
                expires_ms: EXPIRES,
                ..Facts::default()
            },
            erase_by_ms: None,
            zones: zones.iter().map(ToString::to_string).collect(),
            payload: Payload::Plain(wire::encode(body)),
        }
    }

    /// Appends to a unit's own log.
    pub fn append(&mut self, unit: &str, draft: Draft) -> Event {
        self.append_all(unit, vec![draft]).remove(0)
    }

    pub fn append_all(&mut self, unit: &str, drafts: Vec<Draft>) -> Vec<Event> {
        let log = self.units[unit].log.clone().unwrap();
        let count = drafts.len();
        let acting = unit.to_owned();
        let last = self
            .runtime
            .block_on(log.submit(move |batch| {
                let mut last = 0;
                for draft in drafts {
                    let draft = Draft { acting_unit: acting.clone(), ..draft };
                    last = batch.append(draft)?.position;
                }
                Ok(last)
            }))
            .unwrap();
        let stored = self.reader(unit).after(last - count as u64, count).unwrap();
        stored.into_iter().map(|stored| stored.event).collect()
    }

    /// The checkpoint of a node's tree, as somebody keeps it.
    pub fn kept(&self, unit: &str) -> Note {
        let signed = checkpoint::sign(&self.reader(unit), self.key(unit)).unwrap();
        Note { name: format!("{unit}.note"), text: signed.note }
    }

    /// A node's export.
    pub fn export(&self, unit: &str, select: &Select) -> (Vec<u8>, Made) {
        self.export_with(unit, select, &[]).unwrap()
    }

    pub fn export_with(
        &self,
        unit: &str,
        select: &Select,
        notes: &[Note],
    ) -> Result<(Vec<u8>, Made), AuditError> {
        let out = tempfile::tempdir().unwrap();
        let path = out.path().join("evidence");
        let log = self.log(unit);
        let source = Source {
            log: &log,
            signer: Some(self.key(unit)),
            notes,
            now: NOW,
            program: "giapranh test",
        };
        let made = export(&source, select, &path, &mut |_, _| {})?;
        let bytes = std::fs::read(&path).unwrap();
        assert_eq!(made.bytes, bytes.len() as u64);
        Ok((bytes, made))
    }

    /// A small cluster that has said something, of which one alert is exported by hcm: eight events
    /// in all, four of them about the alert.
    pub fn told() -> (Self, Vec<u8>) {
        let mut world = Self::new();
        world.issue(HCM, ALERT);
        world.note(HCM);
        world.issue(HCM, OTHER);
        world.exchange();
        world.hit(LONG_AN, OTHER);
        world.hit(LONG_AN, ALERT);
        world.exchange();
        world.hit(HCM, ALERT);
        world.withdraw(ALERT);
        world.issue(HCM, "hcm/2024/000003");
        world.exchange();
        let (bytes, _) = world.export(HCM, &alert(ALERT));
        (world, bytes)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        for unit in self.units.values_mut() {
            if let Some(log) = unit.log.take() {
                self.runtime.block_on(log.close());
            }
        }
    }
}

/// The selection of an alert.
pub fn alert(id: &str) -> Select {
    Select::Alert(id.parse().unwrap())
}

/// The verdict over a file, by the anchor of its world or none.
pub fn judged(bytes: &[u8], anchor: Option<&Anchor>) -> Report {
    verify(bytes, anchor, &mut |_| {}).unwrap()
}

/// An event as it comes on the subject of its first zone.
pub fn arrival(event: &Event) -> Arrival {
    let header = event.header();
    let zone = header.links[0].zone.clone();
    Arrival {
        subject: format!("giapranh.v1.feed.{zone}.{}.{}", header.origin, header.origin),
        named: Some((zone, header.origin.clone())),
        bytes: event.bytes().clone(),
    }
}

/// An event like another, changed and signed by somebody.
pub fn forge(like: &[u8], key: &SigningKey, change: impl FnOnce(&mut Header)) -> Vec<u8> {
    let event = Event::parse(Bytes::copy_from_slice(like)).unwrap();
    let mut header = event.header().clone();
    change(&mut header);
    let unsigned = Unsigned::new(header, event.payload().clone()).unwrap();
    unsigned.sign(key).bytes().to_vec()
}

pub fn register(id: &str) -> Change {
    Change::UnitRegistered(proto::UnitRegistered {
        id: id.into(),
        parent: String::new(),
        level: "province".into(),
        name: format!("Công an {id}"),
        official_code: "79".into(),
    })
}

pub fn zone(id: &str, members: &[&str]) -> Change {
    let members = members.iter().map(ToString::to_string).collect();
    Change::ZoneDefined(proto::ZoneDefined {
        id: id.into(),
        name: format!("Vùng {id}"),
        members,
        ..Default::default()
    })
}

pub fn allow(level: &str, category: &str, cluster: bool) -> Change {
    let (level, category) = (level.into(), category.into());
    Change::IssuingAllowed(proto::IssuingAllowed { level, category, cluster, ..Default::default() })
}

impl World {
    pub fn enrol(&self, unit: &str) -> Change {
        let public_key = key_of(self.seed, unit).public_key().to_bytes().to_vec();
        Change::NodeEnrolled(proto::NodeEnrolled {
            unit: unit.into(),
            public_key,
            serves: vec![],
            ..Default::default()
        })
    }
}

fn key_of(seed: u8, unit: &str) -> SigningKey {
    SigningKey::from_seed(&giapranh_record::Hash::of(&[unit.as_bytes(), &[seed]]).0)
}
