//! From the order to erase an alert until its node has said that it did: the log says so, the key is
//! gone, the views and their bytes are purged, and the confirmation is durable. A real node, a process,
//! with many alerts.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use giapranh_node::SOCKET_FILE;
use giapranh_tests::api;
use serde_json::{Value, json};

use crate::context::Context;
use crate::measure::{Samples, milliseconds};
use crate::report::{Goal, Report, Unit};
use crate::running::{Running, long};
use crate::script::Life;

/// Events of a life, its withdrawal last.
const LIFE: usize = 8;
const ZONE: &str = "hcm-long-an";
/// Longer than any erasure.
const PATIENCE: Duration = Duration::from_secs(60);

/// Measures it.
pub fn run(context: &Context, report: &mut Report) -> Result<()> {
    if let Some(why) = context.no_program() {
        report.not_measured("erasing", &why);
        return Ok(());
    }
    let node = Running::start(context, &long(context)?, "erasing")?;
    let status = api::get(&node.dir, "/api/v1/status")?;
    let held = status["counters"]["alerts"].as_u64().context("no count of alerts")?;
    let mut life = Life::new(1, ZONE);
    let mut samples = Samples::default();
    let mut events = Events::follow(&node.dir)?;
    for _ in 0..context.size(50, 5) {
        let mut alert = String::new();
        for _ in 0..LIFE {
            let accepted = api::command(&node.dir, &serde_json::to_value(life.command())?)?;
            let event = accepted["event_id"].as_str().context("an answer without an event")?;
            let of = accepted["alert"].as_str().unwrap_or_default().to_owned();
            life.accepted(event.parse()?, of.clone());
            alert = of;
        }
        let erase = json!({
            "act": "erase-alert", "alert": alert, "erasing": { "ground": "unlawful" },
            "drafted_by": "cb-0001", "approved_by": "ld-0001",
        });
        let begun = Instant::now();
        api::command(&node.dir, &erase)?;
        events.wait(|entry| entry["kind"] == "erasure.confirmed" && entry["alert"] == *alert)?;
        samples.push(milliseconds(begun.elapsed()));
    }
    let what = format!("erase one of {held} alerts");
    report.figure(&what, Unit::Milliseconds, &samples, Goal::Below(200.0));
    Ok(())
}

/// What the node shows from now on.
struct Events(BufReader<UnixStream>);

impl Events {
    fn follow(dir: &Path) -> Result<Self> {
        let mut stream = UnixStream::connect(dir.join(SOCKET_FILE))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(stream, "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
        let mut events = Self(BufReader::new(stream));
        // It begins with where it is.
        events.wait(|_| true)?;
        Ok(events)
    }

    fn wait(&mut self, is_it: impl Fn(&Value) -> bool) -> Result<()> {
        let mut line = String::new();
        while self.0.read_line(&mut line)? > 0 {
            let entry = line.strip_prefix("data:").map(|data| serde_json::from_str(data.trim()));
            if entry.is_some_and(|entry| entry.is_ok_and(|entry| is_it(&entry))) {
                return Ok(());
            }
            line.clear();
        }
        bail!("the node has ended")
    }
}
