//! The counter of this node's beacons, which grows over restarts: an older beacon is a replay.

use std::fs::File;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use crate::NodeError;

/// Its file in the node's directory.
pub(crate) const COUNTER_FILE: &str = "beacon.counter";
/// Numbers that are set aside at once: the file is written every ten minutes, and after a restart the
/// counter is at most so many milliseconds ahead of the clock.
const BLOCK: u64 = 10 * 60 * 1000;

/// Counts this node's beacons.
pub(super) struct Counter {
    path: PathBuf,
    last: u64,
    /// The file says that every number up to here may have been used.
    reserved: u64,
}

impl Counter {
    /// Goes on after whatever an earlier life may have used. A file that is gone is begun anew: the
    /// clock is ahead of what was used, unless it went back.
    pub fn open(dir: &Path) -> Result<Self, NodeError> {
        let path = dir.join(COUNTER_FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(source) => return Err(NodeError::Io { path, source }),
        };
        let used = text.trim().parse().unwrap_or(0);
        Ok(Self { path, last: used, reserved: used })
    }

    /// The newest number that was given.
    pub fn last(&self) -> u64 {
        self.last
    }

    /// The next number: the clock's, or one more than the last.
    pub fn next(&mut self, clock_ms: u64) -> Result<u64, NodeError> {
        let next = clock_ms.max(self.last + 1);
        if next > self.reserved {
            self.reserve(next + BLOCK)?;
        }
        self.last = next;
        Ok(next)
    }

    /// Durable before a number of it is used, and never half of it.
    fn reserve(&mut self, until: u64) -> Result<(), NodeError> {
        let beside = self.path.with_extension("counter.new");
        let write = || {
            let mut file = File::options()
                .write(true)
                .create(true)
                .truncate(true)
                .mode(0o600)
                .open(&beside)?;
            writeln!(file, "{until}")?;
            file.sync_all()?;
            std::fs::rename(&beside, &self.path)
        };
        write().map_err(NodeError::io(&self.path))?;
        self.reserved = until;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_number_is_never_given_twice_whatever_the_clock_does() {
        let dir = tempfile::tempdir().unwrap();
        let mut given = Vec::new();
        for clock_ms in [1_000, 1_000, 5_000, 400, 401] {
            let mut counter = Counter::open(dir.path()).unwrap();
            given.push(counter.next(clock_ms).unwrap());
            given.push(counter.next(clock_ms).unwrap());
        }
        assert!(given.is_sorted_by(|a, b| a < b), "{given:?}");
        let mode = dir.path().join(COUNTER_FILE).metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn the_file_is_not_written_for_every_beacon() {
        let dir = tempfile::tempdir().unwrap();
        let mut counter = Counter::open(dir.path()).unwrap();
        counter.next(1_000).unwrap();
        std::fs::remove_file(dir.path().join(COUNTER_FILE)).unwrap();
        for number in 0..1_000 {
            counter.next(1_000 + number * 10).unwrap();
        }
        assert!(!dir.path().join(COUNTER_FILE).exists());
        // A clock that is ages ahead is followed, and then never gone behind.
        assert_eq!(counter.next(u64::MAX >> 2).unwrap(), u64::MAX >> 2);
        assert!(dir.path().join(COUNTER_FILE).exists());
        assert_eq!(counter.next(5).unwrap(), (u64::MAX >> 2) + 1);
    }
}
