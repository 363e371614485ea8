//! Border zones.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use giapranh_domain::ZoneId;
use giapranh_views::ZoneRow;
use schemars::JsonSchema;
use serde::Serialize;

use super::read;
use crate::App;
use crate::problem::Problem;

#[derive(Debug, Serialize, JsonSchema)]
pub struct Zones {
    zones: Vec<ZoneRow>,
}

/// `GET /api/v1/zones`.
pub async fn list(State(app): State<App>) -> Result<Json<Zones>, Problem> {
    let zones = read(&app, |views, _| views.zones()).await?;
    Ok(Json(Zones { zones }))
}

/// `GET /api/v1/zones/{id}`.
pub async fn show(
    State(app): State<App>,
    path: Result<Path<String>, PathRejection>,
) -> Result<Json<ZoneRow>, Problem> {
    let Path(text) = path?;
    let id: ZoneId = text.parse().map_err(|error| Problem::no_such_id(&error))?;
    let missing = Problem::missing("zone", &text, "giapranh zone list");
    let found = read(&app, move |views, _| views.zone(&id)).await?;
    found.map(Json).ok_or(missing)
}
