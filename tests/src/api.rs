//! A node's API as a test or the demonstration asks it: blocking, over its Unix socket.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

/// Who asks: the owner of the socket, or officers who have signed in, by the secrets of their sessions.
#[derive(Debug, Clone, Default)]
pub struct Pass {
    /// Who acts.
    pub officer: Option<String>,
    /// Who releases it.
    pub approver: Option<String>,
}

impl Pass {
    /// One officer.
    pub fn of(officer: String) -> Self {
        Self { officer: Some(officer), approver: None }
    }

    fn headers(&self) -> String {
        let named = [("Authorization", &self.officer), ("Giapranh-Approval", &self.approver)];
        let line = |(name, secret): (&str, &Option<String>)| {
            secret.as_ref().map(|secret| format!("{name}: Bearer {secret}\r\n"))
        };
        named.into_iter().filter_map(line).collect()
    }
}

/// Asks a running node for a resource: `/api/v1/status`.
pub fn get(dir: &Path, resource: &str) -> io::Result<Value> {
    get_as(dir, &Pass::default(), resource)
}

/// The same as an officer.
pub fn get_as(dir: &Path, pass: &Pass, resource: &str) -> io::Result<Value> {
    exchange(dir, &format!("GET {resource} HTTP/1.1"), pass, "")
}

/// Gives a running node a command; `Ok` is its acknowledgement.
pub fn command(dir: &Path, command: &Value) -> io::Result<Value> {
    command_as(dir, &Pass::default(), command)
}

/// The same as officers.
pub fn command_as(dir: &Path, pass: &Pass, command: &Value) -> io::Result<Value> {
    exchange(dir, "POST /api/v1/commands HTTP/1.1", pass, &command.to_string())
}

/// Posts something that is no command: a sign-in.
pub fn post(dir: &Path, pass: &Pass, resource: &str, body: &Value) -> io::Result<Value> {
    exchange(dir, &format!("POST {resource} HTTP/1.1"), pass, &body.to_string())
}

fn exchange(dir: &Path, request: &str, pass: &Pass, body: &str) -> io::Result<Value> {
    let mut stream = UnixStream::connect(dir.join(giapranh_node::SOCKET_FILE))?;
    write!(
        stream,
        "{request}\r\nHost: localhost\r\nConnection: close\r\n{}\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        pass.headers(),
        body.len()
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let text = String::from_utf8_lossy(&answer);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    if !head.starts_with("HTTP/1.1 20") {
        let status = head.lines().next().unwrap_or("no answer");
        return Err(io::Error::other(format!("{status}: {body}")));
    }
    let body = if body.is_empty() { "null" } else { body };
    serde_json::from_str(body).map_err(io::Error::other)
}

/// The secret of the session that `giapranh sign-in` keeps in a file.
pub fn secret(session: &Path) -> io::Result<String> {
    let kept: Value = serde_json::from_slice(&std::fs::read(session)?)?;
    kept["token"].as_str().map(str::to_owned).ok_or_else(|| io::Error::other("no secret in it"))
}

/// Follows the events of a node as it shows them, for as long as the node lives.
pub struct Follower {
    seen: Arc<(Mutex<Vec<Seen>>, Condvar)>,
    /// The file of the session with which it follows, once a sign-in is needed.
    session: Arc<Mutex<Option<PathBuf>>>,
}

/// An entry of the live feed, and when it was seen here.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct Seen {
    pub entry: Value,
    pub at: Instant,
}

impl Follower {
    /// Follows the node in `dir` from the first event on. Connects again when the node restarts.
    pub fn start(dir: &Path) -> Self {
        let seen: Arc<(Mutex<Vec<Seen>>, Condvar)> = Arc::default();
        let session: Arc<Mutex<Option<PathBuf>>> = Arc::default();
        let (weak, dir, kept) = (Arc::downgrade(&seen), dir.to_owned(), session.clone());
        thread::spawn(move || {
            let mut after = 0;
            while let Some(seen) = weak.upgrade() {
                let kept = kept.lock().unwrap_or_else(PoisonError::into_inner).clone();
                let officer = kept.and_then(|kept| secret(&kept).ok());
                let pass = Pass { officer, approver: None };
                // An error means that the node is away; it is asked again while somebody waits.
                let _ = follow(&dir, &pass, &mut after, &seen);
                let (lock, changed) = &*seen;
                let entries = lock.lock().unwrap_or_else(PoisonError::into_inner);
                drop(changed.wait_timeout(entries, Duration::from_millis(50)));
            }
        });
        Self { seen, session }
    }

    /// Follows on as the officer whose session is kept in that file.
    pub fn sign_in(&self, session: &Path) {
        *self.session.lock().unwrap_or_else(PoisonError::into_inner) = Some(session.to_owned());
    }

    /// Waits until an entry is shown that `wanted` picks; `None` when `patience` is over.
    pub fn wait(&self, patience: Duration, wanted: impl Fn(&Value) -> bool) -> Option<Seen> {
        let (lock, changed) = &*self.seen;
        let entries = lock.lock().unwrap_or_else(PoisonError::into_inner);
        let found = |entries: &[Seen]| entries.iter().find(|seen| wanted(&seen.entry)).cloned();
        let (entries, _) = changed
            .wait_timeout_while(entries, patience, |entries| found(entries).is_none())
            .unwrap_or_else(PoisonError::into_inner);
        found(&entries)
    }

    /// What has been shown so far.
    pub fn so_far(&self) -> Vec<Value> {
        let entries = self.seen.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.iter().map(|seen| seen.entry.clone()).collect()
    }
}

fn follow(
    dir: &Path,
    pass: &Pass,
    after: &mut u64,
    seen: &(Mutex<Vec<Seen>>, Condvar),
) -> io::Result<()> {
    let mut stream = UnixStream::connect(dir.join(giapranh_node::SOCKET_FILE))?;
    write!(
        stream,
        "GET /api/v1/events?after={after} HTTP/1.0\r\nHost: localhost\r\n{}\
         Accept: text/event-stream\r\n\r\n",
        pass.headers()
    )?;
    for line in BufReader::new(stream).lines() {
        let line = line?;
        let Some(data) = line.strip_prefix("data:") else { continue };
        let Ok(entry) = serde_json::from_str::<Value>(data.trim()) else { continue };
        if let Some(position) = entry["position"].as_u64() {
            *after = position;
        }
        let mut entries = seen.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.push(Seen { entry, at: Instant::now() });
        seen.1.notify_all();
    }
    Ok(())
}
