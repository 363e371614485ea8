//! `/drafts`: what one officer writes and another one releases, returns or leaves.
//!
//! Every save is a version, and whoever acts names the one that was seen: two officers never overwrite
//! each other, and whoever comes second sees what differs. What was typed is drawn again with every
//! refusal, so nothing is typed twice.

mod decide;
mod proposal;
mod write;

pub use decide::{confirm, discard, release, send_back};
pub use write::{change, create, save};

use askama::Template;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::Response;
use giapranh_domain::codes::{AccessAct, Role};
use giapranh_domain::{Alert, AlertId, Category, Draft, DraftState};
use giapranh_views::{DraftRow, Viewer, Views};

use super::Desk;
use crate::api::alerts::named;
use crate::problem::Problem;

/// As many as are listed of those that nothing more comes of.
const DONE: usize = 30;

/// Where an alert's id stands in the address.
type IdPath = Result<Path<(String, String, String)>, PathRejection>;

struct Group {
    title: &'static str,
    rows: Vec<DraftRow>,
}

#[derive(Template)]
#[template(path = "drafts.html")]
struct DraftsPage<'a> {
    desk: &'a Desk,
    groups: Vec<Group>,
}

impl DraftsPage<'_> {
    fn what(&self, row: &DraftRow) -> String {
        self.desk.words.code("drafts-proposes", &row.proposes).into_owned()
    }

    fn writes(&self) -> bool {
        self.desk.may(&[Role::Issuer])
    }
}

/// `GET /drafts`: the unit's, by what they wait for.
pub async fn list(desk: Desk) -> Result<Response, Problem> {
    let unit = desk.unit();
    let look = move |views: &Views, _: Option<&Viewer>, _| views.drafts(&unit, None);
    let rows = desk.show(AccessAct::List, None, look).await?;
    let groups = grouped(rows, &desk);
    desk.page(&DraftsPage { desk: &desk, groups })
}

fn grouped(rows: Vec<DraftRow>, desk: &Desk) -> Vec<Group> {
    let me = desk.officer().map(|officer| officer.id.clone());
    let titles = [
        "drafts-group-waiting",
        "drafts-group-returned",
        "drafts-group-mine",
        "drafts-group-others",
        "drafts-group-done",
    ];
    let mut groups = titles.map(|title| Group { title, rows: Vec::new() });
    for row in rows {
        let at = match row.state {
            DraftState::Waiting => 0,
            DraftState::Returned => 1,
            DraftState::Writing if row.saved_by == me => 2,
            DraftState::Writing => 3,
            DraftState::Released | DraftState::Discarded => 4,
        };
        groups[at].rows.push(row);
    }
    groups[4].rows.truncate(DONE);
    groups.into_iter().filter(|group| !group.rows.is_empty()).collect()
}

#[derive(Template)]
#[template(path = "draft_choose.html")]
struct ChoosePage<'a> {
    desk: &'a Desk,
    categories: Vec<&'static str>,
}

/// `GET /drafts/new`: which category it is to be.
pub async fn choose(desk: Desk) -> Result<Response, Problem> {
    let categories = Category::ALL.iter().map(|category| category.code()).collect();
    desk.page(&ChoosePage { desk: &desk, categories })
}

/// `GET /drafts/{unit}/{year}/{number}`: the form for who may go on writing, and for everybody else what
/// is proposed.
pub async fn show(desk: Desk, path: IdPath) -> Result<Response, Problem> {
    let case = Case::find(&desk, path).await?;
    if case.is_writable(&desk) {
        write::show(&desk, &case)
    } else {
        decide::show(&desk, &case, None)
    }
}

/// A draft, and the alert as it is.
struct Case {
    draft: Draft,
    alert: Option<Alert>,
}

impl Case {
    async fn find(desk: &Desk, path: IdPath) -> Result<Self, Problem> {
        let (id, _) = named(path)?;
        let missing = Problem::missing("draft", &id.to_string(), "giapranh draft list");
        Self::look(desk, id).await?.ok_or(missing)
    }

    /// The draft of an alert, if the officer's unit wrote it.
    async fn look(desk: &Desk, id: AlertId) -> Result<Option<Self>, Problem> {
        let (draft, alert) = newest(desk, id).await?;
        Ok(draft.map(|draft| Self { draft, alert }))
    }

    fn is_writable(&self, desk: &Desk) -> bool {
        let is_open = matches!(self.draft.state, DraftState::Writing | DraftState::Returned);
        is_open && desk.may(&[Role::Issuer])
    }
}

/// The newest draft of an alert, where the officer's unit wrote it, and the alert, once it was issued.
async fn newest(desk: &Desk, id: AlertId) -> Result<(Option<Draft>, Option<Alert>), Problem> {
    let own = desk.officer().map(|officer| officer.unit.clone());
    let look = move |views: &Views, viewer: Option<&Viewer>, now| {
        let draft = views.draft(&id)?.filter(|draft| own.is_none_or(|unit| unit == draft.unit));
        let alert = views.alert(&id, viewer, now)?.filter(|alert| alert.version > 0);
        Ok((draft, alert))
    };
    desk.show(AccessAct::View, None, look).await
}

/// Where the page of a draft is.
fn path_of(id: &AlertId) -> String {
    format!("/drafts/{id}")
}
