//! What the province that owns a stream does: the stream, and a consumer for each subscriber.
//!
//! Subscribers have no right to create anything. The owner gives each subscribing node one durable
//! consumer, named after the node, that passes the zones it is entitled to and no more. Every node
//! of the province may do this at any time; when nothing has changed nothing is written.
//!
//! Where accounts isolate, only one user can: the owner, in the account of the stream. The line here is
//! then one of the owner's own, logged in with the owner's nkey; elsewhere it is the node's.

mod consumers;

use std::time::Duration;

use async_nats::jetstream::Context;
use async_nats::jetstream::context::{CreateStreamError, CreateStreamErrorKind};
use async_nats::jetstream::response::Response;
use async_nats::jetstream::stream::{self, DiscardPolicy, RetentionPolicy, StorageType};
use tracing::info;

pub(crate) use consumers::ACK_WAIT;
pub use consumers::{ConsumerSpec, ensure_consumers};

use crate::subject::{captured, is_province, stream_name};
use crate::{FeedError, Line};

/// How long and how much a province's stream keeps. What is older comes from the logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamPolicy {
    /// Events older than this are dropped from the stream.
    pub max_age: Duration,
    /// The oldest events are dropped beyond this; the server sets as much aside.
    pub max_bytes: u64,
    /// On how many servers of a cluster: 1, 3 or 5. More than there are is refused.
    pub replicas: usize,
    /// How long the server remembers the ids of events, to store none twice.
    pub duplicate_window: Duration,
}

impl Default for StreamPolicy {
    fn default() -> Self {
        Self {
            max_age: Duration::from_secs(30 * 24 * 3600),
            // Some 200,000 events: years of what the provinces exchange. The server reserves it, for
            // each province, also on a district's small disk.
            max_bytes: 128 * 1024 * 1024,
            replicas: 1,
            duplicate_window: Duration::from_secs(10 * 60),
        }
    }
}

/// What was done about a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ensured {
    /// It was there, as it should be.
    There,
    /// It was there and was changed.
    Changed,
    /// It was not there. Now it is, and holds nothing: whoever publishes into it compares it with the
    /// log.
    Made,
}

/// Makes the province's stream, or makes it as it should be. What the policy says nothing of (such
/// as where in a cluster it is placed) stays as the operator set it.
///
/// It may vanish at any time, by an operator's hand or with a disk: who owns it looks again, at a
/// change of the directory, on each new connection, and now and then.
pub async fn ensure_stream(
    line: &Line,
    province: &str,
    policy: &StreamPolicy,
) -> Result<Ensured, FeedError> {
    check_province(province)?;
    let (jetstream, _) = line.jetstream()?;
    let name = stream_name(province);
    let Some(stream::Info { config: found, .. }) = stream_info(jetstream, &name).await? else {
        info!(stream = name, "creating the stream");
        let wanted = wanted_stream(stream::Config::default(), province, policy);
        let created = jetstream.create_stream(wanted).await;
        return match created {
            Ok(_) => Ok(Ensured::Made),
            Err(error) => Err(stream_error("creating", &name, &error)),
        };
    };
    let wanted = wanted_stream(found.clone(), province, policy);
    if wanted == found {
        return Ok(Ensured::There);
    }
    info!(stream = name, "changing the stream");
    let updated = jetstream.update_stream(wanted).await;
    match updated {
        Ok(_) => Ok(Ensured::Changed),
        Err(error) => Err(stream_error("changing", &name, &error)),
    }
}

fn check_province(province: &str) -> Result<(), FeedError> {
    if is_province(province) { Ok(()) } else { Err(bad("province", province, "it is no id")) }
}

fn bad(what: &'static str, value: &str, reason: &'static str) -> FeedError {
    FeedError::Value { what, value: value.into(), reason }
}

/// What the server says of a stream. `None`: there is none.
async fn stream_info(jetstream: &Context, name: &str) -> Result<Option<stream::Info>, FeedError> {
    let doing = || format!("reading the stream {name}");
    let answer: Response<stream::Info> = jetstream
        .request(format!("STREAM.INFO.{name}"), &())
        .await
        .map_err(|error| FeedError::unanswered(doing(), error))?;
    match answer {
        Response::Ok(info) => Ok(Some(info)),
        Response::Err { error } => match FeedError::answered(doing(), name, &error) {
            FeedError::NoStream { .. } => Ok(None),
            other => Err(other),
        },
    }
}

fn wanted_stream(base: stream::Config, province: &str, policy: &StreamPolicy) -> stream::Config {
    stream::Config {
        name: stream_name(province),
        subjects: vec![captured(province)],
        retention: RetentionPolicy::Limits,
        storage: StorageType::File,
        discard: DiscardPolicy::Old,
        max_age: policy.max_age,
        max_bytes: i64::try_from(policy.max_bytes).unwrap_or(i64::MAX),
        max_messages: -1,
        max_messages_per_subject: -1,
        max_consumers: -1,
        num_replicas: policy.replicas,
        duplicate_window: policy.duplicate_window,
        allow_direct: true,
        no_ack: false,
        mirror: None,
        sources: None,
        ..base
    }
}

fn stream_error(verb: &str, stream: &str, error: &CreateStreamError) -> FeedError {
    let doing = format!("{verb} the stream {stream}");
    match error.kind() {
        CreateStreamErrorKind::JetStream(answer) => FeedError::answered(doing, stream, &answer),
        CreateStreamErrorKind::NotFound => FeedError::NoStream { stream: stream.into() },
        CreateStreamErrorKind::TimedOut
        | CreateStreamErrorKind::JetStreamUnavailable
        | CreateStreamErrorKind::Response => FeedError::unanswered(doing, error),
        _ => FeedError::refused(doing, error),
    }
}
