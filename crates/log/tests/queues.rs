//! Nobody waits behind a flood: a command comes in between arrivals, one peer's between another's,
//! and what an invented origin would have held stops nothing.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use std::sync::mpsc;

use bytes::Bytes;
use common::{
    BORDER, CLUSTER, Unit, append, arrival, draft, event_id, give, header, named, publish,
};
use giapranh_log::{Arrival, Log, LogError, Outcome};
use giapranh_record::SigningKey;
use tokio::sync::oneshot;

/// What one transaction takes in from elsewhere, and a batch that is not cut.
const BOUND: u64 = 1_024 + 512;

/// Keeps the writer in a transaction until the other end is dropped.
async fn busy(log: &Log) -> mpsc::Sender<()> {
    let (go, wait) = mpsc::channel();
    let (signal, begun) = oneshot::channel();
    let log = log.clone();
    tokio::spawn(async move {
        let block = move |_: &mut giapranh_log::Batch<'_>| {
            let _ = (signal.send(()), wait.recv());
            Ok(())
        };
        log.submit(block).await
    });
    begun.await.unwrap();
    go
}

fn batch(events: &[Bytes], zone: &str) -> Vec<Arrival> {
    events.iter().map(|bytes| arrival(bytes, zone)).collect()
}

#[tokio::test]
async fn a_command_comes_in_between_arrivals() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[BORDER], &[&author]);
    let events = publish(&author, 3_000, &[BORDER]).await;
    let log = receiver.open();
    let go = busy(&log).await;
    let flood = tokio::spawn({
        let (log, events) = (log.clone(), batch(&events, BORDER));
        async move { log.arrive(events).await }
    });
    // The flood waits already when the command comes.
    tokio::time::timeout(std::time::Duration::from_millis(300), std::future::pending::<()>())
        .await
        .unwrap_err();
    let command = tokio::spawn({
        let log = log.clone();
        async move { append(&log, &[BORDER]).await }
    });
    tokio::task::yield_now().await;
    drop(go);

    let position = command.await.unwrap().unwrap().position;

    assert!(position <= BOUND, "{position} of 3000");
    let outcomes = flood.await.unwrap().unwrap();
    assert_eq!(outcomes.len(), 3_000);
    assert!(outcomes.iter().all(|one| matches!(one, Outcome::Appended(_))));
    receiver.assert_sound();
}

#[tokio::test]
async fn a_peer_comes_in_between_the_parts_of_another() {
    let (many, one) = (Unit::new("hcm", &[]), Unit::new("dong-nai", &[]));
    let receiver = Unit::knowing("long-an", &[BORDER], &[&many, &one]);
    let (flood, single) =
        (publish(&many, 3_000, &[BORDER]).await, publish(&one, 1, &[BORDER]).await);
    let log = receiver.open();
    let flood = tokio::spawn({
        let (log, events) = (log.clone(), batch(&flood, BORDER));
        async move { log.arrive(events).await }
    });
    let mut head = log.head();
    head.wait_for(|position| *position > 0).await.unwrap();
    let before = *log.head().borrow();

    let Outcome::Appended(appended) = give(&log, &single[0], BORDER).await else {
        panic!("not appended");
    };

    // The transaction under way, what was queued of the flood, and receipts.
    let waited = appended.position - before;
    assert!(waited <= 2 * BOUND, "{waited} of 3000");
    flood.await.unwrap().unwrap();
    receiver.assert_sound();
}

/// Events of an origin whose key nobody knows.
fn invented(count: usize, like: &Bytes, origin: &str) -> Vec<Arrival> {
    let stranger = SigningKey::from_seed(&[99; 32]);
    let event = giapranh_record::event::Event::parse(like.clone()).unwrap();
    let one = |index| {
        let mut header = event.header().clone();
        header.event_id = event_id();
        header.index = index;
        origin.clone_into(&mut header.origin);
        let event = giapranh_record::Unsigned::new(header, event.payload().clone()).unwrap();
        named(event.sign(&stranger).bytes(), BORDER, origin)
    };
    (0..count as u64).map(one).collect()
}

#[tokio::test]
async fn a_flood_of_an_invented_origin_stops_nobody_elses_arrivals() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[BORDER], &[&author]);
    let events = publish(&author, 3, &[BORDER]).await;
    let log = receiver.open();
    let mut outcomes = Vec::new();
    for origin in ["dong-nai_x", "dong-nai_y", "dong-nai_z"] {
        outcomes.extend(log.arrive(invented(4_000, &events[0], origin)).await.unwrap());
    }
    let held = outcomes.iter().filter(|one| **one == Outcome::Held("unknown-key")).count();
    let left = outcomes.iter().filter(|one| **one == Outcome::Left("unknown-key")).count();
    assert_eq!((held, left), (10_000, 2_000), "all strangers share one room");
    assert_eq!(log.left(), 2_000);

    // In one message with the flood, and for a gap: whose author is known has room.
    let mut mixed = invented(2, &events[0], "dong-nai_w");
    mixed.extend(batch(&[events[0].clone(), events[2].clone()], BORDER));
    let outcomes = log.arrive(mixed).await.unwrap();
    assert_eq!(outcomes[..2], [Outcome::Left("unknown-key"), Outcome::Left("unknown-key")]);
    assert!(matches!(outcomes[2], Outcome::Appended(_)));
    assert_eq!(outcomes[3], Outcome::Held("gap"));
    assert!(matches!(give(&log, &events[1], BORDER).await, Outcome::Appended(_)));
    assert_eq!(receiver.events(), events);
    receiver.assert_sound();
}

