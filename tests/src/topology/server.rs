//! One server of a rendered configuration, kept by `giapranh deploy serve`.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Instant;

use giapranh_testkit::server::program as nats_server;

use super::Link;
use crate::cluster::{Failed, LOOK, PATIENCE, failed, tail};
use crate::program::Program;

pub(super) const CONFIG: &str = "nats-server.conf";
const LOG: &str = "nats-server.log";
const PID: &str = "nats-server.pid";
/// What a server says when it takes connections.
const READY: &str = "Server is ready";

/// A server. Dropping it leaves no process behind.
pub(super) struct Server {
    pub name: String,
    /// What it was rendered into, below which its own folder lies.
    pub out: PathBuf,
    /// The node whose directory it follows.
    pub follows: PathBuf,
    /// Where clients connect.
    pub port: u16,
    /// Where other servers connect, if they do.
    pub second_port: u16,
    process: Option<Child>,
    /// How long its log was before it was started.
    log_bytes: usize,
}

impl Server {
    pub(super) fn new(
        root: &Path,
        name: &str,
        follows: PathBuf,
        port: u16,
        second_port: u16,
    ) -> Self {
        let (name, out) = (name.to_owned(), root.join("servers").join(name));
        Self { name, out, follows, port, second_port, process: None, log_bytes: 0 }
    }

    pub(super) fn url(&self) -> String {
        format!("tls://localhost:{}", self.port)
    }

    /// Its own folder.
    pub(super) fn dir(&self) -> PathBuf {
        self.out.join(&self.name)
    }

    /// Starts it, if it does not run.
    pub(super) fn spawn(
        &mut self,
        program: &Program,
        topology: &Path,
        link: Option<&Link>,
    ) -> Result<(), Failed> {
        if self.process.is_some() {
            return Ok(());
        }
        self.log_bytes = self.log().len();
        let log = File::options().create(true).append(true).open(self.own_log()).map_err(failed)?;
        let mut command =
            link.map_or_else(|| Command::new(&program.0), |link| link.command(&program.0));
        command.args(["deploy", "serve", "--log", "json", "--server", &self.name, "--topology"]);
        command.arg(topology).arg("--out").arg(&self.out).arg("--dir").arg(&self.follows);
        command.env("GIAPRANH_NATS_SERVER", nats_server()).env("GIAPRANH_LANG", "en");
        command.stdin(std::process::Stdio::null());
        command.stdout(log.try_clone().map_err(failed)?).stderr(log);
        self.process = Some(command.spawn().map_err(failed)?);
        Ok(())
    }

    pub(super) fn wait_ready(&mut self) -> Result<(), Failed> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if self.log().get(self.log_bytes..).is_some_and(|new| new.contains(READY)) {
                return Ok(());
            }
            let ended = self.process.as_mut().is_none_or(|it| !matches!(it.try_wait(), Ok(None)));
            if ended || Instant::now() > deadline {
                let what = if ended { "ended" } else { "does not become ready" };
                let (own, log) = (tail(&self.own_log()), tail(&self.dir().join(LOG)));
                return Err(failed(format!("the server {} {what}:\n{own}\n{log}", self.name)));
            }
            std::thread::sleep(LOOK);
        }
    }

    /// Ends it as a person does, and waits until it is gone.
    pub(super) fn stop(&mut self) -> Result<(), Failed> {
        let Some(mut process) = self.process.take() else { return Ok(()) };
        signal("-TERM", process.id());
        let status = process.wait().map_err(failed)?;
        if status.success() {
            return Ok(());
        }
        Err(failed(format!("deploy serve of {} ended with {status}", self.name)))
    }

    /// Kills it and who keeps it, as when the power fails.
    pub(super) fn kill(&mut self) {
        let Some(mut process) = self.process.take() else { return };
        let pid = self.pid();
        // Its keeper first, which would start it again.
        let _ = process.kill();
        let _ = process.wait();
        let Some(pid) = pid else { return };
        let deadline = Instant::now() + PATIENCE;
        while self.runs_as(pid) && Instant::now() < deadline {
            // It may be gone already: the kernel ends it together with its keeper.
            signal("-KILL", pid);
            std::thread::sleep(LOOK);
        }
    }

    /// The process of nats-server itself, as noted.
    fn pid(&self) -> Option<u32> {
        fs::read_to_string(self.dir().join(PID)).ok()?.trim().parse().ok()
    }

    /// Whether that process is still this server. A dead one that nobody waited for has no command.
    fn runs_as(&self, pid: u32) -> bool {
        let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&line).contains(&self.dir().join(CONFIG).display().to_string())
    }

    /// All that nats-server has said.
    fn log(&self) -> String {
        // Missing until the server has begun to write.
        fs::read_to_string(self.dir().join(LOG)).unwrap_or_default()
    }

    /// What its keeper says.
    fn own_log(&self) -> PathBuf {
        self.out.join("serve.log")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

fn signal(name: &str, pid: u32) {
    // It fails when the process is gone already.
    let _ = Command::new("kill")
        .args([name, &pid.to_string()])
        .stderr(std::process::Stdio::null())
        .status();
}
