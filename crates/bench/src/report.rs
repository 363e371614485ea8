//! What was measured: a table as it grows, and a file with every sample.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::machine::Machine;
use crate::measure::{Pair, Samples};

/// What is asked of a line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Goal {
    /// Ours is at least so many times the floor: where more is better.
    RatioAtLeast(f64),
    /// Ours is at most so many times the floor: where less is better.
    RatioAtMost(f64),
    /// Ours is below this, whatever the floor.
    Below(f64),
    /// Ours is at least this: what is to be expensive.
    AtLeast(f64),
    /// It is shown, and nothing is asked of it.
    None,
}

/// What figures count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Unit {
    PerSecond,
    Milliseconds,
    Microseconds,
    Megabytes,
    Bytes,
}

/// One line of the table.
#[derive(Debug, Serialize)]
pub struct Line {
    what: String,
    unit: Unit,
    ours: Summary,
    floor: Option<Summary>,
    ratio: Option<f64>,
    goal: Goal,
    /// `None` where nothing is asked, or the floor was left out.
    met: Option<bool>,
}

#[derive(Debug, Serialize)]
struct Summary {
    figure: f64,
    least: f64,
    most: f64,
    samples: Samples,
}

/// The lines so far.
#[derive(Debug, Serialize)]
pub struct Report {
    version: u32,
    machine: Machine,
    started: String,
    options: String,
    lines: Vec<Line>,
    not_measured: Vec<String>,
}

impl Report {
    /// An empty one; prints the head of the table.
    #[expect(clippy::print_stdout, reason = "the table is what the program is for")]
    pub fn begin(machine: Machine, options: String) -> Self {
        println!("{}", machine.line());
        if machine.is_busy() {
            println!("Something else is running here: the figures below are too low.");
        }
        println!("{options}\n");
        println!(
            "{:<46} {:>24} {:>24} {:>6}  {:<9} verdict",
            "what", "ours (least–most)", "floor (least–most)", "ratio", "goal"
        );
        let started = jiff::Timestamp::now().to_string();
        let version = crate::corpus::VERSION;
        Self { version, machine, started, options, lines: Vec::new(), not_measured: Vec::new() }
    }

    /// Adds a line of which the middle counts.
    pub fn line(&mut self, what: &str, unit: Unit, pair: &Pair, goal: Goal) {
        self.line_at(what, unit, pair, 50, goal);
    }

    /// Adds a line of which a percentile counts.
    pub fn line_at(&mut self, what: &str, unit: Unit, pair: &Pair, percent: usize, goal: Goal) {
        let ours = summary(&pair.ours, percent);
        let floor = (pair.floor.len() > 0).then(|| summary(&pair.floor, percent));
        let ratio = floor.as_ref().map(|floor| ours.figure / floor.figure);
        let met = met(goal, ours.figure, ratio);
        let line = Line { what: what.to_owned(), unit, ours, floor, ratio, goal, met };
        print(&line);
        self.lines.push(line);
    }

    /// Adds a figure that has no floor.
    pub fn figure(&mut self, what: &str, unit: Unit, samples: &Samples, goal: Goal) {
        self.line(what, unit, &Pair { ours: samples.clone(), floor: Samples::default() }, goal);
    }

    /// Says what could not be measured, and why.
    #[expect(clippy::print_stdout, reason = "the table is what the program is for")]
    pub fn not_measured(&mut self, what: &str, why: &str) {
        println!("{what:<46} not measured: {why}");
        self.not_measured.push(format!("{what}: {why}"));
    }

    /// Writes everything into a new file in `dir`.
    pub fn save(&self, dir: &Path) -> Result<PathBuf> {
        let stamp: String = self.started.chars().filter(char::is_ascii_alphanumeric).collect();
        let path = dir.join(format!("bench-{stamp}.json"));
        let text = serde_json::to_string_pretty(self)?;
        std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
        Ok(path)
    }

