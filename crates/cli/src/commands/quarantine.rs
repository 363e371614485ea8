//! `giapranh quarantine …` and `giapranh held …`: of the running node, or of the file of a log that
//! no node writes.

mod shown;

use std::path::{Path, PathBuf};

use anyhow::Result;
use giapranh_node::quarantine::{self, Shelf, ShelfQuery};
use serde::Deserialize;
use serde_json::{Value, json};

use super::file::write_new;
use super::{Place, failure, hint, wait};
use crate::args::Form;
use crate::args::quarantine::{Command, Export, List, Rejudge, Show, Source};
use crate::client::{Client, Target};
use crate::exit::{Exit, Failure};
use crate::{next, output, say};

/// Does a command of this group.
pub fn run(place: &Place, shelf: Shelf, command: Command) -> Result<()> {
    match command {
        Command::List(arguments) => list(place, shelf, arguments),
        Command::Show(arguments) => show(place, shelf, &arguments),
        Command::Export(arguments) => export(place, shelf, &arguments),
        Command::Rejudge(arguments) => rejudge(place, shelf, arguments),
    }
}

/// Who is asked.
enum Asked {
    Node(Client),
    Log(PathBuf),
}

impl Asked {
    /// The file that was named; else the node, and when it does not run, its file.
    fn of(place: &Place, source: &Source) -> Result<Self> {
        if let Some(file) = &source.log_file {
            return Ok(Self::Log(file.clone()));
        }
        let client = place.client()?;
        let log = quarantine::log_in(place.dir()?);
        let is_running = wait(async { Ok(client.is_running().await) })?;
        if is_running || !log.exists() {
            return Ok(Self::Node(client));
        }
        output::note(&say!("from-the-file"));
        Ok(Self::Log(log))
    }

    fn page(&self, on: Shelf, query: ShelfQuery) -> Result<Value> {
        match self {
            Self::Node(client) => {
                let target = Target::api([on.name()])
                    .with("reason", query.reason)
                    .with("after", Some(query.after))
                    .with("limit", Some(query.limit));
                wait(client.get(target))
            }
            Self::Log(log) => {
                let page = quarantine::list(log, on, &query);
                Ok(serde_json::to_value(page.map_err(|error| failure::of_node(&error))?)?)
            }
        }
    }

    fn message(&self, on: Shelf, id: u64) -> Result<Value> {
        match self {
            Self::Node(client) => {
                let target = Target::api([on.name(), &id.to_string()]);
                wait(client.get(target)).map_err(|error| hint(error, see(on)))
            }
            Self::Log(log) => {
                let found = quarantine::show(log, on, id);
                let found = found.map_err(|error| failure::of_node(&error))?;
                Ok(serde_json::to_value(found.ok_or_else(|| missing(on, id, log))?)?)
            }
        }
    }

    /// The bytes of a message, held against its SHA-256.
    fn bytes(&self, on: Shelf, message: &Value) -> Result<Vec<u8>> {
        let Bytes { id, sha256, dropped, left } = Bytes::deserialize(message)?;
        if dropped || left {
            let id_text = id.to_string();
            let sentence = if left {
                say!("message-left", id = id_text)
            } else {
                say!("message-dropped", id = id_text)
            };
            let line = next::line(&format!("{} show {id}", on.name()));
            return Err(Failure::new(Exit::NotFound, sentence).next(line).into());
        }
        let bytes = match self {
            Self::Node(client) => {
                let target = Target::api([on.name(), &id.to_string(), "bytes"]);
                let bytes = wait(client.get_bytes(target));
                bytes.map_err(|error| hint(error, see(on)))?
            }
            Self::Log(log) => {
                let bytes = quarantine::bytes(log, on, id);
                let bytes = bytes.map_err(|error| failure::of_node(&error))?;
                bytes.ok_or_else(|| missing(on, id, log))?
            }
        };
        let found = quarantine::sha256(&bytes);
        if found != sha256 {
            let sentence =
                say!("message-damaged", id = id.to_string(), found = found, wanted = sha256);
            let line = next::line("audit verify LOG");
            return Err(Failure::new(Exit::NotVerified, sentence).next(line).into());
        }
        Ok(bytes.into())
    }
}

/// What has to be known before the bytes are asked for.
#[derive(Debug, Deserialize)]
struct Bytes {
    id: u64,
    sha256: String,
    dropped: bool,
    left: bool,
}

fn see(shelf: Shelf) -> String {
    next::line(&format!("{} list", shelf.name()))
}

fn missing(shelf: Shelf, id: u64, log: &Path) -> Failure {
    let (name, file) = (shelf.name(), next::quoted(log));
    let sentence = say!(
        "message-missing",
        id = id.to_string(),
        shelf = name,
        log = log.display().to_string(),
    );
    Failure::new(Exit::NotFound, sentence).next(format!("giapranh {name} list --log-file {file}"))
}

fn list(place: &Place, shelf: Shelf, arguments: List) -> Result<()> {
    let List { reason, limit, after, source } = arguments;
    let query = ShelfQuery { reason, after: after.unwrap_or(0), limit: limit.into() };
    let page = Asked::of(place, &source)?.page(shelf, query)?;
    match place.form {
        Form::Json => Ok(output::json(&page)?),
        Form::Table => shown::page(shelf, page),
    }
}

fn show(place: &Place, shelf: Shelf, arguments: &Show) -> Result<()> {
    let asked = Asked::of(place, &arguments.source)?;
    let mut message = asked.message(shelf, arguments.id)?;
    let raw = arguments.raw.then(|| asked.bytes(shelf, &message)).transpose()?;
    match place.form {
        Form::Json => {
            if let Some(bytes) = raw {
                message["raw"] = shown::hexadecimal(&bytes).into();
            }
            output::json(&message)?;
        }
        Form::Table => {
            shown::message(message)?;
            if let Some(bytes) = raw {
                output::line("")?;
                output::print(&shown::dump(&bytes))?;
            }
        }
    }
    Ok(())
}

fn export(place: &Place, shelf: Shelf, arguments: &Export) -> Result<()> {
    let asked = Asked::of(place, &arguments.source)?;
    let message = asked.message(shelf, arguments.id)?;
    let bytes = asked.bytes(shelf, &message)?;
    write_new(&arguments.out, &bytes)?;
    let (size, sha256, path) = (bytes.len(), quarantine::sha256(&bytes), arguments.out.display());
    match place.form {
        Form::Json => {
            let file = path.to_string();
            let written = json!({"id": arguments.id, "file": file, "size": size, "sha256": sha256});
            output::json(&written)?;
        }
        Form::Table => {
            let path = path.to_string();
            output::line(&say!("bytes-written", path = path, size = size, sha256 = sha256))?;
        }
    }
    Ok(())
}

fn rejudge(place: &Place, shelf: Shelf, arguments: Rejudge) -> Result<()> {
    let order = match arguments {
        Rejudge { id: Some(id), .. } => json!({ "id": id }),
        Rejudge { reason: Some(reason), .. } => json!({ "reason": reason }),
        Rejudge { .. } => json!({ "all": true }),
    };
    let target = Target::api([shelf.name(), "rejudge"]);
    let client = place.client()?;
    let judged: Value =
        wait(client.post(target, &order)).map_err(|error| hint(error, see(shelf)))?;
    match place.form {
        Form::Json => Ok(output::json(&judged)?),
        Form::Table => shown::judged(judged),
    }
}
