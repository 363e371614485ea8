//! `giapranh audit …`

use std::path::PathBuf;

use clap::{Args, Subcommand};
use giapranh_domain::time::{Millis, moment};

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check every signature, chain and tree of a log.
    Verify(Verify),
    /// Show what a node knew at a moment.
    Replay(Replay),
}

#[derive(Debug, Args)]
pub struct Verify {
    /// The log: a node's log.db or a copy of it.
    #[arg(value_name = "LOG")]
    pub file: PathBuf,
    /// The anchor.toml, or the registrar's public key in hex, from a source that is not the log's.
    #[arg(long, value_name = "FILE|HEX")]
    pub anchor: Option<String>,
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

/// Where a replay ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// With the event at this log position.
    Position(u64),
    /// With what had arrived then.
    Moment(Millis),
}

fn until(text: &str) -> Result<Until, String> {
    if text.bytes().all(|byte| byte.is_ascii_digit())
        && let Ok(position) = text.parse()
    {
        return Ok(Until::Position(position));
    }
    moment(text).map(Until::Moment).ok_or_else(|| {
        "write a log position such as 120, a moment such as 2024-05-31T14:00:00+07:00, or a day"
            .to_owned()
    })
}
