//! One unit or one zone as of a head, with all that became of it.

use anyhow::Result;
use giapranh_domain::directory::{Cut, Snapshot, Tenure, Unit};
use giapranh_domain::time::rfc3339;
use giapranh_domain::{Directory, UnitId, ZoneId};
use giapranh_record::Hash;
use serde_json::{Value, json};

use super::{Place, words};
use crate::args::Form;
use crate::exit::{Exit, Failure};
use crate::output::{self, Facts, Rows};
use crate::words::code;
use crate::{next, say};

/// Prints a unit, also one that has ended.
pub fn unit(place: &Place, directory: &Directory, id: &UnitId, head: u64) -> Result<()> {
    let unit =
        directory.unit(id).ok_or_else(|| unknown(say!("unit-unknown", unit = id.as_str())))?;
    let snapshot = directory.snapshot(head);
    if place.form == Form::Json {
        return Ok(output::json(&unit_as_json(directory, unit, &snapshot))?);
    }
    let mut facts = Facts::default();
    facts.push("unit", id);
    facts.push("name", unit.name_at(head));
    facts.push("level", code("level", unit.level.code()));
    facts.push("status", code("stands", stands(unit, head)));
    facts.push("parent", unit.parent_at(head).map(ToString::to_string).unwrap_or_default());
    facts.push("official code", unit.code_at(head));
    let shown = snapshot.units.get(id);
    let served_by = shown.and_then(|shown| shown.served_by.as_ref());
    facts.push("served by", served_by.map(ToString::to_string).unwrap_or_default());
    facts.push("zones", zones_of(&snapshot, id).join(", "));
    facts.push("since head", unit.since);
    if let Some(end) = unit.ended.as_ref().filter(|end| end.at <= head) {
        facts.push("ended under head", end.at);
        facts.push("how", code("end", end.cause.code()));
        facts.push("answered for by", directory.answers_for(id, head));
        facts.push("parts", words::units(end.parts.iter()));
    }
    for then in unit.before.iter().filter(|then| then.until <= head) {
        let (until, name) = (then.until.to_string(), then.name.as_str());
        let parent = then.parent.as_ref().map(ToString::to_string).unwrap_or_default();
        let code = then.official_code.as_str();
        let before = say!("unit-before", until = until, name = name, code = code, parent = parent);
        facts.push("before", before);
    }
    let succeeded: Vec<UnitId> = directory.predecessors(id).collect();
    facts.push("answers for", words::units(succeeded.iter()));
    for tenure in tenures(directory, id) {
        facts.push("key", key(directory, id, tenure));
    }
    Ok(output::facts(&facts)?)
}

fn stands(unit: &Unit, head: u64) -> &'static str {
    match unit {
        unit if unit.is_alive(head) => "there",
        unit if unit.since > head => "not-yet",
        _ => "ended",
    }
}

/// A key of a node, on one line.
fn key(directory: &Directory, unit: &UnitId, tenure: &Tenure) -> String {
    let (epoch, key) = (tenure.epoch, Hash(tenure.public_key).to_string());
    let mut said = say!("key-of-epoch", key = key, epoch = epoch, head = tenure.since.to_string());
    if tenure.counts_from.is_none() {
        said = format!("{said}; {}", say!("key-waits"));
    }
    for cut in directory.cuts(unit).iter().filter(|cut| cut.epoch == epoch) {
        let (cause, head) = (code("cut", cut.cause.code()), cut.at.to_string());
        let cut = match cut.last {
            Some((index, _)) => {
                say!("key-cut", cause = cause, index = index.to_string(), head = head)
            }
            None => say!("key-void", cause = cause, head = head),
        };
        said = format!("{said}; {cut}");
    }
    said
}

fn tenures<'a>(directory: &'a Directory, unit: &UnitId) -> &'a [Tenure] {
    let node = directory.all_nodes().find(|node| node.unit == *unit);
    node.map_or(&[], |node| node.tenures.as_slice())
}

fn zones_of<'a>(snapshot: &'a Snapshot, unit: &UnitId) -> Vec<&'a str> {
    let zones = snapshot.zones.iter().filter(|(_, zone)| zone.members.contains(unit));
    zones.map(|(id, _)| id.as_str()).collect()
}

fn unit_as_json(directory: &Directory, unit: &Unit, snapshot: &Snapshot) -> Value {
    let id = &unit.id;
    let cut = |cut: &Cut| {
        json!({
            "epoch": cut.epoch, "cause": cut.cause, "head": cut.at,
            "last_index": cut.last.map(|(index, _)| index),
            "last_hash": cut.last.map(|(_, leaf)| Hash(leaf).to_string()),
        })
    };
    let key = |tenure: &Tenure| {
        json!({
            "epoch": tenure.epoch, "public_key": Hash(tenure.public_key).to_string(),
            "since": tenure.since, "counts_from": tenure.counts_from,
            "nats_key": tenure.nats_key, "nats_owner_key": tenure.nats_owner_key,
            "nats_link_key": tenure.nats_link_key,
        })
    };
    let predecessors: Vec<UnitId> = directory.predecessors(id).collect();
    json!({
        "head": snapshot.head,
        "as_of": snapshot.units.get(id),
        "zones": zones_of(snapshot, id),
        "answered_for_by": directory.answers_for(id, snapshot.head),
        "predecessors": predecessors,
        "record": unit,
        "keys": tenures(directory, id).iter().map(key).collect::<Vec<_>>(),
        "cuts": directory.cuts(id).iter().map(cut).collect::<Vec<_>>(),
    })
}

/// Prints a zone with its members.
pub fn zone(place: &Place, directory: &Directory, id: &ZoneId, head: u64) -> Result<()> {
    let snapshot = directory.snapshot(head);
    let zone = directory.zone(id).zip(snapshot.zones.get(id));
    let (record, shown) = zone.ok_or_else(|| unknown(say!("zone-unknown", zone = id.as_str())))?;
    if place.form == Form::Json {
        let value = json!({"head": head, "as_of": shown, "record": record});
        return Ok(output::json(&value)?);
    }
    let mut facts = Facts::default();
    facts.push("zone", id);
    facts.push("name", &shown.name);
    facts.push("status", code("stands", if shown.ended { "ended" } else { "there" }));
    facts.push("members", shown.members.len());
    let parts: Vec<&str> = record.parts.iter().map(ZoneId::as_str).collect();
    facts.push("parts", if shown.ended { parts.join(", ") } else { String::new() });
    output::facts(&facts)?;
    output::line("")?;
    let mut rows = Rows::new(&["UNIT", "LEVEL", "NAME", "PARENT", "UNTIL"]);
    for member in &shown.members {
        let Some(unit) = snapshot.units.get(member) else { continue };
        let level = code("level", unit.level.code());
        let parent = unit.parent.as_ref().map(ToString::to_string).unwrap_or_default();
        let until = record.guests.get(member).map(|until| rfc3339(*until)).unwrap_or_default();
        rows.push([member, &level, &unit.name, &parent, &until]);
    }
    Ok(output::rows(&rows)?)
}

fn unknown(sentence: String) -> Failure {
    Failure::new(Exit::NotFound, sentence).next(next::line("directory show"))
}
