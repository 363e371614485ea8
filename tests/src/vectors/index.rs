//! `index.json` and the files beside it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use giapranh_record::{Hash, Header, KeyId, Payload, PublicKey, Signer};
use serde::Serialize;

use super::world;

/// Everything that was made so far.
pub struct Collection {
    dir: PathBuf,
    vectors: Vec<Vector>,
}

#[derive(Serialize)]
struct Index {
    format: &'static str,
    page: &'static str,
    units: Vec<Unit>,
    vectors: Vec<Vector>,
}

/// A unit of the vectors, with the seed of its key: they are for tests and for nothing else.
#[derive(Serialize)]
struct Unit {
    #[serde(rename = "unit")]
    id: &'static str,
    seed: String,
    public_key: String,
    key_id: String,
}

/// One entry.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Vector {
    pub name: String,
    pub kind: &'static str,
    /// Relative to the index; or else the bytes are spelled out in `bytes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bytes: Vec<Run>,
    /// The checkpoint of the older tree, for a proof of consistency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_file: Option<String>,
    /// The keys that the verifier knows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<Enrolled>,
    /// The anchor that the auditor gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Anchor>,
    pub verdict: &'static str,
    /// Where the fault lies: a part of the file, or positions of a log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub positions: Vec<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expect: Option<Expect>,
    pub why: String,
}

/// Bytes that stand a number of times, one after the other.
#[derive(Debug, Clone, Serialize)]
pub struct Run {
    pub hex: String,
    pub times: usize,
}

/// A key and the unit that it is enrolled to. The key may be one that no verifier may take.
#[derive(Debug, Clone, Serialize)]
pub struct Enrolled {
    pub unit: String,
    pub public_key: String,
    /// For which epoch of the unit's log; for all when it is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epoch: Option<u32>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Anchor {
    pub registrar: String,
    pub public_key: String,
}

/// What a verifier reads out of the bytes.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Expect {
    Event(Box<EventFacts>),
    Checkpoint {
        origin: String,
        epoch: u32,
        size: u64,
        root: String,
    },
    Evidence {
        directory: u64,
        events: u64,
        checkpoints: u64,
        inclusions: u64,
        consistencies: u64,
        #[serde(skip_serializing_if = "BTreeMap::is_empty")]
        beyond: Beyond,
    },
    Log {
        unit: String,
        events: u64,
        directory_head: u64,
        #[serde(skip_serializing_if = "BTreeMap::is_empty")]
        beyond: Beyond,
    },
}

/// The places of events that count for nothing, and what a verifier says of them.
pub type Beyond = BTreeMap<String, &'static str>;

#[derive(Debug, Clone, Serialize)]
pub struct EventFacts {
    pub leaf: String,
    pub key_id: String,
    pub event_id: String,
    pub kind: String,
    pub origin: String,
    pub acting_unit: String,
    pub epoch: u32,
    pub index: u64,
    pub recorded_ms: u64,
    pub directory_seq: u64,
    pub alert: String,
    pub category: String,
    pub urgency: String,
    pub links: Vec<LinkFacts>,
    /// "plain" or "sealed".
    pub payload: &'static str,
    /// SHA-256 of the plain bytes or of the ciphertext.
    pub content_sha256: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct LinkFacts {
    pub zone: String,
    pub seq: u64,
    pub prev: String,
}

impl EventFacts {
    /// What the page says that these bytes mean; the author's own values, not a reading of them.
    pub fn new(leaf: Hash, key_id: KeyId, header: &Header, payload: &Payload) -> Self {
        let (payload, content) = match payload {
            Payload::Plain(plain) => ("plain", plain),
            Payload::Sealed { ciphertext, .. } => ("sealed", ciphertext),
        };
        let link = |link: &giapranh_record::Link| LinkFacts {
            zone: link.zone.clone(),
            seq: link.seq,
            prev: link.prev.to_string(),
        };
        Self {
            leaf: leaf.to_string(),
            key_id: key_id.to_string(),
            event_id: header.event_id.to_string(),
            kind: header.kind.clone(),
            origin: header.origin.clone(),
            acting_unit: header.acting_unit.clone(),
            epoch: header.epoch,
            index: header.index,
            recorded_ms: header.recorded_ms,
            directory_seq: header.directory_seq,
            alert: header.alert.clone().unwrap_or_default(),
            category: header.facts.category.clone(),
            urgency: header.facts.urgency.clone(),
            links: header.links.iter().map(link).collect(),
            payload,
            content_sha256: Hash::of(&[content]).to_string(),
        }
    }
}

impl Enrolled {
    pub fn new(unit: &str, public_key: &PublicKey) -> Self {
        Self { unit: unit.to_owned(), public_key: public_key.to_hex(), epoch: None }
    }

