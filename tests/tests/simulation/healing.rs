//! The glue between a node's log and the healing core: what the program's healing task does, as
//! calls that a test makes one by one.

use std::collections::BTreeSet;

use bytes::Bytes;
use giapranh_domain::note_delivery;
use giapranh_log::{Arrival, Outcome, Tail};
use giapranh_node::healing::answers::{self, Verdict};
use giapranh_node::healing::{
    Answer, Ask, Claim, Feed, Finding, Heads, Mine, Registry as _, SILENT_INTERVALS, Why,
};
use giapranh_record::beacon::{Beacon, FeedHead, LocalHead, SignedBeacon};
use giapranh_record::page::RangeRequest;
use giapranh_record::{Draft, Facts, Payload, ZONE_DIRECTORY, ZONE_LOCAL};
use uuid::Uuid;

use super::founding::key;
use super::node::{INTERVAL_MS, Life, Node};
use super::wait;

/// Most events of a page here, so that there is more than one.
const PAGE_EVENTS: usize = 3;
/// How long somebody is not heard about this node's own events who could not show any.
const DISBELIEVED_MS: u64 = 3_600_000;
/// How long a claim holds the node up of whoever does not answer.
const UNANSWERED_MS: u64 = 60_000;

/// What a peer answers to a question.
#[derive(Debug, Clone)]
pub enum Reply {
    Page(Bytes),
    NotEntitled,
    NotHere,
}

impl Node {
    /// The beacons that are due now, with their zones.
    pub fn say(&mut self) -> Vec<(String, Bytes)> {
        let clock_ms = self.now_ms();
        let (unit, up_ms) = (self.unit, self.up_ms());
        let Some(life) = &mut self.life else { return Vec::new() };
        let zones = life.zones(unit);
        life.beacons.in_zones(zones.iter().map(String::as_str), up_ms);
        let due = life.beacons.due(up_ms);
        life.settling.said(up_ms);
        let mut said = Vec::new();
        for zone in due {
            self.counter = clock_ms.max(self.counter + 1);
            let beacon = life.beacon(unit, &zone, self.counter, clock_ms);
            let signed =
                beacon.sign(&key(unit, life.epoch)).expect("a beacon that keeps the rules");
            said.push((zone, signed.bytes().clone()));
        }
        said
    }

    /// Takes in a beacon. Tells whether it counted.
    pub fn hear(&mut self, bytes: Bytes) -> bool {
        let (clock_ms, up_ms, unit) = (self.now_ms(), self.up_ms(), self.unit);
        let life = self.life.as_mut().expect("it runs");
        let signed = SignedBeacon::parse(bytes).expect("a beacon that keeps the rules");
        let Life { peers, mirror, standing, settling, wants, beacons, .. } = life;
        let heads = mirror.whole_heads();
        let Ok(admitted) = peers.admit(&signed, &**standing, &heads, self.counter) else {
            life.look(unit, up_ms);
            return false;
        };
        let hash_at = |feed: &Feed, seq: u64| mirror.hash_at(feed, seq);
        let mine = Mine { heads: &heads, hash_at: &hash_at, now_ms: up_ms, clock_ms };
        let heard = peers.hear(&admitted, &mine);
        settling.heard(admitted.unit(), admitted.zone(), up_ms);
        wants.heard(admitted.unit());
        if heard.new_instance {
            beacons.asked(admitted.zone(), up_ms);
        }
        life.look(unit, up_ms);
        for finding in heard.findings {
            self.act_on(finding, &signed);
        }
        true
    }

    fn act_on(&mut self, finding: Finding, said: &SignedBeacon) {
        match finding {
            Finding::OwnElsewhere(claim) => self.claimed(claim),
            Finding::Delivered { unit, zone, heads } => self.note(said, &unit, &zone, heads),
            Finding::Fork { feed, seq, said_by } => {
                let life = self.life.as_mut().expect("it runs");
                if !life.forked.contains(&(feed.origin.clone(), feed.epoch)) {
                    life.wants.evidence(feed, seq, said_by);
                }
            }
            Finding::Clone { .. } => panic!("{} was never cloned", self.unit),
            Finding::LocalWentBack { .. } => {}
        }
    }

