//! Alerts, as lists and whole.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use giapranh_domain::codes::AccessAct;
use giapranh_domain::{Alert, AlertId, NoKey};
use giapranh_views::{AlertQuery, AlertRow, ErasureState, LinkRow, StatusFilter, Viewer, Views};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Parameters, condition, page, parsed, read, read_as_of};
use crate::App;
use crate::principal::Sight;
use crate::problem::Problem;
use crate::purpose;
use crate::trail::Trail;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Only those in force, or last in force, in that zone.
    zone: Option<String>,
    /// Only those that stand so.
    status: Option<StatusFilter>,
    /// Only those that this unit issued.
    unit: Option<String>,
    /// Only those of that category.
    category: Option<String>,
    /// Only those with all of these words, marks or not; the last may be a beginning. This is a search:
    /// its purpose has to be stated first.
    words: Option<String>,
    /// The page after the one that gave this as `next`.
    after: Option<String>,
    /// How many at most; 1 to 500, else 50.
    limit: Option<usize>,
    /// As it was at a position of this node's log, or at a time in RFC 3339.
    as_of: Option<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    /// As it was at a position of this node's log, or at a time in RFC 3339.
    as_of: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Alerts {
    alerts: Vec<AlertRow>,
    /// What to give as `after` for the next page.
    next: Option<String>,
}

/// `GET /api/v1/alerts`: newest change first.
pub async fn list(
    State(app): State<App>,
    trail: Trail,
    Parameters(question): Parameters<Question>,
) -> Result<Json<Alerts>, Problem> {
    if question.words.is_some() {
        purpose::demand(&app, trail.principal()).await?;
    }
    let viewer = trail.principal().viewer(&app);
    let words = question.words.clone();
    let query = AlertQuery {
        zone: parsed("zone", question.zone.as_deref())?,
        status: question.status,
        unit: parsed("unit", question.unit.as_deref())?,
        category: question.category,
        words: question.words,
        after: question.after,
        limit: page(question.limit)?,
        viewer: None,
    };
    let look = move |views: &Views, viewer: Option<&Viewer>, now| {
        views.alerts(&AlertQuery { viewer: viewer.cloned(), ..query }, now)
    };
    let found = read_as_of(&app, question.as_of.as_deref(), viewer, look).await?;
    let act = if words.is_some() { AccessAct::Search } else { AccessAct::List };
    let found = trail.shown(act, words.as_deref(), found).await?;
    Ok(Json(Alerts { alerts: found.rows, next: found.next }))
}

/// `GET /api/v1/alerts/{unit}/{year}/{number}`: with its version as `ETag`.
pub async fn show(
    State(app): State<App>,
    trail: Trail,
    Sight(viewer): Sight,
    path: Result<Path<(String, String, String)>, PathRejection>,
    Parameters(moment): Parameters<Moment>,
) -> Result<impl IntoResponse, Problem> {
    let (id, missing) = named(path)?;
    let look = move |views: &Views, viewer: Option<&Viewer>, now| views.alert(&id, viewer, now);
    let found = read_as_of(&app, moment.as_of.as_deref(), viewer, look).await?;
    let alert: Alert = trail.shown(AccessAct::View, None, found.ok_or(missing)?).await?;
    let no_key = alert.no_key(&app.backend.unit(), &app.backend.directory());
    Ok((condition::tag(alert.version), Json(Shown { alert, no_key })))
}

/// An alert as one node shows it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Shown {
    #[serde(flatten)]
    alert: Alert,
    /// Why this node lacks its key; absent when it does not wait for one.
    #[serde(skip_serializing_if = "Option::is_none")]
    no_key: Option<NoKey>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Links {
    links: Vec<LinkRow>,
}

/// `GET /api/v1/alerts/{unit}/{year}/{number}/links`: also those that were proposed at the other
/// alert.
pub async fn links(
    State(app): State<App>,
    trail: Trail,
    Sight(viewer): Sight,
    path: Result<Path<(String, String, String)>, PathRejection>,
) -> Result<Json<Links>, Problem> {
    let (id, missing) = named(path)?;
    let look = move |views: &Views, now| match views.alert(&id, viewer.as_ref(), now)? {
        Some(_) => views.links_of(&id, viewer.as_ref(), now).map(Some),
        None => Ok(None),
    };
    let links = read(&app, look).await?.ok_or(missing)?;
    let links = trail.shown(AccessAct::List, None, links).await?;
    Ok(Json(Links { links }))
}

/// `GET /api/v1/alerts/{unit}/{year}/{number}/erasure`: how far its erasure has come, by node.
pub async fn erasure(
    State(app): State<App>,
    Sight(viewer): Sight,
    path: Result<Path<(String, String, String)>, PathRejection>,
) -> Result<Json<ErasureState>, Problem> {
    let (id, missing) = named(path)?;
    let look = move |views: &Views, now| match views.alert(&id, viewer.as_ref(), now)? {
        Some(_) => views.erasure(&id, now),
        None => Ok(None),
    };
    Ok(Json(read(&app, look).await?.ok_or(missing)?))
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
