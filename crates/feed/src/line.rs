//! The line to the node's own NATS server: whether it is up, and to what.
//!
//! NATS may be absent for any time, at the start too; the node works on and the line comes up when
//! the server does. Nothing is published or pulled over a line that is not [`LineState::Up`]. Each
//! connection has a number of its own, so that whoever publishes sees that there was a new one and
//! compares what the stream holds with the log.
//!
//! Where each node has an account of its own (`isolated`), a province's stream is reached through
//! what was imported from that province, `$JS.<province>.API`, whether it lies on this server, in a
//! cluster or behind a hub. Publishing and reading back one's own subjects looks the same everywhere.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use async_nats::jetstream::Context;
use async_nats::jetstream::context::ContextBuilder;
use async_nats::{Client, ServerAddr, Subscriber};
use giapranh_record::is_token;
use tokio::sync::{mpsc, watch};
use tokio::task::AbortHandle;
use tracing::warn;

use crate::FeedError;
use crate::address::{Addresses, addresses, redacted};
use crate::login::{Login, TlsFiles, options};
use crate::monitor::{Credentials, Monitor, Told};
use crate::traffic::{Counters, Traffic};

/// A connection that is silent for twice this long is given up.
const PING: Duration = Duration::from_secs(10);
/// How long a request or an acknowledgement may take.
const ANSWER: Duration = Duration::from_secs(5);
/// How long closing waits for what is on its way.
const DRAIN: Duration = Duration::from_secs(5);

/// Most messages that wait for one subscription before more are dropped: four pulls.
const WAITING: usize = 1024;

/// How to reach the server. Not printable: the address may hold a password.
#[derive(Clone)]
pub struct LineConfig {
    /// `nats://host:port` or `tls://host:port`, with `user:password@` or `token@` before the host
    /// where the server asks for it; several servers of one cluster parted by commas.
    pub url: String,
    /// The node, as the server's operator sees it. Answers come to subjects that begin with
    /// `_INBOX_<node>`, so that a server can keep them from others.
    pub node: String,
    /// Who the node says it is.
    pub login: Login,
    /// Mutual TLS with these files; all addresses then begin with `tls://`.
    pub tls: Option<TlsFiles>,
    /// Whether the node has an account of its own at the server, which imports what it may use.
    pub isolated: bool,
}

impl LineConfig {
    /// As the address says and no more: no TLS files, and no account of the node's own.
    pub fn new(url: impl Into<String>, node: impl Into<String>) -> Self {
        let (url, node) = (url.into(), node.into());
        Self { url, node, login: Login::Address, tls: None, isolated: false }
    }

    /// What the subjects of this node's answers begin with.
    pub fn inbox_prefix(node: &str) -> String {
        format!("_INBOX_{node}")
    }

    /// Reads the address, and refuses what does not go together.
    fn addresses(&self) -> Result<Addresses, FeedError> {
        if !is_token(&self.node) {
            let (value, reason) = (self.node.clone(), "it is no id");
            return Err(FeedError::Value { what: "node", value, reason });
        }
        let refused = |reason: &str| FeedError::Address {
            address: redacted(&self.url),
            reason: reason.into(),
        };
        let addresses = addresses(&self.url)?;
        if matches!(self.login, Login::Nkey(_)) && addresses.secret.is_some() {
            return Err(refused("it holds a user, and the node has an nkey to log in with"));
        }
        let plain = |server: &ServerAddr| !server.tls_required();
        if self.tls.is_some() && addresses.servers.iter().any(plain) {
            return Err(refused("the node has certificates, so each address must be tls://"));
        }
        Ok(addresses)
    }
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
    client: Client,
    counters: Counters,
    jetstream: Context,
    isolated: bool,
    state: watch::Receiver<LineState>,
    monitor: AbortHandle,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.monitor.abort();
    }
}

