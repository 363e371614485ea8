//! The topology file: TOML, every problem with the line where it is.

use std::cell::RefCell;

use giapranh_record::is_token;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::check::{Streams, check};
use super::fields::{Fields, Reader, address, listener};
use super::{At, ClusterServer, Hub, Leaf, Server, Store, Topology};
use crate::render::limits::{LEAF_STORE_MIB, STORE_MIB};
use crate::render::{Members, Problems, Source};

/// What every server may have.
const SERVER: &[&str] = &["name", "listen", "monitor", "ca", "certificate", "key"];
const STORE: &[&str] = &["store", "store_mib"];
/// How many servers hold each stream in a cluster.
const MEMBERS: usize = 3;
/// A cluster that is not named.
const CLUSTER: &str = "giap-ranh";

/// What can be read of the file; everything that can't is a problem.
pub(super) fn read(
    source: Source<'_>,
    members: &Members,
    problems: &mut Problems,
) -> Option<Topology> {
    let reader = Reader { source, problems: RefCell::default(), seen: RefCell::default() };
    let topology = topology(&reader);
    check(&reader, members);
    problems.extend(reader.problems.into_inner());
    topology
}

fn topology(reader: &Reader<'_>) -> Option<Topology> {
    let (document, errors) = DeTable::parse_recoverable(reader.source.text);
    for error in &errors {
        let line = error.span().map_or(1, |span| reader.line(&span));
        reader.problem(line, error.message());
    }
    if !errors.is_empty() {
        return None;
    }
    let table = document.get_ref();
    let kind = table.get("topology").map(|value| (value, reader.line(&value.span())));
    let text = kind.and_then(|(value, _)| value.get_ref().as_str());
    match text {
        Some("single") => single(reader, table),
        Some("cluster") => cluster(reader, table),
        Some("leaf") => leaf(reader, table),
        _ => {
            let line = kind.map_or(1, |(_, line)| line);
            reader.problem(line, "topology is \"single\", \"cluster\" or \"leaf\"");
            None
        }
    }
}

fn single(reader: &Reader<'_>, table: &DeTable<'_>) -> Option<Topology> {
    let file = Fields::new(reader, table, "the file", 1, &["topology", "server"]);
    let servers = servers(reader, &file, 1, "single")?;
    let read = |fields: &Fields<'_>| {
        let (server, store) = (server(fields, None), store(fields, STORE_MIB, Streams::All));
        Some((server?, store?))
    };
    let known = [SERVER, STORE].concat();
    let (server, store) = all(reader, &servers, "[[server]]", &known, read)?.into_iter().next()?;
    Some(Topology::Single { server, store })
}

fn cluster(reader: &Reader<'_>, table: &DeTable<'_>) -> Option<Topology> {
    let file = Fields::new(reader, table, "the file", 1, &["topology", "name", "server"]);
    let name = match file.value("name") {
        Some(_) => file.parsed(file.text("name"), name).map(|name| name.value),
        None => Some(CLUSTER.to_owned()),
    };
    let servers = servers(reader, &file, MEMBERS, "cluster")?;
    let read = |fields: &Fields<'_>| {
        let (server, store) = (server(fields, None), store(fields, STORE_MIB, Streams::All));
        let route_listen = fields.listener("route_listen");
        let route = fields.parsed(fields.needed("route"), address);
        reader.seen.borrow_mut().routes.extend(route.clone());
        Some(ClusterServer {
            server: server?,
            store: store?,
            route_listen: route_listen?.value,
            route: route?.value,
        })
    };
    let known = [SERVER, STORE, &["route_listen", "route"]].concat();
    let servers = all(reader, &servers, "[[server]]", &known, read)?;
    Some(Topology::Cluster { name: name?, servers })
}

fn leaf(reader: &Reader<'_>, table: &DeTable<'_>) -> Option<Topology> {
    let file = Fields::new(reader, table, "the file", 1, &["topology", "hub", "leaf"]);
    let hub = match file.value("hub").map(|value| (value, value.get_ref().as_table())) {
        Some((value, Some(table))) => {
            let known = [SERVER, &["leaf_listen", "leaf"]].concat();
            let line = reader.line(&value.span());
            let fields = Fields::new(reader, table, "[hub]", line, &known);
            let server = server(&fields, None);
            let leaf_listen = fields.listener("leaf_listen");
            let leaf = fields.parsed(fields.needed("leaf"), address);
            (|| Some(Hub { server: server?, leaf_listen: leaf_listen?.value, leaf: leaf?.value }))()
        }
        found => {
            let line = found.map_or(1, |(value, _)| reader.line(&value.span()));
            reader.problem(line, "a leaf topology has one [hub]");
            None
        }
    };
    let read = |fields: &Fields<'_>| {
        let province = fields.needed("province");
        reader.saw_province(province.as_ref());
        let server = server(fields, province.as_ref());
        let (store, link) =
            (store(fields, LEAF_STORE_MIB, Streams::One), fields.path_below("link", "link.conf"));
        Some(Leaf {
            server: server?,
            store: store?,
            province: province?.value.to_owned(),
            link: link?,
        })
    };
    let known = [SERVER, STORE, &["province", "link"]].concat();
    let leaves = tables(reader, &file, "leaf")?;
    // Whether a province lacks one is known now, even where one of them can't be read.
    reader.seen.borrow_mut().is_leaf = true;
    let leaves = all(reader, &leaves, "[[leaf]]", &known, read);
    Some(Topology::Leaf { hub: hub?, leaves: leaves? })
}

