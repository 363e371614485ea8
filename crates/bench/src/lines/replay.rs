//! Reading the log and folding every alert in memory, beside reading and decoding the same bytes.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use anyhow::{Result, ensure};
use giapranh_domain::{Alert, AlertId, Directory, Event};
use giapranh_log::{LOG_FILE, Reader};
use giapranh_node::Standing;
use giapranh_views::to_domain;

use crate::context::Context;
use crate::fixture::{RECEIVER, REGISTRAR};
use crate::floor::read;
use crate::measure::rate;
use crate::report::{Goal, Report, Unit};

/// Events read at once.
const RANGE: usize = 4_096;

/// Measures it.
pub fn run(context: &Context, report: &mut Report) -> Result<()> {
    let path = context.full_node()?.join(LOG_FILE);
    let events = context.size(100_000, 10_000);
    let table = read::open(&context.table()?)?;
    let pair = context.turns(5).take(
        |_| {
            let begun = Instant::now();
            let alerts = fold(&path, events)?;
            let took = begun.elapsed();
            ensure!(!alerts.is_empty(), "no alert was folded");
            Ok(rate(events, took))
        },
        |_| {
            let begun = Instant::now();
            let mut known = 0;
            read::each(&table, events, |bytes| {
                known += usize::from(read::decode(bytes)?.version.is_some());
                Ok(())
            })?;
            let took = begun.elapsed();
            ensure!(known > 0, "no alert was read");
            Ok(rate(events, took))
        },
    )?;
    let what = format!("replay {events}, folded in memory");
    report.line(&what, Unit::PerSecond, &pair, Goal::RatioAtLeast(0.4));
    Ok(())
}

fn fold(path: &Path, events: usize) -> Result<Vec<Alert>> {
    let reader = Reader::open(path)?;
    let standing = Standing::load(&reader, &RECEIVER.parse()?, &REGISTRAR.parse()?)?;
    let directory: &Directory = &standing.directory();
    let mut alerts: BTreeMap<AlertId, Vec<Event>> = BTreeMap::new();
    let (mut position, mut left) = (0, events);
    while left > 0 {
        let stored = reader.after(position, RANGE.min(left))?;
        let Some(last) = stored.last() else { break };
        position = last.position;
        left -= stored.len();
        for event in stored.iter().filter_map(|stored| to_domain(&stored.event)) {
            if let Some(alert) = event.meta.alert.clone() {
                alerts.entry(alert).or_default().push(event);
            }
        }
    }
    ensure!(left == 0, "the log has {left} events too few");
    Ok(alerts.into_iter().map(|(id, events)| Alert::fold(id, &events, directory)).collect())
}
