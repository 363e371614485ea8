//! `giapranh rebuild`: by the node itself when it runs, on its files when it does not.

use anyhow::Result;
use serde::Deserialize;

use super::{Place, failure, wait};
use crate::args::Form;
use crate::client::Target;
use crate::exit::{Exit, Failure};
use crate::progress::Progress;
use crate::{next, output, say};

#[derive(Debug, Deserialize)]
struct Rebuilt {
    events: u64,
    position: u64,
    digest_before: Option<String>,
    digest_after: String,
}

/// Builds the views anew and says whether they show the same.
pub fn run(place: &Place) -> Result<()> {
    let client = place.client()?;
    let asked = wait(async {
        if !client.is_running().await {
            return Ok(None);
        }
        let target = Target::api(["views", "rebuild"]);
        client.post::<serde_json::Value>(target, &serde_json::json!({})).await.map(Some)
    })?;
    let value = match asked {
        Some(value) => value,
        None => alone(place)?,
    };
    let rebuilt = Rebuilt::deserialize(&value)?;
    match place.form {
        Form::Json => output::json(&value)?,
        Form::Table => output::line(&rebuilt.sentence())?,
    }
    rebuilt.verdict(place)
}

/// Without a running node.
fn alone(place: &Place) -> Result<serde_json::Value> {
    let mut progress = Progress::of("folded");
    let rebuilt = giapranh_node::rebuild(place.dir()?, &mut |done, head| progress.show(done, head))
        .map_err(|error| failure::of_node(&error))?;
    Ok(serde_json::to_value(rebuilt)?)
}

impl Rebuilt {
    fn sentence(&self) -> String {
        let Self { events, position, digest_after, .. } = self;
        let compared = match &self.digest_before {
            None => say!("rebuilt-first"),
            Some(before) if before == digest_after => say!("rebuilt-same"),
            Some(_) => say!("rebuilt-different"),
        };
        say!(
            "rebuilt",
            events = *events,
            position = position.to_string(),
            digest = digest_after.as_str(),
            compared = compared,
        )
    }

    /// Views that were not what the log says are a fault of the program, and somebody must know.
    fn verdict(&self, place: &Place) -> Result<()> {
        match &self.digest_before {
            Some(before) if *before != self.digest_after => {
                let message = say!("views-were-wrong", digest = before.as_str());
                let log = place.dir()?.join("log.db");
                let line = format!("giapranh audit verify {}", next::quoted(&log));
                Err(Failure::new(Exit::NotVerified, message).next(line).into())
            }
            _ => Ok(()),
        }
    }
}
