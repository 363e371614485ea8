//! `giapranh node …`

use std::path::PathBuf;

use clap::{Args, Subcommand};
use giapranh_domain::UnitId;

use super::acting::Acting;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a node in --dir and print its enrolment request for the registrar.
    Init(Init),
    /// Run the node of --dir until SIGINT or SIGTERM.
    Run(Run),
    /// Say how the running node of --dir is.
    Status,
    /// Copy the log of --dir into a file; the node may be running.
    Backup(Backup),
    /// Print the enrolment request of --dir again.
    Request(Request),
    /// Close the running node of --dir for good: it signs nothing more with its key.
    Close(Close),
    /// Give the closed and stopped node of --dir new keys, and print its enrolment request.
    Rotate(Rotate),
    /// Copy the log of a closed node, whole, for the unit that answers for its unit.
    Handover(Handover),
    /// Take over the log of a unit that ended; the node of --dir must be stopped.
    TakeOver(TakeOver),
    /// Put a backup, or an empty log, in the place of a lost one: what peers hold comes back.
    Restore(Restore),
    /// Go on in a new epoch, because what the node signed last can't be found again.
    BeginEpoch,
}

#[derive(Debug, Args)]
pub struct Init {
    /// The unit whose node it is.
    #[arg(long)]
    pub unit: UnitId,
    /// The registrar's anchor.toml; without it this node is the registrar, and its own is written.
    #[arg(long, value_name = "FILE")]
    pub anchor: Option<PathBuf>,
    /// Another unit of the province that the node acts for; may be repeated.
    #[arg(long = "serves", value_name = "UNIT")]
    pub serves: Vec<UnitId>,
    #[command(flatten)]
    pub exchange: Exchange,
}

/// Where a new node exchanges; all of it can be written into node.toml later.
#[derive(Debug, Args)]
pub struct Exchange {
    /// NATS server; none: exchange nothing. Without one the node keeps a private nats-server.
    #[arg(long, value_name = "URL|none")]
    pub nats: Option<String>,
    /// The server's configuration is rendered from the directory: log in with the node's nkey.
    #[arg(long)]
    pub isolated: bool,
    /// On how many servers of a cluster the province's stream is kept; 1 when left out.
    #[arg(long, value_name = "N", value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..=5))]
    pub replicas: Option<usize>,
    /// The authority's certificate. A path that is not absolute begins in --dir; so with the others.
    #[arg(long, value_name = "FILE", requires = "tls_certificate", requires = "tls_key")]
    pub tls_ca: Option<PathBuf>,
    /// The node's certificate.
    #[arg(long, value_name = "FILE", requires = "tls_ca")]
    pub tls_certificate: Option<PathBuf>,
    /// The key of the node's certificate, which its owner alone may read.
    #[arg(long, value_name = "FILE", requires = "tls_ca")]
    pub tls_key: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Request {
    /// Another unit of the province that the node acts for; may be repeated.
    #[arg(long = "serves", value_name = "UNIT")]
    pub serves: Vec<UnitId>,
}

#[derive(Debug, Args)]
pub struct Close {
    /// Why it is closed.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[command(flatten)]
    pub acting: Acting,
}

#[derive(Debug, Args)]
pub struct Rotate {
    /// Another unit of the province that the node acts for; may be repeated.
    #[arg(long = "serves", value_name = "UNIT")]
    pub serves: Vec<UnitId>,
}

#[derive(Debug, Args)]
pub struct Handover {
    /// The file to be written; it must not exist yet.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub struct TakeOver {
    /// What `node handover` wrote.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

#[derive(Debug, Args)]
pub struct Restore {
    /// What `node backup` wrote; without it the log begins empty.
    #[arg(long, value_name = "FILE")]
    pub backup: Option<PathBuf>,
    /// The epoch of the node's key, which a backup knows by itself.
    #[arg(long, value_name = "N", default_value_t = 1, conflicts_with = "backup")]
    pub epoch: u32,
}

#[derive(Debug, Args)]
pub struct Backup {
    /// The file to be written; it must not exist yet.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub struct Run {
    /// NATS server, in place of the one in the node's configuration; none: exchange nothing.
    ///
    /// Without an address here and in node.toml the node is alone and keeps a private nats-server,
    /// found on PATH or named by `GIAPRANH_NATS_SERVER`. A second node can't join that one: give both
    /// of them the address of a server.
    #[arg(long, value_name = "URL|none")]
    pub nats: Option<String>,
    /// Loopback address for pages and reading, such as 127.0.0.1:8080.
    #[arg(long, value_name = "ADDRESS")]
    pub http: Option<String>,
    /// Loopback address for /livez, /readyz and /metrics, such as 127.0.0.1:9464.
    #[arg(long, value_name = "ADDRESS")]
    pub monitor: Option<String>,
}
