//! Decisions about the directory: the registrar's own, and what units ask of the registrar.

use std::collections::BTreeSet;

use super::{Decided, Desk};
use crate::event::{Body, Kind};
use crate::rejection::Ruling;
use crate::time::{self, moment};
use crate::wire::proto::directory_change::Change;
use crate::wire::{hex, proto};
use crate::{OfficerId, UnitId, ZoneId};

impl Desk<'_> {
    /// All that is wrong with the changes is said at once.
    pub(super) fn change_directory(
        &mut self,
        changed: &proto::DirectoryChanged,
    ) -> Option<Decided> {
        let (directory, node) = (self.world.directory, self.world.node);
        if directory.registrar() != node {
            let message = format!(
                "Only the registrar changes the directory: that is {}, not {node}.",
                directory.registrar()
            );
            return self.refuse(Ruling::Forbidden, "/act", "not-registrar", message);
        }
        if self.world.closed {
            let message = format!("The node of {node} was closed: it signs nothing more.");
            return self.refuse(Ruling::Conflict, "/act", "closed", message);
        }
        if directory.terms().last().is_some_and(|term| term.epoch != self.world.epoch) {
            let message = format!("{node} keeps the directory with another epoch of its log.");
            return self.refuse(Ruling::Forbidden, "/act", "not-registrar", message);
        }
        self.check.required("/decision", &changed.decision, 200);
        let today = time::day(self.world.now);
        if time::date(&changed.effective_from).is_some() && changed.effective_from > today {
            let message = format!(
                "A decision has effect as soon as it is said, and today is {today}: say it on its \
                 day."
            );
            self.check.fault("/effective_from", "date", message);
        }
        if changed.changes.is_empty() {
            self.check.fault("/changes", "required", "Nothing is changed.");
        }
        for (index, change) in changed.changes.iter().enumerate() {
            if let Some(Change::ZoneGranted(grant)) = &change.change
                && (1..=self.world.now).contains(&grant.until_ms)
            {
                let message = "That moment is over; a zone is granted until one to come.";
                self.check.fault(&format!("/changes/{index}"), "date", message);
            }
        }
        for fault in directory.try_on(changed, self.world.signed_by) {
            self.check.fault(&fault.field, &fault.rule, fault.message);
        }
        let (drafted_by, approved_by) =
            if self.is_automatic(changed) { (None, None) } else { self.two_officers() };
        let zones = BTreeSet::from([ZoneId::directory()]);
        let body = Body::DirectoryChanged(changed.clone());
        let decided = note(Kind::DirectoryChanged, body, node.clone(), zones);
        Some(Decided { drafted_by, approved_by, ..decided })
    }

    /// Whether nobody has to decide this, because somebody has already: a node that its province has
    /// confirmed, a membership for a time that is over.
    fn is_automatic(&self, changed: &proto::DirectoryChanged) -> bool {
        let nobody = self.command.drafted_by.is_empty() && self.command.approved_by.is_empty();
        let follows = |change: &proto::DirectoryChange| match &change.change {
            Some(Change::NodeConfirmed(_)) => true,
            Some(Change::ZoneRedrawn(drawn)) => {
                let only_left = drawn.name.is_empty() && drawn.joined.is_empty();
                only_left && drawn.left.iter().all(|unit| self.is_over(&drawn.id, unit))
            }
            _ => false,
        };
        nobody && changed.changes.iter().all(follows)
    }

    fn is_over(&self, zone: &str, unit: &str) -> bool {
        let (zone, unit) = (zone.parse::<ZoneId>(), unit.parse::<UnitId>());
        let (Ok(zone), Ok(unit)) = (zone, unit) else { return false };
        let until = self.world.directory.zone(&zone).and_then(|zone| zone.guests.get(&unit));
        until.is_some_and(|until| *until <= self.world.now)
    }

    /// Who drafted and who released it: two officers.
    fn two_officers(&mut self) -> (Option<OfficerId>, Option<OfficerId>) {
        let command = self.command;
        let drafted_by = self.officer("/drafted_by", &command.drafted_by);
        let approved_by = self.officer("/approved_by", &command.approved_by);
        if approved_by.is_some() && approved_by == drafted_by {
            let message = "The officer who drafted can't approve; another one must.";
            self.check.fault("/approved_by", "second-person", message);
        }
        (drafted_by, approved_by)
    }

    pub(super) fn confirm_enrolment(
        &mut self,
        acting_unit: UnitId,
        enrolled: &str,
        public_key: &str,
    ) -> Option<Decided> {
        let unit: UnitId = self.parse("/enrolled", enrolled)?;
        let directory = self.world.directory;
        let found = directory.unconfirmed().find(|(waiting, _)| **waiting == unit);
        let Some((_, tenure)) = found else {
            let message = format!("No node of {unit} waits to be confirmed.");
            return self.refuse(Ruling::NotFound, "/enrolled", "confirmed", message);
        };
        if acting_unit != unit.province() {
            let message = format!("Only {} confirms the node of {unit}.", unit.province());
            return self.refuse(Ruling::Forbidden, "/unit", "not-province", message);
        }
        if hex::text(&tenure.public_key) != public_key {
            let message = format!(
                "The registrar enrolled another key for {unit} than this one: ask the unit to read \
                 out its key again, and if it stays so, tell the registrar."
            );
            return self.refuse(Ruling::Conflict, "/public_key", "key", message);
        }
        let body = Body::EnrolmentConfirmed(proto::EnrolmentConfirmed {
            unit: unit.to_string(),
            epoch: tenure.epoch,
            public_key: tenure.public_key.to_vec(),
        });
        let zones = BTreeSet::from([ZoneId::cluster()]);
        Some(note(Kind::EnrolmentConfirmed, body, acting_unit, zones))
    }

    pub(super) fn close_node(&mut self, acting_unit: UnitId, reason: &str) -> Option<Decided> {
        self.check.required("/reason", reason, 200);
        let (directory, node) = (self.world.directory, self.world.node);
        if directory.registrar() == node {
            let message = format!("{node} keeps the directory: hand it over first.");
            return self.refuse(Ruling::Conflict, "/act", "registrar", message);
        }
        if acting_unit != *node {
            let message = format!("{node} closes its node in its own name.");
            return self.refuse(Ruling::Forbidden, "/unit", "not-own", message);
        }
        let body = Body::NodeClosed(proto::NodeClosed { reason: reason.to_owned() });
        let zones = BTreeSet::from([ZoneId::cluster()]);
        Some(note(Kind::NodeClosed, body, acting_unit, zones))
    }

    pub(super) fn request_zone(
        &mut self,
        acting_unit: UnitId,
        zone: &str,
        until: &str,
        reason: &str,
    ) -> Option<Decided> {
        self.check.required("/reason", reason, 500);
        let until_ms = moment(until).unwrap_or(0);
        if until_ms <= self.world.now {
            let message = "Until when? A day to come, such as 2026-12-31, or a moment.";
            self.check.fault("/until", "date", message);
        }
        let zone: ZoneId = self.parse("/zone", zone)?;
        let (directory, head) = (self.world.directory, self.world.directory.head());
        if directory.zone(&zone).is_none_or(|zone| zone.ended.is_some()) {
            let message = format!("There is no zone {zone} (see: giapranh zone list).");
            return self.refuse(Ruling::NotFound, "/zone", "unknown-zone", message);
        }
        if directory.is_member(&acting_unit, &zone, head) {
            let message = format!("{acting_unit} is a member of the zone {zone} already.");
            return self.refuse(Ruling::Conflict, "/zone", "member", message);
        }
        let body = Body::ZoneRequested(proto::ZoneRequested {
            zone: zone.to_string(),
            until_ms,
            reason: reason.to_owned(),
        });
        let zones = BTreeSet::from([ZoneId::cluster()]);
        Some(note(Kind::ZoneRequested, body, acting_unit, zones))
    }
}

/// An event that is about no alert.
pub(super) fn note(
    kind: Kind,
    body: Body,
    acting_unit: UnitId,
    zones: BTreeSet<ZoneId>,
) -> Decided {
    Decided {
        kind,
        body,
        acting_unit,
        alert: None,
        drafted_by: None,
        approved_by: None,
        causes: Vec::new(),
        zones,
        category: String::new(),
        offence: 0,
        urgency: String::new(),
        expires: 0,
        due: 0,
        outcome: String::new(),
        erase_by: 0,
    }
}
