//! The keys of sealed payloads that an auditor takes along, to read evidence where no node is.

use giapranh_domain::AlertId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Most keys that are granted at once.
pub const KEYS_AT_ONCE: usize = 64;

/// For whom, and which.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeysWanted {
    /// The public half of the auditor's key, 64 hexadecimal digits.
    pub auditor: String,
    /// Which, 64 at most.
    pub keys: Vec<KeyWanted>,
}

/// A key, as the headers of events name it.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyWanted {
    /// Whose payloads it opens.
    pub alert: AlertId,
    /// Its commitment, 64 hexadecimal digits.
    pub commitment: String,
}

/// What was granted.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct KeysGranted {
    /// Of which alerts, in the order in which they were wanted.
    pub alerts: Vec<AlertId>,
    /// `KeyGrants` of the protocol, base64: each key sealed to the auditor's own.
    pub grants: String,
}

/// Why nothing is granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeysError {
    /// The field holds no such key, or commitment.
    Malformed(&'static str),
    /// What failed.
    Failed(String),
}
