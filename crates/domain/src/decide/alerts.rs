//! What the issuer does with an alert: release it, give it another version, hide it, end it.

use std::collections::BTreeSet;

use super::{Decided, Desk, MOST_ZONES_EVER, World, fact, tidied};
use crate::alert::{kept, needs_second_person};
use crate::codes::{Deadline, Severity, Urgency};
use crate::event::{Body, Kind};
use crate::rejection::Ruling;
use crate::time::{moment, year_at};
use crate::wire::proto;
use crate::{Alert, AlertId, Millis, UnitId, ZoneId, normal};

/// Longest reason, in characters.
pub(super) const REASON: usize = 500;

impl Desk<'_> {
    pub(super) fn issue(
        &mut self,
        acting_unit: UnitId,
        zones: &[String],
        content: &proto::AlertContent,
    ) -> Option<Decided> {
        let alert = self.next_number(&acting_unit);
        self.issue_as(acting_unit, alert, zones, content)
    }

    /// The next of the unit's own numbers. `None` when the year has none left.
    pub(super) fn next_number(&self, unit: &UnitId) -> Option<AlertId> {
        let year = year_at(self.world.now);
        let number = (self.world.last_number)(unit, year).saturating_add(1);
        AlertId::new(unit.clone(), year, number)
    }

    /// A new alert under a number; all faults of it are found before that counts.
    pub(super) fn issue_as(
        &mut self,
        acting_unit: UnitId,
        alert: Option<AlertId>,
        zones: &[String],
        content: &proto::AlertContent,
    ) -> Option<Decided> {
        let content = &tidied(content, normal::content);
        self.content(content);
        let zones = self.zones(&acting_unit, zones, &BTreeSet::new());
        self.may_issue(&acting_unit, content, &zones);
        let Some(alert) = alert else { return self.refuse_numbers() };
        let version = proto::AlertVersion { version: 1, ..version(content, &zones, String::new()) };
        let body = Body::AlertIssued(version);
        let decided = alert_event(Kind::AlertIssued, body, acting_unit, alert, zones, content);
        Some(self.asking(decided, content))
    }

    /// The year has no number left.
    pub(super) fn refuse_numbers<T>(&mut self) -> Option<T> {
        let message = format!("The year {} has no alert number left.", year_at(self.world.now));
        self.refuse(Ruling::Conflict, "/act", "numbers-used-up", message)
    }

    pub(super) fn amend(
        &mut self,
        acting_unit: UnitId,
        zones: &[String],
        content: &proto::AlertContent,
        reason: &str,
    ) -> Option<Decided> {
        let alone = self.command.approved_by.is_empty();
        self.amend_by(acting_unit, zones, content, reason, alone)
    }

    /// `alone`: no second officer has released it.
    pub(super) fn amend_by(
        &mut self,
        acting_unit: UnitId,
        zones: &[String],
        content: &proto::AlertContent,
        reason: &str,
        alone: bool,
    ) -> Option<Decided> {
        let alert = self.own_open_alert(&acting_unit)?;
        let content = &tidied(content, normal::content);
        self.content(content);
        self.check.required("/reason", reason, REASON);
        if content.category != alert.category {
            let message =
                format!("The alert's category is {}; issue another alert.", alert.category);
            self.check.fault("/content/category", "category-changed", message);
        }
        let zones = if zones.is_empty() {
            alert.zones.clone()
        } else {
            self.zones(&acting_unit, zones, &alert.all_zones)
        };
        self.may_issue(&acting_unit, content, &zones);
        if alone && (zones != alert.zones || takes_two(alert, content)) {
            let message = "This change needs another officer's approval: it changes more than contact, \
                           case number, added warnings, where a person was last seen, or an earlier \
                           review.";
            self.check.fault("/approved_by", "no-second-person", message);
        }
        let body = Body::AlertAmended(proto::AlertVersion {
            version: alert.version + 1,
            ..version(content, &zones, reason.to_owned())
        });
        let everywhere: BTreeSet<ZoneId> = zones.union(&alert.all_zones).cloned().collect();
        if everywhere.len() > MOST_ZONES_EVER {
            let message = format!("An alert reaches {MOST_ZONES_EVER} zones in its life at most.");
            self.check.fault("/zones", "too-many", message);
        }
        let id = alert.id.clone();
        let decided = alert_event(Kind::AlertAmended, body, acting_unit, id, everywhere, content);
        Some(self.asking(decided, content))
    }

    /// The clocks of a version in its header: what is sealed is not there for everybody, nor for ever.
    fn asking(&self, mut decided: Decided, content: &proto::AlertContent) -> Decided {
        let World { directory, now, .. } = self.world;
        let head = directory.head();
        decided.erase_by = decided.expires.saturating_add(kept(directory, head));
        let order = content.directive.as_ref();
        // Whom a directive names the header does not say, so without its payload it asks nobody.
        let asks_all = order.is_some_and(|order| order.binds.is_empty());
        if content.severity == Severity::Critical.code() || asks_all {
            let by = order.and_then(|order| moment(&order.acknowledge_by));
            let time = Millis::from(directory.deadline(Deadline::Acknowledge, head)) * 1_000;
            Urgency::Urgent.code().clone_into(&mut decided.urgency);
            decided.due = by.unwrap_or_else(|| now.saturating_add(time));
        }
        decided
    }

    pub(super) fn withdraw(
        &mut self,
        acting_unit: UnitId,
        withdrawal: &proto::Withdrawal,
    ) -> Option<Decided> {
        let alert = self.own_open_alert(&acting_unit)?;
        let withdrawal = &tidied(withdrawal, normal::withdrawal);
        self.check.withdrawal(withdrawal);
        let mut decided = everywhere(Kind::AlertWithdrawn, acting_unit, alert);
        decided.body = Body::AlertWithdrawn(withdrawal.clone());
        decided.outcome.clone_from(&withdrawal.reason);
        let World { directory, now, .. } = self.world;
        let after = now.saturating_add(kept(directory, directory.head()));
        decided.erase_by = after.min(alert.erase_by);
        Some(decided)
    }

    /// Everything that the alert says is to be gone everywhere. What is in force is withdrawn first, so
    /// that nobody goes on looking for somebody of whom nothing is known any more.
    pub(super) fn erase(
        &mut self,
        acting_unit: UnitId,
        erasing: &proto::Erasing,
    ) -> Option<Decided> {
        let alert = self.own_alert(&acting_unit)?;
        let erasing = &tidied(erasing, normal::erasing);
        self.check.erasing(erasing);
        if alert.is_active_at(self.world.now) {
            let message = format!("The alert {} is in force: withdraw it first.", alert.id);
            return self.refuse(Ruling::Conflict, "/alert", "in-force", message);
        }
        let mut decided = everywhere(Kind::AlertErased, acting_unit, alert);
        decided.body = Body::AlertErased(erasing.clone());
        decided.outcome.clone_from(&erasing.ground);
        Some(decided)
    }

    pub(super) fn hide(&mut self, acting_unit: UnitId, hiding: &proto::Hiding) -> Option<Decided> {
        let alert = self.own_open_alert(&acting_unit)?;
        let hiding = &tidied(hiding, normal::hiding);
        self.check.hiding(hiding);
        self.known_units("/hiding/units", &hiding.units);
        let until = moment(&hiding.until);
        if until.is_some_and(|until| until <= self.world.now) {
            let message = "The moment has passed already; nothing would be hidden.";
            self.check.fault("/hiding/until", "past", message);
        }
        if until.is_some_and(|until| until > alert.expires) {
            let message = "An alert is hidden until it expires at the longest.";
            self.check.fault("/hiding/until", "order", message);
        }
        let mut decided = everywhere(Kind::AlertHidden, acting_unit, alert);
        decided.body = Body::AlertHidden(hiding.clone());
        decided.due = until.unwrap_or(0);
        Some(decided)
    }

    pub(super) fn reveal(&mut self, acting_unit: UnitId, reason: &str) -> Option<Decided> {
        let alert = self.own_open_alert(&acting_unit)?;
        self.check.required("/reason", reason, REASON);
        if !alert.is_hidden_at(self.world.now) {
            let message = format!("The alert {} is not hidden.", alert.id);
            return self.refuse(Ruling::Conflict, "/alert", "not-hidden", message);
        }
        let mut decided = everywhere(Kind::AlertRevealed, acting_unit, alert);
        decided.body = Body::AlertRevealed(proto::Revealing { reason: reason.to_owned() });
        Some(decided)
    }
}

