//! What events say about other logs, as rows: who holds what of this node's, and where an origin
//! signed two events under one number. And what this node's hook was told of.
//!
//! Each event is entered once, by itself, with work that does not grow with what is there.

use giapranh_domain::event::Kind;
use giapranh_domain::{Body, wire};
use giapranh_record::Payload;
use giapranh_record::beacon::SignedBeacon;
use rusqlite::{Connection, params};

use crate::{Stored, ViewsError, accesses};

/// Enters a note that the node made for itself. What is none of these concerns no view.
pub(crate) fn enter_local(connection: &Connection, stored: &Stored) -> Result<(), ViewsError> {
    let header = stored.event.header();
    match said(stored, &[Kind::DeliveryNoted, Kind::ForkDecided, Kind::DueNoted]) {
        Some(Body::DeliveryNoted(beacon)) => {
            // Appended by this node after it was verified; a later program may write another form.
            let Ok(signed) = SignedBeacon::parse(beacon) else {
                let position = stored.position;
                tracing::warn!(position, "a noted delivery is no beacon that this program reads");
                return Ok(());
            };
            let beacon = signed.beacon();
            let mut insert = connection
                .prepare_cached("INSERT OR IGNORE INTO deliveries VALUES (?1, ?2, ?3, ?4, ?5)")?;
            let own = beacon.heads.iter().filter(|head| head.origin == header.origin);
            for head in own {
                insert.execute(params![
                    beacon.zone,
                    head.epoch,
                    beacon.unit,
                    head.seq,
                    header.recorded_ms
                ])?;
            }
        }
        Some(Body::ForkDecided(decided)) => {
            connection
                .prepare_cached("INSERT INTO fork_decisions VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
                .execute(params![
                    stored.position,
                    decided.origin,
                    decided.epoch,
                    header.drafted_by.as_deref().unwrap_or_default(),
                    decided.reason,
                    header.recorded_ms,
                ])?;
        }
        Some(Body::DueNoted(noted)) => {
            connection
                .prepare_cached("INSERT OR IGNORE INTO due_noted VALUES (?1, ?2)")?
                .execute([noted.key, noted.stage])?;
        }
        _ => {}
    }
    accesses::enter(connection, stored)
}

/// Enters what a unit said to others.
pub(crate) fn enter_shared(connection: &Connection, stored: &Stored) -> Result<(), ViewsError> {
    let Some(Body::ForkFound(found)) = said(stored, &[Kind::ForkFound]) else {
        return Ok(());
    };
    let numbers = [found.seq, found.index];
    let hashes = [&found.first_hash, &found.second_hash];
    let whole = numbers.into_iter().all(|number| i64::try_from(number).is_ok())
        && hashes.into_iter().all(|hash| hash.len() == 32)
        && found.first_hash < found.second_hash;
    if !whole {
        // Its entry is there for everybody to see; it names no fork.
        return Ok(());
    }
    connection
        .prepare_cached("INSERT INTO fork_reports VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
        .execute(params![
            stored.event.header().event_id.to_string(),
            found.origin,
            found.epoch,
            found.zone,
            found.seq,
            found.index,
            hex(&found.first_hash),
            hex(&found.second_hash),
        ])?;
    Ok(())
}

pub(crate) fn said(stored: &Stored, kinds: &[Kind]) -> Option<Body> {
    let header = stored.event.header();
    let Payload::Plain(payload) = stored.event.payload() else { return None };
    let wanted = Kind::parse(&header.kind).is_some_and(|kind| kinds.contains(&kind));
    wanted.then(|| wire::decode(&header.kind, payload.clone()))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
