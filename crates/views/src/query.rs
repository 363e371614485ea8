//! Reading: what the pages, the API and the command line show.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use giapranh_domain::{Alert, AlertId, Level, Millis, UnitId, ZoneId};
use rusqlite::{Connection, OptionalExtension as _, Params, Row, Transaction, params};

use crate::file::{self, FileId};
use crate::rows::{Counters, Standing, UnitQuery, UnitRow, ZoneRow};
use crate::viewer::{Sight, sees};
use crate::{PAGE, Viewer, ViewsError, digest};

/// How many connections are kept for the next reader.
const IDLE: usize = 4;

/// The views of a node, for reading. Clones share their connections. When a rebuild puts another
/// file in place, the next call reads that one. Each call sees one state and blocks.
#[derive(Clone)]
pub struct Views {
    pool: Arc<Pool>,
}

struct Pool {
    path: PathBuf,
    idle: Mutex<Vec<(Connection, FileId)>>,
}

impl Views {
    /// Opens the views in a node's directory, which a [`crate::Projector`] made.
    pub fn open(dir: &Path) -> Result<Self, ViewsError> {
        let path = file::path_in(dir);
        let first = file::open_for_reading(&path)?;
        Ok(Self { pool: Arc::new(Pool { path, idle: Mutex::new(vec![first]) }) })
    }

    /// An alert with all that is known of it; `None` when it is not here, or not for the viewer.
    pub fn alert(
        &self,
        id: &AlertId,
        viewer: Option<&Viewer>,
        now: Millis,
    ) -> Result<Option<Alert>, ViewsError> {
        let (sight, named) = (Sight::of(viewer, now), id.to_string());
        let sql = format!("SELECT state FROM alerts WHERE id = :id AND {}", sees());
        let state: Option<String> = self.read(|views| {
            let mut parameters = sight.parameters().to_vec();
            parameters.push((":id", &named));
            let mut statement = views.prepare_cached(&sql)?;
            Ok(statement.query_row(parameters.as_slice(), |row| row.get(0)).optional()?)
        })?;
        state
            .map(|state| serde_json::from_str(&state))
            .transpose()
            .map_err(|error| ViewsError::damaged(format!("the alert {id} as no JSON: {error}")))
    }

    /// Every zone, by id.
    pub fn zones(&self) -> Result<Vec<ZoneRow>, ViewsError> {
        self.zones_where(None)
    }

    /// A zone.
    pub fn zone(&self, id: &ZoneId) -> Result<Option<ZoneRow>, ViewsError> {
        Ok(self.zones_where(Some(id))?.pop())
    }

    /// Units, by id.
    pub fn units(&self, query: &UnitQuery) -> Result<Vec<UnitRow>, ViewsError> {
        let parameters = params![
            query.level.map(Level::code),
            query.parent.as_ref().map(UnitId::as_str),
            query.zone.as_ref().map(ZoneId::as_str),
        ];
        let sql = "SELECT id, parent, level, name, official_code, has_node FROM units
            WHERE (?1 IS NULL OR level = ?1) AND (?2 IS NULL OR parent = ?2)
            AND (?3 IS NULL OR id IN (SELECT unit FROM zone_members WHERE zone = ?3))
            ORDER BY id";
        self.read(|views| collect(views, sql, parameters, unit_row))
    }

