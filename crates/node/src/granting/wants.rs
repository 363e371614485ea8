//! Which keys are missing here, whom to ask for them, and when.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use giapranh_domain::UnitId;
use giapranh_record::limits::GRANTS;
use tokio::time::Instant;

use super::Which;

/// When it is asked again that nobody answered, and the longest that it waits.
pub(super) const AGAIN: Duration = Duration::from_millis(500);
const AGAIN_MOST: Duration = Duration::from_secs(60);

/// The keys that are missing, and the peers that have a question to answer.
#[derive(Default)]
pub(super) struct Wants {
    missing: BTreeMap<Which, Want>,
    busy: BTreeSet<UnitId>,
}

struct Want {
    /// Who published what it opens.
    origin: String,
    tries: u32,
    next: Instant,
}

/// What is to be asked now.
pub(super) struct Questions {
    /// Of each peer no more than one question holds.
    pub by_peer: BTreeMap<UnitId, Vec<Which>>,
    /// When something else is due; `None`: nothing, before a peer has answered.
    pub next: Option<Instant>,
}

impl Wants {
    /// Adds a key that is missing, to be asked for at `next`.
    pub fn add(&mut self, which: Which, origin: String, next: Instant) {
        self.missing.entry(which).or_insert(Want { origin, tries: 0, next });
    }

    /// It is here, or on its way into the vault.
    pub fn remove(&mut self, which: &Which) {
        self.missing.remove(which);
    }

    /// Everything is to be asked for at once: who refused may not refuse any more.
    pub fn hurry(&mut self, now: Instant) {
        self.missing.values_mut().for_each(|want| want.next = now);
    }

    /// A peer has answered, or won't.
    pub fn answered(&mut self, peer: &UnitId) {
        self.busy.remove(peer);
    }

    /// What is to be asked now, each peer for as much as fits, one question at a time. `peers` tells
    /// whom to ask for what an origin published, in order.
    pub fn questions(
        &mut self,
        now: Instant,
        mut peers: impl FnMut(&str) -> Vec<UnitId>,
    ) -> Questions {
        let mut of_origin: BTreeMap<String, Vec<UnitId>> = BTreeMap::new();
        let mut asked = Questions { by_peer: BTreeMap::new(), next: None };
        let busy = &self.busy;
        for (which, want) in &mut self.missing {
            if want.next <= now {
                let peers =
                    of_origin.entry(want.origin.clone()).or_insert_with_key(|unit| peers(unit));
                let at = usize::try_from(want.tries).unwrap_or(0) % peers.len().max(1);
                match peers.get(at) {
                    None => want.next = now + AGAIN_MOST,
                    Some(peer) => {
                        let question = asked.by_peer.entry(peer.clone()).or_default();
                        if busy.contains(peer) || question.len() == GRANTS {
                            // Its answer will bring this up again.
                            continue;
                        }
                        question.push(which.clone());
                        let wait = AGAIN.saturating_mul(1 << want.tries.min(8)).min(AGAIN_MOST);
                        (want.tries, want.next) = (want.tries.saturating_add(1), now + wait);
                    }
                }
            }
            asked.next = Some(asked.next.map_or(want.next, |next| next.min(want.next)));
        }
        asked.by_peer.retain(|_, question| !question.is_empty());
        self.busy.extend(asked.by_peer.keys().cloned());
        asked
    }
}

#[cfg(test)]
mod tests {
    use giapranh_record::Hash;

    use super::*;

    fn which(number: usize) -> Which {
        (format!("hcm/2026/{number:06}"), Hash::ZERO)
    }

    fn unit(id: &str) -> UnitId {
        id.parse().unwrap()
    }

    fn two(_: &str) -> Vec<UnitId> {
        vec![unit("hcm"), unit("long-an")]
    }

    #[test]
    fn a_peer_has_one_question_at_a_time_and_nothing_is_looked_at_before_its_answer() {
        let (mut wants, now) = (Wants::default(), Instant::now());
        for number in 0..GRANTS + 3 {
            wants.add(which(number), "hcm".into(), now);
        }
        let asked = wants.questions(now, two);
        assert_eq!(asked.by_peer[&unit("hcm")].len(), GRANTS);
        assert_eq!(asked.next, Some(now + AGAIN), "what was asked for, and not what waits");
        let meanwhile = wants.questions(now, two);
        assert!(meanwhile.by_peer.is_empty());
        assert!(meanwhile.next > Some(now));
        for number in 0..GRANTS {
            wants.remove(&which(number));
        }
        assert_eq!(wants.questions(now, two).next, None, "only its answer brings it up");
        wants.answered(&unit("hcm"));
        let rest = wants.questions(now, two);
        assert_eq!(rest.by_peer[&unit("hcm")], [GRANTS, GRANTS + 1, GRANTS + 2].map(which));
    }

    #[test]
    fn who_does_not_answer_is_asked_later_and_the_next_one_before() {
        let (mut wants, mut now) = (Wants::default(), Instant::now());
        wants.add(which(1), "hcm".into(), now);
        let mut waited = Vec::new();
        for turn in ["hcm", "long-an", "hcm"] {
            let asked = wants.questions(now, two);
            assert_eq!(asked.by_peer.keys().collect::<Vec<_>>(), [&unit(turn)]);
            wants.answered(&unit(turn));
            waited.push(asked.next.unwrap() - now);
            now = asked.next.unwrap();
        }
        assert_eq!(waited, [AGAIN, AGAIN * 2, AGAIN * 4]);
    }

    #[test]
    fn where_there_is_nobody_to_ask_it_waits_and_a_change_of_the_directory_hurries_it() {
        let (mut wants, now) = (Wants::default(), Instant::now());
        wants.add(which(1), "hcm".into(), now);
        let asked = wants.questions(now, |_| Vec::new());
        assert!(asked.by_peer.is_empty());
        assert_eq!(asked.next, Some(now + AGAIN_MOST));
        wants.hurry(now);
        assert_eq!(wants.questions(now, two).by_peer.len(), 1);
    }
}
