//! A node alone: without an address it keeps a nats-server of its own, which comes and goes with
//! it, and without a nats-server it does all the rest.
#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

mod common;

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use common::{REGISTRAR, binary, issue_command, repository};
use giapranh_tests::api;
use giapranh_tests::cluster::PATIENCE;
use serde_json::Value;
use tempfile::TempDir;

/// What the node finds when it looks for a server.
enum Search {
    /// The one that the tests are run with.
    Good,
    /// Only what is in this directory.
    Only(PathBuf),
}

/// A registrar's node by itself, with its directory.
struct Alone {
    root: TempDir,
    process: Option<Child>,
}

impl Alone {
    /// Made and founded; it does not run.
    fn founded() -> Self {
        let alone = Self { root: tempfile::tempdir().unwrap(), process: None };
        let request = alone.giapranh(&["node", "init", "--unit", REGISTRAR]);
        let path = alone.root.path().join("request.json");
        std::fs::write(&path, request).unwrap();
        let data = repository().join("deploy/directory");
        let arguments = [OsStr::new("directory"), OsStr::new("found"), OsStr::new("--data")];
        let more = [data.as_os_str(), OsStr::new("--request"), path.as_os_str()];
        alone.giapranh(&[arguments, more].concat());
        alone
    }

    fn running(arguments: &[&str], search: &Search) -> Self {
        let mut alone = Self::founded();
        alone.start(arguments, search);
        alone
    }

    fn dir(&self) -> PathBuf {
        self.root.path().join("node")
    }

    fn giapranh<S: AsRef<OsStr>>(&self, arguments: &[S]) -> String {
        let mut command = Command::new(binary());
        command.args(arguments).arg("--dir").arg(self.dir()).stdin(Stdio::null());
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", common::printed(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    fn start(&mut self, arguments: &[&str], search: &Search) {
        let log = File::options().create(true).append(true).open(self.log_path()).unwrap();
        let mut command = Command::new(binary());
        command.args(["node", "run", "--log", "json", "--dir"]).arg(self.dir()).args(arguments);
        // All that there is to be said is said, so that what must not be said would be.
        command.env("GIAPRANH_LOG", "trace").env_remove("GIAPRANH_NATS_SERVER");
        match search {
            Search::Good => command.env("GIAPRANH_NATS_SERVER", nats_server()),
            Search::Only(dir) => command.env("PATH", dir),
        };
        command.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
        self.process = Some(command.spawn().unwrap());
    }

    fn log_path(&self) -> PathBuf {
        self.root.path().join("node.log")
    }

    /// Waits until the node's status is as wanted.
    fn wait(&self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let mut status = Value::Null;
        until(what, || {
            status = api::get(&self.dir(), "/api/v1/status").unwrap_or_default();
            wanted(&status)
        });
        status
    }

    /// Waits until the node's server runs; its process, which is not that one.
    fn server(&self, but_not: u32) -> u32 {
        let pid = |status: &Value| {
            let server = &status["server"];
            let pid = server["pid"].as_u64().filter(|_| server["state"] == "running");
            u32::try_from(pid.unwrap_or_default()).unwrap()
        };
        pid(&self.wait("a running server", |status| ![0, but_not].contains(&pid(status))))
    }

    /// Issues an alert to everybody.
    fn issue(&self, headline: &str) -> Value {
        api::command(&self.dir(), &issue_command(headline, "cluster")).unwrap()
    }

    /// Waits until the stream has all that the log has.
    fn all_published(&self) -> u64 {
        let status = self.wait("published", |status| {
            let events = status["events"].as_u64();
            events.is_some() && status["outbox"]["published"].as_u64() == events
        });
        assert!(status["line"].as_str().unwrap().starts_with("up, nats-server "), "{status}");
        status["events"].as_u64().unwrap()
    }

    fn signal(&mut self, name: &str) -> std::process::ExitStatus {
        let mut process = self.process.take().unwrap();
        signal(name, process.id());
        process.wait().unwrap()
    }
}

