//! Copies: an event that is in the log with a signature that does not hold, once more with one that
//! does. The gate may take an event on the word of a later one, so a peer can pass on the right
//! bytes under a wrong signature; the next peer has the right one.
//!
//! A copy has the same header and payload as the event that it stands for, so nothing that follows
//! from the log changes. Whoever reads events is given the copy; whoever verifies the log accepts it, and looks whether it is one.

use giapranh_record::event::Event;
use giapranh_record::view::EventView;
use giapranh_record::{Hash, Keyring, PublicKey};
use rusqlite::{Connection, OptionalExtension as _};

use crate::verify::{Fault, Learning};
use crate::{LogError, Reader, file};

/// Schema from which on copies are kept.
const SINCE: i64 = 4;

/// Keeps the bytes of an event that is at a position already, when its signature holds and the one
/// there does not. Tells whether it did.
pub(crate) fn keep(
    connection: &Connection,
    keyring: &dyn Keyring,
    position: u64,
    event: &Event,
) -> Result<bool, LogError> {
    let stored: Option<Vec<u8>> = connection
        .prepare_cached(
            "SELECT bytes FROM events WHERE position = ?1 AND bytes <> ?2
               AND NOT EXISTS (SELECT 1 FROM copies WHERE position = ?1)",
        )?
        .query_row((position, event.bytes().as_ref()), |row| row.get(0))
        .optional()?;
    let Some(stored) = stored else { return Ok(false) };
    // Bytes that are no event any more are damage to the file, which no copy hides.
    let Ok(stored) = Event::parse(stored.into()) else { return Ok(false) };
    let Some((key, owner)) = keyring.find(&event.key_id()) else { return Ok(false) };
    let better = stored.leaf() == event.leaf()
        && stored.key_id() == event.key_id()
        && owner == event.header().origin
        && stored.check_signature(&key).is_err()
        && event.check_signature(&key).is_ok();
    if better {
        connection
            .prepare_cached("INSERT INTO copies (position, bytes) VALUES (?1, ?2)")?
            .execute((position, event.bytes().as_ref()))?;
    }
    Ok(better)
}

/// Whether a log may have copies.
pub(crate) fn may_be(connection: &Connection) -> rusqlite::Result<bool> {
    Ok(file::version(connection)? >= SINCE)
}

/// The copies that are none of the event that they stand for, or have no signature that holds.
/// Whoever reads is given the copy: one of something else would be forgery that no look at the events
/// shows. All are looked at, there being few.
pub(crate) fn faults(reader: &Reader, keys: &dyn Learning) -> Result<Vec<Fault>, LogError> {
    let read = || -> rusqlite::Result<Vec<Fault>> {
        let connection = &reader.connection;
        if !may_be(connection)? {
            return Ok(Vec::new());
        }
        let mut query = connection.prepare_cached(
            "SELECT copies.position, copies.bytes, events.leaf
             FROM copies LEFT JOIN events ON events.position = copies.position
             ORDER BY copies.position",
        )?;
        let mut rows = query.query(())?;
        let mut faults = Vec::new();
        while let Some(row) = rows.next()? {
            let copy = row.get_ref(1)?.as_blob()?;
            let leaf = row.get_ref(2)?.as_blob_or_null()?.and_then(Hash::from_slice);
            if !leaf.is_some_and(|leaf| stands(copy, leaf, keys)) {
                let what = "the copy beside it is none of this event";
                faults.push(Fault::new(row.get(0)?, what));
            }
        }
        Ok(faults)
    };
    read().map_err(|error| reader.read_error(0, error))
}

/// Whether these are the bytes of the event with that hash, signed by its author.
fn stands(bytes: &[u8], leaf: Hash, keys: &dyn Learning) -> bool {
    EventView::parse(bytes).is_ok_and(|copy| {
        let key = keys.keyring().find(&copy.key_id);
        let counts = |owner: String| {
            owner == copy.header.origin && keys.signs(&copy.key_id, copy.header.epoch)
        };
        copy.leaf == leaf
            && key.is_some_and(|(key, owner)| counts(owner) && copy.check_signature(&key).is_ok())
    })
}

/// Whether there is a copy of the event at a position that this key has signed.
pub(crate) fn holds(
    connection: &Connection,
    position: u64,
    leaf: Hash,
    key: &PublicKey,
) -> rusqlite::Result<bool> {
    if !may_be(connection)? {
        return Ok(false);
    }
    let copy: Option<Vec<u8>> = connection
        .prepare_cached("SELECT bytes FROM copies WHERE position = ?1")?
        .query_row([position], |row| row.get(0))
        .optional()?;
    Ok(copy.is_some_and(|bytes| {
        EventView::parse(&bytes)
            .is_ok_and(|event| event.leaf == leaf && event.check_signature(key).is_ok())
    }))
}
