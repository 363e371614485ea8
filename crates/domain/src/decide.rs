//! From a command to an event or a refusal. Reads no clock and changes nothing.

mod directory;
mod healing;

use std::collections::BTreeSet;
use std::str::FromStr;

use uuid::Uuid;

use crate::check::Check;
use crate::codes::Urgency;
use crate::event::{Body, Event, Kind};
use crate::rejection::{Rejection, Ruling};
use crate::time::{moment, year_at};
use crate::wire::proto;
use crate::{Act, Alert, AlertId, Command, Directory, Millis, OfficerId, Status, UnitId, ZoneId};

pub use healing::{note_delivery, report_fork};

/// Most zones of an alert.
const MOST_ZONES: usize = 32;
/// Most zones that an alert ever has: its events link all of them, and the record takes no more.
const MOST_ZONES_EVER: usize = 64;

/// What a decision may look at.
pub struct World<'a> {
    /// The directory at its head.
    pub directory: &'a Directory,
    /// The unit whose node decides.
    pub node: &'a UnitId,
    /// Which life of the node's log.
    pub epoch: u32,
    /// Whether the node has said that it signs nothing more in that epoch.
    pub closed: bool,
    /// The alert that the command is about, if it is here.
    pub alert: Option<&'a Alert>,
    /// That alert's events.
    pub events: &'a [Event],
    /// Whether a fork of that epoch of an origin waits for a decision at this node.
    pub undecided_fork: &'a dyn Fn(&UnitId, u32) -> bool,
    /// The last number that a unit gave in a year; 0 before the first.
    pub last_number: &'a dyn Fn(&UnitId, u16) -> u32,
    /// The keys whose signature under a founders' statement in the command holds, with the number
    /// of the change: this crate knows no signatures.
    pub signed_by: &'a BTreeSet<(usize, [u8; 32])>,
    /// The node's clock.
    pub now: Millis,
}

/// An event that is to be: what the record then seals, links and signs.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Decided {
    pub kind: Kind,
    pub body: Body,
    pub acting_unit: UnitId,
    /// The alert it is about, if it is about one.
    pub alert: Option<AlertId>,
    pub drafted_by: Option<OfficerId>,
    pub approved_by: Option<OfficerId>,
    pub causes: Vec<Uuid>,
    /// Where it goes; never empty.
    pub zones: BTreeSet<ZoneId>,
    pub category: String,
    pub offence: u32,
    pub urgency: String,
    pub expires: Millis,
    pub outcome: String,
}

/// Decides a command: one event, or a refusal that lists every field at fault.
pub fn decide(world: &World<'_>, command: &Command) -> Result<Decided, Rejection> {
    let mut desk = Desk { world, command, check: Check::at(world.now), ruling: Ruling::Invalid };
    let decided = desk.decide();
    let (ruling, faults) = (desk.ruling, desk.check.finish());
    decided.filter(|_| faults.is_empty()).ok_or(Rejection { ruling, faults })
}

/// A decision in the making: faults are collected, and nothing is decided if there is one.
struct Desk<'a> {
    world: &'a World<'a>,
    command: &'a Command,
    check: Check,
    ruling: Ruling,
}

impl<'a> Desk<'a> {
    fn decide(&mut self) -> Option<Decided> {
        let command = self.command;
        if let Act::ChangeDirectory(changed) = &command.act {
            return self.change_directory(changed);
        }
        let acting_unit = self.acting_unit()?;
        let drafted_by = self.officer("/drafted_by", &command.drafted_by);
        let releases = matches!(
            command.act,
            Act::IssueAlert { .. } | Act::AmendAlert { .. } | Act::WithdrawAlert { .. }
        );
        let approved_by = releases.then(|| self.officer("/approved_by", &command.approved_by));
        if approved_by.as_ref().is_some_and(|by| by.is_some() && *by == drafted_by) {
            let message = "The officer who drafted can't approve; another one must.";
            self.check.fault("/approved_by", "second-person", message);
        }
        let mut decided: Decided = match &command.act {
            Act::IssueAlert { zones, content } => self.issue(acting_unit, zones, content),
            Act::AmendAlert { zones, content, reason, .. } => {
                self.amend(acting_unit, zones, content, reason)
            }
            Act::WithdrawAlert { withdrawal, .. } => self.withdraw(acting_unit, withdrawal),
            Act::ReportHit { urgency, hit, .. } => self.report(acting_unit, urgency, hit),
            Act::AnswerHit { hit, answer, .. } => self.answer(acting_unit, *hit, answer),
            Act::ConfirmEnrolment { enrolled, public_key } => {
                self.confirm_enrolment(acting_unit, enrolled, public_key)
            }
            Act::RequestZone { zone, until, reason } => {
                self.request_zone(acting_unit, zone, until, reason)
            }
            Act::CloseNode { reason } => self.close_node(acting_unit, reason),
            Act::DecideFork { origin, epoch, reason } => {
                self.decide_fork(acting_unit, origin, *epoch, reason)
            }
            Act::AdoptEvents { events, reason, .. } => self.adopt(acting_unit, events, reason),
            // Decided above: it needs no unit but the registrar.
            Act::ChangeDirectory(_) => None,
        }?;
        // A missing officer is a fault already, so what stands here then is never appended.
        decided.drafted_by = drafted_by;
        decided.approved_by = approved_by.flatten();
        Some(decided)
    }

