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
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::net::UnixStream;

use crate::exit::{Exit, Failure, Problem};
use crate::next::{line, quoted};
use crate::say;
use crate::secret::Secret;
use crate::session::{self, Credential};
use crate::words::words;

pub use target::Target;

/// The socket's name in a node's directory.
const SOCKET: &str = "api.sock";
/// What makes a directory a node's.
const CONFIG: &str = "node.toml";

/// A node's API. One connection a request: they are few, and the socket is on this machine.
pub struct Client {
    dir: PathBuf,
    credential: Option<Credential>,
    approval: Option<Secret>,
}

/// The kind of a failure after which it is not known what the node has done.
pub const BROKE_OFF: &str = "broke-off";
/// By which a second officer at the same desk releases a command.
const APPROVAL: &str = "giapranh-approval";

impl Client {
    /// The API of the node of a directory; nothing is connected yet.
    pub fn of(dir: &Path) -> Self {
        Self { dir: dir.to_owned(), credential: None, approval: None }
    }

    /// As this officer.
    #[must_use]
    pub fn signed_in(self, credential: Option<Credential>) -> Self {
        Self { credential, ..self }
    }

    /// With another officer's session, who releases what is sent.
    #[must_use]
    pub fn released_by(self, session: Secret) -> Self {
        Self { approval: Some(session), ..self }
    }

    /// Reads a resource.
    pub async fn get<T: DeserializeOwned>(&self, target: Target) -> Result<T> {
        self.ask(Method::GET, &target, Bytes::new()).await
    }

    /// Reads a resource as it is.
    pub async fn get_bytes(&self, target: Target) -> Result<Bytes> {
        let response = self.send(request(Method::GET, &target, Bytes::new())?).await?;
        if response.status().is_success() {
            body(response).await
        } else {
            Err(self.refusal(response).await)
        }
    }

    /// Sends something to a resource.
    pub async fn post<T: DeserializeOwned>(
        &self,
        target: Target,
        body: &impl Serialize,
    ) -> Result<T> {
        self.ask(Method::POST, &target, serde_json::to_vec(body)?.into()).await
    }

    /// Changes a resource.
    pub async fn patch<T: DeserializeOwned>(
        &self,
        target: Target,
        body: &impl Serialize,
    ) -> Result<T> {
        self.ask(Method::PATCH, &target, serde_json::to_vec(body)?.into()).await
    }

    /// Ends a resource.
    pub async fn delete(&self, target: Target) -> Result<()> {
        let _: serde_json::Value = self.ask(Method::DELETE, &target, Bytes::new()).await?;
        Ok(())
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        method: Method,
        target: &Target,
        sent: Bytes,
    ) -> Result<T> {
        let response = self.send(request(method, target, sent)?).await?;
        if !response.status().is_success() {
            return Err(self.refusal(response).await);
        }
        let body = body(response).await?;
        // Done, and nothing to be said about it.
        let text = if body.is_empty() { &b"null"[..] } else { &body };
        serde_json::from_slice(text).with_context(|| say!("answer-not-understood"))
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
            Err(self.refusal(response).await)
        }
    }

    /// Whether a node answers on the socket.
    pub async fn is_running(&self) -> bool {
        UnixStream::connect(self.socket()).await.is_ok()
    }

    async fn send(&self, mut request: Request<Full<Bytes>>) -> Result<Response<Incoming>> {
        let bearers = [
            (header::AUTHORIZATION, self.credential.as_ref().map(Credential::token)),
            (HeaderName::from_static(APPROVAL), self.approval.as_ref()),
        ];
        for (name, token) in bearers {
            if let Some(token) = token {
                let value = HeaderValue::try_from(format!("Bearer {}", token.expose()));
                let mut value = value.with_context(|| say!("request-not-written"))?;
                value.set_sensitive(true);
                request.headers_mut().insert(name, value);
            }
        }
        let stream =
            UnixStream::connect(self.socket()).await.map_err(|error| self.not_reached(&error))?;
        let (mut sender, connection) =
            http1::handshake(TokioIo::new(stream)).await.map_err(|_| self.broken_off())?;
        // An error of the connection also ends the request, which is where it is reported.
        tokio::spawn(connection);
        let sent = sender.send_request(request).await;
        Ok(sent.map_err(|_| self.broken_off())?)
    }

    /// What the node refused. That a session has ended is told in our own words, with the way back.
    async fn refusal(&self, response: Response<Incoming>) -> anyhow::Error {
        let status = response.status().as_u16();
        let wait =
            response.headers().get(header::RETRY_AFTER).and_then(|s| s.to_str().ok()?.parse().ok());
        let body = match body(response).await {
            Ok(body) => body,
            Err(error) => return error,
        };
        let problem = serde_json::from_slice::<Problem>(&body).unwrap_or_default();
        if status != 401 || !problem.is_about_a_session() {
            return problem.into_failure(status, wait).into();
        }
        let failure = self.credential.as_ref().map_or_else(session::missing, Credential::ended);
        Failure { status: Some(status), ..failure }.into()
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
        let failure = Failure::new(Exit::Unavailable, message);
        Failure { kind: BROKE_OFF.to_owned(), ..failure.next(line("alert list --status all")) }
    }
}

fn request(method: Method, target: &Target, body: Bytes) -> Result<Request<Full<Bytes>>> {
    Request::builder()
        .method(method)
        .uri(target.to_string())
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, "application/json")
        // In which the node's own sentences come.
        .header(header::ACCEPT_LANGUAGE, words().tag())
        .body(Full::new(body))
        .with_context(|| say!("request-not-written"))
}

async fn body(response: Response<Incoming>) -> Result<Bytes> {
    let collected = response.into_body().collect().await;
    let cut = |_| Failure::new(Exit::Unavailable, say!("answer-cut"));
    Ok(collected.map_err(cut)?.to_bytes())
}
