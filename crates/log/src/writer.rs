//! The one writer: a thread that drains what is waiting into one transaction, commits it with
//! `synchronous=FULL`, and only then answers all of it.

use std::fs::File;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::thread;

use giapranh_record::{Draft, Keyring, Signer, Unsigned};
use tokio::sync::{mpsc, oneshot, watch};

use crate::attestation::Attestation;
use crate::authentication::{self, Candidate};
use crate::checking::{Checked, Checking};
use crate::gate::Gate;
use crate::own::Own;
use crate::store::Store;
use crate::{
    Appended, Arrival, Clock, Entitlement, Identity, LOG_FILE, LogError, MARKER_FILE, Marker,
    Outcome, Reader, Stored, file, verify,
};

/// Most jobs in one transaction: it bounds how long the first of them waits.
const BATCH_JOBS: usize = 256;
/// Most jobs waiting; whoever comes then waits for room.
const QUEUE_JOBS: usize = 1024;
/// From how many events on signing is shared between the cores.
const SHARED_SIGNING: usize = 8;

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
    jobs: mpsc::Sender<Job>,
    head: watch::Receiver<u64>,
    stopped: Arc<OnceLock<String>>,
    refusal: Option<Arc<str>>,
    keyring: Arc<dyn Keyring>,
    checked: watch::Receiver<Checked>,
}

