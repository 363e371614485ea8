//! `/alerts`: the alerts that the officer sees, the newest change first.

use askama::Template;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::response::Response;
use giapranh_domain::codes::{AccessAct, Category};
use giapranh_views::{AlertQuery, AlertRow, StatusFilter, Viewer, Views};
use serde::Deserialize;

use super::Desk;
use super::address::Address;
use crate::api::parsed;
use crate::problem::Problem;

/// Rows of a page.
const SHOWN: usize = 50;

/// The standings to choose from; the first is the one of a page that asks for none.
const STANDINGS: [(&str, StatusFilter); 4] = [
    ("active", StatusFilter::Active),
    ("hidden", StatusFilter::Hidden),
    ("expired", StatusFilter::Expired),
    ("withdrawn", StatusFilter::Withdrawn),
];

/// What is asked for, as it stands in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filter {
    zone: String,
    category: String,
    /// Empty: in force. `all`: every one.
    status: String,
    unit: String,
    after: String,
}

impl Filter {
    fn standing(&self) -> StatusFilter {
        let named = STANDINGS.iter().find(|(code, _)| *code == self.status);
        match (named, self.status.as_str()) {
            (Some((_, standing)), _) => *standing,
            (None, "all") => StatusFilter::All,
            (None, _) => StatusFilter::Active,
        }
    }

    fn standings(&self) -> impl Iterator<Item = (&'static str, bool)> + use<> {
        let chosen = self.standing();
        STANDINGS.into_iter().map(move |(code, standing)| (code, standing == chosen))
    }

    fn is_everything(&self) -> bool {
        self.standing() == StatusFilter::All
    }

    fn categories(&self) -> impl Iterator<Item = (&'static str, bool)> + '_ {
        Category::ALL.iter().map(|known| (known.code(), known.code() == self.category))
    }

    fn query(&self, desk: &Desk) -> Result<AlertQuery, Problem> {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Ok(AlertQuery {
            zone: parsed("zone", text(&self.zone).as_deref())?,
            status: Some(self.standing()),
            unit: parsed("unit", text(&self.unit).as_deref())?,
            category: text(&self.category),
            words: None,
            viewer: desk.viewer().cloned(),
            after: text(&self.after),
            limit: SHOWN,
        })
    }

    fn next(&self, cursor: &str) -> String {
        Address::of("/alerts")
            .with("zone", &self.zone)
            .with("category", &self.category)
            .with("status", &self.status)
            .with("unit", &self.unit)
            .with("after", cursor)
            .into()
    }
}

#[derive(Template)]
#[template(path = "alerts.html")]
struct AlertsPage<'a> {
    desk: &'a Desk,
    filter: &'a Filter,
    rows: Vec<AlertRow>,
    next: Option<String>,
}

/// `GET /alerts`.
pub async fn show(
    desk: Desk,
    filter: Result<Query<Filter>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(filter) = filter?;
    let query = filter.query(&desk)?;
    let look = move |views: &Views, _: Option<&Viewer>, now| views.alerts(&query, now);
    let found = desk.show(AccessAct::List, None, look).await?;
    let next = found.next.as_deref().map(|cursor| desk.kept(filter.next(cursor)));
    desk.page(&AlertsPage { desk: &desk, filter: &filter, rows: found.rows, next })
}
