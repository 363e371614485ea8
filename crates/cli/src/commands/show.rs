//! `giapranh alert show`: an alert with all that was said about it.

mod said;

use anyhow::Result;
use giapranh_domain::time::rfc3339;
use giapranh_domain::{Alert, AlertId, NoKey, Status, Verdict};
use giapranh_log::Clock as _;
use giapranh_node::SystemClock;
use serde::de::DeserializeOwned;

use super::{Place, past};
use crate::args::Form;
use crate::client::Target;
use crate::output::{self, Facts, Rows};
use crate::words::code;

/// Shows which alerts there are.
const LIST: &str = "alert list --status all";

/// Prints an alert, also as it was.
pub fn run(place: &Place, id: &AlertId, as_of: Option<&str>) -> Result<()> {
    let as_of = past::ready(place, as_of)?;
    let value: serde_json::Value = place.get_one(target(id).with("as_of", as_of), LIST)?;
    if place.form == Form::Json {
        output::json(&value)?;
        return Ok(());
    }
    let no_key: Option<NoKey> = serde_json::from_value(value["no_key"].clone())?;
    let alert: Alert = serde_json::from_value(value)?;
    let now = SystemClock.now_ms();
    output::facts(&head(&alert, no_key, now)?)?;
    for facts in said::facts(&alert, now) {
        output::line("")?;
        output::facts(&facts)?;
    }
    output::line("")?;
    output::rows(&timeline(&alert))?;
    Ok(())
}

/// Reads an alert.
pub fn read<T: DeserializeOwned>(place: &Place, id: &AlertId) -> Result<T> {
    place.get_one(target(id), LIST)
}

fn target(id: &AlertId) -> Target {
    let (year, number) = numbers(id);
    Target::api(["alerts", id.issuer().as_str(), &year, &number])
}

/// Year and number of an alert, as an address takes them.
pub fn numbers(id: &AlertId) -> (String, String) {
    (id.year().to_string(), format!("{:06}", id.number()))
}

fn head(alert: &Alert, no_key: Option<NoKey>, now: u64) -> Result<Facts> {
    let mut facts = Facts::default();
    let officer = |id: &Option<_>| id.as_ref().map(ToString::to_string).unwrap_or_default();
    let zones: Vec<&str> = alert.zones.iter().map(giapranh_domain::ZoneId::as_str).collect();
    facts.push("alert", &alert.id);
    facts.push("issuer", &alert.issuer_name);
    if alert.responsible != *alert.id.issuer() {
        facts.push("answered for by", &alert.responsible);
    }
    facts.push("status", code("status", standing(alert, now)));
    if let Some(sealed) = alert.sealed {
        facts.push("sealed", code("sealed", sealed.code()));
    }
    if let Some(why) = no_key {
        facts.push("key", code("no-key", why.code()));
    }
    facts.push("version", alert.version);
    facts.push("category", code("category", &alert.category));
    facts.push("zones", zones.join(", "));
    facts.push("issued", when(alert.issued));
    facts.push("changed", when(alert.changed));
    facts.push("in force until", when(alert.expires));
    facts.push("review by", when(alert.review.1));
    said::hidden(alert, now, &mut facts);
    facts.push("drafted by", officer(&alert.drafted_by));
    facts.push("approved by", officer(&alert.approved_by));
    if let Some(content) = &alert.content {
        facts.push_json("content", &serde_json::to_value(content)?);
    }
    if let Some(withdrawal) = &alert.withdrawal {
        facts.push_json("withdrawal", &serde_json::to_value(withdrawal)?);
    }
    Ok(facts)
}

/// Where it stands at a moment.
fn standing(alert: &Alert, now: u64) -> &'static str {
    match alert.status {
        Status::Awaited => "awaited",
        Status::Withdrawn => "withdrawn",
        Status::Active if now >= alert.expires => "expired",
        Status::Active if alert.is_hidden_at(now) => "hidden",
        Status::Active => "active",
    }
}

fn timeline(alert: &Alert) -> Rows {
    let mut rows = Rows::new(&["RECORDED", "KIND", "UNIT", "VERDICT", "EVENT"]);
    for entry in &alert.timeline {
        rows.push([
            &when(entry.recorded),
            &code("kind", &entry.kind),
            &entry.unit,
            &verdict(entry.verdict),
            &entry.event_id,
        ]);
    }
    rows
}

/// As the feed writes it: `valid`, `disowned: not-issuer`.
fn verdict(verdict: Verdict) -> String {
    let value = serde_json::to_value(verdict).unwrap_or_default();
    let part = |name: &str| value[name].as_str().map(|said| code(name, said));
    [part("verdict"), part("why")].into_iter().flatten().collect::<Vec<_>>().join(": ")
}

fn when(moment: u64) -> String {
    if moment == 0 { String::new() } else { rfc3339(moment) }
}

#[cfg(test)]
mod tests {
    use giapranh_domain::directory::Why;

    use super::*;

    #[test]
    fn a_verdict_says_why() {
        assert_eq!(verdict(Verdict::Valid), "valid");
        assert_eq!(verdict(Verdict::Disowned(Why::NotIssuer)), "disowned: not-issuer");
    }
}
