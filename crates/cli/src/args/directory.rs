//! `giapranh directory …`

pub mod change;
pub mod node;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use giapranh_domain::{UnitId, ZoneId};

use super::decision::{At, at, day};

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write the first units, zones, rules and nodes into the registrar's log.
    Found(Found),
    /// Print the anchor that other nodes are made with, the founders' keys in it.
    Anchor,
    /// Show the directory as it is, or as it was on a day or under a head.
    Show(Show),
    /// Say what differs between two days or heads.
    Diff(Diff),
    /// List the decisions, each with the head that it made.
    Log,
    /// List the nodes that wait for their province's word, and those closed and not cut yet.
    Pending,
    /// Enrol a node, or its new key after it was closed.
    Enrol(node::Enrol),
    /// Say, as a province, that a key is the one of a unit's node.
    Confirm(node::Confirm),
    /// Say how far the log of a node counts: what lies beyond is refused and disowned.
    Revoke(node::Revoke),
    /// Set the units that a node acts for, beside its own.
    Serve(node::Serve),
    /// Register a unit.
    Register(change::Register),
    /// Give a unit another name or official code.
    Rename(change::Rename),
    /// Put a unit under another parent in its province.
    Move(change::Move),
    /// End a unit; its successor answers for it, and the log of its node ends.
    End(change::End),
    /// Say who may issue alerts of a category, and where.
    Allow(change::Allow),
    /// Set how long something may take.
    Deadline(change::Deadline),
    /// Give the directory to the node of another unit.
    HandOver(node::HandOver),
    /// Decide the changes of a file, all of them together or none.
    Change(change::Change),
    /// Take a step of the reorganisation of 2025.
    Reorganise(change::Reorganise),
    /// Print what founders sign to put this node in the registrar's place, or to name other founders.
    Propose(node::Propose),
    /// Print such a proposal with this founder's signature added.
    Sign(node::Sign),
    /// Put this stopped node in the registrar's place, with a proposal that enough founders signed.
    TakeOver(node::TakeOver),
    /// Say, as the registrar, whom enough founders have named to come after them.
    NameFounders(node::NameFounders),
}

#[derive(Debug, Args)]
pub struct Found {
    /// Folder with units.csv, adjacency.csv and authority.csv.
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// Enrolment request of a node, as printed by `node init`; may be repeated.
    #[arg(long = "request", value_name = "FILE", num_args = 1.., required = true)]
    pub requests: Vec<PathBuf>,
    /// The decision that it rests on.
    #[arg(long, value_name = "TEXT", default_value = "303/QCPH")]
    pub decision: String,
    /// The day from which it holds, such as 2020-10-29.
    #[arg(long, value_name = "DATE", default_value = "2020-10-29", value_parser = day)]
    pub effective_from: String,
}

#[derive(Debug, Args)]
pub struct Show {
    /// As it was at the end of this day, such as 2025-02-28.
    #[arg(long, value_name = "DATE", value_parser = day, conflicts_with = "head")]
    pub at: Option<String>,
    /// As it was under this head.
    #[arg(long, value_name = "N")]
    pub head: Option<u64>,
    /// Only this unit, with all that became of it.
    #[arg(long, conflicts_with = "zone")]
    pub unit: Option<UnitId>,
    /// Only this zone, with its members.
    #[arg(long)]
    pub zone: Option<ZoneId>,
}

#[derive(Debug, Args)]
pub struct Diff {
    /// The earlier one: a day such as 2025-02-28, or a head such as head:12.
    #[arg(value_name = "DATE|head:N", value_parser = at)]
    pub first: At,
    /// The later one.
    #[arg(value_name = "DATE|head:N", value_parser = at)]
    pub second: At,
}
