//! What fails the gate lies in quarantine with its reason, and the feed goes on.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use bytes::Bytes;
use common::{
    BORDER, CLUSTER, RIVER, Unit, arrival, arrive, assert_appended, draft, event_id, give, header,
    named, publish, publish_all,
};
use giapranh_log::{Arrival, Log, Outcome};
use giapranh_record::event::Event;
use giapranh_record::{Draft, Hash, Header, Link};

/// Three events of hcm, and long-an's log that has the first of them.
struct Scene {
    author: Unit,
    other: Unit,
    receiver: Unit,
    log: Log,
    events: Vec<Bytes>,
}

async fn scene() -> Scene {
    let (author, other) = (Unit::new("hcm", &[]), Unit::new("dong-nai", &[]));
    let receiver = Unit::knowing("long-an", &[BORDER, CLUSTER], &[&author, &other]);
    let events = publish(&author, 3, &[BORDER]).await;
    let log = receiver.open();
    assert_appended(&give(&log, &events[0], BORDER).await, 1);
    Scene { author, other, receiver, log, events }
}

impl Scene {
    /// The arrival fails for that reason, twice; it is kept once; then the right ones come in.
    async fn refuses(self, arrival: Arrival, reason: &'static str) {
        for times in 1..=2 {
            assert_eq!(arrive(&self.log, arrival.clone()).await, Outcome::Quarantined(reason));
            let counts = self.receiver.reader().counts().unwrap();
            assert_eq!(counts.quarantined, [(reason.to_owned(), times)].into());
            assert_eq!(counts.events, 2);
            assert_eq!(self.receiver.held(), 0);
        }
        let kept: Vec<(String, Vec<u8>)> = self
            .receiver
            .tool()
            .prepare("SELECT subject, bytes FROM quarantine")
            .unwrap()
            .query_map((), |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert_eq!(kept, [(arrival.subject, arrival.bytes.to_vec())]);
        if reason == "fork" {
            return self.holds_until_decided().await;
        }
        for (bytes, position) in self.events[1..].iter().zip([3, 5]) {
            assert_appended(&give(&self.log, bytes, BORDER).await, position);
        }
        assert_eq!(self.receiver.reader().forks().unwrap(), []);
        self.receiver.assert_sound();
    }

    /// The fork is noted once; the right ones wait for the decision, and come in then.
    async fn holds_until_decided(self) {
        let forks = self.receiver.reader().forks().unwrap();
        assert_eq!(forks.len(), 1, "{forks:?}");
        assert_eq!((forks[0].origin.as_str(), forks[0].here_position), ("hcm", 1));
        for bytes in &self.events[1..] {
            assert_eq!(give(&self.log, bytes, BORDER).await, Outcome::Held("fork"));
        }
        let released = self.log.submit(|batch| batch.release_fork("hcm", 1)).await;
        assert_eq!(released.unwrap(), 1);
        assert_eq!(self.receiver.events(), self.events);
        self.receiver.assert_sound();
    }
}

#[tokio::test]
async fn garbage_is_malformed() {
    scene().await.refuses(named(&Bytes::from_static(b"garbage"), BORDER, "hcm"), "malformed").await;
}

#[tokio::test]
async fn nothing_is_malformed() {
    scene().await.refuses(named(&Bytes::new(), BORDER, "hcm"), "malformed").await;
}

#[tokio::test]
async fn a_mebibyte_is_malformed() {
    let much = Bytes::from(vec![0x0a; 1024 * 1024]);
    scene().await.refuses(named(&much, BORDER, "hcm"), "malformed").await;
}

#[tokio::test]
async fn a_changed_signature_is_refused() {
    let scene = scene().await;
    let mut bytes = scene.events[1].to_vec();
    *bytes.last_mut().unwrap() ^= 1;
    scene.refuses(named(&bytes.into(), BORDER, "hcm"), "signature").await;
}

#[tokio::test]
async fn a_bad_signature_under_a_known_id_is_no_fork() {
    let scene = scene().await;
    let forged = scene.author.forge(&scene.events[0], |header| header.kind = "other".into());
    let mut bytes = forged.to_vec();
    *bytes.last_mut().unwrap() ^= 1;
    scene.refuses(named(&bytes.into(), BORDER, "hcm"), "signature").await;
}

#[tokio::test]
async fn the_key_of_another_unit_is_refused() {
    let scene = scene().await;
    let forged = scene.other.forge(&scene.events[1], |_| {});
    scene.refuses(arrival(&forged, BORDER), "key-of-another").await;
}

#[tokio::test]
async fn a_subject_of_another_zone_is_refused() {
    let scene = scene().await;
    let arrival = named(&scene.events[1], CLUSTER, "hcm");
    scene.refuses(arrival, "subject").await;
}

#[tokio::test]
async fn a_subject_of_the_local_zone_is_refused() {
    let scene = scene().await;
    let arrival = named(&scene.events[1], "local", "hcm");
    scene.refuses(arrival, "subject").await;
}

#[tokio::test]
async fn a_subject_of_another_origin_is_refused() {
    let scene = scene().await;
    let arrival = named(&scene.events[1], BORDER, "dong-nai");
    scene.refuses(arrival, "subject").await;
}

#[tokio::test]
async fn a_subject_that_is_none_of_ours_is_refused() {
    let scene = scene().await;
    let arrival = Arrival {
        subject: "giapranh.v9.else".to_owned(),
        named: None,
        bytes: scene.events[1].clone(),
    };
    scene.refuses(arrival, "subject").await;
}

#[tokio::test]
async fn what_is_local_is_refused() {
    let scene = scene().await;
    let local = publish(&scene.other, 1, &["local"]).await;
    scene.refuses(arrival(&local[0], "local"), "local").await;
}

#[tokio::test]
async fn a_zone_without_entitlement_is_refused() {
    let scene = scene().await;
    let foreign = publish(&scene.other, 1, &[RIVER]).await;
    scene.refuses(arrival(&foreign[0], RIVER), "not-entitled").await;
}

#[tokio::test]
async fn a_time_or_a_directory_that_goes_back_is_refused() {
    let earlier: fn(&mut Header) = |header| header.recorded_ms -= 1;
    let older: fn(&mut Header) = |header| header.directory_seq = 4;
    for back in [earlier, older] {
        let (author, receiver, log, events) = decided_under(&[5, 5, 6]).await;
        assert!(matches!(give(&log, &events[0], BORDER).await, Outcome::Appended(_)));
        let wrong = author.forge(&events[1], back);
        assert_eq!(give(&log, &wrong, BORDER).await, Outcome::Quarantined("order"));
        assert_eq!(receiver.reader().forks().unwrap(), [], "it is no fork");
        assert!(matches!(give(&log, &events[1], BORDER).await, Outcome::Appended(_)));
        assert!(matches!(give(&log, &events[2], BORDER).await, Outcome::Appended(_)));
        log.close().await;
        // A restart knows what the newest said.
        let log = receiver.open();
        let next = author.forge(&events[2], |header| {
            (header.event_id, header.index) = (event_id(), 3);
            header.links[0].seq = 4;
            header.links[0].prev = Event::parse(events[2].clone()).unwrap().leaf();
            back(header);
        });
        assert_eq!(give(&log, &next, BORDER).await, Outcome::Quarantined("order"));
        receiver.assert_sound();
    }
}

/// An author's events, each decided under that head of the directory, and a log that has none.
async fn decided_under(heads: &[u64]) -> (Unit, Unit, Log, Vec<Bytes>) {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[BORDER], &[&author]);
    let log = author.open();
    for head in heads {
        let draft = Draft { directory_seq: *head, ..draft(&[BORDER]) };
        log.submit(move |batch| batch.append(draft)).await.unwrap();
    }
    log.close().await;
    let (log, events) = (receiver.open(), author.events());
    (author, receiver, log, events)
}

