//! Making the views anew, file and digests and all, beside the naive way to a table and a text
//! index.

use std::time::Instant;

use anyhow::{Result, ensure};

use crate::context::Context;
use crate::floor;
use crate::measure::rate;
use crate::report::{Goal, Report, Unit};

/// Measures it.
pub fn run(context: &Context, report: &mut Report) -> Result<()> {
    let node = context.copy_of_full_node("rebuild")?;
    let table = floor::read::open(&context.table()?)?;
    let events = context.events();
    let pair = context.turns(3).take(
        |_| {
            let begun = Instant::now();
            let rebuilt = giapranh_node::rebuild(&node, &mut |_, _| {})?;
            let took = begun.elapsed();
            let before = rebuilt.digest_before.as_ref();
            ensure!(before == Some(&rebuilt.digest_after), "the views differ: {rebuilt:?}");
            Ok(rate(events, took))
        },
        |_| {
            let path = context.fresh("rebuild-floor")?.join("views.db");
            let begun = Instant::now();
            floor::rebuild::rebuild(&table, &path)?;
            Ok(rate(events, begun.elapsed()))
        },
    )?;
    let what = format!("rebuild the views of {events}");
    report.line(&what, Unit::PerSecond, &pair, Goal::RatioAtLeast(1.2));
    Ok(())
}
