//! A checkpoint's signed note in a file, as an auditor kept it.

use std::io::Read as _;
use std::path::Path;

use giapranh_record::checkpoint::Checkpoint;

use crate::evidence::NOTE_BYTES;
use crate::tree::TreeId;
use crate::trust::Keys;
use crate::{AuditError, file};

/// A signed note, not opened yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Where it came from, for people.
    pub name: String,
    /// The note.
    pub text: String,
}

impl Note {
    /// Reads a note's file.
    pub fn read(path: &Path) -> Result<Self, AuditError> {
        let name = path.display().to_string();
        let file = std::fs::File::open(path).map_err(AuditError::io(path))?;
        let mut text = String::new();
        let limit = NOTE_BYTES as u64 + 1;
        let read = file.take(limit).read_to_string(&mut text);
        let unreadable = |detail: String| AuditError::NotACheckpoint { name: name.clone(), detail };
        match read {
            Ok(bytes) if bytes > NOTE_BYTES => {
                Err(unreadable(format!("it has more than {NOTE_BYTES} bytes")))
            }
            Ok(_) => Ok(Self { name, text }),
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
                Err(unreadable("it is not text".to_owned()))
            }
            Err(source) => Err(AuditError::Io { path: path.to_owned(), source }),
        }
    }

    /// Writes it into a file that must not exist.
    pub fn write(&self, path: &Path) -> Result<(), AuditError> {
        use std::io::Write as _;
        let bytes = self.text.as_bytes();
        file::create(path, |out| out.write_all(bytes).map_err(AuditError::io(path)))
    }

    /// The tree that the first line names, which nobody has proven.
    pub(crate) fn tree(&self) -> Option<TreeId> {
        let (origin, epoch) =
            self.text.lines().next()?.strip_prefix("giapranh.v1/")?.split_once('/')?;
        Some(TreeId { origin: origin.to_owned(), epoch: epoch.parse().ok()? })
    }

    /// Opens it with the keys of the origin that it names; else why not, for people.
    pub(crate) fn open(&self, keys: &Keys) -> Result<Checkpoint, String> {
        open(&self.text, self.tree(), keys)
    }
}

/// Opens a note of a tree with the keys of its origin; else why not, for people.
pub(crate) fn open(note: &str, tree: Option<TreeId>, keys: &Keys) -> Result<Checkpoint, String> {
    let tree = tree.ok_or("the first line is not giapranh.v1/<origin>/<epoch>")?;
    let mut why = format!("no key of {} is enrolled for epoch {}", tree.origin, tree.epoch);
    for key in keys.of_epoch(&tree.origin, tree.epoch) {
        match Checkpoint::open(note, &key) {
            Ok(checkpoint) if TreeId::of(&checkpoint) == tree => return Ok(checkpoint),
            Ok(other) => why = format!("it is a checkpoint of {}", TreeId::of(&other)),
            Err(error) => why = error.to_string(),
        }
    }
    Err(why)
}
