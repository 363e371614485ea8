//! The disk says no: EIO and ENOSPC at the Nth write and the Nth sync of the log's files, for one N
//! after the other until a run is clean. The real SQLite meets them: `strace` makes the system call
//! of a process of its own fail.
//!
//! What must hold, wherever it hits: what was acknowledged is there afterwards and nothing is there
//! by half; after EIO the log stops with a message that says what to do, after ENOSPC it refuses what
//! it can't record and goes on when there is room, or stops as well, where the commit itself was
//! under way.
//!
//! The short suite takes a share of the places, `GIAPRANH_LONG=1` all of them. Where processes can't
//! be traced it says so and proves nothing.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use common::{BORDER, Unit, append, draft};
use giapranh_log::{LOG_FILE, Log, LogError, MARKER_FILE, Mark, Marker, Reader};
use giapranh_testkit::figures::{Figures, by_length};

/// Where the process that meets the errors finds its log.
const DIR: &str = "GIAPRANH_IO_ERRORS_DIR";
/// What it does: so many commands, one after the other, and in the middle some in one transaction.
const COMMANDS: usize = 4;
const TOGETHER: usize = 12;
/// How often a command that found the disk full is given again.
const TRIES: usize = 5;

const WRITES: &str = "pwrite64,write,pwritev";
const SYNCS: &str = "fdatasync,fsync";
/// A file is made, brought to a length or taken away.
const FILES: &str = "openat,ftruncate,unlink";

/// System calls that fail: which, how, and how many of them one after the other.
struct Fault {
    name: &'static str,
    calls: &'static str,
    error: &'static str,
    times: usize,
}

const fn fault(
    name: &'static str,
    calls: &'static str,
    error: &'static str,
    times: usize,
) -> Fault {
    Fault { name, calls, error, times }
}

const FAULTS: [Fault; 6] = [
    fault("eio-write", WRITES, "EIO", 1),
    fault("eio-sync", SYNCS, "EIO", 1),
    fault("eio-file", FILES, "EIO", 1),
    fault("enospc-write", WRITES, "ENOSPC", 1),
    fault("enospc-writes", WRITES, "ENOSPC", 3),
    fault("enospc-sync", SYNCS, "ENOSPC", 1),
];

impl Fault {
    /// Whether the log has to go on, when it was a command that met it: a write that finds no room
    /// leaves everything as it was. A sync that fails leaves nobody knowing.
    fn leaves_all_as_it_was(&self) -> bool {
        self.error == "ENOSPC" && self.calls == WRITES
    }
}

/// How a run ended.
#[derive(Debug, PartialEq, Eq)]
enum End {
    /// It did all, and nothing failed: there are no more places.
    Clean,
    /// It did all, although something failed.
    WentOn,
    /// It stopped, and said why.
    Stopped(String),
}

/// What came of all runs of a fault.
#[derive(Debug, Default)]
struct Tally {
    runs: u64,
    acknowledged: u64,
    stopped: u64,
    went_on: u64,
}

#[test]
fn an_error_at_any_write_or_sync_costs_nothing_that_was_acknowledged() {
    // The test is both processes: here it is the one whose system calls fail.
    if let Some(dir) = std::env::var_os(DIR) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        return runtime.unwrap().block_on(with_errors(&PathBuf::from(dir)));
    }
    if let Some(why) = not_traceable() {
        say(&format!("skipped: {why}; nothing is proven here about errors of the disk"));
        return;
    }
    for fault in FAULTS {
        let mut tally = Tally::default();
        let mut place = 1;
        while run(&fault, place, &mut tally) != End::Clean {
            place += by_length(1 + place / 6, 1);
        }
        assert!(tally.runs > 2, "{}: nothing was hit", fault.name);
        let figures = Figures::of(&format!("io-{}", fault.name)).with("faults", tally.runs);
        let figures = figures.with("places", place).with("acknowledged", tally.acknowledged);
        let figures = figures.with("stopped", tally.stopped).with("went_on", tally.went_on);
        figures.with("lost", 0).with("doubled", 0).with("half", 0).tell();
    }
}

