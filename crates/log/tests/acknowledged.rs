//! What a log has answered is in its file, and in order.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use common::{BORDER, CLUSTER, RIVER, START_MS, Unit, append, draft, header};
use giapranh_log::LogError;

#[tokio::test]
async fn what_was_answered_is_in_the_file() {
    let unit = Unit::new("hcm", &[BORDER]);
    let log = unit.open();
    for position in 1..=5 {
        let appended = append(&log, &[BORDER]).await.unwrap();
        assert_eq!(appended.position, position);
        let stored = unit.reader().after(position - 1, 9).unwrap();
        assert_eq!(stored.len(), 1, "a reader opened after the answer sees it");
        assert_eq!(stored[0].position, position);
        assert_eq!(stored[0].event.leaf(), appended.leaf);
        assert_eq!(*log.head().borrow(), position);
    }
    unit.assert_sound();
}

#[tokio::test]
async fn no_time_goes_back_when_the_clock_does() {
    let unit = Unit::new("hcm", &[BORDER]);
    let mut log = unit.open();
    for now_ms in [START_MS, START_MS + 50, START_MS + 9, 0, START_MS + 60] {
        unit.clock.set(now_ms);
        append(&log, &[BORDER]).await.unwrap();
        // What the clock said before is known from the file alone.
        log.close().await;
        log = unit.open();
    }
    let stored = unit.reader().after(0, 9).unwrap();
    let expected = [0, 50, 50, 50, 60].map(|ms| START_MS + ms);
    let recorded: Vec<u64> = stored.iter().map(|s| s.event.header().recorded_ms).collect();
    assert_eq!(recorded, expected);
    let arrived: Vec<u64> = stored.iter().map(|s| s.arrived_ms).collect();
    assert_eq!(arrived, expected);
    let reader = unit.reader();
    assert_eq!(reader.position_at(START_MS - 1).unwrap(), None);
    assert_eq!(reader.position_at(START_MS + 50).unwrap(), Some(4));
}

#[tokio::test]
async fn the_directory_head_of_a_feed_never_goes_back() {
    let unit = Unit::new("hcm", &[BORDER]);
    let log = unit.open();
    for directory_seq in [4, 9, 2, 9, 11] {
        let draft = giapranh_record::Draft { directory_seq, ..draft(&[BORDER]) };
        log.submit(move |batch| batch.append(draft)).await.unwrap();
    }
    let stated: Vec<u64> = unit.events().iter().map(|e| header(e).directory_seq).collect();
    assert_eq!(stated, [4, 9, 9, 9, 11]);
}

#[tokio::test]
async fn many_commands_at_once_get_numbers_and_places_without_gaps() {
    let unit = Unit::new("hcm", &[BORDER]);
    let log = unit.open();
    let mut tasks = Vec::new();
    for _ in 0..4 {
        let log = log.clone();
        tasks.push(tokio::spawn(async move {
            let mut numbers = Vec::new();
            for _ in 0..16 {
                let mut draft = draft(&[BORDER]);
                let number = log.submit(move |batch| {
                    let number = batch.last_number("hcm", 2024)? + 1;
                    draft.alert = Some(format!("hcm/2024/{number:06}"));
                    batch.append(draft)?;
                    Ok(number)
                });
                numbers.push(number.await.unwrap());
            }
            numbers
        }));
    }
    let mut numbers = Vec::new();
    for task in tasks {
        numbers.extend(task.await.unwrap());
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=64).collect::<Vec<u32>>());
    for (at, bytes) in unit.events().iter().enumerate() {
        let (header, at) = (header(bytes), at as u64);
        assert_eq!(header.index, at);
        assert_eq!(header.links[0].seq, at + 1);
        assert_eq!(header.alert, Some(format!("hcm/2024/{:06}", at + 1)));
    }
    unit.assert_sound();
}

