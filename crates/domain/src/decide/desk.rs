//! What every decision looks up: who acts, which alert it is about, and where it reaches.

use std::collections::BTreeSet;
use std::str::FromStr;

use super::{Desk, MOST_ZONES, World};
use crate::event::Sealed;
use crate::rejection::Ruling;
use crate::wire::proto;
use crate::{Alert, AlertId, OfficerId, Status, UnitId, ZoneId};

impl<'a> Desk<'a> {
    pub(super) fn acting_unit(&mut self) -> Option<UnitId> {
        let World { directory, node, .. } = self.world;
        let unit = match &self.command.unit {
            None => (*node).clone(),
            Some(text) => self.parse("/unit", text)?,
        };
        if self.world.closed {
            let message = format!(
                "The node of {node} was closed: it signs nothing more in epoch {}.",
                self.world.epoch
            );
            return self.refuse(Ruling::Conflict, "/unit", "closed", message);
        }
        let tenure = directory.tenure(node);
        if directory.is_beyond_cut(node, self.world.epoch, u64::MAX) {
            let message = format!(
                "The directory says that the log of {node} ended: its key of epoch {} signs no more. \
                 Take a new key with: giapranh node rotate",
                self.world.epoch
            );
            return self.refuse(Ruling::Forbidden, "/unit", "cut", message);
        }
        if tenure.is_none_or(|tenure| tenure.epoch != self.world.epoch) {
            let message = format!(
                "The node {node} is not enrolled and confirmed in the directory yet (head {}); \
                 nothing can be signed in its name.",
                directory.head()
            );
            return self.refuse(Ruling::Forbidden, "/unit", "not-enrolled", message);
        }
        if !directory.acting_units(node).contains(&unit) {
            let message = format!("The node of {node} does not act for {unit}.");
            return self.refuse(Ruling::Forbidden, "/unit", "not-served", message);
        }
        Some(unit)
    }

    pub(super) fn officer(&mut self, field: &str, text: &str) -> Option<OfficerId> {
        if text.is_empty() {
            self.check.fault(field, "required", "An officer's id is required.");
            return None;
        }
        let officer = text.parse().ok();
        if officer.is_none() {
            // What stands there may be a name, so it is not repeated.
            let message = "An officer's id has letters a-z, digits and dashes; it is not a name.";
            self.check.fault(field, "not-an-id", message);
        }
        officer
    }

    /// The zones that are named. What the alert has or had it may keep, also where the zone has ended
    /// or the unit has left it.
    pub(super) fn zones(
        &mut self,
        acting_unit: &UnitId,
        texts: &[String],
        kept: &BTreeSet<ZoneId>,
    ) -> BTreeSet<ZoneId> {
        let directory = self.world.directory;
        if texts.is_empty() {
            self.check.fault("/zones", "required", "At least one zone is required.");
        }
        let mut zones = BTreeSet::new();
        for (index, text) in texts.iter().take(MOST_ZONES).enumerate() {
            let field = format!("/zones/{index}");
            let Some(zone) = self.parse::<ZoneId>(&field, text) else {
                continue;
            };
            let cluster = zone == ZoneId::cluster();
            if kept.contains(&zone) {
                // Nothing about it is new.
            } else if !cluster && directory.zone(&zone).is_none() {
                let message = format!("There is no zone {zone} (see: giapranh zone list).");
                self.check.fault(&field, "unknown-zone", message);
            } else if !directory.is_open(&zone, directory.head()) {
                let message = format!("The zone {zone} has ended; nothing new is issued there.");
                self.check.fault(&field, "ended-zone", message);
            } else if !directory.is_member(acting_unit, &zone, directory.head()) {
                let message = format!("{acting_unit} is not a member of the zone {zone}.");
                self.check.fault(&field, "not-in-zone", message);
            }
            zones.insert(zone);
        }
        if texts.len() > MOST_ZONES {
            let message = format!("An alert goes to {MOST_ZONES} zones at most.");
            self.check.fault("/zones", "too-many", message);
        }
        zones
    }

    /// Units that are named somewhere else than as who acts.
    pub(super) fn known_units(&mut self, field: &str, texts: &[String]) {
        for (index, text) in texts.iter().take(MOST_ZONES).enumerate() {
            let field = format!("{field}/{index}");
            if let Some(unit) = self.parse::<UnitId>(&field, text) {
                self.known_unit(&field, &unit);
            }
        }
    }

    pub(super) fn known_unit(&mut self, field: &str, unit: &UnitId) {
        let directory = self.world.directory;
        if !directory.unit(unit).is_some_and(|unit| unit.is_alive(directory.head())) {
            let message = format!("There is no unit {unit} (see: giapranh unit list).");
            self.check.fault(field, "unknown-unit", message);
        }
    }

    /// An alert as issued or amended.
    pub(super) fn content(&mut self, content: &proto::AlertContent) {
        self.check.content(content);
        self.known_units("/content/recipients", &content.recipients);
        if let Some(directive) = &content.directive {
            self.known_units("/content/directive/binds", &directive.binds);
        }
    }

