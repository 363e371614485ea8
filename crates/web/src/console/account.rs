//! The officer's own page, and what this browser was told of how the officer likes the console.
//!
//! Habits are no secret and no state of the node: they lie in cookies that say nothing about anybody.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use giapranh_domain::Language;
use serde::Deserialize;

use super::Desk;
use crate::App;
use crate::officers::Secret;
use crate::problem::Problem;

/// How light the page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the machine is set.
    #[default]
    System,
    Light,
    Dark,
}

/// How this browser likes the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Habits {
    /// `None`: never chosen.
    pub language: Option<Language>,
    pub theme: Theme,
    /// Whether single keys do something.
    pub keys: bool,
    /// Whether an urgent one is heard.
    pub sound: bool,
}

const LANGUAGE: &str = "giapranh-language";
const THEME: &str = "giapranh-theme";
const KEYS: &str = "giapranh-keys";
const SOUND: &str = "giapranh-sound";

impl Habits {
    /// As the cookies say; whatever else they say does not matter.
    pub fn of(headers: &HeaderMap) -> Self {
        let mut habits = Self { language: None, theme: Theme::default(), keys: true, sound: true };
        let texts = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        for (name, value) in texts.flat_map(|text| text.split(';')).filter_map(pair) {
            match (name, value) {
                (LANGUAGE, "vi") => habits.language = Some(Language::Vietnamese),
                (LANGUAGE, "en") => habits.language = Some(Language::English),
                (THEME, "light") => habits.theme = Theme::Light,
                (THEME, "dark") => habits.theme = Theme::Dark,
                (KEYS, "off") => habits.keys = false,
                (SOUND, "off") => habits.sound = false,
                _ => {}
            }
        }
        habits
    }

    /// The classes of the page.
    pub fn classes(self) -> &'static str {
        match self.theme {
            Theme::System => "theme-system",
            Theme::Light => "theme-light",
            Theme::Dark => "theme-dark",
        }
    }
}

impl Habits {
    /// The themes to choose from, with the words for them.
    pub fn themes(self) -> [(&'static str, &'static str, bool); 3] {
        let is = |theme| self.theme == theme;
        [
            ("system", "account-theme-system", is(Theme::System)),
            ("light", "account-theme-light", is(Theme::Light)),
            ("dark", "account-theme-dark", is(Theme::Dark)),
        ]
    }
}

fn pair(text: &str) -> Option<(&str, &str)> {
    text.trim().split_once('=')
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage<'a> {
    desk: &'a Desk,
}

/// `GET /account`.
pub async fn show(desk: Desk) -> Result<Response, Problem> {
    desk.page(&AccountPage { desk: &desk })
}

#[derive(Deserialize)]
pub struct Chosen {
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    theme: Option<String>,
    #[serde(default)]
    keys: Option<String>,
    #[serde(default)]
    sound: Option<String>,
    #[serde(default)]
    back: String,
}

/// `POST /habits`: what was chosen is kept by the browser, and the page is shown again.
pub async fn choose(form: Result<Form<Chosen>, FormRejection>) -> Result<Response, Problem> {
    let Form(chosen) = form.map_err(|_| Problem::unreadable_form())?;
    let mut response = Redirect::to(own_path(&chosen.back)).into_response();
    let allowed: [(&str, &Option<String>, &[&str]); 4] = [
        (LANGUAGE, &chosen.language, &["vi", "en"]),
        (THEME, &chosen.theme, &["system", "light", "dark"]),
        (KEYS, &chosen.keys, &["on", "off"]),
        (SOUND, &chosen.sound, &["on", "off"]),
    ];
    for (name, value, known) in allowed {
        let Some(value) = value.as_deref().filter(|value| known.contains(value)) else { continue };
        let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Strict");
        let cookie = HeaderValue::try_from(cookie)
            .map_err(|_| Problem::internal("What was chosen can't be a cookie."))?;
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

#[derive(Deserialize)]
pub struct NewPassword {
    old: Secret,
    new: Secret,
    again: Secret,
}

/// `POST /account/password`: ends every session of the officer, this one too.
pub async fn password(
    State(app): State<App>,
    desk: Desk,
    form: Result<Form<NewPassword>, FormRejection>,
) -> Result<Response, Problem> {
    let Form(NewPassword { old, new, again }) = form.map_err(|_| Problem::unreadable_form())?;
    if new != again {
        return Err(Problem::passwords_differ());
    }
    let officer = desk.officer().ok_or_else(Problem::unauthenticated)?;
    app.backend
        .change_password(officer.id.clone(), old, new)
        .await
        .map_err(|error| Problem::of_officers(error, desk.now))?;
    Ok(Redirect::to("/").into_response())
}

/// A page of this node, or else its first: whatever a form says of where to go next, it leads nowhere
/// else.
pub fn own_path(text: &str) -> &str {
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if plain && text.starts_with('/') && !text.starts_with("//") { text } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_to_no_other_site() {
        for own in ["/", "/alerts/hcm/2024/000001?done=1", "/search?q=a%20b"] {
            assert_eq!(own_path(own), own);
        }
        for foreign in [
            "",
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "\\\\evil",
            "javascript:1",
            "/a\r\nset-cookie: x=1",
            "/ a",
        ] {
            assert_eq!(own_path(foreign), "/", "{foreign}");
        }
    }

    #[test]
    fn habits_are_read_from_cookies_and_nothing_else_is() {
        let mut headers = HeaderMap::new();
        let text =
            "x; giapranh-theme=dark; giapranh-language=en; giapranh-keys=off; giapranh-sound=?";
        headers.insert(header::COOKIE, text.parse().unwrap());
        let habits = Habits::of(&headers);
        assert_eq!(habits.language, Some(Language::English));
        assert_eq!((habits.theme, habits.keys, habits.sound), (Theme::Dark, false, true));
        let none = Habits::of(&HeaderMap::new());
        assert_eq!((none.language, none.theme, none.keys), (None, Theme::System, true));
    }
}
