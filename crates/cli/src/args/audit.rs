//! `giapranh audit …`

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};
use giapranh_domain::time::{Millis, moment};
use giapranh_domain::{AlertId, ZoneId};

use crate::say;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check every signature, chain and tree of a log, or everything in an evidence file.
    Verify(Verify),
    /// Show what a node knew at a moment.
    Replay(Replay),
    /// Export events as an evidence file, which verifies with nothing else at hand.
    Export(Export),
    /// Prove without disclosing: that an alert's events stand in this node's tree, or that the tree
    /// only grew.
    Prove(Prove),
    /// Print this node's tree as a signed checkpoint, to be kept by others.
    Checkpoint(Checkpoint),
    /// Make an auditor's key; its public half is for who exports to you.
    Key {
        /// The file to make, which must not exist; its owner alone may read it.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Read what an evidence file says, with the keys that were granted to you.
    Read(Read),
    /// Say what two logs, or two moments of one, differ in.
    Diff(Diff),
}

#[derive(Debug, Args)]
pub struct Verify {
    /// A node's log.db or a copy of it, an evidence file, or a checkpoint or proof with --log-file.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The anchor.toml, or the registrar's public key in hex, from a source that is not the file's.
    #[arg(long, value_name = "FILE|HEX")]
    pub anchor: Option<String>,
    /// Checkpoints kept from earlier: does the log still hold what was signed? May be repeated.
    #[arg(long = "checkpoint", value_name = "NOTE", num_args = 1..)]
    pub checkpoints: Vec<PathBuf>,
    /// Of a log: check the newest signature of each run only. It proves the authors of all before
    /// it; it is quick, and no evidence that every signature is one.
    #[arg(long)]
    pub quick: bool,
    /// The log that a checkpoint or proof is held against.
    #[arg(long, value_name = "LOG", conflicts_with = "checkpoints")]
    pub log_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Replay {
    /// The log: a node's log.db or a copy of it.
    #[arg(value_name = "LOG")]
    pub file: PathBuf,
    /// The last position, or the moment of arrival: 2024-05-31T14:00:00+07:00, or the end of a day.
    #[arg(long, value_name = "POSITION|MOMENT", value_parser = until)]
    pub until: Until,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("selection").required(true).args(["alert", "zone", "range"]))]
pub struct Export {
    /// Every event about this alert.
    #[arg(long, value_name = "ALERT")]
    pub alert: Option<AlertId>,
    /// Every event of this zone.
    #[arg(long, value_name = "ZONE")]
    pub zone: Option<ZoneId>,
    /// Every published event at these log positions, both ends included: 120..180.
    #[arg(long, value_name = "FROM..TO", value_parser = range)]
    pub range: Option<(u64, u64)>,
    /// The evidence file to make, which must not exist; its owner alone may read it.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Also grant the keys of what is exported to this auditor, in FILE.keys: the public half of the
    /// auditor's key, 64 hexadecimal digits.
    #[arg(long, value_name = "HEX", conflicts_with = "log_file")]
    pub keys_for: Option<String>,
    /// Export from this log instead of the node's; nothing is signed then.
    #[arg(long, value_name = "LOG")]
    pub log_file: Option<PathBuf>,
    /// Checkpoints of origins, by which their events are proven; may be repeated.
    #[arg(long = "checkpoint", value_name = "NOTE", num_args = 1..)]
    pub checkpoints: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Read {
    /// The evidence file.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The keys that were granted with it; FILE.keys when left out.
    #[arg(long, value_name = "FILE")]
    pub keys: Option<PathBuf>,
    /// The auditor's key that opens them.
    #[arg(long, value_name = "FILE")]
    pub key: PathBuf,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("subject").required(true).args(["alert", "from"]))]
pub struct Prove {
    /// The alert whose events, as far as this node published them, are proven and not disclosed.
    #[arg(value_name = "ALERT")]
    pub alert: Option<AlertId>,
    /// The smaller tree: how many events it had, or a checkpoint of it.
    #[arg(long, value_name = "SIZE|NOTE", value_parser = size)]
    pub from: Option<Size>,
    /// The larger tree; without it the tree as it is now.
    #[arg(long, value_name = "SIZE|NOTE", value_parser = size, requires = "from", conflicts_with = "alert")]
    pub to: Option<Size>,
    /// The evidence file to make, which must not exist.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub struct Checkpoint {
    /// Write it to this file, which must not exist, instead of to stdout.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Diff {
    /// A log, or a node's directory.
    #[arg(value_name = "LOG")]
    pub first: PathBuf,
    /// Another one.
    #[arg(value_name = "OTHER", required_unless_present = "at", conflicts_with = "at")]
    pub second: Option<PathBuf>,
    /// Compare LOG with itself: as it was at this position or moment …
    #[arg(long, value_name = "POSITION|MOMENT", value_parser = until, requires = "and")]
    pub at: Option<Until>,
    /// … and at this one.
    #[arg(long, value_name = "POSITION|MOMENT", value_parser = until, requires = "at")]
    pub and: Option<Until>,
}

/// Where a replay ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// With the event at this log position.
    Position(u64),
    /// With what had arrived then.
    Moment(Millis),
}

/// One end of a proof that a tree grew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Size {
    /// So many events.
    Events(u64),
    /// As a checkpoint has it.
    Note(PathBuf),
}

fn until(text: &str) -> Result<Until, String> {
    if let Some(position) = number(text) {
        return Ok(Until::Position(position));
    }
    moment(text).map(Until::Moment).ok_or_else(|| say!("write-a-moment"))
}

fn range(text: &str) -> Result<(u64, u64), String> {
    text.split_once("..")
        .and_then(|(from, to)| Some((number(from)?, number(to)?)))
        .filter(|(from, to)| (1..=*to).contains(from))
        .ok_or_else(|| say!("write-a-range"))
}

#[allow(clippy::unnecessary_wraps, reason = "clap wants a parser that may refuse")]
fn size(text: &str) -> Result<Size, String> {
    Ok(number(text).map_or_else(|| Size::Note(text.into()), Size::Events))
}

fn number(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}
