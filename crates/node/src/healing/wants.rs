//! From what is lacking to whom to ask, for what, and when.
//!
//! One request is on its way to a peer at a time, and one for a feed. A page continues where the one
//! before ended. Who answered with nonsense rests, and the next who holds it is asked; so a peer that
//! lies costs a question now and then, and nobody else's feed is held up.

use std::collections::{BTreeMap, BTreeSet};

use giapranh_record::ZONE_DIRECTORY;
use giapranh_record::page::RangeRequest;

use super::Feed;
use super::asks::{Answer, Ask, Doubt, Holder, Lack, Why};

/// Feeds that are asked for at once: each costs a page of memory here and at the one who answers.
pub const FEEDS_AT_ONCE: usize = 8;
/// How long a feed may stand still before it is asked for: what was just published comes by itself.
pub const GRACE_MS: u64 = 1_000;
/// Single events that are asked for, as evidence or because a signature is bad: more are found again
/// later.
const SINGLES: usize = 256;
/// How long a peer rests that has answered with nonsense; each time in a row twice as long.
const NONSENSE_MS: u64 = 30_000;
const NONSENSE_MOST_MS: u64 = 3_600_000;
/// How long a peer rests that has not answered; each time in a row twice as long.
const SILENCE_MS: u64 = 2_000;
const SILENCE_MOST_MS: u64 = 60_000;
/// How long a peer is not asked for a feed that it does not have, or does not give us.
const NOT_HERE_MS: u64 = 30_000;
/// How long a feed is not asked for that the gate does not take now.
const BARRED_MS: u64 = 30_000;
/// The shortest and the longest that a peer can make us wait by saying that it is busy.
const BUSY_LEAST_MS: u64 = 50;
const BUSY_MOST_MS: u64 = 60_000;
/// How long a peer that has shown another history of a feed is not asked for that feed again: what it
/// goes on to say of it is the same history, also after somebody decided here.
const SHOWN_MS: u64 = 600_000;
/// How long a peer is not asked for what it holds of a feed beyond a cut: only founders who undo the
/// cut make a difference.
const BEYOND_CUT_MS: u64 = 24 * 3_600_000;

/// What is wanted, and how asking for it goes.
#[derive(Debug, Default)]
pub struct Wants {
    lacks: BTreeMap<Feed, Want>,
    singles: BTreeMap<(Why, Feed, u64), Single>,
    peers: BTreeMap<String, Rest>,
    /// What a peer is not asked for, and until when.
    without: BTreeMap<(String, Feed), u64>,
    /// On their way: by peer, with the feed.
    asked: BTreeMap<String, (Why, Feed)>,
    /// The feed that was asked for last: the next turn begins after it.
    last: Option<Feed>,
}

#[derive(Debug)]
struct Want {
    lack: Lack,
    /// Since when its head stands still.
    since_ms: u64,
    /// A page of it came and more is there: the next is asked for at once.
    hot: bool,
    barred_until_ms: u64,
    /// Whose page the gate did not take: others are asked before him. Anybody can make a page that
    /// only waits, and must not bar the feed again and again for those who have the right one.
    barred_by: Option<String>,
}

#[derive(Debug)]
struct Single {
    holders: Vec<String>,
    turn: usize,
    rest_until_ms: u64,
}

#[derive(Debug, Default, Clone, Copy)]
struct Rest {
    until_ms: u64,
    nonsense: u32,
    silences: u32,
    /// How many answers in a row brought nothing.
    fruitless: u32,
}

impl Want {
    fn ready_ms(&self, me: &str) -> u64 {
        // What a node once acknowledged the stream does not give it again.
        let at_once = self.hot || self.lack.feed.origin == me;
        let grace_ms = if at_once { 0 } else { self.since_ms + GRACE_MS };
        grace_ms.max(self.barred_until_ms)
    }
}

impl Wants {
    /// Nothing is wanted.
    pub fn new() -> Self {
        Self::default()
    }

