//! Whose keys are believed, and why: the anchor's, and those that the registrar's events enrol.

use std::collections::BTreeMap;

use giapranh_domain::event::Body;
use giapranh_domain::{Directory, UnitId, wire};
use giapranh_log::verify::Learning;
use giapranh_log::{Identity, LogError, Reader};
use giapranh_record::event::Event;
use giapranh_record::{KeyId, Keyring, Payload, PublicKey, ZONE_DIRECTORY};

use crate::AuditError;

/// The trust anchor as an auditor has it, from a source that is not the file's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The unit whose node keeps the directory; `None` when the auditor has the key alone.
    pub registrar: Option<UnitId>,
    /// Its key.
    pub public_key: PublicKey,
}

impl Anchor {
    /// Whether a file trusts the same.
    pub(crate) fn agrees(&self, registrar: &str, public_key: &PublicKey) -> bool {
        self.public_key == *public_key
            && self.registrar.as_ref().is_none_or(|own| own.as_str() == registrar)
    }

    /// For people.
    pub(crate) fn describe(&self) -> String {
        match &self.registrar {
            Some(registrar) => trusted(registrar.as_str(), &self.public_key),
            None => self.public_key.to_hex(),
        }
    }
}

/// A registrar and its key, for people.
pub(crate) fn trusted(registrar: &str, public_key: &PublicKey) -> String {
    format!("{registrar} with key {}", public_key.to_hex())
}

/// The anchor's key and every enrolled one.
#[derive(Debug, Clone)]
pub struct Keys(BTreeMap<KeyId, (PublicKey, String)>);

impl Keys {
    /// The keys that a directory knows, and the anchor that it rests on.
    pub fn of(directory: &Directory, anchor: PublicKey) -> Self {
        let enrolled = directory.nodes().filter_map(|node| {
            let public_key = PublicKey::from_bytes(&node.public_key)?;
            Some((public_key.id(), (public_key, node.unit.to_string())))
        });
        let registrar = (anchor.id(), (anchor, directory.registrar().to_string()));
        Self(enrolled.chain([registrar]).collect())
    }

    /// With the key of a log's own node, which signs its notes before the directory that enrols it
    /// has arrived. A key that is enrolled stays with its unit.
    #[must_use]
    pub fn with_own(mut self, own: PublicKey, unit: &str) -> Self {
        self.0.entry(own.id()).or_insert_with(|| (own, unit.to_owned()));
        self
    }

    /// The keys that are enrolled to a unit.
    pub fn of_unit(&self, unit: &str) -> impl Iterator<Item = PublicKey> {
        self.0.values().filter(move |(_, owner)| owner == unit).map(|(key, _)| *key)
    }
}

impl Keyring for Keys {
    fn find(&self, id: &KeyId) -> Option<(PublicKey, String)> {
        self.0.get(id).cloned()
    }
}

/// Folds an event into the directory, if it is the registrar's. Tells whether it was.
pub fn learn(directory: &mut Directory, event: &Event) -> bool {
    let header = event.header();
    let (Some(link), Payload::Plain(payload)) = (header.link(ZONE_DIRECTORY), event.payload())
    else {
        return false;
    };
    if header.origin != directory.registrar().as_str() {
        return false;
    }
    let Body::DirectoryChanged(changed) = wire::decode(&header.kind, payload.clone()) else {
        return false;
    };
    directory.apply(link.seq, &changed);
    true
}

/// Grows the directory, and so the keys, event by event.
#[derive(Debug, Clone)]
pub struct Learner {
    anchor: PublicKey,
    /// The key of the log's own node and its unit, believed until the directory has spoken.
    own: Option<(PublicKey, String)>,
    directory: Directory,
    keys: Keys,
}

impl Learner {
    /// Knows the anchor alone.
    pub fn new(registrar: UnitId, anchor: PublicKey) -> Self {
        let directory = Directory::new(registrar);
        let keys = Keys::of(&directory, anchor);
        Self { anchor, own: None, directory, keys }
    }

    /// Knows the anchor of a log, and believes that its own key is the one it names. Whether it is
    /// [`Learner::enrols_own`] tells at the end.
    pub(crate) fn of_node(identity: &Identity) -> Result<Self, AuditError> {
        let mut learner = Self::new(unit(&identity.registrar)?, identity.anchor);
        learner.own = Some((identity.public_key, identity.unit.clone()));
        learner.renew();
        Ok(learner)
    }

    /// Knows what a log's directory says, believing the log.
    pub(crate) fn of_log(reader: &Reader) -> Result<Self, AuditError> {
        let identity = reader.identity()?;
        let registrar = unit(&identity.registrar)?;
        let directory = directory_of(reader, registrar)?;
        let keys = Keys::of(&directory, identity.anchor);
        Ok(Self { anchor: identity.anchor, own: None, directory, keys })
    }

    /// Whether the directory, as far as it is known, enrols the key that the log calls its own.
    pub(crate) fn enrols_own(&self) -> bool {
        let proven = Keys::of(&self.directory, self.anchor);
        self.own.as_ref().is_none_or(|(key, unit)| {
            proven.find(&key.id()).is_some_and(|(_, owner)| owner == *unit)
        })
    }

    fn renew(&mut self) {
        let keys = Keys::of(&self.directory, self.anchor);
        self.keys = match &self.own {
            Some((key, unit)) => keys.with_own(*key, unit),
            None => keys,
        };
    }

    /// The directory so far.
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// The keys so far.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }
}

impl Learning for Learner {
    fn keyring(&self) -> &dyn Keyring {
        &self.keys
    }

    fn learn(&mut self, event: &Event) {
        if learn(&mut self.directory, event) {
            self.renew();
        }
    }
}

/// Folds the directory's events of a log.
pub fn directory_of(reader: &Reader, registrar: UnitId) -> Result<Directory, LogError> {
    let mut directory = Directory::new(registrar);
    for stored in reader.of_zone(ZONE_DIRECTORY, 0, reader.head()?)? {
        learn(&mut directory, &stored.event);
    }
    Ok(directory)
}

/// A unit's id as a log's file names it.
pub(crate) fn unit(text: &str) -> Result<UnitId, AuditError> {
    text.parse().map_err(|_| AuditError::Unit(text.to_owned()))
}
