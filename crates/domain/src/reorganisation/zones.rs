//! What follows for zones: they stay, and their members are those who came of the members.

use std::collections::{BTreeMap, BTreeSet};

use super::conversion::Plan;
use super::{Change, TableError};
use crate::codes::Level;
use crate::directory::Zone;
use crate::table::{Row, rows};
use crate::wire::proto;
use crate::{Directory, UnitId, ZoneId};

const FILE: &str = "adjacency_communes_2025.csv";

/// Every zone whose members change. `heirs` says who came of each unit that ends; `joining` who is a
/// member for another reason.
pub(super) fn redrawn(
    directory: &Directory,
    heirs: &BTreeMap<UnitId, Vec<UnitId>>,
    joining: &BTreeMap<&ZoneId, BTreeSet<&UnitId>>,
) -> Vec<Change> {
    let nobody = BTreeSet::new();
    let redrawn = |zone: &Zone| {
        let lives = |id: &UnitId| {
            directory.unit(id).is_some_and(|unit| unit.is_alive(directory.head()))
                && !heirs.contains_key(id)
        };
        let (stay, left): (Vec<&UnitId>, Vec<&UnitId>) =
            zone.members.iter().partition(|id| lives(id));
        let is_guest = |id: &UnitId| zone.guests.contains_key(id);
        let mut joined: BTreeSet<&UnitId> = left
            .iter()
            .filter(|id| !is_guest(id))
            .filter_map(|id| heirs.get(*id))
            .flatten()
            .collect();
        joined.extend(joining.get(&zone.id).unwrap_or(&nobody));
        // A guest that has become a member by right is one without an end.
        stay.into_iter().filter(|id| !is_guest(id)).for_each(|id| {
            joined.remove(id);
        });
        (!joined.is_empty() || !left.is_empty()).then(|| {
            Change::ZoneRedrawn(proto::ZoneRedrawn {
                id: zone.id.to_string(),
                name: String::new(),
                joined: joined.into_iter().map(ToString::to_string).collect(),
                left: left.into_iter().map(ToString::to_string).collect(),
            })
        })
    };
    directory.zones().filter_map(redrawn).collect()
}

/// Who touches across the line of two provinces of before, by the zone of the two. Where they have
/// none, nobody joins one: `zone coverage` tells.
pub(super) fn across<'a>(
    directory: &'a Directory,
    text: &str,
    plan: &'a Plan,
) -> Result<BTreeMap<&'a ZoneId, BTreeSet<&'a UnitId>>, TableError> {
    let provinces = directory.units().filter(|unit| unit.level == Level::Province);
    let provinces: BTreeMap<&str, &UnitId> =
        provinces.map(|unit| (unit.official_code.as_str(), &unit.id)).collect();
    let communes = plan.units.iter().filter(|unit| unit.level == Level::Commune);
    let communes: BTreeMap<&str, &UnitId> =
        communes.map(|unit| (unit.code.as_str(), &unit.id)).collect();
    let zones = zones_of_pairs(directory);
    let mut seen = BTreeSet::new();
    let mut joining: BTreeMap<&ZoneId, BTreeSet<&UnitId>> = BTreeMap::new();
    for row in rows(FILE, text, ["unit_a", "unit_b", "old_province_a", "old_province_b"])? {
        let [a, b, of_a, of_b] = &row.cells;
        let units = [commune(&row, &communes, a)?, commune(&row, &communes, b)?];
        let pair = [province(&row, &provinces, of_a)?, province(&row, &provinces, of_b)?];
        if a == b || of_a == of_b {
            return Err(row.error("a border has two sides, and the line two provinces"));
        }
        if !seen.insert(BTreeSet::from(units)) {
            return Err(row.error(format!("that {a} and {b} touch was said before")));
        }
        if let Some(zone) = zones.get(&BTreeSet::from(pair)) {
            joining.entry(&zone.id).or_default().extend(units);
        }
    }
    Ok(joining)
}

/// The zone of two provinces is the one whose provinces are these two; of several the oldest.
fn zones_of_pairs(directory: &Directory) -> BTreeMap<BTreeSet<&UnitId>, &Zone> {
    let is_province = |id: &&UnitId| {
        let unit = directory.unit(id);
        unit.is_some_and(|unit| unit.level == Level::Province && unit.is_alive(directory.head()))
    };
    let mut zones: BTreeMap<BTreeSet<&UnitId>, &Zone> = BTreeMap::new();
    for zone in directory.zones() {
        let provinces: BTreeSet<&UnitId> = zone.members.iter().filter(is_province).collect();
        let older = zones.get(&provinces).is_none_or(|other| zone.since < other.since);
        if provinces.len() == 2 && older {
            zones.insert(provinces, zone);
        }
    }
    zones
}

fn commune<'a>(
    row: &Row<4>,
    communes: &BTreeMap<&str, &'a UnitId>,
    code: &str,
) -> Result<&'a UnitId, TableError> {
    let found = communes.get(code).copied();
    found.ok_or_else(|| row.error(format!("units_2025.csv has no commune with the code {code}")))
}

fn province<'a>(
    row: &Row<4>,
    provinces: &BTreeMap<&str, &'a UnitId>,
    code: &str,
) -> Result<&'a UnitId, TableError> {
    let found = provinces.get(code).copied();
    found.ok_or_else(|| row.error(format!("no province had the code {code} before this step")))
}
