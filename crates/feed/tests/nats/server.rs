//! The private server lives through what befalls it, and nobody else gets in.

use std::ffi::{OsStr, OsString};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use giapranh_feed::outbox::publish;
use giapranh_feed::owner::ensure_stream;
use giapranh_feed::server::{PROGRAM_VARIABLE, Program, Server, ServerState};
use giapranh_feed::{FeedError, Line, LineConfig, LineState};
use tempfile::TempDir;

use crate::support::{event, in_time, policy};

/// What tests run nats-server with, first among them the one that `make tools` puts there.
fn search_path() -> OsString {
    let tools = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.tools");
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths([tools].into_iter().chain(std::env::split_paths(&path))).unwrap()
}

async fn program() -> Program {
    let named = std::env::var_os(PROGRAM_VARIABLE);
    Program::find(named.as_deref(), &search_path()).await.unwrap()
}

/// A program that is a shell script. Another process writes it: one that is open for writing, in
/// whatever child of this one, can't be run.
fn script(dir: &Path, name: &str, lines: &str) -> PathBuf {
    let path = dir.join(name);
    let mut shell = Command::new("sh");
    shell.args(["-c", "printf '#!/bin/sh\n%s\n' \"$2\" > \"$1\" && chmod 755 \"$1\"", "sh"]);
    assert!(shell.arg(&path).arg(lines).status().unwrap().success());
    path
}

async fn running(server: &Server, but_not: u32) -> u32 {
    let mut state = server.state();
    let other =
        |state: &ServerState| matches!(state, ServerState::Running { pid } if *pid != but_not);
    match *in_time("the server to run", state.wait_for(other)).await.unwrap() {
        ServerState::Running { pid } => pid,
        _ => unreachable!(),
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

async fn up(line: &Line) -> u64 {
    in_time("the line to come up", line.up()).await.unwrap()
}

#[tokio::test]
async fn it_serves_its_node_and_nobody_else() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("nats"), program().await).await.unwrap();
    let config = server.line("hcm");
    let line = Line::connect(&config).await.unwrap();
    up(&line).await;
    ensure_stream(&line, "hcm", &policy()).await.unwrap();
    publish(&line, "hcm", &[event(1, "z")]).await.unwrap();

    let (login, host) = config.url.split_once('@').unwrap();
    let secret = login.rsplit_once(':').unwrap().1;
    assert_eq!(secret.len(), 64, "a password of 256 bits");
    for stranger in [format!("nats://{host}"), format!("nats://node:guess@{host}")] {
        let config = LineConfig::new(stranger, "stranger");
        let refused = Line::connect(&config).await.unwrap();
        let mut state = refused.state();
        let told = state.wait_for(|state| match state {
            LineState::Connecting { reason } => {
                reason.as_ref().is_some_and(|reason| reason.contains("authorization"))
            }
            other => panic!("{other}"),
        });
        in_time("the refusal", told).await.unwrap();
    }

    let files = dir.path().join("nats");
    let mode = |name: &str| files.join(name).metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(""), mode("nats-server.conf")), (0o700, 0o600));
    assert_eq!(mode("nats-server.log") & 0o007, 0);
    assert!(files.join("store/jetstream").is_dir());
    let log = std::fs::read_to_string(files.join("nats-server.log")).unwrap();
    assert!(log.contains("Server is ready") && !log.contains(secret), "{log}");
    assert!(!log.contains("Starting http monitor"), "{log}");
    let pid = running(&server, 0).await;
    let told = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap();
    assert!(!String::from_utf8_lossy(&told).contains(secret));
    line.drain().await;
}

#[tokio::test]
async fn a_killed_one_comes_back_where_it_was_with_what_it_had() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path(), program().await).await.unwrap();
    let line = Line::connect(&server.line("hcm")).await.unwrap();
    let first = up(&line).await;
    ensure_stream(&line, "hcm", &policy()).await.unwrap();
    let pid = running(&server, 0).await;

    let mut state = line.state();
    signal("-KILL", pid);
    let lost = state.wait_for(|state| matches!(state, LineState::Lost { .. }));
    in_time("the loss to be told", lost).await.unwrap();
    let second = running(&server, pid).await;
    assert!(up(&line).await > first, "the same line is up again");
    publish(&line, "hcm", &[event(1, "z")]).await.unwrap();

    line.drain().await;
    in_time("it to stop", server.stop()).await;
    assert!(!is_alive(second), "it outlived its stop");
    assert_eq!(*server.state().borrow(), ServerState::Stopped);
    assert!(!dir.path().join("nats-server.pid").exists());
}

#[tokio::test]
async fn a_dropped_one_is_gone() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path(), program().await).await.unwrap();
    let pid = running(&server, 0).await;
    assert!(is_alive(pid));
    drop(server);
    assert!(!is_alive(pid));
}

