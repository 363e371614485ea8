//! Quarantine has a bound for each sender, and what is dropped to keep it is counted.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use bytes::Bytes;
use common::{BORDER, Unit, named};
use giapranh_log::{Arrival, Kept, Log, Outcome, Reader, Shelf, Verdict};
use giapranh_record::Hash;

/// Messages of a sender whose bytes are kept, of which it is noted that they came, and how many
/// bytes are kept.
const WHOLE_MESSAGES: usize = 1_000;
const NOTED_MESSAGES: usize = 10_000;
const WHOLE_BYTES: usize = 64 * 1024 * 1024;
/// What is made free at once: an eighth.
const FREED_PART: usize = 8;

fn garbage(number: usize, size: usize) -> Bytes {
    let mut bytes = number.to_be_bytes().to_vec();
    bytes.resize(size, 0xff);
    bytes.into()
}

async fn flood(log: &Log, origin: &str, messages: impl Iterator<Item = Bytes>) {
    let arrivals: Vec<Arrival> = messages.map(|bytes| named(&bytes, BORDER, origin)).collect();
    for batch in arrivals.chunks(500) {
        let outcomes = log.arrive(batch.to_vec()).await.unwrap();
        assert!(outcomes.iter().all(|outcome| *outcome == Outcome::Quarantined("malformed")));
    }
}

fn lying(unit: &Unit) -> Vec<Kept> {
    unit.reader().kept(Shelf::Quarantine, None, 0, 100_000).unwrap()
}

fn whole(kept: &[Kept]) -> usize {
    kept.iter().filter(|kept| kept.whole).count()
}

#[tokio::test]
async fn of_a_flood_the_newest_keep_their_bytes_and_the_others_their_facts() {
    let receiver = Unit::new("long-an", &[BORDER]);
    let log = receiver.open();
    flood(&log, "dong-nai", [garbage(0, 9)].into_iter()).await;
    // Districts share the room of their province.
    let messages = || (0..WHOLE_MESSAGES + 5).map(|number| garbage(number, 8));
    for (number, bytes) in messages().enumerate() {
        let origin = if number % 2 == 0 { "hcm" } else { "hcm_cu-chi" };
        flood(&log, origin, [bytes].into_iter()).await;
    }
    let kept = lying(&receiver);
    assert_eq!(kept.len(), WHOLE_MESSAGES + 6);
    assert!(kept[0].whole, "another province's is not displaced");
    // With the first that was too many the oldest went.
    let number = WHOLE_MESSAGES / FREED_PART + 1;
    let (dropped, whole) = kept[1..].split_at(number);
    assert!(dropped.iter().all(|kept| !kept.whole) && whole.iter().all(|kept| kept.whole));
    for (kept, bytes) in kept[1..].iter().zip(messages()) {
        assert_eq!((kept.hash, kept.size), (Hash::of(&[&bytes]), 8));
        assert_eq!((kept.reason.as_str(), kept.times), ("malformed", 1));
        let found = receiver.reader().kept_bytes(Shelf::Quarantine, kept.id).unwrap();
        assert_eq!(found, kept.whole.then_some(bytes));
    }
    // Once more: counted, not kept twice.
    flood(&log, "hcm", [garbage(0, 8)].into_iter()).await;
    let counts = receiver.reader().counts().unwrap();
    assert_eq!(counts.dropped, number as u64);
    assert_eq!(counts.quarantined, [("malformed".to_owned(), WHOLE_MESSAGES as u64 + 7)].into());
    let judged = log.rejudge(Shelf::Quarantine, vec![kept[1].id], |_| None).await.unwrap();
    assert_eq!(judged[0].verdict, Verdict::BytesDropped);
    assert_eq!(lying(&receiver)[1].times, 2);
}

#[tokio::test]
async fn large_messages_have_less_room() {
    let receiver = Unit::new("long-an", &[BORDER]);
    let log = receiver.open();
    let size = 1024 * 1024;
    flood(&log, "hcm", (0..WHOLE_BYTES / size + 2).map(|number| garbage(number, size))).await;
    let dropped = WHOLE_BYTES / size / FREED_PART + 1;
    assert_eq!(whole(&lying(&receiver)), WHOLE_BYTES / size + 2 - dropped);
    assert_eq!(receiver.reader().counts().unwrap().dropped, dropped as u64);
    flood(&log, "hcm", [garbage(99, 1)].into_iter()).await;
    assert_eq!(receiver.reader().counts().unwrap().dropped, dropped as u64, "there is room now");
}

#[tokio::test]
async fn beyond_the_notes_only_the_number_is_kept_and_none_is_lost_from_it() {
    let receiver = Unit::new("long-an", &[BORDER]);
    let log = receiver.open();
    let more = 2 * WHOLE_MESSAGES / FREED_PART;
    flood(&log, "hcm", (0..NOTED_MESSAGES + more).map(|number| garbage(number, 8))).await;
    let kept = lying(&receiver);
    let folded = NOTED_MESSAGES + more - kept.len();
    assert!((more / 2..=more).contains(&folded), "{folded}");
    assert_eq!(kept[0].hash, Hash::of(&[&garbage(folded, 8)]), "the oldest went");
    let counts = Reader::open(&receiver.path()).unwrap().counts().unwrap();
    let all = (NOTED_MESSAGES + more) as u64;
    assert_eq!(counts.quarantined, [("malformed".to_owned(), all)].into());
    assert_eq!(counts.dropped, all - whole(&kept) as u64);
    receiver.assert_sound();
}
