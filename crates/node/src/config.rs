//! What lies in a node's directory, besides the log: who it is, whom it trusts, where it listens.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use giapranh_domain::UnitId;
use giapranh_record::PublicKey;
use serde::{Deserialize, Serialize};

use crate::NodeError;

/// The Unix socket of a running node, in its directory.
pub const SOCKET_FILE: &str = "api.sock";
const CONFIG_FILE: &str = "node.toml";

/// `node.toml`: written once by `node init`, edited by an administrator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The unit whose node it is.
    pub unit: UnitId,
    /// Where NATS is: `nats://127.0.0.1:4222`. `none`: nothing is exchanged. Without it the node is
    /// alone and keeps a private server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nats: Option<String>,
    /// Loopback address for the read-only pages: `127.0.0.1:8080`. Without it there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub http: Option<String>,
    /// Whom it trusts.
    pub anchor: Anchor,
}

/// The trust anchor: because of this key everything else is believed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// The unit whose node keeps the directory.
    pub registrar: UnitId,
    /// Its key, 64 hexadecimal digits.
    pub public_key: String,
}

/// A node's request to be enrolled: what its administrator takes to the registrar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enrolment {
    /// The unit whose node it is.
    pub unit: UnitId,
    /// The key that it signs with, 64 hexadecimal digits.
    pub public_key: String,
    /// Units without a server of their own that act through it.
    #[serde(default)]
    pub serves: BTreeSet<UnitId>,
}

/// What the command line says instead of `node.toml`.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)]
pub struct Overrides {
    pub nats: Option<String>,
    pub http: Option<String>,
}

impl Config {
    /// Reads `node.toml` in a node's directory.
    pub fn load(dir: &Path) -> Result<Self, NodeError> {
        let path = Self::path(dir);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(NodeError::NotANode(dir.to_owned()));
            }
            Err(source) => return Err(NodeError::Io { path, source }),
        };
        toml::from_str(&text).map_err(|error| NodeError::Config { path, detail: error.to_string() })
    }

    /// Writes `node.toml`.
    pub(crate) fn save(&self, dir: &Path) -> Result<(), NodeError> {
        write_toml(&Self::path(dir), self)
    }

    pub(crate) fn path(dir: &Path) -> PathBuf {
        dir.join(CONFIG_FILE)
    }
}

impl Anchor {
    /// Reads an anchor's file.
    pub fn load(path: &Path) -> Result<Self, NodeError> {
        let text = std::fs::read_to_string(path).map_err(NodeError::io(path))?;
        let anchor: Self = toml::from_str(&text).map_err(|error| NodeError::Config {
            path: path.to_owned(),
            detail: error.to_string(),
        })?;
        anchor.key().map_err(|error| NodeError::Config {
            path: path.to_owned(),
            detail: error.to_string(),
        })?;
        Ok(anchor)
    }

    /// Writes an anchor's file, to be given to every other node and to auditors.
    pub fn save(&self, path: &Path) -> Result<(), NodeError> {
        write_toml(path, self)
    }

    /// The registrar's key.
    pub fn key(&self) -> Result<PublicKey, NodeError> {
        parse_key(&self.public_key)
    }
}

impl Enrolment {
    /// The key that the node signs with.
    pub fn key(&self) -> Result<PublicKey, NodeError> {
        parse_key(&self.public_key)
    }
}

fn parse_key(hex: &str) -> Result<PublicKey, NodeError> {
    PublicKey::from_hex(hex).ok_or_else(|| {
        let text = "public_key is not an Ed25519 key of 64 hexadecimal digits".to_owned();
        NodeError::Request(text)
    })
}

fn write_toml<T: Serialize>(path: &Path, value: &T) -> Result<(), NodeError> {
    let text = toml::to_string(value)
        .map_err(|error| NodeError::Config { path: path.to_owned(), detail: error.to_string() })?;
    std::fs::write(path, text).map_err(NodeError::io(path))
}
