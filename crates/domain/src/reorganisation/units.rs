//! The units of 2025: which of them are there already, and the ids of the others.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, TableError};
use crate::codes::Level;
use crate::directory::Unit;
use crate::naming::{COLUMNS, Overview, id_text, joined};
use crate::table::{Row, rows};
use crate::wire::proto;
use crate::{Directory, UnitId};

pub(super) const FILE: &str = "units_2025.csv";

/// A unit of 2025.
pub(super) struct After {
    pub(super) id: UnitId,
    pub(super) parent: Option<UnitId>,
    pub(super) level: Level,
    pub(super) code: String,
    name: String,
}

impl After {
    /// What has to be said so that it is there and is what it is.
    pub(super) fn change(&self, directory: &Directory) -> Option<Change> {
        let Some(before) = directory.unit(&self.id) else {
            return Some(Change::UnitRegistered(proto::UnitRegistered {
                id: self.id.to_string(),
                parent: self.parent.as_ref().map(ToString::to_string).unwrap_or_default(),
                level: self.level.code().to_owned(),
                name: self.name.clone(),
                official_code: self.code.clone(),
            }));
        };
        let new = |before: &String, after: &String| {
            if before == after { String::new() } else { after.clone() }
        };
        let name = new(&before.name, &self.name);
        let official_code = new(&before.official_code, &self.code);
        (!name.is_empty() || !official_code.is_empty()).then(|| {
            Change::UnitRenamed(proto::UnitRenamed { id: self.id.to_string(), name, official_code })
        })
    }
}

/// The ids that can't be given.
struct Taken<'a> {
    directory: &'a Directory,
    /// By this table.
    new: BTreeSet<UnitId>,
    year: &'a str,
}

/// The provinces, then the communes, each in the order of the table. `kept` are the communes that
/// the table of conversions keeps, by code.
pub(super) fn read(
    directory: &Directory,
    text: &str,
    kept: &BTreeMap<&str, &Unit>,
    year: &str,
) -> Result<Vec<After>, TableError> {
    let rows = rows(FILE, text, COLUMNS)?;
    let overview = Overview::of(&rows)?;
    let mut taken = Taken { directory, new: BTreeSet::new(), year };
    let mut units: Vec<After> = Vec::with_capacity(rows.len());
    let mut provinces: BTreeMap<&str, UnitId> = BTreeMap::new();
    for level in Level::ALL {
        for row in &rows {
            let [code, parent, _, name, _] = &row.cells;
            if overview.levels.get(code.as_str()) != Some(level) {
                continue;
            }
            stands_right(row, *level, overview.levels.get(parent.as_str()).copied())?;
            let parent = provinces.get(parent.as_str()).cloned();
            let before = match &parent {
                None => directory.units().find(|unit| unit.level == *level && unit.name == *name),
                Some(province) => {
                    kept.get(code.as_str()).copied().filter(|unit| unit.id.province() == *province)
                }
            };
            let id = match before {
                Some(before) if taken.new.insert(before.id.clone()) => before.id.clone(),
                Some(before) => return Err(row.error(format!("{} goes on twice", before.id))),
                None => taken.form(row, parent.as_ref(), &overview)?,
            };
            if *level == Level::Province {
                provinces.insert(code, id.clone());
            }
            let (code, name) = (code.clone(), name.clone());
            units.push(After { id, parent, level: *level, code, name });
        }
    }
    Ok(units)
}

impl Taken<'_> {
    /// An id that no unit has or had.
    fn form(
        &mut self,
        row: &Row<5>,
        parent: Option<&UnitId>,
        overview: &Overview<'_>,
    ) -> Result<UnitId, TableError> {
        let [code, .., english] = &row.cells;
        let with_kind = joined(english);
        let own = if overview.has_namesake(row) {
            let with_code = format!("{with_kind}-{code}");
            vec![with_code]
        } else {
            let with_year = format!("{with_kind}-{}", self.year);
            vec![overview.own(row), with_kind, with_year]
        };
        for own in &own {
            let id = id_text(parent, own).parse();
            let id: UnitId = id.map_err(|error| row.error(format!("{error}")))?;
            if self.directory.unit(&id).is_none() && self.new.insert(id.clone()) {
                return Ok(id);
            }
        }
        let tried = own.iter().map(|own| id_text(parent, own)).collect::<Vec<_>>().join(", ");
        Err(row.error(format!("every id that it could get was given before: {tried}")))
    }
}

fn stands_right(row: &Row<5>, level: Level, above: Option<Level>) -> Result<(), TableError> {
    let [code, parent, ..] = &row.cells;
    match level {
        Level::Province if parent.is_empty() => Ok(()),
        Level::Province => Err(row.error(format!("the province {code} can't have a parent"))),
        Level::District => Err(row.error(format!("{code}: there are no districts any more"))),
        Level::Commune if above == Some(Level::Province) => Ok(()),
        Level::Commune => {
            Err(row.error(format!("{code}: there is no province \"{parent}\" above it")))
        }
    }
}
