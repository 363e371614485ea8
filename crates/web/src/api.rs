//! `/api/v1`: one file a resource. Who may ask for what stands in the table of [`crate::access`].

pub mod access;
pub mod alerts;
pub mod as_of;
pub mod commands;
pub mod condition;
pub mod drafts;
pub mod due;
pub mod entries;
pub mod healing;
pub mod officers;
pub mod openapi;
pub mod quarantine;
pub mod search;
pub mod session;
pub mod status;
pub mod tokens;
pub mod units;
pub mod views;
pub mod zones;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use giapranh_views::{Viewer, Views, ViewsError};
use serde::de::DeserializeOwned;

use crate::App;
use crate::past::{past, read_past};
use crate::problem::Problem;

/// Entries of a list when the request does not say how many.
const PAGE: usize = 50;
/// Most entries of a list in one answer.
const LONGEST_PAGE: usize = giapranh_views::PAGE;

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

/// The same at the moment of the past that is asked for; without one, now.
pub async fn read_as_of<T: Send + 'static>(
    app: &App,
    as_of: Option<&str>,
    viewer: Option<Viewer>,
    look: impl FnOnce(&Views, Option<&Viewer>, u64) -> Result<T, ViewsError> + Send + 'static,
) -> Result<T, Problem> {
    match as_of {
        Some(asked) => read_past(app, &past(app, asked).await?, viewer, look).await,
        None => Ok(read(app, move |views, now| look(views, viewer.as_ref(), now)).await?),
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
pub fn parsed<T>(name: &str, text: Option<&str>) -> Result<Option<T>, Problem>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    text.map(str::parse)
        .transpose()
        .map_err(|error| Problem::parameter(name, format!("{name}: {error}.")))
}

/// A body that holds a secret; `expected` is all that a refusal says of it.
fn with_secret<T: DeserializeOwned>(
    body: Result<Bytes, BytesRejection>,
    expected: &str,
) -> Result<T, Problem> {
    let body = body.map_err(|rejection| Problem::no_secret(&rejection))?;
    serde_json::from_slice(&body).map_err(|_| Problem::unreadable_secret(expected))
}
