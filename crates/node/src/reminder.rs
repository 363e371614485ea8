//! Tells a program of the administrator's, the *hook*, what is due: once for each stage of each
//! obligation of a unit that this node acts for.
//!
//! What is due follows from the views and a time, so nothing is kept here that a restart would miss.
//! That the program is told is noted in the log (`due.noted`) *before* it is: never twice, also over
//! `kill -9`. Whoever is killed between the note and the program has told that one stage nobody; the
//! next stage is told, and `giapranh due` shows it all the same. Only the stage that holds is told:
//! what began and fell due while the node was down is told as due.
//!
//! The task sleeps until the next moment at which a stage changes, or the views do; never longer than
//! a minute, because the clock may be set meanwhile. A clock that goes back and comes again tells
//! nothing again.

mod hook;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use giapranh_domain::codes::Stage;
use giapranh_domain::{UnitId, note_due};
use giapranh_log::{Clock, Log, LogError};
use giapranh_views::{DueQuery, DueRow, PAGE, Views};
use serde::Serialize;
use tokio::sync::watch;

use crate::NodeError;
use crate::author::draft;
use crate::standing::Standing;

pub(crate) use hook::Hook;

/// How long it sleeps at most.
const LOOK: Duration = Duration::from_secs(60);
/// How long after the views have changed it looks: what changes meanwhile is seen with it.
const AFTER_CHANGE: Duration = Duration::from_millis(200);
/// It rests so many times as long as a look took.
const REST: u32 = 9;
/// Told after one look, at most; then it is looked again, because what is urgent goes first.
const AT_ONCE: usize = 32;
/// After a program took so long, what was seen before it may be done by now.
const STALE: Duration = Duration::from_secs(1);

/// How the hook stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct HookState {
    /// The program; none: nobody is told.
    pub program: Option<String>,
    /// How often it was run since the start.
    pub told: u64,
    /// How often of these it failed.
    pub failed: u64,
    /// Why it failed the last time.
    pub failure: Option<String>,
    /// Why nothing is told now, if so.
    pub waits: Option<String>,
}

impl HookState {
    pub fn of(hook: Option<&Hook>) -> Self {
        Self { program: hook.map(Hook::name), ..Self::default() }
    }
}

/// The task, and what it works with.
pub(crate) struct Reminder {
    pub hook: Hook,
    pub unit: UnitId,
    pub log: Log,
    pub views: Views,
    pub standing: Arc<Standing>,
    pub clock: Arc<dyn Clock>,
    pub settled: watch::Receiver<bool>,
    /// How far the views are.
    pub position: watch::Receiver<u64>,
    pub state: watch::Sender<HookState>,
}

/// The highest stage that was told of each obligation, by its key.
type Told = Arc<BTreeMap<String, Stage>>;

/// What the program reads: nothing personal.
#[derive(Debug, Serialize)]
struct Message<'a> {
    node: &'a UnitId,
    duty: &'a str,
    alert: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<uuid::Uuid>,
    /// Who must act now.
    unit: &'a UnitId,
    stage: &'a str,
    urgent: bool,
    due: &'a str,
    due_ms: u64,
}

/// What one look found.
struct Found {
    untold: Vec<DueRow>,
    /// When the next stage begins.
    next_ms: Option<u64>,
}

