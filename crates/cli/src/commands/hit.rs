//! `giapranh hit …`
//!
//! A report is never lost and never doubled: it is kept before it is sent, under the key that becomes
//! its event's id, and let go when the node has judged it. Whatever happens between, the same key is
//! sent again, and the node answers with the event that there is.

mod kept;
mod send;

use anyhow::Result;
use giapranh_domain::Act;
use giapranh_domain::wire::proto;

use super::Place;
use super::acting::{Order, alone};
use crate::args::hit::{Answer, Command, Conclude, Report};

pub use send::send_kept;

/// Does a command of this group.
pub fn run(place: &Place, command: Command) -> Result<()> {
    match command {
        Command::Report(report) => send::report(place, reported(place, report)?),
        Command::Send(arguments) => send::run(place, arguments.drop),
        Command::Answer(answer) => place.submit(&answered(place, answer)?),
        Command::Conclude(conclude) => place.submit(&concluded(place, conclude)?),
    }
}

/// Where no version is named it is 0 until the report is sent: then it is the newest here.
fn reported(place: &Place, report: Report) -> Result<Order> {
    let Report { alert, urgency, place: at, seen_at, basis, certainty, done, version, acting } =
        report;
    let version = version.unwrap_or_default();
    let hit = proto::Hit { version, place: at, seen_at, basis, certainty, done };
    alone(place, acting, Act::ReportHit { alert: alert.to_string(), urgency, hit })
}

fn answered(place: &Place, answer: Answer) -> Result<Order> {
    let Answer { alert, hit, result, note, acting } = answer;
    let answer = proto::Answer { result, note };
    alone(place, acting, Act::AnswerHit { alert: alert.to_string(), hit, answer })
}

fn concluded(place: &Place, conclude: Conclude) -> Result<Order> {
    let Conclude { alert, hit, outcome, at, handed_to, note, acting } = conclude;
    let unit = handed_to.map(String::from).unwrap_or_default();
    let conclusion = proto::Conclusion { outcome, unit, at, note };
    alone(place, acting, Act::ConcludeHit { alert: alert.to_string(), hit, conclusion })
}
