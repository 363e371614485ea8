//! Who was shown what: the access trail, for auditors; and the keys that they take along.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{Path, State};
use giapranh_domain::AlertId;
use giapranh_domain::codes::AccessAct;
use giapranh_views::{Access, AccessQuery, Unusual, Views};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Parameters, page, parsed, read};
use crate::App;
use crate::auditor::{KEYS_AT_ONCE, KeysError, KeysGranted, KeysWanted};
use crate::problem::Problem;
use crate::purpose;
use crate::trail::{Said, Trail};

/// For how long back it is looked for what is unusual when nobody says: a week.
pub const WEEK_MS: u64 = 7 * 24 * 60 * 60 * 1_000;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Only where that alert was shown.
    alert: Option<String>,
    /// Only to that officer, by id.
    officer: Option<String>,
    /// Only since then, milliseconds since 1970.
    from: Option<u64>,
    /// Only before then, milliseconds since 1970.
    until: Option<u64>,
    /// Before that position: the page after.
    before: Option<u64>,
    /// How many at most; 1 to 500, else 50.
    limit: Option<usize>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Accesses {
    /// The newest first.
    accesses: Vec<Access>,
}

/// `GET /api/v1/access`.
pub async fn list(
    State(app): State<App>,
    Parameters(question): Parameters<Question>,
) -> Result<Json<Accesses>, Problem> {
    let query = AccessQuery {
        alert: parsed::<AlertId>("alert", question.alert.as_deref())?,
        officer: question.officer,
        from_ms: question.from,
        until_ms: question.until,
        before: question.before,
        limit: page(question.limit)?,
    };
    let accesses = read(&app, move |views: &Views, _| views.accesses(&query)).await?;
    Ok(Json(Accesses { accesses }))
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Since {
    /// Since then, milliseconds since 1970; a week back when left out.
    since: Option<u64>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct AllUnusual {
    /// The newest first.
    unusual: Vec<Unusual>,
}

/// `GET /api/v1/access/unusual`: what a person should look at.
pub async fn unusual(
    State(app): State<App>,
    Parameters(Since { since }): Parameters<Since>,
) -> Result<Json<AllUnusual>, Problem> {
    let look = move |views: &Views, now: u64| {
        views.unusual(since.unwrap_or_else(|| now.saturating_sub(WEEK_MS)))
    };
    let mut unusual = read(&app, look).await?;
    unusual.extend(app.backend.own_names().await.map_err(Problem::unavailable)?);
    Ok(Json(AllUnusual { unusual }))
}

/// `GET /api/v1/access/said/{event}`: a purpose that was stated, or what was typed into a search.
pub async fn said(
    State(app): State<App>,
    trail: Trail,
    path: Result<Path<Uuid>, PathRejection>,
) -> Result<Json<Said>, Problem> {
    let Path(event) = path?;
    look_up(&app, &trail, event).await.map(Json)
}

/// What an event says of what was typed or stated, for an auditor.
pub async fn look_up(app: &App, trail: &Trail, event: Uuid) -> Result<Said, Problem> {
    let found = app.backend.said(event).await.map_err(Problem::unavailable)?;
    let missing = || Problem::missing("event", &event.to_string(), "giapranh access unusual");
    trail.said(event, found.ok_or_else(missing)?).await
}

/// `POST /api/v1/access/keys`: noted as an export before it is answered.
pub async fn grant(
    State(app): State<App>,
    trail: Trail,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<KeysGranted>, Problem> {
    let wanted: KeysWanted =
        serde_json::from_slice(&body?).map_err(|error| Problem::unreadable_keys(&error))?;
    if wanted.keys.len() > KEYS_AT_ONCE {
        let message = format!("At most {KEYS_AT_ONCE} keys are granted at once.");
        return Err(Problem::parameter("keys", message));
    }
    purpose::demand(&app, trail.principal()).await?;
    let granted = app.backend.grant_keys(wanted).await.map_err(|error| match error {
        KeysError::Malformed(field) => {
            Problem::parameter(field, format!("{field} is no such key: 64 hexadecimal digits."))
        }
        KeysError::Failed(why) => Problem::unavailable(why),
    })?;
    trail.note(AccessAct::Export, None, granted.alerts.clone()).await?;
    Ok(Json(granted))
}
