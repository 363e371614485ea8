//! The directory as of a head, for people; and what differs between two heads.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Directory;
use super::rules::Rule;
use crate::codes::{Deadline, Level};
use crate::{UnitId, ZoneId};

/// All that the directory said as of a head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Snapshot {
    pub head: u64,
    /// The day from which the head's decision has effect.
    pub effective_from: String,
    pub decision: String,
    pub registrar: UnitId,
    pub units: BTreeMap<UnitId, UnitShown>,
    pub zones: BTreeMap<ZoneId, ZoneShown>,
    /// The nodes that counted: the epoch of each.
    pub nodes: BTreeMap<UnitId, u32>,
    /// `province wanted-person` → where: `zones`, `zones and cluster`, `nowhere`, or a list of
    /// zones.
    pub issuing: BTreeMap<String, String>,
    /// Seconds, by name.
    pub deadlines: BTreeMap<String, u32>,
}

/// A unit as of a head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct UnitShown {
    pub name: String,
    pub level: Level,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<UnitId>,
    pub official_code: String,
    /// The node that acts for it, another unit's or its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub served_by: Option<UnitId>,
}

/// A zone as of a head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct ZoneShown {
    pub name: String,
    pub members: BTreeSet<UnitId>,
    /// Nothing new is issued there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ended: bool,
}

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// `unit`, `zone`, `node`, `issuing`, `deadline` or `registrar`.
    pub of: String,
    /// Its id or name.
    pub id: String,
    /// What about it: a field, or empty when it came or went.
    pub what: String,
    /// Empty: it was not there.
    pub before: String,
    /// Empty: it is not there.
    pub after: String,
}

impl Directory {
    /// The directory as of a head: the newest when that is later.
    pub fn snapshot(&self, at: u64) -> Snapshot {
        let at = at.min(self.head());
        let decided = self.decisions().iter().rev().find(|decision| decision.head <= at);
        let term = self.terms().iter().rev().find(|term| term.base <= at);
        let served_by = |id: &UnitId| {
            let has_node = self.now.nodes.get(id).filter(|node| self.node_counts(node, at));
            let services = self.now.service.get(id).into_iter().flatten();
            let mut serving = services.filter(|service| {
                service.since <= at && service.until.is_none_or(|until| at < until)
            });
            has_node
                .map(|node| node.unit.clone())
                .or_else(|| serving.next().map(|service| service.node.clone()))
        };
        let units = self.all_units().filter(|unit| unit.is_alive(at)).map(|unit| {
            let shown = UnitShown {
                name: unit.name_at(at).to_owned(),
                level: unit.level,
                parent: unit.parent_at(at).cloned(),
                official_code: unit.code_at(at).to_owned(),
                served_by: served_by(&unit.id),
            };
            (unit.id.clone(), shown)
        });
        let zones = self.all_zones().filter(|zone| zone.since <= at).map(|zone| {
            let members = zone.spans.keys().filter(|unit| self.is_member(unit, &zone.id, at));
            let shown = ZoneShown {
                name: zone.name_at(at).to_owned(),
                members: members.cloned().collect(),
                ended: !self.is_open(&zone.id, at),
            };
            (zone.id.clone(), shown)
        });
        let nodes = self.all_nodes().filter(|node| self.node_counts(node, at));
        let epoch = |node: &super::Node| {
            let mut tenures = node.tenures.iter().rev();
            let counting = tenures.find(|tenure| tenure.counts_from.is_some_and(|from| from <= at));
            (node.unit.clone(), counting.map_or(0, |tenure| tenure.epoch))
        };
        Snapshot {
            head: at,
            effective_from: decided.map(|d| d.effective_from.clone()).unwrap_or_default(),
            decision: decided.map(|d| d.decision.clone()).unwrap_or_default(),
            registrar: term.map_or_else(|| self.registrar().clone(), |term| term.unit.clone()),
            units: units.collect(),
            zones: zones.collect(),
            nodes: nodes.map(epoch).collect(),
            issuing: self.issuing_at(at),
            deadlines: Deadline::ALL
                .iter()
                .map(|deadline| (deadline.code().to_owned(), self.deadline(*deadline, at)))
                .collect(),
        }
    }

