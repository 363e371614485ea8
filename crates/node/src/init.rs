//! Making a node: its directory, key, configuration and empty log. Once in its life.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use giapranh_domain::UnitId;
use giapranh_log::Identity;
use giapranh_record::Signer as _;

use crate::{Anchor, Config, Enrolment, NodeError, keys};

/// A node that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Initialised {
    /// To be taken to the registrar.
    pub enrolment: Enrolment,
    /// The anchor's file; the registrar's is to be given to all others.
    pub anchor_path: PathBuf,
}

/// Makes the node of a unit in `dir`. Without an anchor it is the registrar's own, and its key is
/// the anchor.
pub fn init(
    dir: &Path,
    unit: &UnitId,
    anchor: Option<Anchor>,
    serves: BTreeSet<UnitId>,
) -> Result<Initialised, NodeError> {
    use std::os::unix::fs::DirBuilderExt as _;
    if Config::path(dir).exists() {
        let detail = "this is a node's directory already; nothing was changed".to_owned();
        return Err(NodeError::Config { path: Config::path(dir), detail });
    }
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(dir)
        .map_err(NodeError::io(dir))?;
    let public_key = keys::create(dir)?.public_key();
    let anchor = anchor
        .unwrap_or_else(|| Anchor { registrar: unit.clone(), public_key: public_key.to_hex() });
    let identity = Identity {
        unit: unit.to_string(),
        epoch: 1,
        public_key,
        registrar: anchor.registrar.to_string(),
        anchor: anchor.key()?,
    };
    giapranh_log::create(dir, &identity)?;
    let anchor_path = dir.join("anchor.toml");
    anchor.save(&anchor_path)?;
    // Last: a directory with node.toml is a whole one.
    Config { unit: unit.clone(), nats: None, http: None, anchor }.save(dir)?;
    let enrolment = Enrolment { unit: unit.clone(), public_key: public_key.to_hex(), serves };
    Ok(Initialised { enrolment, anchor_path })
}

/// Who the node in `dir` is, by its configuration and key.
pub(crate) fn identity(
    config: &Config,
    key: &giapranh_record::SigningKey,
) -> Result<Identity, NodeError> {
    Ok(Identity {
        unit: config.unit.to_string(),
        epoch: 1,
        public_key: key.public_key(),
        registrar: config.anchor.registrar.to_string(),
        anchor: config.anchor.key()?,
    })
}
