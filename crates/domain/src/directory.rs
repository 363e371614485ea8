//! Who there is, who belongs where, whose key is whose, and who may do what: a fold of the
//! registrar's events, and the judgement of everybody else's by it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::codes::{Category, CutCause, Level};
use crate::event::{Kind, Meta};
use crate::rejection::Fault;
use crate::wire::proto::{self, directory_change::Change};
use crate::{AlertId, UnitId, ZoneId};

/// A unit of the police.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Unit {
    pub id: UnitId,
    pub parent: Option<UnitId>,
    pub level: Level,
    pub name: String,
    /// Identifies only together with a date: codes are used again.
    pub official_code: String,
    /// Directory head from which it exists.
    pub since: u64,
}

/// A border zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Zone {
    pub id: ZoneId,
    pub name: String,
    pub members: BTreeSet<UnitId>,
    /// Directory head from which it exists.
    pub since: u64,
}

/// A unit's node: the key that it signs with, and whom else it serves.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Node {
    pub unit: UnitId,
    pub public_key: [u8; 32],
    pub serves: BTreeSet<UnitId>,
    pub since: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Issuing {
    cluster: bool,
    since: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Cut {
    origin: UnitId,
    epoch: u32,
    last_index: u64,
    cause: CutCause,
}

/// How an event stands by the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "verdict", content = "why")]
pub enum Verdict {
    /// Its author had authority.
    Valid,
    /// It surfaced after its origin began a new epoch: shown, without effect until adopted.
    Late,
    /// Its author had no authority: shown, without effect.
    Disowned(Why),
    /// It was decided under a directory that is newer than ours: judged when that is here.
    Waiting,
}

/// Why an event is disowned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// It lies beyond the last event that counts of its origin.
    BeyondCut,
    /// The origin's node is not enrolled.
    NotEnrolled,
    /// The origin's node does not serve the acting unit.
    NotServed,
    /// The acting unit is not a member of a zone that it wrote to.
    NotInZone,
    /// Only the registrar writes to the directory.
    NotRegistrar,
    /// Only the issuer changes an alert.
    NotIssuer,
    /// Units of this level may not issue this category there.
    NotAllowed,
    /// The officer who approved is the one who drafted, or is missing.
    NoSecondPerson,
    /// An alert that never expires.
    NoExpiry,
    /// Only the issuer, or a unit above it, answers a hit.
    NotAnswerable,
    /// The payload says something else than the header, by which authority is judged.
    Inconsistent,
}

/// The state of the directory at its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directory {
    registrar: UnitId,
    head: u64,
    units: BTreeMap<UnitId, Unit>,
    zones: BTreeMap<ZoneId, Zone>,
    nodes: BTreeMap<UnitId, Node>,
    /// Every rule there ever was, oldest first: an event is judged by the one of its time.
    issuing: BTreeMap<(Level, String), Vec<Issuing>>,
    cuts: Vec<Cut>,
}

impl Directory {
    /// The empty directory of a cluster whose registrar is that unit.
    pub fn new(registrar: UnitId) -> Self {
        Self {
            registrar,
            head: 0,
            units: BTreeMap::new(),
            zones: BTreeMap::new(),
            nodes: BTreeMap::new(),
            issuing: BTreeMap::new(),
            cuts: Vec::new(),
        }
    }

    /// Seq of the newest event of the directory's feed that is folded in; 0 before the first.
    pub fn head(&self) -> u64 {
        self.head
    }

    /// The unit whose node keeps the directory.
    pub fn registrar(&self) -> &UnitId {
        &self.registrar
    }

    /// A unit.
    pub fn unit(&self, id: &UnitId) -> Option<&Unit> {
        self.units.get(id)
    }

