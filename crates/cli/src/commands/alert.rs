//! `giapranh alert …`: what changes an alert. Reading is in the modules beside this one.

use std::path::Path;

use anyhow::Result;
use giapranh_domain::wire::proto;
use giapranh_domain::{Act, ZoneId};

use super::acting::{Order, alone, perhaps_released, released};
use super::file::read_json;
use super::{Place, delivery, example, hint, life, link, list, show, watch};
use crate::args::alert::{Adopt, Amend, Command, Issue, Withdraw};
use crate::args::draft::Ending;
use crate::next;

/// Does a command of this group.
pub fn run(place: &Place, command: Command) -> Result<()> {
    match command {
        Command::Issue(issue) => place.submit(&issued(place, issue)?),
        Command::Amend(amend) => place.submit(&amended(place, amend)?),
        Command::Withdraw(withdraw) => place.submit(&withdrawn(place, withdraw)?),
        Command::Acknowledge(arguments) => life::acknowledge(place, arguments),
        Command::Flag(arguments) => life::flag(place, arguments),
        Command::Hide(arguments) => life::hide(place, arguments),
        Command::Reveal(arguments) => life::reveal(place, arguments),
        Command::Erase(arguments) => life::erase(place, arguments),
        Command::Extend(arguments) => life::extend(place, arguments),
        Command::ConsentWithdrawn(arguments) => life::consent_withdrawn(place, arguments),
        Command::Link(arguments) => link::propose(place, arguments),
        Command::Links { alert } => link::list(place, &alert),
        Command::List(query) => list::run(place, query),
        Command::Show { alert, as_of } => show::run(place, &alert, as_of.as_deref()),
        Command::Delivery { alert } => delivery::run(place, &alert),
        Command::Adopt(adopt) => place.submit(&adopted(place, adopt)?),
        Command::Watch(watch) => watch::run(place, &watch),
        Command::Example { category } => example::run(&category),
    }
}

fn issued(place: &Place, issue: Issue) -> Result<Order> {
    let content = Box::new(content(&issue.content)?);
    released(place, issue.acting, Act::IssueAlert { zones: texts(&issue.zones), content })
}

/// The content of an alert, from a file.
pub fn content(path: &Path) -> Result<proto::AlertContent> {
    let line = "giapranh alert example wanted-person";
    read_json(path).map_err(|error| {
        let missing = path != Path::new("-") && !path.exists();
        let into = if missing { format!(" > {}", next::quoted(path)) } else { String::new() };
        hint(error, format!("{line}{into}"))
    })
}

/// Zones as a command names them.
pub fn texts(zones: &[ZoneId]) -> Vec<String> {
    zones.iter().map(ToString::to_string).collect()
}

/// One officer alone may change a few things; the node says which.
fn amended(place: &Place, amend: Amend) -> Result<Order> {
    let content = Box::new(content(&amend.content)?);
    let (alert, reason) = (amend.alert.to_string(), amend.reason);
    let act = Act::AmendAlert { alert, zones: texts(&amend.zones), content, reason };
    perhaps_released(place, amend.acting, act)
}

fn withdrawn(place: &Place, withdraw: Withdraw) -> Result<Order> {
    let Withdraw { alert, ending, acting } = withdraw;
    let act = Act::WithdrawAlert { alert: alert.to_string(), withdrawal: withdrawal(ending) };
    released(place, acting, act)
}

/// How an alert ends, as it was typed.
pub fn withdrawal(ending: Ending) -> proto::Withdrawal {
    let Ending { reason, decision_number, note } = ending;
    proto::Withdrawal { reason, decision_number, note }
}

fn adopted(place: &Place, adopt: Adopt) -> Result<Order> {
    let Adopt { alert, events, reason, acting } = adopt;
    alone(place, acting, Act::AdoptEvents { alert: alert.to_string(), events, reason })
}
