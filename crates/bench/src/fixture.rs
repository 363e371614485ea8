//! Nodes to measure: made with keys that follow from their names, opened as a node opens itself.

use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use giapranh_domain::UnitId;
use giapranh_log::{Arrival, Identity, LOG_FILE, Log, Open, Reader};
use giapranh_node::{Standing, SystemClock};
use giapranh_record::{Hash, SealingKey, Signer as _, SigningKey};

use crate::corpus::Published;

/// Keeps the directory.
pub const REGISTRAR: &str = "ba-ria-vung-tau";
/// Has borders with all others but one, and receives what they publish.
pub const RECEIVER: &str = "hcm";

/// An opened node, without lines and pages.
pub struct Node {
    /// Its log's writer.
    pub log: Log,
    /// What its gate and its decisions go by.
    pub standing: Arc<Standing>,
}

fn seed(unit: &str) -> Hash {
    Hash::of(&[b"giapranh-bench\n", unit.as_bytes()])
}

/// The key of a unit's node.
pub fn key(unit: &str) -> SigningKey {
    SigningKey::from_seed(&seed(unit).0)
}

fn sealing_seed(unit: &str) -> Hash {
    Hash::of(&[b"giapranh-bench sealing\n", unit.as_bytes()])
}

/// What a unit's node opens grants with.
pub fn sealing_key(unit: &str) -> SealingKey {
    SealingKey::from_seed(&sealing_seed(unit).0)
}

fn identity(unit: &str) -> Identity {
    Identity {
        unit: unit.to_owned(),
        epoch: 1,
        public_key: key(unit).public_key(),
        registrar: REGISTRAR.to_owned(),
        anchor: key(REGISTRAR).public_key(),
    }
}

/// Makes the node of a unit in a directory that is not there yet: what `giapranh node init` makes,
/// but for the keys.
pub fn make(dir: &Path, unit: &str) -> Result<()> {
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
    for (name, seed) in [("node.key", seed(unit)), ("sealing.key", sealing_seed(unit))] {
        let mut file = std::fs::OpenOptions::new();
        let file = file.write(true).create_new(true).mode(0o600).open(dir.join(name));
        writeln!(file?, "{seed}")?;
    }
    giapranh_log::create(dir, &identity(unit))?;
    let anchor = key(REGISTRAR).public_key().to_hex();
    let text = format!(
        "unit = \"{unit}\"\n\n[anchor]\nregistrar = \"{REGISTRAR}\"\npublic_key = \"{anchor}\"\n"
    );
    std::fs::write(dir.join("node.toml"), text).context("node.toml")
}

/// Opens the node of a unit.
pub fn open(dir: &Path, unit: &str) -> Result<Node> {
    let registrar: UnitId = REGISTRAR.parse()?;
    let reader = Reader::open(&dir.join(LOG_FILE))?;
    let standing = Arc::new(Standing::load(&reader, &unit.parse()?, &registrar)?);
    let open = Open {
        signer: Arc::new(key(unit)),
        keyring: standing.clone(),
        entitlement: standing.clone(),
        clock: Arc::new(SystemClock),
    };
    let log = Log::open(dir, &identity(unit), open)?;
    Ok(Node { log, standing })
}

/// Makes a node and gives it the directory.
pub async fn make_founded(dir: &Path, unit: &str, directory: &[Published]) -> Result<()> {
    make(dir, unit)?;
    let node = open(dir, unit)?;
    let arrivals: Vec<Arrival> = directory.iter().flat_map(arrivals).collect();
    node.log.arrive(arrivals).await?;
    node.log.close().await;
    Ok(())
}

/// A message for each zone, as the stream hands them out.
pub fn arrivals(event: &Published) -> impl Iterator<Item = Arrival> + '_ {
    let province = event.origin.split('_').next().unwrap_or_default();
    event.zones.iter().map(move |zone| Arrival {
        subject: format!("giapranh.v1.feed.{zone}.{province}.{}", event.origin),
        named: Some((zone.clone(), event.origin.clone())),
        bytes: event.bytes.clone(),
    })
}
