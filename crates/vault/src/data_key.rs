//! The keys of sealed payloads: kept, used and destroyed.
//!
//! A key is durable before anything is sealed with it: some are put by ahead ([`DataKeys::put_by`]),
//! so that who seals need not wait. What was erased is *fenced* in the transaction that destroys its
//! keys, and no key for it is ever taken again ([`DataKeys::keep`]), wherever it comes from.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior};
use zeroize::Zeroizing;

use crate::{KEYS_FILE, VaultError, file};

/// Names a key: its commitment.
pub type Commitment = [u8; 32];

/// The bytes of a key; wiped when dropped.
pub type KeyBytes = Zeroizing<[u8; 32]>;

const GONE: [u8; 32] = [0; 32];

/// A key that somebody granted. Never shown.
#[derive(Clone)]
pub struct Granted {
    /// Which it is.
    pub commitment: Commitment,
    /// Its bytes.
    pub key: KeyBytes,
    /// What it is for, as [`DataKeys::note_uses`] and [`DataKeys::erase`] name it.
    pub subject: String,
}

/// What became of a key that was to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is here from now on.
    New,
    /// It was here before.
    Before,
    /// What it opens was erased.
    Fenced,
}

/// The keys in a node's vault, over a connection of their own. Clones are the same.
#[derive(Clone)]
pub struct DataKeys(Arc<Inner>);

struct Inner {
    path: PathBuf,
    connection: Mutex<Connection>,
}

impl DataKeys {
    /// Opens the vault in a node's directory; where there is none yet, an empty one is created.
    pub fn open(dir: &Path) -> Result<Self, VaultError> {
        let path = dir.join(KEYS_FILE);
        let connection = Mutex::new(file::open(&path)?);
        Ok(Self(Arc::new(Inner { path, connection })))
    }

    /// Opens the vault in a directory to read, if there is one.
    pub fn open_there(dir: &Path) -> Result<Option<Self>, VaultError> {
        if dir.join(KEYS_FILE).exists() { Self::open(dir).map(Some) } else { Ok(None) }
    }

    /// Puts fresh keys by, for what will be sealed. When it has answered they are durable. A key that
    /// was here before is an error: the source of randomness repeats itself.
    pub fn put_by(&self, keys: &[(Commitment, KeyBytes)]) -> Result<(), VaultError> {
        self.write(|transaction| {
            for (commitment, key) in keys {
                let known = find(transaction, commitment)?.is_some();
                if known || **key == GONE {
                    return Err(VaultError::NoRandomness("it gave the same bytes twice".into()));
                }
                insert(transaction, commitment, key)?;
            }
            Ok(())
        })
    }

    /// The keys that were put by and are used for nothing yet.
    pub fn unused(&self) -> Result<Vec<Commitment>, VaultError> {
        self.read(|connection| {
            let mut unused = connection.prepare_cached(
                "SELECT commitment FROM data_keys
                 WHERE commitment NOT IN (SELECT commitment FROM key_uses) ORDER BY id",
            )?;
            let found = unused.query_map((), |row| row.get(0))?.collect::<Result<_, _>>()?;
            Ok(found)
        })
    }

    /// Notes what keys are used for; `until_ms`: when such a key is destroyed by itself, or 0.
    pub fn note_uses(&self, uses: &[(Commitment, String, u64)]) -> Result<(), VaultError> {
        self.write(|transaction| {
            uses.iter().try_for_each(|(commitment, subject, until_ms)| {
                note_use(transaction, commitment, subject, *until_ms)
            })
        })
    }

    /// Keeps keys that somebody granted, but for what was erased. When it has answered they are
    /// durable: one transaction for all. What became of each, in their order.
    pub fn keep(&self, granted: &[Granted]) -> Result<Vec<Kept>, VaultError> {
        self.write(|transaction| granted.iter().map(|granted| keep(transaction, granted)).collect())
    }

    /// The key of that name; `None` when it is not here, or was destroyed.
    pub fn find(&self, commitment: &Commitment) -> Result<Option<KeyBytes>, VaultError> {
        self.read(|connection| Ok(find(connection, commitment)?.filter(|key| **key != GONE)))
    }

    /// Whether that was erased.
    pub fn is_fenced(&self, subject: &str) -> Result<bool, VaultError> {
        self.read(|connection| is_fenced(connection, subject))
    }

    /// Fences `subject` and destroys its keys, those of `commitments` and all that were noted for it:
    /// one transaction, after which neither the file nor its WAL holds their bytes. To be done again
    /// after a cut: it changes nothing then.
    pub fn erase(
        &self,
        subject: &str,
        commitments: &[Commitment],
        now_ms: u64,
    ) -> Result<(), VaultError> {
        self.write(|transaction| {
            transaction
                .prepare_cached("INSERT OR IGNORE INTO fences VALUES (?1, ?2)")?
                .execute((subject, now_ms))?;
            transaction
                .prepare_cached(
                    "UPDATE data_keys SET key = zeroblob(32) WHERE commitment IN
                     (SELECT commitment FROM key_uses WHERE subject = ?1)",
                )?
                .execute([subject])?;
            destroy(transaction, commitments)
        })?;
        self.truncate()
    }

