//! Signing in and out: a form that needs no script, and leads back to the page that was asked for.
//!
//! What was typed is never shown again, not even the login. A refusal looks the same whether the
//! account exists or not.

use askama::Template;
use axum::Form;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::Desk;
use super::account::own_path;
use super::address::Address;
use crate::App;
use crate::officers::Secret;
use crate::principal::{COOKIE, Principal};
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage<'a> {
    desk: &'a Desk,
    sentence: String,
    /// Whether somebody tried.
    is_refused: bool,
    /// Where to go then.
    back: &'a str,
}

#[derive(Deserialize)]
pub struct Proof {
    login: String,
    password: Secret,
    #[serde(default)]
    back: String,
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    back: String,
}

/// `GET /sign-in`: the form.
pub async fn form(
    State(app): State<App>,
    headers: HeaderMap,
    uri: Uri,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let back = asked.map(|Query(asked)| asked.back).unwrap_or_default();
    let mut desk = Desk::new(&app, Principal::Anonymous, &headers, &uri);
    own_path(&back).clone_into(&mut desk.place);
    let mut page = refused(&desk, &Problem::unauthenticated());
    *page.status_mut() = StatusCode::OK;
    page
}

/// To the form, and afterwards back to the page that was asked for.
pub fn first(place: &str) -> Response {
    let to: String = Address::of("/sign-in").with("back", own_path(place)).into();
    Redirect::to(&to).into_response()
}

/// `POST /sign-in`: begins a session and gives it to the browser as a cookie that no script reads and
/// no other site's page sends.
pub async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    uri: Uri,
    form: Result<Form<Proof>, FormRejection>,
) -> Response {
    let mut desk = Desk::new(&app, Principal::Anonymous, &headers, &uri);
    let Ok(Form(Proof { login, password, back })) = form else {
        return refused(&desk, &Problem::unreadable_form());
    };
    let back = own_path(&back);
    back.clone_into(&mut desk.place);
    match app.backend.sign_in(login, password).await {
        Ok(signed_in) => match cookie(signed_in.token.expose(), "") {
            Ok(cookie) => ([cookie], Redirect::to(back)).into_response(),
            Err(problem) => refused(&desk, &problem),
        },
        Err(error) => refused(&desk, &Problem::not_signed_in(error, app.backend.now_ms())),
    }
}

/// `POST /sign-out`.
pub async fn sign_out(State(app): State<App>, principal: Principal) -> Result<Response, Problem> {
    if let Principal::Officer(_, secret) = principal {
        app.backend.sign_out(secret).await.map_err(Problem::unavailable)?;
    }
    Ok(([cookie("", "; Max-Age=0")?], Redirect::to("/")).into_response())
}

/// The form, with what is to be done first. A session that has ended goes with it.
pub fn refused(desk: &Desk, problem: &Problem) -> Response {
    let back = if desk.is_in("/sign-in") { "/" } else { own_path(&desk.place) };
    // What the API says there is about commands of a terminal.
    let is_refused = !problem.is_unauthenticated();
    let sentence = if is_refused {
        problem.sentence(desk.words.0)
    } else {
        desk.words.t("sign-in-why").into_owned()
    };
    let page = SignInPage { desk, sentence, is_refused, back };
    let mut response = desk.page(&page).unwrap_or_else(IntoResponse::into_response);
    *response.status_mut() = problem.status();
    let headers = response.headers_mut();
    if problem.status() == StatusCode::UNAUTHORIZED
        && let Ok((name, value)) = cookie("", "; Max-Age=0")
    {
        headers.insert(name, value);
    }
    if let Some(seconds) = problem.retry_after_s() {
        headers.insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

fn cookie(secret: &str, more: &str) -> Result<(HeaderName, HeaderValue), Problem> {
    let text = format!("{COOKIE}={secret}; Path=/; HttpOnly; Secure; SameSite=Strict{more}");
    // A secret is letters, digits and underscores: anything else would not be ours.
    let mut value = HeaderValue::try_from(text)
        .map_err(|_| Problem::internal("The session's secret can't be a cookie."))?;
    value.set_sensitive(true);
    Ok((header::SET_COOKIE, value))
}
