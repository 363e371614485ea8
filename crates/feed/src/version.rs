//! Versions of nats-server, and the least that may be used.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// The least version that is used. Older ones have published holes that hit isolated accounts.
pub const LEAST: Version = Version { major: 2, minor: 14, patch: 3, pre_release: false };

/// A version as a server states it: `2.15.1`, `2.15.0-RC.2`. Two pre-releases of one version count
/// as the same; both come before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Version {
    pub major: u32,
    pub minor: u32,
    pub patch: u32,
    pub pre_release: bool,
}

impl Version {
    fn key(self) -> (u32, u32, u32, bool) {
        (self.major, self.minor, self.patch, !self.pre_release)
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let suffix = if self.pre_release { "-pre" } else { "" };
        write!(f, "{}.{}.{}{suffix}", self.major, self.minor, self.patch)
    }
}

/// The text is no version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoVersion;

impl FromStr for Version {
    type Err = NoVersion;

    fn from_str(text: &str) -> Result<Self, NoVersion> {
        let text = text.strip_prefix('v').unwrap_or(text);
        // What follows a plus says who built it, not what it is.
        let text = text.split_once('+').map_or(text, |(version, _)| version);
        let (numbers, pre_release) = match text.split_once('-') {
            Some((_, "")) => return Err(NoVersion),
            Some((numbers, _)) => (numbers, true),
            None => (text, false),
        };
        let numbers: Vec<u32> =
            numbers.split('.').map(str::parse).collect::<Result<_, _>>().map_err(|_| NoVersion)?;
        let [major, minor, patch] = numbers[..] else {
            return Err(NoVersion);
        };
        Ok(Self { major, minor, patch, pre_release })
    }
}

/// Whether a server that states `text` may be used. A server that states none may not.
pub(crate) fn is_recent_enough(text: &str) -> bool {
    text.parse::<Version>().is_ok_and(|version| version >= LEAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_from_the_least_version_on_are_used() {
        for good in [
            "2.14.3",
            "2.14.10",
            "2.15.0",
            "2.15.1",
            "v2.15.1",
            "2.15.0-RC.1",
            "2.15.1+debian1",
            "3.0.0",
        ] {
            assert!(is_recent_enough(good), "{good}");
        }
    }

    #[test]
    fn older_servers_and_nonsense_are_not_used() {
        for bad in [
            "2.14.2",
            "2.14.3-RC.1",
            "2.14.3-beta.2",
            "2.9.25",
            "2.10.27",
            "1.99.99",
            "",
            "dev",
            "2.15",
            "2.15.1.1",
            "2.15.x",
            "2.15.1-",
            "-2.15.1",
            "99999999999.0.0",
        ] {
            assert!(!is_recent_enough(bad), "{bad}");
        }
    }
}
