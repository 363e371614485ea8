//! How far the log of a node counts.

use anyhow::Result;
use giapranh_domain::codes::CutCause;
use giapranh_domain::directory::Tenure;
use giapranh_domain::wire::proto::CutMade;
use giapranh_domain::{Directory, UnitId};
use giapranh_node::registrar;

use super::{Place, failure};

/// The newest key of a unit's node, also one that waits for its province's word or that was cut.
pub fn newest<'a>(directory: &'a Directory, unit: &UnitId) -> Option<&'a Tenure> {
    let node = directory.all_nodes().find(|node| node.unit == *unit);
    node.and_then(|node| node.tenures.last())
}

/// The newest key of a unit's node whose log has not ended for good.
pub fn open<'a>(directory: &'a Directory, unit: &UnitId) -> Option<&'a Tenure> {
    newest(directory, unit).filter(|tenure| {
        let mut cuts = directory.cuts(unit).iter().filter(|cut| cut.epoch == tenure.epoch);
        !cuts.any(|cut| cut.cause != CutCause::NewEpoch)
    })
}

/// The cut at the event by which a node was closed in that epoch, if this node's log holds it.
pub fn at_closing(
    place: &Place,
    unit: &UnitId,
    epoch: u32,
    cause: &str,
) -> Result<Option<CutMade>> {
    let closed = registrar::closed(place.dir()?).map_err(|error| failure::of_node(&error))?;
    let closed = closed.get(unit).filter(|closed| closed.epoch == epoch);
    Ok(closed.map(|closed| CutMade {
        origin: unit.to_string(),
        epoch,
        last_index: closed.index,
        last_hash: closed.leaf.to_vec(),
        cause: cause.to_owned(),
        nothing: false,
    }))
}

/// The cut that leaves nothing of an epoch.
pub fn nothing(unit: &UnitId, epoch: u32, cause: &str) -> CutMade {
    CutMade {
        origin: unit.to_string(),
        epoch,
        cause: cause.to_owned(),
        nothing: true,
        ..CutMade::default()
    }
}
