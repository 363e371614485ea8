//! `giapranh quarantine …` and `giapranh held …`: what lies beside the log.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the messages that lie there, oldest first.
    List(List),
    /// Show why a message lies there, and what can be read of its header.
    Show(Show),
    /// Write a message's bytes, as they came, into a new file.
    Export(Export),
    /// Have messages judged again by the running node, after a fix.
    Rejudge(Rejudge),
}

/// Where it is read from.
#[derive(Debug, Args)]
pub struct Source {
    /// Read this log.db, of a stopped node or a copy, in place of the node of --dir.
    #[arg(long, value_name = "FILE")]
    pub log_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct List {
    /// Only messages that lie there for this reason, such as signature.
    #[arg(long, value_name = "REASON")]
    pub reason: Option<String>,
    /// How many at most.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=500))]
    pub limit: u16,
    /// Only messages with a greater number: where the last page ended.
    #[arg(long, value_name = "ID")]
    pub after: Option<u64>,
    #[command(flatten)]
    pub source: Source,
}

#[derive(Debug, Args)]
pub struct Show {
    /// Its number, as the list has it.
    #[arg(value_name = "ID")]
    pub id: u64,
    /// Also print its bytes, in hexadecimal digits.
    #[arg(long)]
    pub raw: bool,
    #[command(flatten)]
    pub source: Source,
}

#[derive(Debug, Args)]
pub struct Export {
    /// Its number, as the list has it.
    #[arg(value_name = "ID")]
    pub id: u64,
    /// The file to write, which must not exist; its owner alone may read it.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    #[command(flatten)]
    pub source: Source,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Rejudge {
    /// The message with this number.
    #[arg(value_name = "ID")]
    pub id: Option<u64>,
    /// Every message that lies there for this reason.
    #[arg(long, value_name = "REASON")]
    pub reason: Option<String>,
    /// Every message.
    #[arg(long)]
    pub all: bool,
}
