//! The gate: what a peer sent becomes an appended event, a duplicate, a held one, or lies in
//! quarantine with its reason. Nothing unproven enters the log and nothing is dropped in silence.

mod due;

use bytes::Bytes;
use giapranh_record::chain::Fit;
use giapranh_record::event::Event;
use giapranh_record::{BadSignature, Header, Keyring, Link, Verified, ZONE_DIRECTORY};

use crate::authentication::{Author, Candidate};
use crate::fork::{self, Conflict};
use crate::held::Holding;
use crate::own::Own;
use crate::quarantine::room;
use crate::store::{Appended, Store, key};
use crate::{LogError, copy, held};

/// Bytes as they came, and where.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// The subject, as received; for people.
    pub subject: String,
    /// The zone and the origin that the subject names; `None` when it is not one of ours.
    pub named: Option<(String, String)>,
    /// What came.
    pub bytes: Bytes,
}

/// Which zones this node may hold.
pub trait Entitlement: Send + Sync {
    /// Whether the node is entitled to a zone now.
    fn includes(&self, zone: &str) -> bool;

    /// The directory head under which [`Entitlement::includes`] answers. An event that was decided
    /// under a newer one waits for it: its zones may be ours by then.
    fn directory_head(&self) -> u64;

    /// Why the directory knows that an event of a good signature does not count: it lies beyond a
    /// cut of its origin, or its key is not one of its epoch. A reason and a sentence.
    fn objection(&self, _event: &Event) -> Option<(&'static str, String)> {
        None
    }
}

