//! The views as a whole.

use axum::Json;
use axum::extract::State;
use giapranh_views::Rebuilt;

use crate::App;
use crate::problem::Problem;

/// `POST /api/v1/views/rebuild`.
pub async fn rebuild(State(app): State<App>) -> Result<Json<Rebuilt>, Problem> {
    app.backend.rebuild().await.map(Json).map_err(Problem::internal)
}
