//! `giapranh audit …`: needs a file and nobody's cooperation; what is signed needs the node's key.

mod diff;
mod evidence;
mod make;
mod reading;
mod replay;
mod trusted;
mod verify;

use std::path::{Path, PathBuf};

use anyhow::Result;
use giapranh_audit::Note;

use super::{Place, failure, list};
use crate::args::audit::{Command, Until};
use crate::exit::Failure;

/// Does a command of this group.
pub fn run(place: &Place, command: Command) -> Result<()> {
    match command {
        Command::Verify(arguments) => verify::run(place, &arguments),
        Command::Replay(arguments) => replay::run(place, &arguments),
        Command::Export(arguments) => make::export(place, &arguments),
        Command::Prove(arguments) => make::prove(place, &arguments),
        Command::Checkpoint(arguments) => make::checkpoint(place, &arguments),
        Command::Key { out } => reading::key(place, &out),
        Command::Read(arguments) => reading::run(place, &arguments),
        Command::Diff(arguments) => diff::run(place, &arguments),
    }
}

/// The log that a path means: a file, or the one in a node's directory.
fn log_of(path: &Path) -> PathBuf {
    if path.is_dir() { path.join(giapranh_log::LOG_FILE) } else { path.to_owned() }
}

/// Reads the checkpoints that were named.
fn notes(paths: &[PathBuf]) -> Result<Vec<Note>, Failure> {
    let read = |path: &PathBuf| Note::read(path).map_err(|error| failure::of_audit(&error));
    paths.iter().map(read).collect()
}

fn until(until: Until) -> giapranh_audit::Until {
    match until {
        Until::Position(position) => giapranh_audit::Until::Position(position),
        Until::Moment(moment) => giapranh_audit::Until::Arrival(moment),
    }
}