type Answer = Box<dyn FnOnce() + Send>;
type Act = Box<dyn FnOnce(&mut Batch<'_>) -> Result<Answer, LogError> + Send>;

pub(crate) enum Job {
    Act(Act),
    Arrive(Vec<Candidate>, oneshot::Sender<Result<Vec<Outcome>, LogError>>),
    DirectoryChanged,
    Checked(u64),
}

impl Log {
    /// Opens the log in `dir` of the node that `expected` describes: takes the writer's lock,
    /// verifies what was appended since the last start, compares the tail with the marker.
    pub fn open(dir: &Path, expected: &Identity, open: Open) -> Result<Self, LogError> {
        Self::start(dir, expected, open).map_err(|error| match error {
            LogError::Sqlite(error) => LogError::reading(&dir.join(LOG_FILE), 0, error),
            other => other,
        })
    }

    fn start(dir: &Path, expected: &Identity, open: Open) -> Result<Self, LogError> {
        let path = dir.join(LOG_FILE);
        let (mut connection, lock) = file::open_for_writing(dir)?;
        let reader = Reader::open(&path)?;
        let found = reader.identity()?;
        if found != *expected {
            return Err(LogError::Foreign {
                path,
                found: format!("{} (key {})", found.unit, found.public_key.id().0.short()),
                expected: format!("{} (key {})", expected.unit, expected.public_key.id().0.short()),
            });
        }
        file::migrate(&mut connection)?;
        let checked_at_start =
            verify::at_start(&reader, &connection, open.keyring.as_ref(), &path)?;
        let store = Store::load(connection)?;
        let marker_path = dir.join(MARKER_FILE);
        let marker = Marker::open(&marker_path)?;
        let own = Own::load(&store, expected, marker.as_ref())?;
        if marker.is_none() && own.refusal().is_none() {
            // Nothing was ever signed here, so nothing can have been published.
            Marker::renew(&marker_path)?;
        }
        let refusal = own.refusal().map(Arc::from);
        let attestation = Attestation::load(&store, expected)?;
        let (head_sender, head) = watch::channel(store.next_position - 1);
        let (jobs, queue) = mpsc::channel(QUEUE_JOBS);
        let keyring = open.keyring.clone();
        let (checking, checked) =
            Checking::start(&path, keyring.clone(), checked_at_start, jobs.downgrade())?;
        checking.grown(store.next_position - 1);
        let stopped = Arc::new(OnceLock::new());
        let writer = Writer {
            store,
            own,
            attestation,
            open,
            queue,
            checking,
            head: head_sender,
            stopped: stopped.clone(),
            _lock: lock,
        };
        thread::Builder::new()
            .name("log-writer".into())
            .spawn(move || writer.run())
            .map_err(LogError::io(&path))?;
        Ok(Self { jobs, head, stopped, refusal, keyring, checked })
    }

    /// Runs `act` on the writer thread inside the next transaction and gives its answer once that
    /// is durable. An `act` that appends nothing changes nothing.
    pub async fn submit<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Batch<'_>) -> Result<T, LogError> + Send + 'static,
    ) -> Result<T, LogError> {
        let (sender, receiver) = oneshot::channel();
        let job = Job::Act(Box::new(move |batch| match act(batch) {
            Err(error @ (LogError::Sqlite(_) | LogError::Io { .. })) => Err(error),
            answer => Ok(Box::new(move || drop(sender.send(answer)))),
        }));
        self.answer(job, receiver).await
    }

    /// Takes what a peer sent through the gate. When this answers, everything in it is durable: in
    /// the log, held, or in quarantine; the messages may be acknowledged. After
    /// [`LogError::TooMuchHeld`] that is so of all but those that were too much, and the whole may
    /// be given again.
    ///
    /// A batch that holds a run of a feed is cheaper than its events one by one: the signature of
    /// the newest proves it.
    pub async fn arrive(&self, arrivals: Vec<Arrival>) -> Result<Vec<Outcome>, LogError> {
        let keyring = self.keyring.clone();
        let proving = move || authentication::prove(arrivals, keyring.as_ref());
        let candidates = tokio::task::spawn_blocking(proving)
            .await
            .unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()));
        let (sender, receiver) = oneshot::channel();
        self.answer(Job::Arrive(candidates, sender), receiver).await
    }

    /// To be called after the keyring or the entitlement has changed, and once after opening: what
    /// waits for the directory is judged again.
    pub async fn directory_changed(&self) -> Result<(), LogError> {
        self.jobs.send(Job::DirectoryChanged).await.map_err(|_| self.why_stopped())
    }

    /// The newest position; changes after each commit.
    pub fn head(&self) -> watch::Receiver<u64> {
        self.head.clone()
    }

    /// Why this node may not sign, if it may not: its log has lost its tail.
    pub fn refusal(&self) -> Option<&str> {
        self.refusal.as_deref()
    }

    /// How far the strict check in the background is, and what it found.
    pub fn checked(&self) -> watch::Receiver<Checked> {
        self.checked.clone()
    }

    /// Waits until the writer has stopped after an error.
    pub async fn stopped(&self) -> LogError {
        self.jobs.closed().await;
        self.why_stopped()
    }

    /// Lets go of the log and waits until its writer has ended and the lock is free. It ends when
    /// every other handle is gone, too.
    pub async fn close(self) {
        let Self { jobs, mut head, .. } = self;
        drop(jobs);
        while head.changed().await.is_ok() {}
    }

    async fn answer<T>(
        &self,
        job: Job,
        receiver: oneshot::Receiver<Result<T, LogError>>,
    ) -> Result<T, LogError> {
        self.jobs.send(job).await.map_err(|_| self.why_stopped())?;
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

/// Its fields are dropped in this order: the queue is closed before the check is waited for.
struct Writer {
    queue: mpsc::Receiver<Job>,
    checking: Checking,
    store: Store,
    own: Own,
    attestation: Attestation,
    open: Open,
    stopped: Arc<OnceLock<String>>,
    _lock: File,
    /// Last, because dropping it tells [`Log::close`] that all else is gone.
    head: watch::Sender<u64>,
}

impl Writer {
    fn run(mut self) {
        let mut jobs = Vec::with_capacity(BATCH_JOBS);
        while self.queue.blocking_recv_many(&mut jobs, BATCH_JOBS) > 0 {
            if let Err(error) = self.transact(&mut jobs) {
                // Nobody knows what the file holds now. The unanswered are told; starting again
                // decides, by the path that it always takes.
                tracing::error!(%error, "the log stops");
                let _ = self.stopped.set(error.to_string());
                return;
            }
        }
    }

    fn transact(&mut self, jobs: &mut Vec<Job>) -> Result<(), LogError> {
        let before = self.store.next_position;
        self.store.connection.execute_batch("BEGIN IMMEDIATE")?;
        let mut answers: Vec<Answer> = Vec::with_capacity(jobs.len());
        let now_ms = self.open.clock.now_ms().max(self.store.newest_ms);
        let mut batch = Batch {
            store: &mut self.store,
            own: &mut self.own,
            open: &self.open,
            now_ms,
            unsigned: Vec::new(),
        };
        for job in jobs.drain(..) {
            match job {
                Job::Act(act) => answers.push(act(&mut batch)?),
                Job::Arrive(candidates, sender) => {
                    let outcomes = batch.arrive(candidates);
                    if let Err(error @ LogError::Sqlite(_)) = outcomes {
                        return Err(error);
                    }
                    answers.push(Box::new(move || drop(sender.send(outcomes))));
                }
                Job::DirectoryChanged => batch.gate().admit_held_for_directory()?,
                Job::Checked(position) => batch.note_checked(position)?,
            }
        }
        batch.finish(&mut self.attestation)?;
        self.store.connection.execute_batch("COMMIT")?;
        if self.store.next_position != before {
            let head = self.store.next_position - 1;
            self.head.send_replace(head);
            self.checking.grown(head);
        }
        for answer in answers {
            answer();
        }
        Ok(())
    }
}

/// The transaction that a command runs in.
pub struct Batch<'a> {
    store: &'a mut Store,
    own: &'a mut Own,
    open: &'a Open,
    now_ms: u64,
    /// Placed, but not signed yet: signing is shared between the cores at the end.
    unsigned: Vec<(u64, Unsigned)>,
}

