//! `giapranh directory anchor, propose, sign, take-over, name-founders`: the root of trust, what
//! founders do when a registrar's key is lost or stolen, and who comes after them.

use anyhow::{Context as _, Result};
use giapranh_domain::wire::proto::directory_change::Change;
use giapranh_node::registrar::{self, Proposal};
use serde_json::json;

use super::{Place, decide, failure, wait};
use crate::args::Form;
use crate::args::directory::node::{NameFounders, Propose, Sign, TakeOver};
use crate::commands::file::read_json;
use crate::exit::{Exit, Failure};
use crate::{next, output, say};

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
    let dir = place.dir()?;
    let proposed = match arguments.threshold {
        Some(threshold) => registrar::propose_founders(dir, &arguments.founders, threshold),
        None => registrar::propose(dir, arguments.after),
    };
    let proposed =
        proposed.map_err(|error| failure::of_request(&error, "help directory propose"))?;
    shown(&proposed);
    Ok(output::json(&proposed)?)
}

/// Prints the proposal with one signature more.
pub fn sign(place: &Place, arguments: &Sign) -> Result<()> {
    let proposed: Proposal = read_json(&arguments.file)?;
    let signed = registrar::sign(place.dir()?, proposed);
    let signed = signed.map_err(|error| failure::of_request(&error, "directory show"))?;
    shown(&signed);
    output::note(&say!("signatures", count = signed.signatures().len()));
    Ok(output::json(&signed)?)
}

/// Says what is signed: nobody should put a name under what they have not seen.
fn shown(proposal: &Proposal) {
    proposal.text().lines().for_each(output::note);
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

/// Says, as the registrar, whom enough founders have named to come after them.
pub fn name_founders(place: &Place, arguments: NameFounders) -> Result<()> {
    match read_json(&arguments.file)? {
        Proposal::Founders(named) => {
            decide::submit(place, arguments.decision, [Change::FoundersNamed(named)])
        }
        Proposal::Registrar(_) => {
            let failure = Failure::new(Exit::Usage, say!("proposal-of-a-registrar"));
            Err(failure.next(next::line("help directory take-over")).into())
        }
    }
}
