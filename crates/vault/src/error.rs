//! What can go wrong with a vault, by what the caller can do about it. No message holds a name, a
//! login or a secret.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::KEYS_FILE;

/// What was asked for was not done, and nothing was changed.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum VaultError {
    /// The input breaks a rule: to be shown at its field.
    #[error("{field}: {0}", field = .0.field())]
    Invalid(Fault),
    #[error("another officer has this login; choose another one")]
    LoginTaken,
    #[error(
        "this id was given before, and an id is never given twice; choose another one, or none"
    )]
    IdTaken,
    #[error("no officer has this id; see: giapranh officer list")]
    UnknownOfficer,
    #[error("this officer is disabled; enable the account first")]
    Disabled,
    #[error("the officer's password has to be changed first: sign in, and change it")]
    PasswordToChange,
    #[error(
        "this is the last enabled administrator; give another officer the role administrator first"
    )]
    LastAdministrator,
    #[error(
        "no administrator is enabled, so nobody could give out accounts; make an administrator's account first"
    )]
    NoAdministrator,
    /// Retry.
    #[error("too many passwords are being checked at once; try again in some seconds")]
    Crowded,
    #[error("a password can't be hashed ({0}); make sure that the machine has memory for it")]
    Hashing(String),
    #[error("the system gives no randomness: {0}")]
    NoRandomness(String),
    #[error(
        "{0} is not a vault of this program; if it was put there by mistake, put it aside, and start the node again"
    )]
    NotAVault(PathBuf),
    #[error(
        "{path} has schema {found}, this program knows up to {known}; use the program that wrote it, or a newer one"
    )]
    Newer { path: PathBuf, found: i64, known: i64 },
    #[error(
        "{path} is damaged: {detail}. Stop the node, put the file and what lies beside it (-wal, -shm) aside, and start again: the accounts have to be given out anew, the log is not touched"
    )]
    Damaged { path: PathBuf, detail: String },
    #[error(
        "others than its owner can read {path}: chmod 600 it, and if anybody may have copied it, give every officer a new password"
    )]
    NotPrivate { path: PathBuf },
    /// Retry when there is room.
    #[error("the disk of {path} is full, so nothing was changed; free space on it and try again")]
    Full { path: PathBuf },
    /// Retry.
    #[error("another process keeps {path} busy; try again, or end that process")]
    Busy { path: PathBuf },
    #[error("SQLite refused with {path}: {source}")]
    Sqlite { path: PathBuf, source: rusqlite::Error },
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: std::io::Error },
}

impl VaultError {
    /// Whether the same may succeed later without anybody changing what was asked for.
    pub fn is_temporary(&self) -> bool {
        matches!(self, Self::Crowded | Self::Full { .. } | Self::Busy { .. })
    }

    /// An error of the file system, with the path.
    pub(crate) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| match source.kind() {
            std::io::ErrorKind::StorageFull => Self::Full { path },
            _ => Self::Io { path, source },
        }
    }

    /// The file holds what this program did not write. The path comes by [`VaultError::at`].
    pub(crate) fn damaged(detail: &str) -> Self {
        Self::Damaged { path: KEYS_FILE.into(), detail: detail.to_owned() }
    }

    /// Names the file, and by it what an error of SQLite means.
    pub(crate) fn at(self, path: &Path) -> Self {
        let path = path.to_owned();
        match self {
            Self::Sqlite { source, .. } => Self::of_sqlite(path, source),
            Self::Damaged { detail, .. } => Self::Damaged { path, detail },
            other => other,
        }
    }

    fn of_sqlite(path: PathBuf, source: rusqlite::Error) -> Self {
        use rusqlite::{Error, ErrorCode};
        match source.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { path },
            Some(ErrorCode::NotADatabase) => Self::NotAVault(path),
            // `Unknown` is SQLite's plain error: a table or column that is not there.
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::Unknown) => {
                Self::Damaged { path, detail: source.to_string() }
            }
            Some(_) => Self::Sqlite { path, source },
            None => match source {
                Error::InvalidColumnType(..)
                | Error::FromSqlConversionFailure(..)
                | Error::IntegralValueOutOfRange(..)
                | Error::Utf8Error(..)
                | Error::QueryReturnedNoRows
                | Error::SqlInputError { .. } => Self::Damaged { path, detail: source.to_string() },
                source => Self::Sqlite { path, source },
            },
        }
    }
}

/// The path comes by `VaultError::at`.
impl From<rusqlite::Error> for VaultError {
    fn from(source: rusqlite::Error) -> Self {
        Self::Sqlite { path: KEYS_FILE.into(), source }
    }
}

/// Which rule the input breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Fault {
    Id,
    Unit,
    Login,
    Name,
    Roles,
    PasswordLength,
    PasswordHasLogin,
    PasswordCommon,
    PasswordUnchanged,
    TokenName,
    TokenScopes,
    TokenLife,
}

impl Fault {
    /// The field at fault, as the functions of this crate name it.
    pub fn field(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Unit => "unit",
            Self::Login => "login",
            Self::Name | Self::TokenName => "name",
            Self::Roles => "roles",
            Self::PasswordLength
            | Self::PasswordHasLogin
            | Self::PasswordCommon
            | Self::PasswordUnchanged => "password",
            Self::TokenScopes => "scopes",
            Self::TokenLife => "life_ms",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Id => "an officer's id has 1 to 64 letters a-z, digits, dashes and underscores",
            Self::Unit => "a unit's id has 1 to 64 letters a-z, digits, dashes and underscores",
            Self::Login => "a login has 2 to 32 letters a-z, digits, dots, dashes and underscores",
            Self::Name => "a name has 1 to 100 characters, and no control characters",
            Self::Roles => "a role is a code of 1 to 32 letters a-z and dashes",
            Self::PasswordLength => "a password has 12 to 256 characters",
            Self::PasswordHasLogin => "the password contains the login; choose another one",
            Self::PasswordCommon => "everybody guesses this password; choose another one",
            Self::PasswordUnchanged => "the new password is the old one; choose another one",
            Self::TokenName => "a token's name has 1 to 64 characters, no control characters",
            Self::TokenScopes => {
                "a token has at least one scope, and none that is not a role of its officer"
            }
            Self::TokenLife => "a token lives between 1 minute and 366 days",
        })
    }
}
