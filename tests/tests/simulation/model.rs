//! What a cluster is, without logs, signatures and files: which node holds which events. Small enough
//! to be seen to be right, and the real one has to agree with it after every move.
//!
//! An event enters a log when one of its links to a zone of the node follows on what is there; until
//! then it waits. That is all that decides what a node holds.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use giapranh_record::{ZONE_CLUSTER, ZONE_DIRECTORY};
use giapranh_testkit::streams::{InMemory, Message, Published, Saved, Streams as _};
use proptest::prelude::*;
use proptest_state_machine::ReferenceStateMachine;

use super::founding::{self, PROVINCES, UNITS, ZONES, province};
use super::wishes;

/// An event, by its number among those that were acknowledged.
type Number = usize;

/// A move of the cluster. Those that are not possible change nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Move {
    /// A node issues an alert; the number picks the zones.
    Issue(usize, u8),
    /// Its outbox turns; the line breaks after so many messages.
    Publish(usize, Option<u8>),
    /// It takes so many messages from the stream of a province, backwards or not, and its
    /// acknowledgements arrive or not.
    Pull {
        node: usize,
        of: usize,
        most: u8,
        backwards: bool,
        acknowledged: bool,
    },
    /// What it did not acknowledge comes again.
    Overdue(usize, usize),
    /// Everybody speaks, asks and answers until nobody has anything to ask.
    Gossip,
    Cut(usize),
    Join(usize),
    Part,
    Meet,
    Kill(usize),
    Start(usize),
    LoseStream(usize),
    SaveStream(usize),
    RollStream(usize, bool),
    Own(usize),
}

/// An event: who said it, and its place in each of its feeds.
#[derive(Debug, Clone)]
pub struct Said {
    pub by: usize,
    pub places: BTreeMap<String, u64>,
}

#[derive(Debug, Clone, Default)]
pub struct Member {
    pub down: bool,
    pub cut: bool,
    /// In its log.
    pub holds: BTreeSet<Number>,
    /// Came, and waits for what is before it.
    waits: BTreeSet<Number>,
    /// How many of its own it has published, since it looked; `None`: it has to look.
    published: Option<usize>,
    /// How far the stream was when it looked, by zone.
    in_stream: BTreeMap<String, u64>,
}

/// The whole.
#[derive(Clone, Default)]
pub struct Model {
    pub said: Vec<Said>,
    pub members: [Member; UNITS.len()],
    pub parted: bool,
    streams: InMemory,
    saved: [Option<Saved>; PROVINCES.len()],
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} events", self.said.len())
    }
}

/// The zones of a unit.
pub fn zones(unit: &str) -> BTreeSet<String> {
    let member = ZONES.iter().filter(|(_, members)| members.contains(&unit));
    let for_all = [ZONE_CLUSTER, ZONE_DIRECTORY].map(str::to_owned);
    member.map(|(zone, _)| (*zone).to_owned()).chain(for_all).collect()
}

impl Model {
    /// Everybody runs and knows the directory, and every province has its stream.
    pub fn new() -> Self {
        let mut model = Self::default();
        for seq in (1..).take(founding::words()) {
            model.said.push(Said { by: 0, places: [(ZONE_DIRECTORY.to_owned(), seq)].into() });
        }
        for member in &mut model.members {
            member.holds.extend(0..model.said.len());
        }
        (0..PROVINCES.len()).for_each(|of| model.own(of));
        (0..UNITS.len()).for_each(|node| model.publish(node, None));
        model
    }

    fn reaches(&self, node: usize, of: &str) -> bool {
        let member = &self.members[node];
        !member.down && !member.cut && (!self.parted || province(UNITS[node]) == of)
    }

    fn own(&mut self, of: usize) {
        let owner = UNITS.iter().position(|unit| *unit == PROVINCES[of]).unwrap_or_default();
        if self.reaches(owner, PROVINCES[of]) {
            let subscriber =
                |unit: &&str| ((*unit).to_owned(), zones(unit).into_iter().collect::<Vec<_>>());
            let subscribers: Vec<_> = UNITS.iter().map(subscriber).collect();
            self.streams.own(PROVINCES[of], &subscribers);
        }
    }

    fn issue(&mut self, node: usize, to: u8) {
        if self.members[node].down {
            return;
        }
        let next = |zone: &String| {
            let before = self.said.iter().rev().filter(|said| said.by == node);
            before.filter_map(|said| said.places.get(zone)).max().unwrap_or(&0) + 1
        };
        let zones = wishes::zones(UNITS[node], to);
        let places = zones.iter().map(|zone| (zone.clone(), next(zone))).collect();
        self.members[node].holds.insert(self.said.len());
        self.said.push(Said { by: node, places });
    }

