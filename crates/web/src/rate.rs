//! How often an account may ask: a bucket of tokens for each officer and pace.
//!
//! An account that runs wild, by mistake or stolen, must not take the node from the others. Buckets are
//! kept in memory, for each surface; they hold nothing that a restart has to remember, and no more
//! of them than [`MOST`]. The clock is the node's.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use giapranh_domain::OfficerId;

use crate::problem::Problem;

/// Most buckets that are kept.
const MOST: usize = 4 * 1024;
/// Asks that a bucket counts in, so that a slow rate needs no fractions.
const MILLI: u64 = 1_000;

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LIMIT: HeaderName = HeaderName::from_static("ratelimit");

/// How dear a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pace {
    /// Pages, lists, streams.
    Reading,
    /// What looks through everything.
    Searching,
    /// What changes something.
    Writing,
}

impl Pace {
    /// Every pace.
    pub const ALL: [Self; 3] = [Self::Reading, Self::Searching, Self::Writing];

    /// Its name in headers.
    pub fn code(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Searching => "searching",
            Self::Writing => "writing",
        }
    }

    /// How many requests at once.
    pub fn burst(self) -> u32 {
        match self {
            Self::Reading => 3_000,
            Self::Searching => 240,
            Self::Writing => 120,
        }
    }

    /// How many a second from then on.
    pub fn per_second(self) -> u32 {
        match self {
            Self::Reading => 50,
            Self::Searching => 4,
            Self::Writing => 2,
        }
    }

    /// The time in which an empty bucket fills.
    fn window_s(self) -> u32 {
        self.burst().div_ceil(self.per_second())
    }
}

/// What is left in a bucket after a request was taken from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    pace: Pace,
    left: u32,
    /// Until it is full again.
    full_in_s: u32,
}

impl Allowance {
    /// Says it to who asked, as draft-ietf-httpapi-ratelimit-headers has it.
    pub fn tell(self, headers: &mut HeaderMap) {
        let Self { pace, left, full_in_s } = self;
        let (code, burst, window) = (pace.code(), pace.burst(), pace.window_s());
        let mut set = |name, text: String| {
            // Codes and digits are always a header's value.
            if let Ok(value) = HeaderValue::try_from(text) {
                headers.insert(name, value);
            }
        };
        set(POLICY, format!("\"{code}\";q={burst};w={window}"));
        set(LIMIT, format!("\"{code}\";r={left};t={full_in_s}"));
    }
}

#[derive(Debug)]
struct Bucket {
    /// Thousandths of a request.
    left: u64,
    filled_ms: u64,
}

impl Bucket {
    fn full(pace: Pace, now_ms: u64) -> Self {
        Self { left: u64::from(pace.burst()) * MILLI, filled_ms: now_ms }
    }

    /// A clock that goes back fills nothing, and takes nothing away.
    fn fill(&mut self, pace: Pace, now_ms: u64) {
        let passed_ms = now_ms.saturating_sub(self.filled_ms);
        let added = passed_ms.saturating_mul(u64::from(pace.per_second()));
        self.left = self.left.saturating_add(added).min(u64::from(pace.burst()) * MILLI);
        self.filled_ms = now_ms;
    }

    fn allowance(&self, pace: Pace) -> Allowance {
        let whole = u32::try_from(self.left / MILLI).unwrap_or(u32::MAX);
        let lacking = u64::from(pace.burst()) * MILLI - self.left;
        Allowance { pace, left: whole, full_in_s: seconds(lacking, pace) }
    }
}

/// How long so many thousandths take to come.
fn seconds(thousandths: u64, pace: Pace) -> u32 {
    let seconds = thousandths.div_ceil(u64::from(pace.per_second()) * MILLI);
    u32::try_from(seconds).unwrap_or(u32::MAX)
}

/// The buckets of a surface.
#[derive(Debug, Default)]
pub struct Rates(Mutex<BTreeMap<(OfficerId, Pace), Bucket>>);

impl Rates {
    /// Takes one request from an officer's bucket, or says when there is one again.
    pub fn take(&self, officer: &OfficerId, pace: Pace, now_ms: u64) -> Result<Allowance, Problem> {
        // Counters stay whole whatever panicked beside them.
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (officer.clone(), pace);
        if buckets.len() >= MOST && !buckets.contains_key(&key) {
            make_room(&mut buckets, now_ms);
        }
        let bucket = buckets.entry(key).or_insert_with(|| Bucket::full(pace, now_ms));
        bucket.fill(pace, now_ms);
        if let Some(left) = bucket.left.checked_sub(MILLI) {
            bucket.left = left;
            return Ok(bucket.allowance(pace));
        }
        let wait_s = seconds(MILLI - bucket.left, pace).max(1);
        Err(Problem::too_often(bucket.allowance(pace), wait_s))
    }
}

/// Forgets what is full again, which loses nothing; when none is, the one that lacks least.
fn make_room(buckets: &mut BTreeMap<(OfficerId, Pace), Bucket>, now_ms: u64) {
    buckets.retain(|(_, pace), bucket| {
        bucket.fill(*pace, now_ms.max(bucket.filled_ms));
        bucket.left < u64::from(pace.burst()) * MILLI
    });
    if buckets.len() >= MOST {
        let lacks = |pace: Pace, left: u64| u64::from(pace.burst()) * MILLI - left;
        let least = buckets.iter().min_by_key(|((_, pace), bucket)| lacks(*pace, bucket.left));
        if let Some(key) = least.map(|(key, _)| key.clone()) {
            buckets.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn officer(number: usize) -> OfficerId {
        format!("cb-{number}").parse().unwrap()
    }

    #[test]
    fn a_bucket_empties_and_fills_with_the_clock() {
        let rates = Rates::default();
        for pace in Pace::ALL {
            let take = |now_ms| rates.take(&officer(1), pace, now_ms);
            for left in (0..pace.burst()).rev() {
                assert_eq!(take(5_000).unwrap().left, left, "{pace:?}");
            }
            let refused = take(5_000).unwrap_err();
            assert_eq!(refused.retry_after_s(), Some(1));
            assert!(rates.take(&officer(2), pace, 5_000).is_ok(), "each has a bucket of the own");
            assert!(take(4_000).is_err(), "a clock that goes back gives nothing");
            for _ in 0..pace.per_second() {
                assert!(take(5_000).is_ok(), "{pace:?}");
            }
            assert!(take(5_000).is_err(), "{pace:?}");
            let full = take(u64::MAX).unwrap();
            assert_eq!(full.left, pace.burst() - 1);
        }
    }

    #[test]
    fn there_are_only_so_many_buckets_and_an_empty_one_is_kept_longest() {
        let rates = Rates::default();
        for _ in 0..Pace::Writing.burst() {
            rates.take(&officer(0), Pace::Writing, 0).unwrap();
        }
        for number in 1..3 * MOST {
            rates.take(&officer(number), Pace::Writing, 0).unwrap();
        }
        assert!(rates.0.lock().unwrap().len() <= MOST);
        assert!(rates.take(&officer(0), Pace::Writing, 0).is_err());
    }
}
