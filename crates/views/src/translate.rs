//! From the record's event, which is proven, to the domain's, which is understood.

use std::collections::BTreeSet;

use giapranh_domain::directory::{Statement, Word, statements};
use giapranh_domain::{Body, Event, Meta, wire};
use giapranh_record::{Header, Payload, PublicKey, ZONE_DIRECTORY};

/// The event as the domain sees it. `None` when an id in the header is none of ours: such an event
/// is kept and shown as unreadable. A payload that is sealed or newer than this program becomes
/// [`Body::Unreadable`].
pub fn to_domain(event: &giapranh_record::event::Event) -> Option<Event> {
    let meta = meta(event.header())?;
    let body = match event.payload() {
        Payload::Plain(bytes) => wire::decode(&meta.kind, bytes.clone()),
        Payload::Sealed { .. } => Body::Unreadable,
    };
    Some(Event { meta, body })
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
        expires: header.facts.expires_ms,
        zones: header.links.iter().map(|link| link.zone.parse()).collect::<Result<_, _>>().ok()?,
        directory_link: header.link(ZONE_DIRECTORY).map(|link| link.seq),
    })
}
