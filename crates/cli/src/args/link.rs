//! `giapranh link …`: what a person says of a link that was proposed.

use clap::{Args, Subcommand};
use giapranh_domain::AlertId;
use uuid::Uuid;

use super::acting::Acting;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Say that the two alerts do belong together.
    Confirm(Decide),
    /// Say that they do not.
    Reject(Decide),
}

#[derive(Debug, Args)]
pub struct Decide {
    /// The alert whose link was proposed.
    pub alert: AlertId,
    /// The event id of the proposal, as `alert links` shows it.
    #[arg(value_name = "EVENT_ID")]
    pub link: Uuid,
    /// On what the decision rests.
    #[arg(long, value_name = "TEXT")]
    pub grounds: String,
    #[command(flatten)]
    pub acting: Acting,
}
