//! How far a long command is: one line on stderr, rewritten, and only where a person sees it.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// How often the line is rewritten at most.
const INTERVAL: Duration = Duration::from_millis(100);

/// A line that says how far it is.
pub struct Progress {
    what: &'static str,
    shown: bool,
    next: Option<Instant>,
}

impl Progress {
    /// A line about something, such as "verified"; silent when stderr is not a terminal.
    pub fn of(what: &'static str) -> Self {
        Self { what, shown: false, next: io::stderr().is_terminal().then(Instant::now) }
    }

    /// So many of so many are done.
    pub fn show(&mut self, done: u64, total: u64) {
        let now = Instant::now();
        if self.next.is_none_or(|next| now < next) {
            return;
        }
        self.next = Some(now + INTERVAL);
        self.shown = true;
        let percent = done.saturating_mul(100).checked_div(total).unwrap_or(100);
        // Progress is a courtesy: without it the command goes on.
        let _ = write!(io::stderr(), "\r\u{1b}[K{} {done} of {total} ({percent} %)", self.what);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}