    pub(super) fn may_issue(
        &mut self,
        unit: &UnitId,
        content: &proto::AlertContent,
        zones: &BTreeSet<ZoneId>,
    ) {
        let directory = self.world.directory;
        let known = crate::Category::parse(&content.category).is_some();
        let cluster = zones.contains(&ZoneId::cluster());
        let list: Vec<ZoneId> = zones.iter().cloned().collect();
        if known && !directory.may_issue(unit, &content.category, &list, directory.head()) {
            let to = if cluster { " to the whole cluster" } else { " to these zones" };
            let message = format!("{unit} may not issue {}{to}.", content.category);
            self.check.fault("/content/category", "not-allowed", message);
            self.ruling = Ruling::Forbidden;
        }
    }

    /// The alert that the command names.
    pub(super) fn alert(&mut self) -> Option<&'a Alert> {
        let found = self.world.alert.filter(|alert| alert.status != Status::Awaited);
        if found.is_none() {
            let named = self.command.act.alert().unwrap_or_default();
            let message = match named.parse::<AlertId>() {
                Ok(id) => {
                    format!("There is no alert {id} on this node (see: giapranh alert list).")
                }
                Err(error) => format!("{error}."),
            };
            return self.refuse(Ruling::NotFound, "/alert", "unknown-alert", message);
        }
        if let Some(alert) = found.filter(|alert| alert.sealed == Some(Sealed::Erased)) {
            let message = format!("What the alert {} said was erased.", alert.id);
            return self.refuse(Ruling::Conflict, "/alert", "erased", message);
        }
        found
    }

    /// The alert, if somebody here can have read it.
    pub(super) fn read_alert(&mut self) -> Option<&'a Alert> {
        let alert = self.open_alert()?;
        if alert.sealed.is_some() {
            let message = format!(
                "The alert {} is sealed here: its key has not come yet, so nobody can have read it.",
                alert.id
            );
            return self.refuse(Ruling::Conflict, "/alert", "sealed", message);
        }
        Some(alert)
    }

    /// The alert, if it can still change.
    pub(super) fn open_alert(&mut self) -> Option<&'a Alert> {
        let alert = self.alert()?;
        if alert.status == Status::Withdrawn {
            let message = format!("The alert {} has been withdrawn.", alert.id);
            return self.refuse(Ruling::Conflict, "/alert", "withdrawn", message);
        }
        if !alert.is_active_at(self.world.now) {
            let message = format!("The alert {} has expired.", alert.id);
            return self.refuse(Ruling::Conflict, "/alert", "expired", message);
        }
        Some(alert)
    }

    /// The alert, if it can still change and the unit issued it.
    pub(super) fn own_open_alert(&mut self, acting_unit: &UnitId) -> Option<&'a Alert> {
        self.own_alert(acting_unit)?;
        self.open_alert()
    }

    /// The alert, if the unit answers for it.
    pub(super) fn own_alert(&mut self, acting_unit: &UnitId) -> Option<&'a Alert> {
        let alert = self.alert()?;
        if alert.responsible != *acting_unit {
            let message = format!(
                "The alert {} belongs to {}; only that unit changes it.",
                alert.id, alert.responsible
            );
            return self.refuse(Ruling::Forbidden, "/alert", "not-issuer", message);
        }
        Some(alert)
    }

    /// Where a unit's fact about an alert goes: the zones of the alert that it is in. Who answers for
    /// the alert reaches all of them.
    pub(super) fn shared_zones(
        &mut self,
        unit: &UnitId,
        alert: &Alert,
    ) -> Option<BTreeSet<ZoneId>> {
        self.reachable(unit, alert, &alert.all_zones)
    }

    /// Those of the zones to which a unit may say something about the alert.
    pub(super) fn reachable(
        &mut self,
        unit: &UnitId,
        alert: &Alert,
        zones: &BTreeSet<ZoneId>,
    ) -> Option<BTreeSet<ZoneId>> {
        let directory = self.world.directory;
        let reached: BTreeSet<ZoneId> = zones
            .iter()
            .filter(|zone| {
                let head = directory.head();
                directory.is_member(unit, zone, head)
                    || (*unit == alert.responsible
                        && directory.was_member(unit, alert.issuer(), zone, head))
            })
            .cloned()
            .collect();
        if reached.is_empty() {
            let message = format!("{unit} is in none of the zones of the alert {}.", alert.id);
            return self.refuse(Ruling::Forbidden, "/unit", "not-in-zone", message);
        }
        Some(reached)
    }

    pub(super) fn parse<T: FromStr>(&mut self, field: &str, text: &str) -> Option<T>
    where
        T::Err: std::fmt::Display,
    {
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.check.fault(field, "not-an-id", format!("{error}."));
                None
            }
        }
    }

    /// Ends the decision: nothing else can be judged.
    pub(super) fn refuse<T>(
        &mut self,
        ruling: Ruling,
        field: &str,
        rule: &str,
        message: impl Into<String>,
    ) -> Option<T> {
        self.ruling = ruling;
        self.check.fault(field, rule, message);
        None
    }
}
