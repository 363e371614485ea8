//! Nodes: whose key signs which life of whose log, for whom a node acts, and how far it counts.
//!
//! A key is enrolled for one epoch of one unit's log. A key that is lost, stolen or changed is cut:
//! the cut names the last event that counts, and what the unit signs from then on is another epoch
//! under another key. So a stolen key can't be dated back past its cut, whatever it writes.

use std::collections::{BTreeMap, BTreeSet};

use super::state::State;
use super::{Directory, Refused};
use crate::codes::{CutCause, Level};
use crate::wire::proto;
use crate::{UnitId, ZoneId};

/// A unit's node.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Node {
    pub unit: UnitId,
    /// Every key that it was enrolled with, oldest first; never empty.
    pub tenures: Vec<Tenure>,
}

/// A key and the epoch that it signs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Tenure {
    pub epoch: u32,
    pub public_key: [u8; 32],
    /// Directory head from which the key is known.
    pub since: u64,
    /// Directory head from which it counts; `None` until the unit's province has confirmed it.
    pub counts_from: Option<u64>,
    /// Public user nkeys, as text: the node's own, the stream owner's, the link's. Empty: none.
    pub nats_key: String,
    pub nats_owner_key: String,
    pub nats_link_key: String,
    /// The X25519 key to which payloads' keys are granted; `None`: none can be.
    pub sealing_key: Option<[u8; 32]>,
}

/// While a node acts for a unit that has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Service {
    pub node: UnitId,
    pub since: u64,
    pub until: Option<u64>,
}

/// The last event of an origin's epoch that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Cut {
    pub origin: UnitId,
    pub epoch: u32,
    /// `None`: nothing of the epoch counts.
    pub last: Option<(u64, [u8; 32])>,
    pub cause: CutCause,
    /// Directory head that made it.
    pub at: u64,
}

impl Cut {
    /// Whether an event of its epoch lies beyond it.
    pub fn leaves_out(&self, index: u64) -> bool {
        self.last.is_none_or(|(last, _)| index > last)
    }
}

