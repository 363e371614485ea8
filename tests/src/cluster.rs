//! A cluster of real nodes: each its own process with its own directory, keys and log, over real
//! nats-servers. Whatever happens, dropping it leaves no process behind.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};

use giapranh_node::Enrolment;
use giapranh_testkit::ports::free_port;
use serde_json::Value;

use crate::api::{self, Follower};
use crate::program::Program;
use crate::topology::{Nats, Topology, node_dir};

/// How long anything may take to be seen before it counts as lost.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// How often something is looked at that has nothing to wait on: it bounds what polling costs.
pub(crate) const LOOK: Duration = Duration::from_millis(20);

/// A unit with a node of its own.
#[derive(Debug, Clone)]
pub struct Member {
    /// The unit.
    pub unit: &'static str,
    /// Units without a server of their own that act through it.
    pub serves: &'static [&'static str],
    /// Whether it serves the console.
    pub page: bool,
}

impl Member {
    /// A node that serves nobody else and shows no page.
    pub const fn new(unit: &'static str) -> Self {
        Self { unit, serves: &[], page: false }
    }
}

/// A cluster, running.
pub struct Cluster {
    root: PathBuf,
    pub(crate) program: Program,
    /// The first member.
    registrar: &'static str,
    nodes: BTreeMap<&'static str, Node>,
    /// What is between them.
    pub nats: Nats,
}

/// A node of the cluster.
pub struct Node {
    member: Member,
    /// Its directory.
    pub dir: PathBuf,
    /// What it shows, as it shows it.
    pub follower: Follower,
    /// Where its console is, the same after every start: a browser comes back to it.
    pub console: Option<SocketAddr>,
    process: Option<Child>,
}

impl Node {
    /// The process, while it runs.
    pub fn process(&self) -> Option<u32> {
        self.process.as_ref().map(Child::id)
    }
}

/// One that stays the node's own while it is down.
fn free_address() -> Result<SocketAddr, Failed> {
    Ok(SocketAddr::from((Ipv4Addr::LOCALHOST, free_port().map_err(failed)?)))
}

/// Something did not go as it must; the text says what.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Failed(pub String);

/// Anything that fails, with its text.
pub fn failed(what: impl std::fmt::Display) -> Failed {
    Failed(what.to_string())
}

impl Cluster {
    /// Makes the nodes, founds the directory from the tables in `data_dir` and starts a plain server;
    /// no node runs yet. The first member is the registrar.
    pub fn found(
        root: &Path,
        binary: &Path,
        data_dir: &Path,
        members: &[Member],
    ) -> Result<Self, Failed> {
        Self::found_over(Topology::Plain, root, binary, data_dir, members)
    }

    /// The same over servers that stand so.
    pub fn found_over(
        topology: Topology,
        root: &Path,
        binary: &Path,
        data_dir: &Path,
        members: &[Member],
    ) -> Result<Self, Failed> {
        std::fs::create_dir_all(root).map_err(failed)?;
        let Some(registrar) = members.first() else { return Err(failed("no members")) };
        let (registrar, program) = (registrar.unit, Program(binary.to_owned()));
        let nats = Nats::prepare(root, &program, topology, members)?;
        let mut cluster =
            Self { root: root.to_owned(), program, registrar, nodes: BTreeMap::new(), nats };
        let mut arguments = vec!["directory".to_owned(), "found".into(), "--data".into()];
        arguments.push(data_dir.display().to_string());
        for member in members {
            let request = cluster.add(member)?;
            arguments.extend(["--request".into(), request.display().to_string()]);
        }
        cluster.cli(registrar, &arguments)?;
        if let Nats::Rendered(rendered) = &mut cluster.nats {
            rendered.deploy(&node_dir(root, registrar))?;
        }
        Ok(cluster)
    }

    /// Makes a node, which nobody knows yet. Gives the file of its request to be enrolled.
    pub fn add(&mut self, member: &Member) -> Result<PathBuf, Failed> {
        let Member { unit, serves, .. } = member;
        let dir = node_dir(&self.root, unit);
        let mut arguments = vec!["node".to_owned(), "init".into(), "--unit".into()];
        arguments.push((*unit).into());
        for unit in *serves {
            arguments.extend(["--serves".into(), (*unit).into()]);
        }
        if *unit != self.registrar {
            let anchor = node_dir(&self.root, self.registrar).join("anchor.toml");
            arguments.extend(["--anchor".into(), anchor.display().to_string()]);
        }
        if let Nats::Rendered(rendered) = &self.nats {
            arguments.extend(rendered.exchange(unit));
        }
        let request = self.program.run(&dir, &arguments)?;
        let _: Enrolment = serde_json::from_str(&request).map_err(failed)?;
        let path = self.root.join(format!("{unit}.request.json"));
        std::fs::write(&path, request).map_err(failed)?;
        if let Nats::Rendered(rendered) = &self.nats {
            rendered.certify(unit, &dir)?;
        }
        let follower = Follower::start(&dir);
        let console = member.page.then(free_address).transpose()?;
        let node = Node { member: member.clone(), dir, follower, console, process: None };
        self.nodes.insert(unit, node);
        Ok(path)
    }

