//! What an evidence file proves, and what it does not.

use std::sync::Arc;

use giapranh_domain::Verdict;
use giapranh_domain::time::rfc3339;
use giapranh_record::Hash;
use serde::{Serialize, Serializer};
use uuid::Uuid;

use crate::evidence::fault::Fault;
use crate::evidence::manifest::{Counts, FeedContext, Origin, Selection};

/// The verdict over an evidence file.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Bytes of the file that were read.
    pub bytes: u64,
    /// The exporter's word: the program that made it.
    pub program: String,
    /// The exporter's word: when.
    pub made: String,
    /// The exporter's word: from whose log.
    pub log: Option<Origin>,
    /// What was asked for.
    pub selection: Option<Selection>,
    /// The unit that keeps the directory.
    pub registrar: String,
    /// Its key, 64 hexadecimal digits.
    pub anchor: String,
    /// Whether the auditor gave the anchor, or the file's own was believed.
    pub anchor_known: bool,
    /// The directory that is contained, by which the events are judged, ends here.
    pub directory_head: u64,
    /// Parts that were read.
    pub parts: Counts,
    /// Signatures of events checked strictly.
    pub signatures_checked: u64,
    /// Every event that is the one that its part is named after, in the order of the file; not
    /// those of the directory.
    pub events: Vec<EventRow>,
    /// Where the events stand in their feeds; the heads are the exporter's word.
    pub feeds: Vec<FeedContext>,
    /// Every checkpoint that its origin signed.
    pub checkpoints: Vec<CheckpointRow>,
    /// Events that are proven to be in a tree and are not disclosed.
    pub undisclosed: Vec<Undisclosed>,
    /// Trees that are proven to have grown out of smaller ones.
    pub consistencies: Vec<ConsistencyRow>,
    /// What does not hold; empty when everything does.
    pub faults: Vec<Fault>,
    /// How many more faults there are than are listed.
    pub faults_omitted: u64,
}

/// An event and what is known of it.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct EventRow {
    #[serde(serialize_with = "text")]
    pub origin: Arc<str>,
    pub epoch: u32,
    pub index: u64,
    pub event_id: Uuid,
    #[serde(serialize_with = "hash")]
    pub leaf: Hash,
    #[serde(serialize_with = "text")]
    pub kind: Arc<str>,
    #[serde(serialize_with = "optional_text")]
    pub alert: Option<Arc<str>>,
    /// When its author recorded it.
    #[serde(rename = "recorded", serialize_with = "moment")]
    pub recorded_ms: u64,
    /// By the directory that is contained.
    #[serde(flatten)]
    pub verdict: Judgement,
    /// Whether hash, signature and place hold.
    pub sound: bool,
    /// Size of the tree whose signed checkpoint is proven to hold it.
    pub in_checkpoint: Option<u64>,
}

/// How an event is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Judgement {
    /// By the directory, its header and its payload.
    Judged(Verdict),
    /// An id in it is none that this program knows.
    Unreadable {
        /// `unreadable`.
        verdict: &'static str,
    },
}

impl Judgement {
    /// An event that can't be judged.
    pub const UNREADABLE: Self = Self::Unreadable { verdict: "unreadable" };
}

/// A checkpoint and what hangs on it.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct CheckpointRow {
    pub origin: String,
    pub epoch: u32,
    pub size: u64,
    pub root: String,
    /// Events, disclosed or not, that are proven to be in it.
    pub proven: u64,
}

/// An event that is in a tree and not in the file.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Undisclosed {
    pub origin: String,
    pub epoch: u32,
    pub index: u64,
    pub leaf: String,
    pub in_checkpoint: u64,
}

/// A tree that grew out of a smaller one.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct ConsistencyRow {
    pub origin: String,
    pub epoch: u32,
    pub old: u64,
    pub new: u64,
}

impl Report {
    /// Whether everything holds.
    pub fn holds(&self) -> bool {
        self.faults.is_empty() && self.faults_omitted == 0
    }
}

fn text<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

fn hash<S: Serializer>(hash: &Hash, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(hash)
}

#[expect(clippy::ref_option, reason = "serde gives the field by reference")]
fn optional_text<S: Serializer>(text: &Option<Arc<str>>, serializer: S) -> Result<S::Ok, S::Error> {
    text.as_deref().serialize(serializer)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives the field by reference")]
fn moment<S: Serializer>(moment: &u64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&rfc3339(*moment))
}