    /// Notes in the log that a peer holds more of ours.
    fn note(&mut self, said: &SignedBeacon, unit: &str, zone: &str, heads: Vec<(u32, u64)>) {
        let signs = self.is_settled() && self.refusal().is_none();
        let (id, number) = (self.id(), self.next_note());
        let life = self.life.as_mut().expect("it runs");
        if !signs {
            return;
        }
        let decided = note_delivery(&id, said.bytes().clone());
        let draft = Draft {
            event_id: number,
            kind: decided.kind.code().to_owned(),
            acting_unit: self.unit.to_owned(),
            directory_seq: life.standing.directory().head(),
            alert: None,
            drafted_by: None,
            approved_by: None,
            causes: Vec::new(),
            facts: Facts::default(),
            erase_by_ms: None,
            zones: vec![ZONE_LOCAL.to_owned()],
            payload: Payload::Plain(giapranh_domain::wire::encode(&decided.body)),
        };
        wait(life.log.submit(move |batch| batch.append(draft))).expect("a log that signs");
        for (epoch, seq) in heads {
            life.peers.noted(unit, zone, epoch, seq);
        }
        self.follow();
    }

    /// Somebody holds of this node's own events what it does not: it signs nothing until it is here,
    /// or has turned out to be a lie.
    fn claimed(&mut self, claim: Claim) {
        let (unit, up_ms) = (self.unit, self.up_ms());
        let life = self.life.as_mut().expect("it runs");
        if life.disbelieved.get(&claim.said_by).is_some_and(|until_ms| *until_ms > up_ms) {
            return;
        }
        let (origin, zone) = (unit.to_owned(), claim.zone.clone());
        let feed = Feed { origin, epoch: claim.epoch, zone };
        let proven = life.forked.contains(&(feed.origin.clone(), feed.epoch));
        if life.mirror.heads.get(&feed).is_some_and(|ours| claim.seq <= ours.seq) {
            if !proven {
                life.wants.evidence(feed, claim.seq, claim.said_by.clone());
            }
            return;
        }
        life.claimed_ms.entry(claim.said_by.clone()).or_insert(up_ms);
        let Claim { epoch, zone, seq, hash, said_by } = claim;
        let claim = giapranh_log::Claim { epoch, zone, seq, hash, said_by };
        wait(life.log.own_heads_elsewhere(vec![claim])).expect("a log that runs");
    }

    /// Looks after the own tail: a log without marker is whole when the stream was read and the peers
    /// were heard; and who claims and never answers holds the node up no longer.
    pub fn look_after_tail(&mut self) {
        let (node, up_ms) = (self.id(), self.up_ms());
        let Some(life) = &mut self.life else { return };
        life.disbelieved.retain(|_, until_ms| *until_ms > up_ms);
        let tail = life.log.tail().borrow().clone();
        if tail == Tail::Whole {
            life.claimed_ms.clear();
        }
        let claims = life.claimed_ms.clone().into_iter();
        for (unit, _) in claims.filter(|(_, since_ms)| up_ms - since_ms > UNANSWERED_MS) {
            life.disbelieve(&unit, up_ms);
        }
        if !matches!(tail, Tail::Unknown { .. }) {
            return;
        }
        let expected = life.expected(&node);
        let basic = |feed: &Feed| feed.zone == ZONE_DIRECTORY || feed.origin == node.as_str();
        let patience_ms = SILENT_INTERVALS * INTERVAL_MS;
        let current = !life.wants.is_lacking(basic, up_ms);
        if life.settling.is_confirmed(&expected, current, patience_ms, up_ms) {
            wait(life.log.tail_confirmed()).expect("a log that runs");
        } else {
            life.outbox.look_again();
        }
    }

    /// Looks which forks the log knows.
    pub fn look_after_forks(&mut self) {
        let Some(life) = &mut self.life else { return };
        let forks = life.reader.forks().expect("a log that can be read");
        let open = forks.into_iter().filter(|fork| fork.decided_position.is_none());
        life.forked = open.map(|fork| (fork.origin, fork.epoch)).collect();
    }

    /// Why it signs nothing, if it does not.
    pub fn refusal(&self) -> Option<String> {
        self.life.as_ref().and_then(|life| life.log.refusal())
    }

    /// Sends the questions that are to be asked now; gives how many.
    pub fn ask(&mut self) -> usize {
        let (unit, up_ms) = (self.unit, self.up_ms());
        self.look_after_forks();
        let Some(life) = &mut self.life else { return 0 };
        life.look(unit, up_ms);
        let asks = life.wants.next(unit, up_ms);
        let count = asks.len();
        life.asked.extend(asks);
        count
    }

