//! What was done to a log, and what of it shows.

use giapranh_record::event::Event;
use giapranh_record::receipt::{Receipt, Running};
use giapranh_record::{Hash, Header, Payload, SigningKey, Unsigned};
use rusqlite::Connection;

use super::super::history::History;
use super::super::world::{self, BORDER, HCM, LONG_AN};
use super::{Case, Damage};

pub fn none() -> Damage {
    Box::new(|_, _| Ok(()))
}

pub fn cases() -> Vec<Case> {
    let mut cases = vec![Case {
        name: "whole",
        verdict: "valid",
        positions: vec![],
        why: "own events, others', the directory, receipts; one zone that it has no part in",
        damage: none(),
    }];
    cases.extend(by_tool());
    cases.extend(missing());
    cases.extend(by_key());
    cases
}

fn sql(
    name: &'static str,
    verdict: &'static str,
    positions: &[u64],
    statements: &'static str,
    why: &'static str,
) -> Case {
    let damage: Damage = Box::new(move |connection, _| connection.execute_batch(statements));
    Case { name, verdict, positions: positions.to_vec(), why, damage }
}

/// Changed rows.
fn by_tool() -> Vec<Case> {
    vec![
        bytes("byte-of-payload", "hash", "one bit of a payload", 64 + 2 + 32 + 2),
        bytes("byte-of-signature", "signature", "one bit of a signature", 0),
        bytes("byte-of-key-id", "unknown-key", "one bit of a key id", 64 + 2),
        sql(
            "no-event",
            "malformed",
            &[10],
            "UPDATE events SET bytes = x'00' WHERE position = 10",
            "the bytes are no event",
        ),
        sql(
            "leaf",
            "hash",
            &[10],
            "UPDATE events SET leaf = zeroblob(32) WHERE position = 10",
            "another hash is noted than that of the bytes",
        ),
        sql(
            "leaf-31",
            "hash",
            &[10],
            "UPDATE events SET leaf = zeroblob(31) WHERE position = 10",
            "what is noted is no hash",
        ),
        sql(
            "column-alert",
            "columns",
            &[7],
            "UPDATE events SET alert = NULL WHERE position = 7",
            "the column says that the event is about no alert",
        ),
        sql(
            "column-origin",
            "columns",
            &[8],
            "UPDATE events SET origin = 'tay-ninh', idx = 70 WHERE position = 8",
            "the columns say that the event is another unit's",
        ),
        sql(
            "column-event-id",
            "columns",
            &[8],
            "UPDATE events SET event_id = zeroblob(16) WHERE position = 8",
            "the column has another event id",
        ),
        sql(
            "arrived",
            "receipt",
            &[9],
            "UPDATE events SET arrived_ms = arrived_ms - 60000 WHERE position = 6",
            "a time of arrival is another one than a receipt attests",
        ),
        sql(
            "links-exchanged",
            "links",
            &[10, 11],
            "
            UPDATE links SET seq = 0 - seq WHERE position IN (10, 11) AND feed IN
              (SELECT id FROM feeds WHERE origin = 'long-an' AND zone = 'hcm-long-an');
            UPDATE links SET seq = 5 + seq WHERE seq < 0;",
            "two links name each other's seq",
        ),
        sql(
            "anchor-replaced",
            "unknown-key",
            &[1, 2, 3, 4],
            "UPDATE identity SET anchor = public_key",
            "the registrar's key was replaced by the log's own",
        ),
    ]
}

/// One bit of the event at position 10, counted from its end.
fn bytes(name: &'static str, verdict: &'static str, why: &'static str, from_end: usize) -> Case {
    let damage: Damage = Box::new(move |connection, history| {
        let mut bytes = history.long_an[2].bytes().to_vec();
        let at = bytes.len() - 1 - from_end;
        bytes[at] ^= 1;
        connection.execute("UPDATE events SET bytes = ?1 WHERE position = 10", [bytes]).map(drop)
    });
    Case { name, verdict, positions: vec![10], why, damage }
}

