//! Nodes in the directory: enrolled, confirmed, revoked; whom they act for; which one keeps it.

use anyhow::Result;
use giapranh_domain::codes::CutCause;
use giapranh_domain::wire::proto::{self, CutMade, directory_change::Change};
use giapranh_domain::{Act, UnitId};
use giapranh_node::{Enrolment, NodeError};

use super::{Place, cut, decide, failure, found};
use crate::args::directory::node::{Confirm, Enrol, HandOver, Revoke, Serve};
use crate::commands::acting::alone;
use crate::exit::{Exit, Failure};
use crate::{next, say};

/// Enrols a node, and says in the same decision how far the log before counts.
pub fn enrol(place: &Place, arguments: Enrol) -> Result<()> {
    let request = found::request(&arguments.request)?;
    let directory = place.directory()?;
    let mut changes = Vec::new();
    if let Some(before) = cut::newest(&directory, &request.unit)
        && !directory.cuts(&request.unit).iter().any(|cut| cut.epoch == before.epoch)
    {
        let rotated = CutCause::Rotated.code();
        let made = cut::at_closing(place, &request.unit, before.epoch, rotated)?;
        changes.push(Change::CutMade(made.ok_or_else(|| open(&request.unit, before.epoch))?));
    }
    changes.push(Change::NodeEnrolled(enrolled(&request)?));
    decide::submit(place, arguments.decision, changes)
}

/// The key before still counts, and nobody said how far.
fn open(unit: &UnitId, epoch: u32) -> Failure {
    let sentence = say!("enrolled-already", unit = unit.as_str(), epoch = epoch);
    Failure::new(Exit::Refused, sentence).next("giapranh help node close")
}

fn enrolled(request: &Enrolment) -> Result<proto::NodeEnrolled, Failure> {
    let refused = |error: NodeError| failure::of_request(&error, "help node request");
    let key = request.key().map_err(refused)?;
    let sealing_key = request.sealing().map_err(refused)?;
    Ok(proto::NodeEnrolled {
        unit: request.unit.to_string(),
        public_key: key.to_bytes().to_vec(),
        serves: request.serves.iter().map(ToString::to_string).collect(),
        epoch: request.epoch,
        nats_key: request.nats_key.clone(),
        nats_owner_key: request.nats_owner_key.clone(),
        nats_link_key: request.nats_link_key.clone(),
        needs_confirmation: true,
        sealing_key: sealing_key.map(Vec::from).unwrap_or_default(),
    })
}

/// Says, as the province, that a key is the node's.
pub fn confirm(place: &Place, arguments: Confirm) -> Result<()> {
    let Confirm { enrolled, key, acting } = arguments;
    let (enrolled, public_key) = (enrolled.to_string(), key.to_string());
    place.submit(&alone(place, acting, Act::ConfirmEnrolment { enrolled, public_key })?)
}

/// Says how far the log of a node counts.
pub fn revoke(place: &Place, arguments: Revoke) -> Result<()> {
    let Revoke { unit, index, hash, closed, epoch, cause, decision, .. } = arguments;
    let directory = place.directory()?;
    let newest = cut::newest(&directory, &unit).ok_or_else(|| no_node(&unit))?;
    let epoch = epoch.unwrap_or(newest.epoch);
    let made = match (index, hash) {
        (Some(last_index), Some(hash)) => CutMade {
            last_index,
            last_hash: hash.0.to_vec(),
            nothing: false,
            ..cut::nothing(&unit, epoch, &cause)
        },
        _ if closed => cut::at_closing(place, &unit, epoch, &cause)?.ok_or_else(|| {
            let sentence = say!("not-closed", unit = unit.as_str(), epoch = epoch);
            Failure::new(Exit::NotFound, sentence).next(next::line("directory pending"))
        })?,
        _ => cut::nothing(&unit, epoch, &cause),
    };
    decide::submit(place, decision, [Change::CutMade(made)])
}

/// Sets whom a node acts for.
pub fn serve(place: &Place, arguments: Serve) -> Result<()> {
    let Serve { node, serves, decision, .. } = arguments;
    let serves = serves.iter().map(ToString::to_string).collect();
    let set = proto::ServiceSet { unit: node.to_string(), serves };
    decide::submit(place, decision, [Change::ServiceSet(set)])
}

/// Gives the directory to another unit's node: the registrar's last word.
pub fn hand_over(place: &Place, arguments: HandOver) -> Result<()> {
    let HandOver { unit, decision } = arguments;
    let directory = place.directory()?;
    let tenure = directory.tenure(&unit).ok_or_else(|| no_node(&unit))?;
    let named = proto::RegistrarNamed {
        unit: unit.to_string(),
        epoch: tenure.epoch,
        public_key: tenure.public_key.to_vec(),
        ..proto::RegistrarNamed::default()
    };
    decide::submit(place, decision, [Change::RegistrarNamed(named)])
}

fn no_node(unit: &UnitId) -> Failure {
    let sentence = say!("no-node", unit = unit.as_str());
    Failure::new(Exit::NotFound, sentence).next(next::line("directory show"))
}
