//! Units of the police.

use axum::Json;
use axum::extract::State;
use giapranh_domain::Level;
use giapranh_views::{UnitQuery, UnitRow};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Parameters, parsed, read};
use crate::App;
use crate::problem::Problem;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Only those of that level.
    level: Option<Level>,
    /// Only those directly under that unit.
    parent: Option<String>,
    /// Only the members of that zone.
    zone: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Units {
    units: Vec<UnitRow>,
}

/// `GET /api/v1/units`.
pub async fn list(
    State(app): State<App>,
    Parameters(question): Parameters<Question>,
) -> Result<Json<Units>, Problem> {
    let query = UnitQuery {
        level: question.level,
        parent: parsed("parent", question.parent.as_deref())?,
        zone: parsed("zone", question.zone.as_deref())?,
    };
    let units = read(&app, move |views, _| views.units(&query)).await?;
    Ok(Json(Units { units }))
}
