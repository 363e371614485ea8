//! An outage from which two nodes come back: the server was away, one of them recorded meanwhile.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::{Context as _, Result};
use giapranh_tests::api;
use giapranh_tests::cluster::{Cluster, Member, PATIENCE};
use serde_json::Value;

use crate::context::Context;
use crate::measure::{Samples, milliseconds};
use crate::report::{Goal, Report, Unit};
use crate::script::Life;

const SENDER: &str = "hcm";
const RECIPIENT: &str = "long-an";
const ZONE: &str = "hcm-long-an";
/// Who gives commands at once: a node signs in groups.
const CLERKS: u64 = 8;
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/directory");

/// From the server's return until both nodes show the same, with so many events missing at one.
pub fn measure(context: &Context, report: &mut Report) -> Result<()> {
    let missing = context.size(10_000, 400);
    let what = format!("outage of {missing} events → equal digests");
    if let Some(why) = context.no_program() {
        report.not_measured(&what, &why);
        return Ok(());
    }
    let mut samples = Samples::default();
    for round in 0..context.size(3, 1) {
        samples.push(once(context, round, missing)?);
    }
    report.figure(&what, Unit::Milliseconds, &samples, Goal::Below(5_000.0));
    Ok(())
}

fn once(context: &Context, round: usize, missing: usize) -> Result<f64> {
    let root = context.fresh("outage")?.join(format!("cluster-{round}"));
    let members = [Member::new(SENDER), Member::new(RECIPIENT)];
    let mut cluster = Cluster::found(&root, &context.giapranh, Path::new(DATA), &members)
        .with_context(|| format!("running {}", context.giapranh.display()))?;
    cluster.start_all()?;
    cluster.wait_ready(&mut |_, _| {})?;
    cluster.nats.kill();
    let last = record(&cluster, missing)?;
    // With the server's own start: a node that is ready before it has answered may be quicker.
    let begun = Instant::now();
    cluster.nats.restart()?;
    let is_last = |entry: &Value| entry["event_id"].as_str() == Some(last.as_str());
    let seen = cluster.node(RECIPIENT).follower.wait(PATIENCE, is_last);
    let seen = seen.with_context(|| format!("{RECIPIENT} never showed the last event"))?;
    // The last event was shown with all before it; here it is held that nothing else differs.
    let took = seen.at.saturating_duration_since(begun);
    cluster.wait_agreed(&[SENDER, RECIPIENT])?;
    cluster.stop_all()?;
    Ok(milliseconds(took))
}

/// Records so many events at the sender; gives the id of the last.
fn record(cluster: &Cluster, count: usize) -> Result<String> {
    let dir = &cluster.node(SENDER).dir;
    let left = AtomicUsize::new(count);
    let clerk = |number: u64| {
        let mut life = Life::new(number, ZONE);
        let take = || left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1));
        while take().is_ok() {
            give(dir, &mut life)?;
        }
        anyhow::Ok(())
    };
    std::thread::scope(|scope| {
        let clerk = &clerk;
        let clerks: Vec<_> = (0..CLERKS).map(|number| scope.spawn(move || clerk(number))).collect();
        let ended = |clerk: std::thread::ScopedJoinHandle<'_, Result<()>>| {
            clerk.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        clerks.into_iter().try_for_each(ended)
    })?;
    give(dir, &mut Life::new(CLERKS, ZONE))
}

fn give(dir: &Path, life: &mut Life) -> Result<String> {
    let accepted = api::command(dir, &serde_json::to_value(life.command())?)?;
    let event_id = accepted["event_id"].as_str().context("an answer without an event")?;
    let alert = accepted["alert"].as_str().unwrap_or_default().to_owned();
    life.accepted(event_id.parse()?, alert);
    Ok(event_id.to_owned())
}