#[tokio::test]
async fn all_origins_together_have_a_bound_that_is_counted_over_restarts() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[BORDER], &[&author]);
    let events = publish(&author, 3, &[BORDER]).await;
    let full = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 50000)
                INSERT INTO held (arrived_ms, subject, reason, origin, zone, hash, bytes)
                SELECT 0, 's', 'gap', 'u' || (n / 5000), 'z', CAST(n AS BLOB), x'00' FROM n";
    receiver.tool().execute_batch(&format!("BEGIN; {full}; COMMIT")).unwrap();
    let log = receiver.open();
    assert_eq!(give(&log, &events[1], BORDER).await, Outcome::Left("gap"));
    receiver.tool().execute_batch("DELETE FROM held WHERE hash = CAST(7 AS BLOB)").unwrap();
    assert_eq!(give(&log, &events[1], BORDER).await, Outcome::Held("gap"));
    assert_eq!(give(&log, &events[2], BORDER).await, Outcome::Left("gap"));
    let counted = "SELECT messages = (SELECT COUNT(*) FROM held) FROM holding WHERE origin = ''";
    assert!(receiver.tool().query_row(counted, (), |row| row.get::<_, bool>(0)).unwrap());
}

#[tokio::test]
async fn commands_do_not_wait_for_what_a_directory_sets_free() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::new("long-an", &[BORDER, CLUSTER]);
    let events = publish(&author, 4_000, &[BORDER]).await;
    let log = receiver.open();
    let outcomes = log.arrive(batch(&events, BORDER)).await.unwrap();
    assert!(outcomes.iter().all(|one| *one == Outcome::Held("unknown-key")));
    receiver.ring.enrol(&author);
    let go = busy(&log).await;
    log.directory_changed().await.unwrap();
    drop(go);
    let mut head = log.head();
    head.wait_for(|position| *position > 0).await.unwrap();

    let before = *log.head().borrow();
    let position = append(&log, &[CLUSTER]).await.unwrap().position;

    assert!(position - before <= 2 * BOUND, "{position} after {before}");
    head.wait_for(|position| *position > 4_000).await.unwrap();
    log.submit(|_| Ok(())).await.unwrap();
    while receiver.held() > 0 {
        head.changed().await.unwrap();
    }
    assert_eq!(receiver.events().len(), 4_001);
    receiver.assert_sound();
}

/// What can come in and was left for the next transaction is found again when there is none.
#[tokio::test]
async fn what_is_due_comes_in_after_a_restart() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[BORDER], &[&author]);
    let events = publish(&author, 3, &[BORDER]).await;
    let log = receiver.open();
    give(&log, &events[1], BORDER).await;
    give(&log, &events[2], BORDER).await;
    // As if the process had ended between the two transactions.
    let tool = receiver.tool();
    let away = "CREATE TEMP TABLE kept AS SELECT * FROM held; CREATE TEMP TABLE places AS
                SELECT * FROM awaited; DELETE FROM held";
    tool.execute_batch(away).unwrap();
    give(&log, &events[0], BORDER).await;
    tool.execute_batch(
        "INSERT INTO held SELECT * FROM kept; INSERT INTO awaited SELECT * FROM places",
    )
    .unwrap();
    drop(tool);
    log.close().await;

    let log = receiver.open();
    log.head().wait_for(|position| *position >= 5).await.unwrap();

    assert_eq!(receiver.events(), events);
    assert_eq!(receiver.held(), 0);
}

#[tokio::test]
async fn an_empty_batch_and_a_batch_of_the_largest_events_are_taken() {
    let unit = Unit::new("hcm", &[BORDER]);
    let log = unit.open();
    assert_eq!(log.arrive(Vec::new()).await.unwrap(), []);
    let large = Bytes::from(vec![0x0a; 1024 * 1024]);
    let flood: Vec<Arrival> = (0..20)
        .map(|n: u8| {
            let mut bytes = large.to_vec();
            bytes[9] = n;
            named(&bytes.into(), BORDER, "hcm")
        })
        .collect();
    let outcomes = log.arrive(flood).await.unwrap();
    assert_eq!(outcomes, vec![Outcome::Quarantined("malformed"); 20]);
    let refused: Result<(), LogError> =
        log.submit(|batch| batch.append(draft(&[])).map(drop)).await;
    assert!(matches!(refused, Err(LogError::Malformed(_))));
    assert_eq!(header(&publish_one(&log, &unit).await).index, 0);
}

async fn publish_one(log: &Log, unit: &Unit) -> Bytes {
    append(log, &[BORDER]).await.unwrap();
    unit.events().pop().unwrap()
}
