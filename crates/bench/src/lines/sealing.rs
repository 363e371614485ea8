//! What it costs that personal data is readable by those who are entitled and nobody else, and that it
//! can be erased.

mod backlog;
mod crypto;
mod erasing;

use anyhow::Result;

use crate::context::Context;
use crate::report::Report;

/// Measures all of it.
pub fn run(context: &Context, report: &mut Report) -> Result<()> {
    crypto::run(context, report)?;
    backlog::run(context, report)?;
    erasing::run(context, report)
}
