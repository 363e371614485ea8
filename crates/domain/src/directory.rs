//! Who there is, who belongs where, whose key is whose, and who may do what: a fold of the
//! registrars' events, and the judgement of everybody else's by it.
//!
//! Nothing is forgotten: every fact is kept with the heads from which and until which it held, so
//! that each question can be asked *as of a head*. What was in force on a day is asked for by
//! [`Directory::head_on`].
//!
//! - `registrars` says whose word counts: who keeps the directory, and how that changes hands.
//! - `units`, `zones`, `nodes`, `rules` each hold one kind of fact and what may become of it.
//! - `judge` is the judgement of events; `snapshot` shows the whole as of a head.

mod coverage;
mod judge;
mod nodes;
mod registrars;
mod rules;
mod snapshot;
mod state;
mod units;
mod zones;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::rejection::Fault;
use crate::wire::proto;
use crate::{UnitId, ZoneId};

pub use coverage::{Apart, Border, uncovered};
pub use judge::{Verdict, Why};
pub use nodes::{Cut, Node, Tenure};
pub use registrars::{Founders, Statement, Term, Word, founders_text, registrar_text, statements};
pub use snapshot::{Difference, Snapshot, UnitShown, ZoneShown};
pub use state::Decision;
pub use units::{End, Unit, UnitThen};
pub use zones::{Span, Zone};

use state::State;

/// A change contradicts what is known: the rule that it breaks and a sentence.
type Refused = (&'static str, String);

/// The state of the directory at its head.
#[derive(Debug, Clone)]
pub struct Directory {
    /// All that was heard, also of those who were no registrar when it came: they may become one.
    words: BTreeMap<(UnitId, u32, u64), Arc<Word>>,
    anchor: UnitId,
    now: State,
}

/// Two directories are the same when everything that they say is.
impl PartialEq for Directory {
    fn eq(&self, other: &Self) -> bool {
        self.now == other.now
    }
}

/// What became of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// It was heard before, or its speaker is no registrar: nothing has changed.
    Nothing,
    /// The directory moved on. The faults are those of events that contradict what is known and
    /// have no effect.
    Moved(Vec<Fault>),
    /// Who the registrar is changed, perhaps of old: everything is to be judged again.
    Rewritten(Vec<Fault>),
}

impl Directory {
    /// The empty directory of a cluster whose first registrar is that unit.
    pub fn new(registrar: UnitId) -> Self {
        let now = State::new(registrar.clone());
        Self { words: BTreeMap::new(), anchor: registrar, now }
    }

    /// Takes in an event of the zone `directory`, whoever said it. The same set of words gives the
    /// same directory, if each speaker's own arrive in order.
    pub fn hear(&mut self, word: Word) -> Heard {
        let key = (word.origin.clone(), word.epoch, word.seq);
        if self.words.contains_key(&key) {
            return Heard::Nothing;
        }
        let replaces = word.replacement().map(|(_, named)| named.last_head);
        self.words.insert(key, Arc::new(word));
        let (head, terms) = (self.now.head, self.now.terms.clone());
        if replaces.is_some_and(|last_head| last_head < self.now.head) {
            // What the registrar before said beyond that may not count: from the beginning.
            self.now = State::new(self.anchor.clone());
        }
        let faults = self.advance();
        if self.now.terms != terms {
            Heard::Rewritten(faults)
        } else if self.now.head == head {
            Heard::Nothing
        } else {
            Heard::Moved(faults)
        }
    }

    /// Takes in what the registrar said as the event that makes `head`. The faults when it
    /// contradicts what is known; none of its changes has an effect then.
    pub fn apply(&mut self, head: u64, changed: &proto::DirectoryChanged) -> Vec<Fault> {
        let term = self.now.term();
        let word = Word {
            origin: term.unit.clone(),
            epoch: term.epoch,
            seq: head.saturating_sub(term.base),
            leaf: [0; 32],
            changed: changed.clone(),
            signed_by: BTreeSet::new(),
        };
        match self.hear(word) {
            Heard::Nothing => Vec::new(),
            Heard::Moved(faults) | Heard::Rewritten(faults) => faults,
        }
    }

    /// What would be wrong with an event that the registrar is about to say. `signed_by` are the
    /// keys whose signatures under a statement in it hold, as in [`Word::signed_by`].
    pub fn try_on(
        &self,
        changed: &proto::DirectoryChanged,
        signed_by: &BTreeSet<(usize, [u8; 32])>,
    ) -> Vec<Fault> {
        self.now.clone().take(changed, [0; 32], signed_by)
    }

