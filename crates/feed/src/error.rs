//! What can go wrong on the way, by what the caller can do about it.

use std::fmt::Display;
use std::path::PathBuf;

use async_nats::jetstream;
use async_nats::jetstream::ErrorCode;
use uuid::Uuid;

use crate::LineState;

/// Something did not travel. [`FeedError::is_retryable`] says whether trying again by itself can
/// help, or a person has to look.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)]
pub enum FeedError {
    #[error("{address:?} is no address of a NATS server: {reason}; write nats://host:port")]
    Address { address: String, reason: String },
    #[error("{subject:?} is no subject of a feed: {reason}")]
    Subject { subject: String, reason: &'static str },
    #[error("{what} {value:?} can't be used on NATS: {reason}")]
    Value { what: &'static str, value: String, reason: &'static str },
    #[error(
        "{text:?} is no public key of a NATS user: {reason}; it is the line of 56 characters that begins with U, as `giapranh node init` prints it"
    )]
    PublicNkey { text: String, reason: String },
    #[error(
        "what was read is no secret seed of a NATS user: {reason}; it is one line of 58 characters that begins with SU"
    )]
    Seed { reason: String },
    #[error("{path}: {reason}")]
    File { path: PathBuf, reason: String },
    #[error("{path} can be read by others than its owner; set its mode to 0600")]
    NotPrivate { path: PathBuf },
    #[error("the system gives no randomness: {reason}")]
    NoRandomness { reason: String },
    #[error("the certificate authority, {doing}: {reason}")]
    Authority { doing: String, reason: String },
    #[error("NATS is not there: {state}")]
    Down { state: LineState },
    #[error("{doing}: no answer from NATS ({reason}); whether it happened is unknown")]
    Unanswered { doing: String, reason: String },
    #[error("the stream {stream} is not there; a node of the province that owns it creates it")]
    NoStream { stream: String },
    #[error("{doing}: the NATS server refused: {reason}")]
    Refused { doing: String, reason: String },
    #[error(
        "event {event_id} for zone {zone} was stored in {stored_in}, not in {expected}; two streams capture one subject: see the accounts of the NATS servers"
    )]
    WrongStream { event_id: Uuid, zone: String, stored_in: String, expected: String },
    #[error("{program} is missing; {SERVER_WAY_OUT}")]
    ServerMissing { program: String },
    #[error("{program} is no nats-server that runs here: {reason}; {SERVER_WAY_OUT}")]
    ServerUnusable { program: String, reason: String },
    #[error("{program} is nats-server {version}, which has known holes; {SERVER_WAY_OUT}")]
    ServerTooOld { program: String, version: String },
    #[error("nats-server can't be kept running: {what}: {reason}")]
    ServerKept { what: String, reason: String },
}

/// What a person does who wants a node to keep a server of its own.
const SERVER_WAY_OUT: &str = "put nats-server 2.14.3 or newer on PATH, or name one in \
    GIAPRANH_NATS_SERVER (in the source tree, `make tools` puts one at .tools/nats-server), and \
    start the node again; or name a running server with --nats";

impl FeedError {
    /// Whether the same call can succeed later without anyone doing anything.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Down { state } => !matches!(state, LineState::TooOld { .. } | LineState::Closed),
            Self::Unanswered { .. } | Self::NoStream { .. } => true,
            Self::Address { .. }
            | Self::Subject { .. }
            | Self::Value { .. }
            | Self::PublicNkey { .. }
            | Self::Seed { .. }
            | Self::File { .. }
            | Self::NotPrivate { .. }
            | Self::NoRandomness { .. }
            | Self::Authority { .. }
            | Self::Refused { .. }
            | Self::WrongStream { .. }
            | Self::ServerMissing { .. }
            | Self::ServerUnusable { .. }
            | Self::ServerTooOld { .. }
            | Self::ServerKept { .. } => false,
        }
    }

    pub(crate) fn unanswered(doing: impl Into<String>, reason: impl Display) -> Self {
        Self::Unanswered { doing: doing.into(), reason: reason.to_string() }
    }

    pub(crate) fn refused(doing: impl Into<String>, reason: impl Display) -> Self {
        Self::Refused { doing: doing.into(), reason: reason.to_string() }
    }

    pub(crate) fn server_kept(what: impl Display, reason: impl Display) -> Self {
        Self::ServerKept { what: what.to_string(), reason: reason.to_string() }
    }

    /// Judges an answer of the JetStream API that is an error.
    pub(crate) fn answered(
        doing: impl Into<String>,
        stream: &str,
        error: &jetstream::Error,
    ) -> Self {
        if error.error_code() == ErrorCode::STREAM_NOT_FOUND {
            Self::NoStream { stream: stream.into() }
        } else if error.code() == UNAVAILABLE {
            Self::unanswered(doing, error)
        } else {
            Self::refused(doing, error)
        }
    }
}

/// What JetStream answers while it starts, elects a leader or is short of something.
const UNAVAILABLE: usize = 503;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_to_install_is_the_least_that_is_used() {
        assert!(SERVER_WAY_OUT.contains(&format!("nats-server {} or newer", crate::LEAST)));
    }
}
