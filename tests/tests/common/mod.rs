//! A small cluster of real nodes for one test, and what tests ask of it.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a scene that fails is a failed test")]
#![allow(clippy::panic, reason = "a scene that fails is a failed test")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use giapranh_tests::cluster::{Cluster, Member, PATIENCE};
use giapranh_tests::story;
use giapranh_tests::topology::Topology;
use serde_json::Value;
use tempfile::TempDir;

pub const REGISTRAR: &str = "ba-ria-vung-tau";
pub const HCM: &str = "hcm";
pub const LONG_AN: &str = "long-an";
pub const TIEN_GIANG: &str = "tien-giang";
pub const DUC_HOA: &str = "long-an_duc-hoa";
pub const COMMUNE: &str = "long-an_duc-hoa_my-hanh-bac";
pub const ZONE: &str = "hcm-long-an";
pub const OFFICERS: [&str; 4] = ["--drafted-by", "cb-soan-01", "--approved-by", "cb-duyet-02"];

/// A cluster in a directory that goes with it.
pub struct Scene {
    pub cluster: Cluster,
    dir: TempDir,
    files: AtomicU32,
}

impl Scene {
    /// Nodes whose directory is founded and of which none runs. The first is the registrar.
    pub fn founded(members: &[Member]) -> Self {
        Self::founded_over(Topology::Plain, members)
    }

    /// The same over servers that stand so.
    pub fn founded_over(topology: Topology, members: &[Member]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let data = repository().join("deploy/directory");
        let cluster =
            Cluster::found_over(topology, &dir.path().join("c"), &binary(), &data, members);
        let cluster = cluster.unwrap();
        Self { cluster, dir, files: AtomicU32::new(0) }
    }

    /// Nodes that run and know one another.
    pub fn running(members: &[Member]) -> Self {
        Self::running_over(Topology::Plain, members)
    }

    /// The same over servers that stand so.
    pub fn running_over(topology: Topology, members: &[Member]) -> Self {
        let mut scene = Self::founded_over(topology, members);
        scene.cluster.start_all().unwrap();
        scene.ready();
        scene
    }

    /// Waits until every node that runs is ready.
    pub fn ready(&self) {
        self.cluster.wait_ready(&mut |_, _| {}).unwrap();
    }

    /// Where the scene's files are.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// A new file that holds a text; its path.
    pub fn file(&self, text: &str) -> String {
        let number = self.files.fetch_add(1, Ordering::Relaxed);
        let path = self.path(&format!("content-{number}.json"));
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    /// A unit's own command; the accepted event.
    pub fn act(&self, unit: &str, arguments: &[&str]) -> Value {
        self.cluster.json(unit, arguments).unwrap()
    }

    /// Issues a wanted alert; the accepted event.
    pub fn issue(&self, unit: &str, headline: &str, zone: &str) -> Value {
        let content = self.file(&wanted(headline).to_string());
        let arguments = ["alert", "issue", "--content", &content, "--zone", zone];
        self.act(unit, &[&arguments[..], &OFFICERS].concat())
    }

    /// Asks a unit until its answer is as `wanted` says.
    pub fn wait_json(&self, unit: &str, arguments: &[&str], wanted: impl Fn(&Value) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let answer = self.cluster.json(unit, arguments);
            if answer.as_ref().is_ok_and(&wanted) {
                return;
            }
            assert!(Instant::now() < deadline, "{unit}: {arguments:?}: {answer:?}");
        }
    }

    /// Waits until units show an event, as a valid one.
    pub fn seen(&self, event: &Value, units: &[&str]) {
        let id = &event["event_id"];
        for unit in units {
            let follower = &self.cluster.node(unit).follower;
            let seen = follower.wait(PATIENCE, |entry| entry["event_id"] == *id);
            let seen = seen.unwrap_or_else(|| panic!("{unit} does not show {event}"));
            assert_eq!(seen.entry["verdict"], "valid", "{unit}: {}", seen.entry);
        }
    }

    /// How often a node's log holds an event.
    pub fn count(&self, event: &Value, unit: &str) -> usize {
        let ids = self.cluster.event_ids(unit).unwrap();
        ids.iter().filter(|id| event["event_id"] == id.as_str()).count()
    }

    /// Every log holds, and these nodes, which have the same events, show the same.
    pub fn verify(&self, alike: &[&str]) {
        self.cluster.verify_all().unwrap();
        self.cluster.wait_agreed(alike).unwrap();
    }

    /// Published events in a node's log.
    pub fn events(&self, unit: &str) -> usize {
        self.cluster.event_ids(unit).unwrap().len()
    }
}

/// Publishes as any program could that reaches the server; returns when the server has read it.
pub fn publish(scene: &Scene, subject: &str, payload: &[u8]) {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, scene.cluster.nats.port())).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let mut message = b"CONNECT {\"verbose\":false}\r\n".to_vec();
    message.extend(format!("PUB {subject} {}\r\n", payload.len()).into_bytes());
    message.extend(payload);
    message.extend(b"\r\nPING\r\n");
    stream.write_all(&message).unwrap();
    let mut lines = BufReader::new(stream).lines();
    // An error of the server (a subject that it takes for none) is an answer as well.
    let answered = lines.any(|line| line.unwrap().starts_with("PONG"));
    assert!(answered, "the server did not answer");
}

/// An invented wanted person.
pub fn wanted(headline: &str) -> Value {
    story::wanted("Nguyễn Văn Ví Dụ", headline)
}

/// The command that issues it, as the API takes it.
pub fn issue_command(headline: &str, zone: &str) -> Value {
    story::issue_command(&wanted(headline), zone)
}

/// The files below a directory that hold one of these texts, as bytes.
pub fn holding(dir: &Path, words: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holding(&path, words));
        } else if let Ok(bytes) = std::fs::read(&path) {
            let holds =
                |word: &&str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
            if words.iter().any(holds) {
                found.push(path);
            }
        }
    }
    found
}

/// A text of an accepted event.
pub fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}"))
}

/// All that a program printed.
pub fn printed(output: &Output) -> String {
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    text
}

/// The program under test, which lies beside this one's directory.
pub fn binary() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let path = own.parent().and_then(Path::parent).unwrap().join("giapranh");
    assert!(path.exists(), "{} is missing: cargo build -p giapranh-cli", path.display());
    path
}

/// The root of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}