/// Rows that were taken out.
fn missing() -> Vec<Case> {
    vec![
        sql(
            "row-missing",
            "missing",
            &[10],
            "DELETE FROM events WHERE position = 10",
            "an event is gone, its links are there",
        ),
        sql(
            "row-and-links-missing",
            "missing",
            &[10],
            "DELETE FROM events WHERE position = 10; DELETE FROM links WHERE position = 10",
            "an event is gone with its links: a position is missing",
        ),
        sql(
            "last-row-missing",
            "missing",
            &[18],
            "DELETE FROM events WHERE position = 18",
            "the newest event is gone, its links are there",
        ),
        sql(
            "link-missing",
            "missing",
            &[8],
            "DELETE FROM links WHERE position = 8",
            "an event follows on nothing: none of its feeds has it",
        ),
        sql(
            "tail-cut",
            "valid",
            &[],
            "DELETE FROM events WHERE position > 15; DELETE FROM links WHERE position > 15",
            "a log that ends earlier is a log: only something kept elsewhere shows what is gone",
        ),
        sql(
            "closed-up",
            "receipt",
            &[16],
            "
            DELETE FROM events WHERE position = 16; DELETE FROM links WHERE position = 16;
            UPDATE events SET position = position - 1 WHERE position > 16;
            UPDATE links SET position = position - 1 WHERE position > 16;",
            "an event was taken out and the positions after it closed up: a receipt tells",
        ),
        sql(
            "own-index-missing",
            "missing",
            &[9],
            "
            DELETE FROM events WHERE position = 7; DELETE FROM links WHERE position = 7;
            UPDATE events SET position = position - 1 WHERE position > 7;
            UPDATE links SET position = position - 1 WHERE position > 7;",
            "the same with an event of the log's own: its index is missing before the next",
        ),
        sql(
            "receipt-missing",
            "missing",
            &[5, 9, 13, 15, 17],
            "
            DELETE FROM links WHERE position IN
              (SELECT position FROM events WHERE local = 1 AND idx = 0);
            DELETE FROM events WHERE local = 1 AND idx = 0;",
            "the first receipt is gone: the others follow on nothing",
        ),
    ]
}

/// What takes a key.
fn by_key() -> Vec<Case> {
    let nobody = || SigningKey::from_seed(&[9; 32]);
    vec![
        signed(
            "signed-by-nobody",
            "unknown-key",
            &[10],
            "signed anew with a key of nobody",
            move |history| resigned(&history.long_an[2], &nobody(), |_| {}),
        ),
        signed(
            "signed-by-another",
            "key-of-another",
            &[10],
            "signed anew with an enrolled key that is another unit's",
            |history| resigned(&history.long_an[2], &world::key(HCM), |_| {}),
        ),
        signed(
            "signed-anew",
            "chain",
            &[11, 18],
            "another payload, signed by its own author: the next events name another predecessor",
            |history| {
                let payload = world::plain(*b"another");
                let header = history.long_an[2].header().clone();
                let unsigned = Unsigned::new(header, payload).expect("a good header");
                Event::clone(&unsigned.sign(&world::key(LONG_AN)))
            },
        ),
        signed("prev", "chain", &[10], "the event names another predecessor", |history| {
            resigned(&history.long_an[2], &world::key(LONG_AN), |header| {
                let link = header.links.iter_mut().find(|link| link.zone == BORDER);
                link.expect("it has").prev = Hash::of(&[b"other"]);
            })
        }),
        receipt(),
    ]
}

pub fn resigned(event: &Event, key: &SigningKey, change: impl FnOnce(&mut Header)) -> Event {
    let mut header = event.header().clone();
    change(&mut header);
    let unsigned = Unsigned::new(header, event.payload().clone()).expect("a good header");
    Event::clone(&unsigned.sign(key))
}

/// Exchanges the event at position 10, its hash along with it.
fn signed(
    name: &'static str,
    verdict: &'static str,
    positions: &[u64],
    why: &'static str,
    event: impl Fn(&History) -> Event + 'static,
) -> Case {
    let damage: Damage =
        Box::new(move |connection, history| exchange(connection, 10, &event(history)));
    Case { name, verdict, positions: positions.to_vec(), why, damage }
}

pub fn exchange(connection: &Connection, position: u64, event: &Event) -> rusqlite::Result<()> {
    let statement = "UPDATE events SET bytes = ?1, leaf = ?2 WHERE position = ?3";
    connection.execute(statement, (&event.bytes()[..], event.leaf().0, position)).map(drop)
}

/// A receipt of the node's own that attests something else.
fn receipt() -> Case {
    let damage: Damage = Box::new(|connection, history| {
        let rows = super::file::rows(history);
        let header = rows[16].event.header().clone();
        let running = Running { position: 16, hash: Hash::of(&[b"other"]) };
        let payload: Payload = Receipt { first: 16, running }.to_payload();
        let unsigned = Unsigned::new(header, payload).expect("a good header");
        exchange(connection, 17, &unsigned.sign(&world::key(LONG_AN)))
    });
    let why = "a receipt that its own node signed, over another history";
    Case { name: "receipt", verdict: "receipt", positions: vec![17], why, damage }
}
