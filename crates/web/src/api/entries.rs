//! The live feed, a page at a time.

use axum::Json;
use axum::extract::State;
use giapranh_domain::codes::AccessAct;
use giapranh_views::{Entry, Viewer, Views};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Parameters, page, read_as_of};
use crate::App;
use crate::principal::Sight;
use crate::problem::Problem;
use crate::trail::Trail;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// Only what stands after that position.
    #[serde(default)]
    after: u64,
    /// How many at most; 1 to 500, else 50.
    limit: Option<usize>,
    /// As it was at a position of this node's log, or at a time in RFC 3339.
    as_of: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Entries {
    entries: Vec<Entry>,
}

/// `GET /api/v1/entries`: in log order.
pub async fn list(
    State(app): State<App>,
    trail: Trail,
    Sight(viewer): Sight,
    Parameters(range): Parameters<Range>,
) -> Result<Json<Entries>, Problem> {
    let limit = page(range.limit)?;
    let after = range.after;
    let look =
        move |views: &Views, viewer: Option<&Viewer>, now| views.entries(after, limit, viewer, now);
    let entries = read_as_of(&app, range.as_of.as_deref(), viewer, look).await?;
    let entries = trail.shown(AccessAct::List, None, entries).await?;
    Ok(Json(Entries { entries }))
}
