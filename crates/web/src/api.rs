//! `/api/v1`: one file a resource.

mod alerts;
mod commands;
mod entries;
mod healing;
mod quarantine;
mod status;
mod units;
mod views;
mod zones;

use axum::Router;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::routing::{get, post};
use giapranh_views::{Views, ViewsError};
use serde::de::DeserializeOwned;

use crate::problem::Problem;
use crate::{App, events};

/// Entries of a list when the request does not say how many.
const PAGE: usize = 50;
/// Most entries of a list in one answer.
const LONGEST_PAGE: usize = giapranh_views::PAGE;

/// The routes, relative to `/api/v1`.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/status", get(status::show))
        .route("/alerts", get(alerts::list))
        .route("/alerts/{unit}/{year}/{number}", get(alerts::show))
        .route("/alerts/{unit}/{year}/{number}/delivery", get(healing::delivery))
        .route("/peers", get(healing::peers))
        .route("/forks", get(healing::forks))
        .route("/zones", get(zones::list))
        .route("/zones/{id}", get(zones::show))
        .route("/units", get(units::list))
        .route("/entries", get(entries::list))
        .route("/events", get(events::events))
        .route("/commands", post(commands::submit))
        .route("/views/rebuild", post(views::rebuild))
        .merge(quarantine::routes())
}

/// Parameters of the address; a wrong one is a problem, not a guess.
pub struct Parameters<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Parameters<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Query(value) = Query::from_request_parts(parts, state).await?;
        Ok(Self(value))
    }
}

/// Reads the views where blocking is allowed; the second argument is the node's clock.
pub async fn read<T: Send + 'static>(
    app: &App,
    look: impl FnOnce(&Views, u64) -> Result<T, ViewsError> + Send + 'static,
) -> Result<T, ViewsError> {
    let (views, now) = (app.backend.views(), app.backend.now_ms());
    match tokio::task::spawn_blocking(move || look(&views, now)).await {
        Ok(found) => found,
        // The task is never cancelled, so it panicked: a bug, which asserts where it was made.
        Err(panic) => std::panic::resume_unwind(panic.into_panic()),
    }
}

/// The number of entries that a request gets.
fn page(limit: Option<usize>) -> Result<usize, Problem> {
    match limit {
        None => Ok(PAGE),
        Some(limit) if (1..=LONGEST_PAGE).contains(&limit) => Ok(limit),
        Some(limit) => {
            let message = format!("limit is {limit}; 1 to {LONGEST_PAGE} are allowed.");
            Err(Problem::parameter("limit", message))
        }
    }
}

/// A parameter that is an id or a code.
fn parsed<T>(name: &str, text: Option<&str>) -> Result<Option<T>, Problem>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    text.map(str::parse)
        .transpose()
        .map_err(|error| Problem::parameter(name, format!("{name}: {error}.")))
}