#[tokio::test]
async fn one_that_does_not_stay_is_told_with_its_reason_and_tried_again() {
    let dir = tempfile::tempdir().unwrap();
    let lines = "[ \"$1\" = --version ] && echo 'nats-server: v2.15.1' && exit
        echo started >> starts
        echo '[1] 2024/01/01 00:00:00.1 [FTL] the disk is full'
        exit 3";
    let bad = script(dir.path(), "bad", lines);
    let program = Program::find(Some(bad.as_os_str()), &search_path()).await.unwrap();
    let files = dir.path().join("nats");
    let server = Server::start(&files, program).await.unwrap();
    let mut state = server.state();
    let thrice = state.wait_for(|state| match state {
        // The first is started again at once, the second and third later and later.
        ServerState::Restarting { pause, .. } => pause.as_millis() > 250,
        _ => false,
    });
    let told = in_time("the third end", thrice).await.unwrap().clone();
    let ServerState::Restarting { reason, .. } = told else { unreachable!() };
    assert_eq!(reason, "it ended with exit status: 3: the disk is full");
    let starts = std::fs::read_to_string(files.join("starts")).unwrap();
    assert_eq!(starts.lines().count(), 3);
    // Stopping does not wait for the pause to pass.
    in_time("it to stop", server.stop()).await;
}

/// A process that is ended with the test.
struct Stray(Child);

impl Drop for Stray {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn one_that_outlived_its_node_is_ended_before_the_next_starts() {
    let dir = tempfile::tempdir().unwrap();
    let files = dir.path().canonicalize().unwrap();
    let lines = "[ \"$1\" = --version ] && echo 'nats-server: v2.15.1' && exit
        trap 'echo asked > asked; exit 0' TERM
        echo up > up
        while :; do sleep 0.05; done";
    let stubborn = script(&files, "stubborn", lines);
    let config = files.join("nats-server.conf");
    std::fs::write(&config, "left behind").unwrap();
    let mut command = Command::new(&stubborn);
    command.arg("-c").arg(&config).current_dir(&files).stdin(Stdio::null());
    let mut left = Stray(command.spawn().unwrap());
    let pid = left.0.id();
    std::fs::write(files.join("nats-server.pid"), format!("{pid}\n")).unwrap();
    in_time("it to be up", async {
        while !files.join("up").exists() {
            tokio::task::yield_now().await;
        }
    })
    .await;

    let server = Server::start(&files, program().await).await.unwrap();
    assert!(left.0.try_wait().unwrap().is_some(), "it still runs");
    assert!(files.join("asked").exists(), "it was killed without being asked");
    assert_ne!(running(&server, 0).await, pid);
}

#[tokio::test]
async fn a_process_that_only_has_the_number_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let mut other = Stray(Command::new("sleep").arg("600").spawn().unwrap());
    let noted = |text: &str| std::fs::write(dir.path().join("nats-server.pid"), text).unwrap();
    noted(&other.0.id().to_string());
    drop(Server::start(dir.path(), program().await).await.unwrap());
    assert!(other.0.try_wait().unwrap().is_none(), "somebody else's process was ended");

    // Nor is the start hindered by a number that is none, or nobody's.
    for nonsense in ["", "x", "-1", "0", "2147483647"] {
        noted(nonsense);
        drop(Server::start(dir.path(), program().await).await.unwrap());
    }
}

async fn refusal(dir: &TempDir, lines: &str) -> FeedError {
    script(dir.path(), "nats-server", lines);
    let search = std::env::join_paths([dir.path(), Path::new("/bin")]).unwrap();
    Program::find(None, &search).await.unwrap_err()
}

#[tokio::test]
async fn a_program_that_can_not_be_used_is_refused_with_the_way_out() {
    let dir = tempfile::tempdir().unwrap();
    let old = refusal(&dir, "echo nats-server: v2.10.27").await;
    assert!(matches!(&old, FeedError::ServerTooOld { version, .. } if version == "2.10.27"));
    for lines in ["echo nats-server: v2.x", "echo hello", "echo nats-server: v2.15.1; exit 1"] {
        let unusable = refusal(&dir, lines).await;
        assert!(matches!(unusable, FeedError::ServerUnusable { .. }), "{unusable}");
    }

    let nowhere = tempfile::tempdir().unwrap();
    let search = nowhere.path().as_os_str();
    let missing = Program::find(None, search).await.unwrap_err();
    let expected = FeedError::ServerMissing { program: "nats-server".into() };
    assert_eq!(missing, expected);
    // The one that was named is meant, even if there is another on PATH.
    let named = Program::find(Some(OsStr::new("/nowhere/nats")), &search_path()).await.unwrap_err();
    assert!(named.to_string().starts_with("/nowhere/nats is missing"), "{named}");
    for refused in [old, missing, named] {
        let text = refused.to_string();
        for way_out in ["2.14.3", "make tools", "PATH", PROGRAM_VARIABLE, "--nats"] {
            assert!(text.contains(way_out), "{way_out} is not in: {text}");
        }
        assert!(!refused.is_retryable());
    }
}

#[tokio::test]
async fn it_is_run_without_a_guard_where_there_is_none_that_works() {
    let dir = tempfile::tempdir().unwrap();
    script(dir.path(), "nats-server", "echo nats-server: v2.14.3");
    let alone = Program::find(None, dir.path().as_os_str()).await.unwrap();
    assert!(!alone.is_guarded() && alone.version() == "2.14.3");
    // As small systems have it: there, and without the option.
    script(dir.path(), "setpriv", "echo 'setpriv: unrecognized option' >&2; exit 1");
    let other = Program::find(None, dir.path().as_os_str()).await.unwrap();
    assert!(!other.is_guarded() && other.version() == "2.14.3");
    script(dir.path(), "setpriv", "[ \"$1 $2\" = '--pdeathsig KILL' ] && shift 2 && exec \"$@\"");
    let guarded = Program::find(None, dir.path().as_os_str()).await.unwrap();
    assert!(guarded.is_guarded() && guarded.version() == "2.14.3");
}
