//! `giapranh deploy …`

mod certificate;
mod serve;

use std::fs::{File, TryLockError};
use std::path::Path;

use anyhow::Result;
use giapranh_node::deploy::{self, Deployed};

use super::file::write_new;
use super::{Place, failure, wait};
use crate::args::Form;
use crate::args::deploy::{Command, Link, Topology};
use crate::exit::{Exit, Failure};
use crate::{output, say};

/// What holds off others that write below the same folder.
const LOCK: &str = ".lock";

/// Does a command of this group.
pub fn run(place: &Place, command: Command) -> Result<()> {
    match command {
        Command::Render(topology) => render(place, &topology),
        Command::Apply(topology) => apply(place, &topology),
        Command::Serve(serve) => serve::run(place, &serve),
        Command::Ca(ca) => certificate::authority(place, &ca),
        Command::Certificate(certificate) => certificate::issue(place, &certificate),
        Command::Link(link) => write_link(place, &link),
    }
}

fn render(place: &Place, Topology { topology, out }: &Topology) -> Result<()> {
    let dir = place.dir()?;
    let _lock = lock(out)?;
    let deployed = deploy::write(dir, topology, out);
    show(place, &deployed.map_err(|error| failed(&error))?)
}

fn apply(place: &Place, Topology { topology, out }: &Topology) -> Result<()> {
    let dir = place.dir()?;
    let _lock = lock(out)?;
    let deployed = wait(async {
        Ok(deploy::apply(dir, topology, out).await.map_err(|error| failed(&error))?)
    })?;
    show(place, &deployed)
}

fn failed(error: &giapranh_node::NodeError) -> Failure {
    failure::of_request(error, "help deploy render")
}

fn show(place: &Place, deployed: &Deployed) -> Result<()> {
    if place.form == Form::Json {
        return Ok(output::json(deployed)?);
    }
    deployed.notes.iter().for_each(|note| output::note(note));
    let (head, servers) = (deployed.head.to_string(), deployed.servers.join(", "));
    output::line(&say!("rendered", servers = servers, head = head))?;
    if deployed.changed.is_empty() {
        output::line(&say!("rendered-same"))?;
    }
    for path in &deployed.changed {
        output::line(&say!("file-changed", path = path.as_str()))?;
    }
    for server in &deployed.reloaded {
        output::line(&say!("server-reloaded", server = server.as_str()))?;
    }
    Ok(())
}

/// Two that write below one folder at once would be in each other's way: waits for the other.
fn lock(out: &Path) -> Result<File, Failure> {
    let file = lock_file(out)?;
    file.lock().map_err(|error| unlockable(out, &error))?;
    Ok(file)
}

/// The same without waiting; `None` when another one writes.
fn try_lock(out: &Path) -> Result<Option<File>, Failure> {
    let file = lock_file(out)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(unlockable(out, &error)),
    }
}

fn lock_file(out: &Path) -> Result<File, Failure> {
    make_dir(out)?;
    let file = File::options().create(true).truncate(false).write(true).open(out.join(LOCK));
    file.map_err(|error| unlockable(out, &error))
}

fn unlockable(out: &Path, error: &std::io::Error) -> Failure {
    Failure::new(Exit::Failed, format!("{}: {error}", out.join(LOCK).display()))
}

/// Makes a folder that others than its owner and group have nothing to do with.
fn make_dir(path: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::DirBuilderExt as _;
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o750).create(path);
    made.map_err(|error| Failure::new(Exit::Failed, format!("{}: {error}", path.display())))
}

fn write_link(place: &Place, Link { out }: &Link) -> Result<()> {
    let text = deploy::link_file(place.dir()?)
        .map_err(|error| failure::of_request(&error, "node request"))?;
    write_new(out, text.as_bytes())?;
    written(place, &[out])
}

/// Says which files were made.
fn written(place: &Place, files: &[&Path]) -> Result<()> {
    let shown: Vec<String> = files.iter().map(|path| path.display().to_string()).collect();
    match place.form {
        Form::Json => output::json(&serde_json::json!({ "files": shown }))?,
        Form::Table => {
            for path in &shown {
                output::line(&say!("file-written", path = path.as_str()))?;
            }
        }
    }
    Ok(())
}
