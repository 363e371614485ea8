//! From the record's event, which is proven, to the domain's, which is understood.

use giapranh_domain::{Body, Event, Meta, wire};
use giapranh_record::{Header, Payload};

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
    })
}
