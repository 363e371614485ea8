//! A node's life: open, wire, serve, until it is told to stop or can't go on.

use std::future::Future;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use giapranh_audit::Keys;
use giapranh_domain::UnitId;
use giapranh_feed::Line;
use giapranh_feed::owner::StreamPolicy;
use giapranh_log::{Clock, Identity, LOG_FILE, Log, Open, Reader};
use giapranh_record::{SealingKey, SigningKey};
use giapranh_views::Views;
use giapranh_web::monitor::{Monitored, may_listen, serve_monitor};
use giapranh_web::{Backend, Limits};
use tokio::net::{TcpListener, UnixListener};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use crate::author::Author;
use crate::clerk::Clerk;
use crate::console::Reachable;
use crate::eraser::{Barred, Eraser};
use crate::front::Front;
use crate::granting::{Granting, Holding};
use crate::healer::{self, Healer, Healing, Rewound};
use crate::inbox::{Pulling, Pulls};
use crate::monitor::Watch;
use crate::nats::Nats;
use crate::officers::Officers;
use crate::outbox::{Outbox, OutboxState};
use crate::owner::Owner;
use crate::past::{Limits as Kept, Past};
use crate::projection::{Projection, Shown};
use crate::reminder::{Hook, HookState, Reminder};
use crate::sealing::Sealer;
use crate::standing::Standing;
use crate::{Config, NodeError, Overrides, SOCKET_FILE, init, keys};

/// What a running node's pages and commands reach.
pub(crate) struct Running {
    pub dir: PathBuf,
    pub unit: UnitId,
    pub clock: Arc<dyn Clock>,
    pub standing: Arc<Standing>,
    pub author: Author,
    pub views: Views,
    pub projection: Projection,
    pub past: Past,
    pub officers: Officers,
    pub hook: watch::Sender<HookState>,
    pub position: watch::Receiver<u64>,
    /// The same, but for notes of who was shown what.
    pub alerts: watch::Receiver<u64>,
    pub nats: Arc<Nats>,
    pub pulls: Pulls,
    pub outbox: watch::Receiver<OutboxState>,
    pub healing: Arc<Healing>,
    /// Why nothing personal is shown, if so.
    pub barred: watch::Receiver<Barred>,
    /// Why the views wait, if they do.
    pub views_wait: watch::Receiver<Option<String>>,
    /// Where the page of the live feed is.
    pub page: Option<SocketAddr>,
}

/// Runs the node in `dir` until `shutdown`, or until it can't go on. What time it is comes in.
pub async fn run(
    dir: &Path,
    overrides: Overrides,
    clock: Arc<dyn Clock>,
    shutdown: impl Future<Output = ()> + Send,
) -> Result<(), NodeError> {
    let config = overrides.apply(Config::load(dir)?);
    let hook = Hook::of(&config.due)?;
    let (identity, key, standing, log) = open(dir, &config, clock.clone())?;
    let sealer = Sealer::open(dir)?;
    let sealing = Arc::new(keys::load_sealing(dir)?);
    let held: Arc<dyn Keys> = Arc::new(sealer.clone());
    let projection = Projection::open(dir.to_owned(), config.anchor.registrar.clone(), Some(held))?;
    let past = Past::open(dir, config.anchor.registrar.clone(), Kept::USUAL)?;
    let listeners = Listeners::open(dir, &config).await?;
    let officers = Officers::open(dir, &config.unit, &standing, &clock)?;
    let nats = Arc::new(Nats::open(dir, &config).await?);
    let (unit, instance, has_line) = (config.unit.clone(), instance()?, nats.line().is_some());
    let interval_ms = config.healing.interval_ms()?;
    let healing = Arc::new(Healing::new(unit.as_str(), instance, interval_ms, has_line));
    let (position_sender, position) = watch::channel(0);
    let (alerts_sender, alerts) = watch::channel(0);
    let (directory_sender, directory_head) = watch::channel(standing.directory().head());
    let (wait_sender, views_wait) = watch::channel(None);
    let shown = Shown {
        position: position_sender,
        alerts: alerts_sender,
        directory: directory_sender,
        waits: wait_sender,
    };
    let (outbox_sender, outbox) =
        watch::channel(OutboxState { published: 0, waiting: Some("no line to NATS".to_owned()) });
    let author = Author {
        unit,
        epoch: identity.epoch,
        log: log.clone(),
        standing: standing.clone(),
        sealer,
    };
    let barred = watch::Sender::new(None);
    let views = Views::open(dir)?;
    let eraser = Eraser {
        dir: dir.to_owned(),
        unit: config.unit.clone(),
        sealer: author.sealer.clone(),
        log: log.clone(),
        views: views.clone(),
        projection: projection.clone(),
        past: past.clone(),
        standing: standing.clone(),
        clock: clock.clone(),
        healing: healing.clone(),
        barred: barred.clone(),
    };
    eraser.before_serving(has_line).await?;
    let running: Arc<Running> = Arc::new(Running {
        dir: dir.to_owned(),
        unit: config.unit.clone(),
        clock,
        standing,
        author,
        views,
        projection: projection.clone(),
        past: past.clone(),
        officers,
        hook: watch::Sender::new(HookState::of(hook.as_ref())),
        position,
        alerts,
        nats: nats.clone(),
        pulls: Pulls::default(),
        outbox,
        healing,
        barred: barred.subscribe(),
        views_wait,
        page: listeners.http.as_ref().and_then(|listener| listener.local_addr().ok()),
    });
    let mut tasks = JoinSet::new();
    tasks.spawn(running.officers.clone().keep_clear());
    tasks.spawn(past.clone().keep_clear());
    tasks.spawn(remind(&running, hook));
    tasks.spawn(eraser.run(running.alerts.clone()));
    if let Some(line) = nats.line() {
        let exchange =
            Exchange { running: &running, config: &config, line, sealing, directory_head };
        exchange.start(
            &mut tasks,
            &identity,
            Arc::new(key),
            (instance, interval_ms),
            outbox_sender,
        )?;
    } else {
        tasks.spawn(clerk(&running, directory_head));
    }
    let projecting = projection.run(log.clone(), running.standing.clone(), shown);
    let ended = serve(running, listeners, projecting, shutdown).await;
    tasks.shutdown().await;
    past.close();
    nats.close().await;
    let _ = std::fs::remove_file(dir.join(SOCKET_FILE));
    log.close().await;
    ended
}

