//! A server that outlived its node: found by its noted number, ended before another one starts,
//! because two servers on one store destroy it.

use std::ffi::OsStr;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt as _;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, retry_on_intr};
use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};
use tracing::warn;

use super::files::Files;
use crate::FeedError;

/// How long it may take to end by itself.
const PATIENCE: Timespec = Timespec { tv_sec: 5, tv_nsec: 0 };

/// Ends the server that was noted, if it still runs on these files. Blocks until it is gone.
pub(super) fn end(files: &Files) -> Result<(), FeedError> {
    let failed = |error: Errno| FeedError::server_kept("an earlier one that still runs", error);
    if let Some(process) = running(files).map_err(failed)? {
        warn!("a nats-server outlived whoever kept it; ending it");
        terminate(&process).map_err(failed)?;
    }
    files.forget_pid();
    Ok(())
}

/// Tells the server that runs on these files to read its configuration again.
pub(super) fn reload(files: &Files) -> Result<(), FeedError> {
    let failed = |reason: &dyn std::fmt::Display| FeedError::server_kept("reloading", reason);
    match running(files).map_err(|error| failed(&error))? {
        Some(process) => pidfd_send_signal(&process, Signal::HUP).map_err(|error| failed(&error)),
        None => Err(failed(&"no server runs there")),
    }
}

/// Whether the server that was noted still runs on these files.
pub(super) fn is_running(files: &Files) -> Result<bool, FeedError> {
    let found = running(files);
    found
        .map(|process| process.is_some())
        .map_err(|error| FeedError::server_kept("looking for the one that runs", error))
}

/// The noted server, if it still runs on these files.
fn running(files: &Files) -> rustix::io::Result<Option<OwnedFd>> {
    let Some(pid) = files.noted_pid().and_then(Pid::from_raw) else { return Ok(None) };
    let process = match pidfd_open(pid, PidfdFlags::empty()) {
        Ok(process) => process,
        // No process, or no more than a thread of one: the number means another by now.
        Err(Errno::SRCH | Errno::INVAL | Errno::NOENT) => return Ok(None),
        Err(error) => return Err(error),
    };
    // Looked at only now: what is held open can't become another process meanwhile.
    Ok(runs_on(pid, files).then_some(process))
}

/// Whether it was started with our configuration.
fn runs_on(pid: Pid, files: &Files) -> bool {
    let Ok(line) = std::fs::read(format!("/proc/{}/cmdline", pid.as_raw_pid())) else {
        return false;
    };
    let arguments: Vec<&OsStr> = line.split(|byte| *byte == 0).map(OsStr::from_bytes).collect();
    let config = files.config();
    // Whoever starts one by hand in its directory names the file as it stands there.
    let here = || std::fs::read_link(format!("/proc/{}/cwd", pid.as_raw_pid())).ok();
    let is_ours = |named: &OsStr| {
        named == config.as_os_str() || here().is_some_and(|dir| dir.join(named) == config)
    };
    arguments.windows(2).any(|pair| pair[0] == "-c" && is_ours(pair[1]))
}

fn terminate(process: &OwnedFd) -> rustix::io::Result<()> {
    for signal in [Signal::TERM, Signal::KILL] {
        match pidfd_send_signal(process, signal) {
            Err(Errno::SRCH) => return Ok(()),
            sent => sent?,
        }
        if has_ended(process)? {
            return Ok(());
        }
    }
    Err(Errno::TIMEDOUT)
}

/// Waits until the process has ended; false when it takes too long.
fn has_ended(process: &OwnedFd) -> rustix::io::Result<bool> {
    // It becomes readable at its end.
    let ended =
        retry_on_intr(|| poll(&mut [PollFd::new(process, PollFlags::IN)], Some(&PATIENCE)))?;
    Ok(ended == 1)
}
