//! Who was shown what: the access trail, as far as it is codes and numbers.
//!
//! What was typed, and the purpose that was stated, is sealed in the log under keys of its own; a row
//! here names the events. The trail is this node's own, so it is no part of the digest.

use giapranh_domain::event::Kind;
use giapranh_domain::time::{hour, rfc3339};
use giapranh_domain::{AlertId, Body, Millis};
use rusqlite::{Connection, Row, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::notes::said;
use crate::query::{collect, id};
use crate::{PAGE, Stored, Views, ViewsError};

/// From how many subjects within an hour on an auditor looks.
const MANY_IN_AN_HOUR: u64 = 60;
/// An hour, milliseconds.
const HOUR_MS: u64 = 3_600_000;
/// Nobody who is not on duty looks at alerts from this hour on, and up to the next one.
const NIGHT: (i8, i8) = (22, 5);

/// An officer was shown alerts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Access {
    /// Its place in this node's log.
    pub position: u64,
    /// Empty: at the socket of a node without officers.
    pub officer: String,
    /// "view", "list", "search", "export" or "said".
    pub act: String,
    /// "console", "api" or "socket".
    pub source: String,
    pub at: String,
    pub at_ms: Millis,
    /// The alerts that were shown, ascending.
    pub results: Vec<AlertId>,
    /// The event that says what for, where something does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Uuid>,
    /// The event that says what was typed; of "said": the one that was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<Uuid>,
}

/// A question for the trail; what is `None` does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct AccessQuery {
    pub alert: Option<AlertId>,
    pub officer: Option<String>,
    /// From, and before, milliseconds since 1970.
    pub from_ms: Option<Millis>,
    pub until_ms: Option<Millis>,
    /// Before that position: the page after.
    pub before: Option<u64>,
    /// How many; 1 to [`PAGE`].
    pub limit: usize,
}

/// What an auditor should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Unusual {
    pub officer: String,
    /// "many-subjects": more than usual within an hour; "night": between 22 and 5 o'clock.
    pub why: String,
    /// The hour in which it began.
    pub from: String,
    pub from_ms: Millis,
    /// How many different alerts.
    pub subjects: u64,
}

/// Whether it is of the trail, and of nothing else.
pub(crate) fn is_trail(stored: &Stored) -> bool {
    [Kind::AccessNoted, Kind::SearchAsked, Kind::PurposeStated]
        .iter()
        .any(|kind| stored.event.header().kind == kind.code())
}