    /// The units with a node, by id.
    pub fn units(&self) -> Vec<&'static str> {
        self.nodes.keys().copied().collect()
    }

    /// A node.
    ///
    /// # Panics
    /// When the unit has none: a mistake in the test.
    pub fn node(&self, unit: &str) -> &Node {
        self.nodes.get(unit).unwrap_or_else(|| panic!("{unit} has no node in this cluster"))
    }

    /// Starts a node; [`Cluster::wait_ready`] tells when it is there.
    pub fn start(&mut self, unit: &str) -> Result<(), Failed> {
        if self.nats.is_rendered() {
            return self.start_with(unit, &[]);
        }
        let url = self.nats.url();
        self.start_with(unit, &["--nats", &url])
    }

    /// Starts a node with these arguments after `node run`.
    pub fn start_with(&mut self, unit: &str, arguments: &[&str]) -> Result<(), Failed> {
        let program = &self.program.0;
        let link = self.nats.link(unit);
        let mut command = link.map_or_else(|| Command::new(program), |link| link.command(program));
        let Some(node) = self.nodes.get_mut(unit) else { return Err(failed(unit)) };
        let log = File::options()
            .create(true)
            .append(true)
            .open(node.dir.join("node.log"))
            .map_err(failed)?;
        command.args(["node", "run", "--log", "json", "--dir"]).arg(&node.dir).args(arguments);
        if let Some(console) = node.console {
            command.args(["--http", &console.to_string()]);
        }
        let errors = log.try_clone().map_err(failed)?;
        command.stdin(Stdio::null()).stdout(log).stderr(errors);
        node.process = Some(command.spawn().map_err(failed)?);
        Ok(())
    }

    /// Starts every node.
    pub fn start_all(&mut self) -> Result<(), Failed> {
        self.units().into_iter().try_for_each(|unit| self.start(unit))
    }

    /// Waits until every node that was started answers, has the whole directory and pulls from
    /// every province that has a node.
    pub fn wait_ready(&self, progress: &mut dyn FnMut(usize, usize)) -> Result<(), Failed> {
        let running: Vec<&Node> = self.nodes.values().filter(|n| n.process.is_some()).collect();
        let provinces: Vec<&str> =
            running.iter().map(|n| n.member.unit).filter(|unit| !unit.contains('_')).collect();
        for (ready, node) in running.iter().enumerate() {
            progress(ready, running.len());
            let is_ready = |status: &Value| {
                let nodes = status["directory"]["nodes"].as_u64().unwrap_or(0);
                let pulling = |of: &&str| status["pulls"][*of].as_str() == Some("pulling");
                nodes == self.nodes.len() as u64 && provinces.iter().all(pulling)
            };
            self.wait_status(node.member.unit, "ready", is_ready)?;
        }
        progress(running.len(), running.len());
        Ok(())
    }

    /// Waits until a node's status is as `wanted` says.
    pub fn wait_status(
        &self,
        unit: &str,
        what: &str,
        wanted: impl Fn(&Value) -> bool,
    ) -> Result<Value, Failed> {
        let (dir, deadline) = (&self.node(unit).dir, Instant::now() + PATIENCE);
        loop {
            let status = api::get(dir, "/api/v1/status").unwrap_or_default();
            if wanted(&status) {
                return Ok(status);
            }
            if Instant::now() > deadline {
                let log = dir.join("node.log");
                let text = format!("{unit} is not {what} after {PATIENCE:?}: {status}\n");
                return Err(failed(text + &tail(&log)));
            }
            // The API has nothing to wait on for this.
            thread::sleep(LOOK);
        }
    }

    /// Waits until every node that runs knows the directory up to this head.
    pub fn wait_directory(&self, head: u64) -> Result<(), Failed> {
        let knows = |status: &Value| status["directory"]["head"].as_u64() >= Some(head);
        let running = self.nodes.values().filter(|node| node.process.is_some());
        // All at once: one after the other they would wait for the asking.
        thread::scope(|scope| {
            let ask = |node: &Node| {
                let unit = node.member.unit;
                scope.spawn(move || self.wait_status(unit, "up to the directory", knows).map(drop))
            };
            let asked: Vec<_> = running.map(ask).collect();
            let ended = |asked: ScopedJoinHandle<'_, _>| asked.join().map_err(|_| failed("asking"));
            asked.into_iter().try_for_each(|asked| ended(asked)?)
        })
    }

    /// Runs `giapranh` for a node and gives what it prints; an error when it fails.
    pub fn cli<S: AsRef<str>>(&self, unit: &str, arguments: &[S]) -> Result<String, Failed> {
        self.program.run(&self.node(unit).dir, arguments)
    }

    /// Runs `giapranh --output json` for a node and gives the answer.
    pub fn json<S: AsRef<str>>(&self, unit: &str, arguments: &[S]) -> Result<Value, Failed> {
        let mut all = vec!["--output".to_owned(), "json".to_owned()];
        all.extend(arguments.iter().map(|argument| argument.as_ref().to_owned()));
        serde_json::from_str(&self.cli(unit, &all)?).map_err(failed)
    }

    /// Runs `giapranh` for a node, whatever comes of it.
    pub fn attempt<S: AsRef<str>>(&self, unit: &str, arguments: &[S]) -> Result<Output, Failed> {
        self.program.attempt(&self.node(unit).dir, arguments)
    }

    /// A command of `giapranh` for a node, to be spawned.
    pub fn command<S: AsRef<str>>(&self, dir: &Path, arguments: &[S]) -> Command {
        self.program.command(dir, arguments)
    }

    /// Verifies every log whole, from its file alone.
    pub fn verify_all(&self) -> Result<u64, Failed> {
        let mut events = 0;
        for node in self.nodes.values() {
            let path = node.dir.join(giapranh_log::LOG_FILE);
            let report = giapranh_audit::log::verify(&path, None, &[], &mut |_, _| {});
            let report = report.map_err(failed)?;
            if let Some(fault) = report.faults.first() {
                let unit = node.member.unit;
                return Err(failed(format!("{unit}, position {}: {}", fault.position, fault.what)));
            }
            events += report.events;
        }
        Ok(events)
    }

    /// The ids of the published events that a node's log holds, in its order.
    pub fn event_ids(&self, unit: &str) -> Result<Vec<String>, Failed> {
        Ok(self.events(unit)?.0)
    }

    /// The newest position of a node's log.
    pub fn head(&self, unit: &str) -> Result<u64, Failed> {
        Ok(self.events(unit)?.1)
    }

    /// The ids of the published events that a node's log holds, and its newest position.
    fn events(&self, unit: &str) -> Result<(Vec<String>, u64), Failed> {
        let path = self.node(unit).dir.join(giapranh_log::LOG_FILE);
        let reader = giapranh_log::Reader::open(&path).map_err(failed)?;
        let stored = reader.after(0, usize::MAX >> 1).map_err(failed)?;
        let head = stored.last().map_or(0, |stored| stored.position);
        let headers = stored.iter().map(|stored| stored.event.header());
        let published = headers.filter(|header| !header.is_local());
        Ok((published.map(|header| header.event_id.to_string()).collect(), head))
    }

    /// Waits until these nodes hold the same events and their keys and show all of them; an error when their
    /// views differ then, or never get there. Gives the digest.
    pub fn wait_agreed(&self, units: &[&str]) -> Result<String, Failed> {
        let deadline = Instant::now() + PATIENCE;
        let mut common: Option<(BTreeSet<String>, String)> = None;
        for unit in units {
            loop {
                // With their keys: what is sealed to one and not to the other they show differently.
                let level = |status: &Value| {
                    status["events"] == status["projected"] && status["counters"]["sealed"] == 0
                };
                let status = self.wait_status(unit, "up to date", level)?;
                let (ids, head) = self.events(unit)?;
                let ids: BTreeSet<String> = ids.into_iter().collect();
                let digest = status["digest"].as_str().unwrap_or("none").to_owned();
                let settled = status["events"].as_u64() == Some(head);
                match &common {
                    None if settled => common = Some((ids, digest)),
                    Some((theirs, shown)) if settled && *theirs == ids => {
                        if *shown != digest {
                            let first = units[0];
                            return Err(failed(format!(
                                "{unit} and {first} hold the same {} events and show {digest} and \
                                 {shown}",
                                ids.len()
                            )));
                        }
                    }
                    _ if Instant::now() > deadline => {
                        return Err(failed(format!(
                            "{units:?} do not come to hold the same events"
                        )));
                    }
                    // As in `wait_status`.
                    _ => {
                        thread::sleep(LOOK);
                        continue;
                    }
                }
                break;
            }
        }
        Ok(common.map(|(_, digest)| digest).unwrap_or_default())
    }

    /// Ends a node as a person does, and waits until it is gone.
    pub fn stop(&mut self, unit: &str) -> Result<(), Failed> {
        let Some(mut process) = self.nodes.get_mut(unit).and_then(|node| node.process.take())
        else {
            return Ok(());
        };
        let id = process.id().to_string();
        Command::new("kill").args(["-TERM", &id]).status().map_err(failed)?;
        let status = process.wait().map_err(failed)?;
        if status.success() { Ok(()) } else { Err(failed(format!("{unit} ended with {status}"))) }
    }

    /// Ends every node.
    pub fn stop_all(&mut self) -> Result<(), Failed> {
        self.units().into_iter().try_for_each(|unit| self.stop(unit))
    }

    /// The process of a node that was started.
    pub fn process(&mut self, unit: &str) -> Option<&mut Child> {
        self.nodes.get_mut(unit).and_then(|node| node.process.as_mut())
    }

    /// Kills a node at this instant (SIGKILL).
    pub fn kill(&mut self, unit: &str) {
        if let Some(mut process) = self.nodes.get_mut(unit).and_then(|node| node.process.take()) {
            let _ = process.kill();
            let _ = process.wait();
        }
    }

    /// Where the cluster's files are.
    pub fn root(&self) -> &Path {
        &self.root
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        for unit in self.units() {
            self.kill(unit);
        }
    }
}

/// The last lines of a file.
pub(crate) fn tail(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(8)..].join("\n")
}
