//! `giapranh`: everything that a person or a script does with a node.
//!
//! Says what was asked for and prints what came back. What a command means is decided by the node;
//! what a log proves is decided by the node's library. The only crate that writes to a terminal.

mod args;
mod client;
mod commands;
mod exit;
#[cfg(test)]
mod generated;
mod help;
mod kept;
mod logging;
mod next;
mod output;
mod password;
mod progress;
mod secret;
mod session;
mod tasks;
mod words;

use std::process::ExitCode;

use clap::Parser;

use args::Arguments;
use exit::Exit;
use words::Language;

fn main() -> ExitCode {
    let language = Language::asked_for(std::env::args())
        .unwrap_or_else(|| Language::of_environment(|name| std::env::var(name).ok()));
    // What is wrong with a value is said while it is read, so the language stands before.
    let for_programs = Arguments::want_json(std::env::args());
    words::speak(if for_programs { Language::English } else { language });
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => help::end(&error, language),
    };
    logging::start(arguments.log, arguments.is_long_running());
    next::about(arguments.dir.as_deref());
    progress::plain(arguments.progress);
    let output = arguments.output;
    match commands::run(arguments) {
        Ok(()) => Exit::Done.into(),
        Err(error) => exit::report(&error, output),
    }
}
