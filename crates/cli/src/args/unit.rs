//! `giapranh unit …`

use clap::{Args, Subcommand};
use giapranh_domain::codes::Level;
use giapranh_domain::{UnitId, ZoneId};

use super::alert::codes;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// List units.
    List(Units),
}

#[derive(Debug, Args)]
pub struct Units {
    /// Only units of this level.
    #[arg(long, value_parser = codes(Level::ALL, Level::code))]
    pub level: Option<String>,
    /// Only units directly under this one.
    #[arg(long, value_name = "UNIT")]
    pub parent: Option<UnitId>,
    /// Only members of this zone.
    #[arg(long)]
    pub zone: Option<ZoneId>,
}
