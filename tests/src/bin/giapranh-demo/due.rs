//! What is due at the end, and that it is the same after `kill -9`, after a restart, after the views
//! were made anew.
#![allow(clippy::print_stdout, reason = "a person watches it")]

use std::collections::BTreeMap;

use giapranh_tests::cluster::Failed;
use serde_json::Value;

use crate::cast::DUTY;
use crate::teller::Teller;
use crate::{DUC_HOA, HCM, LONG_AN, TIEN_GIANG};

/// Where something is left to do.
const UNITS: [&str; 4] = [HCM, LONG_AN, DUC_HOA, TIEN_GIANG];

/// What is due by unit, but for the time that goes on.
pub type Due = BTreeMap<&'static str, Vec<Value>>;

/// Waits until every time limit of what is open has passed, and prints it.
pub fn tell(teller: &mut Teller) -> Result<Due, Failed> {
    for unit in UNITS {
        teller.wait_due(unit, "its times have passed", |due| {
            !due.is_empty() && due.iter().all(is_over)
        })?;
    }
    println!("\nWhat is due now, by unit:\n");
    for unit in UNITS {
        println!("{unit}$ giapranh due");
        println!("{}", teller.cluster.cli_as(teller.officer(unit, DUTY)?, &["due"])?);
    }
    look(teller)
}

/// Kills the nodes at this instant and starts them again: nobody signs in anew.
pub fn kill(teller: &mut Teller, before: &Due) -> Result<(), Failed> {
    for unit in UNITS {
        teller.cluster.kill(unit);
    }
    for unit in UNITS {
        teller.cluster.start(unit)?;
    }
    teller.cluster.wait_ready(&mut |_, _| {})?;
    same(teller, before)?;
    teller.say(&format!(
        "{} nodes are killed (kill -9) and started again: the same is due, to the moment, and \
         everybody is still signed in",
        UNITS.len()
    ))
}

/// The same, once the views were made anew.
pub fn after_rebuild(teller: &mut Teller, before: &Due) -> Result<(), Failed> {
    teller.cluster.wait_ready(&mut |_, _| {})?;
    same(teller, before)?;
    teller.say("the same is due from views that were made anew")
}

fn is_over(row: &Value) -> bool {
    let escalates = row["escalates_ms"].is_u64();
    row["stage"] == if escalates { "escalated" } else { "due" }
}

fn look(teller: &Teller) -> Result<Due, Failed> {
    let at = |unit: &'static str| Ok((unit, teller.due(unit)?.into_iter().map(timeless).collect()));
    UNITS.into_iter().map(at).collect()
}

fn timeless(mut row: Value) -> Value {
    row["remaining_ms"].take();
    row
}

/// Waits until the views that follow the log have come so far.
fn same(teller: &Teller, before: &Due) -> Result<(), Failed> {
    for (unit, rows) in before {
        teller.wait_due(unit, "the same is due as before", |due| {
            due.iter().cloned().map(timeless).eq(rows.iter().cloned())
        })?;
    }
    Ok(())
}
