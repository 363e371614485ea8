//! Guessing is made slow by account: after some failures in a row nobody is let in for a while, not
//! even with the right password.
//!
//! A login that nobody has is counted as well, or a lock would tell who has an account. What was
//! typed there may be a password in the wrong field, so it is not kept: all such logins fall into
//! 65,536 numbers, by a key of this file, so that nobody outside knows which share one.

use rusqlite::{Connection, OptionalExtension as _};
use sha2::{Digest as _, Sha256};

/// Failures in a row until an account is locked.
pub const FAILURES_ALLOWED: u32 = 5;
/// The first lock. Each further failure doubles it.
pub const FIRST_LOCK_MS: u64 = 60_000;
/// It gets no longer than that: the officer at night waits an hour, or finds an administrator.
pub const LONGEST_LOCK_MS: u64 = 60 * 60_000;
/// After that time without an attempt the failures are forgotten.
pub(crate) const QUIET_MS: u64 = 24 * 60 * 60_000;

const _: () = assert!(FIRST_LOCK_MS < LONGEST_LOCK_MS && LONGEST_LOCK_MS < QUIET_MS);

/// Under which name the failures of a login that nobody has are counted; never an officer's id.
pub(crate) fn stranger(connection: &Connection, login: &str) -> rusqlite::Result<String> {
    let key: Vec<u8> =
        connection.prepare_cached("SELECT key FROM strangers")?.query_row((), |row| row.get(0))?;
    let hash = Sha256::new().chain_update(key).chain_update(login.as_bytes()).finalize();
    Ok(format!("?{}", u16::from_be_bytes([hash[0], hash[1]])))
}

/// Until when nobody is let in; `None` when there is no lock.
pub(crate) fn locked_until(
    connection: &Connection,
    whose: &str,
    now_ms: u64,
) -> rusqlite::Result<Option<u64>> {
    let until: Option<u64> = connection
        .prepare_cached("SELECT locked_until_ms FROM attempts WHERE whose = ?1")?
        .query_row([whose], |row| row.get(0))
        .optional()?;
    Ok(until.filter(|until_ms| is_locked(*until_ms, now_ms)))
}

/// A lock that would last longer than any was made by a clock that has been set back since.
fn is_locked(until_ms: u64, now_ms: u64) -> bool {
    now_ms < until_ms && until_ms - now_ms <= LONGEST_LOCK_MS
}

/// Counts a failure; gives how many there were in a row.
pub(crate) fn count_failure(
    connection: &Connection,
    whose: &str,
    now_ms: u64,
) -> rusqlite::Result<u32> {
    let before: Option<(u32, u64)> = connection
        .prepare_cached("SELECT failures, last_ms FROM attempts WHERE whose = ?1")?
        .query_row([whose], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let recent = before.filter(|(_, last_ms)| now_ms.saturating_sub(*last_ms) < QUIET_MS);
    let failures = recent.map_or(0, |(failures, _)| failures).saturating_add(1);
    // 0 where there is no lock.
    let until_ms = lock_ms(failures).map_or(0, |lock_ms| now_ms.saturating_add(lock_ms));
    connection
        .prepare_cached("INSERT OR REPLACE INTO attempts VALUES (?1, ?2, ?3, ?4)")?
        .execute((whose, failures, now_ms, until_ms))?;
    Ok(failures)
}

fn lock_ms(failures: u32) -> Option<u64> {
    let doublings = failures.checked_sub(FAILURES_ALLOWED)?;
    let factor = 1_u64.checked_shl(doublings).unwrap_or(u64::MAX);
    Some(FIRST_LOCK_MS.saturating_mul(factor).min(LONGEST_LOCK_MS))
}

/// Forgets the failures.
pub(crate) fn clear(connection: &Connection, whose: &str) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM attempts WHERE whose = ?1")?.execute([whose])?;
    Ok(())
}

/// Forgets failures that count no more.
pub(crate) fn purge(connection: &Connection, now_ms: u64) -> rusqlite::Result<()> {
    let quiet_since = now_ms.saturating_sub(QUIET_MS);
    connection.execute("DELETE FROM attempts WHERE last_ms <= ?1", [quiet_since])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locks_double_up_to_an_hour() {
        assert!((0..FAILURES_ALLOWED).all(|failures| lock_ms(failures).is_none()));
        let minutes: Vec<u64> =
            (FAILURES_ALLOWED..13).filter_map(lock_ms).map(|lock_ms| lock_ms / 60_000).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(lock_ms(u32::MAX), Some(LONGEST_LOCK_MS));
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_lock_for_years() {
        assert!(is_locked(LONGEST_LOCK_MS, 0));
        assert!(!is_locked(LONGEST_LOCK_MS + 1, 0));
        assert!(!is_locked(5, 5));
    }
}
