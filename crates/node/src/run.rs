//! A node's life: open, wire, serve, until it is told to stop or can't go on.

use std::future::Future;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use giapranh_domain::{Command, Directory, UnitId};
use giapranh_feed::owner::StreamPolicy;
use giapranh_log::{Clock, Identity, LOG_FILE, Log, Open, Reader};
use giapranh_views::{Rebuilt, Views};
use giapranh_web::{
    Accepted, Backend, Judged, Peers, Shelf, ShelfError, ShelfPage, ShelfQuery, Shelved,
    SubmitError, Which,
};
use tokio::net::{TcpListener, UnixListener};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::author::Author;
use crate::clerk::Clerk;
use crate::inbox::Pulls;
use crate::nats::Nats;
use crate::outbox::{Outbox, OutboxState};
use crate::projection::Projection;
use crate::standing::Standing;
use crate::{
    Config, NodeError, Overrides, SOCKET_FILE, SystemClock, inbox, init, keys, owner, quarantine,
    status,
};

type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// What a running node's pages and commands reach.
pub(crate) struct Running {
    pub dir: PathBuf,
    pub unit: UnitId,
    pub clock: Arc<dyn Clock>,
    pub standing: Arc<Standing>,
    pub author: Author,
    pub views: Views,
    pub projection: Projection,
    pub position: watch::Receiver<u64>,
    pub nats: Arc<Nats>,
    pub pulls: Pulls,
    pub outbox: watch::Receiver<OutboxState>,
    /// Where the page of the live feed is.
    pub page: Option<SocketAddr>,
}

/// Runs the node in `dir` until `shutdown`, or until it can't go on.
pub async fn run(
    dir: &Path,
    overrides: Overrides,
    shutdown: impl Future<Output = ()> + Send,
) -> Result<(), NodeError> {
    let mut config = Config::load(dir)?;
    config.nats = overrides.nats.or(config.nats);
    config.http = overrides.http.or(config.http);
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let (identity, standing, log) = open(dir, &config, clock.clone())?;
    let projection = Projection::open(dir.to_owned(), config.anchor.registrar.clone())?;
    let views = Views::open(dir)?;
    let http = match &config.http {
        Some(address) => Some(listen(address).await?),
        None => None,
    };
    let socket = listen_unix(dir)?;
    let nats = Arc::new(Nats::open(dir, &config).await?);

    let (position_sender, position) = watch::channel(0);
    let (directory_sender, directory_head) = watch::channel(standing.directory().head());
    let (outbox_sender, outbox) =
        watch::channel(OutboxState { published: 0, waiting: Some("no line to NATS".to_owned()) });
    let pulls = Pulls::default();
    let unit = config.unit.clone();
    let mut tasks = JoinSet::new();
    if let Some(line) = nats.line() {
        if let Some(line) = nats.owner() {
            let head = directory_head.clone();
            let policy =
                StreamPolicy { replicas: config.replicas.unwrap_or(1), ..StreamPolicy::default() };
            let (province, line) = (unit.to_string(), line.clone());
            tasks.spawn(owner::run(province, line, policy, standing.clone(), head));
        }
        let (log, standing, pulls) = (log.clone(), standing.clone(), pulls.clone());
        let head = directory_head.clone();
        tasks.spawn(inbox::run(unit.clone(), line.clone(), log.clone(), standing, pulls, head));
        let outbox = Outbox {
            dir: dir.to_owned(),
            reader: Arc::new(Mutex::new(Reader::open(&dir.join(LOG_FILE))?)),
            unit: unit.clone(),
            epoch: identity.epoch,
            keys: Reader::open(&dir.join(LOG_FILE))?.own_keys()?,
            line: line.clone(),
            log,
            clock: clock.clone(),
            state: outbox_sender,
        };
        tasks.spawn(outbox.run());
    }
    let projecting =
        projection.clone().run(log.clone(), standing.clone(), position_sender, directory_sender);
    let author = Author {
        unit: unit.clone(),
        epoch: identity.epoch,
        log: log.clone(),
        standing: standing.clone(),
    };
    let clerk = Clerk {
        author: author.clone(),
        log: dir.join(LOG_FILE),
        clock: clock.clone(),
        directory_head: directory_head.clone(),
    };
    tasks.spawn(clerk.run());
    let running: Arc<Running> = Arc::new(Running {
        dir: dir.to_owned(),
        unit,
        clock,
        standing,
        author,
        views,
        projection,
        position,
        nats: nats.clone(),
        pulls,
        outbox,
        page: http.as_ref().and_then(|listener| listener.local_addr().ok()),
    });
    let ended = serve(running, socket, http, projecting, shutdown).await;
    tasks.shutdown().await;
    nats.close().await;
    let _ = std::fs::remove_file(dir.join(SOCKET_FILE));
    log.close().await;
    ended
}

fn open(
    dir: &Path,
    config: &Config,
    clock: Arc<dyn Clock>,
) -> Result<(Identity, Arc<Standing>, Log), NodeError> {
    let key = keys::load(dir)?;
    let identity = init::identity(dir, config, &key)?;
    let reader = Reader::open(&dir.join(LOG_FILE))?;
    let standing = Arc::new(Standing::load(&reader, &config.unit, &config.anchor.registrar)?);
    let log = Log::open(
        dir,
        &identity,
        Open {
            signer: Arc::new(key),
            keyring: standing.clone(),
            entitlement: standing.clone(),
            clock,
        },
    )?;
    if let Some(refusal) = log.refusal() {
        tracing::error!(refusal, "nothing can be signed");
    }
    Ok((identity, standing, log))
}

