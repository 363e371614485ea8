//! Healing at work: one task that hears beacons, says them, asks peers for what is lacking, and
//! looks after this node's own tail. What is to be done is decided in [`crate::healing`]; here it is
//! done.
//!
//! The task waits for something to happen or for the next time at which something is due; at rest it
//! does nothing but say its beacons. All that comes from others is bounded: beacons wait in a queue
//! that drops (`giapranh_feed::beacon`), pages are asked for one by one.

mod asking;
mod beaconing;
mod counter;
mod forks;
mod registry;
mod serving;
mod shared;
mod shown;
mod tail;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use giapranh_domain::UnitId;
use giapranh_feed::Line;
use giapranh_feed::beacon::Listener;
use giapranh_log::{Clock, Log, LogError, Reader, Tail};
use giapranh_record::{Signer, ZONE_DIRECTORY};
use giapranh_views::Views;
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use crate::healing::{Answer, Ask, Expected, Feed, Heads};
use crate::standing::Standing;

pub(crate) use forks::pair as fork_pair;
pub(crate) use registry::{expected, heads_of, is_entitled};
pub(crate) use serving::serve;
pub(crate) use shared::{Healing, Rewound};

/// How long after the log has grown it is looked at: what grows meanwhile is seen with it.
const AFTER_GROWTH_MS: u64 = 50;
/// How often it is looked whether the node has settled, in the few seconds after a start.
const SETTLING_LOOK_MS: u64 = 100;
/// How often it is looked whether a tail is whole that is not known to be.
const TAIL_LOOK_MS: u64 = 1_000;
/// How long it waits at most.
const LOOK_MS: u64 = 30_000;

/// What the task works with.
pub(crate) struct Healer {
    pub dir: PathBuf,
    pub unit: UnitId,
    pub epoch: u32,
    pub instance: [u8; 16],
    pub signer: Arc<dyn Signer>,
    pub log: Log,
    pub views: Views,
    pub reader: Arc<Mutex<Reader>>,
    pub standing: Arc<Standing>,
    pub clock: Arc<dyn Clock>,
    pub line: Line,
    pub interval_ms: u64,
    pub healing: Arc<Healing>,
    pub directory_head: watch::Receiver<u64>,
    pub rewound: watch::Receiver<Rewound>,
    /// Asks the outbox to look again what the stream holds.
    pub rewind: Arc<Notify>,
}

/// What the task remembers.
struct Course {
    counter: counter::Counter,
    listener: Listener,
    asking: JoinSet<(Ask, Answer)>,
    /// When the log is to be looked at.
    grown_at_ms: Option<u64>,
    /// The directory's head whose zones are spoken of.
    known_head: Option<u64>,
    /// Who claimed to hold events of ours and could not show them, and until when he is not heard
    /// about that.
    disbelieved: BTreeMap<String, u64>,
    /// Since when a claim is open that nobody has answered for.
    claimed_ms: BTreeMap<String, u64>,
    /// Forks may have come to light, or been decided.
    look_for_forks: bool,
    /// When it is looked for them again, because they could not be told.
    look_for_forks_at_ms: Option<u64>,
    /// Forks that this node told since its start.
    told: BTreeSet<forks::Pair>,
    /// Forks that others told, and whose evidence went through our gate since the start.
    taken: BTreeSet<forks::Pair>,
}

impl Healer {
    /// Works for as long as the log is open.
    pub async fn run(mut self) {
        let counter = match counter::Counter::open(&self.dir) {
            Ok(counter) => counter,
            Err(error) => {
                tracing::error!(%error, "no beacons can be said, so this node does not heal");
                self.healing.settle();
                return;
            }
        };
        let mut course = Course {
            counter,
            listener: Listener::new(&self.line),
            asking: JoinSet::new(),
            grown_at_ms: Some(0),
            known_head: None,
            disbelieved: BTreeMap::new(),
            claimed_ms: BTreeMap::new(),
            look_for_forks: true,
            look_for_forks_at_ms: None,
            told: BTreeSet::new(),
            taken: BTreeSet::new(),
        };
        self.remember_deliveries().await;
        self.remember_claims(&mut course).await;
        self.hear_directory(&mut course).await;
        self.work(&mut course).await;
        course.asking.shutdown().await;
    }

