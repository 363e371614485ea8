//! `giapranh directory …`

use std::path::Path;

use anyhow::Result;
use giapranh_node::founding::found;
use giapranh_node::{Config, Enrolment};

use super::{Place, failure, hint, read_json, wait};
use crate::args::Form;
use crate::args::directory::{Command, Found};
use crate::{next, output, say};

/// Does a command of this group.
pub fn run(place: &Place, command: Command) -> Result<()> {
    match command {
        Command::Found(arguments) => write(place, &arguments),
        Command::Anchor => anchor(place),
    }
}

fn write(place: &Place, arguments: &Found) -> Result<()> {
    let dir = place.dir()?;
    let requests: Vec<Enrolment> =
        arguments.requests.iter().map(|path| request(path)).collect::<Result<_>>()?;
    let founded = wait(async {
        let Found { data, decision, effective_from, .. } = arguments;
        let founding = found(dir, data, &requests, decision, effective_from).await;
        Ok(founding.map_err(|error| failure::of_node(&error))?)
    })?;
    match place.form {
        Form::Json => output::json(&founded)?,
        Form::Table => output::line(&say!(
            "founded",
            units = founded.units,
            zones = founded.zones,
            nodes = founded.nodes,
            events = founded.events,
        ))?,
    }
    Ok(())
}

/// What `node init` printed, kept in a file.
fn request(path: &Path) -> Result<Enrolment> {
    let line = "giapranh node init --dir DIR --unit UNIT";
    read_json(path).map_err(|error| hint(error, format!("{line} > {}", next::quoted(path))))
}

/// Prints the file as it is, to be kept as `anchor.toml` elsewhere.
fn anchor(place: &Place) -> Result<()> {
    let config = Config::load(place.dir()?).map_err(|error| failure::of_node(&error))?;
    match place.form {
        Form::Json => output::json(&config.anchor)?,
        Form::Table => output::print(&format!(
            "registrar = \"{}\"\npublic_key = \"{}\"\n",
            config.anchor.registrar, config.anchor.public_key
        ))?,
    }
    Ok(())
}