    /// All that is lacking now: what is not among it is not wanted any more.
    pub fn lacks(&mut self, lacks: Vec<Lack>, now_ms: u64) {
        let mut before = std::mem::take(&mut self.lacks);
        for lack in lacks {
            let fresh = Want {
                since_ms: now_ms,
                hot: false,
                barred_until_ms: 0,
                barred_by: None,
                lack: lack.clone(),
            };
            let mut want = before.remove(&lack.feed).unwrap_or(fresh);
            if want.hot && lack.from_seq < want.lack.from_seq {
                // What came is durable and is not in the feed: it waits for something else.
                want.hot = false;
                want.barred_until_ms = now_ms + BARRED_MS;
            } else if lack.from_seq > want.lack.from_seq {
                want.since_ms = now_ms;
            }
            want.since_ms = want.since_ms.min(now_ms);
            want.lack = lack;
            self.lacks.insert(want.lack.feed.clone(), want);
        }
        self.without.retain(|_, until_ms| *until_ms > now_ms);
    }

    /// Asks a peer for the event with which it contradicts ours.
    pub fn evidence(&mut self, feed: Feed, seq: u64, from: String) {
        let key = (Why::Evidence, feed, seq);
        if self.singles.len() < SINGLES && !self.singles.contains_key(&key) {
            let single = Single { holders: vec![from], turn: 0, rest_until_ms: 0 };
            self.singles.insert(key, single);
        }
    }

    /// All the events whose signature is bad now.
    pub fn doubts(&mut self, doubts: Vec<Doubt>) {
        let keys: BTreeSet<_> =
            doubts.iter().map(|doubt| (doubt.feed.clone(), doubt.seq)).collect();
        self.singles.retain(|(why, feed, seq), _| {
            *why != Why::Copy || keys.contains(&(feed.clone(), *seq))
        });
        for Doubt { feed, seq, holders } in doubts {
            if self.singles.len() >= SINGLES {
                return;
            }
            let fresh = Single { holders: Vec::new(), turn: 0, rest_until_ms: 0 };
            let single = self.singles.entry((Why::Copy, feed, seq)).or_insert(fresh);
            single.holders = holders;
        }
    }

    /// Whether anything is lacking of a feed that `of` picks, which somebody may still have: who was
    /// asked for it and could not show it has it no more than anybody else.
    pub fn is_lacking(&self, of: impl Fn(&Feed) -> bool, now_ms: u64) -> bool {
        let hopeful = |want: &Want| {
            let feed = &want.lack.feed;
            let asked = self.asked.values().any(|asked| *asked == (Why::Lack, feed.clone()));
            asked
                || want.lack.holders.iter().any(|holder| {
                    let key = (holder.unit.clone(), feed.clone());
                    let without = self.without.get(&key).is_some_and(|until| *until > now_ms);
                    let lied = self.peers.get(&holder.unit);
                    let lied = lied.is_some_and(|rest| rest.nonsense > 0 && rest.until_ms > now_ms);
                    !without && !lied
                })
        };
        self.lacks.values().any(|want| of(&want.lack.feed) && hopeful(want))
    }

    /// Whether what a peer answered last was nonsense.
    pub fn has_lied(&self, unit: &str) -> bool {
        self.peers.get(unit).is_some_and(|rest| rest.nonsense > 0)
    }

    /// How many feeds lack something.
    pub fn lacking(&self) -> usize {
        self.lacks.len()
    }