    async fn work(&mut self, course: &mut Course) {
        let (mut growth, mut line) = (self.log.head(), self.line.state());
        let (mut tail, mut checked) = (self.log.tail(), self.log.checked());
        let mut rewound = self.rewound.clone();
        let suspicion = self.healing.clone();
        line.mark_changed();
        loop {
            if let Err(error) = self.step(course).await {
                tracing::warn!(%error, "healing waits");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            let wait = self.wait_ms(course);
            tokio::select! {
                heard = course.listener.next() => match heard {
                    Some(heard) => self.hear(course, heard).await,
                    None => return,
                },
                Some(answered) = course.asking.join_next() => {
                    if let Ok((ask, answer)) = answered {
                        self.answered(course, &ask, &answer).await;
                    }
                }
                changed = growth.changed() => {
                    if changed.is_err() { return }
                    let soon = self.now_ms() + AFTER_GROWTH_MS;
                    course.grown_at_ms.get_or_insert(soon);
                }
                changed = self.directory_head.changed() => {
                    if changed.is_err() { return }
                    self.hear_directory(course).await;
                }
                changed = line.changed() => {
                    if changed.is_err() { return }
                    self.line_changed(course, &line).await;
                }
                // Whoever tells these may end before the log does: the check in the background ends
                // at damage. Then it is waited for the others.
                Ok(()) = tail.changed() => {}
                Ok(()) = rewound.changed() => self.hear_stream(&rewound),
                Ok(()) = checked.changed() => self.doubt(&checked).await,
                () = suspicion.suspected() => course.look_for_forks = true,
                () = tokio::time::sleep(Duration::from_millis(wait)) => {}
            }
        }
    }

    /// All that is due now.
    async fn step(&mut self, course: &mut Course) -> Result<(), LogError> {
        let now_ms = self.now_ms();
        if course.grown_at_ms.is_some_and(|at| at <= now_ms) {
            course.grown_at_ms = None;
            if let Err(error) = self.grown(course).await {
                // On a full disk. It is tried again, also when nothing grows any more.
                tracing::warn!(%error, "what is here now can't be told");
                course.grown_at_ms = Some(now_ms + TAIL_LOOK_MS);
            }
        }
        if course.look_for_forks_at_ms.is_some_and(|at| at <= now_ms) {
            course.look_for_forks_at_ms = None;
            course.look_for_forks = true;
        }
        self.look_after_tail(course).await?;
        if let Err(error) = self.look_after_forks(course).await {
            tracing::warn!(%error, "forks wait");
            course.look_for_forks_at_ms = Some(now_ms + TAIL_LOOK_MS);
        }
        self.speak(course).await;
        self.ask(course);
        Ok(())
    }

    /// How long nothing is due.
    fn wait_ms(&self, course: &Course) -> u64 {
        let now_ms = self.now_ms();
        let state = self.healing.state();
        let settling = (!self.healing.is_settled()).then_some(now_ms + SETTLING_LOOK_MS);
        let whole = matches!(*self.log.tail().borrow(), Tail::Whole);
        let tail = (!whole).then_some(now_ms + TAIL_LOOK_MS);
        let due = [
            self.is_up().then(|| state.beacons.next_ms()).flatten(),
            self.is_up().then(|| state.wants.next_ms(self.unit.as_str(), now_ms)).flatten(),
            course.grown_at_ms,
            course.look_for_forks_at_ms,
            settling,
            tail,
            Some(now_ms + LOOK_MS),
        ];
        due.into_iter().flatten().min().unwrap_or(now_ms).saturating_sub(now_ms)
    }

    /// The log has grown: what is held now, and what is lacking still.
    async fn grown(&self, course: &mut Course) -> Result<(), LogError> {
        let (heads, local) =
            self.log.submit(|batch| Ok((batch.heads(), batch.local_head()))).await?;
        let (heads, now_ms) = (heads_of(heads), self.now_ms());
        {
            let mut state = self.healing.state();
            let changed: BTreeSet<&str> = heads
                .iter()
                .filter(|(feed, head)| state.heads.get(*feed) != Some(*head))
                .map(|(feed, _)| feed.zone.as_str())
                .collect();
            for zone in changed {
                state.beacons.changed(zone, now_ms);
            }
            (state.heads, state.local) = (Arc::new(heads), local);
        }
        self.look_for_lacks();
        course.look_for_forks = true;
        Ok(())
    }

    /// Compares what others said with what is here.
    fn look_for_lacks(&self) {
        let directory = self.standing.directory();
        let zones: BTreeSet<String> =
            directory.entitled_zones(&self.unit).into_iter().map(String::from).collect();
        let mut state = self.healing.state();
        let forked = state.forked.clone();
        let wanted = |feed: &Feed| {
            let ours = zones.contains(&feed.zone) || feed.zone == ZONE_DIRECTORY;
            ours && !forked.contains(&(feed.origin.clone(), feed.epoch))
        };
        let heads = state.heads.clone();
        let lacks = state.peers.lacks(&heads, wanted);
        let now_ms = self.now_ms();
        state.wants.lacks(lacks, now_ms);
    }

    /// The directory has moved: other zones, other keys.
    async fn hear_directory(&self, course: &mut Course) {
        let directory = self.standing.directory();
        let zones: BTreeSet<String> =
            directory.entitled_zones(&self.unit).into_iter().map(String::from).collect();
        if let Err(error) = course.listener.listen_to(&zones).await {
            tracing::warn!(%error, "not every zone's beacons are heard");
        }
        {
            let mut state = self.healing.state();
            let now_ms = self.now_ms();
            state.beacons.in_zones(zones.iter().map(String::as_str), now_ms);
            let entitled = |unit: &str, zone: &str| is_entitled(&directory, unit, zone);
            state.peers.retain(entitled);
            if course.known_head != Some(directory.head()) {
                course.known_head = Some(directory.head());
                state.settling.directory_moved(now_ms);
            }
        }
        self.hear_stream(&self.rewound);
        self.look_for_lacks();
    }

    async fn line_changed(
        &self,
        course: &mut Course,
        line: &watch::Receiver<giapranh_feed::LineState>,
    ) {
        let up = matches!(*line.borrow(), giapranh_feed::LineState::Up { .. });
        if up {
            let mut state = self.healing.state();
            let now_ms = self.now_ms();
            state.beacons.line_up(now_ms);
            state.settling.line_up(now_ms);
        }
        self.hear_directory(course).await;
    }

    /// Whom the directory makes this node expect, in which zones.
    fn expected(&self) -> Expected {
        expected(&self.standing.directory(), &self.unit)
    }

    fn is_up(&self) -> bool {
        matches!(*self.line.state().borrow(), giapranh_feed::LineState::Up { .. })
    }

    /// How long the node has been running.
    fn now_ms(&self) -> u64 {
        self.healing.now_ms()
    }

    fn heads(&self) -> Arc<Heads> {
        self.healing.state().heads.clone()
    }

    async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Reader) -> Result<T, LogError> + Send + 'static,
    ) -> Result<T, LogError> {
        let reader = self.reader.clone();
        let read = move || read(&reader.lock().unwrap_or_else(PoisonError::into_inner));
        tokio::task::spawn_blocking(read)
            .await
            .map_err(|error| LogError::Stopped(error.to_string()))?
    }
}
