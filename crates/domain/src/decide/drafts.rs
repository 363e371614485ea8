//! Drafts: writing, submitting, returning, releasing, leaving.

use std::collections::BTreeSet;

use super::alerts::REASON;
use super::{Decided, Desk, tidied};
use crate::event::{Body, Kind};
use crate::rejection::Ruling;
use crate::wire::proto::{self, proposal::What};
use crate::{AlertId, Draft, DraftState, OfficerId, Status, UnitId, ZoneId, normal};

impl<'a> Desk<'a> {
    /// Keeps what an officer has written so far. It need not be complete: that is looked at when it is
    /// submitted, and again when it is released.
    pub(super) fn save_draft(
        &mut self,
        acting_unit: UnitId,
        version: u32,
        proposal: &proto::Proposal,
    ) -> Option<Decided> {
        let id = self.drafted_alert(&acting_unit, proposal)?;
        let known = self.world.draft.filter(|draft| draft.id == id);
        let newest = known.map_or(0, |draft| draft.version);
        if known.is_some_and(|draft| draft.state == DraftState::Waiting) {
            let message = "The draft waits for an approving officer; it has to be returned first.";
            return self.refuse(Ruling::Conflict, "/alert", "draft-waits", message);
        }
        if version != newest {
            return self.refuse_changed(newest, version);
        }
        let saved =
            proto::DraftSaved { version: newest + 1, proposal: Some(tidied(proposal, tidy)) };
        Some(self.local(Kind::DraftSaved, Body::DraftSaved(saved), acting_unit, id))
    }

    /// The number of the alert that a draft is about: its own, or the next one of the unit.
    fn drafted_alert(&mut self, unit: &UnitId, proposal: &proto::Proposal) -> Option<AlertId> {
        let Some(what) = &proposal.what else {
            let message =
                "A draft says what it proposes: issue, amend, withdraw, hide, reveal or erase.";
            self.check.fault("/proposal", "required", message);
            return None;
        };
        let is_new = matches!(what, What::Issue(_));
        let named = match self.command.act.alert() {
            Some(text) => Some(self.parse::<AlertId>("/alert", text)?),
            None => None,
        };
        match named {
            None if is_new => self.next_number(unit).or_else(|| self.refuse_numbers()),
            None => {
                self.check.fault(
                    "/alert",
                    "required",
                    "The draft names the alert that it changes.",
                );
                None
            }
            Some(id) if is_new && self.world.draft.is_some() => {
                let issued = self.world.alert.is_some_and(|a| a.status != Status::Awaited);
                if issued {
                    let message = format!("The alert {id} has been issued; amend it.");
                    return self.refuse(Ruling::Conflict, "/proposal", "issued", message);
                }
                self.own_draft(unit)?;
                Some(id)
            }
            Some(id) if is_new => {
                let message =
                    format!("There is no draft {id} on this node (see: giapranh draft list).");
                self.refuse(Ruling::NotFound, "/alert", "unknown-draft", message)
            }
            Some(_) if matches!(what, What::Erase(_)) => Some(self.own_alert(unit)?.id.clone()),
            Some(_) => Some(self.own_open_alert(unit)?.id.clone()),
        }
    }

    pub(super) fn submit_draft(&mut self, acting_unit: UnitId, version: u32) -> Option<Decided> {
        let draft = self.draft_at(&acting_unit, version)?;
        if draft.state == DraftState::Waiting {
            let message = "The draft waits for an approving officer already.";
            return self.refuse(Ruling::Conflict, "/alert", "draft-waits", message);
        }
        // What could not be released is told to who wrote it, not to the commander.
        self.release(acting_unit.clone(), draft);
        let body = Body::DraftSubmitted(proto::DraftSubmitted { version });
        Some(self.local(Kind::DraftSubmitted, body, acting_unit, draft.id.clone()))
    }

    pub(super) fn return_draft(
        &mut self,
        acting_unit: UnitId,
        version: u32,
        reason: &str,
    ) -> Option<Decided> {
        let draft = self.waiting_draft(&acting_unit, version)?;
        self.check.required("/reason", reason, REASON);
        let body = Body::DraftReturned(proto::DraftReturned { version, reason: reason.to_owned() });
        Some(self.local(Kind::DraftReturned, body, acting_unit, draft.id.clone()))
    }

    pub(super) fn discard_draft(
        &mut self,
        acting_unit: UnitId,
        version: u32,
        reason: &str,
    ) -> Option<Decided> {
        let draft = self.draft_at(&acting_unit, version)?;
        self.check.required("/reason", reason, REASON);
        let reason = reason.to_owned();
        let body = Body::DraftDiscarded(proto::DraftDiscarded { version, reason });
        Some(self.local(Kind::DraftDiscarded, body, acting_unit, draft.id.clone()))
    }

