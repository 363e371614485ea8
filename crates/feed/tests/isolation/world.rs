//! Three provinces and their nodes on real servers of rendered configurations.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use giapranh_feed::authority::{Authority, Issued};
use giapranh_feed::render::{self, Members, Node, Province, Source};
use giapranh_feed::server::reload;
use giapranh_feed::{LineConfig, Login, PublicNkey, Seed, TlsFiles};
use giapranh_testkit::ports::free_ports;
use giapranh_testkit::rendered::RenderedNats;
use jiff::Timestamp;
use tempfile::TempDir;

use crate::raw::{Papers, Raw, Said};

pub const PROVINCES: [&str; 3] = ["dong-nai", "hcm", "long-an"];
/// The registrar is the node of `dong-nai`.
pub const UNITS: [&str; 5] = ["dong-nai", "hcm", "hcm_q1", "long-an", "long-an_duc-hoa"];

/// Who is in the zone `secret`.
pub const SECRET_MEMBERS: [&str; 1] = ["long-an"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Single,
    Cluster,
    Leaf,
}

pub struct World {
    pub kind: Kind,
    pub servers: BTreeMap<String, RenderedNats>,
    /// Where clients connect, by server.
    pub ports: BTreeMap<String, u16>,
    pub leaf_port: u16,
    /// Of a server that has a province's key at the hub, and no manners.
    pub rogue_port: u16,
    pub route_ports: Vec<u16>,
    pub units: Vec<String>,
    pub provinces: Vec<String>,
    /// Who is in which zone, besides `z`, in which everybody is: unit and zone.
    pub zones: Vec<(String, String)>,
    /// Whose server's key was revoked.
    pub unlinked: Option<String>,
    seeds: BTreeMap<String, Seed>,
    authority: Authority,
    clients: BTreeMap<String, Issued>,
    // Dropped last.
    dir: TempDir,
}

impl World {
    /// Starts all servers.
    pub fn start(kind: Kind) -> Self {
        Self::start_with(kind, &PROVINCES, &UNITS)
    }

