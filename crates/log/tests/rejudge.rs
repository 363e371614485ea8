//! What lies in quarantine or is held is judged again on demand: it ends in one place, keeps its
//! number where it stays, and leaves a trace where it does not.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use bytes::Bytes;
use common::{
    BORDER, CLUSTER, START_MS, Unit, arrive, event_id, give, named, publish, publish_all,
};
use giapranh_log::{Arrival, Kept, Log, LogError, Outcome, Rejudged, Shelf, Verdict};
use giapranh_record::Hash;

/// As a node reads the subjects of these tests.
fn naming(subject: &str) -> Option<(String, String)> {
    let tokens: Vec<&str> = subject.strip_prefix("giapranh.v1.feed.")?.split('.').collect();
    let [zone, _, origin] = tokens[..] else { return None };
    Some((zone.to_owned(), origin.to_owned()))
}

async fn judge_all(log: &Log, unit: &Unit, shelf: Shelf) -> Vec<Verdict> {
    let ids = lying(unit, shelf).into_iter().map(|kept| kept.id).collect();
    let judged: Vec<Rejudged> = log.rejudge(shelf, ids, naming).await.unwrap();
    judged.into_iter().map(|one| one.verdict).collect()
}

fn lying(unit: &Unit, shelf: Shelf) -> Vec<Kept> {
    unit.reader().kept(shelf, None, 0, 100_000).unwrap()
}

/// What lies there alone.
#[track_caller]
fn only(unit: &Unit, shelf: Shelf) -> Kept {
    let mut kept = lying(unit, shelf);
    assert_eq!(kept.len(), 1, "{kept:?}");
    kept.remove(0)
}

/// What was decided, as `reason -> outcome (why)`.
fn decided(unit: &Unit, shelf: Shelf, number: u64) -> Vec<String> {
    let decisions = unit.reader().decisions(shelf, number).unwrap();
    let text = |one: giapranh_log::Decision| {
        let why = one.why.map(|why| format!(" ({why})")).unwrap_or_default();
        format!("{} -> {}{why}", one.reason, one.outcome)
    };
    decisions.into_iter().map(text).collect()
}

fn in_log(unit: &Unit, bytes: &Bytes) -> bool {
    unit.events().contains(bytes)
}

#[tokio::test]
async fn what_a_fix_lets_in_leaves_quarantine_for_the_log() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[], &[&author]);
    let events = publish(&author, 3, &[BORDER]).await;
    let log = receiver.open();
    // The last one first: judged again it has to wait, and then comes in with the first.
    for bytes in events.iter().rev() {
        assert_eq!(give(&log, bytes, BORDER).await, Outcome::Quarantined("not-entitled"));
    }
    receiver.zones.join(BORDER);
    let verdicts = judge_all(&log, &receiver, Shelf::Quarantine).await;
    let wait = Verdict::Held("gap".to_owned());
    assert_eq!(verdicts[..2], [wait.clone(), wait]);
    let Verdict::Appended(position) = verdicts[2] else { panic!("{verdicts:?}") };

    assert_eq!(receiver.events(), events);
    assert_eq!(receiver.held(), 0);
    let counts = receiver.reader().counts().unwrap();
    assert!(counts.quarantined.is_empty(), "{counts:?}");
    assert_eq!(counts.rejudged, [("appended".into(), 1), ("held".into(), 2)].into());
    assert_eq!(decided(&receiver, Shelf::Quarantine, 1), ["not-entitled -> held (gap)"]);
    let last = receiver.reader().decisions(Shelf::Quarantine, 3).unwrap().remove(0);
    assert_eq!((last.outcome.as_str(), last.position), ("appended", Some(position)));
    assert_eq!(last.hash, Hash::of(&[&events[0]]));
    receiver.assert_sound();
    assert_eq!(judge_all(&log, &receiver, Shelf::Quarantine).await, []);
    let absent = log.rejudge(Shelf::Quarantine, vec![3], naming).await.unwrap();
    assert_eq!(absent[0].verdict, Verdict::Absent);
}

