//! Folding an alert: what every command, every arrival and every rebuild does.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use anyhow::{Result, ensure};
use giapranh_domain::{Alert, AlertId, Directory, Event, Status};

use crate::context::Context;
use crate::floor;
use crate::measure::{Pair, Samples, microseconds};
use crate::report::{Goal, Report, Unit};

/// Events of a typical alert when something comes to it.
const EVENTS: usize = 6;

/// Measures it: each event's share of a whole fold, and the whole, which is what one more event costs.
pub fn run(
    context: &Context,
    report: &mut Report,
    directory: &Directory,
    alerts: &BTreeMap<AlertId, Vec<Event>>,
) -> Result<()> {
    let typical: Vec<(&AlertId, &[Event])> = alerts
        .iter()
        .filter_map(|(id, events)| Some((id, events.get(..EVENTS)?)))
        .take(context.size(4_000, 400))
        .collect();
    ensure!(!typical.is_empty(), "no alert of the corpus has {EVENTS} events");
    let (mut each, mut whole) = (Pair::default(), Samples::default());
    for _ in 0..context.size(10, 2) {
        for (id, events) in &typical {
            let id = (*id).clone();
            let begun = Instant::now();
            let alert = Alert::fold(id, events, directory);
            let took = microseconds(begun.elapsed());
            ensure!(alert.status != Status::Awaited, "an alert without its beginning");
            drop(alert);
            whole.push(took);
            each.ours.push(took / share());
            if !context.ours_only {
                let begun = Instant::now();
                black_box(floor::fold::fold(events));
                each.floor.push(microseconds(begun.elapsed()) / share());
            }
        }
    }
    let what = format!("fold an alert of {EVENTS} events: each, p99");
    report.line_at(&what, Unit::Microseconds, &each, 99, Goal::Below(5.0));
    report.line_at("… p50", Unit::Microseconds, &each, 50, Goal::None);
    let whole = Pair { ours: whole, floor: Samples::default() };
    report.line_at(
        "… all of it, for one more event, p99",
        Unit::Microseconds,
        &whole,
        99,
        Goal::None,
    );
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
fn share() -> f64 {
    EVENTS as f64
}
