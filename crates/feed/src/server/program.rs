//! Which nats-server is run, and how: found in `PATH`, asked for its version.

use std::ffi::OsStr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

use crate::FeedError;
use crate::version::{LEAST, Version};

const NAME: &str = "nats-server";
/// Part of util-linux: ends the server when the thread that started it dies.
const GUARD: &str = "setpriv";
/// How long a program may take to state its version.
const ANSWER: Duration = Duration::from_secs(10);

/// A nats-server of a good version.
#[derive(Debug, Clone)]
pub struct Program {
    path: PathBuf,
    version: String,
    guard: Option<PathBuf>,
}

impl Program {
    /// Finds the program: `named` (a path, or a name in `search`), or else `nats-server` in
    /// `search`, which is written as `PATH` is. Refuses one that is too old.
    pub async fn find(named: Option<&OsStr>, search: &OsStr) -> Result<Self, FeedError> {
        let name = named.filter(|name| !name.is_empty()).unwrap_or(OsStr::new(NAME));
        let shown = name.display().to_string();
        let path = look_up(name, search).ok_or(FeedError::ServerMissing { program: shown })?;
        // Asked the way it will be run: not every setpriv knows what is asked of it.
        let guard = look_up(OsStr::new(GUARD), search);
        let mut program = Self { path, version: String::new(), guard };
        let mut version = program.ask().await;
        if version.is_err() && program.guard.take().is_some() {
            version = program.ask().await;
        }
        let shown = program.path.display().to_string();
        let stated = version
            .map_err(|reason| FeedError::ServerUnusable { program: shown.clone(), reason })?;
        let version: Version = stated.parse().map_err(|_| FeedError::ServerUnusable {
            program: shown.clone(),
            reason: format!("it states the version {stated:?}"),
        })?;
        if version < LEAST {
            return Err(FeedError::ServerTooOld { program: shown, version: stated });
        }
        program.version = stated;
        Ok(program)
    }

    /// As it states it, without the `v`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Whether the kernel ends the server when the node is killed.
    pub fn is_guarded(&self) -> bool {
        self.guard.is_some()
    }

    /// The program, to be given arguments.
    pub(super) fn command(&self) -> Command {
        let Some(guard) = &self.guard else { return Command::new(&self.path) };
        let mut command = Command::new(guard);
        command.args(["--pdeathsig", "KILL"]).arg(&self.path);
        command
    }

    /// The version that it states, or why it states none.
    async fn ask(&self) -> Result<String, String> {
        let mut command = self.command();
        command.arg("--version").stdin(Stdio::null()).kill_on_drop(true);
        let output = tokio::time::timeout(ANSWER, command.output())
            .await
            .map_err(|_| format!("it did not state its version in {} s", ANSWER.as_secs()))?
            .map_err(|error| error.to_string())?;
        let text = String::from_utf8_lossy(&output.stdout);
        let version = text.trim().strip_prefix("nats-server:").map(str::trim);
        match version {
            Some(version) if output.status.success() => {
                Ok(version.strip_prefix('v').unwrap_or(version).to_owned())
            }
            _ => Err(format!("it does not state its version ({})", output.status)),
        }
    }
}

/// The program of that name, as a shell would find it; a name with a slash is a path.
fn look_up(name: &OsStr, search: &OsStr) -> Option<PathBuf> {
    let found = if name.as_encoded_bytes().contains(&b'/') {
        Some(PathBuf::from(name)).filter(|path| is_program(path))
    } else {
        std::env::split_paths(search).map(|dir| dir.join(name)).find(|path| is_program(path))
    };
    // It is run from another directory.
    found.and_then(|path| std::path::absolute(path).ok())
}

fn is_program(path: &Path) -> bool {
    std::fs::metadata(path)
        .is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}
