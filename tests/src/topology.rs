//! Where the servers between the nodes stand: one without accounts, as in a training room; or the
//! configurations that `giapranh deploy render` makes of the directory, each server kept by a
//! `giapranh deploy serve` of its own, as an administrator runs it.

mod link;
mod server;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use giapranh_testkit::ports::free_ports;
use giapranh_testkit::server::{NatsServer, StartOptions};

pub use link::Link;
use server::Server;

use crate::cluster::{Failed, Member, failed};
use crate::program::Program;

/// The names in every server's certificate.
const HOSTS: [&str; 2] = ["localhost", "127.0.0.1"];
const HUB: &str = "hub";

/// Where the servers stand.
#[derive(Debug)]
pub enum Topology {
    /// One server that lets everybody in.
    Plain,
    /// One server, rendered.
    Single,
    /// Three that hold the same, rendered.
    Cluster,
    /// A hub and a server for each province, rendered. One province may be behind a link of its own:
    /// its server and nodes are in a network namespace.
    Leaf(Option<Link>),
}

impl Topology {
    /// The topology that a person names so.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "plain" => Some(Self::Plain),
            "single" => Some(Self::Single),
            "cluster" => Some(Self::Cluster),
            "leaf" => Some(Self::Leaf(None)),
            _ => None,
        }
    }
}

/// What is between the nodes, running.
pub enum Nats {
    /// One server that lets everybody in.
    Plain(NatsServer),
    /// Servers of rendered configurations.
    Rendered(Rendered),
}

/// Servers of rendered configurations, each in a folder as if it were a machine.
pub struct Rendered {
    root: PathBuf,
    program: Program,
    /// In the order in which they are started.
    servers: Vec<Server>,
    /// After the servers, some of which may be in a namespace of its link.
    topology: Topology,
}

impl Nats {
    /// Starts a plain server, or prepares what the nodes of a rendered one have to know.
    pub(crate) fn prepare(
        root: &Path,
        program: &Program,
        topology: Topology,
        members: &[Member],
    ) -> Result<Self, Failed> {
        if let Topology::Plain = topology {
            let options = StartOptions { store_dir: root.join("nats"), port: None };
            return NatsServer::start(options).map_err(failed).map(Self::Plain);
        }
        Rendered::prepare(root, program, topology, members).map(Self::Rendered)
    }

    /// Whether the servers' configurations follow from the directory.
    pub fn is_rendered(&self) -> bool {
        matches!(self, Self::Rendered(_))
    }

    /// Where the clients of the first server connect.
    pub fn url(&self) -> String {
        match self {
            Self::Plain(server) => server.url(),
            Self::Rendered(rendered) => rendered.servers[0].url(),
        }
    }

    /// The port of [`Nats::url`].
    pub fn port(&self) -> u16 {
        match self {
            Self::Plain(server) => server.port(),
            Self::Rendered(rendered) => rendered.servers[0].port,
        }
    }

    /// Kills every server as a crash does.
    pub fn kill(&mut self) {
        match self {
            Self::Plain(server) => server.kill(),
            Self::Rendered(rendered) => rendered.servers.iter_mut().for_each(Server::kill),
        }
    }

    /// Starts every server that does not run, over what it had stored. A plain one is killed first.
    pub fn restart(&mut self) -> Result<(), Failed> {
        match self {
            Self::Plain(server) => server.restart().map_err(failed),
            Self::Rendered(rendered) => rendered.start_all(),
        }
    }

    /// The servers of rendered configurations.
    pub fn rendered(&mut self) -> Result<&mut Rendered, Failed> {
        match self {
            Self::Plain(_) => Err(failed("this server is not rendered")),
            Self::Rendered(rendered) => Ok(rendered),
        }
    }

    /// The link that a unit is behind, if it is.
    pub(crate) fn link(&self, unit: &str) -> Option<&Link> {
        match self {
            Self::Rendered(Rendered { topology: Topology::Leaf(Some(link)), .. }) => {
                Some(link).filter(|link| link.province() == province_of(unit))
            }
            _ => None,
        }
    }
}

