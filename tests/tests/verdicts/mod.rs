//! What our own code says of a vector, in the words of the page.

mod directory;
mod files;

use std::fs;
use std::path::Path;

use giapranh_record::checkpoint::Checkpoint;
use giapranh_record::event::Event;
use giapranh_record::merkle::{self, Tree};
use giapranh_record::proof::{Consistency, Inclusion};
use giapranh_record::{Hash, Payload, PublicKey};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
pub struct Index {
    pub vectors: Vec<Entry>,
}

/// An entry of `index.json`. What we don't use of it is for other verifiers.
#[derive(Deserialize)]
pub struct Entry {
    pub name: String,
    kind: String,
    file: Option<String>,
    #[serde(default)]
    bytes: Vec<Run>,
    old_file: Option<String>,
    #[serde(default)]
    keys: Vec<Enrolled>,
    anchor: Option<Anchor>,
    pub verdict: String,
    part: Option<String>,
    #[serde(default)]
    positions: Vec<u64>,
    expect: Option<Value>,
}

#[derive(Deserialize)]
struct Run {
    hex: String,
    times: usize,
}

#[derive(Deserialize)]
struct Enrolled {
    unit: String,
    public_key: String,
    /// `None`: for every epoch.
    epoch: Option<u32>,
}

#[derive(Deserialize)]
struct Anchor {
    registrar: String,
    public_key: String,
}

/// The verdict of our code; an error when it reads something else than the entry expects.
pub fn judge(entry: &Entry, dir: &Path) -> Result<String, String> {
    let verdict = match entry.kind.as_str() {
        "event" => event(entry, dir),
        "checkpoint" => checkpoint(entry, &text(entry, dir)),
        "merkle" => roots(&parsed(entry, dir)),
        "inclusion-paths" => paths(&parsed(entry, dir), inclusion_path),
        "consistency-paths" => paths(&parsed(entry, dir), consistency_path),
        "inclusion" => Ok(inclusion(entry, &text(entry, dir))),
        "consistency" => Ok(consistency(entry, &text(entry, dir), dir)),
        "directory-changes" => directory::changes(&parsed(entry, dir)),
        "evidence" => return files::evidence(entry, dir),
        "log" => return files::log(entry, dir),
        other => Err(format!("nobody knows the kind {other}")),
    }?;
    Ok(verdict.to_owned())
}

fn bytes(entry: &Entry, dir: &Path) -> Vec<u8> {
    match &entry.file {
        Some(file) => fs::read(dir.join(file)).unwrap(),
        None => entry.bytes.iter().flat_map(|run| unhex(&run.hex).repeat(run.times)).collect(),
    }
}

/// The bytes that digits stand for.
pub fn unhex(hex: &str) -> Vec<u8> {
    let pair = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
    (0..hex.len()).step_by(2).map(pair).collect()
}

/// The text of a vector; an empty one where it is none, which no note or proof is.
fn text(entry: &Entry, dir: &Path) -> String {
    String::from_utf8(bytes(entry, dir)).unwrap_or_default()
}

fn parsed(entry: &Entry, dir: &Path) -> Value {
    serde_json::from_slice(&bytes(entry, dir)).unwrap()
}

/// Holds what was read against what the entry expects, if it does.
fn read(entry: &Entry, found: &Value) -> Result<(), String> {
    match &entry.expect {
        Some(expected) if expected != found => Err(format!("reads {found}, not {expected}")),
        _ => Ok(()),
    }
}

fn event(entry: &Entry, dir: &Path) -> Result<&'static str, String> {
    let Ok(event) = Event::parse(bytes(entry, dir).into()) else {
        return Ok("malformed");
    };
    read(entry, &facts(&event))?;
    let key = |enrolled: &&Enrolled| PublicKey::from_hex(&enrolled.public_key);
    let found = entry.keys.iter().find(|one| key(one).is_some_and(|k| k.id() == event.key_id()));
    let Some(enrolled) = found else {
        return Ok("unknown-key");
    };
    if enrolled.unit != event.header().origin {
        return Ok("key-of-another");
    }
    if enrolled.epoch.is_some_and(|epoch| epoch != event.header().epoch) {
        return Ok("key-of-another-epoch");
    }
    let holds = key(&enrolled).is_some_and(|key| event.check_signature(&key).is_ok());
    Ok(if holds { "valid" } else { "signature" })
}