    /// Starts the servers of these provinces, with nodes of these units.
    pub fn start_with(kind: Kind, provinces: &[&str], units: &[&str]) -> Self {
        let mut world = Self::prepare(kind, provinces, units);
        world.write();
        let mut names: Vec<String> = world.ports.keys().cloned().collect();
        if kind == Kind::Leaf {
            world.add_operators();
            names.push("rogue".into());
        }
        // A hub before its leaves, so that they need not try twice.
        let (hub, others): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| name == "hub");
        for name in hub.into_iter().chain(others) {
            if world.dir(&name).join(render::CONFIG).exists() {
                world.start_server(&name);
            }
        }
        world
    }

    /// Lets in at the hub, without limits, whoever runs it; and starts a server that has the key of
    /// the server of `hcm`.
    fn add_operators(&mut self) {
        let config = self.dir("hub").join(render::CONFIG);
        let text = fs::read_to_string(&config).unwrap();
        let operator = self.public("operator");
        let (before, account) = text.split_once("\n  \"HUB_long-an_").unwrap();
        let account = account.replacen("users: [", &format!("users: [ {{nkey: {operator}}}"), 1);
        fs::write(&config, format!("{before}\n  \"HUB_long-an_{account}")).unwrap();

        let (hcm, rogue) = (self.dir("hcm"), self.dir("rogue"));
        fs::create_dir_all(&rogue).unwrap();
        for name in ["link.conf", "tls/ca.pem", "tls/server.pem", "tls/server.key"] {
            fs::create_dir_all(rogue.join(name).parent().unwrap()).unwrap();
            fs::copy(hcm.join(name), rogue.join(name)).unwrap();
        }
        let (port, leaf) = (self.rogue_port, self.leaf_port);
        let text = format!(
            r#"
server_name: rogue
listen: "127.0.0.1:{port}"
no_auth_user: rogue
log_file: nats-server.log
accounts {{ L {{ users: [ {{user: rogue, password: rogue}} ] }} }}
leafnodes {{ remotes: [ {{
  url: "tls://localhost:{leaf}", account: L, include "link.conf"
  tls {{ ca_file: "tls/ca.pem", cert_file: "tls/server.pem", key_file: "tls/server.key" }}
}} ] }}
"#
        );
        fs::write(rogue.join(render::CONFIG), text).unwrap();
    }

    pub fn start_server(&mut self, name: &str) {
        let server = RenderedNats::start(&self.dir(name)).unwrap();
        self.servers.insert(name.to_owned(), server);
    }

    fn prepare(kind: Kind, provinces: &[&str], units: &[&str]) -> Self {
        let names: Vec<&str> = match kind {
            Kind::Single => vec!["one"],
            Kind::Cluster => vec!["s1", "s2", "s3"],
            Kind::Leaf => vec!["hub", "dong-nai", "hcm", "long-an"],
        };
        let mut free = free_ports(9).unwrap();
        let mut port = || free.pop().unwrap();
        let ports: BTreeMap<String, u16> =
            names.iter().map(|name| ((*name).to_owned(), port())).collect();
        let (leaf_port, route_ports) = (port(), [port(), port(), port()].to_vec());
        let rogue_port = port();
        let authority = Authority::create(Timestamp::now()).unwrap();
        let dir = tempfile::tempdir().unwrap();
        let mut world = Self {
            kind,
            servers: BTreeMap::new(),
            ports,
            leaf_port,
            rogue_port,
            route_ports,
            units: units.iter().map(ToString::to_string).collect(),
            provinces: provinces.iter().map(ToString::to_string).collect(),
            zones: SECRET_MEMBERS.map(|unit| (unit.to_owned(), "secret".to_owned())).to_vec(),
            unlinked: None,
            seeds: BTreeMap::new(),
            authority,
            clients: BTreeMap::new(),
            dir,
        };
        world.equip(&names);
        world
    }

    /// Keys and certificates.
    fn equip(&mut self, names: &[&str]) {
        let now = Timestamp::now();
        for province in PROVINCES {
            for role in ["owner", "link"] {
                self.seeds.insert(format!("{role} {province}"), Seed::generate().unwrap());
            }
        }
        for unit in UNITS {
            self.seeds.insert(format!("node {unit}"), Seed::generate().unwrap());
        }
        for name in ["auditor", "operator", "stranger"] {
            self.seeds.insert(name.to_owned(), Seed::generate().unwrap());
        }
        for unit in UNITS.into_iter().chain(["auditor"]) {
            let issued = self.authority.client(unit, now).unwrap();
            self.clients.insert(unit.to_owned(), issued);
        }
        for name in names {
            let tls = self.dir(name).join("tls");
            fs::create_dir_all(&tls).unwrap();
            fs::write(tls.join("ca.pem"), self.authority.certificate()).unwrap();
            let hosts = ["localhost".to_owned(), "127.0.0.1".to_owned()];
            let issued = self.authority.server(&hosts, now).unwrap();
            issued.write(&tls.join("server.pem"), &tls.join("server.key")).unwrap();
            if self.kind == Kind::Leaf && *name != "hub" {
                let link = render::link_file(self.seed(&format!("link {name}")));
                fs::write(self.dir(name).join("link.conf"), link.as_bytes()).unwrap();
            }
        }
    }

    /// Gives the server of a province another key for the hub.
    pub fn relink(&mut self, province: &str) {
        let seed = Seed::generate().unwrap();
        let link = render::link_file(&seed);
        fs::write(self.dir(province).join("link.conf"), link.as_bytes()).unwrap();
        self.seeds.insert(format!("link {province}"), seed);
    }

    pub fn dir(&self, server: &str) -> PathBuf {
        self.dir.path().join("out").join(server)
    }

    pub fn seed(&self, name: &str) -> &Seed {
        self.seeds.get(name).unwrap_or_else(|| panic!("no seed of {name}"))
    }

    fn public(&self, name: &str) -> PublicNkey {
        self.seed(name).public().clone()
    }

    pub fn members(&self) -> Members {
        let province = |id: &String| Province {
            id: id.clone(),
            owner: Some(self.public(&format!("owner {id}"))),
            link: (self.unlinked.as_ref() != Some(id)).then(|| self.public(&format!("link {id}"))),
        };
        let node = |unit: &String| Node {
            unit: unit.clone(),
            key: self.public(&format!("node {unit}")),
            zones: self.zones_of(unit),
        };
        Members::new(
            self.provinces.iter().map(province).collect(),
            self.units.iter().map(node).collect(),
        )
    }

    fn zones_of(&self, unit: &str) -> BTreeSet<String> {
        let of_it = self.zones.iter().filter(|(member, _)| member == unit);
        of_it.map(|(_, zone)| zone.clone()).chain(["z".to_owned()]).collect()
    }

    fn topology(&self) -> String {
        let listen = |name: &str| format!("listen = \"127.0.0.1:{}\"\n", self.ports[name]);
        let member = |(name, route): (&String, &u16)| {
            let listen = listen(name);
            format!(
                "[[server]]\nname = \"{name}\"\n{listen}route_listen = \"127.0.0.1:{route}\"\nroute = \"localhost:{route}\"\n"
            )
        };
        let leaf = |name: &String| format!("[[leaf]]\nprovince = \"{name}\"\n{}", listen(name));
        match self.kind {
            Kind::Single => {
                format!("topology = \"single\"\n[[server]]\nname = \"one\"\n{}", listen("one"))
            }
            Kind::Cluster => {
                let members: String =
                    self.ports.keys().zip(&self.route_ports).map(member).collect();
                format!("topology = \"cluster\"\n{members}")
            }
            Kind::Leaf => {
                let leaves: String = self.provinces.iter().map(leaf).collect();
                let (listen, port) = (listen("hub"), self.leaf_port);
                format!(
                    "topology = \"leaf\"\n[hub]\nname = \"hub\"\n{listen}leaf_listen = \"127.0.0.1:{port}\"\nleaf = \"localhost:{port}\"\n{leaves}"
                )
            }
        }
    }

    /// What a line of the node of a unit is made with.
    pub fn line(&self, unit: &str) -> LineConfig {
        LineConfig {
            url: format!("tls://localhost:{}", self.port_of(unit)),
            node: unit.to_owned(),
            login: Login::Nkey(self.seed(&format!("node {unit}")).clone()),
            tls: Some(self.tls_files(unit)),
            isolated: true,
        }
    }

    /// The files of a unit's certificate.
    fn tls_files(&self, unit: &str) -> TlsFiles {
        let dir = self.dir.path().join("nodes").join(unit);
        let files = TlsFiles {
            ca: dir.join("ca.pem"),
            certificate: dir.join("node.pem"),
            key: dir.join("node.key"),
        };
        if !dir.exists() {
            fs::create_dir_all(&dir).unwrap();
            fs::write(&files.ca, self.authority.certificate()).unwrap();
            self.clients[unit].write(&files.certificate, &files.key).unwrap();
        }
        files
    }

    /// Writes configurations as the members are now; the servers whose files changed.
    pub fn write(&self) -> Vec<String> {
        let text = self.topology();
        let source = Source { name: "topology.toml", text: &text };
        let rendered = render::render(&self.members(), source).unwrap();
        let written = render::write(&rendered, &self.dir.path().join("out")).unwrap();
        let name = |path: &PathBuf| path.parent().unwrap().to_str().unwrap().to_owned();
        written.changed.iter().map(name).collect()
    }

    /// Writes configurations and lets the servers take them over.
    pub async fn apply(&self) -> Vec<String> {
        let changed = self.write();
        for name in changed.iter().filter(|name| self.servers.contains_key(*name)) {
            reload(&self.dir(name)).await.unwrap();
        }
        changed
    }

    /// The server that the nodes of a province connect to.
    pub fn server_of(&self, unit: &str) -> &str {
        match self.kind {
            Kind::Single => "one",
            Kind::Cluster => "s1",
            Kind::Leaf => {
                let province = unit.split('_').next().unwrap();
                PROVINCES.into_iter().find(|id| *id == province).unwrap()
            }
        }
    }

    pub fn port_of(&self, unit: &str) -> u16 {
        self.ports[self.server_of(unit)]
    }

    pub fn papers(&self, of: &str) -> Papers<'_> {
        let Issued { certificate, key } = &self.clients[of];
        Papers { ca: self.authority.certificate(), certificate: Some((certificate, key)) }
    }

    /// The certificate of a server and its key.
    pub fn server_papers(&self, server: &str) -> (String, String) {
        let tls = self.dir(server).join("tls");
        let read = |name: &str| fs::read_to_string(tls.join(name)).unwrap();
        (read("server.pem"), read("server.key"))
    }

    pub fn no_papers(&self) -> Papers<'_> {
        Papers { ca: self.authority.certificate(), certificate: None }
    }

    pub async fn node(&self, unit: &str) -> Result<Raw, String> {
        let seed = self.seed(&format!("node {unit}"));
        Raw::connect(self.port_of(unit), Some(&self.papers(unit)), Some(seed)).await
    }

    /// The stream of a province, with a durable for each of these units that passes the zone `z`.
    pub async fn make_stream(&self, province: &str, subscribers: &[&str]) {
        let mut owner = self.owner(province).await.unwrap();
        let replicas = if self.kind == Kind::Cluster { 3 } else { 1 };
        let stream = format!(
            r#"{{"name":"FEED_{province}","subjects":["giapranh.v1.feed.*.{province}.>"],"retention":"limits","storage":"file","max_bytes":134217728,"num_replicas":{replicas},"discard":"old","allow_direct":true,"duplicate_window":600000000000}}"#
        );
        ask(&mut owner, province, &format!("$JS.API.STREAM.CREATE.FEED_{province}"), &stream).await;
        for unit in subscribers {
            let durable = format!(
                r#"{{"stream_name":"FEED_{province}","config":{{"durable_name":"{unit}","name":"{unit}","ack_policy":"explicit","ack_wait":3600000000000,"filter_subjects":["giapranh.v1.feed.z.{province}.>"]}}}}"#
            );
            let subject = format!("$JS.API.CONSUMER.CREATE.FEED_{province}.{unit}");
            ask(&mut owner, province, &subject, &durable).await;
        }
    }

    pub async fn owner(&self, province: &str) -> Result<Raw, String> {
        let seed = self.seed(&format!("owner {province}"));
        Raw::connect(self.port_of(province), Some(&self.papers(province)), Some(seed)).await
    }
}

/// Asks `JetStream` as an owner until it does what it is asked: a cluster elects first.
pub async fn ask(owner: &mut Raw, province: &str, subject: &str, payload: &str) -> String {
    for _ in 0..100 {
        match owner.request(province, subject, payload, Duration::from_secs(1)).await.unwrap() {
            Some(Said::Message(answer))
                if !answer.is_no_responders() && !answer.payload.contains("\"error\"") =>
            {
                return answer.payload;
            }
            Some(Said::Error(error)) => panic!("{subject}: {error}"),
            other => println!("{subject}: {other:?}"),
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{subject} was never done")
}

/// What lies in a rendered directory may hold nothing that others can read.
pub fn modes(dir: &Path) -> Vec<(PathBuf, u32)> {
    use std::os::unix::fs::PermissionsExt as _;
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.clone(), path.metadata().unwrap().permissions().mode())).collect()
}
