//! What the node showed at a moment: views of its log up to there, each in a directory of its own,
//! made in the background by a thread that yields to everything else.
//!
//! - Through the same fold as everything that is shown; the live views are not touched.
//! - One is made at a time; a few wait, and a few are kept. What nobody asks for goes away.
//! - Nothing here is kept over a restart: what lies there when a node starts is removed.

mod making;
mod moment;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use giapranh_domain::UnitId;
use giapranh_log::LOG_FILE;
use giapranh_views::Views;
use giapranh_web::{self as web, AsOf, AsOfError, AsOfState, Building};

use crate::NodeError;
use making::Progress;

/// Where they lie, in the node's directory.
const DIR: &str = "past";
/// How often what nobody asks for is looked for.
const SWEEP: Duration = Duration::from_secs(5);

/// How much is kept, and how long.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Most that are ready at a time.
    pub kept: usize,
    /// Most that wait.
    pub waiting: usize,
    /// What is being made, or waits, and is asked for no more.
    pub abandoned: Duration,
    /// What is ready and not read any more.
    pub unused: Duration,
    /// How long a failure is told before it is tried again.
    pub failed: Duration,
    /// How much of the disk stays free for the log, bytes.
    pub reserve: u64,
}

impl Limits {
    pub const USUAL: Self = Self {
        kept: 3,
        waiting: 8,
        abandoned: Duration::from_secs(30),
        unused: Duration::from_secs(15 * 60),
        failed: Duration::from_secs(5),
        reserve: 256 << 20,
    };
}

/// The moments that are asked for. Clones share them.
#[derive(Clone)]
pub(crate) struct Past(Arc<Shared>);

struct Shared {
    /// The node's.
    dir: PathBuf,
    registrar: UnitId,
    limits: Limits,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// By position.
    moments: BTreeMap<u64, Moment>,
    /// How many were asked for: the order in which they are made, and a name for each directory.
    asked: u64,
    /// Whether a thread makes what waits.
    is_working: bool,
    is_closed: bool,
}

struct Moment {
    asked: Instant,
    number: u64,
    stage: Stage,
}

enum Stage {
    Waiting,
    Making(Arc<Progress>),
    Ready(Arc<Scratch>),
    Failed(String),
}

/// The files of a moment, as long as somebody reads them.
struct Scratch {
    dir: PathBuf,
    views: Views,
}

impl Drop for Scratch {
    fn drop(&mut self) {
        remove(&self.dir);
    }
}

