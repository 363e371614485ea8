//! Slow, idle, many and too large: real sockets against the server.

mod support;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::Engine as _;
use giapranh_domain::codes::Role;
use giapranh_web::{Backend, Limits, TlsConfig, tls_config};
use support::Node;
use support::http::Surface;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

const SOON: Duration = Duration::from_secs(20);
const BYTES: usize = 100 << 20;
const NAME: &str = "node.example";

/// So short that a test can wait for them.
const BRIEF: Limits = Limits {
    connections: 20,
    from_one: 20,
    header: Duration::from_millis(300),
    body: Duration::from_millis(600),
    body_pause: Duration::from_millis(300),
    answer: Duration::from_millis(300),
    handshake: Duration::from_millis(300),
};

struct Server {
    address: SocketAddr,
    _stop: oneshot::Sender<()>,
    _serving: JoinHandle<std::io::Result<()>>,
}

async fn serve(node: &Arc<Node>, limits: Limits) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("the machine has room");
    let address = listener.local_addr().expect("the machine has room");
    let (stop, stopped) = oneshot::channel();
    let backend: Arc<dyn Backend> = node.backend();
    let stopped = async { drop(stopped.await) };
    let serving = giapranh_web::serve_tcp_within(limits, listener, backend, stopped);
    Server { address, _stop: stop, _serving: tokio::spawn(serving) }
}

/// Sends text and reads until the server hangs up.
async fn say(address: SocketAddr, text: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("the machine has room");
    stream.write_all(text.as_bytes()).await.expect("the machine has room");
    heard(&mut stream).await
}

async fn heard(stream: &mut (impl tokio::io::AsyncRead + Unpin)) -> String {
    let mut heard = Vec::new();
    let read = timeout(SOON, stream.read_to_end(&mut heard)).await.expect("it hangs up");
    drop(read);
    String::from_utf8_lossy(&heard).into_owned()
}

async fn is_served(address: SocketAddr) {
    let status = Surface::Tcp(address).get("/api/v1/status").await.status;
    assert!([200, 401].contains(&status), "{status}");
}

#[tokio::test]
async fn whoever_is_slow_with_a_header_or_says_nothing_is_hung_up_on() {
    let server = serve(&Node::new(), BRIEF).await;
    for text in ["", "GET / HTTP/1.1\r\nHost: local", "GET / HTTP/1.1\r\nX: "] {
        assert!(!say(server.address, text).await.contains("200 OK"), "{text}");
    }
    // A byte now and then does not help.
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let begun = Instant::now();
    for byte in b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: aaaaaaaaaaaaaaaaaa".iter().cycle() {
        if stream.write_all(&[*byte]).await.is_err() {
            break;
        }
        sleep(Duration::from_millis(50)).await;
        assert!(begun.elapsed() < SOON);
    }
    // A connection that was answered may stay for as long and no longer.
    let kept = "GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n";
    assert!(say(server.address, kept).await.starts_with("HTTP/1.1 200 OK"));
    is_served(server.address).await;
}

#[tokio::test]
async fn whoever_is_slow_with_a_body_is_refused() {
    let node = Node::new();
    let secret = node.signed_in("cb-1", "hcm", &[Role::Duty]);
    let server = serve(&node, BRIEF).await;
    let head = format!(
        "POST /api/v1/commands HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {secret}\r\n\
         Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{"
    );
    let answer = say(server.address, &head).await;
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let begun = Instant::now();
    while stream.write_all(b" ").await.is_ok() {
        sleep(Duration::from_millis(50)).await;
        assert!(begun.elapsed() < SOON, "a byte now and then does not help");
    }
    is_served(server.address).await;
}

#[tokio::test]
async fn a_thousand_idle_connections_keep_nobody_out() {
    let server = serve(&Node::new(), Limits { header: SOON * 10, ..BRIEF }).await;
    let mut idle = Vec::new();
    for _ in 0..1_000 {
        idle.push(TcpStream::connect(server.address).await.unwrap());
    }
    for _ in 0..50 {
        is_served(server.address).await;
    }
    // The oldest went.
    assert_eq!(heard(&mut idle[0]).await, "");
    let mut still_open = 0;
    for stream in &idle {
        let mut byte = [0];
        let open = stream.try_read(&mut byte);
        still_open +=
            usize::from(open.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock));
    }
    assert!(still_open <= BRIEF.connections, "{still_open}");
}

#[tokio::test]
async fn a_stream_that_is_open_is_not_idle() {
    let node = Node::new();
    let limits = Limits { connections: 5, from_one: 5, header: SOON * 10, ..BRIEF };
    let server = serve(&node, limits).await;
    let surface = Surface::Tcp(server.address);
    let mut events = surface.events("/api/v1/events", &[]).await;
    let mut idle = Vec::new();
    for _ in 0..50 {
        idle.push(TcpStream::connect(server.address).await.unwrap());
    }
    is_served(server.address).await;
    node.issue("Vẫn đến");
    assert!(timeout(SOON, events.next_entry()).await.unwrap().data.contains("Vẫn đến"));
}

