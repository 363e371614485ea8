//! How large events are, and what a log needs for each.

use anyhow::Result;
use giapranh_log::LOG_FILE;

use crate::context::Context;
use crate::measure::Samples;
use crate::report::{Goal, Report, Unit};

/// Shows them.
#[expect(clippy::cast_precision_loss, reason = "figures for people")]
pub fn run(context: &Context, report: &mut Report) -> Result<()> {
    let (founding, events) = context.published()?;
    let mut sizes = Samples::default();
    // Enough for the middle and the ends; the report holds each of them.
    events.iter().step_by(50).for_each(|event| sizes.push(event.bytes.len() as f64));
    let total: usize = events.iter().map(|event| event.bytes.len()).sum();
    let mean = Samples::one(total as f64 / events.len() as f64);
    report.figure("event as signed, the middle one", Unit::Bytes, &sizes, Goal::None);
    report.figure("event as signed, mean", Unit::Bytes, &mean, Goal::None);
    let all = (events.len() + founding.len()) as f64;
    let of = |path: &std::path::Path| -> Result<Samples> {
        Ok(Samples::one(std::fs::metadata(path)?.len() as f64 / all))
    };
    let log = of(&context.full_node()?.join(LOG_FILE))?;
    report.figure("log.db for each event", Unit::Bytes, &log, Goal::None);
    let table = of(&context.table()?)?;
    report.figure("a table of the bytes alone, for each event", Unit::Bytes, &table, Goal::None);
    Ok(())
}
