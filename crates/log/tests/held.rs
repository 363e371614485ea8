//! What fails only because something else is not here yet waits, and comes in as soon as it can.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use bytes::Bytes;
use common::{
    BORDER, CLUSTER, Unit, append, arrival, assert_appended, draft, give, publish, publish_all,
};
use giapranh_log::{Arrival, Log, Outcome};

/// The most that is held of one origin.
const LIMIT: usize = 10_000;

#[tokio::test]
async fn what_waits_for_a_key_comes_in_order_when_the_key_is_enrolled() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::new("long-an", &[BORDER]);
    let events = publish(&author, 4, &[BORDER]).await;
    let log = receiver.open();
    for at in [2, 0, 3, 1] {
        assert_eq!(give(&log, &events[at], BORDER).await, Outcome::Held("unknown-key"));
        assert_eq!(give(&log, &events[at], BORDER).await, Outcome::Duplicate);
    }
    log.directory_changed().await.unwrap();
    // The writer takes jobs in turn: once this is answered, it has seen the change.
    append(&log, &["local"]).await.unwrap();
    assert_eq!(receiver.held(), 4, "another key was enrolled, not this one");

    receiver.ring.enrol(&author);
    log.directory_changed().await.unwrap();
    append(&log, &["local"]).await.unwrap();
    let mut expected = events;
    expected.insert(0, receiver.events()[0].clone());
    assert_eq!(receiver.events()[..5], expected);
    assert_eq!(receiver.held(), 0);
    receiver.assert_sound();
}

#[tokio::test]
async fn what_was_decided_under_a_newer_directory_waits_for_it() {
    let author = Unit::new("hcm", &[]);
    // Not in the zone yet: that, too, is said by the directory that is on its way.
    let receiver = Unit::knowing("long-an", &[], &[&author]);
    receiver.zones.know(3);
    let log = author.open();
    for directory_seq in [4, 4, 5] {
        let draft = giapranh_record::Draft { directory_seq, ..draft(&[BORDER]) };
        log.submit(move |batch| batch.append(draft)).await.unwrap();
    }
    log.close().await;
    let events = author.events();
    let log = receiver.open();
    for event in &events {
        assert_eq!(give(&log, event, BORDER).await, Outcome::Held("directory"));
    }
    receiver.zones.join(BORDER);
    for (head, expected) in [(4, 2), (5, 3)] {
        receiver.zones.know(head);
        log.directory_changed().await.unwrap();
        // The writer takes jobs in turn: once this is answered, it has seen the change.
        assert_eq!(give(&log, &events[0], BORDER).await, Outcome::Duplicate);
        assert_eq!(receiver.events(), events[..expected]);
    }
    assert_eq!(receiver.held(), 0);
    receiver.assert_sound();
}

/// The numbers of what is held; whatever is judged again has another one afterwards.
fn held_numbers(unit: &Unit) -> Vec<u64> {
    let tool = unit.tool();
    let mut query = tool.prepare("SELECT id FROM held ORDER BY id").unwrap();
    query.query_map((), |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

#[tokio::test]
async fn what_waits_on_is_not_judged_again_and_again() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[BORDER], &[&author]);
    let event = publish(&author, 1, &[BORDER, CLUSTER]).await.remove(0);
    let log = receiver.open();
    // Each says that it is the first of a zone which is not ours, and of ours a gap is before it.
    for index in 10..200 {
        let forged = author.forge(&event, |header| {
            (header.event_id, header.index) = (common::event_id(), index);
            let link = header.links.iter_mut().find(|link| link.zone == BORDER).unwrap();
            (link.seq, link.prev) = (5, giapranh_record::Hash::of(&[b"gap"]));
        });
        assert_eq!(give(&log, &forged, BORDER).await, Outcome::Held("gap"));
    }
    log.close().await;

    let log = receiver.open();
    append(&log, &["local"]).await.unwrap();
    let before = held_numbers(&receiver);
    for _ in 0..3 {
        append(&log, &["local"]).await.unwrap();
    }
    assert_eq!(before.len(), 190);
    assert_eq!(held_numbers(&receiver), before);
}

