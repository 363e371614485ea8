//! `/alerts/{unit}/{year}/{number}`: everything about an alert on one page that prints as a notice, and
//! what the officer may do about it now.

mod acknowledge;
mod add;

use askama::Template;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::Response;
use giapranh_domain::alert::{Earlier, Entry, Hit, Report};
use giapranh_domain::codes::{AccessAct, Category, Role};
use giapranh_domain::wire::proto;
use giapranh_domain::{Act, Alert, AlertId, Millis, NoKey, Sealed, Status, Verdict};
use giapranh_views::{Delivery, DueRow, LinkRow};
use serde_json::{Value, json};
use uuid::Uuid;

use super::Desk;
use super::form::{Adds, Change, Form, Proposes, changes};
use super::search::ask_purpose;
use crate::api::alerts::named;
use crate::problem::Problem;
use crate::trail::Shows;

pub use acknowledge::acknowledge;
pub use add::{fill, send};

type Named = Result<Path<(String, String, String)>, PathRejection>;

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
    /// What each version changed, the newest first.
    steps: Vec<Step>,
}

/// From one version to the next.
struct Step {
    version: u32,
    at: Millis,
    rows: Vec<Change>,
}

/// `GET /alerts/{unit}/{year}/{number}`.
pub async fn show(desk: Desk, path: Named) -> Result<Response, Problem> {
    let (id, missing) = named(path)?;
    if desk.officer().is_some() && desk.purpose().await?.is_none() && names(&desk, &id).await? {
        return ask_purpose(&desk, desk.alert_path(&id.to_string()));
    }
    let found = look(&desk, id).await?.ok_or(missing)?;
    let alert = &found.alert;
    let form = Form::of(Proposes::Issue, Category::parse(&alert.category));
    let told = |before: &Value, after: &Value| {
        form.as_ref().map(|form| changes(&desk, form, before, after)).unwrap_or_default()
    };
    let newest = json!({ "zones": alert.zones, "content": alert.content });
    let facts = told(&Value::Null, &newest);
    let steps = steps(alert, &newest, told);
    let page = AlertPage { desk: &desk, alert, found: &found, facts, steps };
    desk.page(&page)
}

/// What each version says otherwise than the one before it that is here.
fn steps(alert: &Alert, newest: &Value, told: impl Fn(&Value, &Value) -> Vec<Change>) -> Vec<Step> {
    let said = |earlier: &Earlier| json!({ "zones": earlier.zones, "content": earlier.content });
    let mut after = newest.clone();
    let mut version = alert.version;
    let mut steps = Vec::new();
    for earlier in alert.earlier.iter().rev() {
        let before = said(earlier);
        steps.push(Step { version, at: earlier.until, rows: told(&before, &after) });
        (after, version) = (before, earlier.version);
    }
    steps
}

/// Whether it is about a person, whom nobody is shown without having said what for.
async fn names(desk: &Desk, id: &AlertId) -> Result<bool, Problem> {
    let id = id.clone();
    let alert = desk.read(move |views, viewer, now| views.alert(&id, viewer, now)).await?;
    Ok(alert.is_of_a_person())
}

impl Shows for Found {
    fn alerts(&self) -> Vec<AlertId> {
        vec![self.alert.id.clone()]
    }

    fn is_of_a_person(&self) -> bool {
        self.alert.is_of_a_person()
    }
}

async fn look(desk: &Desk, id: AlertId) -> Result<Option<Found>, Problem> {
    let directory = desk.app().backend.directory();
    let node = desk.app().backend.unit();
    desk.show(AccessAct::View, None, move |views, viewer, now| {
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

    /// Whether the officer may add that, as far as the role goes.
    fn may(&self, what: Adds) -> bool {
        self.desk.may(add::roles(what, &self.alert.id))
    }

    /// Why this node lacks its key, as a code.
    fn no_key(&self) -> Option<&'static str> {
        let node = self.desk.app().backend.unit();
        self.alert.no_key(&node, self.desk.directory()).map(NoKey::code)
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

    /// Whether the officer's unit has seen the newest version.
    fn is_acknowledged(&self) -> bool {
        self.alert.has_acknowledged(&self.desk.unit(), self.alert.version)
    }

    fn is_flagged(&self) -> bool {
        self.alert.flags.contains_key(&self.desk.unit())
    }

    /// Whether the officer may say that it was seen.
    fn may_acknowledge(&self) -> bool {
        let act = Act::AcknowledgeAlert { alert: String::new(), version: 0 };
        self.is_in_force() && self.desk.may(act.roles())
    }

    /// What may be added to it, as the last part of the address.
    fn additions(&self) -> Vec<&'static str> {
        if !self.is_in_force() {
            return Vec::new();
        }
        let flag = if self.is_flagged() { Adds::Lifting } else { Adds::Flag };
        let offered = [Adds::Hit, flag, Adds::Link].into_iter();
        offered.filter(|what| self.may(*what)).map(Adds::code).collect()
    }

    /// Whether the officer may say whether a hit is the one.
    fn may_answer(&self, hit: &Hit) -> bool {
        !hit.is_answered() && self.answers_for() && self.may(Adds::Answer)
    }

    /// What was found, in words.
    fn found_in(&self, report: &Report) -> Vec<Change> {
        let hit = proto::Hit { version: 0, ..report.hit.clone() };
        changes(self.desk, &Form::adding(Adds::Hit), &Value::Null, &json!({ "hit": hit }))
    }

    /// Whether the officer may say how a hit ended.
    fn may_conclude(&self, hit: &Hit) -> bool {
        let unit = self.desk.unit();
        let is_own = hit.report.as_ref().is_some_and(|report| report.unit == unit);
        let is_said = hit.conclusions.iter().any(|said| said.unit == unit);
        hit.report.is_some()
            && !is_said
            && (is_own || self.answers_for())
            && self.may(Adds::Conclusion)
    }

    /// Whether the officer may say whether a link holds: another one than who proposed it.
    fn may_decide(&self, link: &LinkRow) -> bool {
        link.state == "proposed" && self.may(Adds::Decision)
    }

    /// Whether the officer's unit answers for it, or stands above who does.
    fn answers_for(&self) -> bool {
        let (unit, directory) = (self.desk.unit(), self.desk.directory());
        unit == self.alert.responsible
            || directory.is_above(&unit, &self.alert.responsible, directory.head())
    }

    /// Whether the officer may begin to change it.
    fn may_change(&self) -> bool {
        self.desk.unit() == self.alert.responsible
            && self.alert.status != Status::Awaited
            && self.alert.sealed != Some(Sealed::Erased)
            && self.desk.may(&[Role::Issuer])
    }

    /// What an officer may begin, as the last part of the draft's address.
    fn begins(&self) -> &'static [&'static str] {
        if !self.alert.is_active_at(self.desk.now) {
            &["erase"]
        } else if self.alert.is_hidden_at(self.desk.now) {
            &["amend", "withdraw", "reveal"]
        } else {
            &["amend", "withdraw", "hide"]
        }
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
