//! The facts at a head, and how one event of the registrar changes them: all of it or nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::nodes::{Cut, Node, Service};
use super::registrars::{Founders, Term};
use super::rules::Rules;
use super::units::Unit;
use super::zones::Zone;
use super::{Refused, rules};
use crate::codes::CutCause;
use crate::rejection::Fault;
use crate::wire::proto::{self, directory_change::Change};
use crate::{UnitId, ZoneId, time};

/// What the registrar decided, by the head that it made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Decision {
    pub head: u64,
    pub decision: String,
    pub effective_from: String,
    /// How many changes it made; 0 when it contradicted what was known and had no effect.
    pub changes: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct State {
    pub head: u64,
    pub leaf: [u8; 32],
    pub terms: Vec<Term>,
    /// Who goes on after the event that is being taken in.
    pub next: Option<Term>,
    /// The head on which the founders' newest word that counts follows.
    pub replaced_at: Option<u64>,
    pub founders: Option<Founders>,
    pub units: BTreeMap<UnitId, Unit>,
    /// The units that each unit succeeded directly.
    pub heirs: BTreeMap<UnitId, BTreeSet<UnitId>>,
    pub zones: BTreeMap<ZoneId, Zone>,
    pub nodes: BTreeMap<UnitId, Node>,
    /// By the unit that is served.
    pub service: BTreeMap<UnitId, Vec<Service>>,
    pub cuts: BTreeMap<UnitId, Vec<Cut>>,
    pub rules: Rules,
    pub decisions: Vec<Decision>,
    pub not_understood: u64,
}

impl State {
    pub fn new(registrar: UnitId) -> Self {
        Self {
            head: 0,
            leaf: [0; 32],
            terms: vec![Term { unit: registrar, epoch: 1, base: 0 }],
            next: None,
            replaced_at: None,
            founders: None,
            units: BTreeMap::new(),
            heirs: BTreeMap::new(),
            zones: BTreeMap::new(),
            nodes: BTreeMap::new(),
            service: BTreeMap::new(),
            cuts: BTreeMap::new(),
            rules: Rules::default(),
            decisions: Vec::new(),
            not_understood: 0,
        }
    }

    /// Whose word counts now.
    pub fn term(&self) -> &Term {
        // There is always one: `new` begins with it, and terms are only added.
        &self.terms[self.terms.len() - 1]
    }

    /// From now on another one keeps the directory, because the founders say so.
    pub fn replace(&mut self, term: Term) {
        self.replaced_at = Some(self.head);
        self.terms.push(term);
    }

    /// Takes in what makes the next head. All its changes take effect or, when one of them
    /// contradicts what is known, none; the faults are returned.
    pub fn take(
        &mut self,
        changed: &proto::DirectoryChanged,
        leaf: [u8; 32],
        signed_by: &BTreeSet<(usize, [u8; 32])>,
    ) -> Vec<Fault> {
        self.head += 1;
        self.leaf = leaf;
        let mut next = self.clone();
        let mut faults = Vec::new();
        if let Err((rule, message)) = next.date(changed) {
            faults.push(Fault::new("/effective_from", rule, message));
        }
        for (index, change) in changed.changes.iter().enumerate() {
            let Some(change) = &change.change else {
                next.not_understood += 1;
                continue;
            };
            if let Err((rule, message)) = next.change(index, change, signed_by) {
                faults.push(Fault::new(&format!("/changes/{index}"), rule, message));
            }
        }
        if faults.is_empty() {
            faults.extend(next.left_undone(changed));
        }
        let effect = faults.is_empty();
        if effect {
            *self = next;
            let handed_over = self.next.take();
            self.terms.extend(handed_over);
        }
        self.decisions.push(Decision {
            head: self.head,
            decision: changed.decision.clone(),
            // What has no effect must not decide what was in force on a day.
            effective_from: if effect && !changed.effective_from.is_empty() {
                changed.effective_from.clone()
            } else {
                let before = self.decisions.last();
                before.map(|before| before.effective_from.clone()).unwrap_or_default()
            },
            changes: if effect { changed.changes.len() } else { 0 },
        });
        faults
    }

