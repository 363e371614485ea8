//! Who holds what, whom the node has heard, and where a log forked.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use giapranh_views::{Delivery, ForkRow, Views};
use schemars::JsonSchema;
use serde::Serialize;

use super::{alerts, read};
use crate::App;
use crate::peers::Peers;
use crate::principal::Sight;
use crate::problem::Problem;

/// `GET /api/v1/alerts/{unit}/{year}/{number}/delivery`.
pub async fn delivery(
    State(app): State<App>,
    Sight(viewer): Sight,
    path: Result<Path<(String, String, String)>, PathRejection>,
) -> Result<Json<Delivery>, Problem> {
    let (id, missing) = alerts::named(path)?;
    let (unit, directory) = (app.backend.unit(), app.backend.directory());
    let look =
        move |views: &Views, now| views.delivery(&id, &unit, &directory, viewer.as_ref(), now);
    let found = read(&app, look).await?;
    found.map(Json).ok_or(missing)
}

/// `GET /api/v1/peers`.
pub async fn peers(State(app): State<App>) -> Json<Peers> {
    Json(app.backend.peers().await)
}

/// What `GET /api/v1/forks` answers.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Forks {
    forks: Vec<Fork>,
}

/// A fork that somebody reported.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Fork {
    #[serde(flatten)]
    reported: ForkRow,
    /// Whether this node's log holds both events, each with its author's signature. Otherwise it is a
    /// word about another unit and no more.
    proven: bool,
}

/// `GET /api/v1/forks`: all of them, also those that were decided.
pub async fn forks(State(app): State<App>) -> Result<Json<Forks>, Problem> {
    let directory = app.backend.directory();
    let forks = read(&app, move |views, _| views.forks(&directory)).await?;
    let proofs = app.backend.fork_proofs().await.map_err(Problem::unavailable)?;
    let fork = |reported: ForkRow| {
        let pair = (reported.first_hash.clone(), reported.second_hash.clone());
        Fork { proven: proofs.contains(&pair), reported }
    };
    Ok(Json(Forks { forks: forks.into_iter().map(fork).collect() }))
}
