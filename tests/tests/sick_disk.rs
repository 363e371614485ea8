//! A running node whose disk turns sick: full for a while, or failing once. `strace` is attached to
//! the process and lets its system calls on the log's files fail, the same ones that `SQLite` makes.
//!
//! What must hold: on a full disk commands are refused with what to do, what needs no new event is
//! served, and when there is room all goes on in the same process; after an I/O error the node ends
//! with a message, and the next start recovers. In neither case is anything lost or there twice.
//!
//! Every single write and sync has its turn in `crates/log/tests/io_errors.rs`; here it is the node.
//! Where no process may be traced it says so and proves nothing.
#![allow(clippy::unwrap_used, clippy::panic, reason = "what fails here is the test")]

mod common;
mod siege;

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use common::{HCM, LONG_AN, REGISTRAR, Scene, ZONE, issue_command};
use giapranh_log::LOG_FILE;
use giapranh_testkit::figures::{Figures, by_length};
use giapranh_tests::api;
use giapranh_tests::cluster::{Member, PATIENCE};
use serde_json::Value;
use siege::Siege;

const MEMBERS: [Member; 3] = [Member::new(REGISTRAR), Member::new(HCM), Member::new(LONG_AN)];
/// Who falls sick.
const UNITS: [&str; 2] = [HCM, LONG_AN];

/// A tracer that makes system calls fail. Dropped, it lets go, and the process goes on by itself.
struct Tracer(Child);

impl Tracer {
    /// Lets calls of a process on the log in `dir` fail; `None` when nobody may be traced here.
    fn attach(pid: u32, dir: &Path, calls: &str, error: &str) -> Option<Self> {
        let log = dir.join(LOG_FILE);
        let mut command = Command::new("strace");
        command.args(["-f", "-q", "-o"]).arg(dir.join("trace")).args(["-p", &pid.to_string()]);
        command.arg("-P").arg(&log).arg("-P").arg(format!("{}-wal", log.display()));
        command.args(["-e", &format!("trace={calls}")]);
        command.args(["-e", &format!("inject={calls}:error={error}")]);
        let errors = dir.join("trace-errors");
        let file = std::fs::File::create(&errors).unwrap();
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(file).spawn();
        let Ok(mut child) = child else { return refused("strace does not run") };
        let traced = |pid: u32| {
            let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
            let line = status.lines().find_map(|line| line.strip_prefix("TracerPid:"));
            line.is_some_and(|tracer| tracer.trim() != "0")
        };
        let deadline = Instant::now() + PATIENCE;
        while !traced(pid) {
            if child.try_wait().unwrap().is_some() {
                return refused(&std::fs::read_to_string(&errors).unwrap());
            }
            assert!(Instant::now() < deadline, "strace attaches to nobody");
            std::thread::sleep(Duration::from_millis(5));
        }
        Some(Self(child))
    }
}

impl Drop for Tracer {
    fn drop(&mut self) {
        // Asked to end, it detaches; killed, it would leave the process stopped.
        let _ = Command::new("kill").args(["-INT", &self.0.id().to_string()]).status();
        let _ = self.0.wait();
    }
}

#[expect(clippy::print_stderr, reason = "what was not tried has to be told")]
fn refused(why: &str) -> Option<Tracer> {
    eprintln!("skipped: no process may be traced here ({}); nothing is proven", why.trim());
    None
}

