//! Between events and the bytes of their payloads: the one module that knows protobuf.

use bytes::Bytes;
use prost::Message;

use crate::event::{Body, Kind};

/// The messages of `proto/giapranh/v1/alert.proto` and `directory.proto`, as generated. Alert
/// content is kept as it was written, so that a field or code that is newer than this program
/// survives.
#[allow(missing_docs, clippy::pedantic, clippy::nursery)]
pub mod proto {
    include!(concat!(env!("OUT_DIR"), "/giapranh.v1.rs"));
}

/// The payload's bytes of an event.
pub fn encode(body: &Body) -> Bytes {
    match body {
        Body::AlertIssued(version) | Body::AlertAmended(version) => version.encode_to_vec(),
        Body::AlertWithdrawn(withdrawal) => withdrawal.encode_to_vec(),
        Body::HitReported(hit) => hit.encode_to_vec(),
        Body::HitAnswered(answer) => answer.encode_to_vec(),
        Body::DirectoryChanged(changed) => changed.encode_to_vec(),
        Body::Unreadable => Vec::new(),
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
        Kind::HitReported => Message::decode(payload).map(Body::HitReported),
        Kind::HitAnswered => Message::decode(payload).map(Body::HitAnswered),
        Kind::DirectoryChanged => Message::decode(payload).map(Body::DirectoryChanged),
    };
    body.unwrap_or(Body::Unreadable)
}

/// Leaves empty fields out of JSON: what was not said is not shown.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
