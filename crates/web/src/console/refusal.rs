//! What was not done, as a page: why, which fields, and the way out. Who is not known gets the form to
//! sign in.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::{Desk, as_of, sign_in};
use crate::App;
use crate::principal::Principal;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "refusal.html")]
struct RefusalPage<'a> {
    desk: &'a Desk,
    sentence: String,
    /// Of each field at fault one, where there are several.
    faults: Vec<String>,
    /// Whether the same may pass by itself soon.
    is_passing: bool,
    /// Whether the password has to be changed before anything else.
    is_of_password: bool,
}

/// What is served at no address: a page for a browser, a problem for programs.
pub async fn nowhere(State(app): State<App>, headers: HeaderMap, uri: Uri) -> Response {
    for_all(&app, &headers, &uri, &Problem::no_such_page())
}

/// What is refused before it is known who asks: a page for a browser, a problem for programs.
pub fn for_all(app: &App, headers: &HeaderMap, uri: &Uri, problem: &Problem) -> Response {
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    if accepted.is_some_and(|accepted| accepted.contains("text/html")) {
        return page(&Desk::new(app, Principal::Anonymous, headers, uri), problem);
    }
    problem.clone().into_response()
}

/// A refusal in place of the page that was asked for.
pub fn page(desk: &Desk, problem: &Problem) -> Response {
    if problem.status() == StatusCode::UNAUTHORIZED {
        return sign_in::refused(desk, problem);
    }
    if let Some(making) = problem.making() {
        return as_of::making(desk, making);
    }
    let language = desk.words.0;
    let faults: Vec<String> =
        problem.errors().iter().map(|fault| fault.sentence(language)).collect();
    let page = RefusalPage {
        desk,
        sentence: problem.sentence(language),
        faults: if faults.len() > 1 { faults } else { Vec::new() },
        is_passing: problem.status() == StatusCode::SERVICE_UNAVAILABLE,
        is_of_password: problem.is_of_password(),
    };
    let mut response = desk.page(&page).unwrap_or_else(IntoResponse::into_response);
    *response.status_mut() = problem.status();
    let headers = response.headers_mut();
    if let Some(seconds) = problem.retry_after_s() {
        headers.insert(header::RETRY_AFTER, seconds.into());
        if page.is_passing {
            headers.insert("refresh", HeaderValue::from(seconds.max(2)));
        }
    }
    response
}
