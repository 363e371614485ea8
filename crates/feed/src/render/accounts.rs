//! Accounts: who is in which, and what crosses from one to another.
//!
//! Everything that crosses is a *service*: a request goes over under a reply subject of the
//! server's own making, so what the requester named as its reply is never seen on the other side.

mod exchange;
mod leaf;
mod write;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use leaf::{hub, link_account, province};
pub(super) use write::write;

use super::Members;
use super::members::province_of;
use crate::PublicNkey;
use crate::subject::{backfill, captured, stream_name};

/// The accounts of a server by name.
pub(super) type Accounts = BTreeMap<String, Account>;

#[derive(Default)]
pub(super) struct Account {
    pub kind: Kind,
    pub users: Vec<User>,
    pub exports: BTreeMap<String, Export>,
    pub imports: BTreeSet<Import>,
}

/// What an account is for, which is what decides its limits.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A province's stream.
    #[default]
    Owner,
    /// A unit's node.
    Node,
    /// What goes between accounts, or between a province's server and the hub, at either end.
    Link,
}

pub(super) struct User {
    pub key: PublicNkey,
    pub publish: Vec<String>,
    pub subscribe: Vec<String>,
    /// Whether it may publish one answer to what it is asked, wherever that is to go.
    pub answers: bool,
    /// Whether it is a server that comes as a leaf, and may come as nothing else.
    pub is_leaf: bool,
}

#[derive(Default)]
pub(super) struct Export {
    /// Whether one request is answered by more than one message.
    pub many_answers: bool,
    /// Who may import it.
    pub to: BTreeSet<String>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Import {
    /// What it is called where it is imported.
    pub local: String,
    pub account: String,
    pub subject: String,
}

/// A subject that crosses, as it is called on either side.
struct Service {
    local: String,
    remote: String,
    many_answers: bool,
}

impl Service {
    fn new(local: String, remote: String) -> Self {
        Self { local, remote, many_answers: false }
    }
}

/// One server, or three that hold the same: all streams and all nodes.
pub(super) fn together(members: &Members) -> Accounts {
    let mut accounts = Accounts::new();
    for province in members.provinces() {
        add_owner(&mut accounts, &province.id, province.owner.as_ref());
    }
    for (unit, keys) in members.units() {
        add_node(&mut accounts, unit, &keys);
        for province in members.provinces() {
            let pulled = pulled(&province.id, unit, &api(&province.id), API);
            connect(&mut accounts, &node_account(unit), &owner_account(&province.id), pulled);
        }
        add_own_feed(&mut accounts, unit);
    }
    let zones = members.zones();
    let names: BTreeMap<&str, String> =
        zones.keys().map(|unit| (*unit, node_account(unit))).collect();
    let name = |unit: &str| names.get(unit).map(String::as_str);
    exchange::add(&mut accounts, &zones, exchange::EXCHANGE, name, backfill);
    accounts
}

/// The names of accounts. An id has no capital letter, so nothing else is called the same.
fn owner_account(province: &str) -> String {
    format!("OWN_{province}")
}

fn node_account(unit: &str) -> String {
    format!("NODE_{unit}")
}

/// Where answers come to a unit's connections.
fn inbox(unit: &str) -> String {
    format!("_INBOX_{unit}.>")
}

/// `JetStream` in the account that it is in.
const API: &str = "$JS.API";

/// What nodes call the `JetStream` that has a province's stream, wherever it is.
fn api(province: &str) -> String {
    format!("$JS.{province}.API")
}

/// What a unit may use of a province's stream: look at its durable, pull from it, acknowledge.
fn pulled(province: &str, unit: &str, local_api: &str, remote_api: &str) -> Vec<Service> {
    let stream = stream_name(province);
    let request = |verb: &str| {
        let subject = |api: &str| format!("{api}.CONSUMER.{verb}.{stream}.{unit}");
        Service::new(subject(local_api), subject(remote_api))
    };
    let acknowledge = format!("$JS.ACK.{stream}.{unit}.>");
    vec![
        request("INFO"),
        Service { many_answers: true, ..request("MSG.NEXT") },
        Service::new(acknowledge.clone(), acknowledge),
    ]
}

/// What a unit may use of its own province's stream besides: publish on its own subjects, and read
/// the last message on one of them.
fn own_feed(unit: &str) -> Vec<Service> {
    let province = province_of(unit);
    let subjects = captured(province).replace('>', unit);
    let last = format!("{API}.DIRECT.GET.{}.{subjects}", stream_name(province));
    vec![Service::new(subjects.clone(), subjects), Service::new(last.clone(), last)]
}

fn add_owner(accounts: &mut Accounts, province: &str, key: Option<&PublicNkey>) {
    let stream = stream_name(province);
    let publish = [
        "STREAM.INFO",
        "STREAM.CREATE",
        "STREAM.UPDATE",
        "CONSUMER.LIST",
        "CONSUMER.NAMES",
        "CONSUMER.INFO.*",
        "CONSUMER.CREATE.>",
        "CONSUMER.DELETE.*",
    ];
    let publish = publish.iter().map(|verb| {
        let mut parts = verb.splitn(3, '.');
        let mut part = || parts.next().unwrap_or_default();
        let (what, verb, rest) = (part(), part(), part());
        let separator = if rest.is_empty() { "" } else { "." };
        format!("{API}.{what}.{verb}.{stream}{separator}{rest}")
    });
    let user = key.map(|key| User {
        key: key.clone(),
        publish: publish.collect(),
        subscribe: vec![inbox(province)],
        answers: false,
        is_leaf: false,
    });
    let account = Account { users: user.into_iter().collect(), ..Account::default() };
    accounts.insert(owner_account(province), account);
}

/// A unit's account, with the allow-list that is the same whoever else there is. Its own durables
/// are named after it; which streams they are of is what the imports say.
fn add_node(accounts: &mut Accounts, unit: &str, keys: &[&PublicNkey]) {
    let mut publish = vec![
        format!("$JS.*.API.CONSUMER.INFO.*.{unit}"),
        format!("$JS.*.API.CONSUMER.MSG.NEXT.*.{unit}"),
        format!("$JS.ACK.*.{unit}.>"),
    ];
    publish.extend(own_feed(unit).into_iter().map(|service| service.local));
    let (said, mut subscribe) = exchange::allowed(unit);
    publish.extend(said);
    subscribe.push(inbox(unit));
    let user = |key: &&PublicNkey| User {
        key: PublicNkey::clone(key),
        publish: publish.clone(),
        subscribe: subscribe.clone(),
        answers: true,
        is_leaf: false,
    };
    let users = keys.iter().map(user).collect();
    let account = Account { kind: Kind::Node, users, ..Account::default() };
    accounts.insert(node_account(unit), account);
}

fn add_own_feed(accounts: &mut Accounts, unit: &str) {
    let owner = owner_account(province_of(unit));
    connect(accounts, &node_account(unit), &owner, own_feed(unit));
}

/// Lets the account `to` use services of the account `from`.
fn connect(accounts: &mut Accounts, to: &str, from: &str, services: Vec<Service>) {
    for Service { local, remote, many_answers } in services {
        if let Some(account) = accounts.get_mut(from) {
            let export = account.exports.entry(remote.clone()).or_default();
            export.many_answers = many_answers;
            export.to.insert(to.to_owned());
        }
        if let Some(account) = accounts.get_mut(to) {
            account.imports.insert(Import { local, account: from.to_owned(), subject: remote });
        }
    }
}
