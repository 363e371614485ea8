//! What can go wrong with a log, by what the caller can do about it.

use std::path::PathBuf;

use giapranh_record::Malformed;

/// A log can't be opened, read or appended to.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum LogError {
    #[error("there is no log at {0}; create a node's state with: giapranh node init")]
    Absent(PathBuf),
    #[error("{0} exists already; a node's state is never created twice")]
    Exists(PathBuf),
    #[error("{0} is not a log of this program")]
    NotALog(PathBuf),
    #[error(
        "{path} has schema {found}, this program knows up to {known}; use the program that wrote it, or a newer one"
    )]
    Newer { path: PathBuf, found: i64, known: i64 },
    #[error(
        "{path} is the log of {found}, not of {expected}; give the directory of the right node"
    )]
    Foreign { path: PathBuf, found: String, expected: String },
    #[error(
        "{path} is damaged after position {position}: {detail}. Keep the file, and restore a backup or rebuild the log from peers"
    )]
    Damaged { path: PathBuf, position: u64, detail: String },
    #[error("another process writes {0}; stop it first")]
    Busy(PathBuf),
    #[error("nothing can be signed: {0}")]
    OwnTail(String),
    #[error("the event breaks the record's rules: {0}")]
    Malformed(#[from] Malformed),
    /// What a command needs beside the log is not to be had; it has appended nothing.
    #[error("{0}")]
    Elsewhere(String),
    /// Nothing of what was asked for was done, and the log goes on: the same may be tried again.
    #[error("the disk is full, so nothing was recorded; free space on it and try again")]
    Full,
    #[error("the log has stopped after an error ({0}); restart the node, which recovers by itself")]
    Stopped(String),
    #[error("SQLite: {0}")]
    Sqlite(#[from] rusqlite::Error),
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: std::io::Error },
}

impl LogError {
    /// An error of SQLite while the log at `path` was read; `position` was read well.
    pub(crate) fn reading(path: &std::path::Path, position: u64, error: rusqlite::Error) -> Self {
        use rusqlite::{Error, ErrorCode};
        let damaged = match &error {
            Error::InvalidColumnType(..)
            | Error::FromSqlConversionFailure(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::Utf8Error(..)
            | Error::QueryReturnedNoRows
            | Error::SqlInputError { .. } => true,
            error => matches!(
                error.sqlite_error_code(),
                Some(
                    ErrorCode::DatabaseCorrupt
                        | ErrorCode::NotADatabase
                        | ErrorCode::SystemIoFailure
                        // Our statements fit our schema, so it is not what it was.
                        | ErrorCode::Unknown
                )
            ),
        };
        if damaged {
            Self::Damaged { path: path.to_owned(), position, detail: error.to_string() }
        } else {
            Self::Sqlite(error)
        }
    }

    /// Whether the disk had no room for what a transaction was to write, which SQLite has undone
    /// then. Anything else leaves open what the file holds.
    pub(crate) fn is_full(&self) -> bool {
        let Self::Sqlite(error) = self else { return false };
        error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull)
    }

    /// Whether the transaction in which it came up can't go on.
    pub(crate) fn ends_transaction(&self) -> bool {
        matches!(self, Self::Sqlite(_) | Self::Io { .. })
    }

    /// An error of the file system, with the path.
    pub(crate) fn io(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}
