//! What a file is, by its first bytes.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::evidence::FORMAT;

/// What somebody wants verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A log, or whatever is nothing else: opening it says what is wrong.
    Log,
    /// An evidence file.
    Evidence,
    /// A checkpoint's note alone.
    Checkpoint,
    /// A proof of inclusion alone.
    Inclusion,
    /// A proof of consistency alone.
    Consistency,
}

/// Enough for the first line of an evidence file and the beginning of the second.
const LOOK: usize = 64;

/// Looks at the first bytes of a file.
pub fn recognise(path: &Path) -> Kind {
    let mut first = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LOOK as u64).read_to_end(&mut first));
    if read.is_err() {
        return Kind::Log;
    }
    // An evidence file whose first line was damaged is still to be named as one.
    let second_line = first.get(FORMAT.len() + 1..).unwrap_or_default();
    if first.starts_with(b"giapranh-evidence/") || second_line.starts_with(b"part manifest ") {
        Kind::Evidence
    } else if first.starts_with(b"giapranh.v1/") {
        Kind::Checkpoint
    } else if first.starts_with(b"c2sp.org/tlog-proof@v1\n") {
        Kind::Inclusion
    } else if first.starts_with(b"old ") {
        Kind::Consistency
    } else {
        Kind::Log
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        for (bytes, kind) in [
            (&b"giapranh-evidence/1\npart manifest 9 00\n"[..], Kind::Evidence),
            (b"giapranh-evidence/2\n", Kind::Evidence),
            (b"giapranh-evidencf/1\npart manifest 9 00\n", Kind::Evidence),
            (b"giapranh-evidence/1\x0bpart manifest 9 00\n", Kind::Evidence),
            (b"SQLite format 3\0", Kind::Log),
            (b"giapranh.v1/hcm/1\n40\n", Kind::Checkpoint),
            (b"c2sp.org/tlog-proof@v1\nextra ", Kind::Inclusion),
            (b"old 4\n", Kind::Consistency),
            (b"something else", Kind::Log),
            (b"", Kind::Log),
        ] {
            std::fs::write(&path, bytes).unwrap();
            assert_eq!(recognise(&path), kind, "{:?}", String::from_utf8_lossy(bytes));
        }
        assert_eq!(recognise(&dir.path().join("nowhere")), Kind::Log);
    }
}
