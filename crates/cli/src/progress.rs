//! How far a long command is: one line on stderr, rewritten, where a person sees it. Elsewhere
//! nothing, unless `--progress` asks for plain lines.

use std::io::{self, IsTerminal, Write};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use crate::output::text;
use crate::{say, words};

/// How often the line is rewritten at most.
const REWRITTEN: Duration = Duration::from_millis(100);
/// How often a plain line is written at most.
const WRITTEN: Duration = Duration::from_secs(5);
/// From then on it says how long it took and will take; before, nobody needs to know, and a guess
/// is worth little.
const TIMED_AFTER: Duration = Duration::from_secs(3);

/// Whether plain lines are wanted where there is no terminal; set once, when the program begins.
static PLAIN: OnceLock<bool> = OnceLock::new();

/// Writes plain lines from now on, where stderr is no terminal.
pub fn plain(wanted: bool) {
    // A second call comes from nowhere; the first would stand.
    let _ = PLAIN.set(wanted);
}

/// How it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Silent,
    Rewritten,
    Plain,
}

impl Form {
    fn of(terminal: bool, plain: bool) -> Self {
        match (terminal, plain) {
            (true, _) => Self::Rewritten,
            (false, true) => Self::Plain,
            (false, false) => Self::Silent,
        }
    }

    fn interval(self) -> Duration {
        if self == Self::Plain { WRITTEN } else { REWRITTEN }
    }
}

/// A line that says how far it is.
pub struct Progress {
    what: String,
    form: Form,
    began: Instant,
    shown: bool,
    next: Instant,
}

impl Progress {
    /// A line about something, such as "verified", English here; silent when nobody sees it.
    pub fn of(what: &str) -> Self {
        let plain = PLAIN.get().copied().unwrap_or_default();
        Self::begun(what, Form::of(io::stderr().is_terminal(), plain), Instant::now())
    }

    fn begun(what: &str, form: Form, began: Instant) -> Self {
        // The first plain line comes after the first interval: what is short needs none.
        let next = if form == Form::Plain { began + WRITTEN } else { began };
        Self { what: words::name("progress", what), form, began, shown: false, next }
    }

    /// So many of so many are done.
    pub fn show(&mut self, done: u64, total: u64) {
        let Some(line) = self.due(Instant::now(), done, total) else {
            return;
        };
        // Progress is a courtesy: without it the command goes on.
        let _ = match self.form {
            Form::Plain => writeln!(io::stderr(), "{line}"),
            _ => write!(io::stderr(), "\r\u{1b}[K{line}"),
        };
        self.shown = true;
    }

    /// The line, when it is time for one.
    fn due(&mut self, now: Instant, done: u64, total: u64) -> Option<String> {
        if self.form == Form::Silent || now < self.next {
            return None;
        }
        self.next = now + self.form.interval();
        Some(text::line(&line(&self.what, done, total, now - self.began)))
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown && self.form == Form::Rewritten {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}

fn line(what: &str, done: u64, total: u64, elapsed: Duration) -> String {
    let percent = done.saturating_mul(100).checked_div(total).unwrap_or(100);
    let (done_text, total_text) = (done.to_string(), total.to_string());
    let (percent, elapsed_text) = (percent.to_string(), clock(elapsed));
    if elapsed < TIMED_AFTER {
        return say!(
            "progress",
            what = what,
            done = done_text,
            total = total_text,
            percent = percent
        );
    }
    match remaining(done, total, elapsed) {
        Some(remaining) => say!(
            "progress-timed",
            what = what,
            done = done_text,
            total = total_text,
            percent = percent,
            elapsed = elapsed_text,
            remaining = clock(remaining),
        ),
        None => say!(
            "progress-elapsed",
            what = what,
            done = done_text,
            total = total_text,
            percent = percent,
            elapsed = elapsed_text,
        ),
    }
}

/// How long it will take if it goes on as it went; `None` before anything was done.
fn remaining(done: u64, total: u64, elapsed: Duration) -> Option<Duration> {
    let left = u128::from(total.saturating_sub(done));
    let millis = elapsed.as_millis().saturating_mul(left).checked_div(u128::from(done))?;
    Some(Duration::from_millis(u64::try_from(millis).unwrap_or(u64::MAX)))
}

/// `0:07`, `12:34`, `1:02:03`.
fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        hours => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_how_long_it_takes_once_that_matters() {
        let at = |seconds| line("verified", 30, 120, Duration::from_secs(seconds));
        assert_eq!(at(2), "verified 30 of 120 (25 %)");
        assert_eq!(at(20), "verified 30 of 120 (25 %), 0:20 so far, about 1:00 to go");
        let begun = line("verified", 0, 120, Duration::from_secs(9));
        assert_eq!(begun, "verified 0 of 120 (0 %), 0:09 so far");
        let empty = line("verified", 0, 0, Duration::ZERO);
        assert_eq!(empty, "verified 0 of 0 (100 %)");
    }

    #[test]
    fn no_number_is_too_large() {
        assert_eq!(remaining(0, u64::MAX, Duration::MAX), None);
        assert!(remaining(1, u64::MAX, Duration::MAX).is_some());
        line("x", u64::MAX, u64::MAX, Duration::MAX);
        assert_eq!(clock(Duration::from_secs(3723)), "1:02:03");
    }

    #[test]
    fn a_plain_line_comes_every_five_seconds_and_none_before() {
        let began = Instant::now();
        let mut progress = Progress::begun("verified", Form::Plain, began);
        let lines: Vec<u64> = (0..=120)
            .map(|tenths| tenths * 100)
            .filter(|millis| {
                let now = began + Duration::from_millis(*millis);
                progress.due(now, *millis, 20_000).is_some()
            })
            .collect();
        assert_eq!(lines, [5_000, 10_000]);
        let mut silent = Progress::begun("verified", Form::Silent, began);
        assert_eq!(silent.due(began + Duration::from_secs(60), 1, 2), None);
        let mut terminal = Progress::begun("verified", Form::Rewritten, began);
        assert_eq!(terminal.due(began, 1, 4).as_deref(), Some("verified 1 of 4 (25 %)"));
        assert_eq!(terminal.due(began, 2, 4), None);
    }

    #[test]
    fn plain_lines_come_only_where_they_are_asked_for() {
        assert_eq!(Form::of(true, true), Form::Rewritten);
        assert_eq!(Form::of(true, false), Form::Rewritten);
        assert_eq!(Form::of(false, true), Form::Plain);
        assert_eq!(Form::of(false, false), Form::Silent);
    }
}
