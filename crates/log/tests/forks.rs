//! Two histories under one number: both are kept, nothing more of that epoch is taken in until it is
//! decided, and nobody can make the evidence go away.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use bytes::Bytes;
use common::{
    BORDER, CLUSTER, Unit, arrival, assert_appended, event_id, give, header, named, publish,
    publish_all,
};
use giapranh_log::{Fork, Log, Outcome};
use giapranh_record::event::Event;

struct Scene {
    author: Unit,
    receiver: Unit,
    log: Log,
    events: Vec<Bytes>,
}

/// A log with the first two of four events.
async fn scene() -> Scene {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[BORDER, CLUSTER], &[&author]);
    let events = publish(&author, 4, &[BORDER]).await;
    let log = receiver.open();
    give(&log, &events[0], BORDER).await;
    give(&log, &events[1], BORDER).await;
    Scene { author, receiver, log, events }
}

impl Scene {
    /// Another event like the one of that number, and after the event `prev`.
    fn another(&self, number: usize, prev: Option<&Bytes>) -> Bytes {
        self.author.forge(&self.events[number], |header| {
            header.event_id = event_id();
            if let Some(prev) = prev {
                header.links[0].prev = leaf(prev);
            }
        })
    }

    fn forks(&self) -> Vec<Fork> {
        self.receiver.reader().forks().unwrap()
    }

    async fn give(&self, bytes: &Bytes) -> Outcome {
        give(&self.log, bytes, BORDER).await
    }

    async fn decide(&self) -> usize {
        self.log.submit(|batch| batch.release_fork("hcm", 1)).await.unwrap()
    }
}

fn leaf(bytes: &Bytes) -> giapranh_record::Hash {
    Event::parse(bytes.clone()).unwrap().leaf()
}

#[tokio::test]
async fn both_sides_of_a_fork_are_kept_once() {
    let scene = scene().await;
    let other = scene.another(1, None);
    for _ in 0..3 {
        assert_eq!(scene.give(&other).await, Outcome::Quarantined("fork"));
    }
    let forks = scene.forks();
    assert_eq!(forks.len(), 1);
    let expected = Fork {
        id: forks[0].id,
        origin: "hcm".to_owned(),
        epoch: 1,
        zone: BORDER.to_owned(),
        seq: 2,
        index: 1,
        here: leaf(&scene.events[1]),
        here_position: 3,
        other: leaf(&other),
        bytes: other,
        found_ms: common::START_MS,
        decided_position: None,
    };
    assert_eq!(forks[0], expected);
    scene.receiver.assert_sound();
}

#[tokio::test]
async fn what_is_here_already_stays_a_duplicate_and_other_origins_go_on() {
    let scene = scene().await;
    let stranger = Unit::new("dong-nai", &[]);
    scene.receiver.ring.enrol(&stranger);
    let theirs = publish(&stranger, 1, &[BORDER]).await;
    scene.give(&scene.another(1, None)).await;
    assert_eq!(scene.give(&scene.events[0]).await, Outcome::Duplicate);
    assert_eq!(scene.give(&scene.events[2]).await, Outcome::Held("fork"));
    assert!(matches!(give(&scene.log, &theirs[0], BORDER).await, Outcome::Appended(_)));
}

#[tokio::test]
async fn a_restart_holds_on_and_a_decision_survives_it() {
    let scene = scene().await;
    scene.give(&scene.another(1, None)).await;
    assert_eq!(scene.give(&scene.events[2]).await, Outcome::Held("fork"));
    let Scene { author, receiver, log, events } = scene;
    log.close().await;
    let scene = Scene { log: receiver.open(), author, receiver, events };
    assert_eq!(scene.give(&scene.events[3]).await, Outcome::Held("fork"));

    assert_eq!(scene.decide().await, 1);

    assert_eq!(scene.receiver.events(), scene.events);
    assert_eq!(scene.receiver.held(), 0);
    assert!(scene.forks()[0].decided_position.is_some());
    assert_eq!(scene.decide().await, 0, "once");
    scene.receiver.assert_sound();
}

#[tokio::test]
async fn the_side_that_lost_goes_on_without_holding_the_other_again() {
    let scene = scene().await;
    let second = scene.another(1, None);
    let third = scene.another(2, Some(&second));
    let fourth = scene.another(3, Some(&third));
    scene.give(&second).await;
    scene.decide().await;

    assert_eq!(scene.give(&third).await, Outcome::Quarantined("fork"));
    assert_eq!(scene.give(&fourth).await, Outcome::Held("gap"), "it may yet turn out so");
    assert!(matches!(scene.give(&scene.events[2]).await, Outcome::Appended(_)));
    assert!(matches!(scene.give(&scene.events[3]).await, Outcome::Appended(_)));

    assert_eq!(scene.receiver.held(), 0);
    let forks = scene.forks();
    assert!(forks.iter().all(|fork| fork.decided_position.is_some()), "{forks:?}");
    // A third history is a fork of its own.
    scene.give(&scene.another(1, None)).await;
    assert_eq!(scene.forks().last().unwrap().decided_position, None);
    scene.receiver.assert_sound();
}