    fn publish(&mut self, node: usize, mut breaks_after: Option<u8>) {
        let of = province(UNITS[node]);
        if !self.reaches(node, of) {
            return;
        }
        let own: Vec<Number> = (0..self.said.len()).filter(|n| self.said[*n].by == node).collect();
        if self.members[node].published.is_none() && !self.look(node, &own) {
            return;
        }
        for (index, number) in own.iter().enumerate() {
            let member = &self.members[node];
            if member.published.is_none_or(|published| index < published) {
                continue;
            }
            for (zone, seq) in &self.said[*number].places {
                if member.in_stream.get(zone).is_some_and(|last| seq <= last) {
                    continue;
                }
                let message = message(*number, zone, UNITS[node]);
                let broken = breaks_after == Some(0);
                if broken || !again(&mut self.streams, of, message) {
                    self.members[node].published = None;
                    return;
                }
                breaks_after = breaks_after.map(|left| left - 1);
            }
        }
        self.members[node].published = Some(own.len());
    }

    /// Compares the last on each subject with what is here.
    fn look(&mut self, node: usize, own: &[Number]) -> bool {
        let (mut in_stream, mut from) = (BTreeMap::new(), own.len());
        for zone in zones(UNITS[node]) {
            let Ok(last) = self.streams.last(province(UNITS[node]), &zone, UNITS[node]) else {
                return false;
            };
            let seen = last.map(|last| number(&last));
            if let Some(seen) = seen {
                in_stream.insert(zone.clone(), self.said[seen].places[&zone]);
            }
            let spoke = own.iter().any(|own| self.said[*own].places.contains_key(&zone));
            let after = seen.map_or(0, |seen| own.iter().filter(|own| **own <= seen).count());
            from = if spoke { from.min(after) } else { from };
        }
        self.members[node].in_stream = in_stream;
        self.members[node].published = Some(from);
        true
    }

    fn pull(&mut self, node: usize, of: usize, most: u8, acknowledged: bool) {
        if !self.reaches(node, PROVINCES[of]) {
            return;
        }
        let pulled = self.streams.pull(PROVINCES[of], UNITS[node], usize::from(most));
        let Ok(pulled) = pulled else { return };
        let numbers = pulled.iter().map(|delivery| number(&delivery.message)).collect();
        self.arrive(node, numbers);
        if acknowledged {
            let seqs: Vec<u64> = pulled.iter().map(|delivery| delivery.seq).collect();
            let _ = self.streams.acknowledge(PROVINCES[of], UNITS[node], &seqs);
        }
    }

    /// What came enters, and whatever waited for it.
    fn arrive(&mut self, node: usize, numbers: BTreeSet<Number>) {
        let said = &self.said;
        let member = &mut self.members[node];
        member.waits.extend(numbers);
        let mine = zones(UNITS[node]);
        loop {
            let holds = &member.holds;
            member.waits.retain(|number| !holds.contains(number));
            let follows = |number: &&Number| {
                let Said { by, places } = &said[**number];
                let mut mine = places.iter().filter(|(zone, _)| mine.contains(*zone));
                mine.any(|(zone, seq)| head(said, holds, *by, zone) + 1 == *seq)
            };
            let Some(next) = member.waits.iter().find(follows).copied() else { return };
            member.holds.insert(next);
        }
    }

    /// Everybody gets what anybody holds whom it can reach, zone by zone.
    fn gossip(&mut self) {
        loop {
            let before: Vec<usize> = self.members.iter().map(|m| m.holds.len()).collect();
            for node in 0..UNITS.len() {
                for (other, unit) in UNITS.iter().enumerate() {
                    let reach = node != other
                        && !self.members[other].cut
                        && !self.members[other].down
                        && self.reaches(node, province(unit));
                    if reach {
                        let offered = self.offered(node, other);
                        self.arrive(node, offered);
                    }
                }
            }
            if before.iter().zip(&self.members).all(|(count, m)| *count == m.holds.len()) {
                return;
            }
        }
    }

    /// What another holds without a gap, in zones of both, beyond what is here.
    fn offered(&self, node: usize, other: usize) -> BTreeSet<Number> {
        let (ours, theirs) = (&self.members[node].holds, &self.members[other].holds);
        let mut offered = BTreeSet::new();
        for zone in zones(UNITS[node]).intersection(&zones(UNITS[other])) {
            for by in 0..UNITS.len() {
                let from = head(&self.said, ours, by, zone);
                let until = head(&self.said, theirs, by, zone);
                offered.extend(theirs.iter().copied().filter(|number| {
                    let Said { by: origin, places } = &self.said[*number];
                    let seq = places.get(zone).filter(|_| *origin == by);
                    seq.is_some_and(|seq| *seq > from && *seq <= until)
                }));
            }
        }
        offered
    }

