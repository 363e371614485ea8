//! Verifying an evidence file: everything is looked at, every fault is listed.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use crate::AuditError;
use crate::evidence::container::{Part, Parts};
use crate::evidence::directory::Registry;
use crate::evidence::events::{Events, Scene};
use crate::evidence::fault::{Code, Faults};
use crate::evidence::manifest::{Counts, FeedContext, Manifest, Selection};
use crate::evidence::name::Name;
use crate::evidence::proofs::Proofs;
use crate::evidence::report::Report;
use crate::trust::{Anchor, trusted};

/// Bytes read at once.
const BUFFER: usize = 256 * 1024;
/// Parts between two words of progress.
const STEP: u64 = 256;

/// Verifies an evidence file, with nothing else at hand. Faults are in the report; an error means
/// that the file can't be read at all.
pub fn verify_file(
    path: &Path,
    anchor: Option<&Anchor>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Report, AuditError> {
    let file = File::open(path).map_err(AuditError::io(path))?;
    let length = file.metadata().map_err(AuditError::io(path))?.len();
    let input = BufReader::with_capacity(BUFFER, file);
    verify(input, anchor, &mut |read| progress(read, length)).map_err(AuditError::io(path))
}

/// Verifies evidence that is read as a stream; `progress` hears how many bytes were read.
pub fn verify(
    input: impl BufRead,
    anchor: Option<&Anchor>,
    progress: &mut dyn FnMut(u64),
) -> std::io::Result<Report> {
    let mut judge = Judge {
        anchor,
        faults: Faults::default(),
        manifest: None,
        manifest_range: None,
        registry: None,
        events: Events::default(),
        proofs: Proofs::default(),
        counts: Counts::default(),
    };
    let mut parts = Parts::new(input);
    let is_evidence = parts.begin(&mut judge.faults)?;
    while let Some(part) = parts.next(&mut judge.faults)? {
        if parts.count % STEP == 1 {
            progress(parts.offset);
        }
        judge.take(part);
    }
    progress(parts.offset);
    Ok(judge.finish(is_evidence, parts.offset))
}

struct Judge<'a> {
    anchor: Option<&'a Anchor>,
    faults: Faults,
    manifest: Option<Manifest>,
    /// Where it lies in the file.
    manifest_range: Option<(u64, u64)>,
    /// Not without a manifest whose anchor is one.
    registry: Option<Registry>,
    events: Events,
    proofs: Proofs,
    counts: Counts,
}

