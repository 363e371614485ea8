//! The handle, and how its calls get at the one connection.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, TransactionBehavior};

use crate::{Cost, KEYS_FILE, VaultError, file, lockout, session};

/// The vault of a node. Clones are the same vault.
///
/// Each call that changes anything is one transaction: when it has answered, that is durable; when
/// it fails, nothing was changed.
#[derive(Clone)]
pub struct Vault(Arc<Inner>);

struct Inner {
    path: PathBuf,
    cost: Cost,
    /// Held for as long as SQLite takes, never while a password is hashed.
    connection: Mutex<Connection>,
}

impl Vault {
    /// Opens the vault in a node's directory; where there is none yet, an empty one is created,
    /// because a node that was restored has no accounts and must run all the same.
    pub fn open(dir: &Path) -> Result<Self, VaultError> {
        Self::open_with(dir, Cost::default())
    }

    /// As [`Vault::open`], with another cost for each password that is set from now on.
    pub fn open_with(dir: &Path, cost: Cost) -> Result<Self, VaultError> {
        let path = dir.join(KEYS_FILE);
        let connection = Mutex::new(file::open(&path)?);
        Ok(Self(Arc::new(Inner { path, cost, connection })))
    }

    /// Deletes what has expired and makes sure that nothing which was deleted, now or before, is left
    /// in the bytes of the file or of its WAL. To be called every hour or so. (A disk or a file system
    /// may keep bytes that were overwritten; that is beyond a program.)
    pub fn purge(&self, now_ms: u64) -> Result<(), VaultError> {
        self.write(|transaction| {
            session::purge(transaction, now_ms)?;
            Ok(lockout::purge(transaction, now_ms)?)
        })?;
        self.read(|connection| {
            // `secure_delete` overwrites a row where it lies. That no copy of it was left where pages
            // were split or merged, SQLite promises nowhere; the file is small, so it is made anew.
            connection.execute_batch("VACUUM")?;
            let busy = connection
                .query_one("PRAGMA wal_checkpoint(TRUNCATE)", (), |row| row.get::<_, bool>(0))?;
            if busy { Err(VaultError::Busy { path: self.0.path.clone() }) } else { Ok(()) }
        })
    }

    pub(crate) fn cost(&self) -> Cost {
        self.0.cost
    }

    pub(crate) fn read<T>(
        &self,
        ask: impl FnOnce(&Connection) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        ask(&self.connection()).map_err(|error| error.at(&self.0.path))
    }

    /// One transaction: what `change` gives is durable; when it fails, nothing was changed.
    pub(crate) fn write<T>(
        &self,
        change: impl FnOnce(&Connection) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        transact(&mut self.connection(), change).map_err(|error| error.at(&self.0.path))
    }

    /// A panic in another thread has rolled its transaction back.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.0.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").field("path", &self.0.path).finish_non_exhaustive()
    }
}

fn transact<T>(
    connection: &mut Connection,
    change: impl FnOnce(&Connection) -> Result<T, VaultError>,
) -> Result<T, VaultError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = change(&transaction)?;
    transaction.commit()?;
    Ok(done)
}
