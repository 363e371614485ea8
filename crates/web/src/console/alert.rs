//! `/alerts/{unit}/{year}/{number}`: everything about an alert on one page that prints as a notice, and
//! what the officer may do about it now.

mod acts;

use askama::Template;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::Response;
use giapranh_domain::alert::Entry;
use giapranh_domain::codes::{AnswerResult, Category, Certainty, Outcome, Role, Urgency};
use giapranh_domain::{Alert, AlertId, Status, Verdict};
use giapranh_views::{Delivery, DueRow, LinkRow};
use serde_json::{Value, json};
use uuid::Uuid;

use super::Desk;
use super::form::{Change, Form, Proposes, changes};
use crate::api::alerts::named;
use crate::problem::Problem;

pub use acts::{acknowledge, answer, conclude, flag, report};

type Named = Result<Path<(String, String, String)>, PathRejection>;

/// Who may say that they have seen it, found it, or can't act.
const ACTORS: &[Role] = &[Role::Duty, Role::Issuer, Role::Approver];
/// Who may answer a hit, and begin a draft.
const ANSWERERS: &[Role] = &[Role::Issuer, Role::Approver];

/// What the page is drawn from.
struct Found {
    alert: Alert,
    due: Vec<DueRow>,
    links: Vec<LinkRow>,
    /// `None`: this node published none of it.
    delivery: Option<Delivery>,
}

#[derive(Template)]
#[template(path = "alert.html")]
struct AlertPage<'a> {
    desk: &'a Desk,
    alert: &'a Alert,
    found: &'a Found,
    /// What it says, field by field.
    facts: Vec<Change>,
}

/// `GET /alerts/{unit}/{year}/{number}`.
pub async fn show(desk: Desk, path: Named) -> Result<Response, Problem> {
    let (id, missing) = named(path)?;
    let found = look(&desk, id).await?.ok_or(missing)?;
    let category = Category::parse(&found.alert.category);
    let form = category.and_then(|category| Form::of(Proposes::Issue, Some(category)));
    let value = json!({ "zones": found.alert.zones, "content": found.alert.content });
    let facts = form.map(|form| changes(&desk, &form, &Value::Null, &value)).unwrap_or_default();
    let page = AlertPage { desk: &desk, alert: &found.alert, found: &found, facts };
    desk.page(&page)
}

async fn look(desk: &Desk, id: AlertId) -> Result<Option<Found>, Problem> {
    let directory = desk.app().backend.directory();
    let node = desk.app().backend.unit();
    desk.read(move |views, viewer, now| {
        let Some(alert) = views.alert(&id, viewer, now)? else { return Ok(None) };
        let due = views.due_of(&id, viewer, now)?;
        let links = views.links_of(&id, viewer, now)?;
        let delivery = views.delivery(&id, &node, &directory, viewer, now)?;
        let delivery = delivery.filter(|delivery| !delivery.events.is_empty());
        Ok(Some(Found { alert, due, links, delivery }))
    })
    .await
}

impl AlertPage<'_> {
    /// The id of the event that a form would make, so that one sent twice is recorded once.
    #[expect(clippy::unused_self, reason = "a template asks the page")]
    fn new_key(&self) -> Uuid {
        Uuid::now_v7()
    }

    fn headline(&self) -> &str {
        self.alert.content.as_ref().map_or("", |content| &content.headline)
    }

    fn severity(&self) -> &str {
        self.alert.content.as_ref().map_or("", |content| &content.severity)
    }

    fn action(&self) -> &str {
        self.alert.content.as_ref().map_or("", |content| &content.required_action)
    }

    fn warnings(&self) -> &[String] {
        self.alert.content.as_ref().map_or(&[], |content| &content.warnings)
    }

    /// Where it stands now, as a code.
    fn standing(&self) -> &'static str {
        let now = self.desk.now;
        match self.alert.status {
            Status::Awaited => "awaited",
            Status::Withdrawn => "withdrawn",
            Status::Active if !self.alert.is_active_at(now) => "expired",
            Status::Active if self.alert.is_hidden_at(now) => "hidden",
            Status::Active => "active",
        }
    }

    fn is_in_force(&self) -> bool {
        self.alert.is_active_at(self.desk.now)
    }

    /// How many units read what is sent about it.
    fn units(&self) -> usize {
        let directory = self.desk.directory();
        directory.units_with_node(directory.head(), &self.alert.all_zones).len()
    }

    /// Whether the officer's unit has seen the newest version.
    fn is_acknowledged(&self) -> bool {
        self.alert.has_acknowledged(&self.desk.unit(), self.alert.version)
    }

    fn is_flagged(&self) -> bool {
        self.alert.flags.contains_key(&self.desk.unit())
    }

    /// Whether the officer may add facts.
    fn may_add(&self) -> bool {
        self.is_in_force() && self.desk.may(ACTORS)
    }

    /// Whether the officer's unit answers for it, or stands above who does.
    fn answers_for(&self) -> bool {
        let (unit, directory) = (self.desk.unit(), self.desk.directory());
        unit == self.alert.responsible
            || directory.is_above(&unit, &self.alert.responsible, directory.head())
    }

    fn may_answer(&self) -> bool {
        self.answers_for() && self.desk.may(ANSWERERS)
    }

    /// Whether the officer may begin to change it.
    fn may_change(&self) -> bool {
        self.desk.unit() == self.alert.responsible
            && self.alert.status == Status::Active
            && self.desk.may(&[Role::Issuer])
    }

    /// What an officer may begin, as the last part of the draft's address.
    fn begins(&self) -> &'static [&'static str] {
        if self.alert.is_hidden_at(self.desk.now) {
            &["amend", "withdraw", "reveal"]
        } else {
            &["amend", "withdraw", "hide"]
        }
    }

    #[expect(clippy::unused_self, reason = "a template asks the page")]
    fn urgencies(&self) -> impl Iterator<Item = &'static str> + use<> {
        Urgency::ALL.iter().map(|code| code.code())
    }

    #[expect(clippy::unused_self, reason = "a template asks the page")]
    fn certainties(&self) -> impl Iterator<Item = &'static str> + use<> {
        Certainty::ALL.iter().map(|code| code.code())
    }

    #[expect(clippy::unused_self, reason = "a template asks the page")]
    fn answers(&self) -> impl Iterator<Item = &'static str> + use<> {
        AnswerResult::ALL.iter().map(|code| code.code())
    }

    #[expect(clippy::unused_self, reason = "a template asks the page")]
    fn outcomes(&self) -> impl Iterator<Item = &'static str> + use<> {
        Outcome::ALL.iter().map(|code| code.code())
    }

    #[expect(clippy::unused_self, reason = "a template asks the page")]
    fn counts(&self, entry: &Entry) -> bool {
        entry.verdict == Verdict::Valid
    }

    /// Why an event does not count, in words.
    fn verdict(&self, entry: &Entry) -> String {
        let verdict = match entry.verdict {
            Verdict::Valid => "valid",
            Verdict::Late => "late",
            Verdict::Disowned(_) => "disowned",
            Verdict::Waiting => "waiting",
        };
        self.desk.words.verdict(verdict).into_owned()
    }

    /// The units that were asked and have not acknowledged.
    fn missing(&self) -> Vec<String> {
        let missing = self.alert.not_acknowledged();
        missing.map(|unit| self.desk.unit_name(unit.as_str())).collect()
    }
}
