//! The file of the views: where it lies, how it is opened, and how another one takes its place.
//!
//! A WAL belongs to a database file by *name* alone, so a file must never appear beside the WAL of
//! another one, and no connection may be opened while the two are exchanged: hence [`EXCHANGE`] and
//! the order of steps in [`replace`]. Connections that were open before keep the old file, its WAL
//! and its index by their descriptors and go on reading a consistent past; on closing, SQLite sees
//! that their file was moved away and leaves the WAL of that name alone.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::{SCHEMA, ViewsError};

/// How long a connection waits for another one, in milliseconds.
const BUSY_MS: u64 = 5_000;

/// Held for reading while a connection is opened, for writing while the file is exchanged.
static EXCHANGE: RwLock<()> = RwLock::new(());

/// Which file lies behind a path: it changes when another one takes its place. The number of a file
/// that is still open is not given again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FileId(u64, u64);

/// Where the views of a node lie.
pub(crate) fn path_in(dir: &Path) -> PathBuf {
    dir.join(format!("views-{SCHEMA}.db"))
}

/// Where views of earlier schemas lay: nobody reads them any more, and what they hold must not
/// outlive what it follows from.
pub(crate) fn earlier_in(dir: &Path) -> impl Iterator<Item = PathBuf> {
    (1..SCHEMA).map(move |schema| dir.join(format!("views-{schema}.db")))
}

/// Where they are made anew.
pub(crate) fn unfinished_in(dir: &Path) -> PathBuf {
    dir.join(format!("views-{SCHEMA}.db.new"))
}

/// The file behind `path` now; `None` when there is none.
pub(crate) fn id_of(path: &Path) -> Result<Option<FileId>, ViewsError> {
    let _steady = EXCHANGE.read().unwrap_or_else(PoisonError::into_inner);
    look(path)
}

/// Opens what is there, for the projector.
pub(crate) fn open_for_writing(path: &Path) -> Result<(Connection, FileId), ViewsError> {
    open(path, OpenFlags::SQLITE_OPEN_READ_WRITE, |connection| {
        connection.pragma_update(None, "journal_mode", "wal")?;
        Ok(connection.pragma_update(None, "synchronous", "normal")?)
    })
}

/// Opens what is there, for reading.
pub(crate) fn open_for_reading(path: &Path) -> Result<(Connection, FileId), ViewsError> {
    open(path, OpenFlags::SQLITE_OPEN_READ_ONLY, |_| Ok(()))
}

/// Creates an empty file at `path`; what lay there is gone. `registrar` is whose directory counts.
pub(crate) fn create(path: &Path, registrar: &str) -> Result<(), ViewsError> {
    let _alone = EXCHANGE.write().unwrap_or_else(PoisonError::into_inner);
    create_unseen(path, registrar)
}

/// The same at a path that nobody opens before it is filled: nobody who reads other files waits.
pub(crate) fn create_unseen(path: &Path, registrar: &str) -> Result<(), ViewsError> {
    remove(path)?;
    // Made before SQLite does, so that nobody else ever could read it; SQLite gives its side files
    // the same permissions.
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map_err(failed("can't create", path))?;
    let mut connection = Connection::open_with_flags(path, flags_with(WRITE))?;
    prepare(&connection)?;
    let transaction = connection.transaction()?;
    transaction.execute_batch(include_str!("schema.sql"))?;
    transaction.execute("INSERT INTO meta VALUES (1, 0, ?1, 0)", [registrar])?;
    transaction.pragma_update(None, "user_version", SCHEMA)?;
    Ok(transaction.commit()?)
}

/// Opens a file that nobody else sees yet, to fill it as fast as can be. A crash leaves it broken.
pub(crate) fn open_unfinished(path: &Path) -> Result<Connection, ViewsError> {
    let connection = Connection::open_with_flags(path, flags_with(WRITE))?;
    prepare(&connection)?;
    connection.pragma_update(None, "journal_mode", "off")?;
    connection.pragma_update(None, "synchronous", "off")?;
    Ok(connection)
}

/// Makes a filled file durable, in the journal mode that it will have. It is then one file: no WAL
/// belongs to it.
pub(crate) fn finish(connection: Connection, path: &Path) -> Result<(), ViewsError> {
    connection.pragma_update(None, "journal_mode", "wal")?;
    // The last connection empties and removes its WAL.
    connection.close().map_err(|(_, error)| error)?;
    for side in sides(path) {
        if side.exists() {
            let what = format!("a side file {} that should be gone", side.display());
            return Err(ViewsError::Damaged { what });
        }
    }
    sync(path)
}

/// Puts `new` in the place of `path`. After a crash at any step there is the old file, none, or the
/// new one: never one of them with the WAL of the other.
pub(crate) fn replace(path: &Path, new: &Path) -> Result<(), ViewsError> {
    let _alone = EXCHANGE.write().unwrap_or_else(PoisonError::into_inner);
    let dir = path.parent().unwrap_or(Path::new("."));
    remove(path)?;
    sync(dir)?;
    fs::rename(new, path).map_err(failed("can't rename the new file to", path))?;
    sync(dir)
}

/// Removes a database: the file first, because a WAL without it is ignored, and it without its WAL
/// is not whole.
pub(crate) fn remove(path: &Path) -> Result<(), ViewsError> {
    for file in [path.to_owned()].into_iter().chain(sides(path)) {
        match fs::remove_file(&file) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(failed("can't remove", &file)(error));
            }
            _ => {}
        }
    }
    Ok(())
}

const WRITE: OpenFlags = OpenFlags::SQLITE_OPEN_READ_WRITE;

fn open(
    path: &Path,
    access: OpenFlags,
    set_up: impl FnOnce(&Connection) -> Result<(), ViewsError>,
) -> Result<(Connection, FileId), ViewsError> {
    let _steady = EXCHANGE.read().unwrap_or_else(PoisonError::into_inner);
    let missing = || ViewsError::Missing { path: path.to_owned() };
    let id = look(path)?.ok_or_else(missing)?;
    let connection = Connection::open_with_flags(path, flags_with(access))?;
    prepare(&connection)?;
    set_up(&connection)?;
    // The first read also opens the side files, which must happen before the lock is given back.
    let schema: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if schema != SCHEMA {
        return Err(ViewsError::damaged(format!("schema {schema} instead of {SCHEMA}")));
    }
    Ok((connection, id))
}

pub(crate) fn prepare(connection: &Connection) -> Result<(), ViewsError> {
    connection.busy_timeout(Duration::from_millis(BUSY_MS))?;
    connection.pragma_update(None, "trusted_schema", false)?;
    // What was erased must not lie about where rows lay, nor aside in /tmp.
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    // A statement is planned once, not for each parameter.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

fn flags_with(access: OpenFlags) -> OpenFlags {
    access | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

fn look(path: &Path) -> Result<Option<FileId>, ViewsError> {
    match fs::metadata(path) {
        Ok(found) => Ok(Some(FileId(found.dev(), found.ino()))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed("can't look at", path)(error)),
    }
}

fn sides(path: &Path) -> impl Iterator<Item = PathBuf> {
    ["-wal", "-shm", "-journal"].into_iter().map(move |side| {
        let mut name = path.as_os_str().to_owned();
        name.push(side);
        name.into()
    })
}

/// Only for files without a connection: closing a descriptor drops SQLite's locks on its file.
fn sync(path: &Path) -> Result<(), ViewsError> {
    File::open(path).and_then(|file| file.sync_all()).map_err(failed("can't sync", path))
}

fn failed(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> ViewsError {
    let path = path.to_owned();
    move |cause| ViewsError::File { what, path, cause }
}
