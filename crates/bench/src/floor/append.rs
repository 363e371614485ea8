//! Appending bytes to a table with `synchronous=FULL`, so many in a transaction.

use std::path::Path;

use anyhow::Result;
use bytes::Bytes;
use rusqlite::Connection;

/// A table of a number and bytes.
pub struct Table(Connection);

impl Table {
    /// Makes it in a new file.
    pub fn create(path: &Path) -> Result<Self> {
        let connection = Connection::open(path)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.execute("CREATE TABLE events (position INTEGER PRIMARY KEY, bytes BLOB)", ())?;
        Ok(Self(connection))
    }

    /// Appends, durably when it returns.
    pub fn append<'a>(
        &mut self,
        events: impl Iterator<Item = &'a Bytes>,
        in_transaction: usize,
    ) -> Result<()> {
        let mut events = events.peekable();
        while events.peek().is_some() {
            let transaction = self.0.transaction()?;
            {
                let mut insert =
                    transaction.prepare_cached("INSERT INTO events (bytes) VALUES (?1)")?;
                for bytes in events.by_ref().take(in_transaction) {
                    insert.execute([bytes.as_ref()])?;
                }
            }
            transaction.commit()?;
        }
        Ok(())
    }
}
