//! `giapranh zone …`: what changes zones. Looking them up is in `place`.

use anyhow::Result;
use giapranh_domain::directory::{Apart, uncovered};
use giapranh_domain::reorganisation::{borders, second_step_at};
use giapranh_domain::wire::proto::{self, directory_change::Change};
use giapranh_domain::{Act, UnitId};
use giapranh_node::registrar::{self, ZoneRequest};
use uuid::Uuid;

use super::acting::alone;
use super::file::read_file;
use super::{Place, decide, failure, place as lookup};
use crate::args::Form;
use crate::args::zone::{Command, Coverage, Define, Grant, Redraw, Request, Split};
use crate::exit::{Exit, Failure};
use crate::output::{self, Rows};
use crate::{next, say};

/// Does a command of this group.
pub fn run(place: &Place, command: Command) -> Result<()> {
    match command {
        Command::List => lookup::zones(place),
        Command::Show { zone } => lookup::zone(place, &zone),
        Command::Define(define) => defined(place, define),
        Command::Redraw(redraw) => redrawn(place, redraw),
        Command::Split(split) => self::split(place, split),
        Command::End(end) => {
            let ended = proto::ZoneEnded { id: end.zone.to_string(), parts: Vec::new() };
            decide::submit(place, end.decision, [Change::ZoneEnded(ended)])
        }
        Command::Request(request) => requested(place, request),
        Command::Requests => requests(place),
        Command::Grant(grant) => granted(place, grant),
        Command::Coverage(coverage) => apart(place, &coverage),
    }
}

fn defined(place: &Place, define: Define) -> Result<()> {
    let Define { id, name, members, one_province, decision } = define;
    let (id, members) = (id.to_string(), texts(&members));
    let defined = proto::ZoneDefined { id, name, members, one_province };
    decide::submit(place, decision, [Change::ZoneDefined(defined)])
}

fn redrawn(place: &Place, redraw: Redraw) -> Result<()> {
    let redrawn = proto::ZoneRedrawn {
        id: redraw.zone.to_string(),
        name: redraw.name.unwrap_or_default(),
        joined: texts(&redraw.join),
        left: texts(&redraw.leave),
    };
    decide::submit(place, redraw.decision, [Change::ZoneRedrawn(redrawn)])
}

/// One decision: what comes of the zone is defined, and it ends.
fn split(place: &Place, split: Split) -> Result<()> {
    let Split { zone, into, one_province, decision } = split;
    let parts = into.iter().map(|part| part.id.to_string()).collect();
    let ended = proto::ZoneEnded { id: zone.to_string(), parts };
    let defined = into.into_iter().map(|part| {
        Change::ZoneDefined(proto::ZoneDefined {
            id: part.id.to_string(),
            name: part.name,
            // Where it is of several provinces, there is nothing unusual to be said.
            one_province: one_province && is_of_one_province(&part.members),
            members: texts(&part.members),
        })
    });
    decide::submit(place, decision, defined.chain([Change::ZoneEnded(ended)]))
}

fn is_of_one_province(members: &[UnitId]) -> bool {
    let mut provinces = members.iter().map(UnitId::province);
    let first = provinces.next();
    provinces.all(|province| Some(province) == first)
}

fn texts(units: &[UnitId]) -> Vec<String> {
    units.iter().map(ToString::to_string).collect()
}

fn requested(place: &Place, request: Request) -> Result<()> {
    let Request { zone, until, reason, acting } = request;
    let act = Act::RequestZone { zone: zone.to_string(), until, reason };
    place.submit(&alone(place, acting, act)?)
}

fn waiting(place: &Place) -> Result<Vec<ZoneRequest>, Failure> {
    registrar::zone_requests(place.dir()?).map_err(|error| failure::of_node(&error))
}

fn requests(place: &Place) -> Result<()> {
    let waiting = waiting(place)?;
    if place.form == Form::Json {
        return Ok(output::json(&waiting)?);
    }
    let mut rows = Rows::new(&["EVENT", "UNIT", "ZONE", "UNTIL", "REASON"]);
    for request in &waiting {
        let ZoneRequest { event_id, unit, zone, until, reason, .. } = request;
        rows.push([event_id, unit, zone, until, reason]);
    }
    Ok(output::rows(&rows)?)
}

fn granted(place: &Place, grant: Grant) -> Result<()> {
    let granted = match (grant.event, grant.zone, grant.unit) {
        (Some(event), ..) => answered(place, event, grant.until)?,
        (None, Some(zone), Some(unit)) => proto::ZoneGranted {
            zone: zone.to_string(),
            unit: unit.to_string(),
            until_ms: grant.until.unwrap_or_default(),
            request: Vec::new(),
        },
        // The arguments are required together.
        _ => return Err(Failure::new(Exit::Usage, say!("write-until")).into()),
    };
    decide::submit(place, grant.decision, [Change::ZoneGranted(granted)])
}

fn answered(place: &Place, event: Uuid, until: Option<u64>) -> Result<proto::ZoneGranted> {
    let waiting = waiting(place)?;
    let id = event.to_string();
    let request = waiting.into_iter().find(|request| request.event_id == id).ok_or_else(|| {
        let sentence = say!("no-such-request", event = id.as_str());
        Failure::new(Exit::NotFound, sentence).next(next::line("zone requests"))
    })?;
    Ok(proto::ZoneGranted {
        zone: request.zone,
        unit: request.unit,
        until_ms: until.unwrap_or(request.until_ms),
        request: event.as_bytes().to_vec(),
    })
}

fn apart(place: &Place, coverage: &Coverage) -> Result<()> {
    let directory = place.directory()?;
    let before = read_file(&coverage.data.join("adjacency.csv"))?;
    let after = match second_step_at(&directory) {
        Some(_) => read_file(&coverage.data.join("adjacency_communes_2025.csv"))?,
        None => String::new(),
    };
    let tables = borders::Tables { before: &before, after: &after };
    let borders = borders::known(&directory, &tables)
        .map_err(|error| Failure::new(Exit::Refused, error.to_string()))?;
    let apart = uncovered(&directory, &borders);
    if place.form == Form::Json {
        return Ok(output::json(&apart)?);
    }
    let (count, of) = (apart.len(), borders.len());
    output::line(&say!("coverage", count = count, of = of))?;
    if apart.is_empty() {
        return Ok(());
    }
    let mut rows = Rows::new(&["UNIT", "NEIGHBOUR", "KM"]);
    for Apart { a, b, shared_m } in &apart {
        let km = format!("{}.{:03}", shared_m / 1000, shared_m % 1000);
        rows.push([a, b, &km]);
    }
    Ok(output::rows(&rows)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_one_province_are_told() {
        let units = |ids: &[&str]| ids.iter().map(|id| id.parse().unwrap()).collect::<Vec<_>>();
        assert!(is_of_one_province(&units(&["hcm", "hcm_cu-chi"])));
        assert!(!is_of_one_province(&units(&["hcm_cu-chi", "long-an"])));
    }
}
