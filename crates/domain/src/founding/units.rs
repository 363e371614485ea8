//! From the table of units to units with ids, which are made as `naming` says.

use std::collections::{BTreeMap, BTreeSet};

use super::Change;
use crate::UnitId;
use crate::codes::Level;
use crate::naming::{COLUMNS, Overview, id_text};
use crate::table::{Row, TableError, rows};
use crate::wire::proto;

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

/// The provinces, then the districts, then the communes, each in the order of the table.
pub(super) fn read(text: &str) -> Result<Vec<Unit>, TableError> {
    let rows = rows("units.csv", text, COLUMNS)?;
    let overview = Overview::of(&rows)?;
    let mut units = Vec::with_capacity(rows.len());
    let mut ids: BTreeMap<&str, UnitId> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for level in Level::ALL {
        for row in &rows {
            let [code, parent, _, name, _] = &row.cells;
            if overview.levels[code.as_str()] != *level {
                continue;
            }
            stands_right(row, *level, overview.levels.get(parent.as_str()).copied())?;
            let parent_id = ids.get(parent.as_str()).cloned();
            let id: UnitId = id_text(parent_id.as_ref(), &overview.own(row))
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

/// That a unit of that level stands under a parent of the level above.
fn stands_right(row: &Row<5>, level: Level, above: Option<Level>) -> Result<(), TableError> {
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
