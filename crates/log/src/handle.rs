//! The handle to the writer: what the rest of the node does with its log.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use giapranh_record::{Keyring, Signer};
use tokio::sync::{oneshot, watch};

use crate::authentication::{self, Candidate};
use crate::batch::Batch;
use crate::checking::Checked;
use crate::queue::{Arriving, BATCH_BYTES, BATCH_EVENTS, Ended, Job, Jobs};
use crate::{
    Arrival, Claim, Clock, Entitlement, Identity, LOG_FILE, LogError, Outcome, Tail, writer,
};

/// What a log is opened with.
#[allow(missing_docs)]
pub struct Open {
    pub signer: Arc<dyn Signer>,
    pub keyring: Arc<dyn Keyring>,
    pub entitlement: Arc<dyn Entitlement>,
    pub clock: Arc<dyn Clock>,
}

/// The handle to the writer. When the last one is gone, the thread ends.
#[derive(Clone)]
pub struct Log {
    pub(crate) jobs: Jobs,
    pub(crate) stopped: Arc<OnceLock<String>>,
    pub(crate) keyring: Arc<dyn Keyring>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) shown: Shown,
}

/// What the writer shows of itself.
#[derive(Clone)]
pub(crate) struct Shown {
    pub head: watch::Receiver<u64>,
    pub tail: watch::Receiver<Tail>,
    pub full: watch::Receiver<bool>,
    pub checked: watch::Receiver<Checked>,
    /// The newest time that the log has noted.
    pub newest_ms: Arc<AtomicU64>,
    pub left: Arc<AtomicU64>,
}

impl Log {
    /// Opens the log in `dir` of the node that `expected` describes: takes the writer's lock,
    /// verifies what was appended since the last start, compares the tail with the marker.
    pub fn open(dir: &Path, expected: &Identity, open: Open) -> Result<Self, LogError> {
        writer::start(dir, expected, open).map_err(|error| match error {
            LogError::Sqlite(error) => LogError::reading(&dir.join(LOG_FILE), 0, error),
            other => other,
        })
    }

