//! Publishing as the program does it: first what the stream holds of ours is held against the log,
//! by the program's own rule; then everything from there on goes out.

use std::collections::BTreeSet;

use bytes::Bytes;
use giapranh_domain::UnitId;
use giapranh_log::{Arrival, Claim, MARKER_FILE, Mark, Marker, Stored};
use giapranh_node::healing::Feed;
use giapranh_node::rewind::{self, Held, InZone, Last, Place};
use giapranh_record::Signer as _;
use giapranh_record::event::Event;
use giapranh_testkit::streams::{InMemory, Message, NotThere, Published, Streams as _};

use super::founding::{key, province};
use super::node::{Life, Node};
use super::wait;

/// Events published at once.
const BATCH: usize = 8;

/// An event of ours in the stream, and the zone that it was found in.
type InStream = (String, Bytes);

/// What the outbox knows, since it last looked.
#[derive(Default)]
pub struct Outbox {
    /// From which place on something may be missing; `None` before it has looked.
    next: Option<Place>,
    held: Held,
}

impl Outbox {
    /// It has to look again: every reconnect may have cost the server what it had acknowledged.
    pub fn look_again(&mut self) {
        self.next = None;
    }
}

impl Node {
    /// One turn of the outbox. `breaks_after`: the line breaks after so many messages. Gives how many
    /// messages were new to the stream.
    pub fn publish(&mut self, streams: &mut InMemory, breaks_after: Option<usize>) -> u64 {
        let mut stored = 0;
        if self.life.is_none() || self.look(streams).is_err() {
            return stored;
        }
        let (unit, marker) = (self.unit, self.dir.join(MARKER_FILE));
        let refusal = self.refusal();
        let Some(life) = &mut self.life else { return stored };
        if refusal.is_some() {
            life.outbox.look_again();
            return stored;
        }
        let mut left = breaks_after;
        while let Some(Place { epoch, index }) = life.outbox.next {
            let batch =
                life.reader.published(unit, epoch, index, BATCH).expect("a log that can be read");
            let Some(last) = batch.last() else {
                if epoch >= life.epoch {
                    return stored;
                }
                life.outbox.next = Some(Place { epoch: epoch + 1, index: 0 });
                continue;
            };
            let mark = Mark { epoch, index: last.event.header().index, leaf: last.event.leaf() };
            let Some(mut marker) = Marker::open(&marker).expect("a marker that can be read") else {
                life.outbox.look_again();
                return stored;
            };
            marker.advance(mark).expect("a marker that can be written");
            for message in batch.iter().flat_map(|stored| life.outbox.missing(stored)) {
                if left == Some(0) || send(streams, unit, &message).is_err() {
                    life.outbox.look_again();
                    return stored;
                }
                left = left.map(|left| left - 1);
                stored += 1;
            }
            life.outbox.next = Some(Place { epoch, index: mark.index + 1 });
        }
        stored
    }

    /// Asks the stream what it holds of ours, unless that is known.
    fn look(&mut self, streams: &InMemory) -> Result<(), NotThere> {
        let Some(life) = &mut self.life else { return Ok(()) };
        if life.outbox.next.is_some() {
            return Ok(());
        }
        life.settling.stream_asked();
        let (found, lost) = life.in_stream(self.unit, streams)?;
        let decision = rewind::decide(life.epoch, found);
        life.settling.stream_read(true);
        life.outbox.held = decision.held;
        life.outbox.next = Some(decision.from);
        if !decision.elsewhere.is_empty() {
            self.claimed_by_stream(decision.elsewhere, lost);
        }
        Ok(())
    }

    /// The stream holds of this node's own events what the log does not: that is given to the log.
    fn claimed_by_stream(&mut self, claims: Vec<Claim>, lost: Vec<InStream>) {
        let unit = self.unit;
        let life = self.life.as_ref().expect("it runs");
        wait(life.log.own_heads_elsewhere(claims)).expect("a log that runs");
        let arrival = |(zone, bytes): InStream| Arrival {
            subject: format!("{zone}/{unit} back from the stream"),
            named: Some((zone, unit.to_owned())),
            bytes,
        };
        self.arrive(lost.into_iter().map(arrival).collect());
    }
}

impl Life {
    /// What the stream holds of this node's feeds; and of that, the events that are not here.
    fn in_stream(
        &self,
        unit: &str,
        streams: &InMemory,
    ) -> Result<(Vec<InZone>, Vec<InStream>), NotThere> {
        let own = |feed: &&Feed| feed.origin == unit;
        let spoke: BTreeSet<String> =
            self.mirror.heads.keys().filter(own).map(|feed| feed.zone.clone()).collect();
        let (mut found, mut lost) = (Vec::new(), Vec::new());
        // Also where the log lost all that it had published.
        for zone in spoke.union(&self.zones(unit)) {
            let message = streams.last(province(unit), zone, unit)?;
            let event = message.and_then(|message| Event::parse(message.bytes.into()).ok());
            let event = event.filter(|event| {
                let key = key(unit, event.header().epoch).public_key();
                event.check_signature(&key).is_ok()
            });
            let newest = event.as_ref().and_then(|event| {
                let header = event.header();
                let link = header.link(zone)?;
                let (epoch, index, leaf) = (header.epoch, header.index, event.leaf());
                Some(Last { epoch, seq: link.seq, index, leaf })
            });
            let here = newest.and_then(|last| {
                let (origin, epoch) = (unit.to_owned(), last.epoch);
                self.mirror.hash_at(&Feed { origin, epoch, zone: zone.clone() }, last.seq)
            });
            if let (Some(last), Some(event)) = (newest, &event)
                && here != Some(last.leaf)
            {
                lost.push((zone.clone(), event.bytes().clone()));
            }
            let ours = spoke.contains(zone);
            found.push(InZone { zone: zone.clone(), ours, last: newest, here });
        }
        Ok((found, lost))
    }
}

impl Outbox {
    fn missing(&self, stored: &Stored) -> Vec<Message> {
        let header = stored.event.header();
        let missing = |link: &&giapranh_record::Link| {
            let last = self.held.get(&link.zone);
            last.is_none_or(|last| (header.epoch, link.seq) > (last.epoch, last.seq))
        };
        let message = |link: &giapranh_record::Link| Message {
            id: format!("{}:{}", header.event_id, link.zone),
            zone: link.zone.clone(),
            origin: header.origin.clone(),
            bytes: stored.event.bytes().to_vec(),
        };
        header.links.iter().filter(missing).map(message).collect()
    }
}

fn send(streams: &mut InMemory, unit: &str, message: &Message) -> Result<(), NotThere> {
    let of = province(unit);
    let mut message = message.clone();
    while streams.publish(of, &message)? == Published::Duplicate {
        let last = streams.last(of, &message.zone, &message.origin)?;
        if last.is_some_and(|last| last.bytes == message.bytes) {
            return Ok(());
        }
        // It may be somebody else's under our id, so it is sent under one that nobody has taken.
        message.id.push('+');
    }
    Ok(())
}

/// Who subscribes to a province's stream, with their zones, as its owner knows the directory.
pub fn subscribers(owner: &Node) -> Vec<(String, Vec<String>)> {
    let Some(life) = &owner.life else { return Vec::new() };
    let directory = life.standing.directory();
    let zones = |unit: &UnitId| {
        let zones = directory.entitled_zones(unit);
        zones.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    directory.nodes().map(|node| (node.unit.to_string(), zones(&node.unit))).collect()
}
