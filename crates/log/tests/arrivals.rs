//! Whatever the order, duplication and batching of arrival: the same events, the same heads.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use common::{BORDER, CLUSTER, RIVER, Unit, arrival, header, publish_all};
use giapranh_log::Arrival;
use giapranh_testkit::random::Random;

const ZONES: [&str; 3] = [BORDER, CLUSTER, RIVER];
/// What the receivers are in.
const JOINED: [&str; 2] = [BORDER, CLUSTER];
const EVENTS_EACH: usize = 24;
const ROUNDS: usize = 6;

/// Events of one unit, each for one zone or more.
async fn published(unit: &Unit, random: &mut Random) -> Vec<Bytes> {
    let zones = (0..EVENTS_EACH).map(|_| {
        let chosen = 1 + random.below(7);
        let of = |(at, zone): (usize, &'static str)| (chosen >> at & 1 == 1).then_some(zone);
        ZONES.into_iter().enumerate().filter_map(of).collect()
    });
    publish_all(unit, zones.collect()).await
}

/// Gives the messages in an order, with repetitions and in batches of its own.
async fn receive(receiver: &Unit, messages: &[Arrival], random: &mut Random) {
    let mut messages = messages.to_vec();
    for _ in 0..messages.len() / 3 {
        messages.push(messages[random.below(messages.len())].clone());
    }
    random.shuffle(&mut messages);
    let mut log = receiver.open();
    let mut rest = messages.as_slice();
    while !rest.is_empty() {
        let (batch, later) = rest.split_at(rest.len().min(1 + random.below(25)));
        let outcomes = log.arrive(batch.to_vec()).await.unwrap();
        assert_eq!(outcomes.len(), batch.len());
        receiver.assert_sound();
        rest = later;
        if random.below(8) == 0 {
            log.close().await;
            log = receiver.open();
        }
    }
}

#[tokio::test]
async fn any_order_of_arrival_ends_in_the_same_events_and_heads() {
    let mut random = Random::from_environment();
    for _ in 0..ROUNDS {
        let authors = ["hcm", "dong-nai", "tay-ninh"].map(|name| Unit::new(name, &[]));
        let mut events = Vec::new();
        for author in &authors {
            events.extend(published(author, &mut random).await);
        }
        let mut messages = Vec::new();
        let mut expected = BTreeSet::new();
        let mut heads = BTreeMap::new();
        for bytes in &events {
            for link in header(bytes).links {
                if JOINED.contains(&link.zone.as_str()) {
                    messages.push(arrival(bytes, &link.zone));
                    expected.insert(bytes.clone());
                    heads.insert((header(bytes).origin, link.zone), link.seq);
                }
            }
        }
        let known = authors.each_ref();
        let receivers = ["long-an", "tien-giang"].map(|name| Unit::knowing(name, &JOINED, &known));
        let mut feeds = Vec::new();
        for receiver in &receivers {
            receive(receiver, &messages, &mut random).await;
            let counts = receiver.reader().counts().unwrap();
            assert_eq!((counts.held.len(), counts.quarantined.len()), (0, 0));
            let here = receiver.events();
            assert_eq!(here.len(), expected.len());
            assert_eq!(here.into_iter().collect::<BTreeSet<_>>(), expected);
            let mut reached = receiver.assert_sound().feeds;
            // How many receipts there are depends on how the messages came.
            reached.retain(|feed| feed.2 != "local");
            feeds.push(reached);
        }
        assert_eq!(feeds[0], feeds[1]);
        let reached = feeds.remove(0).into_iter();
        let reached: BTreeMap<_, _> =
            reached.map(|(origin, _, zone, seq, _)| ((origin, zone), seq)).collect();
        assert_eq!(reached, heads);
    }
}

#[tokio::test]
async fn two_logs_with_all_of_an_origin_have_the_same_tree() {
    let mut random = Random::from_environment();
    let author = Unit::new("hcm", &ZONES);
    let events = published(&author, &mut random).await;
    let receiver = Unit::knowing("long-an", &ZONES, &[&author]);
    let of_all = |bytes: &Bytes| arrival(bytes, &header(bytes).links[0].zone);
    let messages: Vec<Arrival> = events.iter().map(of_all).collect();
    receive(&receiver, &messages, &mut random).await;
    let trees = author.assert_sound().trees;
    assert_eq!(trees.len(), 1);
    assert_eq!(trees[0].2, EVENTS_EACH as u64);
    assert_eq!(receiver.assert_sound().trees, trees);
}
