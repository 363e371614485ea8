//! HTTP to the running node, over the Unix socket in its directory.

pub mod events;
mod target;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper::{Method, Request, Response, header};
use hyper_util::rt::TokioIo;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::net::UnixStream;

use crate::exit::{Exit, Failure, Problem};
use crate::next::{line, quoted};
use crate::say;

pub use target::Target;

/// The socket's name in a node's directory.
const SOCKET: &str = "api.sock";
/// What makes a directory a node's.
const CONFIG: &str = "node.toml";

/// A node's API. One connection a request: they are few, and the socket is on this machine.
pub struct Client {
    dir: PathBuf,
}

impl Client {
    /// The API of the node of a directory; nothing is connected yet.
    pub fn of(dir: &Path) -> Self {
        Self { dir: dir.to_owned() }
    }

    /// Reads a resource.
    pub async fn get<T: DeserializeOwned>(&self, target: Target) -> Result<T> {
        let response = self.send(request(Method::GET, &target, Bytes::new())?).await?;
        read(response).await
    }

    /// Reads a resource as it is.
    pub async fn get_bytes(&self, target: Target) -> Result<Bytes> {
        let response = self.send(request(Method::GET, &target, Bytes::new())?).await?;
        if response.status().is_success() {
            body(response).await
        } else {
            Err(refusal(response).await)
        }
    }

    /// Sends something to a resource.
    pub async fn post<T: DeserializeOwned>(
        &self,
        target: Target,
        body: &impl Serialize,
    ) -> Result<T> {
        let body = serde_json::to_vec(body)?.into();
        let response = self.send(request(Method::POST, &target, body)?).await?;
        read(response).await
    }

    /// Opens the stream of entries: after a position, or with what is new.
    pub async fn events(&self, after: Option<u64>) -> Result<events::Events> {
        let mut request = request(Method::GET, &Target::api(["events"]), Bytes::new())?;
        if let Some(after) = after {
            request.headers_mut().insert("last-event-id", after.into());
        }
        let response = self.send(request).await?;
        if response.status().is_success() {
            Ok(events::Events::of(response.into_body()))
        } else {
            Err(refusal(response).await)
        }
    }

    /// Whether a node answers on the socket.
    pub async fn is_running(&self) -> bool {
        UnixStream::connect(self.socket()).await.is_ok()
    }

    async fn send(&self, request: Request<Full<Bytes>>) -> Result<Response<Incoming>> {
        let stream =
            UnixStream::connect(self.socket()).await.map_err(|error| self.not_reached(&error))?;
        let (mut sender, connection) =
            http1::handshake(TokioIo::new(stream)).await.map_err(|_| self.broken_off())?;
        // An error of the connection also ends the request, which is where it is reported.
        tokio::spawn(connection);
        let sent = sender.send_request(request).await;
        Ok(sent.map_err(|_| self.broken_off())?)
    }

    fn socket(&self) -> PathBuf {
        self.dir.join(SOCKET)
    }

    fn not_reached(&self, error: &std::io::Error) -> Failure {
        let (dir, quoted) = (self.dir.display().to_string(), quoted(&self.dir));
        match error.kind() {
            ErrorKind::PermissionDenied => {
                let owner = format!("sudo -u \"$(stat -c %U {quoted})\" {}", line("node status"));
                Failure::new(Exit::Unavailable, say!("node-of-another", dir = dir)).next(owner)
            }
            ErrorKind::InvalidInput => {
                let path = self.socket().display().to_string();
                Failure::new(Exit::Unavailable, say!("path-too-long", path = path))
                    .next(format!("cd {quoted} && giapranh node run --dir ."))
            }
            ErrorKind::NotFound if !self.dir.join(CONFIG).exists() => {
                Failure::new(Exit::NotFound, say!("not-a-node", dir = dir))
                    .next(format!("giapranh node init --dir {quoted} --unit UNIT"))
            }
            _ => Failure::new(Exit::Unavailable, say!("node-not-running", dir = dir))
                .next(format!("giapranh node run --dir {quoted}")),
        }
    }

    fn broken_off(&self) -> Failure {
        let message = say!("node-broke-off", dir = self.dir.display().to_string());
        Failure::new(Exit::Unavailable, message).next(line("alert list --status all"))
    }
}

fn request(method: Method, target: &Target, body: Bytes) -> Result<Request<Full<Bytes>>> {
    Request::builder()
        .method(method)
        .uri(target.to_string())
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Full::new(body))
        .with_context(|| say!("request-not-written"))
}

async fn read<T: DeserializeOwned>(response: Response<Incoming>) -> Result<T> {
    if !response.status().is_success() {
        return Err(refusal(response).await);
    }
    let body = body(response).await?;
    serde_json::from_slice(&body).with_context(|| say!("answer-not-understood"))
}

async fn refusal(response: Response<Incoming>) -> anyhow::Error {
    let status = response.status().as_u16();
    match body(response).await {
        Ok(body) => {
            let problem = serde_json::from_slice::<Problem>(&body);
            problem.unwrap_or_default().into_failure(status).into()
        }
        Err(error) => error,
    }
}

async fn body(response: Response<Incoming>) -> Result<Bytes> {
    let collected = response.into_body().collect().await;
    let cut = |_| Failure::new(Exit::Unavailable, say!("answer-cut"));
    Ok(collected.map_err(cut)?.to_bytes())
}
