//! The marker: how far this node may have published. It lies beside the log, so that a log which
//! lost its tail is recognised before a number is signed a second time.
//!
//! Two slots are written in turn, each with its own check sum: a write that is torn by a power cut
//! leaves the other one, and one sync does.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use giapranh_record::Hash;

use crate::LogError;

/// Slots lie in sectors of their own.
const SLOT_BYTES: u64 = 512;
const CONTENT_BYTES: usize = 8 + 4 + 8 + 32;
const RECORD_BYTES: usize = CONTENT_BYTES + 32;

/// The newest event that may have been published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Mark {
    pub epoch: u32,
    pub index: u64,
    pub leaf: Hash,
}

/// The marker file, open.
pub struct Marker {
    file: File,
    path: PathBuf,
    turn: u64,
    mark: Option<Mark>,
}

impl Marker {
    /// Creates a marker that says "nothing published".
    pub(crate) fn create(path: &Path) -> Result<(), LogError> {
        Self::create_with(path, None)
    }

    fn create_with(path: &Path, mark: Option<Mark>) -> Result<(), LogError> {
        let file = OpenOptions::new().write(true).create_new(true).open(path);
        let file = file.map_err(LogError::io(path))?;
        let mut marker = Self { file, path: path.to_owned(), turn: 0, mark: None };
        marker.write(mark)?;
        // A marker that a power cut takes away makes the node look around before it signs.
        let folder = path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all());
        folder.map_err(LogError::io(path))
    }

    /// Puts a marker in the place of one that is gone or unreadable.
    pub(crate) fn renew(path: &Path, mark: Option<Mark>) -> Result<(), LogError> {
        match std::fs::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(LogError::io(path)(error))
            }
            _ => Self::create_with(path, mark),
        }
    }

    /// Opens the marker. `None` when there is none, or when neither slot is whole: nobody knows
    /// then what was published.
    pub fn open(path: &Path) -> Result<Option<Self>, LogError> {
        let file = match OpenOptions::new().read(true).write(true).open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(source) => {
                return Err(LogError::Io { path: path.to_owned(), source });
            }
        };
        let newest = (0..2).filter_map(|slot| read(&file, slot)).max_by_key(|(turn, _)| *turn);
        Ok(newest.map(|(turn, mark)| Self { file, path: path.to_owned(), turn, mark }))
    }

    /// What may have been published; `None` before the first event.
    pub fn mark(&self) -> Option<Mark> {
        self.mark
    }

    /// Notes, durably, that events up to `mark` are about to be published.
    pub fn advance(&mut self, mark: Mark) -> Result<(), LogError> {
        let ahead = |old: Mark| (mark.epoch, mark.index) > (old.epoch, old.index);
        if self.mark.is_none_or(ahead) { self.write(Some(mark)) } else { Ok(()) }
    }

    fn write(&mut self, mark: Option<Mark>) -> Result<(), LogError> {
        let turn = self.turn + 1;
        let mut record = Vec::with_capacity(RECORD_BYTES);
        record.extend(turn.to_be_bytes());
        let (epoch, index, leaf) = mark.map_or((0, 0, Hash::ZERO), |m| (m.epoch, m.index, m.leaf));
        record.extend(epoch.to_be_bytes());
        record.extend(index.to_be_bytes());
        record.extend(leaf.0);
        record.extend(Hash::of(&[&record]).0);
        self.file
            .write_all_at(&record, (turn % 2) * SLOT_BYTES)
            .and_then(|()| self.file.sync_data())
            .map_err(LogError::io(&self.path))?;
        (self.turn, self.mark) = (turn, mark);
        Ok(())
    }
}

fn read(file: &File, slot: u64) -> Option<(u64, Option<Mark>)> {
    let mut record = [0; RECORD_BYTES];
    file.read_exact_at(&mut record, slot * SLOT_BYTES).ok()?;
    let (content, sum) = record.split_at(CONTENT_BYTES);
    if Hash::of(&[content]).0 != sum {
        return None;
    }
    let (turn, rest) = content.split_first_chunk::<8>()?;
    let (epoch, rest) = rest.split_first_chunk::<4>()?;
    let (index, leaf) = rest.split_first_chunk::<8>()?;
    let epoch = u32::from_be_bytes(*epoch);
    let mark = Mark { epoch, index: u64::from_be_bytes(*index), leaf: Hash::from_slice(leaf)? };
    Some((u64::from_be_bytes(*turn), (epoch != 0).then_some(mark)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(index: u64) -> Mark {
        Mark { epoch: 1, index, leaf: Hash::of(&[&index.to_be_bytes()]) }
    }

    #[test]
    fn a_marker_survives_a_torn_write_of_either_slot() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("marker");
        Marker::create(&path).unwrap();
        let mut marker = Marker::open(&path).unwrap().unwrap();
        assert_eq!(marker.mark(), None);
        marker.advance(mark(4)).unwrap();
        marker.advance(mark(9)).unwrap();
        marker.advance(mark(7)).unwrap();
        assert_eq!(Marker::open(&path).unwrap().unwrap().mark(), Some(mark(9)));

        let whole = std::fs::read(&path).unwrap();
        let newest = usize::try_from((marker.turn % 2) * SLOT_BYTES).unwrap();
        let mut torn = whole.clone();
        torn[newest + 20] ^= 1;
        std::fs::write(&path, &torn).unwrap();
        assert_eq!(Marker::open(&path).unwrap().unwrap().mark(), Some(mark(4)));

        std::fs::write(&path, vec![0; whole.len()]).unwrap();
        assert!(Marker::open(&path).unwrap().is_none());
        std::fs::remove_file(&path).unwrap();
        assert!(Marker::open(&path).unwrap().is_none());
    }
}
