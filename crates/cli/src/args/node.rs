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
pub struct Run {
    /// NATS server, in place of the one in the node's configuration.
    #[arg(long, value_name = "URL")]
    pub nats: Option<String>,
    /// Loopback address for pages and reading, such as 127.0.0.1:8080.
    #[arg(long, value_name = "ADDRESS")]
    pub http: Option<String>,
}
