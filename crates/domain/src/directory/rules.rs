//! The cluster's policy: who may issue what, and how long what may take.

use std::collections::{BTreeMap, BTreeSet};

use super::{Directory, Refused};
use crate::codes::{Category, Deadline, Level};
use crate::wire::proto;
use crate::{UnitId, ZoneId};

/// Every rule there ever was, oldest first: an event is judged by the one of its time.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Rules {
    levels: BTreeMap<Level, ByCategory>,
    units: BTreeMap<UnitId, ByCategory>,
    deadlines: BTreeMap<Deadline, Vec<(u64, u32)>>,
}

type ByCategory = BTreeMap<String, Vec<Rule>>;

/// Whom a rule is about, and what it says.
pub(super) struct Allowed {
    who: Result<UnitId, Level>,
    category: Category,
    rule: Rule,
}

/// Who may issue a category where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    since: u64,
    pub cluster: bool,
    pub zones: BTreeSet<ZoneId>,
    pub forbidden: bool,
}

impl Rule {
    fn allows(&self, zones: &[ZoneId]) -> bool {
        let allowed = |zone: &ZoneId| {
            if *zone == ZoneId::cluster() {
                self.cluster
            } else {
                self.zones.is_empty() || self.zones.contains(zone)
            }
        };
        !self.forbidden && zones.iter().all(allowed)
    }
}

impl Rules {
    pub fn allow(&mut self, head: u64, allowed: Allowed) {
        let Allowed { who, category, rule } = allowed;
        let rules = match who {
            Ok(unit) => self.units.entry(unit).or_default(),
            Err(level) => self.levels.entry(level).or_default(),
        };
        rules.entry(category.code().to_owned()).or_default().push(Rule { since: head, ..rule });
    }

    pub fn set_deadline(
        &mut self,
        head: u64,
        deadline: &proto::DeadlineSet,
    ) -> Result<(), Refused> {
        let name = Deadline::parse(&deadline.name).ok_or_else(|| {
            let text = format!("\"{}\" is no deadline ({}).", deadline.name, Deadline::list());
            ("unknown-code", text)
        })?;
        if deadline.seconds == 0 {
            return Err(("deadline", format!("The deadline {name} has at least one second.")));
        }
        self.deadlines.entry(name).or_default().push((head, deadline.seconds));
        Ok(())
    }

    /// What counts under a head: of whom (a level or a unit), for which category, and the rule.
    pub fn all(&self, at: u64) -> impl Iterator<Item = (&str, &str, &Rule)> {
        let of_levels = self.levels.iter().map(|(level, rules)| (level.code(), rules));
        let of_units = self.units.iter().map(|(unit, rules)| (unit.as_str(), rules));
        of_levels.chain(of_units).flat_map(move |(who, rules)| {
            rules.iter().filter_map(move |(category, rules)| {
                let newest = rules.iter().rev().find(|rule| rule.since <= at)?;
                Some((who, category.as_str(), newest))
            })
        })
    }
}

impl Directory {
    /// Whether a unit may issue a category to these zones under the directory head `at`.
    pub fn may_issue(&self, unit: &UnitId, category: &str, zones: &[ZoneId], at: u64) -> bool {
        let Some(level) = self.unit(unit).map(|unit| unit.level) else {
            return false;
        };
        let newest = |rules: Option<&Vec<Rule>>| {
            rules?.iter().rev().find(|rule| rule.since <= at).map(|rule| rule.allows(zones))
        };
        let rules = &self.now.rules;
        let own = newest(rules.units.get(unit).and_then(|rules| rules.get(category)));
        own.or_else(|| newest(rules.levels.get(&level).and_then(|rules| rules.get(category))))
            .unwrap_or(false)
    }

    /// Seconds that something may take under the directory head `at`.
    pub fn deadline(&self, deadline: Deadline, at: u64) -> u32 {
        let set = self.now.rules.deadlines.get(&deadline);
        let newest = set.and_then(|set| set.iter().rev().find(|(since, _)| *since <= at));
        newest.map_or_else(|| deadline.by_default(), |(_, seconds)| *seconds)
    }
}

pub(super) fn rule(
    allowed: &proto::IssuingAllowed,
    unit: Option<UnitId>,
    zones: BTreeSet<ZoneId>,
) -> Result<Allowed, Refused> {
    let who = match unit {
        Some(unit) if allowed.level.is_empty() => Ok(unit),
        Some(unit) => {
            let message = format!("A rule is about a level or about {unit}, not both.");
            return Err(("level", message));
        }
        None => Err(level_of(&allowed.level)?),
    };
    let category = Category::parse(&allowed.category).ok_or_else(|| {
        let text = format!("\"{}\" is no category ({}).", allowed.category, Category::list());
        ("unknown-code", text)
    })?;
    let (cluster, forbidden) = (allowed.cluster, allowed.forbidden);
    Ok(Allowed { who, category, rule: Rule { since: 0, cluster, zones, forbidden } })
}

pub(super) fn level_of(text: &str) -> Result<Level, Refused> {
    Level::parse(text)
        .ok_or_else(|| ("unknown-code", format!("\"{text}\" is no level ({}).", Level::list())))
}
