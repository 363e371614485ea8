//! The one writer: follows the log batch by batch.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use giapranh_domain::{AlertId, Directory, UnitId};
use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior};

use crate::file::{self, FileId};
use crate::pass::Pass;
use crate::reach::{Reach, apply, concerns_directory};
use crate::words::Merge;
use crate::{Source, Stored, ViewsError, accesses};

/// What one call of [`Projector::project`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Everything up to this position is shown.
    pub position: u64,
    /// How many events the call took in; 0 when there was none.
    pub applied: usize,
    /// The log's newest position.
    pub head: u64,
    /// Whether the directory is another one than before.
    pub directory_changed: bool,
    /// Whether what officers see of alerts may be another than before: notes of who was shown what
    /// change nothing there.
    pub alerts_changed: bool,
}

/// Owns the writing connection and the directory at the cursor. One at a time.
///
/// Each batch is one transaction: rows and cursor. When a call fails nothing of its batch is
/// shown, and the projector must not go on: it says why and is opened again after the cause is
/// gone. It never skips an event.
pub struct Projector {
    dir: PathBuf,
    registrar: UnitId,
    file: FileId,
    connection: Connection,
    directory: Arc<Directory>,
    position: u64,
    merge: Merge,
}

impl Projector {
    /// Opens the views of a node's directory. A file that is damaged, of another schema or
    /// registrar, or ahead of the log or not of this log, is replaced by a fresh one, which is then
    /// projected from the log's beginning. What an interrupted rebuild left is removed, so no
    /// rebuild may run meanwhile.
    pub fn open(dir: &Path, registrar: UnitId, source: &dyn Source) -> Result<Self, ViewsError> {
        let path = file::path_in(dir);
        file::remove(&file::unfinished_in(dir))?;
        file::earlier_in(dir).try_for_each(|earlier| file::remove(&earlier))?;
        let opened = match resume(&path, &registrar, source) {
            Err(ViewsError::Missing { .. }) => None,
            Err(error) if error.is_damage() => {
                tracing::warn!(path = %path.display(), %error, "the views start afresh");
                None
            }
            opened => Some(opened?),
        };
        let (connection, file, position) = if let Some(opened) = opened {
            opened
        } else {
            file::create(&path, registrar.as_str())?;
            resume(&path, &registrar, source)?
        };
        let directory = directory_at(&registrar, source, position)?;
        let (dir, directory) = (dir.to_owned(), Arc::new(directory));
        let merge = Merge::default();
        Ok(Self { dir, registrar, file, connection, directory, position, merge })
    }

    /// Takes in the next events, at most `batch_limit`. When the file was exchanged by a rebuild,
    /// or deleted, it goes on with the one that is there now, whose position may be an earlier one.
    pub fn project(
        &mut self,
        source: &dyn Source,
        batch_limit: usize,
    ) -> Result<Progress, ViewsError> {
        if file::id_of(&file::path_in(&self.dir))? != Some(self.file) {
            *self = Self::open(&self.dir, self.registrar.clone(), source)?;
        }
        let batch = source.after(self.position, batch_limit.max(1))?;
        let directory_changed = match batch.last() {
            Some(last) => self.take_in(source, &batch, last.position)?,
            None => false,
        };
        Ok(Progress {
            position: self.position,
            applied: batch.len(),
            head: source.head()?.max(self.position),
            directory_changed,
            alerts_changed: batch.iter().any(|stored| !accesses::is_trail(stored)),
        })
    }

    /// Does a part, some milliseconds long, of what a backlog put off: earlier words of alerts leave the
    /// index, so that an erasure finds it merged. `false`: nothing is left to do.
    pub fn tidy(&mut self) -> Result<bool, ViewsError> {
        self.merge.part(&self.connection)
    }

    /// Leaves no bytes of what was shown before in the WAL. `false` when a reader is in the way: again,
    /// soon.
    pub fn truncate(&self) -> Result<bool, ViewsError> {
        let busy = self
            .connection
            .query_one("PRAGMA wal_checkpoint(TRUNCATE)", (), |row| row.get::<_, bool>(0))?;
        Ok(!busy)
    }

    /// The directory as it is at the cursor.
    pub fn directory(&self) -> Arc<Directory> {
        Arc::clone(&self.directory)
    }

    /// Everything up to this position is shown.
    pub fn position(&self) -> u64 {
        self.position
    }

