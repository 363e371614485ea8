//! A node with a long history, and the program that runs it: a process, asked over its socket.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use giapranh_tests::api;
use serde_json::Value;

use crate::context::Context;
use crate::corpus::{Corpus, VERSION};
use crate::fixture::{self, RECEIVER};
use crate::ingestion::Ingestion;
use crate::machine::memory_kib;
use crate::sealed;

/// Events taken in at once.
const CHUNK: usize = 8_192;
/// Longer than any start.
const PATIENCE: Duration = Duration::from_secs(300);
/// How often a starting node is asked.
const LOOK: Duration = Duration::from_millis(20);

/// The directory of a node that holds so many sealed alerts in force with their keys, ten events
/// each, and at least so many events. Made once; to be copied.
pub fn long(context: &Context) -> Result<PathBuf> {
    let (alerts, events) = (context.size(100_000, 2_000), context.size(1_000_000, 20_000));
    let name = format!("long-{VERSION}-{alerts}-{events}");
    context.once(&context.work.join(name), |dir: &Path| {
        let mut corpus = Corpus::long_lived()?.sealed();
        let founding = corpus.take(corpus.founding())?;
        context.runtime.block_on(async {
            fixture::make_founded(dir, RECEIVER, &founding).await?;
            let mut ingestion = Ingestion::open_sealed(dir)?;
            let (mut taken, mut known) = (0, BTreeSet::new());
            while corpus.so_far().0 < alerts as u64 || taken < events {
                let chunk = corpus.take(CHUNK)?;
                let mut alerts = sealed::first_of_alerts(&chunk)?;
                alerts.retain(|alert, _| known.insert(alert.clone()));
                sealed::put_by(dir, alerts.keys())?;
                taken += ingestion.take(chunk.into_iter().map(Ok)).await?;
            }
            ingestion.close().await;
            anyhow::Ok(())
        })
    })
}

/// A running node without a line to others.
pub struct Running {
    child: Child,
    /// Where it keeps everything.
    pub dir: PathBuf,
    /// Its status when it had shown everything.
    pub status: Value,
}

impl Running {
    /// Runs a copy of a node, and waits until it shows everything.
    pub fn start(context: &Context, made: &Path, name: &str) -> Result<Self> {
        let dir = context.fresh(name)?.join("node");
        copy(made, &dir)?;
        let log = std::fs::File::create(dir.join("node.log"))?;
        let child = Command::new(&context.giapranh)
            .args(["node", "run", "--log", "json", "--nats", "none", "--http", "127.0.0.1:0"])
            .arg("--dir")
            .arg(&dir)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .with_context(|| format!("running {}", context.giapranh.display()))?;
        let mut node = Self { child, dir, status: Value::Null };
        node.status = node.until_it_shows_everything()?;
        Ok(node)
    }

    fn until_it_shows_everything(&mut self) -> Result<Value> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let status = api::get(&self.dir, "/api/v1/status").unwrap_or_default();
            let shown =
                status["events"].as_u64() > Some(0) && status["events"] == status["projected"];
            if shown && status["settled"] == true {
                return Ok(status);
            }
            if self.child.try_wait()?.is_some() || Instant::now() > deadline {
                bail!("{}", std::fs::read_to_string(self.dir.join("node.log"))?);
            }
            // The socket has nothing to wait on before it is there.
            std::thread::sleep(LOOK);
        }
    }

    /// What it holds in memory, MB.
    pub fn memory_mb(&self) -> Result<f64> {
        let kib = memory_kib(self.child.id(), "VmRSS").context("the system tells no memory")?;
        Ok(megabytes(kib))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Fails only when it is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        std::fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}

/// KiB as MB.
#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
pub fn megabytes(kib: u64) -> f64 {
    kib as f64 / 1024.0
}
