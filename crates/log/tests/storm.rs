//! Whatever the order, the repetitions and the delays in which events come: in the end the log
//! holds the set of them, each once. The model is that set.
//!
//! Each storm prints its seed; `GIAPRANH_SEED` plays one again, `GIAPRANH_LONG=1` plays many.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use common::{BORDER, CLUSTER, RIVER, START_MS, Unit, arrival, draft, header};
use giapranh_log::{Arrival, Log, LogError, Outcome};
use giapranh_record::{Draft, Hash};
use giapranh_testkit::figures::{Figures, by_length};
use giapranh_testkit::random::Random;

/// Zones of which the receiver is in the first two.
const ZONES: [&str; 3] = [BORDER, CLUSTER, RIVER];
const HOUR_MS: u64 = 3_600_000;

/// What comes: an event on the subject of one of its zones.
#[derive(Clone)]
struct Message {
    bytes: Bytes,
    zone: String,
}

impl Message {
    fn arrival(&self) -> Arrival {
        arrival(&self.bytes, &self.zone)
    }
}

/// What happened, so that a run knows that it tried something.
#[derive(Debug, Default)]
struct Tally {
    events: u64,
    arrivals: u64,
    duplicates: u64,
    held: u64,
    restarts: u64,
}

/// Four events of two authors on five subjects, in the long suite one more, in every order, in
/// batches of any size.
#[tokio::test]
async fn every_order_of_arrival_ends_in_the_same_set() {
    let mut random = Random::from_environment();
    let first = Unit::new("hcm", &[]);
    let second = Unit::new("long-an", &[]);
    let mut messages = said(&first, &[&[BORDER], &[BORDER, CLUSTER], &[CLUSTER, RIVER]]).await;
    messages
        .extend(said(&second, &by_length(vec![&[BORDER][..]], vec![&[BORDER], &[BORDER]])).await);
    let orders = permutations(messages.len());
    let mut tally = Tally::default();
    for order in &orders {
        let receiver = Unit::knowing("dong-nai", &[BORDER, CLUSTER], &[&first, &second]);
        let log = receiver.open();
        let coming: Vec<Message> = order.iter().map(|at| messages[*at].clone()).collect();
        for batch in coming.chunks(1 + random.below(coming.len())) {
            give(&log, batch, &mut tally).await;
        }
        log.close().await;
        assert_is_the_set(&receiver, &messages, &format!("{order:?}"));
    }
    let figures = Figures::of("gate-orders").with("orders", orders.len());
    figures.with("arrivals", tally.arrivals).with("held", tally.held).with("lost", 0).tell();
}

/// Storms: authors that say much in several zones; every message some times, hours apart, in any
/// order; keys, zones and directory heads that become known in between; restarts.
#[tokio::test]
async fn a_storm_ends_in_the_set_of_what_was_said() {
    let asked = Random::seed_asked_for();
    let first = asked.unwrap_or_else(Random::seed_of_now);
    let storms = if asked.is_some() { 1 } else { by_length(12, 600) };
    let mut tally = Tally::default();
    for seed in first..first + storms {
        say(&format!("again with: GIAPRANH_SEED={seed}"));
        storm(seed, &mut tally).await;
    }
    if asked.is_none() {
        assert!(tally.held > 0 && tally.duplicates > 0 && tally.restarts > 0, "{tally:?}");
    }
    let figures = Figures::of("gate-storm").with("storms", storms).with("events", tally.events);
    let figures = figures.with("arrivals", tally.arrivals).with("duplicates", tally.duplicates);
    let figures = figures.with("held", tally.held).with("restarts", tally.restarts);
    figures.with("lost", 0).with("doubled", 0).tell();
}

async fn storm(seed: u64, tally: &mut Tally) {
    let mut random = Random::new(seed);
    let authors = ["hcm", "long-an", "tien-giang"].map(|name| Unit::new(name, &[]));
    let mut messages = Vec::new();
    for author in &authors {
        let events = 4 + random.below(30);
        messages.extend(said_at_random(author, events, &mut random).await);
    }
    let receiver = Unit::new("dong-nai", &[]);
    receiver.zones.know(0);
    // What the receiver comes to know, in this order, in the course of the storm.
    let mut news = news(&authors, &receiver);
    random.shuffle(&mut news);
    let mut coming: Vec<Message> = messages.clone();
    coming.extend(
        (0..random.below(messages.len() * 2))
            .map(|_| messages[random.below(messages.len())].clone()),
    );
    random.shuffle(&mut coming);

    let mut log = receiver.open();
    let mut now_ms = START_MS;
    let mut coming = &coming[..];
    while !coming.is_empty() {
        let (batch, rest) = coming.split_at((1 + random.below(24)).min(coming.len()));
        give(&log, batch, tally).await;
        coming = rest;
        // Hours pass, and at times the clock goes back.
        now_ms =
            if random.percent(10) { START_MS } else { now_ms + HOUR_MS * random.below(9) as u64 };
        receiver.clock.set(now_ms);
        if random.percent(25)
            && let Some(learn) = news.pop()
        {
            learn();
            log.directory_changed().await.unwrap();
        }
        if random.percent(8) {
            log.close().await;
            log = receiver.open();
            tally.restarts += 1;
        }
    }
    for learn in news {
        learn();
    }
    log.directory_changed().await.unwrap();
    // A feed that lay in quarantine, because its zone was not ours yet, is sent again by backfill.
    give(&log, &messages, tally).await;
    log.close().await;
    tally.events += assert_is_the_set(&receiver, &messages, &format!("seed {seed}"));
}