    fn take_in(
        &mut self,
        source: &dyn Source,
        batch: &[Stored],
        until: u64,
    ) -> Result<bool, ViewsError> {
        check_order(self.position, batch)?;
        let mut directory = Arc::clone(&self.directory);
        let mut reach = None;
        for stored in batch.iter().filter(|stored| concerns_directory(stored)) {
            if let Some(reached) = apply(Arc::make_mut(&mut directory), stored) {
                reach.get_or_insert_with(Reach::default).extend(reached);
            }
        }
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let pass = Pass::new(&transaction, source, &directory, until);
        let mut touched = BTreeSet::new();
        let moved = reach.as_ref().map(|reach| reach.moved(&transaction)).transpose()?;
        for stored in batch {
            touched.extend(pass.enter(stored)?);
        }
        if let Some(moved) = &moved {
            pass.directory()?;
            moved.loose.iter().try_for_each(|position| pass.judge_at(*position))?;
            moved.alerts.iter().try_for_each(|alert| pass.fold(alert, true))?;
            touched.retain(|alert| !moved.alerts.contains(alert));
        }
        for alert in &touched {
            pass.fold(alert, false)?;
        }
        let left_words = pass.finish()?;
        transaction.commit()?;
        if left_words {
            self.merge.anew();
        }
        self.directory = directory;
        self.position = until;
        Ok(reach.is_some())
    }
}

/// The directory that the log's events up to a position add up to.
pub(crate) fn directory_at(
    registrar: &UnitId,
    source: &dyn Source,
    until: u64,
) -> Result<Directory, ViewsError> {
    let mut directory = Directory::new(registrar.clone());
    for stored in &source.directory(0, until)? {
        apply(&mut directory, stored);
    }
    Ok(directory)
}

/// The cursor of views that belong to this registrar.
pub(crate) fn cursor(connection: &Connection, registrar: &UnitId) -> Result<u64, ViewsError> {
    let (cursor, of): (u64, String) =
        connection.query_row("SELECT cursor, registrar FROM meta", (), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    if of == registrar.as_str() {
        Ok(cursor)
    } else {
        Err(ViewsError::damaged(format!("the directory of {of} instead of {registrar}")))
    }
}

/// A batch must continue what is shown, or something would be skipped or shown twice.
pub(crate) fn check_order(after: u64, batch: &[Stored]) -> Result<(), ViewsError> {
    let positions = batch.iter().map(|stored| stored.position);
    if [after].into_iter().chain(positions).is_sorted_by(|a, b| a < b) {
        Ok(())
    } else {
        let what = format!("its events after position {after} do not ascend");
        Err(ViewsError::Contradiction { what })
    }
}

fn resume(
    path: &Path,
    registrar: &UnitId,
    source: &dyn Source,
) -> Result<(Connection, FileId, u64), ViewsError> {
    let (connection, file) = file::open_for_writing(path)?;
    check_pages(&connection)?;
    let cursor = cursor(&connection, registrar)?;
    let head = source.head()?;
    if cursor > head {
        let what = format!("events up to position {cursor}, but the log ends at {head}");
        return Err(ViewsError::damaged(what));
    }
    check_newest(&connection, source)?;
    Ok((connection, file, cursor))
}

/// Table by table: asked for all at once, SQLite also reads every word of the text index.
fn check_pages(connection: &Connection) -> Result<(), ViewsError> {
    let tables: Vec<String> = connection
        .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type <> 'virtual'")?
        .query_map((), |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for table in tables {
        let mut sound = true;
        connection.pragma(None, "quick_check", &table, |row| {
            sound &= row.get::<_, String>(0)? == "ok";
            Ok(())
        })?;
        if !sound {
            return Err(ViewsError::damaged("pages that contradict each other"));
        }
    }
    Ok(())
}

/// A log that was restored from a copy and grew again is as long, but is another one.
fn check_newest(connection: &Connection, source: &dyn Source) -> Result<(), ViewsError> {
    let newest: Option<(u64, String)> = connection
        .query_row(
            "SELECT position, event_id FROM entries ORDER BY position DESC LIMIT 1",
            (),
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let Some((position, event_id)) = newest else {
        return Ok(());
    };
    let found = source.after(position.saturating_sub(1), 1)?;
    let same = |stored: &Stored| {
        stored.position == position && stored.event.header().event_id.to_string() == event_id
    };
    if found.first().is_some_and(same) {
        Ok(())
    } else {
        Err(ViewsError::damaged(format!("another event at position {position} than the log")))
    }
}

/// An alert's id out of a row.
pub(crate) fn alert_id(text: &str) -> Result<AlertId, ViewsError> {
    text.parse().map_err(|error| ViewsError::damaged(format!("an alert: {error}")))
}