impl Directory {
    /// Every node that counts now, by unit.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.now.nodes.values().filter(|node| self.now.tenure(node, self.head()).is_some())
    }

    /// Every node there ever was, by unit.
    pub fn all_nodes(&self) -> impl Iterator<Item = &Node> {
        self.now.nodes.values()
    }

    /// The node of a unit, if it counts now.
    pub fn node(&self, unit: &UnitId) -> Option<&Node> {
        self.now.nodes.get(unit).filter(|node| self.now.tenure(node, self.head()).is_some())
    }

    /// The key that a unit's node signs with now, and for which epoch.
    pub fn tenure(&self, unit: &UnitId) -> Option<&Tenure> {
        self.now.nodes.get(unit).and_then(|node| self.now.tenure(node, self.head()))
    }

    /// The nodes that wait for their province's word.
    pub fn unconfirmed(&self) -> impl Iterator<Item = (&UnitId, &Tenure)> {
        self.now.nodes.values().filter_map(|node| {
            let last = node.tenures.last().filter(|tenure| tenure.counts_from.is_none())?;
            (!self.now.is_cut(&node.unit, last.epoch)).then_some((&node.unit, last))
        })
    }

    /// The units that a node acts for now: its own and those that it serves.
    pub fn acting_units(&self, node: &UnitId) -> BTreeSet<UnitId> {
        let own = self.now.units.get(node).filter(|unit| unit.is_alive(self.head()));
        let served = self.now.service.iter().filter(|(_, services)| {
            services.last().is_some_and(|last| last.node == *node && last.until.is_none())
        });
        served.map(|(unit, _)| unit).chain(own.map(|unit| &unit.id)).cloned().collect()
    }

    /// The node that acts for a unit now: its own, or one that serves it.
    pub fn node_of(&self, unit: &UnitId) -> Option<&UnitId> {
        let serving = || {
            let last = self.now.service.get(unit)?.last()?;
            last.until.is_none().then_some(&last.node)
        };
        self.node(unit).map(|node| &node.unit).or_else(serving)
    }

    /// The cuts of an origin, in the order in which they were made.
    pub fn cuts(&self, origin: &UnitId) -> &[Cut] {
        self.now.cuts.get(origin).map_or(&[], Vec::as_slice)
    }

    /// The units that had a node under the directory head `at` and were members of one of these zones.
    /// What is dated by heads does not move, so neither does this.
    pub fn units_with_node(&self, at: u64, zones: &BTreeSet<ZoneId>) -> BTreeSet<UnitId> {
        let counted = |node: &&Node| {
            let mut tenures = node.tenures.iter();
            tenures.any(|tenure| tenure.counts_from.is_some_and(|from| from <= at))
        };
        let units = self.now.nodes.values().filter(counted).map(|node| &node.unit);
        units
            .filter(|unit| zones.iter().any(|zone| self.is_member(unit, zone, at)))
            .cloned()
            .collect()
    }

    /// Whether an event lies beyond what counts of its origin, and is no late one.
    pub fn is_beyond_cut(&self, origin: &UnitId, epoch: u32, index: u64) -> bool {
        let mut cuts = self.cuts(origin).iter();
        cuts.any(|cut| {
            cut.epoch == epoch && cut.cause != CutCause::NewEpoch && cut.leaves_out(index)
        })
    }

    /// Whether a key is enrolled for that epoch of that origin.
    pub fn signs(&self, origin: &UnitId, epoch: u32, public_key: &[u8; 32]) -> bool {
        self.now.nodes.get(origin).is_some_and(|node| {
            let mut tenures = node.tenures.iter();
            tenures.any(|tenure| tenure.epoch == epoch && tenure.public_key == *public_key)
        })
    }

    /// Since when a node acts for a unit, its own or one that was served under the head `at`; `None`
    /// when it did not.
    pub(crate) fn served_since(&self, node: &UnitId, unit: &UnitId, at: u64) -> Option<u64> {
        if node == unit {
            let mut tenures = self.now.nodes.get(node)?.tenures.iter().rev();
            return tenures.find_map(|tenure| tenure.counts_from.filter(|from| *from <= at));
        }
        let serves = |service: &&Service| {
            service.node == *node
                && service.since <= at
                && service.until.is_none_or(|until| at < until)
        };
        self.now.service.get(unit)?.iter().find(serves).map(|service| service.since)
    }

    /// Whether the node of an origin counted, in that epoch, under the head `at`.
    pub(crate) fn counted(&self, origin: &UnitId, epoch: u32, at: u64) -> bool {
        self.now.nodes.get(origin).is_some_and(|node| {
            let mut tenures = node.tenures.iter();
            tenures.any(|tenure| {
                tenure.epoch == epoch && tenure.counts_from.is_some_and(|from| from <= at)
            })
        })
    }
}

