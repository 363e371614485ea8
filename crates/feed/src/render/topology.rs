//! Where the servers stand: one, three that hold the same, or a hub and one for each province.

mod check;
mod fields;
mod read;

use std::net::SocketAddr;

pub(crate) use fields::is_host_name;

use super::{Members, Problems, Source};

/// A topology that fits its members.
#[derive(Debug)]
pub(super) struct Plan {
    pub topology: Topology,
    /// Provinces with a server in the file that are left out until their nodes are enrolled.
    pub awaited: Vec<String>,
}

#[derive(Debug)]
pub(super) enum Topology {
    Single { server: Server, store: Store },
    Cluster { name: String, servers: Vec<ClusterServer> },
    Leaf { hub: Hub, leaves: Vec<Leaf> },
}

/// What every server has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Server {
    pub name: String,
    pub listen: SocketAddr,
    pub monitor: Option<SocketAddr>,
    /// Paths, absolute or below the server's directory.
    pub ca: String,
    pub certificate: String,
    pub key: String,
}

/// Where streams are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Store {
    pub dir: String,
    pub mib: u64,
}

#[derive(Debug)]
pub(super) struct ClusterServer {
    pub server: Server,
    pub store: Store,
    pub route_listen: SocketAddr,
    /// How the other two reach it.
    pub route: Address,
}

#[derive(Debug)]
pub(super) struct Hub {
    pub server: Server,
    pub leaf_listen: SocketAddr,
    /// How the provinces' servers reach it.
    pub leaf: Address,
}

#[derive(Debug)]
pub(super) struct Leaf {
    pub server: Server,
    pub store: Store,
    pub province: String,
    /// The file with the seed that it is known by at the hub.
    pub link: String,
}

/// A value and the line that it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct At<T> {
    pub value: T,
    pub line: usize,
}

/// A host and a port, as others write them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    pub host: String,
    pub port: u16,
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

/// Reads a topology and holds it against the members. `None` when it can't be read at all.
pub(super) fn plan(source: Source<'_>, members: &Members, problems: &mut Problems) -> Option<Plan> {
    let mut topology = read::read(source, members, problems)?;
    let mut awaited = Vec::new();
    if let Topology::Leaf { leaves, .. } = &mut topology {
        let is_awaited = |leaf: &mut Leaf| members.awaited().contains(&leaf.province);
        awaited.extend(leaves.extract_if(.., is_awaited).map(|leaf| leaf.province));
    }
    Some(Plan { topology, awaited })
}
