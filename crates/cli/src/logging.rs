//! The program's own log: stderr, so that stdout holds results alone.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

use crate::args::LogForm;
use crate::output::text;

/// Starts the log. A node that runs says what it does; a single command only what went wrong.
pub fn start(form: LogForm, long_running: bool) {
    let usual = if long_running { "info" } else { "warn" };
    let filter = EnvFilter::try_from_env("GIAPRANH_LOG").unwrap_or_else(|_| EnvFilter::new(usual));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    match form {
        LogForm::Human => {
            builder.with_ansi(io::stderr().is_terminal() && text::colour_allowed()).init();
        }
        LogForm::Json => builder.json().init(),
    }
}