#[tokio::test]
async fn another_event_under_a_known_id_is_a_fork() {
    let scene = scene().await;
    let known = header(&scene.events[0]).event_id;
    // In everything else it would be the next one.
    let forged = scene.author.forge(&scene.events[1], |header| header.event_id = known);
    scene.refuses(arrival(&forged, BORDER), "fork").await;
}

#[tokio::test]
async fn another_event_under_a_known_index_is_a_fork() {
    let scene = scene().await;
    let forged = scene.author.forge(&scene.events[1], |header| {
        header.event_id = event_id();
        header.index = 0;
    });
    scene.refuses(arrival(&forged, BORDER), "fork").await;
}

#[tokio::test]
async fn another_event_at_a_known_seq_is_a_fork() {
    let scene = scene().await;
    let forged = scene.author.forge(&scene.events[0], |header| {
        header.event_id = event_id();
        header.index = 7;
    });
    scene.refuses(arrival(&forged, BORDER), "fork").await;
}

#[tokio::test]
async fn another_predecessor_is_a_fork() {
    let scene = scene().await;
    let forged = scene.author.forge(&scene.events[1], |header| {
        header.event_id = event_id();
        header.links[0].prev = Hash::of(&[b"another"]);
    });
    scene.refuses(arrival(&forged, BORDER), "fork").await;
}

