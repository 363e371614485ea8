//! Units of the police, and what becomes of them. An id is given once and never again; a name, a
//! code and a parent hold from one head to the next.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::state::State;
use super::{Directory, Refused, Zone};
use crate::codes::{EndCause, Level};
use crate::wire::proto;
use crate::{UnitId, ZoneId};

/// A unit of the police, as it is now and as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Unit {
    pub id: UnitId,
    pub parent: Option<UnitId>,
    pub level: Level,
    pub name: String,
    /// Identifies only together with a date: codes are used again.
    pub official_code: String,
    /// Directory head from which it exists.
    pub since: u64,
    /// When and how it ended, if it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<End>,
    /// What it was before its name, code or parent changed, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<UnitThen>,
}

/// How a unit ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct End {
    /// Directory head from which it is no more.
    pub at: u64,
    pub cause: EndCause,
    /// Who answers for it.
    pub successor: UnitId,
    /// Of a split: all that came of it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub parts: BTreeSet<UnitId>,
}

/// A unit's changing facts, until a head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct UnitThen {
    /// Directory head from which it is otherwise.
    pub until: u64,
    pub parent: Option<UnitId>,
    pub name: String,
    pub official_code: String,
}

impl Unit {
    /// Whether it exists under a directory head.
    pub fn is_alive(&self, at: u64) -> bool {
        self.since <= at && self.ended.as_ref().is_none_or(|end| at < end.at)
    }

    /// Its name under a directory head.
    pub fn name_at(&self, at: u64) -> &str {
        self.then(at).map_or(&self.name, |then| &then.name)
    }

    /// Its official code under a directory head.
    pub fn code_at(&self, at: u64) -> &str {
        self.then(at).map_or(&self.official_code, |then| &then.official_code)
    }

    /// Its parent under a directory head.
    pub fn parent_at(&self, at: u64) -> Option<&UnitId> {
        self.then(at).map_or(self.parent.as_ref(), |then| then.parent.as_ref())
    }

    fn then(&self, at: u64) -> Option<&UnitThen> {
        self.before.iter().find(|then| at < then.until)
    }

    /// Keeps what it is now, because it will be otherwise from that head on.
    fn remember(&mut self, head: u64) {
        if self.before.last().is_some_and(|then| then.until == head) {
            return;
        }
        self.before.push(UnitThen {
            until: head,
            parent: self.parent.clone(),
            name: self.name.clone(),
            official_code: self.official_code.clone(),
        });
    }
}

impl Directory {
    /// A unit, also one that has ended.
    pub fn unit(&self, id: &UnitId) -> Option<&Unit> {
        self.now.units.get(id)
    }

    /// Every unit that exists now, by id.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        let head = self.head();
        self.now.units.values().filter(move |unit| unit.is_alive(head))
    }

    /// Every unit there ever was, by id.
    pub fn all_units(&self) -> impl Iterator<Item = &Unit> {
        self.now.units.values()
    }

    /// Who answers for a unit under a directory head: itself while it exists, else its successor.
    pub fn answers_for<'a>(&'a self, unit: &'a UnitId, at: u64) -> &'a UnitId {
        let successor = |id: &&'a UnitId| {
            let end = self.now.units.get(*id)?.ended.as_ref()?;
            (end.at <= at).then_some(&end.successor)
        };
        // A successor exists when its predecessor ends, so the walk goes forward in heads and ends.
        std::iter::successors(Some(unit), successor).last().unwrap_or(unit)
    }

    /// How many times a unit's obligations were passed on before they came to `to`; `None` when
    /// they never do.
    pub(crate) fn steps_of_succession(&self, from: &UnitId, to: &UnitId) -> Option<usize> {
        let successor = |id: &&UnitId| {
            let end = self.now.units.get(*id)?.ended.as_ref()?;
            Some(&end.successor)
        };
        std::iter::successors(Some(from), successor).position(|unit| unit == to)
    }

    /// All that a unit succeeded, directly or not.
    pub fn predecessors(&self, unit: &UnitId) -> impl Iterator<Item = UnitId> {
        let mut found: Vec<UnitId> = Vec::new();
        let mut next = vec![unit];
        while let Some(id) = next.pop() {
            for ended in self.now.heirs.get(id).into_iter().flatten() {
                found.push(ended.clone());
                next.push(ended);
            }
        }
        found.into_iter()
    }

    /// Whether `above` is a unit above `unit` under a directory head.
    pub fn is_above(&self, above: &UnitId, unit: &UnitId, at: u64) -> bool {
        let parent = |id: &&UnitId| {
            let unit = self.now.units.get(*id).filter(|unit| unit.since <= at);
            unit.and_then(|unit| unit.parent_at(at))
        };
        // Three levels, so the walk ends.
        std::iter::successors(Some(unit), parent).take(3).skip(1).any(|id| id == above)
    }

    /// The province that a unit belongs to, or is.
    pub fn province_of(&self, unit: &UnitId) -> UnitId {
        let head = self.head();
        let parent = |id: &&UnitId| self.now.units.get(*id).and_then(|unit| unit.parent_at(head));
        std::iter::successors(Some(unit), parent).take(3).last().unwrap_or(unit).clone()
    }
}

