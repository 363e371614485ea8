//! The list of alerts, the newest change first.
//!
//! Which alerts come next is told by indexes, one for each zone of the viewer and for each unit in
//! whose place it stands, also by category, so that what is rare is found among very many; only what
//! may be shown is looked up.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use giapranh_domain::time::rfc3339;
use giapranh_domain::{AlertId, Millis, UnitId, ZoneId};
use rusqlite::{CachedStatement, Connection, OptionalExtension as _, Row};

use crate::merge::{List, merged};
use crate::query::{clamp, id_in, ids};
use crate::rows::{AlertQuery, AlertRow, Page, Standing, StatusFilter};
use crate::viewer::{Parameter, Sight, UNHIDDEN, sees};
use crate::{Viewer, Views, ViewsError, text};

const ALERT: &str = include_str!("alerts.sql");
const LIST: &str = "SELECT changed_ms, {id} FROM {from}
    WHERE {key} AND (changed_ms, {id}) < (:at, :id)
    AND (:standing IS NULL OR {standing} = :standing)
    AND (:issuer IS NULL OR substr({id}, 1, length(:issuer) + 1) = :issuer || '/') AND {words}
    ORDER BY changed_ms DESC, {id} DESC";
const WORDS: &str = "number IN (SELECT rowid FROM alert_words WHERE alert_words MATCH :words)";
/// Of a row of `alerts` or of `alert_zones`.
pub(crate) const STANDING: &str = "CASE WHEN status <> 'active' THEN status
    WHEN expires_ms <= :now THEN 'expired' WHEN hidden_ms > :now THEN 'hidden' ELSE 'active' END";

/// Where an alert stands in the list: when it changed, and its id.
type Place = Reverse<(Millis, String)>;

impl Views {
    /// Alerts, the newest change first.
    pub fn alerts(&self, query: &AlertQuery, now: Millis) -> Result<Page<AlertRow>, ViewsError> {
        let limit = clamp(query.limit);
        let words = query.words.as_deref().map(text::query);
        if words == Some(None) {
            return Ok(Page { rows: Vec::new(), next: None });
        }
        let words = words.flatten();
        // Before everything: what SQLite can hold, and a character that stands in no id.
        let first = || (i64::MAX.unsigned_abs(), "~".to_owned());
        let after = query.after.as_deref().map(parse_cursor).transpose()?;
        let (at, id) = after.map_or_else(first, |(at, id)| (at, id.to_string()));
        let standing = query.status.and_then(StatusFilter::standing).map(Standing::code);
        let issuer = query.unit.as_ref().map(UnitId::as_str);
        let mut asked: Vec<Parameter<'_>> = vec![
            (":at", &at),
            (":id", &id),
            (":standing", &standing),
            (":issuer", &issuer),
            (":now", &now),
        ];
        if words.is_some() {
            asked.push((":words", &words));
        } else if query.category.is_some() {
            asked.push((":category", &query.category));
        }
        let mut rows = self.read(|views| {
            let lists = lists(views, query)?;
            let mut lookup = Lookup::new(views, query, now)?;
            merged(views, &lists, &asked, limit + 1, place, |id| lookup.row(&id))
        })?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(cursor_after);
        Ok(Page { rows, next })
    }
}

impl Views {
    /// Those of these alerts that the viewer sees, by id.
    pub fn rows_of(
        &self,
        alerts: &BTreeSet<AlertId>,
        viewer: Option<&Viewer>,
        now: Millis,
    ) -> Result<BTreeMap<AlertId, AlertRow>, ViewsError> {
        let ids = alerts.iter().map(ToString::to_string).collect();
        let mut rows = self.read(|views| rows_by_id(views, &ids, viewer, now))?;
        Ok(alerts
            .iter()
            .filter_map(|id| Some((id.clone(), rows.remove(&id.to_string())?)))
            .collect())
    }
}

/// The same, in one reading of several things. Asked for by id, so that nothing says that they are near
/// the viewer.
pub(crate) fn rows_by_id(
    views: &Connection,
    ids: &BTreeSet<String>,
    viewer: Option<&Viewer>,
    now: Millis,
) -> Result<BTreeMap<String, AlertRow>, ViewsError> {
    let sight = Sight::of(viewer, now);
    let mut lookup = Lookup::whole(views, &sight)?;
    let mut rows = BTreeMap::new();
    for id in ids {
        rows.extend(lookup.row(id)?.map(|row| (id.clone(), row)));
    }
    Ok(rows)
}

/// Looks up what the lists name. Whatever stays the same is bound once.
struct Lookup<'a>(CachedStatement<'a>);

