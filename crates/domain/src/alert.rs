//! An alert as everybody shows it: a fold of its events and the directory.

mod change;
mod facts;
mod key;

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::adoption::adopted;
use crate::codes::{Deadline, Severity, Urgency, WithdrawalReason};
use crate::directory::Why;
use crate::event::{Body, Event, Meta, Sealed};
use crate::time::moment;
use crate::wire::proto;
use crate::{AlertId, Directory, Millis, OfficerId, UnitId, Verdict, ZoneId};

pub use change::needs_second_person;
use change::person;
pub use facts::{Acknowledged, Concluded, Flagged, Hit, Link, LinkWord, Reply, Report};

/// Where an alert stands, apart from the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
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
    /// The versions before it that are here, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Earlier>,
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
    /// Why what it says can't be shown here; `None` when it can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<Sealed>,
    /// When every node has to have erased it, whatever else happens; 0 while awaited.
    #[serde(default)]
    pub erase_by: Millis,
    /// That it is to be gone at once: by its issuer's word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erasure: Option<Erasure>,
    /// The units whose nodes have erased it, and when each said so first.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub erased_at: BTreeMap<UnitId, Millis>,
    /// A rule of display, because every copy is there already.
    pub hidden: Option<Hidden>,
    /// Of an urgent alert, and of a directive.
    pub asked: Option<Asked>,
    /// When its review comes onto the list, and when it is due; zeros while awaited.
    pub review: (Millis, Millis),
    /// Each unit's first word on the newest version that it has seen.
    pub acknowledged: BTreeMap<UnitId, Acknowledged>,
    /// Units that can't carry out the action.
    pub flags: BTreeMap<UnitId, Flagged>,
    pub links: BTreeMap<Uuid, Link>,
    pub hits: BTreeMap<Uuid, Hit>,
    /// Every event, by the time its author recorded it.
    pub timeline: Vec<Entry>,
}

/// For how long it is shown to whom alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Hidden {
    pub since: Millis,
    pub until: Millis,
    /// Beside who answers for it and the units above.
    pub units: BTreeSet<UnitId>,
    pub reason: String,
}

/// By when each of these units has to acknowledge it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Asked {
    /// The version that they have to have seen, or a later one.
    pub version: u32,
    /// Since when.
    pub begun: Millis,
    /// Until when.
    pub due: Millis,
    /// The units with a node of their own, as the directory was when it was released.
    pub units: BTreeSet<UnitId>,
}

/// Why and since when an alert is to be gone everywhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Erasure {
    /// A code.
    pub ground: String,
    pub decision_number: String,
    pub unit: UnitId,
    pub recorded: Millis,
    /// The units with a node of their own in its zones, as the directory was then: they confirm.
    pub units: BTreeSet<UnitId>,
}

/// What an alert said before it was amended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Earlier {
    pub version: u32,
    /// When the next one came in its place.
    pub until: Millis,
    pub content: proto::AlertContent,
    pub zones: BTreeSet<ZoneId>,
}

