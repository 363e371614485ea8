//! Evidence files: sound ones of every selection, damaged containers, and forgeries by somebody who
//! can make the container's hashes anew.

mod claims;
mod container;
mod file;
mod forged;
mod proofs;
mod registrars;

use std::io;

use giapranh_record::{Hash, merkle};

use super::checkpoint::{body, signed_by};
use super::history::History;
use super::inclusion::proof;
use super::index::{Anchor, Beyond, Collection, Expect, Vector};
use super::world::{ALERT, HCM, LONG_AN, TAY_NINH, WEST};
use file::{Evidence, Part, Selection, Trusted};

const KIND: &str = "evidence";

/// A file, and what the page says about it.
struct Case {
    name: String,
    bytes: Vec<u8>,
    verdict: &'static str,
    /// The part that the fault is in; empty when it is in none.
    part: String,
    why: String,
}

pub fn add(collection: &mut Collection) -> io::Result<()> {
    let history = History::new();
    sound(collection, &history)?;
    let alert = alert(&history);
    let mut cases = container::cases(&alert, &consistency(&history));
    cases.extend(claims::cases(&history));
    cases.extend(forged::cases(&history));
    cases.extend(proofs::cases(&history));
    cases.extend(registrars::cases());
    for case in cases {
        let name = format!("evidence/{}", case.name);
        let vector = Vector::new(KIND, &name, case.verdict, &case.why);
        let vector = if case.part.is_empty() { vector } else { vector.part(&case.part) };
        collection.add(vector, "evidence", &case.bytes)?;
    }
    anchors(collection, &alert)?;
    registrars::sound(collection)
}

fn case(name: &str, bytes: Vec<u8>, verdict: &'static str, part: &str, why: &str) -> Case {
    let (name, part, why) = (name.to_owned(), part.to_owned(), why.to_owned());
    Case { name, bytes, verdict, part, why }
}

fn sound(collection: &mut Collection, history: &History) -> io::Result<()> {
    let files = [
        ("alert", alert(history), "an alert, with proofs for its issuer's events"),
        ("zone", zone(history), "a zone; no checkpoint; one event lies beyond a cut"),
        ("range", range(history), "positions of a log; the directory is not repeated"),
        ("proof-of", proof_of(history), "that events are in the tree, without the events"),
        ("consistency", consistency(history), "that a tree grew out of a smaller one"),
    ];
    for (name, evidence, why) in files {
        let vector = Vector::new(KIND, &format!("evidence/{name}"), "valid", why);
        let vector = vector.expect(expected(&evidence, Beyond::new()));
        collection.add(vector, "evidence", &evidence.file())?;
    }
    Ok(())
}

fn expected(evidence: &Evidence, beyond: Beyond) -> Expect {
    let count = |parts: &[Part]| parts.len() as u64;
    Expect::Evidence {
        directory: count(&evidence.directory),
        events: count(&evidence.events),
        checkpoints: count(&evidence.checkpoints),
        inclusions: count(&evidence.inclusions),
        consistencies: count(&evidence.consistencies),
        beyond,
    }
}

/// The same file with the right anchor and with others.
fn anchors(collection: &mut Collection, evidence: &Evidence) -> io::Result<()> {
    let anchor = |registrar: &str, key: &str| Anchor {
        registrar: registrar.to_owned(),
        public_key: Trusted::of(key).public_key,
    };
    let cases = [
        ("anchor-right", anchor(HCM, HCM), "valid", "the auditor's anchor is the file's"),
        ("anchor-other-key", anchor(HCM, LONG_AN), "anchor", "the auditor has another key"),
        ("anchor-other-unit", anchor(TAY_NINH, HCM), "anchor", "the auditor has another unit"),
    ];
    for (name, anchor, verdict, why) in cases {
        let name = format!("evidence/{name}");
        let vector = Vector::new(KIND, &name, verdict, why).anchor(anchor);
        let vector = if verdict == "valid" { vector } else { vector.part("manifest") };
        collection.add(vector, "evidence", &evidence.file())?;
    }
    Ok(())
}

fn empty(history: &History, selection: Selection) -> Evidence {
    let directory = history.directory();
    let directory = directory.iter().enumerate().map(|(n, event)| Part::directory(n + 1, event));
    Evidence {
        selection,
        anchor: Trusted::of(HCM),
        directory: directory.collect(),
        undone: Vec::new(),
        events: Vec::new(),
        checkpoints: Vec::new(),
        inclusions: Vec::new(),
        consistencies: Vec::new(),
        manifest: |_| {},
    }
}

fn alert(history: &History) -> Evidence {
    let all = history.hcm.iter().chain(&history.long_an).chain(&history.tay_ninh);
    let events = all.filter(|event| event.header().alert.as_deref() == Some(ALERT));
    Evidence {
        events: events.map(Part::event).collect(),
        checkpoints: vec![checkpoint(history, 5)],
        inclusions: [0, 2, 3, 4].map(|index| inclusion(history, index, 5)).to_vec(),
        ..empty(history, Selection::Alert(ALERT))
    }
}

fn zone(history: &History) -> Evidence {
    let all = history.long_an.iter().chain(&history.tay_ninh);
    let events = all.filter(|event| event.header().link(WEST).is_some());
    Evidence { events: events.map(Part::event).collect(), ..empty(history, Selection::Zone(WEST)) }
}

fn range(history: &History) -> Evidence {
    // Positions 6 to 12 of the log of the vectors: what was published there.
    let events = [&history.hcm[4]].into_iter().chain(&history.long_an[..4]);
    let events = events.chain(&history.tay_ninh[..1]);
    Evidence {
        events: events.map(Part::event).collect(),
        ..empty(history, Selection::Range(6, 12))
    }
}

fn proof_of(history: &History) -> Evidence {
    Evidence {
        checkpoints: vec![checkpoint(history, 5)],
        inclusions: [0, 2, 3, 4].map(|index| inclusion(history, index, 5)).to_vec(),
        ..empty(history, Selection::ProofOf(ALERT))
    }
}

fn consistency(history: &History) -> Evidence {
    let selection = Selection::Consistency { origin: LONG_AN, epoch: 1, from: 2, to: 5 };
    let path = merkle::consistency(&history.leaves(), 2).unwrap_or_default();
    let text = super::consistency::proof(2, &path, &note(history, 5));
    Evidence {
        checkpoints: vec![checkpoint(history, 2), checkpoint(history, 5)],
        consistencies: vec![Part::new("consistency/long-an/1/2/5", text.as_bytes())],
        ..empty(history, selection)
    }
}

/// Long An's checkpoint over its first events.
fn note(history: &History, size: u64) -> String {
    let size_of = usize::try_from(size).unwrap_or_default();
    let tree: merkle::Tree = history.leaves()[..size_of].iter().copied().collect();
    note_of(size, tree.root())
}

/// Long An's checkpoint over any root.
fn note_of(size: u64, root: Hash) -> String {
    let name = "giapranh.v1/long-an/1";
    signed_by(name, &body(name, &size.to_string(), root), LONG_AN)
}

fn checkpoint(history: &History, size: u64) -> Part {
    let note = note(history, size);
    Part::new(format!("checkpoint/long-an/1/{size}"), note.as_bytes())
}

fn inclusion(history: &History, index: u64, size: usize) -> Part {
    let leaves = history.leaves();
    let path = merkle::inclusion(&leaves[..size], index).unwrap_or_default();
    let leaf = leaves[usize::try_from(index).unwrap_or_default()];
    let text = proof(leaf, index, &path, &note(history, size as u64));
    Part::new(format!("inclusion/long-an/1/{index}"), text.as_bytes())
}