impl Reminder {
    /// Works for as long as the log is open.
    pub async fn run(mut self) {
        if self.settled.wait_for(|settled| *settled).await.is_err() {
            return;
        }
        // What was noted last, and what was done last, is in the views then.
        let head = *self.log.head().borrow();
        if self.position.wait_for(|position| *position >= head).await.is_err() {
            return;
        }
        let mut told: Option<Told> = None;
        loop {
            self.position.mark_unchanged();
            let mut wait = LOOK;
            let mut rest = AFTER_CHANGE;
            match self.look(&mut told, &mut rest).await {
                Ok(next) => {
                    wait = next;
                    self.waits(None);
                }
                Err(NodeError::Log(LogError::Stopped(_))) => return,
                Err(error) => self.waits(Some(error.to_string())),
            }
            tokio::select! {
                changed = self.position.changed() => {
                    if changed.is_err() { return }
                    tokio::time::sleep(rest).await;
                }
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Tells what is due and was not told. Gives how long nothing is.
    async fn look(
        &self,
        told: &mut Option<Told>,
        rest: &mut Duration,
    ) -> Result<Duration, NodeError> {
        let told = match told {
            Some(told) => told,
            None => told.insert(self.remember().await?),
        };
        let began = Instant::now();
        let Found { untold, next_ms } = self.find(told).await?;
        *rest = began.elapsed().saturating_mul(REST).clamp(AFTER_CHANGE, LOOK);
        let mut more = untold.len() == AT_ONCE;
        for row in untold {
            let began = Instant::now();
            self.tell(told, &row).await?;
            if began.elapsed() > STALE {
                more = true;
                break;
            }
        }
        if more {
            return Ok(Duration::ZERO);
        }
        // A millisecond of the one clock may be a little less by the other.
        let now_ms = self.clock.now_ms();
        let wait = |next_ms: u64| Duration::from_millis(next_ms.saturating_sub(now_ms) + 1);
        Ok(next_ms.map_or(LOOK, wait).min(LOOK))
    }

    /// What was told before this start.
    async fn remember(&self) -> Result<Told, NodeError> {
        let views = self.views.clone();
        let noted = blocking(move || Ok(views.due_noted()?)).await?;
        let mut told = BTreeMap::new();
        for (key, stage) in noted {
            // A stage that this program does not know is told under no other name.
            let Some(stage) = Stage::parse(&stage) else { continue };
            let highest = told.entry(key).or_insert(stage);
            *highest = stage.max(*highest);
        }
        Ok(Arc::new(told))
    }

    async fn find(&self, told: &Told) -> Result<Found, NodeError> {
        let units = self.standing.directory().acting_units(&self.unit);
        let (views, told, now_ms) = (self.views.clone(), told.clone(), self.clock.now_ms());
        blocking(move || {
            let untold = untold(&views, &units, &told, now_ms)?;
            Ok(Found { untold, next_ms: views.next_stage(now_ms)? })
        })
        .await
    }

    async fn tell(&self, told: &mut Told, row: &DueRow) -> Result<(), NodeError> {
        let key = row.obligation().key();
        let decided = note_due(&self.unit, key.clone(), row.stage);
        let directory_head = self.standing.directory().head();
        let noted = self.log.submit(move |batch| {
            let now_ms = batch.now_ms();
            batch.append(draft(decided, directory_head, now_ms))
        });
        noted.await?;
        Arc::make_mut(told).insert(key, row.stage);
        let message = Message {
            node: &self.unit,
            duty: row.duty.code(),
            alert: row.alert.to_string(),
            subject: row.subject,
            unit: &row.who,
            stage: row.stage.code(),
            urgent: row.urgent,
            due: &row.due,
            due_ms: row.due_ms,
        };
        let failure = match serde_json::to_string(&message) {
            Ok(line) => self.hook.run(&(line + "\n")).await.err(),
            Err(error) => Some(error.to_string()),
        };
        if let Some(failure) = &failure {
            tracing::warn!(
                alert = message.alert,
                duty = message.duty,
                stage = message.stage,
                failure,
                "the hook failed; it is not told of this again"
            );
        }
        self.state.send_modify(|state| {
            state.told += 1;
            state.failed += u64::from(failure.is_some());
            state.failure = failure.or(state.failure.take());
        });
        Ok(())
    }

    fn waits(&self, why: Option<String>) {
        let changed = self.state.send_if_modified(|state| {
            let changed = state.waits != why;
            state.waits.clone_from(&why);
            changed
        });
        if let Some(why) = why.filter(|_| changed) {
            tracing::warn!(why, "nothing is told to the hook for now");
        }
    }
}

/// The first that are due and were not told at that stage, nor at a later one.
fn untold(
    views: &Views,
    units: &BTreeSet<UnitId>,
    told: &Told,
    now_ms: u64,
) -> Result<Vec<DueRow>, NodeError> {
    let mut found = Vec::new();
    let mut query =
        DueQuery { units: Some(units.clone()), unnoted: true, limit: PAGE, ..DueQuery::default() };
    loop {
        let page = views.due(&query, now_ms)?;
        let new = page.rows.into_iter().filter(|row| {
            // The views may not have the newest notes yet.
            let told = told.get(&row.obligation().key());
            let known = told.is_some_and(|told| *told >= row.stage);
            !known && units.contains(&row.who)
        });
        found.extend(new.take(AT_ONCE - found.len()));
        query.after = page.next;
        if found.len() == AT_ONCE || query.after.is_none() {
            return Ok(found);
        }
    }
}

async fn blocking<T: Send + 'static>(
    ask: impl FnOnce() -> Result<T, NodeError> + Send + 'static,
) -> Result<T, NodeError> {
    let asked = tokio::task::spawn_blocking(ask).await;
    asked.map_err(|error| NodeError::Projection(error.to_string()))?
}
