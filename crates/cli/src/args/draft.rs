//! `giapranh draft …`: what one officer writes and another one releases.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use giapranh_domain::codes::{ErasureGround, WithdrawalReason};
use giapranh_domain::{AlertId, UnitId, ZoneId};

use super::acting::Acting;
use super::alert::codes;
use super::decision::until_text;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Begin the draft of a new alert; it gets its number now.
    New(New),
    /// Begin the draft of an alert's next version.
    Amend(Amend),
    /// Begin the draft of an alert's end.
    Withdraw(Withdraw),
    /// Begin the draft of hiding an alert for a time.
    Hide(Hide),
    /// Begin the draft of showing a hidden alert to all again.
    Reveal(Reveal),
    /// Begin a draft by which what an alert says is gone everywhere, for good.
    Erase(Erase),
    /// Keep a next version of a draft.
    Save(Save),
    /// Hand a draft to the approving officers.
    Submit(Choose),
    /// Give a draft back to who wrote it.
    Return(Decide),
    /// Release a draft: it takes effect.
    Approve(Choose),
    /// Give a draft up.
    Discard(Decide),
    /// List drafts, those that wait first.
    List {
        /// Only drafts that are so far.
        #[arg(id = "state", long = "state", value_name = "STATE",
            value_parser = ["writing", "waiting", "returned", "released", "discarded"])]
        state: Option<String>,
    },
    /// Show a draft, and how it differs from the alert as it is.
    Show {
        /// The alert's number.
        alert: AlertId,
    },
}

#[derive(Debug, Args)]
pub struct New {
    /// What it says, as JSON (see `alert example`); - reads stdin.
    #[arg(long, value_name = "FILE")]
    pub content: PathBuf,
    /// A zone that it goes to; may be repeated.
    #[arg(long = "zone", value_name = "ZONE", required = true, num_args = 1..)]
    pub zones: Vec<ZoneId>,
    #[command(flatten)]
    pub acting: Acting,
}

#[derive(Debug, Args)]
pub struct Amend {
    /// The alert's number.
    pub alert: AlertId,
    /// What it says from now on, whole, as JSON; - reads stdin.
    #[arg(long, value_name = "FILE")]
    pub content: PathBuf,
    /// Why it is amended.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// A zone that it has from now on; as before when left out. May be repeated.
    #[arg(long = "zone", value_name = "ZONE", num_args = 1..)]
    pub zones: Vec<ZoneId>,
    #[command(flatten)]
    pub acting: Acting,
}

/// Why and by what an alert ends.
#[derive(Debug, Args)]
pub struct Ending {
    /// Why it ends.
    #[arg(long, value_parser = codes(WithdrawalReason::ALL, WithdrawalReason::code))]
    pub reason: String,
    /// Number of the decision that ends it.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub decision_number: String,
    /// Anything else that readers should know.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub note: String,
}

#[derive(Debug, Args)]
pub struct Withdraw {
    /// The alert's number.
    pub alert: AlertId,
    #[command(flatten)]
    pub ending: Ending,
    #[command(flatten)]
    pub acting: Acting,
}

/// For how long an alert is hidden, and from whom it is not.
#[derive(Debug, Args)]
pub struct Hiding {
    /// Until when: the end of a day such as 2026-12-31, or a moment.
    #[arg(long, value_name = "DATE|MOMENT", value_parser = until_text)]
    pub until: String,
    /// A unit that it is still shown to, beside who answers for it; may be repeated.
    #[arg(id = "shown_to", long = "shown-to", value_name = "UNIT", num_args = 1..)]
    pub units: Vec<UnitId>,
    /// Why it is hidden.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

#[derive(Debug, Args)]
pub struct Hide {
    /// The alert's number.
    pub alert: AlertId,
    #[command(flatten)]
    pub hiding: Hiding,
    #[command(flatten)]
    pub acting: Acting,
}

#[derive(Debug, Args)]
pub struct Reveal {
    /// The alert's number.
    pub alert: AlertId,
    /// Why it is shown again.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[command(flatten)]
    pub acting: Acting,
}

#[derive(Debug, Args)]
pub struct Erase {
    /// The alert's number.
    pub alert: AlertId,
    #[command(flatten)]
    pub erasing: Erasing,
    #[command(flatten)]
    pub acting: Acting,
}

/// On what an erasure rests.
#[derive(Debug, Args)]
pub struct Erasing {
    /// Why it has to be gone before its time.
    #[arg(long, value_parser = codes(ErasureGround::ALL, ErasureGround::code))]
    pub ground: String,
    /// The number of the decision; it stays for good, so never a name.
    #[arg(id = "decision_number", long = "decision", value_name = "NUMBER", default_value = "")]
    pub decision_number: String,
}

#[derive(Debug, Args)]
pub struct Save {
    /// The alert's number.
    pub alert: AlertId,
    /// What it says from now on, whole, as JSON; - reads stdin.
    #[arg(long, value_name = "FILE")]
    pub content: PathBuf,
    /// A zone that it has from now on; as in the draft when left out. May be repeated.
    #[arg(long = "zone", value_name = "ZONE", num_args = 1..)]
    pub zones: Vec<ZoneId>,
    /// Why the alert is amended; as in the draft when left out.
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// The version that it was written from; the newest when left out.
    #[arg(id = "draft_version", long = "version", value_name = "N")]
    pub version: Option<u32>,
    #[command(flatten)]
    pub acting: Acting,
}

#[derive(Debug, Args)]
pub struct Choose {
    /// The alert's number.
    pub alert: AlertId,
    /// The version that was looked at; the newest when left out.
    #[arg(id = "draft_version", long = "version", value_name = "N")]
    pub version: Option<u32>,
    #[command(flatten)]
    pub acting: Acting,
}

#[derive(Debug, Args)]
pub struct Decide {
    /// The alert's number.
    pub alert: AlertId,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// The version that was looked at; the newest when left out.
    #[arg(id = "draft_version", long = "version", value_name = "N")]
    pub version: Option<u32>,
    #[command(flatten)]
    pub acting: Acting,
}
