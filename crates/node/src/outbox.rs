//! From the log's tail to the province's stream. Reads the log, never the writer, so that a crash
//! can't forget to publish.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use giapranh_domain::UnitId;
use giapranh_feed::outbox::{self, Outgoing};
use giapranh_feed::owner::StreamPolicy;
use giapranh_feed::{FeedError, Line, Subject};
use giapranh_log::{Arrival, Clock, Log, LogError, MARKER_FILE, Mark, Marker, Reader, Stored};
use giapranh_record::event::Event;
use giapranh_record::{Hash, PublicKey};
use tokio::sync::{Notify, watch};

use crate::healer::Rewound;
use crate::standing::Standing;

pub mod rewind;

use rewind::{Held, InZone, Last, Place};

/// Events published at once: the marker is synced once for all of them.
const BATCH: usize = 128;
/// How long after a failure it is tried again.
const RETRY: Duration = Duration::from_secs(1);
/// How often it is looked whether the stream still holds what it held: it may have been deleted or
/// rolled back behind a server that stayed.
const REWIND: Duration = Duration::from_secs(30);

/// What the outbox tells `node status`.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub(crate) struct OutboxState {
    /// Own events of this epoch that the stream holds.
    pub published: u64,
    /// Why nothing is being published; `None` when all is well.
    pub waiting: Option<String>,
}

/// Publishes this node's own events.
pub(crate) struct Outbox {
    pub dir: PathBuf,
    /// Opened once: the tail is read for every event.
    pub reader: Arc<Mutex<Reader>>,
    pub unit: UnitId,
    pub epoch: u32,
    /// Every key that signed in our name, by epoch.
    pub keys: Vec<(u32, PublicKey)>,
    pub line: Line,
    pub log: Log,
    pub standing: Arc<Standing>,
    pub clock: Arc<dyn Clock>,
    pub state: watch::Sender<OutboxState>,
    /// What was found in the stream.
    pub rewound: watch::Sender<Rewound>,
    /// Somebody wants to know again what the stream holds.
    pub rewind: Arc<Notify>,
}

