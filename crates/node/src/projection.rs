//! Keeps the views in step with the log, and the standing in step with the views' directory.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use giapranh_audit::{Keys, LogSource};
use giapranh_domain::UnitId;
use giapranh_log::{LOG_FILE, Log, Reader};
use giapranh_views::{Progress, Projector, Rebuilt, Source as _, ViewsError};
use giapranh_web::{Shelf, Which};
use tokio::sync::watch;

use crate::standing::Standing;
use crate::{NodeError, quarantine};

/// Events projected in one transaction: in a backlog many of them are about the same alerts, each of
/// which is folded once.
const BATCH: usize = 4_096;
/// How long after the disk was full it is tried again.
const FULL: Duration = Duration::from_secs(2);

/// The one writer of a node's views.
#[derive(Clone)]
pub struct Projection {
    dir: PathBuf,
    registrar: UnitId,
    /// Held while projecting and while rebuilding: never both.
    working: Arc<Mutex<Working>>,
}

struct Working {
    source: LogSource,
    projector: Projector,
    /// Up to where the last event is shown that changed what officers see of alerts.
    alerts: u64,
}

impl Working {
    fn project(&mut self) -> Result<Progress, ViewsError> {
        let progress = self.projector.project(&self.source, BATCH)?;
        if progress.alerts_changed {
            self.alerts = progress.position;
        }
        Ok(progress)
    }

    fn project_all(&mut self) -> Result<(), ViewsError> {
        while self.project()?.applied > 0 {}
        Ok(())
    }
}

/// What others are told of how far the views are.
pub struct Shown {
    /// Everything up to there is shown.
    pub position: watch::Sender<u64>,
    /// The same, but for notes of who was shown what: who waits for something to show need not wake.
    pub alerts: watch::Sender<u64>,
    /// The newest change of the directory that counts.
    pub directory: watch::Sender<u64>,
    /// Why the views wait for room, if they do.
    pub waits: watch::Sender<Option<String>>,
}

impl Projection {
    /// Opens the views and takes in the first batch of what they lack, which usually is all of it.
    pub fn open(
        dir: PathBuf,
        registrar: UnitId,
        keys: Option<Arc<dyn Keys>>,
    ) -> Result<Self, NodeError> {
        let source = LogSource::whole(Reader::open(&dir.join(LOG_FILE))?).with_keys(keys);
        let mut projector = Projector::open(&dir, registrar.clone(), &source)?;
        projector.project(&source, BATCH)?;
        let alerts = projector.position();
        let working = Arc::new(Mutex::new(Working { source, projector, alerts }));
        Ok(Self { dir, registrar, working })
    }

    /// Projects whenever the log has grown. Ends only with an error: a projection that fails stops
    /// and says so.
    pub async fn run(self, log: Log, standing: Arc<Standing>, shown: Shown) -> NodeError {
        let mut head = log.head();
        let mut known = None;
        // What was held when the node stopped may wait for a directory that is here by now.
        if let Err(error) = log.directory_changed().await {
            return error.into();
        }
        self.let_in(&log).await;
        loop {
            let this = self.clone();
            let caught_up = tokio::task::spawn_blocking(move || this.project()).await;
            let step = match caught_up {
                Ok(Ok(step)) => step,
                // What is shown stays as it is, and goes on when there is room.
                Ok(Err(NodeError::Views(error))) if error.is_full() => {
                    if shown.waits.send_replace(Some(error.to_string())).is_none() {
                        tracing::error!(%error, "the views wait for room on the disk");
                    }
                    tokio::time::sleep(FULL).await;
                    continue;
                }
                Ok(Err(error)) => return error,
                Err(error) => return NodeError::Projection(error.to_string()),
            };
            shown.waits.send_if_modified(|why| why.take().is_some());
            // Another registrar may have made the same head anew.
            let now = Some((step.directory.head(), step.directory.head_leaf()));
            if now != known {
                known = now;
                // First the keys and zones, then what waited for them.
                let more = standing.replace(step.directory.clone());
                shown.directory.send_replace(step.directory.head());
                if let Err(error) = log.directory_changed().await {
                    return error.into();
                }
                if more {
                    self.let_in(&log).await;
                }
            }
            shown.position.send_replace(step.position);
            shown
                .alerts
                .send_if_modified(|alerts| std::mem::replace(alerts, step.alerts) != step.alerts);
            if step.caught_up {
                if let Err(error) = self.tidy_until(&head).await {
                    return error;
                }
                if head.changed().await.is_err() {
                    return log.stopped().await.into();
                }
            }
        }
    }

    /// While there is nothing to show, does what a backlog put off.
    async fn tidy_until(&self, head: &watch::Receiver<u64>) -> Result<(), NodeError> {
        while !head.has_changed().unwrap_or(true) {
            let this = self.clone();
            match tokio::task::spawn_blocking(move || this.lock().projector.tidy()).await {
                Ok(Ok(true)) => {}
                Ok(Ok(false)) => break,
                // It was put off once; it is not worth stopping for.
                Ok(Err(error)) if error.is_full() => break,
                Ok(Err(error)) => return Err(error.into()),
                Err(error) => return Err(NodeError::Projection(error.to_string())),
            }
        }
        Ok(())
    }

    /// Judges again what was for zones that the node was not in: the owner of a stream may have
    /// heard of the directory's change before this node did.
    async fn let_in(&self, log: &Log) {
        let which = Which::Reason("not-entitled".to_owned());
        let path = self.dir.join(LOG_FILE);
        if let Err(error) = quarantine::rejudge(log, &path, Shelf::Quarantine, which).await {
            tracing::warn!(?error, "what was for zones of others waits in quarantine");
        }
    }

    /// Folds the log into a new file and swaps it in, while the old one keeps serving.
    pub fn rebuild(&self) -> Result<Rebuilt, NodeError> {
        let mut working = self.lock();
        // A key may have come or gone since the last look at the log: then an event says so.
        working.project_all()?;
        let Working { source, projector, .. } = &mut *working;
        let rebuilt = giapranh_views::rebuild(&self.dir, &self.registrar, source, &mut |_, _| {})?;
        *projector = Projector::open(&self.dir, self.registrar.clone(), source)?;
        Ok(rebuilt)
    }

    /// Takes in all that the log holds now.
    pub(crate) fn catch_up(&self) -> Result<(), NodeError> {
        Ok(self.lock().project_all()?)
    }

    /// Leaves no bytes in the WAL of what was shown before. `false`: a reader is in the way; soon again.
    pub(crate) fn truncate(&self) -> Result<bool, NodeError> {
        Ok(self.lock().projector.truncate()?)
    }

    fn project(&self) -> Result<Step, NodeError> {
        let mut working = self.lock();
        let progress = working.project()?;
        let head = working.source.head().map_err(ViewsError::from)?;
        Ok(Step {
            position: progress.position,
            alerts: working.alerts,
            caught_up: progress.position >= head,
            directory: working.projector.directory(),
        })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Working> {
        // A panic while projecting has rolled its transaction back.
        self.working.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Step {
    position: u64,
    alerts: u64,
    caught_up: bool,
    directory: Arc<giapranh_domain::Directory>,
}
