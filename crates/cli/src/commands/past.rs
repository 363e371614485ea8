//! `--as-of`: the node makes a moment of the past ready before it is read.

use std::thread::sleep;
use std::time::Duration;

use anyhow::Result;
use serde::Deserialize;

use super::Place;
use crate::client::Target;
use crate::progress::Progress;

/// How long to wait before asking again, as the node's `Retry-After` has it.
const AGAIN: Duration = Duration::from_secs(1);

/// How far a moment is.
#[derive(Debug, Deserialize)]
struct Moment {
    ready: bool,
    position: u64,
    done: u64,
    total: u64,
}

/// The moment as resources take it, once it can be read; `None`: the present was asked for.
pub fn ready(place: &Place, asked: Option<&str>) -> Result<Option<String>> {
    let Some(asked) = asked else { return Ok(None) };
    let mut progress = Progress::of("made ready");
    loop {
        let moment: Moment = place.get(Target::api(["as-of"]).with("at", Some(asked)))?;
        if moment.ready {
            return Ok(Some(moment.position.to_string()));
        }
        progress.show(moment.done, moment.total);
        sleep(AGAIN);
    }
}
