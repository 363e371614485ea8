//! What the directory says now about keys and zones: what the log's gate asks.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};

use giapranh_audit::trust::{self, Keys};

use giapranh_domain::{Directory, UnitId};
use giapranh_log::{Entitlement, Identity, LogError, Reader};
use giapranh_record::event::Event;
use giapranh_record::{KeyId, Keyring, PublicKey};

/// The directory at its head, as this node uses it.
pub struct Standing {
    node: UnitId,
    anchor: PublicKey,
    now: RwLock<Now>,
}

struct Now {
    directory: Arc<Directory>,
    keys: Keys,
    /// The zones that the node may hold.
    zones: BTreeSet<String>,
}

impl Now {
    fn of(directory: Arc<Directory>, keys: Keys, node: &UnitId) -> Self {
        let zones = directory.entitled_zones(node).into_iter().map(String::from).collect();
        Self { directory, keys, zones }
    }
}

impl Standing {
    /// Folds the directory's events of a log.
    pub fn load(reader: &Reader, node: &UnitId, registrar: &UnitId) -> Result<Self, LogError> {
        let Identity { anchor, .. } = reader.identity()?;
        let (directory, keys) = trust::known_of(reader, registrar.clone(), anchor)?;
        let now = RwLock::new(Now::of(Arc::new(directory), keys, node));
        Ok(Self { node: node.clone(), anchor, now })
    }

    /// The directory that decisions are made under now.
    pub fn directory(&self) -> Arc<Directory> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).directory.clone()
    }

    /// Takes over a newer directory. Tells whether the node may hold a zone that it might not before.
    pub fn replace(&self, directory: Arc<Directory>) -> bool {
        let mut current = self.now.write().unwrap_or_else(PoisonError::into_inner);
        // What was let in under a key must verify at the next start, too.
        let keys = Keys::of(&directory, self.anchor).with_earlier(current.keys.clone());
        let now = Now::of(directory, keys, &self.node);
        let more = !now.zones.is_subset(&current.zones);
        *current = now;
        more
    }
}

impl Keyring for Standing {
    fn find(&self, id: &KeyId) -> Option<(PublicKey, String)> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).keys.find(id)
    }
}

impl Entitlement for Standing {
    fn includes(&self, zone: &str) -> bool {
        self.now.read().unwrap_or_else(PoisonError::into_inner).zones.contains(zone)
    }

    fn directory_head(&self) -> u64 {
        self.directory().head()
    }

    fn objection(&self, event: &Event) -> Option<(&'static str, String)> {
        let now = self.now.read().unwrap_or_else(PoisonError::into_inner);
        let header = event.header();
        let origin: UnitId = header.origin.parse().ok()?;
        if now.directory.is_beyond_cut(&origin, header.epoch, header.index) {
            let detail = format!(
                "epoch {} of {origin} counts up to an index before {}",
                header.epoch, header.index
            );
            return Some(("beyond-cut", detail));
        }
        let (key, _) = now.keys.find(&event.key_id())?;
        let known = now.directory.all_nodes().any(|node| node.unit == origin);
        let signs = now.directory.signs(&origin, header.epoch, &key.to_bytes());
        (known && !signs).then(|| {
            let detail = format!("the key is not the one of epoch {} of {origin}", header.epoch);
            ("key-of-another-epoch", detail)
        })
    }
}
