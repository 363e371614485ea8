//! The manifest: what the file says of itself. Everything in it that the file can show is compared;
//! the rest (`program`, `made`, `log`, the heads of feeds) is the exporter's word.

use giapranh_record::{Hash, PublicKey};
use serde::{Deserialize, Serialize};

use crate::evidence::FORMAT;

/// The manifest, exactly these fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: String,
    /// Name and version of the program that made the file.
    pub program: String,
    /// When, as RFC 3339.
    pub made: String,
    /// From whose log.
    pub log: Origin,
    /// What was asked for.
    pub selection: Selection,
    /// What everything rests on.
    pub anchor: Trusted,
    /// The newest seq of the directory that is contained.
    pub directory_head: u64,
    /// How many parts of each kind are contained.
    pub counts: Counts,
    /// Every feed that a contained event is linked to, by origin, epoch and zone.
    pub feeds: Vec<FeedContext>,
}

/// The exporter's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Origin {
    pub unit: String,
    pub epoch: u32,
    /// The newest position when the file was made.
    pub head: u64,
}

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Selection {
    /// Every event about an alert that the log held.
    Alert(String),
    /// Every event of a zone that the log held.
    Zone(String),
    /// Every published event at these positions of the log, both ends included.
    Range(u64, u64),
    /// That events stand in a tree, without the events; of which alert is the exporter's word.
    ProofOf(String),
    /// That a tree grew out of a smaller one.
    #[allow(missing_docs)]
    Consistency { origin: String, epoch: u32, from: u64, to: u64 },
}

/// The trust anchor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Trusted {
    pub registrar: String,
    /// 64 lower-case hexadecimal digits.
    pub public_key: String,
}

/// How many parts there are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Counts {
    pub directory: u64,
    pub events: u64,
    pub checkpoints: u64,
    pub inclusions: u64,
    pub consistencies: u64,
}

/// Where the contained events of a feed stand in it: what is between them is not disclosed, but
/// numbered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct FeedContext {
    pub origin: String,
    pub epoch: u32,
    pub zone: String,
    /// The contained ones: `3-7,9`.
    pub seqs: String,
    /// Where the exporter's copy of the feed ended.
    pub head_seq: u64,
    /// Leaf hash of its event there, 64 lower-case hexadecimal digits.
    pub head_hash: String,
}

impl Manifest {
    /// Reads a manifest; else why it is none. What it says is not compared with anything yet.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let manifest: Self = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if manifest.format != FORMAT {
            return Err(format!("its format is not {FORMAT}"));
        }
        if giapranh_domain::time::moment(&manifest.made).is_none() || manifest.made.len() == 10 {
            return Err("\"made\" is no moment as 2024-05-31T14:00:00+07:00".to_owned());
        }
        if let Selection::Range(from, to) = manifest.selection
            && (from == 0 || from > to || to > manifest.log.head)
        {
            return Err("its range is none, or ends after the log".to_owned());
        }
        for feed in &manifest.feeds {
            if lower_hex(&feed.head_hash).is_none() {
                return Err("a feed's head_hash is not 64 lower-case hexadecimal digits".to_owned());
            }
        }
        Ok(manifest)
    }
}

impl Trusted {
    /// The registrar and its key; `None` when they are none.
    pub(crate) fn key(&self) -> Option<(giapranh_domain::UnitId, PublicKey)> {
        let key = PublicKey::from_bytes(&lower_hex(&self.public_key)?.0)?;
        Some((self.registrar.parse().ok()?, key))
    }
}

fn lower_hex(text: &str) -> Option<Hash> {
    Hash::from_hex(text).filter(|hash| hash.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound() -> serde_json::Value {
        serde_json::json!({
            "format": FORMAT, "program": "giapranh 0.1.0", "made": "2024-05-31T14:00:00+07:00",
            "log": {"unit": "hcm", "epoch": 1, "head": 9}, "selection": {"range": [1, 9]},
            "anchor": {"registrar": "hcm", "public_key": "00"}, "directory_head": 0,
            "counts": {"directory": 0, "events": 0, "checkpoints": 0, "inclusions": 0,
                       "consistencies": 0},
            "feeds": [],
        })
    }

    fn parse(value: &serde_json::Value) -> Result<Manifest, String> {
        Manifest::parse(&serde_json::to_vec(value).unwrap())
    }

    #[test]
    fn a_field_more_or_less_makes_it_none() {
        assert_eq!(parse(&sound()).unwrap().selection, Selection::Range(1, 9));
        for field in sound().as_object().unwrap().keys() {
            let mut less = sound();
            less.as_object_mut().unwrap().remove(field);
            assert!(parse(&less).is_err(), "{field}");
        }
        for path in ["", "/log", "/anchor", "/counts"] {
            let mut more = sound();
            let object = more.pointer_mut(path).unwrap().as_object_mut().unwrap();
            object.insert("other".into(), 1.into());
            assert!(parse(&more).is_err(), "{path}");
        }
        assert!(Manifest::parse(br#"{"format":"a","format":"b"}"#).is_err());
    }

    #[test]
    fn what_can_not_be_is_refused() {
        for (path, value) in [
            ("/format", serde_json::json!("giapranh-evidence/2")),
            ("/made", serde_json::json!("2024-05-31")),
            ("/made", serde_json::json!("soon")),
            ("/selection", serde_json::json!({"range": [0, 9]})),
            ("/selection", serde_json::json!({"range": [5, 4]})),
            ("/selection", serde_json::json!({"range": [1, 10]})),
            ("/selection", serde_json::json!({"alert": "a", "zone": "b"})),
            ("/selection", serde_json::json!("alert")),
            ("/directory_head", serde_json::json!(-1)),
        ] {
            let mut changed = sound();
            *changed.pointer_mut(path).unwrap() = value.clone();
            assert!(parse(&changed).is_err(), "{path}: {value}");
        }
    }
}