#[tokio::test]
async fn what_fails_again_keeps_its_number_its_first_time_and_how_often_it_came() {
    let receiver = Unit::new("long-an", &[BORDER]);
    let log = receiver.open();
    let garbage = Bytes::from_static(b"garbage");
    for after_ms in [5, 60] {
        receiver.clock.set(START_MS + after_ms);
        arrive(&log, named(&garbage, BORDER, "hcm")).await;
    }
    // Another one after it, which has the next number.
    arrive(&log, named(&Bytes::from_static(b"more"), BORDER, "hcm")).await;
    let before = lying(&receiver, Shelf::Quarantine).remove(0);
    for times in 1..=2 {
        receiver.clock.set(START_MS + 100 * times);
        let judged = log.rejudge(Shelf::Quarantine, vec![before.id], naming).await.unwrap();
        assert_eq!(judged[0].verdict, Verdict::Quarantined("malformed".to_owned()));
        let now = receiver.reader().kept_one(Shelf::Quarantine, before.id).unwrap().unwrap();
        let judged_ms = Some(START_MS + 100 * times);
        assert_eq!(now, Kept { judged: times, judged_ms, ..before.clone() });
        assert_eq!((now.times, now.arrived_ms), (2, START_MS + 5));
    }
    let bytes = receiver.reader().kept_bytes(Shelf::Quarantine, before.id).unwrap();
    assert_eq!(bytes, Some(garbage));
    assert_eq!(lying(&receiver, Shelf::Quarantine).len(), 2);
    assert_eq!(decided(&receiver, Shelf::Quarantine, before.id), [""; 0]);
}

#[tokio::test]
async fn what_fails_for_another_reason_now_says_so_under_the_same_number() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[BORDER], &[&author]);
    let mut bytes = publish(&author, 1, &[BORDER]).await[0].to_vec();
    *bytes.last_mut().unwrap() ^= 1;
    let log = receiver.open();
    // The subject was not understood when it came.
    let unread = Arrival { named: None, ..named(&bytes.into(), BORDER, "hcm") };
    assert_eq!(arrive(&log, unread.clone()).await, Outcome::Quarantined("subject"));
    let again = Verdict::Quarantined("signature".to_owned());
    assert_eq!(judge_all(&log, &receiver, Shelf::Quarantine).await[..], [again.clone()][..]);
    let kept = only(&receiver, Shelf::Quarantine);
    assert_eq!((kept.id, kept.reason.as_str(), kept.times), (1, "signature", 1));
    assert_eq!(decided(&receiver, Shelf::Quarantine, 1), ["subject -> quarantined (signature)"]);

    // It lies there for both reasons: the one that still holds stands for both.
    for _ in 0..2 {
        assert_eq!(arrive(&log, unread.clone()).await, Outcome::Quarantined("subject"));
    }
    let other = lying(&receiver, Shelf::Quarantine)[1].id;
    assert_eq!(
        log.rejudge(Shelf::Quarantine, vec![other], naming).await.unwrap()[0].verdict,
        again
    );
    let kept = only(&receiver, Shelf::Quarantine);
    assert_eq!((kept.id, kept.reason.as_str(), kept.times), (1, "signature", 3));
    let expected = ["subject -> quarantined (signature)"];
    assert_eq!(decided(&receiver, Shelf::Quarantine, other), expected);
}

#[tokio::test]
async fn what_came_in_meanwhile_is_a_duplicate() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[BORDER], &[&author]);
    let events = publish(&author, 1, &[BORDER]).await;
    let log = receiver.open();
    let wrong = named(&events[0], CLUSTER, "hcm");
    assert_eq!(arrive(&log, wrong).await, Outcome::Quarantined("subject"));
    give(&log, &events[0], BORDER).await;
    assert_eq!(judge_all(&log, &receiver, Shelf::Quarantine).await, [Verdict::Duplicate]);
    assert_eq!(lying(&receiver, Shelf::Quarantine), []);
    assert_eq!(decided(&receiver, Shelf::Quarantine, 1), ["subject -> duplicate"]);
    assert_eq!(receiver.events(), events);
    receiver.assert_sound();
}