impl Drop for Alone {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.kill();
            let _ = process.wait();
        }
        // A failed test leaves no server behind, whatever it proved.
        let files = self.dir().join("nats");
        let noted = std::fs::read_to_string(files.join("nats-server.pid")).unwrap_or_default();
        let pid = noted.trim();
        let line = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        if String::from_utf8_lossy(&line).contains(&files.display().to_string()) {
            let _ = Command::new("kill").args(["-KILL", pid]).status();
        }
    }
}

/// Waits until it is so.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < deadline, "{what}: not after {PATIENCE:?}");
        // Nothing here tells of a change; the interval bounds what asking costs.
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn signal(name: &str, pid: u32) {
    let sent = Command::new("kill").args([name, &pid.to_string()]).status().unwrap();
    assert!(sent.success(), "{pid} could not be signalled");
}

fn is_alive(pid: u32) -> bool {
    // A dead one that nobody has waited for is still listed: its state is Z.
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, state)| !state.starts_with(['Z', 'X']))
}

fn nats_server() -> OsString {
    let own = repository().join(".tools/nats-server");
    std::env::var_os("GIAPRANH_NATS_SERVER").unwrap_or_else(|| own.into())
}

/// A nats-server, to all appearances, of this version. Another process writes it: a program that
/// is open for writing, in whatever child of this one, can't be run.
fn pretend(dir: &Path, version: &str) {
    let path = dir.join("nats-server");
    let lines = format!("#!/bin/sh\necho nats-server: v{version}\n");
    let mut shell = Command::new("sh");
    shell.args(["-c", "printf %s \"$2\" > \"$1\" && chmod 755 \"$1\"", "sh"]).arg(&path);
    assert!(shell.arg(lines).status().unwrap().success());
}

