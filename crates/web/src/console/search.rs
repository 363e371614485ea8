//! `/search`: one box for names, plates, phones, accounts and words, and why each alert was found. Before
//! anything is searched the officer says, once a session, what for.

use askama::Template;
use axum::Form as Posted;
use axum::extract::Query;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::http::StatusCode;
use axum::response::Response;
use giapranh_domain::codes::{AccessAct, Category, IdentifierKind, Sex};
use giapranh_domain::{Act, Category as Kind};
use giapranh_views::{Found, Match, Purpose, SearchPage, SearchQuery, Viewer, Views};
use serde::Deserialize;

use super::address::Address;
use super::form::{Form, Proposes, label_of};
use super::{Desk, Words};
use crate::api::search::sex;
use crate::problem::Problem;

/// Rows of a page.
const SHOWN: usize = 30;

/// What is asked for, as it stands in the address.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Question {
    q: String,
    /// A year; anything else is said to be none.
    born: String,
    sex: String,
    place: String,
    category: String,
    after: String,
}

impl Question {
    fn is_empty(&self) -> bool {
        self.q.trim().is_empty()
    }

    /// Whether it is narrowed by more than what stands in the box.
    fn is_narrowed(&self) -> bool {
        [&self.born, &self.sex, &self.place, &self.category].iter().any(|text| !text.is_empty())
    }

    fn query(&self, desk: &Desk) -> Result<SearchQuery, Problem> {
        let text = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let year = |text: String| {
            let year = text.parse().ok().filter(|year| (1900..=2100).contains(year));
            year.ok_or_else(|| Problem::parameter("born", "born is a year: 1900 to 2100."))
        };
        Ok(SearchQuery {
            text: self.q.clone(),
            born: text(&self.born).map(year).transpose()?,
            sex: sex(text(&self.sex).as_deref())?,
            place: text(&self.place),
            category: text(&self.category),
            viewer: desk.viewer().cloned(),
            after: text(&self.after),
            limit: SHOWN,
        })
    }

    fn categories(&self) -> impl Iterator<Item = (&'static str, bool)> + '_ {
        Category::ALL.iter().map(|known| (known.code(), known.code() == self.category))
    }

    fn sexes(&self) -> impl Iterator<Item = (&'static str, bool)> + '_ {
        [Sex::Male, Sex::Female].map(Sex::code).into_iter().map(|code| (code, code == self.sex))
    }

    fn address(&self, after: &str) -> String {
        Address::of("/search")
            .with("q", &self.q)
            .with("born", &self.born)
            .with("sex", &self.sex)
            .with("place", &self.place)
            .with("category", &self.category)
            .with("after", after)
            .into()
    }
}

#[derive(Template)]
#[template(path = "search.html")]
struct ResultsPage<'a> {
    desk: &'a Desk,
    asked: &'a Question,
    purpose: Option<Purpose>,
    found: SearchPage,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "search_purpose.html")]
struct PurposePage<'a> {
    desk: &'a Desk,
    /// Where it goes on afterwards.
    back: String,
    typed: &'a Stated,
    /// Why it was not recorded.
    faults: Vec<(&'static str, String)>,
}

/// `GET /search`.
pub async fn show(
    desk: Desk,
    asked: Result<Query<Question>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(asked) = asked?;
    let purpose = desk.purpose().await?;
    if purpose.is_none() && desk.officer().is_some() {
        return ask_purpose(&desk, asked.address(&asked.after));
    }
    let query = asked.query(&desk)?;
    let search = move |views: &Views, _: Option<&Viewer>, now| views.search(&query, now);
    let found = desk.show(AccessAct::Search, Some(&asked.q), search).await?;
    let next = found.next.as_deref().map(|cursor| asked.address(cursor));
    desk.page(&ResultsPage { desk: &desk, asked: &asked, purpose, found, next })
}

/// Asks what it is for, before it goes on to where the officer was.
pub fn ask_purpose(desk: &Desk, back: String) -> Result<Response, Problem> {
    desk.page(&PurposePage { desk, back, typed: &Stated::default(), faults: vec![] })
}

