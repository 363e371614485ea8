//! The events that everything is measured with: made, the same in every run, and like those of a
//! cluster at work. Six provinces and a district of each write to the seventh, which receives: about
//! eight events an alert, in the order in which they were recorded, many alerts open at once.
//!
//! Every event is valid by the record and by the directory. All people are invented, and their names
//! say so.

mod steps;

use std::collections::{BTreeMap, VecDeque};

use anyhow::{Context as _, Result};
use bytes::Bytes;
use giapranh_domain::event::{Body, Kind};
use giapranh_domain::wire::proto;
use giapranh_domain::{Directory, UnitId, ZoneId, time, wire};
use giapranh_record::chain::Head;
use giapranh_record::{Draft, Facts, Header, Payload, SigningKey, Unsigned, ZONE_DIRECTORY};
use giapranh_testkit::random::Random;
use uuid::Uuid;

use crate::fixture::{RECEIVER, REGISTRAR, key};
use crate::founding::{self, common_zones};
use crate::people;
use crate::sealed;

use steps::Step;

/// Changes with what is generated, so that nobody compares figures of different events.
pub const VERSION: u32 = 2;
const SEED: u64 = 303;
/// 2024-01-01T00:00:00+07:00.
const START_MS: u64 = 1_704_042_000_000;
/// Alerts that are being worked on at the same time.
const OPEN: usize = 400;
/// When every alert ends by itself.
const EXPIRES: &str = "2034-12-31";

/// An event as it was published.
#[derive(Debug, Clone)]
pub struct Published {
    /// The unit whose node signed it.
    pub origin: String,
    /// The zones of its links that the receiver is entitled to, ascending.
    pub zones: Vec<String>,
    /// The event.
    pub bytes: Bytes,
}

/// Makes events without end.
pub struct Corpus {
    random: Random,
    directory: Directory,
    origins: BTreeMap<UnitId, Origin>,
    /// Who issues, and where: zones that the receiver is in, too.
    issuers: Vec<(UnitId, Vec<ZoneId>)>,
    founding: VecDeque<Draft>,
    open: Vec<Life>,
    now_ms: u64,
    ids: u64,
    expires_ms: u64,
    lives: Lives,
    is_sealed: bool,
}

struct Origin {
    key: SigningKey,
    index: u64,
    heads: BTreeMap<String, Head>,
}

/// How far the life of each alert is followed.
enum Lives {
    Whole,
    Begun,
    Long,
}

/// What is still to happen to an alert.
struct Life {
    alert: String,
    issuer: UnitId,
    category: &'static str,
    zones: Vec<ZoneId>,
    steps: VecDeque<Step>,
    version: u32,
    hit: Option<Uuid>,
}

impl Corpus {
    /// From the first event of the directory on.
    pub fn new() -> Result<Self> {
        let registrar: UnitId = REGISTRAR.parse()?;
        let bodies = founding::events()?;
        let mut directory = Directory::new(registrar.clone());
        for (body, seq) in bodies.iter().zip(1..) {
            let faults = directory.apply(seq, body);
            anyhow::ensure!(faults.is_empty(), "the directory refuses: {faults:?}");
        }
        let origins: BTreeMap<UnitId, Origin> = directory
            .nodes()
            .map(|node| {
                let key = key(node.unit.as_str());
                (node.unit.clone(), Origin { key, index: 0, heads: BTreeMap::new() })
            })
            .collect();
        let receiver: UnitId = RECEIVER.parse()?;
        let issuers = origins
            .keys()
            .filter(|unit| **unit != receiver)
            .map(|unit| (unit.clone(), common_zones(&directory, unit, &receiver)))
            .filter(|(_, zones)| !zones.is_empty())
            .collect();
        let expires_ms = time::moment(EXPIRES).context("the date of expiry")?;
        let mut corpus = Self {
            random: Random::new(SEED),
            directory,
            origins,
            issuers,
            founding: VecDeque::new(),
            open: Vec::new(),
            now_ms: START_MS,
            ids: 0,
            expires_ms,
            lives: Lives::Whole,
            is_sealed: false,
        };
        for (seq, body) in (0..).zip(bodies) {
            let mut draft = corpus.draft(Kind::DirectoryChanged.code(), &registrar, None);
            draft.directory_seq = seq;
            draft.zones = vec![ZONE_DIRECTORY.to_owned()];
            draft.payload = Payload::Plain(wire::encode(&Body::DirectoryChanged(body)));
            corpus.founding.push_back(draft);
        }
        Ok(corpus)
    }

    /// Alerts of which none ends: released, acknowledged by some, found by some and not answered.
    pub fn staying_open() -> Result<Self> {
        Ok(Self { lives: Lives::Begun, ..Self::new()? })
    }

    /// The same of which much is said: ten events each.
    pub fn long_lived() -> Result<Self> {
        Ok(Self { lives: Lives::Long, ..Self::new()? })
    }

    /// The same events with what they say sealed, each under the key of its alert.
    pub fn sealed(self) -> Self {
        Self { is_sealed: true, ..self }
    }

