//! Log files: one that holds, and what becomes of it when somebody with a database tool, or with a
//! key, was at it.

mod copies;
mod damage;
mod epochs;
mod file;

use std::fs;
use std::io;
use std::path::Path;

use giapranh_record::Signer as _;
use rusqlite::Connection;

use super::history::History;
use super::index::{Anchor, Beyond, Collection, Expect, Vector};
use super::world::{self, HCM, LONG_AN, TAY_NINH};
use file::{Owner, Row};

const KIND: &str = "log";

/// What somebody did to the file.
type Damage = Box<dyn Fn(&Connection, &History) -> rusqlite::Result<()>>;

/// A log, and what the page says about it.
struct Case {
    name: &'static str,
    verdict: &'static str,
    positions: Vec<u64>,
    why: &'static str,
    damage: Damage,
}

pub fn add(collection: &mut Collection) -> io::Result<()> {
    let history = History::new();
    let expect = |events: u64| Expect::Log {
        unit: LONG_AN.into(),
        events,
        directory_head: 5,
        beyond: Beyond::new(),
    };
    for case in damage::cases() {
        let vector = Vector::new(KIND, &format!("log/{}", case.name), case.verdict, case.why);
        let bytes = made(collection, &history, &case.damage)?;
        let vector = match case.name {
            "whole" => vector.expect(expect(18)),
            "tail-cut" => vector.expect(expect(15)),
            _ => vector.positions(&case.positions),
        };
        collection.add(vector, "db", &bytes)?;
    }
    let whole = made(collection, &history, &damage::none())?;
    anchors(collection, &whole)?;
    let half = &whole[..whole.len() / 2];
    let cases: [(&str, &'static str, &[u8], &str); 3] = [
        ("file-cut", "damaged", half, "the second half of the file is missing"),
        ("text", "not-a-log", b"giapranh", "text"),
        ("other-database", "not-a-log", &unnamed(&whole), "another application id"),
    ];
    for (name, verdict, bytes, why) in cases {
        let vector = Vector::new(KIND, &format!("log/{name}"), verdict, why);
        collection.add(vector, "db", bytes)?;
    }
    epochs::add(collection)?;
    copies::add(collection)
}

fn anchors(collection: &mut Collection, whole: &[u8]) -> io::Result<()> {
    let anchor = |registrar: &str, unit: &str| Anchor {
        registrar: registrar.to_owned(),
        public_key: world::key(unit).public_key().to_hex(),
    };
    let cases = [
        ("anchor-right", anchor(HCM, HCM), "valid", "the auditor's anchor is the log's"),
        ("anchor-other-key", anchor(HCM, TAY_NINH), "anchor", "the auditor has another key"),
        ("anchor-other-unit", anchor(LONG_AN, HCM), "anchor", "the auditor has another unit"),
    ];
    for (name, anchor, verdict, why) in cases {
        let vector = Vector::new(KIND, &format!("log/{name}"), verdict, why).anchor(anchor);
        collection.add(vector, "db", whole)?;
    }
    Ok(())
}

/// The bytes of a log with that damage.
fn made(collection: &Collection, history: &History, damage: &Damage) -> io::Result<Vec<u8>> {
    let owner = Owner { unit: LONG_AN, epochs: None };
    let damage = |connection: &Connection| damage(connection, history);
    database(collection, &owner, &file::rows(history), &damage)
}

/// The bytes of a log with these rows, and what somebody did to it.
fn database(
    collection: &Collection,
    owner: &Owner,
    rows: &[Row],
    damage: &dyn Fn(&Connection) -> rusqlite::Result<()>,
) -> io::Result<Vec<u8>> {
    let path = collection.path("making.db");
    let bytes = written(&path, owner, rows, damage).map_err(io::Error::other);
    let read = bytes.and_then(|()| fs::read(&path));
    fs::remove_file(&path)?;
    let mut read = read?;
    // Which SQLite wrote it last is nobody's business, and not the same everywhere.
    read.get_mut(96..100).into_iter().for_each(|version| version.fill(0));
    Ok(read)
}

fn written(
    path: &Path,
    owner: &Owner,
    rows: &[Row],
    damage: &dyn Fn(&Connection) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let connection = Connection::open(path)?;
    // Nobody loses it: what is read back is all that counts.
    connection.execute_batch("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY")?;
    file::write(&connection, owner, rows)?;
    damage(&connection)?;
    connection.execute_batch("VACUUM")?;
    connection.close().map_err(|(_, error)| error)
}

/// The same database without our application id.
fn unnamed(whole: &[u8]) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    bytes[68..72].fill(0);
    bytes
}
