//! Commands: the only way to append.
//!
//! Who acts is who has signed in: the body may repeat that, and may not say otherwise. Where nobody
//! has an account yet, the owner of the socket names the officers.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::HeaderMap;
use giapranh_domain::{Act, AlertId, Command, Fault, Rejection, Ruling};
use giapranh_views::{Viewer, Views, ViewsError};

use super::condition::Condition;
use super::{drafts, read};
use crate::App;
use crate::backend::Accepted;
use crate::officers::Officer;
use crate::principal::{Principal, approver, has_role};
use crate::problem::Problem;

/// `POST /api/v1/commands`.
pub async fn submit(
    State(app): State<App>,
    principal: Principal,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Accepted>, Problem> {
    let command: Command =
        serde_json::from_slice(&body?).map_err(|error| Problem::unreadable(&error))?;
    let second = approver(&app, &principal, &headers).await?;
    let condition = Condition::of(&headers);
    Ok(Json(carry_out(&app, &principal, second, condition, command).await?))
}

/// Decides a command of who asks, whichever way it came in.
pub async fn carry_out(
    app: &App,
    principal: &Principal,
    second: Option<Officer>,
    condition: Condition,
    mut command: Command,
) -> Result<Accepted, Problem> {
    if let Some(officer) = principal.officer() {
        if !has_role(officer, command.act.roles()) {
            return Err(Problem::role(command.act.roles()));
        }
        sign(&mut command, officer, second.as_ref()).map_err(Problem::rejected)?;
    }
    look(app, principal, &command.act, condition).await?;
    Ok(app.backend.submit(command).await?)
}

/// Puts in who acts, for which unit, and who released it.
fn sign(command: &mut Command, first: &Officer, second: Option<&Officer>) -> Result<(), Rejection> {
    let mut faults = Vec::new();
    let mut fault = |field: &str, rule: &str, message: &str| {
        faults.push(Fault::new(field, rule, message));
    };
    if !command.drafted_by.is_empty() && command.drafted_by != first.id.as_str() {
        let message = "drafted_by is another officer than the one who has signed in; leave it out.";
        fault("/drafted_by", "not-you", message);
    }
    if command.unit.as_deref().is_some_and(|unit| unit != first.unit.as_str()) {
        let message =
            "unit is another one than that of the officer who has signed in; leave it out.";
        fault("/unit", "not-you", message);
    }
    let released = second.map_or("", |second| second.id.as_str());
    if !command.approved_by.is_empty() && command.approved_by != released {
        let message = "approved_by has to sign as well (--approved-by-login LOGIN, or the header \
                       Giapranh-Approval); leave it out of the command.";
        fault("/approved_by", "not-signed", message);
    }
    if !faults.is_empty() {
        return Err(Rejection { ruling: Ruling::Invalid, faults });
    }
    command.drafted_by = first.id.to_string();
    command.unit = Some(first.unit.to_string());
    released.clone_into(&mut command.approved_by);
    Ok(())
}

/// What a command is about.
struct About {
    alert: AlertId,
    other: Option<AlertId>,
    is_draft: bool,
}

/// Looks at what the command is about: what this officer does not see is not there, and what
/// `If-Match` names has to be what there is. An id that is none is for the decision to refuse.
async fn look(
    app: &App,
    principal: &Principal,
    act: &Act,
    condition: Condition,
) -> Result<(), Problem> {
    let parsed = |text: Option<&str>| text.and_then(|text| text.parse::<AlertId>().ok());
    let Some(alert) = parsed(act.alert()) else { return condition.check(None) };
    let viewer = principal.viewer(app);
    if viewer.is_none() && !condition.is_set() {
        return Ok(());
    }
    let about = About { alert, other: parsed(act.other_alert()), is_draft: is_of_draft(act) };
    let principal = principal.clone();
    let found = read(app, move |views, now| {
        let sight = Sight { views, viewer: viewer.as_ref(), now };
        Ok(match sight.is_out_of_sight(&about)? {
            Some(hidden) => Err(hidden),
            None if !condition.is_set() => Ok(()),
            None => condition.check(sight.version(&about, &principal)?),
        })
    });
    found.await?
}

/// What is looked at, by whom and when.
struct Sight<'a> {
    views: &'a Views,
    viewer: Option<&'a Viewer>,
    now: u64,
}

impl Sight<'_> {
    /// Whether one of the alerts is here and not seen; one that is not here is for the decision.
    fn is_out_of_sight(&self, about: &About) -> Result<Option<Problem>, ViewsError> {
        let Self { views, viewer, now } = self;
        if viewer.is_none() {
            return Ok(None);
        }
        for (field, id) in [("/alert", Some(&about.alert)), ("/link/other", about.other.as_ref())] {
            let Some(id) = id else { continue };
            if views.alert(id, *viewer, *now)?.is_none() && views.alert(id, None, *now)?.is_some() {
                return Ok(Some(unknown(field, id)));
            }
        }
        Ok(None)
    }

    fn version(&self, about: &About, principal: &Principal) -> Result<Option<u32>, ViewsError> {
        if about.is_draft {
            let draft = self.views.draft(&about.alert)?;
            let own = draft.filter(|draft| drafts::is_own(principal, draft));
            return Ok(own.map(|draft| draft.version));
        }
        let alert = self.views.alert(&about.alert, self.viewer, self.now)?;
        Ok(alert.map(|alert| alert.version))
    }
}

/// As the decision says it of an alert that is not here.
fn unknown(field: &str, id: &AlertId) -> Problem {
    let message = match field {
        "/alert" => format!("There is no alert {id} on this node (see: giapranh alert list)."),
        _ => format!("There is no alert {id} on this node."),
    };
    Problem::rejected(Rejection::one(Ruling::NotFound, field, "unknown-alert", message))
}

fn is_of_draft(act: &Act) -> bool {
    matches!(
        act,
        Act::SaveDraft { .. }
            | Act::SubmitDraft { .. }
            | Act::ReturnDraft { .. }
            | Act::ApproveDraft { .. }
            | Act::DiscardDraft { .. }
    )
}
