//! Random histories: a directory that grows, is contradicted and cut, and units that say what they
//! may and what they may not.
#![allow(clippy::unwrap_used, reason = "a history that fails is a failed test")]
#![allow(dead_code, reason = "each test file uses its part")]

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use giapranh_domain::event::{Body, Kind};
use giapranh_domain::wire::proto::directory_change::Change;
use giapranh_domain::wire::{self, proto};
use giapranh_record::{Draft, Facts, Payload, Signer as _, ZONE_DIRECTORY};
use uuid::Uuid;

use super::node::{Node, key};
use giapranh_testkit::random::Random;

pub const REGISTRAR: &str = "ba-ria-vung-tau";
pub const START_MS: u64 = 1_717_000_000_000;
/// Members of every zone, who say nothing.
pub const RECEIVERS: [&str; 2] = ["dong-nai", "binh-duong"];

const AUTHORS: [&str; 5] = [REGISTRAR, "hcm", "long-an", "long-an_duc-hoa", "tien-giang"];
const COMMUNE: &str = "long-an_duc-hoa_my-hanh-bac";
const ZONES: [&str; 3] = ["hcm-long-an", "long-an-tien-giang", "cluster"];
/// A zone that comes in the course of time.
const LATE_ZONE: &str = "dong-nai-hcm";
const CATEGORIES: [&str; 3] = ["wanted-person", "travelling-offender", "modus-operandi"];
const EXPIRES: &str = "2099-12-31";

/// An event under one of its subjects.
#[derive(Clone)]
pub struct Message {
    pub zone: String,
    pub origin: String,
    pub bytes: Bytes,
    id: Uuid,
}

/// The events behind messages.
pub fn ids(messages: &[Message]) -> BTreeSet<Uuid> {
    messages.iter().map(|message| message.id).collect()
}

/// Lets the units say something and gives what is then on its way, a message for each link, in the
/// order in which it was said.
pub async fn play(random: &mut Random) -> Vec<Message> {
    let mut history = History {
        nodes: AUTHORS.map(|unit| (unit, Node::new(unit))).into(),
        later: later(random),
        directory_head: 0,
        late_zone: false,
        numbers: BTreeMap::new(),
        alerts: Vec::new(),
        hits: Vec::new(),
        events: 0,
        messages: Vec::new(),
    };
    for changes in founding() {
        history.change_directory(changes).await;
    }
    for _ in 0..30 + random.below(40) {
        history.step(random).await;
    }
    while let Some(changes) = history.later.pop() {
        history.change_directory(changes).await;
    }
    history.messages
}

struct History {
    nodes: BTreeMap<&'static str, Node>,
    later: Vec<Vec<Change>>,
    directory_head: u64,
    late_zone: bool,
    numbers: BTreeMap<String, u32>,
    alerts: Vec<String>,
    hits: Vec<Uuid>,
    events: u64,
    messages: Vec<Message>,
}

impl History {
    async fn step(&mut self, random: &mut Random) {
        if random.percent(15)
            && let Some(changes) = self.later.pop()
        {
            return self.change_directory(changes).await;
        }
        let author = AUTHORS[1 + random.below(AUTHORS.len() - 1)];
        let serves = author == "long-an_duc-hoa" && random.percent(40);
        let acting = if serves || random.percent(4) { COMMUNE } else { author };
        let mut draft = match random.below(10) {
            0..=3 => self.issue(random, acting),
            4..=5 => self.amend(random, acting),
            6 => self.withdraw(random, acting),
            7..=8 => self.hit(random, acting),
            _ => self.answer(random, acting),
        };
        if random.percent(3) {
            // Newer than this program, and of nobody's concern.
            "alert.postponed".clone_into(&mut draft.kind);
        }
        if random.percent(3) {
            // Only the registrar may.
            Kind::DirectoryChanged.code().clone_into(&mut draft.kind);
            draft.zones = vec![ZONE_DIRECTORY.to_owned()];
        }
        if self.late_zone && random.percent(20) {
            // Who knows of the zone knows the directory that made it.
            draft.zones.push(LATE_ZONE.to_owned());
            draft.zones.retain(|zone| zone == LATE_ZONE || random.percent(50));
            draft.directory_seq = self.directory_head;
        }
        self.say(author, draft).await;
    }

    fn issue(&mut self, random: &mut Random, acting: &str) -> Draft {
        let number = self.numbers.entry(acting.to_owned()).or_default();
        *number += 1;
        let alert = format!("{acting}/2024/{number:06}");
        self.alerts.push(alert.clone());
        self.version(random, acting, alert, Kind::AlertIssued)
    }

    fn amend(&mut self, random: &mut Random, acting: &str) -> Draft {
        let alert = self.alert(random, acting);
        self.version(random, acting, alert, Kind::AlertAmended)
    }