/// Enters that an officer was shown something, or said what for.
pub(crate) fn enter(connection: &Connection, stored: &Stored) -> Result<(), ViewsError> {
    let header = stored.event.header();
    let officer = header.drafted_by.as_deref().unwrap_or_default();
    if header.kind == Kind::PurposeStated.code() {
        connection
            .prepare_cached("INSERT OR REPLACE INTO purposes VALUES (?1, ?2, ?3)")?
            .execute(params![officer, header.event_id.to_string(), header.recorded_ms])?;
        return Ok(());
    }
    let Some(Body::AccessNoted(noted)) = said(stored, &[Kind::AccessNoted]) else {
        return Ok(());
    };
    // What was typed is the last cause of a search, and what was read is that of an auditor's look;
    // before it stands what it is for.
    let mut causes = header.causes.iter().map(Uuid::to_string);
    let has_text = matches!(noted.act.as_str(), "search" | "said");
    let search = has_text.then(|| causes.next_back()).flatten();
    connection
        .prepare_cached("INSERT INTO accesses VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?
        .execute(params![
            stored.position,
            officer,
            header.acting_unit,
            noted.act,
            noted.from,
            header.recorded_ms,
            noted.results.len(),
            causes.next(),
            search,
        ])?;
    let mut insert =
        connection.prepare_cached("INSERT OR IGNORE INTO access_results VALUES (?1, ?2)")?;
    for alert in &noted.results {
        insert.execute(params![alert, stored.position])?;
    }
    Ok(())
}

impl Views {
    /// Who was shown what, the newest first.
    pub fn accesses(&self, query: &AccessQuery) -> Result<Vec<Access>, ViewsError> {
        let rows = "SELECT position, officer, act, source, at_ms, purpose, search,
            (SELECT group_concat(r.alert, ' ' ORDER BY r.alert) FROM access_results r
             WHERE r.position = a.position)
            FROM accesses a WHERE {where}
            AND (?2 IS NULL OR at_ms >= ?2) AND (?3 IS NULL OR at_ms < ?3)
            AND (?4 IS NULL OR a.position < ?4) AND (?6 IS NULL OR officer = ?6)
            ORDER BY a.position DESC LIMIT ?5";
        let (condition, key) = match (&query.alert, &query.officer) {
            (Some(alert), _) => (
                "a.position IN (SELECT position FROM access_results WHERE alert = ?1)",
                alert.to_string(),
            ),
            (None, Some(officer)) => ("officer = ?1", officer.clone()),
            (None, None) => ("?1 = ''", String::new()),
        };
        let sql = rows.replace("{where}", condition);
        let limit = query.limit.clamp(1, PAGE);
        let officer = query.officer.as_deref();
        let parameters = params![key, query.from_ms, query.until_ms, query.before, limit, officer];
        self.read(|views| collect(views, &sql, parameters, access))
    }

    /// The searches that found an alert: the events that say what was typed.
    pub fn searches_that_found(&self, alert: &AlertId) -> Result<Vec<Uuid>, ViewsError> {
        let sql = "SELECT DISTINCT search FROM accesses WHERE search IS NOT NULL
            AND position IN (SELECT position FROM access_results WHERE alert = ?1)";
        self.read(|views| {
            collect(views, sql, [alert.to_string()], |row| id(&row.get::<_, String>(0)?))
        })
    }

    /// What an auditor should look at since a moment: very many subjects within an hour, and alerts
    /// looked at one by one in the night. Whether it was duty, a person judges.
    pub fn unusual(&self, since_ms: Millis) -> Result<Vec<Unusual>, ViewsError> {
        let sql = "SELECT officer, at_ms / ?2 AS hour, count(DISTINCT r.alert),
            count(DISTINCT CASE WHEN act = 'view' THEN r.alert END)
            FROM accesses a JOIN access_results r ON r.position = a.position
            WHERE at_ms >= ?1 AND act IN ('view', 'search', 'export')
            GROUP BY officer, hour ORDER BY hour DESC, officer";
        let hours: Vec<(String, u64, u64, u64)> = self.read(|views| {
            collect(views, sql, params![since_ms, HOUR_MS], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })
        })?;
        let mut unusual = Vec::new();
        for (officer, hours_since_1970, subjects, viewed) in hours {
            let from_ms = hours_since_1970 * HOUR_MS;
            let of = |why: &str, subjects| Unusual {
                officer: officer.clone(),
                why: why.to_owned(),
                from: rfc3339(from_ms),
                from_ms,
                subjects,
            };
            let at = hour(from_ms);
            unusual.extend((subjects > MANY_IN_AN_HOUR).then(|| of("many-subjects", subjects)));
            let night = at >= NIGHT.0 || at < NIGHT.1;
            unusual.extend((night && viewed > 0).then(|| of("night", viewed)));
        }
        Ok(unusual)
    }
}

fn access(row: &Row<'_>) -> Result<Access, ViewsError> {
    let at_ms: Millis = row.get(4)?;
    let event = |at: usize| -> Result<Option<Uuid>, ViewsError> {
        row.get::<_, Option<String>>(at)?.map(|text| id(&text)).transpose()
    };
    let results: Option<String> = row.get(7)?;
    let results = results.unwrap_or_default();
    Ok(Access {
        position: row.get(0)?,
        officer: row.get(1)?,
        act: row.get(2)?,
        source: row.get(3)?,
        at: rfc3339(at_ms),
        at_ms,
        results: results.split_whitespace().filter_map(|id| id.parse().ok()).collect(),
        purpose: event(5)?,
        search: event(6)?,
    })
}
