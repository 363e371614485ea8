//! A desk at a node: what officers ask of it, over its socket or its loopback address.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unused_self, reason = "it is the desk that waits")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a desk that fails is a failed test")]

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use giapranh_tests::cluster::{Member, PATIENCE};
use serde_json::{Value, json};

use crate::common::{REGISTRAR, Scene, text};

/// Served by the registrar's node.
pub const DISTRICT: &str = "ba-ria-vung-tau_chau-duc";
/// What an account is given out with, and what its officer then makes of it.
pub const FIRST: &str = "mưa đêm trên sông";
pub const OWN: &str = "nắng sớm bên cầu";

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Value,
}

impl Answer {
    /// The body of an answer that is none of a refusal.
    #[track_caller]
    pub fn good(self) -> Value {
        assert!((200..300).contains(&self.status), "{self:?}");
        self.body
    }

    /// Refused so.
    #[track_caller]
    pub fn refused(&self, status: u16) {
        assert_eq!(self.status, status, "{self:?}");
    }
}

/// The registrar's node, alone and without a line, which serves a district.
pub struct Desk {
    pub scene: Scene,
    dir: PathBuf,
}

impl Desk {
    pub fn founded() -> Self {
        let member = Member { unit: REGISTRAR, serves: &[DISTRICT], page: true };
        let scene = Scene::founded(&[member]);
        let dir = scene.cluster.node(REGISTRAR).dir.clone();
        Self { scene, dir }
    }

    pub fn running() -> Self {
        let mut desk = Self::founded();
        desk.start();
        desk
    }

    /// Starts the node and waits until it takes commands.
    pub fn start(&mut self) {
        self.scene.cluster.start_with(REGISTRAR, &["--nats", "none"]).unwrap();
        let ready = |status: &Value| status["settled"] == true && status["directory"]["head"] != 0;
        self.scene.cluster.wait_status(REGISTRAR, "ready", ready).unwrap();
    }

    pub fn kill(&mut self) {
        self.scene.cluster.kill(REGISTRAR);
    }

    /// How the node is.
    pub fn status(&self) -> Value {
        self.machine("GET", "/api/v1/status", &Value::Null).good()
    }

    /// Asks over the socket without a secret.
    pub fn machine(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.socket(method, path, &[], body)
    }

    /// Asks over the socket as who has that secret.
    pub fn officer(&self, secret: &str, method: &str, path: &str, body: &Value) -> Answer {
        let bearer = format!("Bearer {secret}");
        self.socket(method, path, &[("Authorization", &bearer)], body)
    }

    pub fn socket(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Answer {
        let stream = UnixStream::connect(self.dir.join("api.sock")).unwrap();
        exchange(stream, "localhost", method, path, headers, body)
    }

    /// Asks over the loopback address.
    pub fn loopback(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Answer {
        let status = self.status();
        let page = text(&status, "page");
        let address = page.trim_start_matches("http://").trim_end_matches('/');
        exchange(TcpStream::connect(address).unwrap(), address, method, path, headers, body)
    }

    /// Sends a page's form as who has that secret.
    pub fn form(&self, secret: &str, path: &str, pairs: &[(&str, &str)]) -> Answer {
        self.form_with(secret, path, &[], pairs)
    }

    /// The same with more headers.
    pub fn form_with(
        &self,
        secret: &str,
        path: &str,
        headers: &[(&str, &str)],
        pairs: &[(&str, &str)],
    ) -> Answer {
        let bearer = format!("Bearer {secret}");
        let media = ("Content-Type", "application/x-www-form-urlencoded");
        // As browsers ask: what is refused before it is known which page this is, is a page all the same.
        let accept = ("Accept", "text/html");
        let headers = [&[("Authorization", bearer.as_str()), media, accept], headers].concat();
        let text: Vec<String> = pairs
            .iter()
            .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
            .collect();
        let stream = UnixStream::connect(self.dir.join("api.sock")).unwrap();
        send(stream, "localhost", "POST", path, &headers, &text.join("&"))
    }

    /// The first account, and a session of it.
    pub fn administrator(&self) -> String {
        self.machine(
            "POST",
            "/api/v1/officers",
            &account("quan.tri", REGISTRAR, &["administrator"]),
        )
        .good();
        self.sign_in("quan.tri", FIRST)
    }

    /// Gives out an account whose officer then takes a password of their own; id and session.
    pub fn give_out(
        &self,
        administrator: &str,
        login: &str,
        unit: &str,
        roles: &[&str],
    ) -> (String, String) {
        let new = account(login, unit, roles);
        let account = self.officer(administrator, "POST", "/api/v1/officers", &new).good();
        let id = text(&account, "id").to_owned();
        let secret = self.sign_in(login, FIRST);
        let change = json!({ "old": FIRST, "new": OWN });
        self.officer(&secret, "POST", &format!("/api/v1/officers/{id}/password"), &change).good();
        let secret = self.sign_in(login, OWN);
        if roles.iter().any(|role| *role != "administrator") {
            let purpose = json!({ "act": "state-purpose", "purpose": "Trực ban (ví dụ)" });
            self.officer(&secret, "POST", "/api/v1/commands", &purpose).good();
        }
        (id, secret)
    }

    pub fn try_sign_in(&self, login: &str, password: &str) -> Answer {
        let proof = json!({ "login": login, "password": password });
        self.machine("POST", "/api/v1/session", &proof)
    }

    /// A session's secret.
    #[track_caller]
    pub fn sign_in(&self, login: &str, password: &str) -> String {
        text(&self.try_sign_in(login, password).good(), "token").to_owned()
    }

    /// Waits until something is so.
    pub fn until(&self, what: &str, mut so: impl FnMut() -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !so() {
            assert!(Instant::now() < deadline, "{what}: not so after {PATIENCE:?}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

fn account(login: &str, unit: &str, roles: &[&str]) -> Value {
    json!({
        "unit": unit, "login": login, "name": "Cán bộ Ví Dụ", "roles": roles, "password": FIRST
    })
}

fn exchange(
    stream: impl Read + Write,
    host: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &Value,
) -> Answer {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let json = [("Content-Type", "application/json")];
    let headers = if body.is_empty() { headers.to_vec() } else { [headers, &json].concat() };
    send(stream, host, method, path, &headers, &body)
}

/// Every byte that a form could take for something else.
fn escaped(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

fn send(
    mut stream: impl Read + Write,
    host: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    for (name, value) in headers {
        write!(head, "{name}: {value}\r\n").unwrap();
    }
    write!(head, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    // What is refused for its size is not read to its end; the answer is there all the same.
    let _ = stream.write_all(head.as_bytes());
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let body = serde_json::from_str(body).unwrap_or_else(|_| Value::String(body.to_owned()));
    Answer { status, head: head.to_owned(), body }
}
