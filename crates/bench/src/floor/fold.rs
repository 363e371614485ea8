//! A fold that does nothing but remember: what each event is, by its id.

use std::collections::BTreeMap;

use giapranh_domain::{Event, Millis};
use uuid::Uuid;

/// What is remembered of events.
pub fn fold(events: &[Event]) -> BTreeMap<Uuid, (String, String, Millis)> {
    let mut seen = BTreeMap::new();
    for event in events {
        let meta = &event.meta;
        let what = (meta.kind.clone(), meta.acting_unit.to_string(), meta.recorded);
        seen.insert(meta.event_id, what);
    }
    seen
}
