//! The one writer: a thread that drains what is waiting into one transaction, commits it with
//! `synchronous=FULL`, and only then answers all of it.
//!
//! A full disk undoes a transaction and stops nothing. After any other error nobody knows what the
//! file holds; the writer stops for good.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;

use rusqlite::Connection;
use tokio::sync::watch;

use crate::attestation::Attestation;
use crate::batch::Batch;
use crate::checking::Checking;
use crate::gate::Room;
use crate::handle::Shown;
use crate::own::Own;
use crate::queue::{Answer, Ended, Job, Queue, Work, queue};
use crate::store::Store;
use crate::{Identity, LOG_FILE, Log, LogError, Open, Reader, Tail, file, verify};

/// Opens a log and starts its writer.
pub(crate) fn start(dir: &Path, expected: &Identity, open: Open) -> Result<Log, LogError> {
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
    let checked_at_start = verify::at_start(&reader, &connection, open.keyring.as_ref(), &path)?;
    let memory = Memory::load(connection, dir, expected)?;
    let (head_sender, head) = watch::channel(memory.store.next_position - 1);
    let (tail_sender, tail) = watch::channel(memory.own.tail().clone());
    let (full_sender, full) = watch::channel(false);
    let newest_ms = Arc::new(AtomicU64::new(memory.store.newest_ms));
    let (jobs, queue) = queue();
    let (keyring, clock) = (open.keyring.clone(), open.clock.clone());
    let (checking, checked) =
        Checking::start(&path, keyring.clone(), checked_at_start, jobs.acts.downgrade())?;
    checking.grown(memory.store.next_position - 1);
    let stopped = Arc::new(OnceLock::new());
    let left = Arc::new(AtomicU64::new(0));
    let writer = Writer {
        queue,
        checking,
        memory,
        directory_due: false,
        dir: dir.to_owned(),
        identity: expected.clone(),
        open,
        tail: tail_sender,
        full: full_sender,
        newest_ms: newest_ms.clone(),
        left: left.clone(),
        stopped: stopped.clone(),
        _lock: lock,
        head: head_sender,
    };
    thread::Builder::new()
        .name("log-writer".into())
        .spawn(move || writer.run())
        .map_err(LogError::io(&path))?;
    let shown = Shown { head, tail, full, checked, newest_ms, left };
    Ok(Log { jobs, stopped, keyring, clock, shown })
}

/// What the writer knows without looking: all of it follows from the file and the marker.
#[derive(Debug)]
struct Memory {
    store: Store,
    own: Own,
    attestation: Attestation,
}

impl Memory {
    fn load(connection: Connection, dir: &Path, identity: &Identity) -> Result<Self, LogError> {
        let mut store = Store::load(connection)?;
        let own = Own::load(dir, &store, identity)?;
        let attestation = Attestation::load(&mut store, identity)?;
        Ok(Self { store, own, attestation })
    }
}

/// Its fields are dropped in this order: the queue is closed before the check is waited for.
struct Writer {
    queue: Queue,
    checking: Checking,
    memory: Memory,
    /// Whether what waits for the directory is to be judged again with the next transaction.
    directory_due: bool,
    dir: PathBuf,
    identity: Identity,
    open: Open,
    tail: watch::Sender<Tail>,
    full: watch::Sender<bool>,
    newest_ms: Arc<AtomicU64>,
    left: Arc<AtomicU64>,
    stopped: Arc<OnceLock<String>>,
    _lock: File,
    /// Last, because dropping it tells [`Log::close`] that all else is gone.
    head: watch::Sender<u64>,
}

impl Writer {
    fn run(mut self) {
        if let Err(error) = self.work() {
            // Nobody knows what the file holds now. The unanswered are told; starting again
            // decides, by the path that it always takes.
            tracing::error!(%error, "the log stops");
            let _ = self.stopped.set(error.to_string());
        }
    }

    /// Until nobody has a handle any more.
    fn work(&mut self) -> Result<(), LogError> {
        self.queue.belongs_here();
        let mut work = Work::default();
        loop {
            // On a full disk there is no hurry: what is due waits for the next who wants something.
            let patient = self.memory.store.due.is_empty() || *self.full.borrow();
            if !self.queue.fill(&mut work, patient) {
                return Ok(());
            }
            let mut answers: Vec<Answer> = Vec::new();
            let ended = match self.transact(&mut work, &mut answers) {
                Ok(()) => Ended::Durable,
                Err(error) if error.is_full() => {
                    self.undo()?;
                    Ended::Full
                }
                Err(error) => return Err(error),
            };
            answers.into_iter().for_each(|answer| answer(ended));
        }
    }

    /// Does what there is to do. What was not begun when something failed stays in `work`.
    fn transact(&mut self, work: &mut Work, answers: &mut Vec<Answer>) -> Result<(), LogError> {
        let Memory { store, own, attestation } = &mut self.memory;
        let before = store.next_position;
        store.connection.execute_batch("BEGIN IMMEDIATE")?;
        let now_ms = self.open.clock.now_ms().max(store.newest_ms);
        let (unsigned, room) = (Vec::new(), Room::whole());
        let mut batch = Batch { store, own, open: &self.open, now_ms, unsigned, room, left: 0 };
        while !work.acts.is_empty() {
            batch.run(work.acts.remove(0), answers)?;
        }
        if self.directory_due {
            batch.run(Job::DirectoryChanged, answers)?;
        }
        // Before anything that comes now: it came first.
        batch.gate().admit_due()?;
        while !work.arrivals.is_empty() {
            batch.arrive(work.arrivals.remove(0), answers)?;
        }
        batch.finish(attestation)?;
        let left = batch.left;
        if self.memory.store.connection.is_autocommit() {
            let text = "a transaction was undone without being asked to".to_owned();
            return Err(LogError::Stopped(text));
        }
        self.memory.store.connection.execute_batch("COMMIT")?;
        self.directory_due = false;
        self.left.fetch_add(left, Ordering::Relaxed);
        self.show(before);
        Ok(())
    }

    /// Tells what has become durable.
    fn show(&mut self, before: u64) {
        let store = &mut self.memory.store;
        self.newest_ms.store(store.newest_ms, Ordering::Relaxed);
        let tail = self.memory.own.tail();
        self.tail.send_if_modified(|shown| {
            let moved = shown != tail;
            if moved {
                tail.clone_into(shown);
            }
            moved
        });
        self.checking.mended(std::mem::take(&mut store.mended));
        if store.next_position != before {
            let head = store.next_position - 1;
            self.head.send_replace(head);
            self.checking.grown(head);
            self.full.send_if_modified(std::mem::take);
        }
    }

    /// Undoes a transaction for which the disk had no room, and what was remembered of it.
    fn undo(&mut self) -> Result<(), LogError> {
        if !self.full.send_replace(true) {
            tracing::error!("the disk is full: nothing is recorded until there is room");
        }
        let connection = &mut self.memory.store.connection;
        if !connection.is_autocommit() {
            connection.execute_batch("ROLLBACK")?;
        }
        let connection = std::mem::replace(connection, Connection::open_in_memory()?);
        let aside = self.memory.own.aside.take();
        self.memory = Memory::load(connection, &self.dir, &self.identity)?;
        // Nor whether another node speaks in this one's name.
        if let Some(reason) = aside {
            self.memory.own.stand_aside(&mut self.memory.store, reason)?;
        }
        // Whether the directory has changed meanwhile is not in the file.
        self.directory_due = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
