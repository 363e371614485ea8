//! Publishing: the events of this node, in order, into its province's stream.
//!
//! An event is published when the stream acknowledged it *and* the stream is the right one. No answer
//! means that it is unknown: the caller sends the same again, with the same ids.
//!
//! Where the stream says that it has the id already, it may have the event, or somebody else's bytes
//! under the id: the ids of a stream are shared by all who publish into it. A node can read back only
//! the last message on its own subject. When that is the event, all is well. Otherwise the event is
//! sent once more, under an id that nobody can have taken. Then it may be in the stream twice, which
//! receivers recognise; that it is missing from the stream can't be.

use std::collections::VecDeque;
use std::error::Error as _;

use async_nats::jetstream;
use async_nats::jetstream::Context;
use async_nats::jetstream::context::{PublishAckFuture, PublishError, PublishErrorKind};
use async_nats::jetstream::message::PublishMessage;
use async_nats::jetstream::publish::PublishAck;
use async_nats::jetstream::stream::{DirectGetError, DirectGetErrorKind};
use bytes::Bytes;
use giapranh_record::is_token;
use tracing::info;
use uuid::Uuid;

use crate::subject::stream_name;
use crate::traffic::one;
use crate::{FeedError, Line, Subject};

/// Most events that are sent and not acknowledged.
const WINDOW: usize = 128;

/// One event for one zone; an event with three links goes out three times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The event, the same for each of its zones.
    pub event_id: Uuid,
    /// What happened, such as `alert.issued`.
    pub kind: String,
    /// The unit whose node publishes.
    pub origin: String,
    /// When the author recorded it, milliseconds since 1970.
    pub recorded_ms: u64,
    /// Where this one goes.
    pub zone: String,
    /// The event as signed.
    pub bytes: Bytes,
}

impl Outgoing {
    /// What the stream knows it by.
    fn message_id(&self) -> String {
        format!("{}:{}", self.event_id, self.zone)
    }

    /// An id that nobody can have taken before.
    fn fresh_id(&self) -> Result<String, FeedError> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt)
            .map_err(|error| FeedError::NoRandomness { reason: error.to_string() })?;
        Ok(format!("{}:{:032x}", self.message_id(), u128::from_be_bytes(salt)))
    }

    fn doing(&self) -> String {
        format!("publishing event {} for zone {}", self.event_id, self.zone)
    }

    fn message(&self, stream: &str, message_id: String) -> PublishMessage {
        PublishMessage::build()
            .message_id(message_id)
            .expected_stream(stream)
            .header("ce-specversion", "1.0")
            .header("ce-id", self.event_id.to_string())
            .header("ce-source", format!("/giapranh/{}", self.origin))
            .header("ce-type", format!("vn.giapranh.{}", self.kind))
            .header("ce-time", time(self.recorded_ms))
            .header("content-type", "application/protobuf")
            .payload(self.bytes.clone())
    }
}

/// Publishes events in the order given; returns when the stream has all of them. After an error
/// any of them may have been published; sending all of them again is right.
pub async fn publish(line: &Line, province: &str, events: &[Outgoing]) -> Result<(), FeedError> {
    let (jetstream, connection) = line.jetstream()?;
    let subjects =
        events.iter().map(|event| check(event, province)).collect::<Result<Vec<_>, _>>()?;
    let post = Post { line, jetstream, connection, stream: stream_name(province) };
    let mut sent = VecDeque::with_capacity(WINDOW.min(events.len()));
    for (event, subject) in events.iter().zip(subjects) {
        if sent.len() == WINDOW
            && let Some(oldest) = sent.pop_front()
        {
            post.settle(oldest).await?;
        }
        sent.push_back(post.send(event, subject, event.message_id()).await?);
    }
    for oldest in sent {
        post.settle(oldest).await?;
    }
    Ok(())
}

/// The last event that the stream holds on one of our subjects: what the log is compared with
/// after each new connection. `None` when the stream holds none.
pub async fn last_published(line: &Line, subject: &Subject) -> Result<Option<Bytes>, FeedError> {
    let (jetstream, _) = line.jetstream()?;
    let name = stream_name(subject.province());
    let doing = || format!("reading the last event on {subject}");
    let stream = jetstream
        .get_stream_no_info(&name)
        .await
        .map_err(|error| FeedError::refused(doing(), error))?;
    match stream.direct_get_last_for_subject(subject.to_string()).await {
        Ok(message) => Ok(Some(message.payload)),
        Err(error) if error.kind() == DirectGetErrorKind::NotFound => Ok(None),
        Err(error) => Err(read_error(doing(), &name, &error)),
    }
}

/// One run of publishing over one connection.
struct Post<'a> {
    line: &'a Line,
    jetstream: &'a Context,
    connection: u64,
    stream: String,
}

/// Sent, and not acknowledged yet.
struct Sent<'a> {
    event: &'a Outgoing,
    subject: Subject,
    ack: PublishAckFuture,
}