    /// The directory that its events are valid by.
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// How many alerts were begun, and the time that it is for whoever looks after its events.
    pub fn so_far(&self) -> (u64, u64) {
        (self.ids, self.now_ms)
    }

    /// How many events the directory has; they come first.
    pub fn founding(&self) -> usize {
        usize::try_from(self.directory.head()).unwrap_or_default()
    }

    /// The next events, signed by all cores.
    pub fn take(&mut self, count: usize) -> Result<Vec<Published>> {
        let mut placed = Vec::with_capacity(count);
        for _ in 0..count {
            placed.push(self.next()?);
        }
        let origins = &self.origins;
        let receiver: UnitId = RECEIVER.parse()?;
        let sign = |(origin, event): (UnitId, Unsigned)| {
            let zones = event.header().links.iter().map(|link| link.zone.clone());
            let entitled = |zone: &String| {
                zone.parse().is_ok_and(|zone| self.directory.is_entitled(&receiver, &zone))
            };
            let zones = zones.filter(entitled).collect();
            let bytes = event.sign(&origins[&origin].key).bytes().clone();
            Published { origin: origin.into(), zones, bytes }
        };
        let share = count.div_ceil(crate::machine::cores()).max(1);
        let mut shares: Vec<Vec<_>> = Vec::new();
        let mut placed = placed.into_iter().peekable();
        while placed.peek().is_some() {
            shares.push(placed.by_ref().take(share).collect());
        }
        let sign = &sign;
        std::thread::scope(|scope| {
            let work = |share: Vec<_>| scope.spawn(move || share.into_iter().map(sign).collect());
            let threads: Vec<_> = shares.into_iter().map(work).collect();
            let mut all = Vec::with_capacity(count);
            for thread in threads {
                let signed: Vec<Published> =
                    thread.join().map_err(|_| anyhow::anyhow!("signing panicked"))?;
                all.extend(signed);
            }
            Ok(all)
        })
    }

    fn next(&mut self) -> Result<(UnitId, Unsigned)> {
        if let Some(draft) = self.founding.pop_front() {
            return self.place(REGISTRAR.parse()?, draft);
        }
        // Some forty events an hour.
        self.now_ms += 1_000 + self.random.number() % 180_000;
        while self.open.len() < OPEN {
            let life = self.new_life();
            self.open.push(life);
        }
        let at = self.random.below(OPEN);
        let mut life = self.open.swap_remove(at);
        let step = life.steps.pop_front().context("a life without a step")?;
        let (author, draft) = self.step(&mut life, step);
        if matches!(step, Step::Hit) {
            life.hit = Some(draft.event_id);
        }
        if !life.steps.is_empty() {
            self.open.push(life);
        }
        self.place(author, draft)
    }

    fn new_life(&mut self) -> Life {
        let (issuer, zones) = self.issuers[self.random.below(self.issuers.len())].clone();
        let province = issuer.province() == issuer;
        let categories: &[&'static str] = if province {
            &["wanted-person", "wanted-person", "travelling-offender", "modus-operandi"]
        } else {
            &["travelling-offender", "modus-operandi"]
        };
        let category = self.random.pick(categories);
        // Most alerts are for one border; some go along a second one, and a few to everybody.
        let mut chosen = vec![zones[self.random.below(zones.len())].clone()];
        let others: Vec<ZoneId> = self
            .directory
            .zones()
            .filter(|zone| zone.members.contains(&issuer) && zone.id != chosen[0])
            .map(|zone| zone.id.clone())
            .collect();
        match self.random.below(20) {
            0 if province => chosen = vec![ZoneId::cluster()],
            1..=4 if !others.is_empty() => {
                chosen.push(others[self.random.below(others.len())].clone());
            }
            _ => {}
        }
        let steps = match self.lives {
            Lives::Whole => steps::whole(&mut self.random),
            Lives::Begun => steps::open(&mut self.random),
            Lives::Long => steps::long(),
        };
        let alert = self.number(&issuer);
        Life { alert, issuer, category, zones: chosen, steps, version: 0, hit: None }
    }

    /// The next alert number of a unit, counted through all its years so that none comes twice.
    fn number(&mut self, issuer: &UnitId) -> String {
        self.ids += 1;
        format!("{issuer}/{}/{:06}", 2024 + self.ids / 900_000, self.ids % 900_000 + 1)
    }

