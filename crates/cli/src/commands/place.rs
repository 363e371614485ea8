//! `giapranh zone list, show` and `giapranh unit …`: looked up at the running node.

use anyhow::Result;
use giapranh_domain::ZoneId;
use serde::Deserialize;

use super::Place;
use crate::args::Form;
use crate::args::unit::{Command, Units};
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

/// Lists the zones.
pub fn zones(place: &Place) -> Result<()> {
    let value: serde_json::Value = place.get_one(Target::api(["zones"]), "zone list")?;
    match place.form {
        Form::Json => output::json(&value)?,
        Form::Table => output::rows(&zones_as_rows(&Zones::deserialize(value)?.zones))?,
    }
    Ok(())
}

/// Shows a zone with its members.
pub fn zone(place: &Place, zone: &ZoneId) -> Result<()> {
    let target = Target::api(["zones", zone.as_str()]);
    let value: serde_json::Value = place.get_one(target, "zone list")?;
    if place.form == Form::Json {
        return Ok(output::json(&value)?);
    }
    let zone = Zone::deserialize(value)?;
    output::line(&format!("{}  {}", zone.id, zone.name))?;
    let target = Target::api(["units"]).with("zone", Some(&zone.id));
    Ok(output::rows(&units_as_rows(&place.get::<UnitList>(target)?.units))?)
}

/// Does a command about units.
pub fn units(place: &Place, command: Command) -> Result<()> {
    let Command::List(Units { level, parent, zone }) = command;
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
