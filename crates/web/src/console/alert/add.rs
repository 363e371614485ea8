//! What one officer adds to an alert alone: a form, then a page that repeats what will be sent to whom,
//! and only then is it sent. What was typed is drawn again with every refusal.

use std::collections::BTreeSet;

use askama::Template;
use axum::Form as Posted;
use axum::extract::rejection::{FormRejection, PathRejection, QueryRejection};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use giapranh_domain::check::Check;
use giapranh_domain::codes::{AccessAct, Role, Urgency};
use giapranh_domain::wire::proto;
use giapranh_domain::{Act, Alert, AlertId, ZoneId, time};
use giapranh_views::{Viewer, Views};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::alerts::named;
use crate::console::Desk;
use crate::console::form::{Adds, Change, Drawn, Form, Listed, Shape, Typed, changes};
use crate::console::reach::Reach;
use crate::problem::Problem;

type Named = Result<Path<(String, String, String, String)>, PathRejection>;

/// What is added to which alert.
struct Order {
    what: Adds,
    alert: AlertId,
    /// The event that it is about: of a hit, of a proposed link.
    of: Uuid,
    /// The version that was on the page.
    version: u32,
    /// The id of the event that it makes: sent twice, it is recorded once.
    key: Uuid,
}

impl Order {
    /// The command, of what stands in the form.
    fn act(&self, value: Value) -> Result<Act, Problem> {
        let Value::Object(mut parts) = value else { return Err(Problem::unreadable_form()) };
        let mut part = |name: &str| parts.remove(name).unwrap_or_else(|| json!({}));
        let (alert, of) = (self.alert.to_string(), self.of);
        Ok(match self.what {
            Adds::Hit => {
                let urgency = part("urgency").as_str().unwrap_or_default().to_owned();
                let hit = proto::Hit { version: self.version, ..read(part("hit"))? };
                Act::ReportHit { alert, urgency, hit }
            }
            Adds::Answer => Act::AnswerHit { alert, hit: of, answer: read(part("answer"))? },
            Adds::Conclusion => {
                Act::ConcludeHit { alert, hit: of, conclusion: read(part("conclusion"))? }
            }
            Adds::Flag => Act::FlagAlert { alert, flag: read(part("flag"))? },
            Adds::Lifting => {
                let flag = proto::Flag { lifted: true, ..read(part("flag"))? };
                Act::FlagAlert { alert, flag }
            }
            Adds::Link => Act::ProposeLink { alert, link: read(part("link"))? },
            Adds::Decision => {
                Act::DecideLink { alert, link: of, decision: read(part("decision"))? }
            }
        })
    }
}

fn read<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    serde_json::from_value(value).map_err(|_| Problem::unreadable_form())
}

/// Who may add it.
pub fn roles(what: Adds, alert: &AlertId) -> &'static [Role] {
    let (of, key) = (Uuid::nil(), Uuid::nil());
    let order = Order { what, alert: alert.clone(), of, version: 0, key };
    order.act(json!({})).map_or(&[], |act| act.roles())
}

#[derive(Template)]
#[template(path = "add_form.html")]
struct FormPage<'a> {
    desk: &'a Desk,
    alert: &'a Alert,
    order: &'a Order,
    sections: Vec<Drawn>,
    faults: Vec<Listed>,
}

#[derive(Template)]
#[template(path = "add_confirm.html")]
struct ConfirmPage<'a> {
    desk: &'a Desk,
    alert: &'a Alert,
    order: &'a Order,
    rows: Vec<Change>,
    reach: Reach,
    /// The fields as they were typed, to be sent once more.
    typed: Vec<(&'a str, &'a str)>,
}

/// What the page of an alert says that it is about.
#[derive(Deserialize)]
pub struct About {
    of: Option<Uuid>,
}

/// `GET /alerts/{unit}/{year}/{number}/add/{what}`: the form.
pub async fn fill(
    desk: Desk,
    path: Named,
    about: Result<Query<About>, QueryRejection>,
) -> Result<Response, Problem> {
    let (what, id, missing) = asked(path)?;
    let about = about.map_or(None, |Query(about)| about.of);
    let alert = find(&desk, id).await?.ok_or(missing)?;
    let roles = roles(what, &alert.id);
    if !desk.may(roles) {
        return Err(Problem::role(roles));
    }
    let of = match (what, about) {
        (Adds::Answer | Adds::Conclusion | Adds::Decision, None) => {
            return Err(Problem::no_such_page());
        }
        (_, about) => about.unwrap_or_default(),
    };
    let order =
        Order { what, alert: alert.id.clone(), of, version: alert.version, key: Uuid::now_v7() };
    let form = Form::adding(what);
    // Most is reported as it happens.
    let now = local(desk.now);
    let value = match what {
        Adds::Hit => json!({ "hit": { "seen_at": now } }),
        Adds::Conclusion => json!({ "conclusion": { "at": now } }),
        _ => Value::Null,
    };
    draw(&desk, &alert, &order, &form, &Typed::spell(&form, &value), &[])
}