impl State {
    pub fn register(&mut self, unit: &proto::UnitRegistered) -> Result<(), Refused> {
        let id: UnitId = unit.id.parse().map_err(|e| ("id", format!("{e}")))?;
        if self.units.contains_key(&id) {
            return Err(("id-reused", format!("The id {id} was given before.")));
        }
        let level = super::rules::level_of(&unit.level)?;
        let parent = match unit.parent.as_str() {
            "" => None,
            parent => Some(self.living(parent)?),
        };
        self.stands_right(&id, level, parent.as_ref())?;
        // Its province is read from its id by everybody who looks for its stream.
        let province = parent.as_ref().unwrap_or(&id).province();
        if id.province() != province || (parent.is_none() && id != province) {
            let message = format!(
                "{id}: a province's id has no underscore, and the ids of its units begin with the \
                 province's: {province}_…"
            );
            return Err(("other-province", message));
        }
        let unit = Unit {
            id: id.clone(),
            parent,
            level,
            name: unit.name.clone(),
            official_code: unit.official_code.clone(),
            since: self.head,
            ended: None,
            before: Vec::new(),
        };
        self.units.insert(id, unit);
        Ok(())
    }

    pub fn rename(&mut self, renamed: &proto::UnitRenamed) -> Result<(), Refused> {
        let id = self.living(&renamed.id)?;
        if renamed.name.is_empty() && renamed.official_code.is_empty() {
            return Err(("empty", format!("{id}: neither a new name nor a new code is given.")));
        }
        let head = self.head;
        if let Some(unit) = self.units.get_mut(&id) {
            unit.remember(head);
            for (field, new) in
                [(&mut unit.name, &renamed.name), (&mut unit.official_code, &renamed.official_code)]
            {
                if !new.is_empty() {
                    field.clone_from(new);
                }
            }
        }
        Ok(())
    }

    pub fn move_under(&mut self, moved: &proto::UnitMoved) -> Result<(), Refused> {
        let (id, parent) = (self.living(&moved.id)?, self.living(&moved.parent)?);
        let level = self.units[&id].level;
        self.stands_right(&id, level, Some(&parent))?;
        if id.province() != parent.province() {
            let message = format!(
                "{id} can't be moved to another province, whose stream its id does not name: \
                 register a unit there, and end this one with it as successor."
            );
            return Err(("other-province", message));
        }
        let head = self.head;
        if let Some(unit) = self.units.get_mut(&id) {
            unit.remember(head);
            unit.parent = Some(parent);
        }
        Ok(())
    }

    pub fn end_unit(&mut self, ended: &proto::UnitEnded) -> Result<(), Refused> {
        let (id, successor) = (self.living(&ended.id)?, self.living(&ended.successor)?);
        let cause = EndCause::parse(&ended.cause).ok_or_else(|| {
            let text =
                format!("\"{}\" is no way to end a unit ({}).", ended.cause, EndCause::list());
            ("unknown-code", text)
        })?;
        if id == successor {
            return Err(("successor", format!("{id} can't succeed itself.")));
        }
        let parts: BTreeSet<UnitId> =
            ended.parts.iter().map(|part| self.living(part)).collect::<Result<_, _>>()?;
        let split = cause == EndCause::Split;
        if split != (parts.len() > 1) || (split && !parts.contains(&successor)) {
            let message = format!(
                "{id}: a split names all that came of it, its successor among them; else nothing \
                 does."
            );
            return Err(("parts", message));
        }
        let at = self.head;
        for spans in self.service.values_mut() {
            spans.iter_mut().filter(|service| service.node == id).for_each(|service| {
                service.until.get_or_insert(at);
            });
        }
        for service in self.service.entry(id.clone()).or_default() {
            service.until.get_or_insert(at);
        }
        self.heirs.entry(successor.clone()).or_default().insert(id.clone());
        if let Some(unit) = self.units.get_mut(&id) {
            unit.ended = Some(End { at, cause, successor, parts });
        }
        Ok(())
    }

    fn stands_right(
        &self,
        id: &UnitId,
        level: Level,
        parent: Option<&UnitId>,
    ) -> Result<(), Refused> {
        let above = parent.and_then(|id| self.units.get(id)).map(|unit| unit.level);
        let fits = match level {
            Level::Province => above.is_none(),
            Level::District => above == Some(Level::Province),
            // Since 2025 communes stand under the province.
            Level::Commune => matches!(above, Some(Level::District | Level::Province)),
        };
        if fits {
            Ok(())
        } else {
            Err(("parent", format!("{id}: a {level} can't stand under this parent.")))
        }
    }

    /// A unit that exists now.
    pub fn living(&self, id: &str) -> Result<UnitId, Refused> {
        let id: UnitId = id.parse().map_err(|e| ("id", format!("{e}")))?;
        match self.units.get(&id) {
            Some(unit) if unit.is_alive(self.head) => Ok(id),
            Some(_) => Err(("ended-unit", format!("The unit {id} has ended."))),
            None => Err(("unknown-unit", format!("There is no unit {id}."))),
        }
    }

    /// A zone that can still be changed.
    pub fn zone_id(&self, id: &str) -> Result<ZoneId, Refused> {
        let id: ZoneId = id.parse().map_err(|e| ("id", format!("{e}")))?;
        match self.zones.get(&id) {
            Some(Zone { ended: None, .. }) => Ok(id),
            Some(_) => Err(("ended-zone", format!("The zone {id} has ended."))),
            None => Err(("unknown-zone", format!("There is no zone {id}."))),
        }
    }
}
