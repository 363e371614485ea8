//! What units add to an alert: facts that commute.
//!
//! What must hold: in whatever order they come, the same stands there. So a fact is kept by its id or
//! its unit, the last word of a unit replaces its earlier ones, and what counts among several follows
//! from what they say.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Alert, seconds};
use crate::codes::{AnswerResult, Deadline, Outcome, Urgency};
use crate::event::{Body, Event, Meta};
use crate::wire::proto;
use crate::{AlertId, Directory, Level, Millis, OfficerId, UnitId};

/// A hit and what was answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "AlertHit")]
#[allow(missing_docs)]
pub struct Hit {
    /// `None` when the answer is here before the hit.
    pub report: Option<Report>,
    /// One a unit, its latest; the one that counts first.
    pub answers: Vec<Reply>,
    /// When time was asked for first: it is given once, as much as there was in the beginning.
    pub time_asked: Option<Millis>,
    /// How it ended; the first word counts, others stand beside it.
    pub conclusions: Vec<Concluded>,
}

/// What a unit reported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Report {
    pub unit: UnitId,
    pub officer: Option<OfficerId>,
    pub recorded: Millis,
    pub urgency: String,
    /// When an answer is due, and when the second request is, as the directory was then.
    pub due: Millis,
    pub second_due: Millis,
    pub hit: proto::Hit,
}

/// What a unit answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Reply {
    pub unit: UnitId,
    pub officer: Option<OfficerId>,
    pub recorded: Millis,
    pub answer: proto::Answer,
}

/// How a hit ended, as a unit said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Concluded {
    pub event_id: Uuid,
    pub unit: UnitId,
    pub officer: Option<OfficerId>,
    pub recorded: Millis,
    /// Of an arrest: by when the alert has to be withdrawn.
    pub withdraw_by: Option<Millis>,
    pub conclusion: proto::Conclusion,
}

/// A unit has seen a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Acknowledged {
    pub version: u32,
    pub officer: Option<OfficerId>,
    pub recorded: Millis,
}

/// A unit can't carry out the action on its territory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Flagged {
    pub officer: Option<OfficerId>,
    pub recorded: Millis,
    pub reason: String,
}

/// That two alerts may belong together.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Link {
    /// `None` when a decision is here before the proposal.
    pub proposal: Option<LinkWord<proto::LinkProposed>>,
    /// By unit, each one's latest.
    pub decisions: BTreeMap<UnitId, LinkWord<proto::LinkDecided>>,
}

/// What a unit said about a link.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "{T}Word")]
#[allow(missing_docs)]
pub struct LinkWord<T> {
    pub unit: UnitId,
    pub officer: Option<OfficerId>,
    pub recorded: Millis,
    pub said: T,
}

impl<T> LinkWord<T> {
    fn of(meta: &Meta, said: T) -> Self {
        let (unit, officer) = (meta.acting_unit.clone(), meta.drafted_by.clone());
        Self { unit, officer, recorded: meta.recorded, said }
    }
}

impl Link {
    /// The other alert; `None` while the proposal is not here, or names none.
    pub fn other(&self) -> Option<AlertId> {
        self.proposal.as_ref()?.said.other.parse().ok()
    }

    /// Whether a person confirmed it and nobody rejected it.
    pub fn is_confirmed(&self) -> bool {
        let says = |code: &str| self.decisions.values().any(|word| word.said.decision == code);
        self.proposal.is_some() && says("confirmed") && !says("rejected")
    }

    /// Whether a person rejected it.
    pub fn is_rejected(&self) -> bool {
        self.decisions.values().any(|word| word.said.decision == "rejected")
    }
}

impl Hit {
    fn unheard() -> Self {
        Self { report: None, answers: Vec::new(), time_asked: None, conclusions: Vec::new() }
    }

    /// Whether it was said whether it is the one: the first answer counts.
    pub fn is_answered(&self) -> bool {
        let open = AnswerResult::NeedTime.code();
        self.answers.first().is_some_and(|reply| reply.answer.result != open)
    }

    /// When an answer is due, and when it goes to the duty leadership; `None` while the report is not
    /// here. Time that was asked for moves both, once.
    pub fn due(&self) -> Option<(Millis, Millis)> {
        let report = self.report.as_ref()?;
        let time = report.due.saturating_sub(report.recorded);
        let given = self.time_asked.map_or(0, |asked| asked.saturating_add(time));
        let due = report.due.max(given);
        Some((due, due.saturating_add(report.second_due.saturating_sub(report.due))))
    }

    /// By when the alert has to be withdrawn, if an arrest was reported.
    pub fn withdraw_by(&self) -> Option<&Concluded> {
        let arrests = self.conclusions.iter().filter(|said| said.withdraw_by.is_some());
        arrests.min_by_key(|said| (said.recorded, said.event_id))
    }

