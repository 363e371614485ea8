//! What nodes say to one another: beacons, and requests for pages.
//!
//! A beacon goes from its node's account into `EXCHANGE`, as a service for exactly the zones that
//! the unit is in, and from there through `DELIVERY` into the account of every node that is in the
//! zone, as a service of *theirs* of which several accounts have one. A request goes the same way:
//! into `EXCHANGE` as the requester's own, through `DELIVERY` to the responder's account, and its
//! answer back under a reply subject of the server's making. So a server holds who speaks, who
//! hears and who asks, and nothing that crosses is a stream: the server does not pass on as a
//! stream what came in as a service.
//!
//! There are two accounts because of how the server looks for circles: it holds by subject alone
//! that a node's request could come back to the node, and would refuse the configuration. On the
//! way from one to the other the subjects change their names, and there is none.

use std::collections::{BTreeMap, BTreeSet};

use super::{Account, Accounts, Kind, Service, connect};
use crate::subject::{ask, backfill, beacon, heard, serve};

/// What comes from nodes, where all of them are on servers that hold the same, and at a hub.
pub(super) const EXCHANGE: &str = "EXCHANGE";
/// What goes to nodes.
const DELIVERY: &str = "DELIVERY";

/// The kinds of subject that go over a line between two servers, either way.
pub(super) const BETWEEN: [fn(&str, &str) -> String; 4] = [beacon, heard, ask, serve];

/// Units, each with the zones that it is in.
pub(super) type Zones<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// Adds what the account `entry` passes on of what `units` say and ask; `account` names a unit's
/// account, and `served` what it calls there what it is asked. A unit without an account is left out.
pub(super) fn add<'a>(
    accounts: &mut Accounts,
    units: &Zones<'_>,
    entry: &str,
    account: impl Fn(&str) -> Option<&'a str>,
    served: fn(&str, &str) -> String,
) {
    for name in [entry, DELIVERY] {
        let empty = || Account { kind: Kind::Link, ..Account::default() };
        accounts.entry(name.to_owned()).or_insert_with(empty);
    }
    for (unit, zones) in units {
        let Some(own) = account(unit) else { continue };
        let mut said = vec![same(ask("*", unit))];
        said.extend(zones.iter().map(|zone| same(beacon(zone, unit))));
        connect(accounts, own, entry, said);
        let asked = Service::new(ask(unit, "*"), serve(unit, "*"));
        let passed = zones.iter().map(|zone| Service::new(beacon(zone, "*"), heard(zone, "*")));
        connect(accounts, entry, DELIVERY, passed.chain([asked]).collect());
        receive(accounts, DELIVERY, own, unit, zones, served);
    }
}

/// Adds what comes to a unit from the account `from`.
pub(super) fn receive(
    accounts: &mut Accounts,
    from: &str,
    own: &str,
    unit: &str,
    zones: &BTreeSet<&str>,
    served: fn(&str, &str) -> String,
) {
    let mut received = vec![Service::new(serve(unit, "*"), served(unit, "*"))];
    received.extend(zones.iter().map(|zone| same(heard(zone, "*"))));
    connect(accounts, from, own, received);
}

fn same(subject: String) -> Service {
    Service::new(subject.clone(), subject)
}

/// What a node may publish and subscribe to in its own account for all this, the same whatever
/// zones it is in: which of it leads anywhere is what the account imports, so that a changed zone
/// is no reason to throw anybody out.
pub(super) fn allowed(unit: &str) -> (Vec<String>, Vec<String>) {
    // NATS's own tools ask services there, with the key of the node.
    let tools = "$SRV.>".to_owned();
    let publish = vec![beacon("*", unit), ask("*", unit), tools.clone()];
    (publish, vec![heard("*", "*"), backfill(unit, "*"), tools])
}
