//! The walk over the events, in the order in which they were appended.

use std::collections::HashMap;

use giapranh_record::event::Event;
use giapranh_record::{Hash, Link, PublicKey, ZONE_DIRECTORY};

use crate::{LogError, Reader};

use super::links::Feeds;
use super::receipts::Receipts;
use super::rows::{self, Row};
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
}

struct Loose {
    position: u64,
    event: Event,
    link: Link,
}

/// A signature that is still to be checked.
#[derive(Clone)]
struct Unchecked {
    position: u64,
    event: Event,
    key: PublicKey,
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
        })
    }

    /// How far it is.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// Goes on until nothing follows.
    pub fn to_the_end(
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
        loop {
            let rows = rows::after(self.reader, self.position, until)?;
            if rows.is_empty() {
                return Ok(());
            }
            self.step(rows, learning)?;
            progress(self.position, head);
        }
    }

    fn step(&mut self, rows: Vec<Row>, learning: &mut dyn Learning) -> Result<(), LogError> {
        let events = shared::map(&rows, |row| Event::parse(row.bytes.clone()));
        let mut unchecked = Vec::new();
        for (row, event) in rows.iter().zip(events) {
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
            match event {
                Ok(event) => unchecked.extend(self.event(row, event, learning)?),
                Err(error) => self.fault(row.position, format!("the event is none: {error}")),
            }
        }
        self.check(&unchecked);
        Ok(())
    }

    /// Compares an event with its row and with those that it names. Gives what is left to check
    /// of it.
    fn event(
        &mut self,
        row: &Row,
        event: Event,
        learning: &mut dyn Learning,
    ) -> Result<Option<Unchecked>, LogError> {
        let position = row.position;
        let faults = self.findings.faults.len();
        if event.leaf() != row.leaf {
            self.fault(position, "the bytes have another hash than was noted");
        }
        if !row.matches(event.header()) {
            self.fault(position, "the columns say something else than the event");
        }
        let key = match learning.keyring().find(&event.key_id()) {
            Some((key, owner)) if owner == event.header().origin => Some(key),
            Some((_, owner)) => {
                self.fault(position, format!("the key is enrolled to {owner}"));
                None
            }
            None => {
                self.fault(position, format!("the key {} is not enrolled", event.key_id()));
                None
            }
        };
        for link in &event.header().links {
            self.link(row, &event, link)?;
        }
        self.trees.note(event.header(), event.leaf());
        let Some(key) = key else { return Ok(None) };
        let unchecked = Unchecked { position, event, key };
        if unchecked.event.header().link(ZONE_DIRECTORY).is_some() {
            // At once: later keys follow from it.
            self.check(std::slice::from_ref(&unchecked));
            if self.findings.faults.len() == faults {
                learning.learn(&unchecked.event);
            }
            return Ok(None);
        }
        Ok(match self.depth {
            Depth::Strict => Some(unchecked),
            Depth::Chain => {
                self.vouch(unchecked);
                None
            }
        })
    }

    /// The event proves those that it names, and is the one to be proven.
    fn vouch(&mut self, by: Unchecked) {
        for link in &by.event.header().links {
            let same_key = |tail: &Unchecked| by.event.names(&tail.event);
            if self.tails.get(&link.prev).is_some_and(same_key) {
                self.tails.remove(&link.prev);
            }
        }
        self.tails.insert(by.event.leaf(), by);
    }

    fn check(&mut self, unchecked: &[Unchecked]) {
        let holds = |one: &Unchecked| one.event.check_signature(&one.key).is_ok();
        self.findings.signatures += unchecked.len() as u64;
        for (one, holds) in unchecked.iter().zip(shared::map(unchecked, holds)) {
            if !holds {
                let what = "the signature does not belong to these bytes".to_owned();
                let mendable = one.event.header().origin != self.unit;
                let fault = Fault { position: one.position, what, mendable };
                self.findings.faults.push(fault);
            }
        }
    }

    fn link(&mut self, row: &Row, event: &Event, link: &Link) -> Result<(), LogError> {
        let position = row.position;
        let Some(feed) = self.feeds.find(event, &link.zone) else {
            // The node was not entitled to that zone: no row, and nothing to compare with.
            return Ok(());
        };
        let Some(at) = feed.position_of(self.reader, link.seq, position)? else {
            return Ok(());
        };
        if at != position {
            let what =
                format!("seq {} of zone {} stands at position {at} too", link.seq, link.zone);
            self.fault(position, what);
            return Ok(());
        }
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
            Some(_) => self.fault(position, another_predecessor(event, link)),
            None => {
                let (event, link) = (event.clone(), link.clone());
                self.loose.push(Loose { position, event, link });
            }
        }
        Ok(())
    }

    pub fn finish(mut self) -> Result<Findings, LogError> {
        for Loose { position, event, link } in std::mem::take(&mut self.loose) {
            let Some(feed) = self.feeds.find(&event, &link.zone) else { continue };
            match feed.leaf_of(self.reader, link.seq - 1, position)? {
                Some(leaf) if leaf == link.prev => {}
                Some(_) => self.fault(position, another_predecessor(&event, &link)),
                // It came by another zone of its own; this feed has a gap before it.
                None => {}
            }
        }
        let tails: Vec<Unchecked> = std::mem::take(&mut self.tails).into_values().collect();
        self.check(&tails);
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

fn another_predecessor(event: &Event, link: &Link) -> String {
    let origin = &event.header().origin;
    format!("seq {} of {origin} in zone {} names another predecessor", link.seq, link.zone)
}
