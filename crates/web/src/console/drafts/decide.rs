//! What becomes of a draft: an approving officer sees what would change, for whom, and releases or
//! returns it; whoever wrote it sees why not.

use askama::Template;
use axum::Form as Posted;
use axum::extract::rejection::FormRejection;
use axum::response::Response;
use giapranh_domain::check::Check;
use giapranh_domain::codes::Role;
use giapranh_domain::wire::proto::proposal::What;
use giapranh_domain::{Act, Draft, DraftState, ZoneId};
use serde::Deserialize;
use std::collections::BTreeSet;

use super::proposal::{form_of, present, value_of};
use super::{Case, IdPath, newest, path_of};
use crate::console::Desk;
use crate::console::form::{Change, changes};
use crate::console::reach::Reach;
use crate::problem::Problem;

/// What was asked for and not done.
pub struct Refused {
    sentences: Vec<String>,
    /// What was typed as the reason.
    reason: String,
    /// Whether it was to be returned, and not to be discarded.
    is_return: bool,
}

#[derive(Template)]
#[template(path = "draft_show.html")]
struct ShowPage<'a> {
    desk: &'a Desk,
    draft: &'a Draft,
    /// The name under which the alert is there already.
    is_issued: bool,
    rows: Vec<Change>,
    reach: Reach,
    checks: Vec<String>,
    refused: Option<Refused>,
}

#[derive(Template)]
#[template(path = "draft_release.html")]
struct ReleasePage<'a> {
    desk: &'a Desk,
    draft: &'a Draft,
    is_issued: bool,
    headline: String,
    rows: Vec<Change>,
    reach: Reach,
    checks: Vec<String>,
}

impl ShowPage<'_> {
    fn what(&self) -> String {
        self.desk.words.code("drafts-proposes", self.draft.proposes()).into_owned()
    }

    fn is_waiting(&self) -> bool {
        self.draft.state == DraftState::Waiting
    }

    fn is_released(&self) -> bool {
        self.draft.state == DraftState::Released
    }

    fn writers(&self) -> String {
        let writers: Vec<&str> =
            self.draft.written_by.iter().map(giapranh_domain::OfficerId::as_str).collect();
        writers.join(", ")
    }

    fn decided_by(&self) -> String {
        self.draft.decided_by.as_ref().map(ToString::to_string).unwrap_or_default()
    }

    /// Whether the officer may release or return it.
    fn may_decide(&self) -> bool {
        self.is_waiting() && self.desk.may(&[Role::Approver]) && !self.is_own()
    }

    fn is_own(&self) -> bool {
        let me = self.desk.officer().map(|officer| &officer.id);
        me.is_some_and(|me| self.draft.written_by.contains(me))
    }

    fn may_discard(&self) -> bool {
        self.draft.is_open() && self.desk.may(&[Role::Issuer, Role::Approver])
    }

    fn reason(&self, is_return: bool) -> &str {
        let typed = self.refused.as_ref().filter(|refused| refused.is_return == is_return);
        typed.map_or("", |refused| refused.reason.as_str())
    }
}

/// What is proposed, for everybody who does not write on it.
pub fn show(desk: &Desk, case: &Case, refused: Option<Refused>) -> Result<Response, Problem> {
    let checks = match case.draft.state {
        DraftState::Waiting => checks(desk, &case.draft),
        _ => Vec::new(),
    };
    desk.page(&ShowPage {
        desk,
        draft: &case.draft,
        is_issued: case.alert.is_some(),
        rows: rows(desk, case),
        reach: reach(desk, case),
        checks,
        refused,
    })
}

/// `GET /drafts/{unit}/{year}/{number}/release`: what will be sent to whom, once more.
pub async fn confirm(desk: Desk, path: IdPath) -> Result<Response, Problem> {
    let case = Case::find(&desk, path).await?;
    if case.draft.state != DraftState::Waiting {
        return show(&desk, &case, None);
    }
    let headline = case.draft.content().map(|content| content.headline.clone());
    let of_alert = || case.alert.as_ref()?.content.as_ref().map(|c| c.headline.clone());
    desk.page(&ReleasePage {
        desk: &desk,
        draft: &case.draft,
        is_issued: case.alert.is_some(),
        headline: headline.or_else(of_alert).unwrap_or_default(),
        rows: rows(&desk, &case),
        reach: reach(&desk, &case),
        checks: checks(&desk, &case.draft),
    })
}

impl ReleasePage<'_> {
    fn what(&self) -> String {
        self.desk.words.code("drafts-proposes", self.draft.proposes()).into_owned()
    }

    fn sent(&self) -> String {
        let values = [("what", self.what().into()), ("headline", self.headline.as_str().into())];
        self.desk.words.with("drafts-release-what", &values)
    }
}

