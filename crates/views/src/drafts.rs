//! This node's drafts: the newest of each alert, and what was noted of what is due.
//!
//! They are nobody else's, so no part of the digest.

use giapranh_domain::event::Kind;
use giapranh_domain::time::rfc3339;
use giapranh_domain::{AlertId, Draft, DraftState, Millis, OfficerId, UnitId};
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::query::{collect, id_in};
use crate::{Views, ViewsError};

/// A draft in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct DraftRow {
    /// The number that the alert has, or will have.
    pub alert: AlertId,
    /// In whose name it is written.
    pub unit: UnitId,
    pub state: DraftState,
    pub version: u32,
    /// `issue`, `amend`, `withdraw`, `hide` or `reveal`; empty: what is newer than this program.
    pub proposes: String,
    /// As proposed, or else of the alert as it is.
    pub headline: Option<String>,
    /// Who saved the newest version.
    pub saved_by: Option<OfficerId>,
    pub urgent: bool,
    pub changed: String,
    pub changed_ms: Millis,
    /// Until when it is to be released or returned, while it waits.
    pub due: Option<String>,
    pub due_ms: Option<Millis>,
}

impl Views {
    /// The drafts of a unit, the newest change first. `state`: only those.
    pub fn drafts(
        &self,
        unit: &UnitId,
        state: Option<DraftState>,
    ) -> Result<Vec<DraftRow>, ViewsError> {
        let sql = "SELECT drafts.alert, drafts.draft, proposes,
            coalesce(nullif(drafts.headline, ''), nullif(alerts.headline, ''))
            FROM drafts LEFT JOIN alerts ON alerts.id = drafts.alert
            WHERE unit = ?1 AND (?2 IS NULL OR drafts.state = ?2)
            ORDER BY drafts.changed_ms DESC, drafts.alert DESC";
        self.read(|views| {
            collect(views, sql, params![unit.as_str(), state.map(DraftState::code)], draft_row)
        })
    }

    /// The newest draft of an alert, open or not.
    pub fn draft(&self, alert: &AlertId) -> Result<Option<Draft>, ViewsError> {
        let draft: Option<String> = self.read(|views| {
            let mut statement =
                views.prepare_cached("SELECT draft FROM drafts WHERE alert = ?1")?;
            Ok(statement.query_row([alert.to_string()], |row| row.get(0)).optional()?)
        })?;
        draft.as_deref().map(parse).transpose()
    }
}

/// Whether an event of that kind says what becomes of a draft.
pub(crate) fn is_about_one(kind: &str) -> bool {
    use Kind::{DraftDiscarded, DraftReturned, DraftSaved, DraftSubmitted};
    let kinds = [DraftSaved, DraftSubmitted, DraftReturned, DraftDiscarded];
    Kind::parse(kind).is_some_and(|kind| kinds.contains(&kind))
}

/// Replaces the row of a draft.
pub(crate) fn write(connection: &Connection, draft: &Draft) -> Result<(), ViewsError> {
    let json = serde_json::to_string(draft)
        .map_err(|error| ViewsError::damaged(format!("a draft that is no JSON: {error}")))?;
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO drafts VALUES
             (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            draft.id.to_string(),
            draft.unit.as_str(),
            draft.state.code(),
            draft.version,
            draft.proposes(),
            draft.content().map_or("", |content| &content.headline),
            draft.changed,
            draft.due,
            padded(draft.written_by.iter().map(OfficerId::as_str)),
            draft.erase_by,
            json,
        ])?;
    Ok(())
}

/// Ids with a space on either side of each, so that one is found whole.
pub(crate) fn padded<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    ids.fold(String::new(), |text, id| text + " " + id + " ")
}

fn draft_row(row: &Row<'_>) -> Result<DraftRow, ViewsError> {
    let draft = parse(&row.get::<_, String>(1)?)?;
    let due_ms = Some(draft.due).filter(|due| *due != 0);
    let urgent = draft.is_urgent();
    Ok(DraftRow {
        alert: id_in(row, 0)?,
        unit: draft.unit,
        state: draft.state,
        version: draft.version,
        proposes: row.get(2)?,
        headline: row.get(3)?,
        saved_by: draft.saved_by,
        urgent,
        changed: rfc3339(draft.changed),
        changed_ms: draft.changed,
        due: due_ms.map(rfc3339),
        due_ms,
    })
}

fn parse(json: &str) -> Result<Draft, ViewsError> {
    serde_json::from_str(json)
        .map_err(|error| ViewsError::damaged(format!("a draft as no JSON: {error}")))
}