#[test]
fn a_full_disk_refuses_commands_and_all_goes_on_when_there_is_room() {
    let mut scene = Scene::running(&MEMBERS);
    let first = scene.issue(HCM, "Còn chỗ (ví dụ)", ZONE);
    scene.seen(&first, &[LONG_AN]);
    let dir = scene.cluster.node(HCM).dir.clone();
    let pid = scene.cluster.process(HCM).unwrap().id();
    let Some(tracer) = Tracer::attach(pid, &dir, "pwrite64", "ENOSPC") else { return };

    let issue = |headline: &str| api::command(&dir, &issue_command(headline, ZONE));
    let mut acknowledged = vec![first];
    let (mut refusals, deadline) = (0, Instant::now() + PATIENCE);
    while refusals < 10 {
        match issue("Hết chỗ (ví dụ)") {
            // Not every thread was traced yet.
            Ok(answer) => acknowledged.push(answer),
            Err(error) => {
                let said = error.to_string();
                assert!(said.contains(" 50") && said.contains("space"), "{said}");
                refusals += 1;
            }
        }
        assert!(Instant::now() < deadline, "a full disk refuses nothing");
    }
    // What others say meanwhile waits with them; and nothing is shown of which there would be no trace.
    let theirs = scene.issue(LONG_AN, "Trong lúc hết chỗ (ví dụ)", ZONE);
    let unseen = api::get(&dir, "/api/v1/alerts").unwrap_err().to_string();
    assert!(unseen.contains(" 503") && unseen.contains("could not be noted"), "{unseen}");
    let full = |status: &Value| status["room"]["log_full"] == true;
    scene.cluster.wait_status(HCM, "telling that there is no room", full).unwrap();
    assert_eq!(scene.count(&theirs, HCM), 0);

    let since = Instant::now();
    drop(tracer);
    let after = loop {
        match issue("Lại có chỗ (ví dụ)") {
            Ok(answer) => break answer,
            Err(error) => assert!(since.elapsed() < PATIENCE, "it does not go on: {error}"),
        }
    };
    let went_on = since.elapsed();
    scene.seen(&theirs, &[HCM]);
    let converged = since.elapsed();
    assert_eq!(scene.cluster.process(HCM).unwrap().id(), pid, "another process goes on");
    acknowledged.extend([after, theirs]);
    scene.seen(acknowledged.last().unwrap(), &UNITS);
    scene.verify(&UNITS);
    for event in &acknowledged {
        assert_eq!(UNITS.map(|unit| scene.count(event, unit)), [1, 1], "{event}");
    }
    let commands = scene.cluster.event_ids(HCM).unwrap().len();
    assert_eq!(scene.cluster.event_ids(LONG_AN).unwrap().len(), commands);
    let room = |status: &Value| status["room"]["log_full"] == false;
    scene.cluster.wait_status(HCM, "telling that there is room", room).unwrap();
    let figures = Figures::of("full-disk").with("acknowledged", acknowledged.len());
    let figures = figures.with("refused", refusals).with("lost", 0).with("doubled", 0);
    figures.with_times("went_on", &[went_on]).with_times("converge", &[converged]).tell();
}

#[test]
fn an_io_error_ends_the_node_and_the_next_start_recovers() {
    let errors = by_length(4, 30);
    let mut siege = Siege::begin();
    for made in 0..errors {
        siege.pass(300);
        let victim = siege.random.pick(&UNITS);
        let calls = if siege.random.percent(50) { "fdatasync,fsync" } else { "pwrite64" };
        let dir = siege.scene.cluster.node(victim).dir.clone();
        let process = siege.cluster().process(victim).unwrap();
        let Some(tracer) = Tracer::attach(process.id(), &dir, calls, "EIO") else { return };
        let deadline = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = siege.cluster().process(victim).unwrap().try_wait().unwrap() {
                break status;
            }
            if Instant::now() > deadline {
                let end = |file: &str| {
                    let text = std::fs::read_to_string(dir.join(file)).unwrap_or_default();
                    let lines: Vec<&str> = text.lines().rev().take(12).collect();
                    lines.join("\n")
                };
                let (log, trace) = (end("node.log"), end("trace"));
                panic!("{victim} goes on after {calls} failed:\n{log}\n{trace}");
            }
            std::thread::sleep(Duration::from_millis(10));
        };
        drop(tracer);
        assert!(!status.success(), "{victim} ended as if nothing were");
        let said = std::fs::read_to_string(dir.join("node.log")).unwrap();
        let named = ["disk I/O", "Input/output"].iter().any(|error| said.contains(error));
        assert!(named && said.contains("recovers by itself"), "{victim} does not say why");
        siege.cluster().start(victim).unwrap();
        siege.heal(victim, &format!("{victim} after error {} ({calls})", made + 1));
    }
    siege.end(Figures::of("node-io-error").with("errors", errors));
}