    fn step(&mut self, life: &mut Life, step: Step) -> (UnitId, Draft) {
        let issuer = life.issuer.clone();
        let author = match step {
            Step::Hit | Step::Acknowledge => self.neighbour(life),
            _ => issuer,
        };
        let kind = match step {
            Step::Issue => Kind::AlertIssued.code(),
            Step::Acknowledge => Kind::AlertAcknowledged.code(),
            Step::Hit => Kind::HitReported.code(),
            Step::Answer(_) => Kind::HitAnswered.code(),
            Step::Amend => Kind::AlertAmended.code(),
            Step::Withdraw => Kind::AlertWithdrawn.code(),
        };
        let mut draft = self.draft(kind, &author, Some(life.alert.clone()));
        life.category.clone_into(&mut draft.facts.category);
        draft.drafted_by = Some(format!("cb-{:04}", self.random.below(900)));
        let body = match step {
            Step::Issue | Step::Amend => {
                life.version += 1;
                draft.facts.expires_ms = self.expires_ms;
                draft.facts.offence = 173;
                self.version(life)
            }
            Step::Acknowledge => {
                Body::AlertAcknowledged(proto::Acknowledgement { version: life.version })
            }
            Step::Hit => {
                let urgency = self.random.pick(&["routine", "urgent"]);
                urgency.clone_into(&mut draft.facts.urgency);
                Body::HitReported(people::hit(&mut self.random, life.version))
            }
            Step::Answer(result) => {
                draft.causes = life.hit.into_iter().collect();
                result.clone_into(&mut draft.facts.outcome);
                Body::HitAnswered(people::answer(result))
            }
            Step::Withdraw => {
                "executed".clone_into(&mut draft.facts.outcome);
                Body::AlertWithdrawn(people::withdrawal(&mut self.random))
            }
        };
        if matches!(step, Step::Issue | Step::Amend | Step::Withdraw) {
            draft.approved_by = Some("ld-0001".to_owned());
        }
        draft.payload = Payload::Plain(wire::encode(&body));
        let shared = life
            .zones
            .iter()
            .filter(|zone| self.directory.is_member(&author, zone, draft.directory_seq));
        draft.zones = shared.map(ToString::to_string).collect();
        (author, draft)
    }

    /// A unit with a node, other than the issuer's, that is in the alert's first zone.
    fn neighbour(&mut self, life: &Life) -> UnitId {
        let head = self.directory.head();
        let candidates: Vec<&UnitId> = self
            .issuers
            .iter()
            .map(|(unit, _)| unit)
            .filter(|unit| **unit != life.issuer)
            .filter(|unit| self.directory.is_member(unit, &life.zones[0], head))
            .collect();
        if candidates.is_empty() {
            return life.issuer.clone();
        }
        candidates[self.random.below(candidates.len())].clone()
    }

    fn version(&mut self, life: &Life) -> Body {
        let content = people::content(&mut self.random, life.category, EXPIRES);
        let first = life.version == 1;
        let version = proto::AlertVersion {
            version: life.version,
            content: Some(content),
            reason: if first {
                String::new()
            } else {
                "bổ sung đặc điểm nhận dạng".to_owned()
            },
            zones: life.zones.iter().map(ToString::to_string).collect(),
        };
        if first { Body::AlertIssued(version) } else { Body::AlertAmended(version) }
    }

    fn draft(&mut self, kind: &str, author: &UnitId, alert: Option<String>) -> Draft {
        let mut random = [0; 10];
        random[..8].copy_from_slice(&self.random.number().to_be_bytes());
        Draft {
            event_id: uuid::Builder::from_unix_timestamp_millis(self.now_ms, &random).into_uuid(),
            kind: kind.to_owned(),
            acting_unit: author.to_string(),
            directory_seq: self.directory.head(),
            alert,
            drafted_by: None,
            approved_by: None,
            causes: Vec::new(),
            facts: Facts::default(),
            erase_by_ms: None,
            zones: Vec::new(),
            payload: Payload::Plain(Bytes::new()),
        }
    }

    /// Gives an event its place among its author's.
    fn place(&mut self, author: UnitId, draft: Draft) -> Result<(UnitId, Unsigned)> {
        let origin = self.origins.get_mut(&author).context("an author without a node")?;
        let mut zones = draft.zones;
        zones.sort();
        let head = |zone: &String| origin.heads.get(zone).copied().unwrap_or(Head::EMPTY);
        let links = zones.iter().map(|zone| head(zone).next_link(zone)).collect();
        let header = Header {
            event_id: draft.event_id,
            kind: draft.kind,
            origin: author.to_string(),
            acting_unit: draft.acting_unit,
            epoch: 1,
            index: origin.index,
            recorded_ms: self.now_ms,
            directory_seq: draft.directory_seq,
            alert: draft.alert,
            drafted_by: draft.drafted_by,
            approved_by: draft.approved_by,
            causes: draft.causes,
            facts: draft.facts,
            erase_by_ms: None,
            key_commitment: None,
            links,
        };
        let seals = self.is_sealed && Kind::parse(&header.kind).is_some_and(Kind::is_sealed);
        let event = match (&draft.payload, &header.alert) {
            (Payload::Plain(text), Some(alert)) if seals => {
                let seal = sealed::seal(alert, header.event_id);
                Unsigned::sealed(header, text, &seal)?
            }
            _ => Unsigned::new(header, draft.payload)?,
        };
        origin.index += 1;
        for link in &event.header().links {
            origin.heads.insert(link.zone.clone(), Head { seq: link.seq, hash: event.leaf() });
        }
        Ok((author, event))
    }
}
