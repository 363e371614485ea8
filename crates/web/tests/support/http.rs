//! A client that says exactly what a test wants it to say.

use std::net::SocketAddr;
use std::path::PathBuf;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper::{HeaderMap, Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpStream, UnixStream};

#[derive(Debug, Clone)]
pub enum Surface {
    Unix(PathBuf),
    Tcp(SocketAddr),
}

/// An answer, whole.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// Asserts that this is a problem of that kind, and returns it.
    pub fn problem(&self, status: u16, kind: &str) -> serde_json::Value {
        assert_eq!(self.status, status, "{}", self.body);
        assert_eq!(self.headers["content-type"], "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["type"], format!("urn:giapranh:problem:{kind}"));
        assert_eq!(problem["status"], status);
        assert!(!problem["detail"].as_str().unwrap().is_empty());
        problem
    }
}

impl Surface {
    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[("host", "localhost")], "").await
    }

    pub async fn post(&self, path: &str, body: &str) -> Answer {
        self.send("POST", path, &[("host", "localhost")], body).await
    }

    /// As an officer, by the session's secret.
    pub async fn as_officer(&self, secret: &str, method: &str, path: &str, body: &str) -> Answer {
        let bearer = format!("Bearer {secret}");
        let headers = [("host", "localhost"), ("authorization", bearer.as_str())];
        self.send(method, path, &headers, body).await
    }

    pub async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let response = self.open(method, path, headers, body).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        if headers.get("content-type").is_some_and(|media| media == "text/event-stream") {
            // It has no end.
            return Answer { status, headers, body: String::new() };
        }
        let body = response.into_body().collect().await.unwrap().to_bytes();
        Answer { status, headers, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    pub async fn open(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Response<Incoming> {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::new(Bytes::from(body.to_owned()))).unwrap();
        let mut sender = match self {
            Self::Unix(path) => {
                let stream = TokioIo::new(UnixStream::connect(path).await.unwrap());
                let (sender, connection) = http1::handshake(stream).await.unwrap();
                tokio::spawn(connection);
                sender
            }
            Self::Tcp(address) => {
                let stream = TokioIo::new(TcpStream::connect(address).await.unwrap());
                let (sender, connection) = http1::handshake(stream).await.unwrap();
                tokio::spawn(connection);
                sender
            }
        };
        sender.send_request(request).await.unwrap()
    }

    /// Opens the event stream.
    pub async fn events(&self, path: &str, headers: &[(&str, &str)]) -> Events {
        let headers = [&[("host", "localhost")], headers].concat();
        let response = self.open("GET", path, &headers, "").await;
        assert_eq!(response.status(), 200);
        let headers = response.headers().clone();
        Events { headers, body: response.into_body(), text: String::new() }
    }
}

/// An open event stream.
pub struct Events {
    pub headers: HeaderMap,
    body: Incoming,
    text: String,
}

/// One event as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sent {
    pub id: String,
    pub name: String,
    pub data: String,
}

impl Events {
    /// The next event; `None` when the stream has ended.
    pub async fn next(&mut self) -> Option<Sent> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let mut sent = Sent::default();
                for line in event.lines() {
                    let (name, value) = line.split_once(": ").unwrap_or((line, ""));
                    match name {
                        "id" => value.clone_into(&mut sent.id),
                        "event" => value.clone_into(&mut sent.name),
                        "data" => value.clone_into(&mut sent.data),
                        other => panic!("{other}"),
                    }
                }
                self.text = rest.into();
                return Some(sent);
            }
            let data = self.body.frame().await?.ok()?.into_data().unwrap();
            self.text.push_str(std::str::from_utf8(&data).unwrap());
        }
    }

    /// The next event that is an entry.
    pub async fn next_entry(&mut self) -> Sent {
        loop {
            let event = self.next().await.expect("the stream ended");
            if event.name == "entry" {
                return event;
            }
        }
    }
}
