//! Whether contained events of one origin can stand together: no fork, no step back.

use std::collections::{BTreeMap, HashMap};

use giapranh_record::event::Event;
use giapranh_record::{Hash, Link};
use uuid::Uuid;

use crate::evidence::fault::Code;
use crate::tree::TreeId;

/// What the chain needs of an event.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    pub tree: TreeId,
    pub index: u64,
    event_id: Uuid,
    recorded_ms: u64,
    directory_seq: u64,
    pub links: Vec<Link>,
    pub leaf: Hash,
}

/// A fault without its place.
pub(crate) type Objection = (Code, String);

/// The newest events so far. Each origin's are given in the order of their indices.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    newest: BTreeMap<TreeId, Newest>,
    ids: HashMap<Uuid, Hash>,
}

#[derive(Debug)]
struct Newest {
    recorded_ms: u64,
    directory_seq: u64,
    /// By zone.
    feeds: BTreeMap<String, Place>,
}

/// Where a feed's newest contained event stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    seq: u64,
    index: u64,
    leaf: Hash,
}

impl Facts {
    pub fn of(event: &Event) -> Self {
        let header = event.header();
        Self {
            tree: TreeId { origin: header.origin.clone(), epoch: header.epoch },
            index: header.index,
            event_id: header.event_id,
            recorded_ms: header.recorded_ms,
            directory_seq: header.directory_seq,
            links: header.links.clone(),
            leaf: event.leaf(),
        }
    }
}

impl Chain {
    /// Takes the next event of its origin and tells what contradicts those before it.
    pub fn take(&mut self, facts: &Facts) -> Vec<Objection> {
        let mut objections = Vec::new();
        if let Some(leaf) = self.ids.insert(facts.event_id, facts.leaf)
            && leaf != facts.leaf
        {
            let what = format!("the event id {} stands for another event too", facts.event_id);
            objections.push((Code::Fork, what));
        }
        let newest = self.newest.entry(facts.tree.clone()).or_insert_with(|| Newest {
            recorded_ms: facts.recorded_ms,
            directory_seq: facts.directory_seq,
            feeds: BTreeMap::new(),
        });
        if facts.recorded_ms < newest.recorded_ms || facts.directory_seq < newest.directory_seq {
            let what = "its time or its directory_seq is smaller than at a lower index";
            objections.push((Code::Chain, what.to_owned()));
        }
        newest.recorded_ms = newest.recorded_ms.max(facts.recorded_ms);
        newest.directory_seq = newest.directory_seq.max(facts.directory_seq);
        for link in &facts.links {
            let here = Place { seq: link.seq, index: facts.index, leaf: facts.leaf };
            match newest.feeds.get_mut(&link.zone) {
                None => {
                    newest.feeds.insert(link.zone.clone(), here);
                }
                Some(before) => {
                    objections.extend(before.objection(link, &here));
                    if here.seq >= before.seq {
                        *before = here;
                    }
                }
            }
        }
        objections
    }
}

impl Place {
    /// Why an event of a higher index can't stand in the same feed by its link.
    fn objection(&self, link: &Link, here: &Self) -> Option<Objection> {
        let Link { zone, seq, prev } = link;
        if here.seq == self.seq && here.leaf != self.leaf {
            let what =
                format!("seq {seq} of zone {zone} is taken by the event of index {}", self.index);
            return Some((Code::Fork, what));
        }
        if here.seq <= self.seq {
            let what =
                format!("in zone {zone} seq {} stands at the lower index {}", self.seq, self.index);
            return Some((Code::Chain, what));
        }
        if here.seq == self.seq + 1 && *prev != self.leaf {
            let what = format!("seq {seq} of zone {zone} names another predecessor");
            return Some((Code::Chain, what));
        }
        // Each event takes one seq of a feed.
        (here.seq - self.seq > here.index.saturating_sub(self.index)).then(|| {
            let what = format!(
                "in zone {zone} {} seqs lie between the indices {} and {}",
                here.seq - self.seq,
                self.index,
                here.index
            );
            (Code::Chain, what)
        })
    }
}