fn facts(event: &Event) -> Value {
    let header = event.header();
    let (payload, content) = match event.payload() {
        Payload::Plain(plain) => ("plain", plain),
        Payload::Sealed { ciphertext, .. } => ("sealed", ciphertext),
    };
    let links = header.links.iter();
    let links: Vec<Value> = links
        .map(|link| json!({"zone": link.zone, "seq": link.seq, "prev": link.prev.to_string()}))
        .collect();
    json!({
        "leaf": event.leaf().to_string(),
        "key_id": event.key_id().to_string(),
        "event_id": header.event_id.to_string(),
        "kind": header.kind,
        "origin": header.origin,
        "acting_unit": header.acting_unit,
        "epoch": header.epoch,
        "index": header.index,
        "recorded_ms": header.recorded_ms,
        "directory_seq": header.directory_seq,
        "alert": header.alert.clone().unwrap_or_default(),
        "category": header.facts.category,
        "urgency": header.facts.urgency,
        "links": links,
        "payload": payload,
        "content_sha256": Hash::of(&[content]).to_string(),
    })
}

/// Opens a note with the key of the origin that it names.
fn open(entry: &Entry, note: &str) -> Option<Checkpoint> {
    entry.keys.iter().find_map(|enrolled| {
        let key = PublicKey::from_hex(&enrolled.public_key)?;
        let opened = Checkpoint::open(note, &key).ok()?;
        (opened.origin == enrolled.unit).then_some(opened)
    })
}

fn checkpoint(entry: &Entry, note: &str) -> Result<&'static str, String> {
    let Some(opened) = open(entry, note) else {
        return Ok("checkpoint");
    };
    let Checkpoint { origin, epoch, size, root } = opened;
    let root = root.to_string();
    read(entry, &json!({"origin": origin, "epoch": epoch, "size": size, "root": root}))?;
    Ok("valid")
}

fn roots(value: &Value) -> Result<&'static str, String> {
    let leaves: Vec<Hash> = hashes(&value["leaves"]);
    for (size, root) in hashes(&value["roots"]).into_iter().enumerate() {
        let tree: Tree = leaves[..size].iter().copied().collect();
        if tree.root() != root {
            return Err(format!("the root of {size} leaves is {}", tree.root()));
        }
    }
    Ok("valid")
}

fn paths(value: &Value, holds: fn(&Value) -> bool) -> Result<&'static str, String> {
    let cases = value["cases"].as_array().unwrap();
    assert!(cases.len() > 150, "only {} paths", cases.len());
    match cases.iter().find(|case| holds(case) != (case["verdict"] == "valid")) {
        Some(wrong) => Err(format!("the path {} is misjudged", wrong["name"])),
        None => Ok("valid"),
    }
}

fn inclusion_path(case: &Value) -> bool {
    let (index, size) = (number(&case["index"]), number(&case["size"]));
    let (leaf, root) = (hash(&case["leaf"]), hash(&case["root"]));
    merkle::verify_inclusion(leaf, index, size, &hashes(&case["path"]), root)
}

fn consistency_path(case: &Value) -> bool {
    let old = (number(&case["old_size"]), hash(&case["old_root"]));
    let new = (number(&case["new_size"]), hash(&case["new_root"]));
    merkle::verify_consistency(old, new, &hashes(&case["path"]))
}

fn inclusion(entry: &Entry, text: &str) -> &'static str {
    let Ok(proof) = Inclusion::parse(text) else {
        return "inclusion";
    };
    match open(entry, &proof.note) {
        None => "checkpoint",
        Some(checkpoint) if proof.holds(&checkpoint) => "valid",
        Some(_) => "inclusion",
    }
}

fn consistency(entry: &Entry, text: &str, dir: &Path) -> &'static str {
    let Ok(proof) = Consistency::parse(text) else {
        return "consistency";
    };
    let old = fs::read_to_string(dir.join(entry.old_file.as_ref().unwrap())).unwrap();
    match (open(entry, &old), open(entry, &proof.note)) {
        (Some(old), Some(new)) if proof.holds(&old, &new) => "valid",
        (Some(_), Some(_)) => "consistency",
        _ => "checkpoint",
    }
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

fn hash(value: &Value) -> Hash {
    Hash::from_hex(value.as_str().unwrap()).unwrap()
}

fn hashes(value: &Value) -> Vec<Hash> {
    value.as_array().unwrap().iter().map(hash).collect()
}
