//! Units of the police.

use axum::Json;
use axum::extract::State;
use giapranh_domain::Level;
use giapranh_views::{UnitQuery, UnitRow};
use serde::{Deserialize, Serialize};

use super::{Parameters, parsed, read};
use crate::App;
use crate::problem::Problem;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    level: Option<Level>,
    parent: Option<String>,
    zone: Option<String>,
}

#[derive(Debug, Serialize)]
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
