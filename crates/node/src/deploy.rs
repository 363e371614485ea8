//! From the directory to the configurations of NATS servers: who is a member as the log says it now,
//! where the servers stand as a topology file says it.

mod followed;

use std::path::Path;

use giapranh_audit::trust;
use giapranh_domain::codes::CutCause;
use giapranh_domain::directory::{Cut, Tenure};
use giapranh_domain::{Directory, Level};
use giapranh_feed::render::{self, Members, Rendered, Source, Written};
use giapranh_feed::server::{self, Program};
use giapranh_feed::{PublicNkey, Seed};
use giapranh_log::{LOG_FILE, Reader};
use serde::Serialize;

use crate::{Config, NodeError, keys};

use followed::Followed;

/// What was rendered and written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Deployed {
    /// The directory's head that it follows from.
    pub head: u64,
    pub servers: Vec<String>,
    /// Files that are new or other than before.
    pub changed: Vec<String>,
    /// For a person.
    pub notes: Vec<String>,
    /// The servers that have taken over what changed.
    pub reloaded: Vec<String>,
}

/// The directory as the log of a node's directory says it now.
pub fn directory(dir: &Path) -> Result<Directory, NodeError> {
    let config = Config::load(dir)?;
    let reader = Reader::open(&dir.join(LOG_FILE))?;
    let directory = trust::directory_of(&reader, config.anchor.registrar.clone())?;
    config.anchor.agrees(&directory)?;
    Ok(directory)
}

/// Who takes part, by the directory. A node without an nkey goes to no server that asks for one.
pub fn members(directory: &Directory) -> Members {
    let key = |text: &str| text.parse::<PublicNkey>().ok();
    let newest = |tenures: &[Tenure]| tenures.last().cloned();
    let provinces = directory.all_nodes().filter(|node| node.unit.province() == node.unit);
    let provinces = provinces.filter_map(|node| {
        let level = directory.unit(&node.unit).map(|unit| unit.level);
        let last = newest(&node.tenures).filter(|_| level == Some(Level::Province))?;
        let keeps = directory.tenure(&node.unit);
        let stolen = |cut: &Cut| cut.epoch == last.epoch && cut.cause == CutCause::Revoked;
        let is_stolen = directory.cuts(&node.unit).iter().any(stolen);
        Some(render::Province {
            id: node.unit.to_string(),
            owner: keeps.and_then(|tenure| key(&tenure.nats_owner_key)),
            // The server of a province that ended goes on handing out what lies there. Where the
            // node's key is in other hands the link's, which lies beside it, may be, too.
            link: key(&last.nats_link_key).filter(|_| !is_stolen),
        })
    });
    let nodes = directory.nodes().filter_map(|node| {
        let tenure = directory.tenure(&node.unit)?;
        let zones = directory.entitled_zones(&node.unit).into_iter().map(Into::into).collect();
        Some(render::Node { unit: node.unit.to_string(), key: key(&tenure.nats_key)?, zones })
    });
    let level = |unit: &&giapranh_domain::directory::Unit| unit.level == Level::Province;
    let known = directory.units().filter(level).map(|unit| unit.id.to_string());
    Members::new(provinces.collect(), nodes.collect()).awaiting(known)
}

/// Renders the configurations of a topology for the directory in `dir` and writes them below `out`.
/// When something is wrong with the topology, or what lies there follows from a newer directory,
/// nothing is written.
pub fn write(dir: &Path, topology: &Path, out: &Path) -> Result<Deployed, NodeError> {
    let directory = directory(dir)?;
    let rendered = rendered(&directory, topology)?;
    let written = put(&directory, &rendered, out)?;
    Ok(deployed(&directory, &rendered, &written))
}

/// The same, and every server of it that runs here takes over what changed. What a server can't
/// read is not put in place.
pub async fn apply(dir: &Path, topology: &Path, out: &Path) -> Result<Deployed, NodeError> {
    let program = program().await?;
    let directory = directory(dir)?;
    let rendered = rendered(&directory, topology)?;
    let written = put(&directory, &rendered, out)?;
    let mut deployed = deployed(&directory, &rendered, &written);
    for name in rendered.servers.keys() {
        let changed = written.changed.iter().any(|path| path.starts_with(name));
        let at = out.join(name);
        if changed && server::is_running(&at).await? {
            server::check(&at, &program).await?;
            server::reload(&at).await?;
            deployed.reloaded.push(name.clone());
        }
    }
    Ok(deployed)
}

