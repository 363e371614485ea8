//! Making a node: its directory, keys, configuration and empty log. Once in its life; and taking new
//! keys, after it was closed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use giapranh_domain::UnitId;
use giapranh_domain::event::Kind;
use giapranh_log::{Identity, LOG_FILE, Reader};
use giapranh_record::{PublicKey, Signer as _};

use crate::config::Tls;
use crate::{Anchor, Config, Enrolment, NodeError, keys};

/// A node that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Initialised {
    /// To be taken to the registrar.
    pub enrolment: Enrolment,
    /// The anchor's file; the registrar's is to be given to all others.
    pub anchor_path: PathBuf,
}

/// Where a new node exchanges; all of it can be written into `node.toml` later.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)]
pub struct Exchange {
    pub nats: Option<String>,
    pub isolated: bool,
    pub replicas: Option<usize>,
    pub tls: Option<Tls>,
}

/// Makes the node of a unit in `dir`. Without an anchor it is the registrar's own, and its key is
/// the anchor.
pub fn init(
    dir: &Path,
    unit: &UnitId,
    anchor: Option<Anchor>,
    serves: BTreeSet<UnitId>,
    exchange: Exchange,
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
    let anchor = anchor.unwrap_or_else(|| Anchor {
        registrar: unit.clone(),
        public_key: public_key.to_hex(),
        threshold: 0,
        founders: [].into(),
    });
    let identity = Identity {
        unit: unit.to_string(),
        epoch: 1,
        public_key,
        registrar: anchor.registrar.to_string(),
        anchor: anchor.key()?,
    };
    let enrolment = request(dir, unit, public_key, 1, serves)?;
    giapranh_log::create(dir, &identity)?;
    let anchor_path = dir.join("anchor.toml");
    anchor.save(&anchor_path)?;
    let Exchange { nats, isolated, replicas, tls } = exchange;
    // Last: a directory with node.toml is a whole one.
    Config { unit: unit.clone(), nats, http: None, isolated, replicas, tls, anchor }.save(dir)?;
    Ok(Initialised { enrolment, anchor_path })
}

/// Gives a node that was closed, or whose key was cut, new keys for the next epoch of its log. The
/// old ones are put aside: the signing key as `node.key.<epoch>`, to be destroyed when the cut is
/// known everywhere.
pub fn rotate(dir: &Path, serves: BTreeSet<UnitId>) -> Result<Enrolment, NodeError> {
    let config = Config::load(dir)?;
    let reader = Reader::open(&dir.join(LOG_FILE))?;
    let identity = reader.identity()?;
    let last = reader.newest_published(&identity.unit, identity.epoch)?;
    let closed = last.is_some_and(|last| last.event.header().kind == Kind::NodeClosed.code());
    let directory = crate::deploy::directory(dir)?;
    let mut cuts = directory.cuts(&config.unit).iter();
    if !closed && !cuts.any(|cut| cut.epoch == identity.epoch) {
        let text = "the node has to be closed first, so that everybody learns how far its key \
                    counts: giapranh node close";
        return Err(NodeError::Request(text.to_owned()));
    }
    drop(reader);
    keys::put_aside(dir, identity.epoch)?;
    let public_key = keys::create(dir)?.public_key();
    let epoch = giapranh_log::begin_epoch(dir, &public_key)?;
    request(dir, &config.unit, public_key, epoch, serves)
}

/// Makes the nkeys of a unit, and the request that tells all public keys.
fn request(
    dir: &Path,
    unit: &UnitId,
    public_key: PublicKey,
    epoch: u32,
    serves: BTreeSet<UnitId>,
) -> Result<Enrolment, NodeError> {
    let public = |name| Ok::<_, NodeError>(keys::create_seed(dir, name)?.public().to_string());
    let of_province = |name| {
        if unit.province() == *unit { public(name) } else { Ok(String::new()) }
    };
    Ok(Enrolment {
        unit: unit.clone(),
        public_key: public_key.to_hex(),
        serves,
        epoch,
        nats_key: public(keys::NATS)?,
        nats_owner_key: of_province(keys::NATS_OWNER)?,
        nats_link_key: of_province(keys::NATS_LINK)?,
    })
}

/// The request of a node again, as its keys are now.
pub fn request_again(dir: &Path, serves: BTreeSet<UnitId>) -> Result<Enrolment, NodeError> {
    let config = Config::load(dir)?;
    let identity = Reader::open(&dir.join(LOG_FILE))?.identity()?;
    let public = |name| {
        let seed = keys::seed(dir, name)?;
        Ok::<_, NodeError>(seed.map(|seed| seed.public().to_string()).unwrap_or_default())
    };
    Ok(Enrolment {
        unit: config.unit,
        public_key: keys::load(dir)?.public_key().to_hex(),
        serves,
        epoch: identity.epoch,
        nats_key: public(keys::NATS)?,
        nats_owner_key: public(keys::NATS_OWNER)?,
        nats_link_key: public(keys::NATS_LINK)?,
    })
}

/// Who the node in `dir` is, by its configuration, key and log.
pub(crate) fn identity(
    dir: &Path,
    config: &Config,
    key: &giapranh_record::SigningKey,
) -> Result<Identity, NodeError> {
    Ok(Identity {
        unit: config.unit.to_string(),
        epoch: Reader::open(&dir.join(LOG_FILE))?.identity()?.epoch,
        public_key: key.public_key(),
        registrar: config.anchor.registrar.to_string(),
        anchor: config.anchor.key()?,
    })
}
