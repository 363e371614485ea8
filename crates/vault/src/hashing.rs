//! Hashing passwords, and how much of it may happen at once: each hash takes a core for a while and
//! the memory of its [`Cost`]. No lock of the vault is held meanwhile.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use argon2::password_hash::phc::{PasswordHash, Salt};
use argon2::password_hash::{self, PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::VaultError;
use crate::secret::fill;

/// Hashes at once in the process, whatever the number of vaults: the other cores serve everybody
/// else.
const AT_ONCE: usize = 2;
/// How many may wait for their turn. Each holds a thread of the caller's, which others need, too.
const MAY_WAIT: usize = 32;

/// What one guess at a password costs, by Argon2id (RFC 9106).
///
/// Stored with each hash, so that it can be raised: a password that was hashed for less is hashed
/// again when its officer signs in the next time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    memory_kib: u32,
    iterations: u32,
    parallelism: u8,
}

impl Cost {
    /// The least that Argon2 takes. For tests only.
    pub const LEAST: Self = Self::new(0, 0, 0);

    /// Where Argon2 asks for more than is given, that.
    pub const fn new(memory_kib: u32, iterations: u32, parallelism: u8) -> Self {
        const fn at_least(given: u32, least: u32) -> u32 {
            if given < least { least } else { given }
        }
        let parallelism = if parallelism == 0 { 1 } else { parallelism };
        // From<u8> is not const yet.
        let least_memory = Params::MIN_M_COST * (parallelism as u32);
        Self {
            memory_kib: at_least(memory_kib, least_memory),
            iterations: at_least(iterations, Params::MIN_T_COST),
            parallelism,
        }
    }

    /// Memory, KiB.
    pub const fn memory_kib(self) -> u32 {
        self.memory_kib
    }

    /// Passes over the memory.
    pub const fn iterations(self) -> u32 {
        self.iterations
    }

    /// Lanes. They are computed one after the other here.
    pub const fn parallelism(self) -> u8 {
        self.parallelism
    }

    fn params(self) -> Result<Params, VaultError> {
        Params::new(self.memory_kib, self.iterations, self.parallelism.into(), None)
            .map_err(|error| VaultError::Hashing(error.to_string()))
    }
}

/// The second choice of RFC 9106 with one lane, as hashing is not spread over threads here: 64 MiB,
/// three passes.
impl Default for Cost {
    fn default() -> Self {
        Self::new(64 * 1024, 3, 1)
    }
}

/// The hash of a password, with a salt of its own, as a PHC string.
pub(crate) fn hash(cost: Cost, password: &str) -> Result<String, VaultError> {
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, cost.params()?);
    let mut salt = [0; Salt::RECOMMENDED_LENGTH];
    fill(&mut salt)?;
    let _turn = TURNS.take()?;
    let hash: PasswordHash =
        argon2.hash_password_with_salt(password.as_bytes(), &salt).map_err(failed)?;
    Ok(hash.to_string())
}

/// Whether a password is the one that was hashed, for what was paid then.
pub(crate) fn fits(phc: &str, password: &str) -> Result<bool, VaultError> {
    let hash = parse(phc)?;
    let _turn = TURNS.take()?;
    match Argon2::default().verify_password(password.as_bytes(), &hash) {
        Ok(()) => Ok(true),
        Err(password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(failed(error)),
    }
}

/// Whether a hash was made for less than `cost`.
pub(crate) fn is_cheaper(phc: &str, cost: Cost) -> Result<bool, VaultError> {
    let paid = Params::try_from(&parse(phc)?).map_err(failed)?;
    Ok(paid.m_cost() < cost.memory_kib || paid.t_cost() < cost.iterations)
}

fn parse(phc: &str) -> Result<PasswordHash, VaultError> {
    PasswordHash::new(phc).map_err(|_| VaultError::damaged("a password's hash is not one"))
}

fn failed(error: password_hash::Error) -> VaultError {
    VaultError::Hashing(error.to_string())
}

static TURNS: Turns =
    Turns { state: Mutex::new(State { hashing: 0, waiting: 0 }), freed: Condvar::new() };

struct Turns {
    state: Mutex<State>,
    freed: Condvar,
}

struct State {
    hashing: usize,
    waiting: usize,
}

/// Given back when it is dropped.
struct Turn<'a>(&'a Turns);

impl Turns {
    fn take(&self) -> Result<Turn<'_>, VaultError> {
        let mut state = self.state();
        if state.hashing >= AT_ONCE {
            if state.waiting >= MAY_WAIT {
                return Err(VaultError::Crowded);
            }
            state.waiting += 1;
            state = self
                .freed
                .wait_while(state, |state| state.hashing >= AT_ONCE)
                .unwrap_or_else(PoisonError::into_inner);
            state.waiting -= 1;
        }
        state.hashing += 1;
        Ok(Turn(self))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.state().hashing -= 1;
        self.0.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn turns() -> Turns {
        Turns { state: Mutex::new(State { hashing: 0, waiting: 0 }), freed: Condvar::new() }
    }

    #[test]
    fn no_more_than_two_have_a_turn_at_once() {
        let (turns, now, most) = (turns(), AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(|| {
                    for _ in 0..200 {
                        let _turn = turns.take().unwrap();
                        most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        std::thread::yield_now();
                        now.fetch_sub(1, Ordering::SeqCst);
                    }
                });
            }
        });
        assert_eq!(most.into_inner(), AT_ONCE);
        let state = turns.state();
        assert_eq!((state.hashing, state.waiting), (0, 0));
    }

    #[test]
    fn a_crowd_is_sent_away_and_does_not_hold_threads() {
        let turns = turns();
        let held = [turns.take().unwrap(), turns.take().unwrap()];
        std::thread::scope(|scope| {
            for _ in 0..MAY_WAIT {
                scope.spawn(|| turns.take().map(drop).unwrap());
            }
            while turns.state().waiting < MAY_WAIT {
                std::thread::yield_now();
            }
            assert!(matches!(turns.take(), Err(VaultError::Crowded)));
            drop(held);
        });
        assert!(turns.take().is_ok());
    }

    #[test]
    fn a_hash_says_what_it_cost() {
        let phc = hash(Cost::LEAST, "correct horse battery").unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{phc}");
        assert!(fits(&phc, "correct horse battery").unwrap());
        assert!(!fits(&phc, "correct horse batterz").unwrap());
        assert_ne!(phc, hash(Cost::LEAST, "correct horse battery").unwrap(), "salted");
        assert!(is_cheaper(&phc, Cost::default()).unwrap());
        assert!(is_cheaper(&phc, Cost::new(8, 2, 1)).unwrap());
        assert!(!is_cheaper(&phc, Cost::LEAST).unwrap());
        assert!(matches!(fits("gibberish", "x"), Err(VaultError::Damaged { .. })));
    }
}