impl Judge<'_> {
    fn take(&mut self, part: Part) {
        self.count(&part.name);
        if part.name == Name::Manifest {
            self.begin(&part);
            return;
        }
        let (Some(registry), Some(manifest)) = (&mut self.registry, &self.manifest) else {
            // Without an anchor nobody's key is known: `finish` says so.
            return;
        };
        let (faults, selection) = (&mut self.faults, &manifest.selection);
        if !matches!(part.name, Name::Event(_)) {
            self.events.settle(&mut Scene { registry, selection, faults });
        }
        match part.name.clone() {
            Name::Manifest => {}
            Name::Directory(head) => registry.take(head, part, faults),
            Name::Undone(by, head) => registry.take_undone((by, head), part, faults),
            Name::Event(at) => {
                self.events.take(at, part, &mut Scene { registry, selection, faults });
            }
            Name::Checkpoint(tree, size) => {
                let keys = registry.learner().keys();
                self.proofs.take_checkpoint((tree, size), &part, keys, faults);
            }
            Name::Inclusion(at) => {
                let contained = (&mut self.events, &*registry);
                self.proofs.take_inclusion(at, &part, contained, (selection, faults));
            }
            Name::Consistency(tree, old, new) => {
                self.proofs.take_consistency((tree, old, new), &part, faults);
            }
        }
    }

    fn count(&mut self, name: &Name) {
        match name {
            // Of what was undone nothing follows but keys.
            Name::Manifest | Name::Undone(..) => {}
            Name::Directory(_) => self.counts.directory += 1,
            Name::Event(_) => self.counts.events += 1,
            Name::Checkpoint(..) => self.counts.checkpoints += 1,
            Name::Inclusion(_) => self.counts.inclusions += 1,
            Name::Consistency(..) => self.counts.consistencies += 1,
        }
    }

    /// Takes the manifest, with which everything begins.
    fn begin(&mut self, part: &Part) {
        let range = Some(part.range);
        self.manifest_range = range;
        let manifest = match Manifest::parse(&part.bytes) {
            Ok(manifest) => manifest,
            Err(what) => return self.faults.push(Name::Manifest, range, Code::Manifest, what),
        };
        let Some((registrar, key)) = manifest.anchor.key() else {
            let what = "its anchor is no unit with an Ed25519 key";
            return self.faults.push(Name::Manifest, range, Code::Manifest, what);
        };
        if let Some(given) = self.anchor
            && !given.agrees(registrar.as_str(), &key)
        {
            let what = format!(
                "the file trusts the registrar {}, the anchor given is {}: it belongs to another \
                 cluster, or somebody made it up. What follows is judged by the file's own anchor",
                trusted(registrar.as_str(), &key),
                given.describe(),
            );
            self.faults.push(Name::Manifest, range, Code::Anchor, what);
        }
        self.registry = Some(Registry::new(registrar, key));
        self.manifest = Some(manifest);
    }

    fn finish(mut self, is_evidence: bool, bytes: u64) -> Report {
        if let (Some(manifest), Some(registry)) = (&self.manifest, &mut self.registry) {
            let (faults, selection) = (&mut self.faults, &manifest.selection);
            self.events.finish(&mut Scene { registry, selection, faults });
            let differing = differing(manifest, &self.counts, &self.events, &self.proofs);
            for what in differing {
                self.faults.push(Name::Manifest, self.manifest_range, Code::Manifest, what);
            }
        } else if is_evidence {
            let what = "without a manifest and its anchor nothing can be judged";
            self.faults.push(Name::Manifest, None, Code::Manifest, what);
        }
        let (anchor, registrar) = match &self.manifest {
            Some(manifest) => {
                (manifest.anchor.public_key.clone(), manifest.anchor.registrar.clone())
            }
            None => Default::default(),
        };
        let refuted = self.faults.listed.iter().any(|fault| fault.code == Code::Anchor);
        let directory_signatures = self.registry.as_ref().map_or(0, |registry| registry.signatures);
        let claimed = self.manifest;
        Report {
            bytes,
            program: claimed.as_ref().map(|m| m.program.clone()).unwrap_or_default(),
            made: claimed.as_ref().map(|m| m.made.clone()).unwrap_or_default(),
            log: claimed.as_ref().map(|m| m.log.clone()),
            selection: claimed.as_ref().map(|m| m.selection.clone()),
            registrar,
            anchor,
            anchor_known: self.anchor.is_some() && claimed.is_some() && !refuted,
            directory_head: self.counts.directory,
            parts: self.counts,
            signatures_checked: directory_signatures + self.events.signatures,
            feeds: claimed.map(|m| m.feeds).unwrap_or_default(),
            checkpoints: self.proofs.checkpoints(),
            events: self.events.rows,
            undisclosed: self.proofs.undisclosed,
            consistencies: self.proofs.consistencies,
            faults: self.faults.listed,
            faults_omitted: self.faults.omitted,
        }
    }
}

/// What a manifest says otherwise than the file shows.
fn differing(
    manifest: &Manifest,
    counts: &Counts,
    events: &Events,
    proofs: &Proofs,
) -> Vec<String> {
    let mut differing = Vec::new();
    if manifest.counts != *counts {
        differing.push("it counts other parts than are contained".to_owned());
    }
    if manifest.directory_head != counts.directory {
        differing.push(format!(
            "it says that the directory ends at {}, {} of its events are contained",
            manifest.directory_head, counts.directory
        ));
    }
    if let Selection::Range(from, to) = manifest.selection
        && counts.events > to - from + 1
    {
        differing.push("more events are contained than its range has".to_owned());
    }
    if let Selection::Consistency { origin, epoch, from, to } = &manifest.selection {
        let asked = |row: &crate::evidence::ConsistencyRow| {
            (&row.origin, &row.epoch, &row.old, &row.new) == (origin, epoch, from, to)
        };
        if !proofs.consistencies.iter().any(asked) {
            differing
                .push("the proof of consistency that was asked for is not contained".to_owned());
        }
    }
    let mut claimed = manifest.feeds.iter();
    for contained in events.feeds() {
        match claimed.next() {
            Some(claim) if is_context(claim, &contained) => {}
            _ => {
                let FeedContext { origin, epoch, zone, seqs, .. } = contained;
                differing.push(format!(
                    "of the feed {origin}/{epoch}/{zone} seqs {seqs} are contained; it says \
                     something else, or its feeds are not in order"
                ));
                return differing;
            }
        }
    }
    if claimed.next().is_some() {
        differing.push("it names a feed of which no event is contained".to_owned());
    }
    differing
}

/// Whether what the manifest says of a feed can be so.
fn is_context(claim: &FeedContext, contained: &FeedContext) -> bool {
    let same_feed = (&claim.origin, claim.epoch, &claim.zone)
        == (&contained.origin, contained.epoch, &contained.zone);
    same_feed
        && claim.seqs == contained.seqs
        && claim.head_seq >= contained.head_seq
        && (claim.head_seq > contained.head_seq || claim.head_hash == contained.head_hash)
}
