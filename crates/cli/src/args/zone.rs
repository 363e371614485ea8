//! `giapranh zone …`

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};
use giapranh_domain::{UnitId, ZoneId};
use uuid::Uuid;

use super::acting::Acting;
use super::decision::{Decision, until, until_text};
use crate::say;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the border zones.
    List,
    /// Show a zone with its members.
    Show {
        /// Its id, such as hcm-long-an.
        zone: ZoneId,
    },
    /// Define a zone.
    Define(Define),
    /// Give a zone another name, or other members.
    Redraw(Redraw),
    /// Split a zone into others: they are defined, and it ends.
    Split(Split),
    /// End a zone: nothing new is issued there, and what is there goes on.
    End(End),
    /// Ask the registrar for a neighbour's zone, for a time.
    Request(Request),
    /// List the requests for zones that wait for the registrar.
    Requests,
    /// Grant a unit a neighbour's zone, for a time.
    Grant(Grant),
    /// Say which units touch across a line of provinces and are in no common zone.
    Coverage(Coverage),
}

#[derive(Debug, Args)]
pub struct Define {
    /// Its id, which is given once and never again: hcm-long-an.
    #[arg(id = "id", value_name = "ZONE")]
    pub id: ZoneId,
    /// Its name.
    #[arg(long, value_name = "TEXT")]
    pub name: String,
    /// A member; may be repeated.
    #[arg(long = "member", value_name = "UNIT", num_args = 1.., required = true)]
    pub members: Vec<UnitId>,
    /// That all members are of one province is meant.
    #[arg(long)]
    pub one_province: bool,
    #[command(flatten)]
    pub decision: Decision,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("otherwise").required(true).multiple(true).args(["name", "join", "leave"]))]
pub struct Redraw {
    /// The zone.
    pub zone: ZoneId,
    /// Its name from now on.
    #[arg(long, value_name = "TEXT")]
    pub name: Option<String>,
    /// A unit that is a member from now on; may be repeated.
    #[arg(long, value_name = "UNIT", num_args = 1..)]
    pub join: Vec<UnitId>,
    /// A member that is none from now on; may be repeated.
    #[arg(long, value_name = "UNIT", num_args = 1..)]
    pub leave: Vec<UnitId>,
    #[command(flatten)]
    pub decision: Decision,
}

#[derive(Debug, Args)]
pub struct Split {
    /// The zone.
    pub zone: ZoneId,
    /// A zone that comes of it: id, name and members, as a=Vùng A:unit,unit; at least two.
    #[arg(long, value_name = "PART", value_parser = part, num_args = 1.., required = true)]
    pub into: Vec<Part>,
    /// That all members of one of them are of one province is meant.
    #[arg(long)]
    pub one_province: bool,
    #[command(flatten)]
    pub decision: Decision,
}

#[derive(Debug, Args)]
pub struct End {
    /// The zone.
    pub zone: ZoneId,
    #[command(flatten)]
    pub decision: Decision,
}

#[derive(Debug, Args)]
pub struct Request {
    /// The zone.
    pub zone: ZoneId,
    /// Until when: the end of a day such as 2026-12-31, or a moment.
    #[arg(long, value_name = "DATE|MOMENT", value_parser = until_text)]
    pub until: String,
    /// What it is needed for.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[command(flatten)]
    pub acting: Acting,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").required(true).args(["event", "zone"]))]
pub struct Grant {
    /// The request that is granted, as `zone requests` lists it.
    #[arg(value_name = "EVENT_ID")]
    pub event: Option<Uuid>,
    /// Without a request: the zone …
    #[arg(long, requires = "unit", requires = "until")]
    pub zone: Option<ZoneId>,
    /// … and the unit.
    #[arg(long, conflicts_with = "event")]
    pub unit: Option<UnitId>,
    /// Until when: the end of a day, or a moment; as requested when left out.
    #[arg(long, value_name = "DATE|MOMENT", value_parser = until)]
    pub until: Option<u64>,
    #[command(flatten)]
    pub decision: Decision,
}

#[derive(Debug, Args)]
pub struct Coverage {
    /// Folder with `adjacency.csv`, and `adjacency_communes_2025.csv` once the provinces have merged.
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
}

/// A zone that comes of a split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its id.
    pub id: ZoneId,
    /// Its name.
    pub name: String,
    /// Its members.
    pub members: Vec<UnitId>,
}

/// `a=Vùng A:unit,unit`. A name may have colons in it.
fn part(text: &str) -> Result<Part, String> {
    let parsed = || {
        let (id, rest) = text.split_once('=')?;
        let (name, members) = rest.rsplit_once(':')?;
        let members = members.split(',').map(|unit| unit.trim().parse().ok());
        let (id, name) = (id.trim().parse().ok()?, name.trim().to_owned());
        let members: Option<Vec<UnitId>> = members.collect();
        Some(Part { id, name, members: members? }).filter(|part| !part.name.is_empty())
    };
    parsed().ok_or_else(|| say!("write-a-part"))
}
