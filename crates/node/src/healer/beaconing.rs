//! Beacons go out and are heard.

use std::collections::BTreeMap;

use giapranh_domain::note_delivery;
use giapranh_feed::beacon;
use giapranh_log::{Claim, LogError, Tail};
use giapranh_record::beacon::{Beacon, FeedHead, SignedBeacon};
use giapranh_record::limits::BEACON_HEADS;
use giapranh_record::{Hash, ZONE_DIRECTORY};

use super::shared::one;
use super::{Course, Healer};
use crate::author::draft;
use crate::healing::{Admitted, Feed, Finding, Heads, Heard, Mine, Unheard};

impl Healer {
    /// Says of every zone that is due how far this node is in it.
    pub(super) async fn speak(&self, course: &mut Course) {
        if !self.is_up() {
            return;
        }
        let (now_ms, clock_ms) = (self.now_ms(), self.clock.now_ms());
        let due = self.healing.state().beacons.due(now_ms);
        for zone in due {
            let counter = match course.counter.next(clock_ms) {
                Ok(counter) => counter,
                Err(error) => {
                    tracing::warn!(%error, "a beacon can't be numbered, so none is said");
                    return;
                }
            };
            let signed = match self.compose(zone.clone(), counter, clock_ms).sign(&*self.signer) {
                Ok(signed) => signed,
                Err(error) => {
                    tracing::error!(%error, zone, "a beacon is none");
                    continue;
                }
            };
            let said = beacon::send(&self.line, &zone, self.unit.as_str(), signed.bytes().clone());
            if let Err(error) = said.await {
                // It comes again.
                tracing::debug!(%error, zone, "a beacon was not said");
                return;
            }
        }
        self.healing.state().settling.said(now_ms);
    }

    fn compose(&self, zone: String, counter: u64, sent_ms: u64) -> Beacon {
        let state = self.healing.state();
        let of_zone = state.heads.iter().filter(|(feed, _)| feed.zone == zone);
        let head = |(feed, head): (&Feed, &giapranh_record::chain::Head)| FeedHead {
            origin: feed.origin.clone(),
            epoch: feed.epoch,
            seq: head.seq,
            hash: head.hash,
        };
        let heads = of_zone.map(head).take(BEACON_HEADS).collect();
        Beacon {
            unit: self.unit.to_string(),
            epoch: self.epoch,
            zone,
            instance: self.instance,
            counter,
            sent_ms,
            directory_seq: self.standing.directory().head(),
            local: state.local,
            heads,
        }
    }

    /// Takes in what somebody said.
    pub(super) async fn hear(&self, course: &mut Course, heard: beacon::Heard) {
        let counters = &self.healing.counters;
        let signed = match SignedBeacon::parse(heard.bytes) {
            Ok(signed)
                if signed.beacon().zone == heard.zone && signed.beacon().unit == heard.unit =>
            {
                signed
            }
            _ => return one(&counters.unbelieved),
        };
        let heads = self.heads();
        let admitted = {
            let mut state = self.healing.state();
            let last = course.counter.last();
            state.peers.admit(&signed, &*self.standing, &heads, last)
        };
        match admitted {
            Ok(admitted) => {
                one(&counters.heard);
                if let Err(error) = self.take_in(course, &admitted).await {
                    tracing::warn!(%error, "a beacon was heard in vain");
                }
            }
            Err(Unheard::Echo) => {}
            Err(Unheard::Replayed) => one(&counters.replayed),
            Err(reason) => {
                one(&counters.unbelieved);
                tracing::debug!(unit = heard.unit, zone = heard.zone, %reason, "not heard");
                if heard.zone == ZONE_DIRECTORY {
                    // Whoever is not known may know more of the directory.
                    self.look_for_lacks();
                }
            }
        }
    }

    async fn take_in(&self, course: &mut Course, said: &Admitted<'_>) -> Result<(), LogError> {
        let heads = self.heads();
        let questions = self.healing.state().peers.questions(said, &heads);
        let mut here: BTreeMap<(Feed, u64), Option<Hash>> = BTreeMap::new();
        if !questions.is_empty() {
            here = self
                .read(move |reader| {
                    let look = |(feed, seq): (Feed, u64)| {
                        let hash = reader.hash_at(&feed.origin, feed.epoch, &feed.zone, seq)?;
                        Ok(((feed, seq), hash))
                    };
                    questions.into_iter().map(look).collect()
                })
                .await?;
        }
        let heard = self.compare(said, &heads, &here);
        if heard.more {
            self.look_for_lacks();
        }
        self.act_on(course, said, heard.findings).await
    }

