//! Whether what was read can be, and fits the members.
//!
//! It goes by what was read of the file, piece by piece, so that one piece that can't be read keeps
//! nothing else from being told.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use super::fields::Reader;
use super::{Address, At};
use crate::render::Members;
use crate::render::limits::STREAM_MIB;

/// What was read and has to fit together.
#[derive(Default)]
pub(super) struct Seen {
    pub names: Vec<At<String>>,
    /// By the line of their server, with what they are for.
    pub listeners: Vec<(usize, &'static str, At<SocketAddr>)>,
    pub routes: Vec<At<Address>>,
    pub stores: Vec<(At<u64>, Streams)>,
    pub provinces: Vec<At<String>>,
    /// Whether each province needs a server.
    pub is_leaf: bool,
}

/// Which streams a server keeps.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Streams {
    All,
    One,
}

/// Adds what is wrong.
pub(super) fn check(reader: &Reader<'_>, members: &Members) {
    let seen = reader.seen.take();
    names(reader, &seen);
    listeners(reader, &seen);
    routes(reader, &seen);
    stores(reader, &seen, members);
    if seen.is_leaf {
        provinces(reader, &seen, members);
    }
}

fn names(reader: &Reader<'_>, seen: &Seen) {
    let mut names = BTreeMap::new();
    for At { value, line } in &seen.names {
        if let Some(before) = names.insert(value, line) {
            reader.problem(*line, format!("the server of line {before} is {value:?} too"));
        }
    }
}

fn listeners(reader: &Reader<'_>, seen: &Seen) {
    for (number, (server, what, at)) in seen.listeners.iter().enumerate() {
        let before = &seen.listeners[..number];
        let taken =
            before.iter().find(|(other, _, found)| collide(at.value, found.value, server == other));
        if let Some((_, other, found)) = taken {
            let (address, line) = (at.value, found.line);
            reader.problem(at.line, format!("{what}: {other} in line {line} takes {address}"));
        }
    }
}

/// A server knows its fellows by the name in their certificate, and by a name only.
fn routes(reader: &Reader<'_>, seen: &Seen) {
    let mut routes = BTreeMap::new();
    for At { value, line } in &seen.routes {
        if let Some(before) = routes.insert(value.to_string(), line) {
            reader.problem(*line, format!("{value} is the route of line {before} too"));
        }
        if value.host.starts_with('[') || value.host.parse::<IpAddr>().is_ok() {
            let reason =
                "a route needs the server's name (the one in its certificate), not a number";
            reader.problem(*line, format!("{value}: {reason}"));
        }
    }
}

fn stores(reader: &Reader<'_>, seen: &Seen, members: &Members) {
    for (At { value, line }, streams) in &seen.stores {
        let streams = if *streams == Streams::All { members.provinces().len() as u64 } else { 1 };
        let needed = streams.saturating_mul(STREAM_MIB);
        if *value < needed {
            let needs = format!("streams: {streams}, {STREAM_MIB} each");
            reader.problem(*line, format!("store_mib is {value}; it has to be {needed} ({needs})"));
        }
    }
}

fn provinces(reader: &Reader<'_>, seen: &Seen, members: &Members) {
    let mut found = BTreeMap::new();
    for At { value: id, line } in &seen.provinces {
        if members.province(id).is_none() && !members.awaited().contains(id) {
            let what = match id.split_once('_') {
                Some((province, _)) => {
                    format!("{id:?} is no province; its nodes connect to the server of {province}")
                }
                None => format!("the directory knows no province {id:?}"),
            };
            reader.problem(*line, what);
        }
        if let Some(before) = found.insert(id.as_str(), line) {
            reader.problem(*line, format!("{id} has a server already, in line {before}"));
        }
    }
    // One that has ended may have none.
    for province in members.provinces().iter().filter(|province| province.owner.is_some()) {
        let id = &province.id;
        if !found.contains_key(id.as_str()) {
            let add = format!("[[leaf]] province = \"{id}\" listen = \"0.0.0.0:4222\"");
            let reason =
                format!("each province that is enrolled has a server; add, a line each: {add}");
            reader.problem(1, format!("{id} lacks a [[leaf]]: {reason}"));
        }
    }
}

/// Whether two listeners can't both be. Of two servers it is known only where they name the same
/// address: 0.0.0.0 may be two machines.
fn collide(one: SocketAddr, other: SocketAddr, same_server: bool) -> bool {
    let any = one.ip().is_unspecified() || other.ip().is_unspecified();
    one.port() == other.port() && if any { same_server } else { one.ip() == other.ip() }
}
