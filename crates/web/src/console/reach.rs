//! Whom something reaches that is sent: what a confirmation names.

use std::collections::BTreeSet;

use giapranh_domain::{UnitId, ZoneId};

use super::Desk;

/// A zone that it goes to.
pub struct Zone {
    /// As people call it.
    pub name: String,
    /// How many units it has.
    pub units: usize,
}

/// To whom it goes.
#[derive(Default)]
pub struct Reach {
    /// By id.
    pub zones: Vec<Zone>,
    /// Of all of them together, each once.
    pub units: usize,
}

impl Reach {
    /// Everybody in these zones, as the directory is now.
    pub fn of(desk: &Desk, zones: &BTreeSet<ZoneId>) -> Self {
        let directory = desk.directory();
        let units_of = |zone: &ZoneId| -> BTreeSet<UnitId> {
            let units = directory.units().map(|unit| unit.id.clone());
            units.filter(|unit| directory.is_member(unit, zone, directory.head())).collect()
        };
        let mut everybody = BTreeSet::new();
        let mut reached = Vec::new();
        for zone in zones {
            let units = units_of(zone);
            reached.push(Zone { name: desk.zone_name(zone.as_str()), units: units.len() });
            everybody.extend(units);
        }
        Self { zones: reached, units: everybody.len() }
    }
}
