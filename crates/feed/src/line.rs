//! The line to the node's own NATS server: whether it is up, and to what.
//!
//! NATS may be absent for any time, at the start too; the node works on and the line comes up when
//! the server does. Nothing is published or pulled over a line that is not [`LineState::Up`]. Each
//! connection has a number of its own, so that whoever publishes sees that there was a new one and
//! compares what the stream holds with the log.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_nats::jetstream::Context;
use async_nats::jetstream::context::ContextBuilder;
use async_nats::{Client, ConnectOptions, Event, ServerInfo};
use tokio::sync::{mpsc, watch};
use tokio::task::AbortHandle;
use tracing::{debug, info, warn};

use crate::FeedError;
use crate::address::{Addresses, Login, addresses, redacted};
use crate::version::{LEAST, is_recent_enough};

/// A connection that is silent for twice this long is given up.
const PING: Duration = Duration::from_secs(10);
/// How long a request or an acknowledgement may take.
const ANSWER: Duration = Duration::from_secs(5);
/// How long closing waits for what is on its way.
const DRAIN: Duration = Duration::from_secs(5);

/// How to reach the server. Not printable: the address may hold a password.
pub struct LineConfig {
    /// `nats://host:port` or `tls://host:port`, with `user:password@` or `token@` before the host
    /// where the server asks for it; several servers of one cluster parted by commas.
    pub url: String,
    /// The node, as the server's operator sees it.
    pub node: String,
}

/// How the line stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineState {
    /// There was no connection yet.
    Connecting {
        /// Why the last attempt failed.
        reason: Option<String>,
    },
    /// Events travel.
    Up {
        /// As the server states it.
        server_version: String,
        /// Counts connections from 1; a new number means that something may have been lost.
        connection: u64,
    },
    /// Connected to a server with known holes: nothing travels.
    TooOld {
        /// As the server states it.
        server_version: String,
        /// The least that is used.
        least: String,
    },
    /// Connected to a server that has JetStream switched off: nothing travels.
    NoJetStream {
        /// As the server states it.
        server_version: String,
    },
    /// The connection was lost; it is tried again.
    Lost {
        /// Why the last attempt failed.
        reason: Option<String>,
    },
    /// The line was drained and does not come up again.
    Closed,
}

impl fmt::Display for LineState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let because = |f: &mut fmt::Formatter<'_>, what: &str, reason: &Option<String>| match reason
        {
            Some(reason) => write!(f, "{what} ({reason})"),
            None => f.write_str(what),
        };
        match self {
            Self::Connecting { reason } => because(f, "not connected yet", reason),
            Self::Up { server_version, .. } => write!(f, "up, nats-server {server_version}"),
            Self::TooOld { server_version, least } => {
                write!(f, "nats-server {server_version} has known holes; install {least} or newer")
            }
            Self::NoJetStream { server_version } => write!(
                f,
                "nats-server {server_version} runs without JetStream; switch it on in its configuration"
            ),
            Self::Lost { reason } => because(f, "the connection was lost", reason),
            Self::Closed => f.write_str("closed"),
        }
    }
}

/// The line of one node. Clones share the connection; it ends with the last of them.
#[derive(Clone)]
pub struct Line(Arc<Inner>);

struct Inner {
    jetstream: Context,
    state: watch::Receiver<LineState>,
    monitor: AbortHandle,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.monitor.abort();
    }
}