impl Batch<'_> {
    /// When the transaction began.
    pub fn now_ms(&self) -> u64 {
        self.now_ms
    }

    /// The kind of the newest event that this node published, or is to publish, in its epoch.
    pub fn newest_kind(&self) -> Option<&str> {
        self.own.newest_kind.as_deref()
    }

    /// How many events this node has published to a zone in its epoch, with those of this
    /// transaction.
    pub fn own_seq(&self, zone: &str) -> u64 {
        self.own.seq(self.store, zone)
    }

    /// Every event about an alert, in log order, with those of this transaction.
    pub fn of_alert(&mut self, alert: &str) -> Result<Vec<Stored>, LogError> {
        if self.unsigned.iter().any(|(_, event)| event.header().alert.as_deref() == Some(alert)) {
            self.sign_and_insert()?;
        }
        crate::reader::of_alert(&self.store.connection, alert, u64::MAX >> 1)
    }

    /// The last number that a unit has given in a year, by the alerts in the log; 0 before the
    /// first.
    pub fn last_number(&self, unit: &str, year: u16) -> Result<u32, LogError> {
        let prefix = format!("{unit}/{year}/");
        let pending = self.unsigned.iter().filter_map(|(_, event)| {
            event.header().alert.as_deref()?.strip_prefix(&prefix)?.parse().ok()
        });
        let stored = crate::reader::last_number(&self.store.connection, unit, year)?;
        Ok(pending.chain([stored]).max().unwrap_or(0))
    }

    /// Appends an event of this node.
    pub fn append(&mut self, draft: Draft) -> Result<Appended, LogError> {
        let unsigned = self.own.place(self.store, draft, self.now_ms)?;
        let appended = Appended {
            event_id: unsigned.header().event_id,
            position: self.store.take_position(),
            leaf: unsigned.leaf(),
        };
        self.unsigned.push((appended.position, unsigned));
        Ok(appended)
    }

    fn arrive(&mut self, candidates: Vec<Candidate>) -> Result<Vec<Outcome>, LogError> {
        let mut gate = self.gate();
        let mut outcomes = Vec::with_capacity(candidates.len());
        let mut too_much = None;
        for candidate in candidates {
            match gate.admit(candidate) {
                Ok(outcome) => outcomes.push(outcome),
                // The others go on: one of them may close the gap that the held ones wait for.
                Err(error @ LogError::TooMuchHeld { .. }) => too_much = Some(error),
                Err(error) => return Err(error),
            }
        }
        too_much.map_or(Ok(outcomes), Err)
    }

    /// Before the commit: signs what is not signed yet, and attests what arrived.
    fn finish(&mut self, attestation: &mut Attestation) -> Result<(), LogError> {
        self.sign_and_insert()?;
        attestation.follow(self.store);
        if std::mem::take(&mut self.store.any_arrived)
            && let Some(receipt) = attestation.receipt(self.own, self.now_ms)
        {
            self.append(receipt)?;
            self.sign_and_insert()?;
            attestation.follow(self.store);
        }
        Ok(())
    }

    fn note_checked(&mut self, position: u64) -> Result<(), LogError> {
        self.store
            .connection
            .prepare_cached("UPDATE verified SET position = MAX(position, ?1)")?
            .execute([position])?;
        Ok(())
    }

    pub(crate) fn gate(&mut self) -> Gate<'_> {
        Gate {
            store: self.store,
            own: self.own,
            keyring: self.open.keyring.as_ref(),
            entitlement: self.open.entitlement.as_ref(),
            now_ms: self.now_ms,
            moved: Vec::new(),
        }
    }

    fn sign_and_insert(&mut self) -> Result<(), LogError> {
        let unsigned = std::mem::take(&mut self.unsigned);
        let signer = self.open.signer.as_ref();
        let sign_all = |events: Vec<(u64, Unsigned)>| {
            let sign = |(position, event): (u64, Unsigned)| (position, event.sign(signer));
            events.into_iter().map(sign).collect::<Vec<_>>()
        };
        let proven = if unsigned.len() < SHARED_SIGNING {
            sign_all(unsigned)
        } else {
            let mut first = unsigned;
            let second = first.split_off(first.len() / 2);
            thread::scope(|scope| {
                let other = scope.spawn(move || sign_all(second));
                let mut proven = sign_all(first);
                match other.join() {
                    Ok(more) => proven.extend(more),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
                proven
            })
        };
        for (position, event) in proven {
            let zones: Vec<String> =
                event.header().links.iter().map(|link| link.zone.clone()).collect();
            self.store.insert(position, &event, &zones, self.now_ms)?;
        }
        Ok(())
    }
}