fn takes_two(alert: &Alert, content: &proto::AlertContent) -> bool {
    alert.content.as_ref().is_none_or(|before| needs_second_person(before, content))
}

/// A word of the issuer's that reaches every zone that the alert ever had.
fn everywhere(kind: Kind, acting_unit: UnitId, alert: &Alert) -> Decided {
    let mut decided = fact(kind, acting_unit, alert);
    decided.zones.clone_from(&alert.all_zones);
    decided
}

fn version(
    content: &proto::AlertContent,
    zones: &BTreeSet<ZoneId>,
    reason: String,
) -> proto::AlertVersion {
    let zones = zones.iter().map(ToString::to_string).collect();
    proto::AlertVersion { version: 0, content: Some(content.clone()), reason, zones }
}

/// An event of the issuer that carries the whole alert.
fn alert_event(
    kind: Kind,
    body: Body,
    acting_unit: UnitId,
    alert: AlertId,
    zones: BTreeSet<ZoneId>,
    content: &proto::AlertContent,
) -> Decided {
    let of_ground = content.ground.as_ref().map_or(0, |ground| ground.article);
    let offence = content.modus_operandi.as_ref().map_or(of_ground, |way| way.offence);
    Decided {
        kind,
        body,
        acting_unit,
        alert: Some(alert),
        drafted_by: None,
        approved_by: None,
        causes: Vec::new(),
        zones,
        category: content.category.clone(),
        offence,
        urgency: String::new(),
        expires: moment(&content.expires).unwrap_or(0),
        due: 0,
        outcome: String::new(),
        erase_by: 0,
    }
}
