//! `giapranh alert …`

pub mod life;

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use giapranh_domain::codes::Category;
use giapranh_domain::{AlertId, UnitId, ZoneId};
use uuid::Uuid;

use super::acting::{Acting, Released};
use super::draft::Ending;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Release an alert to border zones.
    Issue(Issue),
    /// Give an alert a new version: the whole alert again, with what has changed.
    Amend(Amend),
    /// End an alert.
    Withdraw(Withdraw),
    /// Say that the unit has seen an alert.
    Acknowledge(life::Acknowledge),
    /// Say that the unit can't carry out the action on its territory, or can again.
    Flag(life::Flag),
    /// Show an alert to fewer units for a time; two officers at one desk.
    Hide(life::Hide),
    /// Show a hidden alert to all again; two officers at one desk.
    Reveal(life::Reveal),
    /// What an alert says is gone everywhere, for good; two officers at one desk.
    Erase(life::Erase),
    /// Let an alert go on: a draft, or with two officers at one desk its next version.
    Extend(life::Extend),
    /// Take the innocent person out whose identity is misused, who no longer consents.
    ConsentWithdrawn(life::ConsentWithdrawn),
    /// Propose that two alerts belong together; another officer confirms it.
    Link(life::Link),
    /// Show with which alerts an alert may belong together.
    Links {
        /// The alert's number.
        alert: AlertId,
    },
    /// List alerts, newest first.
    List(List),
    /// Show an alert with all that was said about it.
    Show {
        /// Its number, such as hcm/2024/000123.
        alert: AlertId,
        /// As this node showed it at a moment: a position of its log, or a time as in
        /// 2024-05-31T14:00:00+07:00.
        #[arg(long, value_name = "MOMENT")]
        as_of: Option<String>,
    },
    /// Show which units hold an alert, and since when: the proof of delivery.
    Delivery {
        /// The alert's number.
        alert: AlertId,
    },
    /// Let events count that came late: the node had lost them and began a new epoch.
    Adopt(Adopt),
    /// Follow the live feed, one line an entry.
    Watch(Watch),
    /// Print the content of an invented alert, to start from.
    Example {
        /// What it is about.
        #[arg(value_parser = codes(Category::ALL, Category::code))]
        category: String,
    },
}

#[derive(Debug, Args)]
pub struct Issue {
    /// What it says, as JSON (see `alert example`); - reads stdin.
    #[arg(long, value_name = "FILE")]
    pub content: PathBuf,
    /// A zone that it goes to; may be repeated.
    #[arg(long = "zone", value_name = "ZONE", required = true, num_args = 1..)]
    pub zones: Vec<ZoneId>,
    #[command(flatten)]
    pub acting: Released,
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
    pub acting: Released,
}

#[derive(Debug, Args)]
pub struct Withdraw {
    /// The alert's number.
    pub alert: AlertId,
    #[command(flatten)]
    pub ending: Ending,
    #[command(flatten)]
    pub acting: Released,
}

#[derive(Debug, Args)]
pub struct Adopt {
    /// The alert's number.
    pub alert: AlertId,
    /// A late event, by the id that `alert show` gives; may be repeated.
    #[arg(long = "event", value_name = "EVENT_ID", required = true, num_args = 1..)]
    pub events: Vec<Uuid>,
    /// Why they are to count.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[command(flatten)]
    pub acting: Acting,
}

#[derive(Debug, Args)]
pub struct List {
    /// Only alerts of this zone.
    #[arg(long)]
    pub zone: Option<ZoneId>,
    /// Only alerts that stand so.
    #[arg(long, default_value = "active", value_parser = ["active", "hidden", "withdrawn", "expired", "awaited", "all"])]
    pub status: String,
    /// Only alerts that this unit issued.
    #[arg(long)]
    pub unit: Option<UnitId>,
    /// Only alerts of this category.
    #[arg(long, value_parser = codes(Category::ALL, Category::code))]
    pub category: Option<String>,
    /// Only alerts with all of these words, typed with or without their marks; the last may be a
    /// beginning.
    #[arg(long)]
    pub words: Option<String>,
    /// How many at most.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=500))]
    pub limit: u16,
    /// Where the last page ended: its "next".
    #[arg(long, value_name = "CURSOR")]
    pub after: Option<String>,
    /// As this node showed it at a moment: a position of its log, or a time as in
    /// 2024-05-31T14:00:00+07:00.
    #[arg(long, value_name = "MOMENT")]
    pub as_of: Option<String>,
}

#[derive(Debug, Args)]
pub struct Watch {
    /// Begin after this log position; with what is new when left out. 0 shows everything.
    #[arg(long, value_name = "POSITION")]
    pub after: Option<u64>,
    /// Stop after that many entries.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub count: Option<u64>,
}

/// The values of a closed list.
pub fn codes<T: Copy>(all: &'static [T], code: fn(T) -> &'static str) -> PossibleValuesParser {
    PossibleValuesParser::new(all.iter().map(|value| code(*value)))
}