impl Rendered {
    fn prepare(
        root: &Path,
        program: &Program,
        topology: Topology,
        members: &[Member],
    ) -> Result<Self, Failed> {
        let root = std::path::absolute(root).map_err(failed)?;
        let registrar = members.first().ok_or_else(|| failed("no members"))?.unit;
        // Each server with the node whose directory it follows.
        let named: Vec<(&str, &str)> = match &topology {
            Topology::Plain => Vec::new(),
            Topology::Single => vec![("one", registrar)],
            Topology::Cluster => vec![("s1", registrar), ("s2", registrar), ("s3", registrar)],
            Topology::Leaf(_) => {
                let provinces = members.iter().map(|member| member.unit);
                let provinces = provinces.filter(|unit| !unit.contains('_'));
                let leaves = provinces.map(|unit| (unit, unit));
                [(HUB, registrar)].into_iter().chain(leaves).collect()
            }
        };
        let ports = free_ports(named.len() * 2).map_err(failed)?;
        let servers = named.iter().zip(ports.chunks(2));
        let servers = servers.map(|((name, follows), ports)| {
            Server::new(&root, name, node_dir(&root, follows), ports[0], ports[1])
        });
        let rendered =
            Self { servers: servers.collect(), root, program: program.clone(), topology };
        fs::create_dir_all(&rendered.root).map_err(failed)?;
        fs::write(rendered.topology_file(), rendered.text()).map_err(failed)?;
        let ca = rendered.ca().display().to_string();
        rendered.program.run(&rendered.root, &["deploy", "ca", "--out", &ca])?;
        Ok(rendered)
    }

    fn topology_file(&self) -> PathBuf {
        self.root.join("topology.toml")
    }

    fn ca(&self) -> PathBuf {
        self.root.join("ca")
    }

    /// The topology file.
    fn text(&self) -> String {
        let kind = match self.topology {
            Topology::Plain => "plain",
            Topology::Single => "single",
            Topology::Cluster => "cluster",
            Topology::Leaf(_) => "leaf",
        };
        let mut text = format!("topology = \"{kind}\"\n");
        let (leaf_listen, leaf) = match &self.topology {
            Topology::Leaf(Some(link)) => ("0.0.0.0", link.near_address().to_string()),
            _ => ("127.0.0.1", "localhost".to_owned()),
        };
        for server in &self.servers {
            let Server { name, port, second_port, .. } = server;
            let table = match &self.topology {
                Topology::Leaf(_) if name == HUB => format!("[hub]\nname = \"{HUB}\"\n"),
                Topology::Leaf(_) => format!("[[leaf]]\nprovince = \"{name}\"\n"),
                _ => format!("[[server]]\nname = \"{name}\"\n"),
            };
            let more = match &self.topology {
                Topology::Cluster => format!(
                    "route_listen = \"127.0.0.1:{second_port}\"\nroute = \"localhost:{second_port}\"\n"
                ),
                Topology::Leaf(_) if name == HUB => format!(
                    "leaf_listen = \"{leaf_listen}:{second_port}\"\nleaf = \"{leaf}:{second_port}\"\n"
                ),
                _ => String::new(),
            };
            // A text grows by this; it can't fail.
            let _ = write!(
                text,
                "\n{table}listen = \"127.0.0.1:{port}\"\n{more}\
                 certificate = \"tls/{name}.pem\"\nkey = \"tls/{name}.key\"\n"
            );
        }
        text
    }

    /// What `node init` is told, so that nobody has to edit a file.
    pub(crate) fn exchange(&self, unit: &str) -> Vec<String> {
        let url = match &self.topology {
            Topology::Leaf(_) => {
                let own = self.servers.iter().find(|server| server.name == province_of(unit));
                own.map(Server::url).unwrap_or_default()
            }
            _ => self.servers.iter().map(Server::url).collect::<Vec<_>>().join(","),
        };
        let replicas = if let Topology::Cluster = self.topology { "3" } else { "1" };
        let certificate = format!("tls/{unit}.pem");
        let key = format!("tls/{unit}.key");
        let arguments = [
            &["--nats", &url, "--isolated", "--replicas", replicas][..],
            &["--tls-ca", "tls/ca.pem", "--tls-certificate", &certificate, "--tls-key", &key],
        ];
        arguments.concat().into_iter().map(str::to_owned).collect()
    }