/// Why publishing stopped; it begins again with a rewind.
#[derive(Debug, thiserror::Error)]
enum Interrupted {
    #[error("the line changed")]
    Line,
    #[error("the log is closed")]
    Closed,
    #[error("{0}")]
    Tail(String),
    #[error(transparent)]
    Feed(#[from] FeedError),
    #[error(transparent)]
    Log(#[from] LogError),
}

impl Interrupted {
    /// For a person who looks at the status.
    fn shown(&self) -> String {
        match self {
            Self::Feed(FeedError::NoStream { stream }) => format!(
                "the stream {stream} does not answer: its province has not made it yet, or its \
                 servers are choosing a leader"
            ),
            other => other.to_string(),
        }
    }
}

impl Outbox {
    /// Publishes for as long as the log is open.
    pub async fn run(self) {
        loop {
            let interrupted = self.publish_while_up().await;
            match &interrupted {
                Interrupted::Closed => return,
                Interrupted::Line => continue,
                Interrupted::Tail(_) => {}
                error => tracing::warn!(%error, "publishing waits"),
            }
            self.state.send_if_modified(|state| {
                let waiting = Some(interrupted.shown());
                let changed = state.waiting != waiting;
                state.waiting = waiting;
                changed
            });
            if self.wait_to_try_again(&interrupted).await.is_err() {
                return;
            }
        }
    }

    /// While the own tail is not whole there is nothing to publish until that changes.
    async fn wait_to_try_again(&self, why: &Interrupted) -> Result<(), watch::error::RecvError> {
        let mut tail = self.log.tail();
        tail.mark_unchanged();
        if self.log.refusal().is_none() && matches!(why, Interrupted::Tail(_)) {
            return Ok(());
        }
        if !matches!(why, Interrupted::Tail(_)) {
            tokio::time::sleep(RETRY).await;
            return Ok(());
        }
        tokio::select! {
            changed = tail.changed() => changed,
            () = self.rewind.notified() => {
                // What asks is told once a second at most.
                tokio::time::sleep(RETRY).await;
                Ok(())
            }
            () = tokio::time::sleep(REWIND) => Ok(()),
        }
    }

    async fn publish_while_up(&self) -> Interrupted {
        self.state.send_if_modified(|state| {
            let first = state.waiting.is_none();
            if first {
                state.waiting = Some("no line to NATS".to_owned());
            }
            first
        });
        let mut line = self.line.state();
        if self.line.up().await.is_err() {
            return Interrupted::Closed;
        }
        line.mark_unchanged();
        tokio::select! {
            ended = self.publish() => ended.map_or_else(|error| error, |(): ()| Interrupted::Closed),
            // Every reconnect may have cost the server what it had acknowledged.
            _ = line.changed() => Interrupted::Line,
        }
    }

    async fn publish(&self) -> Result<(), Interrupted> {
        let mut head = self.log.head();
        loop {
            let rewind::Decision { from, held, .. } = self.rewind().await?;
            if let Some(refusal) = self.log.refusal() {
                return Err(Interrupted::Tail(refusal));
            }
            let mut next = from;
            let looked = tokio::time::Instant::now();
            loop {
                head.mark_unchanged();
                next = self.publish_from(next, &held).await?;
                let state = OutboxState { published: next.index, waiting: None };
                self.state.send_if_modified(|shown| {
                    let changed = shown.published != state.published || shown.waiting.is_some();
                    *shown = state;
                    changed
                });
                tokio::select! {
                    changed = head.changed() => changed.map_err(|_| Interrupted::Closed)?,
                    () = tokio::time::sleep_until(looked + REWIND) => break,
                    () = self.rewind.notified() => break,
                }
            }
        }
    }

    /// Compares the last message on each of our subjects with the log, and tells the log what it
    /// lacks.
    async fn rewind(&self) -> Result<rewind::Decision, Interrupted> {
        let directory_head = self.standing.directory().head();
        let found = self.look().await;
        let answered = match &found {
            Ok(_) => true,
            Err(Interrupted::Feed(FeedError::NoStream { .. })) => false,
            Err(_) => return found,
        };
        self.rewound.send_modify(|rewound| {
            *rewound = Rewound { tries: rewound.tries + 1, read: answered, directory_head };
        });
        found
    }

    async fn look(&self) -> Result<rewind::Decision, Interrupted> {
        let (unit, epoch) = (self.unit.to_string(), self.epoch);
        let published = self.read(move |reader| {
            let mut zones = BTreeSet::new();
            for epoch in 1..=epoch {
                zones.extend(reader.heads_of(&unit, epoch)?.into_keys());
            }
            Ok(zones)
        });
        let published = published.await?;
        // Also where this log holds nothing of ours: it may have held it.
        let directory = self.standing.directory();
        let entitled = directory.entitled_zones(&self.unit).into_iter().map(String::from);
        let zones: BTreeSet<String> = published.iter().cloned().chain(entitled).collect();
        let mut found = Vec::with_capacity(zones.len());
        let mut missing = Vec::new();
        for zone in zones {
            let last = self.last_in_stream(&zone).await?;
            let here = match &last {
                Some((last, _)) => self.here(&zone, last).await?,
                None => None,
            };
            if let Some((last, event)) = &last
                && here != Some(last.leaf)
            {
                missing.push(event.bytes().clone());
            }
            let ours = published.contains(&zone);
            found.push(InZone { zone, ours, last: last.map(|(last, _)| last), here });
        }
        let decision = rewind::decide(self.epoch, found);
        if !decision.elsewhere.is_empty() {
            self.log.own_heads_elsewhere(decision.elsewhere.clone()).await?;
            self.take_back(missing).await?;
        }
        Ok(decision)
    }

    /// Gives the log what the stream holds of ours and the log does not: a part of its tail, or the
    /// proof that another node signs in our name.
    async fn take_back(&self, lost: Vec<Bytes>) -> Result<(), LogError> {
        let arrivals = lost.into_iter().filter_map(|bytes| {
            let event = Event::parse(bytes).ok()?;
            let zone = event.header().links.first()?.zone.clone();
            let (province, unit) = (self.unit.province(), self.unit.to_string());
            let subject = Subject::new(&zone, province.as_str(), &unit).ok()?.to_string();
            let bytes = event.bytes().clone();
            Some(Arrival { subject, named: Some((zone, unit)), bytes })
        });
        self.log.arrive(arrivals.collect()).await.map(drop)
    }

    /// Our last event on a subject, if the stream holds one.
    async fn last_in_stream(&self, zone: &str) -> Result<Option<(Last, Event)>, Interrupted> {
        let subject = Subject::new(zone, self.unit.province().as_str(), self.unit.as_str())?;
        let last = outbox::last_published(&self.line, &subject).await?;
        // What somebody else put there says nothing about us, and receivers refuse it.
        let is_ours = |event: &Event| {
            self.keys.iter().any(|(epoch, key)| {
                *epoch == event.header().epoch && event.check_signature(key).is_ok()
            })
        };
        let Some(event) = last.and_then(|bytes| Event::parse(bytes).ok()).filter(is_ours) else {
            return Ok(None);
        };
        let header = event.header();
        let Some(link) = header.link(zone).filter(|_| header.origin == self.unit.as_str()) else {
            return Ok(None);
        };
        let (epoch, seq, index, leaf) = (header.epoch, link.seq, header.index, event.leaf());
        Ok(Some((Last { epoch, seq, index, leaf }, event)))
    }

    /// What the log has at the place of a message in the stream.
    async fn here(&self, zone: &str, last: &Last) -> Result<Option<Hash>, LogError> {
        let (unit, zone, epoch, seq) =
            (self.unit.to_string(), zone.to_owned(), last.epoch, last.seq);
        self.read(move |reader| reader.hash_at(&unit, epoch, &zone, seq)).await
    }

    /// Publishes everything from a place on; gives the place after the last.
    async fn publish_from(&self, mut next: Place, held: &Held) -> Result<Place, Interrupted> {
        loop {
            let (unit, Place { epoch, index }) = (self.unit.to_string(), next);
            let batch =
                self.read(move |reader| reader.published(&unit, epoch, index, BATCH)).await?;
            let Some(last) = batch.last() else {
                if epoch >= self.epoch {
                    return Ok(next);
                }
                next = Place { epoch: epoch + 1, index: 0 };
                continue;
            };
            let mark = Mark { epoch, index: last.event.header().index, leaf: last.event.leaf() };
            let published_before = self.mark(mark).await?;
            let outgoing: Vec<Outgoing> = batch
                .iter()
                .filter(|stored| !self.is_history(stored, published_before))
                .flat_map(|stored| outgoing(stored, held))
                .collect();
            let province = self.unit.province();
            outbox::publish(&self.line, province.as_str(), &outgoing).await?;
            for stored in &batch {
                let header = stored.event.header();
                tracing::info!(event_id = %header.event_id, index = header.index, "published");
            }
            next.index = mark.index + 1;
        }
    }

    /// Notes durably how far we are about to publish; tells how far we were before.
    async fn mark(&self, mark: Mark) -> Result<Option<Mark>, Interrupted> {
        let path = self.dir.join(MARKER_FILE);
        let marked = blocking(move || {
            let mut marker = Marker::open(&path)?.ok_or_else(|| {
                LogError::OwnTail("the marker of what was published is gone".to_owned())
            })?;
            let before = marker.mark();
            marker.advance(mark)?;
            Ok(before)
        });
        Ok(marked.await?)
    }

    /// What was published once and is older than streams keep comes by backfill, not by the stream.
    fn is_history(&self, stored: &Stored, published_before: Option<Mark>) -> bool {
        let header = stored.event.header();
        let age_ms = self.clock.now_ms().saturating_sub(header.recorded_ms);
        let kept_ms = u64::try_from(StreamPolicy::default().max_age.as_millis());
        let once = published_before
            .is_some_and(|mark| (header.epoch, header.index) <= (mark.epoch, mark.index));
        once && kept_ms.is_ok_and(|kept_ms| age_ms > kept_ms)
    }

    async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Reader) -> Result<T, LogError> + Send + 'static,
    ) -> Result<T, LogError> {
        let reader = self.reader.clone();
        blocking(move || read(&reader.lock().unwrap_or_else(PoisonError::into_inner))).await
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, LogError> + Send + 'static,
) -> Result<T, LogError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| LogError::Stopped(error.to_string()))?
}

/// One message a link that the stream does not hold yet.
fn outgoing<'a>(stored: &'a Stored, held: &'a Held) -> impl Iterator<Item = Outgoing> + 'a {
    let header = stored.event.header();
    let missing = |link: &&giapranh_record::Link| {
        let last = held.get(&link.zone);
        last.is_none_or(|last| (header.epoch, link.seq) > (last.epoch, last.seq))
    };
    header.links.iter().filter(missing).map(|link| Outgoing {
        event_id: header.event_id,
        kind: header.kind.clone(),
        origin: header.origin.clone(),
        recorded_ms: header.recorded_ms,
        zone: link.zone.clone(),
        bytes: stored.event.bytes().clone(),
    })
}
