//! What a server loses, the owner makes good: stream, consumers, and the place of these in it.

use bytes::Bytes;
use giapranh_feed::inbox::Arrival;
use giapranh_feed::outbox::{last_published, publish};
use giapranh_feed::owner::{Ensured, ensure_consumers, ensure_stream};
use giapranh_feed::{FeedError, Subject};
use tempfile::TempDir;

use crate::support::{
    Kept, Pulling, Setup, event, in_time, policy, replace, setup, spec, stranger, subscribe,
};

/// As the owner looks now and then.
async fn look(setup: &Setup) -> Result<Ensured, FeedError> {
    let ensured = ensure_stream(&setup.line, "hcm", &policy()).await?;
    ensure_consumers(&setup.line, "hcm", &[spec("long-an", &["z"])]).await?;
    Ok(ensured)
}

async fn put(setup: &Setup, numbers: impl Iterator<Item = u128>) {
    let events: Vec<_> = numbers.map(|number| event(number, "z")).collect();
    publish(&setup.line, "hcm", &events).await.unwrap();
}

fn bytes(numbers: impl Iterator<Item = u128>) -> Vec<Bytes> {
    numbers.map(|number| event(number, "z").bytes).collect()
}

fn taken(arrivals: &[Arrival]) -> Vec<Bytes> {
    arrivals.iter().map(|arrival| arrival.bytes.clone()).collect()
}

/// What the outbox compares with the log after each new connection.
async fn last(setup: &Setup) -> Option<Bytes> {
    last_published(&setup.line, &Subject::new("z", "hcm", "hcm").unwrap()).await.unwrap()
}

/// Where the consumer is: delivered and acknowledged, by the numbers of the stream.
async fn place(setup: &Setup) -> (u64, u64) {
    let stream = stranger(&setup.server).await.get_stream_no_info("FEED_hcm").await.unwrap();
    let info = stream.consumer_info("long-an").await.unwrap();
    (info.delivered.stream_sequence, info.ack_floor.stream_sequence)
}

#[tokio::test]
async fn a_stream_that_was_deleted_is_made_again_and_pulled_from_over_the_pull_that_stood() {
    let setup = setup().await;
    subscribe(&setup.line, "long-an", &["z"]).await;
    let sink = Kept::new(0);
    let pulling = Pulling::start(&setup.line, "long-an", &sink);
    put(&setup, 1..=3).await;
    sink.at_least(3).await;

    assert_eq!(look(&setup).await, Ok(Ensured::There));
    stranger(&setup.server).await.delete_stream("FEED_hcm").await.unwrap();
    assert_eq!(look(&setup).await, Ok(Ensured::Made));
    assert_eq!(last(&setup).await, None, "the outbox sees that all of it is missing");
    put(&setup, 1..=4).await;
    let all = sink.at_least(7).await;
    assert_eq!(taken(&all[3..]), bytes(1..=4));
    assert_eq!(look(&setup).await, Ok(Ensured::There));
    pulling.stop().await;
}

#[tokio::test]
async fn a_consumer_that_was_deleted_is_made_again_and_hands_out_all_that_there_is() {
    let setup = setup().await;
    subscribe(&setup.line, "long-an", &["z"]).await;
    let sink = Kept::new(0);
    let pulling = Pulling::start(&setup.line, "long-an", &sink);
    put(&setup, 1..=3).await;
    sink.at_least(3).await;

    let stream = stranger(&setup.server).await.get_stream_no_info("FEED_hcm").await.unwrap();
    stream.delete_consumer("long-an").await.unwrap();
    assert_eq!(look(&setup).await, Ok(Ensured::There));
    put(&setup, 4..=4).await;
    let all = sink.at_least(7).await;
    assert_eq!(taken(&all[3..]), bytes(1..=4));
    pulling.stop().await;
}

/// A power failure can take the end of the stream and leave the consumer as it was.
#[tokio::test]
async fn a_consumer_that_is_ahead_of_its_stream_passes_over_nothing() {
    let mut setup = setup().await;
    subscribe(&setup.line, "long-an", &["z"]).await;
    let sink = Kept::new(0);
    let pulling = Pulling::start(&setup.line, "long-an", &sink);
    put(&setup, 1..=4).await;
    sink.at_least(4).await;
    let older = TempDir::new().unwrap();
    setup.restart_after(|setup| replace(older.path(), &setup.stream_dir().join("msgs"))).await;
    put(&setup, 5..=10).await;
    sink.at_least(10).await;
    let acknowledged = async { while place(&setup).await != (10, 10) {} };
    in_time("all to be acknowledged", acknowledged).await;
    pulling.stop().await;

    setup.restart_after(|setup| replace(&setup.stream_dir().join("msgs"), older.path())).await;
    assert_eq!(last(&setup).await, Some(event(4, "z").bytes));
    assert_eq!(look(&setup).await, Ok(Ensured::There));
    let (delivered, _) = place(&setup).await;
    assert!(delivered <= 4, "{delivered}");
    // What the outbox publishes anew has the numbers of what was lost.
    put(&setup, 5..=10).await;
    let again = Kept::new(0);
    let pulling = Pulling::start(&setup.line, "long-an", &again);
    let all = loop {
        let all = again.at_least(6).await;
        if all.last().unwrap().bytes == event(10, "z").bytes {
            break all;
        }
    };
    assert!(taken(&all).ends_with(&bytes(5..=10)), "{all:?}");
    pulling.stop().await;
}

/// The whole store is from yesterday, and somebody published into it before we saw it.
#[tokio::test]
async fn what_an_older_store_lacks_is_seen_and_published_again() {
    let mut setup = setup().await;
    subscribe(&setup.line, "long-an", &["z"]).await;
    let sink = Kept::new(0);
    let pulling = Pulling::start(&setup.line, "long-an", &sink);
    put(&setup, 1..=4).await;
    sink.at_least(4).await;
    let older = TempDir::new().unwrap();
    setup.restart_after(|setup| replace(older.path(), setup.store.path())).await;
    put(&setup, 5..=10).await;
    sink.at_least(10).await;

    setup.restart_after(|setup| replace(setup.store.path(), older.path())).await;
    let other = giapranh_feed::outbox::Outgoing { origin: "hcm_q1".into(), ..event(99, "z") };
    publish(&setup.line, "hcm", std::slice::from_ref(&other)).await.unwrap();
    assert_eq!(look(&setup).await, Ok(Ensured::There));
    assert_eq!(last(&setup).await, Some(event(4, "z").bytes), "its own, whatever others published");
    put(&setup, 5..=10).await;
    let all = sink.at_least(17).await;
    let new = taken(&all[10..]);
    assert_eq!(new[new.len() - 6..], bytes(5..=10));
    assert!(new.contains(&other.bytes));
    pulling.stop().await;
}