    /// Runs `act` on the writer thread inside the next transaction and gives its answer once that
    /// is durable. An `act` that appends nothing changes nothing.
    ///
    /// After [`LogError::Full`] nothing of what it did is there, and it may be tried again.
    pub async fn submit<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Batch<'_>) -> Result<T, LogError> + Send + 'static,
    ) -> Result<T, LogError> {
        let (sender, receiver) = oneshot::channel();
        let job = Job::Act(Box::new(move |batch| {
            let (answer, done) = match act(batch) {
                Err(error) if error.ends_transaction() => (None, Err(error)),
                answer => (Some(answer), Ok(())),
            };
            let say = move |ended| {
                let answer = match ended {
                    Ended::Durable => answer,
                    Ended::Full => Some(Err(LogError::Full)),
                };
                let _ = answer.map(|answer| sender.send(answer));
            };
            (Box::new(say), done)
        }));
        self.jobs.acts.send(job).await.map_err(|_| self.why_stopped())?;
        self.answer(receiver).await
    }

    /// Takes what a peer sent through the gate. When this answers, everything in it is durable: in
    /// the log, held, or in quarantine; the messages may be acknowledged. What was left
    /// ([`Outcome::Left`]) may be acknowledged, too: it comes by backfill.
    ///
    /// A batch that holds a run of a feed is cheaper than its events one by one: the signature of
    /// the newest proves it. A long one goes in several transactions, and others come between.
    pub async fn arrive(&self, arrivals: Vec<Arrival>) -> Result<Vec<Outcome>, LogError> {
        let keyring = self.keyring.clone();
        let proving = move || authentication::prove(arrivals, keyring.as_ref());
        let candidates = tokio::task::spawn_blocking(proving)
            .await
            .unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()));
        let mut outcomes = Vec::with_capacity(candidates.len());
        // While one part is written the next one waits already, and no more than that.
        let mut under_way: Option<oneshot::Receiver<_>> = None;
        for candidates in parts(candidates) {
            let (sender, receiver) = oneshot::channel();
            let arriving = Arriving { candidates, sender };
            self.jobs.arrivals.send(arriving).await.map_err(|_| self.why_stopped())?;
            if let Some(before) = under_way.replace(receiver) {
                outcomes.extend(self.answer(before).await?);
            }
        }
        if let Some(last) = under_way {
            outcomes.extend(self.answer(last).await?);
        }
        Ok(outcomes)
    }

    /// To be called after the keyring or the entitlement has changed, and once after opening: what
    /// waits for the directory is judged again.
    pub async fn directory_changed(&self) -> Result<(), LogError> {
        self.jobs.acts.send(Job::DirectoryChanged).await.map_err(|_| self.why_stopped())
    }

    /// Hears what peers' beacons, or the stream, show of this node's own events. What agrees with
    /// the log is nothing; what the log lacks, or has otherwise, stops this node from signing until
    /// it is here, decided or disregarded. It is remembered over restarts.
    ///
    /// A claim is not proven. Whoever can't show what he claims is to be disregarded.
    pub async fn own_heads_elsewhere(&self, claims: Vec<Claim>) -> Result<(), LogError> {
        self.submit(move |batch| batch.own.hear(batch.store, claims)).await
    }

    /// Forgets what somebody claimed: he could not show it.
    pub async fn disregard(&self, said_by: String) -> Result<(), LogError> {
        self.submit(move |batch| batch.own.disregard(batch.store, &said_by)).await
    }

    /// Another node signs in this one's name, now: until the next start this one signs nothing. The
    /// reason is for people.
    pub async fn stand_aside(&self, reason: String) -> Result<(), LogError> {
        self.submit(move |batch| batch.own.stand_aside(batch.store, reason)).await
    }

    /// The node has read its stream and heard its peers, and has claimed all that they hold: what is
    /// here is all that was published, and a new marker says so. Does nothing unless the tail is
    /// [`Tail::Unknown`]. Gives what it is then.
    pub async fn tail_confirmed(&self) -> Result<Tail, LogError> {
        self.submit(|batch| {
            batch.own.confirm(batch.store)?;
            Ok(batch.own.tail().clone())
        })
        .await
    }

    /// The newest position; changes after each commit.
    pub fn head(&self) -> watch::Receiver<u64> {
        self.shown.head.clone()
    }

    /// Whether this log holds all that its node published; only then it signs.
    pub fn tail(&self) -> watch::Receiver<Tail> {
        self.shown.tail.clone()
    }

    /// Why this node may not sign, if it may not: see [`Log::tail`].
    pub fn refusal(&self) -> Option<String> {
        self.shown.tail.borrow().refusal().map(str::to_owned)
    }

    /// Whether the disk had no room for the last transaction that was to write something.
    pub fn full(&self) -> watch::Receiver<bool> {
        self.shown.full.clone()
    }

    /// How far the strict check in the background is, and what it found.
    pub fn checked(&self) -> watch::Receiver<Checked> {
        self.shown.checked.clone()
    }

    /// How many arrivals were left since the start, because too much was held ([`Outcome::Left`]).
    pub fn left(&self) -> u64 {
        self.shown.left.load(Ordering::Relaxed)
    }

    /// By how much the newest time in the log is ahead of the clock, milliseconds: it never goes
    /// back, the clock may. Until the clock is there again everything gets that newest time.
    pub fn ahead_ms(&self) -> u64 {
        self.shown.newest_ms.load(Ordering::Relaxed).saturating_sub(self.clock.now_ms())
    }

    /// Waits until the writer has stopped after an error.
    pub async fn stopped(&self) -> LogError {
        self.jobs.acts.closed().await;
        self.why_stopped()
    }

    /// Lets go of the log and waits until its writer has ended and the lock is free. It ends when
    /// every other handle is gone, too.
    pub async fn close(self) {
        let Self { jobs, mut shown, .. } = self;
        drop(jobs);
        while shown.head.changed().await.is_ok() {}
    }

    async fn answer<T>(
        &self,
        receiver: oneshot::Receiver<Result<T, LogError>>,
    ) -> Result<T, LogError> {
        match receiver.await {
            Ok(answer) => answer,
            // The job is dropped before the reason is noted.
            Err(_) => Err(self.stopped().await),
        }
    }

    fn why_stopped(&self) -> LogError {
        let why = self.stopped.get().cloned();
        LogError::Stopped(why.unwrap_or_else(|| "the node is shutting down".into()))
    }
}

/// Cuts a batch so that none of its parts keeps the writer long. An empty one is one part.
fn parts(mut candidates: Vec<Candidate>) -> Vec<Vec<Candidate>> {
    let mut parts = Vec::new();
    loop {
        let mut bytes = 0;
        let over = |(count, candidate): (usize, &Candidate)| {
            let over = count >= BATCH_EVENTS || bytes >= BATCH_BYTES;
            bytes += candidate.arrival.bytes.len();
            over
        };
        let Some(end) = candidates.iter().enumerate().position(over) else {
            parts.push(candidates);
            return parts;
        };
        let rest = candidates.split_off(end);
        parts.push(std::mem::replace(&mut candidates, rest));
    }
}
