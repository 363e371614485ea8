//! Making a node: its directory, keys, configuration and empty log. Once in its life; and taking new
//! keys, after it was closed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use giapranh_domain::UnitId;
use giapranh_domain::event::Kind;
use giapranh_log::{Identity, LOG_FILE, LogError, Reader};
use giapranh_record::{PublicKey, Signer as _};

use crate::config::{Due, Pace, Tls};
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
    let (http, monitor, monitor_reachable) = (None, None, false);
    let (unit, healing, due) = (unit.clone(), Pace::default(), Due::default());
    Config {
        unit,
        nats,
        http,
        isolated,
        replicas,
        monitor,
        monitor_reachable,
        tls,
        console: None,
        healing,
        due,
        anchor,
    }
    .save(dir)?;
    Ok(Initialised { enrolment, anchor_path })
}

/// Gives a node that was closed, or whose key was cut, new keys for the next epoch of its log. The
/// old ones are put aside: the signing key as `node.key.<epoch>`, to be destroyed when the cut is
/// known everywhere. Cut off anywhere, it goes on when it is done again.
pub fn rotate(dir: &Path, serves: BTreeSet<UnitId>) -> Result<Enrolment, NodeError> {
    rotate_with(dir, serves, &mut || Ok(()))
}

/// New keys are made beside the old ones, the log learns of them, and only then do they take their
/// place: so there is always a key for the epoch that the log is in. `cut` is asked before each
/// step.
fn rotate_with(
    dir: &Path,
    serves: BTreeSet<UnitId>,
    cut: &mut dyn FnMut() -> Result<(), NodeError>,
) -> Result<Enrolment, NodeError> {
    let config = Config::load(dir)?;
    let identity = Reader::open(&dir.join(LOG_FILE))?.identity()?;
    let begun = keys::prepared(dir).is_some_and(|key| key.public_key() == identity.public_key);
    let mut epoch = identity.epoch;
    if !begun {
        may_rotate(dir, &config, &identity)?;
        cut()?;
        let key = keys::prepare(dir, &config.unit)?;
        cut()?;
        // It takes the log's lock. When a running node has it, nothing has happened.
        epoch = match giapranh_log::begin_epoch(dir, &key.public_key()) {
            Err(error @ LogError::Busy(_)) => {
                keys::forget_prepared(dir)?;
                return Err(error.into());
            }
            begun => begun?,
        };
        cut()?;
    }
    keys::exchange(dir, epoch.saturating_sub(1), cut)?;
    request_again(dir, serves)
}

