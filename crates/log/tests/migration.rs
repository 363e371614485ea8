//! A log of the released version is read as it is, and brought forward when a node opens it.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use bytes::Bytes;
use common::{BORDER, Unit, append, arrive, give, named, publish};
use giapranh_log::{LogError, Outcome, Reader, Shelf, Verdict};
use rusqlite::Connection;

/// The schema as version 1 was released with it.
const VERSION_1: &str = include_str!("../src/schema.sql");
const APPLICATION_ID: i64 = 0x4752_6c67;

fn version(tool: &Connection) -> i64 {
    tool.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

/// Puts a log of version 1 in place of the unit's: with its identity, an event in quarantine that
/// came twice, one that is held, and garbage.
fn put_version_1(unit: &Unit, quarantined: &Bytes, held: &Bytes) {
    let identity = unit.identity();
    std::fs::remove_file(unit.path()).unwrap();
    let old = unit.tool();
    old.pragma_update(None, "journal_mode", "WAL").unwrap();
    old.execute_batch(VERSION_1).unwrap();
    old.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
    old.pragma_update(None, "user_version", 1).unwrap();
    old.execute(
        "INSERT INTO identity VALUES (1, ?1, ?2, ?3, ?4, ?5)",
        (
            &identity.unit,
            identity.epoch,
            identity.public_key.to_bytes(),
            &identity.registrar,
            identity.anchor.to_bytes(),
        ),
    )
    .unwrap();
    let rows: [(u64, &str, u64, &[u8]); 2] =
        [(4, "not-entitled", 2, quarantined), (6, "malformed", 1, b"garbage")];
    for (id, reason, times, bytes) in rows {
        let hash = giapranh_record::Hash::of(&[bytes]).0;
        let row = (id, 5, "a.subject", reason, "a detail", hash, times, bytes);
        old.execute("INSERT INTO quarantine VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", row).unwrap();
    }
    let hash = giapranh_record::Hash::of(&[held]).0;
    let row = (9, 5, "a.subject", "gap", "hcm", BORDER, hash, held.as_ref());
    old.execute("INSERT INTO held VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", row).unwrap();
    old.execute("INSERT INTO awaited VALUES ('hcm', 1, ?1, 2, 9)", [BORDER]).unwrap();
}

#[tokio::test]
async fn a_log_of_version_1_is_brought_forward_with_all_that_lies_beside_it() {
    let author = Unit::new("hcm", &[]);
    let unit = Unit::knowing("long-an", &[BORDER], &[&author]);
    let events = publish(&author, 3, &[BORDER]).await;
    put_version_1(&unit, &events[0], &events[1]);

    // Whoever only reads changes nothing.
    let shelves = [Shelf::Quarantine, Shelf::Held];
    let read = || shelves.map(|shelf| unit.reader().kept(shelf, None, 0, 9).unwrap());
    let before = read();
    let counts = unit.reader().counts().unwrap();
    assert_eq!(version(&unit.tool()), 1);
    assert_eq!(
        (before[0][0].id, before[0][0].times, before[0][0].size),
        (4, 2, events[0].len() as u64)
    );
    assert_eq!((before[1][0].id, before[1][0].whole), (9, true));
    assert_eq!(unit.reader().kept_bytes(Shelf::Held, 9).unwrap(), Some(events[1].clone()));
    assert_eq!(unit.reader().decisions(Shelf::Held, 9).unwrap(), []);

    let log = unit.open();
    assert_eq!(version(&unit.tool()), 4);
    assert_eq!(read(), before);
    assert_eq!(unit.reader().counts().unwrap(), counts);
    // It works as any other: numbers go on, what waits comes in, what lies there is judged again.
    arrive(&log, named(&Bytes::from_static(b"more"), BORDER, "hcm")).await;
    assert_eq!(read()[0][2].id, 7);
    let judged = log
        .rejudge(Shelf::Quarantine, vec![4], |_| Some((BORDER.into(), "hcm".into())))
        .await
        .unwrap();
    assert!(matches!(judged[0].verdict, Verdict::Appended(_)), "{judged:?}");
    assert_eq!(unit.events(), events[..2], "the one that was held follows");
    assert!(matches!(give(&log, &events[2], BORDER).await, Outcome::Appended(_)));
    unit.assert_sound();
    log.close().await;
    // Only once.
    let log = unit.open();
    append(&log, &[BORDER]).await.unwrap();
    unit.assert_sound();
}

#[tokio::test]
async fn a_new_log_has_the_schema_of_one_that_was_brought_forward() {
    let schema = |unit: &Unit| -> Vec<String> {
        let tool = unit.tool();
        let mut query = tool
            .prepare("SELECT type || ' ' || name || ': ' || COALESCE(sql, '') FROM sqlite_schema ORDER BY 1")
            .unwrap();
        let rows = query.query_map((), |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let author = Unit::new("hcm", &[]);
    let events = publish(&author, 2, &[BORDER]).await;
    let (new, old) = (Unit::new("long-an", &[]), Unit::new("long-an", &[]));
    put_version_1(&old, &events[0], &events[1]);
    assert_ne!(schema(&old), schema(&new));
    old.open().close().await;
    assert_eq!(schema(&old), schema(&new));
}

#[tokio::test]
async fn a_log_that_can_not_be_brought_forward_stays_as_it_is() {
    let author = Unit::new("hcm", &[]);
    let unit = Unit::knowing("long-an", &[BORDER], &[&author]);
    let events = publish(&author, 2, &[BORDER]).await;
    put_version_1(&unit, &events[0], &events[1]);
    // In the way of the last step.
    unit.tool().execute_batch("CREATE TABLE rejudged (x)").unwrap();
    let error = unit.open_in(unit.dir.path()).err().unwrap();
    assert!(error.to_string().contains("rejudged"), "{error}");
    assert_eq!(version(&unit.tool()), 1);
    assert_eq!(unit.reader().kept(Shelf::Quarantine, None, 0, 9).unwrap().len(), 2);
    unit.tool().execute_batch("DROP TABLE rejudged").unwrap();
    unit.open().close().await;
    assert_eq!(version(&unit.tool()), 4);
}

#[tokio::test]
async fn the_log_of_another_node_is_not_brought_forward() {
    let author = Unit::new("hcm", &[]);
    let (unit, other) = (Unit::new("long-an", &[]), Unit::new("dong-nai", &[]));
    let events = publish(&author, 2, &[BORDER]).await;
    put_version_1(&other, &events[0], &events[1]);
    let error = unit.open_in(other.dir.path()).err().unwrap();
    assert!(matches!(error, LogError::Foreign { .. }), "{error}");
    assert_eq!(version(&other.tool()), 1);
    assert!(Reader::open(&other.path()).is_ok());
}

/// What a log of the version before this one looks like: everything that version 4 added, taken out.
fn put_version_3(unit: &Unit) {
    let tool = unit.tool();
    let added = "DROP TABLE forks; DROP TABLE copies; DROP TABLE claims; DROP TABLE holding;
                 DROP TRIGGER held_one_more; DROP TRIGGER held_one_less; PRAGMA user_version = 3";
    tool.execute_batch(added).unwrap();
}

#[tokio::test]
async fn a_log_of_version_3_is_brought_forward_with_what_it_holds_counted() {
    let (author, stranger) = (Unit::new("hcm", &[]), Unit::new("dong-nai", &[]));
    let unit = Unit::knowing("long-an", &[BORDER], &[&author]);
    let events = publish(&author, 3, &[BORDER]).await;
    let unknown = publish(&stranger, 2, &[BORDER]).await;
    let log = unit.open();
    give(&log, &events[2], BORDER).await;
    for bytes in &unknown {
        give(&log, bytes, BORDER).await;
    }
    append(&log, &["local"]).await.unwrap();
    log.close().await;
    put_version_3(&unit);
    // Whoever only reads finds none of what is new, and changes nothing.
    let reader = unit.reader();
    assert_eq!(reader.forks().unwrap(), []);
    assert_eq!(reader.after(0, 9).unwrap().len(), 1);
    assert_eq!(reader.range("long-an", 1, "local", 1, 0, 10_000).unwrap().len(), 1);
    unit.assert_sound();
    drop(reader);
    assert_eq!(version(&unit.tool()), 3);

    let log = unit.open();

    assert_eq!(version(&unit.tool()), 4);
    let counted: Vec<(String, u64)> = unit
        .tool()
        .prepare("SELECT origin, messages FROM holding ORDER BY origin")
        .unwrap()
        .query_map((), |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let expected = [("", 3), ("?", 2), ("dong-nai", 2), ("hcm", 1)];
    assert_eq!(counted, expected.map(|(origin, messages)| (origin.to_owned(), messages)));
    give(&log, &events[0], BORDER).await;
    give(&log, &events[1], BORDER).await;
    assert_eq!(unit.held(), 2);
    unit.assert_sound();
}