#[test]
fn it_publishes_to_a_server_of_its_own_and_keeps_the_password_to_itself() {
    let mut alone = Alone::running(&[], &Search::Good);
    let before = alone.all_published();
    alone.issue("Một mình (ví dụ)");
    assert_eq!(alone.all_published(), before + 1);

    let files = alone.dir().join("nats");
    let config = files.join("nats-server.conf");
    assert_eq!(config.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let config = std::fs::read_to_string(config).unwrap();
    let password = config.split("password: \"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(password.len(), 64, "{config}");
    let status = alone.wait("an answer", |status| status["unit"] == REGISTRAR);
    let server = &status["server"];
    assert_eq!(server["state"], "running", "{status}");
    assert!(status["line"].as_str().unwrap().contains(server["version"].as_str().unwrap()));
    let pid = u32::try_from(server["pid"].as_u64().unwrap()).unwrap();
    let environment = std::fs::read(format!("/proc/{pid}/environ")).unwrap();
    let arguments = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap();
    assert!(String::from_utf8_lossy(&arguments).contains("nats-server.conf"));

    assert!(alone.signal("-TERM").success());
    let log = std::fs::read_to_string(alone.log_path()).unwrap();
    assert!(
        log.contains("TRACE") && log.contains("CONNECT"),
        "the log says too little to prove it"
    );
    let server_log = std::fs::read_to_string(files.join("nats-server.log")).unwrap();
    for said in [
        log,
        server_log,
        status.to_string(),
        String::from_utf8_lossy(&environment).into_owned(),
        String::from_utf8_lossy(&arguments).into_owned(),
    ] {
        assert!(!said.contains(password), "the password is told in: {said}");
    }
}

#[test]
fn a_killed_server_is_started_again_and_used_by_the_same_node() {
    let alone = Alone::running(&[], &Search::Good);
    let before = alone.all_published();
    let first = alone.server(0);
    signal("-KILL", first);
    alone.issue("Máy chủ vừa chết (ví dụ)");
    alone.server(first);
    assert_eq!(alone.all_published(), before + 1);
}

#[test]
fn the_server_goes_when_the_node_is_told_to_go() {
    for name in ["-TERM", "-INT"] {
        let mut alone = Alone::running(&[], &Search::Good);
        alone.all_published();
        let pid = alone.server(0);
        assert!(is_alive(pid));
        assert!(alone.signal(name).success(), "{name}");
        assert!(!is_alive(pid), "{name}: the server outlived its node");
        assert!(!alone.dir().join("nats/nats-server.pid").exists());
    }
}

#[test]
fn the_server_goes_when_the_node_is_killed_and_its_events_are_still_there_for_the_next() {
    let mut alone = Alone::running(&[], &Search::Good);
    let before = alone.all_published();
    let pid = alone.server(0);
    assert!(is_alive(pid));
    alone.signal("-KILL");
    until("the server to go with its node", || !is_alive(pid));

    alone.start(&[], &Search::Good);
    assert_ne!(alone.server(0), pid);
    assert_eq!(alone.all_published(), before);
}

#[test]
fn a_server_that_was_left_behind_is_ended_by_the_next_start() {
    let dir = tempfile::tempdir().unwrap();
    // Nothing else on PATH: no setpriv to let the kernel do it.
    std::os::unix::fs::symlink(nats_server(), dir.path().join("nats-server")).unwrap();
    let search = Search::Only(dir.path().into());
    let mut alone = Alone::running(&[], &search);
    let before = alone.all_published();
    let pid = alone.server(0);
    alone.signal("-KILL");
    assert!(is_alive(pid), "it went by itself; this proves nothing");

    alone.start(&[], &search);
    assert_ne!(alone.server(0), pid);
    assert!(!is_alive(pid), "two servers run on one store");
    assert_eq!(alone.all_published(), before);
}

/// What a node does without a server: everything but exchange.
fn serves_without_a_server(alone: &Alone) -> Value {
    let before = alone.wait("running", |status| status["unit"] == REGISTRAR);
    let issued = alone.issue("Không có máy chủ (ví dụ)");
    let position = issued["position"].as_u64().unwrap();
    assert_eq!(position, before["events"].as_u64().unwrap() + 1);
    let status = alone.wait("shown", |status| status["projected"].as_u64() == Some(position));
    assert!(status["outbox"]["waiting"].is_string(), "{status}");
    let alerts = api::get(&alone.dir(), "/api/v1/alerts").unwrap();
    assert_eq!(alerts["alerts"].as_array().unwrap().len(), 1, "{alerts}");
    status
}

#[test]
fn without_a_nats_server_it_serves_and_says_what_is_missing() {
    let nothing = tempfile::tempdir().unwrap();
    let alone = Alone::running(&[], &Search::Only(nothing.path().into()));
    let status = serves_without_a_server(&alone);
    assert_eq!(status["server"]["state"], "missing", "{status}");
    for said in [&status["line"], &status["server"]["reason"]] {
        let said = said.as_str().unwrap();
        for word in ["nats-server is missing", "2.14.3", "PATH", "make tools", "--nats"] {
            assert!(said.contains(word), "{word} is not in: {said}");
        }
    }
    let shown = alone.giapranh(&["node", "status"]);
    assert!(shown.contains("make tools"), "{shown}");
}

#[test]
fn an_old_nats_server_is_refused_by_its_version() {
    let dir = tempfile::tempdir().unwrap();
    pretend(dir.path(), "2.10.27");
    let alone = Alone::running(&[], &Search::Only(dir.path().into()));
    let status = serves_without_a_server(&alone);
    let line = status["line"].as_str().unwrap();
    assert!(line.contains("nats-server 2.10.27") && line.contains("2.14.3"), "{line}");
    assert!(!alone.dir().join("nats/store").exists());
}

#[test]
fn none_means_none() {
    let alone = Alone::running(&["--nats", "none"], &Search::Good);
    let status = serves_without_a_server(&alone);
    assert!(status["line"].as_str().unwrap().contains("switched off"), "{status}");
    assert!(status["server"].is_null(), "{status}");
    assert!(!alone.dir().join("nats").exists());
    drop(alone);

    // The same from node.toml.
    let mut alone = Alone::founded();
    let config = alone.dir().join("node.toml");
    let written = std::fs::read_to_string(&config).unwrap();
    std::fs::write(&config, format!("nats = \"none\"\n{written}")).unwrap();
    alone.start(&[], &Search::Good);
    let status = serves_without_a_server(&alone);
    assert!(status["line"].as_str().unwrap().contains("switched off"), "{status}");
    assert!(status["server"].is_null(), "{status}");
}
