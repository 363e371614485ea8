//! `giapranh alert …`: what changes an alert. Reading is in the modules beside this one.

use std::path::Path;

use anyhow::Result;
use giapranh_domain::wire::proto;
use giapranh_domain::{Act, Command as DomainCommand};

use super::file::read_json;
use super::{Place, delivery, example, hint, hit, list, show, watch};
use crate::args::alert::{Acting, Adopt, Amend, Command, Issue, Withdraw};
use crate::next;

/// Does a command of this group.
pub fn run(place: &Place, command: Command) -> Result<()> {
    match command {
        Command::Issue(issue) => place.submit(&issued(issue)?),
        Command::Amend(amend) => place.submit(&amended(amend)?),
        Command::Withdraw(withdraw) => place.submit(&withdrawn(withdraw)),
        Command::List(query) => list::run(place, query),
        Command::Show { alert } => show::run(place, &alert),
        Command::Delivery { alert } => delivery::run(place, &alert),
        Command::Adopt(adopt) => place.submit(&adopted(adopt)),
        Command::Watch(watch) => watch::run(place, &watch),
        Command::Example { category } => example::run(&category),
    }
}

fn issued(issue: Issue) -> Result<DomainCommand> {
    let content = Box::new(content(&issue.content)?);
    let zones = issue.zones.iter().map(ToString::to_string).collect();
    Ok(by(issue.acting, Act::IssueAlert { zones, content }))
}

/// The content of an alert, from a file.
fn content(path: &Path) -> Result<proto::AlertContent> {
    let line = "giapranh alert example wanted-person";
    read_json(path).map_err(|error| {
        let missing = path != Path::new("-") && !path.exists();
        let into = if missing { format!(" > {}", next::quoted(path)) } else { String::new() };
        hint(error, format!("{line}{into}"))
    })
}

fn amended(amend: Amend) -> Result<DomainCommand> {
    let content = Box::new(content(&amend.content)?);
    let zones = amend.zones.iter().map(ToString::to_string).collect();
    let (alert, reason) = (amend.alert.to_string(), amend.reason);
    Ok(by(amend.acting, Act::AmendAlert { alert, zones, content, reason }))
}

fn withdrawn(withdraw: Withdraw) -> DomainCommand {
    let Withdraw { alert, reason, decision_number, note, acting } = withdraw;
    let withdrawal = proto::Withdrawal { reason, decision_number, note };
    by(acting, Act::WithdrawAlert { alert: alert.to_string(), withdrawal })
}

fn adopted(adopt: Adopt) -> DomainCommand {
    let Adopt { alert, events, reason, acting } = adopt;
    hit::by(acting, Act::AdoptEvents { alert: alert.to_string(), events, reason })
}

fn by(acting: Acting, act: Act) -> DomainCommand {
    DomainCommand {
        unit: acting.unit.map(String::from),
        drafted_by: acting.drafted_by.into(),
        approved_by: acting.approved_by.into(),
        act,
    }
}
