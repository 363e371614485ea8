//! A client of NATS without manners: it says what it is told to, and hears what the server says of
//! it. The client library would hide refusals, or wait for them.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use giapranh_feed::Seed;
use nkeys::KeyPair;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// Longer than a server takes to answer anything.
const PATIENCE: Duration = Duration::from_secs(10);

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// What stands for a client on the line.
pub struct Papers<'a> {
    pub ca: &'a str,
    /// A certificate and its key, in PEM.
    pub certificate: Option<(&'a str, &'a str)>,
}

/// What the server said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    Message(Message),
    Error(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub subject: String,
    pub reply: Option<String>,
    /// `NATS/1.0 503` and what follows, if there are headers.
    pub headers: String,
    pub payload: String,
}

impl Message {
    pub fn is_no_responders(&self) -> bool {
        self.headers.starts_with("NATS/1.0 503")
    }
}

pub struct Raw {
    stream: Box<dyn Stream>,
    buffer: Vec<u8>,
    /// Numbers subscriptions, and inboxes with them.
    number: u64,
}

impl Raw {
    /// Connects and logs in; `Err` says how the server refused.
    pub async fn connect(
        port: u16,
        papers: Option<&Papers<'_>>,
        seed: Option<&Seed>,
    ) -> Result<Self, String> {
        let deadline = Instant::now() + PATIENCE;
        timeout_at(deadline, Self::log_in(port, papers, seed))
            .await
            .unwrap_or_else(|_| Err("no answer".into()))
    }

    /// Connects as a server of a cluster does, which begins with the handshake.
    pub async fn connect_as_server(port: u16, papers: Option<&Papers<'_>>) -> Result<Self, String> {
        let knock = async {
            let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.map_err(text)?;
            let mut raw = Self { stream: Box::new(stream), buffer: Vec::new(), number: 0 };
            if let Some(papers) = papers {
                raw = raw.encrypt(papers).await?;
            }
            let name = r#""server_id":"RAW","name":"raw","cluster":"giap-ranh","headers":true"#;
            raw.send(format!("CONNECT {{{name}}}\r\n").as_bytes()).await?;
            match raw.settle().await?.into_iter().next() {
                None => Ok(raw),
                Some(said) => Err(format!("{said:?}")),
            }
        };
        timeout_at(Instant::now() + PATIENCE, knock)
            .await
            .unwrap_or_else(|_| Err("no answer".into()))
    }

    async fn log_in(
        port: u16,
        papers: Option<&Papers<'_>>,
        seed: Option<&Seed>,
    ) -> Result<Self, String> {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.map_err(text)?;
        // Small writes would wait for one another.
        stream.set_nodelay(true).map_err(text)?;
        let mut raw = Self { stream: Box::new(stream), buffer: Vec::new(), number: 0 };
        let info = raw.line().await?;
        let nonce = info.split_once("\"nonce\":\"").and_then(|(_, rest)| rest.split_once('"'));
        let nonce = nonce.map(|(nonce, _)| nonce.to_owned()).unwrap_or_default();
        if let Some(papers) = papers {
            raw = raw.encrypt(papers).await?;
        }
        let login = seed.map_or_else(String::new, |seed| {
            let key = KeyPair::from_seed(seed.text()).unwrap();
            let signature = base64url(&key.sign(nonce.as_bytes()).unwrap());
            format!(r#","nkey":"{}","sig":"{signature}""#, key.public_key())
        });
        let options = r#""verbose":false,"pedantic":false,"headers":true,"no_responders":true"#;
        raw.send(format!("CONNECT {{{options},\"lang\":\"test\"{login}}}\r\n").as_bytes()).await?;
        match raw.settle().await?.into_iter().next() {
            None => Ok(raw),
            Some(said) => Err(format!("{said:?}")),
        }
    }

    async fn encrypt(self, papers: &Papers<'_>) -> Result<Self, String> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(papers.ca.as_bytes()).unwrap()).unwrap();
        let builder = ClientConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots);
        let config = match papers.certificate {
            None => builder.with_no_client_auth(),
            Some((certificate, key)) => {
                let certificate = CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap();
                let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap();
                builder.with_client_auth_cert(vec![certificate], key).unwrap()
            }
        };
        let connector = TlsConnector::from(Arc::new(config));
        let name = ServerName::try_from("localhost").unwrap();
        let stream = connector.connect(name, self.stream).await.map_err(text)?;
        Ok(Self { stream: Box::new(stream), ..self })
    }

    pub async fn send(&mut self, bytes: &[u8]) -> Result<(), String> {
        self.stream.write_all(bytes).await.map_err(text)?;
        self.stream.flush().await.map_err(text)
    }

    /// Subscribes; messages come with [`Raw::settle`] and [`Raw::next`].
    pub async fn subscribe(&mut self, subject: &str) -> Result<(), String> {
        self.number += 1;
        self.send(format!("SUB {subject} {}\r\n", self.number).as_bytes()).await
    }

