//! Writing a draft: the form of a category, saved by the officer or by itself.
//!
//! One address takes every save, and answers a page or, to htmx, what to show of how the draft is. The
//! form says which draft and which version of it was on the page; that is renewed with every answer.

use askama::Template;
use axum::Form as Posted;
use axum::extract::Path;
use axum::extract::rejection::{FormRejection, PathRejection};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use giapranh_domain::wire::proto;
use giapranh_domain::{Act, Alert, AlertId, Category, Draft, DraftState};
use serde_json::{Value, json};
use uuid::Uuid;

use super::proposal::{form_of, present, proposal_of, value_of};
use super::{Case, newest, path_of};
use crate::api::alerts::named;
use crate::console::Desk;
use crate::console::form::{
    Change, Drawn, Form, Listed, Proposes, Shape, Typed, articles, changes,
};
use crate::problem::Problem;

/// Which draft the form is of, as it stands in its hidden fields.
#[derive(Debug, Clone)]
struct Asked {
    /// Empty before a new alert's first save.
    alert: Option<AlertId>,
    /// The version that was on the page; 0: there is none.
    version: u32,
    /// The version of the alert that an amendment is written from.
    based_on: u32,
    key: Uuid,
}

impl Asked {
    fn of(typed: &Typed) -> Result<Self, Problem> {
        let alert = match typed.one("alert") {
            "" => None,
            id => Some(id.parse().map_err(|error| Problem::no_such_id(&error))?),
        };
        let number = |name: &str| typed.one(name).parse::<u32>().ok();
        Ok(Self {
            alert,
            version: number("version").ok_or_else(Problem::unreadable_form)?,
            based_on: number("rebase").or_else(|| number("based_on")).unwrap_or_default(),
            key: typed.one("key").parse().map_err(|_| Problem::unreadable_form())?,
        })
    }

    fn fresh(alert: Option<AlertId>, version: u32, based_on: u32) -> Self {
        Self { alert, version, based_on, key: Uuid::now_v7() }
    }

    fn number(&self) -> String {
        self.alert.as_ref().map(ToString::to_string).unwrap_or_default()
    }
}

/// What is on top of the form.
#[derive(Default)]
struct Note {
    /// The sentence of the summary; empty: there is none.
    title: String,
    faults: Vec<(String, String)>,
    /// Whether what stands in the form is not saved.
    is_unsaved: bool,
    /// Somebody else's version beside the officer's.
    conflict: Option<Vec<Change>>,
}

#[derive(Template)]
#[template(path = "draft_form.html")]
struct FormPage<'a> {
    desk: &'a Desk,
    form: &'a Form,
    asked: &'a Asked,
    sections: Vec<Drawn>,
    faults: Vec<Listed>,
    fault_title: String,
    conflict: Option<Vec<Change>>,
    /// The draft that there is.
    draft: Option<&'a Draft>,
    alert: Option<&'a Alert>,
    state: String,
}

/// What htmx puts in place of how the draft is, and of the form's hidden fields.
#[derive(Template)]
#[template(path = "draft_state.html")]
struct StatePart<'a> {
    desk: &'a Desk,
    form: &'a Form,
    asked: &'a Asked,
    state: String,
    is_good: bool,
    is_conflict: bool,
}

impl FormPage<'_> {
    fn category(&self) -> &'static str {
        self.form.category.map_or("", Category::code)
    }

    fn title(&self) -> String {
        let what = self.desk.words.code("drafts-proposes", self.form.what.code());
        match self.form.category {
            Some(category) => {
                format!("{what}: {}", self.desk.words.code("category", category.code()))
            }
            None => what.into_owned(),
        }
    }

    fn articles(&self) -> Vec<(u32, &'static str)> {
        if self.form.what.has_content() { articles(self.desk) } else { Vec::new() }
    }

    fn based(&self, now: &impl ToString) -> String {
        let values = [("now", now.to_string().into()), ("from", self.asked.based_on.into())];
        self.desk.words.with("drafts-based", &values)
    }

    fn decided_by(&self) -> String {
        let by = self.draft.and_then(|draft| draft.decided_by.as_ref());
        by.map(ToString::to_string).unwrap_or_default()
    }

    fn returned(&self) -> Option<&Draft> {
        self.draft.filter(|draft| draft.state == DraftState::Returned)
    }

    /// The alert's version, where the draft was written from another one.
    fn newer(&self) -> Option<u32> {
        let now = self.alert?.version;
        (self.form.what == Proposes::Amend && now != self.asked.based_on).then_some(now)
    }
}

