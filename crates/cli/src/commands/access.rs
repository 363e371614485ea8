//! `giapranh access`, `giapranh erasure status`, `giapranh purpose`: who was shown what and what for, and
//! what is gone where.

use std::collections::BTreeMap;

use anyhow::Result;
use giapranh_domain::time::rfc3339;
use giapranh_domain::{Act, AlertId};
use serde::Deserialize;
use serde_json::Value;

use super::acting::alone;
use super::{Place, show};
use crate::args::Form;
use crate::args::access::{Command, Erasure, Page};
use crate::args::acting::Acting;
use crate::client::Target;
use crate::output::{self, Rows};
use crate::say;
use crate::words::code;

#[derive(Debug, Deserialize)]
struct Access {
    officer: String,
    act: String,
    source: String,
    at: String,
    results: Vec<String>,
    #[serde(default)]
    purpose: Option<String>,
    #[serde(default)]
    search: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Unusual {
    officer: String,
    why: String,
    from: String,
    subjects: u64,
}

#[derive(Debug, Deserialize)]
struct Said {
    #[serde(default)]
    purpose: Option<String>,
    #[serde(default)]
    case_number: Option<String>,
    #[serde(default)]
    query: Option<String>,
    #[serde(default)]
    erased: bool,
}

#[derive(Debug, Deserialize)]
struct State {
    alert: String,
    #[serde(default)]
    ground: Option<String>,
    since_ms: u64,
    confirmed: BTreeMap<String, u64>,
    missing: Vec<String>,
}

/// Does a command of the trail.
pub fn run(place: &Place, command: Command) -> Result<()> {
    match command {
        Command::WhoRead(who) => list(place, ("alert", &who.alert.to_string()), &who.page),
        Command::By(by) => list(place, ("officer", by.officer.as_str()), &by.page),
        Command::Unusual => unusual(place),
        Command::Said { event } => said(place, &event.to_string()),
    }
}

fn list(place: &Place, (by, value): (&'static str, &str), page: &Page) -> Result<()> {
    let target = Target::api(["access"])
        .with(by, Some(value))
        .with("limit", Some(page.limit))
        .with("before", page.before);
    let value: Value = place.get_one(target, "help access")?;
    if place.form == Form::Json {
        return Ok(output::json(&value)?);
    }
    let accesses = Vec::<Access>::deserialize(&value["accesses"])?;
    if accesses.is_empty() {
        return Ok(output::line(&say!("no-access"))?);
    }
    let mut rows = Rows::new(&["WHEN", "OFFICER", "HOW", "FROM", "ALERTS", "PURPOSE", "SEARCH"]);
    for access in accesses {
        let (act, alerts) = (code("access", &access.act), access.results.join(" "));
        let said = [access.purpose.unwrap_or_default(), access.search.unwrap_or_default()];
        let Access { at, officer, source, .. } = access;
        rows.push([&at, &officer, &act, &source, &alerts, &said[0], &said[1]]);
    }
    Ok(output::rows(&rows)?)
}

fn unusual(place: &Place) -> Result<()> {
    let value: Value = place.get_one(Target::api(["access", "unusual"]), "help access")?;
    if place.form == Form::Json {
        return Ok(output::json(&value)?);
    }
    let found = Vec::<Unusual>::deserialize(&value["unusual"])?;
    if found.is_empty() {
        return Ok(output::line(&say!("nothing-unusual"))?);
    }
    let mut rows = Rows::new(&["FROM", "OFFICER", "WHY", "ALERTS"]);
    for row in found {
        rows.push([&row.from, &row.officer, &code("unusual", &row.why), &row.subjects.to_string()]);
    }
    Ok(output::rows(&rows)?)
}

fn said(place: &Place, event: &str) -> Result<()> {
    let target = Target::api(["access", "said", event]);
    let value: Value = place.get_one(target, "access unusual")?;
    if place.form == Form::Json {
        return Ok(output::json(&value)?);
    }
    let Said { purpose, case_number, query, erased } = Said::deserialize(&value)?;
    if erased {
        return Ok(output::line(&say!("said-erased"))?);
    }
    let texts = [purpose, case_number, query].into_iter().flatten();
    Ok(texts.into_iter().try_for_each(|text| output::line(&text))?)
}

/// Says how far an erasure has come.
pub fn erasure(place: &Place, Erasure::Status { alert }: &Erasure) -> Result<()> {
    let value = erasure_of(place, alert)?;
    if place.form == Form::Json {
        return Ok(output::json(&value)?);
    }
    let state = State::deserialize(&value)?;
    let since = rfc3339(state.since_ms);
    let ground = state.ground.map_or_else(|| say!("erasure-by-time"), |it| code("erasure", &it));
    let all = state.confirmed.len() + state.missing.len();
    output::line(&say!(
        "erasure-status",
        alert = state.alert,
        ground = ground,
        since = since,
        done = state.confirmed.len(),
        all = all
    ))?;
    let mut rows = Rows::new(&["UNIT", "ERASED"]);
    for (unit, at) in &state.confirmed {
        rows.push([unit, &rfc3339(*at)]);
    }
    for unit in &state.missing {
        rows.push([unit, &say!("not-yet-erased")]);
    }
    output::line("")?;
    Ok(output::rows(&rows)?)
}

fn erasure_of(place: &Place, id: &AlertId) -> Result<Value> {
    let (year, number) = show::numbers(id);
    let target = Target::api(["alerts", id.issuer().as_str(), &year, &number, "erasure"]);
    place.get_one(target, "alert list --status all")
}

/// Says what the session is for.
pub fn purpose(place: &Place, arguments: crate::args::search::Purpose) -> Result<()> {
    let crate::args::search::Purpose { purpose, case } = arguments;
    let act = Act::StatePurpose { purpose, case_number: case.unwrap_or_default() };
    place.submit(&alone(place, Acting::default(), act)?)
}
