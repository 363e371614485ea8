//! The key that a node signs with: 64 hexadecimal digits in a file that its owner alone reads.

use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use giapranh_record::{Hash, SigningKey};

use crate::NodeError;

fn path(dir: &Path) -> PathBuf {
    dir.join("node.key")
}

/// Makes a new key. Never writes over one.
pub(crate) fn create(dir: &Path) -> Result<SigningKey, NodeError> {
    let path = path(dir);
    let mut seed = [0; 32];
    getrandom::fill(&mut seed)
        .map_err(|error| NodeError::Request(format!("the system gives no randomness: {error}")))?;
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)
        .map_err(NodeError::io(&path))?;
    writeln!(file, "{}", Hash(seed))
        .and_then(|()| file.sync_all())
        .map_err(NodeError::io(&path))?;
    Ok(SigningKey::from_seed(&seed))
}

/// Reads the key; refuses a file that others can read.
pub fn load(dir: &Path) -> Result<SigningKey, NodeError> {
    let path = path(dir);
    let mode = std::fs::metadata(&path).map_err(NodeError::io(&path))?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(NodeError::KeyNotPrivate { path });
    }
    let text = std::fs::read_to_string(&path).map_err(NodeError::io(&path))?;
    let seed = Hash::from_hex(text.trim()).ok_or_else(|| NodeError::Config {
        path,
        detail: "holds no key of 64 hexadecimal digits".to_owned(),
    })?;
    Ok(SigningKey::from_seed(&seed.0))
}
