//! What the directory says now about keys and zones: what the log's gate asks.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use giapranh_domain::event::Body;
use giapranh_domain::{Directory, UnitId, wire};
use giapranh_log::{Entitlement, LogError, Reader};
use giapranh_record::event::Event;
use giapranh_record::{KeyId, Keyring, Payload, PublicKey, ZONE_DIRECTORY};

/// The directory at its head, as this node uses it.
pub(crate) struct Standing {
    node: UnitId,
    anchor: PublicKey,
    now: RwLock<Now>,
}

struct Now {
    directory: Arc<Directory>,
    keys: Keys,
}

/// The anchor's key and every enrolled one.
#[derive(Debug, Clone)]
pub(crate) struct Keys(BTreeMap<KeyId, (PublicKey, String)>);

impl Standing {
    /// Folds the directory's events of a log.
    pub fn load(reader: &Reader, node: &UnitId, registrar: &UnitId) -> Result<Self, LogError> {
        let anchor = reader.identity()?.anchor;
        let mut directory = Directory::new(registrar.clone());
        for stored in reader.of_zone(ZONE_DIRECTORY, 0, reader.head()?)? {
            learn(&mut directory, &stored.event);
        }
        let keys = Keys::of(&directory, anchor);
        let now = RwLock::new(Now { directory: Arc::new(directory), keys });
        Ok(Self { node: node.clone(), anchor, now })
    }

    /// The directory that decisions are made under now.
    pub fn directory(&self) -> Arc<Directory> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).directory.clone()
    }

    /// Takes over a newer directory.
    pub fn replace(&self, directory: Arc<Directory>) {
        let keys = Keys::of(&directory, self.anchor);
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Now { directory, keys };
    }
}

impl Keyring for Standing {
    fn find(&self, id: &KeyId) -> Option<(PublicKey, String)> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).keys.find(id)
    }
}

impl Entitlement for Standing {
    fn includes(&self, zone: &str) -> bool {
        let directory = self.directory();
        zone.parse().is_ok_and(|zone| directory.is_entitled(&self.node, &zone))
    }

    fn directory_head(&self) -> u64 {
        self.directory().head()
    }
}

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
}

impl Keyring for Keys {
    fn find(&self, id: &KeyId) -> Option<(PublicKey, String)> {
        self.0.get(id).cloned()
    }
}

/// Folds an event into the directory, if it is the registrar's. Tells whether it was.
pub(crate) fn learn(directory: &mut Directory, event: &Event) -> bool {
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
