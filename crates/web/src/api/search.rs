//! Searches: names, numbers and words as people type them.

use axum::Json;
use axum::extract::State;
use giapranh_domain::codes::{AccessAct, Sex};
use giapranh_views::{Found, SearchQuery, Views};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Parameters, page, read};
use crate::App;
use crate::problem::Problem;
use crate::purpose;
use crate::trail::Trail;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// A name, a plate, a phone number, an account, an address, an alert's number or any words, as they
    /// are typed. Of more than 200 characters the first are read.
    q: String,
    /// Only about a person born in that year, or of whom no year is said.
    born: Option<i16>,
    /// Only about a person of that sex, or of whom none is said: male or female.
    sex: Option<String>,
    /// Only with these words in a place.
    place: Option<String>,
    /// Only those of that category.
    category: Option<String>,
    /// The page after the one that gave this as `next`.
    after: Option<String>,
    /// How many at most; 1 to 500, else 50.
    limit: Option<usize>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Results")]
pub struct Answer {
    /// The surest first.
    results: Vec<Found>,
    /// What to give as `after` for the next page.
    next: Option<String>,
    /// There may be more than all pages hold: narrow the question.
    more: bool,
}

/// `GET /api/v1/search`.
pub async fn find(
    State(app): State<App>,
    trail: Trail,
    Parameters(question): Parameters<Question>,
) -> Result<Json<Answer>, Problem> {
    purpose::demand(&app, trail.principal()).await?;
    let typed = question.q.clone();
    let query = SearchQuery {
        text: question.q,
        born: question.born,
        sex: sex(question.sex.as_deref())?,
        place: question.place,
        category: question.category,
        viewer: trail.principal().viewer(&app),
        after: question.after,
        limit: page(question.limit)?,
    };
    let found = read(&app, move |views: &Views, now| views.search(&query, now)).await?;
    let found = trail.shown(AccessAct::Search, Some(&typed), found).await?;
    Ok(Json(Answer { results: found.rows, next: found.next, more: found.more }))
}

/// A sex that is asked for; what is not known can't be.
pub fn sex(code: Option<&str>) -> Result<Option<Sex>, Problem> {
    let Some(code) = code.filter(|code| !code.is_empty()) else { return Ok(None) };
    let known = Sex::parse(code).filter(|sex| matches!(sex, Sex::Male | Sex::Female));
    known.map(Some).ok_or_else(|| Problem::parameter("sex", "sex is male or female."))
}
