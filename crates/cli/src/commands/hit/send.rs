//! Sending reports: the one that was just made, and those that are kept.

use anyhow::Result;
use giapranh_domain::{Act, Alert, AlertId};
use serde::Deserialize as _;
use serde_json::{Value, json};
use uuid::Uuid;

use super::kept::{Shelf, Waiting};
use crate::args::Form;
use crate::client::{BROKE_OFF, Target};
use crate::commands::acting::Order;
use crate::commands::{Accepted, Place, hint, show, wait};
use crate::exit::{Exit, Failure};
use crate::output::{self, Rows};
use crate::session::Credential;
use crate::{next, say};

/// Sends a new report. When it can't be known whether it arrived, it stays kept, and that is said.
pub fn report(place: &Place, order: Order) -> Result<()> {
    let credential = place.credential()?;
    let mut waiting = Waiting::new(order.command, credential.as_ref());
    let shelf = Shelf::of(place.dir()?);
    let kept = shelf.and_then(|shelf| shelf.keep(&waiting).map(|()| shelf));
    let sent = send(place, &mut waiting, kept.as_ref().ok());
    match (sent, kept) {
        (Err(error), Ok(_)) if !is_settled(&error) => Err(not_sent(&error, &waiting)),
        (Err(error), Err(why)) if !is_settled(&error) => {
            output::note(&say!("hit-not-kept", why = format!("{why:#}")));
            Err(error)
        }
        (sent, kept) => {
            if let Ok(shelf) = kept {
                let_go(&shelf, waiting.key());
            }
            let accepted = sent.map_err(|error| helped(error, &waiting))?;
            // The line works: what waits from before may go along.
            send_kept(place);
            place.tell(&accepted)
        }
    }
}

/// Lets a report go that was judged. That it stays does no harm: its key is known to the node.
fn let_go(shelf: &Shelf, key: Uuid) {
    if let Err(error) = shelf.let_go(key) {
        output::note(&format!("{error:#}"));
    }
}

/// The node's own word, or the failure.
fn send(place: &Place, waiting: &mut Waiting, shelf: Option<&Shelf>) -> Result<Value> {
    name_version(place, waiting, shelf)?;
    let client = place.client()?;
    wait(client.post(Target::api(["commands"]), &waiting.command))
}

/// Which version was acted on, where nobody named one: the newest here. It is kept before it is sent,
/// so that under one key always the same is sent.
fn name_version(place: &Place, waiting: &mut Waiting, shelf: Option<&Shelf>) -> Result<()> {
    let Act::ReportHit { alert, hit, .. } = &mut waiting.command.act else { return Ok(()) };
    if hit.version > 0 {
        return Ok(());
    }
    let Ok(id) = alert.parse::<AlertId>() else { return Ok(()) };
    hit.version = show::read::<Alert>(place, &id)?.version;
    shelf.map_or(Ok(()), |shelf| shelf.keep(waiting))
}

/// Whether the same need not be sent again: the node has judged it, or it was never about a node.
fn is_settled(error: &anyhow::Error) -> bool {
    error.downcast_ref().is_some_and(Failure::is_settled)
}

/// Whether it was the node that judged it.
fn is_judged(error: &anyhow::Error) -> bool {
    is_settled(error) && error.downcast_ref().is_some_and(|f: &Failure| f.status.is_some())
}

/// The failure, with what became of the report and how it is sent.
fn not_sent(error: &anyhow::Error, waiting: &Waiting) -> anyhow::Error {
    let failure = error.downcast_ref::<Failure>();
    // Whoever has to sign in first is told that, and the report then goes by itself.
    let next = failure.filter(|failure| failure.status == Some(401)).and_then(|f| f.next.clone());
    let exit = failure.map_or(Exit::Unavailable, |failure| failure.exit);
    let why = match failure.map(|failure| failure.kind.as_str()) {
        // Nobody has to look whether it arrived: under its key it is there once.
        Some(BROKE_OFF) => say!("line-broke"),
        _ => format!("{error:#}"),
    };
    let why = why.trim_end_matches('.');
    let sentence = say!("hit-kept", why = why, alert = waiting.alert());
    Failure::new(exit, sentence).next(next.unwrap_or_else(|| next::line("hit send"))).into()
}

fn helped(error: anyhow::Error, waiting: &Waiting) -> anyhow::Error {
    let faults = error.downcast_ref().map(|failure: &Failure| failure.faults.clone());
    hint(error, next::after_refusal(&faults.unwrap_or_default(), &waiting.command))
}

/// What became of a kept report.
enum Became {
    Sent(Value),
    Refused(String),
    /// It waits on, for the line or for who reported it.
    Waits(String),
}

