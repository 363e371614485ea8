//! From the table of units to units with ids.
//!
//! - A unit's slug is its name without accents, in lower case, words joined by dashes, without the
//!   last word when that says what kind of unit it is: `Duc Hoa District` → `duc-hoa`. Where no
//!   letter would remain, and where the kind does not stand last, nothing is taken away: `Ward 1` →
//!   `ward-1`.
//! - Where units of one parent would have the same slug, *each* of them keeps its kind: neither
//!   `cai-lay-town` nor `cai-lay-district` can be mistaken for the other, and no id depends on the
//!   order of the table.
//! - An id is the slug of the province, then `_` and the slug for every level below, so that what
//!   stands before the first `_` is the province. Ho Chi Minh City is `hcm`, as everybody writes it.

use std::collections::{BTreeMap, BTreeSet};

use super::table::{Row, rows};
use super::{Change, FoundingError};
use crate::UnitId;
use crate::codes::Level;
use crate::wire::proto;

/// The words that say what kind of unit a name belongs to, as the table writes them.
const KINDS: [&str; 7] = ["City", "Commune", "District", "Province", "Town", "Township", "Ward"];
/// Provinces whose id is not their slug.
const SHORT: [(&str, &str); 1] = [("ho-chi-minh", "hcm")];

/// A row of the table with the id that it gets.
pub(super) struct Unit {
    pub(super) id: UnitId,
    pub(super) parent: Option<UnitId>,
    pub(super) level: Level,
    pub(super) code: String,
    pub(super) name: String,
}

impl Unit {
    pub(super) fn registered(&self) -> Change {
        let parent = self.parent.as_ref().map(ToString::to_string);
        Change::UnitRegistered(proto::UnitRegistered {
            id: self.id.to_string(),
            parent: parent.unwrap_or_default(),
            level: self.level.code().to_owned(),
            name: self.name.clone(),
            official_code: self.code.clone(),
        })
    }
}

/// What the whole table says, which a row's id depends on.
struct Overview<'t> {
    levels: BTreeMap<&'t str, Level>,
    /// How many units of a parent have a slug.
    slugs: BTreeMap<(&'t str, String), usize>,
}

/// The provinces, then the districts, then the communes, each in the order of the table.
pub(super) fn read(text: &str) -> Result<Vec<Unit>, FoundingError> {
    let columns = ["code", "parent", "level", "name_vi", "name_en_ascii"];
    let rows = rows("units.csv", text, columns)?;
    let overview = overview(&rows)?;
    let mut units = Vec::with_capacity(rows.len());
    let mut ids: BTreeMap<&str, UnitId> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for level in Level::ALL {
        for row in &rows {
            let [code, parent, _, name, english] = &row.cells;
            if overview.levels[code.as_str()] != *level {
                continue;
            }
            stands_right(row, *level, overview.levels.get(parent.as_str()).copied())?;
            let parent_id = ids.get(parent.as_str()).cloned();
            let slug = slug(english);
            let shared = overview.slugs[&(parent.as_str(), slug.clone())] > 1;
            let own = if shared { joined(english) } else { slug };
            let id: UnitId = id_text(parent_id.as_ref(), &own)
                .parse()
                .map_err(|error| row.error(format!("{error}")))?;
            if !taken.insert(id.clone()) {
                return Err(row.error(format!("another unit has the id {id}")));
            }
            ids.insert(code, id.clone());
            units.push(Unit {
                id,
                parent: parent_id,
                level: *level,
                code: code.clone(),
                name: name.clone(),
            });
        }
    }
    Ok(units)
}

fn overview(rows: &[Row<5>]) -> Result<Overview<'_>, FoundingError> {
    let mut overview = Overview { levels: BTreeMap::new(), slugs: BTreeMap::new() };
    for row in rows {
        let [code, parent, level, name, english] = &row.cells;
        let level = row.code(level, Level::parse, Level::list)?;
        if code.is_empty() || name.is_empty() || joined(english).is_empty() || !english.is_ascii() {
            let rule = "a unit needs a code, a name, and its name in ASCII letters";
            return Err(row.error(rule));
        }
        if overview.levels.insert(code, level).is_some() {
            return Err(row.error(format!("the code {code} was given before")));
        }
        *overview.slugs.entry((parent, slug(english))).or_default() += 1;
    }
    Ok(overview)
}

/// That a unit of that level stands under a parent of the level above.
fn stands_right(row: &Row<5>, level: Level, above: Option<Level>) -> Result<(), FoundingError> {
    let [code, parent, ..] = &row.cells;
    match (level, above) {
        (Level::Province, None) if parent.is_empty() => Ok(()),
        (Level::District, Some(Level::Province)) | (Level::Commune, Some(Level::District)) => {
            Ok(())
        }
        (Level::Province, _) => Err(row.error(format!("the province {code} can't have a parent"))),
        (_, None) => Err(row.error(format!("{code}: there is no unit \"{parent}\" above it"))),
        (_, Some(above)) => {
            Err(row.error(format!("{code}: a {level} can't stand under a {above}")))
        }
    }
}

fn id_text(parent: Option<&UnitId>, own: &str) -> String {
    match parent {
        Some(parent) => format!("{parent}_{own}"),
        None => {
            SHORT.iter().find(|(slug, _)| *slug == own).map_or(own, |(_, short)| short).to_owned()
        }
    }
}

/// A name without the kind of unit.
fn slug(english: &str) -> String {
    let without_kind = |kind: &&str| english.strip_suffix(kind)?.strip_suffix(' ');
    KINDS
        .iter()
        .find_map(without_kind)
        .filter(|stem| stem.bytes().any(|byte| byte.is_ascii_alphabetic()))
        .map_or_else(|| joined(english), joined)
}

/// Lower case, words joined by dashes.
fn joined(english: &str) -> String {
    english
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect::<Vec<_>>()
        .join("-")
}
