//! A server, a line to it, and a sink that a test can look into.

use std::collections::BTreeSet;
use std::fs;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use giapranh_feed::backfill::{AskError, ask};
use giapranh_feed::inbox::{Arrival, Durable, PullState, Sink, SinkError, pull};
use giapranh_feed::outbox::Outgoing;
use giapranh_feed::owner::{ConsumerSpec, StreamPolicy, ensure_consumers, ensure_stream};
use giapranh_feed::{Line, LineConfig, LineState};
use giapranh_testkit::server::{NatsServer, StartOptions};
use tempfile::TempDir;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use uuid::Uuid;

/// Longer than anything here takes, short enough for a person.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Setup {
    pub line: Line,
    pub server: NatsServer,
    // Dropped after the server.
    pub store: TempDir,
}

impl Setup {
    /// Where the server keeps the stream of `hcm`.
    pub fn stream_dir(&self) -> PathBuf {
        self.store.path().join("jetstream/$G/streams/FEED_hcm")
    }

    /// Kills the server, does something to its files, and waits for the line to come up again.
    pub async fn restart_after(&mut self, meanwhile: impl FnOnce(&Self)) {
        let before = self.line.up().await.unwrap();
        self.server.kill();
        meanwhile(self);
        self.server.restart().unwrap();
        let mut state = self.line.state();
        let again = |state: &LineState| matches!(state, LineState::Up { connection, .. } if *connection > before);
        in_time("the line to come up again", state.wait_for(again)).await.unwrap();
    }
}

/// Puts a copy of a directory in the place of another.
pub fn replace(at: &Path, by: &Path) {
    if at.exists() {
        fs::remove_dir_all(at).unwrap();
    }
    fs::create_dir_all(at).unwrap();
    for entry in fs::read_dir(by).unwrap() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        if path.is_dir() {
            replace(&at.join(name), &path);
        } else {
            fs::copy(&path, at.join(name)).unwrap();
        }
    }
}

/// A server with the stream of `hcm`, and a line that is up.
pub async fn setup() -> Setup {
    let setup = bare().await;
    ensure_stream(&setup.line, "hcm", &policy()).await.unwrap();
    setup
}

/// A server without any stream, and a line that is up.
pub async fn bare() -> Setup {
    let store = tempfile::tempdir().unwrap();
    let server =
        NatsServer::start(StartOptions { store_dir: store.path().into(), port: None }).unwrap();
    let line = connect(&server.url()).await;
    in_time("the line to come up", line.up()).await.unwrap();
    Setup { line, server, store }
}

pub fn policy() -> StreamPolicy {
    StreamPolicy { max_bytes: 64 * 1024 * 1024, ..StreamPolicy::default() }
}

pub async fn connect(url: &str) -> Line {
    Line::connect(&LineConfig::new(url, "hcm")).await.unwrap()
}

/// The line of another unit, up.
pub async fn connect_as(url: &str, unit: &str) -> Line {
    let line = Line::connect(&LineConfig::new(url, unit)).await.unwrap();
    in_time("the line to come up", line.up()).await.unwrap();
    line
}

/// A client without our rules, to look at the server from outside.
pub async fn stranger(server: &NatsServer) -> async_nats::jetstream::Context {
    async_nats::jetstream::new(async_nats::connect(server.url()).await.unwrap())
}

pub async fn in_time<T>(what: &str, future: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, future).await.unwrap_or_else(|_| panic!("waited for {what}"))
}

/// Waits until the server has worked off all that was sent over a line: it says that nobody is there.
pub async fn settled(line: &Line) {
    let nobody = ask(line, "hcm", "nobody", Bytes::new()).await;
    assert!(matches!(nobody, Err(AskError::Unanswered(_))), "{nobody:?}");
}

/// The event with this number, for a zone.
pub fn event(number: u128, zone: &str) -> Outgoing {
    Outgoing {
        event_id: Uuid::from_u128(number),
        kind: "alert.issued".into(),
        origin: "hcm".into(),
        recorded_ms: 1_700_000_000_000,
        zone: zone.into(),
        bytes: Bytes::from(format!("event {number} for {zone}")),
    }
}

pub fn spec(node: &str, zones: &[&str]) -> ConsumerSpec {
    let zones: BTreeSet<String> = zones.iter().map(ToString::to_string).collect();
    ConsumerSpec { node: node.into(), zones }
}

pub async fn subscribe(line: &Line, node: &str, zones: &[&str]) {
    ensure_consumers(line, "hcm", &[spec(node, zones)]).await.unwrap();
}

/// Keeps what arrives, and fails as often as it was told to.
pub struct Kept {
    taken: watch::Sender<Vec<Arrival>>,
    refusals: watch::Sender<usize>,
    batches: watch::Sender<Vec<usize>>,
}

impl Kept {
    pub fn new(refusals: usize) -> Arc<Self> {
        Arc::new(Self {
            taken: watch::Sender::new(Vec::new()),
            refusals: watch::Sender::new(refusals),
            batches: watch::Sender::new(Vec::new()),
        })
    }

    /// What was taken, once there is as much.
    pub async fn at_least(&self, events: usize) -> Vec<Arrival> {
        let mut taken = self.taken.subscribe();
        let all = taken.wait_for(|taken| taken.len() >= events);
        in_time(&format!("{events} events"), all).await.unwrap().clone()
    }

    pub async fn at_most_refusals_left(&self, refusals: usize) {
        let mut left = self.refusals.subscribe();
        in_time("the sink to refuse", left.wait_for(|left| *left <= refusals)).await.unwrap();
    }

    pub fn batches(&self) -> Vec<usize> {
        self.batches.borrow().clone()
    }

    pub fn refuse_no_more(&self) {
        self.refusals.send_replace(0);
    }
}

/// A sink for a task of its own.
pub struct Shared(pub Arc<Kept>);

impl Sink for Shared {
    async fn arrive(&self, batch: Vec<Arrival>) -> Result<(), SinkError> {
        let refused = self.0.refusals.send_if_modified(|left| {
            let refused = *left > 0;
            *left = left.saturating_sub(1);
            refused
        });
        if refused {
            return Err(SinkError("the disk is full".into()));
        }
        self.0.batches.send_modify(|batches| batches.push(batch.len()));
        self.0.taken.send_modify(|taken| taken.extend(batch));
        Ok(())
    }
}

/// A running pull of a node from `hcm`.
pub struct Pulling {
    pub state: watch::Receiver<PullState>,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl Pulling {
    pub fn start(line: &Line, node: &str, sink: &Arc<Kept>) -> Self {
        let (sender, state) = watch::channel(PullState::Waiting { reason: "new".into() });
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let durable = Durable { province: "hcm".into(), node: node.into() };
        let (line, sink) = (line.clone(), Shared(Arc::clone(sink)));
        let task = tokio::spawn(async move {
            let shutdown = async move {
                let _ = stopped.await;
            };
            pull(&line, &durable, &sink, &sender, shutdown).await;
        });
        Self { state, stop: Some(stop), task }
    }

    pub async fn until(&mut self, what: &str, is: impl FnMut(&PullState) -> bool) -> PullState {
        in_time(what, self.state.wait_for(is)).await.unwrap().clone()
    }

    pub async fn stop(mut self) {
        self.stop.take().unwrap().send(()).unwrap();
        in_time("the pull to stop", self.task).await.unwrap();
    }
}
