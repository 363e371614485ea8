//! `giapranh search`: what people type, and why each alert was found. What the searches are for is said
//! once a session.

use anyhow::Result;
use giapranh_domain::Act;
use serde::Deserialize;
use serde_json::Value;

use super::acting::{alone, post};
use super::{Place, hint};
use crate::args::Form;
use crate::args::acting::Acting;
use crate::args::search::Search;
use crate::client::Target;
use crate::output::{self, Rows};
use crate::say;
use crate::words::code;

#[derive(Debug, Deserialize)]
struct Row {
    id: String,
    status: String,
    category: String,
    headline: String,
    #[serde(default)]
    person: Option<Person>,
    because: Vec<Reason>,
}

#[derive(Debug, Deserialize)]
struct Person {
    born: String,
    sex: String,
    place: String,
}

#[derive(Debug, Deserialize)]
struct Reason {
    how: String,
    text: String,
}

#[derive(Debug, Deserialize)]
struct Page {
    results: Vec<Row>,
    #[serde(default)]
    next: Option<String>,
    #[serde(default)]
    more: bool,
}

/// Searches, after the purpose was recorded if there is one.
pub fn run(place: &Place, arguments: &Search) -> Result<()> {
    if let Some(purpose) = &arguments.purpose {
        let case_number = arguments.case.clone().unwrap_or_default();
        let act = Act::StatePurpose { purpose: purpose.clone(), case_number };
        post(place, &alone(place, Acting::default(), act)?)?;
    }
    let target = Target::api(["search"])
        .with("q", Some(arguments.words.join(" ")))
        .with("born", arguments.born)
        .with("sex", arguments.sex.as_ref())
        .with("place", arguments.place.as_ref())
        .with("category", arguments.category.as_ref())
        .with("limit", Some(arguments.limit))
        .with("after", arguments.after.as_ref());
    let found = place.get(target);
    let value: Value = found.map_err(|error| hint(error, "giapranh help search".to_owned()))?;
    if place.form == Form::Json {
        return Ok(output::json(&value)?);
    }
    let page = Page::deserialize(&value)?;
    if page.results.is_empty() {
        return Ok(output::line(&say!("nothing-found"))?);
    }
    output::rows(&rows(&page.results))?;
    match page.next {
        Some(next) => output::note(&say!("more", next = next)),
        None if page.more => output::note(&say!("too-many-found")),
        None => {}
    }
    Ok(())
}

fn rows(found: &[Row]) -> Rows {
    let mut rows = Rows::new(&["ALERT", "STATUS", "CATEGORY", "HEADLINE", "PERSON", "WHY"]);
    for row in found {
        let person = row.person.as_ref().map(told).unwrap_or_default();
        let why = row.because.first().map(|reason| match reason.text.as_str() {
            "" => code("how", &reason.how),
            text => format!("{}: {text}", code("how", &reason.how)),
        });
        let (status, category) = (code("status", &row.status), code("category", &row.category));
        rows.push([&row.id, &status, &category, &row.headline, &person, &why.unwrap_or_default()]);
    }
    rows
}

/// By what namesakes are told apart.
fn told(person: &Person) -> String {
    let sex = if person.sex.is_empty() { String::new() } else { code("sex", &person.sex) };
    let parts = [person.born.clone(), sex, person.place.clone()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_whom_it_is_about_and_why_it_was_found() {
        let row: Row = serde_json::from_value(serde_json::json!({
            "id": "hcm/2024/000001", "status": "active", "category": "wanted-person",
            "headline": "Truy nã Ví Dụ", "person": { "born": "1990", "sex": "male", "place": "" },
            "because": [{ "how": "marks", "field": "name", "text": "Nguyễn Văn Ví Dụ" }]
        }))
        .unwrap();
        assert_eq!(told(row.person.as_ref().unwrap()), "1990, male");
        assert!(!rows(&[row]).is_empty());
    }
}
