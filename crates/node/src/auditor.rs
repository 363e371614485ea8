//! An auditor's key, and the keys of sealed payloads that a node grants to it.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use giapranh_audit::reading::{AUDITOR, sealed_in};
use giapranh_domain::Millis;
use giapranh_record::grant::{self, Grant, SealingKey, SealingPublicKey};

use crate::{Keyholder, NodeError, keys};

/// Makes an auditor's key, in a file that its owner alone reads; gives the public half, which is to be
/// told to whoever exports.
pub fn create(path: &Path) -> Result<SealingPublicKey, NodeError> {
    let key = SealingKey::from_seed(&keys::create_secret(path)?);
    Ok(key.public_key().clone())
}

/// Reads an auditor's key; refuses a file that others can read.
pub fn load(path: &Path) -> Result<SealingKey, NodeError> {
    keys::read_secret(path.to_owned()).map(|seed| SealingKey::from_seed(&seed))
}

/// Grants to an auditor the keys that the node in `dir` holds of what an evidence file holds, in a file
/// `out` that does not exist yet; how many there are. What was erased, or whose time has passed, has
/// none.
pub fn grant_keys(
    dir: &Path,
    evidence: &Path,
    auditor: &SealingPublicKey,
    out: &Path,
    now: Millis,
) -> Result<usize, NodeError> {
    let refused = |error: giapranh_audit::AuditError| NodeError::Request(error.to_string());
    let held = Keyholder::there(dir)?;
    let mut grants = Vec::new();
    for (alert, commitment) in sealed_in(evidence, now).map_err(refused)? {
        let key = held.as_ref().map_or(Ok(None), |held| held.key(&commitment));
        let Some(key) = key.map_err(|error| NodeError::Request(error.to_string()))? else {
            continue;
        };
        let mut ephemeral = [0; 32];
        getrandom::fill(&mut ephemeral).map_err(|error| {
            NodeError::Request(format!("the system gives no randomness: {error}"))
        })?;
        grants.extend(Grant::seal(&key, &alert, AUDITOR, auditor, ephemeral));
    }
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(out)
        .map_err(NodeError::io(out))?;
    let written = file.write_all(&grant::encode(&grants)).and_then(|()| file.sync_all());
    written.map_err(NodeError::io(out))?;
    Ok(grants.len())
}
