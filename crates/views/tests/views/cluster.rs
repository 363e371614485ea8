//! A small cluster whose units publish, and a log in memory.

use std::collections::BTreeMap;
use std::path::Path;

use giapranh_domain::time::rfc3339;
use giapranh_domain::wire::{self, proto};
use giapranh_domain::{Body, UnitId};
use giapranh_record::beacon::{Beacon, FeedHead, LocalHead};
use giapranh_record::chain::Head;
use giapranh_record::event::Event;
use giapranh_record::{Facts, Hash, Header, Payload, SigningKey, Unsigned};
use giapranh_views::{Projector, Source, SourceError, Stored, Views};
use proto::directory_change::Change;
use uuid::Uuid;

pub const START_MS: u64 = 1_717_000_000_000;
pub const EXPIRES_MS: u64 = START_MS + 86_400_000;
pub const ALERT: &str = "hcm/2024/000001";
pub const ZONE: &str = "hcm-long-an";

/// A log whose positions have gaps.
#[derive(Debug, Clone, Default)]
pub struct Log(pub Vec<Stored>);

impl Log {
    pub fn of<'a>(events: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut log = Self::default();
        events.into_iter().for_each(|event| log.append(event));
        log
    }

    pub fn append(&mut self, event: &Event) {
        let count = u64::try_from(self.0.len()).unwrap();
        let (position, arrived_ms) = (count * 3 + 1, START_MS + count);
        self.0.push(Stored { position, arrived_ms, event: event.clone() });
    }
}

impl Source for Log {
    fn after(&self, after: u64, limit: usize) -> Result<Vec<Stored>, SourceError> {
        self.0.after(after, limit)
    }

    fn of_alert(&self, alert: &str, until: u64) -> Result<Vec<Stored>, SourceError> {
        self.0.of_alert(alert, until)
    }

    fn directory(&self, after: u64, until: u64) -> Result<Vec<Stored>, SourceError> {
        self.0.directory(after, until)
    }

    fn head(&self) -> Result<u64, SourceError> {
        self.0.head()
    }
}

/// What an event is to say; the rest the author adds.
#[derive(Debug, Clone)]
pub struct Sketch {
    pub epoch: u32,
    pub kind: String,
    pub acting_unit: String,
    pub directory_seq: u64,
    pub alert: Option<String>,
    pub drafted_by: String,
    pub approved_by: Option<String>,
    pub causes: Vec<Uuid>,
    pub category: String,
    pub urgency: String,
    pub expires_ms: u64,
    pub zones: Vec<String>,
    pub body: Body,
    pub sealed: bool,
}

/// Every author of the cluster, and the one clock.
#[derive(Default)]
pub struct Cluster {
    heads: BTreeMap<(String, u32, String), Head>,
    indexes: BTreeMap<(String, u32), u64>,
    published: u64,
    pub directory_head: u64,
}

impl Cluster {
    /// A cluster, and the decisions that found it: two provinces, a district that is served, a zone,
    /// and leave to issue.
    pub fn founded() -> (Self, Vec<Event>) {
        let mut cluster = Self::default();
        let changes = vec![
            register("hcm", "", "province"),
            register("long-an", "", "province"),
            register("hcm_cu-chi", "hcm", "district"),
            enrol("hcm", &["hcm_cu-chi"]),
            enrol("long-an", &[]),
        ];
        let units = cluster.decide(changes);
        let rules = cluster.decide(vec![
            zone(ZONE, &["hcm", "hcm_cu-chi", "long-an"]),
            allow("province", "wanted-person", false),
        ]);
        (cluster, vec![units, rules])
    }

    /// The registrar's next decision.
    pub fn decide(&mut self, decision: Vec<Change>) -> Event {
        let wrap = |change| proto::DirectoryChange { change: Some(change) };
        let changed = proto::DirectoryChanged {
            decision: "01/QĐ".into(),
            effective_from: "2024-01-01".into(),
            changes: decision.into_iter().map(wrap).collect(),
        };
        let event = self.publish(
            "hcm",
            Sketch {
                alert: None,
                zones: vec!["directory".into()],
                ..self.sketch("directory.changed", Body::DirectoryChanged(changed))
            },
        );
        self.directory_head += 1;
        event
    }

