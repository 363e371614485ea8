//! The index of words, filled a pass at a time.

use std::cell::RefCell;
use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::ViewsError;

/// Most alerts whose words wait to be indexed.
const MOST: usize = 4_096;

/// The words of alerts, by their row, that wait to be indexed.
#[derive(Debug, Default)]
pub(crate) struct Words(RefCell<BTreeMap<i64, String>>);

impl Words {
    pub fn add(&self, views: &Connection, number: i64, words: String) -> Result<(), ViewsError> {
        let mut waiting = self.0.borrow_mut();
        waiting.insert(number, words);
        let many = waiting.len() >= MOST;
        drop(waiting);
        if many { self.index(views) } else { Ok(()) }
    }

    /// Indexes them where they are others than before: most events change none. In ascending order,
    /// because the index is written out whenever it has to go back.
    pub fn index(&self, views: &Connection) -> Result<(), ViewsError> {
        let mut known =
            views.prepare_cached("SELECT text = ?2 FROM alert_words WHERE rowid = ?1")?;
        let mut insert = views
            .prepare_cached("INSERT OR REPLACE INTO alert_words (rowid, text) VALUES (?1, ?2)")?;
        for (number, words) in self.0.take() {
            let known = known.query_row(params![number, words], |row| row.get(0)).optional()?;
            if known != Some(true) {
                insert.execute(params![number, words])?;
            }
        }
        Ok(())
    }
}
