//! The API's own document.

use axum::Json;

use crate::openapi::document;

/// `GET /api/v1/openapi.json`.
pub async fn show() -> Json<&'static serde_json::Value> {
    Json(document())
}
