//! What lies in quarantine, and what is held: lists, one message, its bytes, judging again.
//!
//! Facts of a message say what went wrong, and nothing of its payload. The bytes hold whatever a
//! sender put into them, so they are for the socket alone, like commands, and for who audits.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{Extension, Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Parameters, page};
use crate::App;
use crate::problem::Problem;
use crate::shelf::{Judged, Shelf, ShelfError, ShelfPage, ShelfQuery, Shelved, Which};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Only those that lie there for this reason.
    reason: Option<String>,
    /// Only those with a greater number.
    #[serde(default)]
    after: u64,
    /// How many at most; 1 to 500, else 50.
    limit: Option<usize>,
}

/// `GET /api/v1/quarantine`: oldest first.
pub async fn list(
    State(app): State<App>,
    Extension(shelf): Extension<Shelf>,
    Parameters(question): Parameters<Question>,
) -> Result<Json<ShelfPage>, Problem> {
    let Question { reason, after, limit } = question;
    let query = ShelfQuery { reason, after, limit: page(limit)? };
    Ok(Json(app.backend.shelf(shelf, query).await?))
}

/// `GET /api/v1/quarantine/{id}`: also one that left, with what was decided.
pub async fn show(
    State(app): State<App>,
    Extension(shelf): Extension<Shelf>,
    path: Result<Path<String>, PathRejection>,
) -> Result<Json<Shelved>, Problem> {
    let id = number(path, shelf)?;
    let found = app.backend.shelved(shelf, id).await?;
    found.map(Json).ok_or_else(|| missing(shelf, id))
}

/// `GET /api/v1/quarantine/{id}/bytes`: verbatim, on the socket only.
pub async fn bytes(
    State(app): State<App>,
    Extension(shelf): Extension<Shelf>,
    path: Result<Path<String>, PathRejection>,
) -> Result<impl IntoResponse, Problem> {
    let id = number(path, shelf)?;
    let Some(bytes) = app.backend.shelved_bytes(shelf, id).await? else {
        let message = app.backend.shelved(shelf, id).await?;
        let is_dropped = message.is_some_and(|message| message.dropped);
        return Err(if is_dropped { dropped(shelf, id) } else { missing(shelf, id) });
    };
    Ok(([(header::CONTENT_TYPE, "application/octet-stream")], bytes))
}

/// One of the three.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "JudgingOrder")]
#[serde(default, deny_unknown_fields)]
pub struct Order {
    id: Option<u64>,
    reason: Option<String>,
    all: bool,
}

/// `POST /api/v1/quarantine/rejudge`: `{"id": 3}`, `{"reason": "subject"}` or `{"all": true}`.
pub async fn rejudge(
    State(app): State<App>,
    Extension(shelf): Extension<Shelf>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Judged>, Problem> {
    let order: Order =
        serde_json::from_slice(&body?).map_err(|error| Problem::unreadable_order(&error))?;
    let which = match order {
        Order { id: Some(id), reason: None, all: false } => Which::One(id),
        Order { id: None, reason: Some(reason), all: false } => Which::Reason(reason),
        Order { id: None, reason: None, all: true } => Which::All,
        _ => {
            let message = "Name one of them: an id, a reason, or all.";
            return Err(Problem::parameter("id", message));
        }
    };
    let judged = app.backend.rejudge(shelf, which.clone()).await?;
    match which {
        Which::One(id) if judged.judged == 0 => Err(missing(shelf, id)),
        _ => Ok(Json(judged)),
    }
}

fn number(path: Result<Path<String>, PathRejection>, shelf: Shelf) -> Result<u64, Problem> {
    let Path(text) = path?;
    let id = text.parse().ok().filter(|id| i64::try_from(*id).is_ok());
    id.ok_or_else(|| Problem::missing("message", &text, &see(shelf)))
}

fn missing(shelf: Shelf, id: u64) -> Problem {
    Problem::missing(&format!("message in {}", shelf.name()), &id.to_string(), &see(shelf))
}

fn dropped(shelf: Shelf, id: u64) -> Problem {
    let sentence = format!(
        "The bytes of message {id} were dropped to make room; its hash and reason are kept (see: \
         giapranh {} show {id})",
        shelf.name()
    );
    Problem::no_such_id(&sentence)
}

fn see(shelf: Shelf) -> String {
    format!("giapranh {} list", shelf.name())
}

impl From<ShelfError> for Problem {
    fn from(error: ShelfError) -> Self {
        match error {
            ShelfError::Unavailable(why) => Self::unavailable(why),
            ShelfError::Failed(why) => Self::internal(why),
        }
    }
}
