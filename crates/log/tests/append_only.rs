//! Whoever opens the file with another tool can't change what is in it by accident.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use common::{BORDER, CLUSTER, Unit, publish};
use rusqlite::Connection;
use rusqlite::types::Value;

const TABLES: [&str; 4] = ["events", "links", "feeds", "identity"];

/// Rows that collide with the first row of a table, each by one of its keys.
const COLLIDING: [(&str, &str); 8] = [
    (
        "events by position",
        "events SELECT 1, x'00', 'x', 9, 0, 9, alert, leaf, 0, bytes FROM events WHERE position = 1",
    ),
    (
        "events by id",
        "events SELECT 77, event_id, 'x', 9, 0, 9, alert, leaf, 0, bytes FROM events WHERE position = 1",
    ),
    (
        "events by index",
        "events SELECT 77, x'00', origin, epoch, local, idx, alert, leaf, 0, bytes FROM events WHERE position = 1",
    ),
    ("links", "links SELECT feed, seq, 77 FROM links WHERE seq = 1"),
    ("feeds by id", "feeds SELECT id, 'x', 9, 'x' FROM feeds WHERE id = 1"),
    ("feeds by name", "feeds SELECT 77, origin, epoch, zone FROM feeds WHERE id = 1"),
    ("identity", "identity SELECT 1, 'x', 9, public_key, registrar, anchor FROM identity"),
    (
        "identity by rowid",
        "identity (rowid, unit, epoch, public_key, registrar, anchor) SELECT 1, 'x', 9, public_key, registrar, anchor FROM identity",
    ),
];

async fn unit_with_events() -> Unit {
    let unit = Unit::new("hcm", &[BORDER, CLUSTER]);
    publish(&unit, 3, &[BORDER, CLUSTER]).await;
    unit
}

fn contents(tool: &Connection) -> Vec<Vec<Value>> {
    let mut contents = Vec::new();
    for table in TABLES {
        let mut query = tool.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")).unwrap();
        let columns = query.column_count();
        let mut rows = query.query(()).unwrap();
        while let Some(row) = rows.next().unwrap() {
            contents.push((0..columns).map(|at| row.get(at).unwrap()).collect());
        }
    }
    contents
}

/// The statement is refused as a whole, because the log is append-only, and changes nothing.
#[track_caller]
fn assert_refused(tool: &Connection, statement: &str) {
    let before = contents(tool);
    let error = tool.execute_batch(statement).expect_err(statement);
    assert!(error.to_string().contains("the log is append-only"), "{statement}: {error}");
    assert!(contents(tool) == before, "{statement} changed something");
}

#[tokio::test]
async fn nothing_is_updated() {
    let unit = unit_with_events().await;
    let tool = unit.tool();
    for (table, change) in [
        ("events", "bytes = x'00'"),
        ("events", "arrived_ms = 0"),
        ("events", "position = position + 100"),
        ("events", "alert = 'hcm/2024/000001'"),
        ("links", "position = 2"),
        ("links", "seq = seq + 100"),
        ("feeds", "zone = 'elsewhere'"),
        ("identity", "unit = 'long-an'"),
        ("identity", "anchor = x'00'"),
    ] {
        for verb in ["UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE", "UPDATE OR ROLLBACK"] {
            assert_refused(&tool, &format!("{verb} {table} SET {change}"));
        }
    }
}

#[tokio::test]
async fn nothing_is_deleted() {
    let unit = unit_with_events().await;
    let tool = unit.tool();
    for table in TABLES {
        assert_refused(&tool, &format!("DELETE FROM {table}"));
    }
    assert_refused(&tool, "DELETE FROM events WHERE position = 3");
    assert_refused(&tool, "DELETE FROM links WHERE seq = 3");
}

#[tokio::test]
async fn nothing_is_replaced_by_an_insert() {
    let unit = unit_with_events().await;
    let tool = unit.tool();
    for (what, row) in COLLIDING {
        for verb in ["INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE", "REPLACE"] {
            assert_refused(&tool, &format!("{verb} INTO {row} /* {what} */"));
        }
    }
    for upsert in [
        "INSERT INTO events SELECT * FROM events WHERE position = 1 ON CONFLICT DO UPDATE SET bytes = x'00'",
        "INSERT INTO events SELECT * FROM events WHERE position = 1 ON CONFLICT DO NOTHING",
        "INSERT INTO links SELECT * FROM links WHERE seq = 1 ON CONFLICT DO UPDATE SET position = 2",
        "INSERT INTO identity SELECT * FROM identity WHERE true ON CONFLICT DO UPDATE SET unit = 'x'",
    ] {
        assert_refused(&tool, upsert);
    }
}

#[tokio::test]
async fn a_log_has_one_identity() {
    let unit = unit_with_events().await;
    let second =
        "INSERT OR IGNORE INTO identity SELECT 2, 'x', 1, public_key, 'x', anchor FROM identity";
    assert_refused(&unit.tool(), second);
}

#[tokio::test]
async fn what_was_refused_leaves_a_sound_log() {
    let unit = unit_with_events().await;
    let tool = unit.tool();
    for (_, row) in COLLIDING {
        assert_refused(&tool, &format!("BEGIN; INSERT OR REPLACE INTO {row}; COMMIT"));
        tool.execute_batch("ROLLBACK").unwrap();
    }
    drop(tool);
    let log = unit.open();
    assert_eq!(common::append(&log, &[BORDER]).await.unwrap().position, 4);
    unit.assert_sound();
}
