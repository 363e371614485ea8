//! The reorganisation of 2025, from the tables to what the registrar says, in its two real steps:
//!
//! 1. [`first_step`], 1 March: district police end. The province succeeds each of its districts in
//!    its cases, takes the communes under itself, and its node acts for those that a district's
//!    node acted for.
//! 2. [`second_step`], 1 July: provinces merge and communes are redrawn.
//!
//! Each step is **one event**: a step that is half taken would leave units without anybody who
//! answers for them, and a day has one head. The rules:
//!
//! - A province of 2025 continues the province of the same *name*, whatever the codes say: Tây Ninh
//!   goes on and gets the code 80, which was Long An's. Where no province has the name, a unit is
//!   registered. Every other province merges into the one that the table gives.
//! - A commune goes on as the unit that it is when the table keeps it and its province goes on too;
//!   it gets the new spelling of its name. Every other commune of 2025 is a new unit under its
//!   province, with an id made as in `naming`. Where a unit has or had that id, the kind is kept
//!   (`hcm_cu-chi` was the district, so the commune is `hcm_cu-chi-commune`); where that was given
//!   too, the year of the step follows (`-2025`). Communes of one province that have the same name
//!   but for accents (Tân Thành, Tân Thạnh) each carry kind and code, so that no id depends on the
//!   order of the table.
//! - A commune that became a part of another ends as merged; one that was divided ends as split, and
//!   the unit of its first row answers for it.
//! - A zone stays: who ended leaves it, and the units that came of a member are members. What
//!   touches across the line of two old provinces is a member of the zone of that pair, so that
//!   units without a predecessor are where their border is. What was granted for a time ends with
//!   the unit that it was granted to.
//! - Where a province has a node, it acts for all communes of the province that no other node acts
//!   for.
//!
//! `conversion` reads the tables; `zones` and `nodes` say what follows for these; [`borders`] says
//! which units touch before and after.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes::{EndCause, Level};
use crate::rejection::Fault;
use crate::wire::proto::{self, directory_change::Change};
use crate::{Directory, UnitId, time};

pub mod borders;
mod conversion;
mod nodes;
mod units;
mod zones;

pub use crate::table::TableError;
use conversion::{Fate, Plan};

/// The tables of the second step, as text.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// `units_2025.csv`: `code,parent,level,name_vi,name_en_ascii`, without districts.
    pub units: &'a str,
    /// `reorganisation_2025.csv`: `old_code,new_code,kind`; other columns are left alone.
    pub conversion: &'a str,
    /// `adjacency_communes_2025.csv`: `unit_a,unit_b,old_province_a,old_province_b`; other columns
    /// are left alone.
    pub adjacency: &'a str,
}

/// How far the log of a node counts whose unit ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// The epoch that the node signs.
    pub epoch: u32,
    /// Index and leaf hash of the last event that counts; `None`: it published nothing in it.
    pub last: Option<(u64, [u8; 32])>,
}

/// A step can't be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReorganisationError {
    /// A row is at fault, or doesn't fit the directory: correct the file.
    #[error(transparent)]
    Row(#[from] TableError),
    /// The decision has no day.
    #[error("\"{0}\" is not the day from which the decision has effect; write it as 2025-03-01")]
    Date(String),
    /// The first step comes first.
    #[error(
        "the district {0} has not ended: take the first step, of 1 March 2025, before this one"
    )]
    TooEarly(UnitId),
    /// There is nothing left to do.
    #[error("this step was taken before: {0}")]
    Taken(String),
    /// The unit that keeps the directory would end.
    #[error("{0} keeps the directory and ends by this step: hand the directory over first")]
    Registrar(UnitId),
    /// Nobody knows how far these nodes' feeds count.
    #[error(
        "how far do the logs of these nodes count, whose units end: {}? Wait until this node has \
         all that they published, so that it can name their last events; or cut their feeds first, \
         each in a decision of its own",
        shown(.0)
    )]
    NoEnding(Vec<UnitId>),
    /// The ending is one of another life of the node's log.
    #[error("{unit}: its node signs epoch {enrolled}, but an ending of epoch {given} was given")]
    Epoch {
        /// Whose node.
        unit: UnitId,
        /// By the directory.
        enrolled: u32,
        /// By the caller.
        given: u32,
    },
    /// The directory would not take it.
    #[error("the step contradicts the directory: {}", messages(.0))]
    Contradiction(Vec<Fault>),
}

fn shown(units: &[UnitId]) -> String {
    units.iter().map(UnitId::as_str).collect::<Vec<_>>().join(", ")
}

fn messages(faults: &[Fault]) -> String {
    faults.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>().join(" ")
}

