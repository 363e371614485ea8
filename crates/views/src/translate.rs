//! From the record's event, which is proven, to the domain's, which is understood.

use std::collections::BTreeSet;
use std::convert::Infallible;

use giapranh_domain::directory::{Statement, Word, statements};
use giapranh_domain::{Body, Event, Meta, Sealed, wire};
use giapranh_record::seal::{self, OpenError};
use giapranh_record::{DataKey, Hash, Header, Payload, PublicKey, ZONE_DIRECTORY};

/// The event as the domain sees it without any key. `None` when an id in the header is none of ours:
/// such an event is kept and shown as unreadable. A payload that is newer than this program becomes
/// [`Body::Unreadable`].
pub fn to_domain(event: &giapranh_record::event::Event) -> Option<Event> {
    let without: Result<_, Infallible> = opened(event, |_| Ok(None));
    without.unwrap_or_else(|never| match never {})
}

/// The same with its payload, if `key` gives the key of that commitment.
pub fn opened<E>(
    event: &giapranh_record::event::Event,
    key: impl FnOnce(&Hash) -> Result<Option<DataKey>, E>,
) -> Result<Option<Event>, E> {
    let Some(meta) = meta(event.header()) else { return Ok(None) };
    let text = match (event.payload(), event.header().key_commitment) {
        (Payload::Plain(bytes), _) => Ok(bytes.clone()),
        (Payload::Sealed { .. }, Some(commitment)) => match key(&commitment)? {
            None => Err(Sealed::Waiting),
            Some(key) => seal::open(event, &key).map_err(|error| match error {
                OpenError::Altered => Sealed::Altered,
                OpenError::OtherKey | OpenError::Plain => Sealed::Waiting,
            }),
        },
        // No event is read that is so.
        (Payload::Sealed { .. }, None) => Err(Sealed::Altered),
    };
    Ok(Some(match text {
        Ok(text) => Event { body: wire::decode(&meta.kind, text), meta, sealed: None },
        Err(why) => Event::closed(meta, why),
    }))
}

/// The event as the directory hears it, with the founders' signatures in it checked. `None` when it
/// says nothing to the directory.
pub fn to_word(event: &giapranh_record::event::Event) -> Option<Word> {
    let header = event.header();
    let link = header.link(ZONE_DIRECTORY).filter(|_| header.links.len() == 1)?;
    let Payload::Plain(payload) = event.payload() else { return None };
    let Body::DirectoryChanged(changed) = wire::decode(&header.kind, payload.clone()) else {
        return None;
    };
    let signed_by = signed_by(&statements(&changed));
    Some(Word {
        origin: header.origin.parse().ok()?,
        epoch: header.epoch,
        seq: link.seq,
        leaf: event.leaf().0,
        changed,
        signed_by,
    })
}

/// The keys whose signatures under these statements hold, each with the number of its change.
pub fn signed_by(statements: &[Statement]) -> BTreeSet<(usize, [u8; 32])> {
    let mut signed_by = BTreeSet::new();
    for statement in statements {
        for (key, signature) in &statement.signatures {
            let known = <[u8; 32]>::try_from(key.as_slice()).ok();
            let holds = known.and_then(|key| PublicKey::from_bytes(&key)).is_some_and(|key| {
                let signature = signature.as_slice().try_into();
                signature
                    .is_ok_and(|signature| key.verify(statement.text.as_bytes(), signature).is_ok())
            });
            if let Some(key) = known.filter(|_| holds) {
                signed_by.insert((statement.at, key));
            }
        }
    }
    signed_by
}

/// What a judgement needs of an event.
pub(crate) fn meta(header: &Header) -> Option<Meta> {
    let officer = |id: &Option<String>| id.as_deref().map(str::parse).transpose().ok();
    Some(Meta {
        event_id: header.event_id,
        kind: header.kind.clone(),
        origin: header.origin.parse().ok()?,
        acting_unit: header.acting_unit.parse().ok()?,
        epoch: header.epoch,
        index: header.index,
        recorded: header.recorded_ms,
        directory_seq: header.directory_seq,
        alert: header.alert.as_deref().map(str::parse).transpose().ok()?,
        drafted_by: officer(&header.drafted_by)?,
        approved_by: officer(&header.approved_by)?,
        causes: header.causes.clone(),
        category: header.facts.category.clone(),
        urgency: header.facts.urgency.clone(),
        due: header.facts.due_ms,
        expires: header.facts.expires_ms,
        outcome: header.facts.outcome.clone(),
        erase_by: header.erase_by_ms.unwrap_or(0),
        zones: header.links.iter().map(|link| link.zone.parse()).collect::<Result<_, _>>().ok()?,
        directory_link: header.link(ZONE_DIRECTORY).map(|link| link.seq),
    })
}