    fn node_counts(&self, node: &super::Node, at: u64) -> bool {
        node.tenures.iter().any(|tenure| {
            let cut = self.cuts(&node.unit).iter().filter(|cut| cut.epoch == tenure.epoch);
            tenure.counts_from.is_some_and(|from| from <= at)
                && cut.map(|cut| cut.at).min().is_none_or(|cut| at < cut)
        })
    }

    fn issuing_at(&self, at: u64) -> BTreeMap<String, String> {
        let rules = self.now.rules.all(at);
        rules.map(|(who, category, rule)| (format!("{who} {category}"), where_to(rule))).collect()
    }
}

fn where_to(rule: &Rule) -> String {
    if rule.forbidden {
        return "nowhere".to_owned();
    }
    let zones: Vec<&str> = rule.zones.iter().map(ZoneId::as_str).collect();
    let zones = if zones.is_empty() { "zones".to_owned() } else { zones.join(" ") };
    if rule.cluster { format!("{zones} and cluster") } else { zones }
}

impl Snapshot {
    /// What is otherwise in a later snapshot, by kind and id.
    pub fn difference(&self, later: &Self) -> Vec<Difference> {
        let mut found = Vec::new();
        let mut note = |of: &str, id: &str, what: &str, before: String, after: String| {
            if before != after {
                let [of, id, what] = [of, id, what].map(str::to_owned);
                found.push(Difference { of, id, what, before, after });
            }
        };
        let registrars = [&self.registrar, &later.registrar].map(ToString::to_string);
        let [before, after] = registrars;
        note("registrar", "", "", before, after);
        for (id, [before, after]) in both(&self.units, &later.units) {
            match (before, after) {
                (Some(before), Some(after)) => {
                    let id = id.as_str();
                    note("unit", id, "name", before.name.clone(), after.name.clone());
                    let codes = [before, after].map(|unit| unit.official_code.clone());
                    let [before_code, after_code] = codes;
                    note("unit", id, "official_code", before_code, after_code);
                    let [then, now] = [before, after].map(|unit| text(unit.parent.as_ref()));
                    note("unit", id, "parent", then, now);
                    let [then, now] = [before, after].map(|unit| text(unit.served_by.as_ref()));
                    note("unit", id, "served_by", then, now);
                }
                (before, after) => {
                    let name = |unit: Option<&UnitShown>| unit.map(|unit| unit.name.clone());
                    let [before, after] = [before, after].map(|u| name(u).unwrap_or_default());
                    note("unit", id.as_str(), "", before, after);
                }
            }
        }
        for (id, [before, after]) in both(&self.zones, &later.zones) {
            let open = |zone: Option<&ZoneShown>| {
                zone.filter(|zone| !zone.ended).map(|zone| zone.name.clone()).unwrap_or_default()
            };
            note("zone", id.as_str(), "", open(before), open(after));
            let nobody = BTreeSet::new();
            let [then, now] = [before, after].map(|zone| zone.map_or(&nobody, |z| &z.members));
            for unit in then.symmetric_difference(now) {
                let shown = |set: &BTreeSet<UnitId>| {
                    if set.contains(unit) { unit.to_string() } else { String::new() }
                };
                note("zone", id.as_str(), "member", shown(then), shown(now));
            }
        }
        for (id, [before, after]) in both(&self.nodes, &later.nodes) {
            let epoch =
                |epoch: Option<&u32>| epoch.map(|e| format!("epoch {e}")).unwrap_or_default();
            note("node", id.as_str(), "", epoch(before), epoch(after));
        }
        for (id, [before, after]) in both(&self.issuing, &later.issuing) {
            let [before, after] = [before, after].map(|rule| rule.cloned().unwrap_or_default());
            note("issuing", id, "", before, after);
        }
        for (id, [before, after]) in both(&self.deadlines, &later.deadlines) {
            let seconds = |value: Option<&u32>| value.map(|s| format!("{s} s")).unwrap_or_default();
            note("deadline", id, "", seconds(before), seconds(after));
        }
        found
    }
}

fn text(id: Option<&UnitId>) -> String {
    id.map(ToString::to_string).unwrap_or_default()
}

/// Every key of two maps, with what each holds.
fn both<'a, K: Ord, V>(
    one: &'a BTreeMap<K, V>,
    other: &'a BTreeMap<K, V>,
) -> BTreeMap<&'a K, [Option<&'a V>; 2]> {
    let keys: BTreeSet<&K> = one.keys().chain(other.keys()).collect();
    keys.into_iter().map(|key| (key, [one.get(key), other.get(key)])).collect()
}
