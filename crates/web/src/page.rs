//! The page of the live feed: the last entries, drawn here, and a script that announces new ones.
//! Where officers have accounts, it is for who has signed in, and shows what that one sees.

pub mod sign_in;

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use giapranh_domain::Category;
use giapranh_domain::event::Kind;
use giapranh_views::{Entry, Views};
use serde::Serialize;

use crate::App;
use crate::api::read;
use crate::escape::Text;
use crate::officers::Officer;
use crate::principal::Principal;
use crate::problem::Problem;
use crate::words;

const TEMPLATE: &str = include_str!("../assets/feed.html");
const STYLE: &str = include_str!("../assets/feed.css");
const SCRIPT: &str = include_str!("../assets/feed.js");

/// Entries on the page when it is opened.
const SHOWN: usize = 50;

/// `GET /assets/feed.css`.
pub async fn style() -> Response {
    asset("text/css; charset=utf-8", STYLE)
}

/// `GET /assets/feed.js`.
pub async fn script() -> Response {
    asset("text/javascript; charset=utf-8", SCRIPT)
}

fn asset(media: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static(media))], text).into_response()
}

/// `GET /`.
pub async fn feed(State(app): State<App>, principal: Principal) -> Result<Html<String>, Problem> {
    let viewer = principal.viewer(&app);
    // Taken before the read, so that nothing lies between the list and the stream.
    let shown = *app.backend.position().borrow();
    let look = move |views: &Views, now| views.latest(SHOWN, viewer.as_ref(), now);
    let mut entries = read(&app, look).await?;
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.position));
    let position = entries.first().map_or(shown, |newest| newest.position.max(shown));
    Ok(Html(render(position, &entries, principal.officer())))
}

fn render(position: u64, entries: &[Entry], officer: Option<&Officer>) -> String {
    let position = position.to_string();
    let account = officer.map(account).unwrap_or_default();
    let words = serde_json::to_string(&Words::new()).unwrap_or_default();
    let words = Text(&words).to_string();
    let rows = rows(entries);
    let values = [
        ("position", position.as_str()),
        ("words", &words),
        ("rows", &rows),
        ("account", &account),
    ];
    fill(TEMPLATE, &values)
}

/// Who has signed in, and how to sign out.
fn account(officer: &Officer) -> String {
    let name = officer.name.as_deref().unwrap_or(officer.id.as_str());
    format!(
        "<form class=\"account\" method=\"post\" action=\"/sign-out\">\
         <span>{} · {}</span> <button type=\"submit\">Đăng xuất</button></form>\n",
        Text(name),
        Text(officer.unit.as_str())
    )
}

/// Fills a template in one pass: what is filled in is never looked at again.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut page = String::with_capacity(template.len() * 4);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        let value = values.iter().find(|(known, _)| *known == name);
        page.push_str(before);
        page.push_str(value.map_or("", |(_, value)| value));
        rest = after;
    }
    page.push_str(rest);
    page
}

fn rows(entries: &[Entry]) -> String {
    let mut html = String::new();
    if entries.is_empty() {
        html.push_str("<tr class=\"empty\"><td colspan=\"7\">Chưa có tin nào.</td></tr>\n");
    }
    for entry in entries {
        // Writing to a String can't fail.
        let _ = row(&mut html, entry);
    }
    html
}

fn row(html: &mut String, entry: &Entry) -> fmt::Result {
    let verdict = words::verdict(&entry.verdict);
    let class = if verdict.is_empty() { "" } else { " class=\"doubtful\"" };
    let when = words::moment(&entry.recorded);
    write!(html, "<tr{class}><td class=\"when\">{}</td>", Text(&when))?;
    let kind = words::kind(&entry.kind, &entry.category);
    write!(html, "<td><span class=\"kind\">{}</span>", Text(kind))?;
    if Kind::parse(&entry.kind).is_none() {
        write!(html, "<span class=\"code\">{}</span>", Text(&entry.kind))?;
    }
    if let Some(headline) = &entry.headline {
        write!(html, "<span class=\"headline\">{}</span>", Text(headline))?;
    }
    let alert = entry.alert.as_deref().unwrap_or_default();
    write!(html, "</td><td class=\"alert\">{}</td>", Text(alert))?;
    write!(html, "<td>{}</td>", Text(&entry.unit))?;
    write!(html, "<td>{}</td>", Text(&entry.zones.join(", ")))?;
    let category = words::category(&entry.category).unwrap_or(&entry.category);
    write!(html, "<td>{}</td>", Text(category))?;
    writeln!(html, "<td class=\"verdict\">{}</td></tr>", Text(verdict))
}

/// The words that the script shows, so that they are written down once.
#[derive(Serialize)]
struct Words {
    /// By kind, then by category; under the empty category what stands for any other.
    kinds: BTreeMap<&'static str, BTreeMap<&'static str, &'static str>>,
    /// For a kind that is not there.
    kind: &'static str,
    categories: BTreeMap<&'static str, &'static str>,
    verdicts: BTreeMap<&'static str, &'static str>,
    /// For a verdict that is not there.
    verdict: &'static str,
}

impl Words {
    fn new() -> Self {
        let codes = || Category::ALL.iter().map(|category| category.code());
        let of_kind = |kind: &Kind| {
            let label = |category| (category, words::kind(kind.code(), category));
            (kind.code(), codes().chain([""]).map(label).collect())
        };
        Self {
            kinds: Kind::ALL.iter().map(of_kind).collect(),
            kind: words::kind("", ""),
            categories: codes().filter_map(|code| Some((code, words::category(code)?))).collect(),
            verdicts: words::VERDICTS.iter().copied().collect(),
            verdict: words::verdict("?"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "<script>alert(1)</script>\"'&{{rows}}";

    fn hostile() -> Entry {
        let text = || HOSTILE.to_owned();
        Entry {
            position: 7,
            event_id: "01900000-0000-7000-8000-000000000001".parse().unwrap(),
            kind: text(),
            alert: Some(text()),
            origin: text(),
            unit: text(),
            recorded: text(),
            recorded_ms: 0,
            arrived_ms: 0,
            category: text(),
            zones: vec![text(), text()],
            verdict: text(),
            why: Some(text()),
            headline: Some(text()),
        }
    }

    #[test]
    fn script_in_any_field_is_shown_as_text() {
        let page = render(7, &[hostile()], None);
        assert_eq!(page.matches("<script").count(), 1, "only the page's own:\n{page}");
        // Time, kind, headline, alert, unit, two zones, category.
        let shown = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;{{rows}}";
        assert_eq!(page.matches(shown).count(), 8, "{page}");
        assert_eq!(page.matches("<tr").count(), 2, "{page}");
    }

    #[test]
    fn the_script_gets_every_word_that_the_server_shows() {
        let page = render(0, &[], None);
        for kind in Kind::ALL {
            assert!(page.contains(words::kind(kind.code(), "")), "{}", kind.code());
        }
        assert!(page.contains("Chưa có tin nào."));
        assert!(!page.contains("{{"), "{page}");
    }

    #[test]
    fn the_page_runs_nothing_inline() {
        for banned in [" style=", "<style", " onclick=", "javascript:"] {
            assert!(!TEMPLATE.contains(banned), "{banned}");
        }
        for banned in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("] {
            assert!(!SCRIPT.contains(banned), "{banned}");
        }
    }
}
