//! `giapranh directory reorganise`: the steps of 2025, from the tables and the nodes' closings.

use std::collections::BTreeMap;

use anyhow::Result;
use giapranh_domain::reorganisation::{
    Ending, ReorganisationError, Sources, first_step, second_step,
};
use giapranh_domain::wire::proto::DirectoryChanged;
use giapranh_domain::{Directory, UnitId};
use giapranh_log::{LOG_FILE, Reader};
use giapranh_node::registrar;
use serde::Deserialize as _;
use serde_json::{Value, json};

use super::{Place, decide, failure};
use crate::args::Form;
use crate::args::directory::change::Reorganise;
use crate::commands::file::read_file;
use crate::commands::{Accepted, acting};
use crate::exit::{Exit, Failure};
use crate::output::{self, Rows};
use crate::words::code;
use crate::{next, say};

/// Derives a step and has the running node decide it, or prints it.
pub fn run(place: &Place, arguments: Reorganise) -> Result<()> {
    let directory = place.directory()?;
    let dry_run = arguments.dry_run;
    let officers = arguments.decision.officers.clone();
    let changed = derived(place, &directory, arguments)?;
    let counts = counts(&changed);
    if dry_run {
        output::json(&changed)?;
        for (kind, count) in counts {
            output::note(&format!("{} {count}", code("change", &kind)));
        }
        return Ok(());
    }
    let accepted = acting::post(place, &decide::order(place, officers, changed)?)?;
    if place.form == Form::Json {
        return Ok(output::json(&json!({"accepted": accepted, "changes": counts}))?);
    }
    output::line(&Accepted::deserialize(&accepted)?.sentence())?;
    let mut rows = Rows::new(&["CHANGE", "COUNT"]);
    for (kind, count) in counts {
        rows.push([&code("change", &kind), &count]);
    }
    Ok(output::rows(&rows)?)
}

fn derived(
    place: &Place,
    directory: &Directory,
    arguments: Reorganise,
) -> Result<DirectoryChanged> {
    let Reorganise { step, data, last_known, decision, .. } = arguments;
    let endings = endings(place, directory, last_known)?;
    let effective_from = decision.effective_from.unwrap_or_else(decide::today);
    let decision = decision.decision;
    let derived = match data.filter(|_| step == "2") {
        None => first_step(directory, &endings, &decision, &effective_from),
        Some(data) => {
            let read = |name: &str| read_file(&data.join(name));
            let units = read("units_2025.csv")?;
            let conversion = read("reorganisation_2025.csv")?;
            let adjacency = read("adjacency_communes_2025.csv")?;
            let sources = Sources { units: &units, conversion: &conversion, adjacency: &adjacency };
            second_step(directory, &sources, &endings, &decision, &effective_from)
        }
    };
    Ok(derived.map_err(failed)?)
}

/// How far the log of each node counts: up to its closing; and where there is none and that is
/// asked for, up to what this node's log holds.
fn endings(
    place: &Place,
    directory: &Directory,
    last_known: bool,
) -> Result<BTreeMap<UnitId, Ending>> {
    let dir = place.dir()?;
    let closed = registrar::closed(dir).map_err(|error| failure::of_node(&error))?;
    let reader = Reader::open(&dir.join(LOG_FILE)).map_err(|error| failure::of_log(&error))?;
    let mut endings = BTreeMap::new();
    for node in directory.all_nodes() {
        let Some(epoch) = node.tenures.last().map(|tenure| tenure.epoch) else { continue };
        let closing = closed.get(&node.unit).filter(|closed| closed.epoch == epoch);
        let last = match closing {
            Some(closed) => Some((closed.index, closed.leaf)),
            None if last_known => {
                let newest = reader.newest_published(node.unit.as_str(), epoch);
                let newest = newest.map_err(|error| failure::of_log(&error))?;
                newest.map(|last| (last.event.header().index, last.event.leaf().0))
            }
            None => continue,
        };
        endings.insert(node.unit.clone(), Ending { epoch, last });
    }
    Ok(endings)
}

fn failed(error: ReorganisationError) -> Failure {
    match error {
        ReorganisationError::NoEnding(units) => {
            let units: Vec<&str> = units.iter().map(UnitId::as_str).collect();
            Failure::new(Exit::Refused, say!("nodes-not-closed", units = units.join(", ")))
                .next("giapranh help node close")
        }
        ReorganisationError::Registrar(_) => {
            Failure::new(Exit::Refused, error.to_string()).next("giapranh help directory hand-over")
        }
        ReorganisationError::Contradiction(faults) => {
            Failure { faults, ..Failure::new(Exit::Refused, say!("step-contradicts")) }
                .next(next::line("directory show"))
        }
        ReorganisationError::TooEarly(_) | ReorganisationError::Taken(_) => {
            Failure::new(Exit::Refused, error.to_string()).next(next::line("directory log"))
        }
        error => Failure::new(Exit::Refused, error.to_string())
            .next("giapranh help directory reorganise"),
    }
}

/// How many changes of each kind a decision makes, by the kind's name in JSON.
fn counts(changed: &DirectoryChanged) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for change in &changed.changes {
        let value = serde_json::to_value(change).unwrap_or(Value::Null);
        if let Some(kind) = value.as_object().and_then(|object| object.keys().next()) {
            *counts.entry(kind.clone()).or_default() += 1;
        }
    }
    counts
}
