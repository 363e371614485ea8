//! Why views could not be written or read.

use std::path::PathBuf;

use crate::SourceError;

/// Views are derived, so nothing is lost by any of these; each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ViewsError {
    /// There is no file to read yet: open a projector first.
    #[error("there are no views at {path} yet; the node makes them when it starts")]
    Missing {
        /// Where they should be.
        path: PathBuf,
    },
    /// The file holds what this program did not write. A projector starts a fresh file when it is
    /// opened again.
    #[error(
        "the views hold {what}; stop the node and start it again (if that does not help, delete \
         views-7.db: it is made again from the log)"
    )]
    Damaged {
        /// What does not belong there.
        what: String,
    },
    /// SQLite refused. Retrying helps where the disk was full or the file busy.
    #[error("the views' database refused: {0}")]
    Database(#[from] rusqlite::Error),
    /// The file system refused.
    #[error("{what} {path}: {cause}")]
    File {
        /// What was tried.
        what: &'static str,
        /// On which file.
        path: PathBuf,
        /// Why not.
        #[source]
        cause: std::io::Error,
    },
    /// The log could not be read; see there.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The log contradicts itself: stop, and verify it.
    #[error("the log contradicts itself: {what}; stop the node and verify its log")]
    Contradiction {
        /// How.
        what: String,
    },
    /// A cursor that no page gave: the caller's fault.
    #[error("\"{text}\" is not a cursor; start again without one")]
    BadCursor {
        /// What was given, shortened.
        text: String,
    },
}

impl ViewsError {
    /// Whether the disk had no room: nothing was changed, and the same succeeds when there is some.
    pub fn is_full(&self) -> bool {
        match self {
            Self::Database(error) => {
                error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull)
            }
            Self::File { cause, .. } => cause.kind() == std::io::ErrorKind::StorageFull,
            _ => false,
        }
    }

    /// Whether the views' file is at fault, so that a fresh one helps.
    pub(crate) fn is_damage(&self) -> bool {
        use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase, Unknown};
        match self {
            // `Unknown` is SQLite's plain error: a table or column that is not there.
            Self::Database(rusqlite::Error::SqliteFailure(cause, _)) => {
                matches!(cause.code, DatabaseCorrupt | NotADatabase | Unknown)
            }
            Self::Damaged { .. } | Self::Database(_) => true,
            _ => false,
        }
    }

    pub(crate) fn bad_cursor(text: &str) -> Self {
        Self::BadCursor { text: text.chars().filter(|c| !c.is_control()).take(80).collect() }
    }

    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged { what: what.into() }
    }
}
