//! Whether a topology can be what it says, and fits the members.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use super::{Address, At, Server, Store, Topology};
use crate::render::limits::STREAM_MIB;
use crate::render::{Members, Problems};

/// Adds what is wrong.
pub(super) fn check(file: &str, topology: &Topology, members: &Members, problems: &mut Problems) {
    let mut check = Check { file, problems };
    let servers = servers(topology);
    check.names(&servers);
    check.listeners(&servers);
    let streams = members.provinces().len() as u64;
    match topology {
        Topology::Single { store, .. } => check.store(store, streams),
        Topology::Cluster { servers, .. } => {
            for server in servers {
                check.store(&server.store, streams);
                check.is_named(&server.route);
            }
            check.addresses(servers.iter().map(|server| &server.route));
        }
        Topology::Leaf { leaves, .. } => {
            let named = leaves.iter().map(|leaf| (leaf.province.as_str(), leaf.server.line));
            check.provinces(named, members);
            leaves.iter().for_each(|leaf| check.store(&leaf.store, 1));
        }
    }
}

/// Each server and where it listens, with what for.
type Listening<'a> = (&'a Server, Vec<(&'static str, &'a At<SocketAddr>)>);

fn servers(topology: &Topology) -> Vec<Listening<'_>> {
    fn all<'a>(
        server: &'a Server,
        more: Option<&'a At<SocketAddr>>,
        what: &'static str,
    ) -> Listening<'a> {
        let own = [("listen", Some(&server.listen)), ("monitor", server.monitor.as_ref())];
        let listeners = own.into_iter().chain([(what, more)]);
        (server, listeners.filter_map(|(what, at)| Some((what, at?))).collect())
    }
    match topology {
        Topology::Single { server, .. } => vec![all(server, None, "")],
        Topology::Cluster { servers, .. } => servers
            .iter()
            .map(|member| all(&member.server, Some(&member.route_listen), "route_listen"))
            .collect(),
        Topology::Leaf { hub, leaves } => {
            let leaves = leaves.iter().map(|leaf| all(&leaf.server, None, ""));
            std::iter::once(all(&hub.server, Some(&hub.leaf_listen), "leaf_listen"))
                .chain(leaves)
                .collect()
        }
    }
}

struct Check<'a> {
    file: &'a str,
    problems: &'a mut Problems,
}

impl Check<'_> {
    fn problem(&mut self, line: usize, reason: impl Into<String>) {
        self.problems.push(Some((self.file.to_owned(), line)), reason);
    }

    fn names(&mut self, servers: &[Listening<'_>]) {
        let mut names = BTreeMap::new();
        for (server, _) in servers {
            if let Some(before) = names.insert(&server.name, server.line) {
                let name = &server.name;
                self.problem(server.line, format!("the server of line {before} is {name:?} too"));
            }
        }
    }

    fn listeners(&mut self, servers: &[Listening<'_>]) {
        let all: Vec<_> = servers
            .iter()
            .flat_map(|(server, listeners)| {
                listeners.iter().map(|(what, at)| (&server.name, *what, *at))
            })
            .collect();
        for (number, (name, what, at)) in all.iter().enumerate() {
            let taken = all[..number]
                .iter()
                .find(|(other_name, _, other)| collide(at.value, other.value, name == other_name));
            if let Some((other_name, other_what, other)) = taken {
                let (address, line) = (at.value, other.line);
                self.problem(
                    at.line,
                    format!("{what} of {name}: {other_what} of {other_name} in line {line} takes {address}"),
                );
            }
        }
    }

    fn addresses<'a>(&mut self, addresses: impl Iterator<Item = &'a At<Address>>) {
        let mut found = BTreeMap::new();
        for At { value, line } in addresses {
            if let Some(before) = found.insert(value.to_string(), *line) {
                self.problem(*line, format!("{value} is the route of line {before} too"));
            }
        }
    }

    /// A server knows its fellows by the name in their certificate, and by a name only.
    fn is_named(&mut self, At { value, line }: &At<Address>) {
        if value.host.starts_with('[') || value.host.parse::<IpAddr>().is_ok() {
            let reason =
                "a route needs the server's name (the one in its certificate), not a number";
            self.problem(*line, format!("{value}: {reason}"));
        }
    }

    fn store(&mut self, store: &Store, streams: u64) {
        let needed = streams.saturating_mul(STREAM_MIB);
        if store.mib.value < needed {
            let (found, line) = (store.mib.value, store.mib.line);
            self.problem(
                line,
                format!("store_mib is {found}; {streams} streams need {needed}, {STREAM_MIB} each"),
            );
        }
    }

    fn provinces<'a>(&mut self, named: impl Iterator<Item = (&'a str, usize)>, members: &Members) {
        let mut found = BTreeMap::new();
        for (id, line) in named {
            if members.province(id).is_none() {
                let what = match id.split_once('_') {
                    Some((province, _)) => {
                        format!(
                            "{id:?} is no province; its nodes connect to the server of {province}"
                        )
                    }
                    None => format!("the directory knows no province {id:?}"),
                };
                self.problem(line, what);
            }
            if let Some(before) = found.insert(id, line) {
                self.problem(line, format!("{id} has a server already, in line {before}"));
            }
        }
        let missing = members.provinces().iter().filter(|province| {
            province.owner.is_some() && !found.contains_key(province.id.as_str())
        });
        let end = 1;
        for province in missing {
            self.problem(
                end,
                format!("{} lacks a [[leaf]]: each province has a server", province.id),
            );
        }
    }
}

/// Whether two listeners can't both be. Of two servers it is known only where they name the same
/// address: 0.0.0.0 may be two machines.
fn collide(one: SocketAddr, other: SocketAddr, same_server: bool) -> bool {
    let any = one.ip().is_unspecified() || other.ip().is_unspecified();
    one.port() == other.port() && if any { same_server } else { one.ip() == other.ip() }
}
