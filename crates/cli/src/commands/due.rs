//! `giapranh due`: everything that has a clock in one list, the most urgent first, with who must act.

use anyhow::Result;
use serde::Deserialize;
use serde_json::Value;

use super::Place;
use crate::args::Form;
use crate::args::due::Due;
use crate::client::Target;
use crate::output::{self, Rows};
use crate::say;
use crate::words::{code, span};

#[derive(Debug, Deserialize)]
struct Row {
    duty: String,
    alert: String,
    /// Who must act now.
    who: String,
    #[serde(default)]
    urgent: bool,
    begun: String,
    due: String,
    stage: String,
    /// Below zero once it has passed.
    remaining_ms: i64,
    #[serde(default)]
    headline: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Page {
    due: Vec<Row>,
    #[serde(default)]
    next: Option<String>,
}

/// Prints what is due.
pub fn run(place: &Place, arguments: &Due) -> Result<()> {
    let target = Target::api(["due"])
        .with("for", Some(arguments.whose.code()))
        .with("limit", Some(arguments.limit))
        .with("after", arguments.after.as_ref());
    let value: Value = place.get_one(target, "help due")?;
    if place.form == Form::Json {
        return Ok(output::json(&value)?);
    }
    let page = Page::deserialize(&value)?;
    if page.due.is_empty() {
        return Ok(output::line(&say!("nothing-due"))?);
    }
    output::rows(&rows(&page.due))?;
    if let Some(next) = page.next {
        output::note(&say!("more", next = next));
    }
    Ok(())
}

fn rows(due: &[Row]) -> Rows {
    let mut rows =
        Rows::new(&["WHAT", "ALERT", "WHO MUST ACT", "SINCE", "DUE", "TIME", "HEADLINE"]);
    for row in due {
        let duty = code("duty", &row.duty);
        let what = if row.urgent { say!("urgent", what = duty) } else { duty };
        let time = clock(row.remaining_ms, row.stage == "escalated");
        let headline = row.headline.as_deref().unwrap_or_default();
        rows.push([&what, &row.alert, &row.who, &row.begun, &row.due, &time, &headline]);
    }
    rows
}

/// How much time is left, or how long it is over, in words.
pub fn clock(left_ms: i64, escalated: bool) -> String {
    let time = span(left_ms.unsigned_abs());
    match () {
        () if left_ms > 0 => say!("time-left", time = time),
        () if escalated => say!("time-escalated", time = time),
        () => say!("time-over", time = time),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_said_in_words() {
        for (left, escalated, said) in [
            (65_000, false, "1 min 5 s left"),
            (90 * 60_000, false, "1 h 30 min left"),
            (50 * 3_600_000, false, "2 d 2 h left"),
            (-3_000, false, "overdue by 3 s"),
            (-61_000, true, "overdue by 1 min 1 s, with the province's duty leadership"),
        ] {
            assert_eq!(clock(left, escalated), said);
        }
    }

    #[test]
    fn a_row_says_what_is_due_and_who_must_act() {
        let row = serde_json::from_value(serde_json::json!({
            "duty": "answer-hit", "alert": "hcm/2024/000001", "unit": "hcm_q1", "who": "hcm",
            "urgent": true, "begun": "1970-01-01T07:00:00+07:00", "begun_ms": 0,
            "due": "1970-01-01T07:10:00+07:00", "due_ms": 600_000, "stage": "escalated",
            "remaining_ms": -1_000, "headline": null, "severity": null, "category": null
        }));
        let rows = rows(&[row.unwrap()]);
        assert!(!rows.is_empty());
    }
}