/// The nats-server that this machine has.
pub async fn program() -> Result<Program, NodeError> {
    let named = std::env::var_os(server::PROGRAM_VARIABLE);
    let search = std::env::var_os("PATH").unwrap_or_default();
    Ok(Program::find(named.as_deref(), &search).await?)
}

/// The text of the file by which a leaf's configuration says who its server is at the hub: a secret.
pub fn link_file(dir: &Path) -> Result<zeroize::Zeroizing<String>, NodeError> {
    let seed: Option<Seed> = keys::seed(dir, keys::NATS_LINK)?;
    seed.map(|seed| render::link_file(&seed)).ok_or_else(|| {
        let text = "only a province's node has a key for the link of its server to the hub";
        NodeError::Request(text.to_owned())
    })
}

fn rendered(directory: &Directory, topology: &Path) -> Result<Rendered, NodeError> {
    let text = std::fs::read_to_string(topology).map_err(NodeError::io(topology))?;
    let name = topology.display().to_string();
    render::render(&members(directory), Source { name: &name, text: &text })
        .map_err(|problems| NodeError::Request(problems.to_string()))
}

/// Never goes back: an older directory would let in who was thrown out since. What the files follow
/// from is noted before they are written, so that they are never newer than the note.
fn put(directory: &Directory, rendered: &Rendered, out: &Path) -> Result<Written, NodeError> {
    let now = Followed::of(directory);
    now.may_follow(Followed::noted(out)?.as_ref(), out)?;
    now.note(out)?;
    Ok(render::write(rendered, out)?)
}

fn deployed(directory: &Directory, rendered: &Rendered, written: &Written) -> Deployed {
    Deployed {
        head: directory.head(),
        servers: rendered.servers.keys().cloned().collect(),
        changed: written.changed.iter().map(|path| path.display().to_string()).collect(),
        notes: rendered.notes.clone(),
        reloaded: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use giapranh_domain::wire::proto::{self, directory_change::Change};

    use super::*;

    #[test]
    fn a_stolen_key_takes_the_link_with_it_and_a_province_that_ended_keeps_its_own() {
        let link = Seed::generate().unwrap().public().clone();
        let province = || {
            Change::UnitRegistered(proto::UnitRegistered {
                id: "hcm".to_owned(),
                level: "province".to_owned(),
                name: "Tỉnh ví dụ".to_owned(),
                ..Default::default()
            })
        };
        let enrolled = || {
            Change::NodeEnrolled(proto::NodeEnrolled {
                unit: "hcm".to_owned(),
                public_key: vec![1; 32],
                nats_link_key: link.to_string(),
                ..Default::default()
            })
        };
        let cut = |cause: CutCause| {
            Change::CutMade(proto::CutMade {
                origin: "hcm".to_owned(),
                epoch: 1,
                nothing: true,
                cause: cause.code().to_owned(),
                ..Default::default()
            })
        };
        let after = |changes: Vec<Change>| {
            let mut directory = Directory::new("long-an".parse().unwrap());
            let changes =
                changes.into_iter().map(|change| proto::DirectoryChange { change: Some(change) });
            let said = proto::DirectoryChanged {
                decision: "ví dụ".to_owned(),
                effective_from: "2025-07-01".to_owned(),
                changes: changes.collect(),
            };
            assert_eq!(directory.apply(1, &said), []);
            members(&directory)
        };
        let only = |link: Option<PublicNkey>| {
            let province = render::Province { id: "hcm".to_owned(), owner: None, link };
            Members::new(vec![province], Vec::new())
        };

        assert_eq!(after(vec![province(), enrolled(), cut(CutCause::Revoked)]), only(None));
        assert_eq!(
            after(vec![province(), enrolled(), cut(CutCause::Succeeded)]),
            only(Some(link.clone()))
        );
    }
}
