//! What the client tells of its connections, made into the state of the line.

use async_nats::{Client, Event, Server, ServerInfo};
use tokio::sync::{mpsc, watch};
use tracing::{debug, info, warn};

use crate::login::{Login, TlsFiles};
use crate::nkey::PublicNkey;
use crate::version::{LEAST, is_recent_enough};
use crate::{FeedError, LineConfig, LineState};

/// What the client tells.
pub(crate) enum Told {
    /// Something happened.
    Event(Event),
    /// It is about to try again; each server with its last failure.
    Failed(Vec<Server>),
}

/// What the node shows to servers, without what is secret: for telling why it is not let in.
pub(crate) struct Credentials {
    nkey: Option<PublicNkey>,
    tls: Option<TlsFiles>,
}

impl Credentials {
    pub(crate) fn of(config: &LineConfig) -> Self {
        let nkey = match &config.login {
            Login::Nkey(seed) => Some(seed.public().clone()),
            Login::Address => None,
        };
        Self { nkey, tls: config.tls.clone() }
    }

    /// Whether the files can be used.
    pub(crate) async fn check(&self) -> Result<(), FeedError> {
        let Some(files) = self.tls.clone() else { return Ok(()) };
        let checked = tokio::task::spawn_blocking(move || files.check()).await;
        checked.unwrap_or_else(|error| Err(FeedError::refused("reading certificates", error)))
    }

    /// A failure, and what of ours to look at.
    async fn explain(&self, failure: &str) -> String {
        if failure.contains("authorization violation") {
            return match &self.nkey {
                Some(nkey) => format!("authorization violation: it knows no user {nkey}"),
                None => "authorization violation: it does not let this user in".into(),
            };
        }
        let Some(files) = &self.tls else { return failure.into() };
        // They were in order at the start, and may have been replaced since.
        if let Err(unusable) = self.check().await {
            return unusable.to_string();
        }
        let TlsFiles { ca, certificate, .. } = files;
        if failure.contains("invalid peer certificate") {
            format!("{failure}; it was checked against {}", ca.display())
        } else if failure.contains("received fatal alert") {
            format!("{failure}; it was shown {}", certificate.display())
        } else {
            failure.into()
        }
    }
}

/// Turns what the client tells into the state.
pub(crate) struct Monitor {
    client: Client,
    state: watch::Sender<LineState>,
    credentials: Credentials,
    connections: u64,
}

impl Monitor {
    pub(crate) fn new(
        client: Client,
        state: watch::Sender<LineState>,
        credentials: Credentials,
    ) -> Self {
        Self { client, state, credentials, connections: 0 }
    }

    pub(crate) async fn run(mut self, mut told: mpsc::UnboundedReceiver<Told>) {
        while let Some(told) = told.recv().await {
            match told {
                Told::Event(event) => self.happened(event).await,
                Told::Failed(servers) => self.all_failed(servers).await,
            }
        }
    }

    async fn happened(&mut self, event: Event) {
        match event {
            Event::Connected => self.connected().await,
            Event::Disconnected => self.tell(LineState::Lost { reason: None }),
            Event::ClientError(error) => self.failed(error.to_string(), Detail::Kind),
            Event::Closed => self.tell(LineState::Closed),
            Event::LameDuckMode => {
                info!("the NATS server is about to stop; connecting anew");
                // Fails only when the line has ended.
                let _ = self.client.force_reconnect().await;
            }
            // Nothing else tells of a denied publish. Names subjects, never contents.
            Event::ServerError(error) => warn!(%error, "the NATS server complained"),
            Event::SlowConsumer(_) => warn!("events came faster than they were taken"),
            Event::Draining => debug!("draining"),
        }
    }

    async fn connected(&mut self) {
        // The client tells of the connection before it has put down what the server said of
        // itself; a flush is worked off after that.
        if self.client.flush().await.is_err() {
            return;
        }
        let Some(server) = self.client.try_server_info() else {
            return;
        };
        self.connections += 1;
        let state = judge(&server, self.connections);
        if matches!(state, LineState::Up { .. }) {
            info!(version = server.version, "the line to NATS is up");
        } else {
            warn!("{state}");
        }
        self.tell(state);
    }

    async fn all_failed(&self, servers: Vec<Server>) {
        let mut reasons = Vec::new();
        for server in servers {
            let Some(failure) = server.last_error else { continue };
            let reason = self.credentials.explain(&failure).await;
            reasons.push(format!("{}:{}: {reason}", server.addr.host(), server.addr.port()));
        }
        if !reasons.is_empty() {
            self.failed(reasons.join("; "), Detail::Full);
        }
    }

    fn failed(&self, reason: String, detail: Detail) {
        self.state.send_if_modified(|state| {
            let (LineState::Connecting { reason: known } | LineState::Lost { reason: known }) =
                state
            else {
                return false;
            };
            if known.as_ref() == Some(&reason) || (detail == Detail::Kind && known.is_some()) {
                return false;
            }
            *known = Some(reason);
            true
        });
    }

    fn tell(&self, next: LineState) {
        if matches!(next, LineState::Lost { .. }) {
            warn!("{next}");
        }
        self.state.send_replace(next);
    }
}

/// How much a reason says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// Of what kind it was: better than nothing.
    Kind,
    /// Which server, and what it was.
    Full,
}

/// Whether a server may be used.
fn judge(server: &ServerInfo, connection: u64) -> LineState {
    let server_version = server.version.clone();
    if !is_recent_enough(&server_version) {
        LineState::TooOld { server_version, least: LEAST.to_string() }
    } else if server.jetstream {
        LineState::Up { server_version, connection }
    } else {
        LineState::NoJetStream { server_version }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_judged_by_its_version_and_by_jetstream() {
        let server = |version: &str, jetstream| ServerInfo {
            version: version.into(),
            jetstream,
            ..ServerInfo::default()
        };
        let up = LineState::Up { server_version: "2.15.1".into(), connection: 4 };
        assert_eq!(judge(&server("2.15.1", true), 4), up);
        assert!(matches!(judge(&server("2.15.1", false), 4), LineState::NoJetStream { .. }));
        let old = judge(&server("2.10.27", true), 4);
        assert!(matches!(&old, LineState::TooOld { least, .. } if least == "2.14.3"));
        assert!(!FeedError::Down { state: old }.is_retryable());
    }
}
