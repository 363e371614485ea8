//! `giapranh hit …`

use anyhow::Result;
use giapranh_domain::wire::proto;
use giapranh_domain::{Act, Alert, Command as DomainCommand};

use super::{Place, show};
use crate::args::hit::{Acting, Answer, Command, Report};

/// Does a command of this group.
pub fn run(place: &Place, command: Command) -> Result<()> {
    match command {
        Command::Report(report) => place.submit(&reported(place, report)?),
        Command::Answer(answer) => place.submit(&answered(answer)),
    }
}

fn reported(place: &Place, report: Report) -> Result<DomainCommand> {
    let version = match report.version {
        Some(version) => version,
        None => show::read::<Alert>(place, &report.alert)?.version,
    };
    let Report { alert, urgency, place, seen_at, basis, certainty, done, acting, .. } = report;
    let hit = proto::Hit { version, place, seen_at, basis, certainty, done };
    Ok(by(acting, Act::ReportHit { alert: alert.to_string(), urgency, hit }))
}

fn answered(answer: Answer) -> DomainCommand {
    let Answer { alert, hit, result, note, acting } = answer;
    let answer = proto::Answer { result, note };
    by(acting, Act::AnswerHit { alert: alert.to_string(), hit, answer })
}

/// What an officer does alone.
pub fn by(acting: Acting, act: Act) -> DomainCommand {
    DomainCommand {
        unit: acting.unit.map(String::from),
        drafted_by: acting.officer.into(),
        approved_by: String::new(),
        act,
    }
}