/// The twin here was signed later than what follows on the other one.
#[tokio::test]
async fn another_predecessor_is_a_fork_whatever_the_clock_said() {
    let scene = scene().await;
    let forged = scene.author.forge(&scene.events[1], |header| {
        header.event_id = event_id();
        header.recorded_ms = 1;
        header.links[0].prev = Hash::of(&[b"another"]);
    });
    scene.refuses(arrival(&forged, BORDER), "fork").await;
}

#[tokio::test]
async fn what_contradicts_an_event_beyond_a_gap_is_a_fork() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[BORDER, CLUSTER], &[&author]);
    let zones = vec![vec![BORDER], vec![BORDER, CLUSTER], vec![BORDER]];
    let events = publish_all(&author, zones).await;
    let log = receiver.open();
    // The second event came by the other zone; in this one it lies beyond a gap.
    assert_appended(&give(&log, &events[1], CLUSTER).await, 1);
    let before = author.forge(&events[0], |header| header.event_id = event_id());
    assert_eq!(give(&log, &before, BORDER).await, Outcome::Quarantined("fork"));
    let after = author.forge(&events[2], |header| {
        header.links[0].prev = Hash::of(&[b"another"]);
    });
    assert_eq!(give(&log, &after, BORDER).await, Outcome::Quarantined("fork"));
    assert_eq!(log.submit(|batch| batch.release_fork("hcm", 1)).await.unwrap(), 2);
    assert_appended(&give(&log, &events[0], BORDER).await, 3);
    assert_appended(&give(&log, &events[2], BORDER).await, 5);
    receiver.assert_sound();
    log.close().await;
    receiver.open().close().await;
}

#[tokio::test]
async fn one_bad_arrival_does_not_harm_the_others_of_its_batch() {
    let scene = scene().await;
    let outcomes = scene
        .log
        .arrive(vec![
            arrival(&scene.events[1], BORDER),
            named(&Bytes::from_static(b"garbage"), BORDER, "hcm"),
            arrival(&scene.events[1], BORDER),
            arrival(&scene.events[2], BORDER),
        ])
        .await
        .unwrap();
    assert_appended(&outcomes[0], 3);
    assert_eq!(outcomes[1], Outcome::Quarantined("malformed"));
    assert_eq!(outcomes[2], Outcome::Duplicate);
    assert_appended(&outcomes[3], 4);
    scene.receiver.assert_sound();
}

#[tokio::test]
async fn the_largest_numbers_stop_nothing() {
    let scene = scene().await;
    let most = u64::try_from(i64::MAX).unwrap();
    let forged = scene.author.forge(&scene.events[1], |header| {
        header.event_id = event_id();
        header.index = most;
        header.epoch = u32::MAX;
        let prev = Hash::of(&[b"unknown"]);
        header.links = vec![Link { zone: BORDER.to_owned(), seq: most, prev }];
    });
    assert_eq!(give(&scene.log, &forged, BORDER).await, Outcome::Held("gap"));
    let first = scene.author.forge(&scene.events[0], |header| {
        header.event_id = event_id();
        header.index = most;
        header.recorded_ms = most;
        header.directory_seq = most;
        header.epoch = u32::MAX;
    });
    assert_appended(&give(&scene.log, &first, BORDER).await, 3);
    assert_appended(&give(&scene.log, &scene.events[1], BORDER).await, 5);
    scene.receiver.assert_sound();
}
