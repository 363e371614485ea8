//! A sealed backlog beside the same one in clear: first with its keys there, then with the keys granted
//! meanwhile, as after an outage.

use std::collections::BTreeMap;
use std::time::Instant;

use anyhow::{Result, ensure};
use giapranh_node::Holding;
use giapranh_record::Grant;
use giapranh_record::limits::GRANTS;

use crate::context::Context;
use crate::corpus::Published;
use crate::ingestion::Ingestion;
use crate::lines::ingest::{take, with_views};
use crate::measure::rate;
use crate::report::{Goal, Report, Unit};
use crate::sealed;

/// Measures both.
pub fn run(context: &Context, report: &mut Report) -> Result<()> {
    let ((_, plain), events) = (context.published()?, context.sealed()?);
    let first = sealed::first_of_alerts(&events)?;
    let pair = context
        .turns(3)
        .take(|_| keys_there(context, &events, &first), |_| with_views(context, &plain))?;
    let what = format!("ingest {} sealed, floor: in clear", events.len());
    report.line(&what, Unit::PerSecond, &pair, Goal::RatioAtLeast(0.8));
    let answers = answers(&first)?;
    let pair = context
        .turns(3)
        .take(|_| keys_granted(context, &events, &answers), |_| with_views(context, &plain))?;
    let what = format!("  and {} keys granted meanwhile", first.len());
    report.line(&what, Unit::PerSecond, &pair, Goal::None);
    Ok(())
}

fn keys_there(
    context: &Context,
    events: &[Published],
    first: &BTreeMap<String, usize>,
) -> Result<f64> {
    let node = context.fresh("sealing-ingest")?.join("node");
    context.founded_node(&node)?;
    sealed::put_by(&node, first.keys())?;
    context.runtime.block_on(async {
        let mut ingestion = Ingestion::open_sealed(&node)?;
        let taken = take(&mut ingestion, events).await?;
        ingestion.close().await;
        Ok(taken)
    })
}

/// The grants of an answer, and how many events are there before it comes.
type Answer = (usize, Vec<Grant>);

/// What peers answer, as many keys at once as fit, in the order of the events.
fn answers(first: &BTreeMap<String, usize>) -> Result<Vec<Answer>> {
    let mut alerts: Vec<(usize, &String)> = first.iter().map(|(alert, at)| (*at, alert)).collect();
    alerts.sort_unstable();
    let answer = |alerts: &[(usize, &String)]| {
        let grants = alerts.iter().map(|(_, alert)| sealed::grant(alert));
        let last = alerts.last().map_or(0, |(at, _)| *at);
        Ok((last + 1, grants.collect::<Result<_>>()?))
    };
    alerts.chunks(GRANTS).map(answer).collect()
}

fn keys_granted(context: &Context, events: &[Published], answers: &[Answer]) -> Result<f64> {
    let node = context.fresh("sealing-ingest")?.join("node");
    context.founded_node(&node)?;
    context.runtime.block_on(async {
        let mut ingestion = Ingestion::open_sealed(&node)?;
        let granted = tokio::spawn(granted(ingestion.holding()?, answers.to_vec()));
        let begun = Instant::now();
        take(&mut ingestion, events).await?;
        let kept = granted.await??;
        ingestion.shown().await?;
        let took = begun.elapsed();
        ensure!(kept == answers.iter().map(|(_, grants)| grants.len()).sum::<usize>());
        ingestion.close().await;
        Ok(rate(events.len(), took))
    })
}

/// Takes each answer once its events are there; how many keys there were.
async fn granted(holding: Holding, answers: Vec<Answer>) -> Result<usize> {
    let (mut head, mut kept) = (holding.log.head(), 0);
    let founded = *head.borrow();
    for (events, grants) in answers {
        head.wait_for(|head| *head >= founded + events as u64).await?;
        kept += holding.hold("dong-nai", grants).await.len();
    }
    Ok(kept)
}
