//! How soon a hundred open pages know of a new event: from before the command is given, so its commit
//! is in it, to the bytes of the event at each of them.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use giapranh_tests::api;
use serde_json::{Value, json};

use super::Console;
use crate::context::Context;
use crate::measure::{Samples, milliseconds};
use crate::report::{Goal, Report, Unit};

/// Pages that are open.
const PAGES: usize = 100;
/// Longer than anybody waits for one event.
const PATIENCE: Duration = Duration::from_secs(30);

/// Measures it.
pub fn run(context: &Context, report: &mut Report, node: &Console) -> Result<()> {
    let alert = node.some_alert()?;
    let (sender, seen) = channel();
    for _ in 0..PAGES {
        follow(node, &sender)?;
    }
    for _ in 0..PAGES {
        let (_, event) = wait(&seen)?;
        ensure!(event.is_empty(), "a stream begins with its position");
    }
    let (mut whole, mut from_accepted) = (Samples::default(), Samples::default());
    for turn in 0..context.size(50, 5) {
        let command = json!({
            "act": "report-hit", "alert": alert, "urgency": "routine",
            "hit": {
                "version": 1, "place": format!("Quán Ví Dụ số {turn}"),
                "seen_at": "2024-05-31T12:00:00+07:00", "basis": "khớp đặc điểm (ví dụ)",
                "certainty": "possible", "done": "đã ghi nhận (ví dụ)",
            },
        });
        let begun = Instant::now();
        let accepted = api::command_as(node.dir(), &node.pass(), &command)?;
        let answered = Instant::now();
        let id = accepted["event_id"].as_str().context("an answer without an event")?;
        let mut missing = PAGES;
        while missing > 0 {
            let (at, event) = wait(&seen)?;
            if event == id {
                whole.push(milliseconds(at.saturating_duration_since(begun)));
                from_accepted.push(milliseconds(at.saturating_duration_since(answered)));
                missing -= 1;
            }
        }
    }
    let what = format!("command → {PAGES} open pages, p99");
    let at = |samples: &Samples| Samples::one(samples.percentile(99));
    report.figure(&what, Unit::Milliseconds, &at(&whole), Goal::Below(150.0));
    report.figure("… from its answer, p99", Unit::Milliseconds, &at(&from_accepted), Goal::None);
    report.figure("… all of them", Unit::Milliseconds, &whole, Goal::None);
    Ok(())
}

fn wait(seen: &Receiver<(Instant, String)>) -> Result<(Instant, String)> {
    seen.recv_timeout(PATIENCE).context("an open page was told nothing")
}

/// Opens a page's stream; a thread tells the id of each event, and the empty text at its beginning.
fn follow(node: &Console, seen: &Sender<(Instant, String)>) -> Result<()> {
    let mut stream = TcpStream::connect(node.address)?;
    write!(
        stream,
        "GET /api/v1/events HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\n\r\n",
        node.address, node.secret
    )?;
    let seen = seen.clone();
    std::thread::spawn(move || {
        let mut begun = false;
        // Ends with the node, or with who listens.
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let at = Instant::now();
            let Some(data) = line.strip_prefix("data:") else { continue };
            let entry: Value = serde_json::from_str(data.trim()).unwrap_or_default();
            let told = match entry["event_id"].as_str() {
                Some(id) => seen.send((at, id.to_owned())),
                None if !begun => seen.send((at, String::new())),
                None => Ok(()),
            };
            begun = true;
            if told.is_err() {
                return;
            }
        }
    });
    Ok(())
}
