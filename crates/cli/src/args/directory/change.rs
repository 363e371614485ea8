//! `giapranh directory …`: units, rules, and many changes at once.

use std::path::PathBuf;

use clap::{ArgGroup, Args};
use giapranh_domain::codes::{Category, Deadline as Name, EndCause, Level};
use giapranh_domain::{UnitId, ZoneId};

use crate::args::acting::Officers;
use crate::args::alert::codes;
use crate::args::decision::{Decision, day};

#[derive(Debug, Args)]
pub struct Register {
    /// Its id, which is given once and never again: long-an_duc-hoa.
    #[arg(long, value_name = "UNIT")]
    pub id: UnitId,
    /// Its level.
    #[arg(long, value_parser = codes(Level::ALL, Level::code))]
    pub level: String,
    /// Its name.
    #[arg(long, value_name = "TEXT")]
    pub name: String,
    /// The statistics office's code for it.
    #[arg(long, value_name = "CODE")]
    pub code: String,
    /// The unit above it; a province has none.
    #[arg(long, value_name = "UNIT")]
    pub parent: Option<UnitId>,
    #[command(flatten)]
    pub decision: Decision,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("other").required(true).multiple(true).args(["name", "code"]))]
pub struct Rename {
    /// The unit.
    pub unit: UnitId,
    /// Its name from now on.
    #[arg(long, value_name = "TEXT")]
    pub name: Option<String>,
    /// Its official code from now on.
    #[arg(long, value_name = "CODE")]
    pub code: Option<String>,
    #[command(flatten)]
    pub decision: Decision,
}

#[derive(Debug, Args)]
pub struct Move {
    /// The unit.
    pub unit: UnitId,
    /// The unit above it from now on, of the same province.
    #[arg(long, value_name = "UNIT")]
    pub parent: UnitId,
    #[command(flatten)]
    pub decision: Decision,
}

#[derive(Debug, Args)]
pub struct End {
    /// The unit.
    pub unit: UnitId,
    /// Who answers for it from now on.
    #[arg(long, value_name = "UNIT")]
    pub successor: UnitId,
    /// How it ends.
    #[arg(long, default_value = "abolished", value_parser = codes(EndCause::ALL, EndCause::code))]
    pub cause: String,
    /// Of a split: a unit that came of it, the successor among them; may be repeated.
    #[arg(long = "part", value_name = "UNIT", num_args = 1..)]
    pub parts: Vec<UnitId>,
    #[command(flatten)]
    pub decision: Decision,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("who").required(true).args(["level", "unit"]))]
pub struct Allow {
    /// Every unit of this level.
    #[arg(long, value_parser = codes(Level::ALL, Level::code))]
    pub level: Option<String>,
    /// This unit, which goes by this rule alone then.
    #[arg(long)]
    pub unit: Option<UnitId>,
    /// What the alerts are about.
    #[arg(long, value_parser = codes(Category::ALL, Category::code))]
    pub category: String,
    /// Also to the whole cluster.
    #[arg(long, conflicts_with = "forbid")]
    pub cluster: bool,
    /// Only to this zone; to every zone that the unit is in when left out. May be repeated.
    #[arg(long = "zone", value_name = "ZONE", num_args = 1.., conflicts_with = "forbid")]
    pub zones: Vec<ZoneId>,
    /// Nowhere: takes the right away.
    #[arg(long)]
    pub forbid: bool,
    #[command(flatten)]
    pub decision: Decision,
}

#[derive(Debug, Args)]
pub struct Deadline {
    /// What has the time limit.
    #[arg(value_parser = codes(Name::ALL, Name::code))]
    pub name: String,
    /// How long it may take.
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    pub seconds: u32,
    #[command(flatten)]
    pub decision: Decision,
}

#[derive(Debug, Args)]
pub struct Change {
    /// JSON: a list of changes, or a whole decision as --dry-run prints it; - reads stdin.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The decision that it carries out; the file's own when left out.
    #[arg(long, value_name = "TEXT")]
    pub decision: Option<String>,
    /// The day from which it has effect; the file's own, or today in Vietnam, when left out.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub effective_from: Option<String>,
    #[command(flatten)]
    pub officers: Officers,
}

#[derive(Debug, Args)]
pub struct Reorganise {
    /// 1: district police end (1 March 2025). 2: provinces merge, communes are redrawn (1 July).
    #[arg(long, value_parser = ["1", "2"])]
    pub step: String,
    /// Folder with `units_2025.csv`, `reorganisation_2025.csv` and `adjacency_communes_2025.csv`, for
    /// step 2.
    #[arg(long, value_name = "DIR", required_if_eq("step", "2"))]
    pub data: Option<PathBuf>,
    /// Of a node that ends and can't be closed any more, what this log holds of it counts.
    #[arg(long)]
    pub last_known: bool,
    /// Print the decision as JSON, and decide nothing.
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub decision: Decision,
}
