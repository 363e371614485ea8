//! What a subscriber gets, and when it counts as got.

use async_nats::jetstream::consumer::PullConsumer;
use async_nats::jetstream::context::Context;
use bytes::Bytes;
use giapranh_feed::inbox::{Arrival, PullState};
use giapranh_feed::outbox::publish;

use crate::support::{Kept, Pulling, event, in_time, setup, stranger, subscribe};

fn arrival(number: u128, zone: &str) -> Arrival {
    Arrival {
        subject: format!("giapranh.v1.feed.{zone}.hcm.hcm"),
        bytes: event(number, zone).bytes,
    }
}

/// Waits until the server has handed out and not seen acknowledged, or not handed out yet, this
/// much of the durable.
async fn outstanding(server: &Context, node: &str, pending_acks: usize, pending: u64) {
    let consumer: PullConsumer = server.get_consumer_from_stream(node, "FEED_hcm").await.unwrap();
    in_time("the server to see the acknowledgements", async {
        loop {
            let info = consumer.get_info().await.unwrap();
            if (info.num_ack_pending, info.num_pending) == (pending_acks, pending) {
                break;
            }
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_published_arrives_in_order_and_is_acknowledged() {
    let setup = setup().await;
    subscribe(&setup.line, "long-an", &["hcm-long-an"]).await;
    let sink = Kept::new(0);
    let pulling = Pulling::start(&setup.line, "long-an", &sink);

    let events: Vec<_> = (1..=1000).map(|number| event(number, "hcm-long-an")).collect();
    publish(&setup.line, "hcm", &events).await.unwrap();

    let expected: Vec<_> = (1..=1000).map(|number| arrival(number, "hcm-long-an")).collect();
    assert_eq!(sink.at_least(1000).await, expected);
    outstanding(&stranger(&setup.server).await, "long-an", 0, 0).await;
    pulling.stop().await;
}

#[tokio::test]
async fn what_waits_at_the_server_comes_in_large_batches() {
    let setup = setup().await;
    subscribe(&setup.line, "long-an", &["z"]).await;
    let events: Vec<_> = (1..=2000).map(|number| event(number, "z")).collect();
    publish(&setup.line, "hcm", &events).await.unwrap();

    // Blocked until the client holds more than it may hand over at once.
    let sink = Kept::new(3);
    let pulling = Pulling::start(&setup.line, "long-an", &sink);
    assert_eq!(sink.at_least(2000).await.len(), 2000);
    let batches = sink.batches();
    assert!(batches.iter().all(|events| *events <= 256), "{batches:?}");
    assert!(batches.iter().any(|events| *events > 128), "{batches:?}");
    pulling.stop().await;
}

#[tokio::test]
async fn a_subscriber_gets_its_zones_and_no_more() {
    let setup = setup().await;
    subscribe(&setup.line, "long-an", &["cluster", "hcm-long-an"]).await;
    let sink = Kept::new(0);
    let pulling = Pulling::start(&setup.line, "long-an", &sink);

    let zones = ["hcm-dong-nai", "hcm-long-an", "hcm-long-an-2", "cluster"];
    let events: Vec<_> = zones.iter().zip(1..).map(|(zone, number)| event(number, zone)).collect();
    publish(&setup.line, "hcm", &events).await.unwrap();

    // The last one published is one of its own, so nothing can come after these.
    let expected = vec![arrival(2, "hcm-long-an"), arrival(4, "cluster")];
    assert_eq!(sink.at_least(2).await, expected);
    outstanding(&stranger(&setup.server).await, "long-an", 0, 0).await;
    assert_eq!(sink.at_least(2).await, expected);
    pulling.stop().await;
}

#[tokio::test]
async fn nothing_is_acknowledged_before_the_sink_has_it_and_it_comes_again() {
    let setup = setup().await;
    subscribe(&setup.line, "long-an", &["z"]).await;
    let sink = Kept::new(usize::MAX);
    let mut pulling = Pulling::start(&setup.line, "long-an", &sink);
    publish(&setup.line, "hcm", &[event(1, "z"), event(2, "z")]).await.unwrap();

    sink.at_most_refusals_left(usize::MAX - 3).await;
    let waiting = |state: &PullState| matches!(state, PullState::Waiting { reason } if reason == "the disk is full");
    pulling.until("the reason to be told", waiting).await;
    outstanding(&stranger(&setup.server).await, "long-an", 2, 0).await;

    sink.refuse_no_more();
    let taken = sink.at_least(2).await;
    assert_eq!(taken[..2], [arrival(1, "z"), arrival(2, "z")]);
    outstanding(&stranger(&setup.server).await, "long-an", 0, 0).await;
    pulling.until("pulling again", |state| *state == PullState::Pulling).await;
    pulling.stop().await;
}

#[tokio::test]
async fn what_one_run_did_not_commit_comes_to_the_next() {
    let setup = setup().await;
    subscribe(&setup.line, "long-an", &["z"]).await;
    publish(&setup.line, "hcm", &[event(1, "z")]).await.unwrap();

    let failing = Kept::new(usize::MAX);
    let first = Pulling::start(&setup.line, "long-an", &failing);
    failing.at_most_refusals_left(usize::MAX - 1).await;
    first.stop().await;

    let sink = Kept::new(0);
    let second = Pulling::start(&setup.line, "long-an", &sink);
    assert_eq!(sink.at_least(1).await, [arrival(1, "z")]);
    second.stop().await;
}

#[tokio::test]
async fn a_durable_that_is_made_later_or_anew_is_found() {
    let setup = setup().await;
    let sink = Kept::new(0);
    let mut pulling = Pulling::start(&setup.line, "long-an", &sink);
    let not_made = |state: &PullState| matches!(state, PullState::Waiting { reason } if reason.contains("not made it yet"));
    pulling.until("it to miss the durable", not_made).await;

    subscribe(&setup.line, "long-an", &["z"]).await;
    pulling.until("pulling", |state| *state == PullState::Pulling).await;
    publish(&setup.line, "hcm", &[event(1, "z")]).await.unwrap();
    assert_eq!(sink.at_least(1).await, [arrival(1, "z")]);

    let server = stranger(&setup.server).await;
    outstanding(&server, "long-an", 0, 0).await;
    server.delete_consumer_from_stream("long-an", "FEED_hcm").await.unwrap();
    pulling.until("it to miss the durable again", |state| *state != PullState::Pulling).await;
    subscribe(&setup.line, "long-an", &["z"]).await;
    // All of it comes again, which a log bears.
    assert_eq!(sink.at_least(2).await, [arrival(1, "z"), arrival(1, "z")]);
    pulling.stop().await;
}

#[tokio::test]
async fn whatever_is_in_the_stream_is_handed_over() {
    let setup = setup().await;
    subscribe(&setup.line, "long-an", &["z"]).await;
    let sink = Kept::new(0);
    let pulling = Pulling::start(&setup.line, "long-an", &sink);

    let server = stranger(&setup.server).await;
    let large = Bytes::from(vec![0xff; 900 * 1024]);
    for (subject, bytes) in [
        ("giapranh.v1.feed.z.hcm.hcm", Bytes::new()),
        ("giapranh.v1.feed.z.hcm.NOT.A.UNIT", Bytes::from_static(b"nonsense")),
        ("giapranh.v1.feed.z.hcm.hcm_q1", large.clone()),
    ] {
        server.publish(subject, bytes).await.unwrap().await.unwrap();
    }
    let taken = sink.at_least(3).await;
    assert_eq!(taken[1].subject, "giapranh.v1.feed.z.hcm.NOT.A.UNIT");
    assert_eq!(taken[2].bytes, large);
    outstanding(&server, "long-an", 0, 0).await;
    pulling.stop().await;
}
