//! The program under test, run as a person runs it.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::cluster::{Failed, failed};

/// `giapranh`.
#[derive(Debug, Clone)]
pub struct Program(pub PathBuf);

impl Program {
    /// A command for the node in `dir`, to be spawned. What the program keeps for who types it lies
    /// beside that directory, never in the home of whoever runs this.
    pub fn command<S: AsRef<str>>(&self, dir: &Path, arguments: &[S]) -> Command {
        self.command_of(&dir.with_extension("state"), dir, arguments)
    }

    /// The same of a person whose sessions are kept in `home`.
    pub fn command_of<S: AsRef<str>>(&self, home: &Path, dir: &Path, arguments: &[S]) -> Command {
        let mut command = Command::new(&self.0);
        command.args(arguments.iter().map(AsRef::as_ref)).arg("--dir").arg(dir);
        command.env("NO_COLOR", "1").env("GIAPRANH_LANG", "en");
        command.env_remove("GIAPRANH_DIR").env_remove("GIAPRANH_TOKEN_FILE");
        // A path that is not absolute would not count.
        command.env("XDG_STATE_HOME", std::path::absolute(home).unwrap_or_else(|_| home.into()));
        command.stdin(Stdio::null());
        command
    }

    /// Runs a command, whatever comes of it.
    pub fn attempt<S: AsRef<str>>(&self, dir: &Path, arguments: &[S]) -> Result<Output, Failed> {
        self.command(dir, arguments).output().map_err(failed)
    }

    /// Runs a command and gives what it prints; an error when it fails.
    pub fn run<S: AsRef<str>>(&self, dir: &Path, arguments: &[S]) -> Result<String, Failed> {
        printed(&self.attempt(dir, arguments)?, arguments)
    }
}

/// Runs a command that is told something on its standard input.
pub fn told(mut command: Command, typed: &str) -> Result<Output, Failed> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(failed)?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that ends without reading it says why.
        let _ = stdin.write_all(typed.as_bytes());
    }
    child.wait_with_output().map_err(failed)
}

/// What a command printed; an error when it failed, which names the arguments and no input.
pub fn printed<S: AsRef<str>>(output: &Output, arguments: &[S]) -> Result<String, Failed> {
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
    String::from_utf8(output.stdout.clone()).map_err(failed)
}
