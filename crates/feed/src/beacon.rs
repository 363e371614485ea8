//! Beacons: what a node says of itself in a zone, and hearing what others say.
//!
//! A beacon is said once and kept by nobody. Whoever was away has missed it, and the next comes
//! soon; so beacons are dropped, and counted, wherever they would pile up. Of what one unit says in
//! one zone only the newest few wait, so that no unit can crowd out another. They are bytes here:
//! who really speaks is what their signature says, and an old one may be said again by anybody whom
//! the server lets speak for the unit.

mod queue;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use async_nats::Subscriber;
use bytes::Bytes;
use futures_util::StreamExt as _;
use tokio::sync::{Notify, watch};
use tokio::task::AbortHandle;

use crate::line::LineState;
use crate::subject::{beacon, check_unit, check_zone, heard, speaker};
use crate::traffic::{Counters, one};
use crate::{FeedError, Line};
use queue::Queue;

/// What was heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The zone that it was said in, as its subject names it.
    pub zone: String,
    /// The unit that its subject names. Where accounts isolate the server holds that no other node
    /// says it; what counts is the signature.
    pub unit: String,
    /// Not looked at: perhaps a beacon, perhaps too large, perhaps nonsense.
    pub bytes: Bytes,
}

/// Says `bytes` in a zone. Whether anybody hears it nobody says. What is said is heard by the
/// unit's own listeners, too.
pub async fn send(line: &Line, zone: &str, unit: &str, bytes: Bytes) -> Result<(), FeedError> {
    check_zone(zone)?;
    check_unit(unit)?;
    let (client, connection) = line.client()?;
    let size = bytes.len();
    let doing = || format!("saying a beacon in zone {zone}");
    tokio::select! {
        biased;
        sent = client.publish(beacon(zone, unit), bytes) => {
            sent.map_err(|error| FeedError::refused(doing(), error))?;
        }
        () = line.left(connection) => {
            return Err(FeedError::unanswered(doing(), line.state().borrow().clone()));
        }
    }
    line.counters().beacons_sent.add(1, size);
    Ok(())
}

/// Hears beacons of a set of zones that may change. It goes on over any loss of the connection.
pub struct Listener {
    line: Line,
    zones: BTreeMap<String, Zone>,
    heard: Arc<Waiting>,
}

/// What hears one zone; it ends with this.
struct Zone(AbortHandle);

impl Drop for Zone {
    fn drop(&mut self) {
        self.0.abort();
    }
}

struct Waiting {
    queue: std::sync::Mutex<Queue>,
    came: Notify,
}

impl Waiting {
    fn queue(&self) -> std::sync::MutexGuard<'_, Queue> {
        // Nothing in there can be left half done.
        self.queue.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn put(&self, heard: Heard, counters: &Counters) {
        counters.beacons_heard.add(1, heard.bytes.len());
        if !self.queue().put(heard) {
            one(&counters.beacons_dropped);
        }
        self.came.notify_one();
    }
}

impl Listener {
    /// One that hears nothing yet.
    pub fn new(line: &Line) -> Self {
        let heard = Waiting { queue: std::sync::Mutex::default(), came: Notify::new() };
        Self { line: line.clone(), zones: BTreeMap::new(), heard: Arc::new(heard) }
    }

    /// Hears these zones from now on, and no others. Zones that were heard before go on without a
    /// gap; of those that are no more nothing is handed out that had not been yet. It may be called
    /// while NATS is not there. After an error some of the zones may be heard; calling it again is
    /// right.
    pub async fn listen_to(&mut self, zones: &BTreeSet<String>) -> Result<(), FeedError> {
        zones.iter().try_for_each(|zone| check_zone(zone))?;
        self.zones.retain(|zone, _| zones.contains(zone));
        self.heard.queue().retain(|heard| zones.contains(&heard.zone));
        let subject = if self.line.is_isolated() { heard } else { beacon };
        for zone in zones {
            if self.zones.contains_key(zone) {
                continue;
            }
            let subscriber = self.line.subscribe(subject(zone, "*")).await?;
            let heard = Arc::clone(&self.heard);
            let hearing = hear(subscriber, zone.clone(), heard, self.line.clone());
            self.zones.insert(zone.clone(), Zone(tokio::spawn(hearing).abort_handle()));
        }
        Ok(())
    }

    /// The next beacon, when one comes. `None` when the line was closed. Dropping the future loses
    /// nothing.
    pub async fn next(&mut self) -> Option<Heard> {
        let mut state: watch::Receiver<LineState> = self.line.state();
        loop {
            let came = self.heard.came.notified();
            if let Some(heard) = self.heard.queue().take() {
                return Some(heard);
            }
            tokio::select! {
                () = came => {}
                // An error means that the line has ended.
                _ = state.wait_for(|state| *state == LineState::Closed) => return None,
            }
        }
    }
}

async fn hear(mut subscriber: Subscriber, zone: String, heard: Arc<Waiting>, line: Line) {
    while let Some(message) = subscriber.next().await {
        if let Some(unit) = speaker(&message.subject) {
            let unit = unit.to_owned();
            heard.put(Heard { zone: zone.clone(), unit, bytes: message.payload }, line.counters());
        }
    }
}
