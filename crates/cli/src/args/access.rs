//! `giapranh access …` and `giapranh erasure …`: who was shown what, and what is gone where.

use clap::{Args, Subcommand};
use giapranh_domain::{AlertId, OfficerId};
use uuid::Uuid;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show to whom an alert was shown at this node, the newest first.
    WhoRead(WhoRead),
    /// Show what an officer of this node was shown, the newest first.
    By(By),
    /// Show what should be looked at: very many in an hour, at night, the own name.
    Unusual,
    /// Show a purpose that was stated, or what was typed into a search.
    Said {
        /// The event, as the other commands of this group show it.
        #[arg(value_name = "EVENT_ID")]
        event: Uuid,
    },
}

#[derive(Debug, Args)]
pub struct WhoRead {
    /// The alert's number.
    pub alert: AlertId,
    #[command(flatten)]
    pub page: Page,
}

#[derive(Debug, Args)]
pub struct By {
    /// The officer's id.
    pub officer: OfficerId,
    #[command(flatten)]
    pub page: Page,
}

#[derive(Debug, Args)]
pub struct Page {
    /// How many at most.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=500))]
    pub limit: u16,
    /// Only before that position of the log.
    #[arg(long, value_name = "POSITION")]
    pub before: Option<u64>,
}

#[derive(Debug, Subcommand)]
pub enum Erasure {
    /// Show how far the erasure of an alert has come, and who has not confirmed it.
    Status {
        /// The alert's number.
        alert: AlertId,
    },
}