/// Field by field: against what there is, or against nothing.
fn rows(desk: &Desk, case: &Case) -> Vec<Change> {
    let Some(form) = form_of(&case.draft.proposal) else { return Vec::new() };
    let is_past = !case.draft.is_open();
    // What was released is there by now: all of it is shown.
    let before = if is_past { None } else { case.alert.as_ref() };
    let before = present(form.what, before);
    changes(desk, &form, &before, &value_of(&case.draft.proposal, case.alert.as_ref()))
}

/// Where it goes: the zones that it names, and those that have the alert already.
fn reach(desk: &Desk, case: &Case) -> Reach {
    let named = match &case.draft.proposal.what {
        Some(What::Issue(issue)) => issue.zones.clone(),
        Some(What::Amend(amend)) => amend.zones.clone(),
        _ => Vec::new(),
    };
    let mut zones: BTreeSet<ZoneId> = named.iter().filter_map(|zone| zone.parse().ok()).collect();
    if let Some(alert) = &case.alert {
        zones.extend(alert.all_zones.iter().cloned());
    }
    Reach::of(desk, &zones)
}

/// What the content would be refused for, were it released now.
fn checks(desk: &Desk, draft: &Draft) -> Vec<String> {
    let mut check = Check::at(desk.now);
    match &draft.proposal.what {
        Some(What::Withdraw(withdrawal)) => check.withdrawal(withdrawal),
        Some(What::Hide(hiding)) => check.hiding(hiding),
        Some(What::Erase(erasing)) => check.erasing(erasing),
        Some(What::Reveal(revealing)) => check.reason("/reason", &revealing.reason),
        _ => check.content(&draft.content().cloned().unwrap_or_default()),
    }
    check.finish().iter().map(|fault| fault.sentence(desk.words.0)).collect()
}

/// The version that was seen, and a reason where one is asked for.
#[derive(Debug, Deserialize)]
pub struct Decision {
    version: u32,
    #[serde(default)]
    reason: String,
}

type Decided = Result<Posted<Decision>, FormRejection>;

/// `POST /drafts/{unit}/{year}/{number}/release`.
pub async fn release(desk: Desk, path: IdPath, decided: Decided) -> Result<Response, Problem> {
    let (case, decision) = asked(&desk, path, decided).await?;
    let alert = case.draft.id.to_string();
    let act = Act::ApproveDraft { alert: alert.clone(), version: decision.version };
    match desk.act(act, None, None).await {
        Ok(_) => Ok(desk.go(&desk.alert_path(&alert))),
        Err(problem) => Box::pin(refused(&desk, case, decision, &problem, false)).await,
    }
}

/// `POST /drafts/{unit}/{year}/{number}/return`.
pub async fn send_back(desk: Desk, path: IdPath, decided: Decided) -> Result<Response, Problem> {
    let (case, decision) = asked(&desk, path, decided).await?;
    let (alert, reason) = (case.draft.id.to_string(), decision.reason.clone());
    let act = Act::ReturnDraft { alert, version: decision.version, reason };
    match desk.act(act, None, None).await {
        Ok(_) => Ok(desk.go(&path_of(&case.draft.id))),
        Err(problem) => Box::pin(refused(&desk, case, decision, &problem, true)).await,
    }
}

/// `POST /drafts/{unit}/{year}/{number}/discard`.
pub async fn discard(desk: Desk, path: IdPath, decided: Decided) -> Result<Response, Problem> {
    let (case, decision) = asked(&desk, path, decided).await?;
    let (alert, reason) = (case.draft.id.to_string(), decision.reason.clone());
    let act = Act::DiscardDraft { alert, version: decision.version, reason };
    match desk.act(act, None, None).await {
        Ok(_) => Ok(desk.go("/drafts")),
        Err(problem) => Box::pin(refused(&desk, case, decision, &problem, false)).await,
    }
}

async fn asked(desk: &Desk, path: IdPath, decided: Decided) -> Result<(Case, Decision), Problem> {
    let Posted(mut decision) = decided.map_err(Problem::of_form)?;
    decision.reason = decision.reason.replace("\r\n", "\n");
    Ok((Case::find(desk, path).await?, decision))
}

/// The draft as it is by now, with why not: somebody else may have come first.
async fn refused(
    desk: &Desk,
    case: Case,
    decision: Decision,
    problem: &Problem,
    is_return: bool,
) -> Result<Response, Problem> {
    if problem.is_unauthenticated() {
        return Err(problem.clone());
    }
    let (draft, alert) = newest(desk, case.draft.id.clone()).await?;
    let case = Case { draft: draft.unwrap_or(case.draft), alert };
    let sentences = match problem.errors() {
        [] => vec![problem.sentence(desk.words.0)],
        faults => faults.iter().map(|fault| fault.sentence(desk.words.0)).collect(),
    };
    let refused = Refused { sentences, reason: decision.reason, is_return };
    let mut page = show(desk, &case, Some(refused))?;
    *page.status_mut() = problem.status();
    Ok(page)
}