    pub fn issue(&mut self, alert: &str, headline: &str) -> Event {
        let unit = alert.split('/').next().unwrap();
        let version = version(1, headline, &[ZONE]);
        let sketch = self.sketch("alert.issued", Body::AlertIssued(version));
        self.publish(unit, Sketch { alert: Some(alert.into()), ..sketch })
    }

    pub fn amend(&mut self, headline: &str) -> Event {
        let version = version(2, headline, &[ZONE]);
        let sketch = self.sketch("alert.amended", Body::AlertAmended(version));
        self.publish("hcm", sketch)
    }

    pub fn withdraw(&mut self) -> Event {
        let withdrawal = proto::Withdrawal { reason: "executed".into(), ..Default::default() };
        let sketch = self.sketch("alert.withdrawn", Body::AlertWithdrawn(withdrawal));
        self.publish("hcm", sketch)
    }

    pub fn hit(&mut self, unit: &str) -> Event {
        let hit = proto::Hit { version: 1, place: "Đức Hòa".into(), ..Default::default() };
        let sketch = self.sketch("hit.reported", Body::HitReported(hit));
        self.publish(unit, sketch)
    }

    pub fn answer(&mut self, unit: &str, hit: &Event, result: &str) -> Event {
        let answer = proto::Answer { result: result.into(), note: String::new() };
        let sketch = self.sketch("hit.answered", Body::HitAnswered(answer));
        self.publish(unit, Sketch { causes: vec![hit.header().event_id], ..sketch })
    }

    /// A note that an origin makes for itself.
    pub fn note(&mut self, origin: &str, kind: &str, body: Body) -> Event {
        let sketch = Sketch {
            alert: None,
            zones: vec!["local".into()],
            expires_ms: 0,
            category: String::new(),
            ..self.sketch(kind, body)
        };
        self.publish(origin, sketch)
    }

    /// That `hcm` heard how far a peer holds its feed of a zone: up to these numbers, by epoch.
    pub fn heard(&mut self, peer: &str, zone: &str, heads: &[(u32, u64)]) -> Event {
        self.published += 1;
        let head = |(epoch, seq): &(u32, u64)| FeedHead {
            origin: "hcm".into(),
            epoch: *epoch,
            seq: *seq,
            hash: Hash::of(&[b"not looked at"]),
        };
        let others = FeedHead { origin: "ca-mau".into(), ..head(&(1, 99)) };
        let beacon = Beacon {
            unit: peer.into(),
            epoch: 1,
            zone: zone.into(),
            instance: [1; 16],
            counter: self.published,
            sent_ms: START_MS,
            directory_seq: self.directory_head,
            local: LocalHead::EMPTY,
            heads: heads.iter().map(head).chain([others]).collect(),
        };
        let signed = beacon.sign(&key_of(peer)).unwrap();
        self.note("hcm", "delivery.noted", Body::DeliveryNoted(signed.bytes().clone()))
    }

    /// A unit says in a zone that an origin forked, with hashes made of these two bytes.
    pub fn fork(&mut self, by: &str, in_zone: &str, of: &str, hashes: [u8; 2]) -> Event {
        let found = proto::ForkFound {
            origin: of.into(),
            epoch: 1,
            zone: ZONE.into(),
            seq: 4,
            index: 3,
            first_hash: vec![hashes[0]; 32],
            second_hash: vec![hashes[1]; 32],
            ..Default::default()
        };
        let sketch = Sketch {
            alert: None,
            zones: vec![in_zone.into()],
            ..self.sketch("fork.found", Body::ForkFound(found))
        };
        self.publish(by, sketch)
    }

    /// A proper event about [`ALERT`]; what differs is laid over it.
    pub fn sketch(&self, kind: &str, body: Body) -> Sketch {
        Sketch {
            epoch: 1,
            kind: kind.into(),
            acting_unit: String::new(),
            directory_seq: self.directory_head,
            alert: Some(ALERT.into()),
            drafted_by: "cb-1".into(),
            approved_by: Some("cb-2".into()),
            causes: vec![],
            category: "wanted-person".into(),
            urgency: String::new(),
            expires_ms: EXPIRES_MS,
            zones: vec![ZONE.into()],
            body,
            sealed: false,
        }
    }

