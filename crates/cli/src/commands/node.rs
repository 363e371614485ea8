//! `giapranh node …`

mod healing;
mod life;

use std::sync::Arc;

use anyhow::{Context, Result};
use giapranh_node::init::{Exchange, init};
use giapranh_node::{Anchor, NodeError, Overrides, SystemClock, Tls};
use tokio::signal::unix::{SignalKind, signal};

use super::{Place, failure, wait};
use crate::args::Form;
use crate::args::node::{self, Backup, Command, Init, Run};
use crate::client::Target;
use crate::output::{self, Facts};
use crate::words::words;
use crate::{next, say};

/// Does a command of this group.
pub fn run(place: &Place, command: Command) -> Result<()> {
    match command {
        Command::Init(init) => make(place, init),
        Command::Run(run) => live(place, run),
        Command::Status => status(place),
        Command::Backup(arguments) => back_up(place, &arguments),
        Command::Request(request) => life::request(place, request),
        Command::Close(close) => life::close(place, close),
        Command::Rotate(rotate) => life::rotate(place, rotate),
        Command::Handover(handover) => life::hand_over(place, &handover),
        Command::TakeOver(take_over) => life::take_over(place, &take_over),
        Command::Restore(restore) => healing::restore(place, &restore),
        Command::BeginEpoch => healing::begin_epoch(place),
    }
}

/// Prints the enrolment request alone on stdout, in either form: it is made to be kept in a file.
fn make(place: &Place, arguments: Init) -> Result<()> {
    let dir = place.dir()?;
    let there_already = dir.join("node.toml").exists();
    let made = arguments
        .anchor
        .as_deref()
        .map(Anchor::load)
        .transpose()
        .and_then(|anchor| {
            let serves = arguments.serves.into_iter().collect();
            init(dir, &arguments.unit, anchor, serves, exchange(arguments.exchange))
        })
        .map_err(|error| match failure::of_node(&error) {
            failure if there_already => failure.next(next::line("node status")),
            failure => failure,
        })?;
    if arguments.anchor.is_none() {
        let path = made.anchor_path.display().to_string();
        output::note(&say!("is-registrar", path = path));
    }
    output::json(&made.enrolment)?;
    Ok(())
}

fn exchange(typed: node::Exchange) -> Exchange {
    let node::Exchange { nats, isolated, replicas, tls_ca, tls_certificate, tls_key } = typed;
    // Each is required with the others.
    let tls = tls_ca.zip(tls_certificate).zip(tls_key);
    let tls = tls.map(|((ca, certificate), key)| Tls { ca, certificate, key });
    Exchange { nats, isolated, replicas, tls }
}

fn live(place: &Place, arguments: Run) -> Result<()> {
    let dir = place.dir()?;
    let runtime = tokio::runtime::Runtime::new().with_context(|| say!("no-threads"))?;
    let Run { nats, http, monitor } = arguments;
    let ran: Result<Result<(), NodeError>> = runtime.block_on(async {
        // Listened to before the node starts: a signal in its first moment ends it cleanly too.
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        let shutdown = async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        };
        let overrides = Overrides { nats, http, monitor };
        Ok(giapranh_node::run(dir, overrides, Arc::new(SystemClock), shutdown).await)
    });
    Ok(ran?.map_err(|error| failure::of_node(&error))?)
}

fn status(place: &Place) -> Result<()> {
    let mut status: serde_json::Value = place.get(Target::api(["status"]))?;
    match place.form {
        Form::Json => output::json(&status)?,
        Form::Table => {
            let healing = status.get_mut("healing").map(serde_json::Value::take);
            let healing = counted(&healing.unwrap_or_default());
            let mut facts = Facts::default();
            facts.push_json("", &status);
            facts.push("healing", healing);
            output::facts(&facts)?;
        }
    }
    Ok(())
}

/// Counters on one line, without those that say nothing.
fn counted(counters: &serde_json::Value) -> String {
    let counters = counters.as_object().into_iter().flatten();
    let counted = counters.filter(|(_, count)| count.as_u64() != Some(0));
    let shown = counted.map(|(name, count)| format!("{} {count}", words().path(name)));
    shown.collect::<Vec<_>>().join(", ")
}

fn back_up(place: &Place, Backup { out }: &Backup) -> Result<()> {
    let position =
        giapranh_node::back_up(place.dir()?, out).map_err(|error| failure::of_node(&error))?;
    match place.form {
        Form::Json => output::json(&serde_json::json!({ "file": out, "position": position })),
        Form::Table => {
            let file = out.display().to_string();
            output::line(&say!("backed-up", file = file, position = position))
        }
    }?;
    Ok(())
}
