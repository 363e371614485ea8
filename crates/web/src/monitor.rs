//! What a machine watches: `/livez`, `/readyz` and `/metrics`, on a listener of their own.
//!
//! Nothing here is personal, and the set of labels is bounded by the directory and by lists of codes.
//! The format of the metrics is Prometheus' text format, version 0.0.4: small enough to write it
//! ourselves, so that nothing is added to what a node is built of.

mod text;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use futures_util::future::BoxFuture;
use serde::Serialize;
use tokio::net::TcpListener;

pub use text::render;

/// A node, as a machine watches it.
pub trait Monitored: Send + Sync + 'static {
    /// Why the node can't do its work now; empty when it can. Cheap: it is asked every few seconds.
    fn unready(&self) -> BoxFuture<'static, Vec<Unready>>;

    /// All figures. Families have different names; samples of one have different labels.
    fn metrics(&self) -> BoxFuture<'static, Vec<Family>>;
}

/// A reason why a node is not ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unready {
    /// Stable, for programs: `tail-behind`, `log-full` …
    pub code: &'static str,
    /// One sentence with the way out. Never personal.
    pub text: String,
}

/// What a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Grows from the start of the process on; its name ends in `_total`.
    Counter,
    /// Goes up and down.
    Gauge,
}

/// Figures of one name.
#[derive(Debug, Clone, PartialEq)]
pub struct Family {
    /// `giapranh_…`: letters, digits and `_`; the unit of measure last.
    pub name: &'static str,
    /// One line.
    pub help: &'static str,
    /// What it is.
    pub kind: Kind,
    /// One for each set of labels.
    pub samples: Vec<Sample>,
}

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Names, letters, digits and `_`, with their values; any text.
    pub labels: Vec<(&'static str, String)>,
    /// The figure.
    pub value: Value,
}

/// A figure's value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// How many.
    Whole(u64),
    /// How many, perhaps below zero.
    Signed(i64),
    /// How much.
    Real(f64),
}

impl From<u64> for Value {
    fn from(value: u64) -> Self {
        Self::Whole(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Signed(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Whole(u64::from(value))
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Real(value)
    }
}

impl Family {
    /// A counter without samples.
    pub fn counter(name: &'static str, help: &'static str) -> Self {
        Self { name, help, kind: Kind::Counter, samples: Vec::new() }
    }

    /// A gauge without samples.
    pub fn gauge(name: &'static str, help: &'static str) -> Self {
        Self { name, help, kind: Kind::Gauge, samples: Vec::new() }
    }

    /// With one more figure.
    #[must_use]
    pub fn with(mut self, labels: &[(&'static str, &str)], value: impl Into<Value>) -> Self {
        let labels = labels.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        self.samples.push(Sample { labels, value: value.into() });
        self
    }
}

/// An address at which nobody may listen by mistake: others could reach it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0} is reachable from other machines; say so explicitly if that is meant")]
pub struct Reachable(pub SocketAddr);

/// Whether the monitor may listen there: on this machine's own addresses always, on others only when
/// the configuration says so explicitly.
pub fn may_listen(address: SocketAddr, explicit: bool) -> Result<(), Reachable> {
    if explicit || address.ip().is_loopback() { Ok(()) } else { Err(Reachable(address)) }
}

/// Serves the monitor's surface until `shutdown` completes. Every answer is small and made at once,
/// so what is under way then is cut.
pub async fn serve_monitor(
    listener: TcpListener,
    monitored: Arc<dyn Monitored>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let router = Router::new()
        .route("/livez", get(|| async { "ok\n" }))
        .route("/readyz", get(readyz))
        .route("/metrics", get(metrics))
        .fallback(|| async { (StatusCode::NOT_FOUND, "see /livez, /readyz and /metrics\n") })
        .with_state(monitored);
    tokio::select! {
        served = async { axum::serve(listener, router).await } => served,
        () = shutdown => Ok(()),
    }
}

/// What `/readyz` says as JSON.
#[derive(Debug, Serialize)]
struct Readiness {
    ready: bool,
    reasons: Vec<Unready>,
}

/// As text, or as JSON for who asks for that: `Accept: application/json`.
async fn readyz(
    State(monitored): State<Arc<dyn Monitored>>,
    headers: axum::http::HeaderMap,
) -> Response {
    let reasons = monitored.unready().await;
    let ready = reasons.is_empty();
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let accepted = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    if accepted.is_some_and(|accept| accept.contains("application/json")) {
        return (status, NO_STORE, Json(Readiness { ready, reasons })).into_response();
    }
    let lines = reasons.iter().map(|reason| format!("{}: {}\n", reason.code, reason.text));
    let text = if ready { "ready\n".to_owned() } else { lines.collect() };
    (status, NO_STORE, text).into_response()
}

async fn metrics(State(monitored): State<Arc<dyn Monitored>>) -> Response {
    let mut response = render(&monitored.metrics().await).into_response();
    let media = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, media);
    response
}

/// How a node is now is no answer for later.
const NO_STORE: [(HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];