/// What became of an arrival. All of it is durable when it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is in the log.
    Appended(Appended),
    /// It was in the log already, or is held already.
    Duplicate,
    /// It waits for something that is not here yet.
    Held(&'static str),
    /// It failed, for this reason.
    Quarantined(&'static str),
    /// It would have to wait for this, and too much is held already: it is not kept, and it is
    /// counted ([`crate::Log::left`]). It comes by backfill when what it waits for is here.
    Left(&'static str),
}

/// Why an arrival does not enter now.
enum Objection {
    Seen(u64),
    Wait(&'static str, Wanting),
    Bad(&'static str, String),
    /// It is proven, and so is what rules it out. The zone names its place.
    Fork(Conflict, String, String),
}

/// A proven event that enters, and the zones for which it does.
struct Entry<'a> {
    event: &'a Verified,
    zones: Vec<String>,
}

/// What a held event waits for.
pub(crate) struct Wanting {
    pub origin: String,
    pub epoch: u32,
    /// The zone that the subject named.
    pub zone: String,
    /// The places in its feeds; with the one before any of them it comes in. None when it waits
    /// for something else.
    pub places: Vec<(String, u64)>,
}

/// How much one transaction still takes in: whoever waits for the next one waits no longer.
#[derive(Debug)]
pub(crate) struct Room {
    pub events: usize,
    pub bytes: usize,
}

impl Room {
    fn spend(&mut self, bytes: usize) {
        self.events = self.events.saturating_sub(1);
        self.bytes = self.bytes.saturating_sub(bytes);
    }

    fn is_left(&self) -> bool {
        self.events > 0 && self.bytes > 0
    }
}

/// What the gate looks at.
pub(crate) struct Gate<'a> {
    pub store: &'a mut Store,
    pub own: &'a mut Own,
    pub keyring: &'a dyn Keyring,
    pub entitlement: &'a dyn Entitlement,
    pub now_ms: u64,
    pub room: &'a mut Room,
}

impl Gate<'_> {
    /// Judges one arrival, and then whatever it was that others waited for.
    pub fn admit(&mut self, candidate: Candidate) -> Result<Outcome, LogError> {
        let outcome = self.admit_one(candidate)?;
        self.admit_released()?;
        Ok(outcome)
    }

    fn admit_one(&mut self, candidate: Candidate) -> Result<Outcome, LogError> {
        let Candidate { arrival, read } = candidate;
        self.room.spend(arrival.bytes.len());
        let author = match read {
            // Since it was proven, or not, its key may have been enrolled.
            Ok(author) => author.again(self.keyring),
            Err(error) => {
                self.quarantine(&arrival, "malformed", &error.to_string())?;
                return Ok(Outcome::Quarantined("malformed"));
            }
        };
        match self.judge(&arrival, &author)? {
            Ok(Entry { event, zones }) => self.append(event, &zones).map(Outcome::Appended),
            Err(Objection::Seen(position)) => {
                self.link_late(author.event(), position, &arrival)?;
                if copy::keep(&self.store.connection, self.keyring, position, author.event())? {
                    self.store.mended.push(position);
                }
                Ok(Outcome::Duplicate)
            }
            Err(Objection::Wait(reason, wanting)) => {
                let held = held::hold(self.store, &arrival, reason, &wanting, self.now_ms)?;
                Ok(match held {
                    Holding::New => Outcome::Held(reason),
                    Holding::Known => Outcome::Duplicate,
                    Holding::Full => Outcome::Left(reason),
                })
            }
            Err(Objection::Bad(reason, detail)) => {
                self.quarantine(&arrival, reason, &detail)?;
                Ok(Outcome::Quarantined(reason))
            }
            Err(Objection::Fork(conflict, zone, detail)) => {
                self.fork(&arrival, author.event(), conflict, &zone, &detail)?;
                Ok(Outcome::Quarantined("fork"))
            }
        }
    }

    fn fork(
        &mut self,
        arrival: &Arrival,
        event: &Event,
        conflict: Conflict,
        zone: &str,
        detail: &str,
    ) -> Result<(), LogError> {
        self.quarantine(arrival, "fork", detail)?;
        match event.header().link(zone) {
            Some(link) => fork::note(self.store, conflict, event, link, self.now_ms),
            None => Ok(()),
        }
    }

    /// Whether a link of an event belongs to this log. All of those of this node's own events do:
    /// their next numbers follow from them.
    fn takes(&self, event: &Event, zone: &str) -> bool {
        event.header().origin == self.own.unit || self.entitlement.includes(zone)
    }

    fn judge<'a>(
        &self,
        arrival: &Arrival,
        author: &'a Author,
    ) -> Result<Result<Entry<'a>, Objection>, LogError> {
        let event = author.event();
        let header = event.header();
        if let Some(seen) = self.store.find(header.event_id)?
            && seen.leaf == event.leaf()
        {
            return Ok(Err(Objection::Seen(seen.position)));
        }
        let Some(zone) = zone_named(event, arrival) else {
            let detail = "the subject names another zone or origin than the event".to_owned();
            return Ok(Err(Objection::Bad("subject", detail)));
        };
        if header.is_local() {
            let detail = "what is local is never published".to_owned();
            return Ok(Err(Objection::Bad("local", detail)));
        }
        let wanting = |zone| Wanting {
            origin: header.origin.clone(),
            epoch: header.epoch,
            zone,
            places: Vec::new(),
        };
        let Some((_, owner)) = self.keyring.find(&event.key_id()) else {
            return Ok(Err(Objection::Wait(held::UNKNOWN_KEY, wanting(zone))));
        };
        if owner != header.origin {
            let detail = format!("the key is enrolled to {owner}, not to {}", header.origin);
            return Ok(Err(Objection::Bad("key-of-another", detail)));
        }
        let Author::Proven(event) = author else {
            return Ok(Err(Objection::Bad("signature", BadSignature.to_string())));
        };
        // The directory itself never waits for the directory. What also goes elsewhere does: a link
        // that is not ours yet would be lost.
        let waits = header.directory_seq > self.entitlement.directory_head()
            && header.links.iter().any(|link| link.zone != ZONE_DIRECTORY);
        if waits {
            return Ok(Err(Objection::Wait(held::DIRECTORY, wanting(zone))));
        }
        if let Some((reason, detail)) = self.entitlement.objection(event) {
            return Ok(Err(Objection::Bad(reason, detail)));
        }
        self.fit(event, zone)
    }

    /// Whether a proven event continues what is here.
    fn fit<'a>(
        &self,
        event: &'a Verified,
        named: String,
    ) -> Result<Result<Entry<'a>, Objection>, LogError> {
        let header = event.header();
        // Only now: who has no key can't make others believe that an author forks.
        if let Some(other) = self.store.find(header.event_id)? {
            let detail =
                format!("another event {} is at position {}", header.event_id, other.position);
            let conflict = Conflict { here: other.leaf, position: other.position };
            return Ok(Err(Objection::Fork(conflict, named, detail)));
        }
        if let Some(conflict) = self.store.at_index(event)? {
            let detail = format!(
                "index {} of {} in epoch {} is taken by another event",
                header.index, header.origin, header.epoch
            );
            return Ok(Err(Objection::Fork(conflict, named, detail)));
        }
        let mut zones = Vec::new();
        let mut contiguous = false;
        for link in &header.links {
            if !self.takes(event, &link.zone) {
                continue;
            }
            let feed = key(event, link);
            if let Some(conflict) = self.store.contradicts(&feed, link, event.leaf())? {
                let detail = another_chain(header, link);
                return Ok(Err(Objection::Fork(conflict, link.zone.clone(), detail)));
            }
            contiguous |= self.store.head(&feed).fit(link) == Fit::Next;
            zones.push(link.zone.clone());
        }
        // Only within one chain: what continues another one is a fork, whatever its clock said.
        if self.store.said_before(event)?.is_some_and(|before| !before.precedes(header)) {
            let detail = format!(
                "index {} of {} in epoch {} says an earlier time, or an older directory, than the \
                 one before it",
                header.index, header.origin, header.epoch
            );
            return Ok(Err(Objection::Bad("order", detail)));
        }
        if fork::holds(self.store, event) && !zones.is_empty() {
            let (origin, epoch) = (header.origin.clone(), header.epoch);
            let wanting = Wanting { origin, epoch, zone: named, places: Vec::new() };
            return Ok(Err(Objection::Wait(held::FORK, wanting)));
        }
        Ok(if contiguous {
            Ok(Entry { event, zones })
        } else if zones.is_empty() {
            let detail = "this node is in none of the event's zones".to_owned();
            Err(Objection::Bad("not-entitled", detail))
        } else {
            let place = |link: &Link| (link.zone.clone(), link.seq);
            let wanting = Wanting {
                origin: header.origin.clone(),
                epoch: header.epoch,
                zone: named,
                places: header.links.iter().map(place).collect(),
            };
            Err(Objection::Wait(held::GAP, wanting))
        })
    }

    /// An event that is here already belongs to a zone that this node has joined since, too.
    fn link_late(
        &mut self,
        event: &Event,
        position: u64,
        arrival: &Arrival,
    ) -> Result<(), LogError> {
        for link in &event.header().links {
            if !self.takes(event, &link.zone) {
                continue;
            }
            let feed = key(event, link);
            if self.store.position_of(&feed, link.seq)? == Some(position) {
                continue;
            }
            if let Some(conflict) = self.store.contradicts(&feed, link, event.leaf())? {
                let detail = another_chain(event.header(), link);
                self.fork(arrival, event, conflict, &link.zone, &detail)?;
            } else {
                self.store.link(&feed, link.seq, position)?;
                self.store.advance(&feed, link, event.leaf())?;
                self.store.due.feeds.push(feed);
            }
        }
        Ok(())
    }

    fn append(&mut self, event: &Verified, zones: &[String]) -> Result<Appended, LogError> {
        let position = self.store.take_position();
        self.store.insert(position, event, zones, self.now_ms)?;
        for link in &event.header().links {
            if zones.contains(&link.zone) {
                let feed = key(event, link);
                self.store.advance(&feed, link, event.leaf())?;
                self.store.due.feeds.push(feed);
            }
        }
        self.store.any_arrived = true;
        held::forget(self.store, event.bytes())?;
        if event.header().origin == self.own.unit {
            self.own.follow(event.header());
            self.store.tail_moved = true;
        }
        Ok(Appended { event_id: event.header().event_id, position, leaf: event.leaf() })
    }

    fn quarantine(
        &mut self,
        arrival: &Arrival,
        reason: &'static str,
        detail: &str,
    ) -> Result<(), LogError> {
        room::put(self.store, arrival, reason, detail, self.now_ms)
    }
}

/// The zone under which the event came, if it is one of its own and the origin is, too.
fn zone_named(event: &Event, arrival: &Arrival) -> Option<String> {
    let (zone, origin) = arrival.named.as_ref()?;
    let fits = *origin == event.header().origin && event.header().link(zone).is_some();
    fits.then(|| zone.clone())
}

fn another_chain(header: &Header, link: &Link) -> String {
    format!("seq {} of {} in zone {} continues another chain", link.seq, header.origin, link.zone)
}
