//! The header and the payload as values that can't be wrong, and their bytes.

use bytes::Bytes;
use prost::Message;
use uuid::Uuid;

use crate::event::Malformed;
use crate::view::{FactsView, HeaderView, LinkView, PayloadView};
use crate::{Hash, ZONE_LOCAL, proto};

/// What servers and fellow members may see of an event. The meaning of each field stands in
/// `proto/giapranh/v1/record.proto`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Header {
    pub event_id: Uuid,
    pub kind: String,
    pub origin: String,
    pub acting_unit: String,
    pub epoch: u32,
    pub index: u64,
    pub recorded_ms: u64,
    pub directory_seq: u64,
    pub alert: Option<String>,
    pub drafted_by: Option<String>,
    pub approved_by: Option<String>,
    pub causes: Vec<Uuid>,
    pub facts: Facts,
    pub erase_by_ms: Option<u64>,
    pub key_commitment: Option<Hash>,
    pub links: Vec<Link>,
}

/// Coded facts; empty or 0 where none applies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Facts {
    pub category: String,
    pub offence: u32,
    pub urgency: String,
    pub due_ms: u64,
    pub expires_ms: u64,
    pub outcome: String,
}

/// The event's place in the chain of its origin, epoch and zone.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Link {
    pub zone: String,
    pub seq: u64,
    pub prev: Hash,
}

/// What the event says: in clear for kinds that carry nothing personal, else sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Payload {
    Plain(Bytes),
    Sealed { nonce: [u8; 24], ciphertext: Bytes },
}

impl Header {
    /// The header in `bytes`, every field checked.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        HeaderView::parse(bytes).map(|view| view.to_header())
    }

    /// The header's bytes. They are made once, by the author.
    pub fn encode(&self) -> Vec<u8> {
        proto::Header {
            event_id: self.event_id.as_bytes().to_vec().into(),
            kind: self.kind.clone(),
            origin: self.origin.clone(),
            acting_unit: self.acting_unit.clone(),
            epoch: self.epoch,
            index: self.index,
            recorded_ms: self.recorded_ms,
            directory_seq: self.directory_seq,
            alert: self.alert.clone().unwrap_or_default(),
            drafted_by: self.drafted_by.clone().unwrap_or_default(),
            approved_by: self.approved_by.clone().unwrap_or_default(),
            causes: self.causes.iter().map(|c| c.as_bytes().to_vec().into()).collect(),
            facts: (self.facts != Facts::default()).then(|| self.facts.to_proto()),
            erase_by_ms: self.erase_by_ms.unwrap_or(0),
            key_commitment: self.key_commitment.map_or_else(Bytes::new, |h| h.0.to_vec().into()),
            links: self.links.iter().map(Link::to_proto).collect(),
        }
        .encode_to_vec()
    }

    /// Whether the event stays with its author: it has the one link `local`.
    pub fn is_local(&self) -> bool {
        self.links.iter().any(|link| link.zone == ZONE_LOCAL)
    }

    /// The link to `zone`, if the event goes there.
    pub fn link(&self, zone: &str) -> Option<&Link> {
        self.links.iter().find(|link| link.zone == zone)
    }

    /// What must hold of every header, whoever wrote it.
    pub fn check(&self) -> Result<(), Malformed> {
        self.view().check()
    }

    fn view(&self) -> HeaderView<'_> {
        HeaderView {
            event_id: self.event_id,
            kind: &self.kind,
            origin: &self.origin,
            acting_unit: &self.acting_unit,
            epoch: self.epoch,
            index: self.index,
            recorded_ms: self.recorded_ms,
            directory_seq: self.directory_seq,
            alert: self.alert.as_deref(),
            drafted_by: self.drafted_by.as_deref(),
            approved_by: self.approved_by.as_deref(),
            causes: self.causes.clone(),
            facts: self.facts.view(),
            erase_by_ms: self.erase_by_ms,
            key_commitment: self.key_commitment,
            links: self.links.iter().map(Link::view).collect(),
        }
    }
}

impl HeaderView<'_> {
    /// The same, for keeping.
    pub(crate) fn to_header(&self) -> Header {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Header {
            event_id: self.event_id,
            kind: self.kind.to_owned(),
            origin: self.origin.to_owned(),
            acting_unit: self.acting_unit.to_owned(),
            epoch: self.epoch,
            index: self.index,
            recorded_ms: self.recorded_ms,
            directory_seq: self.directory_seq,
            alert: owned(self.alert),
            drafted_by: owned(self.drafted_by),
            approved_by: owned(self.approved_by),
            causes: self.causes.clone(),
            facts: Facts {
                category: self.facts.category.to_owned(),
                offence: self.facts.offence,
                urgency: self.facts.urgency.to_owned(),
                due_ms: self.facts.due_ms,
                expires_ms: self.facts.expires_ms,
                outcome: self.facts.outcome.to_owned(),
            },
            erase_by_ms: self.erase_by_ms,
            key_commitment: self.key_commitment,
            links: self.links.iter().map(|link| link.to_link()).collect(),
        }
    }
}

impl PayloadView<'_> {
    /// The same, for keeping, as a part of the bytes that it lies in.
    pub(crate) fn to_payload(self, of: &Bytes) -> Payload {
        match self {
            Self::Plain(plain) => Payload::Plain(of.slice_ref(plain)),
            Self::Sealed { nonce, ciphertext } => {
                Payload::Sealed { nonce: *nonce, ciphertext: of.slice_ref(ciphertext) }
            }
        }
    }
}

impl LinkView<'_> {
    fn to_link(self) -> Link {
        Link { zone: self.zone.to_owned(), seq: self.seq, prev: self.prev }
    }
}

impl Facts {
    fn view(&self) -> FactsView<'_> {
        let Self { category, offence, urgency, due_ms, expires_ms, outcome } = self;
        FactsView {
            category,
            offence: *offence,
            urgency,
            due_ms: *due_ms,
            expires_ms: *expires_ms,
            outcome,
        }
    }

    fn to_proto(&self) -> proto::Facts {
        let Self { category, offence, urgency, due_ms, expires_ms, outcome } = self.clone();
        proto::Facts { category, offence, urgency, due_ms, expires_ms, outcome }
    }
}

impl Link {
    fn view(&self) -> LinkView<'_> {
        LinkView { zone: &self.zone, seq: self.seq, prev: self.prev }
    }

    fn to_proto(&self) -> proto::FeedLink {
        let prev = self.prev.0.to_vec().into();
        proto::FeedLink { zone: self.zone.clone(), seq: self.seq, prev }
    }
}

impl Payload {
    /// The payload's bytes. They are made once, by the author.
    pub fn encode(&self) -> Vec<u8> {
        use proto::payload::Form;
        let form = match self {
            Self::Plain(plain) => Form::Plain(plain.clone()),
            Self::Sealed { nonce, ciphertext } => Form::Sealed(proto::Sealed {
                nonce: nonce.to_vec().into(),
                ciphertext: ciphertext.clone(),
            }),
        };
        proto::Payload { form: Some(form) }.encode_to_vec()
    }
}
