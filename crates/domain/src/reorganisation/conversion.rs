//! What becomes of each unit, by the table of conversions.

use std::collections::BTreeMap;

use super::units::{self, After};
use super::{Change, Sources, TableError};
use crate::codes::{EndCause, Level};
use crate::directory::Unit;
use crate::table::{Row, at, rows};
use crate::{Directory, UnitId};

const FILE: &str = "reorganisation_2025.csv";

/// The second step as the tables have it.
pub(super) struct Plan {
    /// The provinces, then the communes.
    pub(super) units: Vec<After>,
    pub(super) fates: Vec<Fate>,
}

/// What becomes of a unit.
pub(super) struct Fate {
    pub(super) old: UnitId,
    /// How it ends; `None` when it goes on.
    pub(super) cause: Option<EndCause>,
    /// What comes of it, first who answers for it.
    pub(super) heirs: Vec<UnitId>,
}

/// What a row says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The province's code goes on. Which unit does is said by the name.
    ProvinceContinues,
    ProvinceMerged,
    /// Ended by the first step.
    DistrictAbolished,
    DistrictToSpecialZone,
    CommuneWhole,
    CommunePart,
    CommuneKept,
}

impl Kind {
    const ALL: [(&str, Self); 7] = [
        ("province_continues", Self::ProvinceContinues),
        ("province_merged", Self::ProvinceMerged),
        ("district_abolished", Self::DistrictAbolished),
        ("district_to_special_zone", Self::DistrictToSpecialZone),
        ("commune_whole", Self::CommuneWhole),
        ("commune_part", Self::CommunePart),
        ("commune_kept", Self::CommuneKept),
    ];

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(code, _)| *code == text).map(|(_, kind)| *kind)
    }

    fn list() -> String {
        Self::ALL.map(|(code, _)| code).join(", ")
    }

    fn level(self) -> Level {
        match self {
            Self::ProvinceContinues | Self::ProvinceMerged => Level::Province,
            Self::DistrictAbolished | Self::DistrictToSpecialZone => Level::District,
            Self::CommuneWhole | Self::CommunePart | Self::CommuneKept => Level::Commune,
        }
    }
}

/// A row, with the unit that it is about.
struct Conversion<'a> {
    row: &'a Row<3>,
    kind: Kind,
    old: &'a Unit,
}

impl Conversion<'_> {
    fn new_code(&self) -> &str {
        &self.row.cells[1]
    }
}

impl Plan {
    /// `year` is the one of the step.
    pub(super) fn read(
        directory: &Directory,
        sources: &Sources<'_>,
        year: &str,
    ) -> Result<Self, TableError> {
        let rows = rows(FILE, sources.conversion, ["old_code", "new_code", "kind"])?;
        let conversions = conversions(directory, &rows)?;
        let kept = kept(&conversions)?;
        let units = units::read(directory, sources.units, &kept, year)?;
        let by_code: BTreeMap<(Level, &str), &After> =
            units.iter().map(|unit| ((unit.level, unit.code.as_str()), unit)).collect();
        let mut by_old: BTreeMap<&UnitId, Vec<(&Conversion<'_>, &After)>> = BTreeMap::new();
        for conversion in &conversions {
            if let Some(after) = after(conversion, &by_code)? {
                let of_old = by_old.entry(&conversion.old.id).or_default();
                if of_old.iter().any(|(_, other)| other.id == after.id) {
                    return Err(conversion.row.error("the row stands here twice"));
                }
                of_old.push((conversion, after));
            }
        }
        is_whole(directory, &by_old)?;
        let mut fates = Vec::with_capacity(by_old.len());
        for (old, into) in &by_old {
            let cause = cause(into, &units)?;
            if let [(first, heir), ..] = into.as_slice()
                && heir.level == Level::Commune
            {
                stays_in_its_province(first, heir, &by_old)?;
            }
            let heirs = into.iter().map(|(_, after)| after.id.clone()).collect();
            fates.push(Fate { old: (*old).clone(), cause, heirs });
        }
        Ok(Self { units, fates })
    }

    /// The new units, and what is otherwise with those that go on.
    pub(super) fn units_of_after(&self, directory: &Directory) -> Vec<Change> {
        self.units.iter().filter_map(|after| after.change(directory)).collect()
    }
}

/// The rows, each with its unit. Codes are those of today: provinces and communes that exist, and
/// districts that existed.
fn conversions<'a>(
    directory: &'a Directory,
    rows: &'a [Row<3>],
) -> Result<Vec<Conversion<'a>>, TableError> {
    let mut by_code: BTreeMap<(Level, &str), Vec<&Unit>> = BTreeMap::new();
    let head = directory.head();
    for unit in directory.all_units() {
        if unit.level == Level::District || unit.is_alive(head) {
            by_code.entry((unit.level, &unit.official_code)).or_default().push(unit);
        }
    }
    let conversion = |row: &'a Row<3>| {
        let [code, _, kind] = &row.cells;
        let kind = row.code(kind, Kind::parse, Kind::list)?;
        let level = kind.level();
        let found = by_code.get(&(level, code.as_str())).map_or(&[][..], Vec::as_slice);
        match found {
            [old] => Ok(Conversion { row, kind, old }),
            [] => Err(row.error(format!("there is no {level} with the code {code} now"))),
            [a, b, ..] => {
                Err(row.error(format!("{} and {} both have the code {code}", a.id, b.id)))
            }
        }
    };
    rows.iter().map(conversion).collect()
}