    /// What to ask now; each counts as asked until it is [`Wants::answered`].
    pub fn next(&mut self, me: &str, now_ms: u64) -> Vec<Ask> {
        let mut asks = Vec::new();
        for feed in self.turn(me) {
            if self.asked.len() >= FEEDS_AT_ONCE {
                return asks;
            }
            // Without the directory's keys and zones the others would only be held.
            if feed.zone != ZONE_DIRECTORY && self.asks_for_directory() {
                break;
            }
            if let Some(ask) = self.ask_for(&feed, me, now_ms) {
                self.asked.insert(ask.to.clone(), (Why::Lack, feed.clone()));
                self.last = Some(feed);
                asks.push(ask);
            }
        }
        let singles: Vec<_> = self.singles.keys().cloned().collect();
        for (why, feed, seq) in singles {
            if self.asked.len() >= FEEDS_AT_ONCE {
                break;
            }
            if let Some(to) = self.single(&(why, feed.clone(), seq), now_ms) {
                self.asked.insert(to.clone(), (why, feed.clone()));
                asks.push(Ask { to, request: request(&feed, seq, seq), why });
            }
        }
        asks
    }

    /// The directory first, then this node's own, then each in turn.
    fn turn(&self, me: &str) -> Vec<Feed> {
        let after = |feed: &Feed| self.last.as_ref().is_none_or(|last| feed > last);
        let mut feeds: Vec<Feed> = self.lacks.keys().cloned().collect();
        feeds.sort_by_key(|feed| {
            (feed.zone != ZONE_DIRECTORY, feed.origin != me, !after(feed), feed.clone())
        });
        feeds
    }

    /// Whether the directory may come any moment. From a peer whose last answers brought nothing it
    /// may not: everything else would wait for as long as he likes.
    fn asks_for_directory(&self) -> bool {
        let fruitful = |unit: &str| self.peers.get(unit).is_none_or(|rest| rest.fruitless == 0);
        self.asked.iter().any(|(unit, (why, feed))| {
            *why == Why::Lack && feed.zone == ZONE_DIRECTORY && fruitful(unit)
        })
    }

    fn ask_for(&self, feed: &Feed, me: &str, now_ms: u64) -> Option<Ask> {
        let want = self.lacks.get(feed)?;
        let in_flight = self.asked.values().any(|asked| *asked == (Why::Lack, feed.clone()));
        if in_flight || want.ready_ms(me) > now_ms {
            return None;
        }
        let may = |holder: &&Holder| {
            holder.seq >= want.lack.from_seq && self.may_ask(&holder.unit, feed, now_ms)
        };
        let mut holders = want.lack.holders.iter().filter(may);
        let barred = |holder: &&Holder| want.barred_by.as_ref() != Some(&holder.unit);
        let holder = holders.clone().find(barred).or_else(|| holders.next())?;
        let request = request(feed, want.lack.from_seq, holder.seq);
        Some(Ask { to: holder.unit.clone(), request, why: Why::Lack })
    }

    fn may_ask(&self, unit: &str, feed: &Feed, now_ms: u64) -> bool {
        let rests = self.peers.get(unit).is_some_and(|rest| rest.until_ms > now_ms);
        let without = self.without.get(&(unit.to_owned(), feed.clone()));
        !rests
            && !self.asked.contains_key(unit)
            && without.is_none_or(|until_ms| *until_ms <= now_ms)
    }

    fn single(&self, key: &(Why, Feed, u64), now_ms: u64) -> Option<String> {
        let single = self.singles.get(key)?;
        if single.rest_until_ms > now_ms || single.holders.is_empty() {
            return None;
        }
        let to = &single.holders[single.turn % single.holders.len()];
        self.may_ask(to, &key.1, now_ms).then(|| to.clone())
    }

    /// What became of a question.
    pub fn answered(&mut self, ask: &Ask, answer: &Answer, now_ms: u64) {
        self.asked.remove(&ask.to);
        self.rest(&ask.to, answer, now_ms);
        let feed = ask.feed();
        if ask.why == Why::Evidence && matches!(answer, Answer::Taken { .. }) {
            self.without.insert((ask.to.clone(), feed.clone()), now_ms + SHOWN_MS);
        }
        match ask.why {
            Why::Lack => self.lack_answered(ask, &feed, answer, now_ms),
            why => {
                let key = (why, feed, ask.request.from_seq);
                self.single_answered(&key, answer, now_ms);
            }
        }
    }