async fn serve(
    running: Arc<Running>,
    socket: UnixListener,
    http: Option<TcpListener>,
    projecting: impl Future<Output = NodeError> + Send + 'static,
    shutdown: impl Future<Output = ()> + Send,
) -> Result<(), NodeError> {
    let (stop, stopping) = watch::channel(false);
    let stopped = |mut stopping: watch::Receiver<bool>| async move {
        let _ = stopping.wait_for(|stop| *stop).await;
    };
    let (log, unit) = (running.author.log.clone(), running.unit.clone());
    let front: Arc<dyn Backend> = Arc::new(Front(running));
    let mut servers = JoinSet::new();
    servers.spawn(giapranh_web::serve_unix(socket, front.clone(), stopped(stopping.clone())));
    if let Some(listener) = http {
        servers.spawn(giapranh_web::serve_tcp(listener, front.clone(), stopped(stopping)));
    }
    drop(front);
    let mut projecting = tokio::spawn(projecting);
    tracing::info!(%unit, "the node is running");
    let ended = tokio::select! {
        () = shutdown => Ok(()),
        error = log.stopped() => Err(error.into()),
        error = &mut projecting => {
            Err(error.unwrap_or_else(|error| NodeError::Projection(error.to_string())))
        }
    };
    stop.send_replace(true);
    projecting.abort();
    let _ = projecting.await;
    while servers.join_next().await.is_some() {}
    tracing::info!(%unit, "the node has stopped");
    ended
}

/// Pages are for this machine: anything else is refused before it is tried.
async fn listen(address: &str) -> Result<TcpListener, NodeError> {
    let parsed: SocketAddr =
        address.parse().map_err(|_| NodeError::NotLoopback(address.to_owned()))?;
    if !parsed.ip().is_loopback() {
        return Err(NodeError::NotLoopback(address.to_owned()));
    }
    let error = |source| NodeError::Listen { address: address.to_owned(), source };
    let listener = TcpListener::bind(parsed).await.map_err(error)?;
    let bound = listener.local_addr().map_err(error)?;
    tracing::info!(address = %bound, "the live feed is at http://{bound}/");
    Ok(listener)
}

fn listen_unix(dir: &Path) -> Result<UnixListener, NodeError> {
    let path = dir.join(SOCKET_FILE);
    // The log's lock is ours, so a socket that lies here belongs to nobody.
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(NodeError::io(&path)(error));
        }
        _ => {}
    }
    let listener = UnixListener::bind(&path).map_err(NodeError::io(&path))?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))
        .map_err(NodeError::io(&path))?;
    Ok(listener)
}

/// A running node, as its pages see it.
struct Front(Arc<Running>);

impl Front {
    /// Reads the log's file where blocking is allowed.
    fn look<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Path) -> Result<T, NodeError> + Send + 'static,
    ) -> BoxFuture<Result<T, ShelfError>> {
        let path = self.0.dir.join(LOG_FILE);
        Box::pin(async move {
            let read = tokio::task::spawn_blocking(move || read(&path)).await;
            read.map_err(|error| ShelfError::Failed(error.to_string()))?
                .map_err(|error| ShelfError::Failed(error.to_string()))
        })
    }
}

impl Backend for Front {
    fn submit(&self, command: Command) -> BoxFuture<Result<Accepted, SubmitError>> {
        Box::pin(self.0.author.clone().submit(command))
    }

    fn status(&self) -> BoxFuture<serde_json::Value> {
        let running = self.0.clone();
        Box::pin(async move {
            let status = tokio::task::spawn_blocking(move || status::status(&running)).await;
            let value = match status {
                Ok(Ok(status)) => serde_json::to_value(status).map_err(|error| error.to_string()),
                Ok(Err(error)) => Err(error.to_string()),
                Err(error) => Err(error.to_string()),
            };
            value.unwrap_or_else(|error| serde_json::json!({ "error": error }))
        })
    }

    fn peers(&self) -> BoxFuture<Peers> {
        let unit = self.0.unit.clone();
        Box::pin(async move { Peers::none(unit) })
    }

    fn directory(&self) -> Arc<Directory> {
        self.0.standing.directory()
    }

    fn unit(&self) -> UnitId {
        self.0.unit.clone()
    }

    fn rebuild(&self) -> BoxFuture<Result<Rebuilt, String>> {
        let projection = self.0.projection.clone();
        Box::pin(async move {
            let rebuilt = tokio::task::spawn_blocking(move || projection.rebuild()).await;
            rebuilt.map_err(|error| error.to_string())?.map_err(|error| error.to_string())
        })
    }

    fn shelf(&self, on: Shelf, query: ShelfQuery) -> BoxFuture<Result<ShelfPage, ShelfError>> {
        self.look(move |log| quarantine::list(log, on, &query))
    }

    fn shelved(&self, on: Shelf, id: u64) -> BoxFuture<Result<Option<Shelved>, ShelfError>> {
        self.look(move |log| quarantine::show(log, on, id))
    }

    fn shelved_bytes(&self, on: Shelf, id: u64) -> BoxFuture<Result<Option<Vec<u8>>, ShelfError>> {
        self.look(move |log| Ok(quarantine::bytes(log, on, id)?.map(Vec::from)))
    }

    fn rejudge(&self, on: Shelf, which: Which) -> BoxFuture<Result<Judged, ShelfError>> {
        let running = self.0.clone();
        Box::pin(async move {
            let path = running.dir.join(LOG_FILE);
            quarantine::rejudge(&running.author.log, &path, on, which).await
        })
    }

    fn views(&self) -> Views {
        self.0.views.clone()
    }

    fn position(&self) -> watch::Receiver<u64> {
        self.0.position.clone()
    }

    fn now_ms(&self) -> u64 {
        self.0.clock.now_ms()
    }
}
