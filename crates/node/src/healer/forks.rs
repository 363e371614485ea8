//! Forks: what this node found it tells everybody, and what others found goes through its own gate.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use giapranh_domain::event::{Body, Kind};
use giapranh_domain::wire::proto;
use giapranh_domain::{UnitId, report_fork};
use giapranh_feed::Subject;
use giapranh_log::{Arrival, Fork, ForkMark, LogError, Reader, Tail};
use giapranh_record::event::Event;
use giapranh_views::{ForkRow, to_domain};

use super::{Course, Healer};
use crate::author::draft;
use crate::healing::Feed;

/// Both events travel with the report when they are together smaller than this: a report is an event,
/// too, and has to fit into one.
const EVIDENCE_BYTES: usize = 200 * 1024;

/// Most forks of one origin and epoch that this node tells: the first says all there is to say, and
/// whoever signs a thousand must not make every node publish a thousand times as much.
const TOLD: usize = 16;

/// A fork by the leaf hashes of its two events in hexadecimal digits, the smaller one first.
pub(super) type Pair = (String, String);

impl Healer {
    /// Tells what was found here, and takes in what others found, when something may have changed.
    pub(super) async fn look_after_forks(&self, course: &mut Course) -> Result<(), LogError> {
        if !std::mem::take(&mut course.look_for_forks) {
            return Ok(());
        }
        let forks = self.read(Reader::fork_marks).await?;
        {
            let mut state = self.healing.state();
            let undecided = forks.iter().filter(|fork| !fork.is_decided);
            state.forked = undecided.map(|fork| (fork.origin.clone(), fork.epoch)).collect();
            state.forks = forks.len();
        }
        let (views, directory) = (self.views.clone(), self.standing.directory());
        let told = tokio::task::spawn_blocking(move || views.forks(&directory)).await;
        let told = match told {
            Ok(Ok(told)) => told,
            Ok(Err(error)) => {
                tracing::warn!(%error, "what others told of forks can't be read");
                return Ok(());
            }
            Err(error) => return Err(LogError::Stopped(error.to_string())),
        };
        let here: BTreeSet<Pair> = forks.iter().map(pair).collect();
        let known: BTreeSet<Pair> =
            told.iter().map(|row| (row.first_hash.clone(), row.second_hash.clone())).collect();
        let mut said: BTreeMap<(String, u32), usize> = BTreeMap::new();
        for fork in forks {
            let pair = pair(&fork);
            let said = said.entry((fork.origin.clone(), fork.epoch)).or_default();
            *said += 1;
            if *said > TOLD || known.contains(&pair) || course.told.contains(&pair) {
                continue;
            }
            if self.tell(&fork).await? {
                course.told.insert(pair);
            } else {
                // Not now: it is looked at again.
                course.look_for_forks_at_ms = Some(self.now_ms() + super::TAIL_LOOK_MS);
            }
        }
        for row in told {
            let pair = (row.first_hash.clone(), row.second_hash.clone());
            if !here.contains(&pair) && !course.taken.contains(&pair) {
                self.take_evidence(&row).await?;
                course.taken.insert(pair);
            }
        }
        Ok(())
    }