    fn version(&mut self, random: &mut Random, acting: &str, alert: String, kind: Kind) -> Draft {
        let category = random.pick(&CATEGORIES);
        let pool = zones_for(random, acting);
        let mut zones: Vec<String> = Vec::new();
        while zones.is_empty() {
            zones.extend(pool.iter().filter(|_| random.percent(50)).map(|zone| (*zone).into()));
        }
        let content = proto::AlertContent {
            category: category.to_owned(),
            headline: format!("Ví dụ {}", random.below(1000)),
            expires: EXPIRES.to_owned(),
            wanted_person: (category == "wanted-person").then(Default::default),
            travelling_offender: (category == "travelling-offender").then(Default::default),
            modus_operandi: (category == "modus-operandi").then(Default::default),
            ..Default::default()
        };
        let version = proto::AlertVersion {
            version: 1 + u32::try_from(random.below(5)).unwrap(),
            content: Some(content),
            reason: String::new(),
            zones: zones.clone(),
        };
        let body = match kind {
            Kind::AlertIssued => Body::AlertIssued(version),
            _ => Body::AlertAmended(version),
        };
        let mut draft = self.draft(random, acting, alert, kind, &body);
        // Sometimes another thing outside than inside.
        let outside = if random.percent(5) { random.pick(&CATEGORIES) } else { category };
        outside.clone_into(&mut draft.facts.category);
        draft.facts.expires_ms = giapranh_domain::time::moment(EXPIRES).unwrap();
        draft.zones = zones;
        draft
    }

    fn withdraw(&mut self, random: &mut Random, acting: &str) -> Draft {
        let alert = self.alert(random, acting);
        let withdrawal = proto::Withdrawal { reason: "executed".to_owned(), ..Default::default() };
        let body = Body::AlertWithdrawn(withdrawal);
        self.draft(random, acting, alert, Kind::AlertWithdrawn, &body)
    }

    fn hit(&mut self, random: &mut Random, acting: &str) -> Draft {
        let alert = self.alert(random, acting);
        let place = format!("Chỗ Ví Dụ {}", random.below(1000));
        let body = Body::HitReported(proto::Hit { version: 1, place, ..Default::default() });
        let draft = self.draft(random, acting, alert, Kind::HitReported, &body);
        self.hits.push(draft.event_id);
        draft
    }

    fn answer(&mut self, random: &mut Random, acting: &str) -> Draft {
        let alert = self.alert(random, acting);
        let result = random.pick(&["same", "not-same", "need-time"]).to_owned();
        let body = Body::HitAnswered(proto::Answer { result, note: String::new() });
        let mut draft = self.draft(random, acting, alert, Kind::HitAnswered, &body);
        // An answer may know of a hit that others don't have yet.
        draft.causes.extend((!self.hits.is_empty()).then(|| random.pick(&self.hits)));
        draft
    }

    /// Mostly one of the unit's own, at times somebody else's or one that is not there.
    fn alert(&self, random: &mut Random, acting: &str) -> String {
        let prefix = format!("{acting}/");
        let own: Vec<&String> =
            self.alerts.iter().filter(|alert| alert.starts_with(&prefix)).collect();
        match random.below(10) {
            0..=4 if !own.is_empty() => random.pick(&own).clone(),
            5..=8 if !self.alerts.is_empty() => {
                self.alerts[random.below(self.alerts.len())].clone()
            }
            _ => "hcm/2024/000900".to_owned(),
        }
    }

    fn draft(
        &mut self,
        random: &mut Random,
        acting: &str,
        alert: String,
        kind: Kind,
        body: &Body,
    ) -> Draft {
        let approved_by = if random.percent(90) { "cb-2" } else { "cb-1" };
        let zones = zones_for(random, acting);
        // Under an older directory, as one who has not heard of the newest.
        let behind = if random.percent(25) { random.below(4) as u64 } else { 0 };
        Draft {
            event_id: self.event_id(),
            kind: kind.code().to_owned(),
            acting_unit: acting.to_owned(),
            directory_seq: self.directory_head.saturating_sub(behind),
            alert: Some(alert),
            drafted_by: Some("cb-1".to_owned()),
            approved_by: Some(approved_by.to_owned()),
            causes: Vec::new(),
            facts: Facts::default(),
            erase_by_ms: None,
            zones: vec![random.pick(zones).to_owned()],
            payload: Payload::Plain(wire::encode(body)),
        }
    }

    async fn change_directory(&mut self, changes: Vec<Change>) {
        self.late_zone |= changes
            .iter()
            .any(|change| matches!(change, Change::ZoneDefined(zone) if zone.id == LATE_ZONE));
        let change = |change| proto::DirectoryChange { change: Some(change) };
        let body = Body::DirectoryChanged(proto::DirectoryChanged {
            decision: "ví dụ".to_owned(),
            effective_from: "2024-01-01".to_owned(),
            changes: changes.into_iter().map(change).collect(),
        });
        let draft = Draft {
            event_id: self.event_id(),
            kind: Kind::DirectoryChanged.code().to_owned(),
            acting_unit: REGISTRAR.to_owned(),
            directory_seq: self.directory_head,
            alert: None,
            drafted_by: None,
            approved_by: None,
            causes: Vec::new(),
            facts: Facts::default(),
            erase_by_ms: None,
            zones: vec![ZONE_DIRECTORY.to_owned()],
            payload: Payload::Plain(wire::encode(&body)),
        };
        self.directory_head += 1;
        self.say(REGISTRAR, draft).await;
    }