type Table<'a> = Spanned<DeValue<'a>>;

/// The tables of a list such as `[[server]]`. `None` when it is none.
fn tables<'a>(reader: &Reader<'_>, file: &Fields<'a>, key: &str) -> Option<Vec<&'a Table<'a>>> {
    let Some(value) = file.value(key) else { return Some(Vec::new()) };
    let list = value.get_ref().as_array();
    let tables: Option<Vec<_>> = list
        .filter(|list| list.iter().all(|it| it.get_ref().is_table()))
        .map(|list| list.iter().collect());
    if tables.is_none() {
        reader.problem(reader.line(&value.span()), format!("write each {key} as [[{key}]]"));
    }
    tables
}

/// The servers, of which the topology has so many.
fn servers<'a>(
    reader: &Reader<'_>,
    file: &Fields<'a>,
    wanted: usize,
    kind: &str,
) -> Option<Vec<&'a Table<'a>>> {
    let servers = tables(reader, file, "server")?;
    let found = servers.len();
    if found != wanted {
        let line = servers.get(wanted).map_or(1, |more| reader.line(&more.span()));
        reader.problem(
            line,
            format!("the topology {kind} has {wanted} [[server]], here are {found}"),
        );
    }
    Some(servers)
}

/// Reads each table. `None` when one of them can't be read; all have been looked at.
fn all<'a, T>(
    reader: &'a Reader<'a>,
    tables: &[&'a Table<'a>],
    name: &'a str,
    known: &[&str],
    read: impl Fn(&Fields<'a>) -> Option<T>,
) -> Option<Vec<T>> {
    let read = |value: &&'a Table<'a>| {
        let line = reader.line(&value.span());
        let table = value.get_ref().as_table()?;
        read(&Fields::new(reader, table, name, line, known))
    };
    let read: Vec<Option<T>> = tables.iter().map(read).collect();
    read.into_iter().collect()
}

/// What every server has. Its name may follow from something else.
fn server(fields: &Fields<'_>, named: Option<&At<&str>>) -> Option<Server> {
    let name = match (fields.value("name"), named) {
        // What is no name of a province is told as that.
        (None, Some(other)) => {
            is_token(other.value).then(|| At { value: other.value.to_owned(), line: other.line })
        }
        _ => fields.parsed(fields.needed("name"), name),
    };
    fields.saw_name(name.as_ref());
    let listen = fields.listener("listen");
    let monitor = fields.text("monitor").map(|text| fields.parsed(Some(text), monitor));
    fields.saw_listener("monitor", monitor.as_ref().and_then(Option::as_ref));
    let ca = fields.path("ca", "tls/ca.pem");
    let certificate = fields.path("certificate", "tls/server.pem");
    let key = fields.path("key", "tls/server.key");
    Some(Server {
        name: name?.value,
        listen: listen?.value,
        monitor: monitor.map_or(Some(None), |read| read.map(Some))?.map(|at| at.value),
        ca: ca?,
        certificate: certificate?,
        key: key?,
    })
}

fn store(fields: &Fields<'_>, default_mib: u64, streams: Streams) -> Option<Store> {
    let (dir, mib) = (fields.path("store", "store"), fields.number("store_mib", default_mib));
    fields.saw_store(mib.as_ref(), streams);
    Some(Store { dir: dir?, mib: mib?.value })
}

/// A name that may be a directory's, and means itself in a configuration.
fn name(text: &str) -> Result<String, String> {
    if is_token(text) {
        Ok(text.to_owned())
    } else {
        Err("is no name of a server: write small letters, digits and -".into())
    }
}

/// nats-server asks nobody who looks at its monitoring, so only the machine itself may.
fn monitor(text: &str) -> Result<std::net::SocketAddr, String> {
    let address = listener(text)?;
    if address.ip().is_loopback() {
        Ok(address)
    } else {
        Err("would show everybody who is connected: monitoring is on 127.0.0.1 only".into())
    }
}
