//! One's own session: how it begins, whose it is, how it ends.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::with_secret;
use crate::App;
use crate::officers::{Officer, Secret, SignedIn};
use crate::principal::Principal;
use crate::problem::Problem;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    login: String,
    password: Secret,
}

/// `POST /api/v1/session`: `{"login": …, "password": …}`.
pub async fn begin(
    State(app): State<App>,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<SignedIn>), Problem> {
    let expected = r#"{"login": "…", "password": "…"}"#;
    let Proof { login, password } = with_secret(body, expected)?;
    let signed_in = app.backend.sign_in(login, password).await;
    let signed_in =
        signed_in.map_err(|error| Problem::not_signed_in(error, app.backend.now_ms()))?;
    Ok((StatusCode::CREATED, Json(signed_in)))
}

/// Who asks.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "principal", rename_all = "kebab-case")]
pub enum Asking {
    Unmanned,
    Machine,
    Officer(Box<Officer>),
}

/// `GET /api/v1/session`.
pub async fn show(principal: Principal) -> Result<Json<Asking>, Problem> {
    match principal {
        Principal::Unmanned => Ok(Json(Asking::Unmanned)),
        Principal::Machine => Ok(Json(Asking::Machine)),
        Principal::Officer(officer, _) => Ok(Json(Asking::Officer(officer))),
        Principal::Anonymous => Err(Problem::unauthenticated()),
    }
}

/// `DELETE /api/v1/session`.
pub async fn end(State(app): State<App>, principal: Principal) -> Result<StatusCode, Problem> {
    if let Principal::Officer(_, secret) = principal {
        app.backend.sign_out(secret).await.map_err(Problem::unavailable)?;
    }
    Ok(StatusCode::NO_CONTENT)
}
