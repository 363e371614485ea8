//! A proposal as the value of its form, and back.

use giapranh_domain::wire::proto::{self, proposal::What};
use giapranh_domain::{Alert, Category, normal};
use serde_json::{Value, json};

use crate::console::form::{Form, Proposes};
use crate::problem::Problem;

/// What a proposal proposes, and of which category; `None` where that is newer than this program.
pub fn form_of(proposal: &proto::Proposal) -> Option<Form> {
    let of = |content: &Option<proto::AlertContent>| {
        content.as_ref().and_then(|content| Category::parse(&content.category))
    };
    match proposal.what.as_ref()? {
        What::Issue(issue) => Form::of(Proposes::Issue, of(&issue.content)),
        What::Amend(amend) => Form::of(Proposes::Amend, of(&amend.content)),
        What::Withdraw(_) => Form::of(Proposes::Withdraw, None),
        What::Hide(_) => Form::of(Proposes::Hide, None),
        What::Erase(_) => Form::of(Proposes::Erase, None),
        What::Reveal(_) => Form::of(Proposes::Reveal, None),
    }
}

/// The value that the form shows.
pub fn value_of(proposal: &proto::Proposal, alert: Option<&Alert>) -> Value {
    match &proposal.what {
        Some(What::Issue(issue)) => json!({"zones": issue.zones, "content": issue.content}),
        Some(What::Amend(amend)) => {
            let zones = if amend.zones.is_empty() { zones_of(alert) } else { json!(amend.zones) };
            json!({"zones": zones, "content": amend.content, "reason": amend.reason})
        }
        Some(What::Withdraw(withdrawal)) => json!({"withdrawal": withdrawal}),
        Some(What::Hide(hiding)) => json!({"hiding": hiding}),
        Some(What::Erase(erasing)) => json!({"erasing": erasing}),
        Some(What::Reveal(revealing)) => json!({"reason": revealing.reason}),
        None => json!({}),
    }
}

/// The alert as it is, as the value of the form that changes it.
pub fn present(proposes: Proposes, alert: Option<&Alert>) -> Value {
    match (proposes, alert) {
        (Proposes::Amend, Some(alert)) => {
            json!({"zones": zones_of(Some(alert)), "content": alert.content})
        }
        _ => Value::Null,
    }
}

fn zones_of(alert: Option<&Alert>) -> Value {
    alert.map_or(json!([]), |alert| json!(alert.zones))
}

/// The proposal that a form's value is, in the spelling in which it is kept.
pub fn proposal_of(form: &Form, value: Value, based_on: u32) -> Result<proto::Proposal, Problem> {
    let Value::Object(mut parts) = value else { return Err(Problem::unreadable_form()) };
    let mut part = |name: &str| parts.remove(name).unwrap_or_default();
    let what = match form.what {
        Proposes::Issue => {
            let (zones, content) = (part("zones"), part("content"));
            What::Issue(proto::Issue { zones: read(zones)?, content: read(content)? })
        }
        Proposes::Amend => {
            let (zones, content, reason) = (part("zones"), part("content"), part("reason"));
            let (zones, content, reason) = (read(zones)?, read(content)?, read(reason)?);
            What::Amend(proto::Amend { zones, content, reason, based_on })
        }
        Proposes::Withdraw => What::Withdraw(read(part("withdrawal"))?),
        Proposes::Hide => What::Hide(read(part("hiding"))?),
        Proposes::Erase => What::Erase(read(part("erasing"))?),
        Proposes::Reveal => What::Reveal(proto::Revealing { reason: read(part("reason"))? }),
    };
    Ok(tidied(proto::Proposal { what: Some(what) }))
}

/// A part of the value; nothing is what the part is when it says nothing.
fn read<T: serde::de::DeserializeOwned + Default>(value: Value) -> Result<T, Problem> {
    if value.is_null() {
        return Ok(T::default());
    }
    serde_json::from_value(value).map_err(|error| {
        tracing::error!(%error, "a form has a value that the alert has no place for");
        Problem::internal("The form has a value that the alert has no place for.")
    })
}

/// As the decision keeps it, so that what was not changed is known to be the same.
fn tidied(mut proposal: proto::Proposal) -> proto::Proposal {
    match &mut proposal.what {
        Some(
            What::Issue(proto::Issue { content: Some(content), .. })
            | What::Amend(proto::Amend { content: Some(content), .. }),
        ) => normal::content(content),
        Some(What::Withdraw(withdrawal)) => normal::withdrawal(withdrawal),
        Some(What::Hide(hiding)) => normal::hiding(hiding),
        Some(What::Erase(erasing)) => normal::erasing(erasing),
        Some(What::Reveal(revealing)) => normal::revealing(revealing),
        _ => {}
    }
    proposal
}
