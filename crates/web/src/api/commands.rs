//! Commands: the only way to append.
//!
//! Who acts is who has signed in: the body may repeat that, and may not say otherwise. Where nobody
//! has an account yet, the owner of the socket names the officers.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, HeaderName};
use giapranh_domain::{Act, AlertId, Command, Fault, Rejection, Ruling};
use uuid::Uuid;

use super::condition::Condition;
use super::read;
use crate::App;
use crate::backend::Accepted;
use crate::officers::Officer;
use crate::principal::{Principal, approver, has_role};
use crate::problem::Problem;

/// Says the same as `key` in the body.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// `POST /api/v1/commands`.
pub async fn submit(
    State(app): State<App>,
    principal: Principal,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Accepted>, Problem> {
    let mut command: Command =
        serde_json::from_slice(&body?).map_err(|error| Problem::unreadable(&error))?;
    command.key = one_key(command.key, key_of(&headers)?)?;
    let second = approver(&app, &principal, &headers).await?;
    let condition = Condition::of(&headers);
    Ok(Json(carry_out(&app, &principal, second, condition, command).await?))
}

/// The key that the headers name (draft-ietf-httpapi-idempotency-key-header): a UUID, in quotation marks as
/// the draft has it or without.
fn key_of(headers: &HeaderMap) -> Result<Option<Uuid>, Problem> {
    let mut values = headers.get_all(IDEMPOTENCY_KEY).iter();
    let Some(value) = values.next() else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    let bare = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    let key = bare.parse().ok().filter(|_| values.next().is_none());
    key.map(Some).ok_or_else(Problem::no_key)
}

/// Header and body may both name it, and have to name the same.
fn one_key(in_body: Option<Uuid>, in_header: Option<Uuid>) -> Result<Option<Uuid>, Problem> {
    match (in_body, in_header) {
        (Some(body), Some(header)) if body != header => Err(Problem::two_keys()),
        (body, header) => Ok(body.or(header)),
    }
}

/// Decides a command of who asks, whichever way it came in.
pub async fn carry_out(
    app: &App,
    principal: &Principal,
    second: Option<Officer>,
    condition: Condition,
    mut command: Command,
) -> Result<Accepted, Problem> {
    if let Some(officer) = principal.officer() {
        if !has_role(officer, command.act.roles()) {
            return Err(Problem::role(command.act.roles()));
        }
        sign(&mut command, officer, second.as_ref()).map_err(Problem::rejected)?;
    }
    look(app, principal, &command.act).await?;
    Ok(app.backend.submit(command, condition).await?)
}

/// Puts in who acts, for which unit, and who released it.
fn sign(command: &mut Command, first: &Officer, second: Option<&Officer>) -> Result<(), Rejection> {
    let mut faults = Vec::new();
    let mut fault = |field: &str, rule: &str, message: &str| {
        faults.push(Fault::new(field, rule, message));
    };
    if !command.drafted_by.is_empty() && command.drafted_by != first.id.as_str() {
        let message = "drafted_by is another officer than the one who has signed in; leave it out.";
        fault("/drafted_by", "not-you", message);
    }
    if command.unit.as_deref().is_some_and(|unit| unit != first.unit.as_str()) {
        let message =
            "unit is another one than that of the officer who has signed in; leave it out.";
        fault("/unit", "not-you", message);
    }
    let released = second.map_or("", |second| second.id.as_str());
    if !command.approved_by.is_empty() && command.approved_by != released {
        let message = "approved_by has to sign as well (--approved-by-login LOGIN, or the header \
                       Giapranh-Approval); leave it out of the command.";
        fault("/approved_by", "not-signed", message);
    }
    if !faults.is_empty() {
        return Err(Rejection { ruling: Ruling::Invalid, faults });
    }
    command.drafted_by = first.id.to_string();
    command.unit = Some(first.unit.to_string());
    released.clone_into(&mut command.approved_by);
    Ok(())
}

/// Looks at what the command is about: what this officer does not see is not there. An id that is none,
/// and an alert that is not here at all, is for the decision to refuse.
async fn look(app: &App, principal: &Principal, act: &Act) -> Result<(), Problem> {
    let parsed = |text: Option<&str>| text.and_then(|text| text.parse::<AlertId>().ok());
    let Some(viewer) = principal.viewer(app) else { return Ok(()) };
    let named = [("/alert", parsed(act.alert())), ("/link/other", parsed(act.other_alert()))];
    let hidden = read(app, move |views, now| {
        for (field, id) in named {
            let Some(id) = id else { continue };
            let is_seen = views.alert(&id, Some(&viewer), now)?.is_some();
            if !is_seen && views.alert(&id, None, now)?.is_some() {
                return Ok(Some(unknown(field, &id)));
            }
        }
        Ok(None)
    });
    hidden.await?.map_or(Ok(()), Err)
}

/// As the decision says it of an alert that is not here.
fn unknown(field: &str, id: &AlertId) -> Problem {
    let message = match field {
        "/alert" => format!("There is no alert {id} on this node (see: giapranh alert list)."),
        _ => format!("There is no alert {id} on this node."),
    };
    Problem::rejected(Rejection::one(Ruling::NotFound, field, "unknown-alert", message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_uuid_with_or_without_quotation_marks() {
        let text = "01900000-0000-7000-8000-000000000009";
        let key = |values: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(IDEMPOTENCY_KEY, value.parse().unwrap());
            }
            key_of(&headers)
        };
        assert_eq!(key(&[]).unwrap(), None);
        for value in [text.to_owned(), format!("\"{text}\""), format!(" \"{text}\" ")] {
            assert_eq!(key(&[&value]).unwrap(), text.parse().ok(), "{value}");
        }
        for values in [&[""][..], &["\""], &["x"], &["\"01900000\""], &[text, text]] {
            assert!(key(values).is_err(), "{values:?}");
        }
        let [one, other] = [1, 2].map(|number| Some(Uuid::from_u128(number)));
        assert_eq!(one_key(one, None).unwrap(), one);
        assert_eq!(one_key(None, one).unwrap(), one);
        assert_eq!(one_key(one, one).unwrap(), one);
        assert!(one_key(one, other).is_err());
    }
}