/// The end of the district police. `endings` says of each district with a node how far its log
/// counts; what it says of others is left alone. `decision` is the decision that it carries out, as
/// people cite it.
pub fn first_step(
    directory: &Directory,
    endings: &BTreeMap<UnitId, Ending>,
    decision: &str,
    effective_from: &str,
) -> Result<proto::DirectoryChanged, ReorganisationError> {
    let districts = directory.units().filter(|unit| unit.level == Level::District);
    // The directory lets no district be without a province.
    let heirs: BTreeMap<UnitId, Vec<UnitId>> =
        districts.map(|unit| (unit.id.clone(), unit.parent.iter().cloned().collect())).collect();
    if heirs.is_empty() {
        return Err(ReorganisationError::Taken("there is no district that could end".to_owned()));
    }
    let mut changes = nodes::cuts(directory, heirs.keys(), endings)?;
    for commune in directory.units() {
        let parent = commune.parent.as_ref().and_then(|parent| heirs.get(parent)?.first());
        changes.extend(parent.map(|province| {
            Change::UnitMoved(proto::UnitMoved {
                id: commune.id.to_string(),
                parent: province.to_string(),
            })
        }));
    }
    changes.extend(heirs.iter().map(|(id, heirs)| ended(id, EndCause::Abolished, heirs)));
    changes.extend(zones::redrawn(directory, &heirs, &BTreeMap::new()));
    changes.extend(nodes::taken_over(directory, &heirs));
    event(directory, changes, decision, effective_from)
}

/// The merger of the provinces and the redrawing of the communes. `endings` says of each node whose
/// unit ends how far its log counts.
pub fn second_step(
    directory: &Directory,
    sources: &Sources<'_>,
    endings: &BTreeMap<UnitId, Ending>,
    decision: &str,
    effective_from: &str,
) -> Result<proto::DirectoryChanged, ReorganisationError> {
    if let Some(district) = directory.units().find(|unit| unit.level == Level::District) {
        return Err(ReorganisationError::TooEarly(district.id.clone()));
    }
    if let Some(head) = second_step_at(directory) {
        return Err(ReorganisationError::Taken(format!("head {head} merged provinces")));
    }
    day(effective_from)?;
    let plan = Plan::read(directory, sources, &effective_from[..4])?;
    let joining = zones::across(directory, sources.adjacency, &plan)?;
    let ends = |fate: &Fate| fate.cause.map(|cause| (fate.old.clone(), cause, fate.heirs.clone()));
    let ends: Vec<(UnitId, EndCause, Vec<UnitId>)> = plan.fates.iter().filter_map(ends).collect();
    let heirs: BTreeMap<UnitId, Vec<UnitId>> =
        ends.iter().map(|(id, _, heirs)| (id.clone(), heirs.clone())).collect();
    // Units come before those that end into them; communes end before their provinces.
    let mut changes = plan.units_of_after(directory);
    changes.extend(nodes::cuts(directory, heirs.keys(), endings)?);
    for depth in [Level::Commune, Level::Province] {
        let of_level = |(id, ..): &&(UnitId, EndCause, Vec<UnitId>)| {
            directory.unit(id).is_some_and(|unit| unit.level == depth)
        };
        let ending = ends.iter().filter(of_level);
        changes.extend(ending.map(|(id, cause, heirs)| ended(id, *cause, heirs)));
    }
    changes.extend(zones::redrawn(directory, &heirs, &joining));
    let communes = plan.units.iter().filter(|unit| unit.level == Level::Commune);
    let communes: BTreeSet<UnitId> = communes.map(|unit| unit.id.clone()).collect();
    changes.extend(nodes::serving_all(directory, &communes, &heirs));
    event(directory, changes, decision, effective_from)
}

/// The head that took the second step: the one by which provinces merged.
pub fn second_step_at(directory: &Directory) -> Option<u64> {
    let provinces = directory.all_units().filter(|unit| unit.level == Level::Province);
    let ends = provinces.filter_map(|unit| unit.ended.as_ref());
    ends.filter(|end| end.cause == EndCause::Merged).map(|end| end.at).min()
}

fn ended(id: &UnitId, cause: EndCause, heirs: &[UnitId]) -> Change {
    let parts = if cause == EndCause::Split { heirs } else { &[] };
    Change::UnitEnded(proto::UnitEnded {
        id: id.to_string(),
        successor: heirs.first().map(ToString::to_string).unwrap_or_default(),
        cause: cause.code().to_owned(),
        parts: parts.iter().map(ToString::to_string).collect(),
    })
}

fn day(text: &str) -> Result<(), ReorganisationError> {
    time::date(text).map(|_| ()).ok_or_else(|| ReorganisationError::Date(text.to_owned()))
}

/// The event, after the directory has tried it on.
fn event(
    directory: &Directory,
    changes: Vec<Change>,
    decision: &str,
    effective_from: &str,
) -> Result<proto::DirectoryChanged, ReorganisationError> {
    day(effective_from)?;
    let event = proto::DirectoryChanged {
        decision: decision.to_owned(),
        effective_from: effective_from.to_owned(),
        changes: changes
            .into_iter()
            .map(|change| proto::DirectoryChange { change: Some(change) })
            .collect(),
    };
    let faults = directory.try_on(&event, &BTreeSet::new());
    if faults.is_empty() { Ok(event) } else { Err(ReorganisationError::Contradiction(faults)) }
}
