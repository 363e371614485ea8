//! What a person asks a node to do.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::codes::Role;
use crate::wire::proto;

/// A command as it arrives, as JSON: nothing of it is believed yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Command {
    /// The unit in whose name it is done; the node's own when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// A UUID of version 7 that the sender made: the event's id. Whoever sends the same command again
    /// under it is told of the event that there is, so a line that fails loses and doubles nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Uuid>,
    /// The officer who wrote it, by pseudonymous id.
    #[serde(default)]
    pub drafted_by: String,
    /// The officer who released it: another one. Empty where no release is needed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub approved_by: String,
    /// What is to be done.
    #[serde(flatten)]
    pub act: Act,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "act", rename_all = "kebab-case", deny_unknown_fields)]
#[allow(missing_docs)]
pub enum Act {
    IssueAlert {
        zones: Vec<String>,
        content: Box<proto::AlertContent>,
    },
    /// The whole alert again, with what has changed.
    AmendAlert {
        alert: String,
        /// The zones it has from now on; as before when empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        zones: Vec<String>,
        content: Box<proto::AlertContent>,
        reason: String,
    },
    WithdrawAlert {
        alert: String,
        withdrawal: proto::Withdrawal,
    },
    /// For a time it is shown to fewer units.
    HideAlert {
        alert: String,
        hiding: proto::Hiding,
    },
    RevealAlert {
        alert: String,
        reason: String,
    },
    /// What it says is gone everywhere, for good.
    EraseAlert {
        alert: String,
        erasing: proto::Erasing,
    },
    /// What another officer is to release: a new alert when none is named.
    SaveDraft {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        alert: Option<String>,
        /// The version that it was written from; 0 for the first.
        #[serde(default)]
        version: u32,
        proposal: Box<proto::Proposal>,
    },
    SubmitDraft {
        alert: String,
        version: u32,
    },
    ReturnDraft {
        alert: String,
        version: u32,
        reason: String,
    },
    /// It takes effect.
    ApproveDraft {
        alert: String,
        version: u32,
    },
    DiscardDraft {
        alert: String,
        version: u32,
        reason: String,
    },
    AcknowledgeAlert {
        alert: String,
        /// The version that was seen.
        version: u32,
    },
    FlagAlert {
        alert: String,
        flag: proto::Flag,
    },
    ReportHit {
        alert: String,
        /// `routine` or `urgent`.
        urgency: String,
        hit: proto::Hit,
    },
    AnswerHit {
        alert: String,
        /// The event id of the hit.
        hit: Uuid,
        answer: proto::Answer,
    },
    ConcludeHit {
        alert: String,
        /// The event id of the hit.
        hit: Uuid,
        conclusion: proto::Conclusion,
    },
    ProposeLink {
        alert: String,
        link: proto::LinkProposed,
    },
    DecideLink {
        alert: String,
        /// The event id of the proposal.
        link: Uuid,
        decision: proto::LinkDecided,
    },
    /// Why the officer searches, until the session ends or another purpose is stated.
    StatePurpose {
        purpose: String,
        /// Empty: it is about no case.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        case_number: String,
    },
    /// The registrar decides: all of it takes effect, or nothing.
    ChangeDirectory(proto::DirectoryChanged),
    /// A province says that a key is its unit's node's.
    ConfirmEnrolment {
        /// The unit whose node waits.
        enrolled: String,
        /// The key as the unit read it out: 64 hexadecimal digits.
        public_key: String,
    },
    /// A unit asks the lead for a neighbour's zone.
    RequestZone {
        zone: String,
        /// Until when: a day, or a moment as RFC 3339 writes it.
        until: String,
        reason: String,
    },
    /// The node signs nothing after this in its epoch.
    CloseNode {
        reason: String,
    },
    /// What a fork of an origin holds up at this node is judged again.
    DecideFork {
        origin: String,
        /// Which life of its log.
        epoch: u32,
        reason: String,
    },
    /// Late events of this node about an alert count again.
    AdoptEvents {
        alert: String,
        /// Ids of the late events.
        events: Vec<Uuid>,
        reason: String,
    },
}

impl Act {
    /// The alert it is about, as it was typed; `None` for a new one.
    pub fn alert(&self) -> Option<&str> {
        match self {
            Self::IssueAlert { .. }
            | Self::StatePurpose { .. }
            | Self::ChangeDirectory(_)
            | Self::ConfirmEnrolment { .. }
            | Self::RequestZone { .. }
            | Self::CloseNode { .. }
            | Self::DecideFork { .. } => None,
            Self::SaveDraft { alert, .. } => alert.as_deref(),
            Self::AmendAlert { alert, .. }
            | Self::WithdrawAlert { alert, .. }
            | Self::HideAlert { alert, .. }
            | Self::RevealAlert { alert, .. }
            | Self::EraseAlert { alert, .. }
            | Self::SubmitDraft { alert, .. }
            | Self::ReturnDraft { alert, .. }
            | Self::ApproveDraft { alert, .. }
            | Self::DiscardDraft { alert, .. }
            | Self::AcknowledgeAlert { alert, .. }
            | Self::FlagAlert { alert, .. }
            | Self::ReportHit { alert, .. }
            | Self::AnswerHit { alert, .. }
            | Self::ConcludeHit { alert, .. }
            | Self::ProposeLink { alert, .. }
            | Self::DecideLink { alert, .. }
            | Self::AdoptEvents { alert, .. } => Some(alert),
        }
    }

    /// The other alert of a link, as it was typed.
    pub fn other_alert(&self) -> Option<&str> {
        match self {
            Self::ProposeLink { link, .. } => Some(&link.other),
            _ => None,
        }
    }

    /// Who may do it; one of these roles is enough.
    pub fn roles(&self) -> &'static [Role] {
        use Role::{Administrator, Approver, Auditor, Duty, Issuer, Lead};
        match self {
            Self::IssueAlert { .. }
            | Self::AmendAlert { .. }
            | Self::WithdrawAlert { .. }
            | Self::HideAlert { .. }
            | Self::RevealAlert { .. }
            | Self::EraseAlert { .. }
            | Self::SaveDraft { .. }
            | Self::SubmitDraft { .. } => &[Issuer],
            Self::ReturnDraft { .. } | Self::ApproveDraft { .. } => &[Approver],
            Self::DiscardDraft { .. }
            | Self::AnswerHit { .. }
            | Self::DecideLink { .. }
            | Self::AdoptEvents { .. } => &[Issuer, Approver],
            Self::AcknowledgeAlert { .. }
            | Self::FlagAlert { .. }
            | Self::ReportHit { .. }
            | Self::ConcludeHit { .. }
            | Self::ProposeLink { .. } => &[Duty, Issuer, Approver],
            Self::StatePurpose { .. } => &[Duty, Issuer, Approver, Lead, Auditor],
            Self::ChangeDirectory(_) => &[Lead],
            Self::ConfirmEnrolment { .. } => &[Lead, Administrator],
            Self::RequestZone { .. } => &[Lead, Issuer, Approver],
            Self::CloseNode { .. } | Self::DecideFork { .. } => &[Administrator],
        }
    }
}
