//! A signature that does not hold is mended by a copy from another peer, for whoever reads, checks
//! or verifies; and nothing else is.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use bytes::Bytes;
use common::{BORDER, Unit, arrival, give, header, publish};
use giapranh_log::{Checked, Log, Outcome};
use giapranh_record::event::Event;

struct Scene {
    author: Unit,
    receiver: Unit,
    log: Log,
    events: Vec<Bytes>,
}

/// A log that took in a run of three events, the second with a garbled signature, and has found it.
async fn scene() -> Scene {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[BORDER], &[&author]);
    let events = publish(&author, 3, &[BORDER]).await;
    let log = receiver.open();
    let run = [events[0].clone(), garbled(&events[1], 1), events[2].clone()];
    log.arrive(run.iter().map(|bytes| arrival(bytes, BORDER)).collect()).await.unwrap();
    let scene = Scene { author, receiver, log, events };
    let checked = scene.checked(|checked| checked.position >= 4).await;
    assert_eq!(checked.faults.len(), 1);
    scene
}

fn garbled(event: &Bytes, bit: u8) -> Bytes {
    let mut bytes = event.to_vec();
    *bytes.last_mut().unwrap() ^= bit;
    bytes.into()
}

impl Scene {
    async fn checked(&self, until: impl FnMut(&Checked) -> bool) -> Checked {
        self.log.checked().wait_for(until).await.unwrap().clone()
    }
}

#[tokio::test]
async fn a_good_copy_mends_a_bad_signature() {
    let scene = scene().await;

    assert_eq!(give(&scene.log, &scene.events[1], BORDER).await, Outcome::Duplicate);

    let mended = scene.checked(|checked| checked.faults.is_empty()).await;
    assert_eq!((mended.position, mended.stopped), (4, None));
    // Audits, readers and peers get what the author signed.
    scene.receiver.assert_sound();
    let reader = scene.receiver.reader();
    assert_eq!(*reader.after(1, 1).unwrap()[0].event.bytes(), scene.events[1]);
    assert_eq!(reader.range("hcm", 1, BORDER, 1, 0, 10_000).unwrap(), scene.events);
    assert_eq!(reader.published("hcm", 1, 1, 1).unwrap()[0].event.bytes(), &scene.events[1]);
    assert_eq!(
        *reader.at_seq("hcm", 1, BORDER, 2).unwrap().unwrap().event.bytes(),
        scene.events[1]
    );
    // The log itself has not changed.
    let stored = "SELECT bytes FROM events WHERE position = 2";
    let stored: Vec<u8> = scene.receiver.tool().query_row(stored, (), |row| row.get(0)).unwrap();
    assert_eq!(stored, garbled(&scene.events[1], 1));
    scene.log.close().await;
    let log = scene.receiver.open();
    log.checked().wait_for(|checked| checked.position >= 4).await.unwrap();
    assert_eq!(log.checked().borrow().faults, [], "a restart finds it whole");
}

#[tokio::test]
async fn a_copy_that_is_no_better_is_not_kept() {
    let scene = scene().await;
    // Garbled otherwise, and a good one of what is good already.
    let bad = garbled(&scene.events[1], 2);
    assert_eq!(give(&scene.log, &bad, BORDER).await, Outcome::Duplicate);
    assert_eq!(give(&scene.log, &scene.events[0], BORDER).await, Outcome::Duplicate);
    assert_eq!(give(&scene.log, &garbled(&scene.events[0], 1), BORDER).await, Outcome::Duplicate);
    let copies = "SELECT COUNT(*) FROM copies";
    let copies: u64 = scene.receiver.tool().query_row(copies, (), |row| row.get(0)).unwrap();
    assert_eq!(copies, 0);
    assert_eq!(scene.receiver.findings().faults.len(), 1);
}

/// Whoever can write to the file can't use a copy to hide anything.
#[tokio::test]
async fn a_copy_of_something_else_mends_nothing() {
    let scene = scene().await;
    let other = scene.author.forge(&scene.events[1], |header| header.kind = "other.kind".into());
    let mut changed = scene.events[1].to_vec();
    changed[30] ^= 1;
    for wrong in [other, scene.events[0].clone(), changed.into(), Bytes::new()] {
        let tool = scene.receiver.tool();
        tool.execute_batch("DROP TRIGGER IF EXISTS copies_stay; DELETE FROM copies").unwrap();
        tool.execute("INSERT INTO copies VALUES (2, ?1)", [wrong.as_ref()]).unwrap();
        let faults = scene.receiver.findings().faults;
        // The event's signature, and the copy.
        assert_eq!(faults.iter().map(|fault| fault.position).collect::<Vec<_>>(), [2, 2]);
    }
}

/// Readers are given the copy, so one beside an event that needs none must be found out as well.
#[tokio::test]
async fn a_copy_beside_a_good_event_is_found_out() {
    let scene = scene().await;
    give(&scene.log, &scene.events[1], BORDER).await;
    scene.receiver.assert_sound();
    scene.log.close().await;
    let forged = scene.author.forge(&scene.events[0], |header| header.kind = "other.kind".into());
    let unsigned = garbled(&scene.events[0], 1);
    let mut changed = scene.events[0].to_vec();
    changed[30] ^= 1;
    for (position, wrong) in [
        (1, forged),
        (1, unsigned),
        (1, changed.into()),
        (1, scene.events[2].clone()),
        (1, Bytes::new()),
        (9, scene.events[0].clone()),
    ] {
        let tool = scene.receiver.tool();
        tool.execute_batch(
            "DROP TRIGGER IF EXISTS copies_stay; DELETE FROM copies WHERE position <> 2",
        )
        .unwrap();
        tool.execute("INSERT INTO copies VALUES (?1, ?2)", (position, wrong.as_ref())).unwrap();
        let faults = scene.receiver.findings().faults;
        let what = "the copy beside it is none of this event";
        assert!(faults.iter().any(|fault| fault.position == position && fault.what == what));
        let opened = scene.receiver.open_in(scene.receiver.dir.path());
        let error = opened.err().unwrap().to_string();
        assert!(error.contains(what), "the node does not start: {error}");
    }
}

#[tokio::test]
async fn a_copy_is_neither_changed_nor_deleted() {
    let scene = scene().await;
    give(&scene.log, &scene.events[1], BORDER).await;
    let tool = scene.receiver.tool();
    for wrong in [
        "DELETE FROM copies",
        "UPDATE copies SET bytes = x'00'",
        "INSERT OR REPLACE INTO copies VALUES (2, x'00')",
    ] {
        let error = tool.execute_batch(wrong).unwrap_err();
        assert!(error.to_string().contains("append-only"), "{wrong}: {error}");
    }
    let event = Event::parse(scene.events[1].clone()).unwrap();
    assert_eq!(event.header(), &header(&scene.events[1]));
}
