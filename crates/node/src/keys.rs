//! What a node keeps secret: the key that it signs with, and the seeds of the nkeys that NATS servers
//! know it by. Each is a line in a file that its owner alone reads, in the node's directory or among
//! the credentials that systemd hands to a service (`LoadCredential=node.key:…`).

use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use giapranh_feed::Seed;
use giapranh_record::{Hash, SigningKey};

use crate::NodeError;

/// Who the node is at its NATS server.
pub(crate) const NATS: &str = "nats.nk";
/// Who owns the province's stream.
pub(crate) const NATS_OWNER: &str = "nats-owner.nk";
/// Who the province's server is at the hub.
pub(crate) const NATS_LINK: &str = "nats-link.nk";
const SIGNING: &str = "node.key";
/// Where systemd puts a service's credentials.
const CREDENTIALS: &str = "CREDENTIALS_DIRECTORY";

/// Makes a new key. Never writes over one.
pub(crate) fn create(dir: &Path) -> Result<SigningKey, NodeError> {
    let path = dir.join(SIGNING);
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
    let path = place(dir, SIGNING);
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

/// Puts the signing key aside, under the number of the epoch that it signed, for a new one.
pub(crate) fn put_aside(dir: &Path, epoch: u32) -> Result<(), NodeError> {
    for name in [SIGNING, NATS, NATS_OWNER, NATS_LINK] {
        let path = dir.join(name);
        if path.exists() {
            let aside = dir.join(format!("{name}.{epoch}"));
            std::fs::rename(&path, &aside).map_err(NodeError::io(&path))?;
        }
    }
    Ok(())
}

/// Makes a seed of an nkey. Never writes over one.
pub(crate) fn create_seed(dir: &Path, name: &str) -> Result<Seed, NodeError> {
    let seed = Seed::generate()?;
    seed.create(&dir.join(name))?;
    Ok(seed)
}

/// Reads a seed; `None` when the node has none of that name.
pub(crate) fn seed(dir: &Path, name: &str) -> Result<Option<Seed>, NodeError> {
    let path = place(dir, name);
    if path.exists() { Ok(Some(Seed::read(&path)?)) } else { Ok(None) }
}

/// Where a secret lies.
fn place(dir: &Path, name: &str) -> PathBuf {
    let credential =
        std::env::var_os(CREDENTIALS).map(|credentials| Path::new(&credentials).join(name));
    credential.filter(|path| path.exists()).unwrap_or_else(|| dir.join(name))
}
