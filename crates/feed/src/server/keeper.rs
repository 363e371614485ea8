//! Keeps the server running: one thread that starts it, waits for its end, and starts it again.

use std::process::Stdio;
use std::thread::JoinHandle;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tokio::process::Child;
use tokio::sync::watch;
use tokio::time::Instant;
use tracing::{info, warn};

use super::files::Files;
use super::{Program, ServerState};
use crate::FeedError;

/// A server that ran for so long has nothing to do with the deaths before.
const STEADY: Duration = Duration::from_secs(60);
/// The pause before the second start in a row; it doubles from then on.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
/// No pause is longer.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// How long the server may take to end by itself.
const PATIENCE: Duration = Duration::from_secs(5);

/// What the thread works with.
pub(super) struct Keeper {
    pub program: Program,
    pub files: Files,
    pub state: watch::Sender<ServerState>,
    pub stopping: watch::Receiver<bool>,
}

impl Keeper {
    /// Starts the thread. It is one of its own, and starts the server itself, because the kernel
    /// ends a guarded server together with the *thread* that started it.
    pub(super) fn start(self) -> Result<JoinHandle<()>, FeedError> {
        let failed = |error| FeedError::server_kept("the thread that keeps it", error);
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
        std::thread::Builder::new()
            .name("nats-server".to_owned())
            .spawn(move || runtime.block_on(self.keep()))
            .map_err(failed)
    }

    async fn keep(self) {
        let mut stopping = self.stopping.clone();
        let stop = async move {
            // An error means that nobody is left who wants the server.
            let _ = stopping.wait_for(|stop| *stop).await;
        };
        tokio::pin!(stop);
        let mut deaths = 0;
        loop {
            let (started, log_bytes) = (Instant::now(), self.files.log_bytes());
            let reason = match self.spawn() {
                Ok((mut child, pid)) => {
                    info!(pid, version = self.program.version(), "nats-server runs");
                    self.state.send_replace(ServerState::Running { pid });
                    tokio::select! {
                        () = &mut stop => {
                            end(&mut child).await;
                            break;
                        }
                        ended = child.wait() => match ended {
                            Ok(status) => format!("it ended with {status}"),
                            Err(error) => error.to_string(),
                        }
                    }
                }
                Err(error) => format!("it can't be started: {error}"),
            };
            deaths = if started.elapsed() < STEADY { deaths + 1 } else { 1 };
            let pause = pause(deaths);
            let reason = match self.files.complaint(log_bytes) {
                Some(complaint) => format!("{reason}: {complaint}"),
                None => reason,
            };
            warn!(reason, ?pause, "nats-server is started again");
            self.state.send_replace(ServerState::Restarting { reason, pause });
            tokio::select! {
                () = &mut stop => break,
                () = tokio::time::sleep(pause) => {}
            }
        }
        self.files.forget_pid();
        self.state.send_replace(ServerState::Stopped);
    }

    fn spawn(&self) -> std::io::Result<(Child, u32)> {
        let log = self.files.log()?;
        let mut command = self.program.command();
        command.arg("-c").arg(self.files.config()).current_dir(self.files.dir());
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        // In a group of its own: an interrupt from the terminal is for the node, which takes the
        // server down when it has done with it.
        let child = command.process_group(0).kill_on_drop(true).spawn()?;
        let pid = child.id().unwrap_or_default();
        if let Err(error) = self.files.note_pid(pid) {
            warn!(%error, "nats-server runs and its pid can't be noted");
        }
        Ok((child, pid))
    }
}

/// Ends a server: it is asked to, and killed when it does not listen.
async fn end(child: &mut Child) {
    // The number can't mean another process: ours is not waited for yet.
    let pid = child.id().and_then(|pid| Pid::from_raw(pid.try_into().ok()?));
    let asked = pid.is_some_and(|pid| kill_process(pid, Signal::TERM).is_ok());
    if asked && tokio::time::timeout(PATIENCE, child.wait()).await.is_ok() {
        return;
    }
    warn!("nats-server does not end; killing it");
    if let Err(error) = child.kill().await {
        warn!(%error, "nats-server can't be killed");
    }
}

/// How long the start after so many deaths in a row waits.
fn pause(deaths: u32) -> Duration {
    match deaths {
        0 | 1 => Duration::ZERO,
        _ => FIRST_PAUSE.saturating_mul(1_u32 << (deaths - 2).min(16)).min(LONGEST_PAUSE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_start_again_is_immediate_and_later_ones_wait_longer_up_to_a_bound() {
        assert_eq!(pause(1), Duration::ZERO);
        let pauses: Vec<Duration> = (2..20).map(pause).collect();
        assert_eq!(pauses[0], FIRST_PAUSE);
        assert!(pauses.is_sorted() && pauses[1] > pauses[0]);
        assert_eq!(*pauses.last().unwrap(), LONGEST_PAUSE);
        assert_eq!(pause(u32::MAX), LONGEST_PAUSE);
    }
}
