//! The founding of a cluster: from the tables of units, borders and authority to the registrar's
//! first events.
//!
//! Ids are made from names here, once, and never again: what this module gives is what every node
//! carries for ever. So the rules are few, and a table that doesn't fit them is refused with its
//! line instead of being repaired:
//!
//! - `naming` says how a unit's id is made of its name.
//! - `borders` says how a zone is made of two provinces that touch.
//! - Who may issue what stands in its table as it is; directives are the lead's.

use std::collections::BTreeSet;

use crate::UnitId;
use crate::codes::{Category, Level};
use crate::table::rows;
use crate::time;
use crate::wire::proto::{self, directory_change::Change};

mod borders;
mod units;

use units::Unit;

pub use crate::table::TableError;

/// The tables, as text.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// `units.csv`: `code,parent,level,name_vi,name_en_ascii`.
    pub units: &'a str,
    /// `adjacency.csv`: `unit_a,unit_b,level,cross_province`; other columns are left alone.
    pub adjacency: &'a str,
    /// `authority.csv`: `level,category,cluster`, the last one `true` or `false`.
    pub authority: &'a str,
}

/// What founds a cluster.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Founding {
    /// In the order in which the registrar publishes them: authority and provinces, then the
    /// districts and communes of each province, then the zones.
    pub events: Vec<proto::DirectoryChanged>,
    pub provinces: usize,
    pub districts: usize,
    pub communes: usize,
    pub zones: usize,
    pub rules: usize,
}

/// A node to be enrolled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The unit whose node it is.
    pub unit: UnitId,
    /// The Ed25519 key that it signs with.
    pub public_key: [u8; 32],
    /// Units without a server of their own that act through it.
    pub serves: Vec<UnitId>,
    /// Public user nkeys, as text: the node's own, the stream owner's, the link's. Empty: none.
    pub nats_key: String,
    /// Of a province's node.
    pub nats_owner_key: String,
    /// Of a province's node.
    pub nats_link_key: String,
    /// The X25519 key to which payloads' keys are granted; `None`: none can be.
    pub sealing_key: Option<[u8; 32]>,
}

impl Enrolment {
    /// A node that goes to no NATS server that asks for nkeys.
    pub fn new(unit: UnitId, public_key: [u8; 32], serves: Vec<UnitId>) -> Self {
        let (nats_key, nats_owner_key, nats_link_key) = <(String, String, String)>::default();
        let sealing_key = None;
        Self { unit, public_key, serves, nats_key, nats_owner_key, nats_link_key, sealing_key }
    }
}

/// The tables found no cluster.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FoundingError {
    /// A row is at fault: correct the file.
    #[error(transparent)]
    Row(#[from] TableError),
    /// The decision has no day.
    #[error("\"{0}\" is not the day from which the decision has effect; write it as 2024-01-01")]
    Date(String),
}

/// The founding events that follow from the tables. `decision` is the decision that they carry
/// out, as people cite it; `effective_from` the day from which it has effect: `2024-01-01`.
pub fn founding(
    sources: &Sources<'_>,
    decision: &str,
    effective_from: &str,
) -> Result<Founding, FoundingError> {
    if time::date(effective_from).is_none() {
        return Err(FoundingError::Date(effective_from.to_owned()));
    }
    let rules = rules(sources.authority)?;
    let units = units::read(sources.units)?;
    let zones = borders::read(sources.adjacency, &units)?;
    let count = |level| units.iter().filter(|unit| unit.level == level).count();
    let mut founding = Founding {
        events: Vec::new(),
        provinces: count(Level::Province),
        districts: count(Level::District),
        communes: count(Level::Commune),
        zones: zones.len(),
        rules: rules.len(),
    };
    let mut publish = |changes: Vec<Change>| {
        founding.events.push(proto::DirectoryChanged {
            decision: decision.to_owned(),
            effective_from: effective_from.to_owned(),
            changes: changes.into_iter().map(wrapped).collect(),
        });
    };
    let provinces = || units.iter().filter(|unit| unit.level == Level::Province);
    publish(rules.into_iter().chain(provinces().map(Unit::registered)).collect());
    for province in provinces() {
        // Districts stand before communes, so every parent is known when its turn comes.
        let below = |unit: &&Unit| unit.parent.is_some() && unit.id.province() == province.id;
        publish(units.iter().filter(below).map(Unit::registered).collect());
    }
    publish(zones);
    Ok(founding)
}