    /// Days go forward, so that a day has one head.
    fn date(&self, changed: &proto::DirectoryChanged) -> Result<(), Refused> {
        let day = changed.effective_from.as_str();
        if day.is_empty() {
            // Of the same day as the one before.
            return Ok(());
        }
        if time::date(day).is_none() {
            return Err(("date", format!("\"{day}\" is no day; write it as 2024-01-01.")));
        }
        match self.decisions.last() {
            Some(before) if day < before.effective_from.as_str() => Err((
                "date",
                format!(
                    "The decision before has effect from {}; this one can't from an earlier day.",
                    before.effective_from
                ),
            )),
            _ => Ok(()),
        }
    }

    fn change(
        &mut self,
        at: usize,
        change: &Change,
        signed_by: &BTreeSet<(usize, [u8; 32])>,
    ) -> Result<(), Refused> {
        match change {
            Change::UnitRegistered(unit) => self.register(unit),
            Change::UnitRenamed(unit) => self.rename(unit),
            Change::UnitMoved(unit) => self.move_under(unit),
            Change::UnitEnded(unit) => self.end_unit(unit),
            Change::ZoneDefined(zone) => self.define(zone),
            Change::ZoneRedrawn(zone) => self.redraw(zone),
            Change::ZoneEnded(zone) => self.end_zone(zone),
            Change::ZoneGranted(grant) => self.grant(grant),
            Change::NodeEnrolled(node) => self.enrol(node),
            Change::NodeConfirmed(node) => self.confirm(node),
            Change::ServiceSet(service) => self.serve(service),
            Change::CutMade(cut) => self.cut(cut),
            Change::IssuingAllowed(rule) => self.allow(rule),
            Change::DeadlineSet(deadline) => self.rules.set_deadline(self.head, deadline),
            Change::FoundersNamed(named) => self.name_founders(at, named, signed_by),
            Change::RegistrarNamed(named) => self.name_registrar(named),
        }
    }

    fn allow(&mut self, rule: &proto::IssuingAllowed) -> Result<(), Refused> {
        let unit = match rule.unit.as_str() {
            "" => None,
            unit => Some(self.living(unit)?),
        };
        let zones = rule.zones.iter().map(|id| self.zone_id(id)).collect::<Result<_, _>>()?;
        self.rules.allow(self.head, rules::rule(rule, unit, zones)?);
        Ok(())
    }

    /// What an event has to settle itself when units end: their units below, and their feeds.
    fn left_undone(&self, changed: &proto::DirectoryChanged) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut orphans: BTreeMap<&UnitId, &UnitId> = BTreeMap::new();
        for unit in self.units.values().filter(|unit| unit.is_alive(self.head)) {
            if let Some(parent) = unit.parent.as_ref() {
                orphans.insert(parent, &unit.id);
            }
        }
        for (index, change) in changed.changes.iter().enumerate() {
            let Some(Change::UnitEnded(ended)) = &change.change else { continue };
            let Ok(id) = ended.id.parse::<UnitId>() else { continue };
            let field = format!("/changes/{index}");
            if let Some(orphan) = orphans.get(&id) {
                let message =
                    format!("{orphan} stands under {id}: move it or end it in the same decision.");
                faults.push(Fault::new(&field, "orphan", message));
            }
            let open = self.nodes.get(&id).and_then(|node| node.tenures.last());
            let cuts = self.cuts.get(&id);
            let cut = |tenure: &super::Tenure| {
                let mut cuts = cuts.into_iter().flatten();
                cuts.any(|cut| cut.epoch == tenure.epoch && cut.cause != CutCause::NewEpoch)
            };
            if open.is_some_and(|tenure| !cut(tenure)) {
                let message = format!(
                    "{id} has a node: the same decision must say how far its feeds count (cut-made)."
                );
                faults.push(Fault::new(&field, "no-cut", message));
            }
            if *self.term() == (Term { unit: id.clone(), ..self.term().clone() })
                && self.next.is_none()
            {
                let message = format!("{id} keeps the directory: hand it over first.");
                faults.push(Fault::new(&field, "registrar", message));
            }
        }
        faults
    }
}
