//! The index of words, filled a pass at a time and merged a part at a time.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::ViewsError;
use crate::text::Texts;

/// Most alerts whose words wait to be indexed.
const MOST: usize = 4_096;
/// Of so many at once, words that are taken back leave the file at once: a millisecond or two for each.
/// A backlog leaves them for later.
const FEW: usize = 8;
/// Pages of the index that a part of a merge writes, some milliseconds' work.
const PART_PAGES: i64 = 64;

/// The words of alerts, by their row, that wait to be indexed; `None`: they are to be gone.
#[derive(Debug, Default)]
pub(crate) struct Words {
    waiting: RefCell<BTreeMap<i64, Option<Texts>>>,
    left: Cell<bool>,
}

impl Words {
    pub fn add(
        &self,
        views: &Connection,
        number: i64,
        words: Option<Texts>,
    ) -> Result<(), ViewsError> {
        let mut waiting = self.waiting.borrow_mut();
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
        let mut remains = views.prepare_cached("INSERT OR IGNORE INTO word_remains VALUES (?1)")?;
        let waiting = self.waiting.take();
        let at_once = waiting.len() <= FEW;
        for (number, words) in waiting {
            let Some(Texts { names, places, text, tags }) = words else {
                forget(views, number)?;
                continue;
            };
            let values = params![number, names, places, text, tags];
            match known.query_row(values, |row| row.get(0)).optional()? {
                Some(true) => {}
                Some(false) if at_once => securely(views, || insert.execute(values))?,
                Some(false) => {
                    insert.execute(values)?;
                    remains.execute([number])?;
                    self.left.set(true);
                }
                None => drop(insert.execute(values)?),
            }
        }
        Ok(())
    }

    /// Whether earlier words were left in the index.
    pub fn left_some(&self) -> bool {
        self.left.get()
    }
}

/// A merge of the whole index, part by part. What is left in the index meanwhile may come too late for
/// it, so whoever leaves something has it begin anew.
#[derive(Debug, Default)]
pub(crate) struct Merge {
    begun: bool,
}

impl Merge {
    pub fn anew(&mut self) {
        self.begun = false;
    }

    /// Merges a part, if earlier words lie in the index. `false`: none do, or none any more.
    pub fn part(&mut self, views: &Connection) -> Result<bool, ViewsError> {
        if !views.prepare_cached("SELECT 1 FROM word_remains")?.exists(())? {
            return Ok(false);
        }
        // Of everything that there is now, says a negative number; go on with that, a positive one.
        let pages = if self.begun { PART_PAGES } else { -PART_PAGES };
        let before = views.total_changes();
        views
            .prepare_cached("INSERT INTO alert_words (alert_words, rank) VALUES ('merge', ?1)")?
            .execute([pages])?;
        // The statement itself counts as one change, and so SQLite's manual tells the end by it.
        let done = self.begun && views.total_changes() - before < 2;
        self.begun = !done;
        if done {
            views.execute("DELETE FROM word_remains", ())?;
        }
        Ok(!done)
    }
}

/// Does something so that words that it takes out of the index leave the bytes of the file.
fn securely(
    views: &Connection,
    take_out: impl FnOnce() -> rusqlite::Result<usize>,
) -> Result<(), ViewsError> {
    let mut set =
        views.prepare_cached("INSERT INTO alert_words (alert_words, rank) VALUES (?1, ?2)")?;
    set.execute(("secure-delete", 1))?;
    take_out()?;
    set.execute(("secure-delete", 0))?;
    Ok(())
}

/// Takes the words of an alert out of the index and out of the bytes of the file. Where a backlog gave
/// it other words before, these lie in the index until it is merged.
fn forget(views: &Connection, number: i64) -> Result<(), ViewsError> {
    let there =
        views.prepare_cached("SELECT 1 FROM alert_words WHERE rowid = ?1")?.exists([number])?;
    if there {
        let mut delete = views.prepare_cached("DELETE FROM alert_words WHERE rowid = ?1")?;
        securely(views, || delete.execute([number]))?;
    }
    let remains =
        views.prepare_cached("DELETE FROM word_remains WHERE number = ?1")?.execute([number])?;
    if remains > 0 {
        views.execute_batch(
            "INSERT INTO alert_words (alert_words) VALUES ('optimize'); DELETE FROM word_remains;",
        )?;
    }
    Ok(())
}
