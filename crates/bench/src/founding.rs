//! The directory of the corpus: the real cluster's founding, with nodes whose keys follow from their
//! names.

use anyhow::Result;
use giapranh_domain::founding::{Enrolment, Sources, enrolments, founding, lead};
use giapranh_domain::wire::proto;
use giapranh_domain::{Directory, UnitId, ZoneId};
use giapranh_record::Signer as _;

use crate::fixture::{RECEIVER, REGISTRAR, key};

/// The zones of two units.
pub fn common_zones(directory: &Directory, one: &UnitId, other: &UnitId) -> Vec<ZoneId> {
    let both =
        directory.zones().filter(|zone| [one, other].iter().all(|u| zone.members.contains(u)));
    both.map(|zone| zone.id.clone()).collect()
}

/// The founding of the real cluster, and a node for each province and for one district of each.
pub fn events() -> Result<Vec<proto::DirectoryChanged>> {
    let sources = Sources {
        units: include_str!("../../../deploy/directory/units.csv"),
        adjacency: include_str!("../../../deploy/directory/adjacency.csv"),
        authority: include_str!("../../../deploy/directory/authority.csv"),
    };
    let (decision, from) = ("00/QĐ-VÍ-DỤ", "2024-01-01");
    let mut bodies = founding(&sources, decision, from)?.events;
    let mut directory = Directory::new(REGISTRAR.parse()?);
    for (body, seq) in bodies.iter().zip(1..) {
        directory.apply(seq, body);
    }
    let receiver: UnitId = RECEIVER.parse()?;
    let provinces: Vec<UnitId> = directory
        .units()
        .filter(|unit| unit.parent.is_none())
        .map(|unit| unit.id.clone())
        .collect();
    let district = |province: &UnitId| {
        let below = directory.units().filter(|unit| unit.parent.as_ref() == Some(province));
        let border = |unit: &&UnitId| !common_zones(&directory, unit, &receiver).is_empty();
        below.map(|unit| &unit.id).find(border).cloned()
    };
    let districts: Vec<UnitId> = provinces.iter().filter_map(district).collect();
    let nodes: Vec<Enrolment> = provinces
        .iter()
        .chain(&districts)
        .map(|unit| {
            let public_key = key(unit.as_str()).public_key().to_bytes();
            Enrolment::new(unit.clone(), public_key, served(&directory, unit, &districts))
        })
        .collect();
    let mut enrolled = enrolments(&nodes);
    decision.clone_into(&mut enrolled.decision);
    from.clone_into(&mut enrolled.effective_from);
    enrolled.changes.push(lead(&REGISTRAR.parse()?));
    bodies.push(enrolled);
    Ok(bodies)
}

/// A province's node also acts for the border districts that have none.
fn served(directory: &Directory, unit: &UnitId, districts: &[UnitId]) -> Vec<UnitId> {
    let below = directory.units().filter(|below| below.parent.as_ref() == Some(unit));
    let without = below.map(|below| below.id.clone()).filter(|below| !districts.contains(below));
    if unit.province() == *unit { without.take(3).collect() } else { Vec::new() }
}
