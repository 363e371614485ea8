//! `giapranh directory …`

mod at;
mod change;
mod cut;
mod diff;
mod found;
mod founder;
mod history;
mod node;
mod overview;
mod record;
mod reorganise;
mod words;

use anyhow::Result;

use super::{Place, decide, failure, hint, wait};
use crate::args::directory::{Command, Show};

/// Does a command of this group.
pub fn run(place: &Place, command: Command) -> Result<()> {
    match command {
        Command::Found(arguments) => found::run(place, &arguments),
        Command::Anchor => founder::anchor(place),
        Command::Show(arguments) => show(place, &arguments),
        Command::Diff(arguments) => diff::run(place, &arguments),
        Command::Log => history::decisions(place),
        Command::Pending => history::pending(place),
        Command::Enrol(enrol) => node::enrol(place, enrol),
        Command::Confirm(confirm) => node::confirm(place, confirm),
        Command::Revoke(revoke) => node::revoke(place, revoke),
        Command::Serve(serve) => node::serve(place, serve),
        Command::HandOver(hand_over) => node::hand_over(place, hand_over),
        Command::Register(unit) => change::register(place, unit),
        Command::Rename(unit) => change::rename(place, unit),
        Command::Move(unit) => change::put_under(place, unit),
        Command::End(unit) => change::end(place, unit),
        Command::Allow(rule) => change::allow(place, rule),
        Command::Deadline(deadline) => change::deadline(place, deadline),
        Command::Change(file) => change::of_file(place, file),
        Command::Reorganise(step) => reorganise::run(place, step),
        Command::Propose(propose) => founder::propose(place, &propose),
        Command::Sign(sign) => founder::sign(place, &sign),
        Command::TakeOver(take_over) => founder::take_over(place, &take_over),
        Command::NameFounders(named) => founder::name_founders(place, named),
    }
}

fn show(place: &Place, arguments: &Show) -> Result<()> {
    let directory = place.directory()?;
    let head = match (&arguments.at, arguments.head) {
        (Some(day), _) => at::on(&directory, day)?,
        (None, Some(head)) => at::known(&directory, head)?,
        (None, None) => directory.head(),
    };
    match (&arguments.unit, &arguments.zone) {
        (Some(unit), _) => record::unit(place, &directory, unit, head),
        (None, Some(zone)) => record::zone(place, &directory, zone, head),
        (None, None) => overview::run(place, &directory, head),
    }
}