    /// Where a district and its province both answer, the higher rank counts, then the unit's id.
    pub(super) fn rank(&mut self, directory: &Directory) {
        let level = |unit: &UnitId| directory.unit(unit).map_or(Level::Commune, |unit| unit.level);
        self.answers.sort_by_key(|reply| (level(&reply.unit), reply.unit.clone()));
        self.conclusions.sort_by_key(|said| (said.recorded, said.event_id));
    }
}

impl Alert {
    /// Takes in what a unit added.
    pub(super) fn apply_fact(&mut self, event: &Event, directory: &Directory) {
        let meta = &event.meta;
        match &event.body {
            Body::HitReported(hit) => self.report(meta, hit, directory),
            Body::HitAnswered(answer) => self.answer(meta, answer),
            Body::HitConcluded(conclusion) => self.conclude(meta, conclusion, directory),
            Body::AlertAcknowledged(seen) => self.acknowledge(meta, seen.version),
            Body::AlertFlagged(flag) if flag.lifted => {
                self.flags.remove(&meta.acting_unit);
            }
            Body::AlertFlagged(flag) => {
                let flagged = Flagged {
                    officer: meta.drafted_by.clone(),
                    recorded: meta.recorded,
                    reason: flag.reason.clone(),
                };
                self.flags.insert(meta.acting_unit.clone(), flagged);
            }
            Body::LinkProposed(link) => {
                let word = LinkWord::of(meta, link.clone());
                self.links.entry(meta.event_id).or_default().proposal = Some(word);
            }
            Body::LinkDecided(decided) => {
                for cause in &meta.causes {
                    let word = LinkWord::of(meta, decided.clone());
                    let link = self.links.entry(*cause).or_default();
                    link.decisions.insert(meta.acting_unit.clone(), word);
                }
            }
            _ => {}
        }
    }

    fn report(&mut self, meta: &Meta, hit: &proto::Hit, directory: &Directory) {
        let urgent = meta.urgency == Urgency::Urgent.code();
        let first = if urgent { Deadline::HitUrgent } else { Deadline::HitRoutine };
        let at = meta.directory_seq;
        let due = meta.recorded.saturating_add(seconds(directory, first, at));
        let second = seconds(directory, Deadline::SecondRequest, at);
        self.hit(meta.event_id).report = Some(Report {
            unit: meta.acting_unit.clone(),
            officer: meta.drafted_by.clone(),
            recorded: meta.recorded,
            urgency: meta.urgency.clone(),
            due,
            second_due: due.saturating_add(second),
            hit: hit.clone(),
        });
    }

    fn answer(&mut self, meta: &Meta, answer: &proto::Answer) {
        let reply = Reply {
            unit: meta.acting_unit.clone(),
            officer: meta.drafted_by.clone(),
            recorded: meta.recorded,
            answer: answer.clone(),
        };
        for cause in &meta.causes {
            let hit = self.hit(*cause);
            if answer.result == AnswerResult::NeedTime.code() {
                let first = hit.time_asked.map_or(meta.recorded, |asked| asked.min(meta.recorded));
                hit.time_asked = Some(first);
            }
            hit.answers.retain(|earlier| earlier.unit != reply.unit);
            hit.answers.push(reply.clone());
        }
    }

    fn conclude(&mut self, meta: &Meta, conclusion: &proto::Conclusion, directory: &Directory) {
        let time = seconds(directory, Deadline::WithdrawAfterArrest, meta.directory_seq);
        let arrested = conclusion.outcome == Outcome::Arrested.code();
        let concluded = Concluded {
            event_id: meta.event_id,
            unit: meta.acting_unit.clone(),
            officer: meta.drafted_by.clone(),
            recorded: meta.recorded,
            withdraw_by: arrested.then(|| meta.recorded.saturating_add(time)),
            conclusion: conclusion.clone(),
        };
        for cause in &meta.causes {
            let conclusions = &mut self.hit(*cause).conclusions;
            conclusions.retain(|earlier| earlier.unit != concluded.unit);
            conclusions.push(concluded.clone());
        }
    }

    fn acknowledge(&mut self, meta: &Meta, version: u32) {
        let said =
            Acknowledged { version, officer: meta.drafted_by.clone(), recorded: meta.recorded };
        let known = self.acknowledged.get(&meta.acting_unit);
        if known.is_none_or(|known| known.version < version) {
            self.acknowledged.insert(meta.acting_unit.clone(), said);
        }
    }

    fn hit(&mut self, id: Uuid) -> &mut Hit {
        self.hits.entry(id).or_insert_with(Hit::unheard)
    }
}
