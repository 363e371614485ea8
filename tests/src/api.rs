//! A node's API as a test or the demonstration asks it: blocking, over its Unix socket.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

/// Asks a running node for a resource: `/api/v1/status`.
pub fn get(dir: &Path, resource: &str) -> io::Result<Value> {
    exchange(dir, &format!("GET {resource} HTTP/1.1"), "")
}

/// Gives a running node a command; `Ok` is its acknowledgement.
pub fn command(dir: &Path, command: &Value) -> io::Result<Value> {
    exchange(dir, "POST /api/v1/commands HTTP/1.1", &command.to_string())
}

fn exchange(dir: &Path, request: &str, body: &str) -> io::Result<Value> {
    let mut stream = UnixStream::connect(dir.join(giapranh_node::SOCKET_FILE))?;
    write!(
        stream,
        "{request}\r\nHost: localhost\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let text = String::from_utf8_lossy(&answer);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    if !head.starts_with("HTTP/1.1 200") {
        let status = head.lines().next().unwrap_or("no answer");
        return Err(io::Error::other(format!("{status}: {body}")));
    }
    serde_json::from_str(body).map_err(io::Error::other)
}

/// Follows the events of a node as it shows them, for as long as the node lives.
pub struct Follower {
    seen: Arc<(Mutex<Vec<Seen>>, Condvar)>,
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
        let (weak, dir) = (Arc::downgrade(&seen), dir.to_owned());
        thread::spawn(move || {
            let mut after = 0;
            while let Some(seen) = weak.upgrade() {
                // An error means that the node is away; it is asked again while somebody waits.
                let _ = follow(&dir, &mut after, &seen);
                let (lock, changed) = &*seen;
                let entries = lock.lock().unwrap_or_else(PoisonError::into_inner);
                drop(changed.wait_timeout(entries, Duration::from_millis(50)));
            }
        });
        Self { seen }
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

fn follow(dir: &Path, after: &mut u64, seen: &(Mutex<Vec<Seen>>, Condvar)) -> io::Result<()> {
    let mut stream = UnixStream::connect(dir.join(giapranh_node::SOCKET_FILE))?;
    write!(
        stream,
        "GET /api/v1/events?after={after} HTTP/1.0\r\nHost: localhost\r\n\
         Accept: text/event-stream\r\n\r\n"
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
