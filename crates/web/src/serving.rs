//! Serving where other programs and machines connect: a bound on how many there are and how long each may
//! take, so that nobody keeps the others out by being slow, idle or many.
//!
//! - Of too many connections the one that has been idle for longest goes, never one that is answered.
//! - A request has a time for its header and one for its body; an answer has to be taken, too.
//! - What is refused unread is answered first, and then hung up on.

mod patience;
mod seats;
pub mod tls;

use std::convert::Infallible;
use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, Request, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tower::Service as _;

use patience::{Answering, Patient, Timed};
use seats::{Seat, Seats};

/// How many may be connected, and how long each thing may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections in all.
    pub connections: usize,
    /// Connections from one address.
    pub from_one: usize,
    /// Until the header of the next request is there: also how long a connection may be idle.
    pub header: Duration,
    /// Until the whole body is there, and between two parts of it.
    pub body: Duration,
    /// See there.
    pub body_pause: Duration,
    /// Until a part of an answer is taken.
    pub answer: Duration,
    /// Until a peer has agreed on TLS.
    pub handshake: Duration,
}

impl Limits {
    /// On a loopback address everybody has the same one.
    pub const LOOPBACK: Self = Self { from_one: 512, ..Self::NETWORK };
    /// Many may stand behind one address; a system's usual bound on open files is 1,024.
    pub const NETWORK: Self = Self {
        connections: 512,
        from_one: 128,
        header: Duration::from_secs(30),
        body: Duration::from_secs(60),
        body_pause: Duration::from_secs(15),
        answer: Duration::from_secs(30),
        handshake: Duration::from_secs(10),
    };
}

const _: () = assert!(Limits::NETWORK.from_one <= Limits::NETWORK.connections);

/// How long a peer that still sends is heard out after the answer, and how much of it, bytes.
const LINGER: Duration = Duration::from_secs(2);
const LINGER_BYTES: u64 = 256 * 1024;
/// Headers of a request.
const HEADERS: usize = 64;
/// Pause when the system gives no more connections.
const EXHAUSTED: Duration = Duration::from_millis(50);
/// What a browser is told that was here once over TLS: never come without it, for a year.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// The certificate of this moment; `None`: connections are in clear.
pub type Certificate = watch::Receiver<Arc<ServerConfig>>;

/// What every connection needs.
#[derive(Clone)]
struct Host {
    router: Router,
    certificate: Option<Certificate>,
    limits: Limits,
    stopping: watch::Receiver<bool>,
}

/// Serves until `stopping`, and then until what is being answered is, or `grace` has passed.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    certificate: Option<Certificate>,
    limits: Limits,
    mut stopping: watch::Receiver<bool>,
    grace: Duration,
) {
    let host = Host { router, certificate, limits, stopping: stopping.clone() };
    let seats = Arc::new(Seats::new(limits.connections, limits.from_one));
    let mut open = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopping.wait_for(|stopping| *stopping) => break,
        };
        while open.try_join_next().is_some() {}
        match accepted {
            Ok((stream, peer)) => {
                // Nobody is idle: the newest has to wait outside.
                let Some(seat) = seats.take(peer.ip()) else { continue };
                open.spawn(host.clone().welcome(stream, peer, seat));
            }
            Err(error) if is_of_peer(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "no connection can be taken");
                seats.free_one();
                sleep(EXHAUSTED).await;
            }
        }
    }
    drop(listener);
    let _ = timeout(grace, async { while open.join_next().await.is_some() {} }).await;
    open.shutdown().await;
}

/// Whether it was the peer that went away.
fn is_of_peer(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

impl Host {
    /// Answers a peer until one of both has enough.
    async fn welcome(self, stream: TcpStream, peer: SocketAddr, seat: Seat) {
        let _ = stream.set_nodelay(true);
        let seat = Arc::new(seat);
        let talk = async {
            let Some(certificate) = &self.certificate else {
                return self.talk(stream, &seat).await;
            };
            let acceptor = TlsAcceptor::from(certificate.borrow().clone());
            let agreed = async {
                if !is_tls(&stream).await? {
                    return hint(stream).await.map(|()| None);
                }
                acceptor.accept(stream).await.map(Some)
            };
            match timeout(self.limits.handshake, agreed).await {
                Ok(Ok(Some(stream))) => self.talk(stream, &seat).await,
                Ok(Ok(None)) | Err(_) => {}
                Ok(Err(error)) => tracing::debug!(%peer, %error, "no TLS"),
            }
        };
        tokio::select! {
            () = talk => {}
            () = seat.left() => tracing::debug!(%peer, "makes room for others"),
        }
    }

    async fn talk<T>(&self, stream: T, seat: &Arc<Seat>)
    where
        T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let (limits, mut stopping) = (self.limits, self.stopping.clone());
        let (router, is_tls) = (self.router.clone(), self.certificate.is_some());
        let seat = seat.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let answering = seat.answer();
            let mut router = router.clone();
            Box::pin(async move {
                let request = request.map(|body| Body::new(Timed::new(body, limits)));
                let mut response = router.call(request).await?;
                if is_tls {
                    response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, HSTS);
                }
                Ok::<_, Infallible>(response.map(|body| Answering::new(body, answering)))
            })
        });
        let mut connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.header)
            .max_headers(HEADERS)
            .serve_connection(TokioIo::new(Patient::new(stream, limits.answer)), service);
        let mut is_ending = false;
        let ended = loop {
            let talked = tokio::select! {
                ended = poll_fn(|context| connection.poll_without_shutdown(context)) => Some(ended),
                _ = stopping.wait_for(|stopping| *stopping), if !is_ending => None,
            };
            if let Some(ended) = talked {
                break ended;
            }
            is_ending = true;
            Pin::new(&mut connection).graceful_shutdown();
        };
        match ended {
            Ok(()) => linger(connection.into_parts().io.into_inner()).await,
            Err(error) => tracing::debug!(%error, "a connection broke off"),
        }
    }
}

/// Says that nothing more comes and hears the peer out for a moment: whoever is still sending would
/// otherwise lose the answer together with the connection.
async fn linger<T: AsyncRead + AsyncWrite + Unpin>(mut stream: T) {
    let _ = timeout(LINGER, async {
        stream.shutdown().await?;
        tokio::io::copy(&mut (&mut stream).take(LINGER_BYTES), &mut tokio::io::sink()).await
    })
    .await;
}

/// Whether what a peer sends first begins a TLS handshake.
async fn is_tls(stream: &TcpStream) -> io::Result<bool> {
    let mut first = [0];
    Ok(stream.peek(&mut first).await? == 0 || first[0] == 0x16)
}

/// For a browser that was told http:// instead of https://.
async fn hint(mut stream: TcpStream) -> io::Result<()> {
    let text = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: \
                close\r\n\r\nhttps://\n";
    stream.write_all(text.as_bytes()).await?;
    linger(stream).await;
    Ok(())
}
