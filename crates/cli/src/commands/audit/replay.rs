//! `giapranh audit replay`.

use anyhow::Result;
use giapranh_audit::Attested;
use giapranh_domain::time::rfc3339;
use serde::Deserialize;

use super::{list, log_of, until};
use crate::args::Form;
use crate::args::audit::Replay;
use crate::commands::{Place, failure};
use crate::output::{self, Facts};
use crate::progress::Progress;
use crate::say;

/// Shows what a node knew at a moment.
pub fn run(place: &Place, arguments: &Replay) -> Result<()> {
    let log = log_of(&arguments.file);
    let mut progress = Progress::of("folded");
    let replay = giapranh_audit::replay(&log, until(arguments.until), &mut |done, head| {
        progress.show(done, head);
    })
    .map_err(|error| failure::of_audit(&error))?;
    drop(progress);
    let value = serde_json::to_value(&replay)?;
    if place.form == Form::Json {
        output::json(&value)?;
        return Ok(());
    }
    let mut facts = Facts::default();
    facts.push("log of", &replay.unit);
    facts.push("position", replay.position);
    let attested = match &replay.attested {
        Some(Attested { position, recorded_ms, .. }) => {
            let moment = rfc3339(*recorded_ms);
            say!("attested-by", position = *position, moment = moment)
        }
        None => say!("attested-not"),
    };
    facts.push("proven", attested);
    facts.push("events", replay.events);
    facts.push("digest", &replay.digest);
    facts.push_json("", &value["counters"]);
    output::facts(&facts)?;
    output::line("")?;
    let alerts: Vec<list::AlertRow> = Vec::deserialize(&value["alerts"])?;
    output::rows(&list::rows(&alerts))?;
    Ok(())
}