/// One run with a fault at one place, and what is there afterwards.
fn run(fault: &Fault, place: usize, tally: &mut Tally) -> End {
    let what = format!("{} at {place}", fault.name);
    let unit = Unit::new("hcm", &[BORDER]);
    let output = traced(&unit, fault, place);
    let said = String::from_utf8(output.stdout.clone()).unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    let told = |prefix: &str| -> Vec<String> {
        let lines = said.lines().filter_map(|line| line.strip_prefix(prefix));
        lines.map(str::to_owned).collect()
    };
    let trace = std::fs::read_to_string(trace_path(&unit)).unwrap();
    let hit = trace.contains("(INJECTED)");
    let stopped = told("stopped ").pop();
    let end = match (hit, stopped, told("done").pop()) {
        (false, None, Some(_)) => End::Clean,
        (true, None, Some(_)) => End::WentOn,
        (true, Some(why), None) => End::Stopped(why),
        other => panic!("{what}: {other:?}\n{said}{complaint}{trace}"),
    };
    let acknowledged = told("acknowledged ");
    // Whoever was refused knows that nothing was recorded; whoever got no answer does not.
    let most = if let End::Stopped(_) = end { told("asked").len() } else { acknowledged.len() };
    assert_recovers(&unit, &acknowledged, most, &what);
    if let End::Stopped(why) = &end {
        assert!(names_the_way_out(why), "{what}: {why}");
        tally.stopped += 1;
    }
    if end != End::Clean {
        tally.runs += 1;
        tally.acknowledged += acknowledged.len() as u64;
        tally.went_on += u64::from(end == End::WentOn);
    }
    let doing = told("doing ").pop().unwrap_or_default();
    if fault.leaves_all_as_it_was() && doing == "commands" {
        assert_eq!(end, End::WentOn, "{what}: there is room again, and the log has stopped");
    }
    end
}

/// Whoever reads it knows what happened and what to do.
fn names_the_way_out(why: &str) -> bool {
    let what = ["disk I/O", "Input/output", "full", "No space", "unable to open", "readonly"];
    what.iter().any(|word| why.contains(word))
}

/// Started again without errors, by the path that it always takes: what was acknowledged is there in
/// its order, at most what was under way besides, all of it whole, and the log takes more.
fn assert_recovers(unit: &Unit, acknowledged: &[String], most: usize, what: &str) {
    let log = match unit.open_in(unit.dir.path()) {
        Ok(log) => log,
        Err(error) => panic!("{what}: it does not open any more: {error}"),
    };
    let stored = unit.reader().after(0, 100_000).unwrap();
    let here: Vec<String> = stored.iter().map(|one| one.event.leaf().to_string()).collect();
    let mut rest = here.iter();
    let in_order = acknowledged.iter().all(|leaf| rest.any(|one| one == leaf));
    assert!(in_order, "{what}: acknowledged {acknowledged:?}, here {here:?}");
    assert!(here.len() <= most, "{what}: {} are here, and at most {most} can be", here.len());
    let together = stored.iter().filter(|one| one.event.header().kind == TOGETHER_KIND).count();
    assert_eq!(together % TOGETHER, 0, "{what}: a transaction by half");
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        append(&log, &[BORDER]).await.unwrap();
        log.close().await;
    });
    assert_eq!(unit.assert_sound().events, here.len() as u64 + 1, "{what}");
}

/// What is appended in one transaction is of this kind.
const TOGETHER_KIND: &str = "figures.corrected";

fn trace_path(unit: &Unit) -> PathBuf {
    unit.dir.path().join("trace")
}

