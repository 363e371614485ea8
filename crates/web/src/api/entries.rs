//! The live feed, a page at a time.

use axum::Json;
use axum::extract::State;
use giapranh_views::Entry;
use serde::{Deserialize, Serialize};

use super::{Parameters, page, read};
use crate::App;
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
    Parameters(range): Parameters<Range>,
) -> Result<Json<Entries>, Problem> {
    let limit = page(range.limit)?;
    let entries = read(&app, move |views, _| views.entries(range.after, limit)).await?;
    Ok(Json(Entries { entries }))
}
