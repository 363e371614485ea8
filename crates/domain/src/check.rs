//! What must hold of what a person typed. Collects every fault instead of stopping at the first.
//!
//! One file for each part of an alert; `text` has the rules for single fields, `fact` what is said
//! about an alert. Nothing here changes anything: the one stated change is made before, by
//! [`normal`](crate::normal), and what is checked here is what is signed.

mod common;
mod fact;
mod ground;
mod identifier;
mod modus_operandi;
mod notice;
mod object;
mod person;
mod personal_data;
mod subject;
mod text;
mod vehicle;

use crate::Millis;
use crate::rejection::Fault;
use crate::values::NotAValue;

pub use common::longest_validity_days;

/// A line, in characters.
const LINE: usize = 200;
/// A name or title, in characters.
const NAME: usize = 120;
/// A paragraph, in characters.
const PARAGRAPH: usize = 4_000;
/// A reason, in characters.
const REASON: usize = 500;
/// Most entries of a list inside an alert.
const LIST: usize = 32;
/// How far ahead of ours another clock may be, milliseconds.
const CLOCK_SKEW_MS: Millis = 120_000;

/// Collects the faults of one command.
pub struct Check {
    faults: Vec<Fault>,
    now: Millis,
}

impl Check {
    /// An empty list, judged at a moment.
    pub fn at(now: Millis) -> Self {
        Self { faults: Vec::new(), now }
    }

    /// The faults found.
    pub fn finish(self) -> Vec<Fault> {
        self.faults
    }

    /// Notes a fault.
    pub fn fault(&mut self, field: &str, rule: &str, message: impl Into<String>) {
        self.faults.push(Fault::new(field, rule, message));
    }

    /// Notes that a text is no value of its kind.
    fn not_a_value(&mut self, field: &str, fault: NotAValue) {
        self.fault(field, fault.rule, fault.message);
    }
}

/// `/content/ground/date` is about "date".
fn name_of(field: &str) -> &str {
    let last = field.rsplit('/').next().unwrap_or(field);
    if last.bytes().all(|byte| byte.is_ascii_digit()) { field } else { last }
}
