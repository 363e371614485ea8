//! `giapranh directory …`: nodes, their keys, and whose node keeps the directory.

use std::path::PathBuf;

use clap::{ArgGroup, Args};
use giapranh_domain::UnitId;
use giapranh_record::Hash;

use crate::args::acting::Acting;
use crate::args::decision::{Decision, hash};

#[derive(Debug, Args)]
pub struct Enrol {
    /// What `node init` or `node rotate` printed.
    #[arg(value_name = "FILE")]
    pub request: PathBuf,
    #[command(flatten)]
    pub decision: Decision,
}

#[derive(Debug, Args)]
pub struct Confirm {
    /// The unit whose node waits.
    #[arg(id = "enrolled", value_name = "UNIT")]
    pub enrolled: UnitId,
    /// The node's public key, as the unit itself reads it out.
    #[arg(long, value_name = "HEX", value_parser = hash)]
    pub key: Hash,
    #[command(flatten)]
    pub acting: Acting,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("last").required(true).args(["index", "nothing", "closed"]))]
pub struct Revoke {
    /// The unit whose node it is.
    pub unit: UnitId,
    /// Index of the last event that counts.
    #[arg(long, value_name = "N", requires = "hash")]
    pub index: Option<u64>,
    /// Leaf hash of that event.
    #[arg(long, value_name = "HEX", value_parser = hash, requires = "index")]
    pub hash: Option<Hash>,
    /// Nothing of the epoch counts.
    #[arg(long)]
    pub nothing: bool,
    /// The last event that counts is the one by which the node was closed.
    #[arg(long)]
    pub closed: bool,
    /// The epoch of its log; the newest when left out.
    #[arg(long, value_name = "N")]
    pub epoch: Option<u32>,
    /// Whether the key is no longer to be believed, or its log lost its tail and begins again.
    #[arg(long, default_value = "revoked", value_parser = ["revoked", "new-epoch"])]
    pub cause: String,
    #[command(flatten)]
    pub decision: Decision,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("served").required(true).args(["serves", "nobody"]))]
pub struct Serve {
    /// The unit whose node it is.
    pub node: UnitId,
    /// Every unit that it acts for from now on, beside its own.
    #[arg(value_name = "UNIT", num_args = 1..)]
    pub serves: Vec<UnitId>,
    /// It acts for its own unit alone.
    #[arg(long)]
    pub nobody: bool,
    #[command(flatten)]
    pub decision: Decision,
}

#[derive(Debug, Args)]
pub struct HandOver {
    /// The unit whose node keeps the directory from now on.
    pub unit: UnitId,
    #[command(flatten)]
    pub decision: Decision,
}

#[derive(Debug, Args)]
pub struct Propose {
    /// The last head that counts; the newest when left out. What came after it is void.
    #[arg(long, value_name = "N", conflicts_with = "founders")]
    pub after: Option<u64>,
    /// Propose founders instead, each with the key that its node has now; may be repeated.
    #[arg(id = "founders", long = "founder", value_name = "UNIT", num_args = 1.., requires = "threshold")]
    pub founders: Vec<UnitId>,
    /// How many of these founders must sign.
    #[arg(long, value_name = "N", requires = "founders")]
    pub threshold: Option<u32>,
}

#[derive(Debug, Args)]
pub struct Sign {
    /// The proposal, as `directory propose` or another founder printed it; - reads stdin.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

#[derive(Debug, Args)]
pub struct TakeOver {
    /// The proposal with the signatures of enough founders; - reads stdin.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

#[derive(Debug, Args)]
pub struct NameFounders {
    /// The proposal with the signatures of enough of the founders before; - reads stdin.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub decision: Decision,
}
