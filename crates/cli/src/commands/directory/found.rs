//! `giapranh directory found`, and the requests that nodes are enrolled by.

use std::path::Path;

use anyhow::Result;
use giapranh_node::founding::found;
use giapranh_node::{Enrolment, NodeError};

use super::{Place, failure, hint, wait};
use crate::args::Form;
use crate::args::directory::Found;
use crate::commands::file::read_json;
use crate::{next, output, say};

/// Writes the first events into the log of the registrar's node, which must not run.
pub fn run(place: &Place, arguments: &Found) -> Result<()> {
    let dir = place.dir()?;
    let requests: Vec<Enrolment> =
        arguments.requests.iter().map(|path| request(path)).collect::<Result<_>>()?;
    let founded = wait(async {
        let Found { data, decision, effective_from, .. } = arguments;
        let founding = found(dir, data, &requests, decision, effective_from).await;
        let failed = |error: NodeError| failure::of_request(&error, "help directory found");
        Ok(founding.map_err(failed)?)
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
pub fn request(path: &Path) -> Result<Enrolment> {
    let line = "giapranh node init --dir DIR --unit UNIT";
    read_json(path).map_err(|error| hint(error, format!("{line} > {}", next::quoted(path))))
}
