//! Alerts, as lists and whole.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use giapranh_domain::{Alert, AlertId};
use giapranh_views::{AlertQuery, AlertRow, StatusFilter};
use serde::{Deserialize, Serialize};

use super::{Parameters, page, parsed, read};
use crate::App;
use crate::problem::Problem;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    zone: Option<String>,
    status: Option<StatusFilter>,
    unit: Option<String>,
    category: Option<String>,
    words: Option<String>,
    after: Option<String>,
    limit: Option<usize>,
}

#[derive(Debug, Serialize)]
pub struct Alerts {
    alerts: Vec<AlertRow>,
    /// What to give as `after` for the next page.
    next: Option<String>,
}

/// `GET /api/v1/alerts`: newest change first.
pub async fn list(
    State(app): State<App>,
    Parameters(question): Parameters<Question>,
) -> Result<Json<Alerts>, Problem> {
    let query = AlertQuery {
        zone: parsed("zone", question.zone.as_deref())?,
        status: question.status,
        unit: parsed("unit", question.unit.as_deref())?,
        category: question.category,
        words: question.words,
        after: question.after,
        limit: page(question.limit)?,
    };
    let found = read(&app, move |views, now| views.alerts(&query, now)).await?;
    Ok(Json(Alerts { alerts: found.rows, next: found.next }))
}

/// `GET /api/v1/alerts/{unit}/{year}/{number}`.
pub async fn show(
    State(app): State<App>,
    path: Result<Path<(String, String, String)>, PathRejection>,
) -> Result<Json<Alert>, Problem> {
    let (id, missing) = named(path)?;
    let found = read(&app, move |views, _| views.alert(&id)).await?;
    found.map(Json).ok_or(missing)
}

/// The alert that a path names, and what to say when it is not here.
pub fn named(
    path: Result<Path<(String, String, String)>, PathRejection>,
) -> Result<(AlertId, Problem), Problem> {
    let Path((unit, year, number)) = path?;
    let text = format!("{unit}/{year}/{number}");
    let id: AlertId = text.parse().map_err(|error| Problem::no_such_id(&error))?;
    Ok((id, Problem::missing("alert", &text, "giapranh alert list")))
}
