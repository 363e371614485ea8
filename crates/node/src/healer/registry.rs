//! What the directory says to healing.

use giapranh_domain::{Directory, UnitId, ZoneId};
use giapranh_log::FeedKey;
use giapranh_record::chain::Head;
use giapranh_record::{KeyId, Keyring, PublicKey};

use crate::healing::{Expected, Feed, Heads, Registry};
use crate::standing::Standing;

impl Registry for Standing {
    fn keyring(&self) -> &dyn Keyring {
        self
    }

    fn is_entitled(&self, unit: &str, zone: &str) -> bool {
        let directory = self.directory();
        // Before there is a directory, what counts is the registrar's word on it.
        directory.head() == 0 || is_entitled(&directory, unit, zone)
    }

    fn speaks(&self, unit: &str, epoch: u32, key: &KeyId) -> bool {
        let directory = self.directory();
        if directory.head() == 0 {
            return directory.registrar().as_str() == unit;
        }
        let Ok(unit) = unit.parse::<UnitId>() else { return false };
        directory.tenure(&unit).is_some_and(|tenure| {
            let current = PublicKey::from_bytes(&tenure.public_key).map(|key| key.id());
            tenure.epoch == epoch && current == Some(*key)
        })
    }
}

/// Whether a unit has a node, and that node may hold what goes to a zone.
pub(crate) fn is_entitled(directory: &Directory, unit: &str, zone: &str) -> bool {
    let (Ok(unit), Ok(zone)) = (unit.parse::<UnitId>(), zone.parse::<ZoneId>()) else {
        return false;
    };
    directory.node(&unit).is_some() && directory.is_entitled(&unit, &zone)
}

/// Every other node, in every zone that it shares with this one.
pub(crate) fn expected(directory: &Directory, me: &UnitId) -> Expected {
    let ours = directory.entitled_zones(me);
    let others = directory.nodes().filter(|node| node.unit != *me);
    others
        .flat_map(|node| {
            let theirs = directory.entitled_zones(&node.unit);
            let shared: Vec<ZoneId> = theirs.intersection(&ours).cloned().collect();
            shared.into_iter().map(|zone| (node.unit.to_string(), zone.to_string()))
        })
        .collect()
}

/// The log's heads as healing has them, without what is never published.
pub(crate) fn heads_of(heads: Vec<(FeedKey, Head)>) -> Heads {
    let published = heads
        .into_iter()
        .filter(|(key, head)| key.zone != giapranh_record::ZONE_LOCAL && head.seq > 0);
    published
        .map(|(FeedKey { origin, epoch, zone }, head)| (Feed { origin, epoch, zone }, head))
        .collect()
}
