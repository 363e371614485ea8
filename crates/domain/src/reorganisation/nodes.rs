//! What follows for nodes: how far those count whose units end, and who acts for whom then.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Ending, ReorganisationError};
use crate::codes::{CutCause, Level};
use crate::directory::Node;
use crate::wire::proto;
use crate::{Directory, UnitId};

/// The cuts of the nodes whose units end.
pub(super) fn cuts<'a>(
    directory: &Directory,
    ending: impl Iterator<Item = &'a UnitId>,
    endings: &BTreeMap<UnitId, Ending>,
) -> Result<Vec<Change>, ReorganisationError> {
    let nodes: BTreeMap<&UnitId, &Node> =
        directory.all_nodes().map(|node| (&node.unit, node)).collect();
    let (mut cuts, mut unknown) = (Vec::new(), Vec::new());
    for unit in ending {
        if unit == directory.registrar() {
            return Err(ReorganisationError::Registrar(unit.clone()));
        }
        let Some(tenure) = nodes.get(unit).and_then(|node| node.tenures.last()) else { continue };
        let settled = |cut: &crate::directory::Cut| {
            cut.epoch == tenure.epoch && cut.cause != CutCause::NewEpoch
        };
        if directory.cuts(unit).iter().any(settled) {
            continue;
        }
        let last = match endings.get(unit) {
            Some(ending) if ending.epoch != tenure.epoch => {
                return Err(ReorganisationError::Epoch {
                    unit: unit.clone(),
                    enrolled: tenure.epoch,
                    given: ending.epoch,
                });
            }
            Some(ending) => ending.last,
            // A key that its province never confirmed has said nothing that counts.
            None if tenure.counts_from.is_none() => None,
            None => {
                unknown.push(unit.clone());
                continue;
            }
        };
        cuts.push(Change::CutMade(proto::CutMade {
            origin: unit.to_string(),
            epoch: tenure.epoch,
            last_index: last.map_or(0, |(index, _)| index),
            last_hash: last.map(|(_, leaf)| leaf.to_vec()).unwrap_or_default(),
            cause: CutCause::Succeeded.code().to_owned(),
            nothing: last.is_none(),
        }));
    }
    if unknown.is_empty() { Ok(cuts) } else { Err(ReorganisationError::NoEnding(unknown)) }
}

/// After the first step: a province's node acts for whom it acted for, and for those that the node
/// of one of its districts did.
pub(super) fn taken_over(
    directory: &Directory,
    ended: &BTreeMap<UnitId, Vec<UnitId>>,
) -> Vec<Change> {
    let left_alone = directory.units().filter(|unit| {
        unit.level == Level::Commune
            && directory.node_of(&unit.id).is_some_and(|node| ended.contains_key(node))
    });
    let mut orphans: BTreeMap<UnitId, BTreeSet<UnitId>> = BTreeMap::new();
    for unit in left_alone {
        orphans.entry(unit.id.province()).or_default().insert(unit.id.clone());
    }
    let taking = orphans.into_iter().filter_map(|(province, mut wanted)| {
        let kept = served(directory, &province);
        wanted.extend(kept.into_iter().filter(|unit| !ended.contains_key(unit)));
        service(directory, &province, &wanted)
    });
    taking.collect()
}

/// After the second step: a province's node acts for all its communes that no other node acts for.
pub(super) fn serving_all(
    directory: &Directory,
    communes: &BTreeSet<UnitId>,
    ended: &BTreeMap<UnitId, Vec<UnitId>>,
) -> Vec<Change> {
    let mut wanted: BTreeMap<UnitId, BTreeSet<UnitId>> = BTreeMap::new();
    for commune in communes {
        let province = commune.province();
        let acting = directory.node_of(commune);
        let another = acting.is_some_and(|node| *node != province && !ended.contains_key(node));
        if !another {
            wanted.entry(province).or_default().insert(commune.clone());
        }
    }
    wanted.iter().filter_map(|(province, wanted)| service(directory, province, wanted)).collect()
}

/// Whom a node acts for now, beside its own unit.
fn served(directory: &Directory, node: &UnitId) -> BTreeSet<UnitId> {
    let mut units = directory.acting_units(node);
    units.remove(node);
    units
}

/// The new list, where the province has a node and the list is another one.
fn service(directory: &Directory, province: &UnitId, wanted: &BTreeSet<UnitId>) -> Option<Change> {
    directory.node(province)?;
    (served(directory, province) != *wanted).then(|| {
        Change::ServiceSet(proto::ServiceSet {
            unit: province.to_string(),
            serves: wanted.iter().map(ToString::to_string).collect(),
        })
    })
}
