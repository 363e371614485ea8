//! `giapranh`: everything that a person or a script does with a node.
//!
//! Says what was asked for and prints what came back. What a command means is decided by the node;
//! what a log proves is decided by the node's library. The only crate that writes to a terminal.

mod args;
mod client;
mod commands;
mod exit;
mod logging;
mod output;
mod progress;

use std::process::ExitCode;

use clap::Parser;

use args::Arguments;
use exit::Exit;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    logging::start(arguments.log, arguments.is_long_running());
    let output = arguments.output;
    match commands::run(arguments) {
        Ok(()) => Exit::Done.into(),
        Err(error) => exit::report(&error, output),
    }
}
