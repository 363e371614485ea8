//! Why something can't be audited at all. What an audit finds is in its report.

use std::path::{Path, PathBuf};

use giapranh_log::LogError;
use giapranh_views::ViewsError;

/// An audit could not be done, or evidence not be made.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum AuditError {
    #[error(
        "the log trusts the registrar {found}, the anchor given is {given}: it belongs to another cluster, or somebody replaced it"
    )]
    OtherAnchor { found: String, given: String },
    #[error("nothing arrived before that time; the log begins later")]
    BeforeTheFirst,
    #[error("the log ends at position {head}; position {asked} is not there")]
    BeyondTheEnd { asked: u64, head: u64 },
    #[error("the log holds no {0}")]
    Nothing(String),
    #[error("{name} is no checkpoint that can be used here: {detail}")]
    NotACheckpoint { name: String, detail: String },
    #[error(
        "{name} is a checkpoint of {tree} that the log contradicts: {detail}. Look closer with: giapranh audit verify LOG --checkpoint {name}"
    )]
    OtherTree { name: String, tree: String, detail: String },
    #[error(
        "the log lacks events that its own node published ({tree}, index {missing}), so its tree can't be made"
    )]
    OwnTreeIncomplete { tree: String, missing: String },
    #[error(
        "the key is not the one that the log of {0} is signed with; give the node's own directory"
    )]
    OtherKey(String),
    #[error("{0}")]
    Request(String),
    #[error("{0} exists already and is not written over; choose another name")]
    Exists(PathBuf),
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: std::io::Error },
    #[error(transparent)]
    Log(#[from] LogError),
    #[error(transparent)]
    Views(#[from] ViewsError),
    #[error("the log names a unit that is none: {0}")]
    Unit(String),
}

impl AuditError {
    /// An error of the file system, with the path.
    pub(crate) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}
