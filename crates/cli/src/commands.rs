//! One file a group of commands.

mod access;
mod acting;
mod alert;
mod audit;
mod decide;
mod delivery;
mod deploy;
mod directory;
mod draft;
mod due;
mod entry;
mod example;
mod failure;
mod file;
mod fork;
mod hit;
mod life;
mod link;
mod list;
mod node;
mod officer;
mod past;
mod peers;
mod place;
mod quarantine;
mod rebuild;
mod search;
mod show;
mod sign_in;
mod token;
mod watch;
mod zone;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use giapranh_domain::Directory;
use giapranh_node::quarantine::Shelf;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::args::{self, Arguments, Command, Form};
use crate::client::{Client, Target};
use crate::exit::{Exit, Failure};
use crate::session::Credential;
use crate::words::words;
use crate::{next, output, say, tasks};

/// Does what was typed.
pub fn run(arguments: Arguments) -> Result<()> {
    let place = Place { dir: arguments.dir, form: arguments.output };
    let asks = asks_the_node(&arguments.command);
    carry_out(&place, arguments.command)?;
    if asks {
        hit::send_kept(&place);
    }
    Ok(())
}

/// Whether a command has spoken with the running node when it succeeds, and is not about the reports
/// that are kept itself.
fn asks_the_node(command: &Command) -> bool {
    match command {
        Command::Hit { command } => command.is_about_one(),
        Command::Alert { command } => !matches!(command, args::alert::Command::Example { .. }),
        Command::SignIn(_)
        | Command::Who
        | Command::Due(_)
        | Command::Search(_)
        | Command::Purpose(_)
        | Command::Access { .. }
        | Command::Erasure { .. }
        | Command::Draft { .. }
        | Command::Link { .. }
        | Command::Zone { .. }
        | Command::Unit { .. } => true,
        _ => false,
    }
}

fn carry_out(place: &Place, command: Command) -> Result<()> {
    match command {
        Command::SignIn(arguments) => sign_in::run(place, &arguments),
        Command::SignOut => sign_in::out(place),
        Command::Who => sign_in::who(place),
        Command::Due(arguments) => due::run(place, &arguments),
        Command::Search(arguments) => search::run(place, &arguments),
        Command::Purpose(arguments) => access::purpose(place, arguments),
        Command::Access { command } => access::run(place, command),
        Command::Erasure { command } => access::erasure(place, &command),
        Command::Draft { command } => draft::run(place, command),
        Command::Link { command } => link::run(place, command),
        Command::Officer { command } => officer::run(place, command),
        Command::Token { command } => token::run(place, command),
        Command::Node { command } => node::run(place, command),
        Command::Directory { command } => directory::run(place, command),
        Command::Alert { command } => alert::run(place, command),
        Command::Hit { command } => hit::run(place, command),
        Command::Zone { command } => zone::run(place, command),
        Command::Unit { command } => place::units(place, command),
        Command::Deploy { command } => deploy::run(place, command),
        Command::Audit { command } => audit::run(place, command),
        Command::Quarantine { command } => quarantine::run(place, Shelf::Quarantine, command),
        Command::Held { command } => quarantine::run(place, Shelf::Held, command),
        Command::Peers => peers::run(place),
        Command::Fork { command } => fork::run(place, command),
        Command::Rebuild => rebuild::run(place),
        Command::Tasks => Ok(output::print(&tasks::text(words()))?),
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
            Failure::new(Exit::Usage, say!("no-dir")).next("export GIAPRANH_DIR=DIR")
        })
    }

    fn client(&self) -> Result<Client, Failure> {
        Ok(Client::of(self.dir()?).signed_in(self.credential()?))
    }

    /// By what an officer is known to the node, if anybody has signed in.
    fn credential(&self) -> Result<Option<Credential>, Failure> {
        Credential::of(self.dir()?)
    }

    /// Reads a resource of the running node.
    fn get<T: DeserializeOwned>(&self, target: Target) -> Result<T> {
        let client = self.client()?;
        wait(client.get(target))
    }

    /// Reads a resource by an id that was typed. When it is not there, or no id, this command shows
    /// which there are.
    fn get_one<T: DeserializeOwned>(&self, target: Target, list: &str) -> Result<T> {
        self.get(target).map_err(|error| hint(error, next::line(list)))
    }

    /// The directory as the log says it, whether the node runs or not.
    fn directory(&self) -> Result<Directory, Failure> {
        giapranh_node::deploy::directory(self.dir()?).map_err(|error| failure::of_node(&error))
    }

    /// Gives the running node an order and prints what became of it.
    fn submit(&self, order: &acting::Order) -> Result<()> {
        self.tell(&acting::post(self, order)?)
    }

    /// Prints what became of an order.
    fn tell(&self, accepted: &serde_json::Value) -> Result<()> {
        match self.form {
            Form::Json => output::json(accepted)?,
            Form::Table => output::line(&Accepted::deserialize(accepted)?.sentence())?,
        }
        Ok(())
    }
}

/// What the node answers to a command.
#[derive(Debug, Deserialize)]
pub struct Accepted {
    event_id: String,
    /// An event may be about none.
    #[serde(default)]
    alert: Option<String>,
    position: u64,
    zones: Vec<String>,
}

impl Accepted {
    fn sentence(&self) -> String {
        let (event, position) = (self.event_id.as_str(), self.position.to_string());
        let zones = self.zones.join(", ");
        match self.alert.as_deref() {
            Some(alert) => {
                say!("accepted", alert = alert, event = event, position = position, zones = zones,)
            }
            None => say!("accepted-event", event = event, position = position, zones = zones),
        }
    }
}

/// A refusal, with what helps; any other failure knows better itself.
fn hint(error: anyhow::Error, line: String) -> anyhow::Error {
    match error.downcast::<Failure>() {
        Ok(failure) => match (failure.exit, &failure.next) {
            (Exit::Refused | Exit::NotFound, None) => failure.next(line).into(),
            _ => failure.into(),
        },
        Err(error) => error,
    }
}

/// Waits for work of a single request or two; only a running node needs more threads.
fn wait<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .with_context(|| say!("no-runtime"))?
        .block_on(work)
}
