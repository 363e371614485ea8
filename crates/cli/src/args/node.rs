//! `giapranh node …`

use std::path::PathBuf;

use clap::{Args, Subcommand};
use giapranh_domain::UnitId;

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
}