#[tokio::test]
async fn a_mismatch_in_a_zone_that_was_joined_later_is_a_fork() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[BORDER], &[&author]);
    let zones = vec![vec![CLUSTER], vec![BORDER, CLUSTER], vec![BORDER]];
    let events = publish_all(&author, zones).await;
    let log = receiver.open();
    give(&log, &events[1], BORDER).await;
    receiver.zones.join(CLUSTER);
    // Under the number of the first one, in the zone that is new here.
    let other = author.forge(&events[0], |header| header.event_id = event_id());
    assert_appended(&give(&log, &other, CLUSTER).await, 3);

    assert_eq!(give(&log, &events[1], CLUSTER).await, Outcome::Duplicate);

    let forks = receiver.reader().forks().unwrap();
    assert_eq!(forks.len(), 1);
    assert_eq!((forks[0].zone.as_str(), forks[0].seq), (CLUSTER, 2));
    assert_eq!((forks[0].here, forks[0].other), (leaf(&other), leaf(&events[1])));
    assert_eq!(give(&log, &events[2], BORDER).await, Outcome::Held("fork"));
}

#[tokio::test]
async fn a_cut_before_the_fork_decides_it() {
    let scene = scene().await;
    scene.give(&scene.another(1, None)).await;
    assert_eq!(scene.give(&scene.events[2]).await, Outcome::Held("fork"));

    scene.receiver.zones.cut(0);
    scene.log.directory_changed().await.unwrap();
    scene.log.submit(|_| Ok(())).await.unwrap();

    assert!(scene.forks()[0].decided_position.is_some());
    let counts = scene.receiver.reader().counts().unwrap();
    assert_eq!(scene.receiver.held(), 0);
    assert_eq!(counts.quarantined["beyond-cut"], 1, "what was held lies beyond it");
}

#[tokio::test]
async fn a_cut_behind_the_fork_decides_nothing() {
    let scene = scene().await;
    scene.give(&scene.another(1, None)).await;
    scene.receiver.zones.cut(2);
    scene.log.directory_changed().await.unwrap();
    scene.log.submit(|_| Ok(())).await.unwrap();
    assert_eq!(scene.forks()[0].decided_position, None);
    assert_eq!(scene.give(&scene.events[2]).await, Outcome::Held("fork"));
}

#[tokio::test]
async fn a_flood_into_quarantine_leaves_the_evidence() {
    let scene = scene().await;
    let other = scene.another(1, None);
    scene.give(&other).await;
    let garbage = |n: u32| named(&Bytes::from(n.to_be_bytes().to_vec()), BORDER, "hcm");
    scene.log.arrive((0..1_200).map(garbage).collect()).await.unwrap();
    let tool = scene.receiver.tool();
    let dropped = "SELECT bytes IS NULL FROM quarantine WHERE reason = 'fork'";
    assert!(tool.query_row(dropped, (), |row| row.get::<_, bool>(0)).unwrap());
    assert_eq!(scene.forks()[0].bytes, other);
}

/// Whoever signs one history after the other says nothing new by it.
#[tokio::test]
async fn endless_histories_take_no_endless_room() {
    let scene = scene().await;
    let others = (0..1_010).map(|_| arrival(&scene.another(1, None), BORDER)).collect();
    scene.log.arrive(others).await.unwrap();
    assert_eq!(scene.forks().len(), 1_000);
    assert_eq!(scene.decide().await, 1_000);
    assert!(matches!(scene.give(&scene.events[2]).await, Outcome::Appended(_)));
}

#[tokio::test]
async fn evidence_is_neither_changed_nor_deleted() {
    let scene = scene().await;
    scene.give(&scene.another(1, None)).await;
    scene.decide().await;
    let tool = scene.receiver.tool();
    for wrong in [
        "DELETE FROM forks",
        "UPDATE forks SET bytes = x'00'",
        "UPDATE forks SET decided_position = NULL",
        "INSERT OR REPLACE INTO forks SELECT * FROM forks",
    ] {
        let error = tool.execute_batch(wrong).unwrap_err();
        assert!(error.to_string().contains("evidence is never"), "{wrong}: {error}");
    }
    assert_eq!(header(&scene.forks()[0].bytes).index, 1);
}
