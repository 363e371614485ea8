//! `/`: what units said, the newest first. What is new is announced by the script and drawn here, as
//! the rows after the newest one on the page.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::http::HeaderMap;
use axum::response::Response;
use giapranh_domain::codes::{AccessAct, Category, Severity};
use giapranh_domain::{AlertId, UnitId};
use giapranh_views::{AlertRow, DueRow, Entry, FeedQuery, Standing, Viewer, Views, ViewsError};
use serde::Deserialize;

use super::Desk;
use super::address::Address;
use crate::api::parsed;
use crate::problem::Problem;
use crate::trail::Shows;

/// Rows of a page.
const SHOWN: usize = 50;

/// What is asked for, as it stands in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filter {
    zone: String,
    category: String,
    severity: String,
    /// `alerts`, `hits`, or everything.
    about: String,
    before: Option<u64>,
    /// Only what is newer than the page that asks.
    after: Option<u64>,
}

impl Filter {
    fn query(&self, viewer: Option<&Viewer>) -> Result<FeedQuery, Problem> {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let kinds = match self.about.as_str() {
            "alerts" => &ALERTS[..],
            "hits" => &HITS[..],
            _ => &[],
        };
        Ok(FeedQuery {
            zone: parsed("zone", text(&self.zone).as_deref())?,
            category: text(&self.category),
            severity: text(&self.severity),
            kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
            viewer: viewer.cloned(),
            before: self.before,
            after: self.after.unwrap_or(0),
            limit: SHOWN,
        })
    }

    fn is_set(&self) -> bool {
        [&self.zone, &self.category, &self.severity, &self.about]
            .iter()
            .any(|text| !text.is_empty())
            || self.before.is_some()
    }

    #[expect(clippy::unused_self, reason = "a template asks the page")]
    fn categories(&self) -> impl Iterator<Item = &'static str> + use<> {
        Category::ALL.iter().map(|category| category.code())
    }

    #[expect(clippy::unused_self, reason = "a template asks the page")]
    fn severities(&self) -> impl Iterator<Item = &'static str> + use<> {
        Severity::ALL.iter().map(|severity| severity.code())
    }

    /// The same, before a position.
    fn before(&self, position: &str) -> String {
        Address::of("/")
            .with("before", position)
            .with("zone", &self.zone)
            .with("category", &self.category)
            .with("severity", &self.severity)
            .with("about", &self.about)
            .into()
    }
}

const ALERTS: [&str; 5] =
    ["alert.issued", "alert.amended", "alert.withdrawn", "alert.hidden", "alert.revealed"];
const HITS: [&str; 3] = ["hit.reported", "hit.answered", "hit.concluded"];

/// One entry with how its alert is now.
struct Row {
    entry: Entry,
    /// On the newest entry of the alert that the page has, so that it stands there once. `None`: not
    /// there, or the entry is about no alert that is here.
    alert: Option<AlertRow>,
    /// What the officer's unit has to do about it, in the same place.
    due: Vec<DueRow>,
}

impl Row {
    fn severity(&self) -> &str {
        match self.entry.severity.as_deref() {
            Some(code @ ("critical" | "important")) => code,
            _ => "routine",
        }
    }

    fn is_critical(&self) -> bool {
        self.severity() == "critical"
    }

    fn is_doubtful(&self) -> bool {
        self.entry.verdict != "valid"
    }

    fn standing(&self) -> &'static str {
        self.alert.as_ref().map_or("", |alert| alert.status.code())
    }

    fn is_in_force(&self) -> bool {
        self.alert.as_ref().is_none_or(|alert| alert.status == Standing::Active)
    }
}

#[derive(Template)]
#[template(path = "feed.html")]
struct FeedPage<'a> {
    desk: &'a Desk,
    filter: &'a Filter,
    rows: Vec<Row>,
    /// The newest position that is on the page, or before it.
    newest: u64,
    older: Option<String>,
}

#[derive(Template)]
#[template(path = "feed_rows.html")]
struct FeedRows<'a> {
    desk: &'a Desk,
    rows: Vec<Row>,
}

/// `GET /`; for a script that asks for what is new, the rows alone.
pub async fn show(
    desk: Desk,
    headers: HeaderMap,
    filter: Result<Query<Filter>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(filter) = filter?;
    let query = filter.query(desk.viewer())?;
    let unit = desk.unit();
    let (rows, next, head) = desk
        .show(AccessAct::List, None, move |views, viewer, now| {
            look(views, &query, viewer, &unit, now)
        })
        .await?;
    if headers.contains_key("hx-request") && filter.after.is_some() {
        return desk.page(&FeedRows { desk: &desk, rows });
    }
    let newest = rows.first().map_or(head, |row| row.entry.position.max(head));
    let older = next.map(|next| desk.kept(filter.before(&next)));
    desk.page(&FeedPage { desk: &desk, filter: &filter, rows, newest, older })
}

type Found = (Vec<Row>, Option<String>, u64);

impl Shows for Found {
    fn alerts(&self) -> Vec<AlertId> {
        self.0.alerts()
    }
}

impl Shows for Row {
    fn alerts(&self) -> Vec<AlertId> {
        self.alert.alerts()
    }
}

fn look(
    views: &Views,
    query: &FeedQuery,
    viewer: Option<&Viewer>,
    unit: &UnitId,
    now: u64,
) -> Result<Found, ViewsError> {
    let (page, head) = views.newest(query, now)?;
    let id = |entry: &Entry| entry.alert.as_deref().and_then(|id| id.parse::<AlertId>().ok());
    let named: BTreeSet<AlertId> = page.rows.iter().filter_map(id).collect();
    let mut alerts = views.rows_of(&named, viewer, now)?;
    let mut due: BTreeMap<AlertId, Vec<DueRow>> = BTreeMap::new();
    for alert in named {
        let mut rows = views.due_of(&alert, viewer, now)?;
        rows.retain(|row| row.who == *unit);
        due.insert(alert, rows);
    }
    let row = |entry: Entry| {
        let alert = id(&entry);
        Row {
            due: alert.as_ref().and_then(|id| due.remove(id)).unwrap_or_default(),
            alert: alert.and_then(|id| alerts.remove(&id)),
            entry,
        }
    };
    Ok((page.rows.into_iter().map(row).collect(), page.next, head))
}
