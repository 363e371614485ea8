//! nats-servers as they are deployed: each from a directory of its own, with the configuration that
//! was rendered into it.

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::server::{ServerError, program};

/// What a rendered directory holds.
const CONFIG: &str = "nats-server.conf";
const LOG: &str = "nats-server.log";
/// What a server says when it takes connections.
const READY: &str = "Server is ready";
/// How long it may take until then.
const PATIENCE: Duration = Duration::from_secs(30);
const LOOK: Duration = Duration::from_millis(10);

/// A server of a rendered directory. It runs until it is killed or dropped.
#[derive(Debug)]
pub struct RenderedNats {
    dir: PathBuf,
    child: Child,
}

impl RenderedNats {
    /// Starts the server in its directory and waits until it takes connections. Links to other
    /// servers come up when they do.
    pub fn start(dir: &Path) -> Result<Self, ServerError> {
        let log_bytes = fs::metadata(dir.join(LOG)).map_or(0, |found| found.len());
        let log_bytes = usize::try_from(log_bytes).unwrap_or(usize::MAX);
        let mut server = Self { dir: dir.to_owned(), child: spawn(dir)? };
        server.wait_until_ready(log_bytes)?;
        Ok(server)
    }

    /// Stops it as it is, without its knowing, and lets it go on.
    pub fn freeze(&self, frozen: bool) -> Result<(), ServerError> {
        self.signal(if frozen { "-STOP" } else { "-CONT" })
    }

    /// Ends it as a crash does (SIGKILL) and waits until it is gone.
    pub fn kill(&mut self) {
        // Fails only when it is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Kills it if it still runs, and starts it again.
    pub fn restart(&mut self) -> Result<(), ServerError> {
        self.kill();
        let log_bytes = self.log().len();
        self.child = spawn(&self.dir)?;
        self.wait_until_ready(log_bytes)
    }

    /// All that it has said.
    pub fn log(&self) -> String {
        // Missing until the server has begun to write.
        fs::read_to_string(self.dir.join(LOG)).unwrap_or_default()
    }

    fn signal(&self, name: &str) -> Result<(), ServerError> {
        let sent = Command::new("kill").args([name, &self.child.id().to_string()]).status();
        sent.map(drop).map_err(|source| ServerError::Io { path: "kill".into(), source })
    }

    fn wait_until_ready(&mut self, log_bytes: usize) -> Result<(), ServerError> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let log = self.log();
            if log.get(log_bytes..).is_some_and(|new| new.contains(READY)) {
                return Ok(());
            }
            let reason = match self.child.try_wait() {
                Ok(Some(status)) => format!("it ended with {status}"),
                _ if Instant::now() > deadline => format!("it never said {READY:?}"),
                _ => {
                    std::thread::sleep(LOOK);
                    continue;
                }
            };
            return Err(ServerError::Start { reason, log });
        }
    }
}

impl Drop for RenderedNats {
    fn drop(&mut self) {
        self.kill();
    }
}

fn spawn(dir: &Path) -> Result<Child, ServerError> {
    let program = program();
    let dir = dir.canonicalize().map_err(|source| ServerError::Io { path: dir.into(), source })?;
    let path = dir.join(LOG);
    // What it says before it opens its log itself.
    let early = OpenOptions::new().append(true).create(true).open(&path);
    let early = early.map_err(|source| ServerError::Io { path, source })?;
    let twice = early.try_clone().map_err(|source| ServerError::Io { path: LOG.into(), source })?;
    // A relative name would be looked for in the server's directory.
    let named = if program.components().count() > 1 {
        program.canonicalize().unwrap_or_else(|_| program.clone())
    } else {
        program.clone()
    };
    Command::new(named)
        .arg("-c")
        .arg(dir.join(CONFIG))
        .current_dir(&dir)
        .stdin(Stdio::null())
        .stdout(early)
        .stderr(twice)
        .spawn()
        .map_err(|source| ServerError::Program { program: program.display().to_string(), source })
}
