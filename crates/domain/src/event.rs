//! What has happened.

use bytes::Bytes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::codes::{Action, Category};
use crate::wire::proto;
use crate::{AlertId, Millis, OfficerId, UnitId, ZoneId};

macro_rules! kinds {
    ($($(#[$doc:meta])* $case:ident = $code:literal,)+) => {
        /// The kinds that this program understands.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Kind {
            $($(#[$doc])* $case,)+
        }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$case,)+];

            /// As it stands in the header.
            pub fn code(self) -> &'static str {
                match self { $(Self::$case => $code,)+ }
            }

            /// The kind of a header; `None` when it is newer than this program.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($code => Some(Self::$case),)+ _ => None }
            }
        }
    };
}

kinds! {
    /// An alert was released.
    AlertIssued = "alert.issued",
    /// The issuer gave the alert a new version.
    AlertAmended = "alert.amended",
    /// The issuer ended the alert. Frozen.
    AlertWithdrawn = "alert.withdrawn",
    /// The issuer shows the alert to fewer units for a time. Frozen.
    AlertHidden = "alert.hidden",
    /// The issuer shows it to everybody again.
    AlertRevealed = "alert.revealed",
    /// The issuer wants what the alert says gone everywhere. Frozen.
    AlertErased = "alert.erased",
    /// A node has destroyed the keys of an alert's payloads, and all that it had of them.
    ErasureConfirmed = "erasure.confirmed",
    /// A named officer of a unit has seen the alert.
    AlertAcknowledged = "alert.acknowledged",
    /// A unit can't carry out the action on its territory.
    AlertFlagged = "alert.flagged",
    /// A unit found what the alert is about.
    HitReported = "hit.reported",
    /// The issuer, or its province, said whether it is.
    HitAnswered = "hit.answered",
    /// How a hit ended.
    HitConcluded = "hit.concluded",
    /// Two alerts may belong together.
    LinkProposed = "link.proposed",
    /// A person said whether they do.
    LinkDecided = "link.decided",
    /// An officer wrote what another one is to release. Local.
    DraftSaved = "draft.saved",
    /// It waits for an approving officer. Local.
    DraftSubmitted = "draft.submitted",
    /// An approving officer wants it otherwise. Local.
    DraftReturned = "draft.returned",
    /// Nothing comes of it. Local.
    DraftDiscarded = "draft.discarded",
    /// The hook was told of something due. Local.
    DueNoted = "due.noted",
    /// An officer said what the officer's searches are for. Local.
    PurposeStated = "purpose.stated",
    /// What an officer typed into a search. Local.
    SearchAsked = "search.asked",
    /// An officer was shown alerts. Local.
    AccessNoted = "access.noted",
    /// The key of an alert's payloads came to this node. Local.
    KeyHeld = "key.held",
    /// This node destroyed the keys of an alert's payloads. Local.
    KeysDestroyed = "keys.destroyed",
    /// The registrar changed the directory.
    DirectoryChanged = "directory.changed",
    /// A province said that a key is its unit's node's.
    EnrolmentConfirmed = "enrolment.confirmed",
    /// A unit asked the lead for a neighbour's zone.
    ZoneRequested = "zone.requested",
    /// A node signs nothing after this in its epoch: where it is cut.
    NodeClosed = "node.closed",
    /// A peer said how much it holds of this node's feeds. Local.
    DeliveryNoted = "delivery.noted",
    /// An origin signed two different events under one number.
    ForkFound = "fork.found",
    /// An officer of this node let go on what a fork held up. Local.
    ForkDecided = "fork.decided",
    /// An origin let late events of an earlier epoch count.
    EventsAdopted = "events.adopted",
}

/// Who, where, when: what the header of a record says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Meta {
    pub event_id: Uuid,
    pub kind: String,
    pub origin: UnitId,
    pub acting_unit: UnitId,
    pub epoch: u32,
    pub index: u64,
    pub recorded: Millis,
    pub directory_seq: u64,
    pub alert: Option<AlertId>,
    pub drafted_by: Option<OfficerId>,
    pub approved_by: Option<OfficerId>,
    pub causes: Vec<Uuid>,
    pub category: String,
    pub urgency: String,
    pub due: Millis,
    pub expires: Millis,
    pub outcome: String,
    /// When what it says has to be gone; 0: the header does not say.
    pub erase_by: Millis,
    /// Every zone the event is linked to, ascending.
    pub zones: Vec<ZoneId>,
    /// Its seq in the zone `directory`, if it is linked to that.
    pub directory_link: Option<u64>,
}

/// An event as the domain sees it.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Event {
    pub meta: Meta,
    pub body: Body,
    /// Why `body` holds what the header says and no more; `None` when all of it is there.
    pub sealed: Option<Sealed>,
}

/// Why nobody here can read what an event says.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Sealed {
    /// The key is not here yet, or is not for this node.
    Waiting,
    /// It does not open under its key: whoever wrote it made it so.
    Altered,
    /// It was erased.
    Erased,
}

impl Sealed {
    /// As it stands in views and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Altered => "altered",
            Self::Erased => "erased",
        }
    }
}

