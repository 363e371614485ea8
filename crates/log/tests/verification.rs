//! Verification from the bytes: what was changed, taken out or moved is found, and where.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use std::fs::{self, OpenOptions, Permissions};
use std::os::unix::fs::{FileExt as _, PermissionsExt as _};
use std::path::Path;

use bytes::Bytes;
use common::{BORDER, CLUSTER, RIVER, Unit, append, give, publish_all};
use giapranh_log::verify::Findings;
use giapranh_log::{LOG_FILE, LogError};
use rusqlite::Connection;

/// Where the receipts of [`small`] stand: one after each arrival.
const RECEIPTS: [u64; 4] = [3, 6, 9, 11];

/// A log with events of its own, in public and in private, and of another, of which one came before
/// its predecessor in one of its zones. All its events were verified at a start.
async fn small() -> Unit {
    let author = Unit::new("hcm", &[]);
    let zones = vec![vec![BORDER], vec![BORDER, CLUSTER], vec![CLUSTER], vec![BORDER, RIVER]];
    let events = publish_all(&author, zones).await;
    let unit = Unit::knowing("long-an", &[BORDER, CLUSTER], &[&author]);
    let log = unit.open();
    append(&log, &[BORDER]).await.unwrap();
    give(&log, &events[1], CLUSTER).await;
    append(&log, &["local"]).await.unwrap();
    give(&log, &events[0], BORDER).await;
    append(&log, &[BORDER, CLUSTER]).await.unwrap();
    give(&log, &events[2], CLUSTER).await;
    give(&log, &events[3], BORDER).await;
    append(&log, &["local"]).await.unwrap();
    log.close().await;
    unit.open().close().await;
    assert_eq!(unit.assert_sound().events, 12);
    unit
}

/// Where the bytes of an event lie in the file: once.
fn offset(file: &[u8], event: &Bytes) -> u64 {
    let found: Vec<usize> = file
        .windows(event.len())
        .enumerate()
        .filter(|(_, w)| w == event)
        .map(|(at, _)| at)
        .collect();
    assert_eq!(found.len(), 1);
    found[0] as u64
}

/// What a walk says: the position that it names first, or that after the last sound one.
fn first_fault(outcome: &Result<Findings, LogError>) -> Option<u64> {
    match outcome {
        Ok(findings) => findings.faults.first().map(|fault| fault.position),
        Err(LogError::Damaged { position, .. }) => Some(position + 1),
        Err(other) => panic!("{other}"),
    }
}

fn refused_after(unit: &Unit) -> u64 {
    match unit.open_in(unit.dir.path()) {
        Err(LogError::Damaged { position, .. }) => position,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it opens"),
    }
}

