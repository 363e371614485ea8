//! `giapranh audit verify` of an evidence file, and what was made of a log.

use std::path::Path;

use anyhow::Result;
use giapranh_audit::Anchor;
use giapranh_audit::evidence::{EventRow, Report, Selection, verify_file};

use crate::args::Form;
use crate::commands::{Place, failure};
use crate::exit::{Exit, Failure};
use crate::output::{self, Facts, Rows};
use crate::progress::Progress;
use crate::words::code;
use crate::{next, say};

/// Rows that a table shows of each kind; JSON has all.
const SHOWN: usize = 500;

/// Verifies an evidence file and prints what it proves.
pub fn run(place: &Place, file: &Path, anchor: Option<&Anchor>) -> Result<()> {
    let report = verified(file, anchor)?;
    match place.form {
        Form::Json => output::json(&report)?,
        Form::Table => print(&report)?,
    }
    verdict(file, &report)
}

/// Verifies an evidence file.
pub fn verified(file: &Path, anchor: Option<&Anchor>) -> Result<Report> {
    let mut progress = Progress::of("verified");
    let report = verify_file(file, anchor, &mut |done, total| progress.show(done, total));
    Ok(report.map_err(|error| failure::of_audit(&error))?)
}

/// Whether everything holds.
pub fn verdict(file: &Path, report: &Report) -> Result<()> {
    if report.holds() {
        return Ok(());
    }
    let faults = report.faults.len() as u64 + report.faults_omitted;
    let file = file.display().to_string();
    let line = format!("giapranh --output json audit verify {}", next::quoted(Path::new(&file)));
    let message = say!("has-faults", file = file, faults = faults);
    Err(Failure::new(Exit::NotVerified, message).next(line).into())
}

fn print(report: &Report) -> Result<()> {
    let mut facts = Facts::default();
    let anchor = if report.anchor_known { say!("anchor-given") } else { say!("anchor-of-file") };
    facts.push("evidence", report.selection.as_ref().map(asked).unwrap_or_default());
    if let Some(log) = &report.log {
        let of = say!(
            "evidence-of-log",
            unit = log.unit.as_str(),
            epoch = log.epoch.to_string(),
            position = log.head.to_string(),
        );
        facts.push("from the log of", of);
    }
    facts.push("made", &report.made);
    facts.push("by", &report.program);
    facts.push("registrar", &report.registrar);
    facts.push("anchor", format!("{} ({anchor})", report.anchor));
    facts.push("directory head", report.directory_head);
    facts.push("signatures checked", report.signatures_checked);
    let proven = report.events.iter().filter(|event| event.in_checkpoint.is_some()).count();
    let count = report.events.len();
    facts.push("events", say!("evidence-events", count = count, proven = proven));
    facts.push("faults", report.faults.len() as u64 + report.faults_omitted);
    output::facts(&facts)?;
    print_proofs(report)?;
    print_events(&report.events)?;
    print_feeds(report)?;
    print_faults(report)
}

fn asked(selection: &Selection) -> String {
    match selection {
        Selection::Alert(alert) => say!("evidence-alert", alert = alert.as_str()),
        Selection::Zone(zone) => say!("evidence-zone", zone = zone.as_str()),
        Selection::Range(from, to) => {
            say!("evidence-range", from = from.to_string(), to = to.to_string())
        }
        Selection::ProofOf(alert) => say!("evidence-proof", alert = alert.as_str()),
        Selection::Consistency { origin, epoch, from, to } => say!(
            "evidence-growth",
            origin = origin.as_str(),
            epoch = epoch.to_string(),
            from = from.to_string(),
            to = to.to_string(),
        ),
    }
}

fn print_proofs(report: &Report) -> Result<()> {
    let mut rows = Rows::new(&["CHECKPOINT", "EPOCH", "SIZE", "ROOT", "EVENTS IN IT", "GREW FROM"]);
    for row in &report.checkpoints {
        let grew_to = |(origin, epoch, size): (&String, u32, u64)| {
            (origin, epoch, size) == (&row.origin, row.epoch, row.size)
        };
        let from: Vec<String> = report
            .consistencies
            .iter()
            .filter(|proof| grew_to((&proof.origin, proof.epoch, proof.new)))
            .map(|proof| proof.old.to_string())
            .collect();
        rows.push([&row.origin, &row.epoch, &row.size, &row.root, &row.proven, &from.join(", ")]);
    }
    if !report.checkpoints.is_empty() {
        output::line("")?;
        output::rows(&rows)?;
    }
    if !report.undisclosed.is_empty() {
        let mut rows = Rows::new(&["NOT DISCLOSED", "EPOCH", "INDEX", "LEAF", "IN TREE OF"]);
        for row in report.undisclosed.iter().take(SHOWN) {
            rows.push([&row.origin, &row.epoch, &row.index, &row.leaf, &row.in_checkpoint]);
        }
        output::line("")?;
        output::rows(&rows)?;
        more(report.undisclosed.len())?;
    }
    Ok(())
}

fn print_events(events: &[EventRow]) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    let mut rows =
        Rows::new(&["EVENT", "KIND", "ALERT", "RECORDED", "VERDICT", "SIGNED", "IN TREE OF"]);
    for event in events.iter().take(SHOWN) {
        let value = serde_json::to_value(event)?;
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let verdict = match text("why") {
            why if why.is_empty() => code("verdict", &text("verdict")),
            why => format!("{} ({})", code("verdict", &text("verdict")), code("why", &why)),
        };
        let sound = if event.sound { say!("yes") } else { say!("no-loud") };
        let size = event.in_checkpoint.map_or_else(|| "-".to_owned(), |size| size.to_string());
        let name = format!("{}/{}/{}", event.origin, event.epoch, event.index);
        rows.push([
            &name,
            &code("kind", &event.kind),
            &text("alert"),
            &text("recorded"),
            &verdict,
            &sound,
            &size,
        ]);
    }
    output::line("")?;
    output::rows(&rows)?;
    more(events.len())
}

fn print_feeds(report: &Report) -> Result<()> {
    if report.feeds.is_empty() {
        return Ok(());
    }
    let mut rows = Rows::new(&["FEED", "EPOCH", "ZONE", "CONTAINED", "LOG HELD UP TO"]);
    for feed in report.feeds.iter().take(SHOWN) {
        rows.push([&feed.origin, &feed.epoch, &feed.zone, &feed.seqs, &feed.head_seq]);
    }
    output::line("")?;
    output::rows(&rows)?;
    more(report.feeds.len())
}

fn print_faults(report: &Report) -> Result<()> {
    if report.faults.is_empty() {
        return Ok(());
    }
    let mut rows = Rows::new(&["PART", "BYTES", "CODE", "FAULT"]);
    for fault in report.faults.iter().take(SHOWN) {
        let bytes = fault.bytes.map(|(from, to)| format!("{from}..{to}")).unwrap_or_default();
        rows.push([&fault.part, &bytes, &fault.code, &fault.what]);
    }
    output::line("")?;
    output::rows(&rows)?;
    more(report.faults.len())
}

fn more(count: usize) -> Result<()> {
    if count > SHOWN {
        output::line(&say!("more-in-json", count = count - SHOWN))?;
    }
    Ok(())
}