impl Kind {
    /// Whether what it says is sealed: all but what names no person and outlives the key, or follows
    /// from the directory.
    pub fn is_sealed(self) -> bool {
        match self {
            Self::AlertIssued
            | Self::AlertAmended
            | Self::AlertWithdrawn
            | Self::AlertHidden
            | Self::AlertRevealed
            | Self::AlertFlagged
            | Self::HitReported
            | Self::HitAnswered
            | Self::HitConcluded
            | Self::LinkProposed
            | Self::LinkDecided
            | Self::DraftSaved
            | Self::DraftSubmitted
            | Self::DraftReturned
            | Self::DraftDiscarded
            | Self::EventsAdopted
            | Self::PurposeStated
            | Self::SearchAsked => true,
            Self::AlertAcknowledged
            | Self::AlertErased
            | Self::ErasureConfirmed
            | Self::AccessNoted
            | Self::KeyHeld
            | Self::KeysDestroyed
            | Self::DueNoted
            | Self::DirectoryChanged
            | Self::EnrolmentConfirmed
            | Self::ZoneRequested
            | Self::NodeClosed
            | Self::DeliveryNoted
            | Self::ForkFound
            | Self::ForkDecided => false,
        }
    }
}

/// What an event says.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Body {
    AlertIssued(proto::AlertVersion),
    AlertAmended(proto::AlertVersion),
    AlertWithdrawn(proto::Withdrawal),
    AlertHidden(proto::Hiding),
    AlertRevealed(proto::Revealing),
    AlertErased(proto::Erasing),
    ErasureConfirmed,
    AlertAcknowledged(proto::Acknowledgement),
    AlertFlagged(proto::Flag),
    HitReported(proto::Hit),
    HitAnswered(proto::Answer),
    HitConcluded(proto::Conclusion),
    LinkProposed(proto::LinkProposed),
    LinkDecided(proto::LinkDecided),
    DraftSaved(proto::DraftSaved),
    DraftSubmitted(proto::DraftSubmitted),
    DraftReturned(proto::DraftReturned),
    DraftDiscarded(proto::DraftDiscarded),
    DueNoted(proto::DueNoted),
    PurposeStated(proto::PurposeStated),
    SearchAsked(proto::SearchAsked),
    AccessNoted(proto::AccessNoted),
    KeyHeld(proto::KeyHeld),
    KeysDestroyed(proto::KeysDestroyed),
    DirectoryChanged(proto::DirectoryChanged),
    EnrolmentConfirmed(proto::EnrolmentConfirmed),
    ZoneRequested(proto::ZoneRequested),
    NodeClosed(proto::NodeClosed),
    /// The signed beacon as it came: `record` knows what it says.
    DeliveryNoted(Bytes),
    ForkFound(proto::ForkFound),
    ForkDecided(proto::ForkDecided),
    EventsAdopted(proto::EventsAdopted),
    /// Of a kind newer than this program, or not that kind's message.
    Unreadable,
}

impl Event {
    /// Whether the payload keeps to what its header claims: category, expiry and zones. Authority is
    /// judged by the header alone, so an alert must not be another one than it says outside. What
    /// nobody may ever be asked is none either: a travelling offender is not wanted.
    pub fn is_consistent(&self) -> bool {
        if self.sealed.is_some() {
            return true;
        }
        let version = match &self.body {
            Body::AlertIssued(version) | Body::AlertAmended(version) => version,
            Body::AlertHidden(hiding) => return crate::time::moment(&hiding.until).is_some(),
            _ => return true,
        };
        let Some(content) = &version.content else { return false };
        let parts = parts(content);
        let wanted = content.required_action == Action::Arrest.code();
        content.category == self.meta.category
            && parts.iter().all(|(of, present)| *present == (of.code() == content.category))
            && !(wanted && content.travelling_offender.is_some())
            && crate::time::moment(&content.expires) == Some(self.meta.expires)
            && version.zones.iter().all(|zone| self.meta.zones.iter().any(|z| z.as_str() == zone))
    }

    /// What its header alone tells, because of `why` nobody reads the rest.
    #[must_use]
    pub fn closed(meta: Meta, why: Sealed) -> Self {
        Self { body: crate::wire::without_payload(&meta), meta, sealed: Some(why) }
    }

    /// The same with nothing but what its header tells, if it is of a kind that is sealed.
    #[must_use]
    pub fn without_payload(&self, why: Sealed) -> Self {
        if Kind::parse(&self.meta.kind).is_some_and(Kind::is_sealed) {
            Self::closed(self.meta.clone(), why)
        } else {
            self.clone()
        }
    }

    /// Whether it is this node's own note, which never leaves it.
    pub fn is_local(&self) -> bool {
        self.meta.zones.iter().any(|zone| *zone == ZoneId::local())
    }
}

/// The part of an alert that each category has, and whether it is there.
pub(crate) fn parts(content: &proto::AlertContent) -> [(Category, bool); 8] {
    [
        (Category::WantedPerson, content.wanted_person.is_some()),
        (Category::TravellingOffender, content.travelling_offender.is_some()),
        (Category::Vehicle, content.vehicle.is_some()),
        (Category::Object, content.object.is_some()),
        (Category::Identifier, content.identifier.is_some()),
        (Category::ModusOperandi, content.modus_operandi.is_some()),
        (Category::SituationNotice, content.situation_notice.is_some()),
        (Category::Directive, content.directive.is_some()),
    ]
}
