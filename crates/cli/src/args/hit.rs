//! `giapranh hit …`

use clap::{Args, Subcommand};
use giapranh_domain::codes::{AnswerResult, Certainty, Outcome, Urgency};
use giapranh_domain::{AlertId, UnitId};
use uuid::Uuid;

use super::acting::Acting;
use super::alert::codes;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Report that what an alert is about was found.
    Report(Report),
    /// Send the reports that are kept because the line to the node failed: each once.
    Send(SendKept),
    /// Answer a hit on an own alert: is it the one?
    Answer(Answer),
    /// Say how a hit ended.
    Conclude(Conclude),
}

impl Command {
    /// Whether it is about one hit that is no report: then those that are kept may go along.
    pub fn is_about_one(&self) -> bool {
        matches!(self, Self::Answer(_) | Self::Conclude(_))
    }
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

#[derive(Debug, Args)]
pub struct Conclude {
    /// The alert's number.
    pub alert: AlertId,
    /// The event id of the hit, as `alert show` prints it.
    #[arg(long, value_name = "EVENT_ID")]
    pub hit: Uuid,
    /// How it ended.
    #[arg(long, value_parser = codes(Outcome::ALL, Outcome::code))]
    pub outcome: String,
    /// When, such as 2024-05-31T14:00:00+07:00.
    #[arg(long, value_name = "MOMENT")]
    pub at: String,
    /// The unit to which it was handed over.
    #[arg(id = "handed_to", long = "handed-to", value_name = "UNIT")]
    pub handed_to: Option<UnitId>,
    /// Anything else that the other unit should know.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub note: String,
    #[command(flatten)]
    pub acting: Acting,
}

#[derive(Debug, Args)]
pub struct SendKept {
    /// Give up a kept report that was refused, by its number, and send the others.
    #[arg(id = "drop", long = "drop", value_name = "EVENT_ID")]
    pub drop: Option<Uuid>,
}