/// `POST /alerts/{unit}/{year}/{number}/add/{what}`: looks at it once more, sends it, or goes back to
/// the form.
pub async fn send(
    desk: Desk,
    path: Named,
    posted: Result<Posted<Vec<(String, String)>>, FormRejection>,
) -> Result<Response, Problem> {
    let (what, id, missing) = asked(path)?;
    let Posted(pairs) = posted.map_err(Problem::of_form)?;
    let typed = Typed::of(pairs);
    let order = order_of(what, id.clone(), &typed).ok_or_else(Problem::unreadable_form)?;
    let alert = find(&desk, id).await?.ok_or(missing)?;
    let form = Form::adding(what);
    let (value, _) = typed.read(&form);
    let act = order.act(value.clone())?;
    let language = desk.words.0;
    match typed.one("do") {
        "edit" => draw(&desk, &alert, &order, &form, &typed, &[]),
        "send" => match desk.act(act, Some(order.key), None).await {
            Ok(_) => Ok(desk.go(&desk.alert_path(&order.alert.to_string()))),
            Err(problem) if problem.errors().is_empty() => Err(problem),
            Err(problem) => {
                let faults = problem.errors().iter();
                let faults: Vec<(String, String)> =
                    faults.map(|fault| (fault.field.clone(), fault.sentence(language))).collect();
                refused(draw(&desk, &alert, &order, &form, &typed, &faults)?, problem.status())
            }
        },
        _ => {
            let faults = faults(&desk, &alert, &act);
            if !faults.is_empty() {
                let page = draw(&desk, &alert, &order, &form, &typed, &faults)?;
                return refused(page, StatusCode::UNPROCESSABLE_ENTITY);
            }
            let zones = reached(&desk, &alert, &act).await?;
            desk.page(&ConfirmPage {
                desk: &desk,
                alert: &alert,
                order: &order,
                rows: changes(&desk, &form, &Value::Null, &value),
                reach: Reach::of(&desk, &zones),
                typed: typed.fields().collect(),
            })
        }
    }
}

#[expect(clippy::unnecessary_wraps, reason = "as handlers give it back")]
fn refused(mut page: Response, status: StatusCode) -> Result<Response, Problem> {
    *page.status_mut() = status;
    Ok(page)
}

fn asked(path: Named) -> Result<(Adds, AlertId, Problem), Problem> {
    let Path((unit, year, number, what)) = path?;
    let what = Adds::parse(&what).ok_or_else(Problem::no_such_page)?;
    let (id, missing) = named(Ok(Path((unit, year, number))))?;
    Ok((what, id, missing))
}

/// What the form carries beside what was typed.
fn order_of(what: Adds, alert: AlertId, typed: &Typed) -> Option<Order> {
    let of = typed.one("of").parse().ok()?;
    let version = typed.one("version").parse().ok()?;
    Some(Order { what, alert, of, version, key: typed.one("key").parse().ok()? })
}

async fn find(desk: &Desk, id: AlertId) -> Result<Option<Alert>, Problem> {
    let look = move |views: &Views, viewer: Option<&Viewer>, now| views.alert(&id, viewer, now);
    desk.show(AccessAct::List, None, look).await
}

fn draw(
    desk: &Desk,
    alert: &Alert,
    order: &Order,
    form: &Form<Adds>,
    typed: &Typed,
    faults: &[(String, String)],
) -> Result<Response, Problem> {
    let (sections, faults) = (form.draw(desk, typed, faults), form.list_faults(desk, faults));
    desk.page(&FormPage { desk, alert, order, sections, faults })
}

/// What it would be refused for, as far as it can be told from the form.
fn faults(desk: &Desk, alert: &Alert, act: &Act) -> Vec<(String, String)> {
    let mut check = Check::at(desk.now);
    match act {
        Act::ReportHit { urgency, hit, .. } => {
            if Urgency::parse(urgency).is_none() {
                check.unknown("/urgency", urgency, &Urgency::list());
            }
            check.hit(hit, alert);
        }
        Act::AnswerHit { answer, .. } => check.answer(answer),
        Act::ConcludeHit { conclusion, .. } => check.conclusion(conclusion),
        Act::FlagAlert { flag, .. } => check.flag(flag),
        Act::ProposeLink { link, .. } => {
            if let Err(error) = link.other.trim().parse::<AlertId>() {
                check.fault("/link/other", "unknown-alert", format!("{error}."));
            }
            check.link_proposed(link);
        }
        Act::DecideLink { decision, .. } => check.link_decided(decision),
        _ => {}
    }
    let language = desk.words.0;
    check.finish().iter().map(|fault| (fault.field.clone(), fault.sentence(language))).collect()
}

/// The zones to which the officer's unit can send it: of a link, only those that both alerts have.
async fn reached(desk: &Desk, alert: &Alert, act: &Act) -> Result<BTreeSet<ZoneId>, Problem> {
    let (unit, directory) = (desk.unit(), desk.directory());
    let mut zones = alert.all_zones.clone();
    if unit != alert.responsible {
        zones.retain(|zone| directory.is_member(&unit, zone, directory.head()));
    }
    let other = act.other_alert().and_then(|other| other.trim().parse().ok());
    if let Some(other) = other {
        let other = find(desk, other).await?;
        zones.retain(|zone| other.as_ref().is_some_and(|other| other.all_zones.contains(zone)));
    }
    Ok(zones)
}

/// A moment in Vietnam's time, to the minute.
fn local(now: u64) -> String {
    let moment = time::rfc3339(now);
    format!("{}:00+07:00", moment.get(..16).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::local;
    use crate::console::form::{Adds, Form, Typed};
    use serde_json::json;

    #[test]
    fn now_stands_in_the_form_as_officers_write_it() {
        let form = Form::adding(Adds::Hit);
        let moment = local(1_717_138_865_000);
        assert_eq!(moment, "2024-05-31T14:01:00+07:00");
        let typed = Typed::spell(&form, &json!({ "hit": { "seen_at": moment } }));
        assert_eq!(typed.one("/hit/seen_at"), "31/05/2024 14:01");
    }
}
