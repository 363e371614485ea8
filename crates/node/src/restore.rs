//! When a node's log is lost: a backup, or an empty log, in its place; and a new epoch, when what it
//! signed can't be found again.
//!
//! A log that is put back has no marker, so it signs nothing until the stream was read and the peers
//! were heard: what they hold of the unit comes back first, under the same numbers.

use std::path::{Path, PathBuf};

use giapranh_log::{LOG_FILE, Reader};
use giapranh_record::Signer as _;
use serde::Serialize;

use crate::{Config, NodeError, init, keys};

/// What was put back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Restored {
    /// The unit whose log it is.
    pub unit: String,
    /// The epoch that it signs on in.
    pub epoch: u32,
    /// Positions of the log; 0 when it begins empty.
    pub position: u64,
    /// The backup, if there was one.
    pub backup: Option<PathBuf>,
}

/// Puts a verified backup in the place of an absent log, or an empty one without a backup. Never
/// over a log that is there. The node must not be running; its configuration and keys are there.
///
/// `epoch` is that of the node's key, which a backup knows by itself; an empty log has to be told
/// when it is not the first.
pub fn restore(dir: &Path, backup: Option<&Path>, epoch: u32) -> Result<Restored, NodeError> {
    let config = Config::load(dir)?;
    let key = keys::load(dir)?;
    let path = dir.join(LOG_FILE);
    if path.exists() {
        let text = format!(
            "{} is there; nothing is written over it. Move it, and its -wal and -shm, away first, \
             and keep them",
            path.display()
        );
        return Err(NodeError::Request(text));
    }
    let expected = giapranh_log::Identity {
        unit: config.unit.to_string(),
        epoch,
        public_key: key.public_key(),
        registrar: config.anchor.registrar.to_string(),
        anchor: config.anchor.key()?,
    };
    let Some(backup) = backup else {
        giapranh_log::restore(dir, None, &expected)?;
        let unit = expected.unit;
        return Ok(Restored { unit, epoch, position: 0, backup: None });
    };
    let report = giapranh_audit::log::verify(backup, None, &[], &mut |_, _| {})
        .map_err(|error| NodeError::Request(error.to_string()))?;
    if let Some(fault) = report.faults.first() {
        let text = format!(
            "the backup does not hold at position {}: {}; take another one",
            fault.position, fault.what
        );
        return Err(NodeError::Request(text));
    }
    let reader = Reader::open(backup)?;
    let identity = reader.identity()?;
    if (&identity.unit, identity.public_key) != (&expected.unit, expected.public_key) {
        let text = format!(
            "the backup is of {} in epoch {} with another key than this node has; a node that has \
             changed keys since begins a new epoch (giapranh node begin-epoch) after its old key is \
             put back",
            identity.unit, identity.epoch
        );
        return Err(NodeError::Request(text));
    }
    giapranh_log::restore(dir, Some(backup), &identity)?;
    let position = Reader::open(&path)?.head()?;
    let (unit, epoch) = (identity.unit, identity.epoch);
    Ok(Restored { unit, epoch, position, backup: Some(backup.to_owned()) })
}

/// A new epoch was begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Begun {
    pub unit: String,
    pub epoch: u32,
}

/// Begins the next epoch of the log in `dir` with the key that the node has: after the registrar cut
/// the one before with the cause `new-epoch`, because what it signed last can't be found again. What
/// surfaces of it later is *late*, and counts when it is adopted. The node must not be running, and
/// its log must know the registrar's word.
pub fn begin_epoch(dir: &Path) -> Result<Begun, NodeError> {
    let config = Config::load(dir)?;
    let key = keys::load(dir)?;
    let identity = init::identity(dir, &config, &key)?;
    let directory = crate::deploy::directory(dir)?;
    let next = identity.epoch + 1;
    let public_key = key.public_key();
    if !directory.signs(&config.unit, next, &public_key.to_bytes()) {
        let text = format!(
            "the directory that this node knows (head {}) enrols no key of this node for epoch \
             {next}: the registrar has to cut epoch {} first (giapranh directory revoke --cause \
             new-epoch), and this node to hear of it",
            directory.head(),
            identity.epoch
        );
        return Err(NodeError::Request(text));
    }
    let epoch = giapranh_log::begin_epoch(dir, &public_key)?;
    Ok(Begun { unit: config.unit.to_string(), epoch })
}
