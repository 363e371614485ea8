//! A moment of the past, made ready to be read with `?as_of=`.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use giapranh_domain::time::rfc3339;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Parameters;
use crate::App;
use crate::past::{AsOf, AsOfState};
use crate::problem::Problem;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// A position of this node's log, or a time in RFC 3339: what had arrived by then.
    at: String,
}

#[derive(Debug, Serialize, JsonSchema)]
#[expect(clippy::struct_field_names, reason = "the moment twice, for people and for programs")]
pub struct Moment {
    /// Whether it can be read now.
    ready: bool,
    /// The last position that it shows: what to give as `as_of`.
    position: u64,
    /// What counts as now there, once it is ready.
    moment: Option<String>,
    /// The same in milliseconds since 1970.
    moment_ms: Option<u64>,
    /// How much of `total` is done.
    done: u64,
    /// All that there is to do; 0 while it waits.
    total: u64,
    /// How many others come first.
    ahead: usize,
}

/// `GET /api/v1/as-of`: 200 when the moment can be read, else 202, with how far it has come.
pub async fn show(
    State(app): State<App>,
    Parameters(question): Parameters<Question>,
) -> Result<Response, Problem> {
    let moment: AsOf =
        question.at.parse().map_err(|error| Problem::parameter("at", format!("at: {error}.")))?;
    Ok(match app.backend.as_of(moment).await.map_err(Problem::no_as_of)? {
        AsOfState::Ready(past) => Json(Moment {
            ready: true,
            position: past.position,
            moment: Some(rfc3339(past.moment_ms)),
            moment_ms: Some(past.moment_ms),
            done: 1,
            total: 1,
            ahead: 0,
        })
        .into_response(),
        AsOfState::Building(building) => {
            let body = Moment {
                ready: false,
                position: building.position,
                moment: None,
                moment_ms: None,
                done: building.done,
                total: building.total,
                ahead: building.ahead,
            };
            (StatusCode::ACCEPTED, [(header::RETRY_AFTER, "1")], Json(body)).into_response()
        }
    })
}