    fn lack_answered(&mut self, ask: &Ask, feed: &Feed, answer: &Answer, now_ms: u64) {
        match answer {
            Answer::NotHere | Answer::NotEntitled => {
                self.without.insert((ask.to.clone(), feed.clone()), now_ms + NOT_HERE_MS);
            }
            Answer::BeyondCut => {
                self.without.insert((ask.to.clone(), feed.clone()), now_ms + BEYOND_CUT_MS);
            }
            _ => {}
        }
        let Some(want) = self.lacks.get_mut(feed) else { return };
        match answer {
            Answer::Taken { through_seq } if *through_seq >= ask.request.from_seq => {
                want.lack.from_seq = want.lack.from_seq.max(through_seq + 1);
                want.hot = true;
                want.barred_by = None;
            }
            Answer::Barred => {
                want.hot = false;
                want.barred_until_ms = now_ms + BARRED_MS;
                want.barred_by = Some(ask.to.clone());
            }
            // Somebody else is asked at once: this has waited long enough.
            _ => {}
        }
    }

    fn single_answered(&mut self, key: &(Why, Feed, u64), answer: &Answer, now_ms: u64) {
        let Some(single) = self.singles.get_mut(key) else { return };
        let again = matches!(answer, Answer::Busy { .. } | Answer::Unanswered);
        if key.0 == Why::Evidence && !again {
            // If it still contradicts us, its next beacon says so.
            self.singles.remove(key);
            return;
        }
        single.turn += 1;
        let round = single.turn.is_multiple_of(single.holders.len().max(1));
        single.rest_until_ms = if round { now_ms + NOT_HERE_MS } else { now_ms };
    }

    fn rest(&mut self, unit: &str, answer: &Answer, now_ms: u64) {
        let rest = self.peers.entry(unit.to_owned()).or_default();
        let doubled =
            |first: u64, times: u32, most: u64| first.saturating_mul(1 << times.min(16)).min(most);
        rest.fruitless = rest.fruitless.saturating_add(1);
        match answer {
            Answer::Nonsense => {
                rest.until_ms = now_ms + doubled(NONSENSE_MS, rest.nonsense, NONSENSE_MOST_MS);
                rest.nonsense += 1;
            }
            Answer::Unanswered => {
                rest.until_ms = now_ms + doubled(SILENCE_MS, rest.silences, SILENCE_MOST_MS);
                rest.silences += 1;
            }
            Answer::Busy { retry_after_ms } => {
                rest.until_ms = now_ms + (*retry_after_ms).clamp(BUSY_LEAST_MS, BUSY_MOST_MS);
                rest.silences = 0;
            }
            Answer::Taken { .. } => *rest = Rest::default(),
            Answer::NotHere | Answer::Barred | Answer::BeyondCut | Answer::NotEntitled => {
                rest.silences = 0;
            }
        }
    }

    /// A peer was heard again: that it did not answer before says nothing any more.
    pub fn heard(&mut self, unit: &str) {
        if let Some(rest) = self.peers.get_mut(unit).filter(|rest| rest.nonsense == 0) {
            // What it brought last still says whether to wait for it.
            *rest = Rest { fruitless: rest.fruitless, ..Rest::default() };
        }
    }

    /// When [`Wants::next`] may give something although nothing has happened.
    pub fn next_ms(&self, me: &str, now_ms: u64) -> Option<u64> {
        let feeds = self.lacks.values().map(|want| want.ready_ms(me));
        let singles = self.singles.values().map(|single| single.rest_until_ms);
        let peers = self.peers.values().map(|rest| rest.until_ms);
        let without = self.without.values().copied();
        let wanted = !self.lacks.is_empty() || !self.singles.is_empty();
        let all = feeds.chain(singles).chain(peers).chain(without);
        all.filter(|at| wanted && *at > now_ms).min()
    }
}

fn request(feed: &Feed, from_seq: u64, until_seq: u64) -> RangeRequest {
    let Feed { origin, epoch, zone } = feed.clone();
    RangeRequest { zone, origin, epoch, from_seq, until_seq }
}
