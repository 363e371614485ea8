//! The stream and its consumers follow what the owner says.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use async_nats::jetstream::consumer::{AckPolicy, Config, PullConsumer, pull};
use async_nats::jetstream::context::Context;
use async_nats::jetstream::stream::StorageType;
use futures_util::{StreamExt, TryStreamExt};
use giapranh_feed::FeedError;
use giapranh_feed::outbox::publish;
use giapranh_feed::owner::{StreamPolicy, ensure_consumers, ensure_stream};

use crate::support::{Setup, event, in_time, policy, setup, spec, stranger, subscribe};

async fn consumers(server: &Context) -> BTreeMap<String, Config> {
    let stream = server.get_stream_no_info("FEED_hcm").await.unwrap();
    stream.consumers().map_ok(|info| (info.name, info.config)).try_collect().await.unwrap()
}

fn filters(config: &Config) -> BTreeSet<String> {
    let one = Some(config.filter_subject.clone()).filter(|filter| !filter.is_empty());
    config.filter_subjects.iter().cloned().chain(one).collect()
}

fn subjects(zones: &[&str]) -> BTreeSet<String> {
    zones.iter().map(|zone| format!("giapranh.v1.feed.{zone}.hcm.>")).collect()
}

/// How many requests to write something the server has seen since the last call.
async fn writes(client: &async_nats::Client, watched: &mut async_nats::Subscriber) -> usize {
    // Comes back after everything that the server saw before it.
    client.publish("$JS.API.MARK", "".into()).await.unwrap();
    let mut writes = 0;
    while let Some(message) = in_time("the mark", watched.next()).await {
        if message.subject.as_str() == "$JS.API.MARK" {
            break;
        }
        let is_read = [".INFO.", ".LIST."].iter().any(|read| message.subject.contains(read));
        writes += usize::from(!is_read);
    }
    writes
}

#[tokio::test]
async fn the_stream_is_made_and_changed_as_the_policy_says() {
    let setup = setup().await;
    let server = stranger(&setup.server).await;
    let config = async || server.get_stream("FEED_hcm").await.unwrap().cached_info().config.clone();

    let made = config().await;
    assert_eq!(made.subjects, ["giapranh.v1.feed.*.hcm.>"]);
    assert_eq!(made.storage, StorageType::File);
    assert_eq!(made.max_age, Duration::from_secs(30 * 24 * 3600));
    assert!(made.allow_direct);

    let shorter = StreamPolicy { max_age: Duration::from_secs(3600), ..policy() };
    ensure_stream(&setup.line, "hcm", &shorter).await.unwrap();
    assert_eq!(config().await.max_age, Duration::from_secs(3600));

    // A server alone can't keep three copies.
    let thrice = StreamPolicy { replicas: 3, ..policy() };
    let refused = ensure_stream(&setup.line, "hcm", &thrice).await.unwrap_err();
    assert!(matches!(refused, FeedError::Refused { .. }), "{refused}");

    // What the operator set and the policy does not speak of stays.
    let mut described = config().await;
    described.description = Some("kept on two disks".into());
    server.update_stream(&described).await.unwrap();
    ensure_stream(&setup.line, "hcm", &policy()).await.unwrap();
    assert_eq!(config().await.description.as_deref(), Some("kept on two disks"));
}

#[tokio::test]
async fn consumers_follow_the_list() {
    let setup = setup().await;
    let server = stranger(&setup.server).await;
    let set = async |specs: &[_]| ensure_consumers(&setup.line, "hcm", specs).await.unwrap();

    set(&[spec("long-an", &["a", "b"]), spec("dong-nai", &["c"]), spec("brvt", &[])]).await;
    let made = consumers(&server).await;
    assert_eq!(made.keys().collect::<Vec<_>>(), ["dong-nai", "long-an"]);
    assert_eq!(filters(&made["long-an"]), subjects(&["a", "b"]));
    assert_eq!(filters(&made["dong-nai"]), subjects(&["c"]));
    let durable = &made["long-an"];
    assert_eq!(durable.durable_name.as_deref(), Some("long-an"));
    assert_eq!(durable.ack_policy, AckPolicy::Explicit);
    assert_eq!(durable.ack_wait, Duration::from_secs(5));
    assert_eq!(durable.max_ack_pending, 2048);
    assert_eq!(durable.inactive_threshold, Duration::ZERO);

    set(&[spec("long-an", &["b", "c", "d"]), spec("dong-nai", &["c"])]).await;
    assert_eq!(filters(&consumers(&server).await["long-an"]), subjects(&["b", "c", "d"]));
    set(&[spec("long-an", &["d"]), spec("dong-nai", &["c"])]).await;
    assert_eq!(filters(&consumers(&server).await["long-an"]), subjects(&["d"]));
    set(&[spec("long-an", &[]), spec("dong-nai", &["c", "d"])]).await;
    assert_eq!(consumers(&server).await.into_keys().collect::<Vec<_>>(), ["dong-nai"]);
    set(&[]).await;
    assert!(consumers(&server).await.is_empty());
}

