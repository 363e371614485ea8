//! Makes the views of a moment, in ranges, and stops when nobody waits for them or the disk fills up.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicU64};

use giapranh_audit::LogSource;
use giapranh_domain::UnitId;
use giapranh_log::{LOG_FILE, Reader};
use giapranh_record::{DataKey, Hash};
use giapranh_views::{Source, SourceError, Stored, ViewsError};

use crate::sealing::Keyholder;

/// Nice values go to 19: the thread gets what others leave.
const NICE: i32 = 15;
/// Between two looks at the disk, in reads of the log.
const LOOK_EVERY: u64 = 64;

/// How far it has come, and whether it is to stop.
#[derive(Default)]
pub struct Progress {
    /// Events that stand in the views, and then those that were folded.
    entered: AtomicU64,
    folded: AtomicU64,
    until: AtomicU64,
    reads: AtomicU64,
    pub stopped: AtomicBool,
}

impl Progress {
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Relaxed)
    }

    /// How much is done, of how much. Every event is entered, and those about alerts are folded.
    pub fn figures(&self) -> (u64, u64) {
        let until = self.until.load(Relaxed);
        let done = self.entered.load(Relaxed).min(until) + self.folded.load(Relaxed).min(until);
        (done, until * 2)
    }
}

/// This thread gets what others leave. Where the system refuses it works as any other.
pub fn yield_to_others() {
    if let Err(error) = rustix::process::setpriority_process(None, NICE) {
        tracing::debug!(%error, "the priority stays");
    }
}

/// Makes the views in `own`. The error is for who asked.
pub fn make(
    dir: &Path,
    own: &Path,
    registrar: &UnitId,
    position: u64,
    progress: &Arc<Progress>,
    reserve: u64,
) -> Result<(), String> {
    progress.until.store(position, Relaxed);
    let reader = Reader::open(&dir.join(LOG_FILE)).map_err(|error| error.to_string())?;
    let keys = Keyholder::there(dir).map_err(|error| error.to_string())?;
    let log = LogSource::until(reader, position).with_keys(keys);
    let source = Watched { log, progress, own, reserve };
    source.look_at_disk().map_err(|error| error.to_string())?;
    giapranh_views::build_as_of(own, registrar, &source, position).map_err(|error| match error {
        error if error.is_full() => NO_ROOM.to_owned(),
        ViewsError::Source(error) => error.to_string(),
        error => error.to_string(),
    })
}

const NO_ROOM: &str = "The disk has no room for views of the past; free space on it and ask again.";

/// A log that counts what is read of it, and ends when it is to stop.
struct Watched<'a> {
    log: LogSource,
    progress: &'a Progress,
    own: &'a Path,
    reserve: u64,
}

impl Watched<'_> {
    fn look(&self) -> Result<(), SourceError> {
        if self.progress.is_stopped() {
            return Err(SourceError::new("nobody waits for it any more"));
        }
        if self.progress.reads.fetch_add(1, Relaxed).is_multiple_of(LOOK_EVERY) {
            self.look_at_disk()?;
        }
        Ok(())
    }

    /// The log needs room more than the past does.
    fn look_at_disk(&self) -> Result<(), SourceError> {
        let Ok(disk) = rustix::fs::statvfs(self.own) else { return Ok(()) };
        let free = disk.f_bavail.saturating_mul(disk.f_frsize);
        if free < self.reserve { Err(SourceError::new(NO_ROOM)) } else { Ok(()) }
    }
}

impl Source for Watched<'_> {
    fn after(&self, after: u64, limit: usize) -> Result<Vec<Stored>, SourceError> {
        self.look()?;
        let stored = self.log.after(after, limit)?;
        if let Some(last) = stored.last() {
            self.progress.entered.fetch_max(last.position, Relaxed);
        }
        Ok(stored)
    }

    fn of_alert(&self, alert: &str, until: u64) -> Result<Vec<Stored>, SourceError> {
        self.look()?;
        let stored = self.log.of_alert(alert, until)?;
        self.progress.folded.fetch_add(stored.len() as u64, Relaxed);
        Ok(stored)
    }

    fn directory(&self, after: u64, until: u64) -> Result<Vec<Stored>, SourceError> {
        self.look()?;
        self.log.directory(after, until)
    }

    fn head(&self) -> Result<u64, SourceError> {
        self.log.head()
    }

    fn key(&self, commitment: &Hash) -> Result<Option<DataKey>, SourceError> {
        self.log.key(commitment)
    }
}
