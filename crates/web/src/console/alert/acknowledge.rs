//! What an officer does with one press: that the alert was seen.

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::response::Response;
use giapranh_domain::Act;
use serde::Deserialize;
use uuid::Uuid;

use super::{Named, named};
use crate::console::Desk;
use crate::problem::Problem;

#[derive(Deserialize)]
pub struct Seen {
    /// The id of the event that the press makes: pressed twice, it is recorded once.
    key: Uuid,
    version: u32,
}

/// `POST …/acknowledge`: the version that was on the page was seen.
pub async fn acknowledge(
    desk: Desk,
    path: Named,
    form: Result<Form<Seen>, FormRejection>,
) -> Result<Response, Problem> {
    let (id, _) = named(path)?;
    let Form(Seen { key, version }) = form.map_err(Problem::of_form)?;
    let act = Act::AcknowledgeAlert { alert: id.to_string(), version };
    desk.act(act, Some(key), None).await?;
    Ok(desk.go(&desk.alert_path(&id.to_string())))
}
