//! Logs with an event whose signature does not hold, and what stands for it.

use std::io;

use giapranh_record::{Header, Verified};
use rusqlite::Connection;

use super::super::history::History;
use super::super::index::{Beyond, Collection, Expect, Vector};
use super::super::world::{self, HCM, LONG_AN};
use super::damage::resigned;
use super::file::{self, Owner};
use super::{KIND, database};

/// What version 4 adds, as far as an auditor reads it.
const COPIES: &str = "
PRAGMA user_version = 4;
CREATE TABLE copies (position INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
";
/// Where the first registrar's alert stands.
const AT: i64 = 8;

/// What is in the log at that position, and the copy of it.
struct Case {
    name: &'static str,
    verdict: &'static str,
    why: &'static str,
    stored: Vec<u8>,
    copy: Vec<u8>,
}

pub fn add(collection: &mut Collection) -> io::Result<()> {
    let history = History::new();
    let (rows, owner) = (file::rows(&history), Owner { unit: LONG_AN, epochs: Some(vec![]) });
    for Case { name, verdict, why, stored, copy } in cases(&history) {
        let damage = |connection: &Connection| {
            connection.execute_batch(COPIES)?;
            let statement = "UPDATE events SET bytes = ?1 WHERE position = ?2";
            connection.execute(statement, (&stored, AT))?;
            connection.execute("INSERT INTO copies VALUES (?1, ?2)", (AT, &copy)).map(drop)
        };
        let vector = Vector::new(KIND, &format!("log/{name}"), verdict, why);
        let vector = if verdict == "valid" {
            let unit = LONG_AN.into();
            let (events, beyond) = (rows.len() as u64, Beyond::new());
            vector.expect(Expect::Log { unit, events, directory_head: 5, beyond })
        } else {
            vector.positions(&[8])
        };
        collection.add(vector, "db", &database(collection, &owner, &rows, &damage)?)?;
    }
    let why = "a table of its version is missing";
    let vector = Vector::new(KIND, "log/copies-missing", "damaged", why);
    let without = |connection: &Connection| connection.execute_batch("PRAGMA user_version = 4");
    collection.add(vector, "db", &database(collection, &owner, &rows, &without)?)
}

fn cases(history: &History) -> Vec<Case> {
    let good = history.hcm[4].bytes().to_vec();
    let garbled = |bit: u8| {
        let mut bytes = good.clone();
        bytes.last_mut().into_iter().for_each(|byte| *byte ^= bit);
        bytes
    };
    let other = |event: &Verified| event.bytes().to_vec();
    let case = |name, verdict, why, stored: &[u8], copy: Vec<u8>| Case {
        name,
        verdict,
        why,
        stored: stored.to_vec(),
        copy,
    };
    let bad = garbled(1);
    // Another officer, and a signature that is none.
    let another = |header: &mut Header| header.drafted_by = Some("cb-99".to_owned());
    let mut changed = resigned(&history.hcm[4], &world::key(HCM), another).bytes().to_vec();
    changed.last_mut().into_iter().for_each(|byte| *byte ^= 1);
    vec![
        case("copy", "valid", "a copy has the signature that the event lacks", &bad, good.clone()),
        case("copy-bad", "signature", "neither signature holds", &bad, garbled(2)),
        case("copy-none", "signature", "the copy is no event", &bad, vec![0]),
        case("copy-other", "signature", "the copy is another event", &bad, other(&history.hcm[3])),
        case("copy-unneeded", "copy", "a good event has a copy that is none", &good, vec![0]),
        case("copy-of-changed", "hash", "a copy mends a signature only", &changed, good.clone()),
    ]
}