#[tokio::test]
async fn the_directory_itself_waits_for_nothing() {
    let registrar = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &["directory"], &[&registrar]);
    receiver.zones.know(0);
    let log = registrar.open();
    for directory_seq in [0, 1] {
        let draft = giapranh_record::Draft { directory_seq, ..draft(&["directory"]) };
        log.submit(move |batch| batch.append(draft)).await.unwrap();
    }
    log.close().await;
    let log = receiver.open();
    for (event, position) in registrar.events().iter().zip((1..).step_by(2)) {
        assert_appended(&give(&log, event, "directory").await, position);
    }
}

#[tokio::test]
async fn what_comes_again_before_the_change_of_keys_is_told_waits_no_longer() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::new("long-an", &[BORDER]);
    let events = publish(&author, 1, &[BORDER]).await;
    let log = receiver.open();
    assert_eq!(give(&log, &events[0], BORDER).await, Outcome::Held("unknown-key"));
    receiver.ring.enrol(&author);
    assert_appended(&give(&log, &events[0], BORDER).await, 1);
    assert_eq!(receiver.held(), 0);
}

#[tokio::test]
async fn what_waits_is_there_after_a_restart() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[BORDER], &[&author]);
    let events = publish(&author, 3, &[BORDER]).await;
    let log = receiver.open();
    for at in [2, 1] {
        assert_eq!(give(&log, &events[at], BORDER).await, Outcome::Held("gap"));
    }
    log.close().await;
    let log = receiver.open();
    assert_eq!(receiver.held(), 2);
    assert_appended(&give(&log, &events[0], BORDER).await, 1);
    assert_eq!(receiver.events(), events);
    assert_eq!(receiver.held(), 0);
    receiver.assert_sound();
}

#[tokio::test]
async fn an_event_that_comes_by_a_zone_joined_since_waits_no_longer() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[BORDER], &[&author]);
    let events = publish_all(&author, vec![vec![BORDER], vec![BORDER, CLUSTER]]).await;
    let log = receiver.open();
    assert_eq!(give(&log, &events[1], BORDER).await, Outcome::Held("gap"));
    receiver.zones.join(CLUSTER);
    assert_appended(&give(&log, &events[1], CLUSTER).await, 1);
    assert_eq!(receiver.held(), 0);
    assert_eq!(give(&log, &events[1], BORDER).await, Outcome::Duplicate);
    assert_appended(&give(&log, &events[0], BORDER).await, 3);
    assert_eq!(receiver.reader().head().unwrap(), 4);
    let findings = receiver.assert_sound();
    let of_author = findings.feeds.iter().filter(|feed| feed.0 == "hcm");
    assert_eq!(of_author.map(|feed| feed.3).collect::<Vec<_>>(), [1, 2]);
}

#[tokio::test]
async fn an_event_with_gaps_in_two_zones_comes_in_when_the_first_of_them_closes() {
    let zones = vec![vec![BORDER], vec![CLUSTER], vec![BORDER, CLUSTER], vec![CLUSTER]];
    for (closing, zone) in [(0, BORDER), (1, CLUSTER)] {
        let author = Unit::new("hcm", &[]);
        let receiver = Unit::knowing("long-an", &[BORDER, CLUSTER], &[&author]);
        let events = publish_all(&author, zones.clone()).await;
        let log = receiver.open();
        assert_eq!(give(&log, &events[2], BORDER).await, Outcome::Held("gap"));
        assert_eq!(give(&log, &events[2], CLUSTER).await, Outcome::Duplicate);
        assert_appended(&give(&log, &events[closing], zone).await, 1);
        assert_eq!(receiver.held(), 0, "{zone} has closed");
        assert_eq!(receiver.events()[1], events[2]);
        receiver.assert_sound();
    }
}