impl Line {
    /// Starts connecting. Fails only when the address can't be one; an absent server is a state.
    pub async fn connect(config: &LineConfig) -> Result<Self, FeedError> {
        let Addresses { servers, login } = addresses(&config.url)?;
        let (tell, events) = mpsc::unbounded_channel();
        let options = match login {
            None => ConnectOptions::new(),
            Some(Login::User { user, password }) => {
                ConnectOptions::with_user_and_password(user, password)
            }
            Some(Login::Token(token)) => ConnectOptions::with_token(token),
        };
        let client = options
            .name(&config.node)
            .ping_interval(PING)
            .request_timeout(Some(ANSWER))
            .retry_on_initial_connect()
            .event_callback(move |event| {
                // Never waits: the client drops events while its callback is busy. Nobody listens
                // any more when the line has ended.
                let _ = tell.send(event);
                std::future::ready(())
            })
            .connect(servers)
            .await
            .map_err(|error| FeedError::Address {
                address: redacted(&config.url),
                reason: error.to_string(),
            })?;
        let (sender, state) = watch::channel(LineState::Connecting { reason: None });
        let monitor = Monitor { client: client.clone(), state: sender, connections: 0 };
        Ok(Self(Arc::new(Inner {
            jetstream: ContextBuilder::new().timeout(ANSWER).build(client),
            state,
            monitor: tokio::spawn(monitor.run(events)).abort_handle(),
        })))
    }

    /// How the line stands, now and from now on.
    pub fn state(&self) -> watch::Receiver<LineState> {
        self.0.state.clone()
    }

    /// Waits until the line is up; the number of the connection. Fails only when it was closed.
    pub async fn up(&self) -> Result<u64, FeedError> {
        let mut state = self.state();
        let settled = |state: &LineState| matches!(state, LineState::Up { .. } | LineState::Closed);
        match state.wait_for(settled).await.as_deref() {
            Ok(LineState::Up { connection, .. }) => Ok(*connection),
            _ => Err(FeedError::Down { state: LineState::Closed }),
        }
    }

    /// Lets what is on its way arrive, and closes. A line that is not connected has nothing on its
    /// way.
    pub async fn drain(&self) {
        let mut state = self.state();
        let connected = matches!(
            *state.borrow(),
            LineState::Up { .. } | LineState::TooOld { .. } | LineState::NoJetStream { .. }
        );
        if !connected || self.0.jetstream.client().drain().await.is_err() {
            return;
        }
        let ended = |state: &LineState| matches!(state, LineState::Closed | LineState::Lost { .. });
        if tokio::time::timeout(DRAIN, state.wait_for(ended)).await.is_err() {
            warn!("NATS did not confirm in time that all was sent");
        }
    }

    /// The way to JetStream and the number of the connection, if the line is up.
    pub(crate) fn jetstream(&self) -> Result<(&Context, u64), FeedError> {
        match &*self.0.state.borrow() {
            LineState::Up { connection, .. } => Ok((&self.0.jetstream, *connection)),
            state => Err(FeedError::Down { state: state.clone() }),
        }
    }

    /// Waits until the connection of that number is no more.
    pub(crate) async fn left(&self, connection: u64) {
        let mut state = self.state();
        let left = |state: &LineState| !matches!(state, LineState::Up { connection: now, .. } if *now == connection);
        // An error means that the line has ended, and the connection with it.
        let _ = state.wait_for(left).await;
    }
}

/// Turns what the client tells into the state.
struct Monitor {
    client: Client,
    state: watch::Sender<LineState>,
    connections: u64,
}

impl Monitor {
    async fn run(mut self, mut events: mpsc::UnboundedReceiver<Event>) {
        while let Some(event) = events.recv().await {
            match event {
                Event::Connected => self.connected().await,
                Event::Disconnected => self.tell(LineState::Lost { reason: None }),
                Event::ClientError(error) => self.failed(&error.to_string()),
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

    fn failed(&self, error: &str) {
        let reason = Some(error.to_owned());
        self.state.send_if_modified(|state| {
            let next = match state {
                LineState::Connecting { .. } => LineState::Connecting { reason },
                LineState::Lost { .. } => LineState::Lost { reason },
                _ => return false,
            };
            std::mem::replace(state, next) != *state
        });
    }

    fn tell(&self, next: LineState) {
        if matches!(next, LineState::Lost { .. }) {
            warn!("{next}");
        }
        self.state.send_replace(next);
    }
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
