//! What a person feels: a command at one node, the alert on the screen of another. Two processes of
//! the program, a real nats-server, commands and the stream of entries over the nodes' sockets.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result};
use bytes::Bytes;
use giapranh_log::{LOG_FILE, Reader};
use giapranh_tests::api;
use giapranh_tests::cluster::{Cluster, Member, PATIENCE};
use serde_json::Value;

use crate::context::Context;
use crate::floor::live::Way;
use crate::measure::{Pair, milliseconds};
use crate::report::{Goal, Report, Unit};
use crate::script::Life;

/// Where commands are given; also keeps the directory.
const SENDER: &str = "hcm";
/// Whose view is watched: the one recipient.
const RECIPIENT: &str = "long-an";
const ZONE: &str = "hcm-long-an";
/// Commands in a turn: a whole life.
const IN_TURN: usize = 8;
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/directory");

/// Measures both spans.
pub fn run(context: &Context, report: &mut Report) -> Result<()> {
    if let Some(why) = context.no_program() {
        report.not_measured("command → other view", &why);
        return Ok(());
    }
    let root = context.fresh("live")?;
    let members = [Member::new(SENDER), Member::new(RECIPIENT)];
    let mut cluster =
        Cluster::found(&root.join("cluster"), &context.giapranh, Path::new(DATA), &members)
            .with_context(|| format!("running {}", context.giapranh.display()))?;
    cluster.start_all()?;
    cluster.wait_ready(&mut |_, _| {})?;
    let mut floor = Way::open(&cluster.nats.url(), &root)?;
    let mut life = Life::new(1, ZONE);
    // The first life warms both up and gives the floor its bytes.
    let dir = &cluster.node(SENDER).dir;
    let before = Reader::open(&dir.join(LOG_FILE))?.head()?;
    for _ in 0..IN_TURN {
        exchange(&cluster, &mut life)?;
    }
    let stored = Reader::open(&dir.join(LOG_FILE))?.after(before, IN_TURN)?;
    let events: Vec<Bytes> = stored.iter().map(|one| one.event.bytes().clone()).collect();
    for bytes in &events {
        floor.send(bytes)?;
    }
    let (mut whole, mut from_committed) = (Pair::default(), Pair::default());
    for _ in 0..context.size(100, 10) {
        for _ in 0..IN_TURN {
            let passed = exchange(&cluster, &mut life)?;
            whole.ours.push(milliseconds(passed.whole));
            from_committed.ours.push(milliseconds(passed.from_accepted));
        }
        for bytes in events.iter().filter(|_| !context.ours_only) {
            let passed = floor.send(bytes)?;
            whole.floor.push(milliseconds(passed.whole));
            from_committed.floor.push(milliseconds(passed.from_committed));
        }
    }
    cluster.stop_all()?;
    let goals = [(50, Goal::RatioAtMost(1.5)), (99, Goal::RatioAtMost(2.5))];
    let lines = [("command → other view", &whole), ("accepted → other view", &from_committed)];
    for (what, pair) in lines {
        for (percent, goal) in goals {
            let what = format!("{what}, 1 recipient, p{percent}");
            report.line_at(&what, Unit::Milliseconds, pair, percent, goal);
        }
    }
    Ok(())
}

struct Passed {
    /// From before the command was given.
    whole: std::time::Duration,
    /// From when its answer was read, which is after the sender's commit.
    from_accepted: std::time::Duration,
}

/// Gives one command and waits until the other shows its event.
fn exchange(cluster: &Cluster, life: &mut Life) -> Result<Passed> {
    let command = serde_json::to_value(life.command())?;
    let begun = Instant::now();
    let accepted = api::command(&cluster.node(SENDER).dir, &command)?;
    let answered = Instant::now();
    let event_id = accepted["event_id"].as_str().context("an answer without an event")?;
    let is_it = |entry: &Value| entry["event_id"].as_str() == Some(event_id);
    let seen = cluster.node(RECIPIENT).follower.wait(PATIENCE, is_it);
    let seen = seen.with_context(|| format!("{RECIPIENT} never showed {event_id}"))?;
    let alert = accepted["alert"].as_str().unwrap_or_default().to_owned();
    life.accepted(event_id.parse()?, alert);
    let from_accepted = seen.at.saturating_duration_since(answered);
    Ok(Passed { whole: seen.at - begun, from_accepted })
}
