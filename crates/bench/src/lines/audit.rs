//! Verifying a log file as an auditor does, in both depths.

use std::path::Path;
use std::time::Instant;

use anyhow::{Result, ensure};
use giapranh_audit::trust::Learner;
use giapranh_log::verify::{self, Depth};
use giapranh_log::{LOG_FILE, Reader};

use crate::context::{Context, signatures_of};
use crate::fixture::REGISTRAR;
use crate::floor::{hash, read, signatures};
use crate::measure::rate;
use crate::report::{Goal, Report, Unit};

/// Measures both.
pub fn run(context: &Context, report: &mut Report) -> Result<()> {
    let path = context.full_node()?.join(LOG_FILE);
    chain(context, report, &path)?;
    strict(context, report, &path)
}

fn chain(context: &Context, report: &mut Report, path: &Path) -> Result<()> {
    let table = read::open(&context.table()?)?;
    let events = context.events();
    let pair = context.turns(5).take(
        |_| {
            let begun = Instant::now();
            let reader = Reader::open(path)?;
            let anchor = reader.identity()?.anchor;
            let mut learner = Learner::new(REGISTRAR.parse()?, anchor);
            let found = verify::walk(&reader, Depth::Chain, &mut learner, &mut |_, _| {})?;
            let took = begun.elapsed();
            ensure!(found.faults.is_empty(), "the log does not hold: {:?}", found.faults);
            Ok(rate(events, took))
        },
        |_| {
            let begun = Instant::now();
            hash::chain(&table)?;
            Ok(rate(events, begun.elapsed()))
        },
    )?;
    let what = format!("verify {events} by chain");
    report.line(&what, Unit::PerSecond, &pair, Goal::RatioAtLeast(0.7));
    Ok(())
}

fn strict(context: &Context, report: &mut Report, path: &Path) -> Result<()> {
    let (_, published) = context.published()?;
    let signed = signatures_of(&published)?;
    let pair = context.turns(3).take(
        |_| {
            let begun = Instant::now();
            let found = giapranh_audit::log::verify(path, None, &[], &mut |_, _| {})?;
            let took = begun.elapsed();
            ensure!(found.faults.is_empty(), "the log does not hold: {:?}", found.faults);
            let checked = usize::try_from(found.signatures_checked)?;
            ensure!(checked >= signed.len(), "{checked} signatures are not all");
            Ok(rate(checked, took))
        },
        |_| {
            let begun = Instant::now();
            signatures::verify(&signed)?;
            Ok(rate(signed.len(), begun.elapsed()))
        },
    )?;
    let what = format!("audit verify {}, every signature", signed.len());
    report.line(&what, Unit::PerSecond, &pair, Goal::RatioAtLeast(0.9));
    Ok(())
}