impl<'a> Lookup<'a> {
    fn new(views: &'a Connection, query: &AlertQuery, now: Millis) -> Result<Self, ViewsError> {
        let sight = Sight::of(query.viewer.as_ref(), now);
        // The lists of a viewer hold what is near it, and those of words hold everything.
        let (seen, mut parameters) = match query.words {
            Some(_) => (sees(), sight.parameters().to_vec()),
            None => (UNHIDDEN.to_owned(), sight.unhidden()),
        };
        let zone = query.zone.as_ref().map(ZoneId::as_str);
        let issuer = query.unit.as_ref().map(UnitId::as_str);
        let asked: [Parameter<'_>; 3] =
            [(":zone", &zone), (":issuer", &issuer), (":category", &query.category)];
        parameters.extend(asked);
        let sql = ALERT.replace("{standing}", STANDING).replace("{sees}", &seen);
        let mut statement = views.prepare_cached(&sql)?;
        for (name, value) in parameters {
            statement.raw_bind_parameter(name, value)?;
        }
        Ok(Self(statement))
    }

    /// By the whole rule of what is seen, and by nothing else.
    fn whole(views: &'a Connection, sight: &Sight) -> Result<Self, ViewsError> {
        let sql = ALERT.replace("{standing}", STANDING).replace("{sees}", &sees());
        let mut statement = views.prepare_cached(&sql)?;
        for (name, value) in sight.parameters() {
            statement.raw_bind_parameter(name, value)?;
        }
        for name in [":zone", ":issuer", ":category"] {
            statement.raw_bind_parameter(name, None::<&str>)?;
        }
        Ok(Self(statement))
    }

    fn row(&mut self, id: &str) -> Result<Option<AlertRow>, ViewsError> {
        self.0.raw_bind_parameter(":id", id)?;
        self.0.raw_query().next()?.map(alert_row).transpose()
    }
}

/// Which lists hold everything that is asked for and little else. A search by words goes through all
/// alerts once, because what the words find would have to be found for each list again.
pub(crate) fn lists(views: &Connection, query: &AlertQuery) -> Result<Vec<List>, ViewsError> {
    let all = |words| list("alerts INDEXED BY alerts_by_change", ":key IS NULL", "id", words, None);
    let category = query.category.is_some();
    let by_zone = |zone: &ZoneId| {
        let (from, key) = if category {
            let from = "alert_zones INDEXED BY alert_zones_by_category";
            (from, "zone = :key AND category = :category")
        } else {
            ("alert_zones", "zone = :key")
        };
        list(from, key, "alert", "true", Some(zone.as_str()))
    };
    Ok(match (&query.viewer, &query.zone) {
        _ if query.words.is_some() => vec![all(WORDS)],
        (Some(viewer), None) => {
            let mut lists: Vec<List> = viewer.zones.iter().map(by_zone).collect();
            lists.extend(own(views, viewer, category)?);
            lists
        }
        (Some(viewer), Some(zone)) if !viewer.zones.contains(zone) => own(views, viewer, category)?,
        (_, Some(zone)) => vec![by_zone(zone)],
        (None, None) if category => {
            let from = "alerts INDEXED BY alerts_by_category";
            vec![list(from, ":key IS NULL AND category = :category", "id", "true", None)]
        }
        (None, None) => vec![all("true")],
    })
}

/// What the viewer's unit and those under it answer for, in whatever zone: by each that has any.
fn own(views: &Connection, viewer: &Viewer, category: bool) -> Result<Vec<List>, ViewsError> {
    let (from, key) = if category {
        ("alerts INDEXED BY alerts_of_category", "responsible = :key AND category = :category")
    } else {
        ("alerts INDEXED BY alerts_of", "responsible = :key")
    };
    let list = |unit: &UnitId| list(from, key, "id", "true", Some(unit.as_str()));
    Ok(own_units(views, viewer)?.into_iter().map(list).collect())
}

/// Those of the viewer's unit and of those under it that answer for anything.
pub(crate) fn own_units<'a>(
    views: &Connection,
    viewer: &'a Viewer,
) -> Result<Vec<&'a UnitId>, ViewsError> {
    let mut any = views.prepare_cached("SELECT 1 FROM alerts WHERE responsible = ?1 LIMIT 1")?;
    let mut units = Vec::new();
    for unit in viewer.own() {
        if any.query_row([unit.as_str()], |_| Ok(())).optional()?.is_some() {
            units.push(unit);
        }
    }
    Ok(units)
}

fn list(from: &str, condition: &str, id: &str, words: &str, key: Option<&str>) -> List {
    let sql = LIST
        .replace("{from}", from)
        .replace("{key}", condition)
        .replace("{id}", id)
        .replace("{standing}", STANDING)
        .replace("{words}", words);
    List::new(sql, key)
}

fn place(row: &Row<'_>) -> Result<(Place, String), ViewsError> {
    let id: String = row.get(1)?;
    Ok((Reverse((row.get(0)?, id.clone())), id))
}

/// Opaque to the caller: where the page ended, in characters that a URL takes as they are.
fn cursor_after(row: &AlertRow) -> String {
    format!("{:x}/{}", row.changed_ms, row.id).replace('/', ".")
}

fn parse_cursor(text: &str) -> Result<(Millis, AlertId), ViewsError> {
    let parse = || {
        let (changed, id) = text.split_once('.')?;
        // What SQLite can hold.
        let changed = i64::from_str_radix(changed, 16).ok()?.try_into().ok()?;
        Some((changed, id.replace('.', "/").parse().ok()?))
    };
    parse().ok_or_else(|| ViewsError::bad_cursor(text))
}

fn alert_row(row: &Row<'_>) -> Result<AlertRow, ViewsError> {
    let status: String = row.get(3)?;
    let (issued_ms, changed_ms, expires_ms) = (row.get(7)?, row.get(8)?, row.get(9)?);
    let hidden_until_ms = row.get(13)?;
    let said = |moment: Millis| (moment != 0).then(|| rfc3339(moment));
    Ok(AlertRow {
        id: id_in(row, 0)?,
        issuer: id_in(row, 1)?,
        category: row.get(2)?,
        status: Standing::parse(&status)
            .ok_or_else(|| ViewsError::damaged(format!("a status {status}")))?,
        version: row.get(4)?,
        severity: row.get(5)?,
        headline: row.get(6)?,
        zones: ids(&row.get::<_, Option<String>>(10)?.unwrap_or_default())?,
        issued: said(issued_ms),
        issued_ms,
        changed: said(changed_ms),
        changed_ms,
        expires: said(expires_ms),
        expires_ms,
        hits: row.get(11)?,
        hits_unanswered: row.get(12)?,
        hidden_until: said(hidden_until_ms),
        hidden_until_ms,
        asked: row.get(14)?,
        acknowledged: row.get(15)?,
        flags: row.get(16)?,
        sealed: row.get(17)?,
    })
}