    /// How much there is.
    pub fn counters(&self, now: Millis) -> Result<Counters, ViewsError> {
        self.read(|views| {
            let mut counters = Counters::default();
            let standings = "SELECT CASE WHEN status <> 'active' THEN status
                WHEN expires_ms <= ?1 THEN 'expired' WHEN hidden_ms > ?1 THEN 'hidden'
                ELSE 'active' END FROM alerts";
            let [standings] = tally(views, standings, [now])?;
            for (standing, count) in standings {
                counters.alerts += count;
                *match Standing::parse(&standing) {
                    Some(Standing::Awaited) => &mut counters.awaited,
                    Some(Standing::Active) => &mut counters.active,
                    Some(Standing::Hidden) => &mut counters.hidden,
                    Some(Standing::Expired) => &mut counters.expired,
                    Some(Standing::Withdrawn) => &mut counters.withdrawn,
                    None => return Err(ViewsError::damaged(format!("a status {standing}"))),
                } = count;
            }
            let sealed = "SELECT count(*) FROM alerts WHERE sealed = 'waiting'";
            counters.sealed = views.query_row(sealed, (), |row| row.get(0))?;
            let waiting = "SELECT count(*) FROM drafts WHERE state = 'waiting'";
            counters.drafts_waiting = views.query_row(waiting, (), |row| row.get(0))?;
            let due = "SELECT count(*), coalesce(sum(due_ms <= ?1), 0) FROM obligations
                WHERE begun_ms <= ?1 AND (ends_ms IS NULL OR ends_ms > ?1)";
            (counters.due, counters.overdue) =
                views.query_row(due, [now], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let hits = "SELECT count(*), coalesce(sum(answered = 0), 0) FROM hits";
            (counters.hits, counters.hits_unanswered) =
                views.query_row(hits, (), |row| Ok((row.get(0)?, row.get(1)?)))?;
            [counters.by_kind, counters.by_verdict] =
                tally(views, "SELECT kind, verdict FROM entries", ())?;
            counters.events = counters.by_verdict.values().sum();
            Ok(counters)
        })
    }

    /// SHA-256 over all that nodes with the same events show alike, in hexadecimal digits.
    pub fn digest(&self) -> Result<String, ViewsError> {
        self.read(|views| digest::of(views))
    }

    /// Everything up to this position of the log is shown.
    pub fn position(&self) -> Result<u64, ViewsError> {
        self.read(|views| Ok(views.query_row("SELECT cursor FROM meta", (), |row| row.get(0))?))
    }

    fn zones_where(&self, id: Option<&ZoneId>) -> Result<Vec<ZoneRow>, ViewsError> {
        let sql = "SELECT id, name,
            (SELECT group_concat(unit, ' ') FROM zone_members WHERE zone = zones.id)
            FROM zones WHERE ?1 IS NULL OR id = ?1 ORDER BY id";
        self.read(|views| {
            collect(views, sql, [id.map(ZoneId::as_str)], |row| {
                let members = row.get::<_, Option<String>>(2)?.unwrap_or_default();
                Ok(ZoneRow { id: id_in(row, 0)?, name: row.get(1)?, members: ids(&members)? })
            })
        })
    }

    /// Runs one reading transaction. A connection that failed is not used again.
    pub(crate) fn read<T>(
        &self,
        ask: impl FnOnce(&Transaction<'_>) -> Result<T, ViewsError>,
    ) -> Result<T, ViewsError> {
        let now = file::id_of(&self.pool.path)?;
        let idle = || self.pool.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = {
            let mut idle = idle();
            idle.retain(|(_, file)| Some(*file) == now);
            idle.pop()
        };
        let (mut connection, file) = match kept {
            Some(kept) => kept,
            None => file::open_for_reading(&self.pool.path)?,
        };
        let transaction = connection.transaction()?;
        let answer = ask(&transaction)?;
        transaction.finish()?;
        let mut idle = idle();
        if idle.len() < IDLE {
            idle.push((connection, file));
        }
        Ok(answer)
    }
}

pub(crate) fn clamp(limit: usize) -> usize {
    limit.clamp(1, PAGE)
}

pub(crate) fn collect<T>(
    views: &Connection,
    sql: &str,
    parameters: impl Params,
    make: impl Fn(&Row<'_>) -> Result<T, ViewsError>,
) -> Result<Vec<T>, ViewsError> {
    let mut statement = views.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(make(row)?);
    }
    Ok(found)
}

/// How often each text stands in each of the columns. SQLite would sort all rows to group them, and
/// may do that in memory only.
fn tally<const COLUMNS: usize>(
    views: &Connection,
    sql: &str,
    parameters: impl Params,
) -> Result<[BTreeMap<String, u64>; COLUMNS], ViewsError> {
    let mut tallies = [const { BTreeMap::new() }; COLUMNS];
    let mut statement = views.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    while let Some(row) = rows.next()? {
        for (column, tally) in tallies.iter_mut().enumerate() {
            let text = row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?;
            match tally.get_mut(text) {
                Some(count) => *count += 1,
                None => drop(tally.insert(text.to_owned(), 1)),
            }
        }
    }
    Ok(tallies)
}

fn unit_row(row: &Row<'_>) -> Result<UnitRow, ViewsError> {
    let level: String = row.get(2)?;
    let parent: Option<String> = row.get(1)?;
    Ok(UnitRow {
        id: id_in(row, 0)?,
        parent: parent.as_deref().map(id).transpose()?,
        level: Level::parse(&level)
            .ok_or_else(|| ViewsError::damaged(format!("a level {level}")))?,
        name: row.get(3)?,
        official_code: row.get(4)?,
        has_node: row.get(5)?,
    })
}

pub(crate) fn id_in<T: std::str::FromStr>(row: &Row<'_>, column: usize) -> Result<T, ViewsError>
where
    T::Err: std::fmt::Display,
{
    id(&row.get::<_, String>(column)?)
}

pub(crate) fn id<T: std::str::FromStr>(text: &str) -> Result<T, ViewsError>
where
    T::Err: std::fmt::Display,
{
    text.parse().map_err(|error| ViewsError::damaged(format!("an id that is none: {error}")))
}

/// Ids with a space between, ascending.
pub(crate) fn ids<T: std::str::FromStr + Ord>(text: &str) -> Result<Vec<T>, ViewsError>
where
    T::Err: std::fmt::Display,
{
    let mut ids = text.split_whitespace().map(id).collect::<Result<Vec<T>, _>>()?;
    ids.sort_unstable();
    Ok(ids)
}
