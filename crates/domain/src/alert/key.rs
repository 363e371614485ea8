//! Why a node that has an alert lacks its key.

use super::Alert;
use crate::codes::NoKey;
use crate::{Directory, Sealed, UnitId};

impl Alert {
    /// Why the alert is sealed at the node of a unit; `None` when it does not wait for a key.
    pub fn no_key(&self, node: &UnitId, directory: &Directory) -> Option<NoKey> {
        if self.sealed != Some(Sealed::Waiting) {
            return None;
        }
        let mut zones = self.all_zones.iter();
        let entitled =
            self.responsible == *node || zones.any(|zone| directory.is_entitled(node, zone));
        let enrolled = directory.tenure(node).is_some_and(|tenure| tenure.sealing_key.is_some());
        Some(match (entitled, enrolled) {
            (false, _) => NoKey::NotEntitled,
            (true, false) => NoKey::NotEnrolled,
            (true, true) => NoKey::Asked,
        })
    }
}
