//! What a node keeps secret: the key that it signs with, and the seeds of the nkeys that NATS servers
//! know it by. Each is a line in a file that its owner alone reads, in the node's directory or among
//! the credentials that systemd hands to a service (`LoadCredential=node.key:…`).

use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use giapranh_domain::UnitId;
use giapranh_feed::Seed;
use giapranh_record::{Hash, SealingKey, SigningKey};

use crate::NodeError;

/// Who the node is at its NATS server.
pub(crate) const NATS: &str = "nats.nk";
/// Who owns the province's stream.
pub(crate) const NATS_OWNER: &str = "nats-owner.nk";
/// Who the province's server is at the hub.
pub(crate) const NATS_LINK: &str = "nats-link.nk";
const SIGNING: &str = "node.key";
/// What opens the grants of others.
const SEALING: &str = "sealing.key";
/// Where systemd puts a service's credentials.
const CREDENTIALS: &str = "CREDENTIALS_DIRECTORY";

/// Makes a new key. Never writes over one.
pub(crate) fn create(dir: &Path) -> Result<SigningKey, NodeError> {
    create_as(&dir.join(SIGNING))
}

fn create_as(path: &Path) -> Result<SigningKey, NodeError> {
    create_secret(path).map(|seed| SigningKey::from_seed(&seed))
}

/// Makes a new sealing key. Never writes over one.
pub(crate) fn create_sealing(dir: &Path) -> Result<SealingKey, NodeError> {
    create_secret(&dir.join(SEALING)).map(|seed| SealingKey::from_seed(&seed))
}

pub(crate) fn create_secret(path: &Path) -> Result<[u8; 32], NodeError> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed)
        .map_err(|error| NodeError::Request(format!("the system gives no randomness: {error}")))?;
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map_err(NodeError::io(path))?;
    writeln!(file, "{}", Hash(seed)).and_then(|()| file.sync_all()).map_err(NodeError::io(path))?;
    Ok(seed)
}

/// Reads the key; refuses a file that others can read.
pub fn load(dir: &Path) -> Result<SigningKey, NodeError> {
    read(place(dir, SIGNING))
}

/// Reads the sealing key. A node from before there were such keys is given one, which has to be
/// enrolled before anybody can grant to it.
pub fn load_sealing(dir: &Path) -> Result<SealingKey, NodeError> {
    let path = place(dir, SEALING);
    if path.exists() {
        return read_secret(path).map(|seed| SealingKey::from_seed(&seed));
    }
    tracing::warn!("the node had no sealing key; a new one has to be enrolled (node request)");
    create_sealing(dir)
}

/// The key, and those that were put aside when the node took another one and are still there.
pub(crate) fn all(dir: &Path) -> Result<Vec<SigningKey>, NodeError> {
    let mut found = vec![load(dir)?];
    for entry in std::fs::read_dir(dir).map_err(NodeError::io(dir))? {
        let path = entry.map_err(NodeError::io(dir))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let epoch = name.strip_prefix(SIGNING).and_then(|rest| rest.strip_prefix('.'));
        if epoch.is_some_and(|epoch| epoch.parse::<u32>().is_ok()) {
            found.push(read(path)?);
        }
    }
    Ok(found)
}

fn read(path: PathBuf) -> Result<SigningKey, NodeError> {
    read_secret(path).map(|seed| SigningKey::from_seed(&seed))
}

pub(crate) fn read_secret(path: PathBuf) -> Result<[u8; 32], NodeError> {
    let mode = std::fs::metadata(&path).map_err(NodeError::io(&path))?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(NodeError::KeyNotPrivate { path });
    }
    let text = std::fs::read_to_string(&path).map_err(NodeError::io(&path))?;
    let seed = Hash::from_hex(text.trim()).ok_or_else(|| NodeError::Config {
        path,
        detail: "holds no key of 64 hexadecimal digits".to_owned(),
    })?;
    Ok(seed.0)
}

/// Makes the keys of the next epoch beside the ones of now, durably. What an earlier attempt left is
/// of no use: no log knows it.
pub(crate) fn prepare(dir: &Path, unit: &UnitId) -> Result<SigningKey, NodeError> {
    forget_prepared(dir)?;
    let key = create_as(&dir.join(new(SIGNING)))?;
    for name in seeds(unit) {
        create_seed(dir, &new(name))?;
    }
    create_secret(&dir.join(new(SEALING)))?;
    sync(dir)?;
    Ok(key)
}

/// The signing key that was prepared and has not taken its place.
pub(crate) fn prepared(dir: &Path) -> Option<SigningKey> {
    read(dir.join(new(SIGNING))).ok()
}

/// Removes what was prepared and is not wanted.
pub(crate) fn forget_prepared(dir: &Path) -> Result<(), NodeError> {
    for name in [SIGNING, NATS, NATS_OWNER, NATS_LINK, SEALING] {
        let path = dir.join(new(name));
        if path.exists() {
            std::fs::remove_file(&path).map_err(NodeError::io(&path))?;
        }
    }
    Ok(())
}

/// Puts what was prepared in the place of the keys before, which are put aside under the number of
/// the epoch that they signed. May be cut off anywhere and done again: the signing key is the last,
/// so that it tells whether all is done.
pub(crate) fn exchange(
    dir: &Path,
    epoch: u32,
    cut: &mut dyn FnMut() -> Result<(), NodeError>,
) -> Result<(), NodeError> {
    for name in [SEALING, NATS, NATS_OWNER, NATS_LINK, SIGNING] {
        let (path, prepared) = (dir.join(name), dir.join(new(name)));
        if !prepared.exists() {
            continue;
        }
        if name == SEALING {
            // What was granted to it is in the vault; nobody is to open it again.
            cut()?;
            std::fs::rename(&prepared, &path).map_err(NodeError::io(&path))?;
            sync(dir)?;
            continue;
        }
        for (from, to) in [(&path, &dir.join(format!("{name}.{epoch}"))), (&prepared, &path)] {
            if from.exists() {
                cut()?;
                std::fs::rename(from, to).map_err(NodeError::io(from))?;
                sync(dir)?;
            }
        }
    }
    Ok(())
}

fn new(name: &str) -> String {
    format!("{name}.new")
}

/// The nkeys that a unit's node has.
pub(crate) fn seeds(unit: &UnitId) -> &'static [&'static str] {
    if unit.province() == *unit { &[NATS, NATS_OWNER, NATS_LINK] } else { &[NATS] }
}

fn sync(dir: &Path) -> Result<(), NodeError> {
    std::fs::File::open(dir).and_then(|dir| dir.sync_all()).map_err(NodeError::io(dir))
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
