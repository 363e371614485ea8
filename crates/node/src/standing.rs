//! What the directory says now about keys and zones: what the log's gate asks.

use std::sync::{Arc, PoisonError, RwLock};

use giapranh_audit::trust::{self, Keys};
use giapranh_domain::{Directory, UnitId};
use giapranh_log::{Entitlement, Identity, LogError, Reader};
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
}

impl Standing {
    /// Folds the directory's events of a log.
    pub fn load(reader: &Reader, node: &UnitId, registrar: &UnitId) -> Result<Self, LogError> {
        let Identity { anchor, .. } = reader.identity()?;
        let directory = trust::directory_of(reader, registrar.clone())?;
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