/// The event that enrols nodes. Its decision and day are the caller's to fill in.
pub fn enrolments(nodes: &[Enrolment]) -> proto::DirectoryChanged {
    let enrolled = |node: &Enrolment| {
        wrapped(Change::NodeEnrolled(proto::NodeEnrolled {
            unit: node.unit.to_string(),
            public_key: node.public_key.to_vec(),
            serves: node.serves.iter().map(ToString::to_string).collect(),
            nats_key: node.nats_key.clone(),
            nats_owner_key: node.nats_owner_key.clone(),
            nats_link_key: node.nats_link_key.clone(),
            sealing_key: node.sealing_key.map(Vec::from).unwrap_or_default(),
            ..proto::NodeEnrolled::default()
        }))
    };
    proto::DirectoryChanged {
        changes: nodes.iter().map(enrolled).collect(),
        ..proto::DirectoryChanged::default()
    }
}

/// The change by which the unit that leads the cluster may issue directives, to the whole cluster too.
/// No level may: the right is the lead's alone, and goes with the lead by another such change.
pub fn lead(registrar: &UnitId) -> proto::DirectoryChange {
    wrapped(Change::IssuingAllowed(proto::IssuingAllowed {
        unit: registrar.to_string(),
        category: Category::Directive.code().to_owned(),
        cluster: true,
        ..proto::IssuingAllowed::default()
    }))
}

/// The change that makes the provinces among these nodes the founders, two thirds of whom name a
/// registrar: five of seven. `None` when there is no province.
pub fn founders(nodes: &[Enrolment]) -> Option<proto::DirectoryChange> {
    let provinces = nodes.iter().filter(|node| node.unit.province() == node.unit);
    let founders: Vec<proto::Founder> = provinces
        .map(|node| proto::Founder {
            unit: node.unit.to_string(),
            public_key: node.public_key.to_vec(),
        })
        .collect();
    let threshold = (founders.len() * 2).div_ceil(3).max(founders.len() / 2 + 1);
    let threshold = u32::try_from(threshold).unwrap_or(u32::MAX);
    let named = proto::FoundersNamed { founders, threshold, ..proto::FoundersNamed::default() };
    (!named.founders.is_empty()).then(|| wrapped(Change::FoundersNamed(named)))
}

fn wrapped(change: Change) -> proto::DirectoryChange {
    proto::DirectoryChange { change: Some(change) }
}

fn rules(text: &str) -> Result<Vec<Change>, TableError> {
    let mut seen = BTreeSet::new();
    let mut rules = Vec::new();
    for row in rows("authority.csv", text, ["level", "category", "cluster"])? {
        let [level, category, cluster] = &row.cells;
        let level: Level = row.code(level, Level::parse, Level::list)?;
        let category: Category = row.code(category, Category::parse, Category::list)?;
        let cluster = match cluster.as_str() {
            "true" => true,
            "false" => false,
            other => return Err(row.error(format!("\"{other}\" is neither true nor false"))),
        };
        if !seen.insert((level, category)) {
            return Err(row.error(format!("{level} and {category} stand here twice")));
        }
        rules.push(Change::IssuingAllowed(proto::IssuingAllowed {
            level: level.code().to_owned(),
            category: category.code().to_owned(),
            cluster,
            ..proto::IssuingAllowed::default()
        }));
    }
    Ok(rules)
}
