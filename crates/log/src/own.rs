//! What this node signs itself: each number once.

pub(crate) mod tail;

use std::path::{Path, PathBuf};

use giapranh_record::event::Event;
use giapranh_record::{Draft, Header, Payload, Seal, Unsigned, ZONE_LOCAL};
use rusqlite::OptionalExtension as _;

use crate::store::{FeedKey, Store};
use crate::{Identity, LogError, MARKER_FILE, Mark, Marker};

pub use tail::{Claim, Lack, Tail};

#[derive(Debug, PartialEq)]
pub(crate) struct Own {
    pub unit: String,
    epoch: u32,
    next_index: u64,
    next_local_index: u64,
    /// How many events were published in this epoch and are here: as many as the next index, unless
    /// some are missing.
    published: u64,
    recorded_ms: u64,
    directory_seq: u64,
    /// The kind of the newest event that was published or is to be.
    pub newest_kind: Option<String>,
    /// Where the marker lies.
    marker: PathBuf,
    /// What it said when it was last read.
    marked: Option<Mark>,
    /// Why nobody knows what was published, as long as that is so.
    unknown: Option<String>,
    /// Why this node stands aside, since another one speaks in its name.
    pub aside: Option<String>,
    tail: Tail,
}

impl Own {
    /// Reads where this node stands, and compares it with the marker.
    pub fn load(dir: &Path, store: &Store, identity: &Identity) -> Result<Self, LogError> {
        let path = dir.join(MARKER_FILE);
        let marker = Marker::open(&path)?;
        let unknown = marker.is_none().then(|| {
            "the marker of what was published is missing or unreadable, so nobody knows whether \
             this log lost its tail until the stream was read and the peers were heard"
                .to_owned()
        });
        let mut own = Self {
            unit: identity.unit.clone(),
            epoch: identity.epoch,
            next_index: 0,
            next_local_index: 0,
            published: 0,
            recorded_ms: 0,
            directory_seq: 0,
            newest_kind: None,
            marker: path,
            marked: marker.and_then(|marker| marker.mark()),
            unknown,
            aside: None,
            tail: Tail::Whole,
        };
        for local in [false, true] {
            if let Some(event) = newest(store, &own.unit, own.epoch, local)? {
                own.follow(event.header());
            }
        }
        own.published = store.connection.query_row(
            "SELECT COUNT(*) FROM events WHERE origin = ?1 AND epoch = ?2 AND local = 0",
            (&own.unit, own.epoch),
            |row| row.get(0),
        )?;
        own.tail = tail::look(&own, store)?;
        Ok(own)
    }

    /// Takes note of an own event that is in the log.
    pub fn follow(&mut self, header: &Header) {
        if header.epoch != self.epoch {
            return;
        }
        if !header.is_local() {
            self.published += 1;
            if header.index >= self.next_index {
                self.newest_kind = Some(header.kind.clone());
            }
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

    /// Which life of its log this is.
    pub fn epoch(&self) -> u32 {
        self.epoch
    }

    /// Whether this node may sign, and why not.
    pub fn tail(&self) -> &Tail {
        &self.tail
    }

    /// Looks again where this node stands; to be called before a commit when something may have
    /// changed that.
    pub fn settle(&mut self, store: &mut Store) -> Result<(), LogError> {
        if std::mem::take(&mut store.tail_moved) {
            self.tail = tail::look(self, store)?;
        }
        Ok(())
    }

    /// Hears what others hold of this node's own events.
    pub fn hear(&mut self, store: &mut Store, claims: Vec<Claim>) -> Result<(), LogError> {
        store.tail_moved = true;
        tail::remember(self, store, claims)?;
        self.settle(store)
    }

    /// Signs nothing until the next start.
    pub fn stand_aside(&mut self, store: &mut Store, reason: String) -> Result<(), LogError> {
        self.aside = Some(reason);
        store.tail_moved = true;
        self.settle(store)
    }

    /// What others said of this node's own events, and has not come true.
    pub fn claims(store: &Store) -> Result<Vec<Claim>, LogError> {
        tail::claims(store)
    }

    /// Forgets what somebody said of this node's own events.
    pub fn disregard(&mut self, store: &mut Store, said_by: &str) -> Result<(), LogError> {
        store
            .connection
            .prepare_cached("DELETE FROM claims WHERE said_by = ?1")?
            .execute([said_by])?;
        store.tail_moved = true;
        self.settle(store)
    }

    /// Takes what is here for all that was published, and marks it so, unless something is known to
    /// be missing.
    pub fn confirm(&mut self, store: &mut Store) -> Result<(), LogError> {
        if !matches!(self.tail, Tail::Unknown { .. }) {
            return Ok(());
        }
        let newest = newest(store, &self.unit, self.epoch, false)?;
        let mark = newest.map(|event| {
            let header = event.header();
            Mark { epoch: header.epoch, index: header.index, leaf: event.leaf() }
        });
        // The log itself is not concerned: it goes on, and somebody tries again.
        Marker::renew(&self.marker, mark)
            .map_err(|error| LogError::OwnTail(format!("the marker can't be written: {error}")))?;
        (self.marked, self.unknown) = (mark, None);
        store.tail_moved = true;
        self.settle(store)
    }

    /// Gives a draft its place: index, time, links. The heads move with it.
    pub fn place(
        &mut self,
        store: &mut Store,
        draft: Draft,
        seal: Option<&Seal>,
        now_ms: u64,
    ) -> Result<Unsigned, LogError> {
        if let Some(refusal) = self.tail.refusal() {
            return Err(LogError::OwnTail(refusal.to_owned()));
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
        let unsigned = match (seal, draft.payload) {
            // The header is what it is sealed under, so it is sealed here, where that is settled.
            (Some(seal), Payload::Plain(text)) => Unsigned::sealed(header, &text, seal)?,
            (_, payload) => Unsigned::new(header, payload)?,
        };
        for link in &unsigned.header().links {
            store.advance(&key(&link.zone), link, unsigned.leaf())?;
        }
        self.follow(unsigned.header());
        Ok(unsigned)
    }
}

/// The newest event of an origin, of what it published or of what it noted for itself.
fn newest(store: &Store, origin: &str, epoch: u32, local: bool) -> Result<Option<Event>, LogError> {
    let newest: Option<(u64, Vec<u8>)> = store
        .connection
        .query_row(
            "SELECT position, bytes FROM events
             WHERE origin = ?1 AND epoch = ?2 AND local = ?3 ORDER BY idx DESC LIMIT 1",
            (origin, epoch, local),
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let Some((position, bytes)) = newest else { return Ok(None) };
    let event = Event::parse(bytes.into()).map_err(|error| LogError::Damaged {
        path: store.connection.path().unwrap_or_default().into(),
        position: position.saturating_sub(1),
        detail: format!("the event at position {position} is none: {error}"),
    });
    event.map(Some)
}