    /// Goes on as far as what was heard allows.
    fn advance(&mut self) -> Vec<Fault> {
        let mut faults = Vec::new();
        loop {
            if let Some(term) = self.replacing() {
                self.now.replace(term);
                continue;
            }
            let term = self.now.term();
            let next = self.now.head - term.base + 1;
            let Some(word) = self.words.get(&(term.unit.clone(), term.epoch, next)).cloned() else {
                return faults;
            };
            faults.extend(self.now.take(&word.changed, word.leaf, &word.signed_by));
        }
    }

    /// The term of a registrar that the founders put in the place of the one that is now. Of several
    /// that follow on the same head it is the last by id, so that everybody takes the same one, and
    /// the others are as if unnamed.
    fn replacing(&self) -> Option<Term> {
        let founders = self.now.founders.as_ref()?;
        if self.now.replaced_at == Some(self.now.head) {
            return None;
        }
        self.words.values().rev().find_map(|word| {
            let (at, named) = word.replacement()?;
            let follows = named.last_head == self.now.head && named.last_hash == self.now.leaf;
            let signed = founders.have_signed(at, &word.signed_by);
            let term = Term { unit: word.origin.clone(), epoch: word.epoch, base: self.now.head };
            let known = self.now.has_kept(&term.unit, term.epoch);
            // Else an older key of the unit's, perhaps a stolen one, could say it in its own name.
            let meant = named.unit == word.origin.as_str()
                && named.epoch == word.epoch
                && self.now.is_enrolled_as(named);
            (follows && signed && !known && meant).then_some(term)
        })
    }

    /// Number of the newest event that is folded in; 0 before the first.
    pub fn head(&self) -> u64 {
        self.now.head
    }

    /// Leaf hash of the event that made the head.
    pub fn head_leaf(&self) -> [u8; 32] {
        self.now.leaf
    }

    /// The unit whose node keeps the directory now.
    pub fn registrar(&self) -> &UnitId {
        &self.now.term().unit
    }

    /// Everybody who kept the directory, in order; the last one does now.
    pub fn terms(&self) -> &[Term] {
        &self.now.terms
    }

    /// Whose event made each head, from 1: who, in which epoch, and its seq in that feed.
    pub fn counting(&self) -> impl Iterator<Item = (&UnitId, u32, u64)> {
        let ends = self.now.terms.iter().skip(1).map(|next| next.base).chain([self.now.head]);
        self.now.terms.iter().zip(ends).flat_map(|(term, end)| {
            let seqs = 1..=end.saturating_sub(term.base);
            seqs.map(move |seq| (&term.unit, term.epoch, seq))
        })
    }

    /// Whose keys name a registrar; `None` before the registrar has said so.
    pub fn founders(&self) -> Option<&Founders> {
        self.now.founders.as_ref()
    }

    /// Every decision, by the head that it made.
    pub fn decisions(&self) -> &[Decision] {
        &self.now.decisions
    }

    /// The head that was in force at the end of a day, `2025-02-28`: the newest whose decision has
    /// effect from that day or an earlier one.
    pub fn head_on(&self, day: &str) -> u64 {
        let decided = self.now.decisions.iter().rev();
        let mut before = decided.skip_while(|decision| decision.effective_from.as_str() > day);
        before.next().map_or(0, |decision| decision.head)
    }

    /// How many changes are newer than this program and therefore without effect here.
    pub fn not_understood(&self) -> u64 {
        self.now.not_understood
    }

    /// Whether a node may read a zone now.
    pub fn is_entitled(&self, node: &UnitId, zone: &ZoneId) -> bool {
        *zone == ZoneId::directory()
            || *zone == ZoneId::cluster()
            || self.now.zones.get(zone).is_some_and(|zone| {
                let mut acting = self.acting_units(node).into_iter();
                acting.any(|unit| self.reads(&unit, zone))
            })
    }

    /// The zones that a node may read: those of the units it acts for, those of the units that
    /// these succeeded, and the two that all read.
    pub fn entitled_zones(&self, node: &UnitId) -> BTreeSet<ZoneId> {
        let acting = self.acting_units(node);
        let read = |zone: &&Zone| acting.iter().any(|unit| self.reads(unit, zone));
        let zones = self.now.zones.values().filter(read).map(|zone| zone.id.clone());
        zones.chain([ZoneId::directory(), ZoneId::cluster()]).collect()
    }

    /// A member reads a zone, and whoever answers for one that ended: its alerts are there.
    fn reads(&self, unit: &UnitId, zone: &Zone) -> bool {
        let head = self.now.head;
        let alive = self.now.units.get(unit).is_some_and(|unit| unit.is_alive(head));
        alive
            && (zone.has(unit, head)
                || self.predecessors(unit).any(|ended| zone.ever_had(&ended, head)))
    }
}
