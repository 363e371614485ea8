//! The strict check in the background: what the gate took on the word of a later event is looked at
//! after all, and a fault is told and stays told.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use bytes::Bytes;
use common::{BORDER, Unit, arrival, publish};
use giapranh_log::{Checked, Log, Outcome};

/// Waits until the check has come so far.
async fn checked(log: &Log, position: u64) -> Checked {
    let mut checked = log.checked();
    checked.wait_for(|checked| checked.position >= position).await.unwrap().clone()
}

/// The event with a signature that is none.
fn garbled(event: &Bytes) -> Bytes {
    let mut bytes = event.to_vec();
    *bytes.last_mut().unwrap() ^= 1;
    bytes.into()
}

/// A log that took in a run of three events, the first with a garbled signature.
async fn with_a_garbled_signature() -> (Unit, Log) {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[BORDER], &[&author]);
    let events = publish(&author, 3, &[BORDER]).await;
    let log = receiver.open();
    let run = [garbled(&events[0]), events[1].clone(), events[2].clone()];
    let arrivals = run.iter().map(|bytes| arrival(bytes, BORDER)).collect();
    let outcomes = log.arrive(arrivals).await.unwrap();
    assert!(outcomes.iter().all(|one| matches!(one, Outcome::Appended(_))), "{outcomes:?}");
    (receiver, log)
}

#[tokio::test]
async fn a_garbled_signature_inside_a_run_is_found() {
    let (receiver, log) = with_a_garbled_signature().await;
    let checked = checked(&log, 4).await;
    let positions: Vec<u64> = checked.faults.iter().map(|fault| fault.position).collect();
    assert_eq!((positions, checked.stopped), (vec![1], None));
    assert_eq!(receiver.findings().faults, checked.faults, "an audit says the same");
}

/// A peer must not be able to stop a neighbour from starting; nor may anybody believe that the fault
/// went away.
#[tokio::test]
async fn a_garbled_signature_stops_no_start_and_is_found_at_each() {
    let (receiver, log) = with_a_garbled_signature().await;
    checked(&log, 4).await;
    log.close().await;
    for _ in 0..2 {
        let log = receiver.open();
        assert_eq!(checked(&log, 4).await.faults.len(), 1);
        log.close().await;
    }
}

#[tokio::test]
async fn the_file_remembers_how_far_the_check_was() {
    let author = Unit::new("hcm", &[]);
    let receiver = Unit::knowing("long-an", &[BORDER], &[&author]);
    let events = publish(&author, 1_500, &[BORDER]).await;
    let log = receiver.open();
    let arrivals = events.iter().map(|bytes| arrival(bytes, BORDER)).collect();
    log.arrive(arrivals).await.unwrap();
    // The events, and a receipt for each part that was taken at once.
    let head = *log.head().borrow();
    let checked = checked(&log, head).await;
    assert_eq!(checked, Checked { position: head, ..Checked::default() });
    // The check hands its note to the writer before it looks for more.
    log.close().await;
    let noted: u64 =
        receiver.tool().query_row("SELECT position FROM verified", (), |row| row.get(0)).unwrap();
    // Where the check began before all had come, the last stretch may be too short to be noted.
    assert!(noted > 0 && head - noted < 1_024, "{noted} of {head}");
}
