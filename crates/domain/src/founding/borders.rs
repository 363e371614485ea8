//! From the table of borders to zones.
//!
//! A zone is a pair of provinces that touch. Its id names both in alphabetical order; its members
//! are the two, the districts that touch across their line, and all communes of those districts.

use std::collections::{BTreeMap, BTreeSet};

use super::Change;
use super::units::Unit;
use crate::codes::Level;
use crate::table::{Row, TableError, rows};
use crate::wire::proto;
use crate::{UnitId, ZoneId};

/// Two provinces, in alphabetical order of their ids.
type Pair = (UnitId, UnitId);

/// A row: two units of one level that touch.
struct Border<'u> {
    units: [&'u Unit; 2],
    level: Level,
    /// The provinces, where the border is one between provinces.
    pair: Option<Pair>,
}

/// The zones, by the provinces' ids.
pub(super) fn read(text: &str, units: &[Unit]) -> Result<Vec<Change>, TableError> {
    let codes = units.iter().map(|unit| (unit.code.as_str(), unit));
    let by_code: BTreeMap<&str, &Unit> = codes.collect();
    let columns = ["unit_a", "unit_b", "level", "cross_province"];
    let rows = rows("adjacency.csv", text, columns)?;
    let mut seen = BTreeSet::new();
    let mut borders = Vec::with_capacity(rows.len());
    for row in &rows {
        let border = border(row, &by_code)?;
        let [a, b] = border.units.map(|unit| &unit.id);
        if !seen.insert((a.min(b), a.max(b))) {
            return Err(row.error(format!("that {a} and {b} touch was said before")));
        }
        borders.push((row, border));
    }
    let mut zones: BTreeMap<&Pair, (ZoneId, BTreeSet<&UnitId>)> = BTreeMap::new();
    for (row, border) in &borders {
        if let (Level::Province, Some(pair)) = (border.level, &border.pair) {
            let id = format!("{}-{}", pair.0, pair.1).parse();
            let id: ZoneId = id.map_err(|error| row.error(format!("{error}")))?;
            if zones.values().any(|(other, _)| *other == id) {
                return Err(row.error(format!("another zone has the id {id}")));
            }
            zones.insert(pair, (id, BTreeSet::new()));
        }
    }
    for (row, border) in &borders {
        if let (Level::District, Some(pair)) = (border.level, &border.pair) {
            let Some((_, districts)) = zones.get_mut(pair) else {
                let (a, b) = pair;
                return Err(row.error(format!("no row says that the provinces {a} and {b} touch")));
            };
            districts.extend(border.units.map(|unit| &unit.id));
        }
    }
    Ok(zones.iter().map(|(pair, (id, districts))| zone(id, pair, districts, units)).collect())
}

fn border<'u>(row: &Row<4>, by_code: &BTreeMap<&str, &'u Unit>) -> Result<Border<'u>, TableError> {
    let [a, b, level, across] = &row.cells;
    let level: Level = row.code(level, Level::parse, Level::list)?;
    let unit = |code: &String| {
        let unit = by_code.get(code.as_str()).copied();
        let unit =
            unit.ok_or_else(|| row.error(format!("there is no unit with the code {code}")))?;
        if unit.level == level {
            Ok(unit)
        } else {
            Err(row.error(format!("{code} is a {}, not a {level}", unit.level)))
        }
    };
    let units = [unit(a)?, unit(b)?];
    if a == b {
        return Err(row.error(format!("{a} can't touch itself")));
    }
    let [first, second] = units.map(|unit| unit.id.province());
    let pair =
        (first != second).then(|| if first < second { (first, second) } else { (second, first) });
    if across != if pair.is_some() { "1" } else { "0" } {
        let message = "cross_province must be 1 between provinces and 0 inside one";
        return Err(row.error(message));
    }
    Ok(Border { units, level, pair })
}

fn zone(id: &ZoneId, (a, b): &Pair, districts: &BTreeSet<&UnitId>, units: &[Unit]) -> Change {
    let name_of = |province: &UnitId| {
        let unit = units.iter().find(|unit| unit.id == *province);
        plain_name(unit.map_or(province.as_str(), |unit| &unit.name)).to_owned()
    };
    let is_member = |unit: &&Unit| {
        let parent = unit.parent.as_ref();
        unit.id == *a
            || unit.id == *b
            || districts.contains(&unit.id)
            || parent.is_some_and(|parent| districts.contains(parent))
    };
    let members = units.iter().filter(is_member);
    Change::ZoneDefined(proto::ZoneDefined {
        id: id.to_string(),
        name: format!("Vùng giáp ranh {} – {}", name_of(a), name_of(b)),
        members: members.map(|unit| unit.id.to_string()).collect(),
        one_province: false,
    })
}

/// A province's name without the word for province or city.
fn plain_name(name: &str) -> &str {
    ["Tỉnh ", "Thành phố "].iter().find_map(|kind| name.strip_prefix(kind)).unwrap_or(name)
}