impl StatePart<'_> {
    fn category(&self) -> &'static str {
        self.form.category.map_or("", Category::code)
    }
}

/// `GET /drafts/new/{category}`: an empty form, as far as nothing can be known.
pub async fn create(
    desk: Desk,
    path: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let Path(category) = path?;
    let category = Category::parse(&category).ok_or_else(Problem::no_such_page)?;
    let form = Form::of(Proposes::Issue, Some(category)).ok_or_else(Problem::no_such_page)?;
    let mut value = json!({"content": {"handling": "internal"}});
    if category == Category::WantedPerson {
        value["content"]["ground"] = json!({"kind": "wanted-decision"});
    }
    let typed = Typed::spell(&form, &value);
    draw(&desk, &form, &Asked::fresh(None, 0, 0), &typed, (None, None), Note::default())
}

/// `GET /drafts/{unit}/{year}/{number}/new/{what}`: what is to become of an alert that there is. The
/// draft that is open already comes first.
pub async fn change(
    desk: Desk,
    path: Result<Path<(String, String, String, String)>, PathRejection>,
) -> Result<Response, Problem> {
    let Path((unit, year, number, what)) = path?;
    let (id, missing) = named(Ok(Path((unit, year, number))))?;
    let proposes = Proposes::parse(&what).filter(|what| *what != Proposes::Issue);
    let proposes = proposes.ok_or_else(Problem::no_such_page)?;
    let (draft, alert) = newest(&desk, id.clone()).await?;
    if draft.as_ref().is_some_and(Draft::is_open) {
        return Ok(desk.open(&path_of(&id)));
    }
    let alert = alert.ok_or(missing)?;
    let form = Form::of(proposes, Category::parse(&alert.category));
    let form = form.ok_or_else(Problem::no_such_page)?;
    let typed = Typed::spell(&form, &present(proposes, Some(&alert)));
    let version = draft.as_ref().map_or(0, |draft| draft.version);
    let asked = Asked::fresh(Some(id), version, alert.version);
    draw(&desk, &form, &asked, &typed, (None, Some(&alert)), Note::default())
}

/// The form of a draft that there is.
pub fn show(desk: &Desk, case: &Case) -> Result<Response, Problem> {
    let Some(form) = form_of(&case.draft.proposal) else {
        return super::decide::show(desk, case, None);
    };
    let value = value_of(&case.draft.proposal, case.alert.as_ref());
    let asked = asked_of(&case.draft);
    let there = (Some(&case.draft), case.alert.as_ref());
    draw(desk, &form, &asked, &Typed::spell(&form, &value), there, Note::default())
}

fn asked_of(draft: &Draft) -> Asked {
    let based_on = match &draft.proposal.what {
        Some(proto::proposal::What::Amend(amend)) => amend.based_on,
        _ => 0,
    };
    Asked::fresh(Some(draft.id.clone()), draft.version, based_on)
}

fn draw(
    desk: &Desk,
    form: &Form,
    asked: &Asked,
    typed: &Typed,
    (draft, alert): (Option<&Draft>, Option<&Alert>),
    note: Note,
) -> Result<Response, Problem> {
    let saved = draft.filter(|draft| draft.is_open());
    let state = match saved {
        _ if note.is_unsaved => desk.words.t("drafts-state-dirty").into_owned(),
        Some(draft) => desk.words.x("drafts-state-saved", time_of(desk, draft.changed)),
        None => desk.words.t("drafts-state-new").into_owned(),
    };
    desk.page(&FormPage {
        desk,
        form,
        asked,
        sections: form.draw(desk, typed, &note.faults),
        faults: form.list_faults(desk, &note.faults),
        fault_title: note.title,
        conflict: note.conflict,
        draft: saved,
        alert,
        state,
    })
}

