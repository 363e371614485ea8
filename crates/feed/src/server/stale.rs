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
    let Some(pid) = files.noted_pid().and_then(Pid::from_raw) else { return Ok(()) };
    let process = match pidfd_open(pid, PidfdFlags::empty()) {
        Ok(process) => process,
        // No process, or no more than a thread of one: the number means another by now.
        Err(Errno::SRCH | Errno::INVAL | Errno::NOENT) => {
            files.forget_pid();
            return Ok(());
        }
        Err(error) => return Err(failed(error)),
    };
    // Looked at only now: what is held open can't become another process meanwhile.
    if runs_on(pid, files) {
        warn!(pid = pid.as_raw_pid(), "a private nats-server outlived its node; ending it");
        terminate(&process).map_err(failed)?;
    }
    files.forget_pid();
    Ok(())
}

/// Whether it was started with our configuration.
fn runs_on(pid: Pid, files: &Files) -> bool {
    let Ok(line) = std::fs::read(format!("/proc/{}/cmdline", pid.as_raw_pid())) else {
        return false;
    };
    let arguments: Vec<&OsStr> = line.split(|byte| *byte == 0).map(OsStr::from_bytes).collect();
    let config = files.config();
    arguments.windows(2).any(|pair| pair[0] == "-c" && pair[1] == config.as_os_str())
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
