//! Configurations of nats-server, from who is a member and where the servers stand.
//!
//! Pure: members and the text of a topology file in, the texts of files out. The same input gives
//! the same bytes. Everything is sorted and stands one item a line, so that a member more is some
//! lines more. No secret is in any of it: a server holds its users' public keys, and reads what is
//! secret (its TLS key, a leaf's seed) from files of its own.
//!
//! What must hold, on one server, in a cluster, and over hub and leaves:
//!
//! - A province's stream lives in an account of its own whose only user is the province's owner.
//! - A node is the user of an account without `JetStream`. It reaches what it may use as imported
//!   services, subject by subject: its own durables, and publishing on its own subjects. So no
//!   reply subject that it names can reach anything else.
//! - What nodes say to one another crosses from account to account as services, too: each speaks and
//!   asks as its own unit only, and hears the zones that it is in.
//! - What crosses between servers does so between accounts without `JetStream`, by the same
//!   subjects: not even who runs the hub can reach a stream.
//! - Users have allow-lists. Nobody is let in without a key that is listed and a certificate.

mod accounts;
mod limits;
mod members;
mod problems;
mod server;
mod text;
mod topology;
mod write;

use std::collections::BTreeMap;
use std::path::PathBuf;

pub use members::{Members, Node, Province};
pub use problems::{Problem, Problems};
pub use write::{Written, link_file, write};

pub(crate) use topology::is_host_name;
use topology::{Plan, Topology};
pub(crate) use write::create;

/// The file in a server's directory that nats-server is started with (`-c`), in that directory.
pub const CONFIG: &str = "nats-server.conf";

/// A topology file as it was read.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// What to call it when something in it is wrong.
    pub name: &'a str,
    /// What stands in it.
    pub text: &'a str,
}

/// What a server is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// All nodes connect to it.
    Single,
    /// One of three that hold the same.
    Member,
    /// Provinces' servers connect to it, nobody else.
    Hub,
    /// The nodes of this province connect to it.
    Leaf {
        /// Its id.
        province: String,
    },
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// What stands in it.
    pub text: String,
    /// Its permissions; others never have any.
    pub mode: u32,
}

/// What is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// By path below the directory of the output: `<server>/nats-server.conf`.
    pub files: BTreeMap<PathBuf, File>,
    /// The servers by name, which is that of their directory too.
    pub servers: BTreeMap<String, Role>,
    /// What is right and may still surprise, for a person.
    pub notes: Vec<String>,
}

/// Who may read a configuration: its owner and the group that nats-server runs in.
const MODE: u32 = 0o640;

/// How a user stands in a configuration.
const USER: &str = "nkey: \"U";

/// Renders all servers of a topology, or says everything that is wrong with it.
pub fn render(members: &Members, source: Source<'_>) -> Result<Rendered, Problems> {
    let mut problems = members.problems();
    let plan = topology::plan(source, members, &mut problems);
    let (Some(plan), true) = (plan, problems.is_empty()) else {
        return Err(problems);
    };
    let mut rendered =
        Rendered { files: BTreeMap::new(), servers: BTreeMap::new(), notes: notes(members, &plan) };
    for (name, role, text) in server::texts(members, &plan) {
        // Without a single user nats-server asks nobody who they are.
        if !text.contains(USER) {
            problems.push(
                None,
                format!(
                    "nobody would have a key for the server {name}, and so it would let everybody \
                     in: is the directory here whole? Take the server of a province that has ended \
                     out of the topology"
                ),
            );
        }
        let path = PathBuf::from(&name).join(CONFIG);
        rendered.files.insert(path, File { text, mode: MODE });
        rendered.servers.insert(name, role);
    }
    if problems.is_empty() { Ok(rendered) } else { Err(problems) }
}

fn notes(members: &Members, plan: &Plan) -> Vec<String> {
    let mut notes = Vec::new();
    let Topology::Leaf { leaves, .. } = &plan.topology else { return notes };
    for id in &plan.awaited {
        notes.push(format!(
            "{id} has no enrolled node yet: its server is rendered when the directory has one"
        ));
    }
    for province in members.provinces() {
        let id = &province.id;
        let has_server = leaves.iter().any(|leaf| leaf.province == *id);
        if has_server && province.link.is_none() {
            notes.push(format!(
                "{id} has enrolled no key for its link: the hub refuses its server until it has"
            ));
        }
        if !has_server {
            notes.push(format!("{id} has ended and has no server: its stream can't be read"));
        }
    }
    notes
}
