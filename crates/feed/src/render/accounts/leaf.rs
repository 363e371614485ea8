//! Accounts over a hub and leaves.
//!
//! A request goes from the node's account through its province's `LINK` account to the hub, there
//! from one province's `HUB` account into the other's, and on through that one's `LINK` account
//! into the account that has the stream. No account with `JetStream` touches a line between two
//! servers, so who runs the hub, or another province's server, has the same few subjects as the
//! nodes there and nothing of a stream's own API.

use super::{
    API, Account, Accounts, Kind, User, add_node, add_own_feed, add_owner, api, connect,
    node_account, owner_account, pulled,
};
use crate::PublicNkey;
use crate::render::Members;
use crate::render::members::province_of;

/// The kinds of subject that a line between servers carries, either way: requests, acknowledgements
/// and answers. Which of them lead anywhere is what the accounts say.
const BETWEEN: [&str; 4] =
    ["$JS.*.API.CONSUMER.INFO.*.*", "$JS.*.API.CONSUMER.MSG.NEXT.*.*", "$JS.ACK.>", "_R_.>"];

/// How much of a key tells it from the others that a province has had.
const KEY_CHARS: usize = 8;

/// The hub: for each province an account, whose user is the province's server.
pub(in crate::render) fn hub(members: &Members) -> Accounts {
    let mut accounts = Accounts::new();
    for (_, key, name) in links(members) {
        let allowed: Vec<String> = BETWEEN.iter().map(ToString::to_string).collect();
        let user =
            User { key: key.clone(), publish: allowed.clone(), subscribe: allowed, is_leaf: true };
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
    accounts
}

/// The account that the line to the hub ends in.
pub(in crate::render) fn link_account(province: &str) -> String {
    format!("LINK_{province}")
}