type News<'a> = Box<dyn FnOnce() + 'a>;

fn news<'a>(authors: &'a [Unit], receiver: &'a Unit) -> Vec<News<'a>> {
    let mut news: Vec<News<'a>> = Vec::new();
    news.extend(authors.iter().map(|author| Box::new(|| receiver.ring.enrol(author)) as News));
    news.extend(ZONES[..2].iter().map(|zone| Box::new(|| receiver.zones.join(zone)) as News));
    news.push(Box::new(|| receiver.zones.know(u64::MAX)));
    news
}

/// What an author says, each event for these zones, as it comes: a message for each zone that the
/// receiver is in.
async fn said(author: &Unit, zones: &[&[&str]]) -> Vec<Message> {
    let drafts = zones.iter().map(|zones| draft(zones)).collect();
    publish(author, drafts).await
}

async fn said_at_random(author: &Unit, events: usize, random: &mut Random) -> Vec<Message> {
    let mut head = 0;
    let mut drafts = Vec::new();
    for _ in 0..events {
        let mut zones: Vec<&str> = ZONES.into_iter().filter(|_| random.percent(50)).collect();
        if zones.is_empty() {
            zones.push(random.pick(&ZONES));
        }
        head += u64::from(random.percent(20));
        drafts.push(Draft { directory_seq: head, ..draft(&zones) });
    }
    publish(author, drafts).await
}

async fn publish(author: &Unit, drafts: Vec<Draft>) -> Vec<Message> {
    let log = author.open();
    let all = move |batch: &mut giapranh_log::Batch<'_>| {
        drafts.into_iter().try_for_each(|draft| batch.append(draft).map(drop))
    };
    log.submit(all).await.unwrap();
    log.close().await;
    let message = |bytes: Bytes| {
        let zones = header(&bytes).links.into_iter().map(|link| link.zone);
        let ours = zones.filter(|zone| ZONES[..2].contains(&zone.as_str()));
        ours.map(|zone| Message { bytes: bytes.clone(), zone }).collect::<Vec<_>>()
    };
    author.events().into_iter().flat_map(message).collect()
}

async fn give(log: &Log, batch: &[Message], tally: &mut Tally) {
    let outcomes = log.arrive(batch.iter().map(Message::arrival).collect()).await;
    let outcomes = match outcomes {
        Err(LogError::Stopped(why)) => panic!("the log stopped: {why}"),
        outcomes => outcomes.unwrap(),
    };
    tally.arrivals += outcomes.len() as u64;
    for outcome in outcomes {
        match outcome {
            Outcome::Duplicate => tally.duplicates += 1,
            Outcome::Held(_) => tally.held += 1,
            // Not ours yet; anything else would be wrong of the gate.
            Outcome::Quarantined(why) => assert_eq!(why, "not-entitled"),
            _ => {}
        }
    }
}

/// The log holds every event that was meant for it, once, each feed without a gap, and nothing
/// waits. Gives how many there are.
fn assert_is_the_set(receiver: &Unit, messages: &[Message], what: &str) -> u64 {
    let model: BTreeSet<Hash> =
        messages.iter().map(|message| Hash::of(&[&message.bytes])).collect();
    let events = receiver.events();
    let here: BTreeSet<Hash> = events.iter().map(|bytes| Hash::of(&[bytes])).collect();
    assert_eq!(here.len(), events.len(), "{what}: an event is there twice");
    assert_eq!(here, model, "{what}");
    let findings = receiver.assert_sound();
    let mut newest: BTreeMap<(String, String), u64> = BTreeMap::new();
    for message in messages {
        let header = header(&message.bytes);
        let seq = header.link(&message.zone).unwrap().seq;
        let feed = newest.entry((header.origin, message.zone.clone())).or_default();
        *feed = seq.max(*feed);
    }
    let feeds = findings.feeds.into_iter().filter(|feed| feed.2 != "local");
    let heads: BTreeMap<_, _> = feeds.map(|(unit, _, zone, seq, _)| ((unit, zone), seq)).collect();
    assert_eq!(heads, newest, "{what}: links are missing");
    assert_eq!(receiver.held(), 0, "{what}");
    events.len() as u64
}

/// Every order of so many.
fn permutations(count: usize) -> Vec<Vec<usize>> {
    let mut orders = vec![Vec::new()];
    for next in 0..count {
        orders = orders
            .into_iter()
            .flat_map(|order: Vec<usize>| {
                (0..=order.len()).map(move |at| {
                    let mut longer = order.clone();
                    longer.insert(at, next);
                    longer
                })
            })
            .collect();
    }
    orders
}

#[expect(clippy::print_stderr, reason = "a failure must be repeatable")]
fn say(what: &str) {
    eprintln!("{what}");
}