    async fn say(&mut self, author: &'static str, draft: Draft) {
        let node = &self.nodes[author];
        let appended = node.append(draft).await;
        let event = node.events().pop().unwrap().event;
        assert_eq!(event.header().event_id, appended.event_id);
        for link in &event.header().links {
            self.messages.push(Message {
                zone: link.zone.clone(),
                origin: author.to_owned(),
                bytes: event.bytes().clone(),
                id: appended.event_id,
            });
        }
    }

    fn event_id(&mut self) -> Uuid {
        self.events += 1;
        let bytes = u128::from(self.events).to_be_bytes();
        uuid::Builder::from_random_bytes(bytes).with_version(uuid::Version::SortRand).into_uuid()
    }
}

/// The zones that a unit is in; at times all there are.
fn zones_for(random: &mut Random, acting: &str) -> &'static [&'static str] {
    const OF_HCM: &[&str] = &[ZONES[0], ZONES[2]];
    const OF_TIEN_GIANG: &[&str] = &[ZONES[1], ZONES[2]];
    match acting {
        _ if random.percent(8) => &ZONES,
        "long-an" => &ZONES,
        "tien-giang" => OF_TIEN_GIANG,
        _ => OF_HCM,
    }
}

/// What everybody's first events rest on. Who may sign comes last: by then it is known who may read
/// what.
fn founding() -> Vec<Vec<Change>> {
    let provinces = [REGISTRAR, "hcm", "long-an", "tien-giang", RECEIVERS[0], RECEIVERS[1]];
    let allowed = |level: &str, category: &str, cluster| {
        let (level, category) = (level.to_owned(), category.to_owned());
        Change::IssuingAllowed(proto::IssuingAllowed {
            level,
            category,
            cluster,
            ..Default::default()
        })
    };
    let mut rules: Vec<Change> =
        CATEGORIES.iter().map(|category| allowed("province", category, true)).collect();
    rules.push(allowed("district", CATEGORIES[1], false));
    let enrolled = ["hcm", "long-an", RECEIVERS[0], RECEIVERS[1]];
    vec![
        provinces.iter().map(|id| unit(id, "", "province")).collect(),
        vec![
            unit("long-an_duc-hoa", "long-an", "district"),
            unit(COMMUNE, "long-an_duc-hoa", "commune"),
        ],
        vec![
            zone(ZONES[0], &["hcm", "long-an", "long-an_duc-hoa", COMMUNE]),
            zone(ZONES[1], &["long-an", "tien-giang"]),
        ],
        rules,
        enrolled.iter().map(|unit| enrolment(unit, &[])).collect(),
    ]
}

/// What the registrar does in the course of time, in any order.
fn later(random: &mut Random) -> Vec<Vec<Change>> {
    let allowed = |cluster| proto::IssuingAllowed {
        level: "province".to_owned(),
        category: CATEGORIES[0].to_owned(),
        cluster,
        ..Default::default()
    };
    let cut = |origin: &str, cause: &str, last_index| {
        Change::CutMade(proto::CutMade {
            origin: origin.to_owned(),
            epoch: 1,
            last_index,
            last_hash: vec![0; 32],
            cause: cause.to_owned(),
            ..Default::default()
        })
    };
    let mut later = vec![
        vec![zone(LATE_ZONE, &["hcm", "long-an", "long-an_duc-hoa"])],
        vec![enrolment("tien-giang", &[])],
        vec![enrolment("long-an_duc-hoa", &[COMMUNE])],
        vec![Change::IssuingAllowed(allowed(false))],
        vec![Change::IssuingAllowed(allowed(true)), unit("tay-ninh", "", "province")],
        // Contradicts what is known, so none of it has effect.
        vec![unit("hcm_cu-chi", "hcm", "district"), unit("hcm", "", "province")],
    ];
    if random.percent(50) {
        later.push(vec![cut("hcm", "revoked", random.below(12) as u64)]);
    }
    if random.percent(30) {
        later.push(vec![cut("long-an", "new-epoch", random.below(12) as u64)]);
    }
    random.shuffle(&mut later);
    later
}

fn unit(id: &str, parent: &str, level: &str) -> Change {
    Change::UnitRegistered(proto::UnitRegistered {
        id: id.to_owned(),
        parent: parent.to_owned(),
        level: level.to_owned(),
        name: format!("Đơn vị {id}"),
        official_code: String::new(),
    })
}

fn zone(id: &str, members: &[&str]) -> Change {
    let members = members.iter().chain(&RECEIVERS).map(|id| (*id).to_owned()).collect();
    Change::ZoneDefined(proto::ZoneDefined {
        id: id.to_owned(),
        name: id.to_owned(),
        members,
        ..Default::default()
    })
}

fn enrolment(unit: &str, serves: &[&str]) -> Change {
    Change::NodeEnrolled(proto::NodeEnrolled {
        unit: unit.to_owned(),
        public_key: key(unit).public_key().to_bytes().to_vec(),
        serves: serves.iter().map(|id| (*id).to_owned()).collect(),
        ..Default::default()
    })
}
