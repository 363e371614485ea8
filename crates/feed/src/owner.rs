//! What the province that owns a stream does: the stream, and a consumer for each subscriber.
//!
//! Subscribers have no right to create anything. The owner gives each subscribing node one durable
//! consumer, named after the node, that passes the zones it is entitled to and no more. Every node
//! of the province may do this at any time; when nothing has changed nothing is written.
//!
//! Where accounts isolate, only one user can: the owner, in the account of the stream. The line here is
//! then one of the owner's own, logged in with the owner's nkey; elsewhere it is the node's.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use async_nats::jetstream::Context;
use async_nats::jetstream::ErrorCode;
use async_nats::jetstream::consumer::{self, AckPolicy, DeliverPolicy, pull};
use async_nats::jetstream::context::{CreateStreamError, CreateStreamErrorKind};
use async_nats::jetstream::response::Response;
use async_nats::jetstream::stream::{
    self, ConsumerError, ConsumerErrorKind, DiscardPolicy, RetentionPolicy, StorageType,
};
use futures_util::TryStreamExt;
use giapranh_record::is_token;
use tracing::info;

use crate::subject::{captured, check_zone, filter, is_province, stream_name};
use crate::{FeedError, Line};

/// After this an event that was handed out and not acknowledged is handed out again. Short: a pull
/// whose client is gone may swallow events until it has passed.
pub(crate) const ACK_WAIT: Duration = Duration::from_secs(5);
/// Most events that may be out and not acknowledged, for one subscriber.
const ACK_PENDING: i64 = 2048;

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

/// A node that subscribes to a province.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsumerSpec {
    /// The unit of the subscribing node; the durable is named so.
    pub node: String,
    /// The zones that it is entitled to. None: it gets no consumer.
    pub zones: BTreeSet<String>,
}

/// Makes the province's stream, or makes it as it should be. What the policy says nothing of (such
/// as where in a cluster it is placed) stays as the operator set it.
pub async fn ensure_stream(
    line: &Line,
    province: &str,
    policy: &StreamPolicy,
) -> Result<(), FeedError> {
    check_province(province)?;
    let (jetstream, _) = line.jetstream()?;
    let name = stream_name(province);
    let Some(found) = stream_config(jetstream, &name).await? else {
        info!(stream = name, "creating the stream");
        let wanted = wanted_stream(stream::Config::default(), province, policy);
        let created = jetstream.create_stream(wanted).await;
        return created.map(drop).map_err(|error| stream_error("creating", &name, &error));
    };
    let wanted = wanted_stream(found.clone(), province, policy);
    if wanted == found {
        return Ok(());
    }
    info!(stream = name, "changing the stream");
    let updated = jetstream.update_stream(wanted).await;
    updated.map(drop).map_err(|error| stream_error("changing", &name, &error))
}

/// Makes the consumers of a province's stream exactly those that are listed.
///
/// A consumer that the server changes keeps its place in the stream (so tried, on 2.15.1): of a zone
/// that is added it would pass only what comes after. So one that gets zones is made anew and hands
/// out again all that the stream keeps: the subscriber recognises what it has, and what is older
/// comes by backfill. Of a zone that is taken away nothing is handed out any more, but what was
/// handed out and not acknowledged, which comes again until it is.
pub async fn ensure_consumers(
    line: &Line,
    province: &str,
    specs: &[ConsumerSpec],
) -> Result<(), FeedError> {
    check_province(province)?;
    specs.iter().try_for_each(check_spec)?;
    let (jetstream, _) = line.jetstream()?;
    let name = stream_name(province);
    let mut existing = consumers(jetstream, &name).await?;
    for spec in specs.iter().filter(|spec| !spec.zones.is_empty()) {
        let filters = spec.zones.iter().map(|zone| filter(zone, province)).collect();
        let wanted = wanted_consumer(&spec.node, filters);
        match existing.remove(&spec.node) {
            Some(found) if is_same(&found, &wanted) => continue,
            Some(found) if !can_become(&found, &wanted) || widens(&found, &wanted) => {
                remove_consumer(jetstream, &name, &spec.node).await?;
            }
            _ => {}
        }
        info!(stream = name, node = spec.node, zones = spec.zones.len(), "setting the consumer");
        jetstream
            .create_consumer_on_stream(wanted, &name)
            .await
            .map_err(|error| consumer_error("setting", &name, &spec.node, &error))?;
    }
    for node in existing.keys() {
        info!(stream = name, node, "removing the consumer");
        remove_consumer(jetstream, &name, node).await?;
    }
    Ok(())
}