/// `14:03:22`, of today; with the day, of another.
fn time_of(desk: &Desk, at: u64) -> String {
    let (at, now) = (desk.words.moment(at), desk.words.moment(desk.now));
    let (day, time) = at.split_once(' ').unwrap_or(("", &at));
    if now.starts_with(day) { time.to_owned() } else { at.clone() }
}

/// `POST /drafts`: a save, by the officer or by itself, and what comes after it.
pub async fn save(
    desk: Desk,
    headers: HeaderMap,
    posted: Result<Posted<Vec<(String, String)>>, FormRejection>,
) -> Result<Response, Problem> {
    let Posted(pairs) = posted.map_err(Problem::of_form)?;
    let typed = Typed::of(pairs);
    let asked = Asked::of(&typed)?;
    let category = Category::parse(typed.one("category"));
    let form = Proposes::parse(typed.one("proposes")).and_then(|what| Form::of(what, category));
    let form = form.ok_or_else(Problem::unreadable_form)?;
    let (draft, alert) = match asked.alert.clone() {
        Some(id) => newest(&desk, id).await?,
        None => (None, None),
    };
    let save = Save { desk: &desk, form: &form, typed: &typed, asked, draft, alert };
    let is_live = headers.contains_key("hx-request");
    if is_live {
        Box::pin(save.by_itself()).await
    } else {
        Box::pin(save.by_officer(typed.one("do"))).await
    }
}

/// One save on its way.
struct Save<'a> {
    desk: &'a Desk,
    form: &'a Form,
    typed: &'a Typed,
    asked: Asked,
    draft: Option<Draft>,
    alert: Option<Alert>,
}

/// What a save came to.
struct Saved {
    id: AlertId,
    version: u32,
    /// Fields that the alert can't hold as they are.
    unread: Vec<(String, String)>,
}

