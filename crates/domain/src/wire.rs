//! Between events and the bytes of their payloads: the one module that knows protobuf.

use bytes::Bytes;
use prost::Message;

use crate::event::{Body, Kind, Meta};

/// The messages of `alert.proto`, `draft.proto`, `directory.proto`, `healing.proto` and `access.proto`
/// in `proto/giapranh/v1`, as generated. Alert content is kept as it was written, so that a field or
/// code that is newer than this program survives.
#[allow(missing_docs, clippy::pedantic, clippy::nursery)]
pub mod proto {
    include!(concat!(env!("OUT_DIR"), "/giapranh.v1.rs"));
}

/// The payload's bytes of an event.
pub fn encode(body: &Body) -> Bytes {
    match body {
        Body::AlertIssued(version) | Body::AlertAmended(version) => version.encode_to_vec(),
        Body::AlertWithdrawn(withdrawal) => withdrawal.encode_to_vec(),
        Body::AlertHidden(said) => said.encode_to_vec(),
        Body::AlertRevealed(said) => said.encode_to_vec(),
        Body::AlertErased(said) => said.encode_to_vec(),
        Body::AlertAcknowledged(said) => said.encode_to_vec(),
        Body::AlertFlagged(said) => said.encode_to_vec(),
        Body::HitReported(hit) => hit.encode_to_vec(),
        Body::HitAnswered(answer) => answer.encode_to_vec(),
        Body::HitConcluded(said) => said.encode_to_vec(),
        Body::LinkProposed(said) => said.encode_to_vec(),
        Body::LinkDecided(said) => said.encode_to_vec(),
        Body::DraftSaved(said) => said.encode_to_vec(),
        Body::DraftSubmitted(said) => said.encode_to_vec(),
        Body::DraftReturned(said) => said.encode_to_vec(),
        Body::DraftDiscarded(said) => said.encode_to_vec(),
        Body::DueNoted(said) => said.encode_to_vec(),
        Body::PurposeStated(said) => said.encode_to_vec(),
        Body::SearchAsked(said) => said.encode_to_vec(),
        Body::AccessNoted(said) => said.encode_to_vec(),
        Body::KeyHeld(said) => said.encode_to_vec(),
        Body::KeysDestroyed(said) => said.encode_to_vec(),
        Body::DirectoryChanged(changed) => changed.encode_to_vec(),
        Body::EnrolmentConfirmed(confirmed) => confirmed.encode_to_vec(),
        Body::ZoneRequested(requested) => requested.encode_to_vec(),
        Body::NodeClosed(closed) => closed.encode_to_vec(),
        Body::DeliveryNoted(beacon) => return beacon.clone(),
        Body::ForkFound(found) => found.encode_to_vec(),
        Body::ForkDecided(decided) => decided.encode_to_vec(),
        Body::EventsAdopted(adopted) => adopted.encode_to_vec(),
        Body::ErasureConfirmed | Body::Unreadable => Vec::new(),
    }
    .into()
}

/// What an event says. [`Body::Unreadable`] when the kind is newer than this program, or its
/// payload is not that kind's message: a fold shows that it is there, and nothing stops.
pub fn decode(kind: &str, payload: Bytes) -> Body {
    let Some(kind) = Kind::parse(kind) else {
        return Body::Unreadable;
    };
    let body = match kind {
        Kind::AlertIssued => Message::decode(payload).map(Body::AlertIssued),
        Kind::AlertAmended => Message::decode(payload).map(Body::AlertAmended),
        Kind::AlertWithdrawn => Message::decode(payload).map(Body::AlertWithdrawn),
        Kind::AlertHidden => Message::decode(payload).map(Body::AlertHidden),
        Kind::AlertRevealed => Message::decode(payload).map(Body::AlertRevealed),
        Kind::AlertErased => Message::decode(payload).map(Body::AlertErased),
        Kind::ErasureConfirmed => Ok(Body::ErasureConfirmed),
        Kind::AlertAcknowledged => Message::decode(payload).map(Body::AlertAcknowledged),
        Kind::AlertFlagged => Message::decode(payload).map(Body::AlertFlagged),
        Kind::HitReported => Message::decode(payload).map(Body::HitReported),
        Kind::HitAnswered => Message::decode(payload).map(Body::HitAnswered),
        Kind::HitConcluded => Message::decode(payload).map(Body::HitConcluded),
        Kind::LinkProposed => Message::decode(payload).map(Body::LinkProposed),
        Kind::LinkDecided => Message::decode(payload).map(Body::LinkDecided),
        Kind::DraftSaved => Message::decode(payload).map(Body::DraftSaved),
        Kind::DraftSubmitted => Message::decode(payload).map(Body::DraftSubmitted),
        Kind::DraftReturned => Message::decode(payload).map(Body::DraftReturned),
        Kind::DraftDiscarded => Message::decode(payload).map(Body::DraftDiscarded),
        Kind::DueNoted => Message::decode(payload).map(Body::DueNoted),
        Kind::PurposeStated => Message::decode(payload).map(Body::PurposeStated),
        Kind::SearchAsked => Message::decode(payload).map(Body::SearchAsked),
        Kind::AccessNoted => Message::decode(payload).map(Body::AccessNoted),
        Kind::KeyHeld => Message::decode(payload).map(Body::KeyHeld),
        Kind::KeysDestroyed => Message::decode(payload).map(Body::KeysDestroyed),
        Kind::DirectoryChanged => Message::decode(payload).map(Body::DirectoryChanged),
        Kind::EnrolmentConfirmed => Message::decode(payload).map(Body::EnrolmentConfirmed),
        Kind::ZoneRequested => Message::decode(payload).map(Body::ZoneRequested),
        Kind::NodeClosed => Message::decode(payload).map(Body::NodeClosed),
        Kind::DeliveryNoted => Ok(Body::DeliveryNoted(payload)),
        Kind::ForkFound => Message::decode(payload).map(Body::ForkFound),
        Kind::ForkDecided => Message::decode(payload).map(Body::ForkDecided),
        Kind::EventsAdopted => Message::decode(payload).map(Body::EventsAdopted),
    };
    body.unwrap_or(Body::Unreadable)
}

