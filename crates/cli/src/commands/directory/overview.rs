//! The directory as of a head, on a page or so.

use std::collections::BTreeMap;

use anyhow::Result;
use giapranh_domain::directory::Snapshot;
use giapranh_domain::{Directory, Level, UnitId};

use super::{Place, words};
use crate::args::Form;
use crate::output::{self, Facts, Rows};
use crate::say;
use crate::words::code;

/// Prints it; as JSON all of it.
pub fn run(place: &Place, directory: &Directory, head: u64) -> Result<()> {
    let snapshot = directory.snapshot(head);
    if place.form == Form::Json {
        return Ok(output::json(&snapshot)?);
    }
    output::facts(&facts(directory, &snapshot))?;
    for rows in [zones(&snapshot), nodes(&snapshot), issuing(&snapshot), deadlines(&snapshot)] {
        if !rows.is_empty() {
            output::line("")?;
            output::rows(&rows)?;
        }
    }
    Ok(())
}

fn facts(directory: &Directory, snapshot: &Snapshot) -> Facts {
    let newest = directory.head();
    let head = match snapshot.head {
        head if head == newest => head.to_string(),
        head => say!("head-of", head = head.to_string(), newest = newest.to_string()),
    };
    let mut facts = Facts::default();
    facts.push("directory head", head);
    facts.push("in force from", &snapshot.effective_from);
    facts.push("decision", &snapshot.decision);
    facts.push("registrar", &snapshot.registrar);
    facts.push("units", by_level(snapshot));
    facts.push("zones", snapshot.zones.values().filter(|zone| !zone.ended).count());
    facts.push("nodes", snapshot.nodes.len());
    if snapshot.head < newest {
        return facts;
    }
    if let Some(founders) = directory.founders() {
        let keys: Vec<&str> = founders.keys.keys().map(UnitId::as_str).collect();
        let (count, of) = (founders.threshold, keys.len());
        facts.push("founders", say!("founders-of", keys = keys.join(", "), count = count, of = of));
    }
    let waiting: Vec<&str> = directory.unconfirmed().map(|(unit, _)| unit.as_str()).collect();
    facts.push("waits for confirmation", waiting.join(", "));
    if directory.not_understood() > 0 {
        facts.push("not understood", directory.not_understood());
    }
    facts
}

fn by_level(snapshot: &Snapshot) -> String {
    let count = |level: &Level| {
        let count = snapshot.units.values().filter(|unit| unit.level == *level).count();
        (count > 0).then(|| format!("{count} {}", code("level", level.code())))
    };
    Level::ALL.iter().filter_map(count).collect::<Vec<_>>().join(", ")
}

fn zones(snapshot: &Snapshot) -> Rows {
    let mut rows = Rows::new(&["ZONE", "NAME", "MEMBERS", "STATUS"]);
    for (id, zone) in &snapshot.zones {
        let status = if zone.ended { code("stands", "ended") } else { String::new() };
        rows.push([id, &zone.name, &zone.members.len(), &status]);
    }
    rows
}

fn nodes(snapshot: &Snapshot) -> Rows {
    let mut serves: BTreeMap<&UnitId, usize> = BTreeMap::new();
    for (unit, shown) in &snapshot.units {
        if let Some(node) = shown.served_by.as_ref().filter(|node| *node != unit) {
            *serves.entry(node).or_default() += 1;
        }
    }
    let mut rows = Rows::new(&["NODE", "EPOCH", "ACTS FOR"]);
    for (unit, epoch) in &snapshot.nodes {
        let count = serves.get(unit).map(ToString::to_string);
        rows.push([unit, epoch, &count.unwrap_or_default()]);
    }
    rows
}

fn issuing(snapshot: &Snapshot) -> Rows {
    let mut rows = Rows::new(&["MAY ISSUE", "CATEGORY", "WHERE"]);
    for (key, range) in &snapshot.issuing {
        let (who, category) = words::rule(key);
        rows.push([&who, &category, &words::range(range)]);
    }
    rows
}

fn deadlines(snapshot: &Snapshot) -> Rows {
    let mut rows = Rows::new(&["DEADLINE", "SECONDS"]);
    for (name, seconds) in &snapshot.deadlines {
        rows.push([&code("deadline", name), seconds]);
    }
    rows
}
