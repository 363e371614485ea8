//! Border zones: geographic objects with members of all three levels. They stay when provinces
//! merge; who is a member changes from head to head.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::state::State;
use super::{Directory, Refused};
use crate::wire::proto;
use crate::{Millis, UnitId, ZoneId};

/// A border zone, as it is now and as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Zone {
    pub id: ZoneId,
    pub name: String,
    /// Who is a member now; also one that has ended, until the zone is redrawn.
    pub members: BTreeSet<UnitId>,
    /// Directory head from which it exists.
    pub since: u64,
    /// Directory head from which nothing new is issued there, if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<u64>,
    /// Of a split: what came of it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub parts: BTreeSet<ZoneId>,
    /// Members for a time: until when.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub guests: BTreeMap<UnitId, Millis>,
    /// Every membership there ever was.
    #[serde(skip)]
    pub(super) spans: BTreeMap<UnitId, Vec<Span>>,
    #[serde(skip)]
    pub(super) names: Vec<(u64, String)>,
}

/// While something held, in heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// From this head on.
    pub since: u64,
    /// Until before this head; `None`: still.
    pub until: Option<u64>,
}

impl Span {
    /// Whether it held under a head.
    pub fn holds(&self, at: u64) -> bool {
        self.since <= at && self.until.is_none_or(|until| at < until)
    }
}

impl Zone {
    /// Whether a unit is a member under a head.
    pub(super) fn has(&self, unit: &UnitId, at: u64) -> bool {
        self.spans.get(unit).is_some_and(|spans| spans.iter().any(|span| span.holds(at)))
    }

    /// Whether a unit was a member under any head up to that one.
    pub(super) fn ever_had(&self, unit: &UnitId, at: u64) -> bool {
        self.spans.get(unit).is_some_and(|spans| spans.iter().any(|span| span.since <= at))
    }

    /// Its name under a head.
    pub(super) fn name_at(&self, at: u64) -> &str {
        let named = self.names.iter().rev().find(|(since, _)| *since <= at);
        named.map_or(&self.name, |(_, name)| name)
    }

    fn join(&mut self, unit: UnitId, head: u64) {
        self.spans.entry(unit.clone()).or_default().push(Span { since: head, until: None });
        self.members.insert(unit);
    }

    fn leave(&mut self, unit: &UnitId, head: u64) {
        let open = self.spans.get_mut(unit).and_then(|spans| spans.last_mut());
        if let Some(span) = open {
            span.until.get_or_insert(head);
        }
        self.members.remove(unit);
        self.guests.remove(unit);
    }
}

impl Directory {
    /// A zone that units defined, also one that has ended; not a reserved one.
    pub fn zone(&self, id: &ZoneId) -> Option<&Zone> {
        self.now.zones.get(id)
    }

    /// Every zone that units defined and that has not ended, by id.
    pub fn zones(&self) -> impl Iterator<Item = &Zone> {
        self.now.zones.values().filter(|zone| zone.ended.is_none())
    }

    /// Every zone there ever was, by id.
    pub fn all_zones(&self) -> impl Iterator<Item = &Zone> {
        self.now.zones.values()
    }

    /// Whether a unit is a member of a zone under the directory head `at`.
    pub fn is_member(&self, unit: &UnitId, zone: &ZoneId, at: u64) -> bool {
        let alive = || self.now.units.get(unit).is_some_and(|unit| unit.is_alive(at));
        if *zone == ZoneId::cluster() {
            return alive();
        }
        self.now.zones.get(zone).is_some_and(|zone| zone.has(unit, at)) && alive()
    }

    /// Whether something new may be issued to a zone under the directory head `at`.
    pub fn is_open(&self, zone: &ZoneId, at: u64) -> bool {
        let open = |zone: &Zone| zone.ended.is_none_or(|ended| at < ended);
        *zone == ZoneId::cluster() || self.now.zones.get(zone).is_some_and(open)
    }

    /// Whether a unit, or one of those whose obligations it took over on the way from `issuer`, was
    /// a member of a zone at any time up to `at`: it can always take back there what was said there.
    pub(crate) fn was_member(
        &self,
        unit: &UnitId,
        issuer: &UnitId,
        zone: &ZoneId,
        at: u64,
    ) -> bool {
        if self.is_member(unit, zone, at) || *zone == ZoneId::cluster() {
            return true;
        }
        let Some(zone) = self.now.zones.get(zone) else { return false };
        zone.ever_had(unit, at)
            || zone.ever_had(issuer, at)
            || self.predecessors(unit).any(|ended| {
                self.steps_of_succession(issuer, &ended).is_some() && zone.ever_had(&ended, at)
            })
    }
}

