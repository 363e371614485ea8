//! Logs of a node that took another key, and logs whose directory changed hands.

use std::io;

use giapranh_record::{Signer as _, SigningKey, Verified};
use rusqlite::Connection;

use super::super::index::{Beyond, Collection, Expect, Vector};
use super::super::succession::{Handover, Replacement};
use super::super::world::{self, Author, LONG_AN, TAY_NINH};
use super::damage::{exchange, resigned};
use super::file::{Owner, Row, receipt};
use super::{KIND, database};

/// What was done to a log, as statements or with an event of its own, and what of it shows.
struct Case {
    name: &'static str,
    verdict: &'static str,
    positions: &'static [u64],
    why: &'static str,
    damage: Damage,
}

type Damage = Box<dyn Fn(&Connection) -> rusqlite::Result<()>>;

pub fn add(collection: &mut Collection) -> io::Result<()> {
    two_epochs(collection)?;
    replaced(collection)
}

/// What arrived together, or was made by the log's own node; and whether a receipt follows.
type Step<'a> = (&'a [&'a Verified], Option<u32>);

/// The rows of Tây Ninh's log, with receipts of the epochs that the steps name.
fn rows(steps: &[Step<'_>]) -> Vec<Row> {
    let mut notes = [
        Author::new(TAY_NINH, 31_000),
        Author::again(TAY_NINH, 2, world::key_of_epoch(TAY_NINH, 2), 32_000),
    ];
    let mut log: Vec<Row> = Vec::new();
    let (mut attested, mut clock) = (0, 0);
    for (events, epoch) in steps {
        for event in *events {
            clock = clock.max(event.header().recorded_ms + 450);
            log.push(Row { arrived_ms: clock, event: (*event).clone() });
        }
        let Some(epoch) = epoch else { continue };
        let event = receipt(&mut notes[*epoch as usize - 1], attested, &log, clock);
        attested = log.len() as u64;
        log.push(Row { arrived_ms: clock, event });
    }
    log
}

/// Tây Ninh has closed its first epoch; it signs the second with another key.
fn two_epochs(collection: &mut Collection) -> io::Result<()> {
    let history = Handover::new();
    let Handover { hcm, long_an, tay_ninh: old, tay_ninh_2: new, .. } = &history;
    // Positions 1 to 5, 6 and 7, 8 to 12, 13 and 14, 15 to 17, 18 to 21.
    let rows = rows(&[
        (&[&hcm[0], &hcm[1], &hcm[2], &hcm[3]], Some(1)),
        (&[&long_an[0], &old[0]], None),
        (&[&hcm[4], &hcm[5], &old[1], &old[2]], Some(1)),
        // The node has its new key; the decision that enrols it has not come yet.
        (&[&long_an[1]], Some(2)),
        (&[&long_an[2], &long_an[3]], Some(2)),
        (&[&new[0], &new[1], &long_an[4]], Some(2)),
    ]);
    let owner = Owner { unit: TAY_NINH, epochs: Some(vec![(2, world::key_of_epoch(TAY_NINH, 2))]) };
    let expect = Expect::Log {
        unit: TAY_NINH.into(),
        events: 21,
        directory_head: 8,
        beyond: [("9".to_owned(), "disowned"), ("11".to_owned(), "disowned")].into(),
    };
    let why = "two epochs of its own, the registrar handed over; a word after the last, and an \
               event that the old key signed after the closing one";
    let vector = Vector::new(KIND, "log/two-epochs", "valid", why).expect(expect);
    collection.add(vector, "db", &database(collection, &owner, &rows, &|_| Ok(()))?)?;
    for case in damaged() {
        let vector = Vector::new(KIND, &format!("log/{}", case.name), case.verdict, case.why);
        let vector = vector.positions(case.positions);
        let bytes = database(collection, &owner, &rows, &case.damage)?;
        collection.add(vector, "db", &bytes)?;
    }
    Ok(())
}

fn damaged() -> Vec<Case> {
    let sql = |name, verdict, positions, statements: &'static str, why| {
        let damage = Box::new(move |connection: &Connection| connection.execute_batch(statements));
        Case { name, verdict, positions, why, damage }
    };
    vec![
        signed("epoch-old-key", &[18], |history| &history.tay_ninh_2[0], || world::key(TAY_NINH)),
        signed(
            "epoch-new-key",
            &[7],
            |history| &history.tay_ninh[0],
            || world::key_of_epoch(TAY_NINH, 2),
        ),
        Case {
            name: "epoch-other-key",
            verdict: "unknown-key",
            positions: &[14],
            why: "the log names another key for its second epoch than the one that signed it",
            damage: Box::new(|connection| {
                let key = SigningKey::from_seed(&[9; 32]).public_key().to_bytes();
                connection.execute("UPDATE epochs SET public_key = ?1", [key]).map(drop)
            }),
        },
        sql(
            "epoch-not-enrolled",
            "unknown-key",
            &[14],
            "DELETE FROM events WHERE position > 14; DELETE FROM links WHERE position > 14",
            "the log ends before the decision that enrols the key of its second epoch",
        ),
        sql(
            "epoch-missing",
            "unknown-key",
            &[14],
            "DELETE FROM epochs",
            "the log does not name the key of its second epoch, which signed before it was enrolled",
        ),
        sql(
            "epoch-index-missing",
            "missing",
            &[9],
            "
            DELETE FROM events WHERE position = 7; DELETE FROM links WHERE position = 7;
            UPDATE events SET position = position - 1 WHERE position > 7;
            UPDATE links SET position = position - 1 WHERE position > 7;",
            "an event of the first epoch was taken out and the positions after it closed up",
        ),
        sql(
            "epoch-no-key",
            "damaged",
            &[],
            "UPDATE epochs SET public_key = zeroblob(32)",
            "what the log names for its second epoch is no key",
        ),
        sql("epochs-missing", "damaged", &[], "DROP TABLE epochs", "a table is missing"),
        sql("version-5", "not-a-log", &[], "PRAGMA user_version = 5", "a version to come"),
    ]
}

/// One of its own events, signed with its key of another epoch.
fn signed(
    name: &'static str,
    positions: &'static [u64],
    event: fn(&Handover) -> &Verified,
    key: fn() -> SigningKey,
) -> Case {
    let damage = Box::new(move |connection: &Connection| {
        let history = Handover::new();
        exchange(connection, positions[0], &resigned(event(&history), &key(), |_| {}))
    });
    let why = "signed anew with the key of the unit's other epoch";
    Case { name, verdict: "key-of-another-epoch", positions, why, damage }
}

/// What whoever had the registrar's key said was here before the founders' statement.
fn replaced(collection: &mut Collection) -> io::Result<()> {
    let few = Replacement::by(&mut |statement| statement.signed(&[LONG_AN]));
    let cases = [
        (
            "replaced",
            Replacement::new(),
            6,
            [7, 8, 9],
            "the founders named another registrar after the head 4; 5 to 7 were here before that",
        ),
        (
            "replaced-too-few",
            few,
            7,
            [12, 13, 0],
            "too few founders signed: the registrar stays, and what the other said counts for nothing",
        ),
    ];
    for (name, history, directory_head, disowned, why) in cases {
        let Replacement { hcm, long_an, dong_nai, .. } = &history;
        // Positions 1 to 5, 6 to 11 and 12 to 15.
        let rows = rows(&[
            (&[&hcm[0], &hcm[1], &hcm[2], &hcm[3]], Some(1)),
            (&[&long_an[0], &hcm[4], &hcm[5], &hcm[6], &dong_nai[0]], Some(1)),
            (&[&long_an[1], &long_an[2], &long_an[3]], Some(1)),
        ]);
        let owner = Owner { unit: TAY_NINH, epochs: Some(vec![]) };
        let disowned = disowned.into_iter().filter(|position| *position > 0);
        let beyond: Beyond = disowned.map(|position| (position.to_string(), "disowned")).collect();
        let events = rows.len() as u64;
        let expect = Expect::Log { unit: TAY_NINH.into(), events, directory_head, beyond };
        let vector = Vector::new(KIND, &format!("log/{name}"), "valid", why).expect(expect);
        collection.add(vector, "db", &database(collection, &owner, &rows, &|_| Ok(()))?)?;
    }
    Ok(())
}