impl Line {
    /// Starts connecting. Fails only when the configuration can't be one, or names files that can't
    /// be used; an absent server is a state.
    pub async fn connect(config: &LineConfig) -> Result<Self, FeedError> {
        let Addresses { servers, secret } = config.addresses()?;
        let credentials = Credentials::of(config);
        credentials.check().await?;
        let (tell, events) = mpsc::unbounded_channel();
        let tell_failures = tell.clone();
        let mut options = options(&config.login, secret)
            .name(&config.node)
            .custom_inbox_prefix(LineConfig::inbox_prefix(&config.node))
            .subscription_capacity(WAITING)
            .ping_interval(PING)
            .request_timeout(Some(ANSWER))
            .retry_on_initial_connect()
            .event_callback(move |event| {
                // Never waits: the client drops events while its callback is busy. Nobody listens
                // any more when the line has ended.
                let _ = tell.send(Told::Event(event));
                std::future::ready(())
            })
            // Asked which server to try next: nothing else says in full why the last ones failed.
            .reconnect_to_server_callback(move |servers, _| {
                let _ = tell_failures.send(Told::Failed(servers));
                std::future::ready(None)
            });
        if let Some(files) = &config.tls {
            options = options
                .require_tls(true)
                .add_root_certificates(files.ca.clone())
                .add_client_certificate(files.certificate.clone(), files.key.clone());
        }
        // Its future takes 16 KiB, which callers need not carry along.
        let client = Box::pin(options.connect(servers)).await.map_err(|error| {
            FeedError::Address { address: redacted(&config.url), reason: error.to_string() }
        })?;
        let (sender, state) = watch::channel(LineState::Connecting { reason: None });
        let monitor = Monitor::new(client.clone(), sender, credentials);
        Ok(Self(Arc::new(Inner {
            jetstream: ContextBuilder::new().timeout(ANSWER).build(client.clone()),
            client,
            counters: Counters::default(),
            isolated: config.isolated,
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

    /// What has travelled over it so far.
    pub fn traffic(&self) -> Traffic {
        self.0.counters.read()
    }

    /// Counts events that came and were in the log already, which only the log knows.
    pub fn count_duplicates(&self, events: u64) {
        self.0.counters.duplicates.fetch_add(events, Ordering::Relaxed);
    }

    pub(crate) fn counters(&self) -> &Counters {
        &self.0.counters
    }

    /// Whether the node has an account of its own at the server.
    pub(crate) fn is_isolated(&self) -> bool {
        self.0.isolated
    }

    /// The client and the number of the connection, if the line is up.
    pub(crate) fn client(&self) -> Result<(&Client, u64), FeedError> {
        self.jetstream().map(|(_, connection)| (&self.0.client, connection))
    }

    /// Subscribes, as soon as there is a connection and again on each new one.
    pub(crate) async fn subscribe(&self, subject: String) -> Result<Subscriber, FeedError> {
        let doing = format!("listening to {subject}");
        let subscribed = self.0.client.subscribe(subject).await;
        subscribed.map_err(|error| FeedError::unanswered(doing, error))
    }

    /// The way to JetStream and the number of the connection, if the line is up.
    pub(crate) fn jetstream(&self) -> Result<(&Context, u64), FeedError> {
        match &*self.0.state.borrow() {
            LineState::Up { connection, .. } => Ok((&self.0.jetstream, *connection)),
            state => Err(FeedError::Down { state: state.clone() }),
        }
    }

    /// The way to what was imported from a province, and the number of the connection, if the line
    /// is up.
    pub(crate) fn jetstream_of(&self, province: &str) -> Result<(Context, u64), FeedError> {
        let (jetstream, connection) = self.jetstream()?;
        if !self.0.isolated {
            return Ok((jetstream.clone(), connection));
        }
        // Only the prefix of requests changes. Publishing would ignore it: that is not done here.
        let imported = ContextBuilder::new().domain(province).timeout(ANSWER);
        Ok((imported.build(jetstream.client()), connection))
    }

    /// Waits until the connection of that number is no more.
    pub(crate) async fn left(&self, connection: u64) {
        let mut state = self.state();
        let left = |state: &LineState| !matches!(state, LineState::Up { connection: now, .. } if *now == connection);
        // An error means that the line has ended, and the connection with it.
        let _ = state.wait_for(left).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Seed;

    #[test]
    fn what_does_not_go_together_is_refused_without_its_password() {
        let files = TlsFiles { ca: "ca".into(), certificate: "cert".into(), key: "key".into() };
        let login = Login::Nkey(Seed::generate().unwrap());
        let config = LineConfig::new;
        for (config, reason) in [
            (config("nats://h", "a.b"), "no id"),
            (config("nats://h", "*"), "no id"),
            (LineConfig { login: login.clone(), ..config("tls://u:secret@h", "hcm") }, "an nkey"),
            (LineConfig { tls: Some(files.clone()), ..config("nats://h", "hcm") }, "tls://"),
            (
                LineConfig { tls: Some(files.clone()), ..config("tls://a,nats://b", "hcm") },
                "tls://",
            ),
        ] {
            let refused = config.addresses().unwrap_err();
            let text = refused.to_string();
            assert!(text.contains(reason) && !text.contains("secret"), "{text}");
            assert!(!refused.is_retryable());
        }
        let both = LineConfig { login, tls: Some(files), ..config("tls://a,tls://b", "hcm_q1") };
        assert_eq!(both.addresses().unwrap().servers.len(), 2);
    }
}