fn again(place: &Place, shelf: &Shelf, mut waiting: Waiting, whose: Option<&str>) -> Became {
    // Nobody sends it in another's name.
    if let Some(who) = waiting.whose.as_deref().filter(|who| Some(*who) != whose) {
        return Became::Waits(say!("hit-of-another", who = who));
    }
    match send(place, &mut waiting, Some(shelf)) {
        Ok(accepted) => {
            let_go(shelf, waiting.key());
            Became::Sent(accepted)
        }
        Err(error) if is_judged(&error) => {
            // Nobody may be there to read it, so it stays until somebody gives it up.
            let faults: Vec<String> = error
                .downcast_ref()
                .map(|failure: &Failure| failure.faults.iter().map(|f| f.message.clone()).collect())
                .unwrap_or_default();
            waiting.refused =
                if faults.is_empty() { format!("{error:#}") } else { faults.join(" ") };
            if let Err(error) = shelf.keep(&waiting) {
                output::note(&format!("{error:#}"));
            }
            Became::Refused(waiting.refused)
        }
        Err(error) => Became::Waits(format!("{error:#}")),
    }
}

/// After another command: sends what is kept, and says what became of it beside that command's result.
/// What was refused is not tried again, and a line that fails is nothing new.
pub fn send_kept(place: &Place) {
    let Ok(dir) = place.dir() else { return };
    let Ok(shelf) = Shelf::of(dir) else { return };
    let Ok(all) = shelf.all() else { return };
    if all.is_empty() {
        return;
    }
    let Ok(credential) = place.credential() else { return };
    let whose = credential.as_ref().map(Credential::whose);
    let mut left = 0;
    for waiting in all {
        let (alert, key) = (waiting.alert().to_owned(), waiting.key().to_string());
        if !waiting.refused.is_empty() {
            left += 1;
            continue;
        }
        match again(place, &shelf, waiting, whose.as_deref()) {
            Became::Sent(_) => output::note(&say!("hit-sent", alert = alert, event = key)),
            Became::Refused(why) => {
                output::note(&say!("hit-refused", alert = alert, why = why));
                left += 1;
            }
            Became::Waits(_) => left += 1,
        }
    }
    if left > 0 {
        output::note(&say!("hits-left", count = left, line = next::line("hit send")));
    }
}

/// `giapranh hit send`: tries everything that is kept, and says of each what became of it.
pub fn run(place: &Place, drop: Option<Uuid>) -> Result<()> {
    let shelf = Shelf::of(place.dir()?)?;
    if let Some(key) = drop
        && !shelf.let_go(key)?
    {
        let failure = Failure::new(Exit::NotFound, say!("hit-not-there", key = key.to_string()));
        return Err(failure.next(next::line("hit send")).into());
    }
    let credential = place.credential()?;
    let whose = credential.as_ref().map(Credential::whose);
    let mut told = Vec::new();
    let mut exit = Exit::Done;
    for waiting in shelf.all()? {
        let (alert, key) = (waiting.alert().to_owned(), waiting.key());
        let became = again(place, &shelf, waiting, whose.as_deref());
        exit = match (&became, exit) {
            (Became::Refused(_), _) | (_, Exit::Refused) => Exit::Refused,
            (Became::Waits(_), _) => Exit::Unavailable,
            (Became::Sent(_), exit) => exit,
        };
        told.push((alert, key, became));
    }
    tell(place, told)?;
    match exit {
        Exit::Done => Ok(()),
        exit => {
            let next = if exit == Exit::Refused { "help hit send" } else { "hit send" };
            Err(Failure::new(exit, say!("hits-not-all")).next(next::line(next)).into())
        }
    }
}

fn tell(place: &Place, told: Vec<(String, Uuid, Became)>) -> Result<()> {
    if place.form == Form::Json {
        let reports = told.into_iter().map(|(alert, key, became)| match became {
            Became::Sent(accepted) => json!({"key": key, "alert": alert, "accepted": accepted}),
            Became::Refused(why) => json!({"key": key, "alert": alert, "refused": why}),
            Became::Waits(why) => json!({"key": key, "alert": alert, "waits": why}),
        });
        return Ok(output::json(&json!({"reports": reports.collect::<Vec<_>>()}))?);
    }
    if told.is_empty() {
        return Ok(output::line(&say!("hits-none"))?);
    }
    let mut rows = Rows::new(&["ALERT", "EVENT", "BECAME"]);
    for (alert, key, became) in told {
        let became = match became {
            Became::Sent(accepted) => {
                let position = Accepted::deserialize(&accepted)?.position;
                say!("hit-became-sent", position = position.to_string())
            }
            Became::Refused(why) => say!("hit-became-refused", why = why),
            Became::Waits(why) => say!("hit-became-waits", why = why),
        };
        rows.push([&alert, &key, &became]);
    }
    Ok(output::rows(&rows)?)
}
