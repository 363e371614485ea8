//! Pages of a table of rows of text, read by their row numbers, the newest first.

use std::path::Path;

use anyhow::Result;
use rusqlite::{Connection, params};

/// The table.
pub struct Pages {
    connection: Connection,
    rows: usize,
}

impl Pages {
    /// Makes a table of so many rows that hold this text.
    pub fn create(path: &Path, rows: usize, text: &str) -> Result<Self> {
        let mut connection = Connection::open(path)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.execute_batch("CREATE TABLE rows (number INTEGER PRIMARY KEY, text TEXT)")?;
        let transaction = connection.transaction()?;
        {
            let mut insert = transaction.prepare("INSERT INTO rows VALUES (?1, ?2)")?;
            for number in 1..=rows {
                insert.execute(params![number, text])?;
            }
        }
        transaction.commit()?;
        Ok(Self { connection, rows })
    }

    /// Reads a page, counted from the newest row; gives how many bytes of text it has.
    pub fn read(&self, page: usize, limit: usize) -> Result<usize> {
        let before = self.rows.saturating_sub(page * limit) + 1;
        let sql = "SELECT text FROM rows WHERE number < ?1 ORDER BY number DESC LIMIT ?2";
        let mut select = self.connection.prepare_cached(sql)?;
        let mut rows = select.query(params![before, limit])?;
        let mut bytes = 0;
        while let Some(row) = rows.next()? {
            bytes += row.get_ref(0)?.as_str()?.len();
        }
        Ok(bytes)
    }
}
