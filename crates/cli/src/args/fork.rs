//! `giapranh fork …`

use clap::{Args, Subcommand};
use giapranh_domain::UnitId;

use super::acting::Acting;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the forks that were found, by origin.
    List,
    /// Show the forks of an origin: who says so, and what was decided.
    Show {
        /// The unit whose log forked.
        #[arg(value_name = "UNIT")]
        origin: UnitId,
    },
    /// Let this node go on with an origin: what it holds is judged again. No other node hears of it.
    Decide(Decide),
}

#[derive(Debug, Args)]
pub struct Decide {
    /// The unit whose log forked.
    #[arg(value_name = "UNIT")]
    pub origin: UnitId,
    /// Which life of its log.
    #[arg(long, value_name = "N")]
    pub epoch: u32,
    /// Why it is to go on: what was found out.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[command(flatten)]
    pub acting: Acting,
}
