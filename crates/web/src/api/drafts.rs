//! Drafts of the own unit.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use giapranh_domain::codes::AccessAct;
use giapranh_domain::{Draft, DraftState, UnitId};
use giapranh_views::{DraftRow, Views};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Parameters, alerts, condition, parsed, read};
use crate::App;
use crate::principal::Principal;
use crate::problem::Problem;
use crate::trail::Trail;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// For who has not signed in: of which unit; the node's own when left out.
    unit: Option<String>,
    /// Only those that stand so.
    state: Option<DraftState>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Drafts {
    drafts: Vec<DraftRow>,
}

/// `GET /api/v1/drafts`: the newest change first.
pub async fn list(
    State(app): State<App>,
    trail: Trail,
    Parameters(question): Parameters<Question>,
) -> Result<Json<Drafts>, Problem> {
    let asked: Option<UnitId> = parsed("unit", question.unit.as_deref())?;
    let own = trail.principal().officer().map(|officer| officer.unit.clone());
    if own.is_some() && asked.is_some() && asked != own {
        return Ok(Json(Drafts { drafts: Vec::new() }));
    }
    let unit = asked.or(own).unwrap_or_else(|| app.backend.unit());
    let look = move |views: &Views, _| views.drafts(&unit, question.state);
    let drafts = trail.shown(AccessAct::List, None, read(&app, look).await?).await?;
    Ok(Json(Drafts { drafts }))
}

/// `GET /api/v1/drafts/{unit}/{year}/{number}`: with its version as `ETag`.
pub async fn show(
    State(app): State<App>,
    trail: Trail,
    path: Result<Path<(String, String, String)>, PathRejection>,
) -> Result<impl IntoResponse, Problem> {
    let (id, _) = alerts::named(path)?;
    let missing = Problem::missing("draft", &id.to_string(), "giapranh draft list");
    let found = read(&app, move |views, _| views.draft(&id)).await?;
    let draft = found.filter(|draft| is_own(trail.principal(), draft)).ok_or(missing)?;
    let draft = trail.shown(AccessAct::View, None, draft).await?;
    Ok((condition::tag(draft.version), Json(draft)))
}

/// Whether a draft is of the unit of who asks.
fn is_own(principal: &Principal, draft: &Draft) -> bool {
    principal.officer().is_none_or(|officer| officer.unit == draft.unit)
}
