//! A backlog, as after an outage: authenticated, appended, projected; and then, in the background,
//! every signature of it checked.

use std::time::Instant;

use anyhow::{Result, ensure};

use crate::context::{Context, signatures_of};
use crate::corpus::Published;
use crate::floor::append::Table;
use crate::floor::signatures;
use crate::ingestion::Ingestion;
use crate::measure::{Pair, Samples, rate};
use crate::report::{Goal, Report, Unit};

/// Events in a transaction of the floor: as many as a pull hands over at once.
const IN_TRANSACTION: usize = 256;

/// Measures the whole, the log alone, and the check.
pub fn run(context: &Context, report: &mut Report) -> Result<()> {
    let (_, events) = context.published()?;
    let signed = signatures_of(&events)?;
    let floor = || {
        let path = context.fresh("ingest-floor")?.join("floor.db");
        let mut table = Table::create(&path)?;
        let begun = Instant::now();
        table.append(events.iter().map(|event| &event.bytes), IN_TRANSACTION)?;
        anyhow::Ok(rate(events.len(), begun.elapsed()))
    };
    let pair = context.turns(3).take(|_| with_views(context, &events), |_| floor())?;
    let what = format!("ingest {} into log and views", events.len());
    report.line(&what, Unit::PerSecond, &pair, Goal::RatioAtLeast(0.4));
    let (mut checked, mut checked_floor) = (Samples::default(), Samples::default());
    let pair = context.turns(3).take(
        |_| {
            let (taken, check) = then_checked(context, &events)?;
            checked.push(check);
            Ok(taken)
        },
        |_| {
            let begun = Instant::now();
            signatures::verify(&signed)?;
            checked_floor.push(rate(signed.len(), begun.elapsed()));
            floor()
        },
    )?;
    report.line("  into the log alone", Unit::PerSecond, &pair, Goal::None);
    let pair = Pair { ours: checked, floor: checked_floor };
    let what = "  strict check in the background after it";
    report.line(what, Unit::PerSecond, &pair, Goal::RatioAtLeast(0.8));
    Ok(())
}

/// How fast the whole backlog is in the log of a new node and shown.
pub fn with_views(context: &Context, events: &[Published]) -> Result<f64> {
    let node = context.fresh("ingest")?.join("node");
    context.founded_node(&node)?;
    context.runtime.block_on(async {
        let mut ingestion = Ingestion::open(&node)?;
        let taken = take(&mut ingestion, events).await?;
        ingestion.close().await;
        Ok(taken)
    })
}

/// How fast it is in the log, and how fast it is checked from then on. The check waits while a
/// backlog comes in, so that the two do not overlap.
fn then_checked(context: &Context, events: &[Published]) -> Result<(f64, f64)> {
    let node = context.fresh("ingest")?.join("node");
    context.founded_node(&node)?;
    context.runtime.block_on(async {
        let mut ingestion = Ingestion::open_log(&node)?;
        let taken = take(&mut ingestion, events).await?;
        let begun = Instant::now();
        let checked = ingestion.checked().await?;
        let check = rate(checked, begun.elapsed());
        ensure!(checked > 0, "the check was done before it could be measured");
        ingestion.close().await;
        Ok((taken, check))
    })
}

/// Takes all of it in; how fast.
pub async fn take(ingestion: &mut Ingestion, events: &[Published]) -> Result<f64> {
    let begun = Instant::now();
    let appended = ingestion.take(events.iter().cloned().map(Ok)).await?;
    ensure!(appended == events.len(), "{appended} of {} were new", events.len());
    Ok(rate(appended, begun.elapsed()))
}
