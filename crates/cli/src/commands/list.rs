//! `giapranh alert list`.

use anyhow::Result;
use serde::Deserialize;

use super::{Place, past};
use crate::args::Form;
use crate::args::alert::List;
use crate::client::Target;
use crate::output::{self, Rows};
use crate::say;
use crate::words::code;

/// What a row shows of an alert; the node says more.
#[derive(Debug, Clone, Deserialize)]
pub struct AlertRow {
    id: String,
    status: String,
    category: String,
    severity: String,
    headline: String,
    zones: Vec<String>,
    #[serde(default)]
    changed: Option<String>,
    #[serde(default)]
    expires: Option<String>,
    hits: u64,
    hits_unanswered: u64,
}

#[derive(Debug, Deserialize)]
struct Alerts {
    alerts: Vec<AlertRow>,
    next: Option<String>,
}

/// Prints one page of alerts.
pub fn run(place: &Place, query: List) -> Result<()> {
    let as_of = past::ready(place, query.as_of.as_deref())?;
    let target = Target::api(["alerts"])
        .with("zone", query.zone)
        .with("status", Some(query.status))
        .with("unit", query.unit)
        .with("category", query.category)
        .with("words", query.words)
        .with("limit", Some(query.limit))
        .with("after", query.after)
        .with("as_of", as_of);
    let value: serde_json::Value = place.get_one(target, "alert list")?;
    if place.form == Form::Json {
        output::json(&value)?;
        return Ok(());
    }
    let page = Alerts::deserialize(value)?;
    output::rows(&rows(&page.alerts))?;
    if let Some(next) = page.next {
        output::note(&say!("more", next = next));
    }
    Ok(())
}

/// Alerts as a list.
pub fn rows(alerts: &[AlertRow]) -> Rows {
    let mut rows = Rows::new(&[
        "ALERT", "STATUS", "CATEGORY", "SEVERITY", "HEADLINE", "ZONES", "CHANGED", "EXPIRES",
        "HITS",
    ]);
    for alert in alerts {
        let text = |moment: &Option<String>| moment.clone().unwrap_or_default();
        let hits = match alert.hits_unanswered {
            0 => alert.hits.to_string(),
            open => say!("hits-open", hits = alert.hits, open = open),
        };
        rows.push([
            &alert.id,
            &code("status", &alert.status),
            &code("category", &alert.category),
            &code("severity", &alert.severity),
            &alert.headline,
            &alert.zones.join(","),
            &text(&alert.changed),
            &text(&alert.expires),
            &hits,
        ]);
    }
    rows
}
