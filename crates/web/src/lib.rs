//! How people and programs reach a node: the HTTP API, the stream of events and the duty console.
//!
//! The same API is served on two surfaces. The *socket* belongs to the user who runs the node; the
//! *loopback* surface is careful with what changes something, because a browser, and whatever page is open
//! in it, can reach it.
//! What a node is and how it decides comes in through [`Backend`].
//!
//! ```text
//! request ─▶ the surface's own names and methods ─▶ its row of the one table ─▶ who asks?
//!         ─▶ is that one let in by the row? ─▶ a handler, with what that one sees
//! ```
//!
//! As long as nobody has an account, the owner of the socket does everything. From the first account
//! on, everything personal takes a sign-in: who asks is found at each request from a secret, what the
//! officer may is asked anew each time, and what lies outside of the zones of the officer's unit is
//! not there for that officer. [`access`] is the table of who may ask for what.
//!
//! Absent here: decisions, storage, NATS, how a password is proven. Nothing in an answer is markup
//! that came from an event; no password and no secret is in a message or a log.

mod access;
mod api;
mod auditor;
mod backend;
mod console;
mod events;
pub mod monitor;
mod officers;
mod openapi;
mod past;
mod peers;
mod principal;
mod problem;
mod purpose;
mod rate;
mod serving;
mod shelf;
mod surface;
mod trail;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use tokio::net::{TcpListener, UnixListener};
use tokio::sync::{Semaphore, watch};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

pub use access::{Access, Reach, Who, access};
pub use api::condition::Condition;
pub use auditor::{KEYS_AT_ONCE, KeyWanted, KeysError, KeysGranted, KeysWanted};
pub use backend::{Accepted, Backend, SubmitError};
pub use monitor::serve_monitor;
pub use officers::{
    Account, Admission, IssuedToken, NewOfficer, NewToken, Officer, OfficerChange, OfficerError,
    Secret, SignInError, SignedIn, TokenInfo,
};
pub use past::{AsOf, AsOfError, AsOfState, Building, Past};
pub use peers::{Finding, OwnTail, Peer, PeerZone, Peers, TailState};
pub use problem::{ProblemType, TYPES as PROBLEM_TYPES};
pub use rate::Pace;
pub use serving::tls::{TlsError, config as tls_config};
pub use serving::{Certificate, Limits};
pub use shelf::{
    Awaited, FeedPlace, Judged, JudgedOne, Shelf, ShelfDecision, ShelfError, ShelfPage, ShelfQuery,
    Shelved, ShelvedHeader, Which,
};
pub use tokio_rustls::rustls::ServerConfig as TlsConfig;
pub use trail::{Said, Showing};

use problem::Problem;
use rate::Rates;
use surface::Surface;

/// Largest command, bytes.
pub const COMMAND_BYTES: usize = 512 * 1024;
/// Largest request about accounts, bytes: there is no reason to read more before somebody is known.
pub const SECRET_BYTES: usize = 4 * 1024;

const _: () = assert!(SECRET_BYTES < COMMAND_BYTES);

/// How long answers under way may take after the order to stop.
const GRACE: Duration = Duration::from_secs(5);

/// What every handler works with.
#[derive(Clone)]
pub(crate) struct App {
    backend: Arc<dyn Backend>,
    /// Turns true when the server stops: streams have no end of their own.
    stopping: watch::Receiver<bool>,
    /// A place for each event stream that may be open.
    streams: Arc<Semaphore>,
    /// How often each officer may ask.
    rates: Arc<Rates>,
    /// Under which names other machines know it.
    names: Arc<[String]>,
}

/// Serves everything on a Unix socket until `shutdown` completes. Who may connect is decided by the
/// socket's file mode: the caller binds it for the owner alone. Who connects is the machine, or the
/// officer whose secret is shown.
pub async fn serve_unix(
    listener: UnixListener,
    backend: Arc<dyn Backend>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (stop, stopping) = watch::channel(false);
    let mut overdue = stopping.clone();
    let router = router(Surface::Socket, App::new(backend, stopping, Arc::default()));
    let serving = async move {
        axum::serve(listener, router)
            .with_graceful_shutdown(async move {
                shutdown.await;
                stop.send_replace(true);
            })
            .await
    };
    let deadline = async move {
        // The sender lives as long as the server that this races with.
        if overdue.wait_for(|stopping| *stopping).await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        served = serving => served,
        () = deadline => Ok(()),
    }
}

/// Serves pages and the API on a loopback address until `shutdown` completes. What changes something
/// takes a secret in `Authorization`, or comes from an own page; a request under a name that is not this
/// machine's is refused.
pub async fn serve_tcp(
    listener: TcpListener,
    backend: Arc<dyn Backend>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    serve_tcp_within(Limits::LOOPBACK, listener, backend, shutdown).await
}

/// The same within other limits.
pub async fn serve_tcp_within(
    limits: Limits,
    listener: TcpListener,
    backend: Arc<dyn Backend>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let front = Front { surface: Surface::Loopback, names: Arc::default(), certificate: None };
    front.serve(limits, listener, backend, shutdown).await
}

/// Serves officers on other machines until `shutdown` completes: over TLS, under these names and no
/// others, and nothing as long as nobody has an account.
pub async fn serve_network(
    limits: Limits,
    listener: TcpListener,
    certificate: Certificate,
    names: Arc<[String]>,
    backend: Arc<dyn Backend>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let front = Front { surface: Surface::Network, names, certificate: Some(certificate) };
    front.serve(limits, listener, backend, shutdown).await
}

/// A surface that others can reach.
struct Front {
    surface: Surface,
    names: Arc<[String]>,
    certificate: Option<Certificate>,
}

impl Front {
    async fn serve(
        self,
        limits: Limits,
        listener: TcpListener,
        backend: Arc<dyn Backend>,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> io::Result<()> {
        let (stop, stopping) = watch::channel(false);
        let router = router(self.surface, App::new(backend, stopping.clone(), self.names));
        let serving = serving::serve(listener, router, self.certificate, limits, stopping, GRACE);
        let told = async move {
            shutdown.await;
            stop.send_replace(true);
            std::future::pending::<()>().await;
        };
        tokio::select! {
            () = serving => Ok(()),
            () = told => Ok(()),
        }
    }
}

impl App {
    fn new(
        backend: Arc<dyn Backend>,
        stopping: watch::Receiver<bool>,
        names: Arc<[String]>,
    ) -> Self {
        let streams = Arc::new(Semaphore::new(events::STREAMS));
        Self { backend, stopping, streams, rates: Arc::default(), names }
    }
}

/// Text that is longer than its header. Streams go out as they are, event by event; fonts and pictures
/// are squeezed already.
fn worth_squeezing() -> impl Predicate {
    DefaultPredicate::new().and(NotForContentType::const_new("font/"))
}

fn router(surface: Surface, app: App) -> Router {
    Router::new()
        .merge(access::router(surface, &app))
        .fallback(console::refusal::nowhere)
        .method_not_allowed_fallback(|| async { Problem::method_not_allowed() })
        .layer(DefaultBodyLimit::max(COMMAND_BYTES))
        .layer(from_fn_with_state((surface, app.clone()), surface::guard))
        .layer(from_fn(problem::speak))
        .layer(from_fn(surface::harden))
        .layer(CompressionLayer::new().compress_when(worth_squeezing()))
        .with_state(app)
}