#[tokio::test]
async fn an_event_that_is_here_belongs_to_a_zone_joined_since_too() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[BORDER], &[&author]);
    let events = publish_all(&author, vec![vec![BORDER, CLUSTER], vec![CLUSTER]]).await;
    let log = receiver.open();
    assert_appended(&give(&log, &events[0], BORDER).await, 1);
    receiver.zones.join(CLUSTER);
    assert_eq!(give(&log, &events[1], CLUSTER).await, Outcome::Held("gap"));
    // The newcomer is sent the zone's feed from its beginning.
    assert_eq!(give(&log, &events[0], CLUSTER).await, Outcome::Duplicate);
    assert_eq!(receiver.held(), 0);
    assert_eq!(receiver.events(), events);
    let feed = receiver.reader().of_zone(CLUSTER, 0, 9).unwrap();
    assert_eq!(feed.len(), 2);
    receiver.assert_sound();
}

#[tokio::test]
async fn two_that_wait_for_one_place_are_a_fork_when_it_is_reached() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[BORDER], &[&author]);
    let events = publish(&author, 2, &[BORDER]).await;
    let log = receiver.open();
    let forged = author.forge(&events[1], |header| header.event_id = common::event_id());
    assert_eq!(give(&log, &events[1], BORDER).await, Outcome::Held("gap"));
    assert_eq!(give(&log, &forged, BORDER).await, Outcome::Held("gap"));
    assert_appended(&give(&log, &events[0], BORDER).await, 1);
    let counts = receiver.reader().counts().unwrap();
    assert_eq!(counts.events, 3, "the two and a receipt");
    assert_eq!(counts.quarantined, [("fork".to_owned(), 1)].into());
    assert_eq!(receiver.held(), 0);
    receiver.assert_sound();
}

#[tokio::test]
async fn beyond_the_limit_nothing_more_is_held_and_the_rest_of_the_batch_is_taken() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[BORDER], &[&author]);
    let events = publish(&author, LIMIT + 2, &[BORDER]).await;
    let log = receiver.open();
    let batch = |events: &[Bytes]| -> Vec<Arrival> {
        events.iter().map(|bytes| arrival(bytes, BORDER)).collect()
    };
    let outcomes = log.arrive(batch(&events[1..=LIMIT])).await.unwrap();
    assert!(outcomes.iter().all(|outcome| *outcome == Outcome::Held("gap")));
    assert_eq!(give(&log, &events[1], BORDER).await, Outcome::Duplicate);

    // One too many, and after it the one that all of them wait for.
    let more = [events[LIMIT + 1].clone(), events[0].clone()];
    let outcomes = log.arrive(batch(&more)).await.unwrap();
    assert_eq!(outcomes[0], Outcome::Left("gap"));
    assert_appended(&outcomes[1], 1);
    assert_eq!(log.left(), 1);
    // They come in by and by: no transaction takes in all of them.
    let mut head = log.head();
    let all = LIMIT as u64 + 1;
    head.wait_for(|position| *position > all).await.unwrap();
    wait_until_none_is_held(&receiver, &log).await;
    assert_eq!(receiver.events(), events[..=LIMIT]);
    let outcomes = log.arrive(batch(&more)).await.unwrap();
    assert!(matches!(outcomes[0], Outcome::Appended(_)), "{outcomes:?}");
    assert_eq!(outcomes[1], Outcome::Duplicate);
    receiver.assert_sound();
}

async fn wait_until_none_is_held(unit: &Unit, log: &Log) {
    let mut head = log.head();
    while unit.held() > 0 {
        head.changed().await.unwrap();
    }
}

#[tokio::test]
async fn a_gap_of_one_author_holds_up_no_other() {
    let (late, early) = (Unit::new("hcm", &[]), Unit::new("dong-nai", &[]));
    let receiver = Unit::knowing("long-an", &[BORDER], &[&late, &early]);
    let (late, early) = (publish(&late, 2, &[BORDER]).await, publish(&early, 2, &[BORDER]).await);
    let log = receiver.open();
    assert_eq!(give(&log, &late[1], BORDER).await, Outcome::Held("gap"));
    assert_appended(&give(&log, &early[0], BORDER).await, 1);
    assert_appended(&give(&log, &early[1], BORDER).await, 3);
    assert_eq!(receiver.held(), 1);
    receiver.assert_sound();
}