/// What searches are usually for, as codes; anything else is typed.
const USUAL: [&str; 6] = ["report", "patrol", "pursuit", "case", "custody", "inspection"];

/// What an officer says that the searches are for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Stated {
    /// One of [`USUAL`], or empty.
    usual: String,
    purpose: String,
    case_number: String,
    back: String,
}

impl Stated {
    fn usual(&self) -> impl Iterator<Item = (&'static str, bool)> + '_ {
        USUAL.into_iter().map(|code| (code, code == self.usual))
    }

    /// As it is recorded: what was chosen, what was typed, or both.
    fn said(&self, words: Words) -> String {
        let chosen = USUAL.into_iter().find(|code| *code == self.usual);
        let chosen = chosen.map(|code| words.code("purpose", code).into_owned());
        let typed = Some(self.purpose.trim().to_owned()).filter(|typed| !typed.is_empty());
        chosen.into_iter().chain(typed).collect::<Vec<_>>().join(": ")
    }
}

/// `POST /search/purpose`.
pub async fn state(
    desk: Desk,
    posted: Result<Posted<Stated>, FormRejection>,
) -> Result<Response, Problem> {
    let Posted(stated) = posted.map_err(Problem::of_form)?;
    // Anything else would lead away from here.
    let is_ours = stated.back == "/search"
        || stated.back.starts_with("/search?")
        || stated.back.starts_with("/alerts/")
        || stated.back.starts_with("/trail/");
    let back = if is_ours { stated.back.clone() } else { "/search".to_owned() };
    let (purpose, case_number) = (stated.said(desk.words), stated.case_number.clone());
    let act = Act::StatePurpose { purpose, case_number };
    let Err(problem) = desk.act(act, None, None).await else { return Ok(desk.open(&back)) };
    if problem.errors().is_empty() {
        return Err(problem);
    }
    let fault = |field: &str| match field {
        "/case_number" => "case-number",
        _ => "purpose",
    };
    let language = desk.words.0;
    let faults = problem.errors().iter();
    let faults = faults.map(|one| (fault(&one.field), one.sentence(language))).collect();
    let mut page = desk.page(&PurposePage { desk: &desk, back, typed: &stated, faults })?;
    *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(page)
}

impl PurposePage<'_> {
    /// What is wrong with a field; empty: nothing.
    fn fault(&self, field: &str) -> String {
        let about = self.faults.iter().filter(|(name, _)| *name == field);
        about.map(|(_, sentence)| sentence.as_str()).collect::<Vec<_>>().join(" ")
    }
}

impl ResultsPage<'_> {
    /// What the field is called in which something was found.
    fn field(&self, row: &Found, reason: &Match) -> String {
        field_name(self.desk, &row.alert.category, &reason.field)
    }

    /// Whom it is about, by what namesakes are told apart.
    fn person(&self, row: &Found) -> String {
        let Some(person) = &row.person else { return String::new() };
        let born = match person.born.as_str() {
            "" => String::new(),
            born => self.desk.words.x("search-born", super::form::from_iso(born)),
        };
        let sex = match person.sex.as_str() {
            "" => String::new(),
            sex => self.desk.words.code("sex", sex).into_owned(),
        };
        let told = [born, sex, person.place.clone()];
        told.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

/// A field of an alert as its form calls it; a number of some kind by its kind.
fn field_name(desk: &Desk, category: &str, field: &str) -> String {
    if field == "number" {
        return desk.words.t("search-number").into_owned();
    }
    if IdentifierKind::parse(field).is_some() {
        return desk.words.code("identifier", field).into_owned();
    }
    // As it was written, and in the one spelling.
    let name = if field == "value" { "written" } else { field };
    let form = Form::of(Proposes::Issue, Kind::parse(category));
    let labelled = form.and_then(|form| {
        let (_, section, field) = form.fields().find(|(_, _, known)| known.name == name)?;
        Some(label_of(desk, section, field))
    });
    labelled.unwrap_or_else(|| field.to_owned())
}
