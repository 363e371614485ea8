//! The header and the payload as values that can't be wrong, and their bytes.

use bytes::Bytes;
use prost::Message;
use uuid::Uuid;

use crate::event::Malformed;
use crate::limits::{CAUSES, HEADER_BYTES, LINKS, PAYLOAD_BYTES, TOKEN_BYTES};
use crate::{Hash, ZONE_LOCAL, is_token, proto};

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
        if bytes.len() > HEADER_BYTES {
            return Err(Malformed::TooLong {
                what: "header",
                bytes: bytes.len(),
                limit: HEADER_BYTES,
            });
        }
        let raw = proto::Header::decode(bytes).map_err(|_| Malformed::NotProtobuf("header"))?;
        let header = Self {
            event_id: uuid("event_id", &raw.event_id)?,
            kind: raw.kind,
            origin: raw.origin,
            acting_unit: raw.acting_unit,
            epoch: raw.epoch,
            index: raw.index,
            recorded_ms: raw.recorded_ms,
            directory_seq: raw.directory_seq,
            alert: non_empty(raw.alert),
            drafted_by: non_empty(raw.drafted_by),
            approved_by: non_empty(raw.approved_by),
            causes: raw.causes.iter().map(|c| uuid("causes", c)).collect::<Result<_, _>>()?,
            facts: Facts::from_proto(raw.facts.unwrap_or_default()),
            erase_by_ms: (raw.erase_by_ms != 0).then_some(raw.erase_by_ms),
            key_commitment: match &raw.key_commitment {
                none if none.is_empty() => None,
                some => Some(hash("key_commitment", some)?),
            },
            links: raw.links.into_iter().map(Link::from_proto).collect::<Result<_, _>>()?,
        };
        header.check()?;
        Ok(header)
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
        if self.event_id.get_version_num() != 7 {
            return Err(Malformed::Field("event_id", "is not a UUID of version 7"));
        }
        let code = |text: &str| is_token(&text.replace('.', "-"));
        let officer = |id: &Option<String>| id.as_deref().is_none_or(is_token);
        let fact = |text: &str| text.is_empty() || is_token(text);
        let rules: [(&'static str, bool); 10] = [
            ("kind", code(&self.kind)),
            ("origin", is_token(&self.origin)),
            ("acting_unit", is_token(&self.acting_unit)),
            ("alert", self.alert.as_deref().is_none_or(is_alert_id)),
            ("drafted_by", officer(&self.drafted_by)),
            ("approved_by", officer(&self.approved_by)),
            ("facts.category", fact(&self.facts.category)),
            ("facts.urgency", fact(&self.facts.urgency)),
            ("facts.outcome", fact(&self.facts.outcome)),
            ("links", self.links.iter().all(|link| is_token(&link.zone))),
        ];
        for (field, holds) in rules {
            if !holds {
                return Err(Malformed::Field(field, "holds a character or length that ids don't"));
            }
        }
        if self.epoch == 0 {
            return Err(Malformed::Field("epoch", "starts from 1"));
        }
        // What SQLite and every clock can hold.
        let numbers = [self.index, self.recorded_ms, self.directory_seq, self.facts.due_ms];
        let more = [self.facts.expires_ms, self.erase_by_ms.unwrap_or(0)];
        let seqs = self.links.iter().map(|link| link.seq);
        if numbers.into_iter().chain(more).chain(seqs).any(|n| i64::try_from(n).is_err()) {
            return Err(Malformed::Field("index", "or another number exceeds 2^63 - 1"));
        }
        if self.causes.len() > CAUSES {
            return Err(Malformed::Field("causes", "are more than 64"));
        }
        if self.links.is_empty() || self.links.len() > LINKS {
            return Err(Malformed::Field("links", "are none, or more than 64"));
        }
        if !self.links.is_sorted_by(|a, b| a.zone < b.zone) {
            return Err(Malformed::Field("links", "are not in ascending order, each zone once"));
        }
        if self.is_local() && self.links.len() > 1 {
            return Err(Malformed::Field("links", "join the zone \"local\" with another"));
        }
        if self.links.iter().any(|l| l.seq == 0 || (l.seq == 1) != (l.prev == Hash::ZERO)) {
            return Err(Malformed::Field(
                "links",
                "start from 1 with a prev of zeros, and only so",
            ));
        }
        Ok(())
    }
}

impl Facts {
    fn from_proto(raw: proto::Facts) -> Self {
        let proto::Facts { category, offence, urgency, due_ms, expires_ms, outcome } = raw;
        Self { category, offence, urgency, due_ms, expires_ms, outcome }
    }

    fn to_proto(&self) -> proto::Facts {
        let Self { category, offence, urgency, due_ms, expires_ms, outcome } = self.clone();
        proto::Facts { category, offence, urgency, due_ms, expires_ms, outcome }
    }
}

impl Link {
    fn from_proto(raw: proto::FeedLink) -> Result<Self, Malformed> {
        Ok(Self { prev: hash("links.prev", &raw.prev)?, zone: raw.zone, seq: raw.seq })
    }

    fn to_proto(&self) -> proto::FeedLink {
        let prev = self.prev.0.to_vec().into();
        proto::FeedLink { zone: self.zone.clone(), seq: self.seq, prev }
    }
}

impl Payload {
    /// The payload in `bytes`.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        use proto::payload::Form;
        if bytes.len() > PAYLOAD_BYTES {
            return Err(Malformed::TooLong {
                what: "payload",
                bytes: bytes.len(),
                limit: PAYLOAD_BYTES,
            });
        }
        let raw = proto::Payload::decode(bytes).map_err(|_| Malformed::NotProtobuf("payload"))?;
        match raw.form {
            Some(Form::Plain(plain)) => Ok(Self::Plain(plain)),
            Some(Form::Sealed(sealed)) => Ok(Self::Sealed {
                nonce: sealed
                    .nonce
                    .as_ref()
                    .try_into()
                    .map_err(|_| Malformed::Field("payload.sealed.nonce", "is not 24 bytes"))?,
                ciphertext: sealed.ciphertext,
            }),
            None => Err(Malformed::Field("payload", "is neither plain nor sealed")),
        }
    }

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

/// `<unit>/<year>/<number>`; what stands between the slashes is the domain's to judge.
fn is_alert_id(text: &str) -> bool {
    text.len() <= TOKEN_BYTES + 32 && text.split('/').count() == 3 && text.split('/').all(is_token)
}

fn non_empty(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn uuid(field: &'static str, bytes: &[u8]) -> Result<Uuid, Malformed> {
    Uuid::from_slice(bytes).map_err(|_| Malformed::Field(field, "is not 16 bytes"))
}

fn hash(field: &'static str, bytes: &[u8]) -> Result<Hash, Malformed> {
    Hash::from_slice(bytes).ok_or(Malformed::Field(field, "is not 32 bytes"))
}
