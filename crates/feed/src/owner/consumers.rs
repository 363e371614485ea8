//! The consumers of a province's stream: one for each subscriber, and in step with the stream.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use async_nats::jetstream::Context;
use async_nats::jetstream::ErrorCode;
use async_nats::jetstream::consumer::{self, AckPolicy, DeliverPolicy, pull};
use async_nats::jetstream::stream::{ConsumerError, ConsumerErrorKind};
use futures_util::TryStreamExt;
use giapranh_record::is_token;
use tracing::{info, warn};

use super::{bad, check_province, stream_info};
use crate::subject::{check_zone, filter, stream_name};
use crate::{FeedError, Line};

/// After this an event that was handed out and not acknowledged is handed out again. Short: a pull
/// whose client is gone may swallow events until it has passed.
pub(crate) const ACK_WAIT: Duration = Duration::from_secs(5);
/// Most events that may be out and not acknowledged, for one subscriber.
const ACK_PENDING: i64 = 2048;

/// A node that subscribes to a province.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsumerSpec {
    /// The unit of the subscribing node; the durable is named so.
    pub node: String,
    /// The zones that it is entitled to. None: it gets no consumer.
    pub zones: BTreeSet<String>,
}

/// Makes the consumers of a province's stream exactly those that are listed.
///
/// A consumer that the server changes keeps its place in the stream (so tried, on 2.15.1): of a zone
/// that is added it would pass only what comes after. So one that gets zones is made anew and hands
/// out again all that the stream keeps: the subscriber recognises what it has, and what is older
/// comes by backfill. The same is done with one that is ahead of its stream, as after a power failure
/// that took the stream's end and not the consumer's: it would pass over what is published anew in
/// the place of what was lost. Of a zone that is taken away nothing is handed out any more, but what was
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
    // Read after the consumers: what was handed out by then was in the stream by now.
    let last = last_sequence(jetstream, &name).await?;
    for spec in specs.iter().filter(|spec| !spec.zones.is_empty()) {
        let filters = spec.zones.iter().map(|zone| filter(zone, province)).collect();
        let wanted = wanted_consumer(&spec.node, filters);
        match existing.remove(&spec.node) {
            Some(found) if is_ahead(&found, last) => {
                let at = found.delivered.stream_sequence;
                warn!(
                    stream = name,
                    node = spec.node,
                    at,
                    last,
                    "the consumer is ahead of its stream"
                );
                remove_consumer(jetstream, &name, &spec.node).await?;
            }
            Some(found) if is_same(&found.config, &wanted) => continue,
            Some(found)
                if !can_become(&found.config, &wanted) || widens(&found.config, &wanted) =>
            {
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

fn check_spec(spec: &ConsumerSpec) -> Result<(), FeedError> {
    if !is_token(&spec.node) {
        return Err(bad("node", &spec.node, "it is no id"));
    }
    spec.zones.iter().try_for_each(|zone| check_zone(zone))
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
) -> Result<BTreeMap<String, consumer::Info>, FeedError> {
    let handle = jetstream
        .get_stream_no_info(stream)
        .await
        .map_err(|error| FeedError::refused(format!("naming the stream {stream}"), error))?;
    handle
        .consumers()
        .map_ok(|info| (info.name.clone(), info))
        .try_collect()
        .await
        .map_err(|error| FeedError::unanswered(format!("listing consumers of {stream}"), error))
}

/// The number of the last message that a stream has had.
async fn last_sequence(jetstream: &Context, stream: &str) -> Result<u64, FeedError> {
    let info = stream_info(jetstream, stream).await?;
    let info = info.ok_or_else(|| FeedError::NoStream { stream: stream.into() })?;
    Ok(info.state.last_sequence)
}

/// Whether it has handed out what its stream has never had.
fn is_ahead(found: &consumer::Info, last: u64) -> bool {
    found.delivered.stream_sequence > last
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

#[cfg(test)]
mod tests {
    use super::*;

    /// nats-server 2.15.1 sets such a consumer back when it starts alone; in a cluster it may not.
    #[test]
    fn a_consumer_is_ahead_that_handed_out_what_its_stream_has_not() {
        let info = r#"{"stream_name":"FEED_hcm","name":"long-an","created":"2025-03-01T00:00:00Z",
            "config":{"deliver_policy":"all","ack_policy":"explicit","replay_policy":"instant"},
            "delivered":{"consumer_seq":7,"stream_seq":10},
            "ack_floor":{"consumer_seq":0,"stream_seq":0},
            "num_ack_pending":0,"num_redelivered":0,"num_waiting":0,"num_pending":0}"#;
        let info: consumer::Info = serde_json::from_str(info).unwrap();
        assert!(is_ahead(&info, 9));
        assert!(!is_ahead(&info, 10) && !is_ahead(&info, 11));
    }
}
