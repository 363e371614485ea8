//! What does not hold in an evidence file: where, by which rule, in a sentence.

use std::fmt;

use serde::Serialize;

/// Most faults that are listed; the others are counted. Somebody may send a file of nothing but
/// faults.
const LISTED: usize = 1_000;

/// The rule that is broken. Stable: programs and other verifiers know them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// The first line is another one.
    NotEvidence,
    /// The file ends before it should.
    CutShort,
    /// A line that announces a part is none, or a part does not end where it says.
    PartLine,
    /// Parts stand in another order, or one stands twice.
    Order,
    /// A part is larger, or there are more of them, than is allowed.
    TooLarge,
    /// A part's bytes have another hash than its line says.
    Changed,
    /// The end line says something else than the file.
    End,
    /// Something follows the end line.
    Trailing,
    /// The manifest is none, or says something else than is contained.
    Manifest,
    /// The file rests on another anchor than the auditor's.
    Anchor,
    /// The bytes are no event.
    Malformed,
    /// The part's name says something else than its event.
    Name,
    /// No enrolled key has this id.
    UnknownKey,
    /// The key is enrolled to another unit.
    KeyOfAnother,
    /// The key is enrolled for another epoch of its unit's log.
    KeyOfAnotherEpoch,
    /// The signature does not belong to these bytes and this key.
    Signature,
    /// The event does not follow those before it.
    Chain,
    /// One id, index or seq stands for two events.
    Fork,
    /// The event is one that is never published.
    Local,
    /// The note is no checkpoint of the tree's origin.
    Checkpoint,
    /// The path does not prove that the event is in the tree.
    Inclusion,
    /// The path does not prove that one tree grew out of the other.
    Consistency,
}

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The part's name, or what else of the file: `the end line`.
    pub part: String,
    /// The bytes of the file that are meant: the first, and the first after them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<(u64, u64)>,
    /// The rule.
    pub code: Code,
    /// What does not hold. Never personal.
    pub what: String,
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // As in JSON.
        self.serialize(f)
    }
}

/// Faults as they are found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Faults {
    pub listed: Vec<Fault>,
    /// How many more there were.
    pub omitted: u64,
}

impl Faults {
    pub fn push(
        &mut self,
        part: impl fmt::Display,
        bytes: Option<(u64, u64)>,
        code: Code,
        what: impl Into<String>,
    ) {
        if self.listed.len() < LISTED {
            let what = what.into();
            self.listed.push(Fault { part: part.to_string(), bytes, code, what });
        } else {
            self.omitted += 1;
        }
    }

    /// How many there are; grows with each.
    pub fn count(&self) -> u64 {
        self.listed.len() as u64 + self.omitted
    }
}