/// The communes that the table keeps, by code.
fn kept<'a>(conversions: &[Conversion<'a>]) -> Result<BTreeMap<&'a str, &'a Unit>, TableError> {
    let mut kept = BTreeMap::new();
    for conversion in conversions.iter().filter(|row| row.kind == Kind::CommuneKept) {
        let [old, new, _] = &conversion.row.cells;
        if old != new {
            return Err(conversion.row.error("a commune that is kept keeps its code"));
        }
        kept.insert(old.as_str(), conversion.old);
    }
    Ok(kept)
}

/// The unit of 2025 that a row leads to. Districts have ended: none of theirs is looked for beyond
/// whether it exists.
fn after<'a>(
    conversion: &Conversion<'_>,
    by_code: &BTreeMap<(Level, &str), &'a After>,
) -> Result<Option<&'a After>, TableError> {
    let (row, code) = (conversion.row, conversion.new_code());
    let level = match conversion.kind {
        Kind::DistrictAbolished if code.is_empty() => return Ok(None),
        Kind::DistrictAbolished => {
            return Err(row.error("of a district that was abolished nothing comes"));
        }
        Kind::DistrictToSpecialZone => Level::Commune,
        kind => kind.level(),
    };
    let after = by_code.get(&(level, code)).copied().ok_or_else(|| {
        row.error(format!("{} has no {level} with the code \"{code}\"", units::FILE))
    })?;
    Ok((conversion.kind != Kind::DistrictToSpecialZone).then_some(after))
}

/// Nobody is left out.
fn is_whole(
    directory: &Directory,
    by_old: &BTreeMap<&UnitId, Vec<(&Conversion<'_>, &After)>>,
) -> Result<(), TableError> {
    match directory.units().find(|unit| !by_old.contains_key(&unit.id)) {
        Some(unit) => {
            let (id, code) = (&unit.id, &unit.official_code);
            Err(at(FILE, 1, format!("no row says what becomes of {id} (code {code})")))
        }
        None => Ok(()),
    }
}

fn cause(
    into: &[(&Conversion<'_>, &After)],
    units: &[After],
) -> Result<Option<EndCause>, TableError> {
    let [(conversion, heir), rest @ ..] = into else { return Ok(None) };
    let (row, old) = (conversion.row, &conversion.old.id);
    if rest.is_empty() {
        if conversion.kind == Kind::CommunePart {
            return Err(row.error(format!("no row says what becomes of the rest of {old}")));
        }
        if heir.id == *old {
            return Ok(None);
        }
        if units.iter().any(|unit| unit.id == *old) {
            let message = format!("{old} goes on by its name, so it can't end in {}", heir.id);
            return Err(row.error(message));
        }
        return Ok(Some(EndCause::Merged));
    }
    if let Some((other, _)) = into.iter().find(|(row, _)| row.kind != Kind::CommunePart) {
        let message = format!("{old} becomes several units, so each row is a commune_part");
        return Err(other.row.error(message));
    }
    Ok(Some(EndCause::Split))
}

/// A commune comes to the province that its own comes to: a row that says otherwise has a wrong code.
fn stays_in_its_province(
    conversion: &Conversion<'_>,
    heir: &After,
    by_old: &BTreeMap<&UnitId, Vec<(&Conversion<'_>, &After)>>,
) -> Result<(), TableError> {
    let old = &conversion.old.id;
    let to = by_old.get(&old.province()).and_then(|into| Some(&into.first()?.1.id));
    match (to, &heir.parent) {
        (Some(to), Some(parent)) if to != parent => {
            let message = format!(
                "{old} comes to {to} with its province, but {} stands under {parent}",
                heir.code
            );
            Err(conversion.row.error(message))
        }
        _ => Ok(()),
    }
}
