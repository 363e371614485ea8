//! `giapranh alert …`: what becomes of an alert, and what units add to it.

use clap::{ArgGroup, Args};
use giapranh_domain::AlertId;
use giapranh_domain::codes::Relation;

use super::codes;
use crate::args::acting::{Acting, Released};
use crate::args::decision::until_text;
use crate::args::draft::{Erasing, Hiding};

#[derive(Debug, Args)]
pub struct Acknowledge {
    /// The alert's number.
    pub alert: AlertId,
    /// The version that was seen; the newest here when left out.
    #[arg(id = "alert_version", long = "version", value_name = "N")]
    pub version: Option<u32>,
    #[command(flatten)]
    pub acting: Acting,
}

#[derive(Debug, Args)]
pub struct Flag {
    /// The alert's number.
    pub alert: AlertId,
    /// Why the unit can't carry out the action; with --lift, why it can again.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Take the unit's flag back.
    #[arg(long)]
    pub lift: bool,
    #[command(flatten)]
    pub acting: Acting,
}

#[derive(Debug, Args)]
pub struct Hide {
    /// The alert's number.
    pub alert: AlertId,
    #[command(flatten)]
    pub hiding: Hiding,
    #[command(flatten)]
    pub acting: Released,
}

#[derive(Debug, Args)]
pub struct Reveal {
    /// The alert's number.
    pub alert: AlertId,
    /// Why it is shown again.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[command(flatten)]
    pub acting: Released,
}

#[derive(Debug, Args)]
pub struct Erase {
    /// The alert's number.
    pub alert: AlertId,
    #[command(flatten)]
    pub erasing: Erasing,
    #[command(flatten)]
    pub acting: Released,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("moved").required(true).multiple(true).args(["expires", "review_by"]))]
pub struct Extend {
    /// The alert's number.
    pub alert: AlertId,
    /// When it expires from now on: the end of a day, or a moment.
    #[arg(long, value_name = "DATE|MOMENT", value_parser = until_text)]
    pub expires: Option<String>,
    /// By when it is reviewed from now on: the end of a day, or a moment.
    #[arg(long, value_name = "DATE|MOMENT", value_parser = until_text)]
    pub review_by: Option<String>,
    /// Why it goes on: what the review found.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[command(flatten)]
    pub acting: Released,
}

#[derive(Debug, Args)]
pub struct Link {
    /// The alert's number.
    pub alert: AlertId,
    /// The number of the alert that may belong to it.
    #[arg(value_name = "ALERT")]
    pub other: AlertId,
    /// In what they belong together.
    #[arg(long, value_parser = codes(Relation::ALL, Relation::code))]
    pub relation: String,
    /// On what that rests.
    #[arg(long, value_name = "TEXT")]
    pub grounds: String,
    #[command(flatten)]
    pub acting: Acting,
}

#[derive(Debug, Args)]
pub struct ConsentWithdrawn {
    /// The alert's number.
    pub alert: AlertId,
    /// What stands in the alert as the reason of its next version.
    #[arg(long, value_name = "TEXT", default_value = "Người bị mạo danh đã rút lại sự đồng ý")]
    pub reason: String,
    #[command(flatten)]
    pub acting: Acting,
}
