//! This node's own tail: whether its log holds all that it ever published, and what to do when it
//! may not.

use giapranh_log::{LogError, Tail};
use tokio::sync::watch;

use super::asking::{is_basic, unshown};
use super::beaconing::claim;
use super::shared::{Rewound, one};
use super::{Course, Healer};
use crate::healing::{Answer, Ask, Claim, Feed, SILENT_INTERVALS};
use crate::outbox::rewind::STREAM;

/// How long somebody is not heard about our own events who could not show any.
const DISBELIEVED_MS: u64 = 3_600_000;
/// How long a claim holds this node up of whoever does not answer. Who has the events shows them within
/// seconds, also over a bad line; and any member can claim, so no longer than a station can bear. Only
/// the time with a line counts.
const UNANSWERED_MS: u64 = 60_000;

impl Healer {
    /// Whether the node has settled, and whether a tail that nobody knew about is known by now.
    pub(super) async fn look_after_tail(&self, course: &mut Course) -> Result<(), LogError> {
        let now_ms = self.now_ms();
        self.give_up_claims(course, now_ms).await?;
        let unknown = matches!(*self.log.tail().borrow(), Tail::Unknown { .. });
        if self.healing.is_settled() && !unknown {
            return Ok(());
        }
        // Asks the directory about every node and zone: only as long as that matters.
        let expected = self.expected();
        if self.healing.state().settling.is_settled(&expected, now_ms) && self.healing.settle() {
            tracing::info!(after_ms = now_ms, "the node has settled");
        }
        if !unknown {
            return Ok(());
        }
        // As long as everybody may take to speak.
        let patience_ms = SILENT_INTERVALS * self.interval_ms;
        let confirmed = {
            let state = self.healing.state();
            let me = self.unit.as_str();
            let lacking = state.wants.is_lacking(|feed: &Feed| is_basic(feed, me), now_ms);
            // Before there is a directory nobody knows who there is to ask. Whoever of those is heard
            // and knows more of it says so by its head, which is then lacking.
            let current = !lacking && self.standing.directory().head() > 0;
            state.settling.is_confirmed(&expected, current, patience_ms, now_ms)
        };
        if !confirmed {
            self.rewind.notify_one();
            return Ok(());
        }
        let tail = self.log.tail_confirmed().await?;
        if tail == Tail::Whole {
            tracing::warn!(
                "the marker was missing; the stream was read and the peers were heard: \
                the log holds all that was published, and a new marker says so"
            );
        }
        Ok(())
    }

    /// What the outbox found in the stream.
    pub(super) fn hear_stream(&self, rewound: &watch::Receiver<Rewound>) {
        let Rewound { tries, read, directory_head } = *rewound.borrow();
        let mut state = self.healing.state();
        if tries > 0 {
            state.settling.stream_asked();
        }
        let current = directory_head == self.standing.directory().head();
        state.settling.stream_read(read && current);
    }

    /// Whether somebody's word on our own events is to be heard; what of it goes to the log.
    pub(super) fn weigh(&self, course: &mut Course, said: Claim) -> Option<giapranh_log::Claim> {
        let now_ms = self.now_ms();
        let disbelieved = course.disbelieved.get(&said.said_by);
        if disbelieved.is_some_and(|until_ms| *until_ms > now_ms) {
            return None;
        }
        let (origin, zone) = (self.unit.to_string(), said.zone.clone());
        let feed = Feed { origin, epoch: said.epoch, zone };
        let mut state = self.healing.state();
        // Once that is proven it need not be shown again with every beacon.
        let proven = state.forked.contains(&(feed.origin.clone(), feed.epoch));
        if state.heads.get(&feed).is_some_and(|ours| said.seq <= ours.seq) {
            // It says that another event is there, and is to show that one: what has our signature
            // stops us, its word does not.
            if !proven {
                state.wants.evidence(feed, said.seq, said.said_by.clone());
            }
            return None;
        }
        drop(state);
        course.claimed_ms.entry(said.said_by.clone()).or_insert(now_ms);
        Some(claim(said))
    }

    /// What was claimed before this start: its claimants, too, have to show it some day.
    pub(super) async fn remember_claims(&self, course: &mut Course) {
        match self.log.submit(|batch| batch.claims()).await {
            Ok(claims) => {
                let now_ms = self.now_ms();
                // What the stream holds is signed with our key: that is never given up.
                let peers = claims.into_iter().filter(|claim| claim.said_by != STREAM);
                course.claimed_ms.extend(peers.map(|claim| (claim.said_by, now_ms)));
            }
            Err(error) => tracing::warn!(%error, "what was claimed before the start is not known"),
        }
    }

    /// Whether who claimed to hold events of ours has shown them.
    pub(super) async fn weigh_answer(&self, course: &mut Course, ask: &Ask, answer: &Answer) {
        if let Answer::Taken { .. } = answer {
            course.claimed_ms.remove(&ask.to);
        } else if unshown(ask, answer) {
            self.disbelieve(course, &ask.to).await;
        }
    }

    async fn disbelieve(&self, course: &mut Course, unit: &str) {
        one(&self.healing.counters.unshown);
        course.claimed_ms.remove(unit);
        course.disbelieved.insert(unit.to_owned(), self.now_ms() + DISBELIEVED_MS);
        tracing::error!(unit, "it claims to hold events of this node that it can't show");
        if let Err(error) = self.log.disregard(unit.to_owned()).await {
            tracing::warn!(%error, unit, "its claim stands");
        }
    }

    /// Who claims and never answers does not hold this node up for ever.
    async fn give_up_claims(&self, course: &mut Course, now_ms: u64) -> Result<(), LogError> {
        course.disbelieved.retain(|_, until_ms| *until_ms > now_ms);
        if *self.log.tail().borrow() == Tail::Whole {
            course.claimed_ms.clear();
            return Ok(());
        }
        if !self.is_up() {
            // Nobody can show anything: the time that a claim is given runs with the line.
            course.claimed_ms.values_mut().for_each(|since_ms| *since_ms = now_ms);
            return Ok(());
        }
        let overdue: Vec<String> = course
            .claimed_ms
            .iter()
            .filter(|(_, since_ms)| now_ms.saturating_sub(**since_ms) > UNANSWERED_MS)
            .map(|(unit, _)| unit.clone())
            .collect();
        for unit in overdue {
            self.disbelieve(course, &unit).await;
        }
        Ok(())
    }

    /// Another node speaks for this unit.
    pub(super) async fn cloned(&self, counter: u64) -> Result<(), LogError> {
        let now_ms = self.now_ms();
        let first = self.healing.state().cloned_ms.replace(now_ms).is_none();
        if first {
            tracing::error!(
                counter,
                "another node speaks for this unit with its key: this one signs \
                nothing more. Stop one of the two, and start the other one again"
            );
        }
        self.log.stand_aside(
            "another node speaks for this unit with its key: a copy of this one was started. Stop \
             one of the two, and start the other one again"
                .to_owned(),
        ).await
    }
}