/// Tells this start of the node from every other one.
fn instance() -> Result<[u8; 16], NodeError> {
    let mut instance = [0; 16];
    getrandom::fill(&mut instance)
        .map_err(|error| NodeError::Request(format!("the system gives no randomness: {error}")))?;
    Ok(instance)
}

/// The registrar's clerk, who says nothing before the node has settled.
fn clerk(
    running: &Running,
    directory_head: watch::Receiver<u64>,
) -> impl Future<Output = ()> + Send + use<> {
    let (log, clock) = (running.dir.join(LOG_FILE), running.clock.clone());
    let clerk = Clerk { author: running.author.clone(), log, clock, directory_head };
    let mut settled = running.healing.settled();
    async move {
        if settled.wait_for(|settled| *settled).await.is_ok() {
            clerk.run().await;
        }
    }
}

/// Tells the hook what is due, if there is one.
fn remind(running: &Running, hook: Option<Hook>) -> impl Future<Output = ()> + Send + use<> {
    let reminder = hook.map(|hook| Reminder {
        hook,
        unit: running.unit.clone(),
        log: running.author.log.clone(),
        views: running.views.clone(),
        standing: running.standing.clone(),
        clock: running.clock.clone(),
        settled: running.healing.settled(),
        position: running.position.clone(),
        state: running.hook.clone(),
    });
    async move {
        if let Some(reminder) = reminder {
            reminder.run().await;
        }
    }
}

/// What a node with a line does over it.
struct Exchange<'a> {
    running: &'a Running,
    config: &'a Config,
    line: &'a Line,
    sealing: Arc<SealingKey>,
    directory_head: watch::Receiver<u64>,
}

impl Exchange<'_> {
    fn start(
        self,
        tasks: &mut JoinSet<()>,
        identity: &Identity,
        key: Arc<SigningKey>,
        (instance, interval_ms): ([u8; 16], u64),
        outbox: watch::Sender<OutboxState>,
    ) -> Result<(), NodeError> {
        let Self { running, config, line, sealing, directory_head } = self;
        let Running { dir, unit, clock, standing, author, healing, .. } = running;
        let (path, log) = (dir.join(LOG_FILE), &author.log);
        let rewind = Arc::new(Notify::new());
        let (rewound_sender, rewound) = watch::channel(Rewound::default());
        tasks.spawn(clerk(running, directory_head.clone()));
        if let Some(line) = running.nats.owner() {
            let replicas = config.replicas.unwrap_or(1);
            let owner = Owner {
                province: unit.to_string(),
                line: line.clone(),
                policy: StreamPolicy { replicas, ..StreamPolicy::default() },
                standing: standing.clone(),
                tail: log.tail(),
                rewind: rewind.clone(),
                directory_head: directory_head.clone(),
            };
            tasks.spawn(owner.run());
        }
        let pulling = Pulling {
            unit: unit.clone(),
            line: line.clone(),
            log: log.clone(),
            standing: standing.clone(),
            pulls: running.pulls.clone(),
            healing: healing.clone(),
            directory_head: directory_head.clone(),
        };
        tasks.spawn(pulling.run());
        let outbox = Outbox {
            dir: dir.clone(),
            reader: Arc::new(Mutex::new(Reader::open(&path)?)),
            unit: unit.clone(),
            epoch: identity.epoch,
            keys: Reader::open(&path)?.own_keys()?,
            line: line.clone(),
            log: log.clone(),
            standing: standing.clone(),
            clock: clock.clone(),
            state: outbox,
            rewound: rewound_sender,
            rewind: rewind.clone(),
        };
        tasks.spawn(outbox.run());
        let holding = Holding {
            unit: unit.clone(),
            sealing,
            sealer: author.sealer.clone(),
            log: log.clone(),
            standing: standing.clone(),
        };
        let granting = Granting {
            dir: dir.clone(),
            views: running.views.clone(),
            holding,
            parked: Arc::default(),
        };
        tasks.spawn(granting.clone().run(line.clone(), directory_head.clone()));
        let (served, judged) = (standing.clone(), healing.clone());
        tasks.spawn(healer::serve(
            line.clone(),
            unit.clone(),
            path.clone(),
            served,
            judged,
            granting,
        ));
        let healer = Healer {
            dir: dir.clone(),
            unit: unit.clone(),
            epoch: identity.epoch,
            instance,
            signer: key,
            log: log.clone(),
            views: running.views.clone(),
            reader: Arc::new(Mutex::new(Reader::open(&path)?)),
            standing: standing.clone(),
            clock: clock.clone(),
            line: line.clone(),
            interval_ms,
            healing: healing.clone(),
            directory_head,
            rewound,
            rewind,
        };
        tasks.spawn(healer.run());
        Ok(())
    }
}

