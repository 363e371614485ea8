//! A draft: what one officer wrote and another one releases, returns or leaves.
//!
//! It is this node's own note about an alert: local events that never leave it, under the number that
//! the alert has or will have. At most one is open for an alert. Each save is a version of its own,
//! and who acts names the version that is meant, so two officers never overwrite each other.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::codes::{Deadline, DraftState, Severity};
use crate::event::{Body, Event, Meta};
use crate::wire::proto::{self, proposal::What};
use crate::{AlertId, Directory, Millis, OfficerId, UnitId};

/// The newest draft of an alert.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Draft {
    /// The number that the alert has, or will have.
    pub id: AlertId,
    /// In whose name it is written.
    pub unit: UnitId,
    pub state: DraftState,
    /// Counts saves, over all drafts of the alert.
    pub version: u32,
    pub proposal: proto::Proposal,
    /// Everybody who saved a version of this draft: none of them releases it.
    pub written_by: BTreeSet<OfficerId>,
    pub saved_by: Option<OfficerId>,
    pub changed: Millis,
    /// The event that submitted it, and when, while it waits or once it was released.
    pub submitted: Option<(Uuid, Millis)>,
    /// Until when it is to be released or returned; 0 while nobody waits.
    pub due: Millis,
    /// Why it was returned or discarded, and by whom.
    pub reason: String,
    pub decided_by: Option<OfficerId>,
    /// From when on what was discarded is to be gone; 0: it was not discarded.
    #[serde(default)]
    pub erase_by: Millis,
}

impl Draft {
    /// The newest draft of an alert from all events of that alert at the node that wrote it; `None`
    /// when there never was one.
    pub fn fold(id: &AlertId, events: &[Event], directory: &Directory) -> Option<Self> {
        let mut local: Vec<&Event> = events.iter().filter(|event| event.is_local()).collect();
        local.sort_by_key(|event| (event.meta.epoch, event.meta.index));
        let released: BTreeSet<Uuid> = events
            .iter()
            .filter(|event| !event.is_local())
            .flat_map(|event| event.meta.causes.iter().copied())
            .collect();
        let mut draft: Option<Self> = None;
        for event in local {
            if let Body::DraftSaved(saved) = &event.body {
                let before = draft.take();
                draft = Some(Self::saved(id, before, &event.meta, saved));
            } else if let Some(draft) = &mut draft {
                draft.apply(&event.meta, &event.body, directory);
            }
            if let Some(draft) = &mut draft
                && draft.submitted.is_some_and(|(event, _)| released.contains(&event))
            {
                draft.state = DraftState::Released;
            }
        }
        draft
    }

    fn saved(id: &AlertId, before: Option<Self>, meta: &Meta, saved: &proto::DraftSaved) -> Self {
        let newest = before.as_ref().map_or(0, |before| before.version);
        let mut written_by = before.filter(Self::is_open).map(|b| b.written_by).unwrap_or_default();
        written_by.extend(meta.drafted_by.clone());
        Self {
            id: id.clone(),
            unit: meta.acting_unit.clone(),
            state: DraftState::Writing,
            // Without its payload it counts on from the one before.
            version: if saved.version == 0 { newest + 1 } else { saved.version },
            proposal: saved.proposal.clone().unwrap_or_default(),
            written_by,
            saved_by: meta.drafted_by.clone(),
            changed: meta.recorded,
            submitted: None,
            due: 0,
            reason: String::new(),
            decided_by: None,
            erase_by: 0,
        }
    }

    fn apply(&mut self, meta: &Meta, body: &Body, directory: &Directory) {
        match body {
            Body::DraftSubmitted(_) => {
                let time = directory.deadline(Deadline::Approve, meta.directory_seq);
                self.state = DraftState::Waiting;
                self.submitted = Some((meta.event_id, meta.recorded));
                self.due = meta.recorded.saturating_add(Millis::from(time) * 1_000);
                self.reason.clear();
            }
            Body::DraftReturned(said) => self.end(DraftState::Returned, meta, &said.reason),
            Body::DraftDiscarded(said) => {
                let time = directory.deadline(Deadline::Retention, meta.directory_seq);
                self.erase_by = meta.recorded.saturating_add(Millis::from(time) * 1_000);
                self.end(DraftState::Discarded, meta, &said.reason);
            }
            _ => return,
        }
        self.changed = meta.recorded;
    }

    fn end(&mut self, state: DraftState, meta: &Meta, reason: &str) {
        self.state = state;
        self.submitted = None;
        self.due = 0;
        reason.clone_into(&mut self.reason);
        self.decided_by.clone_from(&meta.drafted_by);
    }

    /// Whether something may still come of it.
    pub fn is_open(&self) -> bool {
        !matches!(self.state, DraftState::Released | DraftState::Discarded)
    }

    /// Since when, and by which event, it waits for an approving officer.
    pub fn waiting(&self) -> Option<(Uuid, Millis)> {
        self.submitted.filter(|_| self.state == DraftState::Waiting)
    }

    /// The alert as it would say it; `None` for what ends, hides or reveals it.
    pub fn content(&self) -> Option<&proto::AlertContent> {
        match self.proposal.what.as_ref()? {
            What::Issue(issue) => issue.content.as_ref(),
            What::Amend(amend) => amend.content.as_ref(),
            What::Withdraw(_) | What::Hide(_) | What::Reveal(_) | What::Erase(_) => None,
        }
    }

    /// What it proposes, as a code; empty when that is newer than this program.
    pub fn proposes(&self) -> &'static str {
        match &self.proposal.what {
            Some(What::Issue(_)) => "issue",
            Some(What::Amend(_)) => "amend",
            Some(What::Withdraw(_)) => "withdraw",
            Some(What::Hide(_)) => "hide",
            Some(What::Reveal(_)) => "reveal",
            Some(What::Erase(_)) => "erase",
            None => "",
        }
    }

    /// Whether others may have to act at once on what it says.
    pub fn is_urgent(&self) -> bool {
        let critical =
            |content: &proto::AlertContent| content.severity == Severity::Critical.code();
        self.content().is_some_and(critical)
            || matches!(
                self.proposal.what,
                Some(What::Withdraw(_) | What::Hide(_) | What::Erase(_))
            )
    }
}
