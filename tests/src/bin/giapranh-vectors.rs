//! Writes the test vectors of `docs/SPEC.md` into a directory, `docs/vectors` when none is named.
#![allow(clippy::print_stderr, reason = "a person runs it")]

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let dir =
        std::env::args_os().nth(1).map_or_else(|| PathBuf::from("docs/vectors"), PathBuf::from);
    match giapranh_tests::vectors::generate(&dir) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", dir.display());
            ExitCode::FAILURE
        }
    }
}