    /// For one epoch.
    pub fn of_epoch(unit: &str, epoch: u32, public_key: &PublicKey) -> Self {
        Self { epoch: Some(epoch), ..Self::new(unit, public_key) }
    }
}

impl Vector {
    /// The name is also the path of its file, without the extension.
    pub fn new(kind: &'static str, name: &str, verdict: &'static str, why: &str) -> Self {
        let (name, why) = (name.to_owned(), why.to_owned());
        Self { name, kind, verdict, why, ..Self::default() }
    }

    #[must_use]
    pub fn keys(self, keys: Vec<Enrolled>) -> Self {
        Self { keys, ..self }
    }

    #[must_use]
    pub fn anchor(self, anchor: Anchor) -> Self {
        Self { anchor: Some(anchor), ..self }
    }

    #[must_use]
    pub fn expect(self, expect: Expect) -> Self {
        Self { expect: Some(expect), ..self }
    }

    #[must_use]
    pub fn part(self, part: &str) -> Self {
        Self { part: Some(part.to_owned()), ..self }
    }

    #[must_use]
    pub fn positions(self, positions: &[u64]) -> Self {
        Self { positions: positions.to_vec(), ..self }
    }
}

impl Collection {
    /// An empty one; `dir` is made if need be.
    pub fn new(dir: &Path) -> io::Result<Self> {
        fs::create_dir_all(dir)?;
        Ok(Self { dir: dir.to_owned(), vectors: Vec::new() })
    }

    /// Adds a vector with its file, `<name>.<extension>`.
    pub fn add(&mut self, vector: Vector, extension: &str, bytes: &[u8]) -> io::Result<()> {
        let file = format!("{}.{extension}", vector.name);
        self.file(&file, bytes)?;
        self.vectors.push(Vector { file: Some(file), ..vector });
        Ok(())
    }

    /// Adds a vector whose bytes are too many, and too dull, for a file.
    pub fn spell(&mut self, vector: Vector, bytes: &[u8]) {
        self.vectors.push(Vector { bytes: runs(bytes), ..vector });
    }

    /// Writes a file.
    pub fn file(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.path(name);
        if let Some(dir) = path.parent() {
            fs::create_dir_all(dir)?;
        }
        fs::write(path, bytes)
    }

    /// Where a file of that name lies.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// Writes the index.
    pub fn finish(self) -> io::Result<()> {
        let units = world::UNITS.map(|unit| {
            let public_key = world::key(unit).public_key();
            Unit {
                id: unit,
                seed: Hash(world::seed(unit)).to_string(),
                public_key: public_key.to_hex(),
                key_id: public_key.id().to_string(),
            }
        });
        let index = Index {
            format: "giapranh-vectors/1",
            page: "../SPEC.md",
            units: units.into(),
            vectors: self.vectors,
        };
        let mut text = serde_json::to_string_pretty(&index)?;
        text.push('\n');
        fs::write(self.dir.join("index.json"), text)
    }
}

pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Long runs of one byte are written once.
fn runs(bytes: &[u8]) -> Vec<Run> {
    const LONG: usize = 64;
    let mut runs: Vec<Run> = Vec::new();
    for same in bytes.chunk_by(|a, b| a == b) {
        match runs.last_mut() {
            _ if same.len() >= LONG => {
                runs.push(Run { hex: hex(&same[..1]), times: same.len() });
            }
            Some(run) if run.times == 1 => run.hex += &hex(same),
            _ => runs.push(Run { hex: hex(same), times: 1 }),
        }
    }
    runs
}
