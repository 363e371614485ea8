//! `giapranh zone …` and `giapranh unit …`

use anyhow::Result;
use serde::Deserialize;

use super::Place;
use crate::args::Form;
use crate::args::place::{UnitCommand, Units, ZoneCommand};
use crate::client::Target;
use crate::output::{self, Rows};
use crate::say;
use crate::words::code;

#[derive(Debug, Deserialize)]
struct Zone {
    id: String,
    name: String,
    members: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Zones {
    zones: Vec<Zone>,
}

#[derive(Debug, Deserialize)]
struct Unit {
    id: String,
    #[serde(default)]
    parent: Option<String>,
    level: String,
    name: String,
    official_code: String,
    has_node: bool,
}

#[derive(Debug, Deserialize)]
struct UnitList {
    units: Vec<Unit>,
}

/// Does a command about zones.
pub fn zones(place: &Place, command: ZoneCommand) -> Result<()> {
    let (target, one) = match command {
        ZoneCommand::List => (Target::api(["zones"]), false),
        ZoneCommand::Show { zone } => (Target::api(["zones", zone.as_str()]), true),
    };
    let value: serde_json::Value = place.get_one(target, "zone list")?;
    if place.form == Form::Json {
        output::json(&value)?;
    } else if one {
        let zone = Zone::deserialize(value)?;
        output::line(&format!("{}  {}", zone.id, zone.name))?;
        let target = Target::api(["units"]).with("zone", Some(&zone.id));
        output::rows(&units_as_rows(&place.get::<UnitList>(target)?.units))?;
    } else {
        output::rows(&zones_as_rows(&Zones::deserialize(value)?.zones))?;
    }
    Ok(())
}

/// Does a command about units.
pub fn units(place: &Place, command: UnitCommand) -> Result<()> {
    let UnitCommand::List(Units { level, parent, zone }) = command;
    let target =
        Target::api(["units"]).with("level", level).with("parent", parent).with("zone", zone);
    let value: serde_json::Value = place.get_one(target, "unit list")?;
    match place.form {
        Form::Json => output::json(&value)?,
        Form::Table => output::rows(&units_as_rows(&UnitList::deserialize(value)?.units))?,
    }
    Ok(())
}

fn zones_as_rows(zones: &[Zone]) -> Rows {
    let mut rows = Rows::new(&["ZONE", "NAME", "MEMBERS"]);
    for zone in zones {
        rows.push([&zone.id, &zone.name, &zone.members.len()]);
    }
    rows
}

fn units_as_rows(units: &[Unit]) -> Rows {
    let mut rows = Rows::new(&["UNIT", "LEVEL", "NAME", "PARENT", "CODE", "NODE"]);
    for unit in units {
        let parent = unit.parent.as_deref().unwrap_or_default();
        let node = if unit.has_node { say!("yes") } else { String::new() };
        let level = code("level", &unit.level);
        rows.push([&unit.id, &level, &unit.name, &parent, &unit.official_code, &node]);
    }
    rows
}
