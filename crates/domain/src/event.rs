//! What has happened.

use bytes::Bytes;
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
    pub expires: Millis,
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
