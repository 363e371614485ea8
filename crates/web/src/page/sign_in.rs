//! Signing in and out on a page: a form that needs no script, in both languages.
//!
//! What was typed is never shown again, not even the login. A refusal looks the same whether the
//! account exists or not.

use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use super::fill;
use crate::App;
use crate::escape::Text;
use crate::officers::Secret;
use crate::principal::{COOKIE, Principal};
use crate::problem::Problem;

const TEMPLATE: &str = include_str!("../../assets/sign-in.html");

/// Back to the page, which is another one then.
const HOME: (HeaderName, HeaderValue) = (header::LOCATION, HeaderValue::from_static("/"));

#[derive(Deserialize)]
pub struct Proof {
    login: String,
    password: Secret,
}

/// `POST /sign-in`: begins a session and gives it to the browser as a cookie that no script reads and
/// no other site's page sends.
pub async fn sign_in(State(app): State<App>, form: Result<Form<Proof>, FormRejection>) -> Response {
    let Ok(Form(Proof { login, password })) = form else {
        return refused(&Problem::unreadable_secret(
            "a login and a password, as the form has them",
        ));
    };
    match app.backend.sign_in(login, password).await {
        Ok(signed_in) => match cookie(signed_in.token.expose(), "") {
            Ok(cookie) => (StatusCode::SEE_OTHER, [HOME, cookie]).into_response(),
            Err(problem) => refused(&problem),
        },
        Err(error) => refused(&Problem::not_signed_in(error, app.backend.now_ms())),
    }
}

/// `POST /sign-out`.
pub async fn sign_out(State(app): State<App>, principal: Principal) -> Response {
    if let Principal::Officer(_, secret) = principal
        && let Err(why) = app.backend.sign_out(secret).await
    {
        return refused(&Problem::unavailable(why));
    }
    match cookie("", "; Max-Age=0") {
        Ok(cookie) => (StatusCode::SEE_OTHER, [HOME, cookie]).into_response(),
        Err(problem) => refused(&problem),
    }
}

/// The form, with what is to be done first. A session that has ended goes with it.
pub fn refused(problem: &Problem) -> Response {
    let (english, vietnamese) = problem.sentences();
    let (english, vietnamese) = (Text(english).to_string(), Text(vietnamese).to_string());
    let page = fill(TEMPLATE, &[("english", &english), ("vietnamese", &vietnamese)]);
    let mut response = (problem.status(), Html(page)).into_response();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_runs_nothing_inline_and_shows_a_refusal_as_text() {
        for banned in [" style=", "<style", "<script", " onclick=", "javascript:"] {
            assert!(!TEMPLATE.contains(banned), "{banned}");
        }
        let response = refused(&Problem::unauthenticated());
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
        let cleared = response.headers()[header::SET_COOKIE].to_str().unwrap();
        assert!(cleared.starts_with("__Host-giapranh=;") && cleared.ends_with("Max-Age=0"));
    }
}
