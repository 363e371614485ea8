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

pub use target::Target;

/// The socket's name in a node's directory.
const SOCKET: &str = "api.sock";

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
        let dir = self.dir.display();
        let message = match error.kind() {
            ErrorKind::PermissionDenied => format!(
                "the node of {dir} belongs to another user; run this command as the user who runs it"
            ),
            ErrorKind::InvalidInput => format!(
                "the path {} is too long for a socket; give the node a shorter --dir",
                self.socket().display()
            ),
            _ => format!(
                "the node of {dir} is not running; start it with: giapranh node run --dir {dir}"
            ),
        };
        Failure::new(Exit::Unavailable, message)
    }

    fn broken_off(&self) -> Failure {
        let message = format!(
            "the node of {} ended before it answered; whether a command was accepted is not known: \
             look before you send it again",
            self.dir.display()
        );
        Failure::new(Exit::Unavailable, message)
    }
}

fn request(method: Method, target: &Target, body: Bytes) -> Result<Request<Full<Bytes>>> {
    Request::builder()
        .method(method)
        .uri(target.to_string())
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Full::new(body))
        .context("the request can't be written")
}

async fn read<T: DeserializeOwned>(response: Response<Incoming>) -> Result<T> {
    if !response.status().is_success() {
        return Err(refusal(response).await);
    }
    let body = body(response).await?;
    serde_json::from_slice(&body)
        .context("the node's answer is not what this program expects; are both of one version?")
}

async fn refusal(response: Response<Incoming>) -> anyhow::Error {
    let status = response.status().as_u16();
    match body(response).await {
        Ok(body) => {
            let unknown = format!(r#"{{"detail":"The node answered with HTTP status {status}."}}"#);
            serde_json::from_slice::<Problem>(&body)
                .or_else(|_| serde_json::from_str(&unknown))
                .map_or_else(Into::into, |problem| problem.into_failure(status).into())
        }
        Err(error) => error,
    }
}

async fn body(response: Response<Incoming>) -> Result<Bytes> {
    let collected = response.into_body().collect().await;
    let message = "the node ended in the middle of its answer; ask again";
    Ok(collected.map_err(|_| Failure::new(Exit::Unavailable, message))?.to_bytes())
}
