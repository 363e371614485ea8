//! The file: where it lies, how it is made and opened.
//!
//! It is created when it is missing, unlike the log. The log is a history, and an empty one in the
//! place of a lost one would be a lie. Accounts are no history: a node that was restored has none,
//! must run all the same, and gets new ones from the owner of its socket.

use std::fs::{File, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::VaultError;

/// Name of the vault in a node's directory.
pub const KEYS_FILE: &str = "keys.db";

/// "GRkv": tells a vault from any other SQLite file.
const APPLICATION_ID: i64 = 0x4752_6b76;
/// What makes version 1 of an empty file, 2 of 1, and so on; a released one stays as it is.
const MIGRATIONS: [(i64, &str); 2] =
    [(1, include_str!("migrations/1.sql")), (2, include_str!("migrations/2.sql"))];
const SCHEMA: i64 = MIGRATIONS[MIGRATIONS.len() - 1].0;

/// How long a call waits for another process.
const BUSY_MS: u64 = 5_000;

/// Closing any descriptor of a file drops the locks that SQLite holds on it in this process, so that
/// nobody may be creating it while another one has it open already.
static OPENING: Mutex<()> = Mutex::new(());

/// Opens the vault at `path`, or creates it.
pub(crate) fn open(path: &Path) -> Result<Connection, VaultError> {
    let _alone = OPENING.lock().unwrap_or_else(PoisonError::into_inner);
    create_where_missing(path)?;
    check_private(path)?;
    open_there(path).map_err(|error| error.at(path))
}

fn create_where_missing(path: &Path) -> Result<(), VaultError> {
    // Made before SQLite does, so that nobody else ever could read it; SQLite gives its side files
    // the same permissions.
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(()),
        Err(error) => return Err(VaultError::io(path)(error)),
    }
    let folder = path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all());
    folder.map_err(VaultError::io(path))?;
    tracing::info!(path = %path.display(), "a vault without officers was created");
    Ok(())
}

fn check_private(path: &Path) -> Result<(), VaultError> {
    let found = std::fs::metadata(path).map_err(VaultError::io(path))?;
    if found.permissions().mode() & 0o077 != 0 {
        return Err(VaultError::NotPrivate { path: path.to_owned() });
    }
    Ok(())
}

fn open_there(path: &Path) -> Result<Connection, VaultError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_millis(BUSY_MS))?;
    check_kind(&connection, path)?;
    prepare(&connection)?;
    migrate(&mut connection)?;
    Ok(connection)
}

/// Refuses what this program did not write, before anything is written to it.
fn check_kind(connection: &Connection, path: &Path) -> Result<(), VaultError> {
    let application_id: i64 =
        connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let found = version(connection)?;
    let empty = !connection.prepare("SELECT 1 FROM sqlite_schema")?.exists(())?;
    // Nothing is in it yet when whoever created it was killed at once.
    if !(application_id == APPLICATION_ID || application_id == 0 && found == 0 && empty) {
        return Err(VaultError::NotAVault(path.to_owned()));
    }
    if found > SCHEMA {
        return Err(VaultError::Newer { path: path.to_owned(), found, known: SCHEMA });
    }
    let verdict: String = connection.query_one("PRAGMA quick_check(1)", (), |row| row.get(0))?;
    if verdict == "ok" { Ok(()) } else { Err(VaultError::damaged(&verdict)) }
}

fn prepare(connection: &Connection) -> Result<(), VaultError> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.pragma_update(None, "trusted_schema", "OFF")?;
    // What SQLite sorts or rebuilds aside must not lie about in /tmp.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // A statement is planned once, not for each parameter.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Brings the schema forward, whole or not at all.
fn migrate(connection: &mut Connection) -> Result<(), VaultError> {
    if version(connection)? == SCHEMA {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have done it while this one waited.
    let found = version(&transaction)?;
    for (version, step) in MIGRATIONS {
        if version > found {
            transaction.execute_batch(step)?;
        }
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", SCHEMA)?;
    transaction.commit()?;
    tracing::info!(from = found, to = SCHEMA, "the vault's schema was brought forward");
    Ok(())
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_follow_one_another_without_a_gap() {
        for (at, (version, _)) in (1..).zip(MIGRATIONS) {
            assert_eq!(version, at);
        }
    }
}