    pub async fn publish(
        &mut self,
        subject: &str,
        reply: Option<&str>,
        headers: &[(&str, &str)],
        payload: &str,
    ) -> Result<(), String> {
        let reply = reply.map_or_else(String::new, |reply| format!(" {reply}"));
        let bytes = if headers.is_empty() {
            format!("PUB {subject}{reply} {}\r\n{payload}\r\n", payload.len())
        } else {
            let mut lines = String::new();
            for (name, value) in headers {
                lines.extend([name, ": ", value, "\r\n"]);
            }
            let headers = format!("NATS/1.0\r\n{lines}\r\n");
            let (length, total) = (headers.len(), headers.len() + payload.len());
            format!("HPUB {subject}{reply} {length} {total}\r\n{headers}{payload}\r\n")
        };
        self.send(bytes.as_bytes()).await
    }

    /// A subject that begins so, subscribed to.
    pub async fn inbox(&mut self, prefix: &str) -> Result<String, String> {
        let inbox = format!("{prefix}.{}", self.number + 1);
        self.subscribe(&inbox).await?;
        Ok(inbox)
    }

    /// The first answer to a request of a unit, or how it was refused. `None`: nothing came for that long.
    pub async fn request(
        &mut self,
        unit: &str,
        subject: &str,
        payload: &str,
        wait: Duration,
    ) -> Result<Option<Said>, String> {
        let inbox = self.inbox(&format!("_INBOX_{unit}")).await?;
        self.publish(subject, Some(&inbox), &[], payload).await?;
        if let Some(said) = self.settle().await?.into_iter().next() {
            return Ok(Some(said));
        }
        self.next(wait).await
    }

    /// What the server says until it has worked off all that was sent.
    pub async fn settle(&mut self) -> Result<Vec<Said>, String> {
        self.send(b"PING\r\n").await?;
        let mut all = Vec::new();
        let deadline = Instant::now() + PATIENCE;
        loop {
            let read = timeout_at(deadline, self.read()).await.map_err(|_| "no PONG")?;
            match read {
                Ok(Some(said)) => all.push(said),
                Ok(None) => return Ok(all),
                // What it said last is why it hung up.
                Err(error) => match all.pop() {
                    Some(Said::Error(last)) => return Err(last),
                    _ => return Err(error),
                },
            }
        }
    }

    /// What the server says next, if it says anything for that long.
    pub async fn next(&mut self, wait: Duration) -> Result<Option<Said>, String> {
        let deadline = Instant::now() + wait;
        loop {
            // Cancelled only between lines that are complete, or while nothing comes.
            match timeout_at(deadline, self.read()).await {
                Err(_) => return Ok(None),
                Ok(Ok(Some(said))) => return Ok(Some(said)),
                Ok(Ok(None)) => {}
                Ok(Err(error)) => return Err(error),
            }
        }
    }

    /// One thing that the server says. `None` is an answer to our PING.
    async fn read(&mut self) -> Result<Option<Said>, String> {
        loop {
            let line = self.line().await?;
            let words: Vec<&str> = line.split(' ').collect();
            match words[0] {
                "PONG" => return Ok(None),
                "PING" => self.send(b"PONG\r\n").await?,
                "-ERR" => return Ok(Some(Said::Error(line[5..].trim_matches('\'').to_owned()))),
                "MSG" | "HMSG" => return self.message(&words).await.map(Some),
                _ => {}
            }
        }
    }

    async fn message(&mut self, words: &[&str]) -> Result<Said, String> {
        let with_headers = words[0] == "HMSG";
        let sizes = if with_headers { 2 } else { 1 };
        let size = |from_end: usize| words[words.len() - from_end].parse::<usize>().map_err(text);
        let (total, length) = (size(1)?, if with_headers { size(2)? } else { 0 });
        let reply = (words.len() == 4 + sizes).then(|| words[3].to_owned());
        let subject = words[1].to_owned();
        let bytes = self.bytes(total + 2).await?;
        let part = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (headers, payload) = (part(&bytes[..length]), part(&bytes[length..total]));
        Ok(Said::Message(Message { subject, reply, headers, payload }))
    }

    async fn line(&mut self) -> Result<String, String> {
        loop {
            if let Some(end) = self.buffer.windows(2).position(|pair| pair == b"\r\n") {
                let line = String::from_utf8_lossy(&self.buffer[..end]).into_owned();
                self.buffer.drain(..end + 2);
                return Ok(line);
            }
            self.fill().await?;
        }
    }

    async fn bytes(&mut self, count: usize) -> Result<Vec<u8>, String> {
        while self.buffer.len() < count {
            self.fill().await?;
        }
        Ok(self.buffer.drain(..count).collect())
    }

    async fn fill(&mut self) -> Result<(), String> {
        match self.stream.read_buf(&mut self.buffer).await {
            Ok(0) => Err("the server hung up".into()),
            Ok(_) => Ok(()),
            Err(error) => Err(error.to_string()),
        }
    }
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn base64url(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}
