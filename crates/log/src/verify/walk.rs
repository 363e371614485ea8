//! The walk over the events, in the order in which they were appended.

use std::collections::HashMap;
use std::thread;

use bytes::Bytes;
use giapranh_record::event::Event;
use giapranh_record::view::{EventView, LinkView};
use giapranh_record::{Hash, KeyId, PublicKey, ZONE_DIRECTORY};

use crate::whole::Seen;
use crate::{LogError, Reader, copy};

use super::links::Feeds;
use super::receipts::Receipts;
use super::rows::{self, Read, Row, Rows};
use super::trees::Trees;
use super::{Depth, Fault, Findings, Learning, shared};

pub(super) struct Walk<'a> {
    reader: &'a Reader,
    depth: Depth,
    /// Whose log it is.
    unit: String,
    position: u64,
    findings: Findings,
    feeds: Feeds,
    trees: Trees,
    /// Only from the beginning: the running hash begins there.
    receipts: Option<Receipts>,
    /// Links whose predecessor was not there when they were read.
    loose: Vec<Loose>,
    /// What no later event has vouched for yet, by leaf hash; for [`Depth::Chain`].
    tails: HashMap<Hash, Unchecked>,
    /// What tells whether anything is missing between the rows.
    seen: Seen,
    /// Keys that were asked for, and whose they are.
    keys: HashMap<KeyId, Option<(PublicKey, String)>>,
}

struct Loose {
    position: u64,
    origin: String,
    epoch: u32,
    zone: String,
    seq: u64,
    prev: Hash,
}

/// A signature that is still to be checked.
struct Unchecked {
    position: u64,
    leaf: Hash,
    key_id: KeyId,
    signature: [u8; 64],
    /// Whether this node made it.
    own: bool,
}

impl<'a> Walk<'a> {
    pub fn new(reader: &'a Reader, after: u64, depth: Depth) -> Result<Self, LogError> {
        let unit = reader.identity()?.unit;
        let receipts = (after == 0).then(|| Receipts::of(unit.clone()));
        Ok(Self {
            reader,
            depth,
            unit,
            position: after,
            findings: Findings::default(),
            feeds: Feeds::load(reader)?,
            trees: Trees::default(),
            receipts,
            loose: Vec::new(),
            tails: HashMap::new(),
            seen: Seen { links: 0, in_order: true },
            keys: HashMap::new(),
        })
    }

    /// How far it is.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// Goes on until nothing follows.
    pub fn all(
        &mut self,
        learning: &mut dyn Learning,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), LogError> {
        self.until(u64::MAX >> 1, learning, progress)
    }

