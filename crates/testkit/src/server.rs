//! A real nats-server on loopback, for tests that mean it.
//!
//! It can be killed as a crash kills it and started again on the same port over the same store.
//! Blocking, and without tokio, so that any test can use it.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::ports::free_port;

/// Names the program when it is neither in `.tools` nor on `PATH`.
const PROGRAM_VARIABLE: &str = "GIAPRANH_NATS_SERVER";
/// How long a server may take to serve JetStream.
const START: Duration = Duration::from_secs(20);
/// How often a starting server is looked at.
const LOOK: Duration = Duration::from_millis(10);

/// Why there is no server.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum ServerError {
    #[error(
        "{program} does not run ({source}); `make tools` puts a nats-server at .tools/nats-server, or name one with {PROGRAM_VARIABLE}"
    )]
    Program { program: String, source: io::Error },
    #[error("nats-server did not start: {reason}; its log:\n{log}")]
    Start { reason: String, log: String },
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: io::Error },
}

/// How to start a server.
#[derive(Debug, Clone)]
pub struct StartOptions {
    /// Where JetStream keeps its data. The server's log lies there too.
    pub store_dir: PathBuf,
    /// Without one it gets one that stays its own while it is down ([`free_port`]).
    pub port: Option<u16>,
}

/// A server that runs until it is killed or dropped.
#[derive(Debug)]
pub struct NatsServer {
    store_dir: PathBuf,
    config: Option<PathBuf>,
    port: u16,
    child: Child,
}

impl NatsServer {
    /// Starts a server and waits until it serves JetStream.
    pub fn start(options: StartOptions) -> Result<Self, ServerError> {
        Self::start_as(options, None)
    }

    /// The same with a configuration file, for who may do what. Where it listens and keeps its data
    /// goes by the options, whatever the file says.
    pub fn start_configured(options: StartOptions, config: &Path) -> Result<Self, ServerError> {
        Self::start_as(options, Some(config.to_owned()))
    }

    fn start_as(options: StartOptions, config: Option<PathBuf>) -> Result<Self, ServerError> {
        let StartOptions { store_dir, port } = options;
        fs::create_dir_all(&store_dir)
            .map_err(|source| ServerError::Io { path: store_dir.clone(), source })?;
        let port = port.map_or_else(free_port, Ok);
        let port = port.map_err(|source| ServerError::Io { path: "127.0.0.1".into(), source })?;
        let child = spawn(&store_dir, port, config.as_deref())?;
        // From here on an early return drops the server, and with it the process.
        let mut server = Self { store_dir, config, port, child };
        let deadline = Instant::now() + START;
        let monitoring = server.wait_until(deadline, "it named no ports", Self::monitoring_port)?;
        server.wait_until(deadline, "it never became healthy", |_| {
            is_healthy(monitoring).then_some(())
        })?;
        Ok(server)
    }

    /// Where clients connect.
    pub fn url(&self) -> String {
        format!("nats://{}:{}", Ipv4Addr::LOCALHOST, self.port)
    }

