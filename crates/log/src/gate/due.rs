//! What waited and need not any more: judged again as far as a transaction has room, and the rest in
//! the next one.

use super::Gate;
use crate::authentication::prove;
use crate::{LogError, Outcome, fork, held};

/// Most held events that are taken out at once.
const TAKEN_AT_ONCE: usize = 64;

impl Gate<'_> {
    /// Notes that what waits for the directory, a key or a newer head, is to be judged again; and
    /// decides the forks that lie beyond a cut that is known now.
    pub fn hear_directory(&mut self) -> Result<(), LogError> {
        for event in fork::evidence(self.store)? {
            if self.entitlement.objection(&event).is_some() {
                let header = event.header();
                self.release_fork(&header.origin, header.epoch)?;
            }
        }
        for reason in [held::UNKNOWN_KEY, held::DIRECTORY] {
            self.judge_again(reason)?;
        }
        Ok(())
    }

    /// Takes the forks of an epoch for decided. Gives how many there were.
    pub fn release_fork(&mut self, origin: &str, epoch: u32) -> Result<usize, LogError> {
        let decided = fork::decide(self.store, origin, epoch)?;
        self.store.tail_moved |= origin == self.own.unit;
        self.judge_again(held::FORK)?;
        Ok(decided)
    }

    fn judge_again(&mut self, reason: &'static str) -> Result<(), LogError> {
        let last = held::last(self.store)?;
        let reasons = &mut self.store.due.reasons;
        reasons.retain(|(of, ..)| *of != reason);
        if last > 0 {
            reasons.push((reason, 0, last));
        }
        Ok(())
    }

    /// Judges what waited and need not any more, as far as there is room.
    pub fn admit_due(&mut self) -> Result<(), LogError> {
        self.admit_released()?;
        while self.room.is_left()
            && let Some(next) = self.store.due.reasons.last().copied()
        {
            let numbers = held::numbers(self.store, next, TAKEN_AT_ONCE)?;
            let due = &mut self.store.due.reasons;
            let (Some(last), Some(next)) = (numbers.last(), due.last_mut()) else {
                due.pop();
                continue;
            };
            next.1 = last.id;
            for candidate in prove(held::take(self.store, &numbers)?, self.keyring) {
                self.admit_one(candidate)?;
            }
            held::renumber(self.store, &numbers, self.now_ms)?;
            self.admit_released()?;
        }
        Ok(())
    }

    pub(super) fn admit_released(&mut self) -> Result<(), LogError> {
        while self.room.is_left()
            && let Some(feed) = self.store.due.feeds.pop()
        {
            let released = held::released(self.store, &feed, TAKEN_AT_ONCE)?;
            let (more, mut moved) = (released.len() == TAKEN_AT_ONCE, false);
            for candidate in prove(released, self.keyring) {
                moved |= !matches!(self.admit_one(candidate)?, Outcome::Held(_) | Outcome::Left(_));
            }
            // Many that name a place in a zone which is not ours wait on for another one, and would
            // be taken out and held again without end.
            if more && moved {
                self.store.due.feeds.push(feed);
            }
        }
        Ok(())
    }
}