/// The log in the hands of somebody who knows SQLite: no trigger is in the way.
fn unguarded(unit: &Unit) -> Connection {
    let tool = unit.tool();
    let names: Vec<String> = tool
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map((), |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for name in names {
        tool.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    tool
}

#[tokio::test]
async fn a_flipped_bit_is_found_in_every_byte_of_every_event() {
    let unit = small().await;
    let (events, content) = (unit.events_and_receipts(), fs::read(unit.path()).unwrap());
    let file = OpenOptions::new().write(true).open(unit.path()).unwrap();
    for (event, position) in events.iter().zip(1..) {
        let start = offset(&content, event);
        for (at, byte) in (start..).zip(event.iter()) {
            file.write_all_at(&[byte ^ (1 << (at % 8))], at).unwrap();
            let outcome = unit.findings_of(&unit.path());
            assert_eq!(first_fault(&outcome), Some(position), "byte {at}: {outcome:?}");
            if let Ok(findings) = outcome {
                let named = |fault: &giapranh_log::verify::Fault| fault.position == position;
                assert!(findings.faults.iter().all(named), "byte {at}: {findings:?}");
            }
            file.write_all_at(&[*byte], at).unwrap();
        }
    }
    unit.assert_sound();
}

/// Whatever byte of the file is changed: what reads without a fault reads as it was written.
#[tokio::test]
async fn no_flipped_bit_of_the_file_changes_an_event_unnoticed() {
    let unit = small().await;
    let (events, content) = (unit.events_and_receipts(), fs::read(unit.path()).unwrap());
    let file = OpenOptions::new().write(true).open(unit.path()).unwrap();
    let mut unnoticed = 0;
    for at in (0..content.len()).step_by(29) {
        let changed = content[at] ^ (1 << (at % 8));
        file.write_all_at(&[changed], at as u64).unwrap();
        match unit.findings_of(&unit.path()) {
            Ok(findings) if findings.faults.is_empty() => {
                unnoticed += 1;
                assert_eq!(unit.events_and_receipts(), events, "byte {at}");
            }
            _ => {}
        }
        file.write_all_at(&content[at..=at], at as u64).unwrap();
    }
    assert!(unnoticed > 0, "most of a small file is empty");
    unit.assert_sound();
}

#[tokio::test]
async fn a_flipped_byte_since_the_last_start_is_found_at_the_next() {
    let unit = small().await;
    let log = unit.open();
    for _ in 0..3 {
        append(&log, &[BORDER]).await.unwrap();
    }
    log.close().await;
    let (events, content) = (unit.events_and_receipts(), fs::read(unit.path()).unwrap());
    for position in 13..=15 {
        let event = &events[position - 1];
        let mut damaged = content.clone();
        let start = usize::try_from(offset(&content, event)).unwrap();
        damaged[start + event.len() / 2] ^= 1;
        fs::write(unit.path(), damaged).unwrap();
        assert_eq!(refused_after(&unit), position as u64 - 1);
    }
    fs::write(unit.path(), content).unwrap();
    unit.open().close().await;
    unit.assert_sound();
}

#[tokio::test]
async fn an_event_taken_out_is_missed() {
    for position in 1..=12 {
        let unit = small().await;
        let tool = unguarded(&unit);
        tool.execute("DELETE FROM events WHERE position = ?1", [position]).unwrap();
        drop(tool);
        let outcome = unit.findings_of(&unit.path());
        assert_eq!(first_fault(&outcome), Some(position), "{outcome:?}");
    }
}

#[tokio::test]
async fn an_event_taken_out_with_its_links_leaves_its_position_empty() {
    for position in 1..12 {
        let unit = small().await;
        let tool = unguarded(&unit);
        tool.execute("DELETE FROM events WHERE position = ?1", [position]).unwrap();
        tool.execute("DELETE FROM links WHERE position = ?1", [position]).unwrap();
        drop(tool);
        let findings = unit.findings();
        let missed = &findings.faults[0];
        assert_eq!(missed.position, position);
        assert_eq!(missed.what, format!("positions {position} to {position} are missing"));
    }
}

#[tokio::test]
async fn an_event_taken_out_with_all_that_tells_of_it_is_missed_by_its_successors() {
    // After the last receipt nothing here tells of the last event of a feed: see below, and the
    // beacons of peers.
    for position in 1..11 {
        // What stood at the next receipt's place has come one forward.
        let next_receipt = RECEIPTS.into_iter().find(|at| *at > position).unwrap_or(12);
        // Of a receipt, and of what this node noted for itself, the next of these tells already.
        let local = [3, 4, 6, 9, 11, 12];
        let next = if local.contains(&position) {
            local.into_iter().find(|at| *at > position).unwrap_or(12)
        } else {
            next_receipt
        };
        let successor = next - 1;
        let unit = small().await;
        let tool = unguarded(&unit);
        tool.execute("DELETE FROM events WHERE position = ?1", [position]).unwrap();
        tool.execute("DELETE FROM links WHERE position = ?1", [position]).unwrap();
        for table in ["events", "links"] {
            let close_up = format!(
                "UPDATE {table} SET position = -position WHERE position > ?1;
                 UPDATE {table} SET position = -position - 1 WHERE position < 0"
            );
            for statement in close_up.split(';') {
                let parameters: &[&dyn rusqlite::ToSql] =
                    if statement.contains('?') { &[&position] } else { &[] };
                tool.execute(statement, parameters).unwrap();
            }
        }
        drop(tool);
        let outcome = unit.findings_of(&unit.path());
        assert_eq!(first_fault(&outcome), Some(successor), "{position}: {outcome:?}");
    }
}

#[tokio::test]
async fn a_tail_cut_off_is_missed_at_the_next_start() {
    let unit = small().await;
    let tool = unguarded(&unit);
    for table in ["events", "links"] {
        tool.execute(&format!("DELETE FROM {table} WHERE position > 9"), ()).unwrap();
    }
    drop(tool);
    assert_eq!(refused_after(&unit), 9);
}

#[tokio::test]
async fn links_taken_out_are_missed() {
    for position in 1..=12 {
        let unit = small().await;
        let tool = unguarded(&unit);
        tool.execute("DELETE FROM links WHERE position = ?1", [position]).unwrap();
        drop(tool);
        let outcome = unit.findings_of(&unit.path());
        assert_eq!(first_fault(&outcome), Some(position), "{outcome:?}");
    }
}

#[tokio::test]
async fn exchanged_events_are_found() {
    let swap = |columns: &str| {
        format!(
            "CREATE TEMP TABLE kept AS SELECT * FROM events WHERE position IN (1, 7);
             UPDATE events SET ({columns}) =
               (SELECT {columns} FROM kept WHERE kept.position = 8 - events.position)
             WHERE position IN (1, 7)"
        )
    };
    for columns in ["bytes", "bytes, leaf"] {
        let unit = small().await;
        unguarded(&unit).execute_batch(&swap(columns)).unwrap();
        let outcome = unit.findings_of(&unit.path());
        assert_eq!(first_fault(&outcome), Some(1), "{columns}: {outcome:?}");
        let named = |fault: &giapranh_log::verify::Fault| fault.position == 7;
        assert!(outcome.unwrap().faults.iter().any(named), "{columns}");
    }
}

#[tokio::test]
async fn an_event_of_nobody_is_found() {
    let unit = small().await;
    let author = Unit::new("hcm", &[BORDER, CLUSTER]);
    let known = unit.events_and_receipts();
    let forged = author.forge(&known[3], |header| header.kind = "other".into());
    let stranger = Unit::new("nobody", &[]).forge(&known[3], |_| {});
    for bytes in [forged, stranger] {
        let tool = unguarded(&unit);
        tool.execute("UPDATE events SET bytes = ?1 WHERE position = 4", [bytes.as_ref()]).unwrap();
        drop(tool);
        assert_eq!(first_fault(&unit.findings_of(&unit.path())), Some(4));
    }
}

#[tokio::test]
async fn columns_that_say_something_else_than_the_event_are_found() {
    for column in [
        "event_id = x'0102'",
        "origin = 'dong-nai'",
        "epoch = 2",
        "local = 1 - local, idx = 99",
        "idx = idx + 100",
        "alert = 'hcm/2024/000001'",
        "leaf = zeroblob(32)",
        "leaf = x'00'",
    ] {
        let unit = small().await;
        let change = format!("UPDATE events SET {column} WHERE position = 4");
        unguarded(&unit).execute_batch(&change).unwrap();
        let outcome = unit.findings_of(&unit.path());
        let faults = outcome.unwrap().faults;
        assert!(faults.iter().any(|fault| fault.position == 4), "{column}: {faults:?}");
    }
}

/// Reading on from the last of them would never end.
#[tokio::test]
async fn positions_out_of_order_are_found() {
    let unit = small().await;
    let (events, content) = (unit.events_and_receipts(), fs::read(unit.path()).unwrap());
    // The key stands in the byte before the record's header, which tells its own length first.
    let start = usize::try_from(offset(&content, &events[5])).unwrap();
    let key = (start - 200..start).rfind(|at| content[*at] == 6 && content[at + 1] == 12).unwrap();
    let mut damaged = content.clone();
    damaged[key] = 2;
    fs::write(unit.path(), damaged).unwrap();
    let outcome = unit.findings_of(&unit.path());
    assert!(matches!(outcome, Err(LogError::Damaged { position: 5, .. })), "{outcome:?}");
    let read = unit.reader().after(0, 100);
    assert!(matches!(read, Err(LogError::Damaged { position: 5, .. })), "{read:?}");
}

/// Where nothing can be written nothing is.
#[tokio::test]
async fn a_copy_in_a_directory_without_write_permission_verifies() {
    let unit = small().await;
    let stick = tempfile::tempdir().unwrap();
    let copy = stick.path().join(LOG_FILE);
    fs::copy(unit.path(), &copy).unwrap();
    fs::set_permissions(&copy, Permissions::from_mode(0o400)).unwrap();
    fs::set_permissions(stick.path(), Permissions::from_mode(0o500)).unwrap();
    let before = fs::read(&copy).unwrap();
    let findings = unit.findings_of(&copy).unwrap();
    assert_eq!((findings.events, findings.signatures), (12, 12));
    assert_eq!(findings.faults, []);
    assert_eq!(fs::read(&copy).unwrap(), before);
    assert_eq!(names(stick.path()), [LOG_FILE]);
    fs::set_permissions(stick.path(), Permissions::from_mode(0o700)).unwrap();
}

#[tokio::test]
async fn a_path_that_looks_like_a_query_is_a_path() {
    let unit = small().await;
    let dir = tempfile::tempdir().unwrap();
    let copy = dir.path().join("sao lưu?mode=rw&cache=#1 %41.db");
    fs::copy(unit.path(), &copy).unwrap();
    assert_eq!(unit.findings_of(&copy).unwrap().events, 12);
    assert_eq!(names(dir.path()).len(), 1);
}

#[tokio::test]
async fn a_log_is_verified_while_it_grows() {
    let unit = small().await;
    let log = unit.open();
    for position in 13..=24 {
        assert_eq!(append(&log, &[BORDER]).await.unwrap().position, position);
        assert_eq!(unit.assert_sound().events, position);
    }
}

fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}
