//! A registrar's node with the directory of the shipped tables.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::giapranh;

/// Longer than anything takes that works.
const PATIENCE: Duration = Duration::from_secs(60);

/// The tables that are shipped.
pub fn tables() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/directory")
}

/// The node of `hcm`, which keeps the directory; it runs when it is told to.
pub struct Founded {
    root: TempDir,
    running: Option<Child>,
}

impl Founded {
    /// Makes it.
    pub fn new() -> Self {
        let founded = Self { root: tempfile::tempdir().unwrap(), running: None };
        let request = founded.path("hcm.json");
        let made = founded.ok(&["node", "init", "--unit", "hcm"]);
        std::fs::write(&request, made).unwrap();
        let (data, request) = (tables(), request.to_str().unwrap().to_owned());
        let data = data.to_str().unwrap();
        founded.ok(&["directory", "found", "--data", data, "--request", &request]);
        founded
    }

    /// Its directory.
    pub fn dir(&self) -> PathBuf {
        self.path("hcm")
    }

    /// A path beside its directory.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// What a command prints that has to succeed.
    pub fn ok(&self, line: &[&str]) -> String {
        let (code, stdout, stderr) = giapranh(&self.dir(), "en", line);
        assert_eq!(code, Some(0), "{line:?}: {stdout}{stderr}");
        stdout
    }

    /// What a command prints as JSON.
    pub fn json(&self, line: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.ok(&[line, &["--output", "json"]].concat())).unwrap()
    }

    /// Holds that a command is refused with this in its complaint.
    pub fn refused(&self, line: &[&str], code: i32, with: &str) {
        let (ended, stdout, stderr) = giapranh(&self.dir(), "en", line);
        assert_eq!(ended, Some(code), "{line:?}: {stdout}{stderr}");
        assert!(stderr.contains(with), "{line:?} does not say {with:?}:\n{stderr}");
    }

    /// Runs the node, alone.
    pub fn run(&mut self) {
        let child = Command::new(env!("CARGO_BIN_EXE_giapranh"))
            .args(["node", "run", "--nats", "none", "--dir"])
            .arg(self.dir())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        self.running = Some(child.unwrap());
        let begun = Instant::now();
        while giapranh(&self.dir(), "en", &["node", "status"]).0 != Some(0) {
            assert!(begun.elapsed() < PATIENCE, "the node does not answer");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Founded {
    fn drop(&mut self) {
        if let Some(mut child) = self.running.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