#[tokio::test]
async fn an_event_for_three_zones_is_one_row_with_three_links() {
    let unit = Unit::new("hcm", &[BORDER, CLUSTER, RIVER]);
    let log = unit.open();
    append(&log, &[CLUSTER]).await.unwrap();
    append(&log, &[CLUSTER, BORDER, RIVER]).await.unwrap();
    let reader = unit.reader();
    assert_eq!(reader.head().unwrap(), 2);
    for (zone, seq) in [(BORDER, 1), (CLUSTER, 2), (RIVER, 1)] {
        let found = reader.at_seq("hcm", 1, zone, seq).unwrap().unwrap();
        assert_eq!(found.position, 2, "{zone}");
    }
    let links: u64 = unit
        .tool()
        .query_one("SELECT COUNT(*) FROM links WHERE position = 2", (), |row| row.get(0))
        .unwrap();
    assert_eq!(links, 3);
    unit.assert_sound();
}

#[tokio::test]
async fn what_is_local_is_counted_apart() {
    let unit = Unit::new("hcm", &[BORDER]);
    let log = unit.open();
    for zone in ["local", BORDER, "local", BORDER] {
        append(&log, &[zone]).await.unwrap();
    }
    let places: Vec<(bool, u64)> =
        unit.events().iter().map(|bytes| (header(bytes).is_local(), header(bytes).index)).collect();
    assert_eq!(places, [(true, 0), (false, 0), (true, 1), (false, 1)]);
    unit.assert_sound();
}

#[tokio::test]
async fn a_command_that_is_rejected_appends_nothing() {
    let unit = Unit::new("hcm", &[BORDER]);
    let log = unit.open();
    append(&log, &[BORDER]).await.unwrap();
    let answer: Result<Result<(), &str>, LogError> = log
        .submit(|batch| {
            assert_eq!(batch.last_number("hcm", 2024)?, 0);
            Ok(Err("no such alert"))
        })
        .await;
    assert_eq!(answer.unwrap(), Err("no such alert"));
    assert_eq!(unit.reader().head().unwrap(), 1);
    assert_eq!(append(&log, &[BORDER]).await.unwrap().position, 2);
    unit.assert_sound();
}

#[tokio::test]
async fn a_draft_that_breaks_a_rule_is_refused_and_takes_no_place() {
    let unit = Unit::new("hcm", &[BORDER]);
    let log = unit.open();
    for zones in [&[][..], &["local", BORDER][..], &["Bad Zone"][..]] {
        let refused = append(&log, zones).await;
        assert!(matches!(refused, Err(LogError::Malformed(_))), "{zones:?}: {refused:?}");
    }
    assert_eq!(append(&log, &[BORDER]).await.unwrap().position, 1);
    assert_eq!(header(&unit.events()[0]).index, 0);
    unit.assert_sound();
}

#[tokio::test]
async fn an_event_is_found_by_its_id_also_before_it_is_committed() {
    let unit = Unit::new("hcm", &[BORDER]);
    let log = unit.open();
    let (first, second, unknown) = (draft(&[BORDER]), draft(&["local"]), draft(&[BORDER]));
    let ids = [first.event_id, second.event_id, unknown.event_id];
    log.submit(move |batch| batch.append(first)).await.unwrap();
    let found = log.submit(move |batch| {
        batch.append(second)?;
        let found = ids.into_iter().map(|id| batch.with_id(id));
        found.collect::<Result<Vec<_>, _>>()
    });
    let found = found.await.unwrap();
    let positions: Vec<Option<u64>> =
        found.iter().map(|found| found.as_ref().map(|stored| stored.position)).collect();
    assert_eq!(positions, [Some(1), Some(2), None]);
    let reader = unit.reader();
    for (id, found) in ids.into_iter().zip(found) {
        assert_eq!(reader.with_id(id).unwrap(), found);
    }
    unit.assert_sound();
}

/// An alert has its number from its first draft on, which only this node knows of.
#[tokio::test]
async fn numbers_of_local_events_are_given_once_too() {
    let unit = Unit::new("hcm", &[BORDER]);
    let log = unit.open();
    let mut numbers = Vec::new();
    for zone in ["local", "local", BORDER] {
        let mut draft = draft(&[zone]);
        let number = log.submit(move |batch| {
            let number = batch.last_number("hcm", 2024)? + 1;
            draft.alert = Some(format!("hcm/2024/{number:06}"));
            batch.append(draft)?;
            assert_eq!(batch.last_number("hcm", 2024)?, number);
            Ok(number)
        });
        numbers.push(number.await.unwrap());
    }
    assert_eq!(numbers, [1, 2, 3]);
    unit.assert_sound();
}