fn may_rotate(dir: &Path, config: &Config, identity: &Identity) -> Result<(), NodeError> {
    let reader = Reader::open(&dir.join(LOG_FILE))?;
    let last = reader.newest_published(&identity.unit, identity.epoch)?;
    let closed = last.is_some_and(|last| last.event.header().kind == Kind::NodeClosed.code());
    let directory = crate::deploy::directory(dir)?;
    let mut cuts = directory.cuts(&config.unit).iter();
    if closed || cuts.any(|cut| cut.epoch == identity.epoch) {
        return Ok(());
    }
    let text = "the node has to be closed first, so that everybody learns how far its key counts: \
                giapranh node close. If it has its new keys already: giapranh node request";
    Err(NodeError::Request(text.to_owned()))
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
    let sealing_key = keys::create_sealing(dir)?.public_key().to_hex();
    Ok(Enrolment {
        unit: unit.clone(),
        public_key: public_key.to_hex(),
        serves,
        epoch,
        nats_key: public(keys::NATS)?,
        nats_owner_key: of_province(keys::NATS_OWNER)?,
        nats_link_key: of_province(keys::NATS_LINK)?,
        sealing_key,
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
        sealing_key: keys::load_sealing(dir)?.public_key().to_hex(),
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use giapranh_log::{Log, Open};
    use giapranh_record::{Draft, Facts, Payload};

    use super::*;
    use crate::SystemClock;
    use crate::standing::Standing;

    /// The node of a province, closed.
    async fn closed(dir: &Path) {
        let unit: UnitId = "tay-ninh".parse().unwrap();
        init(dir, &unit, None, BTreeSet::new(), Exchange::default()).unwrap();
        let (config, key) = (Config::load(dir).unwrap(), keys::load(dir).unwrap());
        let identity = identity(dir, &config, &key).unwrap();
        let reader = Reader::open(&dir.join(LOG_FILE)).unwrap();
        let standing = Arc::new(Standing::load(&reader, &unit, &unit).unwrap());
        let (signer, clock) = (Arc::new(key), Arc::new(SystemClock));
        let open = Open { signer, keyring: standing.clone(), entitlement: standing, clock };
        let log = Log::open(dir, &identity, open).unwrap();
        let draft = Draft {
            event_id: crate::author::event_id(1_700_000_000_000),
            kind: Kind::NodeClosed.code().to_owned(),
            acting_unit: unit.to_string(),
            directory_seq: 0,
            alert: None,
            drafted_by: None,
            approved_by: None,
            causes: Vec::new(),
            facts: Facts::default(),
            erase_by_ms: None,
            zones: vec!["cluster".to_owned()],
            payload: Payload::Plain(bytes::Bytes::new()),
        };
        log.submit(move |batch| batch.append(draft)).await.unwrap();
        log.close().await;
    }

    fn files(dir: &Path) -> BTreeSet<String> {
        let entries = std::fs::read_dir(dir).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    fn epoch(dir: &Path) -> (u32, PublicKey) {
        let identity = Reader::open(&dir.join(LOG_FILE)).unwrap().identity().unwrap();
        (identity.epoch, identity.public_key)
    }

    #[tokio::test]
    async fn new_keys_that_are_cut_off_anywhere_are_taken_when_it_is_done_again() {
        for steps in 0.. {
            let dir = tempfile::tempdir().unwrap();
            let dir = dir.path();
            closed(dir).await;
            let old = keys::load(dir).unwrap().public_key();
            let mut left = steps;
            let mut cut = || {
                left -= 1;
                if left < 0 { Err(NodeError::Request("cut off".into())) } else { Ok(()) }
            };
            let done = rotate_with(dir, BTreeSet::new(), &mut cut).is_ok();
            // Whatever the epoch of the log is, its key is somewhere.
            let keys_there = keys::prepared(dir).into_iter().chain(keys::load(dir).ok());
            let mut keys_there = keys_there.map(|key| key.public_key());
            let (_, needed) = epoch(dir);
            assert!(keys_there.any(|key| key == needed), "after {steps} steps");

            let again = if done {
                request_again(dir, BTreeSet::new())
            } else {
                rotate(dir, BTreeSet::new())
            };
            let request = again.unwrap_or_else(|error| panic!("after {steps} steps: {error}"));
            let key = keys::load(dir).unwrap().public_key();
            assert_eq!((request.epoch, &request.public_key), (2, &key.to_hex()));
            assert_eq!(epoch(dir), (2, key));
            assert_ne!(key, old);
            let names = files(dir);
            for name in ["node.key", "nats.nk", "nats-owner.nk", "nats-link.nk"] {
                assert!(names.contains(name) && names.contains(&format!("{name}.1")), "{names:?}");
                assert!(!names.contains(&format!("{name}.new")), "{names:?}");
            }
            assert!(keys::all(dir).unwrap().iter().any(|key| key.public_key() == old));
            if done {
                assert!(steps > 8, "every file is a step of its own");
                return;
            }
        }
    }

    #[tokio::test]
    async fn a_running_node_keeps_its_keys() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path();
        closed(dir).await;
        let (config, key) = (Config::load(dir).unwrap(), keys::load(dir).unwrap());
        let identity = identity(dir, &config, &key).unwrap();
        let reader = Reader::open(&dir.join(LOG_FILE)).unwrap();
        let standing =
            Arc::new(Standing::load(&reader, &config.unit, &config.anchor.registrar).unwrap());
        let (signer, clock) = (Arc::new(key), Arc::new(SystemClock));
        let open = Open { signer, keyring: standing.clone(), entitlement: standing, clock };
        let log = Log::open(dir, &identity, open).unwrap();
        let before = (files(dir), epoch(dir));
        let refused = rotate(dir, BTreeSet::new()).unwrap_err();
        assert!(matches!(refused, NodeError::Log(LogError::Busy(_))), "{refused}");
        assert_eq!((files(dir), epoch(dir)), before);
        log.close().await;
        rotate(dir, BTreeSet::new()).unwrap();
    }
}
