//! From the neighbours' streams into the log: one pull for each province that has a node.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use giapranh_domain::{Level, UnitId};
use giapranh_feed::inbox::{self, Arrival, Durable, PullState, Sink, SinkError};
use giapranh_feed::{Line, Subject};
use giapranh_log::{Appended, Log, Outcome};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::healer::Healing;
use crate::standing::Standing;

/// How each province's pull stands; for `node status`.
#[derive(Clone, Default)]
pub(crate) struct Pulls(Arc<Mutex<BTreeMap<String, watch::Receiver<PullState>>>>);

impl Pulls {
    /// The state of every pull, by province.
    pub fn states(&self) -> BTreeMap<String, String> {
        let pulls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let shown = |state: &PullState| match state {
            PullState::Pulling => "pulling".to_owned(),
            PullState::Waiting { reason } => format!("waiting: {reason}"),
        };
        pulls.iter().map(|(of, state)| (of.clone(), shown(&state.borrow()))).collect()
    }
}

/// The task that pulls.
pub(crate) struct Pulling {
    pub unit: UnitId,
    pub line: Line,
    pub log: Log,
    pub standing: Arc<Standing>,
    pub pulls: Pulls,
    pub healing: Arc<Healing>,
    pub directory_head: watch::Receiver<u64>,
}

impl Pulling {
    /// Pulls from every province that the directory knows a node of, and from the registrar's before
    /// there is one.
    pub async fn run(mut self) {
        let mut tasks = JoinSet::new();
        loop {
            self.directory_head.mark_unchanged();
            let directory = self.standing.directory();
            let provinces = directory
                .units()
                .filter(|unit| unit.level == Level::Province && directory.node(&unit.id).is_some())
                .map(|unit| unit.id.clone())
                .chain([directory.registrar().province()]);
            for province in provinces {
                let mut known = self.pulls.0.lock().unwrap_or_else(PoisonError::into_inner);
                if known.contains_key(province.as_str()) {
                    continue;
                }
                let (sender, receiver) =
                    watch::channel(PullState::Waiting { reason: "starting".to_owned() });
                known.insert(province.to_string(), receiver);
                let (line, healing) = (self.line.clone(), self.healing.clone());
                let sink = Gate { log: self.log.clone(), line: line.clone(), healing };
                let durable =
                    Durable { province: province.to_string(), node: self.unit.to_string() };
                tasks.spawn(async move {
                    // Ends when the task is dropped: with the node.
                    inbox::pull(&line, &durable, &sink, &sender, std::future::pending()).await;
                });
            }
            if self.directory_head.changed().await.is_err() {
                return;
            }
        }
    }
}

/// Hands what arrived to the log's gate, and is content when all of it is durable.
struct Gate {
    log: Log,
    line: Line,
    healing: Arc<Healing>,
}

impl Sink for Gate {
    async fn arrive(&self, batch: Vec<Arrival>) -> Result<(), SinkError> {
        let arrivals = batch.into_iter().map(|arrival| giapranh_log::Arrival {
            named: named(&arrival.subject),
            subject: arrival.subject,
            bytes: arrival.bytes,
        });
        let outcomes = self.log.arrive(arrivals.collect()).await;
        let outcomes = outcomes.map_err(|error| SinkError(error.into()))?;
        self.line.count_duplicates(self.healing.counters.stream(&outcomes));
        self.healing.suspect(&outcomes);
        for outcome in outcomes {
            match outcome {
                Outcome::Appended(appended) => {
                    let Appended { event_id, position, .. } = appended;
                    tracing::info!(%event_id, position, "appended");
                }
                Outcome::Quarantined(reason) => tracing::warn!(reason, "quarantined"),
                Outcome::Held(reason) => tracing::info!(reason, "held"),
                Outcome::Left(reason) => tracing::warn!(reason, "left: too much is held already"),
                Outcome::Duplicate => {}
            }
        }
        Ok(())
    }
}

/// The zone and the origin of a subject, when the origin belongs to the subject's province.
pub(crate) fn named(subject: &str) -> Option<(String, String)> {
    let subject: Subject = subject.parse().ok()?;
    let unit: UnitId = subject.unit().parse().ok()?;
    let at_home = unit.province().as_str() == subject.province();
    at_home.then(|| (subject.zone().to_owned(), subject.unit().to_owned()))
}