    /// Gives a node that was made its certificate.
    pub(crate) fn certify(&self, unit: &str, dir: &Path) -> Result<(), Failed> {
        self.certificate(&["--unit", unit], &dir.join("tls"))
    }

    fn certificate(&self, whose: &[&str], out: &Path) -> Result<(), Failed> {
        let (ca, shown) = (self.ca().display().to_string(), out.display().to_string());
        let arguments = ["deploy", "certificate", "--ca", &ca, "--out", &shown];
        self.program.run(&self.root, &[&arguments[..], whose].concat())?;
        fs::copy(self.ca().join("ca.pem"), out.join("ca.pem")).map_err(failed).map(drop)
    }

    /// Equips every server, renders its configuration from the registrar's log, and starts it.
    pub(crate) fn deploy(&mut self, registrar: &Path) -> Result<(), Failed> {
        let topology = self.topology_file().display().to_string();
        for server in &self.servers {
            let mut whose = vec!["--server", &server.name];
            let near = match &self.topology {
                Topology::Leaf(Some(link)) => Some(link.near_address().to_string()),
                _ => None,
            };
            for host in HOSTS.into_iter().chain(near.as_deref()) {
                whose.extend(["--name", host]);
            }
            self.certificate(&whose, &server.dir().join("tls"))?;
            let out = server.out.display().to_string();
            let render = ["deploy", "render", "--topology", &topology, "--out", &out];
            self.program.run(registrar, &render)?;
            if matches!(self.topology, Topology::Leaf(_)) && server.name != HUB {
                let link = server.dir().join("link.conf").display().to_string();
                self.program.run(&server.follows, &["deploy", "link", "--out", &link])?;
            }
        }
        self.start_all()
    }

    fn start_all(&mut self) -> Result<(), Failed> {
        let names: Vec<String> = self.names().into_iter().map(str::to_owned).collect();
        names.iter().try_for_each(|name| self.spawn(name))?;
        self.servers.iter_mut().try_for_each(Server::wait_ready)
    }

    fn spawn(&mut self, name: &str) -> Result<(), Failed> {
        let link = match &self.topology {
            Topology::Leaf(Some(link)) if link.province() == name => Some(link),
            _ => None,
        };
        let topology = self.topology_file();
        let server = self.servers.iter_mut().find(|server| server.name == name);
        let server = server.ok_or_else(|| failed(format!("there is no server {name}")))?;
        server.spawn(&self.program, &topology, link)
    }

    /// The servers' names, the first that is started first.
    pub fn names(&self) -> Vec<&str> {
        self.servers.iter().map(|server| server.name.as_str()).collect()
    }

    /// Starts a server over what it had stored.
    pub fn start(&mut self, name: &str) -> Result<(), Failed> {
        self.spawn(name)?;
        self.server(name)?.wait_ready()
    }

    /// Kills a server as a crash does.
    pub fn kill(&mut self, name: &str) -> Result<(), Failed> {
        self.server(name)?.kill();
        Ok(())
    }

    /// Ends a server as a person does.
    pub fn stop(&mut self, name: &str) -> Result<(), Failed> {
        self.server(name)?.stop()
    }

    /// The configuration that a server has now.
    pub fn config(&mut self, name: &str) -> Result<String, Failed> {
        fs::read_to_string(self.server(name)?.dir().join(server::CONFIG)).map_err(failed)
    }

    /// The link that a province is behind.
    pub fn link(&self) -> Result<&Link, Failed> {
        match &self.topology {
            Topology::Leaf(Some(link)) => Ok(link),
            _ => Err(failed("no province is behind a link of its own")),
        }
    }

    fn server(&mut self, name: &str) -> Result<&mut Server, Failed> {
        let found = self.servers.iter_mut().find(|server| server.name == name);
        found.ok_or_else(|| failed(format!("there is no server {name}")))
    }
}

/// Where the node of a unit lies.
pub(crate) fn node_dir(root: &Path, unit: &str) -> PathBuf {
    root.join("nodes").join(unit)
}

fn province_of(unit: &str) -> &str {
    unit.split_once('_').map_or(unit, |(province, _)| province)
}
