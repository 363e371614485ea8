//! The directory in an evidence file: whose keys there are, learned from the registrar's events in
//! their order, beginning with the anchor's key.

use std::collections::BTreeMap;

use giapranh_domain::UnitId;
use giapranh_log::verify::Learning as _;
use giapranh_record::event::Event;
use giapranh_record::{Hash, PublicKey, ZONE_DIRECTORY};

use crate::evidence::chain::{Facts, Objection};
use crate::evidence::container::Part;
use crate::evidence::events::key_of;
use crate::evidence::fault::{Code, Faults};
use crate::evidence::name::{At, Name};
use crate::trust::Learner;

/// The directory so far.
pub(crate) struct Registry {
    learner: Learner,
    /// The newest of its events: head, index and leaf hash.
    newest: Option<(u64, u64, Hash)>,
    /// Its events that have not joined the chain of their origin's other events yet.
    waiting: BTreeMap<(At, u64), Waiting>,
    /// Leaf hashes, for proofs.
    pub leaves: BTreeMap<At, Hash>,
    /// The directories that founders went on from otherwise, by the head at which they did: what
    /// was heard before that, and with it keys under which events were let in.
    undone: BTreeMap<u64, Learner>,
    /// Signatures checked.
    pub signatures: u64,
}

/// An event of the directory that has not joined the chain yet.
pub(crate) struct Waiting {
    pub facts: Facts,
    pub part: Name,
    pub range: (u64, u64),
}

impl Registry {
    pub fn new(registrar: UnitId, anchor: PublicKey) -> Self {
        Self {
            learner: Learner::new(registrar, anchor),
            newest: None,
            waiting: BTreeMap::new(),
            leaves: BTreeMap::new(),
            undone: BTreeMap::new(),
            signatures: 0,
        }
    }

    pub fn learner(&self) -> &Learner {
        &self.learner
    }

    /// Takes out the next event that waits: of an origin the next before an index, or any.
    pub fn next_waiting(&mut self, before: Option<&At>) -> Option<Waiting> {
        let next = match before {
            Some(at) if !self.waiting.is_empty() => {
                let start = At { tree: at.tree.clone(), index: 0 };
                self.waiting.range((start, 0)..(at.clone(), 0)).next()
            }
            Some(_) => None,
            None => self.waiting.first_key_value(),
        };
        let key = next?.0.clone();
        self.waiting.remove(&key)
    }

    /// Takes the part `directory/<head>`. Only an event that holds is learned from.
    pub fn take(&mut self, head: u64, part: Part, faults: &mut Faults) {
        let (name, range) = (part.name, Some(part.range));
        let event = match Event::parse(part.bytes.into()) {
            Ok(event) => event,
            Err(error) => {
                faults.push(name, range, Code::Malformed, error.to_string());
                return;
            }
        };
        let before = faults.count();
        for (code, what) in self.objections(head, &event) {
            faults.push(&name, range, code, what);
        }
        let header = event.header();
        let index = header.index;
        self.newest = Some((head, index, event.leaf()));
        let mut facts = Facts::of(&event);
        let at = At { tree: facts.tree.clone(), index };
        self.leaves.insert(at.clone(), facts.leaf);
        // That feed is judged here.
        facts.links.retain(|link| link.zone != ZONE_DIRECTORY);
        self.waiting.insert((at, head), Waiting { facts, part: name, range: part.range });
        if faults.count() == before {
            if !self.keeps(&event) {
                self.undone.insert(head, self.learner.clone());
            }
            self.learner.learn(&event);
        }
    }

    /// Takes the part `undone/<by>/<head>`: what the registrar before said and what founders undid
    /// by the event that made the head `by`. Nothing follows from it but keys.
    pub fn take_undone(&mut self, (by, head): (u64, u64), part: Part, faults: &mut Faults) {
        let (name, range) = (part.name, Some(part.range));
        let event = match Event::parse(part.bytes.into()) {
            Ok(event) => event,
            Err(error) => {
                return faults.push(name, range, Code::Malformed, error.to_string());
            }
        };
        let Some(learner) = self.undone.get_mut(&by) else {
            let what = format!("by the head {by} of the directory nothing was undone");
            return faults.push(name, range, Code::Chain, what);
        };
        let before = faults.count();
        match key_of(&event, learner.keys()) {
            Err((code, what)) => faults.push(&name, range, code, what),
            Ok(key) => {
                self.signatures += 1;
                if let Err(error) = event.check_signature(&key) {
                    faults.push(&name, range, Code::Signature, error.to_string());
                }
            }
        }
        if learner.directory().head() + 1 != head || !learner.goes_on(&event) {
            let what = format!("the directory had not come to the head {head} with it");
            faults.push(&name, range, Code::Chain, what);
        }
        if faults.count() == before {
            learner.learn(&event);
            self.learner.admit(learner);
        }
    }

    /// Whether an event is of who keeps the directory, by the parts so far.
    fn keeps(&self, event: &Event) -> bool {
        let header = event.header();
        let term = self.learner.directory().terms().last();
        term.is_some_and(|term| term.unit.as_str() == header.origin && term.epoch == header.epoch)
    }

    fn objections(&mut self, head: u64, event: &Event) -> Vec<Objection> {
        let mut objections = Vec::new();
        let mut chain = |what: &str| objections.push((Code::Chain, what.to_owned()));
        let header = event.header();
        let directory = self.learner.directory();
        // Who keeps it now, and the head at which that began.
        let base = directory.terms().last().map_or(0, |term| term.base);
        let (keeps, base) = match self.keeps(event) {
            false if self.learner.is_named_by_founders(event) => (true, directory.head()),
            keeps => (keeps, base),
        };
        let first = head == base + 1;
        let (newest_head, prev) =
            self.newest.map_or((0, Hash::ZERO), |(head, _, leaf)| (head, leaf));
        if !keeps {
            chain("only the registrar writes to the directory");
        }
        match header.link(ZONE_DIRECTORY) {
            None => chain("the event is not linked to the directory"),
            Some(link) if link.seq.checked_add(base) != Some(head) => {
                let what = format!("the event has seq {} in the directory", link.seq);
                objections.push((Code::Name, what));
            }
            _ if head != newest_head + 1 => {
                chain("the directory's event before it is missing");
            }
            // Another registrar begins a feed of its own.
            Some(link) if link.prev != if first { Hash::ZERO } else { prev } => {
                chain("it names another predecessor");
            }
            Some(_) => {}
        }
        if let Some((_, index, _)) = self.newest
            && !first
            && header.index <= index
        {
            let what = "its epoch or index does not follow on the one before it";
            objections.push((Code::Chain, what.to_owned()));
        }
        // Else what was missing before it is told already.
        let on_track = directory.head() + 1 == head;
        if objections.is_empty() && on_track && !self.learner.goes_on(event) {
            let what = format!("the directory does not come to the head {head} with it");
            objections.push((Code::Chain, what));
        }
        match key_of(event, self.learner.keys()) {
            Err(objection) => objections.push(objection),
            Ok(key) => {
                self.signatures += 1;
                if let Err(error) = event.check_signature(&key) {
                    objections.push((Code::Signature, error.to_string()));
                }
            }
        }
        objections
    }
}
