//! What counts as published.

use bytes::Bytes;
use giapranh_feed::outbox::{Outgoing, last_published, publish};
use giapranh_feed::{FeedError, Subject};

use crate::support::{Setup, event, setup, stranger};

#[tokio::test]
async fn an_event_is_published_with_what_other_programs_need() {
    let setup = setup().await;
    publish(&setup.line, "hcm", &[event(7, "z")]).await.unwrap();

    let stream = stranger(&setup.server).await.get_stream("FEED_hcm").await.unwrap();
    let stored = stream.get_raw_message(1).await.unwrap();
    assert_eq!(stored.subject.as_str(), "giapranh.v1.feed.z.hcm.hcm");
    assert_eq!(stored.payload, event(7, "z").bytes);
    let id = "00000000-0000-0000-0000-000000000007";
    for (name, value) in [
        ("Nats-Msg-Id", format!("{id}:z").as_str()),
        ("Nats-Expected-Stream", "FEED_hcm"),
        ("ce-specversion", "1.0"),
        ("ce-id", id),
        ("ce-source", "/giapranh/hcm"),
        ("ce-type", "vn.giapranh.alert.issued"),
        ("ce-time", "2023-11-14T22:13:20Z"),
        ("content-type", "application/protobuf"),
    ] {
        assert_eq!(stored.headers.get(name).unwrap().as_str(), value, "{name}");
    }
}

/// What the stream holds, in order: subject and bytes.
async fn stored(setup: &Setup) -> Vec<(String, Bytes)> {
    let stream = stranger(&setup.server).await.get_stream("FEED_hcm").await.unwrap();
    let mut stored = Vec::new();
    for sequence in 1..=stream.cached_info().state.last_sequence {
        let message = stream.get_raw_message(sequence).await.unwrap();
        stored.push((message.subject.to_string(), message.payload));
    }
    stored
}

fn at(zone: &str, unit: &str, bytes: &Bytes) -> (String, Bytes) {
    (format!("giapranh.v1.feed.{zone}.hcm.{unit}"), bytes.clone())
}

#[tokio::test]
async fn publishing_the_last_again_is_recognised_and_stores_nothing_twice() {
    let setup = setup().await;
    let events = [event(1, "a"), event(1, "b")];
    publish(&setup.line, "hcm", &events).await.unwrap();
    publish(&setup.line, "hcm", &events).await.unwrap();
    let expected = events.map(|event| at(&event.zone, "hcm", &event.bytes));
    assert_eq!(stored(&setup).await, expected);
}

#[tokio::test]
async fn what_is_known_and_not_the_last_is_stored_again_to_be_sure() {
    let setup = setup().await;
    publish(&setup.line, "hcm", &[event(1, "z"), event(2, "z")]).await.unwrap();
    publish(&setup.line, "hcm", &[event(1, "z")]).await.unwrap();
    let bytes: Vec<_> = stored(&setup).await.into_iter().map(|(_, bytes)| bytes).collect();
    assert_eq!(bytes, [1, 2, 1].map(|number| event(number, "z").bytes));
}

#[tokio::test]
async fn an_id_that_a_sibling_took_first_costs_nothing() {
    let setup = setup().await;
    // Our ids, on the sibling's own subject: with bytes of its own, and with ours.
    let sibling = |number, bytes: &Bytes| Outgoing {
        origin: "hcm_q1".into(),
        bytes: bytes.clone(),
        ..event(number, "z")
    };
    let foreign = Bytes::from_static(b"not ours");
    let poison = [sibling(1, &foreign), sibling(2, &event(2, "z").bytes), sibling(3, &foreign)];
    publish(&setup.line, "hcm", &poison).await.unwrap();

    let events: Vec<_> = (1..=4).map(|number| event(number, "z")).collect();
    publish(&setup.line, "hcm", &events).await.unwrap();
    let mut ours = stored(&setup).await.split_off(poison.len());
    // The fourth was on its way already when the first was found to be missing.
    ours.sort();
    let expected: Vec<_> = events.iter().map(|event| at("z", "hcm", &event.bytes)).collect();
    assert_eq!(ours, expected);

    // It is ours now: nothing is stored once more for a retry of the last.
    let last = ours.len() + poison.len();
    let newest = stored(&setup).await[last - 1].1.clone();
    let again = events.iter().find(|event| event.bytes == newest).unwrap().clone();
    publish(&setup.line, "hcm", &[again]).await.unwrap();
    assert_eq!(stored(&setup).await.len(), last);
}

#[tokio::test]
async fn a_stream_that_is_not_there_or_not_ours_is_told_apart() {
    let setup = setup().await;
    let event = Outgoing { origin: "long-an".into(), ..event(1, "z") };
    let missing = publish(&setup.line, "long-an", std::slice::from_ref(&event)).await.unwrap_err();
    assert_eq!(missing, FeedError::NoStream { stream: "FEED_long-an".into() });
    assert!(missing.is_retryable());

    let server = stranger(&setup.server).await;
    server
        .create_stream(async_nats::jetstream::stream::Config {
            name: "STRANGE".into(),
            subjects: vec!["giapranh.v1.feed.*.long-an.>".into()],
            ..Default::default()
        })
        .await
        .unwrap();
    let wrong = publish(&setup.line, "long-an", &[event]).await.unwrap_err();
    assert!(matches!(wrong, FeedError::WrongStream { .. }), "{wrong}");
    let strange = server.get_stream("STRANGE").await.unwrap();
    assert_eq!(strange.cached_info().state.messages, 0);
}

#[tokio::test]
async fn an_event_that_is_too_large_for_the_server_is_refused() {
    let setup = setup().await;
    let large = Outgoing { bytes: vec![0; 2 * 1024 * 1024].into(), ..event(1, "z") };
    let refused = publish(&setup.line, "hcm", &[large]).await.unwrap_err();
    assert!(matches!(refused, FeedError::Refused { .. }), "{refused}");
}

#[tokio::test]
async fn the_last_event_on_each_subject_can_be_read_back() {
    let setup = setup().await;
    let subject = |zone: &str| Subject::new(zone, "hcm", "hcm").unwrap();
    assert_eq!(last_published(&setup.line, &subject("a")).await.unwrap(), None);
    let events = [event(1, "a"), event(2, "a"), event(3, "b")];
    publish(&setup.line, "hcm", &events).await.unwrap();
    let last = async |zone: &str| last_published(&setup.line, &subject(zone)).await.unwrap();
    assert_eq!(last("a").await, Some(event(2, "a").bytes));
    assert_eq!(last("b").await, Some(event(3, "b").bytes));
    assert_eq!(last("c").await, None);

    let foreign = Subject::new("a", "long-an", "long-an").unwrap();
    let missing = last_published(&setup.line, &foreign).await.unwrap_err();
    assert_eq!(missing, FeedError::NoStream { stream: "FEED_long-an".into() });
}