#[tokio::test]
async fn fork_evidence_stays_although_its_event_is_in_the_log() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[CLUSTER], &[&author]);
    let events = publish_all(&author, vec![vec![BORDER], vec![BORDER, CLUSTER]]).await;
    let log = receiver.open();
    give(&log, &events[1], CLUSTER).await;
    receiver.zones.join(BORDER);
    // In the zone that was joined another event has the place.
    for (bytes, change) in [(&events[0], 7), (&events[1], 8)] {
        let forged = author.forge(bytes, |header| {
            header.event_id = event_id();
            header.index = change;
            header.links.retain(|link| link.zone == BORDER);
            if change == 8 {
                header.links[0].prev = Hash::of(&[b"another"]);
            }
        });
        give(&log, &forged, BORDER).await;
    }
    give(&log, &events[1], BORDER).await;
    let hash = Hash::of(&[&events[1]]);
    let of_event = |kept: &Kept| kept.hash == hash && kept.reason == "fork";
    let Some(evidence) = lying(&receiver, Shelf::Quarantine).into_iter().find(of_event) else {
        panic!("{:?}", lying(&receiver, Shelf::Quarantine));
    };
    let judged = log.rejudge(Shelf::Quarantine, vec![evidence.id], naming).await.unwrap();
    assert_eq!(judged[0].verdict, Verdict::Quarantined("fork".to_owned()));
    let now = receiver.reader().kept_one(Shelf::Quarantine, evidence.id).unwrap().unwrap();
    assert_eq!((now.times, now.judged), (evidence.times, 1));
    assert!(in_log(&receiver, &events[1]));
}

#[tokio::test]
async fn what_is_held_keeps_its_number_until_it_comes_in() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::new("long-an", &[BORDER]);
    let events = publish(&author, 2, &[BORDER]).await;
    let log = receiver.open();
    for bytes in events.iter().rev() {
        assert_eq!(give(&log, bytes, BORDER).await, Outcome::Held("unknown-key"));
    }
    let before = lying(&receiver, Shelf::Held);
    receiver.clock.set(START_MS + 500);
    let wait = Verdict::Held("unknown-key".to_owned());
    assert_eq!(judge_all(&log, &receiver, Shelf::Held).await, [wait.clone(), wait]);
    // By itself it is judged again when the directory changes.
    log.directory_changed().await.unwrap();
    log.rejudge(Shelf::Held, Vec::new(), naming).await.unwrap();
    let after = lying(&receiver, Shelf::Held);
    let judged_ms = Some(START_MS + 500);
    let expected: Vec<Kept> =
        before.into_iter().map(|kept| Kept { judged: 2, judged_ms, ..kept }).collect();
    assert_eq!(after, expected);

    receiver.ring.enrol(&author);
    let verdicts = judge_all(&log, &receiver, Shelf::Held).await;
    assert_eq!(verdicts[0], Verdict::Held("gap".to_owned()));
    assert!(matches!(verdicts[1], Verdict::Appended(_)), "{verdicts:?}");
    assert_eq!(receiver.events(), events);
    assert_eq!(lying(&receiver, Shelf::Held), []);
    assert_eq!(decided(&receiver, Shelf::Held, 1), ["unknown-key -> held (gap)"]);
    assert_eq!(decided(&receiver, Shelf::Held, 2), ["unknown-key -> appended"]);
    receiver.assert_sound();
}

#[tokio::test]
async fn what_waits_for_a_place_is_found_by_it_after_it_was_judged_again() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[BORDER], &[&author]);
    let events = publish(&author, 3, &[BORDER]).await;
    let log = receiver.open();
    for at in [2, 1] {
        assert_eq!(give(&log, &events[at], BORDER).await, Outcome::Held("gap"));
    }
    let wait = Verdict::Held("gap".to_owned());
    assert_eq!(judge_all(&log, &receiver, Shelf::Held).await, [wait.clone(), wait]);
    assert_eq!(lying(&receiver, Shelf::Held)[0].id, 1);
    give(&log, &events[0], BORDER).await;
    assert_eq!(receiver.events(), events);
    assert_eq!(receiver.held(), 0);
    receiver.assert_sound();
}

#[tokio::test]
async fn a_held_event_that_turns_out_to_be_bad_goes_to_quarantine() {
    let (author, other) = (Unit::new("hcm", &[]), Unit::new("dong-nai", &[]));
    let receiver = Unit::new("long-an", &[BORDER]);
    let events = publish(&author, 1, &[BORDER]).await;
    let forged = other.forge(&events[0], |_| {});
    let log = receiver.open();
    assert_eq!(give(&log, &forged, BORDER).await, Outcome::Held("unknown-key"));
    receiver.ring.enrol(&other);
    let expected = [Verdict::Quarantined("key-of-another".to_owned())];
    assert_eq!(judge_all(&log, &receiver, Shelf::Held).await, expected);
    assert_eq!(lying(&receiver, Shelf::Held), []);
    assert_eq!(only(&receiver, Shelf::Quarantine).hash, Hash::of(&[&forged]));
    let history = decided(&receiver, Shelf::Held, 1);
    assert_eq!(history, ["unknown-key -> quarantined (key-of-another)"]);
}