impl State {
    pub fn define(&mut self, defined: &proto::ZoneDefined) -> Result<(), Refused> {
        let id: ZoneId = defined.id.parse().map_err(|e| ("id", format!("{e}")))?;
        if id.is_reserved() || self.zones.contains_key(&id) {
            return Err((
                "id-reused",
                format!("The zone id {id} was given before or is reserved."),
            ));
        }
        if defined.members.is_empty() {
            return Err(("empty", format!("The zone {id} has no members.")));
        }
        let members: BTreeSet<UnitId> =
            defined.members.iter().map(|id| self.living(id)).collect::<Result<_, _>>()?;
        let provinces: BTreeSet<UnitId> = members.iter().map(UnitId::province).collect();
        if provinces.len() == 1 && !defined.one_province {
            let message = format!(
                "All members of the zone {id} are of one province; if that is meant, say so \
                 (one_province)."
            );
            return Err(("one-province", message));
        }
        let mut zone = Zone {
            id: id.clone(),
            name: defined.name.clone(),
            members: BTreeSet::new(),
            since: self.head,
            ended: None,
            parts: BTreeSet::new(),
            guests: BTreeMap::new(),
            spans: BTreeMap::new(),
            names: vec![(self.head, defined.name.clone())],
        };
        members.into_iter().for_each(|unit| zone.join(unit, self.head));
        self.zones.insert(id, zone);
        Ok(())
    }

    pub fn redraw(&mut self, redrawn: &proto::ZoneRedrawn) -> Result<(), Refused> {
        let id = self.zone_id(&redrawn.id)?;
        if redrawn.name.is_empty() && redrawn.joined.is_empty() && redrawn.left.is_empty() {
            return Err(("empty", format!("{id}: nothing about the zone is otherwise.")));
        }
        let joined: Vec<UnitId> =
            redrawn.joined.iter().map(|id| self.living(id)).collect::<Result<_, _>>()?;
        let head = self.head;
        let Some(zone) = self.zones.get_mut(&id) else { return Ok(()) };
        for unit in &redrawn.left {
            let unit: UnitId = unit.parse().map_err(|e| ("id", format!("{e}")))?;
            if !zone.members.contains(&unit) {
                return Err(("not-a-member", format!("{unit} is no member of the zone {id}.")));
            }
            zone.leave(&unit, head);
        }
        for unit in joined {
            if zone.members.contains(&unit) && !zone.guests.contains_key(&unit) {
                return Err(("member", format!("{unit} is a member of the zone {id} already.")));
            }
            if zone.guests.remove(&unit).is_none() {
                zone.join(unit, head);
            }
        }
        // So that a guest can always leave when its time is over.
        if zone.members.iter().all(|unit| zone.guests.contains_key(unit)) {
            return Err(("empty", format!("No member would be left in the zone {id}; end it.")));
        }
        if !redrawn.name.is_empty() {
            zone.name.clone_from(&redrawn.name);
            zone.names.push((head, redrawn.name.clone()));
        }
        Ok(())
    }

    pub fn end_zone(&mut self, ended: &proto::ZoneEnded) -> Result<(), Refused> {
        let id = self.zone_id(&ended.id)?;
        let parts: BTreeSet<ZoneId> =
            ended.parts.iter().map(|part| self.zone_id(part)).collect::<Result<_, _>>()?;
        if parts.contains(&id) || parts.len() == 1 {
            let message =
                format!("The zone {id} is split into two others or more, or into nothing.");
            return Err(("parts", message));
        }
        let head = self.head;
        if let Some(zone) = self.zones.get_mut(&id) {
            zone.ended = Some(head);
            zone.parts = parts;
        }
        Ok(())
    }

    pub fn grant(&mut self, grant: &proto::ZoneGranted) -> Result<(), Refused> {
        let (id, unit) = (self.zone_id(&grant.zone)?, self.living(&grant.unit)?);
        if grant.until_ms == 0 {
            let message = "A zone is granted for a time; until_ms says until when.".to_owned();
            return Err(("required", message));
        }
        let head = self.head;
        let Some(zone) = self.zones.get_mut(&id) else { return Ok(()) };
        if !zone.members.contains(&unit) {
            zone.join(unit.clone(), head);
        } else if !zone.guests.contains_key(&unit) {
            return Err(("member", format!("{unit} is a member of the zone {id} already.")));
        }
        zone.guests.insert(unit, grant.until_ms);
        Ok(())
    }
}