    /// How many lines have a goal, and how many of these are met.
    pub fn met(&self) -> (usize, usize) {
        let judged = self.lines.iter().filter_map(|line| line.met);
        judged.fold((0, 0), |(all, met), one| (all + 1, met + usize::from(one)))
    }
}

fn summary(samples: &Samples, percent: usize) -> Summary {
    let (least, most) = samples.range();
    Summary { figure: samples.percentile(percent), least, most, samples: samples.clone() }
}

fn met(goal: Goal, ours: f64, ratio: Option<f64>) -> Option<bool> {
    match goal {
        Goal::RatioAtLeast(least) => ratio.map(|ratio| ratio >= least),
        Goal::RatioAtMost(most) => ratio.map(|ratio| ratio <= most),
        Goal::Below(limit) => Some(ours < limit),
        Goal::AtLeast(least) => Some(ours >= least),
        Goal::None => None,
    }
}

#[expect(clippy::print_stdout, reason = "the table is what the program is for")]
fn print(line: &Line) {
    let shown = |summary: &Summary| {
        let of = |figure| number(figure, line.unit);
        let (figure, least, most) = (of(summary.figure), of(summary.least), of(summary.most));
        if summary.samples.len() > 1 { format!("{figure} ({least}–{most})") } else { figure }
    };
    let goal = match line.goal {
        Goal::RatioAtLeast(least) => format!("≥ {least}"),
        Goal::RatioAtMost(most) => format!("≤ {most}"),
        Goal::Below(limit) => format!("< {}", number(limit, line.unit)),
        Goal::AtLeast(least) => format!("≥ {}", number(least, line.unit)),
        Goal::None => String::new(),
    };
    println!(
        "{:<46} {:>24} {:>24} {:>6}  {goal:<9} {}",
        format!("{} [{}]", line.what, name(line.unit)),
        shown(&line.ours),
        line.floor.as_ref().map(shown).unwrap_or_default(),
        line.ratio.map(|ratio| format!("{ratio:.2}")).unwrap_or_default(),
        line.met.map_or("", |met| if met { "met" } else { "MISSED" }),
    );
}

fn name(unit: Unit) -> &'static str {
    match unit {
        Unit::PerSecond => "/s",
        Unit::Milliseconds => "ms",
        Unit::Microseconds => "µs",
        Unit::Megabytes => "MB",
        Unit::Bytes => "bytes",
    }
}

/// As people read it: `12,300`, `1.31`.
fn number(figure: f64, unit: Unit) -> String {
    match unit {
        Unit::PerSecond | Unit::Bytes => {
            let digits = format!("{figure:.0}");
            let mut text = String::with_capacity(digits.len() + 4);
            for (at, digit) in digits.chars().enumerate() {
                if at > 0 && (digits.len() - at) % 3 == 0 {
                    text.push(',');
                }
                text.push(digit);
            }
            text
        }
        Unit::Milliseconds | Unit::Microseconds => format!("{figure:.2}"),
        Unit::Megabytes => format!("{figure:.1}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_met_on_its_own_side() {
        assert_eq!(met(Goal::RatioAtLeast(0.4), 1.0, Some(0.41)), Some(true));
        assert_eq!(met(Goal::RatioAtLeast(0.4), 1.0, Some(0.39)), Some(false));
        assert_eq!(met(Goal::RatioAtMost(1.5), 1.0, Some(1.6)), Some(false));
        assert_eq!(met(Goal::RatioAtMost(1.5), 1.0, None), None);
        assert_eq!(met(Goal::Below(40.0), 39.9, None), Some(true));
        assert_eq!(met(Goal::AtLeast(100.0), 99.9, None), Some(false));
        assert_eq!(met(Goal::None, 1.0, Some(1.0)), None);
    }

    #[test]
    fn figures_read_as_people_write_them() {
        assert_eq!(number(1_234_567.4, Unit::PerSecond), "1,234,567");
        assert_eq!(number(999.0, Unit::Bytes), "999");
        assert_eq!(number(1.306, Unit::Milliseconds), "1.31");
    }
}
