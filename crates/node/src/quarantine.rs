//! What a node keeps beside its log, for those who look after it: read from the running node's log,
//! a stopped one's, or a copy; judged again by the running node alone.
//!
//! A message's payload is never decoded here, and of a header only what servers see anyway is told.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use giapranh_domain::time::rfc3339;
use giapranh_log::{Counts, Decision, Kept, LOG_FILE, Log, LogError, Reader, Verdict};
use giapranh_record::event::Event;
use giapranh_record::{Hash, Header};
pub use giapranh_web::{
    Awaited, FeedPlace, Judged, JudgedOne, Shelf, ShelfDecision, ShelfError, ShelfPage, ShelfQuery,
    Shelved, ShelvedHeader, Which,
};

use crate::NodeError;
use crate::inbox::named;

/// Messages judged in one transaction: commands wait meanwhile.
const TURN: usize = 64;
/// Messages of which it is told one by one what became of them.
const TOLD: usize = 500;

/// The log's file in a node's directory.
pub fn log_in(dir: &Path) -> PathBuf {
    dir.join(LOG_FILE)
}

/// What lies on a shelf of a log, a page of it.
pub fn list(log: &Path, shelf: Shelf, query: &ShelfQuery) -> Result<ShelfPage, NodeError> {
    let reader = Reader::open(log)?;
    // SQLite counts no further.
    let after = query.after.min(u64::MAX >> 1);
    let kept = reader.kept(of(shelf), query.reason.as_deref(), after, query.limit)?;
    let next = kept.last().filter(|_| kept.len() == query.limit).map(|last| last.id);
    let mut messages = Vec::with_capacity(kept.len());
    for one in kept {
        // What it waits for stands in the event itself.
        let bytes = match shelf {
            Shelf::Quarantine => None,
            Shelf::Held => reader.kept_bytes(of(shelf), one.id)?,
        };
        let event = bytes.and_then(|bytes| Event::parse(bytes).ok());
        messages.push(shelved(shelf, one, event.as_ref()));
    }
    let Counts { quarantined, held, .. } = reader.counts()?;
    let by_reason = match shelf {
        Shelf::Quarantine => quarantined,
        Shelf::Held => held,
    };
    Ok(ShelfPage { messages, next, by_reason })
}

/// One message, or what was decided about one that is not on the shelf any more.
pub fn show(log: &Path, shelf: Shelf, id: u64) -> Result<Option<Shelved>, NodeError> {
    let reader = Reader::open(log)?;
    let decisions = reader.decisions(of(shelf), id)?;
    let Some(kept) = reader.kept_one(of(shelf), id)? else {
        return Ok(decisions.first().map(|first| Shelved {
            id,
            reason: first.reason.clone(),
            sha256: first.hash.to_string(),
            decisions: decisions.iter().map(decided).collect(),
            left: true,
            ..Shelved::default()
        }));
    };
    let bytes = reader.kept_bytes(of(shelf), id)?;
    let event = bytes.clone().and_then(|bytes| Event::parse(bytes).ok());
    let mut message = shelved(shelf, kept, event.as_ref());
    message.header = match (&event, &bytes) {
        (Some(event), _) => {
            let key_id = Some(event.key_id().to_string());
            Some(ShelvedHeader { key_id, ..facts(event.header()) })
        }
        (None, Some(bytes)) => legible(bytes).as_ref().map(facts),
        (None, None) => None,
    };
    message.decisions = decisions.iter().map(decided).collect();
    Ok(Some(message))
}

/// The verbatim bytes of a message; `None` when it is not there, or they were dropped.
pub fn bytes(log: &Path, shelf: Shelf, id: u64) -> Result<Option<Bytes>, NodeError> {
    Ok(Reader::open(log)?.kept_bytes(of(shelf), id)?)
}

/// The SHA-256 of bytes, as a message's facts have it.
pub fn sha256(bytes: &[u8]) -> String {
    Hash::of(&[bytes]).to_string()
}

/// Takes messages of the running node through its gate again, in the order in which they came.
pub(crate) async fn rejudge(
    log: &Log,
    path: &Path,
    shelf: Shelf,
    which: Which,
) -> Result<Judged, ShelfError> {
    let (reason, mut after, last) = match &which {
        Which::One(id) => (None, id.saturating_sub(1), *id),
        Which::Reason(reason) => (Some(reason.clone()), 0, u64::MAX),
        Which::All => (None, 0, u64::MAX),
    };
    // Whatever comes while this goes on was judged just now.
    let last = last.min(look(path, move |reader| reader.last_kept(of(shelf))).await?);
    let mut judged = Judged::default();
    while after < last {
        let reason = reason.clone();
        let kept = look(path, move |reader| reader.kept(of(shelf), reason.as_deref(), after, TURN));
        let ids: Vec<u64> =
            kept.await?.into_iter().map(|kept| kept.id).filter(|id| *id <= last).collect();
        let Some(newest) = ids.last() else { break };
        after = *newest;
        let turn = log.rejudge(of(shelf), ids, named).await;
        for one in turn.map_err(|error| ShelfError::Unavailable(error.to_string()))? {
            count(&mut judged, one.id, one.verdict);
        }
    }
    tracing::info!(shelf = shelf.name(), judged = judged.judged, "judged again");
    Ok(judged)
}

