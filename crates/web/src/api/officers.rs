//! Accounts of officers: an administrator gives them out; each officer changes the own password.

use std::collections::BTreeSet;

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use giapranh_domain::codes::Role;
use giapranh_domain::{OfficerId, UnitId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::with_secret;
use crate::App;
use crate::officers::{Account, NewOfficer, OfficerChange, OfficerError, Secret};
use crate::principal::{Principal, has_role};
use crate::problem::Problem;

#[derive(Debug, Serialize, JsonSchema)]
pub struct Accounts {
    officers: Vec<Account>,
}

/// `GET /api/v1/officers`.
pub async fn list(State(app): State<App>) -> Result<Json<Accounts>, Problem> {
    let officers = app.backend.accounts().await.map_err(refused(&app))?;
    Ok(Json(Accounts { officers }))
}

/// `POST /api/v1/officers`. Whoever makes an account for another knows its password, so that has to
/// be changed first; whoever makes the first one makes it for nobody else.
pub async fn add(
    State(app): State<App>,
    principal: Principal,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<Account>), Problem> {
    let expected = r#"{"unit": "…", "login": "…", "name": "…", "roles": ["…"], "password": "…"}, with unit, roles and an id (optional) as the domain writes them"#;
    let mut new: NewOfficer = with_secret(body, expected)?;
    new.must_change = principal.officer().is_some();
    let account = app.backend.add_officer(new).await.map_err(refused(&app))?;
    Ok((StatusCode::CREATED, Json(account)))
}

/// One of them.
#[derive(Default, Deserialize, JsonSchema)]
#[schemars(rename = "OfficerOrder")]
#[serde(default, deny_unknown_fields)]
pub struct Order {
    roles: Option<BTreeSet<Role>>,
    unit: Option<UnitId>,
    name: Option<String>,
    disabled: Option<bool>,
    unlock: Option<bool>,
}

impl Order {
    fn change(self) -> Option<OfficerChange> {
        match self {
            Self { roles: Some(roles), unit: None, name: None, disabled: None, unlock: None } => {
                Some(OfficerChange::Roles(roles))
            }
            Self { roles: None, unit: Some(unit), name: None, disabled: None, unlock: None } => {
                Some(OfficerChange::Unit(unit))
            }
            Self { roles: None, unit: None, name: Some(name), disabled: None, unlock: None } => {
                Some(OfficerChange::Name(name))
            }
            Self { roles: None, unit: None, name: None, disabled: Some(off), unlock: None } => {
                Some(if off { OfficerChange::Disable } else { OfficerChange::Enable })
            }
            Self { roles: None, unit: None, name: None, disabled: None, unlock: Some(true) } => {
                Some(OfficerChange::Unlock)
            }
            _ => None,
        }
    }
}

/// `PATCH /api/v1/officers/{id}`: one change at a time.
pub async fn change(
    State(app): State<App>,
    path: Result<Path<String>, PathRejection>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Account>, Problem> {
    let expected = r#"one of {"roles": ["…"]}, {"unit": "…"}, {"name": "…"}, {"disabled": true or false} and {"unlock": true}"#;
    let id = named(path)?;
    let order: Order = with_secret(body, expected)?;
    let change = order.change().ok_or_else(|| Problem::unreadable_secret(expected))?;
    let account = app.backend.change_officer(id, change).await.map_err(refused(&app))?;
    Ok(Json(account))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    old: Option<Secret>,
    new: Secret,
}

/// `POST /api/v1/officers/{id}/password`: the own one by who knows the old one; another's by an
/// administrator, and that officer has to change it first.
pub async fn password(
    State(app): State<App>,
    principal: Principal,
    path: Result<Path<String>, PathRejection>,
    body: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, Problem> {
    let own = r#"{"old": "…", "new": "…"}"#;
    let others = r#"{"new": "…"}"#;
    let id = named(path)?;
    let is_own = principal.officer().is_some_and(|officer| officer.id == id);
    if !is_own {
        administers(&principal)?;
    }
    let expected = if is_own { own } else { others };
    match (with_secret(body, expected)?, is_own) {
        (NewPassword { old: Some(old), new }, true) => {
            app.backend.change_password(id, old, new).await.map_err(refused(&app))?;
        }
        (NewPassword { old: None, new }, false) => {
            let change = OfficerChange::Password(new);
            app.backend.change_officer(id, change).await.map_err(refused(&app))?;
        }
        _ => return Err(Problem::unreadable_secret(expected)),
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Whether somebody may look after the accounts of others.
pub(super) fn administers(principal: &Principal) -> Result<(), Problem> {
    const NEEDED: &[Role] = &[Role::Administrator];
    match principal {
        Principal::Officer(officer, _) if officer.must_change => Err(Problem::password_to_change()),
        Principal::Officer(officer, _) if !has_role(officer, NEEDED) => Err(Problem::role(NEEDED)),
        _ => Ok(()),
    }
}

pub(super) fn named(path: Result<Path<String>, PathRejection>) -> Result<OfficerId, Problem> {
    let Path(text) = path?;
    text.parse().map_err(|error| Problem::no_such_id(&error))
}

pub(super) fn refused(app: &App) -> impl FnOnce(OfficerError) -> Problem {
    let now_ms = app.backend.now_ms();
    move |error| Problem::of_officers(error, now_ms)
}
