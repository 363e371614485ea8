//! The machine's clock.

use std::time::{SystemTime, UNIX_EPOCH};

use giapranh_log::Clock;

/// Reads the system's time.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_ms(&self) -> u64 {
        // A clock before 1970 is broken; the log then records its last time again.
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX >> 1)
    }
}
