//! A server that is run from a rendered directory, and told when its configuration has changed.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use super::files::{Files, Reloaded};
use super::keeper::Keeper;
use super::{Program, ServerState, stale};
use crate::FeedError;
use crate::render::CONFIG;

/// How long a server may take to take over its configuration: one with the imports of hundreds of
/// nodes needs many seconds.
const RELOAD: Duration = Duration::from_secs(120);
/// How long it may take to read one that is only checked.
const CHECK: Duration = Duration::from_secs(60);
/// How often its log is looked at meanwhile.
const LOOK: Duration = Duration::from_millis(20);

/// A nats-server of a rendered directory, kept running until it is stopped or dropped.
pub struct RenderedServer {
    dir: PathBuf,
    program: Program,
    state: watch::Receiver<ServerState>,
    stop: watch::Sender<bool>,
    keeper: Option<JoinHandle<()>>,
}

impl RenderedServer {
    /// Starts the server of `dir`, which holds its configuration, certificates and store. Ends
    /// first what an earlier one left running there. That it dies later, even at once, is a state.
    pub async fn start(dir: &Path, program: Program) -> Result<Self, FeedError> {
        let ready = |files: Files| stale::end(&files).map(|()| files);
        let files = on_files(dir, ready).await?;
        let dir = files.dir().to_owned();
        let (state_sender, state) = watch::channel(ServerState::Starting);
        let (stop, stopping) = watch::channel(false);
        let keeper = Keeper { program: program.clone(), files, state: state_sender, stopping };
        let keeper = Some(keeper.start()?);
        Ok(Self { dir, program, state, stop, keeper })
    }

    /// How it stands, now and from now on.
    pub fn state(&self) -> watch::Receiver<ServerState> {
        self.state.clone()
    }

    /// Lets it take over the configuration as it is now. Connections stay, but for users that are
    /// no more. A configuration that it can't take is refused, and the one before goes on.
    pub async fn reload(&self) -> Result<(), FeedError> {
        check(&self.dir, &self.program).await?;
        reload(&self.dir).await
    }

    /// Takes it down and waits until it is gone.
    pub async fn stop(&self) {
        self.stop.send_replace(true);
        let mut state = self.state();
        // An error means that the keeper is gone, and the server before it.
        let _ = state.wait_for(|state| *state == ServerState::Stopped).await;
    }
}

impl Drop for RenderedServer {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        if let Some(keeper) = self.keeper.take() {
            // It fails when the keeper panicked; its server went with it.
            let _ = keeper.join();
        }
    }
}

/// A file that the configuration in a server's directory names and that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lacking {
    /// The certificate of the authority that everybody trusts.
    Authority(PathBuf),
    /// The server's certificate, or its key.
    Certificate(PathBuf),
    /// Who a leaf's server is at the hub.
    Link(PathBuf),
}

impl Lacking {
    /// Where it should be.
    pub fn path(&self) -> &Path {
        match self {
            Self::Authority(path) | Self::Certificate(path) | Self::Link(path) => path,
        }
    }
}

/// The files beside the configuration in `dir` without which nats-server does not start.
pub fn lacking(dir: &Path) -> std::io::Result<Vec<Lacking>> {
    let text = std::fs::read_to_string(dir.join(CONFIG))?;
    let named = |line: &str| -> Option<Lacking> {
        let (field, rest) = line.trim().split_once(' ')?;
        let path = dir.join(rest.trim().trim_matches('"'));
        let lacking = match field.trim_end_matches(':') {
            "ca_file" => Lacking::Authority(path),
            "cert_file" | "key_file" => Lacking::Certificate(path),
            "include" => Lacking::Link(path),
            _ => return None,
        };
        (!lacking.path().exists()).then_some(lacking)
    };
    let mut lacking: Vec<Lacking> = Vec::new();
    for found in text.lines().filter_map(named) {
        // The same certificate serves several listeners.
        if !lacking.contains(&found) {
            lacking.push(found);
        }
    }
    Ok(lacking)
}

/// Lets nats-server itself read the configuration in `dir`, without running it.
pub async fn check(dir: &Path, program: &Program) -> Result<(), FeedError> {
    let failed = |reason: String| FeedError::server_kept(dir.join(CONFIG).display(), reason);
    let mut command = program.command();
    command.args(["-t", "-c", CONFIG]).current_dir(dir).stdin(Stdio::null()).kill_on_drop(true);
    let output = tokio::time::timeout(CHECK, command.output())
        .await
        .map_err(|_| failed(format!("nats-server did not read it in {} s", CHECK.as_secs())))?
        .map_err(|error| failed(error.to_string()))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let first = said.lines().find(|line| !line.is_empty()).unwrap_or("it does not say why");
    let reason = first.strip_prefix("nats-server:").unwrap_or(first).trim();
    Err(failed(reason.to_owned()))
}

/// Lets whatever server runs on `dir` take over the configuration as it is now, whoever started
/// it. It is found by the number that it noted there.
///
/// It is told twice: nats-server (2.15.1) opens the imports of an account at the reload *after* the
/// one that the account is new in.
pub async fn reload(dir: &Path) -> Result<(), FeedError> {
    reload_once(dir).await?;
    reload_once(dir).await
}

async fn reload_once(dir: &Path) -> Result<(), FeedError> {
    let tell = |files: Files| {
        let log_bytes = files.log_bytes();
        stale::reload(&files).map(|()| (files, log_bytes))
    };
    let (files, log_bytes) = on_files(dir, tell).await?;
    let deadline = Instant::now() + RELOAD;
    let failed = |reason: String| FeedError::server_kept("reloading", reason);
    loop {
        match files.reloaded(log_bytes) {
            Some(Reloaded::Done) => return Ok(()),
            Some(Reloaded::Refused(reason)) => return Err(failed(reason)),
            None if Instant::now() > deadline => {
                return Err(failed(format!("the server does not say that it did in {RELOAD:?}")));
            }
            None => tokio::time::sleep(LOOK).await,
        }
    }
}

/// Whether a server runs on `dir`, whoever started it.
pub async fn is_running(dir: &Path) -> Result<bool, FeedError> {
    on_files(dir, |files| stale::is_running(&files)).await
}

/// Does what blocks with the files of a rendered directory.
async fn on_files<T: Send + 'static>(
    dir: &Path,
    work: impl FnOnce(Files) -> Result<T, FeedError> + Send + 'static,
) -> Result<T, FeedError> {
    let dir = dir.to_owned();
    let work = move || {
        let config = dir.join(CONFIG);
        if !config.is_file() {
            return Err(FeedError::server_kept(config.display(), "there is no such file"));
        }
        work(Files::open(&dir)?)
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| FeedError::server_kept("its directory", error))?
}
