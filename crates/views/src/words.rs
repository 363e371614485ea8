//! The index of words, filled a pass at a time.

use std::cell::RefCell;
use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::ViewsError;
use crate::text::Texts;

/// Most alerts whose words wait to be indexed.
const MOST: usize = 4_096;

/// The words of alerts, by their row, that wait to be indexed.
#[derive(Debug, Default)]
pub(crate) struct Words(RefCell<BTreeMap<i64, Texts>>);

impl Words {
    pub fn add(&self, views: &Connection, number: i64, words: Texts) -> Result<(), ViewsError> {
        let mut waiting = self.0.borrow_mut();
        waiting.insert(number, words);
        let many = waiting.len() >= MOST;
        drop(waiting);
        if many { self.index(views) } else { Ok(()) }
    }

    /// Indexes them where they are others than before: most events change none. In ascending order,
    /// because the index is written out whenever it has to go back.
    pub fn index(&self, views: &Connection) -> Result<(), ViewsError> {
        let mut known = views.prepare_cached(
            "SELECT (names, places, text, tags) = (?2, ?3, ?4, ?5) FROM alert_words
             WHERE rowid = ?1",
        )?;
        let mut insert = views.prepare_cached(
            "INSERT OR REPLACE INTO alert_words (rowid, names, places, text, tags)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for (number, Texts { names, places, text, tags }) in self.0.take() {
            let values = params![number, names, places, text, tags];
            let known = known.query_row(values, |row| row.get(0)).optional()?;
            if known != Some(true) {
                insert.execute(values)?;
            }
        }
        Ok(())
    }
}