    /// Goes on to a position.
    pub fn until(
        &mut self,
        until: u64,
        learning: &mut dyn Learning,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), LogError> {
        let head = self.reader.head()?.min(until);
        let mut rows = rows::after(self.reader, self.position, until)?;
        while let Some(last) = rows.last() {
            // The next rows come out of the file while these are read and hashed.
            let (read, next) = thread::scope(|scope| {
                let reading = scope.spawn(|| rows.read());
                let next = rows::after(self.reader, last, until);
                match reading.join() {
                    Ok(read) => (read, next),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            });
            self.step(&rows, read, learning)?;
            progress(self.position, head);
            rows = next?;
        }
        Ok(())
    }

    fn step(
        &mut self,
        rows: &Rows,
        read: Vec<Read<'_>>,
        learning: &mut dyn Learning,
    ) -> Result<(), LogError> {
        let mut unchecked = Vec::new();
        for (row, Read { event, columns_agree }) in rows.iter().zip(read) {
            self.reader.check_order(self.position, row.position)?;
            if row.position != self.position + 1 {
                let (from, to) = (self.position + 1, row.position - 1);
                self.fault(from, format!("positions {from} to {to} are missing"));
            }
            self.position = row.position;
            self.findings.events += 1;
            if let Some(receipts) = &mut self.receipts
                && let Some(what) = receipts.next(row, event.as_ref().ok())
            {
                self.fault(row.position, what);
            }
            let faults = self.findings.faults.len();
            let event = match event {
                Ok(event) => event,
                Err(error) => {
                    self.fault(row.position, format!("the event is none: {error}"));
                    continue;
                }
            };
            if !columns_agree {
                self.fault(row.position, "the columns say something else than the event");
            }
            let Some(one) = self.event(row, &event, learning)? else { continue };
            if event.header.link(ZONE_DIRECTORY).is_some() {
                // At once: later keys follow from it.
                self.check(&[one])?;
                if self.findings.faults.len() == faults {
                    self.learn(rows.bytes(row), learning);
                }
            } else {
                match self.depth {
                    Depth::Strict => unchecked.push(one),
                    Depth::Chain => self.vouch(&event, one),
                }
            }
        }
        self.check(&unchecked)
    }

    /// Compares an event with its row and with those that it names. Gives its signature, when its
    /// key is known.
    fn event(
        &mut self,
        row: &Row,
        event: &EventView<'_>,
        learning: &dyn Learning,
    ) -> Result<Option<Unchecked>, LogError> {
        let position = row.position;
        if event.leaf != row.leaf {
            self.fault(position, "the bytes have another hash than was noted");
        }
        let key_id = event.key_id;
        let found = self.keys.entry(key_id).or_insert_with(|| learning.keyring().find(&key_id));
        let trouble = match found {
            Some((_, owner)) if *owner == event.header.origin => {
                let epoch = event.header.epoch;
                let signs = learning.signs(&key_id, epoch);
                (!signs).then(|| format!("the key is not the one of epoch {epoch} of {owner}"))
            }
            Some((_, owner)) => Some(format!("the key is enrolled to {owner}")),
            None => Some(format!("the key {key_id} is not enrolled")),
        };
        let mut follows = false;
        for link in &event.header.links {
            follows |= self.link(row, event, link)?;
        }
        self.seen.in_order &= follows;
        self.trees.note(&event.header, event.leaf);
        if let Some(what) = trouble {
            self.fault(position, what);
            return Ok(None);
        }
        let (leaf, signature) = (event.leaf, *event.signature);
        let own = event.header.origin == self.unit;
        Ok(Some(Unchecked { position, leaf, key_id, signature, own }))
    }

    fn learn(&mut self, bytes: &[u8], learning: &mut dyn Learning) {
        if let Ok(event) = Event::parse(Bytes::copy_from_slice(bytes)) {
            learning.learn(&event);
            // What was not known may be by now.
            self.keys.retain(|_, found| found.is_some());
        }
    }

    /// The event proves those that it names, and is the one to be proven.
    fn vouch(&mut self, by: &EventView<'_>, one: Unchecked) {
        for link in &by.header.links {
            if self.tails.get(&link.prev).is_some_and(|tail| tail.key_id == by.key_id) {
                self.tails.remove(&link.prev);
            }
        }
        self.tails.insert(by.leaf, one);
    }

    fn check(&mut self, unchecked: &[Unchecked]) -> Result<(), LogError> {
        let keys = &self.keys;
        let key = |one: &Unchecked| keys.get(&one.key_id).and_then(|found| found.as_ref());
        let holds = |one: &Unchecked| match key(one) {
            Some((key, _)) => key.verify_event(one.leaf, &one.signature).is_ok(),
            None => false,
        };
        let checked = shared::map(unchecked, holds);
        self.findings.signatures += unchecked.len() as u64;
        for (one, _) in unchecked.iter().zip(checked).filter(|(_, holds)| !holds) {
            // A copy of it may have the right one.
            let copy = key(one).map_or(Ok(false), |(key, _)| {
                copy::holds(&self.reader.connection, one.position, one.leaf, key)
            });
            if copy.map_err(|error| self.reader.read_error(one.position - 1, error))? {
                continue;
            }
            let what = "the signature does not belong to these bytes".to_owned();
            let fault = Fault { position: one.position, what, mendable: !one.own };
            self.findings.faults.push(fault);
        }
        Ok(())
    }

    /// Compares a link with its row and its predecessor. Tells whether it is the next of its feed.
    fn link(
        &mut self,
        row: &Row,
        event: &EventView<'_>,
        link: &LinkView<'_>,
    ) -> Result<bool, LogError> {
        let position = row.position;
        let (origin, epoch) = (event.header.origin, event.header.epoch);
        let Some(feed) = self.feeds.find(origin, epoch, link.zone) else {
            // The node was not entitled to that zone: no row, and nothing to compare with.
            return Ok(false);
        };
        let Some(at) = feed.position_of(self.reader, link.seq, position)? else {
            return Ok(false);
        };
        if at != position {
            let what =
                format!("seq {} of zone {} stands at position {at} too", link.seq, link.zone);
            self.fault(position, what);
            return Ok(false);
        }
        self.seen.links += 1;
        let follows = feed.see(link.seq);
        let predecessor = match feed.newest {
            _ if link.seq == 1 => Some(Hash::ZERO),
            Some((seq, leaf)) if seq + 1 == link.seq => Some(leaf),
            _ => feed.leaf_of(self.reader, link.seq - 1, position)?,
        };
        if feed.newest.is_none_or(|(seq, _)| link.seq >= seq) {
            feed.newest = Some((link.seq, row.leaf));
        }
        match predecessor {
            Some(leaf) if leaf == link.prev => {}
            Some(_) => self.fault(position, another_predecessor(origin, link.zone, link.seq)),
            None => self.loose.push(Loose {
                position,
                origin: origin.to_owned(),
                epoch,
                zone: link.zone.to_owned(),
                seq: link.seq,
                prev: link.prev,
            }),
        }
        Ok(follows)
    }

    /// What it met on its way.
    pub fn seen(&self) -> Seen {
        let sound = self.findings.faults.is_empty();
        Seen { in_order: self.seen.in_order && sound, ..self.seen }
    }

    pub fn finish(mut self) -> Result<Findings, LogError> {
        for Loose { position, origin, epoch, zone, seq, prev } in std::mem::take(&mut self.loose) {
            let Some(feed) = self.feeds.find(&origin, epoch, &zone) else { continue };
            // `None`: it came by another zone of its own; this feed has a gap before it.
            if feed.leaf_of(self.reader, seq - 1, position)?.is_some_and(|leaf| leaf != prev) {
                self.fault(position, another_predecessor(&origin, &zone, seq));
            }
        }
        let tails: Vec<Unchecked> = std::mem::take(&mut self.tails).into_values().collect();
        self.check(&tails)?;
        self.findings.feeds = self.feeds.newest();
        self.findings.trees = self.trees.complete();
        self.findings.receipted = self.receipts.map(|receipts| receipts.attested());
        self.findings.faults.sort_by_key(|fault| fault.position);
        Ok(self.findings)
    }

    fn fault(&mut self, position: u64, what: impl Into<String>) {
        self.findings.faults.push(Fault::new(position, what));
    }
}

fn another_predecessor(origin: &str, zone: &str, seq: u64) -> String {
    format!("seq {seq} of {origin} in zone {zone} names another predecessor")
}
