//! `giapranh directory anchor, propose, sign, take-over`: the root of trust, and what founders do
//! when a registrar's key is lost or stolen.

use anyhow::{Context as _, Result};
use giapranh_node::registrar::{self, Succession};
use serde_json::json;

use super::{Place, failure, wait};
use crate::args::Form;
use crate::args::directory::node::{Propose, Sign, TakeOver};
use crate::commands::file::read_json;
use crate::{output, say};

/// Prints the file as it is, to be kept as `anchor.toml` elsewhere.
pub fn anchor(place: &Place) -> Result<()> {
    let anchor = registrar::anchor(place.dir()?).map_err(|error| failure::of_node(&error))?;
    match place.form {
        Form::Json => output::json(&anchor)?,
        Form::Table => {
            let text = toml::to_string(&anchor).with_context(|| say!("request-not-written"))?;
            output::print(&text)?;
        }
    }
    Ok(())
}

/// Prints the proposal alone on stdout, in either form: it is made to be passed around as a file.
pub fn propose(place: &Place, arguments: &Propose) -> Result<()> {
    let proposed = registrar::propose(place.dir()?, arguments.after);
    let proposed =
        proposed.map_err(|error| failure::of_request(&error, "help directory propose"))?;
    shown(&proposed);
    Ok(output::json(&proposed)?)
}

/// Prints the proposal with one signature more.
pub fn sign(place: &Place, arguments: &Sign) -> Result<()> {
    let proposed: Succession = read_json(&arguments.file)?;
    let signed = registrar::sign(place.dir()?, proposed);
    let signed = signed.map_err(|error| failure::of_request(&error, "directory show"))?;
    shown(&signed);
    output::note(&say!("signatures", count = signed.registrar.signatures.len()));
    Ok(output::json(&signed)?)
}

/// Says what is signed: nobody should put a name under what they have not seen.
fn shown(succession: &Succession) {
    succession.text().lines().for_each(output::note);
}

/// Puts this node in the registrar's place.
pub fn take_over(place: &Place, arguments: &TakeOver) -> Result<()> {
    let (dir, signed) = (place.dir()?, read_json(&arguments.file)?);
    let head = wait(async {
        let taken = registrar::take_the_directory(dir, signed).await;
        Ok(taken.map_err(|error| failure::of_request(&error, "help directory sign"))?)
    })?;
    match place.form {
        Form::Json => output::json(&json!({ "head": head }))?,
        Form::Table => output::line(&say!("directory-taken", head = head.to_string()))?,
    }
    Ok(())
}
