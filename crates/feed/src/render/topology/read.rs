//! The topology file: TOML, every problem with the line where it is.

use std::cell::RefCell;

use giapranh_record::is_token;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fields::{Fields, Reader, address, listener};
use super::{At, ClusterServer, Hub, Leaf, Server, Store, Topology};
use crate::render::limits::{LEAF_STORE_MIB, STORE_MIB};
use crate::render::{Problems, Source};

/// What every server may have.
const SERVER: &[&str] = &["name", "listen", "monitor", "ca", "certificate", "key"];
const STORE: &[&str] = &["store", "store_mib"];
/// How many servers hold each stream in a cluster.
const MEMBERS: usize = 3;
/// A cluster that is not named.
const CLUSTER: &str = "giap-ranh";

/// What can be read of the file; everything that can't is a problem.
pub(super) fn read(source: Source<'_>, problems: &mut Problems) -> Option<Topology> {
    let reader = Reader { source, problems: RefCell::default() };
    let topology = topology(&reader);
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
    let servers = tables(reader, &file, "server");
    expect_servers(reader, &servers, 1, "single");
    let read = |fields: &Fields<'_>| {
        let (server, store) = (server(fields, None), store(fields, STORE_MIB));
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
    let servers = tables(reader, &file, "server");
    expect_servers(reader, &servers, MEMBERS, "cluster");
    let read = |fields: &Fields<'_>| {
        let (server, store) = (server(fields, None), store(fields, STORE_MIB));
        let route_listen = fields.listener("route_listen");
        let route = fields.parsed(fields.needed("route"), address);
        Some(ClusterServer {
            server: server?,
            store: store?,
            route_listen: route_listen?,
            route: route?,
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
            (|| Some(Hub { server: server?, leaf_listen: leaf_listen?, leaf: leaf? }))()
        }
        found => {
            let line = found.map_or(1, |(value, _)| reader.line(&value.span()));
            reader.problem(line, "a leaf topology has one [hub]");
            None
        }
    };
    let read = |fields: &Fields<'_>| {
        let province = fields.needed("province");
        let server = server(fields, province.as_ref());
        let (store, link) = (store(fields, LEAF_STORE_MIB), fields.path_below("link", "link.conf"));
        Some(Leaf {
            server: server?,
            store: store?,
            province: province?.value.to_owned(),
            link: link?,
        })
    };
    let known = [SERVER, STORE, &["province", "link"]].concat();
    let leaves = all(reader, &tables(reader, &file, "leaf"), "[[leaf]]", &known, read);
    Some(Topology::Leaf { hub: hub?, leaves: leaves? })
}

type Table<'a> = Spanned<DeValue<'a>>;

/// The tables of a list such as `[[server]]`.
fn tables<'a>(reader: &Reader<'_>, file: &Fields<'a>, key: &str) -> Vec<&'a Table<'a>> {
    let Some(value) = file.value(key) else { return Vec::new() };
    let wrong = |value: &Table<'_>| {
        reader.problem(reader.line(&value.span()), format!("write each {key} as [[{key}]]"));
    };
    let Some(list) = value.get_ref().as_array() else {
        wrong(value);
        return Vec::new();
    };
    let (tables, others): (Vec<_>, Vec<_>) =
        list.iter().partition(|value| value.get_ref().is_table());
    others.into_iter().for_each(wrong);
    tables
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

fn expect_servers(reader: &Reader<'_>, servers: &[&Table<'_>], wanted: usize, kind: &str) {
    if servers.len() != wanted {
        let line = match servers.get(wanted) {
            Some(more) => reader.line(&more.span()),
            None => 1,
        };
        let found = servers.len();
        reader.problem(
            line,
            format!("the topology {kind} has {wanted} [[server]], here are {found}"),
        );
    }
}

/// What every server has. Its name may follow from something else.
fn server(fields: &Fields<'_>, named: Option<&At<&str>>) -> Option<Server> {
    let name = match (fields.value("name"), named) {
        (None, Some(other)) => Some(other.value.to_owned()),
        _ => fields.parsed(fields.needed("name"), name).map(|name| name.value),
    };
    let listen = fields.listener("listen");
    let monitor = fields.text("monitor").map(|text| fields.parsed(Some(text), monitor));
    let ca = fields.path("ca", "tls/ca.pem");
    let certificate = fields.path("certificate", "tls/server.pem");
    let key = fields.path("key", "tls/server.key");
    Some(Server {
        name: name?,
        line: fields.line,
        listen: listen?,
        monitor: monitor.map_or(Some(None), |read| read.map(Some))?,
        ca: ca?,
        certificate: certificate?,
        key: key?,
    })
}

fn store(fields: &Fields<'_>, default_mib: u64) -> Option<Store> {
    let (dir, mib) = (fields.path("store", "store"), fields.number("store_mib", default_mib));
    Some(Store { dir: dir?, mib: mib? })
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
