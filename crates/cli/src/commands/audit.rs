//! `giapranh audit …`: needs the log's file and nobody's cooperation.

use std::path::Path;

use anyhow::Result;
use giapranh_node::Anchor;
use giapranh_node::audit::{self, Report};
use serde::Deserialize;

use super::{Place, failure, list};
use crate::args::Form;
use crate::args::audit::{Command, Replay, Until, Verify};
use crate::exit::{Exit, Failure};
use crate::output::{self, Facts, Rows};
use crate::progress::Progress;

/// Does a command of this group.
pub fn run(place: &Place, command: Command) -> Result<()> {
    match command {
        Command::Verify(arguments) => verify(place, &arguments),
        Command::Replay(arguments) => replay(place, &arguments),
    }
}

/// What the auditor trusts, from a source that is not the log's.
enum Trusted {
    Nothing,
    Anchor(Anchor),
    Key(String),
}

impl Trusted {
    fn read(text: Option<&str>) -> Result<Self> {
        let Some(text) = text else {
            return Ok(Self::Nothing);
        };
        if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(Self::Key(text.to_ascii_lowercase()));
        }
        let anchor = Anchor::load(Path::new(text)).map_err(|error| failure::of_node(&error))?;
        Ok(Self::Anchor(anchor))
    }

    fn anchor(&self) -> Option<&Anchor> {
        match self {
            Self::Anchor(anchor) => Some(anchor),
            Self::Nothing | Self::Key(_) => None,
        }
    }

    /// Holds a report against a key that was given alone.
    fn confirm(&self, report: &mut Report) -> Result<(), Failure> {
        let Self::Key(key) = self else {
            return Ok(());
        };
        if *key != report.anchor {
            let message = format!(
                "the log trusts the registrar {} with key {}, the anchor given is {key}: it belongs \
                 to another cluster, or somebody replaced it",
                report.registrar, report.anchor
            );
            return Err(Failure::new(Exit::NotVerified, message));
        }
        report.anchor_known = true;
        Ok(())
    }
}

fn verify(place: &Place, arguments: &Verify) -> Result<()> {
    let trusted = Trusted::read(arguments.anchor.as_deref())?;
    let mut progress = Progress::of("verified");
    let mut report = audit::verify(&arguments.file, trusted.anchor(), &mut |done, total| {
        progress.show(done, total);
    })
    .map_err(|error| failure::of_audit(&error))?;
    drop(progress);
    trusted.confirm(&mut report)?;
    match place.form {
        Form::Json => output::json(&report)?,
        Form::Table => print(&report)?,
    }
    match report.faults.len() {
        0 => Ok(()),
        faults => {
            let message = format!("{} has {faults} faults", arguments.file.display());
            Err(Failure::new(Exit::NotVerified, message).into())
        }
    }
}

fn print(report: &Report) -> Result<()> {
    let mut facts = Facts::default();
    let anchor = if report.anchor_known { "as given" } else { "the log's own: not proven" };
    facts.push("log of", &report.unit);
    facts.push("events", report.events);
    facts.push("signatures checked", report.signatures_checked);
    facts.push("directory head", report.directory_head);
    facts.push("registrar", &report.registrar);
    facts.push("anchor", format!("{} ({anchor})", report.anchor));
    facts.push("faults", report.faults.len());
    output::facts(&facts)?;
    let mut feeds = Rows::new(&["FEED", "EPOCH", "ZONE", "SEQ", "HASH"]);
    for feed in &report.feeds {
        feeds.push([&feed.origin, &feed.epoch, &feed.zone, &feed.seq, &feed.hash]);
    }
    output::line("")?;
    output::rows(&feeds)?;
    let mut trees = Rows::new(&["TREE", "EPOCH", "SIZE", "ROOT"]);
    for tree in &report.trees {
        trees.push([&tree.origin, &tree.epoch, &tree.size, &tree.root]);
    }
    output::line("")?;
    output::rows(&trees)?;
    if !report.faults.is_empty() {
        let mut faults = Rows::new(&["POSITION", "FAULT"]);
        for fault in &report.faults {
            faults.push([&fault.position, &fault.what]);
        }
        output::line("")?;
        output::rows(&faults)?;
    }
    Ok(())
}

fn replay(place: &Place, arguments: &Replay) -> Result<()> {
    let until = match arguments.until {
        Until::Position(position) => audit::Until::Position(position),
        Until::Moment(moment) => audit::Until::Arrival(moment),
    };
    let mut progress = Progress::of("folded");
    let replay = audit::replay(&arguments.file, until, &mut |done, head| {
        progress.show(done, head);
    })
    .map_err(|error| failure::of_audit(&error))?;
    drop(progress);
    let value = serde_json::to_value(&replay)?;
    if place.form == Form::Json {
        output::json(&value)?;
        return Ok(());
    }
    let mut facts = Facts::default();
    facts.push("log of", &replay.unit);
    facts.push("position", replay.position);
    facts.push("events", replay.events);
    facts.push("digest", &replay.digest);
    facts.push_json("", &value["counters"]);
    output::facts(&facts)?;
    output::line("")?;
    let alerts: Vec<list::AlertRow> = Vec::deserialize(&value["alerts"])?;
    output::rows(&list::rows(&alerts))?;
    Ok(())
}
