//! What the figures were measured on: without it they say nothing.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use serde::Serialize;

use crate::measure::{Samples, milliseconds};

/// Syncs that are timed.
const SYNCS: usize = 200;

/// The facts of a machine that figures depend on.
#[derive(Debug, Serialize)]
pub struct Machine {
    cores: usize,
    processor: String,
    memory_mb: u64,
    kernel: String,
    /// Of the directory that is measured in.
    file_system: String,
    /// `fdatasync` of 4 KiB, the middle one of many; whatever is durable pays it.
    sync_ms: f64,
    /// Processes that wanted a core in the minute before: above zero something else was running.
    load_before: f64,
    program: &'static str,
    sqlite: &'static str,
    nats_server: String,
}

/// How many cores work is shared between.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

impl Machine {
    /// Asks the system; what it does not tell stands as "unknown".
    pub fn look(dir: &Path) -> Self {
        Self {
            cores: cores(),
            processor: of_key("/proc/cpuinfo", "model name").unwrap_or_else(unknown),
            memory_mb: of_key("/proc/meminfo", "MemTotal")
                .and_then(|text| text.split(' ').next()?.parse::<u64>().ok())
                .unwrap_or_default()
                / 1024,
            kernel: said(Command::new("uname").arg("-sr")),
            file_system: file_system(dir).unwrap_or_else(unknown),
            sync_ms: sync(dir).as_ref().map_or(0.0, Samples::median),
            load_before: load(),
            program: env!("CARGO_PKG_VERSION"),
            sqlite: rusqlite::version(),
            nats_server: said(Command::new(nats_server()).arg("--version")),
        }
    }

    /// One line for people.
    pub fn line(&self) -> String {
        let Self { cores, processor, memory_mb, kernel, file_system, load_before, .. } = self;
        format!(
            "{cores} × {processor}, {memory_mb} MB, {kernel}, {file_system} (sync {:.2} ms), SQLite \
             {}, {}; load before {load_before:.2}",
            self.sync_ms, self.sqlite, self.nats_server
        )
    }

    /// Whether other programs were at work.
    pub fn is_busy(&self) -> bool {
        self.load_before > 0.5
    }
}

fn nats_server() -> std::ffi::OsString {
    std::env::var_os("GIAPRANH_NATS_SERVER").unwrap_or_else(|| "nats-server".into())
}

fn load() -> f64 {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().and_then(|first| first.parse().ok()).unwrap_or_default()
}

/// Type and options of what is mounted where `dir` lies.
fn file_system(dir: &Path) -> Option<String> {
    let mounts = std::fs::read_to_string("/proc/self/mounts").ok()?;
    let around = mounts.lines().filter_map(|line| {
        let mut fields = line.split(' ').skip(1);
        let (at, kind, options) = (fields.next()?, fields.next()?, fields.next()?);
        dir.starts_with(at).then(|| (at.len(), format!("{kind} {options}")))
    });
    around.max_by_key(|(length, _)| *length).map(|(_, described)| described)
}

fn sync(dir: &Path) -> std::io::Result<Samples> {
    let path = dir.join("sync");
    let mut file = std::fs::File::create(&path)?;
    let mut samples = Samples::default();
    for _ in 0..SYNCS {
        file.write_all(&[0x5a; 4096])?;
        let begun = Instant::now();
        file.sync_data()?;
        samples.push(milliseconds(begun.elapsed()));
    }
    std::fs::remove_file(path)?;
    Ok(samples)
}

fn said(command: &mut Command) -> String {
    let output = command.output().ok().filter(|output| output.status.success());
    let text = output.and_then(|output| String::from_utf8(output.stdout).ok());
    text.map_or_else(unknown, |text| text.trim().to_owned())
}

fn unknown() -> String {
    "unknown".to_owned()
}

/// The first value of a key in a file of lines `key: value`.
fn of_key(path: &str, key: &str) -> Option<String> {
    let text = std::fs::read_to_string(path).ok()?;
    let value = |line: &str| {
        let (name, value) = line.split_once(':')?;
        (name.trim() == key).then(|| value.trim().to_owned())
    };
    text.lines().find_map(value)
}

/// A figure of a process's memory in KiB: `VmRSS` is what it has, `VmHWM` the most it ever had.
pub fn memory_kib(process: u32, key: &str) -> Option<u64> {
    of_key(&format!("/proc/{process}/status"), key)?.split(' ').next()?.parse().ok()
}
