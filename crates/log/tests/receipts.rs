//! Receipts: what arrived, and when, can be proven later, and not be changed unseen.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use common::{BORDER, Unit, append, arrival, give, header, publish};
use giapranh_log::verify::Fault;
use giapranh_record::event::Event;
use giapranh_record::receipt::{KIND, Receipt, Running};

/// Every receipt of a log with its position.
fn receipts(unit: &Unit) -> Vec<(u64, Receipt)> {
    let events = unit.events_and_receipts();
    let receipts = events.into_iter().zip(1..).filter(|(bytes, _)| header(bytes).kind == KIND);
    receipts
        .map(|(bytes, position)| {
            let event = Event::parse(bytes).unwrap();
            assert!(event.header().is_local());
            (position, Receipt::from_payload(event.payload()).unwrap())
        })
        .collect()
}

fn faults(unit: &Unit) -> Vec<Fault> {
    unit.findings().faults
}

#[tokio::test]
async fn a_batch_of_arrivals_has_one_receipt_for_everything_since_the_last() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[BORDER], &[&author]);
    let events = publish(&author, 3, &[BORDER]).await;
    let log = receiver.open();
    append(&log, &[BORDER]).await.unwrap();
    assert_eq!(receipts(&receiver), [], "nothing arrived");
    log.arrive(vec![arrival(&events[0], BORDER), arrival(&events[1], BORDER)]).await.unwrap();
    append(&log, &[BORDER]).await.unwrap();
    give(&log, &events[2], BORDER).await;
    give(&log, &events[2], BORDER).await;

    let mut running = Running::EMPTY;
    let mut expected = Vec::new();
    let mut first = 1;
    for stored in receiver.reader().after(0, 100).unwrap() {
        if stored.event.header().kind == KIND {
            expected.push((stored.position, Receipt { first, running }));
            first = stored.position;
        }
        running = running.then(stored.arrived_ms, stored.event.leaf());
    }
    assert_eq!(receipts(&receiver), expected);
    assert_eq!(expected.iter().map(|one| one.0).collect::<Vec<_>>(), [4, 7]);
    assert_eq!(receiver.assert_sound().receipted, Some(6));
}

#[tokio::test]
async fn receipts_go_on_after_a_restart() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[BORDER], &[&author]);
    let events = publish(&author, 4, &[BORDER]).await;
    for pair in events.chunks(2) {
        let log = receiver.open();
        give(&log, &pair[0], BORDER).await;
        append(&log, &["local"]).await.unwrap();
        give(&log, &pair[1], BORDER).await;
        append(&log, &[BORDER]).await.unwrap();
        log.close().await;
    }
    assert_eq!(receiver.assert_sound().receipted, Some(10));
    let firsts: Vec<u64> = receipts(&receiver).iter().map(|(_, one)| one.first).collect();
    assert_eq!(firsts, [1, 2, 5, 8]);
}

#[tokio::test]
async fn a_changed_time_of_arrival_is_found() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[BORDER], &[&author]);
    let events = publish(&author, 3, &[BORDER]).await;
    let log = receiver.open();
    for event in &events {
        give(&log, event, BORDER).await;
    }
    log.close().await;
    assert_eq!(faults(&receiver), []);
    let tool = receiver.tool();
    tool.execute_batch("DROP TRIGGER events_keep").unwrap();
    tool.execute("UPDATE events SET arrived_ms = arrived_ms - 1 WHERE position = 3", ()).unwrap();
    drop(tool);
    let faults = faults(&receiver);
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!(faults[0].position, 4);
    assert!(faults[0].what.contains("positions 2 to 3"), "{faults:?}");
}
