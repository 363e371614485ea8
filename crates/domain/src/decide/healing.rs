//! Decisions about other nodes' logs: what a fork holds up, late events that count again, and what a
//! node says by itself.

use std::collections::BTreeSet;

use bytes::Bytes;
use uuid::Uuid;

use super::directory::note;
use super::{Decided, Desk, fact};
use crate::event::{Body, Event, Kind};
use crate::rejection::Ruling;
use crate::wire::proto;
use crate::{Directory, UnitId, Verdict, ZoneId};

/// Most events that one event adopts: a header names no more causes.
const MOST_ADOPTED: usize = 64;
/// Longest reason, in characters.
const REASON: usize = 500;

/// That a peer said how much it holds of this node's feeds: its beacon as it came. Local.
pub fn note_delivery(node: &UnitId, beacon: Bytes) -> Decided {
    let zones = BTreeSet::from([ZoneId::local()]);
    note(Kind::DeliveryNoted, Body::DeliveryNoted(beacon), node.clone(), zones)
}

/// That an origin signed two events under one number, said where they met. `None` where this node
/// can't say it: it is no member of that zone (now), or the zone is none.
pub fn report_fork(
    directory: &Directory,
    node: &UnitId,
    found: proto::ForkFound,
) -> Option<Decided> {
    let met: ZoneId = found.zone.parse().ok()?;
    // Only the registrar writes to its zone, and a fork there concerns everybody.
    let zone = if met == ZoneId::directory() { ZoneId::cluster() } else { met };
    let may = directory.is_member(node, &zone, directory.head());
    may.then(|| note(Kind::ForkFound, Body::ForkFound(found), node.clone(), [zone].into()))
}

impl Desk<'_> {
    /// What a fork holds up at this node is judged again from now on.
    pub(super) fn decide_fork(
        &mut self,
        acting_unit: UnitId,
        origin: &str,
        epoch: u32,
        reason: &str,
    ) -> Option<Decided> {
        self.check.required("/reason", reason, REASON);
        let origin: UnitId = self.parse("/origin", origin)?;
        let node = self.world.node;
        if origin == *node {
            let message = format!(
                "The log of {node} itself is forked; only a new epoch helps: giapranh node \
                 begin-epoch"
            );
            return self.refuse(Ruling::Conflict, "/origin", "own-fork", message);
        }
        if acting_unit != *node {
            let message = format!("{node} decides about its own log in its own name.");
            return self.refuse(Ruling::Forbidden, "/unit", "not-own", message);
        }
        if !(self.world.undecided_fork)(&origin, epoch) {
            let message = format!(
                "No fork of {origin} in epoch {epoch} waits for a decision here (see: giapranh \
                 fork list)."
            );
            return self.refuse(Ruling::NotFound, "/origin", "no-fork", message);
        }
        let body = Body::ForkDecided(proto::ForkDecided {
            origin: origin.to_string(),
            epoch,
            reason: reason.to_owned(),
        });
        let zones = BTreeSet::from([ZoneId::local()]);
        Some(note(Kind::ForkDecided, body, acting_unit, zones))
    }

    /// Late events of this node count again.
    pub(super) fn adopt(
        &mut self,
        acting_unit: UnitId,
        adopted: &[Uuid],
        reason: &str,
    ) -> Option<Decided> {
        self.check.required("/reason", reason, REASON);
        let known = self.world.alert.filter(|alert| !alert.timeline.is_empty());
        let Some(alert) = known else {
            // It says what to do.
            self.alert()?;
            return None;
        };
        if adopted.is_empty() {
            self.check.fault("/events", "required", "At least one late event is required.");
        }
        if adopted.len() > MOST_ADOPTED {
            let message = format!("{MOST_ADOPTED} events are adopted at once at most.");
            self.check.fault("/events", "too-many", message);
        }
        let mut causes: Vec<Uuid> = Vec::new();
        let mut zones = alert.all_zones.clone();
        for (place, id) in adopted.iter().take(MOST_ADOPTED).enumerate() {
            let field = format!("/events/{place}");
            let event = self.world.events.iter().find(|event| event.meta.event_id == *id);
            if let Some((rule, message)) = self.why_not_adopted(&acting_unit, event, *id) {
                self.check.fault(&field, rule, message);
            } else if causes.contains(id) {
                self.check.fault(&field, "twice", "The event is named twice.");
            } else {
                causes.push(*id);
                zones.extend(event.into_iter().flat_map(|event| event.meta.zones.iter().cloned()));
            }
        }
        let mut decided = fact(Kind::EventsAdopted, acting_unit, alert);
        decided.body = Body::EventsAdopted(proto::EventsAdopted { reason: reason.to_owned() });
        decided.causes = causes;
        decided.zones = self.reachable(&decided.acting_unit, alert, &zones)?;
        Some(decided)
    }

    fn why_not_adopted(
        &self,
        acting_unit: &UnitId,
        event: Option<&Event>,
        id: Uuid,
    ) -> Option<(&'static str, String)> {
        let (directory, node) = (self.world.directory, self.world.node);
        let Some(event) = event else {
            return Some(("unknown-event", format!("The alert has no event {id} here.")));
        };
        let meta = &event.meta;
        if directory.judge(meta) != Verdict::Late {
            return Some(("not-late", format!("The event {id} did not come late.")));
        }
        if meta.origin != *node || meta.epoch >= self.world.epoch {
            let message = format!("The event {id} is of {}; only its node adopts it.", meta.origin);
            return Some(("not-own", message));
        }
        if directory.answers_for(&meta.acting_unit, directory.head()) != acting_unit {
            let message = format!("{} said the event {id}; {acting_unit} can't.", meta.acting_unit);
            return Some(("not-own", message));
        }
        if directory.judge_adopted(meta) != Verdict::Valid || !event.is_consistent() {
            let message = format!("The event {id} had no authority either when it was signed.");
            return Some(("disowned", message));
        }
        let mut others = self.world.events.iter();
        let number_taken = event.meta.kind == Kind::AlertIssued.code()
            && others.any(|other| {
                other.meta.kind == Kind::AlertIssued.code()
                    && directory.judge(&other.meta) == Verdict::Valid
            });
        let message = "The number was given again since: issue the alert under a new one.";
        number_taken.then(|| ("number-taken", message.to_owned()))
    }
}
