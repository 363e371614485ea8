//! Over which NATS server a node exchanges: one that somebody else runs, a private one of its own,
//! or none. Only an address that can't be one stops the node; without a server it records, shows
//! and waits.

use std::ffi::OsString;
use std::path::Path;

use giapranh_domain::UnitId;
use giapranh_feed::server::{PROGRAM_VARIABLE, Program, Server, ServerState};
use giapranh_feed::{FeedError, Line, LineConfig, Login};
use serde::Serialize;

use crate::{Config, NodeError, keys};

/// The private server's files, in the node's directory.
const DIR: &str = "nats";
/// What is written in place of an address where no server is wanted.
const NONE: &str = "none";

/// What a node exchanges over.
pub(crate) struct Nats {
    line: Option<Line>,
    /// Of a province's node: over which it keeps the province's stream. At a server with accounts
    /// the stream is in one of its own, whose only user the owner is.
    owner: Option<Line>,
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
    pub(crate) async fn open(dir: &Path, config: &Config) -> Result<Self, NodeError> {
        let unit = &config.unit;
        let url = match config.nats.as_deref() {
            Some(NONE) => return Ok(Self { line: None, owner: None, private: None }),
            Some(url) => url.to_owned(),
            None => return Self::alone(dir, unit).await,
        };
        let plain =
            LineConfig { tls: config.tls_files(dir), ..LineConfig::new(url, unit.as_str()) };
        if config.isolated {
            return Self::isolated(dir, unit, plain).await;
        }
        let line = Line::connect(&plain).await?;
        let owner = (unit.province() == *unit).then(|| line.clone());
        Ok(Self { line: Some(line), owner, private: None })
    }

    /// At a server whose configuration follows from the directory.
    async fn isolated(dir: &Path, unit: &UnitId, plain: LineConfig) -> Result<Self, NodeError> {
        let seed = |name: &str| {
            keys::seed(dir, name)?.ok_or_else(|| {
                let path = dir.join(name).display().to_string();
                let text = format!("{path} is missing: the nkey that the server knows the node by");
                NodeError::Request(text)
            })
        };
        let login = Login::Nkey(seed(keys::NATS)?);
        let owner = if unit.province() == *unit {
            let login = Login::Nkey(seed(keys::NATS_OWNER)?);
            let config = LineConfig { login, ..plain.clone() };
            Some(Line::connect(&config).await?)
        } else {
            None
        };
        let line = Line::connect(&LineConfig { login, isolated: true, ..plain }).await?;
        Ok(Self { line: Some(line), owner, private: None })
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
                let owner = line.clone().filter(|_| unit.province() == *unit);
                Ok(Self { line, owner, private: Some(Private::Kept(server)) })
            }
            Err(error) => {
                tracing::warn!(%error, "nothing is exchanged");
                Ok(Self { line: None, owner: None, private: Some(Private::Missing(error)) })
            }
        }
    }

    /// The line, if there can be one.
    pub(crate) fn line(&self) -> Option<&Line> {
        self.line.as_ref()
    }

    /// The line over which the province's stream is kept, at a province's node.
    pub(crate) fn owner(&self) -> Option<&Line> {
        self.owner.as_ref()
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