fn open(
    dir: &Path,
    config: &Config,
    clock: Arc<dyn Clock>,
) -> Result<(Identity, SigningKey, Arc<Standing>, Log), NodeError> {
    let key = keys::load(dir)?;
    let signer = Arc::new(keys::load(dir)?);
    let identity = init::identity(dir, config, &key)?;
    let reader = Reader::open(&dir.join(LOG_FILE))?;
    let standing = Arc::new(Standing::load(&reader, &config.unit, &config.anchor.registrar)?);
    let log = Log::open(
        dir,
        &identity,
        Open { signer, keyring: standing.clone(), entitlement: standing.clone(), clock },
    )?;
    if let Some(refusal) = log.refusal() {
        tracing::error!(refusal, "nothing can be signed");
    }
    Ok((identity, key, standing, log))
}

/// Where people and machines reach the node.
struct Listeners {
    socket: UnixListener,
    http: Option<TcpListener>,
    monitor: Option<TcpListener>,
    console: Option<Reachable>,
}

impl Listeners {
    async fn open(dir: &Path, config: &Config) -> Result<Self, NodeError> {
        let http = match &config.http {
            Some(address) => Some(listen(address).await?),
            None => None,
        };
        let monitor = match &config.monitor {
            Some(address) => Some(listen_for_machines(address, config.monitor_reachable).await?),
            None => None,
        };
        let console = Reachable::open(dir, config).await?;
        Ok(Self { http, monitor, console, socket: listen_unix(dir)? })
    }
}

async fn serve(
    running: Arc<Running>,
    listeners: Listeners,
    projecting: impl Future<Output = NodeError> + Send + 'static,
    shutdown: impl Future<Output = ()> + Send,
) -> Result<(), NodeError> {
    let (stop, stopping) = watch::channel(false);
    let stopped = |mut stopping: watch::Receiver<bool>| async move {
        let _ = stopping.wait_for(|stop| *stop).await;
    };
    let (log, unit) = (running.author.log.clone(), running.unit.clone());
    let Listeners { socket, http, monitor, console } = listeners;
    let mut servers = JoinSet::new();
    if let Some(listener) = monitor {
        let watched: Arc<dyn Monitored> = Arc::new(Watch(running.clone()));
        servers.spawn(serve_monitor(listener, watched, stopped(stopping.clone())));
    }
    let front: Arc<dyn Backend> = Arc::new(Front(running));
    servers.spawn(giapranh_web::serve_unix(socket, front.clone(), stopped(stopping.clone())));
    if let Some(listener) = http {
        let stopped = stopped(stopping.clone());
        servers.spawn(giapranh_web::serve_tcp(listener, front.clone(), stopped));
    }
    let mut following = JoinSet::new();
    if let Some(Reachable { listener, certificate, names, files }) = console {
        following.spawn(files.follow());
        servers.spawn(giapranh_web::serve_network(
            Limits::NETWORK,
            listener,
            certificate,
            names,
            front.clone(),
            stopped(stopping),
        ));
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
    let listener = bind(parsed).await?;
    if let Ok(bound) = listener.local_addr() {
        tracing::info!(address = %bound, "the live feed is at http://{bound}/");
    }
    Ok(listener)
}

async fn listen_for_machines(address: &str, reachable: bool) -> Result<TcpListener, NodeError> {
    let unusable = |error: String| NodeError::Request(format!("monitor = \"{address}\": {error}"));
    let parsed: SocketAddr =
        address.parse().map_err(|error: std::net::AddrParseError| unusable(error.to_string()))?;
    may_listen(parsed, reachable)
        .map_err(|error| unusable(format!("{error} (monitor_reachable = true in node.toml)")))?;
    let listener = bind(parsed).await?;
    if let Ok(bound) = listener.local_addr() {
        tracing::info!(address = %bound, "metrics are at http://{bound}/metrics");
    }
    Ok(listener)
}

async fn bind(address: SocketAddr) -> Result<TcpListener, NodeError> {
    let error = |source| NodeError::Listen { address: address.to_string(), source };
    TcpListener::bind(address).await.map_err(error)
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
