//! API tokens: a program acts for an officer. Each officer issues the own ones; an administrator may
//! look at those of others and end them, and issues none in another's name.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use giapranh_domain::OfficerId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::officers::{administers, refused};
use super::{Parameters, parsed, with_secret};
use crate::App;
use crate::officers::{Admission, IssuedToken, NewToken, TokenInfo};
use crate::principal::Principal;
use crate::problem::Problem;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Whose {
    /// Whose; for an administrator.
    officer: Option<String>,
}

impl Whose {
    /// Whose tokens are meant: the own ones when nobody is named.
    fn meant(&self, principal: &Principal) -> Result<OfficerId, Problem> {
        let named: Option<OfficerId> = parsed("officer", self.officer.as_deref())?;
        let own = principal.officer().map(|officer| &officer.id);
        match named {
            Some(named) if Some(&named) != own => {
                administers(principal)?;
                Ok(named)
            }
            _ => own.cloned().ok_or_else(Problem::no_officers),
        }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Tokens {
    tokens: Vec<TokenInfo>,
}

/// `GET /api/v1/tokens`.
pub async fn list(
    State(app): State<App>,
    principal: Principal,
    Parameters(whose): Parameters<Whose>,
) -> Result<Json<Tokens>, Problem> {
    let officer = whose.meant(&principal)?;
    let tokens = app.backend.tokens(officer).await.map_err(refused(&app))?;
    Ok(Json(Tokens { tokens }))
}

/// `POST /api/v1/tokens`: by a person, so that one which leaked does not live on in others.
pub async fn issue(
    State(app): State<App>,
    principal: Principal,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<IssuedToken>), Problem> {
    let officer = principal.officer().ok_or_else(Problem::no_officers)?;
    if officer.admission != Admission::Session {
        return Err(Problem::session_only());
    }
    let expected = r#"{"name": "…", "scopes": ["…"], "life_ms": …}, with roles as scopes"#;
    let new: NewToken = with_secret(body, expected)?;
    let issued = app.backend.issue_token(officer.id.clone(), new).await.map_err(refused(&app))?;
    Ok((StatusCode::CREATED, Json(issued)))
}

/// `DELETE /api/v1/tokens/{id}`.
pub async fn revoke(
    State(app): State<App>,
    principal: Principal,
    path: Result<Path<String>, PathRejection>,
    Parameters(whose): Parameters<Whose>,
) -> Result<StatusCode, Problem> {
    let Path(text) = path?;
    let officer = whose.meant(&principal)?;
    let missing = || Problem::missing("token", &text, "giapranh token list");
    let id = text.parse().ok().filter(|id| i64::try_from(*id).is_ok()).ok_or_else(missing)?;
    if app.backend.revoke_token(officer, id).await.map_err(refused(&app))? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(missing())
    }
}