    fn reconnect(&mut self, of: usize) {
        for (member, unit) in self.members.iter_mut().zip(UNITS) {
            if province(unit) == PROVINCES[of] {
                member.published = None;
            }
        }
    }

    fn step(&mut self, step: &Move) {
        match *step {
            Move::Issue(node, to) => self.issue(node, to),
            Move::Publish(node, breaks_after) => self.publish(node, breaks_after),
            Move::Pull { node, of, most, acknowledged, .. } => {
                self.pull(node, of, most, acknowledged);
            }
            Move::Overdue(node, of) => {
                let _ = self.streams.overdue(PROVINCES[of], UNITS[node]);
            }
            Move::Gossip => self.gossip(),
            Move::Cut(node) => {
                self.members[node].cut = true;
                self.members[node].published = None;
            }
            Move::Join(node) => {
                let member = &mut self.members[node];
                if std::mem::take(&mut member.cut) {
                    member.published = None;
                }
            }
            Move::Part => self.parted = true,
            Move::Meet => self.parted = false,
            Move::Kill(node) => {
                self.members[node].down = true;
                self.members[node].published = None;
            }
            Move::Start(node) => self.members[node].down = false,
            Move::LoseStream(of) => self.streams.lose(PROVINCES[of]),
            Move::SaveStream(of) => self.saved[of] = self.streams.save(PROVINCES[of]),
            Move::RollStream(of, with_durables) => {
                if let Some(saved) = &self.saved[of] {
                    self.streams.put_back(PROVINCES[of], saved, with_durables);
                    self.reconnect(of);
                }
            }
            Move::Own(of) => self.own(of),
        }
    }
}

/// How far a feed is held without a gap.
fn head(said: &[Said], holds: &BTreeSet<Number>, by: usize, zone: &str) -> u64 {
    let of_feed = holds.iter().filter(|number| said[**number].by == by);
    let seqs: BTreeSet<u64> =
        of_feed.filter_map(|number| said[*number].places.get(zone).copied()).collect();
    (1..).zip(seqs).take_while(|(place, seq)| place == seq).count() as u64
}

fn message(number: Number, zone: &str, origin: &str) -> Message {
    let id = format!("{number}:{zone}");
    let (zone, origin) = (zone.to_owned(), origin.to_owned());
    Message { id, zone, origin, bytes: number.to_string().into_bytes() }
}

fn number(message: &Message) -> Number {
    String::from_utf8_lossy(&message.bytes).parse().unwrap_or_default()
}

/// Publishes; under another id where the stream has the event and something after it.
fn again(streams: &mut InMemory, of: &str, mut message: Message) -> bool {
    match streams.publish(of, &message) {
        Err(_) => false,
        Ok(Published::Stored) => true,
        Ok(Published::Duplicate) => {
            let last = streams.last(of, &message.zone, &message.origin);
            if last.ok().flatten().is_some_and(|last| last.bytes == message.bytes) {
                return true;
            }
            message.id.push('+');
            again(streams, of, message)
        }
    }
}

impl ReferenceStateMachine for Model {
    type State = Self;
    type Transition = Move;

    fn init_state() -> BoxedStrategy<Self> {
        Just(Self::new()).boxed()
    }

    fn transitions(_: &Self) -> BoxedStrategy<Move> {
        let node = || 0..UNITS.len();
        let of = || 0..PROVINCES.len();
        prop_oneof![
            8 => (node(), 0..4_u8).prop_map(|(node, to)| Move::Issue(node, to)),
            6 => (node(), proptest::option::weighted(0.2, 0..4_u8))
                .prop_map(|(node, breaks)| Move::Publish(node, breaks)),
            8 => (node(), of(), 1..6_u8, any::<bool>(), any::<bool>()).prop_map(
                |(node, of, most, backwards, acknowledged)| Move::Pull {
                    node, of, most, backwards, acknowledged
                }
            ),
            1 => (node(), of()).prop_map(|(node, of)| Move::Overdue(node, of)),
            2 => Just(Move::Gossip),
            1 => node().prop_map(Move::Cut),
            1 => node().prop_map(Move::Join),
            1 => prop_oneof![Just(Move::Part), Just(Move::Meet)],
            1 => node().prop_map(Move::Kill),
            2 => node().prop_map(Move::Start),
            1 => of().prop_map(Move::LoseStream),
            1 => of().prop_map(Move::SaveStream),
            1 => (of(), any::<bool>()).prop_map(|(of, with)| Move::RollStream(of, with)),
            2 => of().prop_map(Move::Own),
        ]
        .boxed()
    }

    fn apply(mut state: Self, transition: &Move) -> Self {
        state.step(transition);
        state
    }
}
