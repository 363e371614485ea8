//! Making an evidence file out of a log: what was asked for, with the directory and the proofs that
//! whoever receives it needs.
//!
//! Twice through the log: first the places of the events are noted, then their bytes are written one
//! by one. So memory holds numbers and hashes, whatever is exported.

mod choose;
mod outline;
mod trees;

use std::path::{Path, PathBuf};

use giapranh_domain::time::rfc3339;
use giapranh_domain::{AlertId, Millis, ZoneId};
use giapranh_log::{Identity, Reader};
use giapranh_record::{Hash, Signer};
use serde::Serialize;

use crate::evidence::{Counts, FORMAT, Manifest, Origin, Selection, Trusted};
use crate::note::Note;
use crate::tree::TreeId;
use crate::trust::Learner;
use crate::{AuditError, checkpoint};

use outline::Outline;
use trees::Planned;

/// What is exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Select {
    /// Every event about an alert.
    Alert(AlertId),
    /// Every event of a zone.
    Zone(ZoneId),
    /// Every published event at these positions, both ends included.
    Range(u64, u64),
}

/// Where evidence comes from.
pub struct Source<'a> {
    /// The log.
    pub log: &'a Path,
    /// The key of the log's own node, which signs a fresh checkpoint of its tree; without it there
    /// is none.
    pub signer: Option<&'a dyn Signer>,
    /// Checkpoints that somebody kept.
    pub notes: &'a [Note],
    /// Now.
    pub now: Millis,
    /// Name and version of the program.
    pub program: &'a str,
}

/// A file that was made.
#[derive(Debug, Clone, Serialize)]
pub struct Made {
    /// Where it is.
    pub path: PathBuf,
    /// Its bytes.
    pub bytes: u64,
    /// Its parts.
    pub parts: u64,
    /// Of which kinds.
    pub counts: Counts,
    /// What it does not prove, and why.
    pub remarks: Vec<String>,
}

/// Exports events as an evidence file.
pub fn export(
    source: &Source<'_>,
    select: &Select,
    out: &Path,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Made, AuditError> {
    let (reader, identity) = open(source)?;
    let head = reader.head()?;
    let chosen = choose::choose(&reader, &identity, select, head, progress)?;
    let learner = Learner::of_log(&reader)?;
    let mut planned = Planned::of_notes(&reader, &learner, source.notes)?;
    if let Some(signer) = source.signer {
        planned.add_own(&reader, signer)?;
    }
    let selection = match select {
        Select::Alert(alert) => Selection::Alert(alert.to_string()),
        Select::Zone(zone) => Selection::Zone(zone.to_string()),
        Select::Range(from, to) => Selection::Range(*from, *to),
    };
    planned.prove(&chosen);
    let remarks = planned.remarks(&chosen);
    Outline {
        reader: &reader,
        manifest: manifest(source, &identity, head, selection),
        directory: chosen.directory,
        undone: chosen.undone,
        events: chosen.events,
        feeds: chosen.feeds,
        trees: planned.into_trees(),
        remarks,
    }
    .write(out, progress)
}

/// Proves that the events of an alert which the log's own node published stand in its tree, without
/// disclosing them.
pub fn prove_alert(
    source: &Source<'_>,
    signer: &dyn Signer,
    alert: &AlertId,
    out: &Path,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Made, AuditError> {
    let (reader, identity) = open(source)?;
    let head = reader.head()?;
    let own = |header: &giapranh_record::Header| {
        header.origin == identity.unit && header.epoch == identity.epoch && !header.is_local()
    };
    let indices: Vec<u64> = reader
        .of_alert(&alert.to_string(), head)?
        .iter()
        .map(|stored| stored.event.header())
        .filter(|header| own(header))
        .map(|header| header.index)
        .collect();
    if indices.is_empty() {
        let what = format!("event about {alert} that {} itself published", identity.unit);
        return Err(AuditError::Nothing(what));
    }
    let mut planned = Planned::default();
    planned.add_own(&reader, signer)?;
    planned.prove_indices(&own_tree(&identity), indices);
    let selection = Selection::ProofOf(alert.to_string());
    undisclosing(source, &reader, &identity, head, selection, planned)?.write(out, progress)
}

/// One end of a proof of consistency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Size {
    /// The tree as it was with so many events.
    Events(u64),
    /// The tree of a checkpoint that somebody kept.
    Kept(Note),
    /// The tree as it is.
    Now,
}

/// Proves that the tree of the log's own node only grew from one size to another.
pub fn prove_growth(
    source: &Source<'_>,
    signer: &dyn Signer,
    (from, to): (&Size, &Size),
    out: &Path,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Made, AuditError> {
    let (reader, identity) = open(source)?;
    let head = reader.head()?;
    let learner = Learner::of_log(&reader)?;
    let (tree, grown) = checkpoint::own(&reader, signer)?;
    let mut planned = Planned::default();
    let mut end = |size: &Size| -> Result<u64, AuditError> {
        let note = match size {
            Size::Kept(note) => return planned.add_note(&learner, note, (&tree, &grown)),
            Size::Events(size) => checkpoint::at(&tree, &grown, *size)?,
            Size::Now => checkpoint::at(&tree, &grown, grown.size())?,
        };
        planned.add(&tree, note.size, note.sign(signer));
        Ok(note.size)
    };
    let (old, new) = (end(from)?, end(to)?);
    if old == 0 || old >= new {
        let what = format!(
            "a tree of {new} events does not grow out of one of {old}: choose two sizes, the \
             smaller one (1 or more) first"
        );
        return Err(AuditError::Request(what));
    }
    planned.grow(&tree, grown, (old, new));
    let TreeId { origin, epoch } = tree;
    let selection = Selection::Consistency { origin, epoch, from: old, to: new };
    undisclosing(source, &reader, &identity, head, selection, planned)?.write(out, progress)
}

fn open(source: &Source<'_>) -> Result<(Reader, Identity), AuditError> {
    let reader = Reader::open(source.log)?;
    let identity = reader.identity()?;
    Ok((reader, identity))
}

fn own_tree(identity: &Identity) -> TreeId {
    TreeId { origin: identity.unit.clone(), epoch: identity.epoch }
}

/// A file of proofs alone, with the directory that tells whose key it is.
fn undisclosing<'a>(
    source: &Source<'_>,
    reader: &'a Reader,
    identity: &Identity,
    head: u64,
    selection: Selection,
    planned: Planned,
) -> Result<Outline<'a>, AuditError> {
    let (directory, undone) = choose::directory(reader, identity)?;
    Ok(Outline {
        reader,
        manifest: manifest(source, identity, head, selection),
        directory,
        undone,
        events: Vec::new(),
        feeds: Vec::new(),
        trees: planned.into_trees(),
        remarks: Vec::new(),
    })
}

/// A manifest that does not know yet what is contained.
fn manifest(source: &Source<'_>, identity: &Identity, head: u64, selection: Selection) -> Manifest {
    Manifest {
        format: FORMAT.to_owned(),
        program: source.program.to_owned(),
        made: rfc3339(source.now),
        log: Origin { unit: identity.unit.clone(), epoch: identity.epoch, head },
        selection,
        anchor: Trusted {
            registrar: identity.registrar.clone(),
            public_key: Hash(identity.anchor.to_bytes()).to_string(),
        },
        directory_head: 0,
        counts: Counts::default(),
        feeds: Vec::new(),
    }
}