#[tokio::test]
async fn nothing_is_written_when_nothing_has_changed() {
    let setup = setup().await;
    let specs = [spec("long-an", &["a", "b"]), spec("dong-nai", &["c"])];
    ensure_consumers(&setup.line, "hcm", &specs).await.unwrap();

    let client = stranger(&setup.server).await.client();
    let mut watched = client.subscribe("$JS.API.>").await.unwrap();
    assert_eq!(writes(&client, &mut watched).await, 0);
    ensure_stream(&setup.line, "hcm", &policy()).await.unwrap();
    ensure_consumers(&setup.line, "hcm", &specs).await.unwrap();
    assert_eq!(writes(&client, &mut watched).await, 0);

    ensure_consumers(&setup.line, "hcm", &specs[..1]).await.unwrap();
    assert_eq!(writes(&client, &mut watched).await, 1);
}

#[tokio::test]
async fn a_consumer_that_would_lose_events_is_made_anew() {
    let setup = setup().await;
    let server = stranger(&setup.server).await;
    let careless = pull::Config {
        durable_name: Some("long-an".into()),
        ack_policy: AckPolicy::None,
        ..pull::Config::default()
    };
    server.create_consumer_on_stream(careless, "FEED_hcm").await.unwrap();
    ensure_consumers(&setup.line, "hcm", &[spec("long-an", &["a"])]).await.unwrap();
    let made = &consumers(&server).await["long-an"];
    assert_eq!(made.ack_policy, AckPolicy::Explicit);
    assert_eq!(filters(made), subjects(&["a"]));
}

#[tokio::test]
async fn what_would_widen_a_filter_is_refused() {
    let setup = setup().await;
    for (node, zone) in [("long-an", "*"), ("long-an", ">"), ("long-an", "local"), ("a.b", "z")] {
        let refused = ensure_consumers(&setup.line, "hcm", &[spec(node, &[zone])]).await;
        assert!(matches!(refused, Err(FeedError::Value { .. })), "{node} {zone}");
    }
    for province in ["*", "hcm.>", "", "hcm_q1"] {
        let refused = ensure_stream(&setup.line, province, &policy()).await;
        assert!(matches!(refused, Err(FeedError::Value { .. })), "{province}");
    }
    let missing = ensure_consumers(&setup.line, "long-an", &[spec("hcm", &["z"])]).await;
    assert!(missing.unwrap_err().is_retryable());
}

/// Publishes events one after another, each for its zone.
async fn put(setup: &Setup, events: &[(u128, &str)]) {
    let events: Vec<_> = events.iter().map(|(number, zone)| event(*number, zone)).collect();
    publish(&setup.line, "hcm", &events).await.unwrap();
}

/// What the durable hands out at the moment.
async fn handed_out(server: &Context, acknowledge: bool) -> Vec<String> {
    let durable: PullConsumer =
        server.get_consumer_from_stream("long-an", "FEED_hcm").await.unwrap();
    let mut messages = durable.fetch().max_messages(100).messages().await.unwrap();
    let mut taken = Vec::new();
    while let Some(message) = in_time("the end of the fetch", messages.next()).await {
        let message = message.unwrap();
        if acknowledge {
            message.double_ack().await.unwrap();
        }
        taken.push(String::from_utf8(message.payload.to_vec()).unwrap());
    }
    taken
}

#[tokio::test]
async fn a_consumer_that_gets_zones_begins_anew_and_one_that_loses_some_keeps_its_place() {
    let setup = setup().await;
    let server = stranger(&setup.server).await;
    subscribe(&setup.line, "long-an", &["a"]).await;
    put(&setup, &[(1, "a"), (2, "b"), (3, "a"), (4, "b")]).await;
    assert_eq!(handed_out(&server, true).await, ["event 1 for a", "event 3 for a"]);

    // Wider: all that the stream keeps, also what was passed over before.
    subscribe(&setup.line, "long-an", &["a", "b"]).await;
    let everything = ["event 1 for a", "event 2 for b", "event 3 for a", "event 4 for b"];
    assert_eq!(handed_out(&server, true).await, everything);

    // Narrower: nothing twice.
    subscribe(&setup.line, "long-an", &["b"]).await;
    put(&setup, &[(7, "a"), (8, "b")]).await;
    assert_eq!(handed_out(&server, true).await, ["event 8 for b"]);
    subscribe(&setup.line, "long-an", &["a", "b"]).await;
    assert_eq!(handed_out(&server, true).await.len(), 6);

    // What waits for a zone that goes out is not handed out any more.
    put(&setup, &[(10, "a"), (11, "b")]).await;
    subscribe(&setup.line, "long-an", &["b"]).await;
    assert_eq!(handed_out(&server, true).await, ["event 11 for b"]);
}

#[tokio::test]
async fn what_was_handed_out_comes_again_even_when_its_zone_went_out() {
    let setup = setup().await;
    let server = stranger(&setup.server).await;
    subscribe(&setup.line, "long-an", &["a", "b"]).await;
    put(&setup, &[(1, "a"), (2, "b")]).await;
    assert_eq!(handed_out(&server, false).await.len(), 2);
    subscribe(&setup.line, "long-an", &["b"]).await;
    // Until it is acknowledged, as before: it was given once already.
    let again = async {
        loop {
            let taken = handed_out(&server, true).await;
            if !taken.is_empty() {
                break taken;
            }
        }
    };
    assert_eq!(in_time("both again", again).await, ["event 1 for a", "event 2 for b"]);
    assert!(handed_out(&server, true).await.is_empty());
}
