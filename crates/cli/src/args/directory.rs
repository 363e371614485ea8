//! `giapranh directory …`

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write the first units, zones, rules and nodes into the registrar's log.
    Found(Found),
    /// Print the anchor that other nodes are made with.
    Anchor,
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
    #[arg(long, value_name = "DATE", default_value = "2020-10-29", value_parser = date)]
    pub effective_from: String,
}

fn date(text: &str) -> Result<String, String> {
    match giapranh_domain::time::date(text) {
        Some(_) => Ok(text.to_owned()),
        None => Err(crate::say!("write-a-day")),
    }
}