impl State {
    /// The key that a node signs with under a head, if it counts and is not cut.
    pub fn tenure<'a>(&self, node: &'a Node, head: u64) -> Option<&'a Tenure> {
        let last = node.tenures.last()?;
        let counts = last.counts_from.is_some_and(|from| from <= head);
        (counts && !self.is_cut(&node.unit, last.epoch)).then_some(last)
    }

    pub fn is_cut(&self, origin: &UnitId, epoch: u32) -> bool {
        self.cuts.get(origin).is_some_and(|cuts| cuts.iter().any(|cut| cut.epoch == epoch))
    }

    pub fn enrol(&mut self, enrolled: &proto::NodeEnrolled) -> Result<(), Refused> {
        let unit = self.living(&enrolled.unit)?;
        let public_key = key(&unit, &enrolled.public_key)?;
        let last = self.nodes.get(&unit).and_then(|node| node.tenures.last());
        if last.is_some_and(|last| !self.is_cut(&unit, last.epoch)) {
            let message = format!("{unit} has a node already; first say how far its key counts.");
            return Err(("enrolled", message));
        }
        let next = last.map_or(1, |last| last.epoch + 1);
        let epoch = if enrolled.epoch == 0 { next } else { enrolled.epoch };
        if epoch != next {
            return Err(("epoch", format!("{unit}: the next epoch is {next}, not {epoch}.")));
        }
        let mut tenures = self.nodes.values().flat_map(|node| &node.tenures);
        if tenures.any(|tenure| tenure.public_key == public_key) {
            return Err(("key", format!("{unit}: this key is or was another node's.")));
        }
        self.nats_keys_are_free(enrolled)?;
        let waits = enrolled.needs_confirmation && self.units[&unit].level != Level::Province;
        let tenure = Tenure {
            epoch,
            public_key,
            since: self.head,
            counts_from: (!waits).then_some(self.head),
            nats_key: enrolled.nats_key.clone(),
            nats_owner_key: enrolled.nats_owner_key.clone(),
            nats_link_key: enrolled.nats_link_key.clone(),
            sealing_key: sealing_key(&unit, &enrolled.sealing_key)?,
        };
        let node = self.nodes.entry(unit.clone());
        node.or_insert_with(|| Node { unit: unit.clone(), tenures: Vec::new() })
            .tenures
            .push(tenure);
        if !waits {
            self.acts_for_itself(&unit);
        }
        if !enrolled.serves.is_empty() {
            self.set_service(&unit, &enrolled.serves)?;
        }
        Ok(())
    }

    /// A unit whose own node counts is served by no other any more: two logs would give its numbers.
    fn acts_for_itself(&mut self, unit: &UnitId) {
        let head = self.head;
        for open in self.service.get_mut(unit).into_iter().flatten() {
            open.until.get_or_insert(head);
        }
    }

    fn nats_keys_are_free(&self, enrolled: &proto::NodeEnrolled) -> Result<(), Refused> {
        let mut taken: BTreeMap<&str, &UnitId> = BTreeMap::new();
        for node in self.nodes.values() {
            for tenure in &node.tenures {
                for key in [&tenure.nats_key, &tenure.nats_owner_key, &tenure.nats_link_key] {
                    taken.insert(key, &node.unit);
                }
            }
        }
        let mut own = BTreeSet::new();
        for key in [&enrolled.nats_key, &enrolled.nats_owner_key, &enrolled.nats_link_key] {
            if key.is_empty() {
                continue;
            }
            if let Some(other) = taken.get(key.as_str()) {
                return Err(("nats-key", format!("The nkey {key} is or was one of {other}.")));
            }
            if !own.insert(key) {
                return Err(("nats-key", format!("The nkey {key} is there twice.")));
            }
        }
        Ok(())
    }

    pub fn confirm(&mut self, confirmed: &proto::NodeConfirmed) -> Result<(), Refused> {
        let unit = self.living(&confirmed.unit)?;
        let (head, cut) = (self.head, self.is_cut(&unit, confirmed.epoch));
        let last = self.nodes.get_mut(&unit).and_then(|node| node.tenures.last_mut());
        match last {
            Some(last) if last.epoch == confirmed.epoch && last.counts_from.is_none() && !cut => {
                last.counts_from = Some(head);
                self.acts_for_itself(&unit);
                Ok(())
            }
            _ => Err(("confirmed", format!("No node of {unit} waits to be confirmed."))),
        }
    }

    pub fn serve(&mut self, service: &proto::ServiceSet) -> Result<(), Refused> {
        let unit = self.living(&service.unit)?;
        if !self.nodes.contains_key(&unit) {
            return Err(("no-node", format!("{unit} has no node that could act for others.")));
        }
        self.set_service(&unit, &service.serves)
    }

    /// Makes the units that a node acts for exactly these.
    fn set_service(&mut self, node: &UnitId, serves: &[String]) -> Result<(), Refused> {
        let wanted: BTreeSet<UnitId> =
            serves.iter().map(|id| self.living(id)).collect::<Result<_, _>>()?;
        let head = self.head;
        for unit in &wanted {
            let open = self.service.get(unit).and_then(|spans| spans.last());
            let other = open.filter(|last| last.until.is_none() && last.node != *node);
            if let Some(other) = other {
                let message = format!("The node of {} acts for {unit} already.", other.node);
                return Err(("served", message));
            }
            let own = self.nodes.get(unit).and_then(|node| self.tenure(node, head));
            if unit == node || own.is_some() {
                return Err(("served", format!("{unit} has a node of its own.")));
            }
            if unit.province() != node.province() {
                let message = format!("{unit} is of another province than {node}.");
                return Err(("other-province", message));
            }
        }
        for (unit, spans) in &mut self.service {
            for open in spans.iter_mut().filter(|s| s.node == *node && s.until.is_none()) {
                if !wanted.contains(unit) {
                    open.until = Some(head);
                }
            }
        }
        for unit in wanted {
            let spans = self.service.entry(unit).or_default();
            if spans.last().is_none_or(|last| last.until.is_some()) {
                spans.push(Service { node: node.clone(), since: head, until: None });
            }
        }
        Ok(())
    }

    pub fn cut(&mut self, cut: &proto::CutMade) -> Result<(), Refused> {
        let cause = CutCause::parse(&cut.cause).ok_or_else(|| {
            let text = format!("\"{}\" is no cause of a cut ({}).", cut.cause, CutCause::list());
            ("unknown-code", text)
        })?;
        let origin: UnitId = cut.origin.parse().map_err(|e| ("id", format!("{e}")))?;
        let Some(node) = self.nodes.get(&origin) else {
            return Err(("unknown-unit", format!("There is no node of a unit {origin}.")));
        };
        let Some(tenure) = node.tenures.iter().find(|tenure| tenure.epoch == cut.epoch).cloned()
        else {
            let message = format!("{origin} has no epoch {}.", cut.epoch);
            return Err(("epoch", message));
        };
        if self.keeps(&origin, cut.epoch) {
            // What says so would lie beyond the cut itself.
            let message = format!(
                "{origin} keeps the directory with this key: hand it over first, and let the next \
                 one say how far this one counts."
            );
            return Err(("registrar", message));
        }
        let last = if cut.nothing {
            None
        } else {
            let leaf: [u8; 32] = cut.last_hash.as_slice().try_into().map_err(|_| {
                ("hash", format!("{origin}: last_hash has 32 bytes: the leaf hash of the event."))
            })?;
            Some((cut.last_index, leaf))
        };
        let again = self.is_cut(&origin, cut.epoch);
        let at = self.head;
        let (epoch, unit) = (cut.epoch, origin.clone());
        self.cuts.entry(origin).or_default().push(Cut {
            origin: unit.clone(),
            epoch,
            last,
            cause,
            at,
        });
        // Its own word that it begins again opens the next epoch, with the key that it has.
        if cause == CutCause::NewEpoch
            && !again
            && let Some(node) = self.nodes.get_mut(&unit)
        {
            let counts_from = tenure.counts_from.map(|_| at);
            node.tenures.push(Tenure { epoch: epoch + 1, since: at, counts_from, ..tenure });
        }
        Ok(())
    }
}

fn sealing_key(unit: &UnitId, bytes: &[u8]) -> Result<Option<[u8; 32]>, Refused> {
    if bytes.is_empty() {
        return Ok(None);
    }
    let message = || ("sealing-key", format!("{unit}: a sealing key has 32 bytes."));
    bytes.try_into().map(Some).map_err(|_| message())
}

/// A key of 32 bytes.
pub(super) fn key(unit: &UnitId, bytes: &[u8]) -> Result<[u8; 32], Refused> {
    bytes.try_into().map_err(|_| ("key", format!("{unit}: a key has 32 bytes.")))
}
