//! The live feed, a page at a time.

use axum::Json;
use axum::extract::State;
use giapranh_views::{Entry, Views};
use serde::{Deserialize, Serialize};

use super::{Parameters, page, read};
use crate::App;
use crate::principal::Sight;
use crate::problem::Problem;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    #[serde(default)]
    after: u64,
    limit: Option<usize>,
}

#[derive(Debug, Serialize)]
pub struct Entries {
    entries: Vec<Entry>,
}

/// `GET /api/v1/entries`: in log order.
pub async fn list(
    State(app): State<App>,
    Sight(viewer): Sight,
    Parameters(range): Parameters<Range>,
) -> Result<Json<Entries>, Problem> {
    let limit = page(range.limit)?;
    let look = move |views: &Views, now| views.entries(range.after, limit, viewer.as_ref(), now);
    Ok(Json(Entries { entries: read(&app, look).await? }))
}