    /// Publishes a fork. Tells whether there is nothing more to do about it.
    async fn tell(&self, fork: &ForkMark) -> Result<bool, LogError> {
        if !self.healing.is_settled() || *self.log.tail().borrow() != Tail::Whole {
            // Of a fork of its own, others have to tell.
            return Ok(fork.origin == self.unit.as_str());
        }
        let id = fork.id;
        let found = self.read(move |reader| match reader.fork(id)? {
            Some(fork) => found(reader, &fork),
            None => Ok(None),
        });
        let Some(found) = found.await? else {
            return Ok(true);
        };
        let directory = self.standing.directory();
        let Some(decided) = report_fork(&directory, &self.unit, found) else { return Ok(true) };
        let head = directory.head();
        let said = self.log.submit(move |batch| {
            let now_ms = batch.now_ms();
            batch.append(draft(decided, head, now_ms))
        });
        match said.await {
            Ok(_) => Ok(true),
            Err(LogError::Full | LogError::OwnTail(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Gives the evidence of others to our own gate, which believes signatures alone.
    async fn take_evidence(&self, row: &ForkRow) -> Result<(), LogError> {
        let wanted: BTreeSet<uuid::Uuid> = row.reports.iter().map(|it| it.event_id).collect();
        let events = self.read(move |reader| evidence(reader, &wanted)).await?;
        if events.is_empty() {
            let (origin, zone) = (row.origin.to_string(), row.zone.to_string());
            let feed = Feed { origin, epoch: row.epoch, zone };
            let mut state = self.healing.state();
            for report in &row.reports {
                state.wants.evidence(feed.clone(), row.seq, report.unit.clone());
            }
            return Ok(());
        }
        let arrivals: Vec<Arrival> =
            events.into_iter().filter_map(|bytes| arrival(bytes, row.zone.as_str())).collect();
        self.log.arrive(arrivals).await?;
        // What came of it is seen by looking once more.
        self.healing.suspect_now();
        Ok(())
    }
}

/// Names a fork as everybody names it: its leaf hashes, the smaller one first.
pub(crate) fn pair(fork: &ForkMark) -> Pair {
    let (first, second) = (fork.here.min(fork.other), fork.here.max(fork.other));
    (first.to_string(), second.to_string())
}

/// What to say of a fork, the same whoever says it.
fn found(reader: &Reader, fork: &Fork) -> Result<Option<proto::ForkFound>, LogError> {
    let here = reader.after(fork.here_position.saturating_sub(1), 1)?;
    let (Some(here), Ok(other)) = (here.into_iter().next(), Event::parse(fork.bytes.clone()))
    else {
        return Ok(None);
    };
    let mut both = [here.event, other];
    both.sort_by_key(Event::leaf);
    let [first, second] = both;
    let met =
        first.header().links.iter().find(|link| {
            second.header().link(&link.zone).is_some_and(|other| other.seq == link.seq)
        });
    let Some(place) = met.or_else(|| first.header().links.first()) else { return Ok(None) };
    let small = first.bytes().len() + second.bytes().len() < EVIDENCE_BYTES;
    let whole = |event: &Event| if small { event.bytes().to_vec() } else { Vec::new() };
    Ok(Some(proto::ForkFound {
        origin: fork.origin.clone(),
        epoch: fork.epoch,
        zone: place.zone.clone(),
        seq: place.seq,
        index: first.header().index.min(second.header().index),
        first_hash: first.leaf().0.to_vec(),
        second_hash: second.leaf().0.to_vec(),
        first: whole(&first),
        second: whole(&second),
    }))
}

/// The events that reports carry. Each is read by itself: any member can report, and what a report
/// costs must not grow with the log.
fn evidence(reader: &Reader, reports: &BTreeSet<uuid::Uuid>) -> Result<Vec<Bytes>, LogError> {
    let mut events = Vec::new();
    for id in reports {
        let Some(stored) = reader.with_id(*id)? else { continue };
        if stored.event.header().kind != Kind::ForkFound.code() {
            continue;
        }
        if let Some(Body::ForkFound(found)) = to_domain(&stored.event).map(|event| event.body) {
            let both = [found.first, found.second].into_iter().filter(|it| !it.is_empty());
            events.extend(both.map(Bytes::from));
        }
    }
    Ok(events)
}

/// As if it had come where it was published.
fn arrival(bytes: Bytes, zone: &str) -> Option<Arrival> {
    let event = Event::parse(bytes).ok()?;
    let header = event.header();
    let link = header.link(zone).or_else(|| header.links.first())?;
    let origin: UnitId = header.origin.parse().ok()?;
    let subject = Subject::new(&link.zone, origin.province().as_str(), origin.as_str()).ok()?;
    Some(Arrival {
        subject: subject.to_string(),
        named: Some((link.zone.clone(), header.origin.clone())),
        bytes: event.bytes().clone(),
    })
}
