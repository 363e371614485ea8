//! `/due`: everything that has a clock, the most urgent first, with who must act.

use askama::Template;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::response::Response;
use giapranh_domain::codes::{AccessAct, Duty};
use giapranh_views::{DueQuery, DueRow, Viewer, Views};
use serde::Deserialize;

use super::Desk;
use super::address::Address;
use crate::problem::Problem;

/// Rows of a page.
const SHOWN: usize = 50;

/// What is asked for, as it stands in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// `mine`: what one of the officer's roles does; empty: the unit's; `province`: all of it.
    whose: String,
    duty: String,
    after: String,
}

impl Filter {
    fn whose(&self) -> impl Iterator<Item = (&'static str, &'static str, bool)> + '_ {
        let is = |code| self.whose == code;
        [
            ("mine", "due-mine", is("mine")),
            ("", "due-unit", is("")),
            ("province", "due-province", is("province")),
        ]
        .into_iter()
    }

    fn duties(&self) -> impl Iterator<Item = (&'static str, bool)> + '_ {
        Duty::ALL.iter().map(|duty| (duty.code(), duty.code() == self.duty))
    }

    fn query(&self, desk: &Desk) -> DueQuery {
        let asked = Duty::parse(&self.duty).map(|duty| [duty].into());
        let mine = || Duty::ALL.iter().copied().filter(|duty| desk.may(duty.roles())).collect();
        let unit = desk.unit();
        let of_province = self.whose == "province";
        DueQuery {
            units: (!of_province).then(|| [unit.clone()].into()),
            province: of_province.then(|| desk.directory().province_of(&unit)),
            duties: asked.or_else(|| (self.whose == "mine").then(mine)),
            not_by: desk.officer().map(|officer| officer.id.clone()),
            viewer: desk.viewer().cloned(),
            after: (!self.after.is_empty()).then(|| self.after.clone()),
            limit: SHOWN,
            ..DueQuery::default()
        }
    }

    fn next(&self, cursor: &str) -> String {
        Address::of("/due")
            .with("whose", &self.whose)
            .with("duty", &self.duty)
            .with("after", cursor)
            .into()
    }
}

#[derive(Template)]
#[template(path = "due.html")]
struct DuePage<'a> {
    desk: &'a Desk,
    filter: &'a Filter,
    rows: Vec<DueRow>,
    next: Option<String>,
}

impl DuePage<'_> {
    /// Where it is done: the draft for who releases it, the alert for everything else.
    #[expect(clippy::unused_self, reason = "a template asks the page")]
    fn place(&self, row: &DueRow) -> String {
        match row.duty {
            Duty::Approve => format!("/drafts/{}", row.alert),
            _ => format!("/alerts/{}", row.alert),
        }
    }

    /// Whether the officer may do it.
    fn is_mine(&self, row: &DueRow) -> bool {
        row.who == self.desk.unit() && self.desk.may(row.duty.roles())
    }
}

/// `GET /due`.
pub async fn show(
    desk: Desk,
    filter: Result<Query<Filter>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(filter) = filter?;
    let query = filter.query(&desk);
    let look = move |views: &Views, _: Option<&Viewer>, now| views.due(&query, now);
    let found = desk.show(AccessAct::List, None, look).await?;
    let next = found.next.as_deref().map(|cursor| filter.next(cursor));
    desk.page(&DuePage { desk: &desk, filter: &filter, rows: found.rows, next })
}
