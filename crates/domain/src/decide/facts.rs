//! What a unit adds to an alert: that it has seen it, found something, can't act; and what is said to
//! that.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{Decided, Desk, fact, tidied};
use crate::alert::Hit;
use crate::codes::{Deadline, Outcome, Urgency};
use crate::event::{Body, Kind};
use crate::rejection::Ruling;
use crate::wire::{LIFTED, proto};
use crate::{Alert, AlertId, Millis, Status, UnitId, ZoneId, normal};

impl<'a> Desk<'a> {
    pub(super) fn acknowledge(&mut self, acting_unit: UnitId, version: u32) -> Option<Decided> {
        let alert = self.read_alert()?;
        if version == 0 || version > alert.version {
            let message = format!("The alert has versions 1 to {}.", alert.version);
            self.check.fault("/version", "range", message);
        }
        let known = alert.acknowledged.get(&acting_unit);
        if known.is_some_and(|known| known.version >= version) {
            let message = format!("{acting_unit} has acknowledged version {version} already.");
            return self.refuse(Ruling::Conflict, "/version", "acknowledged", message);
        }
        let body = Body::AlertAcknowledged(proto::Acknowledgement { version });
        self.shared(Kind::AlertAcknowledged, body, acting_unit, alert)
    }

    pub(super) fn flag(&mut self, acting_unit: UnitId, flag: &proto::Flag) -> Option<Decided> {
        let alert = self.open_alert()?;
        let flag = &tidied(flag, normal::flag);
        self.check.flag(flag);
        if flag.lifted && !alert.flags.contains_key(&acting_unit) {
            let message = format!("{acting_unit} has not flagged the alert {}.", alert.id);
            return self.refuse(Ruling::Conflict, "/flag/lifted", "not-flagged", message);
        }
        let body = Body::AlertFlagged(flag.clone());
        let mut decided = self.shared(Kind::AlertFlagged, body, acting_unit, alert)?;
        if flag.lifted {
            LIFTED.clone_into(&mut decided.outcome);
        }
        Some(decided)
    }

    pub(super) fn report(
        &mut self,
        acting_unit: UnitId,
        urgency: &str,
        hit: &proto::Hit,
    ) -> Option<Decided> {
        let alert = self.read_alert()?;
        let known = Urgency::parse(urgency);
        if known.is_none() {
            self.check.unknown("/urgency", urgency, &Urgency::list());
        }
        let hit = &tidied(hit, normal::hit);
        self.check.hit(hit, alert);
        let body = Body::HitReported(hit.clone());
        let mut decided = self.shared(Kind::HitReported, body, acting_unit, alert)?;
        urgency.clone_into(&mut decided.urgency);
        let directory = self.world.directory;
        let urgent = known == Some(Urgency::Urgent);
        let deadline = if urgent { Deadline::HitUrgent } else { Deadline::HitRoutine };
        let time = Millis::from(directory.deadline(deadline, directory.head())) * 1_000;
        decided.due = self.world.now.saturating_add(time);
        Some(decided)
    }

    pub(super) fn answer(
        &mut self,
        acting_unit: UnitId,
        hit: Uuid,
        answer: &proto::Answer,
    ) -> Option<Decided> {
        let alert = self.alert()?;
        let answer = &tidied(answer, normal::answer);
        self.check.answer(answer);
        if !self.answers_for(&acting_unit, alert) {
            let issuer = &alert.responsible;
            let message = format!("Only {issuer}, or a unit above it, answers hits on its alerts.");
            return self.refuse(Ruling::Forbidden, "/alert", "not-issuer", message);
        }
        let found = self.hit(alert, hit)?;
        let mine = found.answers.iter().find(|reply| reply.unit == acting_unit);
        if mine.is_some_and(|reply| reply.answer.result != "need-time") {
            let message = "The hit was answered already.";
            return self.refuse(Ruling::Conflict, "/hit", "answered", message);
        }
        let body = Body::HitAnswered(answer.clone());
        let mut decided = self.shared(Kind::HitAnswered, body, acting_unit, alert)?;
        decided.causes = vec![hit];
        decided.outcome.clone_from(&answer.result);
        Some(decided)
    }

    pub(super) fn conclude(
        &mut self,
        acting_unit: UnitId,
        hit: Uuid,
        conclusion: &proto::Conclusion,
    ) -> Option<Decided> {
        let alert = self.alert()?;
        let conclusion = &tidied(conclusion, normal::conclusion);
        self.check.conclusion(conclusion);
        let found = self.hit(alert, hit)?;
        let reported = found.report.as_ref().is_some_and(|report| report.unit == acting_unit);
        if !reported && !self.answers_for(&acting_unit, alert) {
            let message = format!(
                "Only who reported the hit, {}, or a unit above it says how it ended.",
                alert.responsible
            );
            return self.refuse(Ruling::Forbidden, "/hit", "not-concerned", message);
        }
        if Outcome::parse(&conclusion.outcome) == Some(Outcome::HandedOver) {
            self.handed_over_to(conclusion);
        }
        if found.conclusions.iter().any(|said| said.unit == acting_unit) {
            let message = format!("{acting_unit} has said already how the hit ended.");
            return self.refuse(Ruling::Conflict, "/hit", "concluded", message);
        }
        let body = Body::HitConcluded(conclusion.clone());
        let mut decided = self.shared(Kind::HitConcluded, body, acting_unit, alert)?;
        decided.causes = vec![hit];
        decided.outcome.clone_from(&conclusion.outcome);
        Some(decided)
    }