/// Runs [`with_errors`] in a process of its own. Only calls on the log's files are looked at; each
/// thread counts its own: the one that opens, and the writer.
fn traced(unit: &Unit, fault: &Fault, place: usize) -> Output {
    let mut command = Command::new("strace");
    command.arg("-f").arg("-o").arg(trace_path(unit));
    command.args(["-e", &format!("trace={}", fault.calls)]);
    let when = format!("{place}..{}", place + fault.times - 1);
    command.args(["-e", &format!("inject={}:error={}:when={when}", fault.calls, fault.error)]);
    for file in files(unit.dir.path()) {
        command.arg("-P").arg(file);
    }
    command.arg(std::env::current_exe().unwrap());
    let this = "an_error_at_any_write_or_sync_costs_nothing_that_was_acknowledged";
    command.args(["--exact", this, "--nocapture"]);
    command.env(DIR, unit.dir.path()).stdin(Stdio::null()).output().unwrap()
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let log = dir.join(LOG_FILE);
    let beside = |suffix: &str| PathBuf::from(format!("{}{suffix}", log.display()));
    vec![beside("-wal"), beside("-journal"), dir.join(MARKER_FILE), log]
}

/// Why no process can be traced here, if so.
fn not_traceable() -> Option<String> {
    let tried = Command::new("strace").args(["-f", "-e", "trace=none", "true"]).output();
    match tried {
        Err(error) => Some(format!("strace does not run ({error})")),
        Ok(output) if output.status.success() => None,
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            Some(format!("strace may not trace here ({})", said.lines().next().unwrap_or_default()))
        }
    }
}

async fn with_errors(dir: &Path) {
    let unit = Unit::new("hcm", &[BORDER]);
    println();
    match work(&unit, dir).await {
        Ok(()) => tell("done"),
        Err(error) => tell(&format!("stopped {error}")),
    }
}

/// A node's day: commands, publishing, a restart, more commands.
async fn work(unit: &Unit, dir: &Path) -> Result<(), LogError> {
    for day in 0..2 {
        tell("doing opening");
        let log = unit.open_in(dir)?;
        tell("doing commands");
        for _ in 0..COMMANDS {
            command(&log).await?;
        }
        together(&log).await?;
        tell("doing publishing");
        publish(dir)?;
        if day == 0 {
            log.close().await;
        }
    }
    Ok(())
}

/// A command, given again while the disk is full.
async fn command(log: &Log) -> Result<(), LogError> {
    let mut tries = 0;
    loop {
        tell("asked");
        tries += 1;
        match append(log, &[BORDER]).await {
            Ok(appended) => {
                tell(&format!("acknowledged {}", appended.leaf));
                return Ok(());
            }
            Err(error) if is_full(&error) && tries < TRIES => {}
            Err(error) => return Err(error),
        }
    }
}

/// All or none of these.
async fn together(log: &Log) -> Result<(), LogError> {
    let mut tries = 0;
    loop {
        for _ in 0..TOGETHER {
            tell("asked");
        }
        tries += 1;
        let mut drafts = vec![draft(&[BORDER]); TOGETHER];
        for draft in &mut drafts {
            draft.event_id = common::event_id();
            TOGETHER_KIND.clone_into(&mut draft.kind);
        }
        let all = log.submit(move |batch| {
            drafts.into_iter().map(|draft| batch.append(draft)).collect::<Result<Vec<_>, _>>()
        });
        match all.await {
            Ok(all) => {
                all.iter().for_each(|one| tell(&format!("acknowledged {}", one.leaf)));
                return Ok(());
            }
            Err(error) if is_full(&error) && tries < TRIES => {}
            Err(error) => return Err(error),
        }
    }
}

/// Notes what may have been published, as the outbox does before it publishes.
fn publish(dir: &Path) -> Result<(), LogError> {
    let newest = Reader::open(&dir.join(LOG_FILE))?.newest_published("hcm", 1)?.unwrap();
    let mark = Mark { epoch: 1, index: newest.event.header().index, leaf: newest.event.leaf() };
    Marker::open(&dir.join(MARKER_FILE))?.unwrap().advance(mark)
}

fn is_full(error: &LogError) -> bool {
    error.to_string().contains("full")
}

#[expect(clippy::print_stdout, reason = "the ledger of the process that started this one")]
fn tell(what: &str) {
    println!("{what}");
    std::io::stdout().flush().unwrap();
}

#[expect(clippy::print_stdout, reason = "the test's name stands in the line before")]
fn println() {
    println!();
}

#[expect(clippy::print_stderr, reason = "what was not tried has to be told")]
fn say(what: &str) {
    eprintln!("{what}");
}
