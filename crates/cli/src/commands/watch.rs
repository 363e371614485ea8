//! `giapranh alert watch`: the live feed, through every interruption of the node.

use std::io::{self, IsTerminal};
use std::time::Duration;

use anyhow::Result;
use serde::Deserialize;
use tokio::time::timeout;

use super::entry::Entry;
use super::{Place, wait};
use crate::args::Form;
use crate::args::alert::Watch;
use crate::client::Client;
use crate::client::events::{Events, ServerEvent};
use crate::exit::{Exit, Failure};
use crate::output::{self, text};
use crate::say;

/// A node speaks every 15 seconds: a line that is silent for longer is dead.
const SILENCE: Duration = Duration::from_secs(45);
/// Between two attempts to reach a node that is away: it says nothing when it comes back.
const RETRY: Duration = Duration::from_millis(500);

/// Follows the feed until so many entries were printed, or for ever.
pub fn run(place: &Place, arguments: &Watch) -> Result<()> {
    let client = place.client()?;
    let mut watcher = Watcher {
        last: arguments.after,
        left: arguments.count,
        form: place.form,
        colour: io::stdout().is_terminal() && text::colour_allowed(),
    };
    wait(async {
        // A node that is not there at all is a mistake to be told, not one to wait for.
        let mut events = client.events(watcher.last).await?;
        while !watcher.follow(&mut events).await? {
            output::note(&say!("node-away"));
            events = watcher.reach(&client).await?;
            output::note(&say!("node-back"));
        }
        Ok(())
    })
}

struct Watcher {
    /// Everything up to this position was printed, or is older than what was asked for.
    last: Option<u64>,
    /// Entries that are still to be printed.
    left: Option<u64>,
    form: Form,
    colour: bool,
}

impl Watcher {
    /// Prints what comes; tells whether that was all that was asked for.
    async fn follow(&mut self, events: &mut Events) -> Result<bool> {
        while let Ok(Some(event)) = timeout(SILENCE, events.next()).await {
            self.take(&event)?;
            if self.left == Some(0) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn take(&mut self, event: &ServerEvent) -> Result<()> {
        match event.name.as_str() {
            "entry" => {
                self.print(&event.data)?;
                self.left = self.left.map(|left| left.saturating_sub(1));
            }
            "reset" => output::note(&say!(
                "log-restored",
                position = self.last.unwrap_or_default().to_string(),
                after = event.data.as_str(),
            )),
            _ => {}
        }
        self.last = event.id.or(self.last);
        Ok(())
    }

    fn print(&self, data: &str) -> Result<()> {
        let value: serde_json::Value = serde_json::from_str(data)?;
        match self.form {
            Form::Json => output::json_line(&value)?,
            Form::Table => {
                let line = Entry::deserialize(value)?.line(self.colour);
                output::print(&format!("{line}\n"))?;
            }
        }
        Ok(())
    }

    /// Waits until the node is there again, and goes on where the stream broke off.
    async fn reach(&self, client: &Client) -> Result<Events> {
        loop {
            match client.events(self.last).await {
                Ok(events) => return Ok(events),
                Err(error) if is_away(&error) => tokio::time::sleep(RETRY).await,
                Err(error) => return Err(error),
            }
        }
    }
}

fn is_away(error: &anyhow::Error) -> bool {
    error.downcast_ref::<Failure>().is_some_and(|failure| failure.exit == Exit::Unavailable)
}
