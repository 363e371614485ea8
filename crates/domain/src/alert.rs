//! An alert as everybody shows it: a fold of its events and the directory.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::adoption::adopted;
use crate::directory::Why;
use crate::event::{Body, Event, Meta};
use crate::wire::proto;
use crate::{AlertId, Directory, Level, Millis, OfficerId, UnitId, Verdict, ZoneId};

/// Where an alert stands, apart from the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Facts about it are here; the alert itself is not, or is disowned.
    Awaited,
    /// In force, until it expires.
    Active,
    /// Ended by its issuer. Terminal.
    Withdrawn,
}

/// An alert with everything that units have said about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Alert {
    pub id: AlertId,
    /// The issuer's name as it was then; empty while awaited.
    pub issuer_name: String,
    /// Who answers for it now: the issuer, or its successor.
    pub responsible: UnitId,
    pub status: Status,
    /// 0 while awaited.
    pub version: u32,
    pub category: String,
    /// The newest version; `None` while awaited.
    pub content: Option<proto::AlertContent>,
    /// Where it is in force now.
    pub zones: BTreeSet<ZoneId>,
    /// Every zone that it has or ever had: all of them learn what becomes of it.
    pub all_zones: BTreeSet<ZoneId>,
    /// When the first version that is here was released.
    pub issued: Millis,
    pub changed: Millis,
    /// It stops being active by itself then; 0 while awaited.
    pub expires: Millis,
    pub drafted_by: Option<OfficerId>,
    pub approved_by: Option<OfficerId>,
    pub withdrawal: Option<proto::Withdrawal>,
    pub hits: BTreeMap<Uuid, Hit>,
    /// Every event, by the time its author recorded it.
    pub timeline: Vec<Entry>,
}

/// A hit and what was answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Hit {
    /// `None` when the answer is here before the hit.
    pub report: Option<Report>,
    /// One a unit, its latest; the one that counts first.
    pub answers: Vec<Reply>,
}

/// What a unit reported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Report {
    pub unit: UnitId,
    pub officer: Option<OfficerId>,
    pub recorded: Millis,
    pub urgency: String,
    pub hit: proto::Hit,
}

/// What a unit answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Reply {
    pub unit: UnitId,
    pub officer: Option<OfficerId>,
    pub recorded: Millis,
    pub answer: proto::Answer,
}

/// One event in the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Entry {
    pub event_id: Uuid,
    pub kind: String,
    pub unit: UnitId,
    pub recorded: Millis,
    #[serde(flatten)]
    pub verdict: Verdict,
}

impl Alert {
    /// The state that follows from these events, whatever their order: every node that holds them
    /// and the same directory comes to the same.
    pub fn fold(id: AlertId, events: &[Event], directory: &Directory) -> Self {
        let responsible = directory.answers_for(id.issuer(), directory.head()).clone();
        let mut alert = Self::awaited(id, responsible);
        let mut ordered: Vec<&Event> = events.iter().collect();
        ordered.sort_by_cached_key(|event| order(&event.meta, directory));
        let adopted = adopted(events, directory);
        for event in ordered {
            let verdict = match adopted.judge(event, directory) {
                Verdict::Valid if !event.is_consistent() => Verdict::Disowned(Why::Inconsistent),
                Verdict::Valid if !alert.may_reach(event, directory) => {
                    Verdict::Disowned(Why::NotInZone)
                }
                verdict => verdict,
            };
            alert.timeline.push(Entry {
                event_id: event.meta.event_id,
                kind: event.meta.kind.clone(),
                unit: event.meta.acting_unit.clone(),
                recorded: event.meta.recorded,
                verdict,
            });
            if verdict == Verdict::Valid {
                alert.apply(event, directory);
            }
        }
        for hit in alert.hits.values_mut() {
            hit.rank(directory);
        }
        alert.timeline.sort_by_key(|entry| (entry.recorded, entry.event_id));
        alert
    }

    fn awaited(id: AlertId, responsible: UnitId) -> Self {
        Self {
            id,
            issuer_name: String::new(),
            responsible,
            status: Status::Awaited,
            version: 0,
            category: String::new(),
            content: None,
            zones: BTreeSet::new(),
            all_zones: BTreeSet::new(),
            issued: 0,
            changed: 0,
            expires: 0,
            drafted_by: None,
            approved_by: None,
            withdrawal: None,
            hits: BTreeMap::new(),
            timeline: Vec::new(),
        }
    }

