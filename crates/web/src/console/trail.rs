//! `/trail`: who was shown what at this node, and what should be looked at. For auditors.

use askama::Template;
use axum::extract::Path;
use axum::extract::Query;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::response::Response;
use giapranh_domain::{AlertId, OfficerId};
use giapranh_views::{Access, AccessQuery, Unusual, Viewer, Views};
use serde::Deserialize;
use uuid::Uuid;

use super::Desk;
use super::address::Address;
use super::search::ask_purpose;
use crate::api::access::{WEEK_MS, look_up};
use crate::api::parsed;
use crate::problem::Problem;
use crate::trail::{Said, Trail};

/// Rows of a page.
const SHOWN: usize = 50;
/// Alerts of an access that a row names; the others it counts.
const NAMED: usize = 5;

/// What is asked for, as it stands in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filter {
    alert: String,
    officer: String,
    /// The position of the last row of the page before.
    before: String,
}

impl Filter {
    fn query(&self) -> Result<AccessQuery, Problem> {
        let text = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let officer: Option<OfficerId> = parsed("officer", text(&self.officer).as_deref())?;
        Ok(AccessQuery {
            alert: parsed::<AlertId>("alert", text(&self.alert).as_deref())?,
            officer: officer.map(|officer| officer.to_string()),
            before: parsed("before", text(&self.before).as_deref())?,
            limit: SHOWN,
            ..AccessQuery::default()
        })
    }

    fn is_everything(&self) -> bool {
        [&self.alert, &self.officer, &self.before].iter().all(|text| text.trim().is_empty())
    }

    fn next(&self, last: &Access) -> String {
        Address::of("/trail")
            .with("alert", self.alert.trim())
            .with("officer", self.officer.trim())
            .with("before", &last.position.to_string())
            .into()
    }
}

#[derive(Template)]
#[template(path = "trail.html")]
struct TrailPage<'a> {
    desk: &'a Desk,
    filter: &'a Filter,
    /// Of the last week; on the first page of everything.
    unusual: Vec<Unusual>,
    rows: Vec<Access>,
    next: Option<String>,
}

impl TrailPage<'_> {
    /// The alerts that a row names, and how many more there are.
    #[expect(clippy::unused_self, reason = "a template asks the page")]
    fn named<'a>(&self, row: &'a Access) -> (&'a [AlertId], usize) {
        row.results
            .split_at_checked(NAMED)
            .map_or((&row.results, 0), |(first, more)| (first, more.len()))
    }

    /// Where the trail of an officer is.
    #[expect(clippy::unused_self, reason = "a template asks the page")]
    fn of(&self, officer: &str) -> String {
        Address::of("/trail").with("officer", officer).into()
    }
}

/// `GET /trail`.
pub async fn show(
    desk: Desk,
    filter: Result<Query<Filter>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(filter) = filter?;
    let (query, is_first) = (filter.query()?, filter.is_everything());
    let look = move |views: &Views, _: Option<&Viewer>, now: u64| {
        let since = now.saturating_sub(WEEK_MS);
        let unusual = if is_first { views.unusual(since)? } else { Vec::new() };
        Ok((views.accesses(&query)?, unusual))
    };
    let (rows, mut unusual) = desk.read(look).await?;
    if is_first {
        let own = desk.app().backend.own_names().await;
        unusual.extend(own.map_err(Problem::unavailable)?);
    }
    let last = rows.last().filter(|_| rows.len() == SHOWN);
    let next = last.map(|last| filter.next(last));
    desk.page(&TrailPage { desk: &desk, filter: &filter, unusual, rows, next })
}

#[derive(Template)]
#[template(path = "trail_said.html")]
struct SaidPage<'a> {
    desk: &'a Desk,
    said: &'a Said,
}

/// `GET /trail/said/{event}`: what was typed or stated. It is noted that it was read.
pub async fn said(
    desk: Desk,
    path: Result<Path<Uuid>, PathRejection>,
) -> Result<Response, Problem> {
    let Path(event) = path?;
    if desk.officer().is_some() && desk.purpose().await?.is_none() {
        return ask_purpose(&desk, format!("/trail/said/{event}"));
    }
    let said = look_up(desk.app(), &Trail::of_page(desk.app(), desk.principal()), event).await?;
    desk.page(&SaidPage { desk: &desk, said: &said })
}
