//! The program under test, run as a person runs it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::cluster::{Failed, failed};

/// `giapranh`.
#[derive(Debug, Clone)]
pub struct Program(pub PathBuf);

impl Program {
    /// A command for the node in `dir`, to be spawned.
    pub fn command<S: AsRef<str>>(&self, dir: &Path, arguments: &[S]) -> Command {
        let mut command = Command::new(&self.0);
        command.args(arguments.iter().map(AsRef::as_ref)).arg("--dir").arg(dir);
        command.env("NO_COLOR", "1").env("GIAPRANH_LANG", "en").env_remove("GIAPRANH_DIR");
        command.stdin(Stdio::null());
        command
    }

    /// Runs a command, whatever comes of it.
    pub fn attempt<S: AsRef<str>>(&self, dir: &Path, arguments: &[S]) -> Result<Output, Failed> {
        self.command(dir, arguments).output().map_err(failed)
    }

    /// Runs a command and gives what it prints; an error when it fails.
    pub fn run<S: AsRef<str>>(&self, dir: &Path, arguments: &[S]) -> Result<String, Failed> {
        let output = self.attempt(dir, arguments)?;
        if !output.status.success() {
            let line: Vec<&str> = arguments.iter().map(AsRef::as_ref).collect();
            return Err(failed(format!(
                "giapranh {} ended with {}:\n{}{}",
                line.join(" "),
                output.status,
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr),
            )));
        }
        String::from_utf8(output.stdout).map_err(failed)
    }
}
