//! Samples, and taking them in turns: ours, floor, ours, floor, so that whatever else the machine
//! does hurts both.

use anyhow::Result;
use serde::Serialize;

/// Figures of one thing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Samples(Vec<f64>);

impl Samples {
    /// One figure, where there can be no more.
    pub fn one(value: f64) -> Self {
        Self(vec![value])
    }

    /// Adds a figure.
    pub fn push(&mut self, value: f64) {
        self.0.push(value);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The figure that so many of a hundred do not exceed; 0 when there is none.
    pub fn percentile(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let at = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
        sorted.get(at).copied().unwrap_or_default()
    }

    /// The figure in the middle.
    pub fn median(&self) -> f64 {
        self.percentile(50)
    }

    /// The smallest and the largest.
    pub fn range(&self) -> (f64, f64) {
        (self.percentile(0), self.percentile(100))
    }
}

/// Ours and the floor of the same moments.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)]
pub struct Pair {
    pub ours: Samples,
    /// Empty when only ours was run.
    pub floor: Samples,
}

/// How it is measured.
#[derive(Debug, Clone, Copy)]
pub struct Turns {
    /// How often each is run.
    pub rounds: usize,
    /// Leaves the floor out, for a profile that shows ours alone.
    pub ours_only: bool,
}

impl Turns {
    /// Runs both in turns; each gives its figure of the round.
    pub fn take(
        self,
        mut ours: impl FnMut(usize) -> Result<f64>,
        mut floor: impl FnMut(usize) -> Result<f64>,
    ) -> Result<Pair> {
        let mut pair = Pair::default();
        for round in 0..self.rounds {
            pair.ours.push(ours(round)?);
            if !self.ours_only {
                pair.floor.push(floor(round)?);
            }
        }
        Ok(pair)
    }
}

/// How many a second.
#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
pub fn rate(count: usize, took: std::time::Duration) -> f64 {
    count as f64 / took.as_secs_f64()
}

/// A duration as microseconds.
pub fn microseconds(took: std::time::Duration) -> f64 {
    took.as_secs_f64() * 1_000_000.0
}

/// A duration as milliseconds.
pub fn milliseconds(took: std::time::Duration) -> f64 {
    took.as_secs_f64() * 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_samples_that_were_taken() {
        let samples = Samples((1..=100).rev().map(f64::from).collect());
        let shown =
            |samples: &Samples| [0, 50, 99, 100].map(|at| samples.percentile(at).to_string());
        assert_eq!(shown(&samples), ["1", "50", "99", "100"]);
        assert_eq!(shown(&Samples::one(7.0)), ["7"; 4]);
        assert_eq!(shown(&Samples::default()), ["0"; 4]);
    }

    #[test]
    fn both_are_taken_in_turns_and_the_floor_can_be_left_out() {
        let order = std::cell::RefCell::new(String::new());
        let note = |which: &'static str| {
            let order = &order;
            move |_| {
                order.borrow_mut().push_str(which);
                Ok(1.0)
            }
        };
        let turns = Turns { rounds: 2, ours_only: false };
        let pair = turns.take(note("o"), note("f")).unwrap();
        assert_eq!((order.borrow().as_str(), pair.floor.len()), ("ofof", 2));
        let alone = Turns { ours_only: true, ..turns }.take(note("o"), note("f")).unwrap();
        assert_eq!(alone.floor.len(), 0);
    }
}
