//! What to make of what a peer answered: first whether it is the page that was asked for, then what
//! the gate said of its events.

use bytes::Bytes;
use giapranh_record::page::Page;

use super::asks::{Answer, Ask, Why};

/// What the log's gate said of one event of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is in the log now, or was, or waits for the one before it.
    In,
    /// It is held for something else than the events before it, or was left with the peer.
    Waits,
    /// It lies in quarantine, for this reason.
    Refused(&'static str),
}

/// Reasons that lie with this node or with the event's author: the peer passed on what it has.
const NOT_THE_PEERS: [&str; 4] = ["not-entitled", BEYOND_CUT, "key-of-another-epoch", "fork"];
/// The one of them that nothing but founders can undo.
const BEYOND_CUT: &str = "beyond-cut";

/// The events of an answer, when it is one to the question.
pub fn read(ask: &Ask, answer: &Bytes) -> Result<Vec<Bytes>, Answer> {
    let page = Page::parse(answer).map_err(|_| Answer::Nonsense)?;
    page.check(&ask.request).map_err(|_| Answer::Nonsense)?;
    match (page.events.is_empty(), page.head_seq < ask.request.from_seq) {
        (true, true) => Err(Answer::NotHere),
        // It has them and gives none; whoever is asked again for ever.
        (true, false) => Err(Answer::Nonsense),
        (false, _) => Ok(page.events),
    }
}

/// What became of the question, after the gate has judged every event of the page in order.
pub fn judged(ask: &Ask, verdicts: &[Verdict]) -> Answer {
    let refused = |verdict: &Verdict| match verdict {
        Verdict::Refused(reason) => Some(*reason),
        Verdict::In | Verdict::Waits => None,
    };
    let through_seq = (ask.request.from_seq + verdicts.len() as u64).saturating_sub(1);
    if ask.why == Why::Evidence {
        // What proves a fork is there to be refused. What is ours proves that there is none.
        return match verdicts {
            [Verdict::Refused("fork")] => Answer::Taken { through_seq },
            [Verdict::Waits] => Answer::Barred,
            _ => Answer::Nonsense,
        };
    }
    let mut reasons = verdicts.iter().filter_map(refused).peekable();
    let waits = verdicts.contains(&Verdict::Waits);
    if reasons.peek().is_none() && !waits {
        return Answer::Taken { through_seq };
    }
    if !waits && reasons.clone().all(|reason| reason == BEYOND_CUT) {
        Answer::BeyondCut
    } else if reasons.all(|reason| NOT_THE_PEERS.contains(&reason)) {
        Answer::Barred
    } else {
        Answer::Nonsense
    }
}
