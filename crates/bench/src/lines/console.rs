//! The console as officers feel it: pages of a node with many alerts and a long log, and what a hundred
//! open pages are told of a new event. A real node, a process, asked over its loopback address.

mod live;
mod pages;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use giapranh_tests::api::{self, Pass};
use serde_json::json;

use crate::context::Context;
use crate::corpus::{Corpus, VERSION};
use crate::fixture::{self, RECEIVER};
use crate::ingestion::Ingestion;
use crate::machine::memory_kib;
use crate::measure::Samples;
use crate::report::{Goal, Report, Unit};

/// Events taken in at once.
const CHUNK: usize = 8_192;
/// Longer than any start.
const PATIENCE: Duration = Duration::from_secs(300);
/// How often a starting node is asked.
const LOOK: Duration = Duration::from_millis(20);
/// Between a node that shows everything and one at rest.
const PASSWORD: &str = "mật khẩu ví dụ của phép đo";

/// Measures all of it.
pub fn run(context: &Context, report: &mut Report) -> Result<()> {
    if let Some(why) = context.no_program() {
        report.not_measured("the console", &why);
        return Ok(());
    }
    let (alerts, events) = (context.size(100_000, 2_000), context.size(1_000_000, 20_000));
    let node = Console::start(context, &long(context, alerts, events)?)?;
    let status = api::get(&node.dir, "/api/v1/status")?;
    let held = status["counters"]["alerts"].as_u64().context("no count of alerts")?;
    let what = format!("idle node, {held} alerts, {} events", status["events"]);
    report.figure(&what, Unit::Megabytes, &Samples::one(node.memory_mb()?), Goal::Below(60.0));
    let size = std::fs::metadata(&context.giapranh)?.len();
    let size = Samples::one(megabytes(size / 1_024));
    report.figure("the program", Unit::Megabytes, &size, Goal::Below(40.0));
    pages::run(context, report, &node)?;
    live::run(context, report, &node)?;
    let what = "the same node after all of it";
    report.figure(what, Unit::Megabytes, &Samples::one(node.memory_mb()?), Goal::None);
    Ok(())
}

/// The directory of a node that holds so many alerts in force, and at least so many events. Made once.
fn long(context: &Context, alerts: usize, events: usize) -> Result<PathBuf> {
    let name = format!("console-long-{VERSION}-{alerts}-{events}");
    context.once(&context.work.join(name), |dir: &Path| {
        let mut corpus = Corpus::long_lived()?;
        let founding = corpus.take(corpus.founding())?;
        context.runtime.block_on(async {
            fixture::make_founded(dir, RECEIVER, &founding).await?;
            let mut ingestion = Ingestion::open(dir)?;
            let mut taken = 0;
            while corpus.so_far().0 < alerts as u64 || taken < events {
                taken += ingestion.take(corpus.take(CHUNK)?.into_iter().map(Ok)).await?;
            }
            ingestion.close().await;
            anyhow::Ok(())
        })
    })
}

/// A running node with an officer who has signed in.
struct Console {
    child: Child,
    dir: PathBuf,
    address: SocketAddr,
    /// The session's secret.
    secret: String,
}

impl Console {
    /// Starts a copy, gives out the accounts and signs in.
    fn start(context: &Context, made: &Path) -> Result<Self> {
        let dir = context.fresh("console")?.join("node");
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
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut node = Self { child, dir, address: nowhere, secret: String::new() };
        node.until_it_shows_everything()?;
        node.secret = node.signed_in()?;
        let purpose = json!({ "act": "state-purpose", "purpose": "Phép đo (ví dụ)" });
        api::command_as(&node.dir, &node.pass(), &purpose)?;
        Ok(node)
    }

    fn until_it_shows_everything(&mut self) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let status = api::get(&self.dir, "/api/v1/status").unwrap_or_default();
            let shown =
                status["events"].as_u64() > Some(0) && status["events"] == status["projected"];
            if shown && status["settled"] == true {
                let page = status["page"].as_str().context("the node has no page")?;
                let address = page.trim_start_matches("http://").trim_end_matches('/');
                self.address = address.parse()?;
                return Ok(());
            }
            if self.child.try_wait()?.is_some() || Instant::now() > deadline {
                bail!("{}", std::fs::read_to_string(self.dir.join("node.log"))?);
            }
            // The socket has nothing to wait on before it is there.
            std::thread::sleep(LOOK);
        }
    }

    /// An administrator, and by that one an officer on duty, who takes a password of the own.
    fn signed_in(&self) -> Result<String> {
        let session = |login: &str, password: &str| -> Result<String> {
            let proof = json!({ "login": login, "password": password });
            let begun = api::post(&self.dir, &Pass::default(), "/api/v1/session", &proof)?;
            Ok(begun["token"].as_str().context("no session")?.to_owned())
        };
        let account = |login: &str, roles: &[&str]| {
            json!({ "unit": RECEIVER, "login": login, "name": "Cán bộ Ví Dụ", "roles": roles,
                "password": PASSWORD })
        };
        let officers = "/api/v1/officers";
        api::post(&self.dir, &Pass::default(), officers, &account("quan-tri", &["administrator"]))?;
        let administrator = Pass::of(session("quan-tri", PASSWORD)?);
        let roles = ["duty", "issuer", "approver"];
        let made = api::post(&self.dir, &administrator, officers, &account("truc", &roles))?;
        let id = made["id"].as_str().context("an account without an id")?;
        let own = format!("{PASSWORD}, của tôi");
        let both = json!({ "old": PASSWORD, "new": own });
        let first = Pass::of(session("truc", PASSWORD)?);
        api::post(&self.dir, &first, &format!("{officers}/{id}/password"), &both)?;
        session("truc", &own)
    }

    fn memory_mb(&self) -> Result<f64> {
        let kib = memory_kib(self.child.id(), "VmRSS").context("the system tells no memory")?;
        Ok(megabytes(kib))
    }

    fn pass(&self) -> Pass {
        Pass::of(self.secret.clone())
    }

    /// An alert in force that the officer sees.
    fn some_alert(&self) -> Result<String> {
        let list = api::get_as(&self.dir, &self.pass(), "/api/v1/alerts?status=active&limit=1")?;
        let id = list["alerts"][0]["id"].as_str().context("no alert is in force")?;
        ensure!(!id.is_empty(), "an alert without a number");
        Ok(id.to_owned())
    }
}

impl Drop for Console {
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

#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
fn megabytes(kib: u64) -> f64 {
    kib as f64 / 1024.0
}
