//! What it costs to notice that something is missing, and to have it again.

mod beacons;
mod outage;
mod pages;

use anyhow::Result;

use crate::context::Context;
use crate::report::Report;

/// Measures all three.
pub fn run(context: &Context, report: &mut Report) -> Result<()> {
    beacons::measure(context, report)?;
    pages::measure(context, report)?;
    outage::measure(context, report)
}
