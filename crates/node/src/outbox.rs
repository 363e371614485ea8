//! From the log's tail to the province's stream. Reads the log, never the writer, so that a crash
//! can't forget to publish.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use giapranh_domain::UnitId;
use giapranh_feed::outbox::{self, Outgoing};
use giapranh_feed::owner::StreamPolicy;
use giapranh_feed::{FeedError, Line, Subject};
use giapranh_log::{Clock, Log, LogError, MARKER_FILE, Mark, Marker, Reader, Stored};
use giapranh_record::PublicKey;
use giapranh_record::event::Event;
use tokio::sync::watch;

/// Events published at once: the marker is synced once for all of them.
const BATCH: usize = 128;
/// How long after a failure it is tried again.
const RETRY: Duration = Duration::from_secs(1);

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
    pub clock: Arc<dyn Clock>,
    pub state: watch::Sender<OutboxState>,
}

/// A place in all that we published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    epoch: u32,
    index: u64,
}

/// The last of ours that the stream holds in a zone.
#[derive(Debug, Clone, Copy)]
struct Last {
    epoch: u32,
    seq: u64,
    index: u64,
}

/// The same, by zone.
type Held = BTreeMap<String, Last>;

/// Why publishing stopped; it begins again with a rewind.
#[derive(Debug, thiserror::Error)]
enum Interrupted {
    #[error("the line changed")]
    Line,
    #[error("the log is closed")]
    Closed,
    #[error(
        "the stream holds seq {seq} of our feed {zone}, and this log does not: it lost its tail, or another node signs in our name"
    )]
    OwnTail { zone: String, seq: u64 },
    #[error(transparent)]
    Feed(#[from] FeedError),
    #[error(transparent)]
    Log(#[from] LogError),
}

impl Outbox {
    /// Publishes for as long as the log is open.
    pub async fn run(self) {
        loop {
            match self.publish_while_up().await {
                Interrupted::Closed => return,
                Interrupted::Line => {}
                error => {
                    tracing::warn!(%error, "publishing waits");
                    self.state.send_modify(|state| state.waiting = Some(error.to_string()));
                    tokio::time::sleep(RETRY).await;
                }
            }
        }
    }

    async fn publish_while_up(&self) -> Interrupted {
        self.state.send_modify(|state| state.waiting = Some("no line to NATS".to_owned()));
        let mut line = self.line.state();
        if self.line.up().await.is_err() {
            return Interrupted::Closed;
        }
        line.mark_unchanged();
        let mut head = self.log.head();
        let published = async {
            let (stream, mut next) = self.rewind().await?;
            loop {
                head.mark_unchanged();
                next = self.publish_from(next, &stream).await?;
                self.state.send_replace(OutboxState { published: next.index, waiting: None });
                if head.changed().await.is_err() {
                    return Err(Interrupted::Closed);
                }
            }
        };
        tokio::select! {
            ended = published => ended.map_or_else(|error| error, |(): ()| Interrupted::Closed),
            // Every reconnect may have cost the server what it had acknowledged.
            _ = line.changed() => Interrupted::Line,
        }
    }

    /// Compares the last message on each of our subjects with the log. Gives what the stream holds,
    /// and the place from which something may be missing.
    async fn rewind(&self) -> Result<(Held, Place), Interrupted> {
        let mut zones = BTreeSet::new();
        for epoch in 1..=self.epoch {
            let unit = self.unit.to_string();
            let heads = self.read(move |reader| reader.heads_of(&unit, epoch)).await?;
            zones.extend(heads.into_keys());
        }
        let mut held = Held::new();
        let mut next = None;
        for zone in zones {
            let found = self.last_in_stream(&zone).await?;
            let place = found.map_or(Place { epoch: 1, index: 0 }, |found| Place {
                epoch: found.epoch,
                index: found.index + 1,
            });
            next = Some(next.map_or(place, |next: Place| next.min(place)));
            if let Some(found) = found {
                held.insert(zone, found);
            }
        }
        Ok((held, next.unwrap_or(Place { epoch: self.epoch, index: 0 })))
    }

    /// Our last event on a subject, when it is the one that the log holds there.
    async fn last_in_stream(&self, zone: &str) -> Result<Option<Last>, Interrupted> {
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
        let Some(link) = header.link(zone) else {
            return Ok(None);
        };
        let (unit, epoch, seq) = (self.unit.to_string(), header.epoch, link.seq);
        let of = zone.to_owned();
        let ours = self.read(move |reader| reader.at_seq(&unit, epoch, &of, seq)).await?;
        match ours {
            Some(stored) if stored.event.leaf() == event.leaf() => {
                Ok(Some(Last { epoch, seq, index: header.index }))
            }
            _ => Err(Interrupted::OwnTail { zone: zone.to_owned(), seq }),
        }
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
