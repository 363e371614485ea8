//! Creating and opening the file. Opening never creates.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use giapranh_record::PublicKey;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::{LogError, Marker};

/// Name of the log in a node's directory.
pub const LOG_FILE: &str = "log.db";
/// Name of the marker beside it.
pub const MARKER_FILE: &str = "published.marker";
const LOCK_FILE: &str = "log.lock";

/// "GRlg": tells a log from any other SQLite file.
const APPLICATION_ID: i64 = 0x4752_6c67;
/// What makes version 2 of version 1, 3 of 2, and so on. `schema.sql` is version 1 and stays as it
/// was released; a new log takes the same steps as an old one.
const MIGRATIONS: [(i64, &str); 3] = [
    (2, include_str!("migrations/2.sql")),
    (3, include_str!("migrations/3.sql")),
    (4, include_str!("migrations/4.sql")),
];
const SCHEMA: i64 = MIGRATIONS[MIGRATIONS.len() - 1].0;

/// How long the WAL gets before it is brought into the file: 16 MiB. A backlog would bring it in
/// several times a second otherwise.
const CHECKPOINT_PAGES: u32 = 4_096;

/// Whose log it is, and whom it trusts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Identity {
    pub unit: String,
    /// Which life of this origin's log, from 1.
    pub epoch: u32,
    pub public_key: PublicKey,
    /// The unit whose node keeps the directory.
    pub registrar: String,
    /// The registrar's key: everything else is believed because of it.
    pub anchor: PublicKey,
}

/// Creates the log and its marker in `dir`. An explicit act, once in a node's life.
pub fn create(dir: &Path, identity: &Identity) -> Result<(), LogError> {
    let path = dir.join(LOG_FILE);
    let marker_path = dir.join(MARKER_FILE);
    for path in [&path, &marker_path] {
        if path.exists() {
            return Err(LogError::Exists(path.clone()));
        }
    }
    create_at(&path, identity)?;
    Marker::create(&marker_path)?;
    Ok(())
}

/// Puts a log in the place of one that was lost: a copy of `backup`, which the caller has verified,
/// or an empty one. Without a marker: nobody knows what was published since, so nothing is signed
/// until the node has asked its stream and its peers. A marker that is there is put aside.
pub fn restore(dir: &Path, backup: Option<&Path>, identity: &Identity) -> Result<(), LogError> {
    let (path, marker) = (dir.join(LOG_FILE), dir.join(MARKER_FILE));
    let beside = |suffix: &str| PathBuf::from(format!("{}{suffix}", path.display()));
    // What belongs to another log would be taken for this one's.
    for there in [path.clone(), beside("-wal"), beside("-shm")] {
        if there.exists() {
            return Err(LogError::Exists(there));
        }
    }
    let halfway = beside(".restored");
    match std::fs::remove_file(&halfway) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(LogError::io(&halfway)(error));
        }
        _ => {}
    }
    if marker.exists() {
        std::fs::rename(&marker, beside(".marker-before")).map_err(LogError::io(&marker))?;
    }
    match backup {
        Some(backup) => crate::Reader::open(backup)?.back_up(&halfway)?,
        None => create_at(&halfway, identity)?,
    }
    std::fs::rename(&halfway, &path).map_err(LogError::io(&path))
}

fn create_at(path: &Path, identity: &Identity) -> Result<(), LogError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    restrict(path)?;
    prepare_for_writing(&connection)?;
    let transaction = connection.transaction()?;
    transaction.execute_batch(include_str!("schema.sql"))?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    migrate_from(1, &transaction)?;
    transaction.execute(
        "INSERT INTO identity VALUES (1, ?1, ?2, ?3, ?4, ?5)",
        (
            &identity.unit,
            identity.epoch,
            identity.public_key.to_bytes(),
            &identity.registrar,
            identity.anchor.to_bytes(),
        ),
    )?;
    transaction.commit()?;
    Ok(())
}

/// Begins the next epoch of the log in `dir`, signed with another key: after the one before was cut.
/// The node must not be running. Gives the new epoch.
pub fn begin_epoch(dir: &Path, public_key: &PublicKey) -> Result<u32, LogError> {
    let (mut connection, _lock) = open_for_writing(dir)?;
    migrate(&mut connection)?;
    let epoch: u32 = connection.query_row(
        "INSERT INTO epochs VALUES ((SELECT MAX(epoch) + 1 FROM
           (SELECT epoch FROM identity UNION SELECT epoch FROM epochs)), ?1) RETURNING epoch",
        [public_key.to_bytes()],
        |row| row.get(0),
    )?;
    Ok(epoch)
}

