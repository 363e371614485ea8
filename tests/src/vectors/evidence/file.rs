//! The evidence file as the page says it: parts, and a manifest that fits them.

use std::collections::BTreeMap;

use giapranh_record::event::Event;
use giapranh_record::{Hash, Signer as _, Verified};
use serde::Serialize;

use super::super::world;

const FIRST_LINE: &str = "giapranh-evidence/1\n";

/// A part before it is written.
#[derive(Debug, Clone)]
pub struct Part {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What an exporter chose; the manifest follows from it.
#[derive(Clone)]
pub struct Evidence {
    pub selection: Selection,
    pub anchor: Trusted,
    pub directory: Vec<Part>,
    /// What founders undid.
    pub undone: Vec<Part>,
    pub events: Vec<Part>,
    pub checkpoints: Vec<Part>,
    pub inclusions: Vec<Part>,
    pub consistencies: Vec<Part>,
    /// What is changed in the manifest before it is written.
    pub manifest: fn(&mut Manifest),
}

#[derive(Serialize)]
pub struct Manifest {
    pub format: &'static str,
    pub program: &'static str,
    pub made: &'static str,
    pub log: Origin,
    pub selection: Selection,
    pub anchor: Trusted,
    pub directory_head: u64,
    pub counts: Counts,
    pub feeds: Vec<Feed>,
}

#[derive(Serialize)]
pub struct Origin {
    pub unit: &'static str,
    pub epoch: u32,
    pub head: u64,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Selection {
    Alert(&'static str),
    Zone(&'static str),
    Range(u64, u64),
    ProofOf(&'static str),
    Consistency { origin: &'static str, epoch: u32, from: u64, to: u64 },
}

#[derive(Debug, Clone, Serialize)]
pub struct Trusted {
    pub registrar: String,
    pub public_key: String,
}

#[derive(Serialize)]
pub struct Counts {
    pub directory: u64,
    pub events: u64,
    pub checkpoints: u64,
    pub inclusions: u64,
    pub consistencies: u64,
}

#[derive(Serialize)]
pub struct Feed {
    pub origin: String,
    pub epoch: u32,
    pub zone: String,
    pub seqs: String,
    pub head_seq: u64,
    pub head_hash: String,
}

impl Part {
    pub fn new(name: impl Into<String>, bytes: &[u8]) -> Self {
        Self { name: name.into(), bytes: bytes.to_vec() }
    }

    /// The part of an event, under the name that it says itself.
    pub fn event(event: &Verified) -> Self {
        let header = event.header();
        let name = format!("event/{}/{}/{}", header.origin, header.epoch, header.index);
        Self::new(name, event.bytes())
    }

    /// The part of an event of the directory.
    pub fn directory(seq: usize, event: &Verified) -> Self {
        Self::new(format!("directory/{seq}"), event.bytes())
    }
}

impl Trusted {
    /// The anchor of a unit's key.
    pub fn of(unit: &str) -> Self {
        let public_key = world::key(unit).public_key().to_hex();
        Self { registrar: unit.to_owned(), public_key }
    }
}

impl Evidence {
    /// The parts in their order, the manifest first.
    pub fn parts(&self) -> Vec<Part> {
        let mut manifest = self.fitting();
        (self.manifest)(&mut manifest);
        let manifest = serde_json::to_vec(&manifest).unwrap_or_default();
        let first = [Part::new("manifest", &manifest)];
        let rest = [
            &self.directory,
            &self.undone,
            &self.events,
            &self.checkpoints,
            &self.inclusions,
            &self.consistencies,
        ];
        first.into_iter().chain(rest.into_iter().flatten().cloned()).collect()
    }

    pub fn file(&self) -> Vec<u8> {
        file(&self.parts())
    }

    fn fitting(&self) -> Manifest {
        let count = |parts: &[Part]| parts.len() as u64;
        Manifest {
            format: "giapranh-evidence/1",
            program: "giapranh 0.1.0",
            made: "2024-06-01T07:30:00+07:00",
            log: Origin { unit: world::LONG_AN, epoch: 1, head: 18 },
            selection: self.selection.clone(),
            anchor: self.anchor.clone(),
            directory_head: count(&self.directory),
            counts: Counts {
                directory: count(&self.directory),
                events: count(&self.events),
                checkpoints: count(&self.checkpoints),
                inclusions: count(&self.inclusions),
                consistencies: count(&self.consistencies),
            },
            feeds: self.feeds(),
        }
    }

    /// The feeds of what is contained and can be read; each ends with its newest contained event.
    fn feeds(&self) -> Vec<Feed> {
        let mut feeds: BTreeMap<(String, u32, String), Vec<(u64, Hash)>> = BTreeMap::new();
        let events = self.events.iter().filter_map(|part| {
            let event = Event::parse(part.bytes.clone().into()).ok()?;
            let header = event.header();
            let said = format!("event/{}/{}/{}", header.origin, header.epoch, header.index);
            (said == part.name && !header.is_local()).then_some(event)
        });
        for event in events {
            let header = event.header();
            for link in &header.links {
                let feed = (header.origin.clone(), header.epoch, link.zone.clone());
                let seqs = feeds.entry(feed).or_default();
                if seqs.last().is_none_or(|(seq, _)| link.seq > *seq) {
                    seqs.push((link.seq, event.leaf()));
                }
            }
        }
        let feed = |((origin, epoch, zone), seqs): ((_, _, _), Vec<(u64, Hash)>)| {
            let (head_seq, head) = seqs.last().copied().unwrap_or((0, Hash::ZERO));
            let seqs: Vec<u64> = seqs.iter().map(|(seq, _)| *seq).collect();
            Feed { origin, epoch, zone, seqs: ranges(&seqs), head_seq, head_hash: head.to_string() }
        };
        feeds.into_iter().map(feed).collect()
    }
}

/// Ascending numbers as `3-7,9`.
fn ranges(numbers: &[u64]) -> String {
    let runs = numbers.chunk_by(|a, b| a + 1 == *b).map(|run| match run {
        [first, .., last] => format!("{first}-{last}"),
        [one] => one.to_string(),
        [] => String::new(),
    });
    runs.collect::<Vec<_>>().join(",")
}

/// A file of any parts, with a right end line.
pub fn file(parts: &[Part]) -> Vec<u8> {
    let mut file = FIRST_LINE.as_bytes().to_vec();
    for part in parts {
        let hash = Hash::of(&[&part.bytes]);
        let line = format!("part {} {} {hash}\n", part.name, part.bytes.len());
        file.extend_from_slice(line.as_bytes());
        file.extend_from_slice(&part.bytes);
        file.push(b'\n');
    }
    end(file, parts.len())
}

/// Adds an end line that fits what is before it.
pub fn end(mut file: Vec<u8>, parts: usize) -> Vec<u8> {
    let line = format!("end {parts} {}\n", Hash::of(&[&file]));
    file.extend_from_slice(line.as_bytes());
    file
}
