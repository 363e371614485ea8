//! One value for everything that is shown: nodes with the same events have the same.

use giapranh_record::Hash;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use sha2::{Digest as _, Sha256};

use crate::ViewsError;

/// What counts, in this order. Left out is what differs from node to node: positions and arrival
/// times, its own notes of deliveries, decisions and reminders, and its drafts with what is to be done
/// about them; and what depends on the moment.
const PARTS: [&str; 7] = [
    "SELECT id, state FROM alerts ORDER BY id",
    "SELECT event_id, verdict, why FROM entries ORDER BY event_id",
    "SELECT id, parent, level, name, official_code, since, has_node FROM units ORDER BY id",
    "SELECT id, name, since FROM zones ORDER BY id",
    "SELECT zone, unit FROM zone_members ORDER BY zone, unit",
    "SELECT event_id, origin, epoch, zone, seq, idx, first_hash, second_hash FROM fork_reports
     ORDER BY event_id",
    // They follow from the alerts above and the directory, so they could be left out; but then a
    // change of the directory that ought to have moved them, and did not, would never be found.
    "SELECT alert, duty, subject, unit, rank, begun_ms, due_ms, escalates_ms, escalates_to, ends_ms
     FROM obligations WHERE duty <> 'approve' ORDER BY alert, duty, subject, unit",
];

/// SHA-256 over the parts, in hexadecimal digits: before each part its number and a 1 before each
/// of its rows, before each value its type and length.
pub(crate) fn of(connection: &Connection) -> Result<String, ViewsError> {
    let mut sha = Sha256::new();
    for (part, query) in (0_u8..).zip(PARTS) {
        sha.update([part]);
        let mut statement = connection.prepare_cached(query)?;
        let columns = statement.column_count();
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            sha.update([1]);
            (0..columns).try_for_each(|column| value(&mut sha, row, column))?;
        }
        sha.update([0]);
    }
    Ok(Hash(sha.finalize().into()).to_string())
}

fn value(sha: &mut Sha256, row: &Row<'_>, column: usize) -> Result<(), ViewsError> {
    let number;
    let (kind, bytes): (u8, &[u8]) = match row.get_ref(column)? {
        ValueRef::Null => (0, &[]),
        ValueRef::Integer(value) => {
            number = value.to_be_bytes();
            (1, &number)
        }
        ValueRef::Text(text) => (2, text),
        ValueRef::Real(_) | ValueRef::Blob(_) => {
            return Err(ViewsError::damaged("a value of another type than its column"));
        }
    };
    sha.update([kind]);
    sha.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
    sha.update(bytes);
    Ok(())
}