/// Opens the log of `dir` for the one writer; the lock lasts as long as the returned file.
pub(crate) fn open_for_writing(dir: &Path) -> Result<(Connection, File), LogError> {
    let path = dir.join(LOG_FILE);
    if !path.exists() {
        return Err(LogError::Absent(path));
    }
    let lock_path = dir.join(LOCK_FILE);
    let lock = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&lock_path)
        .map_err(LogError::io(&lock_path))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(LogError::Busy(path)),
        Err(TryLockError::Error(source)) => {
            return Err(LogError::Io { path: lock_path, source });
        }
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(&path, flags)?;
    check_kind(&connection, &path)?;
    prepare_for_writing(&connection)?;
    Ok((connection, lock))
}

/// Brings the schema of a log forward, whole or not at all.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), LogError> {
    let found = version(connection)?;
    if found < SCHEMA {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        migrate_from(found, &transaction)?;
        transaction.commit()?;
        tracing::info!(from = found, to = SCHEMA, "the log's schema was brought forward");
    }
    Ok(())
}

fn migrate_from(found: i64, connection: &Connection) -> Result<(), LogError> {
    for (version, step) in MIGRATIONS {
        if version > found {
            connection.execute_batch(step)?;
        }
    }
    connection.pragma_update(None, "user_version", SCHEMA)?;
    Ok(())
}

/// The version of the schema that a log has; a reader meets old ones, too.
pub(crate) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Opens a log for reading, also one that lies alone on a read-only medium.
pub(crate) fn open_for_reading(path: &Path) -> Result<Connection, LogError> {
    if !path.is_file() {
        return Err(LogError::Absent(path.to_owned()));
    }
    let beside = |suffix: &str| PathBuf::from(format!("{}{suffix}", path.display())).exists();
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    // Reading a log in WAL mode writes to the -shm beside it. A copy without a -wal has nothing to
    // share and may lie where nothing can be written.
    let alone = !beside("-wal") && !beside("-shm");
    let connection = if alone {
        Connection::open_with_flags(uri(path), flags)?
    } else {
        Connection::open_with_flags(path, flags)?
    };
    check_kind(&connection, path)?;
    connection.pragma_update(None, "trusted_schema", "OFF")?;
    keep_plans(&connection)?;
    Ok(connection)
}

/// The path as a SQLite URI that promises that nobody else writes.
fn uri(path: &Path) -> String {
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'_' | b'-' => {
                uri.push(char::from(*byte));
            }
            other => uri.extend(format!("%{other:02X}").chars()),
        }
    }
    uri + "?immutable=1"
}

fn check_kind(connection: &Connection, path: &Path) -> Result<(), LogError> {
    let application_id: i64 = connection
        .pragma_query_value(None, "application_id", |row| row.get(0))
        .map_err(|error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => LogError::NotALog(path.to_owned()),
            Some(rusqlite::ErrorCode::DatabaseCorrupt) => {
                LogError::Damaged { path: path.to_owned(), position: 0, detail: error.to_string() }
            }
            _ => LogError::Sqlite(error),
        })?;
    if application_id != APPLICATION_ID {
        return Err(LogError::NotALog(path.to_owned()));
    }
    let found = version(connection)?;
    if found > SCHEMA {
        return Err(LogError::Newer { path: path.to_owned(), found, known: SCHEMA });
    }
    Ok(())
}

fn prepare_for_writing(connection: &Connection) -> Result<(), LogError> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "recursive_triggers", "ON")?;
    connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
    connection.pragma_update(None, "trusted_schema", "OFF")?;
    keep_plans(connection)
}

/// A statement is planned once. Otherwise the partial index would let every new parameter plan it
/// again, which costs more than running it.
fn keep_plans(connection: &Connection) -> Result<(), LogError> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Until payloads are sealed the log holds personal data in clear: its owner alone reads it.
pub(crate) fn restrict(path: &Path) -> Result<(), LogError> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))
        .map_err(LogError::io(path))
}
