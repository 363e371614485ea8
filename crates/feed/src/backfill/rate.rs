//! How much one requester may take.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use giapranh_record::limits::PAGE_BYTES;

/// Requests that one requester may make a second, on average.
pub const REQUESTS_A_SECOND: u32 = 100;
/// Bytes that one requester is given a second, on average: as fast as its log can take them.
pub const BYTES_A_SECOND: usize = 32 * 1024 * 1024;
/// How many seconds' worth one that has rested may take at once.
const BURST_SECONDS: u32 = 2;
/// Most requesters that are remembered: every node of the country's provinces and districts. Only
/// where no server holds who asks can there be more.
const REQUESTERS: usize = 1024;

const _: () = assert!(BYTES_A_SECOND >= 4 * PAGE_BYTES);

/// What a requester has left of requests and bytes.
struct Left {
    requests: f64,
    bytes: f64,
    as_of: Instant,
}

const REQUESTS_MOST: f64 = (REQUESTS_A_SECOND * BURST_SECONDS) as f64;
#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
const BYTES_MOST: f64 = BYTES_A_SECOND as f64 * BURST_SECONDS as f64;
const BYTES_EACH_SECOND: f64 = BYTES_MOST / BURST_SECONDS as f64;

impl Left {
    fn full(now: Instant) -> Self {
        Self { requests: REQUESTS_MOST, bytes: BYTES_MOST, as_of: now }
    }

    fn refill(&mut self, now: Instant) {
        let seconds = now.saturating_duration_since(self.as_of).as_secs_f64();
        self.requests = (self.requests + seconds * f64::from(REQUESTS_A_SECOND)).min(REQUESTS_MOST);
        self.bytes = (self.bytes + seconds * BYTES_EACH_SECOND).min(BYTES_MOST);
        self.as_of = now;
    }

    fn is_full(&self) -> bool {
        self.requests >= REQUESTS_MOST && self.bytes >= BYTES_MOST
    }
}

/// What all requesters have left.
#[derive(Default)]
pub(super) struct Rates(BTreeMap<String, Left>);

impl Rates {
    /// Takes one request, or says when the next is worth a try.
    pub(super) fn take(&mut self, requester: &str, now: Instant) -> Result<(), Duration> {
        if !self.0.contains_key(requester) {
            self.make_room(now)?;
            self.0.insert(requester.to_owned(), Left::full(now));
        }
        let Some(left) = self.0.get_mut(requester) else { return Ok(()) };
        left.refill(now);
        let lacks_requests = (1.0 - left.requests) / f64::from(REQUESTS_A_SECOND);
        let lacks_bytes = -left.bytes / BYTES_EACH_SECOND;
        let seconds = lacks_requests.max(lacks_bytes);
        if seconds > 0.0 {
            // In whole milliseconds, as it is told, and never too early.
            let milliseconds = Duration::from_secs_f64(seconds).as_millis() + 1;
            return Err(Duration::from_millis(milliseconds.try_into().unwrap_or(u64::MAX)));
        }
        left.requests -= 1.0;
        Ok(())
    }

    /// Takes what a requester was given. It may then be in debt: how large a page is was not known
    /// before.
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    pub(super) fn charge(&mut self, requester: &str, bytes: usize) {
        if let Some(left) = self.0.get_mut(requester) {
            left.bytes -= bytes as f64;
        }
    }

    /// Forgets those who have rested: they are as new ones.
    fn make_room(&mut self, now: Instant) -> Result<(), Duration> {
        if self.0.len() < REQUESTERS {
            return Ok(());
        }
        self.0.retain(|_, left| {
            left.refill(now);
            !left.is_full()
        });
        if self.0.len() < REQUESTERS { Ok(()) } else { Err(Duration::from_secs(1)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_floods_is_put_off_and_another_is_not() {
        let (mut rates, now) = (Rates::default(), Instant::now());
        let taken = (0..1000).filter(|_| rates.take("hcm", now).is_ok()).count();
        assert_eq!(taken, (REQUESTS_A_SECOND * BURST_SECONDS) as usize);
        let wait = rates.take("hcm", now).unwrap_err();
        assert!(wait <= Duration::from_millis(11), "{wait:?}");
        assert_eq!(rates.take("long-an", now), Ok(()));
        // As said: not before, and then.
        assert!(rates.take("hcm", now + wait / 2).is_err());
        assert_eq!(rates.take("hcm", now + wait), Ok(()));
        let second = now + wait + Duration::from_secs(1);
        let taken = (0..1000).filter(|_| rates.take("hcm", second).is_ok()).count();
        assert_eq!(taken, REQUESTS_A_SECOND as usize);
    }

    #[test]
    fn large_pages_count_by_their_bytes() {
        let (mut rates, now) = (Rates::default(), Instant::now());
        let mut pages = 0;
        while rates.take("hcm", now).is_ok() {
            rates.charge("hcm", PAGE_BYTES);
            pages += 1;
        }
        let bytes = pages * PAGE_BYTES;
        let most = 2 * BYTES_A_SECOND + PAGE_BYTES;
        assert!((2 * BYTES_A_SECOND..=most).contains(&bytes), "{bytes}");
        let wait = rates.take("hcm", now).unwrap_err();
        assert!(wait <= Duration::from_millis(20), "{wait:?}");
        assert_eq!(rates.take("hcm", now + wait), Ok(()));
    }

    #[test]
    fn invented_requesters_take_no_memory_without_end() {
        let (mut rates, now) = (Rates::default(), Instant::now());
        let taken = (0..5000).filter(|it| rates.take(&format!("u{it}"), now).is_ok()).count();
        assert_eq!((taken, rates.0.len()), (REQUESTERS, REQUESTERS));
        let later = now + Duration::from_secs(1);
        assert_eq!(rates.take("new", later), Ok(()));
        assert_eq!(rates.0.len(), 1);
    }
}
