//! Units and rules, one change a decision; and the changes of a file, all in one.

use anyhow::Result;
use giapranh_domain::codes::CutCause;
use giapranh_domain::wire::proto::{self, directory_change::Change};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Place, cut, decide};
use crate::args::directory::change::{
    Allow, Change as OfFile, Deadline, End, Move, Register, Rename,
};
use crate::commands::file::{not_understood, read_json};
use crate::exit::{Exit, Failure};
use crate::say;

pub fn register(place: &Place, unit: Register) -> Result<()> {
    let registered = proto::UnitRegistered {
        id: unit.id.to_string(),
        parent: unit.parent.map(String::from).unwrap_or_default(),
        level: unit.level,
        name: unit.name,
        official_code: unit.code,
    };
    decide::submit(place, unit.decision, [Change::UnitRegistered(registered)])
}

pub fn rename(place: &Place, renamed: Rename) -> Result<()> {
    let Rename { unit, name, code, decision } = renamed;
    let (name, official_code) = (name.unwrap_or_default(), code.unwrap_or_default());
    let renamed = proto::UnitRenamed { id: unit.to_string(), name, official_code };
    decide::submit(place, decision, [Change::UnitRenamed(renamed)])
}

pub fn put_under(place: &Place, moved: Move) -> Result<()> {
    let Move { unit, parent, decision } = moved;
    let moved = proto::UnitMoved { id: unit.to_string(), parent: parent.to_string() };
    decide::submit(place, decision, [Change::UnitMoved(moved)])
}

/// Ends a unit. Where it has a node, the same decision says that its log ends with its closing.
pub fn end(place: &Place, end: End) -> Result<()> {
    let End { unit, successor, cause, parts, decision } = end;
    let directory = place.directory()?;
    let succeeded = CutCause::Succeeded.code();
    let made = match cut::open(&directory, &unit) {
        // A key that its province never confirmed has said nothing that counts.
        Some(tenure) if tenure.counts_from.is_none() => {
            Some(cut::nothing(&unit, tenure.epoch, succeeded))
        }
        Some(tenure) => cut::at_closing(place, &unit, tenure.epoch, succeeded)?,
        None => None,
    };
    let ended = proto::UnitEnded {
        id: unit.to_string(),
        successor: successor.to_string(),
        cause,
        parts: parts.iter().map(ToString::to_string).collect(),
    };
    let changes = made.map(Change::CutMade).into_iter().chain([Change::UnitEnded(ended)]);
    decide::submit(place, decision, changes)
}

pub fn allow(place: &Place, rule: Allow) -> Result<()> {
    let allowed = proto::IssuingAllowed {
        level: rule.level.unwrap_or_default(),
        category: rule.category,
        cluster: rule.cluster,
        unit: rule.unit.map(String::from).unwrap_or_default(),
        zones: rule.zones.iter().map(ToString::to_string).collect(),
        forbidden: rule.forbid,
    };
    decide::submit(place, rule.decision, [Change::IssuingAllowed(allowed)])
}

pub fn deadline(place: &Place, deadline: Deadline) -> Result<()> {
    let Deadline { name, seconds, decision } = deadline;
    decide::submit(place, decision, [Change::DeadlineSet(proto::DeadlineSet { name, seconds })])
}

/// Decides what stands in a file.
pub fn of_file(place: &Place, arguments: OfFile) -> Result<()> {
    let OfFile { file, decision, effective_from, officers } = arguments;
    let value: Value = read_json(&file)?;
    let parsed = if value.is_array() {
        parsed(value).map(|changes| proto::DirectoryChanged { changes, ..Default::default() })
    } else {
        parsed::<proto::DirectoryChanged>(value)
    };
    let mut changed = parsed.map_err(|error| not_understood(&file, &error))?;
    if let Some(place) = changed.changes.iter().position(|change| change.change.is_none()) {
        let why = say!("change-empty", number = place + 1);
        return Err(not_understood(&file, &why).into());
    }
    if let Some(decision) = decision {
        changed.decision = decision;
    }
    if changed.decision.is_empty() {
        let sentence = say!("decision-missing");
        return Err(Failure::new(Exit::Usage, sentence)
            .next("giapranh help directory change")
            .into());
    }
    match effective_from {
        Some(day) => changed.effective_from = day,
        None if changed.effective_from.is_empty() => changed.effective_from = decide::today(),
        None => {}
    }
    place.submit(&decide::order(place, officers, changed)?)
}

fn parsed<T: DeserializeOwned>(value: Value) -> Result<T, serde_json::Error> {
    serde_json::from_value(value)
}
