//! A node as the machine sees it: memory while it takes in a backlog, time to start, memory at
//! rest. Real processes: this program as a child for the first, `giapranh node run` for the others.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use giapranh_testkit::server::{NatsServer, StartOptions};
use giapranh_tests::api;

use crate::backlog::Backlog;
use crate::context::Context;
use crate::ingestion::Ingestion;
use crate::machine::memory_kib;
use crate::measure::{Samples, milliseconds};
use crate::report::{Goal, Report, Unit};

/// The name of the child that takes in a backlog.
pub const INGEST: &str = "ingest";
/// Longer than any start.
const PATIENCE: Duration = Duration::from_secs(300);
/// How often a starting node is asked.
const LOOK: Duration = Duration::from_millis(2);

/// Measures all three.
pub fn run(context: &Context, report: &mut Report) -> Result<()> {
    let dir = context.fresh("process")?;
    let node = dir.join("node");
    context.founded_node(&node)?;
    let backlog = context.backlog()?;
    let (node_text, backlog_text) = (node.to_string_lossy(), backlog.to_string_lossy());
    let peak: f64 = Context::child(&[INGEST, &node_text, &backlog_text])?.trim().parse()?;
    let events = context.events();
    let what = format!("peak memory while ingesting {events}");
    report.figure(&what, Unit::Megabytes, &Samples::one(peak / 1024.0), Goal::Below(120.0));

    if let Some(why) = context.no_program() {
        report.not_measured("time to start, memory at rest", &why);
        return Ok(());
    }
    let server = NatsServer::start(StartOptions { store_dir: dir.join("nats"), port: None })?;
    let (first, first_memory) = start(context, &node, &server.url())?;
    let what = format!("first start after ingesting {events}");
    let first = Samples::one(milliseconds(first));
    report.figure(&what, Unit::Milliseconds, &first, Goal::Below(1_000.0));
    let (mut times, mut memory, mut peaks) =
        (Samples::default(), Samples::default(), Samples::default());
    for _ in 0..context.turns(5).rounds {
        let (took, at_rest) = start(context, &node, &server.url())?;
        times.push(milliseconds(took));
        memory.push(at_rest.now_mb);
        peaks.push(at_rest.peak_mb);
    }
    let what = format!("start with {events}");
    report.figure(&what, Unit::Milliseconds, &times, Goal::Below(1_000.0));
    let what = format!("idle node with {events}");
    report.figure(&what, Unit::Megabytes, &memory, Goal::Below(40.0));
    report.figure("  the most it ever had", Unit::Megabytes, &peaks, Goal::None);
    let peak = Samples::one(first_memory.peak_mb);
    report.figure("  after the first start", Unit::Megabytes, &peak, Goal::None);
    Ok(())
}

/// What the child does: takes in a backlog and prints the most memory that it had, KiB.
#[expect(clippy::print_stdout, reason = "the parent reads it")]
pub fn ingest_as_child(dir: &Path, backlog: &Path) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let mut backlog = Backlog::open(backlog)?;
    backlog.founding()?;
    runtime.block_on(async {
        let mut ingestion = Ingestion::open(dir)?;
        ingestion.take(backlog).await?;
        ingestion.close().await;
        anyhow::Ok(())
    })?;
    let peak = memory_kib(std::process::id(), "VmHWM").context("the system tells no memory")?;
    println!("{peak}");
    Ok(())
}

struct Memory {
    now_mb: f64,
    peak_mb: f64,
}

/// Starts the node, waits until it serves and then until it is at rest, and ends it.
fn start(context: &Context, dir: &Path, nats: &str) -> Result<(Duration, Memory)> {
    let begun = Instant::now();
    let child = Command::new(&context.giapranh)
        .args(["node", "run", "--log", "json", "--nats", nats, "--dir"])
        .arg(dir)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(std::fs::File::create(log_of(dir))?)
        .spawn()
        .with_context(|| format!("running {}", context.giapranh.display()))?;
    let mut running = Running { child, dir: dir.to_owned() };
    let serves = || api::get(dir, "/api/v1/zones").map(drop);
    running.until("serve", || serves().is_ok())?;
    let took = begun.elapsed();
    running.until("be at rest", || {
        let status = api::get(dir, "/api/v1/status").unwrap_or_default();
        let pulls = status["pulls"].as_object().map_or(0, serde_json::Map::len);
        status["events"].as_u64() > Some(0) && status["events"] == status["projected"] && pulls > 0
    })?;
    let figure = |key| memory_kib(running.child.id(), key).context("the system tells no memory");
    let memory =
        Memory { now_mb: megabytes(figure("VmRSS")?), peak_mb: megabytes(figure("VmHWM")?) };
    running.stop()?;
    Ok((took, memory))
}

#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
fn megabytes(kib: u64) -> f64 {
    kib as f64 / 1024.0
}

fn log_of(dir: &Path) -> PathBuf {
    dir.join("node.log")
}

/// A node that does not outlive its measurement.
struct Running {
    child: Child,
    dir: PathBuf,
}

impl Running {
    fn until(&mut self, what: &str, is: impl Fn() -> bool) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        while !is() {
            let ended = self.child.try_wait()?;
            if ended.is_some() || Instant::now() > deadline {
                let log = std::fs::read_to_string(log_of(&self.dir)).unwrap_or_default();
                bail!("the node did not {what} ({ended:?}):\n{log}");
            }
            // The socket has nothing to wait on before it is there.
            std::thread::sleep(LOOK);
        }
        Ok(())
    }

    fn stop(mut self) -> Result<()> {
        let id = self.child.id().to_string();
        let told: io::Result<_> = Command::new("kill").args(["-TERM", &id]).status();
        ensure!(told?.success(), "the node {id} can't be told to end");
        ensure!(self.child.wait()?.success(), "the node did not end well");
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Fails only when it is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
