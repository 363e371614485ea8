//! Making the views anew from the log: the proof that they hold nothing of their own.

use std::collections::BTreeSet;
use std::path::Path;

use giapranh_domain::{AlertId, Directory, UnitId};
use rusqlite::Connection;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::pass::Pass;
use crate::project::{alert_id, check_order, cursor, directory_at};
use crate::{Source, ViewsError, digest, file};

/// How many events, or alerts, one transaction takes.
const BATCH: usize = 4_096;

/// What a rebuild found. The views differed if the digests do, which a person should hear of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Rebuilt {
    /// How many events it went through.
    pub events: u64,
    /// Of the views that it replaced; `None` when there were none that could be read.
    pub digest_before: Option<String>,
    /// Of the new ones.
    pub digest_after: String,
    /// The position at which both were taken: where the old views stood, or else the log's head.
    pub position: u64,
}

/// Builds the views anew beside the old ones, which go on serving, and puts them in their place.
/// `progress` hears the position reached and the one to reach.
///
/// The new file ends where the old one stood when this began, so that their digests can be
/// compared; the projector goes on from there. No projector may write while this runs (it need not
/// be closed: its next call takes the new file), none may be opened, and no other rebuild may run.
/// When it fails or is cut off, the old views stay.
pub fn rebuild(
    dir: &Path,
    registrar: &UnitId,
    source: &dyn Source,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Rebuilt, ViewsError> {
    let (path, new) = (file::path_in(dir), file::unfinished_in(dir));
    let head = source.head()?;
    let before = match standing(&path, registrar) {
        Ok(before) => Some(before).filter(|(position, _)| *position <= head),
        Err(ViewsError::Missing { .. }) => None,
        Err(error) if error.is_damage() => {
            tracing::warn!(%error, "the old views can't be compared");
            None
        }
        Err(error) => return Err(error),
    };
    let position = before.as_ref().map_or(head, |(position, _)| *position);
    let built = build(&new, registrar, source, position, progress);
    let (events, digest_after) = match built {
        Ok(built) => built,
        Err(error) => {
            // Best effort: it is removed again before it could be in the way.
            file::remove(&new).unwrap_or_default();
            return Err(error);
        }
    };
    file::replace(&path, &new)?;
    let digest_before = before.map(|(_, digest)| digest);
    if digest_before.as_ref().is_some_and(|digest| *digest != digest_after) {
        tracing::warn!(position, ?digest_before, digest_after, "the old views differed");
    }
    Ok(Rebuilt { events, digest_before, digest_after, position })
}

/// Builds views of the log up to a position in a directory of their own, where there are none and
/// nobody looks before this is done. They are read like any others, and nothing follows them: no
/// projector may be opened there. What fails leaves a broken file, which the caller removes with the
/// directory.
pub fn build_as_of(
    dir: &Path,
    registrar: &UnitId,
    source: &dyn Source,
    position: u64,
) -> Result<(), ViewsError> {
    let path = file::path_in(dir);
    let (connection, _) = fill(&path, registrar, source, position, &mut |_, _| {})?;
    file::finish(connection, &path)
}

/// Where the views stand, and their digest there.
fn standing(path: &Path, registrar: &UnitId) -> Result<(u64, String), ViewsError> {
    let (mut connection, _) = file::open_for_reading(path)?;
    let transaction = connection.transaction()?;
    Ok((cursor(&transaction, registrar)?, digest::of(&transaction)?))
}

fn build(
    path: &Path,
    registrar: &UnitId,
    source: &dyn Source,
    until: u64,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(u64, String), ViewsError> {
    let (connection, events) = fill(path, registrar, source, until, progress)?;
    let digest = digest::of(&connection)?;
    file::finish(connection, path)?;
    Ok((events, digest))
}

/// Makes a file and puts in all that follows from the log up to a position; how many events it has.
fn fill(
    path: &Path,
    registrar: &UnitId,
    source: &dyn Source,
    until: u64,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(Connection, u64), ViewsError> {
    file::create_unseen(path, registrar.as_str())?;
    let mut connection = file::open_unfinished(path)?;
    // The whole directory comes first, so that no verdict has to be given again, and each
    // alert is folded once.
    let directory = directory_at(registrar, source, until)?;
    let (events, drafted) = enter_all(&mut connection, source, &directory, until, progress)?;
    fold_all(&mut connection, source, &directory, until, &drafted)?;
    Ok((connection, events))
}

/// How many events there are, and the alerts of which there are drafts.
fn enter_all(
    connection: &mut Connection,
    source: &dyn Source,
    directory: &Directory,
    until: u64,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(u64, BTreeSet<AlertId>), ViewsError> {
    let (mut position, mut events, mut drafted) = (0, 0, BTreeSet::new());
    progress(position, until);
    while position < until {
        let mut batch = source.after(position, BATCH)?;
        check_order(position, &batch)?;
        batch.retain(|stored| stored.position <= until);
        let Some(last) = batch.last() else { break };
        position = last.position;
        let transaction = connection.transaction()?;
        let pass = Pass::new(&transaction, source, directory, until);
        for stored in &batch {
            let touched = pass.enter(stored)?;
            drafted.extend(touched.filter(|_| stored.event.header().is_local()));
            events += 1;
        }
        transaction.commit()?;
        progress(position, until);
    }
    if position == until {
        return Ok((events, drafted));
    }
    let what = format!("it ends at position {position}, but had an event at {until}");
    Err(ViewsError::Contradiction { what })
}

fn fold_all(
    connection: &mut Connection,
    source: &dyn Source,
    directory: &Directory,
    until: u64,
    drafted: &BTreeSet<AlertId>,
) -> Result<(), ViewsError> {
    let transaction = connection.transaction()?;
    let pass = Pass::new(&transaction, source, directory, until);
    {
        let mut alerts = transaction.prepare(
            "SELECT DISTINCT alert FROM entries
             WHERE alert IS NOT NULL AND verdict <> 'unreadable' ORDER BY alert",
        )?;
        let mut rows = alerts.query(())?;
        while let Some(row) = rows.next()? {
            pass.fold(&alert_id(&row.get::<_, String>(0)?)?, false)?;
        }
    }
    for alert in drafted {
        if !pass.has_alert(&alert.to_string())? {
            pass.fold(alert, false)?;
        }
    }
    pass.directory()?;
    pass.finish()?;
    Ok(transaction.commit()?)
}
