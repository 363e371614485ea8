//! Whose keys are believed, and why: the anchor's, and those that the registrar's events enrol.

use std::collections::{BTreeMap, BTreeSet};

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

/// The anchor's key and every enrolled one, each for the epochs that it signs.
#[derive(Debug, Clone)]
pub struct Keys(BTreeMap<KeyId, Enrolled>);

/// A key, whose it is, and the epochs of that unit's log that it signs.
#[derive(Debug, Clone)]
struct Enrolled {
    key: PublicKey,
    unit: String,
    epochs: BTreeSet<u32>,
}

impl Enrolled {
    fn new(key: PublicKey, unit: &str, epoch: u32) -> Self {
        Self { key, unit: unit.to_owned(), epochs: [epoch].into() }
    }
}

impl Keys {
    /// The keys that a directory knows, and the anchor that it rests on.
    pub fn of(directory: &Directory, anchor: PublicKey) -> Self {
        let mut keys = Self(BTreeMap::new());
        for node in directory.all_nodes() {
            // Also those that were cut: what they signed before goes on being theirs.
            for tenure in &node.tenures {
                if let Some(key) = PublicKey::from_bytes(&tenure.public_key) {
                    keys.add(Enrolled::new(key, node.unit.as_str(), tenure.epoch));
                }
            }
        }
        let first = directory.terms().first();
        let (unit, epoch) =
            first.map_or_else(|| (directory.registrar(), 1), |term| (&term.unit, term.epoch));
        let enrolled = Enrolled::new(anchor, unit.as_str(), epoch);
        // Whoever else has it enrolled, it is the registrar's.
        keys.0.retain(|id, other| *id != anchor.id() || other.unit == enrolled.unit);
        keys.add(enrolled);
        keys
    }

    /// With a key of a log's own node, which signs its notes before the directory that enrols it
    /// has arrived. A key that is enrolled stays with its unit.
    #[must_use]
    pub fn with_own(mut self, own: PublicKey, unit: &str, epoch: u32) -> Self {
        self.add(Enrolled::new(own, unit, epoch));
        self
    }

    /// With what was known before: a key that was one stays one, also when its enrolment does not
    /// count any more.
    #[must_use]
    pub fn with_earlier(mut self, earlier: Self) -> Self {
        for (id, enrolled) in earlier.0 {
            self.0.entry(id).or_insert(enrolled);
        }
        self
    }

    /// Another epoch of a key that is the same unit's; nothing when it is another's.
    fn add(&mut self, enrolled: Enrolled) {
        let known = self.0.entry(enrolled.key.id()).or_insert_with(|| enrolled.clone());
        if known.unit == enrolled.unit {
            known.epochs.extend(enrolled.epochs);
        }
    }

    /// The keys that sign an epoch of a unit's log.
    pub fn of_epoch(&self, unit: &str, epoch: u32) -> impl Iterator<Item = PublicKey> {
        let keys = self.0.values();
        keys.filter(move |enrolled| enrolled.unit == unit && enrolled.epochs.contains(&epoch))
            .map(|enrolled| enrolled.key)
    }

    /// Whether a key is enrolled for that epoch of its unit's log.
    pub fn signs(&self, id: &KeyId, epoch: u32) -> bool {
        self.0.get(id).is_some_and(|enrolled| enrolled.epochs.contains(&epoch))
    }
}

impl Keyring for Keys {
    fn find(&self, id: &KeyId) -> Option<(PublicKey, String)> {
        self.0.get(id).map(|enrolled| (enrolled.key, enrolled.unit.clone()))
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
    /// The keys of the log's own node, by epoch, believed until the directory has spoken.
    own: Vec<(u32, PublicKey)>,
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
        learner.own = reader.own_keys()?;
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

    /// The keys that the log calls its own and the directory, as far as it is known, does not; each
    /// with the epoch for which it does not.
    pub(crate) fn strangers(&self) -> Vec<(u32, PublicKey)> {
        let proven = Keys::of(&self.directory, self.anchor);
        let enrolled = |(epoch, key): &(u32, PublicKey)| {
            let found = proven.find(&key.id());
            found.is_some_and(|(_, owner)| owner == self.unit) && proven.signs(&key.id(), *epoch)
        };
        self.own.iter().filter(|own| !enrolled(own)).copied().collect()
    }

    /// Whether an event is the directory's next word, by whoever's it is: then the directory's head
    /// is one higher with it, and who kept it before is not undone.
    pub(crate) fn goes_on(&self, event: &Event) -> bool {
        let mut after = self.directory.clone();
        learn(&mut after, event);
        after.head() == self.directory.head() + 1
            && after.terms().starts_with(self.directory.terms())
    }

    /// Whether the founders' signatures in an event put its origin in the registrar's place, after
    /// the head that the directory has.
    pub(crate) fn is_named_by_founders(&self, event: &Event) -> bool {
        let mut after = self.directory.clone();
        learn(&mut after, event);
        let (before, after) = (self.directory.terms(), after.terms());
        let begun = after.get(before.len()).filter(|_| after.starts_with(before));
        begun.is_some_and(|term| {
            term.unit.as_str() == event.header().origin && term.base == self.directory.head()
        })
    }

    /// Believes the keys that another one knows, where it knows none itself: of what was undone since.
    pub(crate) fn admit(&mut self, other: &Self) {
        let keys = std::mem::replace(&mut self.keys, Keys(BTreeMap::new()));
        self.keys = keys.with_earlier(other.keys.clone());
    }

    fn renew(&mut self) {
        let keys = Keys::of(&self.directory, self.anchor);
        let own = self.own.iter();
        let keys = own.fold(keys, |keys, (epoch, key)| keys.with_own(*key, &self.unit, *epoch));
        let earlier = std::mem::replace(&mut self.keys, Keys(BTreeMap::new()));
        self.keys = keys.with_earlier(earlier);
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

    fn signs(&self, key: &KeyId, epoch: u32) -> bool {
        self.keys.signs(key, epoch)
    }

    fn learn(&mut self, event: &Event) {
        if learn(&mut self.directory, event) {
            self.renew();
        }
    }
}

/// The directory that a log's events add up to, and every key that any of them enrolled on the way:
/// also one that a later word undid, under which events were let in.
pub fn known_of(
    reader: &Reader,
    registrar: UnitId,
    anchor: PublicKey,
) -> Result<(Directory, Keys), LogError> {
    let mut directory = Directory::new(registrar);
    let mut keys = Keys::of(&directory, anchor);
    for stored in reader.of_zone(ZONE_DIRECTORY, 0, reader.head()?)? {
        if learn(&mut directory, &stored.event) {
            keys = Keys::of(&directory, anchor).with_earlier(keys);
        }
    }
    Ok((directory, keys))
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
