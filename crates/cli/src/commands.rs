//! One file a group of commands.

mod alert;
mod audit;
mod directory;
mod entry;
mod example;
mod failure;
mod hit;
mod list;
mod node;
mod place;
mod rebuild;
mod show;
mod watch;

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::args::{Arguments, Command, Form};
use crate::client::{Client, Target};
use crate::exit::{Exit, Failure};
use crate::output;

/// Does what was typed.
pub fn run(arguments: Arguments) -> Result<()> {
    let place = Place { dir: arguments.dir, form: arguments.output };
    match arguments.command {
        Command::Node { command } => node::run(&place, command),
        Command::Directory { command } => directory::run(&place, command),
        Command::Alert { command } => alert::run(&place, command),
        Command::Hit { command } => hit::run(&place, command),
        Command::Zone { command } => place::zones(&place, command),
        Command::Unit { command } => place::units(&place, command),
        Command::Audit { command } => audit::run(&place, command),
        Command::Rebuild => rebuild::run(&place),
    }
}

/// Which node a command is about, and how its result is printed.
struct Place {
    dir: Option<PathBuf>,
    form: Form,
}

impl Place {
    fn dir(&self) -> Result<&Path, Failure> {
        self.dir.as_deref().ok_or_else(|| {
            let message = "which node? Name its directory with --dir DIR or GIAPRANH_DIR";
            Failure::new(Exit::Usage, message)
        })
    }

    fn client(&self) -> Result<Client, Failure> {
        Ok(Client::of(self.dir()?))
    }

    /// Reads a resource of the running node.
    fn get<T: DeserializeOwned>(&self, target: Target) -> Result<T> {
        let client = self.client()?;
        wait(client.get(target))
    }

    /// Gives the running node a command and prints what became of it.
    fn submit(&self, command: &giapranh_domain::Command) -> Result<()> {
        let client = self.client()?;
        let accepted: serde_json::Value = wait(client.post(Target::api(["commands"]), command))?;
        match self.form {
            Form::Json => output::json(&accepted)?,
            Form::Table => output::line(&Accepted::deserialize(&accepted)?.sentence())?,
        }
        Ok(())
    }
}

/// What the node answers to a command.
#[derive(Debug, Deserialize)]
struct Accepted {
    event_id: String,
    alert: String,
    position: u64,
    zones: Vec<String>,
}

impl Accepted {
    fn sentence(&self) -> String {
        let Self { event_id, alert, position, zones } = self;
        format!("{alert}: event {event_id} at position {position}, to {}", zones.join(", "))
    }
}

/// Waits for work of a single request or two; only a running node needs more threads.
fn wait<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("the program can't wait for input and output")?
        .block_on(work)
}

/// Reads a file that was named on the command line; `-` is stdin.
fn read_file(path: &Path) -> Result<String> {
    if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).context("stdin can't be read as UTF-8 text")?;
        return Ok(text);
    }
    std::fs::read_to_string(path).map_err(|error| {
        let exit = match error.kind() {
            std::io::ErrorKind::NotFound => Exit::NotFound,
            _ => Exit::Failed,
        };
        Failure::new(exit, format!("{}: {error}", path.display())).into()
    })
}

/// Reads a JSON file that was named on the command line.
fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T> {
    serde_json::from_str(&read_file(path)?)
        .map_err(|error| Failure::new(Exit::Refused, format!("{}: {error}", path.display())).into())
}
