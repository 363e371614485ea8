//! What lies in a node's directory, besides the log: who it is, whom it trusts, where it listens.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use giapranh_domain::{Directory, UnitId};
use giapranh_feed::TlsFiles;
use giapranh_record::{Hash, PublicKey, SealingPublicKey};
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
    /// The server's configuration follows from the directory: the node logs in with its nkey and has
    /// an account of its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub isolated: bool,
    /// On how many servers of a cluster the province's stream is kept; 1 when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replicas: Option<usize>,
    /// Where `/livez`, `/readyz` and `/metrics` are served: `127.0.0.1:9464`. Without it they are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monitor: Option<String>,
    /// The monitor may listen where other machines can reach it: nothing that it says is secret, and
    /// it says which units take part.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub monitor_reachable: bool,
    /// Mutual TLS, with these files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls: Option<Tls>,
    /// The console for officers on other machines. Without it pages are for this machine only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub console: Option<Console>,
    /// How it heals; what is left out is as it should be.
    #[serde(default, skip_serializing_if = "Pace::is_usual")]
    pub healing: Pace,
    /// Who is told what is due.
    #[serde(default, skip_serializing_if = "Due::is_nobody")]
    pub due: Due,
    /// Whom it trusts.
    pub anchor: Anchor,
}

/// The files of mutual TLS, in PEM. A path that is not absolute begins in the node's directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    /// Whom servers' certificates have to come from.
    pub ca: PathBuf,
    /// The node's certificate.
    pub certificate: PathBuf,
    /// The certificate's key, readable by its owner only.
    pub key: PathBuf,
}

/// The console for officers on other machines, over TLS. Nothing is served there while nobody has an
/// account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Console {
    /// Where it listens: `0.0.0.0:8443`.
    pub listen: String,
    /// Its certificate and those between it and its authority, in PEM. A path that is not absolute
    /// begins in the node's directory.
    pub certificate: PathBuf,
    /// The certificate's key, readable by its owner only.
    pub key: PathBuf,
    /// Under which names browsers ask for it; under others nothing is answered.
    pub names: Vec<String>,
}

/// How often nodes tell each other how far they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pace {
    /// Between two beacons of a zone in which nothing changes, milliseconds; from a second to five
    /// minutes. All nodes of a cluster have the same: after three of them without a word a peer counts
    /// as silent.
    #[serde(default = "usual_interval")]
    pub beacon_interval_ms: u64,
}

const fn usual_interval() -> u64 {
    15_000
}

impl Default for Pace {
    fn default() -> Self {
        Self { beacon_interval_ms: usual_interval() }
    }
}

impl Pace {
    const LEAST_MS: u64 = 1_000;
    const MOST_MS: u64 = 5 * 60 * 1_000;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
    fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// The interval, if it is a sound one.
    pub(crate) fn interval_ms(self) -> Result<u64, NodeError> {
        let asked = self.beacon_interval_ms;
        if (Self::LEAST_MS..=Self::MOST_MS).contains(&asked) {
            return Ok(asked);
        }
        Err(NodeError::Request(format!(
            "beacon_interval_ms = {asked} in node.toml: it has to be from {} to {}",
            Self::LEAST_MS,
            Self::MOST_MS
        )))
    }
}

/// Who is told what is due, besides everybody who asks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Due {
    /// A program, by its absolute path, and its arguments: run once for each stage of each thing that
    /// a unit of this node has to do, which it reads as JSON on its standard input. No shell looks at
    /// it. When the node starts it has to be there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hook: Option<Vec<String>>,
}

impl Due {
    fn is_nobody(&self) -> bool {
        *self == Self::default()
    }
}

/// The trust anchor: because of this key everything else is believed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// The unit whose node keeps the directory.
    pub registrar: UnitId,
    /// Its key, 64 hexadecimal digits.
    pub public_key: String,
    /// How many founders name another registrar; 0 when the file does not say.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub threshold: usize,
    /// The founding provinces' keys, 64 hexadecimal digits each. Where they stand here, the
    /// directory has to name the same.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub founders: BTreeMap<UnitId, String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_zero(threshold: &usize) -> bool {
    *threshold == 0
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
    /// Which life of its log the key signs.
    #[serde(default = "first")]
    pub epoch: u32,
    /// Who the node is to NATS servers; empty: it goes to a server that asks for no nkey.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub nats_key: String,
    /// Of a province's node: who owns its stream.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub nats_owner_key: String,
    /// Of a province's node: who its server is at the hub.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub nats_link_key: String,
    /// To which keys of payloads are granted, 64 hexadecimal digits.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sealing_key: String,
}

fn first() -> u32 {
    1
}

/// What the command line says instead of `node.toml`.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)]
pub struct Overrides {
    pub nats: Option<String>,
    pub http: Option<String>,
    pub monitor: Option<String>,
}

impl Overrides {
    /// The configuration with what the command line says instead.
    pub(crate) fn apply(self, mut config: Config) -> Config {
        let Self { nats, http, monitor } = self;
        config.nats = nats.or(config.nats);
        config.http = http.or(config.http);
        config.monitor = monitor.or(config.monitor);
        config
    }
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

    /// Whether the directory names the founders that stand here, if any do.
    pub fn agrees(&self, directory: &Directory) -> Result<(), NodeError> {
        let Some(named) = directory.founders().filter(|_| !self.founders.is_empty()) else {
            return Ok(());
        };
        let keys = named.keys.iter().map(|(unit, key)| (unit.clone(), Hash(*key).to_string()));
        if named.threshold == self.threshold && keys.eq(self.founders.clone()) {
            return Ok(());
        }
        let text = "the directory names other founders, or another threshold, than the anchor: do \
                    not use it, and ask the founding provinces";
        Err(NodeError::Request(text.to_owned()))
    }

    /// The registrar's key.
    pub fn key(&self) -> Result<PublicKey, NodeError> {
        parse_key(&self.public_key)
    }
}

impl Config {
    /// How the node speaks TLS, if it does.
    pub(crate) fn tls_files(&self, dir: &Path) -> Option<TlsFiles> {
        self.tls.as_ref().map(|tls| TlsFiles {
            ca: dir.join(&tls.ca),
            certificate: dir.join(&tls.certificate),
            key: dir.join(&tls.key),
        })
    }
}

impl Enrolment {
    /// The key that the node signs with.
    pub fn key(&self) -> Result<PublicKey, NodeError> {
        parse_key(&self.public_key)
    }

    /// The key to which others grant; `None` when the request has none.
    pub fn sealing(&self) -> Result<Option<[u8; 32]>, NodeError> {
        if self.sealing_key.is_empty() {
            return Ok(None);
        }
        let key = SealingPublicKey::from_hex(&self.sealing_key).ok_or_else(|| {
            NodeError::Request("sealing_key is not a key of 64 hexadecimal digits".to_owned())
        })?;
        Ok(Some(key.to_bytes()))
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
