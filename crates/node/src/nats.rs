//! Over which NATS server a node exchanges: one that somebody else runs, a private one of its own,
//! or none. Only an address that can't be one stops the node; without a server it records, shows
//! and waits.

use std::ffi::OsString;
use std::path::Path;

use giapranh_domain::UnitId;
use giapranh_feed::server::{PROGRAM_VARIABLE, Program, Server, ServerState};
use giapranh_feed::{FeedError, Line, LineConfig};
use serde::Serialize;

use crate::NodeError;

/// The private server's files, in the node's directory.
const DIR: &str = "nats";
/// What is written in place of an address where no server is wanted.
const NONE: &str = "none";

/// What a node exchanges over.
pub(crate) struct Nats {
    line: Option<Line>,
    private: Option<Private>,
}

/// The server of a node alone.
enum Private {
    Kept(Server),
    /// It was wanted and can't be had.
    Missing(FeedError),
}

impl Nats {
    /// Connects as the setting says: to an address, to nothing (`none`), or, without a setting, to
    /// a private server that is started for it.
    pub(crate) async fn open(
        dir: &Path,
        unit: &UnitId,
        setting: Option<&str>,
    ) -> Result<Self, NodeError> {
        let url = match setting {
            Some(NONE) => return Ok(Self { line: None, private: None }),
            Some(url) => url.to_owned(),
            None => return Self::alone(dir, unit).await,
        };
        let line = Line::connect(&LineConfig::new(url, unit.as_str())).await?;
        Ok(Self { line: Some(line), private: None })
    }

    async fn alone(dir: &Path, unit: &UnitId) -> Result<Self, NodeError> {
        match start(dir).await {
            Ok(server) => {
                if !server.program().is_guarded() {
                    tracing::info!(
                        "no setpriv here: a node that is killed leaves its server behind until its next start"
                    );
                }
                let line = Some(Line::connect(&server.line(unit.as_str())).await?);
                Ok(Self { line, private: Some(Private::Kept(server)) })
            }
            Err(error) => {
                tracing::warn!(%error, "nothing is exchanged");
                Ok(Self { line: None, private: Some(Private::Missing(error)) })
            }
        }
    }

    /// The line, if there can be one.
    pub(crate) fn line(&self) -> Option<&Line> {
        self.line.as_ref()
    }

    /// How the line stands, in a sentence.
    pub(crate) fn line_status(&self) -> String {
        match (&self.line, &self.private) {
            (Some(line), _) => line.state().borrow().to_string(),
            (None, Some(Private::Missing(error))) => format!("none: {error}"),
            (None, _) => "none: switched off (nats = \"none\")".to_owned(),
        }
    }

    /// How the private server stands, where one was wanted.
    pub(crate) fn server_status(&self) -> Option<ServerStatus> {
        self.private.as_ref().map(|private| match private {
            Private::Kept(server) => ServerStatus::of(server),
            Private::Missing(error) => ServerStatus {
                state: "missing",
                pid: None,
                version: None,
                reason: Some(error.to_string()),
            },
        })
    }

    /// Lets what is on its way arrive, and takes the private server down.
    pub(crate) async fn close(&self) {
        let Some(Private::Kept(server)) = &self.private else { return };
        if let Some(line) = &self.line {
            line.drain().await;
        }
        server.stop().await;
    }
}

async fn start(dir: &Path) -> Result<Server, FeedError> {
    let named = std::env::var_os(PROGRAM_VARIABLE);
    let search: OsString = std::env::var_os("PATH").unwrap_or_default();
    let program = Program::find(named.as_deref(), &search).await?;
    Server::start(&dir.join(DIR), program).await
}

/// How a private server stands.
#[derive(Debug, Serialize)]
pub(crate) struct ServerStatus {
    /// `starting`, `running`, `restarting`, `stopped` or `missing`.
    state: &'static str,
    pid: Option<u32>,
    version: Option<String>,
    /// Why it does not run, if so.
    reason: Option<String>,
}

impl ServerStatus {
    fn of(server: &Server) -> Self {
        let state = server.state().borrow().clone();
        let (state, pid, reason) = match state {
            ServerState::Starting => ("starting", None, None),
            ServerState::Running { pid } => ("running", Some(pid), None),
            ServerState::Restarting { reason, .. } => ("restarting", None, Some(reason)),
            ServerState::Stopped => ("stopped", None, None),
        };
        Self { state, pid, version: Some(server.program().version().to_owned()), reason }
    }
}
