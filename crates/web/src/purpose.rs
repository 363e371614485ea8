//! What an officer's searches are for: asked once a session, recorded in the log, and looked for before
//! anything is searched. What was searched for is recorded nowhere.

use giapranh_views::Purpose;

use crate::App;
use crate::api::read;
use crate::principal::Principal;
use crate::problem::Problem;

/// What the officer said in this session; `None`: nothing yet.
pub async fn stated(app: &App, principal: &Principal) -> Result<Option<Purpose>, Problem> {
    let Some(officer) = principal.officer() else { return Ok(None) };
    let (id, begun_ms) = (officer.id.to_string(), officer.begun_ms);
    let purpose = read(app, move |views, _| views.purpose_of(&id)).await?;
    Ok(purpose.filter(|purpose| purpose.stated_ms >= begun_ms))
}

/// Refuses to search for an officer who has not said what for. Where nobody has an account there is
/// nobody to say it.
pub async fn demand(app: &App, principal: &Principal) -> Result<(), Problem> {
    if principal.officer().is_none() || stated(app, principal).await?.is_some() {
        return Ok(());
    }
    Err(Problem::no_purpose())
}
