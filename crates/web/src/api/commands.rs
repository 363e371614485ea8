//! Commands: the only way to append.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use giapranh_domain::Command;

use crate::App;
use crate::backend::Accepted;
use crate::problem::Problem;

/// `POST /api/v1/commands`.
pub async fn submit(
    State(app): State<App>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Accepted>, Problem> {
    let command: Command =
        serde_json::from_slice(&body?).map_err(|error| Problem::unreadable(&error))?;
    Ok(Json(app.backend.submit(command).await?))
}
