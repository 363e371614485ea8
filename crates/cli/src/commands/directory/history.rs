//! `giapranh directory log, pending`: what was decided, and what waits for a decision.

use anyhow::Result;
use giapranh_node::registrar::{self, Closed};
use giapranh_record::Hash;
use serde_json::{Value, json};

use super::{Place, failure};
use crate::args::Form;
use crate::output::{self, Rows};
use crate::say;

/// Prints every decision with the head that it made.
pub fn decisions(place: &Place) -> Result<()> {
    let directory = place.directory()?;
    let said: Vec<_> = directory.decisions().iter().zip(directory.counting()).collect();
    if place.form == Form::Json {
        let said = said.iter().map(|(decision, (unit, epoch, seq))| {
            json!({
                "head": decision.head, "effective_from": decision.effective_from,
                "decision": decision.decision, "changes": decision.changes,
                "registrar": unit, "epoch": epoch, "seq": seq,
            })
        });
        return Ok(output::json(&said.collect::<Vec<_>>())?);
    }
    let mut rows = Rows::new(&["HEAD", "IN FORCE FROM", "CHANGES", "REGISTRAR", "DECISION"]);
    for (decision, (unit, ..)) in said {
        let changes = match decision.changes {
            0 => say!("without-effect"),
            changes => changes.to_string(),
        };
        let from = &decision.effective_from;
        rows.push([&decision.head, from, &changes, unit, &decision.decision]);
    }
    Ok(output::rows(&rows)?)
}

/// Prints the nodes that wait for their province's word, and those closed and not cut yet.
pub fn pending(place: &Place) -> Result<()> {
    let directory = place.directory()?;
    let closed = registrar::closed(place.dir()?).map_err(|error| failure::of_node(&error))?;
    let closed: Vec<&Closed> = closed
        .values()
        .filter(|closed| {
            let mut cuts = directory.cuts(&closed.unit).iter();
            !cuts.any(|cut| cut.epoch == closed.epoch)
        })
        .collect();
    let waiting: Vec<_> = directory.unconfirmed().collect();
    if place.form == Form::Json {
        let waiting = waiting.iter().map(|(unit, tenure)| {
            let (key, province) = (Hash(tenure.public_key).to_string(), unit.province());
            json!({"unit": unit, "epoch": tenure.epoch, "public_key": key, "province": province})
        });
        let closed = closed.iter().map(|closed| {
            let hash = Hash(closed.leaf).to_string();
            let (epoch, index) = (closed.epoch, closed.index);
            json!({"unit": closed.unit, "epoch": epoch, "last_index": index, "last_hash": hash})
        });
        let (waiting, closed): (Vec<Value>, Vec<Value>) = (waiting.collect(), closed.collect());
        return Ok(output::json(&json!({"unconfirmed": waiting, "closed": closed}))?);
    }
    if waiting.is_empty() && closed.is_empty() {
        return Ok(output::line(&say!("pending-nothing"))?);
    }
    if !waiting.is_empty() {
        output::line(&say!("pending-confirmation"))?;
        let mut rows = Rows::new(&["NODE", "EPOCH", "PROVINCE", "KEY"]);
        for (unit, tenure) in waiting {
            let key = Hash(tenure.public_key).to_string();
            rows.push([unit, &tenure.epoch, &unit.province(), &key]);
        }
        output::rows(&rows)?;
    }
    if !closed.is_empty() {
        output::line(&say!("pending-cut"))?;
        let mut rows = Rows::new(&["NODE", "EPOCH", "INDEX", "HASH"]);
        for closed in closed {
            let hash = Hash(closed.leaf).to_string();
            rows.push([&closed.unit, &closed.epoch, &closed.index, &hash]);
        }
        output::rows(&rows)?;
    }
    Ok(())
}