#[tokio::test]
async fn an_upload_of_100_mb_is_refused_without_being_read() {
    let server = serve(&Node::new(), Limits::LOOPBACK).await;
    // What is announced is refused at once; else it is when there is more than a form has.
    for (framing, status) in [
        (format!("Content-Length: {BYTES}"), "HTTP/1.1 413"),
        ("Transfer-Encoding: chunked".to_owned(), "HTTP/1.1 400"),
    ] {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        let head = format!(
            "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n{framing}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let (mut from, mut to) = stream.split();
        let chunked = framing.starts_with("Transfer");
        let part = vec![b'a'; 64 << 10];
        let mut sent = 0;
        let sending = async {
            while sent < BYTES {
                let length = format!("{:x}\r\n", part.len());
                if chunked && to.write_all(length.as_bytes()).await.is_err() {
                    break;
                }
                if to.write_all(&part).await.is_err() {
                    break;
                }
                if chunked && to.write_all(b"\r\n").await.is_err() {
                    break;
                }
                sent += part.len();
            }
            sent
        };
        let (sent, answer) = tokio::join!(sending, heard(&mut from));
        assert!(answer.starts_with(status), "{framing}: {answer}");
        assert!(sent < BYTES / 2, "{framing}: {sent} bytes were taken");
    }
    is_served(server.address).await;
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = base64::engine::general_purpose::STANDARD.encode(der);
    format!("-----BEGIN {label}-----\n{text}\n-----END {label}-----\n")
}

/// A certificate for the name, and a client that believes it.
fn certified() -> (Arc<TlsConfig>, TlsConnector) {
    let made = rcgen::generate_simple_self_signed([NAME.to_owned()]).expect("a name");
    let pem = pem("CERTIFICATE", made.cert.der());
    let key = self::pem("PRIVATE KEY", &made.signing_key.serialize_der());
    let config = tls_config(pem.as_bytes(), key.as_bytes()).expect("as it was made");
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(made.cert.der().to_vec())).expect("as it was made");
    let client = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the provider has them")
        .with_root_certificates(roots)
        .with_no_client_auth();
    (config, TlsConnector::from(Arc::new(client)))
}

struct Network {
    address: SocketAddr,
    connector: TlsConnector,
    _certificate: watch::Sender<Arc<TlsConfig>>,
    _stop: oneshot::Sender<()>,
    _serving: JoinHandle<std::io::Result<()>>,
}

impl Network {
    async fn serve(node: &Arc<Node>, limits: Limits) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("as it was made");
        let address = listener.local_addr().expect("as it was made");
        let (config, connector) = certified();
        let (told, certificate) = watch::channel(config);
        let (stop, stopped) = oneshot::channel();
        let names = Arc::from([NAME.to_owned()]);
        let stopped = async { drop(stopped.await) };
        let backend: Arc<dyn Backend> = node.backend();
        let serving =
            giapranh_web::serve_network(limits, listener, certificate, names, backend, stopped);
        Self {
            address,
            connector,
            _certificate: told,
            _stop: stop,
            _serving: tokio::spawn(serving),
        }
    }

    async fn say(&self, text: &str) -> String {
        let stream = TcpStream::connect(self.address).await.expect("as it was made");
        let name = ServerName::try_from(NAME).expect("as it was made");
        let mut stream = self.connector.connect(name, stream).await.expect("as it was made");
        stream.write_all(text.as_bytes()).await.expect("as it was made");
        heard(&mut stream).await
    }

    async fn get(&self, path: &str, host: &str, more: &str) -> String {
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n");
        self.say(&request).await
    }
}

#[tokio::test]
async fn other_machines_come_over_tls_under_the_names_that_were_given() {
    let node = Node::new();
    let secret = node.signed_in("cb-1", "hcm", &[Role::Duty]);
    let network = Network::serve(&node, BRIEF).await;
    let bearer = format!("Authorization: Bearer {secret}\r\n");
    for host in [NAME, "NODE.example:8443"] {
        let answer = network.get("/api/v1/alerts", host, &bearer).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(answer.contains("strict-transport-security: max-age="), "{answer}");
    }
    let cookie = format!("Cookie: __Host-giapranh={secret}\r\n");
    assert!(network.get("/", NAME, &cookie).await.starts_with("HTTP/1.1 200"));
    for host in ["localhost", "127.0.0.1", "rebound.example", "node.example.evil", "x@node.example"]
    {
        let answer = network.get("/api/v1/alerts", host, &bearer).await;
        assert!(
            answer.starts_with("HTTP/1.1 403") || answer.starts_with("HTTP/1.1 400"),
            "{host}: {answer}"
        );
    }
    assert!(network.get("/", NAME, "").await.starts_with("HTTP/1.1 303"));
    assert!(network.get("/api/v1/alerts", NAME, "").await.starts_with("HTTP/1.1 401"));
    // A form counts from this very origin alone.
    for (origin, status) in [
        ("https://node.example", "303"),
        ("http://node.example", "403"),
        ("https://evil.example", "403"),
    ] {
        let request = format!(
            "POST /sign-out HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\nOrigin: {origin}\r\n\
             {cookie}Content-Length: 0\r\n\r\n"
        );
        let answer = network.say(&request).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{origin}: {answer}");
    }
}

#[tokio::test]
async fn a_node_without_officers_serves_nothing_to_other_machines() {
    let node = Node::new();
    node.issue("Không ai được thấy");
    let network = Network::serve(&node, BRIEF).await;
    for path in ["/", "/alerts", "/api/v1/alerts", "/api/v1/status", "/sign-in"] {
        let answer = network.get(path, NAME, "").await;
        assert!(answer.starts_with("HTTP/1.1 409"), "{path}: {answer}");
        assert!(answer.contains("no-officers") && !answer.contains("Không ai"), "{answer}");
    }
    let page = network.get("/", NAME, "Accept: text/html\r\n").await;
    assert!(page.starts_with("HTTP/1.1 409") && page.contains("<h1>"), "{page}");
}

#[tokio::test]
async fn who_speaks_no_tls_is_told_or_hung_up_on() {
    let network = Network::serve(&Node::new(), BRIEF).await;
    let answer = say(network.address, "GET / HTTP/1.1\r\nHost: node.example\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("https://"), "{answer}");
    assert_eq!(say(network.address, "").await, "", "silence");
    assert!(!say(network.address, "\u{16}\u{3}\u{1}").await.contains("HTTP"), "half a handshake");
}
