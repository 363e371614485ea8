//! `giapranh token …`

use std::path::PathBuf;

use clap::{Args, Subcommand};
use giapranh_domain::codes::Role;

use super::alert::codes;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Issue a token by which a program acts for who has signed in; its secret is shown this once.
    Issue(Issue),
    /// List the own tokens, without their secrets.
    List,
    /// End a token at once.
    Revoke {
        /// Its number, as `token list` shows it.
        #[arg(id = "token", value_name = "ID")]
        token: u64,
    },
}

#[derive(Debug, Args)]
pub struct Issue {
    /// What it is for.
    #[arg(long, value_name = "TEXT")]
    pub name: String,
    /// What may be done with it, of what the officer may; may be repeated.
    #[arg(id = "role", long = "role", value_name = "ROLE", value_parser = codes(Role::ALL, Role::code),
        required = true, num_args = 1..)]
    pub roles: Vec<String>,
    /// After how many days it ends by itself.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=366))]
    pub days: u16,
    /// Write the secret to this file, which must not exist, in place of stdout; for its owner alone.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}
