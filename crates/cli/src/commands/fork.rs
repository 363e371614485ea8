//! `giapranh fork …`: origins that signed two events under one number.

use anyhow::Result;
use giapranh_domain::{Act, UnitId};
use serde::Deserialize;
use serde_json::Value;

use super::Place;
use super::acting::alone;
use crate::args::Form;
use crate::args::fork::{Command, Decide};
use crate::client::Target;
use crate::exit::{Exit, Failure};
use crate::output::{self, Facts, Rows};
use crate::words::code;
use crate::{next, say};

#[derive(Debug, Deserialize)]
struct Fork {
    origin: String,
    epoch: u32,
    zone: String,
    seq: u64,
    index: u64,
    first_hash: String,
    second_hash: String,
    reports: Vec<Report>,
    decided: Option<Decision>,
    cut: Option<Cut>,
    proven: bool,
}

#[derive(Debug, Deserialize)]
struct Report {
    unit: String,
    recorded: String,
}

#[derive(Debug, Deserialize)]
struct Decision {
    officer: String,
    reason: String,
    decided: String,
}

#[derive(Debug, Deserialize)]
struct Cut {
    last_index: Option<u64>,
    head: u64,
}

impl Fork {
    fn stands(&self) -> &'static str {
        match (&self.cut, &self.decided) {
            (Some(_), _) => "cut",
            (None, Some(_)) => "decided",
            (None, None) if self.proven => "open",
            // Somebody says so, and neither of the two events is to be had.
            (None, None) => "alleged",
        }
    }
}

/// Does a command of this group.
pub fn run(place: &Place, command: Command) -> Result<()> {
    match command {
        Command::List => list(place),
        Command::Show { origin } => show(place, &origin),
        Command::Decide(Decide { origin, epoch, reason, acting }) => {
            let origin = origin.to_string();
            place.submit(&alone(place, acting, Act::DecideFork { origin, epoch, reason })?)
        }
    }
}

fn read(place: &Place) -> Result<Vec<Value>> {
    let mut answer: Value = place.get(Target::api(["forks"]))?;
    Ok(serde_json::from_value(answer["forks"].take())?)
}

fn list(place: &Place) -> Result<()> {
    let forks = read(place)?;
    if place.form == Form::Json {
        return Ok(output::json(&forks)?);
    }
    if forks.is_empty() {
        return Ok(output::line(&say!("no-forks"))?);
    }
    let mut rows = Rows::new(&["ORIGIN", "EPOCH", "ZONE", "SEQ", "INDEX", "REPORTED BY", "STANDS"]);
    for fork in forks {
        let fork = Fork::deserialize(fork)?;
        let by: Vec<&str> = fork.reports.iter().map(|report| report.unit.as_str()).collect();
        rows.push([
            &fork.origin,
            &fork.epoch,
            &fork.zone,
            &fork.seq,
            &fork.index,
            &by.join(", "),
            &code("fork", fork.stands()),
        ]);
    }
    Ok(output::rows(&rows)?)
}

fn show(place: &Place, origin: &UnitId) -> Result<()> {
    let mut forks = read(place)?;
    forks.retain(|fork| fork["origin"] == origin.as_str());
    if forks.is_empty() {
        let failure = Failure::new(Exit::NotFound, say!("no-fork-of", unit = origin.as_str()));
        return Err(failure.next(next::line("fork list")).into());
    }
    if place.form == Form::Json {
        return Ok(output::json(&forks)?);
    }
    for (place, fork) in forks.into_iter().enumerate() {
        if place > 0 {
            output::line("")?;
        }
        output::facts(&facts(&Fork::deserialize(fork)?))?;
    }
    Ok(())
}

fn facts(fork: &Fork) -> Facts {
    let mut facts = Facts::default();
    facts.push("origin", &fork.origin);
    facts.push("epoch", fork.epoch);
    facts.push("zone", &fork.zone);
    facts.push("seq", fork.seq);
    facts.push("index", fork.index);
    facts.push("one leaf", &fork.first_hash);
    facts.push("other leaf", &fork.second_hash);
    for Report { unit, recorded } in &fork.reports {
        let (moment, unit) = (recorded.as_str(), unit.as_str());
        facts.push("reported", say!("reported-by", moment = moment, unit = unit));
    }
    facts.push("status", code("fork", fork.stands()));
    if let Some(Decision { officer, reason, decided }) = &fork.decided {
        let (moment, officer, reason) = (decided.as_str(), officer.as_str(), reason.as_str());
        let said = say!("decided-by", moment = moment, officer = officer, reason = reason);
        facts.push("decision", said);
    }
    if let Some(Cut { last_index, head }) = &fork.cut {
        facts.push(
            "cut",
            match last_index {
                Some(index) => say!("cut-after", index = *index, head = *head),
                None => say!("cut-whole", head = *head),
            },
        );
    }
    facts
}
