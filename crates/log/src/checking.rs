//! The strict check in the background: every signature that the gate took on the word of a later
//! one, and every byte as it lies in the file, looked at once more after it was committed.
//!
//! It waits while a backlog comes in, because people wait for that; it never waits for ever.

use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use giapranh_record::Keyring;
use tokio::sync::{mpsc, watch};

use crate::queue::Job;
use crate::verify::{self, Depth, Fault};
use crate::{LogError, Reader};

/// Events checked at once: it bounds how long a shutdown waits.
const RANGE: u64 = 4_096;
/// From how many events on it is worth noting in the file how far the check is.
const WORTH_NOTING: u64 = 1_024;
/// How long the log has to stand still before the check begins.
const QUIET: Duration = Duration::from_millis(50);
/// The longest that it waits for that.
const PATIENCE: Duration = Duration::from_secs(60);
/// Most faults that are named.
const NAMED: usize = 100;

/// How far the strict check is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Every event up to this position was looked at.
    pub position: u64,
    /// What does not hold; the first hundred.
    pub faults: Vec<Fault>,
    /// Why it can't go on, if so.
    pub stopped: Option<String>,
}

/// The log's growth, as the writer tells it.
#[derive(Default)]
struct Growth {
    head: u64,
    /// Positions for which a copy came whose signature holds.
    mended: Vec<u64>,
    closed: bool,
}

/// The thread that checks, and the writer's end of it.
pub(crate) struct Checking {
    growth: Arc<(Mutex<Growth>, Condvar)>,
    thread: Option<JoinHandle<()>>,
}

impl Checking {
    /// Starts after `from`.
    pub fn start(
        path: &Path,
        keyring: Arc<dyn Keyring>,
        from: u64,
        jobs: mpsc::WeakSender<Job>,
    ) -> Result<(Self, watch::Receiver<Checked>), LogError> {
        let (checked, receiver) = watch::channel(Checked { position: from, ..Checked::default() });
        let growth = Arc::new((Mutex::new(Growth::default()), Condvar::new()));
        let reader = Reader::open(path)?;
        let (growing, noted) = (growth.clone(), from);
        let unnamed = false;
        let check = Check { reader, keyring, growth: growing, jobs, noted, unnamed, checked };
        let thread = thread::Builder::new()
            .name("log-check".into())
            .spawn(move || check.run())
            .map_err(LogError::io(path))?;
        Ok((Self { growth, thread: Some(thread) }, receiver))
    }

    /// The log has grown.
    pub fn grown(&self, head: u64) {
        lock(&self.growth.0).head = head;
        self.growth.1.notify_one();
    }

    /// Copies have come for these positions.
    pub fn mended(&self, positions: Vec<u64>) {
        if !positions.is_empty() {
            lock(&self.growth.0).mended.extend(positions);
            self.growth.1.notify_one();
        }
    }
}

impl Drop for Checking {
    fn drop(&mut self) {
        lock(&self.growth.0).closed = true;
        self.growth.1.notify_one();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the check in the background ended with a panic");
        }
    }
}

struct Check {
    reader: Reader,
    keyring: Arc<dyn Keyring>,
    growth: Arc<(Mutex<Growth>, Condvar)>,
    jobs: mpsc::WeakSender<Job>,
    /// How far the file says that the check is.
    noted: u64,
    /// Whether there are more faults than are named.
    unnamed: bool,
    checked: watch::Sender<Checked>,
}

impl Check {
    fn run(mut self) {
        while let Some(head) = self.wait() {
            if let Err(error) = self.check(head) {
                tracing::error!(%error, "the log can't be checked");
                self.checked.send_modify(|checked| checked.stopped = Some(error.to_string()));
                return;
            }
        }
    }

    /// Until there is something to check and the log stands still. `None` at the end.
    fn wait(&self) -> Option<u64> {
        let (growth, grown) = &*self.growth;
        let position = self.checked.borrow().position;
        let nothing = |growth: &mut Growth| {
            growth.head <= position && growth.mended.is_empty() && !growth.closed
        };
        let mut now =
            grown.wait_while(lock(growth), nothing).unwrap_or_else(PoisonError::into_inner);
        let begun = Instant::now();
        while !now.closed && begun.elapsed() < PATIENCE {
            let head = now.head;
            let still = |growth: &mut Growth| growth.head == head && !growth.closed;
            let (next, waited) =
                grown.wait_timeout_while(now, QUIET, still).unwrap_or_else(PoisonError::into_inner);
            now = next;
            if waited.timed_out() {
                break;
            }
        }
        (!now.closed).then_some(now.head)
    }

    fn check(&mut self, head: u64) -> Result<(), LogError> {
        self.mend();
        loop {
            let after = self.checked.borrow().position;
            if after >= head || lock(&self.growth.0).closed {
                return Ok(());
            }
            let until = head.min(after + RANGE);
            let keyring = self.keyring.as_ref();
            let findings = verify::range(&self.reader, (after, until), Depth::Strict, keyring)?;
            for fault in &findings.faults {
                let Fault { position, what, .. } = fault;
                tracing::error!(position, what, "an event in the log does not hold");
            }
            let mut checked = self.checked.borrow().clone();
            checked.position = until;
            let room = NAMED.saturating_sub(checked.faults.len());
            self.unnamed |= findings.faults.len() > room;
            checked.faults.extend(findings.faults.into_iter().take(room));
            if checked.faults.is_empty() && !self.unnamed {
                self.note(until);
            }
            self.checked.send_replace(checked);
        }
    }

    /// What has a copy by now whose signature holds is no fault any more.
    fn mend(&mut self) {
        let mended = std::mem::take(&mut lock(&self.growth.0).mended);
        let holds = |fault: &Fault| !(fault.mendable && mended.contains(&fault.position));
        if self.checked.borrow().faults.iter().any(|fault| !holds(fault)) {
            self.checked.send_modify(|checked| checked.faults.retain(holds));
        }
    }

    /// Lets the file know how far the check is, so that the next start need not do it again. Never
    /// over a fault: it is found again at each start.
    fn note(&mut self, position: u64) {
        if position - self.noted >= WORTH_NOTING {
            let Some(jobs) = self.jobs.upgrade() else { return };
            if jobs.blocking_send(Job::Checked(position)).is_ok() {
                self.noted = position;
            }
        }
    }
}

fn lock(growth: &Mutex<Growth>) -> MutexGuard<'_, Growth> {
    growth.lock().unwrap_or_else(PoisonError::into_inner)
}
