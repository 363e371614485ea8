//! `/notices`: situation notices and directives, with who has not acknowledged.

use std::collections::BTreeSet;

use askama::Template;
use axum::response::Response;
use giapranh_domain::codes::{AccessAct, Category};
use giapranh_domain::{Alert, AlertId, UnitId};
use giapranh_views::{AlertQuery, AlertRow, StatusFilter, Viewer, Views, ViewsError};

use super::Desk;
use crate::problem::Problem;
use crate::trail::Shows;

/// The newest of each that the page shows; the list of alerts has the others.
const SHOWN: usize = 20;

/// One of them, in force.
struct Notice {
    row: AlertRow,
    text: String,
    /// By when it is to be acknowledged, and by whom it was not; `None`: nobody is asked.
    missing: Option<(u64, BTreeSet<UnitId>)>,
}

#[derive(Template)]
#[template(path = "notices.html")]
struct NoticesPage<'a> {
    desk: &'a Desk,
    directives: Vec<Notice>,
    situations: Vec<Notice>,
}

/// `GET /notices`.
pub async fn show(desk: Desk) -> Result<Response, Problem> {
    let (directives, situations) = desk
        .show(AccessAct::List, None, |views, viewer, now| {
            let of = |category| notices(views, viewer, now, category);
            Ok((of(Category::Directive)?, of(Category::SituationNotice)?))
        })
        .await?;
    desk.page(&NoticesPage { desk: &desk, directives, situations })
}

impl Shows for Notice {
    fn alerts(&self) -> Vec<AlertId> {
        self.row.alerts()
    }
}

fn notices(
    views: &Views,
    viewer: Option<&Viewer>,
    now: u64,
    category: Category,
) -> Result<Vec<Notice>, ViewsError> {
    let query = AlertQuery {
        category: Some(category.code().to_owned()),
        status: Some(StatusFilter::Active),
        viewer: viewer.cloned(),
        limit: SHOWN,
        ..AlertQuery::default()
    };
    let mut notices = Vec::new();
    for row in views.alerts(&query, now)?.rows {
        let Some(alert) = views.alert(&row.id, viewer, now)? else { continue };
        notices.push(Notice { row, text: text(&alert), missing: missing(&alert) });
    }
    Ok(notices)
}

fn text(alert: &Alert) -> String {
    let content = alert.content.as_ref();
    let directive = content.and_then(|content| content.directive.as_ref());
    let situation = content.and_then(|content| content.situation_notice.as_ref());
    let text = directive.map(|it| &it.text).or_else(|| situation.map(|it| &it.text));
    text.cloned().unwrap_or_default()
}

fn missing(alert: &Alert) -> Option<(u64, BTreeSet<UnitId>)> {
    let asked = alert.asked.as_ref()?;
    Some((asked.due, alert.not_acknowledged().cloned().collect()))
}