/// One event in the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "TimelineEntry")]
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
    /// The state that follows from these events, whatever their order: every node that holds them,
    /// their keys and the same directory comes to the same. Of what is erased nothing is left but what
    /// the headers say, whoever still has its keys.
    pub fn fold(id: AlertId, events: &[Event], directory: &Directory) -> Self {
        let alert = Self::fold_all(id.clone(), events, directory);
        if alert.erasure.is_none() || alert.sealed == Some(Sealed::Erased) {
            return alert;
        }
        let closed: Vec<Event> =
            events.iter().map(|event| event.without_payload(Sealed::Erased)).collect();
        Self { sealed: Some(Sealed::Erased), ..Self::fold_all(id, &closed, directory) }
    }

    fn fold_all(id: AlertId, events: &[Event], directory: &Directory) -> Self {
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
                Verdict::Valid if alert.lacks_second_person(event) => {
                    Verdict::Disowned(Why::NoSecondPerson)
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
            earlier: Vec::new(),
            zones: BTreeSet::new(),
            all_zones: BTreeSet::new(),
            issued: 0,
            changed: 0,
            expires: 0,
            drafted_by: None,
            approved_by: None,
            withdrawal: None,
            sealed: None,
            erase_by: 0,
            erasure: None,
            erased_at: BTreeMap::new(),
            hidden: None,
            asked: None,
            review: (0, 0),
            acknowledged: BTreeMap::new(),
            flags: BTreeMap::new(),
            links: BTreeMap::new(),
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

    /// Whether one officer alone changed what takes two. One that came late to this node has nothing of
    /// before to compare with.
    fn lacks_second_person(&self, event: &Event) -> bool {
        let (Body::AlertAmended(version), None) = (&event.body, &event.meta.approved_by) else {
            return false;
        };
        let (Some(before), Some(after)) = (&self.content, &version.content) else { return false };
        let zones: BTreeSet<ZoneId> =
            version.zones.iter().filter_map(|zone| zone.parse().ok()).collect();
        zones != self.zones || needs_second_person(before, after)
    }

    /// Takes in a valid event. Total: what has no effect has none.
    fn apply(&mut self, event: &Event, directory: &Directory) {
        let meta = &event.meta;
        match &event.body {
            Body::AlertIssued(version) if self.status == Status::Awaited => {
                self.renew(meta, version, directory);
                self.sealed = event.sealed;
            }
            // It carries the whole alert: a unit whose zone was added later has nothing else.
            Body::AlertAmended(version) if self.status != Status::Withdrawn => {
                self.renew(meta, version, directory);
                self.sealed = event.sealed;
            }
            Body::AlertWithdrawn(withdrawal) if self.status == Status::Active => {
                self.status = Status::Withdrawn;
                self.changed = meta.recorded;
                self.withdrawal = Some(withdrawal.clone());
                let after = meta.recorded.saturating_add(kept(directory, meta.directory_seq));
                self.keep_until(meta, after.min(self.erase_by));
                if withdrawal.reason == WithdrawalReason::WrongPerson.code() {
                    self.erase(meta, &withdrawal.reason, String::new(), directory);
                }
            }
            Body::AlertErased(erasing) => {
                let number = erasing.decision_number.clone();
                self.erase(meta, &erasing.ground, number, directory);
            }
            Body::ErasureConfirmed => {
                let said = self.erased_at.entry(meta.acting_unit.clone()).or_insert(meta.recorded);
                *said = meta.recorded.min(*said);
            }
            Body::AlertHidden(hiding) if self.status != Status::Withdrawn => {
                self.changed = self.changed.max(meta.recorded);
                self.hidden = moment(&hiding.until).map(|until| Hidden {
                    since: meta.recorded,
                    until,
                    units: hiding.units.iter().filter_map(|unit| unit.parse().ok()).collect(),
                    reason: hiding.reason.clone(),
                });
            }
            Body::AlertRevealed(_) if self.status != Status::Withdrawn => {
                self.changed = self.changed.max(meta.recorded);
                self.hidden = None;
            }
            _ => self.apply_fact(event, directory),
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
        self.put_by(meta.recorded);
        // Without its payload it counts on from the one before.
        self.version = if version.version == 0 { self.version + 1 } else { version.version };
        self.category.clone_from(&meta.category);
        self.content.clone_from(&version.content);
        self.forget_innocent();
        self.all_zones.extend(meta.zones.iter().cloned());
        self.zones = version
            .zones
            .iter()
            .filter_map(|zone| zone.parse().ok())
            .filter(|zone| meta.zones.contains(zone))
            .collect();
        self.changed = meta.recorded;
        self.expires = meta.expires;
        self.erase_by = 0;
        let after = meta.expires.saturating_add(kept(directory, meta.directory_seq));
        self.keep_until(meta, after);
        let ahead = seconds(directory, Deadline::Review, meta.directory_seq);
        let content = version.content.as_ref();
        let review = content.and_then(|content| moment(&content.review_by)).unwrap_or(meta.expires);
        self.review = (review.saturating_sub(ahead), review);
        self.ask(meta, version, directory);
        self.drafted_by.clone_from(&meta.drafted_by);
        self.approved_by.clone_from(&meta.approved_by);
    }

    /// What it says is kept until its author's header says, and no longer than the cluster's policy.
    fn keep_until(&mut self, meta: &Meta, most: Millis) {
        self.erase_by = if meta.erase_by == 0 { most } else { meta.erase_by.min(most) };
    }

    /// The first word about it counts.
    fn erase(&mut self, meta: &Meta, ground: &str, number: String, directory: &Directory) {
        if self.erasure.is_none() {
            let mut units = directory.units_with_node(meta.directory_seq, &self.all_zones);
            units.insert(meta.origin.clone());
            self.erasure = Some(Erasure {
                ground: ground.to_owned(),
                decision_number: number,
                unit: meta.acting_unit.clone(),
                recorded: meta.recorded,
                units,
            });
        }
    }

    /// Keeps the version that is replaced.
    fn put_by(&mut self, until: Millis) {
        let Some(content) = self.content.take() else { return };
        let zones = std::mem::take(&mut self.zones);
        self.earlier.push(Earlier { version: self.version, until, content, zones });
    }

    /// An innocent person's details are shown while that person consents: once the newest version has
    /// none, no version shows them.
    fn forget_innocent(&mut self) {
        let is_named = |person: &mut proto::Person| person.misused_identity.is_some();
        if self.content.as_mut().and_then(person).is_some_and(is_named) {
            return;
        }
        for person in self.earlier.iter_mut().filter_map(|earlier| person(&mut earlier.content)) {
            person.misused_identity = None;
        }
    }

    /// Who has to acknowledge this version by when. A change that one officer may make alone asks
    /// nobody again.
    fn ask(&mut self, meta: &Meta, version: &proto::AlertVersion, directory: &Directory) {
        if meta.approved_by.is_none() && self.asked.is_some() {
            return;
        }
        let content = version.content.as_ref();
        // Without its payload the header tells.
        let urgent = content.map_or(meta.urgency == Urgency::Urgent.code(), |content| {
            content.severity == Severity::Critical.code()
        });
        let order = content.and_then(|content| content.directive.as_ref());
        if !urgent && order.is_none() {
            self.asked = None;
            return;
        }
        let at = meta.directory_seq;
        let time = seconds(directory, Deadline::Acknowledge, at);
        let by = order.and_then(|order| moment(&order.acknowledge_by));
        let named: BTreeSet<UnitId> =
            order.iter().flat_map(|order| &order.binds).filter_map(|u| u.parse().ok()).collect();
        let mut units = directory.units_with_node(at, &self.zones);
        units
            .retain(|unit| *unit != meta.acting_unit && (named.is_empty() || named.contains(unit)));
        let (version, begun) = (version.version, meta.recorded);
        let due = by.unwrap_or_else(|| begun.saturating_add(time));
        self.asked = Some(Asked { version, begun, due, units });
    }

    /// The units that were asked to acknowledge it and have not seen the version that counts.
    pub fn not_acknowledged(&self) -> impl Iterator<Item = &UnitId> {
        self.asked.iter().flat_map(|asked| {
            asked.units.iter().filter(|unit| !self.has_acknowledged(unit, asked.version))
        })
    }

    /// Whether a unit has seen that version, or a later one.
    pub fn has_acknowledged(&self, unit: &UnitId, version: u32) -> bool {
        self.acknowledged.get(unit).is_some_and(|said| said.version >= version)
    }

    /// The unit under whose name it was issued.
    pub fn issuer(&self) -> &UnitId {
        self.id.issuer()
    }

    /// Whether it is in force at a moment.
    pub fn is_active_at(&self, now: Millis) -> bool {
        self.status == Status::Active && now < self.expires
    }

    /// Whether it is shown to fewer units at a moment.
    pub fn is_hidden_at(&self, now: Millis) -> bool {
        self.hidden.as_ref().is_some_and(|hidden| now < hidden.until)
    }

    /// Whether it is shown to a unit at a moment, as far as hiding goes.
    pub fn is_shown_to(&self, unit: &UnitId, directory: &Directory, now: Millis) -> bool {
        !self.is_hidden_at(now)
            || *unit == self.responsible
            || directory.is_above(unit, &self.responsible, directory.head())
            || self.hidden.as_ref().is_some_and(|hidden| hidden.units.contains(unit))
    }
}

/// How long what an alert says is kept after it has ended, in milliseconds.
pub(crate) fn kept(directory: &Directory, at: u64) -> Millis {
    seconds(directory, Deadline::Retention, at)
}

/// A deadline of the cluster, in milliseconds, as it was under a head of the directory.
fn seconds(directory: &Directory, deadline: Deadline, at: u64) -> Millis {
    Millis::from(directory.deadline(deadline, at)) * 1_000
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
