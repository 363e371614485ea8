//! How an id is made of a name.
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

use std::collections::BTreeMap;

use crate::UnitId;
use crate::codes::Level;
use crate::table::{Row, TableError};

/// The words that say what kind of unit a name belongs to, as the tables write them.
const KINDS: [&str; 8] = [
    "City",
    "Commune",
    "District",
    "Province",
    "Special administrative region",
    "Town",
    "Township",
    "Ward",
];
/// Provinces whose id is not their slug.
const SHORT: [(&str, &str); 1] = [("ho-chi-minh", "hcm")];

/// The columns of a table of units.
pub(crate) const COLUMNS: [&str; 5] = ["code", "parent", "level", "name_vi", "name_en_ascii"];

/// What a whole table of units says, which a row's id depends on.
pub(crate) struct Overview<'t> {
    pub(crate) levels: BTreeMap<&'t str, Level>,
    /// How many units of a parent have a slug.
    slugs: BTreeMap<(&'t str, String), usize>,
    /// How many units of a parent have a name without accents.
    names: BTreeMap<(&'t str, String), usize>,
}

impl<'t> Overview<'t> {
    pub(crate) fn of(rows: &'t [Row<5>]) -> Result<Self, TableError> {
        let mut overview =
            Self { levels: BTreeMap::new(), slugs: BTreeMap::new(), names: BTreeMap::new() };
        for row in rows {
            let [code, parent, level, name, english] = &row.cells;
            let level = row.code(level, Level::parse, Level::list)?;
            if code.is_empty()
                || name.is_empty()
                || joined(english).is_empty()
                || !english.is_ascii()
            {
                let rule = "a unit needs a code, a name, and its name in ASCII letters";
                return Err(row.error(rule));
            }
            if overview.levels.insert(code, level).is_some() {
                return Err(row.error(format!("the code {code} was given before")));
            }
            *overview.slugs.entry((parent, slug(english))).or_default() += 1;
            *overview.names.entry((parent, joined(english))).or_default() += 1;
        }
        Ok(overview)
    }

    /// A unit's own part of its id.
    pub(crate) fn own(&self, row: &Row<5>) -> String {
        let [_, parent, _, _, english] = &row.cells;
        let slug = slug(english);
        let shared = self.slugs.get(&(parent.as_str(), slug.clone())).is_some_and(|many| *many > 1);
        if shared { joined(english) } else { slug }
    }

    /// Whether another unit of its parent has the same name but for accents.
    pub(crate) fn has_namesake(&self, row: &Row<5>) -> bool {
        let [_, parent, _, _, english] = &row.cells;
        let name = (parent.as_str(), joined(english));
        self.names.get(&name).is_some_and(|many| *many > 1)
    }
}

/// A unit's id from that of its parent and its own part.
pub(crate) fn id_text(parent: Option<&UnitId>, own: &str) -> String {
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
pub(crate) fn joined(english: &str) -> String {
    english
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect::<Vec<_>>()
        .join("-")
}
