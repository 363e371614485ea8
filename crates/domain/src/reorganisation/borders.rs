//! Which units touch, from the tables of borders.
//!
//! The tables name units by official code, and codes are used again: a code is looked up as of a
//! head under which the table was true. Of what touched then, that which is still there is given.

use std::collections::{BTreeMap, BTreeSet};

use super::{TableError, second_step_at};
use crate::Directory;
use crate::codes::Level;
use crate::directory::{Border, Unit};
use crate::table::{has_column, rows};

/// The tables, as text.
#[derive(Debug, Clone, Copy)]
pub struct Tables<'a> {
    /// `adjacency.csv`, of the structure of 2023:
    /// `unit_a,unit_b,level,shared_km,cross_province`.
    pub before: &'a str,
    /// `adjacency_communes_2025.csv`, from the second step on: `unit_a,unit_b,shared_km`.
    pub after: &'a str,
}

/// The borders across the lines of provinces, by id: of units that exist now, as far as both tables
/// know them.
pub fn known(directory: &Directory, tables: &Tables<'_>) -> Result<Vec<Border>, TableError> {
    let before = last_head_of_districts(directory);
    let mut borders = touching(directory, "adjacency.csv", tables.before, before)?;
    if let Some(head) = second_step_at(directory) {
        borders.extend(touching(directory, "adjacency_communes_2025.csv", tables.after, head)?);
    }
    borders.sort();
    Ok(borders)
}

/// The head under which the first table is true: the last one before a district ended, or today's.
/// Not that of a day, since a cluster may have been founded on a later one.
fn last_head_of_districts(directory: &Directory) -> u64 {
    let districts = directory.all_units().filter(|unit| unit.level == Level::District);
    let ends = districts.filter_map(|unit| unit.ended.as_ref()).map(|end| end.at);
    ends.min().map_or_else(|| directory.head(), |head| head - 1)
}

/// The borders of one table, by id, whose codes were in force under the head `at`. A table without
/// a column `level` is about communes, one without `cross_province` about borders across the line
/// of two provinces. Inside a province nobody needs a zone to hear of each other, so these are
/// checked and left out.
pub fn touching(
    directory: &Directory,
    file: &'static str,
    text: &str,
    at: u64,
) -> Result<Vec<Border>, TableError> {
    let mut by_code: BTreeMap<(Level, &str), &Unit> = BTreeMap::new();
    for unit in directory.all_units().filter(|unit| unit.is_alive(at)) {
        by_code.insert((unit.level, unit.code_at(at)), unit);
    }
    let column = |name, otherwise| if has_column(text, name) { name } else { otherwise };
    let columns = [
        "unit_a",
        "unit_b",
        "shared_km",
        column("level", "unit_a"),
        column("cross_province", "unit_a"),
    ];
    let (has_level, has_line) = (columns[3] == "level", columns[4] == "cross_province");
    let mut seen = BTreeSet::new();
    let mut borders = Vec::new();
    for row in rows(file, text, columns)? {
        let [a, b, length, level, across] = &row.cells;
        let level =
            if has_level { row.code(level, Level::parse, Level::list)? } else { Level::Commune };
        let unit = |code: &str| {
            let found = by_code.get(&(level, code)).copied();
            found.ok_or_else(|| {
                row.error(format!("under head {at} there was no {level} with the code {code}"))
            })
        };
        let (a, b) = (unit(a)?, unit(b)?);
        let pair = if a.id < b.id { (&a.id, &b.id) } else { (&b.id, &a.id) };
        if a.id == b.id || !seen.insert(pair) {
            let message = format!("that {} and {} touch: once, and of two", pair.0, pair.1);
            return Err(row.error(message));
        }
        let shared_m = metres(length)
            .ok_or_else(|| row.error(format!("\"{length}\" is no length in kilometres")))?;
        let across = match across.as_str() {
            _ if !has_line => true,
            "1" => true,
            "0" => false,
            other => return Err(row.error(format!("\"{other}\" is neither 0 nor 1"))),
        };
        let now = directory.head();
        if across && a.is_alive(now) && b.is_alive(now) {
            borders.push(Border { a: pair.0.clone(), b: pair.1.clone(), shared_m });
        }
    }
    borders.sort();
    Ok(borders)
}

/// `66.3` → 66300. Lengths are written with at most three places.
fn metres(km: &str) -> Option<u64> {
    let (whole, part) = km.split_once('.').unwrap_or((km, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || part.len() > 3 || !digits(whole) || !digits(part) {
        return None;
    }
    let metres = format!("{part:0<3}").parse::<u64>().ok()?;
    whole.parse::<u64>().ok()?.checked_mul(1000)?.checked_add(metres)
}