    /// Every unit, by id.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.units.values()
    }

    /// A zone that units defined; not a reserved one.
    pub fn zone(&self, id: &ZoneId) -> Option<&Zone> {
        self.zones.get(id)
    }

    /// Every zone that units defined, by id.
    pub fn zones(&self) -> impl Iterator<Item = &Zone> {
        self.zones.values()
    }

    /// Every enrolled node, by unit.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.nodes.values()
    }

    /// The node of a unit.
    pub fn node(&self, unit: &UnitId) -> Option<&Node> {
        self.nodes.get(unit)
    }

    /// The units that a node acts for: its own and those that it serves.
    pub fn acting_units(&self, node: &UnitId) -> BTreeSet<UnitId> {
        let served = self.nodes.get(node).map(|node| node.serves.clone()).unwrap_or_default();
        served.into_iter().chain([node.clone()]).collect()
    }

    /// The zones that a node may read: those of the units it acts for, and the two that all read.
    pub fn entitled_zones(&self, node: &UnitId) -> BTreeSet<ZoneId> {
        let units = self.acting_units(node);
        self.zones
            .values()
            .filter(|zone| !zone.members.is_disjoint(&units))
            .map(|zone| zone.id.clone())
            .chain([ZoneId::directory(), ZoneId::cluster()])
            .collect()
    }

    /// Whether a node may read a zone now.
    pub fn is_entitled(&self, node: &UnitId, zone: &ZoneId) -> bool {
        *zone == ZoneId::directory()
            || *zone == ZoneId::cluster()
            || self.zones.get(zone).is_some_and(|zone| {
                let served = self.nodes.get(node).map(|node| &node.serves);
                zone.members.contains(node)
                    || served.is_some_and(|units| !zone.members.is_disjoint(units))
            })
    }

    /// Whether a unit is a member of a zone under the directory head `at`.
    pub fn is_member(&self, unit: &UnitId, zone: &ZoneId, at: u64) -> bool {
        if *zone == ZoneId::cluster() {
            return self.units.get(unit).is_some_and(|unit| unit.since <= at);
        }
        self.zones.get(zone).is_some_and(|zone| zone.since <= at && zone.members.contains(unit))
    }

    /// Whether `above` is a unit above `unit`.
    pub fn is_above(&self, above: &UnitId, unit: &UnitId) -> bool {
        let parent = |id: &UnitId| self.units.get(id).and_then(|unit| unit.parent.clone());
        // Three levels, so the walk ends even if somebody managed to register a ring.
        std::iter::successors(parent(unit), parent).take(3).any(|id| id == *above)
    }

    /// Whether a unit may issue a category under the directory head `at`; `cluster`: to all.
    pub fn may_issue(&self, unit: &UnitId, category: &str, cluster: bool, at: u64) -> bool {
        let Some(unit) = self.units.get(unit) else {
            return false;
        };
        self.issuing
            .get(&(unit.level, category.to_owned()))
            .and_then(|rules| rules.iter().rev().find(|rule| rule.since <= at))
            .is_some_and(|rule| rule.cluster || !cluster)
    }

    /// Folds in the registrar's event of that seq. All its changes take effect or, when one of them
    /// contradicts what is known, none; the faults are returned.
    pub fn apply(&mut self, seq: u64, changed: &proto::DirectoryChanged) -> Vec<Fault> {
        self.head = self.head.max(seq);
        let mut next = self.clone();
        let mut faults = Vec::new();
        for (index, change) in changed.changes.iter().enumerate() {
            if let Some(change) = &change.change
                && let Err((rule, message)) = next.change(seq, change)
            {
                faults.push(Fault::new(&format!("/changes/{index}"), rule, message));
            }
        }
        if faults.is_empty() {
            *self = next;
        }
        faults
    }

    fn change(&mut self, seq: u64, change: &Change) -> Result<(), (&'static str, String)> {
        match change {
            Change::UnitRegistered(unit) => self.register(seq, unit),
            Change::ZoneDefined(zone) => self.define(seq, zone),
            Change::NodeEnrolled(node) => self.enrol(seq, node),
            Change::IssuingAllowed(rule) => {
                let level = level_of(&rule.level)?;
                if Category::parse(&rule.category).is_none() {
                    let text =
                        format!("\"{}\" is no category ({}).", rule.category, Category::list());
                    return Err(("unknown-code", text));
                }
                let issuing = Issuing { cluster: rule.cluster, since: seq };
                let rules = self.issuing.entry((level, rule.category.clone()));
                rules.or_default().push(issuing);
                Ok(())
            }
            Change::CutMade(cut) => {
                let cause = CutCause::parse(&cut.cause).ok_or_else(|| {
                    ("unknown-code", format!("\"{}\" is no cause of a cut.", cut.cause))
                })?;
                let origin = self.known(&cut.origin)?;
                let (epoch, last_index) = (cut.epoch, cut.last_index);
                self.cuts.push(Cut { origin, epoch, last_index, cause });
                Ok(())
            }
        }
    }

    fn register(
        &mut self,
        seq: u64,
        unit: &proto::UnitRegistered,
    ) -> Result<(), (&'static str, String)> {
        let id: UnitId = unit.id.parse().map_err(|e| ("id", format!("{e}")))?;
        if self.units.contains_key(&id) {
            return Err(("id-reused", format!("The id {id} was given before.")));
        }
        let level = level_of(&unit.level)?;
        let parent = match unit.parent.as_str() {
            "" => None,
            parent => Some(self.known(parent)?),
        };
        let above = parent.as_ref().and_then(|id| self.units.get(id)).map(|unit| unit.level);
        let fits = match level {
            Level::Province => above.is_none(),
            Level::District => above == Some(Level::Province),
            // Since 2025 communes stand under the province.
            Level::Commune => matches!(above, Some(Level::District | Level::Province)),
        };
        if !fits {
            return Err(("parent", format!("{id}: a {level} can't stand under this parent.")));
        }
        let (name, official_code) = (unit.name.clone(), unit.official_code.clone());
        let unit = Unit { id: id.clone(), parent, level, name, official_code, since: seq };
        self.units.insert(id, unit);
        Ok(())
    }

    fn define(
        &mut self,
        seq: u64,
        zone: &proto::ZoneDefined,
    ) -> Result<(), (&'static str, String)> {
        let id: ZoneId = zone.id.parse().map_err(|e| ("id", format!("{e}")))?;
        if id.is_reserved() || self.zones.contains_key(&id) {
            return Err((
                "id-reused",
                format!("The zone id {id} was given before or is reserved."),
            ));
        }
        if zone.members.is_empty() {
            return Err(("empty", format!("The zone {id} has no members.")));
        }
        let members = zone.members.iter().map(|id| self.known(id)).collect::<Result<_, _>>()?;
        let zone = Zone { id: id.clone(), name: zone.name.clone(), members, since: seq };
        self.zones.insert(id, zone);
        Ok(())
    }

    fn enrol(
        &mut self,
        seq: u64,
        node: &proto::NodeEnrolled,
    ) -> Result<(), (&'static str, String)> {
        let unit = self.known(&node.unit)?;
        if self.nodes.contains_key(&unit) {
            return Err(("enrolled", format!("{unit} has a node already.")));
        }
        let public_key = node
            .public_key
            .as_slice()
            .try_into()
            .map_err(|_| ("key", format!("{unit}: a key has 32 bytes.")))?;
        if self.nodes.values().any(|other| other.public_key == public_key) {
            return Err(("key", format!("{unit}: another node has this key.")));
        }
        let serves = node.serves.iter().map(|id| self.known(id)).collect::<Result<_, _>>()?;
        self.nodes.insert(unit.clone(), Node { unit, public_key, serves, since: seq });
        Ok(())
    }

    fn known(&self, id: &str) -> Result<UnitId, (&'static str, String)> {
        let id: UnitId = id.parse().map_err(|e| ("id", format!("{e}")))?;
        if self.units.contains_key(&id) {
            Ok(id)
        } else {
            Err(("unknown-unit", format!("There is no unit {id}.")))
        }
    }

    /// Judges an event by the directory head that its header names and the cuts known since.
    pub fn judge(&self, meta: &Meta) -> Verdict {
        match self.objection(meta) {
            None => Verdict::Valid,
            Some(verdict) => verdict,
        }
    }

    fn objection(&self, meta: &Meta) -> Option<Verdict> {
        let kind = Kind::parse(&meta.kind);
        let to_directory = meta.zones.contains(&ZoneId::directory());
        if to_directory || kind == Some(Kind::DirectoryChanged) {
            let proper = meta.origin == self.registrar
                && to_directory
                && kind == Some(Kind::DirectoryChanged)
                && meta.zones.len() == 1;
            return (!proper).then_some(Verdict::Disowned(Why::NotRegistrar));
        }
        let at = meta.directory_seq;
        if at > self.head {
            return Some(Verdict::Waiting);
        }
        let beyond = |cut: &&Cut| {
            cut.origin == meta.origin && cut.epoch == meta.epoch && meta.index > cut.last_index
        };
        let mut cuts = self.cuts.iter().filter(beyond).map(|cut| cut.cause).peekable();
        if cuts.peek().is_some() {
            let late = cuts.all(|cause| cause == CutCause::NewEpoch);
            return Some(if late { Verdict::Late } else { Verdict::Disowned(Why::BeyondCut) });
        }
        self.misconduct(meta, kind, at).map(Verdict::Disowned)
    }

    fn misconduct(&self, meta: &Meta, kind: Option<Kind>, at: u64) -> Option<Why> {
        let acting = &meta.acting_unit;
        let Some(node) = self.nodes.get(&meta.origin).filter(|node| node.since <= at) else {
            return Some(Why::NotEnrolled);
        };
        if *acting != meta.origin && !node.serves.contains(acting) {
            return Some(Why::NotServed);
        }
        if !meta.zones.iter().all(|zone| self.is_member(acting, zone, at)) {
            return Some(Why::NotInZone);
        }
        let issuer = meta.alert.as_ref().map(AlertId::issuer);
        let is_issuer = issuer == Some(acting);
        let cluster = meta.zones.contains(&ZoneId::cluster());
        match kind? {
            Kind::AlertIssued | Kind::AlertAmended | Kind::AlertWithdrawn if !is_issuer => {
                Some(Why::NotIssuer)
            }
            Kind::AlertIssued | Kind::AlertAmended | Kind::AlertWithdrawn
                if meta.approved_by.is_none() || meta.approved_by == meta.drafted_by =>
            {
                Some(Why::NoSecondPerson)
            }
            Kind::AlertIssued | Kind::AlertAmended => {
                if !self.may_issue(acting, &meta.category, cluster, at) {
                    Some(Why::NotAllowed)
                } else if meta.expires == 0 {
                    Some(Why::NoExpiry)
                } else {
                    None
                }
            }
            Kind::HitAnswered => {
                let above = issuer.is_some_and(|issuer| self.is_above(acting, issuer));
                (!is_issuer && !above).then_some(Why::NotAnswerable)
            }
            Kind::AlertWithdrawn | Kind::HitReported | Kind::DirectoryChanged => None,
        }
    }
}

fn level_of(text: &str) -> Result<Level, (&'static str, String)> {
    Level::parse(text)
        .ok_or_else(|| ("unknown-code", format!("\"{text}\" is no level ({}).", Level::list())))
}
