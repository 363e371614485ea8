//! `giapranh hit …`

use clap::{Args, Subcommand};
use giapranh_domain::codes::{AnswerResult, Certainty, Urgency};
use giapranh_domain::{AlertId, OfficerId, UnitId};
use uuid::Uuid;

use super::alert::codes;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Report that what an alert is about was found.
    Report(Report),
    /// Answer a hit on an own alert: is it the one?
    Answer(Answer),
}

#[derive(Debug, Args)]
pub struct Report {
    /// The alert's number.
    pub alert: AlertId,
    /// How soon an answer is needed.
    #[arg(long, value_parser = codes(Urgency::ALL, Urgency::code))]
    pub urgency: String,
    /// Where.
    #[arg(long, value_name = "TEXT")]
    pub place: String,
    /// When, such as 2024-05-31T14:00:00+07:00.
    #[arg(long, value_name = "MOMENT")]
    pub seen_at: String,
    /// What the match rests on.
    #[arg(long, value_name = "TEXT")]
    pub basis: String,
    /// How sure it is.
    #[arg(long, value_parser = codes(Certainty::ALL, Certainty::code))]
    pub certainty: String,
    /// What was done.
    #[arg(long, value_name = "TEXT")]
    pub done: String,
    /// The version of the alert that was acted on; the newest here when left out.
    #[arg(id = "alert_version", long = "version", value_name = "N")]
    pub version: Option<u32>,
    #[command(flatten)]
    pub acting: Acting,
}

#[derive(Debug, Args)]
pub struct Answer {
    /// The alert's number.
    pub alert: AlertId,
    /// The event id of the hit, as `alert show` prints it.
    #[arg(long, value_name = "EVENT_ID")]
    pub hit: Uuid,
    /// Whether it is the same person or thing.
    #[arg(long, value_parser = codes(AnswerResult::ALL, AnswerResult::code))]
    pub result: String,
    /// Anything else that the other unit should know.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub note: String,
    #[command(flatten)]
    pub acting: Acting,
}

/// Who acts: facts need no second officer.
#[derive(Debug, Args)]
pub struct Acting {
    /// The unit in whose name it is done; the node's own when left out.
    #[arg(long)]
    pub unit: Option<UnitId>,
    /// The officer, by the pseudonymous id that the unit gave.
    #[arg(long)]
    pub officer: OfficerId,
}
