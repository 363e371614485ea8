//! Accounts over a hub and leaves.
//!
//! A request goes from the node's account through its province's `LINK` account to the hub, there
//! from one province's `HUB` account into the other's, and on through that one's `LINK` account
//! into the account that has the stream. No account with `JetStream` touches a line between two
//! servers, so who runs the hub, or another province's server, has the same few subjects as the
//! nodes there and nothing of a stream's own API.

use std::collections::BTreeMap;

use super::{
    API, Account, Accounts, Kind, User, add_node, add_own_feed, add_owner, api, connect, exchange,
    node_account, owner_account, pulled,
};
use crate::PublicNkey;
use crate::render::Members;
use crate::render::members::province_of;
use crate::subject::{backfill, serve};

/// The kinds of subject that a line between servers carries, either way: requests, acknowledgements
/// and answers, and what nodes say to one another. Which of them lead anywhere is what the accounts
/// say.
const BETWEEN: [&str; 4] =
    ["$JS.*.API.CONSUMER.INFO.*.*", "$JS.*.API.CONSUMER.MSG.NEXT.*.*", "$JS.ACK.>", "_R_.>"];

/// How much of a key tells it from the others that a province has had.
const KEY_CHARS: usize = 8;

/// The hub: for each province an account, whose user is the province's server.
pub(in crate::render) fn hub(members: &Members) -> Accounts {
    let mut accounts = Accounts::new();
    for (_, key, name) in links(members) {
        let mut allowed: Vec<String> = BETWEEN.iter().map(ToString::to_string).collect();
        allowed.extend(exchange::BETWEEN.map(|subject| subject("*", "*")));
        let (publish, subscribe) = (allowed.clone(), allowed);
        let user = User { key: key.clone(), publish, subscribe, answers: false, is_leaf: true };
        let account = Account { kind: Kind::Link, users: vec![user], ..Account::default() };
        accounts.insert(name, account);
    }
    for unit in members.units().keys() {
        let home = province_of(unit);
        let Some((_, _, to)) = links(members).find(|(id, ..)| *id == home) else { continue };
        for (id, _, from) in links(members).filter(|(id, ..)| *id != home) {
            let api = api(id);
            connect(&mut accounts, &to, &from, pulled(id, unit, &api, &api));
        }
    }
    let names: BTreeMap<&str, String> = links(members).map(|(id, _, name)| (id, name)).collect();
    let name = |unit: &str| names.get(province_of(unit)).map(String::as_str);
    exchange::add(&mut accounts, &members.zones(), exchange::EXCHANGE, name, serve);
    accounts
}

/// The provinces whose servers may come to the hub: id, key, and account there.
///
/// The account is named after the key, too, because nats-server (2.15.1) throws no leaf out whose
/// user is no more: with another key, or none, the old connection is left in an account that is no
/// more, and from which nothing leads anywhere.
fn links(members: &Members) -> impl Iterator<Item = (&str, &PublicNkey, String)> {
    members.provinces().iter().filter_map(|province| {
        let (id, key) = (province.id.as_str(), province.link.as_ref()?);
        let tail = &key.as_str()[key.as_str().len() - KEY_CHARS..];
        Some((id, key, format!("HUB_{id}_{tail}")))
    })
}

/// The server of a province: its stream, its nodes, and the way to the hub.
pub(in crate::render) fn province(members: &Members, id: &str) -> Accounts {
    let mut accounts = Accounts::new();
    add_owner(&mut accounts, id, members.province(id).and_then(|found| found.owner.as_ref()));
    let link = link_account(id);
    accounts.insert(link.clone(), Account { kind: Kind::Link, ..Account::default() });
    let (owner, own_api) = (owner_account(id), api(id));
    for (unit, keys) in members.units() {
        if province_of(unit) != id {
            // It comes over the hub.
            connect(&mut accounts, &link, &owner, pulled(id, unit, &own_api, API));
            continue;
        }
        add_node(&mut accounts, unit, &keys);
        let node = node_account(unit);
        connect(&mut accounts, &node, &owner, pulled(id, unit, &own_api, API));
        for other in members.provinces().iter().filter(|other| other.id != id) {
            let api = api(&other.id);
            connect(&mut accounts, &node, &link, pulled(&other.id, unit, &api, &api));
        }
        add_own_feed(&mut accounts, unit);
    }
    // What its nodes say goes into the account of the line, which has it from the hub, too.
    let mut zones = members.zones();
    zones.retain(|unit, _| province_of(unit) == id);
    let names: BTreeMap<&str, String> =
        zones.keys().map(|unit| (*unit, node_account(unit))).collect();
    let name = |unit: &str| names.get(unit).map(String::as_str);
    exchange::add(&mut accounts, &zones, &link, name, backfill);
    for (unit, zones) in &zones {
        exchange::receive(&mut accounts, &link, &node_account(unit), unit, zones, backfill);
    }
    accounts
}

/// The account that the line to the hub ends in.
pub(in crate::render) fn link_account(province: &str) -> String {
    format!("LINK_{province}")
}
