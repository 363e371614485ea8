//! `giapranh audit verify`: the first bytes of a file tell what it is.

use std::path::Path;

use anyhow::Result;
use giapranh_audit::log::{self, Report};
use giapranh_audit::{Anchor, Depth, Kept, Kind, NoteReport, recognise, verify_note};

use super::{evidence, log_of, notes, trusted};
use crate::args::Form;
use crate::args::audit::Verify;
use crate::commands::{Place, failure};
use crate::exit::{Exit, Failure};
use crate::output::{self, Facts, Rows};
use crate::progress::Progress;
use crate::{next, say};

/// Verifies a log, an evidence file, or a checkpoint or proof against a log.
pub fn run(place: &Place, arguments: &Verify) -> Result<()> {
    let anchor = trusted::read(arguments.anchor.as_deref())?;
    let file = log_of(&arguments.file);
    let kind = recognise(&file);
    let (checkpoints, log) = (&arguments.checkpoints, arguments.log_file.as_deref());
    match (kind, log) {
        (Kind::Log | Kind::Evidence, Some(_)) => {
            let line = format!("giapranh audit verify {}", next::quoted(&file));
            Err(Failure::new(Exit::Usage, say!("verify-by-itself")).next(line).into())
        }
        (Kind::Log, None) => {
            let depth = if arguments.quick { Depth::Chain } else { Depth::Strict };
            whole(place, depth, &file, anchor.as_ref(), &notes(checkpoints)?)
        }
        (_, _) if !checkpoints.is_empty() => {
            let line = format!("giapranh audit verify {}", next::quoted(&file));
            Err(Failure::new(Exit::Usage, say!("verify-own-checkpoints")).next(line).into())
        }
        (Kind::Evidence, None) => evidence::run(place, &file, anchor.as_ref()),
        (_, None) => Err(alone(&file, kind).into()),
        (_, Some(log)) => against(place, (&file, kind), &log_of(log), anchor.as_ref()),
    }
}

fn alone(file: &Path, kind: Kind) -> Failure {
    let what = match kind {
        Kind::Checkpoint => say!("note-checkpoint"),
        Kind::Inclusion => say!("note-inclusion"),
        _ => say!("note-consistency"),
    };
    let line = format!("giapranh audit verify {} --log-file LOG", next::quoted(file));
    let message = say!("note-alone", file = file.display().to_string(), what = what);
    Failure::new(Exit::Usage, message).next(line)
}

fn whole(
    place: &Place,
    depth: Depth,
    file: &Path,
    anchor: Option<&Anchor>,
    notes: &[giapranh_audit::Note],
) -> Result<()> {
    let mut progress = Progress::of("verified");
    let shown = &mut |done, total| progress.show(done, total);
    let report = log::verify_to(depth, file, anchor, notes, shown)
        .map_err(|error| failure::of_audit(&error))?;
    drop(progress);
    match place.form {
        Form::Json => output::json(&report)?,
        Form::Table => print(&report)?,
    }
    verdict(file, &report)
}

fn verdict(file: &Path, report: &Report) -> Result<()> {
    if report.holds() {
        return Ok(());
    }
    let name = file.display().to_string();
    let message = match report.faults.len() {
        0 => say!("checkpoint-not-confirmed", file = name),
        faults => say!("has-faults", file = name, faults = faults),
    };
    // What stood before the first fault can still be looked at.
    let sound = report.faults.iter().map(|fault| fault.position).min().unwrap_or_default();
    let line = match sound.saturating_sub(1) {
        0 => format!("giapranh --output json audit verify {}", next::quoted(file)),
        until => format!("giapranh audit replay {} --until {until}", next::quoted(file)),
    };
    Err(Failure::new(Exit::NotVerified, message).next(line).into())
}

fn against(
    place: &Place,
    (file, kind): (&Path, Kind),
    log: &Path,
    anchor: Option<&Anchor>,
) -> Result<()> {
    let mut progress = Progress::of("verified");
    let report: NoteReport =
        verify_note(file, kind, log, anchor, &mut |done, total| progress.show(done, total))
            .map_err(|error| failure::of_audit(&error))?;
    drop(progress);
    match place.form {
        Form::Json => output::json(&report)?,
        Form::Table => {
            print(&report.log)?;
            if let Some(inclusion) = &report.inclusion {
                let mut facts = Facts::default();
                let in_log = match inclusion.in_log {
                    Some(true) => say!("yes"),
                    Some(false) => say!("proof-another-event"),
                    None => say!("proof-no-event"),
                };
                facts.push("proof of index", inclusion.index);
                facts.push("leaf", &inclusion.leaf);
                let proven = if inclusion.proven { say!("yes") } else { say!("no-loud") };
                facts.push("in the signed tree", proven);
                facts.push("in the log", in_log);
                output::line("")?;
                output::facts(&facts)?;
            }
        }
    }
    verdict(log, &report.log)?;
    if report.holds() {
        return Ok(());
    }
    let message = say!("proof-not-of-log", file = file.display().to_string());
    let line = format!("giapranh audit verify {}", next::quoted(log));
    Err(Failure::new(Exit::NotVerified, message).next(line).into())
}

fn print(report: &Report) -> Result<()> {
    let mut facts = Facts::default();
    let anchor = if report.anchor_known { say!("anchor-given") } else { say!("anchor-of-log") };
    facts.push("log of", &report.unit);
    facts.push("events", report.events);
    facts.push("signatures checked", report.signatures_checked);
    facts.push("directory head", report.directory_head);
    facts.push("registrar", &report.registrar);
    facts.push("anchor", format!("{} ({anchor})", report.anchor));
    if let Some(position) = report.receipted {
        facts.push("receipts up to position", position);
    }
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
    print_checkpoints(&report.checkpoints)?;
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

fn print_checkpoints(checkpoints: &[Kept]) -> Result<()> {
    if checkpoints.is_empty() {
        return Ok(());
    }
    let mut rows = Rows::new(&["CHECKPOINT", "TREE", "SIZE", "HOLDS", "WHY"]);
    for kept in checkpoints {
        let tree = format!("{}/{}", kept.origin, kept.epoch);
        let holds = if kept.holds() { say!("yes") } else { say!("no-loud") };
        rows.push([&kept.name, &tree, &kept.size, &holds, &kept.what]);
    }
    output::line("")?;
    output::rows(&rows)?;
    Ok(())
}
