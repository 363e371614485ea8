//! Erases what has to be gone: by its issuer's word, because it named the wrong person, or because its
//! time has passed.
//!
//! What is to be erased follows from the views and a time, so nothing is kept here that a restart would
//! miss. For each alert, in this order, and again from the beginning after a cut, wherever it was:
//!
//! 1. the log notes it (`keys.destroyed`): from that position on no view shows anything of it;
//! 2. the vault fences the alert and destroys its keys, and those of what was typed to find it;
//! 3. the views are brought up to the note and their WAL is emptied; views of the past are dropped;
//! 4. the node says so to the alert's zones (`erasure.confirmed`).
//!
//! Nobody reads anything personal here as long as the node may lack what others have erased
//! ([`Eraser::catch_up`]): a node that was away for long, or put back from a copy of its disk.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use giapranh_domain::codes::DestroyedBecause;
use giapranh_domain::event::Kind;
use giapranh_domain::{Alert, AlertId, UnitId, confirm_erasure, note_destroyed};
use giapranh_log::{Batch, Clock, LOG_FILE, Log, LogError, Reader, Stored};
use giapranh_vault::Commitment;
use giapranh_views::{Erasable, Views};
use tokio::sync::watch;

use crate::NodeError;
use crate::author::draft;
use crate::healer::{Healing, expected};
use crate::past::Past;
use crate::projection::Projection;
use crate::sealing::{Sealer, sealed_with};
use crate::standing::Standing;

/// Alerts erased before it is looked again.
const AT_ONCE: usize = 64;
/// How often it notes that the node is alive, and how long it sleeps at most.
const LOOK: Duration = Duration::from_secs(60);
/// How long after a failure it is tried again, and after a reader was in the way.
const RETRY: Duration = Duration::from_secs(2);
const READER: Duration = Duration::from_millis(20);
/// For how long a node may have been away and show at once what it knew.
const AWAY_MS: u64 = 60 * 60 * 1_000;
/// How often it is looked whether the node has caught up.
const CAUGHT_UP: Duration = Duration::from_millis(200);

/// Why nothing personal is shown; `None`: it is.
pub(crate) type Barred = Option<&'static str>;

/// It has not heard what others erased meanwhile.
pub(crate) const AWAY: &str = "the node was away and has not heard yet what others have erased";
/// Something has to be gone and is still here.
pub(crate) const PENDING: &str = "the node has something to erase first, and could not yet";

/// The task, and what it works with.
#[derive(Clone)]
pub(crate) struct Eraser {
    pub dir: PathBuf,
    pub unit: UnitId,
    pub sealer: Sealer,
    pub log: Log,
    pub views: Views,
    pub projection: Projection,
    pub past: Past,
    pub standing: Arc<Standing>,
    pub clock: Arc<dyn Clock>,
    pub healing: Arc<Healing>,
    pub barred: watch::Sender<Barred>,
}

impl Eraser {
    /// Before anybody is served: destroys the keys of what has to be gone by now, which needs no
    /// signature, and tells whether there may be more that is not known here.
    pub async fn before_serving(&self, has_line: bool) -> Result<(), NodeError> {
        let (alive_ms, now_ms) = (self.sealer.keys().alive()?, self.clock.now_ms());
        // Before its first life there is nothing to show.
        let away = alive_ms != 0 && now_ms.saturating_sub(alive_ms) > AWAY_MS;
        let (views, projection) = (self.views.clone(), self.projection.clone());
        let due = blocking(move || {
            projection.catch_up()?;
            Ok(views.erasable(now_ms, usize::MAX >> 1)?)
        });
        let due = due.await?;
        for Erasable { alert, .. } in &due {
            self.destroy(alert).await?;
        }
        self.barred.send_replace(match (has_line && away, due.is_empty()) {
            (true, _) => Some(AWAY),
            (false, false) => Some(PENDING),
            (false, true) => None,
        });
        Ok(())
    }