    fn compare(
        &self,
        said: &Admitted<'_>,
        heads: &Heads,
        here: &BTreeMap<(Feed, u64), Option<Hash>>,
    ) -> Heard {
        let (now_ms, clock_ms) = (self.now_ms(), self.clock.now_ms());
        let hash_at = |feed: &Feed, seq| here.get(&(feed.clone(), seq)).copied().flatten();
        let mine = Mine { heads, hash_at: &hash_at, now_ms, clock_ms };
        let mut state = self.healing.state();
        let heard = state.peers.hear(said, &mine);
        if said.unit() != self.unit.as_str() {
            state.settling.heard(said.unit(), said.zone(), now_ms);
            state.wants.heard(said.unit());
        }
        if heard.new_instance {
            state.beacons.asked(said.zone(), now_ms);
        }
        heard
    }

    async fn act_on(
        &self,
        course: &mut Course,
        said: &Admitted<'_>,
        findings: Vec<Finding>,
    ) -> Result<(), LogError> {
        let mut claims = Vec::new();
        for finding in findings {
            match finding {
                Finding::Delivered { unit, zone, heads } => {
                    self.note(said, &unit, &zone, heads).await?;
                }
                Finding::OwnElsewhere(claim) => claims.extend(self.weigh(course, claim)),
                Finding::Fork { feed, seq, said_by } => {
                    let mut state = self.healing.state();
                    let known = state.forked.contains(&(feed.origin.clone(), feed.epoch));
                    if !known {
                        tracing::warn!(
                            origin = feed.origin,
                            seq,
                            said_by,
                            "another history is said"
                        );
                        state.wants.evidence(feed, seq, said_by);
                    }
                }
                Finding::Clone { counter } => self.cloned(counter).await?,
                Finding::LocalWentBack { unit, was, now } => {
                    tracing::error!(
                        unit,
                        was,
                        now,
                        "a peer's own notes are fewer than before, or others"
                    );
                }
            }
        }
        if claims.is_empty() { Ok(()) } else { self.log.own_heads_elsewhere(claims).await }
    }

    /// Notes in the log that a peer holds more of ours: its own word is the proof.
    async fn note(
        &self,
        said: &Admitted<'_>,
        unit: &str,
        zone: &str,
        heads: Vec<(u32, u64)>,
    ) -> Result<(), LogError> {
        // What can't be noted now is noted with a later beacon, which says the same and more.
        if !self.healing.is_settled() || *self.log.tail().borrow() != Tail::Whole {
            return Ok(());
        }
        let decided = note_delivery(&self.unit, said.signed().bytes().clone());
        let directory_head = self.standing.directory().head();
        let noted = self.log.submit(move |batch| {
            let now_ms = batch.now_ms();
            batch.append(draft(decided, directory_head, now_ms))
        });
        match noted.await {
            Ok(_) => {
                one(&self.healing.counters.noted);
                let mut state = self.healing.state();
                for (epoch, seq) in heads {
                    state.peers.noted(unit, zone, epoch, seq);
                }
                Ok(())
            }
            Err(LogError::Full | LogError::OwnTail(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// What was noted before this start.
    pub(super) async fn remember_deliveries(&self) {
        let views = self.views.clone();
        let noted = tokio::task::spawn_blocking(move || views.noted_deliveries()).await;
        match noted {
            Ok(Ok(noted)) => {
                let mut state = self.healing.state();
                for (unit, zone, epoch, seq) in noted {
                    state.peers.noted(&unit, &zone, epoch, seq);
                }
            }
            Ok(Err(error)) => tracing::warn!(%error, "deliveries are noted once more"),
            Err(error) => tracing::warn!(%error, "deliveries are noted once more"),
        }
    }
}

/// As the log takes it.
pub(super) fn claim(claim: crate::healing::Claim) -> Claim {
    let crate::healing::Claim { epoch, zone, seq, hash, said_by } = claim;
    Claim { epoch, zone, seq, hash, said_by }
}