fn check_province(province: &str) -> Result<(), FeedError> {
    if is_province(province) { Ok(()) } else { Err(bad("province", province, "it is no id")) }
}

fn check_spec(spec: &ConsumerSpec) -> Result<(), FeedError> {
    if !is_token(&spec.node) {
        return Err(bad("node", &spec.node, "it is no id"));
    }
    spec.zones.iter().try_for_each(|zone| check_zone(zone))
}

fn bad(what: &'static str, value: &str, reason: &'static str) -> FeedError {
    FeedError::Value { what, value: value.into(), reason }
}

async fn stream_config(
    jetstream: &Context,
    name: &str,
) -> Result<Option<stream::Config>, FeedError> {
    let doing = || format!("reading the stream {name}");
    let answer: Response<stream::Info> = jetstream
        .request(format!("STREAM.INFO.{name}"), &())
        .await
        .map_err(|error| FeedError::unanswered(doing(), error))?;
    match answer {
        Response::Ok(info) => Ok(Some(info.config)),
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

fn wanted_consumer(node: &str, filter_subjects: Vec<String>) -> pull::Config {
    pull::Config {
        durable_name: Some(node.into()),
        name: Some(node.into()),
        filter_subjects,
        deliver_policy: DeliverPolicy::All,
        ack_policy: AckPolicy::Explicit,
        ack_wait: ACK_WAIT,
        max_ack_pending: ACK_PENDING,
        max_deliver: -1,
        // Anything else deletes durables too.
        inactive_threshold: Duration::ZERO,
        ..pull::Config::default()
    }
}

/// All consumers of a stream, a request for each 256.
async fn consumers(
    jetstream: &Context,
    stream: &str,
) -> Result<BTreeMap<String, consumer::Config>, FeedError> {
    let handle = jetstream
        .get_stream_no_info(stream)
        .await
        .map_err(|error| FeedError::refused(format!("naming the stream {stream}"), error))?;
    handle
        .consumers()
        .map_ok(|info| (info.name, info.config))
        .try_collect()
        .await
        .map_err(|error| FeedError::unanswered(format!("listing consumers of {stream}"), error))
}

fn filters(config: &consumer::Config) -> BTreeSet<&str> {
    let one = Some(config.filter_subject.as_str()).filter(|filter| !filter.is_empty());
    config.filter_subjects.iter().map(String::as_str).chain(one).collect()
}

fn is_same(found: &consumer::Config, wanted: &pull::Config) -> bool {
    can_become(found, wanted)
        && filters(found) == wanted.filter_subjects.iter().map(String::as_str).collect()
        && found.ack_wait == wanted.ack_wait
        && found.max_ack_pending == wanted.max_ack_pending
        && found.max_deliver == wanted.max_deliver
        && found.inactive_threshold == wanted.inactive_threshold
        && found.backoff.is_empty()
        && !found.headers_only
}

/// Whether it is to pass what it passed over before.
fn widens(found: &consumer::Config, wanted: &pull::Config) -> bool {
    let found = filters(found);
    wanted.filter_subjects.iter().any(|filter| !found.contains(filter.as_str()))
}

/// Whether the server lets one become the other. If not it is made anew, and hands out again what
/// the subscriber has already: that costs time only.
fn can_become(found: &consumer::Config, wanted: &pull::Config) -> bool {
    found.deliver_subject.is_none()
        && found.durable_name == wanted.durable_name
        && found.deliver_policy == wanted.deliver_policy
        && found.ack_policy == wanted.ack_policy
}

async fn remove_consumer(jetstream: &Context, stream: &str, node: &str) -> Result<(), FeedError> {
    match jetstream.delete_consumer_from_stream(node, stream).await {
        Ok(_) => Ok(()),
        Err(error) => match error.kind() {
            // Another node of the province was faster.
            ConsumerErrorKind::JetStream(answer)
                if answer.error_code() == ErrorCode::CONSUMER_NOT_FOUND =>
            {
                Ok(())
            }
            _ => Err(consumer_error("removing", stream, node, &error)),
        },
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

fn consumer_error(verb: &str, stream: &str, node: &str, error: &ConsumerError) -> FeedError {
    let doing = format!("{verb} the consumer {node} of {stream}");
    match error.kind() {
        ConsumerErrorKind::JetStream(answer) => FeedError::answered(doing, stream, &answer),
        ConsumerErrorKind::TimedOut | ConsumerErrorKind::Request => {
            FeedError::unanswered(doing, error)
        }
        _ => FeedError::refused(doing, error),
    }
}
