//! What is due, and whose turn it is.

use axum::Json;
use axum::extract::State;
use giapranh_domain::codes::{AccessAct, Duty};
use giapranh_views::{DueQuery, DueRow};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Parameters, page, read};
use crate::App;
use crate::principal::has_role;
use crate::problem::Problem;
use crate::trail::Trail;

/// For whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Whom {
    /// The officer who asks: what the roles allow, without what another one has to release.
    Me,
    /// The own unit.
    #[default]
    Unit,
    /// Everybody in the own province.
    Province,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Whose it is to do.
    #[serde(default, rename = "for")]
    whom: Whom,
    /// Only that duty.
    duty: Option<Duty>,
    /// The page after the one that gave this as `next`.
    after: Option<String>,
    /// How many at most; 1 to 500, else 50.
    limit: Option<usize>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Due {
    due: Vec<DueRow>,
    /// What to give as `after` for the next page.
    next: Option<String>,
}

/// `GET /api/v1/due`: urgent things first, then by when they are due.
pub async fn list(
    State(app): State<App>,
    trail: Trail,
    Parameters(question): Parameters<Question>,
) -> Result<Json<Due>, Problem> {
    let principal = trail.principal();
    let unit = match principal.officer() {
        Some(officer) => officer.unit.clone(),
        None => app.backend.unit(),
    };
    let mut query = DueQuery {
        viewer: principal.viewer(&app),
        after: question.after,
        limit: page(question.limit)?,
        duties: question.duty.map(|duty| [duty].into()),
        ..DueQuery::default()
    };
    match question.whom {
        Whom::Me => {
            let Some(officer) = principal.officer() else {
                let message = "Nobody has signed in; ask for=unit or for=province.";
                return Err(Problem::parameter("for", message));
            };
            let own = |duty: &Duty| has_role(officer, duty.roles());
            let asked = query.duties.take();
            let asked = asked.unwrap_or_else(|| Duty::ALL.iter().copied().collect());
            query.duties = Some(asked.into_iter().filter(own).collect());
            query.units = Some([unit].into());
            query.not_by = Some(officer.id.clone());
        }
        Whom::Unit => query.units = Some([unit].into()),
        Whom::Province => query.province = Some(app.backend.directory().province_of(&unit)),
    }
    let found = read(&app, move |views, now| views.due(&query, now)).await?;
    let found = trail.shown(AccessAct::List, None, found).await?;
    Ok(Json(Due { due: found.rows, next: found.next }))
}