impl Save<'_> {
    /// Whether somebody saved, submitted or ended the draft since the form was drawn.
    fn is_behind(&self) -> bool {
        let newest = self.draft.as_ref().map_or(0, |draft| draft.version);
        let is_held = |draft: &Draft| draft.state == DraftState::Waiting;
        newest != self.asked.version || self.draft.as_ref().is_some_and(is_held)
    }

    async fn keep(&self) -> Result<Saved, Problem> {
        let (value, unread) = self.typed.read(self.form);
        let sentence = self.desk.words.t("form-not-a-number");
        let unread =
            unread.into_iter().map(|field| (field.pointer, sentence.to_string())).collect();
        let proposal = proposal_of(self.form, value, self.asked.based_on)?;
        let open = self.draft.as_ref().filter(|draft| draft.is_open());
        if let Some(draft) = open.filter(|draft| draft.proposal == proposal) {
            // Nothing changed, so nothing is written.
            return Ok(Saved { id: draft.id.clone(), version: draft.version, unread });
        }
        let act = Act::SaveDraft {
            alert: self.asked.alert.as_ref().map(ToString::to_string),
            version: self.asked.version,
            proposal: Box::new(proposal),
        };
        let accepted = self.desk.act(act, Some(self.asked.key), None).await?;
        let id = accepted.alert.or_else(|| self.asked.alert.clone());
        let id = id.ok_or_else(|| Problem::internal("The draft was saved without a number."))?;
        Ok(Saved { id, version: self.asked.version + 1, unread })
    }

    async fn by_officer(self, what: &str) -> Result<Response, Problem> {
        if self.is_behind() {
            return self.conflict();
        }
        let saved = match self.keep().await {
            Ok(saved) => saved,
            Err(problem) => {
                let asked = self.asked.clone();
                return Box::pin(self.refused(&problem, asked)).await;
            }
        };
        let now = Asked::fresh(Some(saved.id.clone()), saved.version, self.asked.based_on);
        if !saved.unread.is_empty() {
            let title = self.desk.words.t("drafts-partly").into_owned();
            let note = Note { title, faults: saved.unread, ..Note::default() };
            let there = (None, self.alert.as_ref());
            let mut page = draw(self.desk, self.form, &now, self.typed, there, note)?;
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(page);
        }
        if what == "submit" {
            let act = Act::SubmitDraft { alert: saved.id.to_string(), version: saved.version };
            if let Err(problem) = self.desk.act(act, None, None).await {
                return Box::pin(self.refused(&problem, now)).await;
            }
        }
        Ok(self.desk.go(&path_of(&saved.id)))
    }

    async fn by_itself(self) -> Result<Response, Problem> {
        if self.is_behind() {
            return self.state(&self.asked, self.conflict_state(), false, true);
        }
        match self.keep().await {
            Ok(saved) => {
                let now = Asked::fresh(Some(saved.id.clone()), saved.version, self.asked.based_on);
                let text = self.saved_state(&saved);
                let mut part = self.state(&now, text, saved.unread.is_empty(), false)?;
                if let Ok(address) = HeaderValue::try_from(path_of(&saved.id)) {
                    part.headers_mut().insert(HeaderName::from_static("hx-replace-url"), address);
                }
                Ok(part)
            }
            Err(problem) if problem.is_unauthenticated() => Err(problem),
            Err(problem) => {
                let why = problem.sentence(self.desk.words.0);
                let text = self.desk.words.x("drafts-state-refused", why);
                self.state(&self.asked, text, false, problem.status() == StatusCode::CONFLICT)
            }
        }
    }

    fn saved_state(&self, saved: &Saved) -> String {
        let time = time_of(self.desk, self.desk.now);
        if saved.unread.is_empty() {
            return self.desk.words.x("drafts-state-saved", time);
        }
        let listed = self.form.list_faults(self.desk, &saved.unread);
        let fields: Vec<String> = listed.into_iter().map(|fault| fault.label).collect();
        let values = [("x", time.into()), ("fields", fields.join(", ").into())];
        self.desk.words.with("drafts-state-partly", &values)
    }

    fn conflict_state(&self) -> String {
        let by = self.draft.as_ref().and_then(|draft| draft.saved_by.as_ref());
        self.desk.words.x("drafts-state-conflict", by.map(ToString::to_string).unwrap_or_default())
    }

    fn state(
        &self,
        asked: &Asked,
        state: String,
        is_good: bool,
        is_conflict: bool,
    ) -> Result<Response, Problem> {
        let (desk, form) = (self.desk, self.form);
        desk.page(&StatePart { desk, form, asked, state, is_good, is_conflict })
    }

    /// The form with what was typed, beside what somebody else saved. What is saved from there on
    /// follows on that.
    fn conflict(&self) -> Result<Response, Problem> {
        let theirs = self
            .draft
            .as_ref()
            .map_or(Value::Null, |draft| value_of(&draft.proposal, self.alert.as_ref()));
        let (mine, _) = self.typed.read(self.form);
        let version = self.draft.as_ref().map_or(0, |draft| draft.version);
        let asked = Asked::fresh(self.asked.alert.clone(), version, self.asked.based_on);
        let note = Note {
            title: String::new(),
            faults: Vec::new(),
            is_unsaved: true,
            conflict: Some(changes(self.desk, self.form, &theirs, &mine)),
        };
        let there = (self.draft.as_ref(), self.alert.as_ref());
        let mut page = draw(self.desk, self.form, &asked, self.typed, there, note)?;
        *page.status_mut() = StatusCode::CONFLICT;
        Ok(page)
    }

    /// The form with what was typed, and what the node says to it.
    async fn refused(mut self, problem: &Problem, asked: Asked) -> Result<Response, Problem> {
        if problem.is_unauthenticated() {
            return Err(problem.clone());
        }
        let language = self.desk.words.0;
        let about: Vec<(String, String)> = problem
            .errors()
            .iter()
            .map(|fault| (fault.field.clone(), fault.sentence(language)))
            .collect();
        if let Some(id) = asked.alert.clone() {
            (self.draft, self.alert) = newest(self.desk, id).await?;
        }
        if about.iter().any(|(field, _)| field == "/version") {
            return self.conflict();
        }
        let faults = if about.is_empty() {
            vec![(String::new(), problem.sentence(language))]
        } else {
            about
        };
        let note = Note {
            title: self.desk.words.t("drafts-faults").into_owned(),
            faults,
            // What was saved before it was refused has another version than the form had.
            is_unsaved: asked.version == self.asked.version,
            conflict: None,
        };
        let there = (self.draft.as_ref(), self.alert.as_ref());
        let mut page = draw(self.desk, self.form, &asked, self.typed, there, note)?;
        *page.status_mut() = problem.status();
        Ok(page)
    }
}