impl Past {
    /// Removes what an earlier run left.
    pub fn open(dir: &Path, registrar: UnitId, limits: Limits) -> Result<Self, NodeError> {
        let own = dir.join(DIR);
        match fs::remove_dir_all(&own) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(NodeError::io(&own)(error));
            }
            _ => {}
        }
        let shared = Shared { dir: dir.to_owned(), registrar, limits, state: Mutex::default() };
        Ok(Self(Arc::new(shared)))
    }

    /// The moment, or how far it has come; who asks first sets it going. `now_ms` is the node's clock.
    /// Blocks for a look at the log.
    pub fn ask(&self, asked: AsOf, now_ms: u64) -> Result<AsOfState, AsOfError> {
        let (position, moment_ms) = moment::resolve(&self.0.dir.join(LOG_FILE), asked, now_ms)?;
        let mut state = self.lock();
        state.sweep(&self.0.limits, Instant::now());
        if state.is_closed {
            return Err(AsOfError::Failed("the node is stopping".to_owned()));
        }
        if !state.moments.contains_key(&position) {
            if state.waiting().count() >= self.0.limits.waiting {
                return Err(AsOfError::Busy);
            }
            state.asked += 1;
            let (number, asked) = (state.asked, Instant::now());
            state.moments.insert(position, Moment { asked, number, stage: Stage::Waiting });
            if !state.is_working {
                state.is_working = self.start();
            }
        }
        state.answer(position, moment_ms)
    }

    /// Drops one moment, so that it is made again when it is asked for.
    pub fn forget(&self, position: u64) {
        let moment = self.lock().moments.remove(&position);
        moment.into_iter().for_each(Moment::end);
    }

    /// Drops everything at once, also under those who read it: for what must be gone from everywhere.
    pub fn forget_all(&self) {
        let moments = std::mem::take(&mut self.lock().moments);
        moments.into_values().for_each(Moment::end);
    }

    /// Drops what nobody asks for, for ever.
    pub async fn keep_clear(self) {
        loop {
            tokio::time::sleep(SWEEP).await;
            let this = self.clone();
            let swept = move || this.lock().sweep(&this.0.limits, Instant::now());
            if tokio::task::spawn_blocking(swept).await.is_err() {
                tracing::error!("what is not read of the past any more can't be dropped");
            }
        }
    }

    /// Takes no more, and drops everything.
    pub fn close(&self) {
        self.lock().is_closed = true;
        self.forget_all();
        remove(&self.0.dir.join(DIR));
    }

    /// Starts the thread; whether it runs.
    fn start(&self) -> bool {
        let this = self.clone();
        let started =
            std::thread::Builder::new().name("past".to_owned()).spawn(move || this.work());
        started.inspect_err(|error| tracing::error!(%error, "no thread for the past")).is_ok()
    }

    /// Makes what waits, one after the other, until nothing does.
    fn work(&self) {
        making::yield_to_others();
        while let Some((position, number, progress)) = self.next() {
            let made = self.make(position, number, &progress);
            let mut state = self.lock();
            let moment = state.moments.get_mut(&position).filter(|moment| moment.number == number);
            // Given up meanwhile: what was made goes.
            let Some(moment) = moment.filter(|_| !progress.is_stopped()) else { continue };
            moment.stage = match made {
                Ok(scratch) => Stage::Ready(Arc::new(scratch)),
                Err(error) => {
                    tracing::warn!(position, error, "a moment of the past can't be shown");
                    moment.asked = Instant::now();
                    Stage::Failed(error)
                }
            };
        }
    }

    fn next(&self) -> Option<(u64, u64, Arc<Progress>)> {
        let mut state = self.lock();
        let first = state.waiting().min_by_key(|(_, moment)| moment.number);
        let Some((position, number)) = first.map(|(position, moment)| (*position, moment.number))
        else {
            state.is_working = false;
            return None;
        };
        let progress = Arc::new(Progress::default());
        state.make_room(self.0.limits.kept);
        if let Some(moment) = state.moments.get_mut(&position) {
            moment.stage = Stage::Making(progress.clone());
        }
        Some((position, number, progress))
    }

    fn make(
        &self,
        position: u64,
        number: u64,
        progress: &Arc<Progress>,
    ) -> Result<Scratch, String> {
        let Shared { dir, registrar, limits, .. } = &*self.0;
        let own = dir.join(DIR).join(number.to_string());
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&own)
            .map_err(|error| format!("{}: {error}", own.display()))?;
        let made = making::make(dir, &own, registrar, position, progress, limits.reserve);
        let opened = made.and_then(|()| Views::open(&own).map_err(|error| error.to_string()));
        match opened {
            Ok(views) => Ok(Scratch { dir: own, views }),
            Err(error) => {
                remove(&own);
                Err(error)
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn waiting(&self) -> impl Iterator<Item = (&u64, &Moment)> {
        self.moments.iter().filter(|(_, moment)| matches!(moment.stage, Stage::Waiting))
    }

    /// Drops what was read least lately, so that one more can be kept.
    fn make_room(&mut self, kept: usize) {
        loop {
            let ready =
                self.moments.iter().filter(|(_, moment)| matches!(moment.stage, Stage::Ready(_)));
            let ready: Vec<_> = ready.map(|(position, moment)| (moment.asked, *position)).collect();
            let oldest = ready.iter().min();
            let Some((_, oldest)) = oldest.filter(|_| ready.len() >= kept.max(1)) else { return };
            self.moments.remove(oldest);
        }
    }

    fn sweep(&mut self, limits: &Limits, now: Instant) {
        self.moments.retain(|_, moment| {
            let quiet = now.saturating_duration_since(moment.asked);
            match &moment.stage {
                Stage::Waiting => quiet < limits.abandoned,
                Stage::Making(progress) => {
                    let goes_on = quiet < limits.abandoned;
                    progress.stopped.fetch_or(!goes_on, Relaxed);
                    goes_on
                }
                Stage::Ready(_) => quiet < limits.unused,
                Stage::Failed(_) => quiet < limits.failed,
            }
        });
    }

    fn answer(&mut self, position: u64, moment_ms: u64) -> Result<AsOfState, AsOfError> {
        let Some(number) = self.moments.get(&position).map(|moment| moment.number) else {
            return Err(AsOfError::Busy);
        };
        let before = |other: &&Moment| match other.stage {
            Stage::Waiting => other.number < number,
            Stage::Making(_) => other.number != number,
            Stage::Ready(_) | Stage::Failed(_) => false,
        };
        let ahead = self.moments.values().filter(before).count();
        let building = |done, total, ahead| Building { position, done, total, ahead };
        let Some(moment) = self.moments.get_mut(&position) else { return Err(AsOfError::Busy) };
        if !matches!(moment.stage, Stage::Failed(_)) {
            moment.asked = Instant::now();
        }
        Ok(match &moment.stage {
            Stage::Waiting => AsOfState::Building(building(0, 0, ahead)),
            Stage::Making(progress) => {
                let (done, total) = progress.figures();
                AsOfState::Building(building(done, total, 0))
            }
            Stage::Ready(scratch) => AsOfState::Ready(web::Past {
                views: scratch.views.clone(),
                position,
                moment_ms,
                kept: scratch.clone(),
            }),
            Stage::Failed(why) => return Err(AsOfError::Failed(why.clone())),
        })
    }
}

impl Moment {
    /// Stops it, or removes it even under those who read it.
    fn end(self) {
        match self.stage {
            Stage::Making(progress) => progress.stopped.store(true, Relaxed),
            Stage::Ready(scratch) => remove(&scratch.dir),
            Stage::Waiting | Stage::Failed(_) => {}
        }
    }
}

fn remove(dir: &Path) {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            tracing::warn!(%error, dir = %dir.display(), "can't be removed; the next start tries again");
        }
        _ => {}
    }
}
