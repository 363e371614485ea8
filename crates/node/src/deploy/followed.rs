//! What the configurations in a folder follow from: the directory's head and terms, noted beside them,
//! so that nobody goes back to an older directory. A log that is behind (a node that was away, a
//! backup put back) would otherwise let in again who was thrown out.

use std::cmp::{Ordering, Reverse};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use giapranh_domain::Directory;
use giapranh_record::Hash;
use serde::{Deserialize, Serialize};

use crate::NodeError;

/// Beside the servers' folders.
const FILE: &str = "directory.json";

/// A state of the directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Followed {
    head: u64,
    leaf: String,
    /// Who kept the directory, from which head on.
    terms: Vec<Kept>,
}

/// While a unit kept it. Ordered as terms on one head are: the greatest counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Kept {
    unit: String,
    epoch: u32,
    base: u64,
}

/// How a state of the directory stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Age {
    Same,
    Newer,
    Older,
    /// Two events make one head: these are two directories.
    Other,
}

impl Followed {
    /// The state of a directory now.
    pub fn of(directory: &Directory) -> Self {
        let kept = |term: &giapranh_domain::directory::Term| Kept {
            unit: term.unit.to_string(),
            epoch: term.epoch,
            base: term.base,
        };
        Self {
            head: directory.head(),
            leaf: Hash(directory.head_leaf()).to_string(),
            terms: directory.terms().iter().map(kept).collect(),
        }
    }

    /// What is noted in a folder; `None` where nothing was rendered yet.
    pub fn noted(out: &Path) -> Result<Option<Self>, NodeError> {
        let path = out.join(FILE);
        match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|error| {
                NodeError::Config { path, detail: format!("is no note of a directory: {error}") }
            }),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(NodeError::io(&path)(error)),
        }
    }

    /// Notes it, whole or not at all.
    pub fn note(&self, out: &Path) -> Result<(), NodeError> {
        if Self::noted(out)?.as_ref() == Some(self) {
            return Ok(());
        }
        let (path, new) = (out.join(FILE), out.join(format!("{FILE}.new")));
        let text = serde_json::to_string_pretty(self).unwrap_or_default() + "\n";
        let write = || {
            std::fs::create_dir_all(out)?;
            let mut file = std::fs::File::create(&new)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            std::fs::rename(&new, &path)
        };
        write().map_err(NodeError::io(&path))
    }

    /// Refuses to follow what is noted when that is newer, or of another directory.
    pub fn may_follow(&self, noted: Option<&Self>, out: &Path) -> Result<(), NodeError> {
        let Some(noted) = noted else { return Ok(()) };
        let path: PathBuf = out.join(FILE);
        let text = match self.age(noted) {
            Age::Same | Age::Newer => return Ok(()),
            Age::Older => format!(
                "the configurations in {} follow from a newer directory (head {}) than the log here \
                 knows (head {}): waiting until that has arrived",
                out.display(),
                noted.head,
                self.head
            ),
            Age::Other => format!(
                "the configurations in {} follow from another directory than the log here knows: \
                 its head {} was made by another event. If the cluster was founded anew, remove {}",
                out.display(),
                noted.head,
                path.display()
            ),
        };
        Err(NodeError::Request(text))
    }

    /// How it stands to another state. Heads alone don't tell: founders who put another registrar
    /// after an earlier head make a lower head that is newer.
    fn age(&self, other: &Self) -> Age {
        let mut pairs = self.terms.iter().zip(&other.terms).enumerate();
        if let Some((place, (mine, others))) = pairs.find(|(_, (mine, others))| mine != others) {
            // Who follows on an earlier head undid more; of several who follow on one the greatest
            // counts.
            let later = (Reverse(mine.base), mine) > (Reverse(others.base), others);
            return match place {
                0 => Age::Other,
                _ if later => Age::Newer,
                _ => Age::Older,
            };
        }
        match (self.terms.len(), self.head).cmp(&(other.terms.len(), other.head)) {
            Ordering::Greater => Age::Newer,
            Ordering::Less => Age::Older,
            Ordering::Equal if self.leaf == other.leaf => Age::Same,
            Ordering::Equal => Age::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(head: u64, leaf: u8, terms: &[(&str, u32, u64)]) -> Followed {
        let terms = terms.iter().map(|(unit, epoch, base)| Kept {
            unit: (*unit).to_owned(),
            epoch: *epoch,
            base: *base,
        });
        Followed { head, leaf: Hash([leaf; 32]).to_string(), terms: terms.collect() }
    }

    #[test]
    fn what_is_older_is_told_also_where_founders_undid_heads() {
        let first = ("hcm", 1, 0);
        let noted = at(50, 1, &[first]);
        assert_eq!(at(50, 1, &[first]).age(&noted), Age::Same);
        assert_eq!(at(51, 2, &[first]).age(&noted), Age::Newer);
        assert_eq!(at(49, 2, &[first]).age(&noted), Age::Older);
        assert_eq!(at(50, 2, &[first]).age(&noted), Age::Other);
        assert_eq!(at(99, 2, &[("long-an", 1, 0)]).age(&noted), Age::Other);
        // The founders let 41 to 50 not count: a lower head, and newer.
        let undone = at(41, 3, &[first, ("long-an", 1, 40)]);
        assert_eq!(undone.age(&noted), Age::Newer);
        assert_eq!(noted.age(&undone), Age::Older);
        // Others undid more, or follow on the same head.
        let more = at(31, 4, &[first, ("tay-ninh", 1, 30)]);
        assert_eq!((more.age(&undone), undone.age(&more)), (Age::Newer, Age::Older));
        let same = at(41, 5, &[first, ("tay-ninh", 1, 40)]);
        assert_eq!((same.age(&undone), undone.age(&same)), (Age::Newer, Age::Older));
    }

    #[test]
    fn a_note_is_found_again_and_an_older_directory_waits() {
        let out = tempfile::tempdir().unwrap();
        let out = out.path();
        assert_eq!(Followed::noted(out).unwrap(), None);
        let (older, newer) = (at(9, 1, &[("hcm", 1, 0)]), at(10, 2, &[("hcm", 1, 0)]));
        newer.note(out).unwrap();
        let noted = Followed::noted(out).unwrap();
        assert_eq!(noted.as_ref(), Some(&newer));
        newer.may_follow(noted.as_ref(), out).unwrap();
        let refused = older.may_follow(noted.as_ref(), out).unwrap_err().to_string();
        assert!(refused.contains("newer directory (head 10) than the log here knows (head 9)"));
        std::fs::write(out.join(FILE), "{").unwrap();
        assert!(Followed::noted(out).unwrap_err().to_string().contains("no note of a directory"));
    }
}