async fn look<T: Send + 'static>(
    path: &Path,
    read: impl FnOnce(&Reader) -> Result<T, LogError> + Send + 'static,
) -> Result<T, ShelfError> {
    let path = path.to_owned();
    let found = tokio::task::spawn_blocking(move || read(&Reader::open(&path)?)).await;
    found
        .map_err(|error| ShelfError::Failed(error.to_string()))?
        .map_err(|error| ShelfError::Failed(error.to_string()))
}

fn count(judged: &mut Judged, id: u64, verdict: Verdict) {
    let (outcome, why, position) = match verdict {
        Verdict::Absent => return,
        Verdict::Appended(position) => ("appended", None, Some(position)),
        Verdict::Duplicate => ("duplicate", None, None),
        Verdict::Held(reason) => ("held", Some(reason), None),
        Verdict::Quarantined(reason) => ("quarantined", Some(reason), None),
        Verdict::TooMuchHeld => ("too-much-held", None, None),
        Verdict::BytesDropped => ("bytes-dropped", None, None),
    };
    judged.judged += 1;
    *judged.outcomes.entry(outcome.to_owned()).or_default() += 1;
    if judged.messages.len() < TOLD {
        let outcome = outcome.to_owned();
        judged.messages.push(JudgedOne { id, outcome, why, position });
    }
}

fn of(shelf: Shelf) -> giapranh_log::Shelf {
    match shelf {
        Shelf::Quarantine => giapranh_log::Shelf::Quarantine,
        Shelf::Held => giapranh_log::Shelf::Held,
    }
}

fn shelved(shelf: Shelf, kept: Kept, event: Option<&Event>) -> Shelved {
    let waits_for = match (shelf, event) {
        (Shelf::Held, Some(event)) => awaited(&kept.reason, event),
        _ => None,
    };
    Shelved {
        id: kept.id,
        reason: kept.reason,
        detail: kept.detail,
        subject: kept.subject,
        times: kept.times,
        first: rfc3339(kept.arrived_ms),
        sha256: kept.hash.to_string(),
        size: kept.size,
        dropped: !kept.whole,
        rejudged: kept.judged,
        last_judged: kept.judged_ms.map(rfc3339),
        waits_for,
        ..Shelved::default()
    }
}

fn decided(decision: &Decision) -> ShelfDecision {
    ShelfDecision {
        judged: rfc3339(decision.judged_ms),
        reason: decision.reason.clone(),
        sha256: decision.hash.to_string(),
        outcome: decision.outcome.clone(),
        why: decision.why.clone(),
        position: decision.position,
    }
}

/// What an event waits for that is held for this reason.
fn awaited(reason: &str, event: &Event) -> Option<Awaited> {
    let header = event.header();
    match reason {
        "unknown-key" => Some(Awaited::Key { key_id: event.key_id().to_string() }),
        "directory" => Some(Awaited::Directory { head: header.directory_seq }),
        "gap" => {
            let before = |mut place: FeedPlace| {
                place.seq = place.seq.checked_sub(1).filter(|seq| *seq > 0)?;
                Some(place)
            };
            Some(Awaited::Before {
                places: places(header).into_iter().filter_map(before).collect(),
            })
        }
        _ => None,
    }
}

fn facts(header: &Header) -> ShelvedHeader {
    ShelvedHeader {
        event_id: header.event_id.to_string(),
        kind: header.kind.clone(),
        origin: header.origin.clone(),
        acting_unit: header.acting_unit.clone(),
        epoch: header.epoch,
        index: header.index,
        recorded: rfc3339(header.recorded_ms),
        directory_seq: header.directory_seq,
        zones: places(header),
        key_id: None,
    }
}

fn places(header: &Header) -> Vec<FeedPlace> {
    let place = |link: &giapranh_record::Link| FeedPlace {
        origin: header.origin.clone(),
        epoch: header.epoch,
        zone: link.zone.clone(),
        seq: link.seq,
    };
    header.links.iter().map(place).collect()
}

/// The header of bytes that are no event but begin as one: protobuf's field 1, with its length.
fn legible(bytes: &[u8]) -> Option<Header> {
    let (tag, rest) = bytes.split_first()?;
    let end = rest.iter().take(4).position(|byte| byte & 0x80 == 0)?;
    let length =
        rest[..=end].iter().rev().fold(0, |length, byte| length << 7 | usize::from(byte & 0x7f));
    let header = rest.get(end + 1..)?.get(..length)?;
    (*tag == 0x0a).then(|| Header::decode(header).ok())?
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn what_begins_as_no_header_has_none() {
        for bytes in
            [&b""[..], b"\x0a", b"\x0a\x80", b"\x0a\x05ab", b"\x0a\xff\xff\xff\xff\xff", b"x"]
        {
            assert_eq!(legible(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn what_became_of_many_is_counted_whole_and_told_in_part() {
        let mut judged = Judged::default();
        for id in 0..600 {
            count(&mut judged, id, Verdict::Quarantined("fork".to_owned()));
        }
        count(&mut judged, 600, Verdict::Absent);
        assert_eq!((judged.judged, judged.messages.len()), (600, TOLD));
        assert_eq!(judged.outcomes, BTreeMap::from([("quarantined".to_owned(), 600)]));
    }
}
