//! What a registrar says, change by change.

use giapranh_domain::wire::proto::{
    self, DirectoryChange, DirectoryChanged, directory_change::Change,
};

fn texts(ids: &[&str]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

pub fn unit(id: &str, parent: &str, level: &str) -> Change {
    Change::UnitRegistered(proto::UnitRegistered {
        id: id.into(),
        parent: parent.into(),
        level: level.into(),
        name: "Đơn vị ví dụ".into(),
        official_code: String::new(),
    })
}

pub fn renamed(id: &str, name: &str, code: &str) -> Change {
    let (name, official_code) = (name.into(), code.into());
    Change::UnitRenamed(proto::UnitRenamed { id: id.into(), name, official_code })
}

pub fn moved(id: &str, parent: &str) -> Change {
    Change::UnitMoved(proto::UnitMoved { id: id.into(), parent: parent.into() })
}

pub fn ended(id: &str, successor: &str, cause: &str, parts: &[&str]) -> Change {
    Change::UnitEnded(proto::UnitEnded {
        id: id.into(),
        successor: successor.into(),
        cause: cause.into(),
        parts: texts(parts),
    })
}

pub fn zone(id: &str, members: &[&str]) -> Change {
    Change::ZoneDefined(proto::ZoneDefined {
        id: id.into(),
        name: "Vùng ví dụ".into(),
        members: texts(members),
        ..Default::default()
    })
}

pub fn redrawn(id: &str, joined: &[&str], left: &[&str]) -> Change {
    Change::ZoneRedrawn(proto::ZoneRedrawn {
        id: id.into(),
        name: String::new(),
        joined: texts(joined),
        left: texts(left),
    })
}

pub fn zone_ended(id: &str, parts: &[&str]) -> Change {
    Change::ZoneEnded(proto::ZoneEnded { id: id.into(), parts: texts(parts) })
}

/// A zone for a time. The moment is far away, or missing.
pub fn granted(zone: &str, unit: &str, until_ms: u64) -> Change {
    let (zone, unit) = (zone.into(), unit.into());
    Change::ZoneGranted(proto::ZoneGranted { zone, unit, until_ms, request: Vec::new() })
}

pub fn node(unit: &str, public_key: Vec<u8>, serves: &[&str]) -> Change {
    Change::NodeEnrolled(proto::NodeEnrolled {
        unit: unit.into(),
        public_key,
        serves: texts(serves),
        ..Default::default()
    })
}

/// A node that is without effect until its province has confirmed it.
pub fn waiting(unit: &str, key: u8) -> Change {
    Change::NodeEnrolled(proto::NodeEnrolled {
        unit: unit.into(),
        public_key: vec![key; 32],
        needs_confirmation: true,
        ..Default::default()
    })
}

pub fn confirmed(unit: &str, epoch: u32) -> Change {
    let confirmation = vec![1; 16];
    Change::NodeConfirmed(proto::NodeConfirmed { unit: unit.into(), epoch, confirmation })
}

pub fn serves(unit: &str, serves: &[&str]) -> Change {
    Change::ServiceSet(proto::ServiceSet { unit: unit.into(), serves: texts(serves) })
}

/// A cut after the event of that index; none: nothing of the epoch counts.
pub fn cut(origin: &str, epoch: u32, last: Option<u64>, cause: &str) -> Change {
    Change::CutMade(proto::CutMade {
        origin: origin.into(),
        epoch,
        last_index: last.unwrap_or(0),
        last_hash: last.map_or_else(Vec::new, |_| vec![0; 32]),
        cause: cause.into(),
        nothing: last.is_none(),
    })
}

pub fn rule(level: &str, category: &str, cluster: bool) -> Change {
    Change::IssuingAllowed(proto::IssuingAllowed {
        level: level.into(),
        category: category.into(),
        cluster,
        ..Default::default()
    })
}

/// A rule of one unit, for these zones; none: all it is in.
pub fn rule_of(unit: &str, category: &str, zones: &[&str], forbidden: bool) -> Change {
    Change::IssuingAllowed(proto::IssuingAllowed {
        category: category.into(),
        unit: unit.into(),
        zones: texts(zones),
        forbidden,
        ..Default::default()
    })
}

pub fn deadline(name: &str, seconds: u32) -> Change {
    Change::DeadlineSet(proto::DeadlineSet { name: name.into(), seconds })
}

/// Founders with a key each, and how many must sign. The signatures are for others to check.
pub fn founders(keys: &[(&str, u8)], threshold: u32) -> Change {
    let founders = keys
        .iter()
        .map(|(unit, key)| proto::Founder { unit: unit.to_string(), public_key: vec![*key; 32] });
    Change::FoundersNamed(proto::FoundersNamed {
        founders: founders.collect(),
        threshold,
        ..Default::default()
    })
}

/// Founders who follow on those that the event at a head named; on the stage its leaf hash is zero.
pub fn founders_after(head: u64, keys: &[(&str, u8)], threshold: u32) -> Change {
    let Change::FoundersNamed(named) = founders(keys, threshold) else { unreachable!() };
    let last_hash = vec![0; 32];
    Change::FoundersNamed(proto::FoundersNamed { last_head: head, last_hash, ..named })
}

/// The registrar's last word.
pub fn handed_over(unit: &str, epoch: u32, key: u8) -> Change {
    Change::RegistrarNamed(proto::RegistrarNamed {
        unit: unit.into(),
        epoch,
        public_key: vec![key; 32],
        ..Default::default()
    })
}

pub fn event(day: &str, changes: Vec<Change>) -> DirectoryChanged {
    let changes = changes.into_iter().map(|change| DirectoryChange { change: Some(change) });
    DirectoryChanged {
        decision: "Quyết định ví dụ".into(),
        effective_from: day.into(),
        changes: changes.collect(),
    }
}