    /// Destroys keys, and leaves no bytes of them.
    pub fn destroy(&self, commitments: &[Commitment]) -> Result<(), VaultError> {
        self.write(|transaction| destroy(transaction, commitments))?;
        self.truncate()
    }

    /// Destroys the keys whose time has passed; how many there were.
    pub fn expire(&self, now_ms: u64) -> Result<usize, VaultError> {
        let due: Vec<Commitment> = self.read(|connection| {
            let mut due = connection.prepare_cached(
                "SELECT commitment FROM key_uses WHERE until_ms > 0 AND until_ms <= ?1",
            )?;
            let found = due.query_map([now_ms], |row| row.get(0))?.collect::<Result<_, _>>()?;
            Ok(found)
        })?;
        if due.is_empty() {
            return Ok(0);
        }
        self.write(|transaction| {
            destroy(transaction, &due)?;
            transaction
                .prepare_cached("UPDATE key_uses SET until_ms = 0 WHERE until_ms BETWEEN 1 AND ?1")?
                .execute([now_ms])?;
            Ok(())
        })?;
        self.truncate()?;
        Ok(due.len())
    }

    /// When the node was last known to run, milliseconds since 1970; 0: never.
    pub fn alive(&self) -> Result<u64, VaultError> {
        self.read(|connection| {
            Ok(connection.query_one("SELECT alive_ms FROM presence", (), |row| row.get(0))?)
        })
    }

    /// Notes that the node runs.
    pub fn note_alive(&self, now_ms: u64) -> Result<(), VaultError> {
        self.write(|transaction| {
            transaction
                .prepare_cached("UPDATE presence SET alive_ms = MAX(alive_ms, ?1)")?
                .execute([now_ms])?;
            Ok(())
        })
    }

    fn truncate(&self) -> Result<(), VaultError> {
        self.read(|connection| {
            let busy = connection
                .query_one("PRAGMA wal_checkpoint(TRUNCATE)", (), |row| row.get::<_, bool>(0))?;
            if busy { Err(VaultError::Busy { path: self.0.path.clone() }) } else { Ok(()) }
        })
    }

    fn read<T>(
        &self,
        ask: impl FnOnce(&Connection) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        ask(&self.connection()).map_err(|error| error.at(&self.0.path))
    }

    fn write<T>(
        &self,
        change: impl FnOnce(&Connection) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        let mut connection = self.connection();
        let done = || -> Result<T, VaultError> {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = change(&transaction)?;
            transaction.commit()?;
            Ok(done)
        };
        done().map_err(|error| error.at(&self.0.path))
    }

    /// A panic in another thread has rolled its transaction back.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.0.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for DataKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DataKeys").field("path", &self.0.path).finish_non_exhaustive()
    }
}

fn keep(connection: &Connection, granted: &Granted) -> Result<Kept, VaultError> {
    let Granted { commitment, key, subject } = granted;
    if is_fenced(connection, subject)? {
        return Ok(Kept::Fenced);
    }
    match find(connection, commitment)? {
        Some(known) if *known == GONE => Ok(Kept::Fenced),
        Some(_) => Ok(Kept::Before),
        None => {
            insert(connection, commitment, key)?;
            note_use(connection, commitment, subject, 0)?;
            Ok(Kept::New)
        }
    }
}

fn find(connection: &Connection, commitment: &Commitment) -> Result<Option<KeyBytes>, VaultError> {
    let found: Option<[u8; 32]> = connection
        .prepare_cached("SELECT key FROM data_keys WHERE commitment = ?1")?
        .query_row([commitment], |row| row.get(0))
        .optional()?;
    Ok(found.map(Zeroizing::new))
}

fn insert(
    connection: &Connection,
    commitment: &Commitment,
    key: &KeyBytes,
) -> Result<(), VaultError> {
    connection
        .prepare_cached("INSERT INTO data_keys (commitment, key) VALUES (?1, ?2)")?
        .execute((commitment, &**key))?;
    Ok(())
}

fn note_use(
    connection: &Connection,
    commitment: &Commitment,
    subject: &str,
    until_ms: u64,
) -> Result<(), VaultError> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO key_uses VALUES (?1, ?2, ?3)")?
        .execute((commitment, subject, until_ms))?;
    Ok(())
}

fn is_fenced(connection: &Connection, subject: &str) -> Result<bool, VaultError> {
    Ok(connection.prepare_cached("SELECT 1 FROM fences WHERE subject = ?1")?.exists([subject])?)
}

fn destroy(connection: &Connection, commitments: &[Commitment]) -> Result<(), VaultError> {
    let mut destroy = connection
        .prepare_cached("UPDATE data_keys SET key = zeroblob(32) WHERE commitment = ?1")?;
    commitments.iter().try_for_each(|commitment| destroy.execute([commitment]).map(drop))?;
    Ok(())
}