    fn handed_over_to(&mut self, conclusion: &proto::Conclusion) {
        let field = "/conclusion/unit";
        if let Some(unit) = self.parse::<UnitId>(field, &conclusion.unit) {
            self.known_unit(field, &unit);
        }
    }

    pub(super) fn propose_link(
        &mut self,
        acting_unit: UnitId,
        link: &proto::LinkProposed,
    ) -> Option<Decided> {
        let alert = self.alert()?;
        let link = &tidied(link, normal::link_proposed);
        self.check.link_proposed(link);
        let other = self.world.other.filter(|other| other.status != Status::Awaited);
        let Some(other) = other.filter(|other| other.id != alert.id) else {
            let named = link.other.parse::<AlertId>();
            let message = match named {
                Ok(id) if id == alert.id => "An alert is not linked with itself.".to_owned(),
                Ok(id) => format!("There is no alert {id} on this node."),
                Err(error) => format!("{error}."),
            };
            return self.refuse(Ruling::NotFound, "/link/other", "unknown-alert", message);
        };
        let same = |known: &crate::alert::Link| {
            let said = known.proposal.as_ref().map(|word| &word.said);
            said.is_some_and(|said| said.other == link.other && said.relation == link.relation)
        };
        if alert.links.values().any(same) {
            let message = format!("The link with {} was proposed already.", other.id);
            return self.refuse(Ruling::Conflict, "/link/other", "proposed", message);
        }
        // Whoever sees one of the two alone is not told of the other.
        let both: BTreeSet<ZoneId> =
            alert.all_zones.intersection(&other.all_zones).cloned().collect();
        let mut decided = fact(Kind::LinkProposed, acting_unit, alert);
        decided.body = Body::LinkProposed(link.clone());
        decided.zones = self.reachable(&decided.acting_unit, alert, &both)?;
        Some(decided)
    }

    pub(super) fn decide_link(
        &mut self,
        acting_unit: UnitId,
        link: Uuid,
        decision: &proto::LinkDecided,
    ) -> Option<Decided> {
        let alert = self.alert()?;
        let decision = &tidied(decision, normal::link_decided);
        self.check.link_decided(decision);
        let known = alert.links.get(&link).and_then(|link| link.proposal.as_ref());
        let Some(proposal) = known else {
            let message = format!("The alert {} has no proposed link {link}.", alert.id);
            return self.refuse(Ruling::NotFound, "/link", "unknown-link", message);
        };
        let by = self.command.drafted_by.as_str();
        let same = proposal.unit == acting_unit
            && proposal.officer.as_ref().is_some_and(|officer| officer.as_str() == by);
        // What a program proposed under an officer's name no person has looked at yet.
        if same && proposal.said.proposed_by.is_empty() {
            let message = "The officer who proposed the link can't confirm it; another one must.";
            self.check.fault("/drafted_by", "second-person", message);
        }
        let others: BTreeSet<ZoneId> = self.zones_of_event(link).unwrap_or_default();
        let mut decided = fact(Kind::LinkDecided, acting_unit, alert);
        decided.body = Body::LinkDecided(decision.clone());
        decided.causes = vec![link];
        decided.outcome.clone_from(&decision.decision);
        decided.zones = self.reachable(&decided.acting_unit, alert, &others)?;
        Some(decided)
    }

    /// The zones of an event of the alert.
    fn zones_of_event(&self, id: Uuid) -> Option<BTreeSet<ZoneId>> {
        let event = self.world.events.iter().find(|event| event.meta.event_id == id)?;
        Some(event.meta.zones.iter().cloned().collect())
    }

    /// Whether a unit answers for the alert, or stands above who does.
    fn answers_for(&self, unit: &UnitId, alert: &Alert) -> bool {
        let directory = self.world.directory;
        *unit == alert.responsible || directory.is_above(unit, &alert.responsible, directory.head())
    }

    /// A hit on the alert that was reported.
    fn hit(&mut self, alert: &'a Alert, id: Uuid) -> Option<&'a Hit> {
        let found = alert.hits.get(&id).filter(|hit| hit.report.is_some());
        if found.is_none() {
            let message = format!("The alert {} has no hit {id}.", alert.id);
            return self.refuse(Ruling::NotFound, "/hit", "unknown-hit", message);
        }
        found
    }

    /// A fact that goes to those zones of the alert that the unit is in.
    fn shared(
        &mut self,
        kind: Kind,
        body: Body,
        acting_unit: UnitId,
        alert: &Alert,
    ) -> Option<Decided> {
        let mut decided = fact(kind, acting_unit, alert);
        decided.body = body;
        decided.zones = self.shared_zones(&decided.acting_unit, alert)?;
        Some(decided)
    }
}
