//! Signing in costs what Argon2id is set to, and nobody else waits for it: another route of the same
//! node, a process, while eight sign in again and again.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::ScopedJoinHandle;
use std::time::Instant;

use anyhow::{Result, bail, ensure};
use giapranh_tests::api::{self, Pass};
use giapranh_tests::cluster::{Cluster, Member};
use giapranh_tests::officers::{Account, Officer};
use serde_json::{Value, json};

use crate::context::Context;
use crate::fixture::REGISTRAR;
use crate::measure::{Pair, Samples, milliseconds};
use crate::report::{Goal, Report, Unit};

/// Who sign in at the same time.
const AT_ONCE: usize = 8;
const RESOURCE: &str = "/api/v1/zones";
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/directory");

/// Measures both.
pub fn run(context: &Context, report: &mut Report) -> Result<()> {
    if let Some(why) = context.no_program() {
        report.not_measured("signing in", &why);
        return Ok(());
    }
    let root = context.fresh("sign-in")?.join("cluster");
    let members = [Member::new(REGISTRAR)];
    let mut cluster = Cluster::found(&root, &context.giapranh, Path::new(DATA), &members)?;
    cluster.start_with(REGISTRAR, &["--nats", "none"])?;
    let ready = |status: &Value| status["settled"] == true && status["directory"]["head"] != 0;
    cluster.wait_status(REGISTRAR, "ready", ready)?;
    // An officer who signs in too often loses the oldest session, so another one asks.
    let accounts =
        ["truc", "khac"].map(|login| Account { login, unit: REGISTRAR, roles: &["duty"] });
    let officers = cluster.give_out(REGISTRAR, &accounts)?;
    let [.., officer, other] = &officers[..] else { bail!("nobody has an account") };
    let dir = &cluster.node(REGISTRAR).dir;
    let mut alone = Samples::default();
    for _ in 0..context.size(20, 3) {
        let begun = Instant::now();
        sign_in(dir, officer)?;
        alone.push(milliseconds(begun.elapsed()));
    }
    report.figure("sign in", Unit::Milliseconds, &alone, Goal::AtLeast(100.0));
    let pass = other.pass()?;
    let quiet = ask(dir, &pass, context.size(500, 50))?;
    let (busy, signed_in) = ask_among(dir, officer, &pass, context.size(500, 50))?;
    ensure!(signed_in >= AT_ONCE, "only {signed_in} signed in meanwhile");
    let what = format!("another route while {AT_ONCE} sign in, p99");
    let pair = Pair { ours: busy, floor: quiet };
    report.line_at(&what, Unit::Milliseconds, &pair, 99, Goal::Below(50.0));
    report.line_at("… p50", Unit::Milliseconds, &pair, 50, Goal::None);
    Ok(cluster.stop_all()?)
}

fn sign_in(dir: &Path, officer: &Officer) -> Result<()> {
    let proof = json!({ "login": officer.account.login, "password": officer.password() });
    let answer = api::post(dir, &Pass::default(), "/api/v1/session", &proof)?;
    ensure!(answer["token"].is_string(), "no session");
    Ok(())
}

fn ask(dir: &Path, pass: &Pass, times: usize) -> Result<Samples> {
    let mut samples = Samples::default();
    for _ in 0..times {
        let begun = Instant::now();
        api::get_as(dir, pass, RESOURCE)?;
        samples.push(milliseconds(begun.elapsed()));
    }
    Ok(samples)
}

/// The same while others sign in; also how often they did.
fn ask_among(dir: &Path, officer: &Officer, pass: &Pass, times: usize) -> Result<(Samples, usize)> {
    let (over, signed_in) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        let work = || {
            while !over.load(Ordering::Relaxed) {
                sign_in(dir, officer)?;
                signed_in.fetch_add(1, Ordering::Relaxed);
            }
            anyhow::Ok(())
        };
        let workers: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(work)).collect();
        // Only once all of them are at it.
        while signed_in.load(Ordering::Relaxed) < AT_ONCE
            && !workers.iter().any(ScopedJoinHandle::is_finished)
        {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        let samples = ask(dir, pass, times);
        over.store(true, Ordering::Relaxed);
        for worker in workers {
            worker.join().map_err(|_| anyhow::anyhow!("signing in panicked"))??;
        }
        Ok((samples?, signed_in.load(Ordering::Relaxed)))
    })
}