/// What is known of a sealed event without its payload: that it happened, and the codes of its header.
/// What restricts holds all the same, and so do the clocks.
pub fn without_payload(meta: &Meta) -> Body {
    let zones = || meta.zones.iter().map(ToString::to_string).collect();
    let version = || proto::AlertVersion { zones: zones(), ..Default::default() };
    let outcome = || meta.outcome.clone();
    match Kind::parse(&meta.kind) {
        Some(Kind::AlertIssued) => Body::AlertIssued(version()),
        Some(Kind::AlertAmended) => Body::AlertAmended(version()),
        Some(Kind::AlertWithdrawn) => {
            Body::AlertWithdrawn(proto::Withdrawal { reason: outcome(), ..Default::default() })
        }
        Some(Kind::AlertHidden) => {
            let until = if meta.due == 0 { meta.expires } else { meta.due };
            let until = crate::time::rfc3339(until);
            Body::AlertHidden(proto::Hiding { until, ..Default::default() })
        }
        Some(Kind::AlertRevealed) => Body::AlertRevealed(proto::Revealing::default()),
        Some(Kind::AlertFlagged) => {
            let lifted = meta.outcome == LIFTED;
            Body::AlertFlagged(proto::Flag { lifted, ..Default::default() })
        }
        Some(Kind::HitReported) => Body::HitReported(proto::Hit::default()),
        Some(Kind::HitAnswered) => {
            Body::HitAnswered(proto::Answer { result: outcome(), ..Default::default() })
        }
        Some(Kind::HitConcluded) => {
            Body::HitConcluded(proto::Conclusion { outcome: outcome(), ..Default::default() })
        }
        Some(Kind::LinkProposed) => Body::LinkProposed(proto::LinkProposed::default()),
        Some(Kind::LinkDecided) => {
            Body::LinkDecided(proto::LinkDecided { decision: outcome(), ..Default::default() })
        }
        Some(Kind::DraftSaved) => Body::DraftSaved(proto::DraftSaved::default()),
        Some(Kind::DraftSubmitted) => Body::DraftSubmitted(proto::DraftSubmitted::default()),
        Some(Kind::DraftReturned) => Body::DraftReturned(proto::DraftReturned::default()),
        Some(Kind::DraftDiscarded) => Body::DraftDiscarded(proto::DraftDiscarded::default()),
        Some(Kind::EventsAdopted) => Body::EventsAdopted(proto::EventsAdopted::default()),
        _ => Body::Unreadable,
    }
}

/// The outcome in the header of a flag that was taken back.
pub(crate) const LIFTED: &str = "lifted";

/// Leaves empty fields out of JSON: what was not said is not shown.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Bytes as hexadecimal digits, for JSON.
pub(crate) mod hex {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&text(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(from)?;
        bytes(&text).ok_or_else(|| D::Error::custom("bytes are written as hexadecimal digits"))
    }

    pub fn text(bytes: &[u8]) -> String {
        use std::fmt::Write as _;
        bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a string can't fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    fn bytes(text: &str) -> Option<Vec<u8>> {
        let digits = text.as_bytes();
        if !digits.len().is_multiple_of(2) {
            return None;
        }
        let digit = |byte: u8| char::from(byte).to_digit(16);
        digits
            .chunks(2)
            .map(|pair| u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok())
            .collect()
    }
}
