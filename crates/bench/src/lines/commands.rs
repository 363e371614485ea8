//! Commands at one node: decided, signed, chained and durable before they are answered.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result, anyhow};
use bytes::Bytes;
use giapranh_log::{LOG_FILE, Reader};
use giapranh_node::{Author, Sealer};
use tokio::task::JoinSet;

use crate::context::Context;
use crate::fixture::{self, RECEIVER};
use crate::floor::append::Table;
use crate::measure::rate;
use crate::report::{Goal, Report, Unit};
use crate::script::Life;

/// Who ask at the same time.
const AT_ONCE: usize = 64;
/// A zone of the unit that is asked.
const ZONE: &str = "hcm-long-an";

/// Measures both.
pub fn run(context: &Context, report: &mut Report) -> Result<()> {
    let dir = context.fresh("commands")?;
    let node_dir = dir.join("node");
    context.founded_node(&node_dir)?;
    let node = context.runtime.block_on(async { fixture::open(&node_dir, RECEIVER) })?;
    let author = Author {
        unit: RECEIVER.parse()?,
        epoch: 1,
        log: node.log.clone(),
        standing: node.standing.clone(),
        sealer: Sealer::open(&node_dir)?,
    };
    let mut lives: Vec<Life> = (0..AT_ONCE as u64).map(|seed| Life::new(seed, ZONE)).collect();
    // Whole lives only, so that every round has the same mix.
    let each = context.size(16, 8);
    let before = *node.log.head().borrow();
    context.runtime.block_on(ask_at_once(&author, &mut lives, each))?;
    let events = events_after(&node_dir, before)?;
    let mut table = Table::create(&dir.join("floor.db"))?;
    let pair = context.turns(15).take(
        |_| {
            let begun = Instant::now();
            context.runtime.block_on(ask_at_once(&author, &mut lives, each))?;
            Ok(rate(AT_ONCE * each, begun.elapsed()))
        },
        |_| {
            let begun = Instant::now();
            table.append(events.iter(), AT_ONCE)?;
            Ok(rate(events.len(), begun.elapsed()))
        },
    )?;
    let what = format!("{AT_ONCE} commands at once");
    report.line(&what, Unit::PerSecond, &pair, Goal::RatioAtLeast(0.4));

    let count = context.size(160, 80);
    let pair = context.turns(15).take(
        |_| {
            let begun = Instant::now();
            context.runtime.block_on(ask(&author, &mut lives[0], count))?;
            Ok(rate(count, begun.elapsed()))
        },
        |_| {
            let begun = Instant::now();
            table.append(events.iter().take(count), 1)?;
            Ok(rate(count, begun.elapsed()))
        },
    )?;
    report.line("commands one at a time", Unit::PerSecond, &pair, Goal::RatioAtLeast(0.7));
    drop(author);
    context.runtime.block_on(node.log.close());
    Ok(())
}

/// Everybody gives so many commands, the next one when the last one was answered.
async fn ask_at_once(author: &Author, lives: &mut Vec<Life>, each: usize) -> Result<()> {
    let mut asking = JoinSet::new();
    for mut life in lives.drain(..) {
        let author = author.clone();
        asking.spawn(async move {
            ask(&author, &mut life, each).await?;
            anyhow::Ok(life)
        });
    }
    while let Some(life) = asking.join_next().await {
        lives.push(life??);
    }
    Ok(())
}

async fn ask(author: &Author, life: &mut Life, count: usize) -> Result<()> {
    for _ in 0..count {
        let accepted = author.clone().submit(life.command()).await;
        let accepted = accepted.map_err(|error| anyhow!("a command was refused: {error:?}"))?;
        life.accepted(accepted.event_id, accepted.alert.map(String::from).unwrap_or_default());
    }
    Ok(())
}

/// What was appended after a position: the floor appends the very same bytes.
fn events_after(dir: &Path, position: u64) -> Result<Vec<Bytes>> {
    let reader = Reader::open(&dir.join(LOG_FILE))?;
    let stored = reader.after(position, usize::MAX >> 1).context("reading what was appended")?;
    Ok(stored.into_iter().map(|stored| stored.event.bytes().clone()).collect())
}
