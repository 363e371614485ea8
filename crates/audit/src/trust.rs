//! Whose keys are believed, and why: the anchor's, and those that the registrar's events enrol.

use std::collections::BTreeMap;

use giapranh_domain::directory::Heard;
use giapranh_domain::{Directory, UnitId};
use giapranh_log::verify::Learning;
use giapranh_log::{LogError, Reader};
use giapranh_record::event::Event;
use giapranh_record::{KeyId, Keyring, PublicKey, ZONE_DIRECTORY};
use giapranh_views::to_word;

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
        // Also those that were cut: what they signed before goes on being theirs.
        let tenures = directory
            .all_nodes()
            .flat_map(|node| node.tenures.iter().map(move |tenure| (&node.unit, tenure)));
        let enrolled = tenures.filter_map(|(unit, tenure)| {
            let public_key = PublicKey::from_bytes(&tenure.public_key)?;
            Some((public_key.id(), (public_key, unit.to_string())))
        });
        let first = directory.terms().first().map_or_else(|| directory.registrar(), |t| &t.unit);
        let registrar = (anchor.id(), (anchor, first.to_string()));
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

/// Folds an event into the directory. Tells whether that changed.
pub fn learn(directory: &mut Directory, event: &Event) -> bool {
    to_word(event).is_some_and(|word| directory.hear(word) != Heard::Nothing)
}

/// Grows the directory, and so the keys, event by event.
#[derive(Debug, Clone)]
pub struct Learner {
    anchor: PublicKey,
    /// The keys of the log's own node, believed until the directory has spoken.
    own: Vec<PublicKey>,
    unit: String,
    directory: Directory,
    keys: Keys,
}

impl Learner {
    /// Knows the anchor alone.
    pub fn new(registrar: UnitId, anchor: PublicKey) -> Self {
        let directory = Directory::new(registrar);
        let keys = Keys::of(&directory, anchor);
        Self { anchor, own: Vec::new(), unit: String::new(), directory, keys }
    }

    /// Knows the anchor of a log, and believes that its own keys are those it names. Which are not
    /// [`Learner::strangers`] tells at the end.
    pub(crate) fn of_node(reader: &Reader) -> Result<Self, AuditError> {
        let identity = reader.identity()?;
        let mut learner = Self::new(unit(&identity.registrar)?, identity.anchor);
        learner.own = reader.own_keys()?.into_iter().map(|(_, key)| key).collect();
        learner.unit = identity.unit;
        learner.renew();
        Ok(learner)
    }

    /// Knows what a log's directory says, believing the log.
    pub(crate) fn of_log(reader: &Reader) -> Result<Self, AuditError> {
        let identity = reader.identity()?;
        let registrar = unit(&identity.registrar)?;
        let directory = directory_of(reader, registrar)?;
        let keys = Keys::of(&directory, identity.anchor);
        let (anchor, unit) = (identity.anchor, identity.unit);
        Ok(Self { anchor, own: Vec::new(), unit, directory, keys })
    }

    /// The keys that the log calls its own and the directory, as far as it is known, does not.
    pub(crate) fn strangers(&self) -> Vec<PublicKey> {
        let proven = Keys::of(&self.directory, self.anchor);
        let enrolled =
            |key: &PublicKey| proven.find(&key.id()).is_some_and(|(_, owner)| owner == self.unit);
        self.own.iter().filter(|key| !enrolled(key)).copied().collect()
    }

    /// Whether the founders' signatures in an event put its origin in the registrar's place.
    pub(crate) fn is_named_by_founders(&self, event: &Event) -> bool {
        let terms = self.directory.terms().len();
        let mut trial = self.directory.clone();
        learn(&mut trial, event);
        trial.terms().len() > terms && trial.registrar().as_str() == event.header().origin
    }

    fn renew(&mut self) {
        let keys = Keys::of(&self.directory, self.anchor);
        self.keys = self.own.iter().fold(keys, |keys, key| keys.with_own(*key, &self.unit));
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