impl Post<'_> {
    async fn send<'e>(
        &self,
        event: &'e Outgoing,
        subject: Subject,
        message_id: String,
    ) -> Result<Sent<'e>, FeedError> {
        let message = event.message(&self.stream, message_id);
        let sending = self.jetstream.send_publish(subject.to_string(), message);
        let ack = tokio::select! {
            biased;
            sent = sending => sent.map_err(|error| self.failed(event, &error))?,
            () = self.line.left(self.connection) => return Err(self.lost(event)),
        };
        Ok(Sent { event, subject, ack })
    }

    /// Returns when the stream has the event.
    async fn settle(&self, sent: Sent<'_>) -> Result<(), FeedError> {
        let Sent { event, subject, ack } = sent;
        let ack = self.acknowledged(event, ack).await?;
        let counters = self.line.counters();
        counters.published.add(1, event.bytes.len());
        if !ack.duplicate {
            return Ok(());
        }
        one(&counters.known);
        if last_published(self.line, &subject).await?.as_ref() == Some(&event.bytes) {
            return Ok(());
        }
        info!(event_id = %event.event_id, zone = event.zone, "the stream knows the id; sending anew");
        let again = self.send(event, subject, event.fresh_id()?).await?;
        let ack = self.acknowledged(event, again.ack).await?;
        if ack.duplicate {
            return Err(FeedError::refused(event.doing(), "it knows an id that is new"));
        }
        Ok(())
    }

    async fn acknowledged(
        &self,
        event: &Outgoing,
        ack: PublishAckFuture,
    ) -> Result<PublishAck, FeedError> {
        let ack = tokio::select! {
            biased;
            ack = ack => ack.map_err(|error| self.failed(event, &error))?,
            () = self.line.left(self.connection) => return Err(self.lost(event)),
        };
        if ack.stream == self.stream { Ok(ack) } else { Err(self.wrong_stream(event, ack.stream)) }
    }

    fn failed(&self, event: &Outgoing, error: &PublishError) -> FeedError {
        let answer = error.source().and_then(|it| it.downcast_ref::<jetstream::Error>());
        match (error.kind(), answer) {
            (PublishErrorKind::StreamNotFound, _) => {
                FeedError::NoStream { stream: self.stream.clone() }
            }
            (_, Some(answer)) if answer.error_code() == jetstream::ErrorCode::STREAM_NOT_MATCH => {
                self.wrong_stream(event, "another stream".into())
            }
            (_, Some(answer)) => FeedError::answered(event.doing(), &self.stream, answer),
            (PublishErrorKind::MaxPayloadExceeded, _) => FeedError::refused(event.doing(), error),
            _ => FeedError::unanswered(event.doing(), error),
        }
    }

    fn lost(&self, event: &Outgoing) -> FeedError {
        FeedError::unanswered(event.doing(), self.line.state().borrow().clone())
    }

    fn wrong_stream(&self, event: &Outgoing, stored_in: String) -> FeedError {
        FeedError::WrongStream {
            event_id: event.event_id,
            zone: event.zone.clone(),
            stored_in,
            expected: self.stream.clone(),
        }
    }
}

fn check(event: &Outgoing, province: &str) -> Result<Subject, FeedError> {
    if !event.kind.split('.').all(is_token) {
        return Err(FeedError::Value {
            what: "kind",
            value: event.kind.clone(),
            reason: "a kind is made of ids and dots",
        });
    }
    Subject::new(&event.zone, province, &event.origin)
}

fn read_error(doing: String, stream: &str, error: &DirectGetError) -> FeedError {
    match error.kind() {
        DirectGetErrorKind::ErrorResponse(async_nats::StatusCode::NO_RESPONDERS, _) => {
            FeedError::NoStream { stream: stream.into() }
        }
        DirectGetErrorKind::InvalidSubject => FeedError::refused(doing, error),
        _ => FeedError::unanswered(doing, error),
    }
}

/// RFC 3339 in UTC. A time beyond what can be written becomes the last that can.
fn time(recorded_ms: u64) -> String {
    i64::try_from(recorded_ms)
        .ok()
        .and_then(|milliseconds| jiff::Timestamp::from_millisecond(milliseconds).ok())
        .unwrap_or(jiff::Timestamp::MAX)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_for_other_programs() {
        assert_eq!(time(1_700_000_000_000), "2023-11-14T22:13:20Z");
        assert_eq!(time(1_700_000_000_120), "2023-11-14T22:13:20.12Z");
        assert!(time(u64::MAX).starts_with("9999-"));
    }

    #[test]
    fn what_would_forge_a_header_or_a_subject_is_refused() {
        let event = Outgoing {
            event_id: Uuid::from_u128(7),
            kind: "alert.issued".into(),
            origin: "hcm_q1".into(),
            recorded_ms: 0,
            zone: "hcm-long-an".into(),
            bytes: Bytes::new(),
        };
        assert!(check(&event, "hcm").is_ok());
        let forged = "alert\r\nNats-Rollup: all";
        assert!(check(&Outgoing { kind: forged.into(), ..event.clone() }, "hcm").is_err());
        assert!(check(&Outgoing { zone: "local".into(), ..event.clone() }, "hcm").is_err());
        assert!(check(&Outgoing { origin: "long-an".into(), ..event }, "hcm").is_err());
    }
}
