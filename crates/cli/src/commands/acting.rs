//! Who gives a command: who has signed in, or the officers that are named where nobody has an account
//! yet; and a second officer at the same desk.

use anyhow::Result;
use giapranh_domain::{Act, Command, OfficerId};
use serde_json::Value;

use super::{Place, hint, sign_in, wait};
use crate::args::acting::{Acting, Officers, Released};
use crate::client::Target;
use crate::exit::{Exit, Failure};
use crate::{next, say};

/// A command, and who else releases it.
#[derive(Debug)]
pub struct Order {
    /// What the node is told.
    pub command: Command,
    approver: Option<Approver>,
}

/// A second officer who is asked for the password.
#[derive(Debug)]
struct Approver {
    login: String,
    from_stdin: bool,
}

impl Order {
    fn new(command: Command) -> Self {
        Self { command, approver: None }
    }
}

/// What one officer does alone.
pub fn alone(place: &Place, acting: Acting, act: Act) -> Result<Order> {
    let drafted_by = drafter(place, acting.officer, "who-acts")?;
    let unit = acting.unit.map(String::from);
    Ok(Order::new(Command { unit, key: None, drafted_by, approved_by: String::new(), act }))
}

/// What takes a second officer.
pub fn released(place: &Place, acting: Released, act: Act) -> Result<Order> {
    if !acting.officers.are_two() {
        return Err(nobody_releases(place)?.into());
    }
    perhaps_released(place, acting, act)
}

/// What may take a second officer: the node says so.
pub fn perhaps_released(place: &Place, acting: Released, act: Act) -> Result<Order> {
    let Officers { drafted_by, approved_by, approved_by_login, password_stdin } = acting.officers;
    let drafted_by = drafter(place, drafted_by, "who-acts-two")?;
    let approved_by = approved_by.map(String::from).unwrap_or_default();
    let command =
        Command { unit: acting.unit.map(String::from), key: None, drafted_by, approved_by, act };
    let approver = approved_by_login.map(|login| Approver { login, from_stdin: password_stdin });
    Ok(Order { command, approver })
}

/// The officer who was named, or nobody, which is the one who has signed in.
fn drafter(place: &Place, named: Option<OfficerId>, missing: &str) -> Result<String, Failure> {
    match named {
        Some(officer) => Ok(officer.into()),
        None if place.credential()?.is_some() => Ok(String::new()),
        None => {
            let sentence = crate::words::say(missing);
            Err(Failure::new(Exit::Usage, sentence).next(next::line("sign-in LOGIN")))
        }
    }
}

fn nobody_releases(place: &Place) -> Result<Failure, Failure> {
    Ok(if place.credential()?.is_some() {
        Failure::new(Exit::Usage, say!("who-releases")).next("giapranh help draft")
    } else {
        Failure::new(Exit::Usage, say!("who-acts-two")).next(next::line("sign-in LOGIN"))
    })
}

/// Gives the running node an order: what it answers, unless it refuses.
pub fn post(place: &Place, order: &Order) -> Result<Value> {
    let Order { command, approver } = order;
    let client = place.client()?;
    let target = Target::api(["commands"]);
    let posted = match approver {
        None => wait(client.post(target, command)),
        Some(Approver { login, from_stdin }) => {
            sign_in::with_another(place, login, *from_stdin, |session| {
                wait(client.released_by(session).post(target, command))
            })
        }
    };
    posted.map_err(|error| {
        let faults = error.downcast_ref().map(|failure: &Failure| failure.faults.clone());
        hint(error, next::after_refusal(&faults.unwrap_or_default(), command))
    })
}
