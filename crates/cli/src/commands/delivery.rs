//! `giapranh alert delivery`: which units hold an alert, and since when.

use anyhow::Result;
use giapranh_domain::AlertId;
use serde::Deserialize;

use super::{Place, show};
use crate::args::Form;
use crate::client::Target;
use crate::output::{self, Rows};
use crate::say;
use crate::words::code;

#[derive(Debug, Deserialize)]
struct Delivery {
    alert: String,
    events: Vec<EventDelivery>,
}

#[derive(Debug, Deserialize)]
struct EventDelivery {
    event_id: String,
    kind: String,
    recorded: String,
    held: usize,
    missing: usize,
    nodes: Vec<NodeDelivery>,
}

#[derive(Debug, Deserialize)]
struct NodeDelivery {
    unit: String,
    entitled: bool,
    held_since: Option<String>,
}

/// Prints who holds each event that this node published of an alert.
pub fn run(place: &Place, id: &AlertId) -> Result<()> {
    let (year, number) = show::numbers(id);
    let target = Target::api(["alerts", id.issuer().as_str(), &year, &number, "delivery"]);
    let value: serde_json::Value = place.get_one(target, "alert list --status all")?;
    if place.form == Form::Json {
        return Ok(output::json(&value)?);
    }
    let delivery = Delivery::deserialize(value)?;
    let Some(newest) = delivery.events.last() else {
        return Ok(output::line(&say!("delivery-of-others", alert = delivery.alert))?);
    };
    let (held, all) = (newest.held, newest.held + newest.missing);
    output::line(&say!("delivery-newest", alert = delivery.alert, held = held, all = all))?;
    let mut rows = Rows::new(&["RECORDED", "KIND", "UNIT", "HELD SINCE", "EVENT"]);
    for event in &delivery.events {
        for node in &event.nodes {
            let since = match (&node.held_since, node.entitled) {
                (Some(since), true) => since.clone(),
                (Some(since), false) => say!("held-by-who-left", since = since.as_str()),
                (None, _) => say!("not-yet-held"),
            };
            let kind = code("kind", &event.kind);
            rows.push([&event.recorded, &kind, &node.unit, &since, &event.event_id]);
        }
    }
    if rows.is_empty() {
        return Ok(());
    }
    output::line("")?;
    Ok(output::rows(&rows)?)
}