    /// Answers a peer's question; `None` when it does not run.
    pub fn serve(&self, requester: &str, request: &[u8]) -> Option<Reply> {
        let life = self.life.as_ref()?;
        let request = RangeRequest::parse(request).expect("a request that keeps the rules");
        if !life.standing.is_entitled(requester, &request.zone) {
            return Some(Reply::NotEntitled);
        }
        let page = life.mirror.page(&request, PAGE_EVENTS);
        Some(page.map_or(Reply::NotHere, |page| Reply::Page(page.encode())))
    }

    /// Takes in the answer to a question; `None`: none came. Gives how many events came.
    pub fn answered(&mut self, ask: &Ask, reply: Option<Reply>) -> u64 {
        let mut events = 0;
        let answer = match reply {
            None => Answer::Unanswered,
            Some(Reply::NotEntitled) => Answer::NotEntitled,
            Some(Reply::NotHere) => Answer::NotHere,
            Some(Reply::Page(bytes)) => match answers::read(ask, &bytes) {
                Err(answer) => answer,
                Ok(page) => {
                    events = page.len() as u64;
                    self.take(ask, page)
                }
            },
        };
        self.look_after_forks();
        let (unit, up_ms) = (self.unit, self.up_ms());
        let life = self.life.as_mut().expect("it runs");
        life.look(unit, up_ms);
        life.wants.answered(ask, &answer, up_ms);
        life.look(unit, up_ms);
        let not_shown = matches!(answer, Answer::NotHere | Answer::Nonsense | Answer::NotEntitled);
        if ask.request.origin == unit && ask.why != Why::Copy {
            if matches!(answer, Answer::Taken { .. }) {
                life.claimed_ms.remove(&ask.to);
            } else if not_shown {
                life.disbelieve(&ask.to, up_ms);
            }
        }
        events
    }

    fn take(&mut self, ask: &Ask, page: Vec<Bytes>) -> Answer {
        let RangeRequest { zone, origin, .. } = &ask.request;
        let arrival = |bytes| Arrival {
            subject: format!("{zone}/{origin} from {}", ask.to),
            named: Some((zone.clone(), origin.clone())),
            bytes,
        };
        let outcomes = self.arrive(page.into_iter().map(arrival).collect());
        let verdict = |outcome: &Outcome| match outcome {
            Outcome::Appended(_) | Outcome::Duplicate | Outcome::Held("gap") => Verdict::In,
            Outcome::Held(_) | Outcome::Left(_) => Verdict::Waits,
            Outcome::Quarantined(reason) => Verdict::Refused(reason),
        };
        answers::judged(ask, &outcomes.iter().map(verdict).collect::<Vec<_>>())
    }

    /// Ids of what the node says by itself: the same for the same history.
    fn next_note(&mut self) -> Uuid {
        self.notes += 1;
        let unit = super::founding::UNITS.iter().position(|unit| *unit == self.unit);
        let high = 0x0190_0000_0001_7000 + ((unit.unwrap_or(0) as u64) << 16);
        Uuid::from_u64_pair(high, (1 << 63) | self.notes)
    }
}

impl Life {
    pub fn beacon(&self, unit: &str, zone: &str, counter: u64, sent_ms: u64) -> Beacon {
        let of_zone = self.mirror.whole_heads().into_iter().filter(|(feed, _)| feed.zone == zone);
        let heads = of_zone.map(|(feed, head)| FeedHead {
            origin: feed.origin,
            epoch: feed.epoch,
            seq: head.seq,
            hash: head.hash,
        });
        Beacon {
            unit: unit.to_owned(),
            epoch: self.epoch,
            zone: zone.to_owned(),
            instance: self.instance,
            counter,
            sent_ms,
            directory_seq: self.standing.directory().head(),
            local: self.mirror.local.unwrap_or(LocalHead::EMPTY),
            heads: heads.collect(),
        }
    }

    /// Looks at what is lacking.
    fn look(&mut self, unit: &str, up_ms: u64) {
        let entitled: BTreeSet<String> = self.zones(unit);
        let forked = &self.forked;
        let wanted = |feed: &Feed| {
            let open = forked.contains(&(feed.origin.clone(), feed.epoch));
            entitled.contains(&feed.zone) && !open
        };
        let heads: Heads = self.mirror.whole_heads();
        let lacks = self.peers.lacks(&heads, wanted);
        self.wants.lacks(lacks, up_ms);
    }

    fn disbelieve(&mut self, unit: &str, up_ms: u64) {
        self.claimed_ms.remove(unit);
        self.disbelieved.insert(unit.to_owned(), up_ms + DISBELIEVED_MS);
        wait(self.log.disregard(unit.to_owned())).expect("a log that runs");
    }
}