#[tokio::test]
async fn what_can_not_be_held_any_more_stays_where_it_is() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[], &[&author]);
    let events = publish(&author, 2, &[BORDER]).await;
    let log = receiver.open();
    assert_eq!(give(&log, &events[1], BORDER).await, Outcome::Quarantined("not-entitled"));
    receiver.zones.join(BORDER);
    let full = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 10000)
                INSERT INTO held (arrived_ms, subject, reason, origin, zone, hash, bytes)
                SELECT 0, 's', 'gap', 'hcm', 'hcm-long-an', n, x'00' FROM n";
    receiver.tool().execute_batch(&full.replace("', n, x", "', CAST(n AS BLOB), x")).unwrap();
    assert_eq!(judge_all(&log, &receiver, Shelf::Quarantine).await, [Verdict::TooMuchHeld]);
    let kept = only(&receiver, Shelf::Quarantine);
    assert_eq!((kept.id, kept.judged, kept.whole), (1, 1, true));
    assert_eq!(decided(&receiver, Shelf::Quarantine, 1), [""; 0]);
    receiver.tool().execute_batch("DELETE FROM held").unwrap();
    let wait = Verdict::Held("gap".to_owned());
    assert_eq!(judge_all(&log, &receiver, Shelf::Quarantine).await, [wait]);
}

#[tokio::test]
async fn a_number_is_given_once() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[], &[&author]);
    let events = publish(&author, 1, &[BORDER]).await;
    let log = receiver.open();
    give(&log, &events[0], BORDER).await;
    receiver.zones.join(BORDER);
    judge_all(&log, &receiver, Shelf::Quarantine).await;
    log.close().await;
    let log = receiver.open();
    arrive(&log, named(&Bytes::from_static(b"garbage"), BORDER, "hcm")).await;
    assert!(only(&receiver, Shelf::Quarantine).id > 1, "who names 1 means another message");
}

#[tokio::test]
async fn a_decision_that_can_not_be_noted_is_none() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[], &[&author]);
    let events = publish(&author, 1, &[BORDER]).await;
    let log = receiver.open();
    give(&log, &events[0], BORDER).await;
    receiver.zones.join(BORDER);
    let before = only(&receiver, Shelf::Quarantine);
    // The note comes last: all else was written by then.
    let fault = "CREATE TRIGGER fault AFTER INSERT ON rejudged
                 BEGIN SELECT RAISE(ABORT, 'no more of that'); END";
    receiver.tool().execute_batch(fault).unwrap();
    let failed = log.rejudge(Shelf::Quarantine, vec![1], naming).await;
    assert!(matches!(&failed, Err(LogError::Stopped(why)) if why.contains("no more of that")));
    log.close().await;
    receiver.tool().execute_batch("DROP TRIGGER fault").unwrap();

    let log = receiver.open();
    assert_eq!(only(&receiver, Shelf::Quarantine), before);
    assert!(!in_log(&receiver, &events[0]));
    assert_eq!(decided(&receiver, Shelf::Quarantine, 1), [""; 0]);
    let verdicts = judge_all(&log, &receiver, Shelf::Quarantine).await;
    assert!(matches!(verdicts[..], [Verdict::Appended(_)]), "{verdicts:?}");
    receiver.assert_sound();
}

#[tokio::test]
async fn the_history_is_append_only() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[], &[&author]);
    let events = publish(&author, 1, &[BORDER]).await;
    let log = receiver.open();
    give(&log, &events[0], BORDER).await;
    receiver.zones.join(BORDER);
    judge_all(&log, &receiver, Shelf::Quarantine).await;
    let tool = receiver.tool();
    for statement in [
        "UPDATE rejudged SET outcome = 'duplicate'",
        "DELETE FROM rejudged",
        "INSERT OR REPLACE INTO rejudged SELECT * FROM rejudged",
    ] {
        let error = tool.execute_batch(statement).expect_err(statement);
        assert!(error.to_string().contains("append-only"), "{statement}: {error}");
    }
    assert_eq!(decided(&receiver, Shelf::Quarantine, 1), ["not-entitled -> appended"]);
}
