//! What becomes of a node and its keys: closed, given new ones, handed over.

use anyhow::Result;
use giapranh_domain::Act;
use giapranh_node::{handover, init};
use serde_json::json;

use super::{Place, failure, wait};
use crate::args::Form;
use crate::args::node::{Close, Handover, Request, Rotate, TakeOver};
use crate::commands::acting::alone;
use crate::exit::{Exit, Failure};
use crate::{next, output, say};

/// Prints the enrolment request alone on stdout, in either form, as `node init` does.
pub fn request(place: &Place, arguments: Request) -> Result<()> {
    let serves = arguments.serves.into_iter().collect();
    let request = init::request_again(place.dir()?, serves);
    let request = request.map_err(|error| failure::of_request(&error, "node status"))?;
    Ok(output::json(&request)?)
}

/// The last event that the node signs in its epoch.
pub fn close(place: &Place, arguments: Close) -> Result<()> {
    let Close { reason, acting } = arguments;
    place.submit(&alone(place, acting, Act::CloseNode { reason })?)?;
    output::note(&say!("node-closed"));
    Ok(())
}

/// Prints the new enrolment request alone on stdout, in either form.
pub fn rotate(place: &Place, arguments: Rotate) -> Result<()> {
    let dir = place.dir()?;
    let client = place.client()?;
    if wait(async { Ok(client.is_running().await) })? {
        let log = dir.join("log.db").display().to_string();
        let failure = Failure::new(Exit::LogUnusable, say!("log-busy", path = log));
        return Err(failure.next(next::line("node status")).into());
    }
    let request = init::rotate(dir, arguments.serves.into_iter().collect());
    let request = request.map_err(|error| failure::of_request(&error, "help node close"))?;
    let old = format!("node.key.{}", request.epoch.saturating_sub(1));
    output::note(&say!("key-put-aside", path = dir.join(old).display().to_string()));
    Ok(output::json(&request)?)
}

/// Copies the log of a closed node.
pub fn hand_over(place: &Place, arguments: &Handover) -> Result<()> {
    let position = handover::hand_over(place.dir()?, &arguments.out)
        .map_err(|error| failure::of_request(&error, "help node close"))?;
    let file = arguments.out.display().to_string();
    match place.form {
        Form::Json => output::json(&json!({"file": file, "position": position}))?,
        Form::Table => output::line(&say!("backed-up", file = file, position = position))?,
    }
    Ok(())
}

/// Takes in the log of a unit that ended.
pub fn take_over(place: &Place, arguments: &TakeOver) -> Result<()> {
    let dir = place.dir()?;
    let taken = wait(async {
        let taken = handover::take_over(dir, &arguments.file).await;
        Ok(taken.map_err(|error| failure::of_request(&error, "help node take-over"))?)
    })?;
    match place.form {
        Form::Json => output::json(&taken)?,
        Form::Table => output::line(&say!(
            "taken-over",
            unit = taken.unit.as_str(),
            events = taken.events,
            appended = taken.appended,
            kept = taken.kept.display().to_string(),
        ))?,
    }
    if taken.refused > 0 {
        output::note(&say!("taken-refused", count = taken.refused));
    }
    Ok(())
}
