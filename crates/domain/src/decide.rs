//! From a command to an event or a refusal. Reads no clock and changes nothing.

mod alerts;
mod desk;
mod directory;
mod drafts;
mod facts;
mod healing;
mod notes;

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::check::Check;
use crate::event::{Body, Event, Kind};
use crate::rejection::{Rejection, Ruling};
use crate::{Act, Alert, AlertId, Command, Directory, Draft, Millis, OfficerId, UnitId, ZoneId};

pub use healing::{note_delivery, report_fork};
pub use notes::{confirm_erasure, note_access, note_destroyed, note_due, note_key, note_search};

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
    /// The newest draft about it, if its node wrote one.
    pub draft: Option<&'a Draft>,
    /// The other alert that the command is about, if it is here.
    pub other: Option<&'a Alert>,
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
    /// When what it asks for is due; 0 when it asks for nothing.
    pub due: Millis,
    pub outcome: String,
    /// When what it says has to be gone; 0 when that follows from others.
    pub erase_by: Millis,
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

impl Desk<'_> {
    fn decide(&mut self) -> Option<Decided> {
        let command = self.command;
        if let Act::ChangeDirectory(changed) = &command.act {
            return self.change_directory(changed);
        }
        let acting_unit = self.acting_unit()?;
        let drafted_by = self.officer("/drafted_by", &command.drafted_by);
        let approved_by = self.second_officer(drafted_by.as_ref());
        let mut decided: Decided = match &command.act {
            Act::IssueAlert { zones, content } => self.issue(acting_unit, zones, content),
            Act::AmendAlert { zones, content, reason, .. } => {
                self.amend(acting_unit, zones, content, reason)
            }
            Act::WithdrawAlert { withdrawal, .. } => self.withdraw(acting_unit, withdrawal),
            Act::HideAlert { hiding, .. } => self.hide(acting_unit, hiding),
            Act::RevealAlert { reason, .. } => self.reveal(acting_unit, reason),
            Act::EraseAlert { erasing, .. } => self.erase(acting_unit, erasing),
            Act::SaveDraft { version, proposal, .. } => {
                self.save_draft(acting_unit, *version, proposal)
            }
            Act::SubmitDraft { version, .. } => self.submit_draft(acting_unit, *version),
            Act::ReturnDraft { version, reason, .. } => {
                self.return_draft(acting_unit, *version, reason)
            }
            // It sets both officers itself.
            Act::ApproveDraft { version, .. } => {
                return self.approve_draft(acting_unit, *version, drafted_by?);
            }
            Act::DiscardDraft { version, reason, .. } => {
                self.discard_draft(acting_unit, *version, reason)
            }
            Act::AcknowledgeAlert { version, .. } => self.acknowledge(acting_unit, *version),
            Act::FlagAlert { flag, .. } => self.flag(acting_unit, flag),
            Act::ReportHit { urgency, hit, .. } => self.report(acting_unit, urgency, hit),
            Act::AnswerHit { hit, answer, .. } => self.answer(acting_unit, *hit, answer),
            Act::ConcludeHit { hit, conclusion, .. } => {
                self.conclude(acting_unit, *hit, conclusion)
            }
            Act::ProposeLink { link, .. } => self.propose_link(acting_unit, link),
            Act::DecideLink { link, decision, .. } => {
                self.decide_link(acting_unit, *link, decision)
            }
            Act::StatePurpose { purpose, case_number } => {
                self.state_purpose(acting_unit, purpose, case_number)
            }
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
        decided.approved_by = approved_by;
        Some(decided)
    }

    /// The officer who releases what takes two. An amendment may be one that takes only one: whether it
    /// is, is looked at with what it changes.
    fn second_officer(&mut self, drafted_by: Option<&OfficerId>) -> Option<OfficerId> {
        let text = self.command.approved_by.as_str();
        let needed = match self.command.act {
            Act::IssueAlert { .. }
            | Act::WithdrawAlert { .. }
            | Act::HideAlert { .. }
            | Act::RevealAlert { .. }
            | Act::EraseAlert { .. } => true,
            Act::AmendAlert { .. } => !text.is_empty(),
            _ => false,
        };
        let by = if needed { self.officer("/approved_by", text) } else { None };
        if by.is_some() && by.as_ref() == drafted_by {
            let message = "The officer who drafted can't approve; another one must.";
            self.check.fault("/approved_by", "second-person", message);
        }
        by
    }
}

/// What was typed, in the one spelling in which it is kept.
fn tidied<T: Clone>(typed: &T, tidy: fn(&mut T)) -> T {
    let mut kept = typed.clone();
    tidy(&mut kept);
    kept
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
        due: 0,
        outcome: String::new(),
        erase_by: alert.erase_by,
    }
}