    /// What the draft proposes happens, in the names of who saved it last and who releases it.
    pub(super) fn approve_draft(
        &mut self,
        acting_unit: UnitId,
        version: u32,
        approver: OfficerId,
    ) -> Option<Decided> {
        let draft = self.waiting_draft(&acting_unit, version)?;
        if draft.written_by.contains(&approver) {
            let message =
                "Who wrote any version of the draft can't approve it; another officer must.";
            self.check.fault("/drafted_by", "second-person", message);
        }
        let mut decided = self.release(acting_unit, draft)?;
        decided.drafted_by.clone_from(&draft.saved_by);
        decided.approved_by = Some(approver);
        decided.causes = draft.waiting().map(|(submitted, _)| submitted).into_iter().collect();
        Some(decided)
    }

    /// What would happen if the draft were released now.
    fn release(&mut self, acting_unit: UnitId, draft: &Draft) -> Option<Decided> {
        match draft.proposal.what.as_ref()? {
            What::Issue(issue) => {
                let content = issue.content.clone().unwrap_or_default();
                self.issue_as(acting_unit, Some(draft.id.clone()), &issue.zones, &content)
            }
            What::Amend(amend) => {
                let now = self.world.alert.map_or(0, |alert| alert.version);
                if amend.based_on != now {
                    let message = format!(
                        "The alert has version {now} by now; the draft was written from version {}.",
                        amend.based_on
                    );
                    return self.refuse(Ruling::Conflict, "/alert", "alert-changed", message);
                }
                let content = amend.content.clone().unwrap_or_default();
                self.amend_by(acting_unit, &amend.zones, &content, &amend.reason, false)
            }
            What::Withdraw(withdrawal) => self.withdraw(acting_unit, withdrawal),
            What::Hide(hiding) => self.hide(acting_unit, hiding),
            What::Reveal(revealing) => self.reveal(acting_unit, &revealing.reason),
            What::Erase(erasing) => self.erase(acting_unit, erasing),
        }
    }

    /// The open draft that the command names, if the unit wrote it.
    fn own_draft(&mut self, unit: &UnitId) -> Option<&'a Draft> {
        let named = self.command.act.alert().unwrap_or_default();
        let Some(draft) = self.world.draft else {
            let message = match named.parse::<AlertId>() {
                Ok(id) => {
                    format!("There is no draft {id} on this node (see: giapranh draft list).")
                }
                Err(error) => format!("{error}."),
            };
            return self.refuse(Ruling::NotFound, "/alert", "unknown-draft", message);
        };
        if draft.unit != *unit {
            let message = format!("The draft {} is {}'s.", draft.id, draft.unit);
            return self.refuse(Ruling::Forbidden, "/unit", "not-own-draft", message);
        }
        if !draft.is_open() {
            let how = if draft.state == DraftState::Released { "released" } else { "discarded" };
            let message = format!("The draft {} was {how}.", draft.id);
            return self.refuse(Ruling::Conflict, "/alert", "draft-closed", message);
        }
        Some(draft)
    }

    /// The same, if it is still as the command knows it.
    fn draft_at(&mut self, unit: &UnitId, version: u32) -> Option<&'a Draft> {
        let draft = self.own_draft(unit)?;
        if draft.version != version {
            return self.refuse_changed(draft.version, version);
        }
        Some(draft)
    }

    fn waiting_draft(&mut self, unit: &UnitId, version: u32) -> Option<&'a Draft> {
        let draft = self.draft_at(unit, version)?;
        if draft.state != DraftState::Waiting {
            let message = format!("The draft {} was not submitted.", draft.id);
            return self.refuse(Ruling::Conflict, "/alert", "draft-not-submitted", message);
        }
        Some(draft)
    }

    fn refuse_changed<T>(&mut self, newest: u32, named: u32) -> Option<T> {
        let message = format!(
            "The draft has version {newest}, not {named}: another officer saved it. Look at it again."
        );
        self.refuse(Ruling::Conflict, "/version", "draft-changed", message)
    }

    /// A note of this node's about an alert.
    fn local(&self, kind: Kind, body: Body, acting_unit: UnitId, id: AlertId) -> Decided {
        let zones = BTreeSet::from([ZoneId::local()]);
        let category = self.world.alert.map_or(String::new(), |alert| alert.category.clone());
        let note = super::directory::note(kind, body, acting_unit, zones);
        let erase_by = self.world.alert.map_or(0, |alert| alert.erase_by);
        Decided { alert: Some(id), category, erase_by, ..note }
    }
}

/// What a draft says, in the one spelling in which it is kept.
fn tidy(proposal: &mut proto::Proposal) {
    let content = match &mut proposal.what {
        Some(What::Issue(issue)) => issue.content.as_mut(),
        Some(What::Amend(amend)) => amend.content.as_mut(),
        Some(What::Withdraw(withdrawal)) => return normal::withdrawal(withdrawal),
        Some(What::Hide(hiding)) => return normal::hiding(hiding),
        Some(What::Reveal(revealing)) => return normal::revealing(revealing),
        Some(What::Erase(erasing)) => return normal::erasing(erasing),
        None => None,
    };
    if let Some(content) = content {
        normal::content(content);
    }
}
