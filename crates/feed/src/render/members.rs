//! Who takes part: provinces with their streams, and nodes with their keys.

use std::collections::{BTreeMap, BTreeSet};

use giapranh_record::is_token;

use super::Problems;
use crate::PublicNkey;
use crate::subject::{check_zone, is_province};

/// A province, which has a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Province {
    /// Its id, such as `long-an`.
    pub id: String,
    /// Who keeps its stream and consumers. None: it has ended or has not enrolled; what its
    /// stream holds stays readable.
    pub owner: Option<PublicNkey>,
    /// Who its server is at the hub.
    pub link: Option<PublicNkey>,
}

/// A node, which publishes and pulls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The unit that it is the node of, such as `long-an_duc-hoa`.
    pub unit: String,
    /// Who it is at its server. A unit that changes keys has two nodes for a while.
    pub key: PublicNkey,
    /// The zones that it is in: where it may say and hear beacons. What it may pull is what the
    /// owners' consumers pass.
    pub zones: BTreeSet<String>,
}

/// All that take part, whatever the order in which they were named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Members {
    provinces: Vec<Province>,
    nodes: Vec<Node>,
    awaited: BTreeSet<String>,
}

impl Members {
    /// Members in any order.
    pub fn new(mut provinces: Vec<Province>, mut nodes: Vec<Node>) -> Self {
        provinces.sort_by(|a, b| a.id.cmp(&b.id));
        nodes.sort_by(|a, b| (&a.unit, &a.key).cmp(&(&b.unit, &b.key)));
        Self { provinces, nodes, awaited: BTreeSet::new() }
    }

    /// With provinces whose nodes are not enrolled yet: their servers may stand in the topology
    /// already, and are rendered when they are.
    #[must_use]
    pub fn awaiting(mut self, provinces: impl IntoIterator<Item = String>) -> Self {
        self.awaited.extend(provinces);
        self.awaited.retain(|id| self.provinces.iter().all(|province| province.id != *id));
        self
    }

    pub(super) fn awaited(&self) -> &BTreeSet<String> {
        &self.awaited
    }

    pub(super) fn provinces(&self) -> &[Province] {
        &self.provinces
    }

    pub(super) fn province(&self, id: &str) -> Option<&Province> {
        self.provinces.iter().find(|province| province.id == id)
    }

    /// The units that have a node, each with its keys.
    pub(super) fn units(&self) -> BTreeMap<&str, Vec<&PublicNkey>> {
        let mut units: BTreeMap<&str, Vec<&PublicNkey>> = BTreeMap::new();
        for node in &self.nodes {
            units.entry(&node.unit).or_default().push(&node.key);
        }
        units
    }

    /// The units that have a node, each with its zones.
    pub(super) fn zones(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut units: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for node in &self.nodes {
            let zones = node.zones.iter().map(String::as_str);
            units.entry(&node.unit).or_default().extend(zones);
        }
        units
    }

    /// What would make a configuration wrong. The directory holds that none of it happens; what is
    /// rendered into subjects is looked at all the same.
    pub(super) fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        let mut push = |reason: String| problems.push(None, reason);
        let mut ids = BTreeSet::new();
        for Province { id, .. } in &self.provinces {
            if !is_province(id) {
                push(format!("{id:?} can't be the id of a province"));
            }
            if !ids.insert(id.as_str()) {
                push(format!("the province {id} is named twice"));
            }
        }
        for Node { unit, zones, .. } in &self.nodes {
            if let Some(zone) = zones.iter().find(|zone| check_zone(zone).is_err()) {
                push(format!("{zone:?} can't be the id of a zone that anything is said in"));
            }
            if !is_token(unit) {
                push(format!("{unit:?} can't be the id of a unit"));
            } else if !ids.contains(province_of(unit)) {
                push(format!("the province of the node {unit} is not in the directory"));
            }
        }
        let mut holders: BTreeMap<&PublicNkey, String> = BTreeMap::new();
        for (key, holder) in self.keys() {
            if let Some(other) = holders.get(key) {
                push(format!("{holder} and {other} have one key, {key}; each needs its own"));
            } else {
                holders.insert(key, holder);
            }
        }
        problems
    }

    fn keys(&self) -> impl Iterator<Item = (&PublicNkey, String)> {
        let of_provinces = self.provinces.iter().flat_map(|Province { id, owner, link }| {
            let owner = owner.as_ref().map(|key| (key, format!("the owner of {id}")));
            let link = link.as_ref().map(|key| (key, format!("the link of {id}")));
            [owner, link].into_iter().flatten()
        });
        let of_nodes = self.nodes.iter().map(|node| (&node.key, format!("the node {}", node.unit)));
        of_provinces.chain(of_nodes)
    }
}

/// The province that a unit is of: itself, or what stands before the `_`.
pub(super) fn province_of(unit: &str) -> &str {
    unit.split_once('_').map_or(unit, |(province, _)| province)
}
