//! A server of one's own: found, started, started again when it dies, taken down.
//!
//! [`RenderedServer`] runs from a rendered directory. [`Server`] is the private one of a node alone:
//! for a trial or a training room. It listens on the loopback interface only, lets nobody in but
//! its node (a password is drawn at each start), and shares its store with nobody. The node goes
//! on whether it runs or not.
//!
//! What must hold: it never outlives its node for long. It is stopped with it; `setpriv` lets the
//! kernel end it when the node is killed; where there is no `setpriv`, the next start ends it.

mod files;
mod keeper;
mod program;
mod rendered;
mod stale;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::watch;

pub use program::Program;
pub use rendered::{Lacking, RenderedServer, check, is_running, lacking, reload};

use crate::{FeedError, LineConfig};
use files::{Files, Listening};
use keeper::Keeper;

/// Names the nats-server to start, before `PATH`.
pub const PROGRAM_VARIABLE: &str = "GIAPRANH_NATS_SERVER";

/// The user that the node is on its server.
const USER: &str = "node";

/// How the server stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServerState {
    /// It was not started yet.
    Starting,
    /// Its process is there; whether events travel is what the line says.
    Running {
        /// The number of its process.
        pid: u32,
    },
    /// It died, or did not start; it is started again.
    Restarting {
        /// How it ended.
        reason: String,
        /// How long that waits.
        pause: Duration,
    },
    /// It was taken down and does not come back.
    Stopped,
}

/// A private server that is kept running until it is stopped or dropped.
pub struct Server {
    listening: Listening,
    program: Program,
    state: watch::Receiver<ServerState>,
    stop: watch::Sender<bool>,
    keeper: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts a server with its files in `dir`, which belongs to this caller alone. Ends first
    /// what an earlier one left running there. That it dies later, even at once, is a state.
    pub async fn start(dir: &Path, program: Program) -> Result<Self, FeedError> {
        let dir = dir.to_owned();
        let ready = move || {
            let files = Files::open(&dir)?;
            stale::end(&files)?;
            Ok(files)
        };
        let files = tokio::task::spawn_blocking(ready)
            .await
            .map_err(|error| FeedError::server_kept("its directory", error))??;
        let listening = Listening { port: free_port()?, user: USER, password: password()? };
        files.write_config(&listening)?;
        let (state_sender, state) = watch::channel(ServerState::Starting);
        let (stop, stopping) = watch::channel(false);
        let keeper = Keeper { program: program.clone(), files, state: state_sender, stopping };
        let keeper = Some(keeper.start()?);
        Ok(Self { listening, program, state, stop, keeper })
    }

    /// How the node of this name reaches it: the same as long as this lives.
    pub fn line(&self, node: &str) -> LineConfig {
        let Listening { port, user, password } = &self.listening;
        let url = format!("nats://{user}:{password}@{}:{port}", Ipv4Addr::LOCALHOST);
        LineConfig::new(url, node)
    }

    /// What is run.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// How it stands, now and from now on.
    pub fn state(&self) -> watch::Receiver<ServerState> {
        self.state.clone()
    }

    /// Takes it down and waits until it is gone.
    pub async fn stop(&self) {
        self.stop.send_replace(true);
        let mut state = self.state();
        // An error means that the keeper is gone, and the server before it.
        let _ = state.wait_for(|state| *state == ServerState::Stopped).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        if let Some(keeper) = self.keeper.take() {
            // It fails when the keeper panicked; its server went with it.
            let _ = keeper.join();
        }
    }
}

/// A port of the loopback interface that nobody uses. Whoever takes it before the server does
/// makes the server fail, which is told and tried again.
fn free_port() -> Result<u16, FeedError> {
    let free = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr();
    free()
        .as_ref()
        .map(SocketAddr::port)
        .map_err(|error| FeedError::server_kept("a port on 127.0.0.1", error))
}

/// 256 random bits as hexadecimal digits: nothing that a URL or the configuration would escape.
fn password() -> Result<String, FeedError> {
    use std::fmt::Write as _;
    let mut bits = [0_u8; 32];
    getrandom::fill(&mut bits)
        .map_err(|error| FeedError::server_kept("randomness for its password", error))?;
    Ok(bits.iter().fold(String::new(), |mut text, byte| {
        // Writing into a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    }))
}