    fn issue(
        &mut self,
        acting_unit: UnitId,
        zones: &[String],
        content: &proto::AlertContent,
    ) -> Option<Decided> {
        self.check.content(content);
        let zones = self.zones(&acting_unit, zones, &BTreeSet::new());
        self.may_issue(&acting_unit, content, &zones);
        let year = year_at(self.world.now);
        let number = (self.world.last_number)(&acting_unit, year).saturating_add(1);
        let Some(alert) = AlertId::new(acting_unit.clone(), year, number) else {
            let message = format!("The year {year} has no alert number left.");
            return self.refuse(Ruling::Conflict, "/act", "numbers-used-up", message);
        };
        let version = proto::AlertVersion { version: 1, ..version(content, &zones, String::new()) };
        let body = Body::AlertIssued(version);
        Some(alert_event(Kind::AlertIssued, body, acting_unit, alert, zones, content))
    }

    fn amend(
        &mut self,
        acting_unit: UnitId,
        zones: &[String],
        content: &proto::AlertContent,
        reason: &str,
    ) -> Option<Decided> {
        let alert = self.own_open_alert(&acting_unit)?;
        self.check.content(content);
        self.check.required("/reason", reason, 500);
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
        Some(alert_event(Kind::AlertAmended, body, acting_unit, id, everywhere, content))
    }

    fn withdraw(&mut self, acting_unit: UnitId, withdrawal: &proto::Withdrawal) -> Option<Decided> {
        let alert = self.own_open_alert(&acting_unit)?;
        self.check.withdrawal(withdrawal);
        let mut decided = fact(Kind::AlertWithdrawn, acting_unit, alert);
        decided.body = Body::AlertWithdrawn(withdrawal.clone());
        decided.zones.clone_from(&alert.all_zones);
        decided.outcome.clone_from(&withdrawal.reason);
        Some(decided)
    }

    fn report(&mut self, acting_unit: UnitId, urgency: &str, hit: &proto::Hit) -> Option<Decided> {
        let alert = self.open_alert()?;
        if Urgency::parse(urgency).is_none() {
            self.check.unknown("/urgency", urgency, &Urgency::list());
        }
        self.check.hit(hit, alert);
        let mut decided = fact(Kind::HitReported, acting_unit, alert);
        decided.body = Body::HitReported(hit.clone());
        decided.zones = self.shared_zones(&decided.acting_unit, alert)?;
        urgency.clone_into(&mut decided.urgency);
        Some(decided)
    }

    fn answer(
        &mut self,
        acting_unit: UnitId,
        hit: Uuid,
        answer: &proto::Answer,
    ) -> Option<Decided> {
        let alert = self.alert()?;
        self.check.answer(answer);
        let (directory, issuer) = (self.world.directory, &alert.responsible);
        let above = directory.is_above(&acting_unit, issuer, directory.head());
        if acting_unit != *issuer && !above {
            let message = format!("Only {issuer}, or a unit above it, answers hits on its alerts.");
            return self.refuse(Ruling::Forbidden, "/alert", "not-issuer", message);
        }
        let Some(report) = alert.hits.get(&hit).and_then(|hit| hit.report.as_ref()) else {
            let message = format!("The alert {} has no hit {hit}.", alert.id);
            return self.refuse(Ruling::NotFound, "/hit", "unknown-hit", message);
        };
        let mine = alert.hits[&hit].answers.iter().find(|reply| reply.unit == acting_unit);
        if mine.is_some_and(|reply| reply.answer.result != "need-time") {
            let message = format!("The hit of {} was answered already.", report.unit);
            return self.refuse(Ruling::Conflict, "/hit", "answered", message);
        }
        let mut decided = fact(Kind::HitAnswered, acting_unit, alert);
        decided.body = Body::HitAnswered(answer.clone());
        decided.causes = vec![hit];
        decided.zones = self.shared_zones(&decided.acting_unit, alert)?;
        decided.outcome.clone_from(&answer.result);
        Some(decided)
    }

    fn acting_unit(&mut self) -> Option<UnitId> {
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

    fn officer(&mut self, field: &str, text: &str) -> Option<OfficerId> {
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
    fn zones(
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

    fn may_issue(
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
    fn alert(&mut self) -> Option<&'a Alert> {
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
        found
    }

    /// The alert, if it can still change.
    fn open_alert(&mut self) -> Option<&'a Alert> {
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
    fn own_open_alert(&mut self, acting_unit: &UnitId) -> Option<&'a Alert> {
        let alert = self.alert()?;
        if alert.responsible != *acting_unit {
            let message = format!(
                "The alert {} belongs to {}; only that unit changes it.",
                alert.id, alert.responsible
            );
            return self.refuse(Ruling::Forbidden, "/alert", "not-issuer", message);
        }
        self.open_alert()
    }

    /// Where a unit's fact about an alert goes: the zones of the alert that it is in. Who answers for
    /// the alert reaches all of them.
    fn shared_zones(&mut self, unit: &UnitId, alert: &Alert) -> Option<BTreeSet<ZoneId>> {
        self.reachable(unit, alert, &alert.all_zones)
    }

    /// Those of the zones to which a unit may say something about the alert.
    fn reachable(
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

    fn parse<T: FromStr>(&mut self, field: &str, text: &str) -> Option<T>
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
    fn refuse<T>(
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
        outcome: String::new(),
    }
}

/// A fact about an alert that is here, still without what it says.
fn fact(kind: Kind, acting_unit: UnitId, alert: &Alert) -> Decided {
    Decided {
        kind,
        body: Body::Unreadable,
        acting_unit,
        alert: Some(alert.id.clone()),
        drafted_by: None,
        approved_by: None,
        causes: Vec::new(),
        zones: BTreeSet::new(),
        category: alert.category.clone(),
        offence: 0,
        urgency: String::new(),
        expires: 0,
        outcome: String::new(),
    }
}