    /// Whether a new version goes only to zones that the alert had, or that are open to its author:
    /// the links of the header also name zones that it has left.
    fn may_reach(&self, event: &Event, directory: &Directory) -> bool {
        let (Body::AlertAmended(version), meta) = (&event.body, &event.meta) else { return true };
        version.zones.iter().filter_map(|zone| zone.parse().ok()).all(|zone: ZoneId| {
            let (unit, at) = (&meta.acting_unit, meta.directory_seq);
            // One that came late to this node has nothing of before to compare with.
            self.status == Status::Awaited
                || self.all_zones.contains(&zone)
                || (directory.is_member(unit, &zone, at) && directory.is_open(&zone, at))
        })
    }

    /// Takes in a valid event. Total: what has no effect has none.
    fn apply(&mut self, event: &Event, directory: &Directory) {
        let meta = &event.meta;
        match &event.body {
            Body::AlertIssued(version) if self.status == Status::Awaited => {
                self.renew(meta, version, directory);
            }
            // It carries the whole alert: a unit whose zone was added later has nothing else.
            Body::AlertAmended(version) if self.status != Status::Withdrawn => {
                self.renew(meta, version, directory);
            }
            Body::AlertWithdrawn(withdrawal) if self.status == Status::Active => {
                self.status = Status::Withdrawn;
                self.changed = meta.recorded;
                self.withdrawal = Some(withdrawal.clone());
            }
            Body::HitReported(hit) => {
                self.hit(meta.event_id).report = Some(Report {
                    unit: meta.acting_unit.clone(),
                    officer: meta.drafted_by.clone(),
                    recorded: meta.recorded,
                    urgency: meta.urgency.clone(),
                    hit: hit.clone(),
                });
            }
            Body::HitAnswered(answer) => {
                let reply = Reply {
                    unit: meta.acting_unit.clone(),
                    officer: meta.drafted_by.clone(),
                    recorded: meta.recorded,
                    answer: answer.clone(),
                };
                for cause in &meta.causes {
                    let answers = &mut self.hit(*cause).answers;
                    answers.retain(|earlier| earlier.unit != reply.unit);
                    answers.push(reply.clone());
                }
            }
            _ => {}
        }
    }

    fn renew(&mut self, meta: &Meta, version: &proto::AlertVersion, directory: &Directory) {
        if self.status == Status::Awaited {
            self.status = Status::Active;
            self.issued = meta.recorded;
            let issuer = directory.unit(self.id.issuer());
            let name = issuer.map(|issuer| issuer.name_at(meta.directory_seq));
            self.issuer_name = name.unwrap_or_default().to_owned();
        }
        self.version = version.version;
        self.category.clone_from(&meta.category);
        self.content.clone_from(&version.content);
        self.all_zones.extend(meta.zones.iter().cloned());
        self.zones = version
            .zones
            .iter()
            .filter_map(|zone| zone.parse().ok())
            .filter(|zone| meta.zones.contains(zone))
            .collect();
        self.changed = meta.recorded;
        self.expires = meta.expires;
        self.drafted_by.clone_from(&meta.drafted_by);
        self.approved_by.clone_from(&meta.approved_by);
    }

    fn hit(&mut self, id: Uuid) -> &mut Hit {
        self.hits.entry(id).or_insert_with(|| Hit { report: None, answers: Vec::new() })
    }

    /// The unit under whose name it was issued.
    pub fn issuer(&self) -> &UnitId {
        self.id.issuer()
    }

    /// Whether it is in force at a moment.
    pub fn is_active_at(&self, now: Millis) -> bool {
        self.status == Status::Active && now < self.expires
    }
}

impl Hit {
    /// Where a district and its province both answer, the higher rank counts, then the unit's id.
    fn rank(&mut self, directory: &Directory) {
        let level = |unit: &UnitId| directory.unit(unit).map_or(Level::Commune, |unit| unit.level);
        self.answers.sort_by_key(|reply| (level(&reply.unit), reply.unit.clone()));
    }
}

/// The order in which an alert's events take effect: first those of its issuer, then those of who
/// succeeded it; of one unit first those through the node that served it first; of one author as in
/// its log. Between other authors nothing depends on it.
fn order(meta: &Meta, directory: &Directory) -> (usize, u64, UnitId, u32, u64, Uuid) {
    let steps = meta
        .alert
        .as_ref()
        .and_then(|alert| directory.steps_of_succession(alert.issuer(), &meta.acting_unit));
    let since = directory.served_since(&meta.origin, &meta.acting_unit, meta.directory_seq);
    (
        steps.unwrap_or(0),
        since.unwrap_or(0),
        meta.origin.clone(),
        meta.epoch,
        meta.index,
        meta.event_id,
    )
}
