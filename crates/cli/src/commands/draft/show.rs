//! `giapranh draft list, show`: what waits for whom, and what would change.

use anyhow::Result;
use giapranh_domain::time::rfc3339;
use giapranh_domain::wire::proto::proposal::What;
use giapranh_domain::{Alert, AlertId, Draft, OfficerId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::difference::{Difference, between};
use super::target;
use crate::args::Form;
use crate::client::Target;
use crate::commands::{Place, show as alert_show};
use crate::exit::Failure;
use crate::output::{self, Facts, Rows};
use crate::say;
use crate::words::code;

#[derive(Debug, Deserialize)]
struct Row {
    alert: String,
    unit: String,
    state: String,
    version: u32,
    proposes: String,
    #[serde(default)]
    headline: Option<String>,
    changed: String,
    #[serde(default)]
    due: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Drafts {
    drafts: Vec<Row>,
}

/// Lists drafts.
pub fn list(place: &Place, wanted: Option<String>) -> Result<()> {
    let target = Target::api(["drafts"]).with("state", wanted);
    let value: Value = place.get_one(target, "draft list")?;
    if place.form == Form::Json {
        return Ok(output::json(&value)?);
    }
    let mut drafts = Drafts::deserialize(&value)?.drafts;
    // What somebody waits for goes first, and stays in the node's order beside that.
    drafts.sort_by_key(|draft| draft.state != "waiting");
    let mut rows =
        Rows::new(&["ALERT", "STATE", "VERSION", "PROPOSES", "HEADLINE", "CHANGED", "DUE", "UNIT"]);
    for draft in drafts {
        rows.push([
            &draft.alert,
            &code("draft-state", &draft.state),
            &draft.version,
            &code("proposal", &draft.proposes),
            &draft.headline.as_deref().unwrap_or_default(),
            &draft.changed,
            &draft.due.as_deref().unwrap_or_default(),
            &draft.unit,
        ]);
    }
    Ok(output::rows(&rows)?)
}

/// Shows a draft, and what it changes.
pub fn run(place: &Place, id: &AlertId) -> Result<()> {
    let value: Value = place.get_one(target(id), "draft list")?;
    let draft = Draft::deserialize(&value)?;
    let alert = current(place, id)?;
    let changes = proposed(&draft, alert.as_ref());
    if place.form == Form::Json {
        let changes: Vec<Changed> = changes.iter().map(Changed::of).collect();
        return Ok(output::json(&json!({"draft": value, "changes": changes}))?);
    }
    output::facts(&head(&draft))?;
    output::line("")?;
    if changes.is_empty() {
        return Ok(output::line(&say!("draft-changes-nothing"))?);
    }
    Ok(output::rows(&rows(&changes, alert.is_some()))?)
}

/// As JSON: `field` is the path in the content.
#[derive(Serialize)]
struct Changed<'a> {
    field: &'a str,
    before: &'a str,
    after: &'a str,
}

impl<'a> Changed<'a> {
    fn of(difference: &'a Difference) -> Self {
        let Difference { path, before, after } = difference;
        Self { field: path, before, after }
    }
}

/// The alert as it is; `None` before it was issued.
fn current(place: &Place, id: &AlertId) -> Result<Option<Alert>> {
    match alert_show::read(place, id) {
        Ok(alert) => Ok(Some(alert)),
        Err(error) => match error.downcast_ref::<Failure>() {
            Some(failure) if failure.status == Some(404) => Ok(None),
            _ => Err(error),
        },
    }
    .map(|found: Option<Alert>| found.filter(|alert| alert.version > 0))
}

fn head(draft: &Draft) -> Facts {
    let mut facts = Facts::default();
    let officers: Vec<&str> = draft.written_by.iter().map(OfficerId::as_str).collect();
    facts.push("alert", &draft.id);
    facts.push("state", code("draft-state", draft.state.code()));
    facts.push("version", draft.version);
    facts.push("proposes", code("proposal", draft.proposes()));
    facts.push("unit", &draft.unit);
    facts.push("written by", officers.join(", "));
    facts.push("changed", rfc3339(draft.changed));
    if draft.due > 0 {
        facts.push("due", rfc3339(draft.due));
    }
    if !draft.reason.is_empty() {
        let by = draft.decided_by.as_ref().map(ToString::to_string).unwrap_or_default();
        facts.push("decided", format!("{} ({by})", draft.reason));
    }
    facts
}

/// What would be otherwise, field by field. What ends, hides or reveals an alert leaves its content.
fn proposed(draft: &Draft, alert: Option<&Alert>) -> Vec<Difference> {
    let content = |alert: &Alert| json!({"content": alert.content, "zones": alert.zones});
    let before = alert.map_or(Value::Null, content);
    let zones = |zones: &[String]| match (zones, alert) {
        ([], Some(alert)) => json!(alert.zones),
        (zones, _) => json!(zones),
    };
    match &draft.proposal.what {
        Some(What::Issue(issue)) => {
            between(&Value::Null, &json!({"content": issue.content, "zones": zones(&issue.zones)}))
        }
        Some(What::Amend(amend)) => {
            let after = json!({"content": amend.content, "zones": zones(&amend.zones)});
            let mut differences = between(&before, &after);
            let reason = between(&Value::Null, &json!({"amendment": {"reason": amend.reason}}));
            differences.extend(reason);
            differences
        }
        Some(What::Withdraw(withdrawal)) => {
            between(&Value::Null, &json!({"withdrawal": withdrawal}))
        }
        Some(What::Hide(hiding)) => between(&hidden(alert), &json!({"hiding": hiding})),
        Some(What::Reveal(revealing)) => {
            let mut differences = between(&hidden(alert), &Value::Null);
            differences.extend(between(&Value::Null, &json!({"revealing": revealing})));
            differences
        }
        Some(What::Erase(erasing)) => between(&Value::Null, &json!({"erasing": erasing})),
        None => Vec::new(),
    }
}

/// How the alert is hidden now, in the words in which it is proposed.
fn hidden(alert: Option<&Alert>) -> Value {
    let Some(hidden) = alert.and_then(|alert| alert.hidden.as_ref()) else { return Value::Null };
    let (until, units, reason) = (rfc3339(hidden.until), &hidden.units, &hidden.reason);
    json!({"hiding": {"until": until, "units": units, "reason": reason}})
}

fn rows(changes: &[Difference], there: bool) -> Rows {
    let mut rows = if there {
        Rows::new(&["FIELD", "NOW", "PROPOSED"])
    } else {
        Rows::new(&["FIELD", "PROPOSED"])
    };
    for change in changes {
        let Difference { before, after, .. } = change;
        let gone = if after.is_empty() { say!("taken-out") } else { String::new() };
        let after = if after.is_empty() { &gone } else { after };
        if there {
            rows.push([&change.name(), before, after]);
        } else {
            rows.push([&change.name(), after]);
        }
    }
    rows
}