    /// Works for as long as the log is open.
    pub async fn run(self, mut position: watch::Receiver<u64>) {
        if self.healing.settled().wait_for(|settled| *settled).await.is_err() {
            return;
        }
        if *self.barred.borrow() == Some(AWAY) && !self.catch_up().await {
            return;
        }
        let mut housekeeping = tokio::time::interval(LOOK);
        loop {
            position.mark_unchanged();
            let mut wait = match self.erase_due().await {
                Ok(()) => {
                    self.barred.send_if_modified(|barred| barred.take().is_some());
                    LOOK
                }
                Err(NodeError::Log(LogError::Stopped(_))) => return,
                Err(error) => {
                    tracing::warn!(%error, "something has to be erased and could not be");
                    self.barred.send_replace(Some(PENDING));
                    RETRY
                }
            };
            let now_ms = self.clock.now_ms();
            if let Ok(Some(next_ms)) = self.views.next_erasure(now_ms) {
                wait = wait.min(Duration::from_millis(next_ms.saturating_sub(now_ms) + 1));
            }
            tokio::select! {
                changed = position.changed() => if changed.is_err() { return },
                _ = housekeeping.tick() => self.keep_house().await,
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Notes that the node is alive, and destroys keys whose time has passed.
    async fn keep_house(&self) {
        let (keys, now_ms) = (self.sealer.keys().clone(), self.clock.now_ms());
        let done = blocking(move || {
            keys.note_alive(now_ms)?;
            Ok(keys.expire(now_ms)?)
        });
        if let Err(error) = done.await {
            tracing::warn!(%error, "keys whose time has passed could not be destroyed");
        }
    }

    /// Waits until somebody has spoken in every zone that this node shares with others, and it holds
    /// all that they said that there is. `false`: the log was closed.
    async fn catch_up(&self) -> bool {
        loop {
            let zones = expected(&self.standing.directory(), &self.unit);
            let is_level = {
                let state = self.healing.state();
                let heard = |zone: &str| {
                    let mut others = zones.iter().filter(|(_, of)| of == zone);
                    others.any(|(unit, zone)| state.peers.has_spoken(unit, zone))
                };
                zones.iter().all(|(_, zone)| heard(zone))
                    && state.peers.lacks(&state.heads, |_| true).is_empty()
            };
            // What was heard is looked at once the views show it.
            let is_known = is_level && self.show_all().await.is_ok();
            if is_known && self.erase_due().await.is_ok() {
                tracing::info!("what others have erased meanwhile is known and erased here");
                self.barred.send_replace(None);
                return true;
            }
            tokio::select! {
                _ = self.log.stopped() => return false,
                () = tokio::time::sleep(CAUGHT_UP) => {}
            }
        }
    }

    /// Brings the views up to the log.
    async fn show_all(&self) -> Result<(), NodeError> {
        let projection = self.projection.clone();
        blocking(move || projection.catch_up()).await
    }

    /// Erases everything that has to be gone by now, as far as the views know of it.
    async fn erase_due(&self) -> Result<(), NodeError> {
        loop {
            let (views, now_ms) = (self.views.clone(), self.clock.now_ms());
            let due = blocking(move || Ok(views.erasable(now_ms, AT_ONCE)?)).await?;
            if due.is_empty() {
                return Ok(());
            }
            let (mut done, many) = (false, due.len() == AT_ONCE);
            for erasable in due {
                done |= self.erase(&erasable, &mut |_| Ok(())).await?;
            }
            self.show_all().await?;
            // What can't be confirmed to anybody stays on the list.
            if !(many && done) {
                return Ok(());
            }
        }
    }

    /// Erases one alert; `cut` is asked before each step. Tells whether anything was left to do.
    async fn erase(
        &self,
        erasable: &Erasable,
        cut: &mut (dyn FnMut(Step) -> Result<(), NodeError> + Send),
    ) -> Result<bool, NodeError> {
        let Erasable { alert, why, .. } = erasable;
        cut(Step::Note)?;
        let noted = self.note(alert, *why).await;
        cut(Step::Destroy)?;
        self.destroy(alert).await?;
        // Who may not sign destroys all the same; nothing is shown until it could be noted.
        let noted = noted?;
        cut(Step::Purge)?;
        self.purge().await?;
        cut(Step::Confirm)?;
        let confirmed = self.confirm(alert, *why).await?;
        if noted || confirmed {
            tracing::info!(%alert, why = why.code(), "erased");
        }
        Ok(noted || confirmed)
    }

    /// Notes that the keys go. Tells whether that is new.
    async fn note(&self, alert: &AlertId, why: DestroyedBecause) -> Result<bool, LogError> {
        let decided = note_destroyed(&self.unit, alert.clone(), why);
        let (head, id) = (self.standing.directory().head(), alert.to_string());
        self.log
            .submit(move |batch| {
                let kind = Kind::KeysDestroyed.code();
                if said(batch, &id, |stored| stored.event.header().kind == kind)? {
                    return Ok(false);
                }
                let now_ms = batch.now_ms();
                batch.append(draft(decided, head, now_ms)).map(|_| true)
            })
            .await
    }

    /// Fences the alert and destroys its keys, and those of what was typed to find it.
    async fn destroy(&self, alert: &AlertId) -> Result<(), NodeError> {
        let (this, alert) = (self.clone(), alert.clone());
        blocking(move || {
            let reader = Reader::open(&this.dir.join(LOG_FILE))?;
            let commitments = |stored: &[Stored]| -> Vec<Commitment> {
                stored.iter().filter_map(|s| Some(sealed_with(&s.event)?.0.0)).collect()
            };
            let of_alert = commitments(&reader.of_alert(&alert.to_string(), u64::MAX >> 1)?);
            let mut of_searches = Vec::new();
            for search in this.views.searches_that_found(&alert)? {
                of_searches.extend(reader.with_id(search)?);
            }
            let keys = this.sealer.keys();
            keys.destroy(&commitments(&of_searches))?;
            Ok(keys.erase(&alert.to_string(), &of_alert, this.clock.now_ms())?)
        })
        .await
    }

    /// Takes it out of the views, and out of the bytes of their files.
    async fn purge(&self) -> Result<(), NodeError> {
        let (projection, past) = (self.projection.clone(), self.past.clone());
        blocking(move || {
            past.forget_all();
            projection.catch_up()
        })
        .await?;
        loop {
            let projection = self.projection.clone();
            if blocking(move || projection.truncate()).await? {
                return Ok(());
            }
            tokio::time::sleep(READER).await;
        }
    }

    /// Says so to the zones of the alert, once. Tells whether that is new.
    async fn confirm(&self, alert: &AlertId, why: DestroyedBecause) -> Result<bool, NodeError> {
        let (views, id, now_ms) = (self.views.clone(), alert.clone(), self.clock.now_ms());
        let shown: Option<Alert> = blocking(move || Ok(views.alert(&id, None, now_ms)?)).await?;
        let directory = self.standing.directory();
        let decided = shown.and_then(|alert| confirm_erasure(&self.unit, &alert, why, &directory));
        let Some(decided) = decided else { return Ok(false) };
        let (head, id, unit) = (directory.head(), alert.to_string(), self.unit.to_string());
        let confirmed = self.log.submit(move |batch| {
            let mine = |stored: &Stored| {
                let header = stored.event.header();
                header.kind == Kind::ErasureConfirmed.code() && header.origin == unit
            };
            if said(batch, &id, mine)? {
                return Ok(false);
            }
            let now_ms = batch.now_ms();
            batch.append(draft(decided, head, now_ms)).map(|_| true)
        });
        Ok(confirmed.await?)
    }
}

/// A step of an erasure, about to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Note,
    Destroy,
    Purge,
    Confirm,
}

fn said(
    batch: &mut Batch<'_>,
    alert: &str,
    is_it: impl Fn(&Stored) -> bool,
) -> Result<bool, LogError> {
    Ok(batch.of_alert(alert)?.iter().any(is_it))
}

async fn blocking<T: Send + 'static>(
    ask: impl FnOnce() -> Result<T, NodeError> + Send + 'static,
) -> Result<T, NodeError> {
    let asked = tokio::task::spawn_blocking(ask).await;
    asked.map_err(|error| NodeError::Projection(error.to_string()))?
}

#[cfg(test)]
mod tests;
