//! What this node signs itself: each number once.

use giapranh_record::event::Event;
use giapranh_record::{Draft, Hash, Header, Unsigned, ZONE_LOCAL};
use rusqlite::OptionalExtension as _;

use crate::store::{FeedKey, Store};
use crate::{Identity, LogError, Mark, Marker};

pub(crate) struct Own {
    pub unit: String,
    epoch: u32,
    next_index: u64,
    next_local_index: u64,
    recorded_ms: u64,
    directory_seq: u64,
    /// The kind of the newest event that was published or is to be.
    pub newest_kind: Option<String>,
    /// Why nothing may be signed; `None` when all is well.
    refusal: Option<String>,
}

impl Own {
    /// Reads where this node stands, and compares it with the marker.
    pub fn load(
        store: &Store,
        identity: &Identity,
        marker: Option<&Marker>,
    ) -> Result<Self, LogError> {
        let mut own = Self {
            unit: identity.unit.clone(),
            epoch: identity.epoch,
            next_index: 0,
            next_local_index: 0,
            recorded_ms: 0,
            directory_seq: 0,
            newest_kind: None,
            refusal: None,
        };
        for local in [false, true] {
            let newest: Option<(u64, Vec<u8>)> = store
                .connection
                .query_row(
                    "SELECT position, bytes FROM events
                     WHERE origin = ?1 AND epoch = ?2 AND local = ?3 ORDER BY idx DESC LIMIT 1",
                    (&own.unit, own.epoch, local),
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )
                .optional()?;
            if let Some((position, bytes)) = newest {
                let event = Event::parse(bytes.into()).map_err(|error| LogError::Damaged {
                    path: store.connection.path().unwrap_or_default().into(),
                    position: position.saturating_sub(1),
                    detail: format!("the event at position {position} is none: {error}"),
                })?;
                own.follow(event.header());
            }
        }
        own.refusal = own.missing_tail(store, marker)?;
        Ok(own)
    }

    /// Takes note of an own event that is in the log.
    pub fn follow(&mut self, header: &Header) {
        if header.epoch != self.epoch {
            return;
        }
        if !header.is_local() && header.index >= self.next_index {
            self.newest_kind = Some(header.kind.clone());
        }
        let next =
            if header.is_local() { &mut self.next_local_index } else { &mut self.next_index };
        *next = (*next).max(header.index + 1);
        self.recorded_ms = self.recorded_ms.max(header.recorded_ms);
        self.directory_seq = self.directory_seq.max(header.directory_seq);
    }

    /// The place of this node's newest event in a zone, in its epoch.
    pub fn seq(&self, store: &Store, zone: &str) -> u64 {
        let (origin, zone) = (self.unit.clone(), zone.to_owned());
        store.head(&FeedKey { origin, epoch: self.epoch, zone }).seq
    }

    pub fn refusal(&self) -> Option<&str> {
        self.refusal.as_deref()
    }

    /// Gives a draft its place: index, time, links. The heads move with it.
    pub fn place(
        &mut self,
        store: &mut Store,
        draft: Draft,
        now_ms: u64,
    ) -> Result<Unsigned, LogError> {
        if let Some(refusal) = &self.refusal {
            return Err(LogError::OwnTail(refusal.clone()));
        }
        let mut zones = draft.zones;
        zones.sort();
        zones.dedup();
        let local = zones.iter().any(|zone| zone == ZONE_LOCAL);
        let key = |zone: &str| FeedKey {
            origin: self.unit.clone(),
            epoch: self.epoch,
            zone: zone.to_owned(),
        };
        let links = zones.iter().map(|zone| store.head(&key(zone)).next_link(zone)).collect();
        let header = Header {
            event_id: draft.event_id,
            kind: draft.kind,
            origin: self.unit.clone(),
            acting_unit: draft.acting_unit,
            epoch: self.epoch,
            index: if local { self.next_local_index } else { self.next_index },
            recorded_ms: now_ms.max(self.recorded_ms),
            directory_seq: draft.directory_seq.max(self.directory_seq),
            alert: draft.alert,
            drafted_by: draft.drafted_by,
            approved_by: draft.approved_by,
            causes: draft.causes,
            facts: draft.facts,
            erase_by_ms: draft.erase_by_ms,
            // Comes with the sealed payload.
            key_commitment: None,
            links,
        };
        let unsigned = Unsigned::new(header, draft.payload)?;
        for link in &unsigned.header().links {
            store.advance(&key(&link.zone), link, unsigned.leaf())?;
        }
        self.follow(unsigned.header());
        Ok(unsigned)
    }

    fn missing_tail(
        &self,
        store: &Store,
        marker: Option<&Marker>,
    ) -> Result<Option<String>, LogError> {
        let Some(marker) = marker else {
            return Ok((self.next_index > 0).then(|| {
                "the marker of what was published is missing or unreadable, so nobody knows \
                 whether this log lost its tail"
                    .to_owned()
            }));
        };
        let Some(Mark { epoch, index, leaf }) = marker.mark() else {
            return Ok(None);
        };
        let here: Option<[u8; 32]> = store
            .connection
            .query_row(
                "SELECT leaf FROM events
                 WHERE origin = ?1 AND epoch = ?2 AND local = 0 AND idx = ?3",
                (&self.unit, epoch, index),
                |row| row.get(0),
            )
            .optional()?;
        Ok((here.map(Hash) != Some(leaf)).then(|| {
            format!(
                "index {index} of epoch {epoch} may have been published, and this log does not \
                 hold it: it lost its tail. Restore the newest backup of the log"
            )
        }))
    }
}
