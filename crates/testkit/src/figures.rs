//! What a suite of faults leaves behind: one line of figures that a program can read, and how long
//! it is to be.
//!
//! A line goes to standard error, and to the end of the file that `GIAPRANH_FIGURES` names, because
//! test runners keep to themselves what a test that passed has printed.

use std::fmt::{Display, Write as _};
use std::fs::File;
use std::io::Write as _;
use std::time::Duration;

/// Names the file to which lines of figures are added.
const FILE_VARIABLE: &str = "GIAPRANH_FIGURES";

/// Whether the long suites were asked for, by `GIAPRANH_LONG`.
pub fn is_long() -> bool {
    std::env::var_os("GIAPRANH_LONG").is_some()
}

/// The one of the two that goes with what was asked for.
pub fn by_length<T>(short: T, long: T) -> T {
    if is_long() { long } else { short }
}

/// The figures of one suite: `figures kill-node kills=20 acknowledged=4711 lost=0`.
#[derive(Debug, Clone)]
pub struct Figures(String);

impl Figures {
    /// Of a suite, in short or in long.
    pub fn of(suite: &str) -> Self {
        let length = by_length("short", "long");
        Self(format!("figures {suite} suite={length}"))
    }

    /// With a number, or a word without blanks.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Display) -> Self {
        // A text grows by this; it can't fail.
        let _ = write!(self.0, " {name}={value}");
        self
    }

    /// With the median and the largest of some times, in milliseconds: `<name>_ms_p50`, `_ms_max`.
    #[must_use]
    pub fn with_times(self, name: &str, times: &[Duration]) -> Self {
        let mut sorted = times.to_vec();
        sorted.sort_unstable();
        let ms = |at: Option<&Duration>| at.map_or(0, Duration::as_millis);
        // The lower of two in the middle, so that it is one that occurred.
        let median = ms(sorted.get(sorted.len().saturating_sub(1) / 2));
        let max = ms(sorted.last());
        self.with(&format!("{name}_ms_p50"), median).with(&format!("{name}_ms_max"), max)
    }

    /// The line.
    pub fn line(&self) -> &str {
        &self.0
    }

    /// Tells it.
    ///
    /// # Panics
    /// When the file that `GIAPRANH_FIGURES` names can't be written: the figures would be lost.
    #[expect(clippy::print_stderr, reason = "figures are for people and for the page")]
    pub fn tell(&self) {
        eprintln!("{}", self.0);
        let Some(path) = std::env::var_os(FILE_VARIABLE) else { return };
        let line = format!("{}\n", self.0);
        // One write of a few bytes at the end: lines of other processes stay whole.
        let file = File::options().create(true).append(true).open(path);
        file.and_then(|mut file| file.write_all(line.as_bytes()))
            .expect("GIAPRANH_FIGURES is a file");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_by_their_median_and_their_largest() {
        let times = [40, 10, 30, 20].map(Duration::from_millis);
        let figures = Figures::of("a").with("lost", 0).with_times("converge", &times);
        let expected = " lost=0 converge_ms_p50=20 converge_ms_max=40";
        assert!(figures.line().ends_with(expected), "{figures:?}");
        let none = Figures::of("a").with_times("converge", &[]);
        assert!(none.line().ends_with(" converge_ms_p50=0 converge_ms_max=0"), "{none:?}");
    }
}
