//! How the node is.

use axum::Json;
use axum::extract::State;

use crate::App;

/// `GET /api/v1/status`.
pub async fn show(State(app): State<App>) -> Json<serde_json::Value> {
    Json(app.backend.status().await)
}