    /// The port of [`NatsServer::url`].
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Ends it as a crash does (SIGKILL) and waits until it is gone. What the system had not
    /// written yet is *not* lost by this; that takes an older copy of the store.
    pub fn kill(&mut self) {
        // Fails only when it is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Kills it if it still runs, and starts it again on the same port over the same store.
    pub fn restart(&mut self) -> Result<(), ServerError> {
        self.kill();
        let options = StartOptions { store_dir: self.store_dir.clone(), port: Some(self.port) };
        *self = Self::start_as(options, self.config.clone())?;
        Ok(())
    }

    fn monitoring_port(&self) -> Option<u16> {
        let name = format!("_{}.ports", self.child.id());
        let entries = fs::read_dir(&self.store_dir).ok()?;
        let path = entries
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .find(|path| path.to_string_lossy().ends_with(&name))?;
        monitoring_port(&fs::read_to_string(path).ok()?)
    }

    fn wait_until<T>(
        &mut self,
        deadline: Instant,
        reason: &str,
        ready: impl Fn(&Self) -> Option<T>,
    ) -> Result<T, ServerError> {
        loop {
            if let Some(value) = ready(self) {
                return Ok(value);
            }
            let reason = match self.child.try_wait() {
                Ok(Some(status)) => format!("it ended with {status}"),
                _ if Instant::now() > deadline => reason.to_owned(),
                _ => {
                    std::thread::sleep(LOOK);
                    continue;
                }
            };
            let log = fs::read_to_string(log_path(&self.store_dir)).unwrap_or_default();
            return Err(ServerError::Start { reason, log });
        }
    }
}

impl Drop for NatsServer {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Reads the file that a server writes about where it listens. `None` while it is being written.
fn monitoring_port(text: &str) -> Option<u16> {
    text.trim_end().ends_with('}').then_some(())?;
    let (_, list) = text.split_once("\"monitoring\"")?;
    let (_, port) = list.split_once('"')?.1.split_once('"')?.0.rsplit_once(':')?;
    port.parse().ok()
}

fn spawn(store_dir: &Path, port: u16, config: Option<&Path>) -> Result<Child, ServerError> {
    let program = program();
    let config = config.map(|path| [OsStr::new("--config"), path.as_os_str()]);
    Command::new(&program)
        .args(config.into_iter().flatten())
        .args(["--jetstream", "--addr", "127.0.0.1", "--http_port", "-1"])
        .args(["--port", &port.to_string()])
        .arg("--store_dir")
        .arg(store_dir)
        .arg("--ports_file_dir")
        .arg(store_dir)
        .arg("--log")
        .arg(log_path(store_dir))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|source| ServerError::Program { program: program.display().to_string(), source })
}

fn log_path(store_dir: &Path) -> PathBuf {
    store_dir.join("nats-server.log")
}

/// The program: named by the environment, else of the workspace, else on `PATH`.
pub fn program() -> PathBuf {
    if let Some(named) = std::env::var_os(PROGRAM_VARIABLE) {
        return named.into();
    }
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.tools/nats-server");
    if own.exists() { own } else { "nats-server".into() }
}

fn is_healthy(monitoring_port: u16) -> bool {
    let answer = || -> io::Result<String> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, monitoring_port));
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        stream.write_all(b"GET /healthz?js-enabled-only=true HTTP/1.0\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    answer().is_ok_and(|answer| answer.split(' ').nth(1) == Some("200"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ports_file_that_is_still_being_written_is_read_again() {
        let whole = r#"{"nats":["nats://127.0.0.1:4301"],"monitoring":["http://127.0.0.1:4302"]}"#;
        assert_eq!(monitoring_port(whole), Some(4302));
        for length in 0..whole.len() {
            assert_eq!(monitoring_port(&whole[..length]), None, "{length}");
        }
    }

    #[test]
    fn a_killed_server_comes_back_on_its_port() {
        let store = tempfile::tempdir().unwrap();
        let options = StartOptions { store_dir: store.path().into(), port: None };
        let mut server = NatsServer::start(options).unwrap();
        let address = (Ipv4Addr::LOCALHOST, server.port());
        assert!(TcpStream::connect(address).is_ok());
        server.kill();
        assert!(TcpStream::connect(address).is_err());
        server.restart().unwrap();
        assert!(TcpStream::connect(address).is_ok());
    }

    #[test]
    fn a_server_that_does_not_start_says_why() {
        let store = tempfile::tempdir().unwrap();
        let first = StartOptions { store_dir: store.path().into(), port: None };
        let running = NatsServer::start(first).unwrap();
        let second =
            StartOptions { store_dir: store.path().join("second"), port: Some(running.port()) };
        let refused = NatsServer::start(second).unwrap_err().to_string();
        assert!(refused.contains("address already in use"), "{refused}");
    }
}