    /// Signs what an origin says; it acts for itself when the sketch names no unit.
    pub fn publish(&mut self, origin: &str, sketch: Sketch) -> Event {
        self.published += 1;
        let heads: Vec<(String, Head)> = sketch
            .zones
            .iter()
            .map(|zone| {
                let key = (origin.to_owned(), sketch.epoch, zone.clone());
                (zone.clone(), self.heads.get(&key).copied().unwrap_or(Head::EMPTY))
            })
            .collect();
        let index = self.indexes.entry((origin.to_owned(), sketch.epoch)).or_default();
        let acting = if sketch.acting_unit.is_empty() { origin } else { &sketch.acting_unit };
        let plain = wire::encode(&sketch.body);
        let header = Header {
            event_id: event_id(self.published),
            kind: sketch.kind,
            origin: origin.into(),
            acting_unit: acting.into(),
            epoch: sketch.epoch,
            index: *index,
            recorded_ms: START_MS + self.published * 1_000,
            directory_seq: sketch.directory_seq,
            alert: sketch.alert,
            drafted_by: Some(sketch.drafted_by),
            approved_by: sketch.approved_by,
            causes: sketch.causes,
            facts: Facts {
                category: sketch.category,
                urgency: sketch.urgency,
                expires_ms: sketch.expires_ms,
                ..Facts::default()
            },
            erase_by_ms: None,
            key_commitment: sketch.sealed.then(|| Hash::of(&[b"key"])),
            links: heads.iter().map(|(zone, head)| head.next_link(zone)).collect(),
        };
        *index += 1;
        let payload = if sketch.sealed {
            Payload::Sealed { nonce: [7; 24], ciphertext: plain }
        } else {
            Payload::Plain(plain)
        };
        let unsigned = Unsigned::new(header, payload).unwrap();
        for (zone, head) in heads {
            let next = Head { seq: head.seq + 1, hash: unsigned.leaf() };
            self.heads.insert((origin.to_owned(), sketch.epoch, zone), next);
        }
        (*unsigned.sign(&key_of(origin))).clone()
    }
}

pub fn version(version: u32, headline: &str, zones: &[&str]) -> proto::AlertVersion {
    let content = proto::AlertContent {
        category: "wanted-person".into(),
        headline: headline.into(),
        severity: "important".into(),
        expires: rfc3339(EXPIRES_MS),
        wanted_person: Some(proto::WantedPerson::default()),
        ..Default::default()
    };
    let zones = zones.iter().map(ToString::to_string).collect();
    proto::AlertVersion { version, content: Some(content), reason: String::new(), zones }
}

pub fn register(id: &str, parent: &str, level: &str) -> Change {
    Change::UnitRegistered(proto::UnitRegistered {
        id: id.into(),
        parent: parent.into(),
        level: level.into(),
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

pub fn enrol(unit: &str, serves: &[&str]) -> Change {
    use giapranh_record::Signer as _;
    let serves = serves.iter().map(ToString::to_string).collect();
    let public_key = key_of(unit).public_key().to_bytes().to_vec();
    Change::NodeEnrolled(proto::NodeEnrolled {
        unit: unit.into(),
        public_key,
        serves,
        ..Default::default()
    })
}

pub fn allow(level: &str, category: &str, cluster: bool) -> Change {
    let (level, category) = (level.into(), category.into());
    Change::IssuingAllowed(proto::IssuingAllowed { level, category, cluster, ..Default::default() })
}

pub fn cut(origin: &str, last_index: u64, cause: &str) -> Change {
    let (origin, cause) = (origin.into(), cause.into());
    Change::CutMade(proto::CutMade {
        origin,
        epoch: 1,
        last_index,
        last_hash: vec![0; 32],
        cause,
        ..Default::default()
    })
}

pub fn registrar() -> UnitId {
    "hcm".parse().unwrap()
}

/// Projects everything, in batches of that size.
pub fn follow(projector: &mut Projector, log: &Log, batch: usize) {
    while projector.project(log, batch).unwrap().applied > 0 {}
}

/// The views of a log that is projected in batches of that size.
pub fn projected(dir: &Path, log: &Log, batch: usize) -> (Projector, Views) {
    let mut projector = Projector::open(dir, registrar(), log).unwrap();
    follow(&mut projector, log, batch);
    (projector, Views::open(dir).unwrap())
}

fn event_id(number: u64) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + u128::from(number))
}

pub fn key_of(unit: &str) -> SigningKey {
    SigningKey::from_seed(&Hash::of(&[unit.as_bytes()]).0)
}
