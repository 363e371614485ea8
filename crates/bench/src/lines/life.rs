//! The life of an alert: what a decision and a fold cost, what is listed from many alerts, and that
//! nobody waits while others sign in.

mod decide;
mod fold;
mod lists;
mod sign_in;

use std::collections::BTreeMap;

use anyhow::Result;
use giapranh_domain::{AlertId, Directory, Event};
use giapranh_record::event::Event as Recorded;

use crate::context::Context;
use crate::corpus::Corpus;
use crate::report::Report;

/// Measures all of it.
pub fn run(context: &Context, report: &mut Report) -> Result<()> {
    let (directory, alerts) = alerts(context.size(40_000, 4_000))?;
    decide::run(context, report, &directory, &alerts)?;
    fold::run(context, report, &directory, &alerts)?;
    lists::run(context, report)?;
    sign_in::run(context, report)
}

/// The first events of the corpus, by alert, in the order in which they happened.
fn alerts(events: usize) -> Result<(Directory, BTreeMap<AlertId, Vec<Event>>)> {
    let mut corpus = Corpus::new()?;
    let mut alerts: BTreeMap<AlertId, Vec<Event>> = BTreeMap::new();
    for published in corpus.take(corpus.founding() + events)? {
        let event = giapranh_views::to_domain(&Recorded::parse(published.bytes)?);
        let of_alert = event.and_then(|event| Some((event.meta.alert.clone()?, event)));
        if let Some((alert, event)) = of_alert {
            alerts.entry(alert).or_default().push(event);
        }
    }
    Ok((corpus.directory().clone(), alerts))
}
