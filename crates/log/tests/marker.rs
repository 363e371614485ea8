//! No number is signed twice: a log that has lost its tail signs nothing until it has it again.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use std::path::Path;
use std::{fs, io};

use bytes::Bytes;
use common::{BORDER, Unit, append, assert_appended, give, header, publish};
use giapranh_log::{LOG_FILE, Log, LogError, MARKER_FILE, Mark, Tail};
use giapranh_record::Hash;
use giapranh_record::event::Event;

fn mark(bytes: &Bytes) -> Mark {
    let event = Event::parse(bytes.clone()).unwrap();
    Mark { epoch: 1, index: event.header().index, leaf: event.leaf() }
}

type Damage = fn(&Path) -> io::Result<()>;
const DAMAGE: [Damage; 2] = [|path| fs::remove_file(path), |path| fs::write(path, [0; 1024])];

/// Nothing can be signed, and the message says why.
async fn assert_refuses(log: &Log, why: &str) {
    let refusal = log.refusal().unwrap();
    assert!(refusal.contains(why), "{refusal}");
    for zones in [[BORDER], ["local"]] {
        match append(log, &zones).await {
            Err(error @ LogError::OwnTail(_)) => {
                assert_eq!(error.to_string(), format!("nothing can be signed: {refusal}"));
            }
            other => panic!("{zones:?}: {other:?}"),
        }
    }
}

/// A unit that has published three events, with its log as it was after the first.
async fn rolled_back() -> (Unit, Vec<Bytes>) {
    let unit = Unit::new("hcm", &[BORDER]);
    publish(&unit, 1, &[BORDER]).await;
    let old = fs::read(unit.path()).unwrap();
    let events = publish(&unit, 2, &[BORDER]).await;
    unit.marker().advance(mark(&events[2])).unwrap();
    fs::write(unit.path(), old).unwrap();
    (unit, events)
}

#[tokio::test]
async fn a_log_behind_its_marker_signs_nothing_and_still_takes_arrivals() {
    let (unit, _) = rolled_back().await;
    let other = Unit::new("long-an", &[]);
    unit.ring.enrol(&other);
    let arriving = publish(&other, 1, &[BORDER]).await;
    let log = unit.open();
    assert_refuses(&log, "index 2 of epoch 1 may have been published").await;
    assert_appended(&give(&log, &arriving[0], BORDER).await, 2);
    assert_refuses(&log, "lost its tail").await;
    unit.assert_sound();
}

#[tokio::test]
async fn a_log_that_has_its_tail_again_signs_the_next_number() {
    let (unit, events) = rolled_back().await;
    let log = unit.open();
    assert_appended(&give(&log, &events[1], BORDER).await, 2);
    log.close().await;
    let log = unit.open();
    assert_refuses(&log, "lost its tail").await;
    assert_appended(&give(&log, &events[2], BORDER).await, 3);
    log.close().await;
    let log = unit.open();
    assert_eq!(log.refusal(), None);
    append(&log, &[BORDER]).await.unwrap();
    assert_eq!(unit.events()[..3], events);
    assert_eq!(header(&unit.events()[3]).index, 3);
    unit.assert_sound();
}

#[tokio::test]
async fn a_log_that_holds_another_event_at_the_marked_index_signs_nothing() {
    let unit = Unit::new("hcm", &[BORDER]);
    let events = publish(&unit, 3, &[BORDER]).await;
    let other = Mark { leaf: Hash::of(&[b"another"]), ..mark(&events[2]) };
    unit.marker().advance(other).unwrap();
    assert_refuses(&unit.open(), "may have been published").await;
}

#[tokio::test]
async fn a_log_level_with_its_marker_or_ahead_signs() {
    let unit = Unit::new("hcm", &[BORDER]);
    let events = publish(&unit, 3, &[BORDER]).await;
    for published in &events {
        unit.marker().advance(mark(published)).unwrap();
        assert_eq!(unit.marker().mark(), Some(mark(published)));
        let log = unit.open();
        assert_eq!(log.refusal(), None);
        append(&log, &[BORDER]).await.unwrap();
        log.close().await;
    }
}

#[tokio::test]
async fn without_a_marker_nothing_is_signed_until_the_node_has_looked_around() {
    let unit = Unit::new("hcm", &[BORDER]);
    let path = unit.dir.path().join(MARKER_FILE);
    // Also of an empty log nobody knows whether it was always empty.
    let mut newest = None;
    for damage in [DAMAGE, DAMAGE].concat() {
        damage(&path).unwrap();
        let log = unit.open();
        assert_refuses(&log, "the marker of what was published is missing or unreadable").await;
        log.close().await;
        // A restart knows no more.
        let log = unit.open();
        assert!(matches!(*log.tail().borrow(), Tail::Unknown { .. }));
        assert_eq!(log.tail_confirmed().await.unwrap(), Tail::Whole);
        assert_eq!(unit.marker().mark(), newest, "the new marker holds what is here");
        append(&log, &[BORDER]).await.unwrap();
        newest = unit.events().last().map(mark);
        log.close().await;
        let log = unit.open();
        assert_eq!(log.refusal(), None, "the marker is there again");
        log.close().await;
    }
    unit.assert_sound();
}

#[tokio::test]
async fn a_write_ahead_log_that_is_lost_or_cut_is_recognised() {
    let unit = Unit::new("hcm", &[BORDER]);
    let log = unit.open();
    for _ in 0..6 {
        append(&log, &[BORDER]).await.unwrap();
    }
    unit.marker().advance(mark(&unit.events()[5])).unwrap();
    let ahead = fs::read(unit.dir.path().join("log.db-wal")).unwrap();
    for kept in [0, 31, 32, 4096, ahead.len() / 2, ahead.len() - 4096, ahead.len() - 1] {
        let copy = tempfile::tempdir().unwrap();
        for name in [LOG_FILE, MARKER_FILE] {
            fs::copy(unit.dir.path().join(name), copy.path().join(name)).unwrap();
        }
        fs::write(copy.path().join("log.db-wal"), &ahead[..kept]).unwrap();
        let reopened = unit.open_in(copy.path()).unwrap();
        assert!(*reopened.head().borrow() < 6, "{kept} bytes");
        assert_refuses(&reopened, "lost its tail").await;
        let findings = unit.findings_of(&copy.path().join(LOG_FILE)).unwrap();
        assert_eq!(findings.faults, []);
    }
}
