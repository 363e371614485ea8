//! A log row by row: the tables and columns that an auditor reads, and no others.

use std::collections::BTreeMap;

use giapranh_record::receipt::{KIND, Receipt, Running};
use giapranh_record::{Facts, Signer as _, SigningKey, Verified};
use rusqlite::Connection;

use super::super::history::{History, RIVER, at};
use super::super::world::{self, Author, HCM, LONG_AN, Saying};

/// As it was released with version 1; the page spells it out.
const SCHEMA: &str = "
PRAGMA page_size = 1024;
PRAGMA application_id = 1196584039;
PRAGMA user_version = 1;
CREATE TABLE identity (id INTEGER PRIMARY KEY CHECK (id = 1), unit TEXT NOT NULL,
  epoch INTEGER NOT NULL, public_key BLOB NOT NULL, registrar TEXT NOT NULL, anchor BLOB NOT NULL)
  STRICT;
CREATE TABLE events (position INTEGER PRIMARY KEY, event_id BLOB NOT NULL UNIQUE,
  origin TEXT NOT NULL, epoch INTEGER NOT NULL, local INTEGER NOT NULL, idx INTEGER NOT NULL,
  alert TEXT, leaf BLOB NOT NULL, arrived_ms INTEGER NOT NULL, bytes BLOB NOT NULL,
  UNIQUE (origin, epoch, local, idx)) STRICT;
CREATE TABLE feeds (id INTEGER PRIMARY KEY, origin TEXT NOT NULL, epoch INTEGER NOT NULL,
  zone TEXT NOT NULL, UNIQUE (origin, epoch, zone)) STRICT;
CREATE TABLE links (feed INTEGER NOT NULL, seq INTEGER NOT NULL, position INTEGER NOT NULL,
  PRIMARY KEY (feed, seq)) STRICT, WITHOUT ROWID;
";

/// What version 3 adds to it.
const EPOCHS: &str = "
PRAGMA user_version = 3;
CREATE TABLE epochs (epoch INTEGER PRIMARY KEY, public_key BLOB NOT NULL) STRICT;
";

/// Whose log it is.
pub struct Owner {
    pub unit: &'static str,
    /// The keys of the epochs after the first, if the log is of the version that has these.
    pub epochs: Option<Vec<(u32, SigningKey)>>,
}

/// A row before it is written.
pub struct Row {
    pub arrived_ms: u64,
    pub event: Verified,
}

/// What arrived at, or was made by, Long An: position n is `rows[n - 1]`.
pub fn rows(history: &History) -> Vec<Row> {
    let (hcm, own, other) = (&history.hcm, &history.long_an, &history.tay_ninh);
    let mut notes = Author::new(LONG_AN, 4_000);
    let mut log = Vec::new();
    let mut attested = 0;
    let steps: [&[&Verified]; 6] = [
        &[&hcm[0], &hcm[1], &hcm[2], &hcm[3]],
        &[&own[0], &own[1], &hcm[4]],
        &[&own[2], &own[3], &other[0]],
        &[&hcm[5]],
        &[&other[1]],
        &[&own[4]],
    ];
    for (n, step) in steps.into_iter().enumerate() {
        for event in step {
            let arrived_ms = event.header().recorded_ms + 450;
            log.push(Row { arrived_ms, event: (*event).clone() });
        }
        // The last one is its own, and nothing arrived with it.
        if n < 5 {
            let arrived_ms = log.last().map_or(0, |row| row.arrived_ms);
            let event = receipt(&mut notes, attested, &log, arrived_ms);
            attested = log.len() as u64;
            log.push(Row { arrived_ms, event });
        }
    }
    log
}

/// A receipt over everything that stands in the log.
pub fn receipt(notes: &mut Author, attested: u64, log: &[Row], now_ms: u64) -> Verified {
    let take = |running: Running, row: &Row| running.then(row.arrived_ms, row.event.leaf());
    let running = log.iter().fold(Running::EMPTY, take);
    notes.publish(Saying {
        kind: KIND,
        zones: &["local"],
        alert: None,
        recorded_ms: now_ms.max(at(0)),
        directory_seq: 4,
        causes: Vec::new(),
        facts: Facts::default(),
        payload: Receipt { first: attested + 1, running }.to_payload(),
    })
}

pub fn write(connection: &Connection, owner: &Owner, rows: &[Row]) -> rusqlite::Result<()> {
    connection.execute_batch(SCHEMA)?;
    let key = |unit: &str| world::key(unit).public_key().to_bytes();
    connection.execute(
        "INSERT INTO identity VALUES (1, ?1, 1, ?2, ?3, ?4)",
        (owner.unit, key(owner.unit), HCM, key(HCM)),
    )?;
    if let Some(epochs) = &owner.epochs {
        connection.execute_batch(EPOCHS)?;
        for (epoch, key) in epochs {
            let key = key.public_key().to_bytes();
            connection.execute("INSERT INTO epochs VALUES (?1, ?2)", (epoch, key))?;
        }
    }
    let mut feeds: BTreeMap<(String, u32, String), usize> = BTreeMap::new();
    for (position, row) in (1_i64..).zip(rows) {
        insert(connection, position, row)?;
        let header = row.event.header();
        for link in header.links.iter().filter(|link| link.zone != RIVER) {
            let feed = (header.origin.clone(), header.epoch, link.zone.clone());
            let next = feeds.len() + 1;
            let id = *feeds.entry(feed.clone()).or_insert(next);
            if id == next {
                connection.execute(
                    "INSERT INTO feeds VALUES (?1, ?2, ?3, ?4)",
                    (id, feed.0, feed.1, feed.2),
                )?;
            }
            connection
                .execute("INSERT INTO links VALUES (?1, ?2, ?3)", (id, link.seq, position))?;
        }
    }
    Ok(())
}

fn insert(connection: &Connection, position: i64, row: &Row) -> rusqlite::Result<()> {
    let header = row.event.header();
    connection.execute(
        "INSERT INTO events VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        (
            position,
            header.event_id.as_bytes(),
            &header.origin,
            header.epoch,
            header.is_local(),
            header.index,
            &header.alert,
            row.event.leaf().0,
            row.arrived_ms,
            &row.event.bytes()[..],
        ),
    )?;
    Ok(())
}
