//! Backfill is asked for, and what comes goes through the log's gate like everything else.

use giapranh_domain::UnitId;
use giapranh_feed::backfill::{self, AskError};
use giapranh_feed::{Line, Subject};
use giapranh_log::{Arrival, Log, LogError, Outcome};
use giapranh_record::ZONE_DIRECTORY;

use super::shared::one;
use super::{Course, Healer, Healing};
use crate::healing::answers::{self, Verdict};
use crate::healing::{Answer, Ask, Doubt, Feed, Why};

impl Healer {
    /// Asks for all that is to be asked for now.
    pub(super) fn ask(&self, course: &mut Course) {
        if !self.is_up() {
            return;
        }
        let now_ms = self.now_ms();
        let asks = self.healing.state().wants.next(self.unit.as_str(), now_ms);
        for ask in asks {
            let (line, log, me) = (self.line.clone(), self.log.clone(), self.unit.clone());
            let healing = self.healing.clone();
            course.asking.spawn(async move {
                let answer = put(&line, &log, &healing, &me, &ask).await;
                (ask, answer)
            });
        }
    }

    /// A question has its answer.
    pub(super) async fn answered(&self, course: &mut Course, ask: &Ask, answer: &Answer) {
        let request = &ask.request;
        match answer {
            Answer::Taken { through_seq } => {
                tracing::info!(
                    from = ask.to,
                    origin = request.origin,
                    zone = request.zone,
                    first = request.from_seq,
                    last = through_seq,
                    "backfilled"
                );
            }
            Answer::Nonsense => {
                one(&self.healing.counters.nonsense);
                tracing::warn!(
                    from = ask.to,
                    origin = request.origin,
                    zone = request.zone,
                    "a peer answered with nonsense, and rests"
                );
            }
            other => tracing::debug!(from = ask.to, answer = ?other, "no page"),
        }
        // First what is here now, so that progress is told from a page that changed nothing.
        if let Err(error) = self.grown(course).await {
            tracing::warn!(%error, "healing waits");
        }
        let now_ms = self.now_ms();
        self.healing.state().wants.answered(ask, answer, now_ms);
        self.look_for_lacks();
        if request.origin == self.unit.as_str() {
            self.weigh_answer(course, ask, answer).await;
        }
    }

    /// Signatures in the log that are bad: other copies are asked for.
    pub(super) async fn doubt(
        &self,
        checked: &tokio::sync::watch::Receiver<giapranh_log::Checked>,
    ) {
        let positions: Vec<u64> = {
            let checked = checked.borrow();
            let mendable = checked.faults.iter().filter(|fault| fault.mendable);
            mendable.map(|fault| fault.position).collect()
        };
        let places = self.read(move |reader| {
            let mut places = Vec::new();
            for position in positions {
                let stored = reader.after(position.saturating_sub(1), 1)?;
                let header = stored.first().map(|stored| stored.event.header());
                let Some(header) = header else { continue };
                let Some(link) = header.links.first() else { continue };
                let (origin, zone) = (header.origin.clone(), link.zone.clone());
                places.push((Feed { origin, epoch: header.epoch, zone }, link.seq));
            }
            Ok(places)
        });
        match places.await {
            Ok(places) => {
                let mut state = self.healing.state();
                let doubt = |(feed, seq): (Feed, u64)| {
                    let holders = state.peers.holders(&feed, seq);
                    Doubt { feed, seq, holders }
                };
                let doubts = places.into_iter().map(doubt).collect();
                state.wants.doubts(doubts);
            }
            Err(error) => tracing::warn!(%error, "what has a bad signature can't be read"),
        }
    }
}

/// Asks, and takes what comes through the gate.
async fn put(line: &Line, log: &Log, healing: &Healing, me: &UnitId, ask: &Ask) -> Answer {
    let page = backfill::ask(line, me.as_str(), &ask.to, ask.request.encode()).await;
    let page = match page {
        Ok(page) => page,
        Err(AskError::Unanswered(_)) => return Answer::Unanswered,
        Err(AskError::NotEntitled) => return Answer::NotEntitled,
        Err(AskError::NotHere) => return Answer::NotHere,
        Err(AskError::Busy { retry_after }) => {
            let retry_after_ms = u64::try_from(retry_after.as_millis()).unwrap_or(u64::MAX);
            return Answer::Busy { retry_after_ms };
        }
        Err(AskError::Refused(reason)) => {
            tracing::debug!(from = ask.to, reason, "a question was refused");
            return Answer::Unanswered;
        }
    };
    let events = match answers::read(ask, &page) {
        Ok(events) => events,
        Err(answer) => return answer,
    };
    // As if it had come where it was published.
    let Some(subject) = subject(ask) else { return Answer::Nonsense };
    let named = Some((ask.request.zone.clone(), ask.request.origin.clone()));
    let arrival = |bytes| Arrival { subject: subject.clone(), named: named.clone(), bytes };
    let outcomes = match log.arrive(events.into_iter().map(arrival).collect()).await {
        Ok(outcomes) => outcomes,
        Err(LogError::Full) => return Answer::Barred,
        Err(error) => {
            tracing::warn!(%error, "a page was not taken");
            return Answer::Barred;
        }
    };
    healing.counters.backfill(&outcomes);
    healing.suspect(&outcomes);
    let verdicts: Vec<Verdict> = outcomes.iter().map(verdict).collect();
    answers::judged(ask, &verdicts)
}

fn subject(ask: &Ask) -> Option<String> {
    let origin: UnitId = ask.request.origin.parse().ok()?;
    let subject = Subject::new(&ask.request.zone, origin.province().as_str(), origin.as_str());
    Some(subject.ok()?.to_string())
}

fn verdict(outcome: &Outcome) -> Verdict {
    match outcome {
        Outcome::Appended(_) | Outcome::Duplicate | Outcome::Held("gap") => Verdict::In,
        Outcome::Held(_) | Outcome::Left(_) => Verdict::Waits,
        Outcome::Quarantined(reason) => Verdict::Refused(reason),
    }
}

/// Whether it is about what everything else rests on.
pub(super) fn is_basic(feed: &Feed, me: &str) -> bool {
    feed.zone == ZONE_DIRECTORY || feed.origin == me
}

/// Whether an answer shows that a peer does not have what it said it has.
pub(super) fn unshown(ask: &Ask, answer: &Answer) -> bool {
    let lie = matches!(answer, Answer::NotHere | Answer::Nonsense | Answer::NotEntitled);
    lie && ask.why != Why::Copy
}
